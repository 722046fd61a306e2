//! The policy for `tower::retry`. A policy cannot read the body, so the contract follows from the headers and the status.

use super::carried_out;
use super::policy::{RetryDecision, RetryPolicy, is_retry_safe};
use super::received::ReceivedError;
use super::retry_log;
use http::{Request, Response};
use lift_errors_core::vocabulary::RetryKind;
use tokio::time::{Instant, Sleep, sleep};

/// Retries by `Lift-Retry`, `Lift-Error` (of the canonical catalogue), `Retry-After` or the reset of a rate limit, `grpc-status` and
/// status. A body that asks for a longer delay is not seen, and a 5xx without `Lift-Retry` is not a refusal. Nor is a 429 without a
/// delay whose `grpc-status` is `RESOURCE_EXHAUSTED`; a gateway that writes that code as JSON needs a client that reads bodies. Any
/// error of the inner service counts as no answer. It clones the request with its body. Put a layer that follows redirects around it,
/// not within: a `POST` that became a `GET` on the way was carried out, whatever that `GET` is answered.
///
/// ```
/// use http::{Request, Response};
/// use lift_errors::client::RetryPolicy;
/// use tower::{ServiceBuilder, ServiceExt as _, service_fn};
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
/// # runtime.block_on(async {
/// let mut answers = [503, 200].into_iter();
/// let service = ServiceBuilder::new().retry(RetryPolicy::default()).service(service_fn(move |_: Request<()>| {
///     let response = Response::builder().status(answers.next().unwrap()).header("Retry-After", "7").body(());
///     async { response }
/// }));
/// assert_eq!(service.oneshot(Request::new(())).await.unwrap().status(), 200);
/// # });
/// ```
impl<B: Clone, R, E> tower::retry::Policy<Request<B>, Response<R>, E> for RetryPolicy {
    type Future = Sleep;

    fn retry(&mut self, request: &mut Request<B>, result: &mut Result<Response<R>, E>) -> Option<Self::Future> {
        self.call.attempts = self.call.attempts.saturating_add(1);
        let received: ReceivedError = match result {
            Ok(response) if !is_error(response) => {
                self.succeeded();
                return None;
            }
            Ok(response) => ReceivedError::answered(response.status(), response.headers().clone(), &[])
                .with_carried_out(carried_out::is_marked(response.extensions())),
            Err(_) => ReceivedError::unanswered("the service below failed"),
        };
        let received = received.with_carried_out(self.call.may_be_carried_out);
        if let (true, Ok(response)) = (self.call.may_be_carried_out, result) {
            carried_out::mark(response.extensions_mut());
        }
        // A later attempt that is refused says nothing of this one.
        self.call.may_be_carried_out |= !request.method().is_safe() && received.retry().kind() != RetryKind::After;
        let elapsed = self.call.began.map(|began| began.elapsed()).unwrap_or_default();
        let repeatable = is_retry_safe(request.method(), request.headers());
        let decision = self.decide(self.call.attempts, elapsed, repeatable, received.retry());
        retry_log::decided(decision, self.call.attempts, request.method(), request.uri().host(), &received);
        match decision {
            RetryDecision::Wait(wait) => Some(sleep(wait)),
            RetryDecision::Stop(_) => None,
        }
    }

    fn clone_request(&mut self, request: &Request<B>) -> Option<Request<B>> {
        // tower asks the service's own policy first, and clones it for the request.
        if self.call.attempts == 0 {
            self.call.began = Some(Instant::now());
        }
        Some(request.clone())
    }
}

fn is_error<R>(response: &Response<R>) -> bool {
    lift_errors_core::status::is_error(response.status().as_u16())
}

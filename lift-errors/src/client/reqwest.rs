//! The client for reqwest: errors read back behind `send()`, and a middleware that tries again.

use super::from_wire::CatalogError;
use super::policy::{RetryDecision, RetryPolicy, StopReason, is_retry_safe};
use super::received::{ACCEPT, ReceivedError, Source};
use super::replay_body::Unread;
use crate::catalog::retry::Retry;
use crate::lift;
use http::{Extensions, HeaderMap, HeaderValue, header};
use reqwest::{Body, Request, Response, ResponseBuilderExt as _};
use reqwest_middleware::{Error, Middleware, Next};
use std::boxed::Box;
use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long the middleware waits for the contract in a body: a server that has one sends it with the head.
const LONGEST_READ: Duration = Duration::from_secs(5);

/// Reads the errors behind `send()`, of reqwest and of `reqwest_middleware`.
///
/// ```
/// use lift_errors::{client::{LiftErrorExt as _, ReceivedError}, lift};
///
/// async fn order(client: &reqwest::Client, url: &str) -> Result<Option<String>, ReceivedError<lift::Error>> {
///     let answer = client.get(url).send().lift_error::<lift::Error>().await;
///     match answer {
///         Ok(response) => Ok(response.text().await.ok()),
///         Err(error) if matches!(error.error(), Some(lift::Error::NotFound { .. })) => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # let answer = runtime.block_on(async {
/// // Nobody listens at port 1.
/// order(&reqwest::Client::new(), "http://127.0.0.1:1/orders/PO-1").await
/// # });
/// # let error = answer.unwrap_err();
/// # assert!(matches!(error.error(), Some(lift::Error::ConnectionFailed { .. })));
/// ```
pub trait LiftErrorExt: Sized {
    /// The response where it is none of 4xx and 5xx; else the error, read from at most
    /// [`MAX_BODY_BYTES`](super::MAX_BODY_BYTES) bytes of the body. No answer is an error as well, with the transport's as its
    /// source.
    ///
    /// Of an answer that `error_for_status()` made an error of before, the status alone is left: the code is lost, and how
    /// long to wait. What failed on this side, an address that is none or a middleware that got no token, is no error of
    /// the catalogue: it has neither status nor entry, it is not to be repeated, and its source is what failed.
    ///
    /// A deadline for the whole is reqwest's own: set one on the client, or a body that never ends is waited for.
    fn lift_error<E: CatalogError>(self) -> impl Future<Output = Result<Response, ReceivedError<E>>> + Send;
}

impl<F, X> LiftErrorExt for F
where
    F: Future<Output = Result<Response, X>> + Send,
    X: Into<Error>,
{
    async fn lift_error<E: CatalogError>(self) -> Result<Response, ReceivedError<E>> {
        match self.await.map_err(Into::into) {
            Ok(response) if is_error(&response) => {
                let (head, body) = http::Response::<Body>::from(response).into_parts();
                let mut body = Unread::new(body);
                body.read().await;
                Err(ReceivedError::answered(head.status, head.headers, body.begun()))
            }
            Ok(response) => Ok(response),
            Err(error) => Err(of_error(error)),
        }
    }
}

/// A middleware that sends requests again as a [`RetryPolicy`] decides.
///
/// It goes by the contract in the error's body, and gives the response on with its body unread. A body that does not come
/// to its end within five seconds counts as far as it came, with the status and the headers; none is waited for where
/// the request is not sent again anyway. A request body that is a stream is sent once; any request may be sent again where
/// no connection came about. What a middleware further in makes an error of is given back: it hides what the
/// answer asked for.
///
/// `send()` sleeps as long as the error asks for, a minute after a canonical 500: where somebody waits, name the longest
/// wait ([`RetryPolicy::with_max_delay`]). There is one middleware for each service, since its requests share a
/// [`RetryBudget`](super::RetryBudget).
///
/// ```
/// use lift_errors::client::{RetryMiddleware, RetryPolicy};
///
/// let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::new())
///     .with(RetryMiddleware::new(RetryPolicy::default().with_attempts(3)))
///     .build();
/// ```
#[derive(Clone, Debug, Default)]
pub struct RetryMiddleware {
    policy: RetryPolicy,
    asks_for_problem_details: bool,
}

impl RetryMiddleware {
    /// Retries by a policy.
    pub const fn new(policy: RetryPolicy) -> Self {
        Self { policy, asks_for_problem_details: false }
    }

    /// Asks for [problem details](ACCEPT) where a request names no `Accept` of its own, in place of the client's default.
    ///
    /// Every form of an error can be read, and retries need none of it. But problem details alone carry all
    /// parameters: with them a 429 is typed, with its limit and its window.
    #[must_use]
    pub fn with_problem_details_accept(self) -> Self {
        Self { asks_for_problem_details: true, ..self }
    }
}

#[async_trait::async_trait]
impl Middleware for RetryMiddleware {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        if self.asks_for_problem_details {
            request.headers_mut().entry(header::ACCEPT).or_insert(HeaderValue::from_static(ACCEPT));
        }
        let repeatable = is_retry_safe(request.method(), request.headers());
        let mut attempts = 0_u32;
        loop {
            let copy = request.try_clone();
            let answer = next.clone().run(request, extensions).await;
            attempts = attempts.saturating_add(1);
            let (answer, repeatable, retry) = match answer {
                Ok(response) if !is_error(&response) => {
                    self.policy.succeeded();
                    return Ok(response);
                }
                Ok(response) if copy.is_some() && self.policy.has_attempts_left(attempts) => {
                    let (response, retry) = read_contract(response).await;
                    (Ok(response), repeatable, retry)
                }
                Ok(response) => {
                    let (status, headers) = (response.status(), response.headers().clone());
                    (Ok(response), repeatable, ReceivedError::<lift::Error>::answered(status, headers, &[]).retry())
                }
                // What another middleware refuses, or a request that can't be built, was never sent.
                Err(error) if !is_transport(&error) => return Err(error),
                Err(error) => {
                    // Without a connection nothing was sent, and nothing done.
                    let unsent = matches!(&error, Error::Reqwest(error) if error.is_connect());
                    (Err(error), repeatable || unsent, lift::Code::ConnectionFailed.entry().retry())
                }
            };
            match (self.policy.decide(attempts, repeatable, retry), copy) {
                (RetryDecision::Wait(wait), Some(copy)) => {
                    // The connection is free for others meanwhile.
                    drop(answer);
                    sleep(wait).await;
                    request = copy;
                }
                (RetryDecision::Wait(_), None) => {
                    self.policy.gave_up(StopReason::Unrepeatable);
                    return answer;
                }
                (RetryDecision::Stop(_), _) => return answer,
            }
        }
    }
}

fn is_error(response: &Response) -> bool {
    lift_errors_core::status::is_error(response.status().as_u16())
}

/// Whether the network is to blame: not the request, and no answer that a middleware made an error of.
fn is_transport(error: &Error) -> bool {
    matches!(error, Error::Reqwest(error) if !error.is_builder() && !error.is_redirect() && !error.is_status())
}

/// What there is to read where `send()` gave an error.
fn of_error<E: CatalogError>(error: Error) -> ReceivedError<E> {
    let (is_transport, timed_out, status) = (is_transport(&error), error.is_timeout(), error.status());
    // The address may hold what nobody should read in a log: a token in its query.
    let source: Source = match error {
        Error::Reqwest(error) => Box::new(error.without_url()),
        Error::Middleware(error) => error.into_boxed_dyn_error(),
    };
    match status {
        Some(status) => ReceivedError::answered(status, HeaderMap::new(), &[]).with_source(source),
        None if !is_transport => ReceivedError::failed_here(source),
        None if timed_out => ReceivedError::timed_out(source),
        None => ReceivedError::unanswered(source),
    }
}

/// The contract of an error as far as it comes in time, and the response as it came.
async fn read_contract(response: Response) -> (Response, Retry) {
    let url = response.url().clone();
    let (mut head, body) = http::Response::<Body>::from(response).into_parts();
    let mut body = Unread::new(body);
    // What came until then counts, the status and the headers at least.
    let _ = timeout(LONGEST_READ, body.read()).await;
    let retry = ReceivedError::<lift::Error>::answered(head.status, head.headers.clone(), body.begun()).retry();
    // The address is the one thing that reqwest does not hand over with the head.
    let address = http::Response::builder().url(url).body(()).map(|response| response.into_parts().0.extensions);
    head.extensions.extend(address.unwrap_or_default());
    (http::Response::from_parts(head, Body::wrap(body)).into(), retry)
}

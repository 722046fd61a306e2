//! The client for reqwest: errors read back after `send()`, and a middleware that retries.

use super::carried_out;
use super::deadline::{DeadlineBody, DeadlinePassed};
use super::from_wire::CatalogError;
use super::policy::{RetryDecision, RetryPolicy, StopReason, is_retry_safe};
use super::received::{ACCEPT, ReceivedError, Source};
use super::redirects;
use super::replay_body::{ReadUntil, ReplayBody};
use super::request_fault::of_request;
use super::retry_log;
use crate::message::foreign::text_of;
use http::{Extensions, HeaderMap, HeaderValue, header};
use lift_errors_core::vocabulary::RetryKind;
use reqwest::{Body, Request, Response, ResponseBuilderExt as _, Url};
use reqwest_middleware::{Error, Middleware, Next};
use std::borrow::ToOwned as _;
use std::boxed::Box;
use std::error;
use std::future::Future;
use std::string::String;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

/// The maximum time to read the body of an error, which servers send with the head.
const LONGEST_READ: Duration = Duration::from_secs(5);

/// Reads the errors of `send()`, of reqwest and of `reqwest_middleware`.
///
/// ```
/// use lift_errors::{client::{ACCEPT, LiftErrorExt as _, ReceivedError}, lift};
///
/// async fn order(client: &reqwest::Client, url: &str) -> Result<Option<reqwest::Response>, ReceivedError<lift::Error>> {
///     let answer = client.get(url).header("Accept", ACCEPT).send().lift_error::<lift::Error>().await;
///     match answer {
///         Ok(response) => Ok(Some(response)),
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
    /// Returns the response if its status is not 4xx or 5xx.
    ///
    /// An error is read from at most [`MAX_BODY_BYTES`](super::MAX_BODY_BYTES) bytes of the body, and of those that arrive within
    /// five seconds.
    ///
    /// If the client followed a redirect after a `POST` was carried out, the error only allows requests that are safe to repeat to be
    /// sent again, whatever the other page says. [`RetryMiddleware`] recognizes the redirect; without it,
    /// [`noting_redirects`](super::noting_redirects) does, for requests of every method.
    ///
    /// # Errors
    ///
    /// The error of the response. Without an answer it is the canonical one for that, with the transport's error as its source.
    /// If the request failed on this side, because its URL is malformed, the stream that is its body broke, or a middleware got no
    /// token, the error is not one of a catalogue: it has neither status nor entry, must not be repeated, and its source is the
    /// reason. The same goes for an error of a middleware that hides the client's error from its sources, as reqwest-retry does with
    /// one that it did not retry. After `error_for_status()` only the status is left: the code and the delay are lost.
    fn lift_error<E: CatalogError>(self) -> impl Future<Output = Result<Response, ReceivedError<E>>> + Send;
}

impl<F, X> LiftErrorExt for F
where
    F: Future<Output = Result<Response, X>> + Send,
    X: Into<Error>,
{
    async fn lift_error<E: CatalogError>(self) -> Result<Response, ReceivedError<E>> {
        let (answer, is_noted) = redirects::noted(self).await;
        match answer.map_err(Into::into) {
            Ok(response) if is_error(&response) => {
                let (head, body) = begun(response).await;
                let may_be_carried_out = is_noted || carried_out::is_marked(&head.extensions);
                let received = ReceivedError::answered(head.status, head.headers, body.begun());
                Err(received.with_carried_out(may_be_carried_out))
            }
            Ok(response) => Ok(response),
            Err(error) => Err(of_error(error).with_carried_out(is_noted)),
        }
    }
}

/// A middleware that retries requests as a [`RetryPolicy`] decides.
///
/// It follows the error's contract, which it reads from the headers and the body, and returns the response with its body
/// unread. It waits at most five seconds for a body, and does not wait if the request cannot be sent again, as after a
/// `Lift-Retry` that says so. A request whose body is a stream is sent once. Any request may be sent again if there was no
/// connection. An error that an inner middleware made from a response is returned, because it hides the contract. Retries are
/// logged at `debug`, as are errors after which none is allowed, and requests that are given up at `warn`.
///
/// A client that follows redirects, as reqwest's does by default, sends a `GET` after a `POST` was carried out, and shows only
/// the answer to that. A request that is not safe to repeat is not sent again after an answer from another URL than its own. A
/// redirect to the same URL, or to a host without a connection, is only recognized with
/// [`noting_redirects`](super::noting_redirects): use it, or [`Policy::none`](reqwest::redirect::Policy::none), for a client that
/// sends such requests.
///
/// A request without `Accept` gets one for [problem details](ACCEPT), the only format with all parameters.
///
/// `send()` sleeps for the delay of the error, for example a minute after a canonical 500. Set a maximum delay
/// ([`RetryPolicy::with_max_delay`]) or a deadline ([`RetryPolicy::with_deadline`]) for interactive calls; the timeout of a
/// request limits each attempt. Make one middleware for each service, since its requests share a
/// [`RetryBudget`](super::RetryBudget).
///
/// ```
/// use lift_errors::client::{RetryMiddleware, RetryPolicy, noting_redirects};
/// use std::time::Duration;
///
/// let policy = RetryPolicy::default().with_attempts(3).with_deadline(Duration::from_secs(20));
/// let redirects = noting_redirects(reqwest::redirect::Policy::default());
/// let client = reqwest::Client::builder().redirect(redirects).build()?;
/// let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::new(policy)).build();
/// # Ok::<(), reqwest::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct RetryMiddleware {
    policy: RetryPolicy,
    keeps_accept: bool,
}

impl RetryMiddleware {
    /// Creates a middleware with a policy.
    pub const fn new(policy: RetryPolicy) -> Self {
        Self { policy, keeps_accept: false }
    }

    /// Does not set `Accept`: the client's default header applies, or `*/*`, which selects the Lift envelope. The envelope does
    /// not contain parameters, so a 429 is then not typed.
    #[must_use]
    pub fn with_client_accept(self) -> Self {
        Self { keeps_accept: true, ..self }
    }

    /// Reads the contract of an error, and returns the unchanged response.
    async fn read_contract(&self, response: Response, may_retry: bool) -> (Response, ReceivedError) {
        let (status, headers) = (response.status(), response.headers().clone());
        let may_be_carried_out = carried_out::is_marked(response.extensions());
        let head = ReceivedError::answered(status, headers.clone(), &[]).with_carried_out(may_be_carried_out);
        let is_final =
            head.has_kind_in_head() && matches!(head.retry().kind(), RetryKind::Never | RetryKind::AfterChange);
        // The head is enough if it does not allow another attempt. A proxy may have dropped the kind, or changed the delay.
        if !may_retry || is_final {
            return (response, head);
        }
        let url = response.url().clone();
        let (head, body) = begun(response).await;
        let received = ReceivedError::answered(status, headers, body.begun()).with_carried_out(may_be_carried_out);
        (rebuilt(head, url, Body::wrap(body)), received)
    }

    /// Sends a request. It ends at the deadline, and so does the body of the response. A timeout of the client counts only for
    /// requests without one, so a request gets none here.
    async fn attempt(
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
        deadline: Option<Instant>,
    ) -> reqwest_middleware::Result<Response> {
        let Some(deadline) = deadline else { return next.run(request, extensions).await };
        let own = request.timeout_mut().as_mut();
        let is_limited = own.is_some();
        if let Some(own) = own {
            *own = (*own).min(deadline.saturating_duration_since(Instant::now()));
        }
        match timeout_at(deadline, next.run(request, extensions)).await {
            Ok(Ok(response)) if !is_limited => {
                let url = response.url().clone();
                let (head, body) = http::Response::<Body>::from(response).into_parts();
                Ok(rebuilt(head, url, Body::wrap(DeadlineBody::new(body, deadline))))
            }
            Ok(answer) => answer,
            Err(_) => Err(Error::middleware(DeadlinePassed)),
        }
    }
}

/// The head of an error, and its body with what arrives of it in time. The middleware and `lift_error()` may both read it.
async fn begun(response: Response) -> (http::response::Parts, ReplayBody) {
    let (mut head, body) = http::Response::<Body>::from(response).into_parts();
    let ReadUntil(end) = *head.extensions.get_or_insert_with(|| ReadUntil(Instant::now() + LONGEST_READ));
    let mut body = ReplayBody::new(body);
    // The beginning of a body is used even if it does not end.
    let _ = timeout_at(end, body.read()).await;
    (head, body)
}

/// A response with another body. reqwest returns everything with the head except the URL.
fn rebuilt(mut head: http::response::Parts, url: Url, body: Body) -> Response {
    let address = http::Response::builder().url(url).body(()).map(|response| response.into_parts().0.extensions);
    head.extensions.extend(address.unwrap_or_default());
    http::Response::from_parts(head, body).into()
}

#[async_trait::async_trait]
impl Middleware for RetryMiddleware {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        if !self.keeps_accept {
            request.headers_mut().entry(header::ACCEPT).or_insert(HeaderValue::from_static(ACCEPT));
        }
        let repeatable = is_retry_safe(request.method(), request.headers());
        let (method, url) = (request.method().clone(), request.url().clone());
        let host = url.host_str().map(String::from);
        let began = Instant::now();
        let deadline = self.policy.deadline_from(began);
        let mut attempts = 0_u32;
        let mut may_be_carried_out = false;
        loop {
            let copy = request.try_clone();
            let attempt = Self::attempt(request, extensions, next.clone(), deadline);
            let (answer, is_noted) = redirects::noted(attempt).await;
            attempts = attempts.saturating_add(1);
            if matches!(&answer, Ok(response) if !is_error(response)) {
                self.policy.succeeded();
                return answer;
            }
            // After a redirect a POST is a GET, whose refusal says nothing of the POST, which was carried out.
            let is_redirected = is_noted || matches!(&answer, Ok(response) if !is_same_page(response.url(), &url));
            may_be_carried_out |= !method.is_safe() && is_redirected;
            if may_be_carried_out {
                redirects::note();
            }
            let (mut answer, is_unsent, received) = match answer {
                Ok(response) => {
                    let may_retry = copy.is_some() && self.policy.has_attempts_left(attempts);
                    let (response, received) = self.read_contract(response, may_retry).await;
                    (Ok(response), false, received)
                }
                Err(error) if is_deadline(&error) => (Err(error), false, ReceivedError::timed_out(DeadlinePassed)),
                // A request that another middleware refuses, or that can't be built, was never sent. One whose own body breaks
                // can't be sent again.
                Err(error) if !is_transport(&error) => return Err(error),
                Err(error) => {
                    // Without a connection nothing was sent, and nothing done.
                    let is_unsent = !is_noted && matches!(&error, Error::Reqwest(error) if error.is_connect());
                    let reason = reason(&error);
                    let late = of_client(&error).is_some_and(::reqwest::Error::is_timeout);
                    let received =
                        if late { ReceivedError::timed_out(reason) } else { ReceivedError::unanswered(reason) };
                    (Err(error), is_unsent, received)
                }
            };
            let received = received.with_carried_out(may_be_carried_out);
            if let (true, Ok(response)) = (may_be_carried_out, &mut answer) {
                carried_out::mark(response.extensions_mut());
            }
            // Nor does a later attempt that is refused say anything of this one.
            let is_refused = is_unsent || received.retry().kind() == RetryKind::After;
            may_be_carried_out |= !method.is_safe() && !is_refused;
            let may_repeat = repeatable || is_unsent;
            let decision = match self.policy.decide(attempts, began.elapsed(), may_repeat, received.retry()) {
                RetryDecision::Wait(_) if copy.is_none() => {
                    self.policy.gave_up(StopReason::Streamed);
                    RetryDecision::Stop(StopReason::Streamed)
                }
                decision => decision,
            };
            retry_log::decided(decision, attempts, &method, host.as_deref(), &received);
            let (RetryDecision::Wait(wait), Some(copy)) = (decision, copy) else { return answer };
            // The connection is free for others meanwhile.
            drop((answer, received));
            sleep(wait).await;
            request = copy;
        }
    }
}

fn is_error(response: &Response) -> bool {
    lift_errors_core::status::is_error(response.status().as_u16())
}

/// Whether two URLs differ in their fragment at most, which is never sent.
fn is_same_page(one: &Url, other: &Url) -> bool {
    let without_fragment = |url: &Url| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    };
    without_fragment(one) == without_fragment(other)
}

/// Whether the policy's deadline ended an attempt.
fn is_deadline(error: &Error) -> bool {
    matches!(error, Error::Middleware(error) if error.is::<DeadlinePassed>())
}

/// The client's error: the error itself, or one that a middleware wraps, such as one that has tried several times. A middleware's
/// own client, such as one that fetches a token, has errors of `reqwest` alone.
fn of_client(error: &Error) -> Option<&::reqwest::Error> {
    match error {
        Error::Reqwest(error) => Some(error),
        Error::Middleware(error) => error.chain().find_map(|source| match source.downcast_ref()? {
            Error::Reqwest(error) => Some(error),
            Error::Middleware(_) => None,
        }),
    }
}

/// Whether the network failed, and neither the request nor a middleware that made an error from an answer.
fn is_transport(error: &Error) -> bool {
    of_client(error).is_some_and(|error| !error.is_redirect() && !error.is_status() && of_request(error).is_none())
}

/// The text of the innermost source.
fn reason(error: &dyn error::Error) -> String {
    let innermost = core::iter::successors(error.source(), |source| source.source()).last();
    innermost.map_or_else(|| "no answer".to_owned(), |source| without_urls(&text_of(source)))
}

/// The texts of a middleware's error and its sources, without those that an earlier one contains.
fn told(texts: impl Iterator<Item = String>) -> String {
    texts.fold(String::new(), |told, text| match without_urls(&text) {
        text if told.contains(&text) => told,
        text if told.is_empty() => text,
        text => told + ": " + &text,
    })
}

/// A text without its URLs, which may contain a secret, such as a token in the query. A URL has neither blanks nor quotes.
fn without_urls(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("://") {
        shown += before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c));
        shown.push('…');
        let is_end = |c: char| c.is_whitespace() || "\"<>".contains(c);
        let url = after.split(is_end).next().unwrap_or(after);
        // The sentence goes on behind it.
        rest = after.get(url.trim_end_matches(|c: char| "),.;:!?'`]}".contains(c)).len()..).unwrap_or_default();
    }
    (shown + rest).replace(" for url (…)", "")
}

/// The error to read if `send()` failed.
fn of_error<E: CatalogError>(error: Error) -> ReceivedError<E> {
    let is_deadline = is_deadline(&error);
    let is_transport = is_deadline || is_transport(&error);
    let client = of_client(&error);
    let timed_out = is_deadline || client.is_some_and(::reqwest::Error::is_timeout);
    let is_unreadable = client.is_some_and(|error| !error.is_connect());
    let status = client.and_then(::reqwest::Error::status);
    let fault = client.and_then(of_request);
    let source: Source = match error {
        Error::Reqwest(error) => Box::new(error.without_url()),
        Error::Middleware(error) => {
            let texts: Vec<String> = error.chain().map(text_of).collect();
            match texts.iter().any(|text| text.contains("://")) {
                true => told(texts.into_iter()).into(),
                false => error.into_boxed_dyn_error(),
            }
        }
    };
    match status {
        Some(status) => ReceivedError::answered(status, HeaderMap::new(), &[]).with_source(source),
        None if !is_transport => ReceivedError::failed_here(source, fault),
        None if timed_out => ReceivedError::timed_out(source),
        None if is_unreadable => ReceivedError::unreadable(source),
        None => ReceivedError::unanswered(source),
    }
}

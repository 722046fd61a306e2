//! The client for reqwest: errors read back behind `send()`, and a middleware that tries again.

use super::known::CatalogError;
use super::policy::{Decision, GiveUp, RetryPolicy, is_repeatable};
use super::received::{ACCEPT, LONGEST_BODY, Received, Source};
use crate::lift;
use crate::retry::Retry;
use bytes::{Bytes, BytesMut};
use http::response::Parts;
use http::{Extensions, HeaderValue, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use reqwest::{Body, Request, Response, ResponseBuilderExt as _};
use reqwest_middleware::{Error, Middleware, Next};
use std::boxed::Box;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Reads the errors behind `send()`, of reqwest and of `reqwest_middleware`.
///
/// ```
/// use lift_errors::{client::{LiftErrorExt as _, Received}, lift};
///
/// async fn order(client: &reqwest::Client, url: &str) -> Result<Option<String>, Received<lift::Error>> {
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
    /// [`LONGEST_BODY`] bytes of the body. No answer is an error as well, with the transport's as its source.
    ///
    /// A deadline for the whole is reqwest's own: set one on the client, or a body that never ends is waited for.
    fn lift_error<E: CatalogError>(self) -> impl Future<Output = Result<Response, Received<E>>> + Send;
}

impl<F, X> LiftErrorExt for F
where
    F: Future<Output = Result<Response, X>> + Send,
    X: Into<Error>,
{
    async fn lift_error<E: CatalogError>(self) -> Result<Response, Received<E>> {
        match self.await.map_err(Into::into) {
            Ok(response) if is_error(&response) => {
                let (head, mut body) = http::Response::<Body>::from(response).into_parts();
                Err(received(&head, &read(&mut body).await.0))
            }
            Ok(response) => Ok(response),
            Err(error) => Err(unanswered(error)),
        }
    }
}

/// A middleware that sends requests again as a [`RetryPolicy`] decides.
///
/// It goes by the contract in the error's body, and gives the response on with its body unread. Where a request names
/// no `Accept`, it asks for [problem details](ACCEPT). A body that is a stream is sent once; any request may be sent again
/// where no connection came about.
///
/// ```
/// use lift_errors::client::{RetryMiddleware, RetryPolicy};
///
/// let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::new())
///     .with(RetryMiddleware::new(RetryPolicy::default().with_attempts(3)))
///     .build();
/// ```
#[derive(Clone, Debug, Default)]
pub struct RetryMiddleware(RetryPolicy);

impl RetryMiddleware {
    /// Retries by a policy.
    pub const fn new(policy: RetryPolicy) -> Self {
        Self(policy)
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
        request.headers_mut().entry(header::ACCEPT).or_insert(HeaderValue::from_static(ACCEPT));
        let repeatable = is_repeatable(request.method(), request.headers());
        let mut attempts = 0_u32;
        loop {
            let copy = request.try_clone();
            let answer = next.clone().run(request, extensions).await;
            attempts = attempts.saturating_add(1);
            let (answer, repeatable, retry) = match answer {
                Ok(response) if !is_error(&response) => {
                    self.0.succeeded();
                    return Ok(response);
                }
                Ok(response) => {
                    let (response, retry) = read_contract(response).await;
                    (Ok(response), repeatable, retry)
                }
                // What another middleware refuses, or a request that can't be built, was never sent.
                Err(error) if !is_transport(&error) => return Err(error),
                Err(error) => {
                    // Without a connection nothing was sent, and nothing done.
                    let unsent = matches!(&error, Error::Reqwest(error) if error.is_connect());
                    (Err(error), repeatable || unsent, lift::Code::ConnectionFailed.entry().retry())
                }
            };
            match (self.0.decide(attempts, repeatable, retry), copy) {
                (Decision::Wait(wait), Some(copy)) => {
                    // The connection is free for others meanwhile.
                    drop(answer);
                    tokio::time::sleep(wait).await;
                    request = copy;
                }
                (Decision::Wait(_), None) => {
                    self.0.gave_up(GiveUp::Unrepeatable);
                    return answer;
                }
                (Decision::GiveUp(_), _) => return answer,
            }
        }
    }
}

fn is_error(response: &Response) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

/// Whether the network is to blame, not the request.
fn is_transport(error: &Error) -> bool {
    matches!(error, Error::Reqwest(error) if !error.is_builder() && !error.is_redirect())
}

fn unanswered<E: CatalogError>(error: Error) -> Received<E> {
    let timed_out = matches!(&error, Error::Reqwest(error) if error.is_timeout());
    // The address may hold what nobody should read in a log: a token in its query.
    let source: Source = match error {
        Error::Reqwest(error) => Box::new(error.without_url()),
        Error::Middleware(error) => error.into_boxed_dyn_error(),
    };
    if timed_out { Received::timed_out(source) } else { Received::unanswered(source) }
}

fn received<E: CatalogError>(head: &Parts, body: &[u8]) -> Received<E> {
    let mut response = http::Response::new(body);
    *response.status_mut() = head.status;
    response.headers_mut().clone_from(&head.headers);
    Received::from_response(response)
}

/// The contract of an error, and the response as it came.
async fn read_contract(response: Response) -> (Response, Retry) {
    let url = response.url().clone();
    let (mut head, mut rest) = http::Response::<Body>::from(response).into_parts();
    let (begun, fault) = read(&mut rest).await;
    let retry = received::<lift::Error>(&head, &begun).retry();
    // The address is the one thing that reqwest does not hand over with the head.
    let address = http::Response::builder().url(url).body(()).map(|response| response.into_parts().0.extensions);
    head.extensions.extend(address.unwrap_or_default());
    let body = Body::wrap(Unread { begun: Some(begun), fault, rest });
    (http::Response::from_parts(head, body).into(), retry)
}

/// The beginning of a body, as far as it is looked at, and what ended it before its end.
async fn read(body: &mut Body) -> (Bytes, Option<reqwest::Error>) {
    let mut begun = BytesMut::new();
    while begun.len() < LONGEST_BODY {
        match body.frame().await {
            Some(Ok(frame)) => frame.data_ref().into_iter().for_each(|data| begun.extend_from_slice(data)),
            Some(Err(fault)) => return (begun.freeze(), Some(fault)),
            None => break,
        }
    }
    (begun.freeze(), None)
}

/// A body that was begun, as if nobody had: what was read comes first.
struct Unread {
    begun: Option<Bytes>,
    fault: Option<reqwest::Error>,
    rest: Body,
}

impl HttpBody for Unread {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        if let Some(begun) = self.begun.take().filter(|begun| !begun.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(begun))));
        }
        match self.fault.take() {
            Some(fault) => Poll::Ready(Some(Err(fault))),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        let begun = self.begun.as_ref().map_or(0, |begun| begun.len() as u64);
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(begun));
        if let Some(upper) = rest.upper().and_then(|upper| upper.checked_add(begun)) {
            hint.set_upper(upper);
        }
        hint
    }
}

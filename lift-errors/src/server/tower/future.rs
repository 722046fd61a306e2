//! The wait for a response, and for the short text of one that is replaced.

use super::body::ErrorBody;
use crate::server::error_response::ErrorResponse;
use crate::server::panic::{Panicked, catch, discard};
use crate::server::request_context::RequestContext;
use crate::server::responder::{ErrorResponder, Kind, MAX_TEXT_BYTES};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use http::{Response, header};
use http_body::Body;
use pin_project_lite::pin_project;

/// The maximum number of frames that are read for the log. A body may give empty ones without end.
const MAX_FRAMES: usize = 64;

pin_project! {
    /// The response of an [`ErrorService`](super::ErrorService), once it is there.
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
        context: RequestContext,
        responder: Arc<ErrorResponder>,
    }

    impl<F> PinnedDrop for ResponseFuture<F> {
        fn drop(this: Pin<&mut Self>) {
            // A request that is cancelled: a panic of its future's `Drop` would reach the server.
            this.project().state.end();
        }
    }
}

pin_project! {
    #[project = StateOf]
    enum State<F> {
        Waiting { #[pin] answer: F },
        Ended { panicked: Option<Panicked> },
    }
}

impl<F> State<F> {
    /// Drops the service's future, whose `Drop` may panic.
    fn end(mut self: Pin<&mut Self>) {
        if let StateOf::Waiting { .. } = self.as_mut().project() {
            let _ = catch(|| self.set(Self::Ended { panicked: None }));
        }
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("context", &self.context).finish_non_exhaustive()
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(answer: Result<F, Panicked>, context: RequestContext, responder: Arc<ErrorResponder>) -> Self {
        let state = match answer {
            Ok(answer) => State::Waiting { answer },
            Err(panicked) => State::Ended { panicked: Some(panicked) },
        };
        Self { state, context, responder }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body<Data = Bytes>,
{
    type Output = Result<Response<ErrorBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let panicked = match this.state.as_mut().project() {
            StateOf::Waiting { answer } => {
                let answer = catch(|| {
                    let answer = answer.poll(task);
                    answer.map(|answer| answer.map(|response| respond(response, this.context, this.responder, task)))
                });
                if matches!(answer, Ok(Poll::Pending)) {
                    return Poll::Pending;
                }
                this.state.end();
                match answer {
                    Ok(answer) => return answer,
                    Err(panicked) => Some(panicked),
                }
            }
            StateOf::Ended { panicked } => panicked.take(),
        };
        let panicked = panicked.map_or_else(|| ErrorResponse::internal("polled after completion"), ErrorResponse::internal);
        Poll::Ready(Ok(respond_with(&panicked, this.context, this.responder)))
    }
}

/// A response that is nothing but an error.
pub(crate) fn respond_with<B>(
    error: &ErrorResponse,
    context: &RequestContext,
    responder: &ErrorResponder,
) -> Response<ErrorBody<B>> {
    let mut head = Response::new(()).into_parts().0;
    let body = responder.write(error, "", context, &mut head);
    Response::from_parts(head, ErrorBody::written(body))
}

/// Makes a response canonical if it is an error. The body's methods and its `Drop` may panic.
pub(crate) fn respond<B: Body<Data = Bytes>>(
    response: Response<B>,
    context: &mut RequestContext,
    responder: &ErrorResponder,
    task: &mut Context<'_>,
) -> Response<ErrorBody<B>> {
    let (mut head, body) = response.into_parts();
    let size = body.size_hint();
    let kind = responder.classify(context, &mut head, body.is_end_stream() || size.exact() == Some(0));
    let length = size.exact().filter(|bytes| (1..=MAX_TEXT_BYTES).contains(bytes));
    if let (Kind::Bare, Some(length), false) = (&kind, length, head.headers.contains_key(header::CONTENT_ENCODING)) {
        let text = text_of(body, length as usize, task);
        let written = responder.finish(kind, &String::from_utf8_lossy(&text), context, &mut head);
        return Response::from_parts(head, ErrorBody::written(written.unwrap_or_default()));
    }
    let body = match responder.finish(kind, "", context, &mut head) {
        Some(written) => {
            discard(body);
            ErrorBody::written(written)
        }
        None => ErrorBody::passed(body),
    };
    Response::from_parts(head, body)
}

/// The first `length` bytes of a body, as far as they are there at once, for the log: a text that comes later, breaks off or
/// panics is cut.
fn text_of<B: Body<Data = Bytes>>(body: B, length: usize, task: &mut Context<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    // The body is dropped in `collect`.
    let _ = catch(|| collect(body, length, task, &mut text));
    text
}

fn collect<B: Body<Data = Bytes>>(body: B, length: usize, task: &mut Context<'_>, text: &mut Vec<u8>) {
    let mut body = pin!(body);
    for _ in 0..MAX_FRAMES {
        let Ok(Poll::Ready(Some(Ok(frame)))) = catch(|| body.as_mut().poll_frame(task)) else { break };
        let data = frame.data_ref().map_or(&[][..], |data| data);
        let missing = length.saturating_sub(text.len());
        text.extend_from_slice(data.get(..missing).unwrap_or(data));
        if data.len() >= missing {
            break;
        }
    }
}

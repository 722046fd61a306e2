//! The wait for a response, and for the few text of one that is replaced.

use super::body::ErrorBody;
use crate::server::request_context::RequestContext;
use crate::server::responder::{Content, ErrorResponder, Kind, MAX_TEXT_BYTES, Panic, panicked};
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use http::Response;
use http_body::Body;
use pin_project_lite::pin_project;
use std::panic::catch_unwind;

pin_project! {
    /// The response of an [`ErrorService`](super::ErrorService), once it is there.
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
        context: RequestContext,
        responder: Arc<ErrorResponder>,
    }
}

pin_project! {
    #[project = StateOf]
    enum State<F> {
        Waiting { #[pin] answer: F },
        Panicked { panic: Option<Panic> },
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("context", &self.context).finish_non_exhaustive()
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(answer: Result<F, Panic>, context: RequestContext, responder: Arc<ErrorResponder>) -> Self {
        let state = match answer {
            Ok(answer) => State::Waiting { answer },
            Err(panic) => State::Panicked { panic: Some(panic) },
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
        let panic = match this.state.as_mut().project() {
            StateOf::Waiting { answer } => match catch_unwind(AssertUnwindSafe(|| answer.poll(task))) {
                Ok(answer) => {
                    let response = ready!(answer)?;
                    return Poll::Ready(Ok(respond(response, this.context, this.responder, task)));
                }
                Err(panic) => Some(panic),
            },
            StateOf::Panicked { panic } => panic.take(),
        };
        // What is left of the future that panicked goes now, not with the response.
        this.state.set(State::Panicked { panic: None });
        let mut head = Response::new(()).into_parts().0;
        let body = this.responder.write(&panicked(panic), "", this.context, &mut head);
        Poll::Ready(Ok(Response::from_parts(head, ErrorBody::written(body))))
    }
}

/// Makes a response canonical, where it is an error.
pub(crate) fn respond<B: Body<Data = Bytes>>(
    response: Response<B>,
    context: &mut RequestContext,
    responder: &ErrorResponder,
    task: &mut Context<'_>,
) -> Response<ErrorBody<B>> {
    let (mut head, body) = response.into_parts();
    let content = if body.is_end_stream() { Content::Empty } else { Content::of_length(body.size_hint().exact()) };
    let kind = responder.classify(context, &mut head, content);
    if matches!(kind, Kind::Bare) && content == Content::Whole {
        let length = body.size_hint().lower();
        let text = match text_of(body, task) {
            // A proxied text may be on its way.
            text if text.is_empty() => format!("(a text of {length} bytes that was not there yet)"),
            text => String::from_utf8_lossy(&text).into_owned(),
        };
        let written = responder.finish(kind, &text, context, &mut head);
        return Response::from_parts(head, ErrorBody::written(written.unwrap_or_default()));
    }
    let body = match responder.finish(kind, "", context, &mut head) {
        Some(written) => ErrorBody::written(written),
        None => ErrorBody::passed(body),
    };
    Response::from_parts(head, body)
}

/// The text of a body that are there at once, for the log: nobody waits for them, and one that breaks off, or panics, has
/// said what it had to say.
fn text_of<B: Body<Data = Bytes>>(body: B, task: &mut Context<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    let mut body = core::pin::pin!(body);
    let mut next = || catch_unwind(AssertUnwindSafe(|| body.as_mut().poll_frame(task)));
    while text.len() < MAX_TEXT_BYTES {
        let Ok(Poll::Ready(Some(Ok(frame)))) = next() else { break };
        let data = frame.data_ref().map_or(&[][..], |data| data);
        text.extend(data.iter().take(MAX_TEXT_BYTES - text.len()));
    }
    text
}

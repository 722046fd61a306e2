//! The future of the layer: it waits for the response, catches panics, and reads the plain text of a bare response.

use super::ErrorBody;
use crate::server::request_context::RequestContext;
use crate::server::responder::{ErrorResponder, Kind, MAX_TEXT_BYTES, Panic, panicked};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use http::{Response, header};
use http_body::Body;
use pin_project_lite::pin_project;
use std::panic::catch_unwind;

pin_project! {
    /// The response of an [`ErrorService`](super::ErrorService), when it is ready.
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
        Waiting { #[pin] response: F },
        Panicked { panic: Option<Panic> },
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("context", &self.context).finish_non_exhaustive()
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(called: Result<F, Panic>, context: RequestContext, responder: Arc<ErrorResponder>) -> Self {
        let state = match called {
            Ok(response) => State::Waiting { response },
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
            StateOf::Waiting { response } => match catch_unwind(AssertUnwindSafe(|| response.poll(task))) {
                Ok(polled) => {
                    let response = ready!(polled)?;
                    return Poll::Ready(Ok(respond(response, this.context, this.responder, task)));
                }
                Err(panic) => Some(panic),
            },
            StateOf::Panicked { panic } => panic.take(),
        };
        // Drop what is left of the panicked future now, not together with the response.
        this.state.set(State::Panicked { panic: None });
        let mut parts = Response::new(()).into_parts().0;
        let body = this.responder.write_error(&panicked(panic), "", this.context, &mut parts);
        Poll::Ready(Ok(Response::from_parts(parts, ErrorBody::written(body))))
    }
}

/// Makes an error response canonical.
pub(crate) fn respond<B: Body<Data = Bytes>>(
    response: Response<B>,
    context: &mut RequestContext,
    responder: &ErrorResponder,
    task: &mut Context<'_>,
) -> Response<ErrorBody<B>> {
    let (mut parts, body) = response.into_parts();
    let size = body.size_hint();
    let kind = responder.classify(context, &mut parts, body.is_end_stream() || size.exact() == Some(0));
    let is_short = || size.exact().is_some_and(|bytes| (1..=MAX_TEXT_BYTES).contains(&bytes));
    if matches!(kind, Kind::Bare) && is_short() && !parts.headers.contains_key(header::CONTENT_ENCODING) {
        let text = read_ready(body, task);
        let written = responder.finish(kind, &String::from_utf8_lossy(&text), context, &mut parts);
        return Response::from_parts(parts, ErrorBody::written(written.unwrap_or_default()));
    }
    let body = match responder.finish(kind, "", context, &mut parts) {
        Some(written) => ErrorBody::written(written),
        None => ErrorBody::passed(body),
    };
    Response::from_parts(parts, body)
}

/// The part of a body that is ready now, for the log. It does not wait, and what arrives before an error or a panic of the
/// body counts.
fn read_ready<B: Body<Data = Bytes>>(body: B, task: &mut Context<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    let mut body = core::pin::pin!(body);
    let mut next = || catch_unwind(AssertUnwindSafe(|| body.as_mut().poll_frame(task)));
    while let Ok(Poll::Ready(Some(Ok(frame)))) = next() {
        if text.len() as u64 > MAX_TEXT_BYTES {
            break;
        }
        text.extend_from_slice(frame.data_ref().map_or(&[][..], |data| data));
    }
    text
}

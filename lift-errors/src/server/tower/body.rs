//! The body of a response that went through the layer: the service's own, or that of an error.

use super::open_call::OpenCall;
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

/// A body that passes another one, or is that of an error.
pub(crate) trait Outgoing<B> {
    fn passed(body: B, call: OpenCall) -> Self;
    fn written(bytes: Bytes) -> Self;
}

pin_project! {
    /// The body of a response: the service's own, passed through, or that of a canonical error.
    #[derive(Clone, Debug)]
    pub struct ErrorBody<B> {
        #[pin]
        content: Content<B>,
    }
}

pin_project! {
    #[project = ContentOf]
    #[derive(Clone, Debug)]
    enum Content<B> {
        Passed { #[pin] body: B, call: OpenCall },
        Written { bytes: Bytes },
    }
}

impl<B> Outgoing<B> for ErrorBody<B> {
    fn passed(body: B, call: OpenCall) -> Self {
        Self { content: Content::Passed { body, call } }
    }

    fn written(bytes: Bytes) -> Self {
        Self { content: Content::Written { bytes } }
    }
}

/// An empty body: layers further out that answer by themselves, such as CORS, want one.
impl<B> Default for ErrorBody<B> {
    fn default() -> Self {
        Self::written(Bytes::new())
    }
}

impl<B: Body<Data = Bytes>> Body for ErrorBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.project().content.project() {
            ContentOf::Passed { body, call } => call.poll(body, task),
            ContentOf::Written { bytes } if bytes.is_empty() => Poll::Ready(None),
            ContentOf::Written { bytes } => Poll::Ready(Some(Ok(Frame::data(core::mem::take(bytes))))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Passed { body, call } => call.is_broken() || body.is_end_stream(),
            Content::Written { bytes } => bytes.is_empty(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Passed { body, .. } => body.size_hint(),
            Content::Written { bytes } => SizeHint::with_exact(bytes.len() as u64),
        }
    }
}

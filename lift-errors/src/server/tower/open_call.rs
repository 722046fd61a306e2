//! A call of gRPC that began well. Its body may still fail: then the trailers are the error.

use crate::server::current::Current;
#[cfg(feature = "tonic")]
use crate::server::{current::during, error_response::ErrorResponse, panic::catch};
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll};
#[cfg(feature = "tonic")]
use http::HeaderMap;
use http_body::{Body, Frame};

/// The request of a call whose body is on its way; nothing for any other response.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenCall {
    #[cfg(feature = "tonic")]
    current: Option<Current>,
    /// Whether the body panicked: it must not be polled again.
    #[cfg(feature = "tonic")]
    is_broken: bool,
}

#[cfg(feature = "tonic")]
impl OpenCall {
    /// Takes the current request over if it is a call, whose response has a body.
    pub(crate) fn take(current: &mut Option<Current>, head: &HeaderMap, body: &impl Body) -> Self {
        let is_open = current.as_ref().is_some_and(Current::is_call)
            && !head.contains_key("grpc-status")
            && !body.is_end_stream();
        Self { current: if is_open { current.take() } else { None }, is_broken: false }
    }

    /// Whether it is a call.
    #[cfg(feature = "axum")]
    pub(crate) fn is_open(&self) -> bool {
        self.current.is_some()
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Polls the body while the request is current. What it ends with is logged.
    pub(super) fn poll<B: Body<Data = Bytes>>(
        &mut self,
        body: Pin<&mut B>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        if self.is_broken {
            return Poll::Ready(None);
        }
        if self.current.is_none() {
            return body.poll_frame(task);
        }
        match catch(|| during(&mut self.current, || body.poll_frame(task))) {
            Ok(Poll::Ready(Some(Ok(mut frame)))) => {
                if let Some(trailers) = frame.trailers_mut() {
                    self.end(trailers);
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(polled) => polled,
            Err(panicked) => {
                self.is_broken = true;
                let status = during(&mut self.current, || tonic::Status::from(ErrorResponse::caught(panicked)));
                let mut trailers = HeaderMap::new();
                // It fails for bytes that are invalid in headers, after the code was written; tonic encodes all such bytes.
                let _ = status.add_header(&mut trailers);
                self.end(&mut trailers);
                Poll::Ready(Some(Ok(Frame::trailers(trailers))))
            }
        }
    }

    fn end(&mut self, trailers: &mut HeaderMap) {
        if let Some(mut current) = self.current.take() {
            let made = current.take_statuses();
            let (context, responder) = current.parts();
            responder.end_call(context, trailers, &made);
        }
    }
}

#[cfg(not(feature = "tonic"))]
impl OpenCall {
    pub(crate) fn take(_: &mut Option<Current>, _: &http::HeaderMap, _: &impl Body) -> Self {
        Self {}
    }

    #[cfg(feature = "axum")]
    pub(crate) fn is_open(&self) -> bool {
        false
    }

    pub(super) fn is_broken(&self) -> bool {
        false
    }

    pub(super) fn poll<B: Body<Data = Bytes>>(
        &mut self,
        body: Pin<&mut B>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        body.poll_frame(task)
    }
}

//! A call of gRPC that began well. Its body may still fail: then the trailers are the error.

use crate::server::current::Current;
#[cfg(feature = "tonic")]
use crate::server::{
    current::during,
    error_response::ErrorResponse,
    head::GRPC_STATUS,
    panic::{catch, discard},
};
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
        let is_open =
            current.as_ref().is_some_and(Current::is_call) && !head.contains_key(&GRPC_STATUS) && !body.is_end_stream();
        Self { current: if is_open { current.take() } else { None }, is_broken: false }
    }

    /// Whether the response to a call, or to a caller that does not speak gRPC, is nothing but a status.
    pub(super) fn is_status(current: Option<&Current>, head: &HeaderMap, body: &impl Body) -> bool {
        current.is_some_and(|current| current.is_call() || body.is_end_stream()) && head.contains_key(&GRPC_STATUS)
    }

    /// Whether it is a call.
    #[cfg(feature = "axum")]
    pub(crate) fn is_open(&self) -> bool {
        self.current.is_some()
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// How many errors became statuses of gRPC so far.
    pub(super) fn statuses_made(current: Option<&Current>) -> usize {
        current.map_or(0, Current::statuses_made)
    }

    /// Logs the error of a call for which a layer further in has an `Err` with the error's status: tonic makes the response of it.
    /// One that was made before, as `before` tells, is one that the handler got over.
    pub(super) fn fail(current: Option<&mut Current>, before: usize) {
        let Some(current) = current.filter(|current| current.is_call() && current.statuses_made() != before) else {
            return;
        };
        let mut made = current.take_statuses();
        if let Some(error) = made.pop() {
            let (context, responder) = current.parts();
            // The log asks a source for its text, which may panic.
            if let Err(panicked) = catch(|| responder.record(&error, context)) {
                responder.record(&ErrorResponse::caught(panicked), context);
            }
            discard((error, made));
        }
    }

    /// Logs an error of this service whose status another library made anew, in the head of a call's response that stays as it is.
    pub(super) fn end_in_head(current: &mut Current, headers: &mut HeaderMap) {
        if !(current.is_call() && headers.contains_key(&GRPC_STATUS)) {
            return;
        }
        let made = current.take_statuses();
        let (context, responder) = current.parts();
        if let Err(panicked) = catch(|| responder.end_in_head(context, headers, &made)) {
            responder.record(&ErrorResponse::caught(panicked), context);
        }
        discard(made);
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
            // The log asks a source for its text, which may panic.
            if let Err(panicked) = catch(|| responder.end_call(context, trailers, &made)) {
                responder.record(&ErrorResponse::caught(panicked), context);
            }
            discard(made);
        }
    }
}

#[cfg(not(feature = "tonic"))]
impl OpenCall {
    pub(crate) fn take(_: &mut Option<Current>, _: &http::HeaderMap, _: &impl Body) -> Self {
        Self {}
    }

    pub(super) fn is_status(_: Option<&Current>, _: &http::HeaderMap, _: &impl Body) -> bool {
        false
    }

    pub(super) fn statuses_made(_: Option<&Current>) -> usize {
        0
    }

    pub(super) fn fail(_: Option<&mut Current>, _: usize) {}

    pub(super) fn end_in_head(_: &mut Current, _: &mut http::HeaderMap) {}

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

#[cfg(test)]
#[cfg(feature = "tonic")]
mod tests {
    use crate::server::tower::ErrorLayer;
    use crate::{ErrorResponse, lift};
    use alloc::boxed::Box;
    use bytes::Bytes;
    use core::convert::Infallible;
    use core::fmt;
    use core::pin::{Pin, pin};
    use core::task::{Context, Poll, Waker};
    use http::{HeaderMap, Request, Response};
    use http_body::{Body, Frame};
    use tower_layer::Layer as _;
    use tower_service::Service as _;

    /// A source that can't be logged.
    #[derive(Debug)]
    struct Unspeakable;

    impl fmt::Display for Unspeakable {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("a display")
        }
    }

    impl core::error::Error for Unspeakable {}

    /// A stream that ends with an error of this source.
    struct Failing;

    impl Body for Failing {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let error = ErrorResponse::new(lift::Error::conflict().caused_by(Unspeakable));
            let mut trailers = HeaderMap::new();
            tonic::Status::from(error).add_header(&mut trailers).unwrap();
            Poll::Ready(Some(Ok(Frame::trailers(trailers))))
        }
    }

    #[test]
    fn a_source_whose_text_panics_does_not_break_the_end_of_a_stream() {
        let service = tower::service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(Failing)));
        let mut service = ErrorLayer::default().layer(service);
        let request = Request::post("/depot.Depot/Watch").header("content-type", "application/grpc").body(()).unwrap();
        let mut task = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(response)) = Future::poll(pin!(service.call(request)), &mut task) else {
            panic!("it waits")
        };
        let mut body = Box::pin(response.into_body());
        let Poll::Ready(Some(Ok(end))) = body.as_mut().poll_frame(&mut task) else { panic!("it does not end") };
        assert!(end.trailers_ref().unwrap().contains_key("grpc-status"));
    }
}

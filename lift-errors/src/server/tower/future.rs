//! The wait for a response, and for the short text of one that is replaced.

use super::body::{ErrorBody, Outgoing};
use super::open_call::OpenCall;
use crate::server::current::{Current, during};
use crate::server::error_response::ErrorResponse;
use crate::server::original_text::original_text;
use crate::server::panic::{Panicked, catch, discard};
use crate::server::request_context::RequestContext;
use crate::server::responder::{ErrorResponder, Handled, Kind, may_be_error};
use alloc::string::String;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use http::{HeaderMap, Response};
use http_body::Body;
use pin_project_lite::pin_project;

pin_project! {
    /// The response of an [`ErrorService`](super::ErrorService), once it is there.
    pub struct ResponseFuture<F> {
        #[pin]
        answer: Answer<F>,
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn new(answer: Result<F, Panicked>, current: Option<Current>) -> Self {
        Self { answer: Answer::new(answer, current) }
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("current", &self.answer.current).finish_non_exhaustive()
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body<Data = Bytes>,
{
    type Output = Result<Response<ErrorBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().answer.poll(task)
    }
}

pin_project! {
    /// The wait for the response of a service.
    pub(crate) struct Answer<F> {
        #[pin]
        state: State<F>,
        // It is away only while the service works.
        current: Option<Current>,
        // How many errors had become statuses of gRPC before the last time that the service had to wait.
        statuses: usize,
    }

    impl<F> PinnedDrop for Answer<F> {
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

impl<F> Answer<F> {
    pub(crate) fn new(answer: Result<F, Panicked>, current: Option<Current>) -> Self {
        let state = match answer {
            Ok(answer) => State::Waiting { answer },
            Err(panicked) => State::Ended { panicked: Some(panicked) },
        };
        Self { state, current, statuses: 0 }
    }

    pub(crate) fn poll<B, E, O>(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<Response<O>, E>>
    where
        F: Future<Output = Result<Response<B>, E>>,
        B: Body<Data = Bytes>,
        O: Outgoing<B>,
    {
        self.poll_adding(task, |_, _, _| {})
    }

    /// The same; `add` completes the response before it is looked at.
    pub(crate) fn poll_adding<B, E, O>(
        self: Pin<&mut Self>,
        task: &mut Context<'_>,
        add: impl FnOnce(&mut Response<B>, &RequestContext, &ErrorResponder),
    ) -> Poll<Result<Response<O>, E>>
    where
        F: Future<Output = Result<Response<B>, E>>,
        B: Body<Data = Bytes>,
        O: Outgoing<B>,
    {
        let mut this = self.project();
        let panicked = match this.state.as_mut().project() {
            StateOf::Waiting { answer } => {
                let answer = catch(|| {
                    let answer = during(this.current, || answer.poll(task));
                    answer.map(|answer| {
                        answer.map(|mut response| {
                            if let Some(current) = this.current.as_mut() {
                                let (context, responder) = current.parts();
                                add(&mut response, context, responder);
                            }
                            respond(response, this.current, task)
                        })
                    })
                });
                if matches!(answer, Ok(Poll::Pending)) {
                    *this.statuses = OpenCall::statuses_made(this.current.as_ref());
                    return Poll::Pending;
                }
                this.state.end();
                match answer {
                    Ok(answer) => {
                        if matches!(answer, Poll::Ready(Err(_))) {
                            OpenCall::fail(this.current.as_mut(), *this.statuses);
                        }
                        return answer;
                    }
                    Err(panicked) => Some(panicked),
                }
            }
            StateOf::Ended { panicked } => panicked.take(),
        };
        let panicked = panicked.map_or_else(|| ErrorResponse::caught("polled after completion"), ErrorResponse::caught);
        Poll::Ready(Ok(respond_with(&panicked, this.current.as_mut())))
    }
}

/// A response that is nothing but an error.
pub(crate) fn respond_with<B, O: Outgoing<B>>(error: &ErrorResponse, current: Option<&mut Current>) -> Response<O> {
    let mut head = Response::new(()).into_parts().0;
    let body = match current {
        Some(current) => {
            let (context, responder) = current.parts();
            responder.write(error, "", context, &mut head)
        }
        None => {
            head.status = error.status();
            Bytes::new()
        }
    };
    Response::from_parts(head, O::written(body))
}

/// Makes a response canonical if it is an error. The body's methods and its `Drop` may panic.
pub(crate) fn respond<B: Body<Data = Bytes>, O: Outgoing<B>>(
    response: Response<B>,
    slot: &mut Option<Current>,
    task: &mut Context<'_>,
) -> Response<O> {
    let (mut head, body) = response.into_parts();
    let is_suspect = may_be_error(&head) || OpenCall::is_status(slot.as_ref(), &head.headers, &body);
    let (true, Some(current)) = (is_suspect, slot.as_mut()) else {
        let call = OpenCall::take(slot, &head.headers, &body);
        return Response::from_parts(head, O::passed(body, call));
    };
    let is_empty = body.is_end_stream() || body.size_hint().exact() == Some(0);
    let (context, responder) = current.parts();
    let kind = responder.classify(context, &mut head, is_empty);
    if matches!(kind, Kind::Finished) && head.extensions.get::<Handled>().is_none() {
        OpenCall::end_in_head(current, &mut head.headers);
    }
    let (context, responder) = current.parts();
    let (text, body) = match kind {
        Kind::Bare if !is_empty => (text_of(body, &head.headers, task), None),
        _ => (String::new(), Some(body)),
    };
    let body = match (responder.finish(kind, &text, context, &mut head), body) {
        (None, Some(body)) => {
            let call = OpenCall::take(slot, &head.headers, &body);
            O::passed(body, call)
        }
        (written, body) => {
            discard(body);
            O::written(written.unwrap_or_default())
        }
    };
    Response::from_parts(head, body)
}

/// The text of a body that is replaced, for the log.
fn text_of<B: Body<Data = Bytes>>(body: B, headers: &HeaderMap, task: &mut Context<'_>) -> String {
    let mut text = String::new();
    // The body is dropped in here.
    let _ = catch(|| {
        let mut body = pin!(body);
        text = original_text(headers, body.size_hint().exact(), || match catch(|| body.as_mut().poll_frame(task)) {
            Ok(Poll::Ready(Some(Ok(frame)))) => Some(frame.into_data().unwrap_or_default()),
            _ => None,
        });
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::tower::ErrorLayer;
    use crate::{Passthrough, lift};
    use alloc::string::ToString as _;
    use core::convert::Infallible;
    use core::task::Waker;
    use http::{HeaderName, HeaderValue, Request};
    use http_body::{Frame, SizeHint};
    use tower_layer::Layer as _;
    use tower_service::Service;

    /// Panics when it is dropped.
    struct Grenade;

    impl Drop for Grenade {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }

    /// A body that announces a length and gives the same frame for ever.
    struct Frames {
        announced: u64,
        frame: &'static str,
        polled: usize,
        _grenade: Option<Grenade>,
    }

    fn frames(announced: u64, frame: &'static str) -> Frames {
        Frames { announced, frame, polled: 0, _grenade: None }
    }

    impl Body for Frames {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            self.polled += 1;
            assert!(self.polled < 10_000, "read for ever");
            Poll::Ready(Some(Ok(Frame::data(Bytes::from(self.frame)))))
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.announced)
        }
    }

    fn plain(status: u16, body: Frames) -> Response<Frames> {
        Response::builder().status(status).header("content-type", "text/plain").body(body).unwrap()
    }

    /// Converts the response of a service.
    fn answered<F>(future: F) -> Response<ErrorBody<Frames>>
    where
        F: Future<Output = Result<Response<Frames>, Infallible>>,
    {
        let mut future = Some(future);
        let service = tower::service_fn(move |_: Request<()>| future.take().unwrap());
        let mut service = ErrorLayer::default().layer(service);
        let mut answer = pin!(service.call(Request::new(())));
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(response)) => response,
            Poll::Pending => panic!("nothing waits"),
        }
    }

    #[test]
    fn a_panic_of_a_drop_does_not_leave_the_layer() {
        // A future that gave its output, or panicked, is dropped afterwards.
        struct Ended(Option<Response<Frames>>, #[allow(dead_code, reason = "its drop counts")] Grenade);

        impl Future for Ended {
            type Output = Result<Response<Frames>, Infallible>;

            fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
                Poll::Ready(Ok(self.0.take().unwrap()))
            }
        }
        assert_eq!(answered(Ended(Some(plain(404, frames(3, "abc"))), Grenade)).status(), 404);
        assert_eq!(answered(Ended(None, Grenade)).status(), 500);
        // A body that is replaced, read or not, and the error of the service.
        for announced in [3, 3_000_000] {
            let body = Frames { _grenade: Some(Grenade), ..frames(announced, "abc") };
            assert_eq!(answered(async { Ok(plain(404, body)) }).status(), 404, "{announced}");
        }
        // A request that is cancelled.
        let waiting = async {
            let _grenade = Grenade;
            core::future::pending::<Result<Response<Frames>, Infallible>>().await
        };
        let mut waiting = Some(waiting);
        let mut service = ErrorLayer::default().layer(tower::service_fn(move |_: Request<()>| waiting.take().unwrap()));
        let mut answer = alloc::boxed::Box::pin(service.call(Request::new(())));
        assert!(answer.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(answer);
    }

    #[test]
    fn a_body_is_read_as_far_as_it_was_announced_and_never_for_ever() {
        for (announced, frame) in [(1_024, ""), (1, "abc"), (5, "ab")] {
            assert_eq!(answered(async move { Ok(plain(404, frames(announced, frame))) }).status(), 404);
        }
        let mut task = Context::from_waker(Waker::noop());
        assert_eq!(text_of(frames(5, "ab"), &HeaderMap::new(), &mut task), "ababa");
    }

    #[test]
    fn headers_that_describe_the_replaced_body_go() {
        let gone = "accept-ranges alternates content-digest content-disposition content-location \
             content-md5 content-range content-script-type delta-base digest etag im last-modified memento-datetime \
             repr-digest schedule-tag signature signature-input sourcemap tcn trailer use-as-dictionary variant-vary";
        let kept = "age allow content-security-policy date expires link location retry-after server set-cookie vary \
             want-repr-digest www-authenticate x-trace";
        for (names, stay) in [(gone, false), (kept, true)] {
            for name in names.split_ascii_whitespace() {
                let mut response = plain(404, frames(3, "abc"));
                response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static("7"));
                let response = answered(async move { Ok(response) });
                let found = response.headers().get_all(name).iter().any(|value| value == "7");
                assert_eq!(found, stay, "{name}");
            }
        }
        let mut response = plain(416, frames(3, "abc"));
        response.headers_mut().insert("content-range", HeaderValue::from_static("bytes */47022"));
        assert_eq!(answered(async move { Ok(response) }).headers()["content-range"], "bytes */47022");
    }

    #[test]
    fn a_marked_response_stays_as_it_is() {
        let mut response = plain(404, frames(3, "abc"));
        response.extensions_mut().insert(Passthrough::new("the legacy client reads it"));
        let response = answered(async move { Ok(response) });
        assert_eq!(response.headers()["content-type"], "text/plain");
        assert!(!response.headers().contains_key("lift-error"));
        // Not even an error of a catalogue is written again.
        let mut response = plain(409, frames(3, "abc"));
        response.extensions_mut().insert(ErrorResponse::new(lift::Error::conflict()));
        response.extensions_mut().insert(Passthrough::new("it is proxied"));
        assert_eq!(answered(async move { Ok(response) }).headers()["content-type"], "text/plain");
    }

    #[test]
    fn a_display_that_panics_is_an_internal_error() {
        struct Panicking;

        impl fmt::Display for Panicking {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                panic!("a display");
            }
        }

        #[derive(Debug)]
        struct Undisplayable;

        impl crate::LiftError for Undisplayable {
            fn entry(&self) -> crate::Entry {
                lift::not_found::ENTRY
            }

            fn parameter(&self, _: crate::Parameter) -> Option<crate::Value<'_>> {
                Some(crate::Value::Display(&Panicking))
            }
        }

        impl fmt::Display for Undisplayable {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.problem().log_detail(f)
            }
        }

        impl core::error::Error for Undisplayable {}

        use crate::LiftError as _;
        let response: Response<Vec<u8>> = ErrorResponse::new(Undisplayable).into_http();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["lift-error"], "LIFT-0500");
        let error = response.extensions().get::<ErrorResponse>().unwrap();
        assert!(error.problem().sources().to_string().contains("a display"));
        assert_eq!(ErrorResponse::from_ref(&Undisplayable).status(), 500);
        // In the layer, where the error is written again.
        let mut response = plain(404, frames(3, "abc"));
        response.extensions_mut().insert(ErrorResponse::new(Undisplayable));
        assert_eq!(answered(async move { Ok(response) }).status(), 500);
        #[cfg(feature = "tonic")]
        assert_eq!(tonic::Status::from(ErrorResponse::new(Undisplayable)).code(), tonic::Code::Internal);
    }
}

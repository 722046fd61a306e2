//! The wait for actix's answer, be it a response, an error or a panic.

use super::captured_request::{self, CapturedRequest};
use super::response::{self, CanonicalResponse, Outcome};
use crate::server::error_response::ErrorResponse;
use crate::server::panic::{Panicked, catch};
use crate::server::responder::ErrorResponder;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::error::InternalError;
use actix_web::{Error, HttpResponse};
use alloc::sync::Arc;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use http::{Method, Response};
use pin_project_lite::pin_project;

pin_project! {
    /// The response of an [`ErrorMiddlewareService`](super::ErrorMiddlewareService), once it is there.
    pub struct ErrorMiddlewareFuture<F> {
        #[pin]
        answer: Option<F>,
        panicked: Option<Panicked>,
        captured: CapturedRequest,
        responder: Arc<ErrorResponder>,
    }

    impl<F> PinnedDrop for ErrorMiddlewareFuture<F> {
        fn drop(this: Pin<&mut Self>) {
            // A request that is cancelled: a panic of its future's `Drop` would reach the server.
            end(this.project().answer);
        }
    }
}

/// Drops the service's future, whose `Drop` may panic.
fn end<F>(mut answer: Pin<&mut Option<F>>) {
    if answer.is_some() {
        let _ = catch(|| answer.set(None));
    }
}

impl<F> ErrorMiddlewareFuture<F> {
    pub(super) fn new(answer: Result<F, Panicked>, captured: CapturedRequest, responder: Arc<ErrorResponder>) -> Self {
        let (answer, panicked) = match answer {
            Ok(answer) => (Some(answer), None),
            Err(panicked) => (None, Some(panicked)),
        };
        Self { answer, panicked, captured, responder }
    }
}

impl<F> fmt::Debug for ErrorMiddlewareFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorMiddlewareFuture").field("captured", &self.captured).finish_non_exhaustive()
    }
}

impl<F, B> Future for ErrorMiddlewareFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Some(waiting) = this.answer.as_mut().as_pin_mut() {
            let answer = catch(|| {
                waiting.poll(task).map(|answer| match answer {
                    Ok(response) => Ok(respond(response, this.captured, this.responder)),
                    Err(error) => Err(explain(error, this.captured, this.responder)),
                })
            });
            if matches!(answer, Ok(Poll::Pending)) {
                return Poll::Pending;
            }
            end(this.answer.as_mut());
            match answer {
                Ok(answer) => return answer,
                Err(panicked) => *this.panicked = Some(panicked),
            }
        }
        let context = this.captured.context();
        let mut head = Response::new(()).into_parts().0;
        let panicked = this.panicked.take();
        let error =
            panicked.map_or_else(|| ErrorResponse::internal("polled after completion"), ErrorResponse::internal);
        let body = this.responder.write(&error, "", &context, &mut head);
        Poll::Ready(Err(CanonicalResponse { head, body, is_head: context.method() == Method::HEAD }.into()))
    }
}

fn respond<B: MessageBody>(
    response: ServiceResponse<B>,
    captured: &CapturedRequest,
    responder: &ErrorResponder,
) -> ServiceResponse<EitherBody<B>> {
    if !response::is_error(response.response()) {
        return response.map_into_left_body();
    }
    let (request, response) = response.into_parts();
    let mut context = captured.context();
    captured_request::learn(&mut context, &request);
    let response = match response::respond(response, &mut context, responder) {
        Outcome::Kept(response) => response.map_into_left_body(),
        Outcome::Written(rest, answered) => answered.put_into(rest).map_into_right_body(),
    };
    ServiceResponse::new(request, response)
}

/// An error that a middleware gave in the place of a response, with the canonical answer in it.
fn explain(error: Error, captured: &CapturedRequest, responder: &ErrorResponder) -> Error {
    let response: HttpResponse = error.error_response();
    match response::respond(response, &mut captured.context(), responder) {
        // An error may hold its response and give it once.
        Outcome::Kept(response) => InternalError::from_response(error, response).into(),
        Outcome::Written(_, answered) => answered.into(),
    }
}

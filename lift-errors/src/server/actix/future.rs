//! The future of the middleware: it waits for a response or an error, and catches panics.

use super::captured_request::{self, CapturedRequest};
use super::response::{self, CanonicalResponse, Outcome};
use crate::server::responder::{ErrorResponder, Panic, panicked};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::error::InternalError;
use actix_web::{Error, HttpResponse};
use alloc::sync::Arc;
use core::fmt;
use core::future::Future;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use http::{Method, Response};
use pin_project_lite::pin_project;
use std::panic::catch_unwind;

pin_project! {
    /// The response of an [`ErrorMiddlewareService`](super::ErrorMiddlewareService), when it is ready.
    pub struct ErrorMiddlewareFuture<F> {
        #[pin]
        response: Option<F>,
        panic: Option<Panic>,
        captured: CapturedRequest,
        responder: Arc<ErrorResponder>,
    }
}

impl<F> ErrorMiddlewareFuture<F> {
    pub(super) fn new(called: Result<F, Panic>, captured: CapturedRequest, responder: Arc<ErrorResponder>) -> Self {
        let (response, panic) = match called {
            Ok(response) => (Some(response), None),
            Err(panic) => (None, Some(panic)),
        };
        Self { response, panic, captured, responder }
    }
}

impl<F> fmt::Debug for ErrorMiddlewareFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorMiddlewareFuture").field("request", &self.captured).finish_non_exhaustive()
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
        if let Some(waiting) = this.response.as_mut().as_pin_mut() {
            match catch_unwind(AssertUnwindSafe(|| waiting.poll(task))) {
                Ok(polled) => {
                    return Poll::Ready(match ready!(polled) {
                        Ok(response) => Ok(finish(response, this.captured, this.responder)),
                        Err(error) => Err(explain(error, this.captured, this.responder)),
                    });
                }
                Err(panic) => {
                    this.response.set(None);
                    *this.panic = Some(panic);
                }
            }
        }
        let context = this.captured.context();
        let mut head = Response::new(()).into_parts().0;
        let body = this.responder.write_error(&panicked(this.panic.take()), "", &context, &mut head);
        Poll::Ready(Err(CanonicalResponse { head, body, is_head: context.method() == Method::HEAD }.into()))
    }
}

fn finish<B: MessageBody>(
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
        Outcome::Passed(response) => response.map_into_left_body(),
        Outcome::Written(rest, canonical) => canonical.put_into(rest).map_into_right_body(),
    };
    ServiceResponse::new(request, response)
}

/// The error that a middleware returned in place of a response, with the canonical response in it.
fn explain(error: Error, captured: &CapturedRequest, responder: &ErrorResponder) -> Error {
    let response: HttpResponse = error.error_response();
    match response::respond(response, &mut captured.context(), responder) {
        // An error may contain its response and return it only once.
        Outcome::Passed(response) => InternalError::from_response(error, response).into(),
        Outcome::Written(_, canonical) => canonical.into(),
    }
}

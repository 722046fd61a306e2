//! The wait for actix's answer, be it a response, an error or a panic.

use super::captured_request;
use super::response::{self, CanonicalResponse, Outcome};
use crate::server::current::{Current, during};
use crate::server::error_response::ErrorResponse;
use crate::server::panic::{Panicked, catch};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ResourceMap, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::{Error, HttpResponse};
use alloc::rc::Rc;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use http::Response;
use pin_project_lite::pin_project;

pin_project! {
    /// The response of an [`ErrorMiddlewareService`](super::ErrorMiddlewareService), once it is there.
    pub struct ErrorMiddlewareFuture<F> {
        #[pin]
        answer: Option<F>,
        panicked: Option<Panicked>,
        // It is away only while the service works.
        current: Option<Current>,
        routes: Rc<ResourceMap>,
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
    pub(super) fn new(answer: Result<F, Panicked>, current: Option<Current>, routes: Rc<ResourceMap>) -> Self {
        let (answer, panicked) = match answer {
            Ok(answer) => (Some(answer), None),
            Err(panicked) => (None, Some(panicked)),
        };
        Self { answer, panicked, current, routes }
    }
}

impl<F> fmt::Debug for ErrorMiddlewareFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorMiddlewareFuture").field("current", &self.current).finish_non_exhaustive()
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
                let answer = during(this.current, || waiting.poll(task));
                answer.map(|answer| match answer {
                    Ok(response) => Ok(respond(response, this.current.as_mut(), task)),
                    Err(error) => Err(explain(error, this.current, this.routes, task)),
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
        let mut head = Response::new(()).into_parts().0;
        let panicked = this.panicked.take();
        let error = panicked.map_or_else(|| ErrorResponse::caught("polled after completion"), ErrorResponse::caught);
        let body = match this.current {
            Some(current) => {
                let (context, responder) = current.parts();
                captured_request::learn_route(context, this.routes);
                responder.write(&error, "", context, &mut head)
            }
            None => {
                head.status = error.status();
                Bytes::new()
            }
        };
        Poll::Ready(Err(CanonicalResponse { head, body }.into()))
    }
}

fn respond<B: MessageBody>(
    response: ServiceResponse<B>,
    current: Option<&mut Current>,
    task: &mut Context<'_>,
) -> ServiceResponse<EitherBody<B>> {
    let (true, Some(current)) = (response::may_be_error(response.response()), current) else {
        return response.map_into_left_body();
    };
    let (request, response) = response.into_parts();
    let (context, responder) = current.parts();
    let has_new_reader = captured_request::learn(context, &request);
    let response = match response::respond(response, has_new_reader, context, responder, task) {
        Outcome::Kept(response) => response.map_into_left_body(),
        Outcome::Written(rest, answered) => answered.put_into(rest).map_into_right_body(),
    };
    ServiceResponse::new(request, response)
}

/// An error that a middleware gave in the place of a response, with the canonical answer in it.
fn explain(error: Error, current: &mut Option<Current>, routes: &ResourceMap, task: &mut Context<'_>) -> Error {
    let response: HttpResponse = during(current, || error.error_response());
    let Some(current) = current else { return InternalError::from_response(error, response).into() };
    let (context, responder) = current.parts();
    captured_request::learn_route(context, routes);
    match response::respond(response, false, context, responder, task) {
        // An error may hold its response and give it once.
        Outcome::Kept(response) => InternalError::from_response(error, response).into(),
        Outcome::Written(_, answered) => answered.into(),
    }
}

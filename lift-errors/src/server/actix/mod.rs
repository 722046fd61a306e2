#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>actix-web</code></span>")]
//! Canonical errors in actix-web: handlers return them, and [`ErrorMiddleware`] covers the whole app.
//!
//! ```
//! use actix_web::{App, web};
//! use lift_errors::{actix_web::ErrorMiddleware, lift};
//!
//! async fn order() -> Result<String, lift::Error> {
//!     Err(lift::not_found::new().with_resource("order PO-7").build())
//! }
//!
//! let app = App::new().route("/orders/{number}", web::get().to(order)).wrap(ErrorMiddleware::default());
//! # let _ = app;
//! ```

mod captured_request;
mod future;
pub(crate) mod response;

pub use future::ErrorMiddlewareFuture;

use crate::server::responder::ErrorResponder;
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use alloc::sync::Arc;
use captured_request::CapturedRequest;
use core::future::{Ready, ready};
use core::panic::AssertUnwindSafe;
use core::task::{Context, Poll};
use std::panic::catch_unwind;

/// Makes all errors of an actix-web app canonical.
///
/// It answers in the format (`Accept`) and language (`Accept-Language`) that was asked for:
///
/// - where a handler or an extractor of the service returned an error of the catalogue, or a middleware did as `Err`,
/// - where a handler panicked: a generic Internal Server Error, the panic in the log, and the connection lives on,
/// - where the router, one of actix's extractors or another middleware gave an error status without a body, or with plain
///   text. That text goes to the log.
///
/// Left alone are successes, streams, errors that are canonical or standard already, and those that somebody else wrote
/// in a form of their own, which are logged and counted ([`ErrorResponder::with_foreign_errors_replaced`] replaces them).
///
/// ```
/// use actix_web::{App, HttpRequest, http::StatusCode, test, web};
/// use lift_errors::{Brand, ErrorResponder, LiftError, actix_web::ErrorMiddleware};
///
/// #[derive(Debug, LiftError)]
/// enum OrderError {
///     #[lift(code = not_found)]
///     NoSuchOrder { resource: String },
/// }
///
/// async fn order(number: web::Path<String>) -> Result<String, OrderError> {
///     Err(OrderError::NoSuchOrder { resource: format!("Order {number}") })
/// }
///
/// # actix_web::rt::System::new().block_on(async {
/// let errors = ErrorMiddleware::new(ErrorResponder::new().with_brand(Brand::new("OpenBoxes")));
/// let app = App::new().route("/orders/{number}", web::get().to(order)).wrap(errors);
///
/// let app = test::init_service(app).await;
/// let request = test::TestRequest::with_uri("/orders/PO-7").insert_header(("Accept", "text/plain"));
/// let response = test::call_service(&app, request.to_request()).await;
/// assert_eq!(response.status(), StatusCode::NOT_FOUND);
/// assert_eq!(response.headers().get("Lift-Error").unwrap(), "LIFT-0404");
/// assert!(test::read_body(response).await.starts_with("Not Found · LIFT-0404, HTTP 404\n".as_bytes()));
/// # });
/// ```
///
/// An app's factory runs once for each worker: make the middleware outside of it and clone it into each app.
///
/// An error has the request's id (`X-Request-Id`), the caller's where it is one. `Vary` and `Link` are added to,
/// `Cache-Control`, `WWW-Authenticate`, `Allow` and a longer `Retry-After` stay where the service set them. HEAD gets the
/// headers and no body.
///
/// # Its place
///
/// Of several `wrap`s the last goes around the others. Middleware that adds to responses goes around this one, so that
/// errors have it as well: `.wrap(errors).wrap(Compress::default()).wrap(cors).wrap(Logger::default())`.
/// `NormalizePath` may go on either side. `ErrorHandlers` has the last word where it goes around this one; inside, its
/// responses are taken as somebody else's, but for errors of the catalogue, which are written all the same.
///
/// What comes as `Err` from a middleware leaves as `Err`, with the canonical answer in it, and so does a panic: actix gives
/// its request to nobody else. Middleware further out then sees an `Err` as it would without this one. `actix-cors`, from
/// 0.7.2, adds its headers there, too; `Logger` has no line for it, so the event of this middleware is the one to look for.
///
/// A [`Locale`](crate::Locale), an [`Audience`](crate::Audience) and a [`Route`](crate::Route) among the extensions of the
/// request, or of the response, are taken over; without a `Route` it is the pattern that the router matched, where
/// there is a response. Each error is one event of `tracing` and, with the feature `metrics`, one count.
#[derive(Clone, Debug)]
pub struct ErrorMiddleware {
    responder: Arc<ErrorResponder>,
}

impl ErrorMiddleware {
    /// A middleware that answers as `responder` says. Counters begin now, so a recorder of metrics is there before.
    pub fn new(responder: ErrorResponder) -> Self {
        responder.init_metrics();
        Self { responder: Arc::new(responder) }
    }
}

impl Default for ErrorMiddleware {
    fn default() -> Self {
        Self::new(ErrorResponder::new())
    }
}

impl<S, B> Transform<S, ServiceRequest> for ErrorMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = ErrorMiddlewareService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(ErrorMiddlewareService { inner, responder: Arc::clone(&self.responder) }))
    }
}

/// A service of which all errors are canonical: what [`ErrorMiddleware`] makes.
#[derive(Debug)]
pub struct ErrorMiddlewareService<S> {
    inner: S,
    responder: Arc<ErrorResponder>,
}

impl<S, B> Service<ServiceRequest> for ErrorMiddlewareService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ErrorMiddlewareFuture<S::Future>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let asked = CapturedRequest::of(request.request());
        // A service may panic before there is a future. Whatever it left half done is its own to mend: it is as if the
        // task of a connection had died.
        let answer = catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        ErrorMiddlewareFuture::new(answer, asked, Arc::clone(&self.responder))
    }
}

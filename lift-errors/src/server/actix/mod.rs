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
//!
//! [`canonical_extractors`] makes the errors of actix-web's extractors canonical. [`Json`], [`Query`] and [`Form`] also name the
//! field.

pub(crate) mod captured_request;
mod extract;
mod future;
pub(crate) mod response;

pub use extract::{Form, Json, Query, canonical_extractors, form_error, json_error, path_error, query_error};
pub use future::ErrorMiddlewareFuture;

use crate::server::current::{Current, during};
use crate::server::panic::catch;
use crate::server::responder::ErrorResponder;
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ResourceMap, Service, ServiceRequest, ServiceResponse, Transform};
use alloc::rc::Rc;
use alloc::sync::Arc;
use captured_request::CapturedRequest;
use core::cell::OnceCell;
use core::future::{Ready, ready};
use core::task::{Context, Poll};

/// Middleware that makes all errors of an actix-web app canonical.
///
/// It responds in the format (`Accept`) and the language (`Accept-Language`) of the request:
///
/// - if a handler or an extractor of the service returns an error of a catalogue, or a middleware returns one as `Err`,
/// - if a handler panics: the client gets a generic Internal Server Error, the log gets the panic, and the connection
///   lives on,
/// - if the router, one of actix's extractors or another middleware returns an error status with an empty body or with
///   plain text, also compressed or as a stream. The text is logged as far as it can be read at once.
///
/// It passes successes, and errors that are already canonical or standard (RFC 9457). It also passes errors in
/// any other format, and logs and counts them; [`ErrorResponder::with_foreign_errors_replaced`] replaces them instead.
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
/// The factory of an app runs once for each worker: create the middleware outside of it and clone it into each app.
///
/// Each response contains the request id (`X-Request-Id`), the caller's if it is valid. The middleware adds to `Vary` and
/// `Link`; `Cache-Control`, `WWW-Authenticate`, `Allow` and a longer `Retry-After` of the service stay. A response to HEAD
/// has the headers and no body.
///
/// # Routes and other methods
///
/// `App::route` and `#[get]` answer 404 where only the method is wrong, because actix looks for another route. A
/// `web::resource` that has all routes of its path answers 405, with `Allow`:
/// `App::new().service(web::resource("/orders/{number}").get(order).delete(cancel))`.
///
/// # Order of middleware
///
/// Wrap the app once, and no scope of it: the inner one of two has written an error before middleware between them changes its
/// status or its context.
///
/// The last `wrap` is the outermost. Put middleware that adds to responses around this one, so that errors get the
/// additions as well: `.wrap(errors).wrap(Compress::default()).wrap(cors).wrap(Logger::default())`. `NormalizePath` may be
/// on either side. `ErrorHandlers` around this middleware has the last word; inside of it, its responses are foreign
/// ones, except for errors of a catalogue, which are still written if status or headers have changed.
///
/// Errors of actix and of its other crates, such as those of sessions, stay `actix_web::Error`: their responses may have headers, or
/// be redirects, which no error of a catalogue has. A handler that returns this type may fail with them and with errors of a
/// catalogue:
///
/// ```
/// use actix_web::{Error, web};
/// use lift_errors::LiftError;
///
/// #[derive(Debug, LiftError)]
/// enum PrintError {
///     #[lift(code = conflict)]
///     Printing,
/// }
///
/// async fn print(label: String) -> Result<String, Error> {
///     // An error of actix if its threads are gone.
///     let pages = web::block(move || label.len() / 80).await?;
///     if pages > 10 {
///         return Err(PrintError::Printing.into());
///     }
///     Ok(format!("{pages} pages"))
/// }
/// # let _ = actix_web::App::new().route("/labels", web::post().to(print));
/// ```
///
/// `actix_web::Error`, and `MultipartError` of actix-multipart, can't be fields of an error of a catalogue, also not with `#[from]`:
/// they are neither `Send` nor `Sync`. Return them as they are, or sort them with `map_err`. As an extractor, `MultipartForm` answers
/// a field above its limit with 400; for a 413, give its `MultipartFormConfig` an `error_handler` that turns
/// `MultipartError::Payload(PayloadError::Overflow)` into `lift::Error::payload_too_large()`.
///
/// A handler returns its own error as it is. `error::ErrorForbidden(OwnError)` makes an error of actix of it: the client gets the
/// entry of the status, and the log has only the text of `OwnError`.
///
/// The `Err` of a middleware stays an `Err` that contains the canonical response, and so does a panic, because actix gives
/// its request to nobody else. Outer middleware sees an `Err` as it would without this one: `actix-cors` 0.7.2 and later
/// adds its headers to it, but `Logger` does not log it, so rely on the event of this middleware.
///
/// It takes a [`Locale`](crate::Locale), an [`Audience`](crate::Audience) and a [`Route`](crate::Route) from the extensions
/// of the request or of the response. Without a `Route`, it uses the pattern that the router matched. Each error is one event
/// of `tracing` and, with the feature `metrics`, one count. `ErrorHandlers` inside of this middleware may answer an error with a
/// redirect: it is logged as long as they change the response and make no new one, whose extensions would lack the error.
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
        ready(Ok(ErrorMiddlewareService { inner, responder: Arc::clone(&self.responder), routes: OnceCell::new() }))
    }
}

/// A service of which all errors are canonical: what [`ErrorMiddleware`] makes.
#[derive(Debug)]
pub struct ErrorMiddlewareService<S> {
    inner: S,
    responder: Arc<ErrorResponder>,
    /// The app's routes. A request that panics is gone, and cannot be asked for them.
    routes: OnceCell<Rc<ResourceMap>>,
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
        let routes = self.routes.get_or_init(|| Rc::new(request.request().resource_map().clone()));
        let routes = Rc::clone(routes);
        let mut current = Some(Current::captured(CapturedRequest::of(request.request()), &self.responder));
        // A service may panic before there is a future.
        let answer = catch(|| during(&mut current, || self.inner.call(request)));
        ErrorMiddlewareFuture::new(answer, current, routes)
    }
}

#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>tower</code></span>")]
//! The layer for tower services: every error that leaves the service is canonical.
//!
//! ```
//! use http::{Request, Response};
//! use lift_errors::{ErrorLayer, ErrorResponder};
//! use tower::{ServiceBuilder, service_fn};
//!
//! let errors = ErrorLayer::new(ErrorResponder::new());
//! let service = ServiceBuilder::new().layer(errors).service(service_fn(async |_: Request<String>| {
//!     Response::builder().status(404).body(String::new())
//! }));
//! # let _ = service;
//! ```

mod body;
mod future;

pub use body::ErrorBody;
pub use future::ResponseFuture;

#[cfg(feature = "axum")]
pub(crate) use future::respond;

use crate::server::request_context::RequestContext;
use crate::server::responder::ErrorResponder;
use alloc::sync::Arc;
use bytes::Bytes;
use core::panic::AssertUnwindSafe;
use core::task::{Context, Poll};
use http::{Request, Response};
use http_body::Body;
use std::panic::catch_unwind;
use tower_layer::Layer;
use tower_service::Service;

/// Makes all errors of a service canonical.
///
/// Around a tower service that speaks HTTP it answers with a canonical error, in the format (`Accept`) and language
/// (`Accept-Language`) that was asked for:
///
/// - where a handler returned an error of the catalogue,
/// - where a handler panicked: a generic Internal Server Error, the panic in the log, and the process lives on,
/// - where a router, an extractor or another layer gave an error status without a body, or with plain text. That text
///   goes to the log.
///
/// Left alone are successes, streams, errors that are canonical or standard already, and those that somebody else wrote
/// in a form of their own, which are logged and counted ([`ErrorResponder::with_foreign_errors_replaced`] replaces them).
///
/// An error has the request's id (`X-Request-Id`), the caller's where it is one. `Vary` and `Link` are added to,
/// `Cache-Control`, `WWW-Authenticate`, `Allow` and a longer `Retry-After` stay where the service set them. HEAD gets the
/// headers and no body.
///
/// Layers that add headers to responses, such as CORS or compression, go around this one, so that errors and panics
/// have them as well. A request id made by another layer further out is taken over, and so are a
/// [`Locale`](crate::Locale), an [`Audience`](crate::Audience) and a [`Route`](crate::Route) among the extensions.
///
/// With the feature `tonic` a request of gRPC is answered with gRPC, also where an HTTP router, a layer or a panic is what
/// failed: `Server::builder().layer(ErrorLayer::default())`. Statuses of somebody else's are left alone where they say
/// anything. What goes around this layer, such as the timeout of tonic's server, answers in words of its own; tonic-web's
/// layer goes around it too.
///
/// Around all of an axum router goes `around`. As one of a router's own layers (`Router::layer`) it sees a 405 before axum
/// has added `Allow` to it, and can't say which methods there are. What a service gives as `Err`, such as tower's own
/// `timeout` and `load_shed`, is no response and passes: turn it into one (axum's `HandleErrorLayer`) further in.
///
/// Each error is one event of `tracing` and, with the feature `metrics`, one count.
#[derive(Clone, Debug)]
pub struct ErrorLayer {
    pub(crate) responder: Arc<ErrorResponder>,
}

impl ErrorLayer {
    /// A layer that answers as `responder` says. Counters begin now, so a recorder of metrics is there before.
    pub fn new(responder: ErrorResponder) -> Self {
        responder.init_metrics();
        Self { responder: Arc::new(responder) }
    }
}

impl Default for ErrorLayer {
    fn default() -> Self {
        Self::new(ErrorResponder::new())
    }
}

impl<S> Layer<S> for ErrorLayer {
    type Service = ErrorService<S>;

    fn layer(&self, inner: S) -> ErrorService<S> {
        ErrorService { inner, responder: Arc::clone(&self.responder) }
    }
}

/// A service of which all errors are canonical: what [`ErrorLayer`] makes.
#[derive(Clone, Debug)]
pub struct ErrorService<S> {
    inner: S,
    responder: Arc<ErrorResponder>,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for ErrorService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    ResponseBody: Body<Data = Bytes>,
{
    type Response = Response<ErrorBody<ResponseBody>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
        // A service may panic before there is a future. Whatever it left half done is its own to mend: it is as if the
        // thread of a request had died.
        let answer = catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        ResponseFuture::new(answer, context, Arc::clone(&self.responder))
    }
}

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
mod open_call;

pub use body::ErrorBody;
pub use future::ResponseFuture;

#[cfg(feature = "axum")]
pub(crate) use body::Outgoing;
#[cfg(feature = "axum")]
pub(crate) use future::Answer;
#[cfg(feature = "axum")]
pub(crate) use open_call::OpenCall;

use crate::server::current::{Current, during};
use crate::server::panic::catch;
use crate::server::responder::ErrorResponder;
use alloc::sync::Arc;
use bytes::Bytes;
use core::task::{Context, Poll};
use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

/// A layer that makes all errors of an HTTP service canonical.
///
/// It responds in the format (`Accept`) and the language (`Accept-Language`) of the request:
///
/// - if a handler returns an error of a catalogue,
/// - if a handler panics: the client gets a generic Internal Server Error, the log gets the panic, and the process lives on,
/// - if a router, an extractor or another layer returns an error status with an empty body or with plain text, also
///   compressed or as a stream. The text is logged as far as it can be read at once.
///
/// It passes successes, and errors that are already canonical or standard (RFC 9457). It also passes errors in
/// any other format, and logs and counts them; [`ErrorResponder::with_foreign_errors_replaced`] replaces them instead.
///
/// Each response contains the request id (`X-Request-Id`), the caller's if it is valid. The layer adds to `Vary` and `Link`;
/// `Cache-Control`, `WWW-Authenticate`, `Allow` and a longer `Retry-After` of the service stay. A response to HEAD has the
/// headers and no body.
///
/// Put layers that add headers to responses, such as CORS or compression, around this one, so that errors and panics get
/// the headers as well. An outer layer can set the request id, and put a [`Locale`](crate::Locale), an
/// [`Audience`](crate::Audience) or a [`Route`](crate::Route) into the request's extensions. A layer further in, such as
/// one that knows the user, calls [`RequestContext::update`](crate::RequestContext::update), or puts them into the extensions
/// of the response. Of two layers, the outer one leaves an error as it is.
///
/// With the feature `tonic`, a gRPC request gets a gRPC status, also if an HTTP router, a layer or a panic caused the
/// error: `Server::builder().layer(ErrorLayer::default())`. Foreign statuses with a message or details pass. A stream that
/// fails midway is logged when it ends. Layers
/// around this one, such as the timeout of tonic's server, respond on their own; tonic-web's layer belongs around it, too.
///
/// Wrap a whole axum router with `wrap_router`. `Router::layer` sees a 405 before axum adds `Allow` to it, so that the
/// error cannot list the methods. The `Err` of a service, such as tower's own `timeout` and `load_shed`, is not a response
/// and passes: convert it further in, with axum's `HandleErrorLayer`, or in a gRPC server with
/// `map_err` to the `tonic::Status` of an error of a catalogue, which tonic sends and this layer logs. Any other status in an `Err` is
/// in no log, and so is one that was made before the layer waited for something else.
///
/// Each error is one event of `tracing` and, with the feature `metrics`, one count. A layer further in that answers in place of an
/// error takes the [extensions over](crate::guide::operators#events), or the error is in no log.
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
        let mut current = Some(Current::new(&request, &self.responder));
        // A service may panic before there is a future.
        let answer = catch(|| during(&mut current, || self.inner.call(request)));
        ResponseFuture::new(answer, current)
    }
}

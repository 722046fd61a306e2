#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>axum</code></span>")]
//! Canonical errors in axum: handlers return them, and [`ErrorLayer::wrap_router`] covers the whole router.
//!
//! ```
//! use axum::{Router, routing::get};
//! use lift_errors::{ErrorLayer, ErrorResponse, lift};
//!
//! async fn order() -> Result<String, ErrorResponse> {
//!     Err(ErrorResponse::new(lift::not_found::new().with_resource("order PO-7")))
//! }
//!
//! let app: Router = ErrorLayer::default().wrap_router(Router::new().route("/orders/{number}", get(order)));
//! # let _ = app;
//! ```
//!
//! [`Json`], [`Query`], [`Path`], [`Form`] and `Multipart` (feature `multipart`) are axum's extractors with canonical
//! rejections: import them in place of axum's.

mod extract;
mod rejection;

#[cfg(feature = "multipart")]
pub use extract::multipart::Multipart;
pub use extract::{Form, Json, Path, Query};

use crate::server::error_response::ErrorResponse;
use crate::server::panic::catch;
use crate::server::request_context::RequestContext;
use crate::server::responder::ErrorResponder;
use crate::server::route::Prefix;
use crate::server::tower::{ErrorLayer, respond, respond_with};
use alloc::sync::Arc;
use axum::Router;
use axum::body::Body;
use axum::extract::NestedPath;
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use core::convert::Infallible;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use http::{Request, StatusCode};
use pin_project_lite::pin_project;
use tower_service::Service;

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        self.into_http::<Body>()
    }
}

impl ErrorLayer {
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>axum</code></span>")]
    /// The layer around all of a router: its handlers, its extractors, its layers, and what it refuses by itself.
    ///
    /// `Router::layer` sees a 405 before axum has added `Allow` to it, and a layer around the router does not know the
    /// route: with this one such an answer waits for its header. Layers that are added to the result, such as CORS, are
    /// around it.
    ///
    /// It is the last thing that is done to a router: state was given to it before (`with_state`), routes that are added
    /// afterwards are not covered, and the result has a fallback, so that it is nested rather than merged.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use lift_errors::{Brand, ErrorLayer, LiftError, ErrorResponder};
    ///
    /// #[derive(Debug, LiftError)]
    /// enum OrderError {
    ///     #[lift(code = not_found)]
    ///     NoSuchOrder { resource: String },
    /// }
    ///
    /// async fn order() -> Result<String, OrderError> {
    ///     Err(OrderError::NoSuchOrder { resource: "order PO-7".into() })
    /// }
    ///
    /// let errors = ErrorLayer::new(ErrorResponder::new().with_brand(Brand::new("OpenBoxes")));
    /// let app: Router = errors.wrap_router(Router::new().route("/orders/{number}", get(order)));
    /// # let _ = app;
    /// ```
    pub fn wrap_router(self, router: Router) -> Router {
        let within = Self { responder: Arc::new(ErrorResponder::clone(&self.responder).within_router()) };
        Router::new().fallback_service(Allowing { router: router.layer(within), responder: self.responder })
    }
}

/// A router whose 405s have been waiting for `Allow`.
#[derive(Clone, Debug)]
struct Allowing {
    router: Router,
    responder: Arc<ErrorResponder>,
}

impl Service<Request<Body>> for Allowing {
    type Response = Response;
    type Error = Infallible;
    type Future = AllowingFuture;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        <Router as Service<Request<Body>>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: Request<Body>) -> AllowingFuture {
        if let Some(nested) = request.extensions().get::<NestedPath>().cloned() {
            request.extensions_mut().insert(Prefix(nested));
        }
        AllowingFuture { answer: self.router.call(request), responder: Arc::clone(&self.responder) }
    }
}

pin_project! {
    struct AllowingFuture {
        #[pin]
        answer: RouteFuture<Infallible>,
        responder: Arc<ErrorResponder>,
    }
}

impl Future for AllowingFuture {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.answer.poll(task))?;
        // Of what succeeds nothing is asked.
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            if let Some(mut context) = response.extensions_mut().remove::<RequestContext>() {
                let answer = catch(|| respond(response, &mut context, this.responder, task));
                let answer = answer.unwrap_or_else(|panicked| {
                    respond_with(&ErrorResponse::internal(panicked), &context, this.responder)
                });
                response = answer.map(Body::new);
            }
        }
        Poll::Ready(Ok(response))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::Request;
    use axum::middleware::{Next, from_fn};
    use axum::routing::get;
    use http::HeaderValue;
    use tower::ServiceExt as _;

    /// What a layer inside of a router knows of the request.
    async fn tell(request: Request, next: Next) -> Response {
        let context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
        let mut response = next.run(request).await;
        for (name, value) in [("x-path", Some(context.path())), ("x-route", context.route())] {
            if let Some(value) = value {
                response.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
            }
        }
        response
    }

    #[test]
    fn a_nested_router_keeps_its_prefix() {
        let orders =
            || Router::new().route("/orders/{number}", get(async || StatusCode::CONFLICT)).layer(from_fn(tell));
        let wrapped = || ErrorLayer::default().wrap_router(orders());
        for router in [
            Router::new().nest("/api", wrapped()),
            Router::new().nest("/api", orders()),
            Router::new().nest_service("/api", wrapped()),
            ErrorLayer::default().wrap_router(Router::new().nest("/api", orders())),
        ] {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let request =
                Request::get("/api/orders/7?key=1").header("accept", "text/html").body(Body::empty()).unwrap();
            let response = runtime.block_on(router.oneshot(request)).unwrap();
            assert_eq!(response.status(), StatusCode::CONFLICT);
            assert_eq!(response.headers()["x-path"], "/api/orders/7");
            let route = response.headers().get("x-route").map(|route| route.to_str().unwrap());
            assert_eq!(route, Some("/api/orders/{number}"));
        }
    }
}

//! Canonical errors in axum: handlers return them, and [`ErrorLayer::wrap_router`] wraps a whole router.

use crate::server::error_response::ErrorResponse;
use crate::server::request_context::RequestContext;
use crate::server::responder::ErrorResponder;
use crate::server::tower::{ErrorLayer, respond};
use alloc::sync::Arc;
use axum::Router;
use axum::body::Body;
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
    /// Wraps a whole router: its handlers, extractors and layers, and its own routing errors.
    ///
    /// `Router::layer` sees a 405 before axum adds `Allow` to it, and a layer around the router does not know the route.
    /// This method knows both. Layers that you add to the result, such as CORS, are around it.
    ///
    /// Call it last: add state before (`with_state`), since routes that you add afterwards are not covered. The result
    /// has a fallback, so nest it rather than merge it.
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
        Router::new().fallback_service(WithAllow { router: router.layer(within), responder: self.responder })
    }
}

/// A router whose 405 responses wait for `Allow`.
#[derive(Clone, Debug)]
struct WithAllow {
    router: Router,
    responder: Arc<ErrorResponder>,
}

impl Service<Request<Body>> for WithAllow {
    type Response = Response;
    type Error = Infallible;
    type Future = WithAllowFuture;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        <Router as Service<Request<Body>>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, request: Request<Body>) -> WithAllowFuture {
        WithAllowFuture { response: self.router.call(request), responder: Arc::clone(&self.responder) }
    }
}

pin_project! {
    struct WithAllowFuture {
        #[pin]
        response: RouteFuture<Infallible>,
        responder: Arc<ErrorResponder>,
    }
}

impl Future for WithAllowFuture {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.response.poll(task))?;
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            if let Some(mut context) = response.extensions_mut().remove::<RequestContext>() {
                response = respond(response, &mut context, this.responder, task).map(Body::new);
            }
        }
        Poll::Ready(Ok(response))
    }
}

//! Canonical errors in axum: handlers return them, and the layer goes around a whole router.

use crate::failure::Failure;
use crate::layer::ErrorLayer;
use crate::responder::Responder;
use alloc::sync::Arc;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.into_http::<Body>()
    }
}

impl ErrorLayer {
    /// The layer around all of a router: its handlers, its extractors, its layers, and what it refuses by itself.
    ///
    /// `Router::layer` sees a 405 before axum has added `Allow` to it, and a layer around the router does not know the
    /// route: this puts one in each place. Layers that are added to the result, such as CORS, are around both.
    ///
    /// It is the last thing that is done to a router: state was given to it before (`with_state`), routes that are added
    /// afterwards are not covered, and the result has a fallback, so that it is nested rather than merged.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use lift_errors::{Brand, ErrorLayer, LiftError, Responder};
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
    /// let errors = ErrorLayer::new(Responder::new().with_brand(Brand::new("OpenBoxes")));
    /// let app: Router = errors.around(Router::new().route("/orders/{number}", get(order)));
    /// # let _ = app;
    /// ```
    pub fn around(self, router: Router) -> Router {
        let inner = Self { responder: Arc::new(Responder::clone(&self.responder).within_router()) };
        Router::new().fallback_service(router.layer(inner)).layer(self)
    }
}

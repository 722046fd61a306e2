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

use crate::server::current::Current;
use crate::server::error_response::ErrorResponse;
use crate::server::responder::ErrorResponder;
use crate::server::tower::{Answer, ErrorBody, ErrorLayer, OpenCall, Outgoing};
use alloc::sync::Arc;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::Route;
use axum::routing::future::RouteFuture;
use bytes::Bytes;
use core::convert::Infallible;
use core::future::{Future, Ready, ready};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Request, StatusCode, header};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let (head, body) = self.into_parts();
        Response::from_parts(head, Body::from(body))
    }
}

impl ErrorLayer {
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>axum</code></span>")]
    /// The layer around all of a router: its handlers, its extractors, its layers, and what it refuses by itself.
    ///
    /// `Router::layer` sees a 405 before axum has added `Allow` to it, and a layer around the router does not know the
    /// route: this one knows both, and allocates no more for a request that succeeds than axum does for any layer. Layers that are
    /// added to the result, such as CORS, are around it.
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
        // Without a state, axum would make each route anew, with its layers, for each request.
        let router = router.with_state::<()>(());
        let methods = router.clone().layer(Methods);
        let layered = router.layer(RouteLayer(Arc::new(ErrorResponder::clone(&self.responder).with_methods(methods))));
        // A nested router has a fallback of its own only if it is set.
        layered.clone().fallback_service(layered)
    }
}

/// The layer around each route. Unlike [`ErrorLayer`], which does not know its service, it keeps axum's type of body, which
/// axum would allocate a box for otherwise.
#[derive(Clone)]
struct RouteLayer(Arc<ErrorResponder>);

impl Layer<Route> for RouteLayer {
    type Service = RouteService;

    fn layer(&self, route: Route) -> RouteService {
        RouteService { route, responder: Arc::clone(&self.0) }
    }
}

#[derive(Clone)]
struct RouteService {
    route: Route,
    responder: Arc<ErrorResponder>,
}

impl Service<Request<Body>> for RouteService {
    type Response = Response;
    type Error = Infallible;
    type Future = AnswerFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A route is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> AnswerFuture {
        let mut current = Current::new(&request, &self.responder);
        let uri = request.uri();
        let is_nested = !current.parts().0.is_path(uri.path());
        let path = if is_nested { uri.path_and_query().cloned() } else { None };
        // A route calls its handler when it is polled.
        AnswerFuture { answer: Answer::new(Ok(self.route.call(request)), Some(current)), path }
    }
}

pin_project! {
    struct AnswerFuture {
        #[pin]
        answer: Answer<RouteFuture<Infallible>>,
        // The path as this router sees it, where that differs from the client's.
        path: Option<PathAndQuery>,
    }
}

impl Future for AnswerFuture {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        this.answer.poll_adding(task, |response: &mut Response, context, responder| {
            let lacks_methods = response.status() == StatusCode::METHOD_NOT_ALLOWED
                && !response.headers().contains_key(header::ALLOW)
                && response.extensions().get::<ErrorResponse>().is_none();
            if let (true, Some(methods)) = (lacks_methods, responder.methods()) {
                let path = this.path.take().or_else(|| PathAndQuery::try_from(context.path()).ok());
                if let Some(allow) = path.and_then(|path| allowed(methods, context.method(), path)) {
                    response.headers_mut().insert(header::ALLOW, allow);
                }
            }
        })
    }
}

impl Outgoing<Body> for Body {
    fn passed(body: Body, call: OpenCall) -> Self {
        // Only a router that serves gRPC has a body with an end to look at.
        if call.is_open() { Self::new(<ErrorBody<Body> as Outgoing<Body>>::passed(body, call)) } else { body }
    }

    fn written(bytes: Bytes) -> Self {
        Self::from(bytes)
    }
}

/// Answers in the place of each route, at once and without calling it. axum adds `Allow` where the route lacks the method: after
/// all layers of a router, so that they can't see it.
#[derive(Clone)]
struct Methods;

impl Layer<Route> for Methods {
    type Service = Self;

    fn layer(&self, _: Route) -> Self {
        Self
    }
}

impl Service<Request<Body>> for Methods {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok(Response::new(Body::empty())))
    }
}

/// The methods of the route with a path: the value of `Allow`.
fn allowed(mut methods: Router, method: &Method, path: PathAndQuery) -> Option<HeaderValue> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method.clone();
    *request.uri_mut() = path.into();
    let answer = pin!(methods.call(request)).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Ok(answer)) = answer else { return None };
    answer.headers().get(header::ALLOW).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::request_context::RequestContext;
    use axum::extract::Request;
    use axum::middleware::{Next, from_fn};
    use axum::routing::get;
    use tower::ServiceExt as _;

    /// The facts about a request that only a layer inside the router has.
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

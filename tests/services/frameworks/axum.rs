//! The service in axum.

use super::numbers::{BODY_LIMIT, Step};
use super::session;
use crate::errors::{CanaryError, ForgedError, Sampled};
use axum::extract::{DefaultBodyLimit, Path, Query, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use lift_errors::{Brand, ErrorLayer, ErrorResponder, ErrorResponse, lift};
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::thread;

/// Where the service is; it is started when it is first asked for.
pub(super) fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let app = errors().wrap_router(app());
                axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app).await.unwrap();
            });
        });
        address
    })
}

fn errors() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new().with_brand(Brand::new("Test")))
}

/// The routes, without any layer.
pub(super) fn app() -> Router {
    Router::new()
        .route("/samples/{name}", get(sample))
        .route("/canary/{name}", get(canary))
        .route("/forged", get(|| async { Err::<(), _>(ForgedError) }))
        .route("/panic", get(panics))
        .route("/bare/{status}", get(|status: Status| async move { status.0 }))
        .route("/text/{status}", get(|status: Status| async move { (status.0, "canary-text: no such table") }))
        .route("/foreign/{status}", get(|status: Status| async move { (status.0, Json("not canonical")) }))
        .route("/ok", get(|| async { "ok" }))
        .route("/numbers/{number}", post(numbers))
        .merge(Router::new().route("/session/{when}", get(sample)).layer(from_fn(in_session)))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

async fn sample(Path(name): Path<String>) -> Result<(), ErrorResponse> {
    Err(Sampled::named(&name).map_or_else(|| ErrorResponse::new(lift::Error::not_found()), ErrorResponse::new))
}

async fn in_session(request: Request, next: Next) -> Response {
    let is_late = request.uri().path() == "/session/late";
    if is_late {
        let response = next.run(request).await;
        session::read();
        return response;
    }
    session::read();
    next.run(request).await
}

async fn canary(Path(name): Path<String>) -> Result<(), CanaryError> {
    CanaryError::named(&name).map_or(Ok(()), Err)
}

async fn panics() {
    panic!("canary-panic at {}", 7)
}

async fn numbers(Path(_): Path<u32>, Query(step): Query<Step>, Json(body): Json<Vec<u32>>) -> impl IntoResponse {
    Json((step.step, body))
}

/// A status from the path.
struct Status(StatusCode);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Status {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Self, StatusCode> {
        let Path(status) = Path::<u16>::from_request_parts(parts, state).await.map_err(|_| StatusCode::NOT_FOUND)?;
        StatusCode::from_u16(status).map(Self).map_err(|_| StatusCode::NOT_FOUND)
    }
}

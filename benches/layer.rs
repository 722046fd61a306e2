//! A request through axum's router: what the layer costs where all goes well, beside a layer that does nothing, and an error beside `problem_details` and an
//! `IntoResponse` written by hand. The documents are the same, but for the request's id, which the layer takes over; the peers
//! set a content type where ours have all headers of the contract, and they negotiate nothing. Nobody listens to the log. `cargo bench -p lift-errors-benches --bench layer`

#[allow(dead_code, reason = "the other benchmark of problem details needs more of them")]
mod peers;

use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse};
use lift_errors_benches::{Contest, Contestant, only_without_backtraces};
use peers::{Occurrence, Texts};
use serde_json::Value;
use std::hint::black_box;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};
use tower_layer::Layer;
use tower_service::Service;

const LIMIT: u32 = 60;
const WAITING: u32 = 12;

const BARE: &str = "axum alone";
const EMPTY: &str = "a layer that does nothing";
const AROUND: &str = "ErrorLayer around the router";
const INSIDE: &str = "ErrorLayer as Router::layer";
const WITHOUT: &str = "lift-errors, no layer";
const BY_HAND: &str = "IntoResponse by hand, serde_json";
const PROBLEM_DETAILS: &str = "problem_details";

mod numbers {
    use super::{LIMIT, Texts, WAITING};
    lift_errors::include_catalog!(numbers);
    use numbers::Error;
    include!(concat!(env!("OUT_DIR"), "/numbers_peers.rs"));
}

/// How many requests a round has.
const REQUESTS: usize = 256;

fn errors() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new())
}

fn occurrence() -> Occurrence<'static> {
    Occurrence::numbers("numbers", &numbers::TEXTS[0], LIMIT, WAITING)
}

async fn ours() -> Result<(), ErrorResponse> {
    static ERROR: LazyLock<Arc<numbers::numbers::Error>> = LazyLock::new(|| Arc::new(numbers::errors().swap_remove(0)));
    Err(ErrorResponse::new(Arc::clone(&ERROR)))
}

async fn by_hand() -> Response {
    let body = serde_json::to_vec(&occurrence().document()).expect("a Vec takes everything");
    (status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

async fn problem_details() -> Response {
    occurrence().problem_details().into_response()
}

fn status() -> StatusCode {
    StatusCode::from_u16(numbers::TEXTS[0].status).expect("a status")
}

fn request() -> Request<Body> {
    let request = Request::get("/orders/PO-7").header("accept", "application/problem+json");
    request
        .header("accept-language", "en")
        .header("x-request-id", "req-7f3a90c2")
        .body(Body::empty())
        .expect("a request")
}

/// The answer of a router that never has to wait.
fn answer(router: &mut Router) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut task = Context::from_waker(Waker::noop());
    let Poll::Ready(Ok(response)) = pin!(router.call(request())).poll(&mut task) else { panic!("it waits") };
    let (head, mut body) = response.into_parts();
    let mut bytes = Vec::new();
    while let Poll::Ready(Some(Ok(frame))) = pin!(&mut body).poll_frame(&mut task) {
        bytes.extend_from_slice(frame.data_ref().expect("data"));
    }
    (head.status, head.headers, bytes)
}

/// A layer that does nothing.
#[derive(Clone)]
struct Empty;

impl<S> Layer<S> for Empty {
    type Service = Nothing<S>;

    fn layer(&self, inner: S) -> Nothing<S> {
        Nothing(inner)
    }
}

#[derive(Clone)]
struct Nothing<S>(S);

impl<S: Service<R>, R> Service<R> for Nothing<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(task)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.0.call(request)
    }
}

fn asks(name: &'static str, mut router: Router) -> Contestant<'static> {
    Contestant::new(name, move || {
        for _ in 0..REQUESTS {
            black_box(answer(&mut router));
        }
    })
}

fn main() {
    only_without_backtraces();
    let fine = || Router::new().route("/orders/{number}", get(|| async { "ok" }));
    let contestants = vec![
        asks(AROUND, errors().wrap_router(fine())),
        asks(INSIDE, fine().layer(errors())),
        asks(EMPTY, fine().layer(Empty)),
        asks(BARE, fine()),
    ];
    Contest::new("a request that succeeds", REQUESTS, contestants).run();

    let failing = || Router::new().route("/orders/{number}", get(ours));
    let written = Router::new().route("/orders/{number}", get(by_hand));
    let peer = Router::new().route("/orders/{number}", get(problem_details));
    let document = |router: &mut Router| {
        let (found, _, body) = answer(router);
        assert_eq!(found, status());
        let mut document: Value = serde_json::from_slice(&body).expect("JSON");
        // The layer names the request, and that crate keeps `type` as a URI without its fragment.
        let members = document.as_object_mut().expect("an object");
        members.retain(|name, _| !["instance", "request_id", "type"].contains(&name.as_str()));
        document
    };
    let expected = document(&mut written.clone());
    for mut router in [errors().wrap_router(failing()), failing(), peer.clone()] {
        assert_eq!(document(&mut router), expected);
    }
    let contestants = vec![
        asks(AROUND, errors().wrap_router(failing())),
        asks(WITHOUT, failing()),
        asks(BY_HAND, written),
        asks(PROBLEM_DETAILS, peer),
    ];
    Contest::new("a request that fails", REQUESTS, contestants).run();
}

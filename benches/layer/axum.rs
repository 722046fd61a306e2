//! axum's router: the layer around it beside a layer that does nothing, and an error beside `problem_details` and an
//! `IntoResponse` written by hand. The documents are the same, but for the request's id, which the layer takes over; the peers
//! set a content type where ours have all headers of the contract, and they negotiate nothing.

use crate::call::{REQUESTS, finish, read};
use crate::peers::{Occurrence, Texts};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse};
use lift_errors_benches::{Contest, Contestant, Target};
use serde_json::Value;
use std::hint::black_box;
use std::sync::{Arc, LazyLock};
use tower_layer::Identity;
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
const AXUM_PROBLEM: &str = "axum-problem";
const MASTERROR: &str = "masterror, its own members";

mod numbers {
    use super::{LIMIT, Texts, WAITING};
    lift_errors::include_catalog!(numbers);
    use numbers::Error;
    include!(concat!(env!("OUT_DIR"), "/numbers_peers.rs"));
}

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

/// The crate's `IntoResponse` is for axum 0.7; this does what it does.
async fn axum_problem() -> Response {
    let body = serde_json::to_string(&occurrence().axum_problem()).expect("JSON");
    (status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

/// Its document has no members for causes and fixes.
async fn masterror() -> Result<(), masterror::AppError> {
    use masterror::{AppError, field};
    let error = AppError::rate_limited(occurrence().detail()).with_retry_after_secs(WAITING.into());
    Err(error.with_fields([field::u64("limit", LIMIT.into()), field::u64("waiting", WAITING.into())]))
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

fn answer(router: &mut Router) -> (StatusCode, HeaderMap, Vec<u8>) {
    let Ok(response) = finish(router.call(request()));
    let (head, body) = response.into_parts();
    (head.status, head.headers, read(body))
}

fn asks(name: &'static str, mut router: Router) -> Contestant<'static> {
    Contestant::new(name, move || {
        for _ in 0..REQUESTS {
            black_box(answer(&mut router));
        }
    })
}

pub(crate) fn run() {
    let fine = || Router::new().route("/orders/{number}", get(|| async { "ok" }));
    let contestants = vec![
        asks(AROUND, errors().wrap_router(fine())),
        asks(INSIDE, fine().layer(errors())),
        asks(EMPTY, fine().layer(Identity::new())),
        asks(BARE, fine()),
    ];
    Contest::new("a request that succeeds, axum", REQUESTS, contestants)
        .with_targets([Target::TimesAsLong(AROUND, EMPTY, 1.15), Target::TimesAsLong(INSIDE, EMPTY, 1.15)])
        .run();

    let failing = || Router::new().route("/orders/{number}", get(ours));
    let written = Router::new().route("/orders/{number}", get(by_hand));
    let peer = Router::new().route("/orders/{number}", get(problem_details));
    let problem = Router::new().route("/orders/{number}", get(axum_problem));
    let own = Router::new().route("/orders/{number}", get(masterror));
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
    for mut router in [errors().wrap_router(failing()), failing(), peer.clone(), problem.clone()] {
        assert_eq!(document(&mut router), expected);
    }
    let contestants = vec![
        asks(AROUND, errors().wrap_router(failing())),
        asks(WITHOUT, failing()),
        asks(BY_HAND, written),
        asks(PROBLEM_DETAILS, peer),
        asks(AXUM_PROBLEM, problem),
        asks(MASTERROR, own),
    ];
    Contest::new("a request that fails, axum", REQUESTS, contestants)
        .with_targets([Target::TimesAsLong(AROUND, PROBLEM_DETAILS, 1.0)])
        .run();
}

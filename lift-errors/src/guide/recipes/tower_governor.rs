//! tower_governor refuses requests that come too fast: here with the canonical 429, its limit and its wait.

use axum::body::Body;
use axum::http::{Request, Response};
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use lift_errors::{ErrorLayer, ErrorResponse, LiftError};
use std::time::Duration;
use tower::ServiceExt as _;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::GlobalKeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

const REQUESTS: u32 = 2;
const WINDOW: Duration = Duration::from_secs(60);

#[derive(Debug, LiftError)]
#[lift(code = too_many_requests)]
struct TooFast {
    limit: u32,
    window: Duration,
    retry_after: Duration,
}

/// Given to `GovernorLayer::error_handler`.
fn refuse(error: GovernorError) -> Response<Body> {
    match error {
        GovernorError::TooManyRequests { wait_time, headers } => {
            // Round up: a client that comes back too early is refused again.
            let retry_after = Duration::from_secs(wait_time + 1);
            let mut response = TooFast { limit: REQUESTS, window: WINDOW, retry_after }.into_response();
            // With `use_headers()` these are `x-ratelimit-limit` and the like, and a `retry-after` that is rounded down.
            let mut headers = headers.unwrap_or_default();
            headers.remove("retry-after");
            response.headers_mut().extend(headers);
            response
        }
        // There was no key, such as an address, to count by: a mistake in the setup of the service.
        error => ErrorResponse::internal(error).into_response(),
    }
}

#[tokio::main]
async fn main() {
    let config = GovernorConfigBuilder::default()
        .key_extractor(GlobalKeyExtractor)
        .period(WINDOW / REQUESTS)
        .burst_size(REQUESTS)
        .use_headers()
        .finish()
        .unwrap();
    let routes = Router::new().route("/", get(|| async { "ok" }));
    // The limit is inside of the error layer, which then writes the 429 in the caller's format and language.
    let app = ErrorLayer::default().wrap_router(routes.layer(GovernorLayer::new(config).error_handler(refuse)));

    for _ in 0..=REQUESTS {
        let request = Request::get("/").header("accept", "text/plain").body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        let wait = response.headers().get("retry-after").and_then(|wait| wait.to_str().ok());
        println!("{} {wait:?}", response.status());
        // The limit gives a place back every 30 seconds.
        assert!(wait.is_none_or(|wait| ["30", "31"].contains(&wait)));
    }
}

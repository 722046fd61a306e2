//! tower's own layers give up with an `Err` that is not a response: axum's `HandleErrorLayer` makes one of it.

use axum::body::Body;
use axum::error_handling::HandleErrorLayer;
use axum::http::Request;
use axum::{BoxError, Router, routing::get};
use lift_errors::{ErrorLayer, LiftError, lift};
use std::time::Duration;
use tower::load_shed::error::Overloaded;
use tower::timeout::error::Elapsed;
use tower::{ServiceBuilder, ServiceExt as _};

const LIMIT: Duration = Duration::from_millis(50);

#[derive(Debug, LiftError)]
#[lift(from = BoxError, from_with = Self::classify)]
enum LayerError {
    #[lift(code = gateway_timeout)]
    TooSlow { limit: Duration, source: BoxError },
    #[lift(code = service_unavailable, cause = overloaded)]
    Overloaded { retry_after: Duration, source: BoxError },
    #[lift(code = internal_server_error)]
    Other { source: BoxError },
}

impl LayerError {
    fn classify(source: BoxError) -> Self {
        if source.is::<Elapsed>() {
            Self::TooSlow { limit: LIMIT, source }
        } else if source.is::<Overloaded>() {
            Self::Overloaded { retry_after: Duration::from_secs(5), source }
        } else {
            Self::Other { source }
        }
    }
}

async fn slow() -> &'static str {
    tokio::time::sleep(LIMIT * 10).await;
    "done"
}

#[tokio::main]
async fn main() {
    let layers = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(|error: BoxError| async { LayerError::from(error) }))
        .load_shed()
        .concurrency_limit(100)
        .timeout(LIMIT);
    let app = ErrorLayer::default().wrap_router(Router::new().route("/", get(slow)).layer(layers));

    let request = Request::get("/").body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.headers()["lift-error"], lift::Code::GatewayTimeout.id());
    println!("{}", response.status());
}

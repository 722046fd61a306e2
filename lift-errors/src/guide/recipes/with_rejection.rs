//! `WithRejection` of axum-extra turns the rejection of an extractor into an error of the service, here with axum's description of
//! it as a field error for the caller.

use axum::body::Body;
use axum::extract::Path;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::http::{Request, StatusCode};
use axum::{Json, Router, routing::put};
use axum_extra::extract::WithRejection;
use lift_errors::{ErrorLayer, FieldError, FieldErrors, LiftError};
use serde::Deserialize;
use tower::ServiceExt as _;

#[derive(Debug, LiftError)]
#[lift(from = JsonRejection, from_with = Self::of_json)]
#[lift(from = PathRejection, from_with = Self::of_path)]
enum OrderError {
    #[lift(code = validation_failed, cause = unreadable_value)]
    Unreadable(#[lift(field_errors)] FieldErrors),
    #[lift(code = unsupported_media_type)]
    NotJson { expected: &'static str },
    #[lift(code = payload_too_large)]
    TooLarge,
    #[lift(code = not_found)]
    NoSuchOrder,
}

impl OrderError {
    fn of_json(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::NotJson { expected: "application/json" },
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Unreadable([FieldError::new("", ("unreadable", rejection.body_text()))].into_iter().collect()),
        }
    }

    fn of_path(_: PathRejection) -> Self {
        Self::NoSuchOrder
    }
}

#[derive(Deserialize)]
struct Quantity {
    quantity: u32,
}

async fn change(
    WithRejection(Path(order), _): WithRejection<Path<u32>, OrderError>,
    WithRejection(Json(body), _): WithRejection<Json<Quantity>, OrderError>,
) -> String {
    format!("order {order} has {} pieces now", body.quantity)
}

#[tokio::main]
async fn main() {
    let app = ErrorLayer::default().wrap_router(Router::new().route("/orders/{number}", put(change)));
    for (path, body) in [("/orders/7", r#"{"quantity": 3}"#), ("/orders/7", r#"{"quantity": -3}"#), ("/orders/x", "{}")]
    {
        let request = Request::put(path).header("content-type", "application/json").header("accept", "text/plain");
        let response = app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        println!("{}\n", String::from_utf8_lossy(&body));
    }
}

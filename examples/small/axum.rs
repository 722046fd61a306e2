//! A service in axum whose errors are all canonical.
//!
//! ```console
//! cargo run -p examples --example axum
//! ```
//!
//! Dependencies of your own copy: `lift-errors = { version = "0.1", features = ["axum", "derive", "locales"] }`, `axum`,
//! `serde` with `derive`, `tokio` and `tracing-subscriber`.

use axum::extract::Path;
use axum::routing::{get, post};
use axum::{Json, Router};
use lift_errors::{Brand, ErrorLayer, ErrorResponder, FieldError, FieldErrors, LiftError};
use serde::{Deserialize, Serialize};

/// Everything that can go wrong with an order. The fields are the parameters of the entries.
#[derive(Debug, LiftError)]
enum OrderError {
    #[lift(code = not_found)]
    NoSuchOrder { resource: String },
    #[lift(code = validation_failed)]
    Invalid(#[lift(field_errors)] FieldErrors),
    #[lift(code = internal_server_error)]
    Storage(#[from] std::io::Error),
}

#[derive(Deserialize, Serialize)]
struct Order {
    product: String,
    quantity: u32,
}

async fn show(Path(number): Path<String>) -> Result<Json<Order>, OrderError> {
    match number.as_str() {
        "PO-1" => Ok(Json(Order { product: "GLOVES-M".into(), quantity: 100 })),
        // `?` makes a `Storage` of the error: callers see a 500, and the log has the reason.
        "PO-2" => Err(std::io::Error::other("the disk of the archive is full"))?,
        _ => Err(OrderError::NoSuchOrder { resource: format!("order {number}") }),
    }
}

async fn create(Json(order): Json<Order>) -> Result<Json<Order>, OrderError> {
    let mut errors = FieldErrors::new();
    if order.quantity == 0 {
        errors.push(FieldError::new("/quantity", ("too_small", "The quantity must be at least 1.")));
    }
    if errors.is_empty() { Ok(Json(order)) } else { Err(OrderError::Invalid(errors)) }
}

async fn crash() -> &'static str {
    panic!("this is a bug")
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let routes =
        Router::new().route("/orders", post(create)).route("/orders/{number}", get(show)).route("/crash", get(crash));
    let brand = Brand::new("Example").with_support("support@example.org");
    let app = ErrorLayer::new(ErrorResponder::new().with_brand(brand)).wrap_router(routes);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("{}", include_str!("requests.txt"));
    axum::serve(listener, app).await
}

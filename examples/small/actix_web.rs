//! A service in actix-web whose errors are all canonical.
//!
//! ```console
//! cargo run -p examples --example actix_web
//! ```
//!
//! Dependencies of your own copy: `lift-errors = { version = "0.1", features = ["actix-web", "derive", "locales"] }`,
//! `actix-web`, `serde` with `derive` and `tracing-subscriber`.

use actix_web::{App, HttpServer, web};
use lift_errors::actix_web::ErrorMiddleware;
use lift_errors::{Brand, ErrorResponder, FieldError, FieldErrors, LiftError};
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

async fn show(number: web::Path<String>) -> Result<web::Json<Order>, OrderError> {
    match number.as_str() {
        "PO-1" => Ok(web::Json(Order { product: "GLOVES-M".into(), quantity: 100 })),
        // `?` makes a `Storage` of the error: callers see a 500, and the log has the reason.
        "PO-2" => Err(std::io::Error::other("the disk of the archive is full"))?,
        _ => Err(OrderError::NoSuchOrder { resource: format!("order {number}") }),
    }
}

async fn create(order: web::Json<Order>) -> Result<web::Json<Order>, OrderError> {
    let mut errors = FieldErrors::new();
    if order.quantity == 0 {
        errors.push(FieldError::new("/quantity", ("too_small", "The quantity must be at least 1.")));
    }
    if errors.is_empty() { Ok(order) } else { Err(OrderError::Invalid(errors)) }
}

async fn crash() -> &'static str {
    panic!("this is a bug")
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let brand = Brand::new("Example").with_support("support@example.org");
    // The factory runs once for each worker; the middleware is made once and cloned.
    let errors = ErrorMiddleware::new(ErrorResponder::new().with_brand(brand));
    let server = HttpServer::new(move || {
        App::new()
            .service(web::resource("/orders").post(create))
            .service(web::resource("/orders/{number}").get(show))
            .route("/crash", web::get().to(crash))
            .wrap(errors.clone())
    })
    .bind(("127.0.0.1", 3000))?;
    println!("{}", include_str!("requests.txt"));
    server.run().await
}

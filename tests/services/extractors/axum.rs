//! The service in axum.

use super::calls::BODY_LIMIT;
use super::order::{Filter, Login, Order, Site, Summary};
use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::BytesRejection;
use axum::routing::{get, post};
use lift_errors::axum::{Form, Json, Multipart, Path, Query};
use lift_errors::{ErrorLayer, ErrorResponse, Format, garde, lift, validator};
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
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let app = ErrorLayer::default().wrap_router(app());
                axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app).await.unwrap();
            });
        });
        address
    })
}

pub(super) fn app() -> Router {
    Router::new()
        .route("/garde", post(of_garde))
        .route("/validator", post(of_validator))
        .route("/garde/optional", post(garde_if_any))
        .route("/validator/optional", post(validator_if_any))
        .route("/sites", get(site_if_any))
        .route("/sites/{number}", get(site_if_any))
        .route("/orders", get(orders))
        .route("/orders/{number}", get(order))
        .route("/shelves/{number}", get(async |Path(number): Path<u64>| number.to_string()))
        .route("/login", post(log_in))
        .route("/upload", post(upload))
        .route("/upload/optional", post(upload_if_any))
        .route("/upload/chunks", post(upload_in_chunks))
        .route("/imports", post(import))
        .route("/form", get(async || Form([("name", "Ada & Co")])))
        .route("/unserialisable", get(async || Json(std::collections::BTreeMap::from([((1, 2), 3)]))))
        .route("/unserialisable/form", get(async || Form([("lines", [1, 2])])))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

async fn of_garde(garde::Valid(Json(order)): garde::Valid<Json<Order>>) -> Json<Summary> {
    Json(Summary::from(&order))
}

/// axum's own extractor can be validated, too.
async fn of_validator(validator::Valid(order): validator::Valid<axum::Json<Order>>) -> Json<Summary> {
    Json(Summary::from(&*order))
}

async fn garde_if_any(order: Option<garde::Valid<Json<Order>>>) -> String {
    order.map_or_else(|| "nothing".to_owned(), |order| order.0.0.number)
}

async fn validator_if_any(order: Option<validator::Valid<Json<Order>>>) -> String {
    order.map_or_else(|| "nothing".to_owned(), |order| order.0.0.number)
}

async fn site_if_any(site: Option<garde::Valid<Path<Site>>>) -> String {
    site.map_or_else(|| "nothing".to_owned(), |site| format!("site {}", site.0.0.0))
}

async fn orders(Query(filter): Query<Filter>) -> String {
    filter.text()
}

#[derive(serde::Deserialize)]
struct Number {
    number: u32,
}

async fn order(Path(Number { number }): Path<Number>) -> String {
    format!("order {number}")
}

async fn log_in(Form(login): Form<Login>) -> String {
    login.name
}

async fn upload(mut form: Multipart) -> Result<String, ErrorResponse> {
    let mut size = 0;
    while let Some(field) = form.next_field().await? {
        size += field.bytes().await?.len();
    }
    Ok(format!("{size} bytes"))
}

/// A field's own methods have axum's error.
async fn upload_in_chunks(mut form: axum::extract::Multipart) -> Result<String, ErrorResponse> {
    let mut size = 0;
    while let Some(mut field) = form.next_field().await? {
        while let Some(chunk) = field.chunk().await? {
            size += chunk.len();
        }
    }
    Ok(format!("{size} bytes"))
}

/// axum's own rejection, which becomes canonical by `?`.
async fn import(bytes: Result<Bytes, BytesRejection>) -> Result<String, ErrorResponse> {
    Ok(format!("{} bytes", bytes?.len()))
}

async fn upload_if_any(form: Option<Multipart>) -> Result<String, ErrorResponse> {
    match form {
        Some(form) => upload(form).await,
        None => Ok("nothing".to_owned()),
    }
}

#[test]
fn uploads_have_canonical_errors() {
    use super::calls::send;
    use crate::http::Call;
    crate::frameworks::log::begin();
    let part = |bytes: usize, end: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{}{end}", "a".repeat(bytes))
    };
    let upload = |media_type: &str, body: &str| Call::anonymous("POST", "/upload").body(media_type, body.as_bytes());
    let boundary = "multipart/form-data; boundary=x";
    let good = send(address(), &upload(boundary, &part(7, "\r\n--x--\r\n")));
    assert_eq!(good.body, "7 bytes");
    let optional = |call: Call| send(address(), &Call { path: "/upload/optional".into(), ..call });
    assert_eq!(optional(Call::anonymous("POST", "")).body, "nothing");
    assert_eq!(optional(upload(boundary, &part(7, "\r\n--x--\r\n"))).body, "7 bytes");
    assert_eq!(optional(upload("application/json", "{}")).body, "nothing");
    let other = optional(upload("multipart/form-data", "").accept(Format::ProblemDetails));
    other.response().assert_code(lift::Code::UnsupportedMediaType);
    for (call, code) in [
        (upload("application/json", "{}"), lift::Code::UnsupportedMediaType),
        (upload(boundary, &part(7, "")), lift::Code::BadRequest),
        (upload(boundary, &part(BODY_LIMIT, "\r\n--x--\r\n")), lift::Code::PayloadTooLarge),
    ] {
        send(address(), &call.accept(Format::ProblemDetails)).response().assert_code(code);
    }
}

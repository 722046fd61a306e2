//! An app that meets every canonical error and what else a service may answer with. It holds no test.

use super::server::Server;
use crate::onboarding;
use crate::samples;
use actix_web::error::{self, PayloadError};
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Bytes, ServiceConfig};
use actix_web::{App, HttpMessage as _, HttpRequest, HttpResponse, HttpServer};
use lift_errors::actix_web::ErrorMiddleware;
use lift_errors::{Audience, ErrorResponder, LiftError, Locale, Secret, lift};
use serde::Deserialize;
use std::io;

/// Runs the app with nothing around it but the middleware.
pub(crate) fn start(responder: ErrorResponder) -> Server {
    Server::start(move |listener, watch| {
        let app = move || {
            watch.install();
            App::new().configure(routes).wrap(ErrorMiddleware::new(responder.clone()))
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    })
}

/// The routes of the app.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(1_000))
        .route("/ok", web::get().to(async || HttpResponse::Ok().insert_header((header::VARY, "Origin")).body("fine")))
        .route("/errors/{code}", web::route().to(canonical))
        .route("/panic", web::get().to(panics))
        .service(web::scope("/panic").route("/{number}", web::get().to(panics)))
        .route("/bare/{status}", web::get().to(bare))
        .route("/text/{status}", web::route().to(text))
        .route("/foreign", web::get().to(foreign))
        .route("/stream/{status}", web::get().to(stream))
        .route("/pieces/{status}", web::get().to(pieces))
        .route("/import", web::get().to(import))
        .route("/by-hand", web::get().to(by_hand))
        .route("/reader", web::get().to(reader))
        .route("/elsewhere", web::get().to(elsewhere))
        .service(web::resource("/orders").route(web::get().to(async || "[]")).route(web::post().to(order)))
        .route("/numbers/{number}", web::get().to(async |number: web::Path<u8>| number.to_string()))
        .route("/pages", web::get().to(async |page: web::Query<Page>| page.number.to_string()))
        .route("/files", web::put().to(async |file: Bytes| file.len().to_string()));
}

/// Texts that no response may contain, wherever they came from.
pub(crate) const CANARY: &str = "canary-93ac44";

/// The error type of the app's handlers.
#[derive(Debug, LiftError)]
enum AppError {
    #[lift(code = internal_server_error)]
    Storage(#[from] io::Error),
    #[lift(code = gateway_timeout)]
    Carrier { upstream: String },
    #[lift(transparent)]
    Canonical(#[from] lift::Error),
}

/// An error of a catalogue of the service's own, with a secret.
#[derive(Debug, LiftError)]
#[lift(catalog = onboarding, code = onb_import_invalid)]
struct ImportError {
    api_key: Secret<String>,
    line: Option<u32>,
}

#[derive(Deserialize)]
struct Page {
    number: u8,
}

#[derive(Deserialize)]
struct Order {
    #[allow(dead_code, reason = "only that it is there matters")]
    number: String,
}

async fn canonical(code: web::Path<String>) -> Result<HttpResponse, AppError> {
    let code: lift::Code = code.parse().map_err(|_| lift::not_found::new().with_resource(code.into_inner()).build())?;
    Err(samples::bare(code).into())
}

async fn panics() -> HttpResponse {
    panic!("{CANARY} panicked")
}

fn status(number: &web::Path<u16>) -> StatusCode {
    StatusCode::from_u16(**number).unwrap_or(StatusCode::NOT_FOUND)
}

async fn bare(number: web::Path<u16>) -> HttpResponse {
    HttpResponse::new(status(&number))
}

async fn text(number: web::Path<u16>) -> Result<HttpResponse, error::InternalError<String>> {
    Err(error::InternalError::new(format!("{CANARY} said\nas it is"), status(&number)))
}

async fn foreign() -> HttpResponse {
    HttpResponse::InternalServerError().content_type("application/json").body(r#"{"error":"ours"}"#)
}

async fn stream(number: web::Path<u16>) -> HttpResponse {
    in_pieces(&number, "text/event-stream")
}

/// A plain text of a length that nobody knows.
async fn pieces(number: web::Path<u16>) -> HttpResponse {
    in_pieces(&number, "text/plain")
}

fn in_pieces(number: &web::Path<u16>, content_type: &str) -> HttpResponse {
    let pieces = ["one, ", "two"].map(|piece| Ok::<_, PayloadError>(Bytes::from(piece)));
    HttpResponse::build(status(number)).content_type(content_type).body(Pieces(pieces.into_iter()))
}

async fn import() -> Result<HttpResponse, ImportError> {
    Err(ImportError { api_key: Secret::new(CANARY.into()), line: Some(3) })
}

/// The way that loses the error itself: actix makes the response, and a service takes it.
async fn by_hand() -> HttpResponse {
    use actix_web::ResponseError as _;
    let mut response = AppError::from(io::Error::other(CANARY)).error_response();
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("70"));
    response
}

/// A handler that knows its reader.
async fn reader(request: HttpRequest) -> Result<HttpResponse, AppError> {
    request.extensions_mut().insert(Audience::Operator);
    request.extensions_mut().insert("fr".parse::<Locale>().unwrap());
    Err(AppError::Carrier { upstream: "carrier-7".into() })
}

/// A handler that knows its reader, and whose error becomes a response in another task, where no middleware is around.
async fn elsewhere(request: HttpRequest) -> HttpResponse {
    use actix_web::ResponseError as _;
    request.extensions_mut().insert(Audience::Operator);
    actix_web::rt::spawn(async { lift::Error::internal_server_error().error_response() }).await.unwrap()
}

async fn order(_: web::Json<Order>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// A body in pieces, of a length that nobody knows.
struct Pieces(std::array::IntoIter<Result<Bytes, PayloadError>, 2>);

impl actix_web::body::MessageBody for Pieces {
    type Error = PayloadError;

    fn size(&self) -> actix_web::body::BodySize {
        actix_web::body::BodySize::Stream
    }

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, PayloadError>>> {
        std::task::Poll::Ready(self.0.next())
    }
}

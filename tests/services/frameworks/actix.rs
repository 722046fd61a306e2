//! The service in actix-web. Its extractors refuse a path with a 404 and a wrong media type with a 400 by themselves: the
//! app says what the others say, as a service would.

use super::numbers::{BODY_LIMIT, Step};
use super::session;
use crate::errors::{CanaryError, ForgedError, Sampled};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{self, InternalError, JsonPayloadError};
use actix_web::guard::{Any, Get, Head};
use actix_web::http::StatusCode;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Json, JsonConfig, Path, PathConfig, Query, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer, Route, rt};
use lift_errors::actix_web::ErrorMiddleware;
use lift_errors::{Brand, ErrorResponder, ErrorResponse, lift};
use std::net::{SocketAddr, TcpListener};
use std::sync::OnceLock;
use std::thread;

/// Where the service is; it is started when it is first asked for.
pub(super) fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let errors = ErrorMiddleware::new(ErrorResponder::new().with_brand(Brand::new("Test")));
            let server = HttpServer::new(move || App::new().configure(routes).wrap(errors.clone()));
            let server = server.workers(2).disable_signals().listen(listener).unwrap();
            rt::System::new().block_on(server.run()).unwrap();
        });
        address
    })
}

/// The routes, without any middleware.
pub(crate) fn routes(app: &mut ServiceConfig) {
    app.app_data(PathConfig::default().error_handler(|refused, _| error::ErrorBadRequest(refused)))
        .app_data(JsonConfig::default().limit(BODY_LIMIT).error_handler(|refused, _| match refused {
            JsonPayloadError::ContentType => error::ErrorUnsupportedMediaType(refused),
            _ => refused.into(),
        }))
        .service(web::resource("/samples/{name}").route(get().to(sample)))
        .service(web::resource("/canary/{name}").route(get().to(canary)))
        .service(web::resource("/forged").route(get().to(async || Err::<&str, _>(ForgedError))))
        .service(web::resource("/panic").route(get().to(panics)))
        .service(web::resource("/bare/{status}").route(get().to(bare)))
        .service(web::resource("/text/{status}").route(get().to(text)))
        .service(web::resource("/foreign/{status}").route(get().to(foreign)))
        .service(web::resource("/session/{when}").wrap(from_fn(in_session)).route(get().to(sample)))
        .service(web::resource("/ok").route(get().to(async || "ok")))
        .service(web::resource("/numbers/{number}").route(web::post().to(numbers)));
}

/// A route that answers HEAD, too: actix's own `web::get` does not.
fn get() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}

async fn sample(name: Path<String>) -> Result<HttpResponse, ErrorResponse> {
    Err(Sampled::named(&name).map_or_else(|| ErrorResponse::new(lift::Error::not_found()), ErrorResponse::new))
}

async fn in_session(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_late = request.path() == "/session/late";
    if is_late {
        let response = next.call(request).await;
        session::read();
        return response;
    }
    session::read();
    next.call(request).await
}

async fn canary(name: Path<String>) -> Result<HttpResponse, CanaryError> {
    CanaryError::named(&name).map_or_else(|| Ok(HttpResponse::Ok().finish()), Err)
}

async fn panics() -> HttpResponse {
    panic!("canary-panic at {}", 7)
}

async fn bare(status: Path<String>) -> HttpResponse {
    HttpResponse::new(parse(&status))
}

async fn text(status: Path<String>) -> Result<HttpResponse, InternalError<&'static str>> {
    Err(InternalError::new("canary-text: no such table", parse(&status)))
}

async fn foreign(status: Path<String>) -> HttpResponse {
    HttpResponse::build(parse(&status)).json("not canonical")
}

async fn numbers(_: Path<u32>, step: Query<Step>, body: Json<Vec<u32>>) -> HttpResponse {
    HttpResponse::Ok().json((step.step, body.into_inner()))
}

fn parse(status: &str) -> StatusCode {
    status.parse().unwrap_or(StatusCode::NOT_FOUND)
}

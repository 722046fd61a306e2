//! actix-web: the middleware beside an app without one.

use crate::call::{REQUESTS, finish, refused};
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, web};
use lift_errors::{actix_web::ErrorMiddleware, lift};
use lift_errors_benches::{Contest, Contestant, Target};
use std::hint::black_box;

const OURS: &str = "ErrorMiddleware";
const BARE: &str = "actix-web alone";

async fn failing() -> Result<&'static str, lift::Error> {
    Err(refused())
}

/// The status and the body of an answer.
fn answer<B: MessageBody>(
    service: &impl Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    path: &'static str,
) -> (u16, usize) {
    let request = TestRequest::get().uri(path).insert_header(("accept", "application/problem+json"));
    let request = request.insert_header(("accept-language", "en")).insert_header(("x-request-id", "req-7f3a90c2"));
    let response = finish(service.call(request.to_request())).expect("a response");
    let status = response.status().as_u16();
    (status, response.into_body().try_into_bytes().map_or(0, |bytes| bytes.len()))
}

fn asks<'a, B: MessageBody>(
    name: &'static str,
    service: &'a impl Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    path: &'static str,
) -> Contestant<'a> {
    Contestant::new(name, move || {
        for _ in 0..REQUESTS {
            black_box(answer(service, path));
        }
    })
}

pub(crate) fn run() {
    let app = || App::new().route("/fine", web::get().to(|| async { "ok" })).route("/failing", web::get().to(failing));
    let bare = finish(init_service(app()));
    let layered = finish(init_service(app().wrap(ErrorMiddleware::default())));
    for (path, status) in [("/fine", 200), ("/failing", 429)] {
        assert_eq!((answer(&bare, path).0, answer(&layered, path).0), (status, status));
    }
    let contestants = |path| vec![asks(OURS, &layered, path), asks(BARE, &bare, path)];
    Contest::new("a request that succeeds, actix-web", REQUESTS, contestants("/fine"))
        .with_targets([Target::TimesAsLong(OURS, BARE, 1.15)])
        .run();
    // Without the middleware the error is written in English as problem details, and logged by nobody.
    Contest::new("a request that fails, actix-web", REQUESTS, contestants("/failing")).run();
}

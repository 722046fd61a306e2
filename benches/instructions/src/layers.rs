//! A request through the layers of the frameworks, and beside it one without the layer. Nobody listens to the log.

use actix_web::body::MessageBody;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::test::TestRequest;
use actix_web::{App, web};
use axum::body::Body;
use axum::routing::get;
use axum::{Router, response::Response};
use http::Request;
use lift_errors::actix_web::ErrorMiddleware;
use lift_errors::lift::Error;
use lift_errors::{ErrorLayer, ErrorResponse};
use std::convert::Infallible;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tonic::Status;
use tower::service_fn;
use tower_layer::{Identity, Layer};
use tower_service::Service;

/// The name of a path through the code, and the function that takes it so many times.
pub(crate) type Path = (&'static str, fn(u32));

pub(crate) const PATHS: &[Path] = &[
    ("axum_success_without_a_layer", |repeats| axum(repeats, "/fine", |router| router)),
    ("axum_success_through_an_empty_layer", |repeats| axum(repeats, "/fine", |router| router.layer(Identity::new()))),
    ("axum_success_through_the_layer", |repeats| axum(repeats, "/fine", wrapped)),
    ("axum_success_through_router_layer", |repeats| axum(repeats, "/fine", |it| it.layer(ErrorLayer::default()))),
    ("axum_failure_without_a_layer", |repeats| axum(repeats, "/failing", |router| router)),
    ("axum_failure_through_the_layer", |repeats| axum(repeats, "/failing", wrapped)),
    ("actix_success_without_a_layer", |repeats| actix(repeats, "/fine", false)),
    ("actix_success_through_the_layer", |repeats| actix(repeats, "/fine", true)),
    ("actix_failure_without_a_layer", |repeats| actix(repeats, "/failing", false)),
    ("actix_failure_through_the_layer", |repeats| actix(repeats, "/failing", true)),
    ("tonic_success_without_a_layer", |repeats| tonic(repeats, false, false)),
    ("tonic_success_through_the_layer", |repeats| tonic(repeats, false, true)),
    ("tonic_failure_without_a_layer", |repeats| tonic(repeats, true, false)),
    ("tonic_failure_through_the_layer", |repeats| tonic(repeats, true, true)),
];

fn refused() -> Error {
    Error::too_many_requests(black_box(60), Duration::from_secs(60), Duration::from_secs(12))
}

/// The result of a future that never has to wait.
#[allow(clippy::panic, reason = "a measurement of nothing has to stop")]
fn finish<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

fn read<B: http_body::Body>(response: http::Response<B>) {
    let (head, body) = response.into_parts();
    let mut body = pin!(body);
    while let Poll::Ready(Some(frame)) = body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
        black_box(frame.is_ok());
    }
    black_box(head);
}

fn wrapped(router: Router) -> Router {
    ErrorLayer::default().wrap_router(router)
}

fn axum(repeats: u32, path: &'static str, layer: impl FnOnce(Router) -> Router) {
    let failing = || async { Err::<(), _>(ErrorResponse::new(refused())) };
    let mut router = layer(Router::new().route("/fine", get(|| async { "ok" })).route("/failing", get(failing)));
    for _ in 0..repeats {
        let request = Request::get(path).header("accept", "application/problem+json").header("accept-language", "en");
        let Ok(request) = request.header("x-request-id", "req-7f3a90c2").body(Body::empty()) else { return };
        let Ok::<Response, Infallible>(response) = finish(router.call(request));
        read(response);
    }
}

fn actix(repeats: u32, path: &'static str, is_layered: bool) {
    async fn failing() -> Result<&'static str, Error> {
        Err(refused())
    }
    let app = || App::new().route("/fine", web::get().to(|| async { "ok" })).route("/failing", web::get().to(failing));
    if is_layered {
        let service = finish(actix_web::test::init_service(app().wrap(ErrorMiddleware::default())));
        for _ in 0..repeats {
            read_actix(finish(service.call(actix_request(path).to_request())));
        }
    } else {
        let service = finish(actix_web::test::init_service(app()));
        for _ in 0..repeats {
            read_actix(finish(service.call(actix_request(path).to_request())));
        }
    }
}

fn actix_request(path: &'static str) -> TestRequest {
    let request = TestRequest::get().uri(path).insert_header(("accept", "application/problem+json"));
    request.insert_header(("accept-language", "en")).insert_header(("x-request-id", "req-7f3a90c2"))
}

fn read_actix<B: MessageBody>(response: Result<ServiceResponse<B>, actix_web::Error>) {
    let Ok(response) = response else { return };
    let (head, body) = response.into_parts().1.into_parts();
    black_box((head, body.try_into_bytes().is_ok()));
}

fn tonic(repeats: u32, is_failing: bool, is_layered: bool) {
    let service = service_fn(move |_: Request<Body>| async move {
        Ok::<_, Infallible>(match is_failing {
            true => Status::from(ErrorResponse::new(refused())).into_http::<tonic::body::Body>(),
            false => http::Response::new(tonic::body::Body::empty()),
        })
    });
    let request = || {
        let request = Request::post("/shop.Orders/Approve").header("content-type", "application/grpc");
        request.header("accept-language", "en").header("x-request-id", "req-7f3a90c2").body(Body::empty())
    };
    let (mut layered, mut bare) = (ErrorLayer::default().layer(service), service);
    for _ in 0..repeats {
        let Ok(request) = request() else { return };
        if is_layered {
            let Ok(response) = finish(layered.call(request));
            read(response);
        } else {
            let Ok(response) = finish(bare.call(request));
            read(response);
        }
    }
}

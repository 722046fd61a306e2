//! Allocations of the layers: nothing for a request that succeeds, six times for one that fails. Counts are exact, so they are
//! tests; `benches/layer.rs` measures times.

use crate::counting_allocator::count;
use actix_web::dev::Service as _;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::get;
use futures_util::FutureExt as _;
use lift_errors::{ErrorLayer, ErrorResponse, LiftError, actix_web::ErrorMiddleware, lift};
use std::convert::Infallible;
use std::hint::black_box;
use std::time::Duration;
use tower::{Layer, Service, service_fn};

/// How often `work` allocates, when what it needs once is there already.
fn allocations(mut work: impl FnMut() -> Box<dyn FnOnce()>) -> usize {
    work()();
    let call = work();
    let before = count();
    call();
    count() - before
}

/// The result of a future that never has to wait.
fn finish<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("it does not wait")
}

fn refused() -> lift::Error {
    lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12))
}

fn request(method: &str, path: &'static str) -> Request {
    let request = Request::builder().method(method).uri(path).header("accept", "application/problem+json");
    let request = request.header("accept-language", "en").header("x-request-id", "req-7f3a90c2");
    request.header("content-type", "application/grpc").body(Body::empty()).unwrap()
}

/// The allocations of one call.
fn of_call<S, B>(service: &S, method: &'static str, path: &'static str) -> usize
where
    S: Service<Request, Response = axum::http::Response<B>, Error = Infallible> + Clone + 'static,
    B: 'static,
{
    allocations(|| {
        let (mut service, request) = (service.clone(), request(method, path));
        Box::new(move || {
            black_box(finish(service.call(request)).unwrap());
        })
    })
}

#[test]
fn axum() {
    // Nobody else's log counts.
    let _quiet = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
    let failing = || async { Err::<(), _>(ErrorResponse::new(refused())) };
    let router = || Router::new().route("/fine", get(|| async { "ok" })).route("/failing", get(failing));
    let empty = router().with_state::<()>(()).layer(tower::layer::util::Identity::new());
    let layered = ErrorLayer::default().wrap_router(router());
    let success = of_call(&layered, "GET", "/fine");
    assert_eq!(success, of_call(&empty, "GET", "/fine"));
    // Another layer that changes the type of the body costs as much in axum.
    assert!(of_call(&router().layer(ErrorLayer::default()), "GET", "/fine") <= success + 4);
    let failure = of_call(&layered, "GET", "/failing");
    // The error, the buffer that body and headers share (two), its place among the extensions (three). The seventh are the labels
    // of `metrics`, which this package enables.
    assert!(failure <= success + 7, "{failure} after {success}");
}

#[test]
fn actix() {
    let _quiet = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
    let app = || actix_web::App::new().route("/fine", actix_web::web::get().to(|| async { "ok" }));
    let (bare, layered) = actix_web::rt::System::new().block_on(async {
        (
            actix_web::test::init_service(app()).await,
            actix_web::test::init_service(app().wrap(ErrorMiddleware::default())).await,
        )
    });
    let (bare, layered) = (std::rc::Rc::new(bare), std::rc::Rc::new(layered));
    let asked = || {
        let request = actix_web::test::TestRequest::with_uri("/fine").insert_header(("x-request-id", "req-7f3a90c2"));
        request.insert_header(("accept", "application/problem+json")).to_request()
    };
    let of_bare = allocations(|| {
        let (service, request) = (bare.clone(), asked());
        Box::new(move || drop(black_box(finish(service.call(request)).unwrap())))
    });
    let of_layered = allocations(|| {
        let (service, request) = (layered.clone(), asked());
        Box::new(move || drop(black_box(finish(service.call(request)).unwrap())))
    });
    assert_eq!(of_layered, of_bare);
}

#[test]
fn tonic() {
    let _quiet = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
    let service = service_fn(|request: Request| {
        let is_failing = request.uri().path() == "/failing";
        std::future::ready(Ok::<_, Infallible>(match is_failing {
            true => tonic::Status::from(ErrorResponse::new(refused())).into_http::<tonic::body::Body>(),
            false => axum::http::Response::new(tonic::body::Body::empty()),
        }))
    });
    let layered = ErrorLayer::default().layer(service);
    assert_eq!(of_call(&layered, "POST", "/fine"), of_call(&service, "POST", "/fine"));
    let (with, without) = (of_call(&layered, "POST", "/failing"), of_call(&service, "POST", "/failing"));
    assert!(with <= without + 6, "{with}, and {without} without the layer");
    assert_eq!(refused().entry().status(), Some(429));
}

/// HTTP/2 names a line again with one byte, and a list of them must not be read anew for each.
#[test]
fn a_header_on_many_lines_is_read_once() {
    const LINES: usize = 400;
    let mut headers = http::HeaderMap::new();
    (0..LINES).for_each(|_| {
        headers.append("accept", http::HeaderValue::from_static("text/plain"));
    });
    let (extensions, uri) = (http::Extensions::new(), http::Uri::from_static("/fine"));
    let before = count();
    black_box(lift_errors::RequestContext::new(&http::Method::GET, &uri, &headers, &extensions));
    assert!(count() - before < 20, "{}", count() - before);

    let _quiet = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
    let app = || actix_web::App::new().route("/fine", actix_web::web::get().to(|| async { "ok" }));
    let layered = actix_web::rt::System::new().block_on(async {
        std::rc::Rc::new(actix_web::test::init_service(app().wrap(ErrorMiddleware::default())).await)
    });
    let of_lines = |lines: usize| {
        allocations(|| {
            let request = actix_web::test::TestRequest::with_uri("/fine");
            let request = (0..lines).fold(request, |request, _| request.append_header(("accept", "text/plain")));
            let (service, request) = (layered.clone(), request.to_request());
            Box::new(move || drop(black_box(finish(service.call(request)).unwrap())))
        })
    };
    // Each of these values allocates when it is cloned first.
    assert!(of_lines(LINES) < of_lines(1) + LINES + 20, "{} and {}", of_lines(LINES), of_lines(1));
}

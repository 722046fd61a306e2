//! The layer among other layers: what it adds to, what it leaves. The services are called in this process. What it says of retries is
//! in `retry`, whom it writes for in `reader`, what it counts in `telemetry`, and texts that other layers compress in `hidden_text`. A framework
//! without a layer is in `scope`.

mod base;
mod hidden_text;
mod reader;
mod retry;
mod scope;
mod task;
mod telemetry;
mod unwritable;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use axum::middleware::map_response;
use axum::routing::get;
use bytes::Bytes;
use http_body_util::{BodyExt as _, StreamBody};
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, Passthrough, RequestContext, lift};
use serde_json::Value;
use std::convert::Infallible;
use std::sync::OnceLock;
use std::time::Duration;
use tower::{Layer, Service, ServiceBuilder, ServiceExt as _, service_fn};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// The headers of a request for problem details.
const PROBLEM: &[(&str, &str)] = &[("accept", "application/problem+json")];

/// Runs a future to its end on this thread.
fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(future)
}

fn errors() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new())
}

/// A service that gives what a function makes.
fn answering<B: Send + 'static>(
    answer: impl Fn() -> Response<B> + Clone,
) -> impl Service<Request<Body>, Response = Response<B>, Error = Infallible, Future: Send> + Clone {
    service_fn(move |_| std::future::ready(Ok(answer())))
}

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &'static str) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Body::from(body)).unwrap()
}

fn request(headers: &[(&'static str, &'static str)]) -> Request<Body> {
    let mut request = Request::get("/orders/PO-7?token=abc");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

/// Status, headers and body of what a service answers.
fn call<S, B>(service: S, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>)
where
    S: Service<Request<Body>, Response = Response<B>>,
    S::Error: std::fmt::Debug,
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Debug,
{
    run(async {
        let (parts, body) = service.oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    })
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(body)))
}

#[test]
fn what_the_service_said_of_the_error_stays_and_what_it_said_of_the_body_goes() {
    let said = [
        ("vary", "Origin"),
        ("www-authenticate", "Basic realm=\"depot\""),
        ("cache-control", "max-age=5"),
        ("x-depot", "Lyon"),
        ("link", "</style.css>; rel=preload"),
        ("content-encoding", "gzip"),
        ("content-length", "999"),
        ("etag", "\"1\""),
        ("last-modified", "Mon, 01 Jan 2024 00:00:00 GMT"),
        ("accept-ranges", "bytes"),
    ];
    let (status, headers, body) = call(errors().layer(answering(move || response(401, &said, ""))), request(&[]));
    assert_eq!((status, json(&body)["code"].as_str()), (StatusCode::UNAUTHORIZED, Some("unauthorized")));
    for (name, value) in &said[..5] {
        assert!(headers.get_all(*name).iter().any(|found| found == value), "{name}: {headers:?}");
    }
    assert_eq!(headers.get_all(header::VARY).iter().collect::<Vec<_>>(), ["Origin", "Accept, Accept-Language"]);
    for (name, _) in &said[6..] {
        assert!(!headers.contains_key(*name), "{name}: {headers:?}");
    }
    assert_eq!(headers.get(header::CONTENT_ENCODING), None);
}

#[test]
fn streams_successes_and_what_is_canonical_already_are_left_alone() {
    for (status, headers, body) in [
        (200, &[("content-type", "text/plain")][..], "fine"),
        (304, &[], ""),
        (404, &[("content-type", "application/problem+json")], "{\"status\":404}"),
        (404, &[("content-type", "application/json"), ("lift-error", "ONB-0404")], "{}"),
        (500, &[("content-type", "text/html")], "<p>Sorry"),
        (500, &[("content-type", "application/x-protobuf")], "\u{8}\u{1}"),
    ] {
        let (found, head, bytes) =
            call(errors().layer(answering(move || response(status, headers, body))), request(&[]));
        assert_eq!(
            (found.as_u16(), bytes.as_slice(), head.len()),
            (status, body.as_bytes(), headers.len()),
            "{head:?}"
        );
    }
    // A body of unknown length is let through as it comes, unless it is the plain text of an error.
    for (status, content_type) in [(200, "text/plain"), (200, "text/event-stream"), (500, "text/event-stream")] {
        let (_, _, body) = call(errors().layer(answering(move || stream(status, content_type))), request(&[]));
        assert_eq!(body, b"xxx");
    }
}

/// A response whose body says no length.
fn stream(status: u16, content_type: &'static str) -> Response<Body> {
    let pieces = (0..3).map(|_| Ok::<_, Infallible>(http_body::Frame::data(Bytes::from("x"))));
    let body = Body::new(StreamBody::new(futures_util::stream::iter(pieces)));
    Response::builder().status(status).header("content-type", content_type).body(body).unwrap()
}

#[test]
fn every_bare_status_is_explained() {
    for status in 400..600 {
        let (found, headers, body) = call(errors().layer(answering(move || response(status, &[], ""))), request(&[]));
        let code = lift::Code::from_status(status);
        assert_eq!((found.as_u16(), json(&body)["errorCode"].as_u64()), (status, Some(status.into())));
        assert_eq!(json(&body)["code"].as_str(), code.map(lift::Code::as_str), "{status}");
        assert_eq!(headers.get("lift-error").and_then(|id| id.to_str().ok()), code.map(lift::Code::id), "{status}");
    }
}

/// The answers of tower_governor, of nginx, and of a limiter that says all.
#[test]
fn a_rate_limit_of_somebody_else_reaches_the_client() {
    for (headers, body, detail, retry) in [
        (
            &[("x-ratelimit-after", "7"), ("retry-after", "7")][..],
            "Too Many Requests! Wait for 7s",
            "Too many requests came in a short time. Try again in 7 seconds.",
            serde_json::json!({"kind": "after", "after": 7}),
        ),
        (
            &[("content-type", "text/plain")],
            "slow down",
            "Too many requests came in a short time. Wait a little before you try again.",
            serde_json::json!({"kind": "after"}),
        ),
        (
            &[("ratelimit-policy", "\"default\";q=100;w=60"), ("ratelimit", "\"default\";r=0;t=12")],
            "",
            "More than 100 requests in 1 minute. Try again in 12 seconds.",
            serde_json::json!({"kind": "after", "after": 12}),
        ),
    ] {
        let asking = request(&[("accept", "application/problem+json")]);
        let (status, found, bytes) = call(errors().layer(answering(move || response(429, headers, body))), asking);
        let json = json(&bytes);
        assert_eq!((status.as_u16(), json["code"].as_str()), (429, Some("too_many_requests")));
        assert_eq!((json["detail"].as_str(), &json["retry"]), (Some(detail), &retry));
        let wait = found.get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
        assert_eq!(wait, retry.get("after").map(ToString::to_string));
        if !body.is_empty() {
            assert!(!String::from_utf8_lossy(&bytes).contains(body), "what was said is for the log");
        }
    }
}

#[test]
fn a_405_without_methods_makes_a_whole_sentence() {
    for (headers, detail) in [
        (&[][..], "This address does not take GET requests."),
        (&[("allow", "")], "This address does not take GET requests."),
        (&[("allow", "PUT"), ("allow", ", DELETE")], "This address does not take GET requests. It takes PUT, DELETE."),
    ] {
        let (_, _, body) = call(errors().layer(answering(move || response(405, headers, ""))), request(&[]));
        assert_eq!(json(&body)["errorMessage"], detail, "{headers:?}");
    }
}

#[test]
fn foreign_errors_are_replaced_where_the_service_asks_for_it() {
    let foreign =
        || response(409, &[("content-type", "application/json"), ("content-length", "2"), ("x-depot", "Lyon")], "{}");
    let replacing = ErrorLayer::new(ErrorResponder::new().with_foreign_errors_replaced());
    let (status, headers, body) = call(replacing.layer(answering(foreign)), request(&[]));
    assert_eq!((status.as_u16(), json(&body)["code"].as_str()), (409, Some("conflict")));
    assert_eq!((&headers["x-depot"], headers.get(header::CONTENT_LENGTH)), (&HeaderValue::from_static("Lyon"), None));
}

/// axum says the length when all middlewares have seen the response, so a middleware may keep the head and replace the body.
#[test]
fn a_body_that_a_middleware_replaces_has_its_own_length() {
    async fn missing() -> Result<(), ErrorResponse> {
        Err(ErrorResponse::new(lift::Error::not_found()))
    }
    async fn replaced(response: Response<Body>) -> Response<Body> {
        let (head, body) = response.into_parts();
        let wrapped = [b"{\"data\":", body.collect().await.unwrap().to_bytes().as_ref(), b"}"].concat();
        Response::from_parts(head, wrapped.into())
    }
    async fn passed(response: Response<Body>) -> Response<Body> {
        let (mut head, _) = response.into_parts();
        head.extensions.insert(Passthrough::new("a page of its own"));
        Response::from_parts(head, "gone".into())
    }
    let routes = || Router::new().fallback(missing);
    for (service, expected) in [
        (routes().layer(map_response(replaced)).layer(errors()), "{\"data\":{"),
        (routes().layer(errors()).layer(map_response(replaced)), "{\"data\":{"),
        (routes().layer(map_response(passed)).layer(errors()), "gone"),
    ] {
        let (status, headers, body) = call(service, request(&[]));
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(body.starts_with(expected.as_bytes()), "{expected}: {headers:?} {}", String::from_utf8_lossy(&body));
        assert_eq!(headers[header::CONTENT_LENGTH], body.len().to_string());
    }
}

/// A route of downloads says it of each of its responses. A browser saves an attachment, or shows an error of its own.
#[test]
fn an_error_is_no_attachment() {
    async fn attached(mut response: Response<Body>) -> Response<Body> {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
        response
    }
    let routes = Router::new()
        .route("/typed", get(async || ErrorResponse::new(lift::Error::not_found())))
        .route("/bare", get(async || StatusCode::NOT_FOUND))
        .route("/file", get(async || "rows"))
        .layer(map_response(attached));
    for (path, status, is_attached) in [("/typed", 404, false), ("/bare", 404, false), ("/file", 200, true)] {
        let mut asking = request(&[("accept", "text/html")]);
        *asking.uri_mut() = path.parse().unwrap();
        let (found, headers, body) = call(errors().wrap_router(routes.clone()), asking);
        assert_eq!(
            (found.as_u16(), headers.contains_key(header::CONTENT_DISPOSITION)),
            (status, is_attached),
            "{path}"
        );
        assert_eq!(body.starts_with(b"<!DOCTYPE html>"), !is_attached, "{path}: {}", String::from_utf8_lossy(&body));
    }
}

#[test]
fn only_a_call_of_grpc_is_answered_as_one() {
    let cached = || response(404, &[("cache-control", "public, max-age=3600")], "");
    let grpc = &[("content-type", "application/grpc")];
    let (status, headers, _) = call(errors().layer(answering(cached)), request(grpc));
    assert_eq!((status.as_u16(), headers.get("grpc-status")), (404, None));
    let mut calling = request(grpc);
    *calling.method_mut() = axum::http::Method::POST;
    let (status, headers, _) = call(errors().layer(answering(cached)), calling);
    assert_eq!(
        (status.as_u16(), &headers["grpc-status"], &headers["cache-control"]),
        (200, &"5".parse().unwrap(), &"no-store".parse().unwrap())
    );
}

#[test]
fn a_redirect_that_was_made_of_an_error_stays() {
    let redirect = || {
        let mut response = ErrorResponse::new(lift::Error::unauthorized()).into_http::<Body>();
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/login"));
        response
    };
    let (status, headers, _) = call(errors().layer(answering(redirect)), request(&[]));
    assert_eq!((status, &headers[header::LOCATION]), (StatusCode::FOUND, &HeaderValue::from_static("/login")));
}

/// A body that says how long it is, and then does something else.
struct Broken(fn() -> NextFrame);

type NextFrame = std::task::Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>>;

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> NextFrame {
        (self.0)()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(20)
    }
}

#[test]
fn nobody_waits_for_a_text_that_does_not_come_and_none_that_panics_gets_out() {
    for broken in [|| std::task::Poll::Pending, || panic!("canary-panic")] {
        let answer = move || {
            let response = Response::builder().status(502).header("content-type", "text/plain");
            response.body(Broken(broken)).unwrap()
        };
        let (status, _, body) = call(errors().layer(answering(answer)), request(&[]));
        assert_eq!((status.as_u16(), json(&body)["code"].as_str()), (502, Some("bad_gateway")));
    }
}

#[test]
fn head_is_left_alone_where_get_is() {
    let foreign = || response(404, &[("content-type", "application/json"), ("content-length", "7")], "");
    let mut asking = request(&[]);
    *asking.method_mut() = axum::http::Method::HEAD;
    let (_, headers, _) = call(errors().layer(answering(foreign)), asking);
    assert_eq!((headers.get("lift-error"), &headers["content-length"]), (None, &HeaderValue::from_static("7")));
}

#[test]
fn one_layer_around_another_changes_nothing() {
    let failing = || ErrorResponse::new(lift::forbidden::new().with_required_role("Manager")).into_http::<Body>();
    let accept = || request(&[("accept", "application/json"), ("x-request-id", "r-1")]);
    let once = call(errors().layer(answering(failing)), accept());
    let twice = call(errors().layer(errors().layer(answering(failing))), accept());
    assert_eq!(once, twice);
    let blank = || response(418, &[], "");
    let page = || request(&[("accept", "text/html"), ("x-request-id", "r-1")]);
    assert_eq!(
        call(errors().layer(answering(blank)), page()),
        call(errors().layer(errors().layer(answering(blank))), page())
    );
}

#[test]
fn an_id_that_an_inner_layer_gave_is_the_error_s() {
    let given = || response(404, &[("x-request-id", "inner-1")], "");
    let (_, headers, body) = call(errors().layer(answering(given)), request(&[("x-request-id", "outer-1")]));
    assert_eq!(
        (&headers["x-request-id"], json(&body)["requestId"].as_str()),
        (&HeaderValue::from_static("inner-1"), Some("inner-1"))
    );
}

#[test]
fn a_handler_can_tell_the_id_of_the_error_to_come() {
    let told = || RequestContext::update(|context| context.request_id().to_string()).unwrap();
    for (is_call, is_bare, given) in [
        (false, false, ""),
        (false, false, "r-1"),
        (false, false, "not valid"),
        (false, true, ""),
        (true, false, ""),
        (true, false, "r-1"),
    ] {
        let answer = move || {
            let id = told();
            assert_eq!(id, told(), "it stays");
            let error = || ErrorResponse::new(lift::Error::conflict());
            let mut response = match (is_call, is_bare) {
                (true, _) => tonic::Status::from(error()).into_http(),
                (false, true) => response(409, &[], ""),
                (false, false) => error().into_http().map(|body: Vec<u8>| Body::from(body)),
            };
            response.headers_mut().insert("x-told", id.parse().unwrap());
            response
        };
        let mut asking = request(&[("accept", "application/json"), ("x-request-id", given)]);
        if is_call {
            *asking.method_mut() = axum::http::Method::POST;
            asking.headers_mut().insert("content-type", HeaderValue::from_static("application/grpc"));
        }
        let (_, headers, body) = call(errors().layer(answering(answer)), asking);
        let id = &headers["x-request-id"];
        assert_eq!((id, id == given), (&headers["x-told"], given == "r-1"), "{given}");
        if !is_call {
            assert_eq!(json(&body)["requestId"], id.to_str().unwrap());
        }
    }
}

/// Requests that ask for the same thing at once may share one answer.
#[test]
fn an_answer_that_requests_share_has_the_id_of_each() {
    let (shared, status) = (OnceLock::<Response<Vec<u8>>>::new(), OnceLock::<tonic::Status>::new());
    let error = || ErrorResponse::new(lift::Error::conflict());
    let http = || shared.get_or_init(|| error().into_http()).clone().map(Body::from);
    let grpc = || status.get_or_init(|| error().into()).clone().into_http::<Body>();
    let given = |mut response: Response<Body>| {
        // Beside that of the first request.
        response.headers_mut().append("x-request-id", HeaderValue::from_static("given"));
        response
    };
    let ask = |id, is_call: bool, is_given: bool| {
        let headers = [("content-type", "application/grpc"), ("accept", "application/json"), ("x-request-id", id)];
        let mut asking = request(&headers[usize::from(!is_call)..if id.is_empty() { 2 } else { 3 }]);
        if is_call {
            *asking.method_mut() = axum::http::Method::POST;
        }
        let answer = || if is_call { grpc() } else { http() };
        let answer = || if is_given { given(answer()) } else { answer() };
        let (_, headers, body) = call(errors().layer(answering(answer)), asking);
        assert_eq!(headers["lift-error"], "LIFT-0409");
        let found = headers["x-request-id"].to_str().unwrap().to_owned();
        if is_call {
            let status = tonic::Status::from_header_map(&headers).unwrap();
            assert_eq!(lift_errors::tonic::StatusDetails::new(&status).request_id(), Some(found.as_str()));
        } else {
            assert_eq!(json(&body)["requestId"], found.as_str());
        }
        found
    };
    for is_call in [false, true] {
        let ask = |id, is_given| ask(id, is_call, is_given);
        assert_eq!([ask("first", false), ask("second", false), ask("third", true)], ["first", "second", "given"]);
        assert_eq!(ask("", false).len(), 36, "a new one");
    }
}

#[test]
fn it_works_around_and_within_the_layers_of_tower_http() {
    let app = || {
        Router::new()
            .route("/panic", get(panics))
            .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(60)).await }))
            .route("/fails", get(|| async { ErrorResponse::new(lift::Error::conflict()) }))
            .route("/text", get(|| async { (StatusCode::BAD_GATEWAY, "canary-text ".repeat(40)) }))
            .route("/body", axum::routing::post(|body: String| async { body }))
    };
    let cors =
        || CorsLayer::new().allow_origin(tower_http::cors::Any).expose_headers([HeaderName::from_static("lift-error")]);
    let timeout = || TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(5));
    let stacks: [(&str, Router); 4] = [
        (
            "inside all",
            errors()
                .wrap_router(app())
                .layer(timeout())
                .layer(cors())
                .layer(CompressionLayer::new())
                .layer(TraceLayer::new_for_http()),
        ),
        (
            "outside all",
            errors().wrap_router(
                app()
                    .layer(cors())
                    .layer(CompressionLayer::new())
                    .layer(timeout())
                    .layer(TraceLayer::new_for_http())
                    .layer(RequestBodyLimitLayer::new(16)),
            ),
        ),
        (
            "between",
            errors()
                .wrap_router(
                    app()
                        .layer(TraceLayer::new_for_http())
                        .layer(timeout())
                        .layer(CatchPanicLayer::new())
                        .layer(RequestBodyLimitLayer::new(16)),
                )
                .layer(CompressionLayer::new())
                .layer(cors()),
        ),
        (
            "as a service",
            Router::new().fallback_service(
                ServiceBuilder::new()
                    .layer(cors())
                    .layer(errors())
                    .layer(CompressionLayer::new())
                    .layer(timeout())
                    .layer(RequestBodyLimitLayer::new(16))
                    .service(app()),
            ),
        ),
    ];
    for (name, app) in stacks {
        for (path, status) in
            [("/panic", 500), ("/slow", 504), ("/fails", 409), ("/text", 502), ("/nowhere", 404), ("/body", 413)]
        {
            if name == "inside all" && matches!(path, "/slow" | "/body") {
                // A layer further out refuses by itself: nothing within can see it.
                continue;
            }
            let method = if path == "/body" { "POST" } else { "GET" };
            let asking = Request::builder()
                .method(method)
                .uri(path)
                .header("origin", "https://a.example")
                .header("accept", "application/problem+json");
            let asking = asking.header("content-length", if path == "/body" { "64" } else { "0" });
            let (found, headers, body) = call(
                app.clone(),
                asking.body(Body::from(if path == "/body" { "x".repeat(64) } else { String::new() })).unwrap(),
            );
            let at = format!("{name}: {path}: {headers:?} {}", String::from_utf8_lossy(&body));
            assert_eq!(found.as_u16(), status, "{at}");
            assert_eq!(json(&body)["status"], status, "{at}");
            assert!(
                headers.contains_key("lift-error") && headers.get_all(header::CONTENT_TYPE).iter().count() == 1,
                "{at}"
            );
            assert!(!String::from_utf8_lossy(&body).contains("canary"), "{at}");
            if name != "outside all" {
                assert!(headers.contains_key("access-control-allow-origin"), "{at}");
            }
            let vary: Vec<_> = headers.get_all(header::VARY).iter().filter_map(|value| value.to_str().ok()).collect();
            assert_eq!(vary.iter().filter(|value| **value == "Accept, Accept-Language").count(), 1, "{at}");
        }
    }
}

async fn panics() {
    panic!("canary-panic")
}

#[test]
fn errors_are_compressed_by_a_layer_further_out() {
    let app = errors().wrap_router(Router::new()).layer(CompressionLayer::new());
    let (_, headers, body) = call(app, request(&[("accept-encoding", "gzip"), ("accept", "text/html")]));
    assert_eq!(headers[header::CONTENT_ENCODING], "gzip");
    assert!(body.starts_with(&[0x1f, 0x8b]) && body.len() < 5_000, "{}", body.len());
}

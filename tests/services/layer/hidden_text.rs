//! Plain texts of errors that a layer further in compresses, or makes a body of unknown length of: no client gets them.

use super::telemetry::Logged;
use super::{call, errors, json, request, stream};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Json, Router};
use lift_errors::{ErrorLayer, ErrorResponder, Passthrough};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::DecompressionLayer;
use tower_http::timeout::ResponseBodyTimeoutLayer;
use tower_http::trace::TraceLayer;
use tracing_subscriber::layer::SubscriberExt as _;

const SECRET: &str = "no connection to db.internal with password=x";

fn app() -> Router {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let with_type = move |content_type| (status, [(header::CONTENT_TYPE, content_type)], SECRET);
    Router::new()
        .route("/text", get(async move || (status, SECRET)))
        .route("/empty-type", get(async move || with_type("")))
        .route("/typeless", get(async move || Response::builder().status(status).body(Body::from(SECRET)).unwrap()))
        .route("/empty", get(async move || status))
        .route("/json", get(async move || (status, Json(SECRET))))
        .route("/html", get(async move || with_type("text/html")))
        .route("/problem", get(async move || with_type("application/problem+json")))
        .route("/passed", get(async move || (Extension(Passthrough::new("the caller reads it")), (status, SECRET))))
}

/// The app within layers that hide its texts, with what the log has of them.
fn hidden() -> [(&'static str, Router, &'static str); 5] {
    let timeout = ResponseBodyTimeoutLayer::new(Duration::from_secs(5));
    let as_stream = async |response: Response| response.map(|body| Body::from_stream(body.into_data_stream()));
    [
        ("compressed", app().layer(CompressionLayer::new()), "(a compressed text)"),
        ("inflated", app().layer(CompressionLayer::new()).layer(DecompressionLayer::new()), SECRET),
        ("timed", app().layer(timeout), SECRET),
        ("as a stream", app().layer(map_response(as_stream)), SECRET),
        ("traced", app().layer(TraceLayer::new_for_http()), SECRET),
    ]
}

fn asking(method: &str, path: &str) -> Request<Body> {
    let mut request = request(&[("accept-encoding", "gzip"), ("accept", "application/problem+json")]);
    (*request.method_mut(), *request.uri_mut()) = (method.parse().unwrap(), path.parse().unwrap());
    request
}

/// The response, and the `original_text` of its event.
fn logged(app: Router, request: Request<Body>) -> (HeaderMap, Vec<u8>, Option<String>) {
    crate::frameworks::log::begin();
    let log = Logged::default();
    let (_, headers, body) =
        tracing::subscriber::with_default(tracing_subscriber::registry().with(log.clone()), || call(app, request));
    let fields = log.0.0.lock().unwrap();
    let text = fields.iter().find(|(name, _)| name == "original_text").map(|(_, text)| text.clone());
    (headers, body, text)
}

#[test]
fn a_hidden_text_is_replaced() {
    for (name, app, expected) in hidden() {
        for path in ["/text", "/empty-type", "/typeless", "/empty"] {
            let (headers, body, text) = logged(errors().wrap_router(app.clone()), asking("GET", path));
            let at = format!("{name}: {path}: {headers:?} {}", String::from_utf8_lossy(&body));
            assert!(headers.contains_key("lift-error") && !headers.contains_key(header::CONTENT_ENCODING), "{at}");
            assert_eq!(json(&body)["code"], "internal_server_error", "{at}");
            assert_eq!(text.as_deref(), (path != "/empty").then_some(expected), "{at}");
            let (_, head, _) = call(errors().wrap_router(app.clone()), asking("HEAD", path));
            assert!(head.contains_key("lift-error"), "{at}: {head:?}");
        }
        for path in ["/json", "/html", "/problem", "/passed"] {
            let (headers, ..) = logged(errors().wrap_router(app.clone()), asking("GET", path));
            assert!(!headers.contains_key("lift-error"), "{name}: {path}: {headers:?}");
            assert_eq!(headers.contains_key(header::CONTENT_ENCODING), name == "compressed", "{name}: {path}");
        }
        let keeping = ErrorLayer::new(ErrorResponder::new().with_text_errors_kept());
        let (headers, ..) = logged(keeping.wrap_router(app), asking("GET", "/text"));
        assert!(!headers.contains_key("lift-error"), "{name}: {headers:?}");
    }
}

#[test]
fn a_text_of_unknown_length_is_read_for_the_log_as_far_as_it_is_there() {
    let app = Router::new().route("/", get(async || stream(502, "text/plain")));
    let (_, body, text) = logged(errors().wrap_router(app), asking("GET", "/"));
    assert_eq!((json(&body)["code"].as_str(), text.as_deref()), (Some("bad_gateway"), Some("xxx")));
}

#[test]
fn a_stream_whose_head_says_that_it_is_empty_is_explained() {
    let proxied = async || {
        let head = Response::builder().status(502).header("content-type", "text/html").header("content-length", "0");
        head.body(Body::from_stream(Body::empty().into_data_stream())).unwrap()
    };
    let app = Router::new().route("/", get(proxied));
    for responder in [ErrorResponder::new(), ErrorResponder::new().with_text_errors_kept()] {
        let layer = ErrorLayer::new(responder);
        let (_, body, _) = logged(layer.clone().wrap_router(app.clone()), asking("GET", "/"));
        assert_eq!(json(&body)["code"], "bad_gateway");
        let (_, head, _) = call(layer.wrap_router(app.clone()), asking("HEAD", "/"));
        assert!(head.contains_key("lift-error"), "{head:?}");
    }
}

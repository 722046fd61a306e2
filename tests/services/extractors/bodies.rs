//! Bodies that can't be read, which is never the service's own fault: they break off, are malformed, come too slowly, or are above
//! a limit, below any number of layers.

use super::axum::app;
use super::calls::{BODY_LIMIT, send};
use super::{axum, services};
use crate::http::{Call, Reply, raw};
use ::axum::Router;
use ::axum::body::Body;
use ::axum::http::Request;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::BodyExt as _;
use lift_errors::{ErrorLayer, Format, lift, testing};
use std::io;
use std::time::Duration;
use tower::ServiceExt as _;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// The routes of axum that read a body, with the media type and the beginning of one.
const READERS: [(&str, &str, &str); 9] = [
    ("/upload", "multipart/form-data; boundary=x", FIELD),
    ("/upload/optional", "multipart/form-data; boundary=x", FIELD),
    ("/upload/chunks", "multipart/form-data; boundary=x", FIELD),
    ("/upload", "multipart/form-data; boundary=x", "--x\r\nContent-Dis"),
    ("/garde", "application/json", r#"{"number":"#),
    ("/validator", "application/json", r#"{"number":"#),
    ("/garde/optional", "application/json", r#"{"number":"#),
    ("/login", "application/x-www-form-urlencoded", "name="),
    ("/imports", "application/json", "["),
];

const FIELD: &str = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc";

/// The answer of the service with a layer to a body that is streamed.
fn answer(app: Router, request: Request<Body>) -> testing::Response {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let response = ErrorLayer::default().wrap_router(app).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        testing::Response::from(::axum::http::Response::from_parts(head, body))
    })
}

fn request(path: &str, media_type: &str, body: Body) -> Request<Body> {
    let request = Request::post(path).header("content-type", media_type);
    request.header("accept", Format::ProblemDetails.media_type()).body(body).unwrap()
}

/// A body that begins well, goes on for so many chunks, and ends with an error.
fn breaking_off(beginning: &'static str, chunks: usize) -> Body {
    let texts = std::iter::once(beginning).chain(std::iter::repeat_n("aaaaaaaa", chunks));
    let end = Err(io::Error::from(io::ErrorKind::ConnectionReset));
    Body::from_stream(stream::iter(texts.map(Ok).chain([end])))
}

#[test]
fn a_body_that_breaks_off_is_the_callers_fault() {
    crate::frameworks::log::begin();
    for (path, media_type, beginning) in READERS {
        let broken = answer(app(), request(path, media_type, breaking_off(beginning, 1)));
        broken.assert_code(lift::Code::BadRequest);
        // The first bytes are not those of gzip.
        let packed = request(path, media_type, Body::from(beginning));
        let (mut head, body) = packed.into_parts();
        head.headers.insert("content-encoding", "gzip".parse().unwrap());
        let unpacked = app().layer(RequestDecompressionLayer::new());
        answer(unpacked, Request::from_parts(head, body)).assert_code(lift::Code::BadRequest);
        let stuck = Body::from_stream(stream::iter([Ok::<_, io::Error>(beginning)]).chain(stream::pending()));
        let timed = app().layer(RequestBodyTimeoutLayer::new(Duration::from_secs(5)));
        answer(timed, request(path, media_type, stuck)).assert_code(lift::Code::BadRequest);
    }
}

#[test]
fn a_limit_of_the_body_is_found_below_any_layers() {
    crate::frameworks::log::begin();
    const LIMIT: usize = BODY_LIMIT / 2;
    let limited = || app().layer(RequestBodyLimitLayer::new(LIMIT));
    let timeout = || RequestBodyTimeoutLayer::new(Duration::from_secs(5));
    let below = || app().layer(timeout()).layer(timeout()).layer(RequestBodyLimitLayer::new(LIMIT));
    for (path, media_type, beginning) in READERS {
        for app in [app(), limited(), below()] {
            let large = request(path, media_type, breaking_off(beginning, BODY_LIMIT));
            answer(app, large).assert_code(lift::Code::PayloadTooLarge);
        }
    }
}

/// What a client sends that goes away, or whose chunks are malformed.
fn cut_off(path: &str, media_type: &str, end: &str) -> Vec<u8> {
    let accept = Format::ProblemDetails.media_type();
    format!("POST {path} HTTP/1.1\r\nHost: lift\r\nConnection: close\r\nAccept: {accept}\r\nContent-Type: {media_type}\r\n{end}")
        .into_bytes()
}

#[test]
fn a_client_that_goes_away_is_answered_over_http() {
    for (framework, address) in services() {
        let is_axum = address == axum::address();
        for (path, media_type, beginning) in READERS {
            // actix-web has no such routes.
            if !is_axum && !["/garde", "/validator", "/login"].contains(&path) {
                continue;
            }
            for end in [
                format!("Content-Length: 1000\r\n\r\n{beginning}"),
                format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{beginning}\r\nZZ\r\n", beginning.len()),
            ] {
                let bytes = raw(address, &cut_off(path, media_type, &end), true);
                // actix-web may close the connection without an answer.
                let Some(reply) = Reply::parse(&bytes) else {
                    assert!(!is_axum && bytes.is_empty(), "{framework}: {path} {end}");
                    continue;
                };
                reply.response().assert_code(lift::Code::BadRequest);
            }
            // The limit of actix-web's service is that of JSON.
            if !is_axum && path == "/login" {
                continue;
            }
            let chunk = format!("{}{}", beginning, "a".repeat(2 * BODY_LIMIT));
            let end = format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{chunk}\r\n0\r\n\r\n", chunk.len());
            let bytes = raw(address, &cut_off(path, media_type, &end), false);
            let reply = Reply::parse(&bytes).unwrap_or_else(|| panic!("{framework}: {path}"));
            reply.response().assert_code(lift::Code::PayloadTooLarge);
        }
        // The service goes on.
        assert_eq!(send(address, &Call::anonymous("GET", "/orders/7")).body, "order 7", "{framework}");
    }
}

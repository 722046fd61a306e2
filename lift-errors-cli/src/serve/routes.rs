//! Addresses, and the requests that are refused.

use crate::serve::frame::Body;
use crate::serve::request::{EntryRequest, IndexRequest, Pairs};
use crate::serve::shelf::{Content, Shelf, State};
use crate::serve::{entry, faults, frame, index};
use axum::Router;
use axum::extract::{Path, Query, Request, State as Shared};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use lift_errors::Page;
use std::net::SocketAddr;
use std::sync::Arc;

/// Pages load only what this server has, and nobody shows them in a frame. Their icon is an empty `data:` URL.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; \
    img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PLAIN: &str = "text/plain; charset=utf-8";

pub(super) fn routes(shelf: Arc<Shelf>, address: SocketAddr) -> Router {
    Router::new()
        .route("/", get(show_index))
        .route("/errors/{code}", get(show_entry))
        .route("/errors/{code}/body", get(show_body))
        .route("/revision", get(async |Shared(shelf): Shared<Arc<Shelf>>| shelf.state().revision.to_string()))
        .route("/style.css", get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))))
        .route(
            "/script.js",
            get(async || ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("script.js"))),
        )
        .fallback(async || (StatusCode::NOT_FOUND, "there is no such page; the catalogue is at /"))
        .with_state(shelf)
        .layer(middleware::from_fn(move |request: Request, next: Next| guard(address, request, next)))
}

/// Refuses requests for another host, and adds the headers of every response. A page of a stranger can point a name of its own
/// at this computer (DNS rebinding), and would then read the catalogue; its requests carry that name.
async fn guard(address: SocketAddr, request: Request, next: Next) -> Response {
    let mut response = if is_ours(request.headers(), address.port()) {
        next.run(request).await
    } else {
        let message = format!("this server is at http://{address}/ and answers to no other name\n");
        (StatusCode::MISDIRECTED_REQUEST, message).into_response()
    };
    let fixed: [(HeaderName, &'static str); 4] = [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}

fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    // With two, others would choose which one counts (RFC 9112 §3.2).
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    let (name, given) = host.rsplit_once(':').map_or((host, Some(80)), |(name, given)| (name, given.parse().ok()));
    given == Some(port) && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

async fn show_index(Shared(shelf): Shared<Arc<Shelf>>, Query(pairs): Query<Pairs>) -> Response {
    page(&shelf.state(), |content| (StatusCode::OK, index::page(content, &IndexRequest::new(&pairs))))
}

async fn show_entry(
    Shared(shelf): Shared<Arc<Shelf>>,
    Path(code): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Response {
    page(&shelf.state(), |content| entry::page(content, &code, &pairs))
}

/// The error alone, in its own format.
async fn show_body(
    Shared(shelf): Shared<Arc<Shelf>>,
    Path(code): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Response {
    let Ok(content) = shelf.state().content else {
        return (StatusCode::SERVICE_UNAVAILABLE, "the catalogue has faults").into_response();
    };
    let Some(entry) = content.codes.entry(&code) else {
        return (StatusCode::NOT_FOUND, "the catalogue has no such code").into_response();
    };
    match EntryRequest::new(&content, entry, &pairs) {
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
        Ok(request) if request.is_page() => {
            let framed = Page::CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (CONTENT_SECURITY_POLICY, framed)];
            (headers, request.render()).into_response()
        }
        Ok(request) => ([(CONTENT_TYPE, PLAIN)], request.render()).into_response(),
    }
}

/// A page of the catalogue, or the faults in its place.
fn page(state: &State, content: impl FnOnce(&Content) -> (StatusCode, Body)) -> Response {
    match &state.content {
        Ok(catalog) => {
            let (status, body) = content(catalog);
            (status, frame::frame(state.revision, &body)).into_response()
        }
        Err(report) => frame::frame(state.revision, &faults::page(report)).into_response(),
    }
}

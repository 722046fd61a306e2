//! The last step of a response: an error is written in the place of the response that the service gave.

use super::classify::Handled;
#[cfg(feature = "tonic")]
use super::grpc;
use super::negotiate::Presentation;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use crate::render::brand::Brand;
use crate::render::format::Format;
use crate::render::page::Page;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response;
use crate::server::request_context::{RequestContext, X_REQUEST_ID};
use crate::server::retry_after::retry_after;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes a canonical error: the head in place, the body as the result. Headers that do not describe the old body stay.
pub(super) fn write(
    problem: &Problem<'_>,
    status: StatusCode,
    presentation: &Presentation,
    brand: &Brand<'_>,
    context: &RequestContext,
    head: &mut Parts,
) -> Bytes {
    replace_body_headers(presentation, head);
    #[cfg(feature = "tonic")]
    if let Some(media_type) = presentation.grpc {
        return grpc::write(problem, media_type, head);
    }
    let format = presentation.format;
    let mut body = Vec::new();
    match format {
        Format::Html => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let page = Page::new(*problem, brand).with_time(now).with_method(context.method().as_str());
            page.with_host(context.host()).with_path(context.path()).write(&mut body);
        }
        _ => problem.write(format, &mut body),
    }
    head.status = status;
    // A longer `Retry-After` that the service set stays.
    let longer = retry_after(&head.headers, SystemTime::now()).filter(|wait| problem.retry().wait() < Some(*wait));
    problem.headers(format, |name, value| {
        if longer.is_none() || name != header::RETRY_AFTER {
            error_response::insert(&mut head.headers, name, value);
        }
    });
    // The policy among the error's headers does not allow a style sheet of the brand's own.
    if format == Format::Html && brand.style().is_some() {
        let policy = brand.content_security_policy().to_string();
        error_response::insert(&mut head.headers, "content-security-policy", &policy);
    }
    finish(context, head, body)
}

/// Writes the problem of a status that no entry explains.
pub(super) fn write_status(
    problem: Option<StatusProblem<'_>>,
    presentation: &Presentation,
    context: &RequestContext,
    head: &mut Parts,
) -> Bytes {
    replace_body_headers(presentation, head);
    let mut body = Vec::new();
    if let Some(mut problem) = problem {
        #[cfg(feature = "tonic")]
        if let Some(media_type) = presentation.grpc {
            return grpc::write_status(problem, media_type, head);
        }
        if let Some(id) = RequestId::new(&presentation.request_id) {
            problem = problem.with_request_id(id);
        }
        problem.write(presentation.format, &mut body);
        problem.headers(presentation.format, |name, value| error_response::insert(&mut head.headers, name, value));
    }
    finish(context, head, body)
}

/// Whether a header describes the replaced body, and not the error (IANA's registry of HTTP field names).
///
/// All of `Content-*` do (RFC 9110 §8), except for the policy of pages and, of a 416, the size of the whole
/// representation (RFC 9110 §14.4). A signature (RFC 9421) covers some of them.
fn describes_body(name: &str, status: StatusCode) -> bool {
    match name {
        "content-range" => status != StatusCode::RANGE_NOT_SATISFIABLE,
        "content-security-policy" | "content-security-policy-report-only" => false,
        // RFC 9110 §8.8, §14.3; RFC 9112 §6.1; RFC 9530 §3 and its predecessor RFC 3230.
        "etag" | "last-modified" | "accept-ranges" | "trailer" | "transfer-encoding" | "repr-digest" | "digest" => true,
        // RFC 9421 §4; RFC 3229 §10.5; RFC 9842 §2; RFC 2295 §8; RFC 7089 §2.1; RFC 6638 §8.2; source maps of ECMA-426.
        "signature" | "signature-input" | "im" | "delta-base" | "use-as-dictionary" | "alternates" | "tcn"
        | "variant-vary" | "memento-datetime" | "schedule-tag" | "sourcemap" | "x-sourcemap" => true,
        _ => name.starts_with("content-"),
    }
}

/// Removes the headers that describe the replaced body.
fn remove_body_headers(headers: &mut HeaderMap, status: StatusCode) {
    let next = |headers: &HeaderMap| headers.keys().find(|name| describes_body(name.as_str(), status)).cloned();
    while let Some(name) = next(headers) {
        headers.remove(name);
    }
}

/// Removes the headers that describe the replaced body, and adds the request's id.
fn replace_body_headers(presentation: &Presentation, head: &mut Parts) {
    remove_body_headers(&mut head.headers, head.status);
    if let Ok(value) = HeaderValue::from_str(&presentation.request_id) {
        head.headers.insert(X_REQUEST_ID, value);
    }
}

/// Sets the length and marks the response as handled. A response to HEAD has the length without the body (RFC 9110 §9.3.2).
fn finish(context: &RequestContext, head: &mut Parts, body: Vec<u8>) -> Bytes {
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    head.extensions.insert(Handled);
    if context.method() == Method::HEAD { Bytes::new() } else { Bytes::from(body) }
}

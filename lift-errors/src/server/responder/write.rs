//! Writes a response over HTTP: step 3 of the responder.

use super::Handled;
use super::presentation::Presentation;
use crate::problem::Problem;
use crate::render::brand::Brand;
use crate::render::format::Format;
use crate::render::page::Page;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response;
use crate::server::request_context::RequestContext;
use crate::server::retry_after::retry_after;
use alloc::vec::Vec;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderName, HeaderValue, Method, header};
use std::time::SystemTime;

/// The headers that describe the replaced body (RFC 9110 §8, §14.2).
const BODY_HEADERS: [HeaderName; 10] = [
    header::ACCEPT_RANGES,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("content-digest"),
];

pub(super) fn remove_body_headers(parts: &mut Parts) {
    for name in BODY_HEADERS {
        parts.headers.remove(name);
    }
}

/// Writes an error of a catalogue. Returns the body.
pub(super) fn problem(
    problem: &Problem<'_>,
    presentation: &Presentation,
    brand: &Brand<'_>,
    context: &RequestContext,
    parts: &mut Parts,
) -> Bytes {
    let format = presentation.format;
    let mut body = Vec::new();
    match format {
        Format::Html => {
            let now = httpdate::fmt_http_date(SystemTime::now());
            Page::new(*problem, brand).with_address(context.path()).with_time(&now).write(&mut body);
        }
        _ => problem.write(format, &mut body),
    }
    // A longer `Retry-After` of the service stays.
    let wait = retry_after(&parts.headers, SystemTime::now()).filter(|wait| problem.retry().wait() < Some(*wait));
    problem.headers(format, |name, value| {
        if wait.is_none() || name != header::RETRY_AFTER {
            error_response::insert(&mut parts.headers, name, value);
        }
    });
    finish(context, parts, body)
}

/// Writes a status that no entry explains. Returns the body.
pub(super) fn status(
    problem: StatusProblem<'_>,
    presentation: &Presentation,
    context: &RequestContext,
    parts: &mut Parts,
) -> Bytes {
    let (mut body, format) = (Vec::new(), presentation.format);
    let problem = match presentation.request_id() {
        Some(id) => problem.with_request_id(id),
        None => problem,
    };
    problem.write(format, &mut body);
    problem.headers(format, |name, value| error_response::insert(&mut parts.headers, name, value));
    finish(context, parts, body)
}

/// Adds the length of the body, which is all that a response to HEAD gets (RFC 9110 §9.3.2).
fn finish(context: &RequestContext, parts: &mut Parts, body: Vec<u8>) -> Bytes {
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.extensions.insert(Handled);
    if context.method() == Method::HEAD { Bytes::new() } else { Bytes::from(body) }
}

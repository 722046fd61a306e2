//! The last step of a response: an error is written in the place of the response that the service gave.

#[cfg(debug_assertions)]
use super::debug_member;
#[cfg(feature = "tonic")]
use super::grpc;
use super::negotiate::Presentation;
use crate::catalog::Catalog;
use crate::locale::Locale;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use crate::render::brand::Brand;
use crate::render::contact;
use crate::render::format::Format;
use crate::render::headers::Text;
use crate::render::page::Page;
use crate::render::status_problem::StatusProblem;
use crate::server::clock;
use crate::server::error_response::ErrorResponse;
use crate::server::head::{Buffer, X_REQUEST_ID, header_name};
use crate::server::request_context::RequestContext;
#[cfg(feature = "tonic")]
use crate::server::request_context::RequestIdText;
use crate::server::retry_after::retry_after;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use bytes::Bytes;
#[cfg(feature = "tonic")]
use http::HeaderValue;
use http::response::Parts;
use http::{HeaderMap, Method, StatusCode, header};
use lift_errors_core::display::digits;
use std::time::UNIX_EPOCH;

/// The service's own part of a response.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) brand: Brand<'static>,
    /// Whether JSON has the member `debug`.
    #[cfg(debug_assertions)]
    pub(super) has_debug_member: bool,
}

impl Look {
    fn add_contact(&self, format: Format, catalog: &'static Catalog, locale: Locale, body: &mut Vec<u8>) {
        if let Some(contact) = self.brand.support() {
            contact::write(contact, format, catalog, locale, body);
        }
    }
}

/// Writes a canonical error: the head in place, the body as the result. Headers that do not describe the old body stay.
pub(super) fn write(
    problem: &Problem<'_>,
    error: &ErrorResponse,
    presentation: &Presentation,
    look: &Look,
    context: &mut RequestContext,
    head: &mut Parts,
) -> Bytes {
    remove_body_headers(&mut head.headers, head.status);
    #[cfg(feature = "tonic")]
    if let Some(media_type) = presentation.grpc {
        insert_id(&presentation.request_id, &mut head.headers);
        return grpc::write(problem, media_type, head);
    }
    let (format, brand) = (presentation.format, &look.brand);
    let mut body = Vec::new();
    match format {
        Format::Html => {
            let mut page = Page::new(*problem, brand).with_method(context.method().as_str());
            // Without a clock it is 1970.
            if let Some(now) = clock::now().duration_since(UNIX_EPOCH).ok().filter(|now| !now.is_zero()) {
                page = page.with_time(now);
            }
            page.with_host(context.host()).with_path(context.path()).write(&mut body);
        }
        _ => problem.write(format, &mut body),
    }
    look.add_contact(format, problem.entry().catalog(), problem.locale(), &mut body);
    #[cfg(debug_assertions)]
    if look.has_debug_member && matches!(format, Format::ProblemDetails | Format::Envelope) {
        debug_member::append(error, &mut body);
    }
    head.status = error.status();
    // A longer `Retry-After` that the service set stays, and a shorter one would contradict the body.
    let given = head.headers.contains_key(header::RETRY_AFTER).then(|| retry_after(&head.headers, clock::now()));
    let (given, wait) = (given.flatten(), problem.retry().wait());
    let longer = given.is_some() && wait < given;
    if given.is_some() && given < wait {
        head.headers.remove(header::RETRY_AFTER);
    }
    let mut buffer = Buffer::new(body, &head.headers);
    problem.header_texts(format, |name, value| {
        if let Some(name) = header_name(name).filter(|name| !longer || *name != header::RETRY_AFTER) {
            buffer.header(&mut head.headers, name, value);
        }
    });
    insert_policy(format, brand, head, &mut buffer);
    finish(problem.request_id(), context, head, buffer)
}

/// Writes the problem of a status that no entry explains.
pub(super) fn write_status(
    problem: Option<StatusProblem<'_>>,
    presentation: &Presentation,
    catalog: &'static Catalog,
    look: &Look,
    context: &mut RequestContext,
    head: &mut Parts,
) -> Bytes {
    remove_body_headers(&mut head.headers, head.status);
    let request_id = presentation.request_id.as_id();
    let Some(mut problem) = problem else {
        return finish(request_id, context, head, Buffer::new(Vec::new(), &head.headers));
    };
    #[cfg(feature = "tonic")]
    if let Some(media_type) = presentation.grpc {
        insert_id(&presentation.request_id, &mut head.headers);
        return grpc::write_status(problem, media_type, head);
    }
    if let Some(id) = request_id {
        problem = problem.with_request_id(id);
    }
    problem = problem.with_brand(&look.brand);
    let mut body = Vec::new();
    problem.write(presentation.format, &mut body);
    look.add_contact(presentation.format, catalog, presentation.locale, &mut body);
    let mut buffer = Buffer::new(body, &head.headers);
    problem.header_texts(presentation.format, |name, value| {
        if let Some(name) = header_name(name) {
            buffer.header(&mut head.headers, name, value);
        }
    });
    insert_policy(presentation.format, &look.brand, head, &mut buffer);
    finish(request_id, context, head, buffer)
}

/// Adds the policy of a brand with its own style sheet, which the policy among the error's headers does not allow.
fn insert_policy(format: Format, brand: &Brand<'_>, head: &mut Parts, buffer: &mut Buffer) {
    if format == Format::Html && brand.style().is_some() {
        let policy = brand.content_security_policy().to_string();
        buffer.header(&mut head.headers, header::CONTENT_SECURITY_POLICY, Text::Written(&policy));
    }
}

/// Whether a header describes the replaced body, and not the error (IANA's registry of HTTP field names).
///
/// All of `Content-*` do (RFC 9110 §8), except for the policy of pages and, of a 416, the size of the whole
/// representation (RFC 9110 §14.4). A signature (RFC 9421) covers some of them. A status of gRPC is the replaced error.
fn describes_body(name: &str, status: StatusCode) -> bool {
    match name {
        "content-range" => status != StatusCode::RANGE_NOT_SATISFIABLE,
        "content-security-policy" | "content-security-policy-report-only" => false,
        // RFC 9110 §8.8, §14.3; RFC 9112 §6.1; RFC 9530 §3 and its predecessor RFC 3230.
        "etag" | "last-modified" | "accept-ranges" | "trailer" | "transfer-encoding" | "repr-digest" | "digest" => true,
        // RFC 9421 §4; RFC 3229 §10.5; RFC 9842 §2; RFC 2295 §8; RFC 7089 §2.1; RFC 6638 §8.2; source maps of ECMA-426.
        "signature" | "signature-input" | "im" | "delta-base" | "use-as-dictionary" | "alternates" | "tcn"
        | "variant-vary" | "memento-datetime" | "schedule-tag" | "sourcemap" | "x-sourcemap" => true,
        "grpc-status" | "grpc-message" | "grpc-status-details-bin" => cfg!(feature = "tonic"),
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

/// Adds the id of the request.
#[cfg(feature = "tonic")]
pub(super) fn insert_id(id: &RequestIdText, headers: &mut HeaderMap) {
    if let Some(value) = id.as_id().and_then(|id| HeaderValue::from_str(id.as_str()).ok()) {
        headers.insert(X_REQUEST_ID, value);
    }
}

/// Sets the request's id. A response to HEAD has the length without the body (RFC 9110 §9.3.2); of all others the server says it as
/// it frames the body, since a middleware may give the response another one.
fn finish(
    request_id: Option<RequestId<'_>>,
    context: &mut RequestContext,
    head: &mut Parts,
    mut buffer: Buffer,
) -> Bytes {
    let has_body = context.method() != Method::HEAD;
    if !has_body {
        digits(buffer.body_length() as u64, &mut |length| {
            buffer.header(&mut head.headers, header::CONTENT_LENGTH, Text::Written(length));
        });
    }
    if let Some(id) = request_id {
        buffer.header(&mut head.headers, X_REQUEST_ID, Text::Written(id.as_str()));
    }
    let body = buffer.finish(&mut head.headers);
    context.keep_request_id(&head.headers);
    if has_body { body } else { Bytes::new() }
}

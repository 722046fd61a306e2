//! Responses of gRPC: statuses that tonic left in a response, and errors as headers without a body ("Trailers-Only" of gRPC
//! over HTTP/2).

use super::classify::{Handled, Kind, is_error};
use super::from_status;
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::retry::Retry;
use crate::grpc::{self, StatusSource};
use crate::problem::Problem;
use crate::render::status_problem::StatusProblem;
use crate::server::clock;
use crate::server::error_response::ErrorResponse;
use crate::server::head::{GRPC_STATUS, LIFT_ERROR, X_REQUEST_ID};
use crate::server::request_context::RequestContext;
use crate::server::retry_after::retry_after;
use bytes::Bytes;
use core::error::Error;
use core::time::Duration;
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};
use tonic::metadata::MetadataMap;
use tonic::{Code, Status};

/// The kind of a response in which tonic left a status.
pub(super) fn classify(context: &RequestContext, head: &mut Parts, is_empty: bool) -> Option<Kind> {
    if head.extensions.get::<Handled>().is_some() {
        return None;
    }
    let error = head.extensions.get().and_then(error_of);
    // For callers that do not speak gRPC, a middleware may have made a response of their own of a status.
    let is_status = context.grpc().is_some() || is_empty && !is_error(head);
    // The response that replaces it is recognised by `Handled`.
    let left = head.extensions.remove::<Status>().filter(|_| is_status || error.is_some());
    let status = left.or_else(|| if is_status { of_headers(head) } else { None })?;
    Some(match error {
        Some(error) => Kind::Canonical(error),
        None if status.code() == Code::Ok => Kind::Finished,
        // Another service wrote it canonically, or this one, and it was made anew.
        None if context.grpc().is_some() && head.headers.contains_key(LIFT_ERROR) => Kind::Finished,
        // tonic's router answers with it at each path that it does not know. gRPC makes the same code of a 404.
        None if context.grpc().is_none() && status.code() == Code::Unimplemented && is_bare(&status) => {
            head.status = StatusCode::NOT_FOUND;
            head.headers.remove(header::CONTENT_TYPE);
            Kind::Bare
        }
        None if context.grpc().is_none() && is_unread(&status, context.is_too_short()) => {
            head.status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            head.headers.remove(header::CONTENT_TYPE);
            Kind::Bare
        }
        None => Kind::GrpcStatus(status),
    })
}

/// The status that the headers of a response are: that of a generated service for a method that it does not have.
fn of_headers(head: &Parts) -> Option<Status> {
    let is_foreign = !is_error(head) && !head.headers.contains_key(LIFT_ERROR);
    if is_foreign { Status::from_header_map(&head.headers) } else { None }
}

/// The error that a status was made from, also by tonic (`Status::from_error`).
fn error_of(status: &Status) -> Option<ErrorResponse> {
    let source = status.source()?;
    source.downcast_ref().map(StatusSource::error).or_else(|| source.downcast_ref()).cloned()
}

/// Whether tonic could not read a request, because it is not a message of gRPC. The status of a client that could not read another
/// service's response has other texts, but for an end that comes too early: that one counts where the request is too short for any
/// message.
fn is_unread(status: &Status, is_too_short: bool) -> bool {
    let text = status.message();
    let is_no_message = text.contains("invalid compression flag") && text.ends_with(", while sending request");
    let is_cut = is_too_short && text == "Unexpected EOF decoding stream.";
    status.code() == Code::Internal && (is_no_message || is_cut || text == "Missing request message.")
}

/// Writes an error as headers, in the place of any response.
pub(super) fn write(problem: &Problem<'_>, media_type: &'static str, head: &mut Parts) -> Bytes {
    let id = HeaderValue::from_static(problem.entry().id());
    head.headers.insert("lift-error", id);
    let status = grpc::status(problem, &head.headers);
    write_headers(&status, media_type, head)
}

/// Writes the headers of a status that no entry explains.
pub(super) fn write_status(problem: StatusProblem<'_>, media_type: &'static str, head: &mut Parts) -> Bytes {
    let code = GrpcCode::from_status(problem.status()).number();
    write_headers(&Status::new(grpc::code(code), problem.phrase()), media_type, head)
}

fn write_headers(status: &Status, media_type: &'static str, head: &mut Parts) -> Bytes {
    head.status = StatusCode::OK;
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    // It fails for bytes that are invalid in headers, after the code was written; tonic encodes all such bytes.
    let _ = status.add_header(&mut head.headers);
    forbid_caches(head);
    Bytes::new()
}

/// For HTTP a status is a success, so the service's caching rules for its error must not apply.
pub(super) fn forbid_caches(head: &mut Parts) {
    if head.headers.contains_key(GRPC_STATUS) {
        head.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The status of a problem, with other headers as metadata.
pub(super) fn status_with(problem: &Problem<'_>, headers: HeaderMap) -> Status {
    let mut status = grpc::status(problem, &headers);
    *status.metadata_mut() = MetadataMap::from_headers(headers);
    status
}

/// Whether a status has neither a message nor details.
pub(super) fn is_bare(status: &Status) -> bool {
    status.message().is_empty() && status.details().is_empty()
}

/// The status at the end of a stream, unless it is a success, or is logged already.
pub(super) fn unlogged(trailers: &HeaderMap) -> Option<Status> {
    let is_logged = |name: &HeaderName| trailers.get(name).is_some_and(HeaderValue::is_sensitive);
    let status = Status::from_header_map(trailers).filter(|status| status.code() != Code::Ok)?;
    (!is_logged(&GRPC_STATUS) && !is_logged(&LIFT_ERROR)).then_some(status)
}

/// Marks a status as logged, for a layer further out. On the wire, HPACK does not index a value with this mark (RFC 7541
/// §7.1.3); readers see no difference.
pub(super) fn mark_logged(trailers: &mut HeaderMap) {
    if let Some(code) = trailers.get_mut(GRPC_STATUS) {
        code.set_sensitive(true);
    }
    if let Some(id) = trailers.get_mut(X_REQUEST_ID) {
        id.set_sensitive(false);
    }
}

/// Marks a status as written for a call of this service and not logged yet, in the same way. One that comes from another service
/// has no marks.
pub(super) fn mark_own(metadata: &mut HeaderMap) {
    if let Some(id) = metadata.get_mut(X_REQUEST_ID) {
        id.set_sensitive(true);
    }
}

/// Whether a status was written for a call of this service.
pub(super) fn is_own(trailers: &HeaderMap) -> bool {
    trailers.get(X_REQUEST_ID).is_some_and(HeaderValue::is_sensitive)
}

/// The canonical error with the code of a status that another library wrote, if there is one. For callers that do not speak gRPC,
/// that with the code's status of HTTP.
pub(super) fn explain(
    status: &Status,
    catalog: &'static Catalog,
    headers: &HeaderMap,
    context: &RequestContext,
) -> Option<ErrorResponse> {
    let (code, http_status) = (status.code(), http_status(status.code()));
    let asked = grpc::StatusDetails::new(status).retry_delay().max(retry_after(headers, clock::now()));
    // A full disk is a resource that is exhausted, too: without a delay nobody says that the call was refused (AIP-194).
    let contract = |entry: Entry, asked: Option<Duration>| match entry.retry_kind() {
        RetryKind::After if code == Code::ResourceExhausted && asked.is_none() => {
            Some(Retry::new(RetryKind::Idempotent, None))
        }
        _ => from_status::contract(entry, http_status, asked),
    };
    from_status::explain_asking(catalog, http_status, headers, context.method(), asked, contract).filter(|error| {
        context.grpc().is_none() || grpc::code(error.problem().entry().grpc_code().number()) == status.code()
    })
}

/// The HTTP status that corresponds to a code, as `google.rpc.Code` documents it.
pub(super) fn http_status(code: Code) -> StatusCode {
    let status = grpc::error_code(code as i32).and_then(|code| StatusCode::from_u16(code.http_status()).ok());
    status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;
    use crate::client::ReceivedError;
    use crate::lift;
    use tonic_types::{ErrorDetails, StatusExt as _};

    #[test]
    fn another_services_broken_response_is_not_the_callers_request() {
        let text = "protocol error: received message with invalid compression flag: 60 (valid flags are 0 and 1)";
        let early_end = || "Unexpected EOF decoding stream.".into();
        for (text, is_too_short, expected) in [
            (format!("{text}, while sending request"), false, true),
            (format!("{text} while receiving response with status: 502 Bad Gateway"), true, false),
            ("Missing request message.".into(), false, true),
            (early_end(), false, false),
            (early_end(), true, true),
        ] {
            assert_eq!(is_unread(&Status::internal(&text), is_too_short), expected, "{text}");
        }
    }

    #[test]
    fn a_response_that_a_middleware_made_of_a_status_is_the_callers() {
        let call = http::Request::post("/").header("content-type", "application/grpc").body(()).unwrap().into_parts().0;
        let call = RequestContext::new(&call.method, &call.uri, &call.headers, &call.extensions);
        let classified = |context: &RequestContext, http_status: u16, is_empty| {
            let status = Status::permission_denied("no");
            let mut head =
                http::Response::builder().status(http_status).extension(status).body(()).unwrap().into_parts().0;
            matches!(classify(context, &mut head, is_empty), Some(Kind::GrpcStatus(_)))
        };
        for (http_status, is_empty, is_status) in [(200, true, true), (200, false, false), (403, true, false)] {
            assert_eq!(classified(&RequestContext::unknown(), http_status, is_empty), is_status, "{http_status}");
            assert!(classified(&call, http_status, is_empty), "{http_status}");
        }
    }

    #[test]
    fn a_status_is_explained_with_no_more_than_it_promises() {
        let headers = HeaderMap::new();
        let call = http::Request::post("/depot.Depot/Watch").header("content-type", "application/grpc");
        let call = call.body(()).unwrap().into_parts().0;
        let call = RequestContext::new(&call.method, &call.uri, &call.headers, &call.extensions);
        // The latter does not speak gRPC.
        let contexts = [call, RequestContext::unknown()];
        for code in (0..17).map(Code::from_i32).filter(|code| *code != Code::Ok) {
            for delay in [None, Some(Duration::from_secs(30))] {
                let mut details = ErrorDetails::new();
                if delay.is_some() {
                    details.set_retry_info(delay);
                }
                let status = Status::with_error_details(code, "", details);
                let received = ReceivedError::<lift::Error>::from(status.clone()).retry();
                for context in &contexts {
                    let Some(error) = explain(&status, &lift::CATALOG, &headers, context) else { continue };
                    let said = error.problem().retry();
                    let is_raised = said.kind() == RetryKind::After && received.kind() != RetryKind::After;
                    assert!(!is_raised, "{code:?} {delay:?}: {said:?}, {received:?}");
                    assert!(said.wait() >= received.wait(), "{code:?} {delay:?}: {said:?}, {received:?}");
                }
            }
        }
    }
}

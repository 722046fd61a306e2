//! Errors of gRPC on their way through a layer: headers without a body ("Trailers-Only" of gRPC over HTTP/2). It knows
//! nothing of what a status consists of.

use super::classify::{Answer, Handled};
use super::{ErrorResponder, RequestContext, from_status};
use crate::grpc;
use crate::problem::Problem;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response::ErrorResponse;
use crate::server::telemetry::{self, Occurrence};
use bytes::Bytes;
use core::error::Error;
use http::response::Parts;
use http::{HeaderValue, StatusCode, header};
use lift_errors_core::vocabulary::GrpcCode;
use tonic::{Code, Status};

/// Sorts a response in which tonic left a status.
pub(super) fn sort(parts: &mut Parts) -> Option<Answer> {
    if parts.extensions.get::<Handled>().is_some() {
        return None;
    }
    let failure = failure(parts.extensions.get()?);
    if failure.is_some() {
        clear(parts);
    }
    // What is written in its place is another layer's to know by its mark.
    let status = parts.extensions.remove::<Status>()?;
    Some(match failure {
        Some(failure) => Answer::ErrorResponse(failure),
        None if status.code() == Code::Ok => Answer::Settled,
        None => Answer::Status(status),
    })
}

/// The failure that a status came from.
fn failure(status: &Status) -> Option<ErrorResponse> {
    status.source()?.downcast_ref::<ErrorResponse>().cloned()
}

/// Writes the headers of an error, in the place of a response of whichever kind.
pub(super) fn answer(problem: &Problem<'_>, kind: &'static str, parts: &mut Parts) -> Bytes {
    clear(parts);
    let id = HeaderValue::from_static(problem.entry().id());
    parts.headers.insert("lift-error", id);
    let status = grpc::status(problem, &parts.headers);
    write(&status, kind, parts)
}

/// Writes the headers of a status that no entry explains.
pub(super) fn blank(problem: StatusProblem<'_>, kind: &'static str, parts: &mut Parts) -> Bytes {
    clear(parts);
    let code = GrpcCode::from_status(problem.status()).number();
    write(&Status::new(grpc::code(code), problem.phrase()), kind, parts)
}

fn write(status: &Status, kind: &'static str, parts: &mut Parts) -> Bytes {
    parts.status = StatusCode::OK;
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // For HTTP it is a success, of which what the service said of its error must not be true.
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // It fails for bytes that no header can have, and then has written the code; tonic encodes all such bytes.
    let _ = status.add_header(&mut parts.headers);
    parts.extensions.insert(Handled);
    Bytes::new()
}

fn clear(parts: &mut Parts) {
    for name in ["grpc-status", "grpc-message", "grpc-status-details-bin"] {
        parts.headers.remove(name);
    }
}

impl ErrorResponder {
    /// Deals with a status that somebody else wrote: one without a word is explained, where an entry has the same code;
    /// the others are counted and left alone.
    pub(super) fn settle_status(&self, status: &Status, context: &RequestContext, parts: &mut Parts) -> Option<Bytes> {
        let is_bare = status.message().is_empty() && status.details().is_empty();
        let said = grpc::said(status);
        let http = http_status(status.code());
        let failure = from_status::explain(http, &parts.headers, context.method())
            .filter(|failure| grpc::code(failure.problem().entry().grpc_code().number()) == status.code());
        match failure {
            Some(failure) if is_bare || self.replaces_foreign => Some(self.answer(&failure, &said, context, parts)),
            _ => {
                let request_id = context.given_request_id(&parts.headers);
                telemetry::foreign(&Occurrence { context, request_id, status: http.as_u16(), said: &said });
                parts.extensions.insert(Handled);
                None
            }
        }
    }
}

/// The HTTP status that a code stands for, as `google.rpc.Code` documents it.
fn http_status(code: Code) -> StatusCode {
    match code {
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::AlreadyExists | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Cancelled => StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST),
        Code::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

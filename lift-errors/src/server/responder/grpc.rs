//! Writes a response over gRPC: headers without a body ("Trailers-Only" of gRPC over HTTP/2).

use super::Handled;
use super::from_status;
use crate::grpc;
use crate::problem::Problem;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response::ErrorResponse;
use crate::server::grpc_status::remove_headers;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use lift_errors_core::vocabulary::GrpcCode;
use tonic::{Code, Status};

/// Writes an error of a catalogue.
pub(super) fn write(problem: &Problem<'_>, media_type: &'static str, parts: &mut Parts) -> Bytes {
    remove_headers(parts);
    let id = HeaderValue::from_static(problem.entry().id());
    parts.headers.insert("lift-error", id);
    let status = grpc::status(problem, &parts.headers);
    write_headers(&status, media_type, parts)
}

/// Writes a status that no entry explains.
pub(super) fn write_status(problem: StatusProblem<'_>, media_type: &'static str, parts: &mut Parts) -> Bytes {
    remove_headers(parts);
    let code = GrpcCode::from_status(problem.status()).number();
    write_headers(&Status::new(grpc::code(code), problem.phrase()), media_type, parts)
}

fn write_headers(status: &Status, media_type: &'static str, parts: &mut Parts) -> Bytes {
    parts.status = StatusCode::OK;
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    // To HTTP the response is a success; caching headers that the service set for its error must not apply to it.
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // It fails only for bytes that no header can have, after it has written the code; tonic encodes all such bytes.
    let _ = status.add_header(&mut parts.headers);
    parts.extensions.insert(Handled);
    Bytes::new()
}

/// Whether a status has only its code.
pub(super) fn is_bare(status: &Status) -> bool {
    status.message().is_empty() && status.details().is_empty()
}

/// The canonical error of a status, where an entry has the same code.
pub(super) fn explain(status: &Status, headers: &HeaderMap, method: &Method) -> Option<ErrorResponse> {
    let explained = from_status::explain(http_status(status.code()), headers, method);
    explained.filter(|error| grpc::code(error.problem().entry().grpc_code().number()) == status.code())
}

/// The HTTP status that corresponds to a code, as `google.rpc.Code` documents it.
pub(super) fn http_status(code: Code) -> StatusCode {
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

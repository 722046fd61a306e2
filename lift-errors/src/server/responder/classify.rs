//! The kind of a response: step 1 of the responder. It reads the head of a response and not its body.

use crate::server::error_response::ErrorResponse;
#[cfg(feature = "tonic")]
use crate::server::grpc_status;
use http::response::Parts;
use http::{HeaderMap, header};
use lift_errors_core::status;

/// What a response is to the responder.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Not an error, or one that another layer has already written: it passes unchanged.
    Passed,
    /// An error of the service's own.
    Own(ErrorResponse),
    /// An error status with an empty body, or with plain text.
    Bare,
    /// An error in a format of another origin.
    Foreign,
    /// A gRPC status of another origin.
    #[cfg(feature = "tonic")]
    GrpcStatus(tonic::Status),
}

/// Marks a response that a layer has handled, so that a layer around it passes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handled;

/// Classifies a response by its head, and takes an error of the service's own out of its extensions. `is_empty` states
/// that the response has no body.
pub(super) fn classify(parts: &mut Parts, is_empty: bool) -> Kind {
    let is_error = status::is_error(parts.status.as_u16());
    if parts.extensions.is_empty() && !is_error {
        return Kind::Passed;
    }
    // Another layer may have turned an error into something else, such as a redirect to the login page: then it passes.
    if let Some(error) = parts.extensions.remove::<ErrorResponse>().filter(|_| is_error) {
        return Kind::Own(error);
    }
    let is_handled = parts.extensions.get::<Handled>().is_some();
    #[cfg(feature = "tonic")]
    if !is_handled {
        if let Some(kind) = of_grpc_status(parts) {
            return kind;
        }
    }
    if !is_error || is_handled || is_canonical(&parts.headers) {
        return Kind::Passed;
    }
    let Some(content_type) = parts.headers.get(header::CONTENT_TYPE) else {
        return if is_empty { Kind::Bare } else { Kind::Foreign };
    };
    if is_empty || has_type(content_type.as_bytes(), "text/plain") { Kind::Bare } else { Kind::Foreign }
}

/// Classifies a response in whose extensions tonic left a status.
#[cfg(feature = "tonic")]
fn of_grpc_status(parts: &mut Parts) -> Option<Kind> {
    use core::error::Error as _;

    let status: tonic::Status = parts.extensions.remove()?;
    if let Some(error) = status.source().and_then(|source| source.downcast_ref::<ErrorResponse>()) {
        grpc_status::remove_headers(parts);
        return Some(Kind::Own(error.clone()));
    }
    Some(if status.code() == tonic::Code::Ok { Kind::Passed } else { Kind::GrpcStatus(status) })
}

/// Whether an error is already canonical or standard, such as one of a service behind this one.
fn is_canonical(headers: &HeaderMap) -> bool {
    let problem = |value: &http::HeaderValue| has_type(value.as_bytes(), "application/problem+json");
    headers.contains_key("lift-error") || headers.get(header::CONTENT_TYPE).is_some_and(problem)
}

fn has_type(content_type: &[u8], expected: &str) -> bool {
    let media_type = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
    media_type.trim_ascii().eq_ignore_ascii_case(expected.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    fn kind_of(status: u16, headers: &[(&'static str, &'static str)], is_empty: bool) -> Kind {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        classify(&mut response.body(()).unwrap().into_parts().0, is_empty)
    }

    #[test]
    fn only_what_says_nothing_is_bare() {
        for (headers, is_empty) in [
            (&[][..], true),
            (&[("content-type", "text/plain")], false),
            (&[("content-type", "Text/Plain ; charset=utf-8")], false),
            (&[("content-type", "application/json")], true),
        ] {
            assert!(matches!(kind_of(404, headers, is_empty), Kind::Bare), "{headers:?}");
            assert!(matches!(kind_of(200, headers, is_empty), Kind::Passed), "{headers:?}");
        }
        for content_type in
            ["application/json", "text/html", "application/x-protobuf", "text/event-stream", "text/plainer"]
        {
            assert!(matches!(kind_of(500, &[("content-type", content_type)], false), Kind::Foreign), "{content_type}");
        }
        assert!(matches!(kind_of(500, &[], false), Kind::Foreign));
        for head in [("content-type", "application/problem+json; charset=utf-8"), ("lift-error", "LIFT-0404")] {
            assert!(matches!(kind_of(500, &[head], false), Kind::Passed));
        }
    }

    #[test]
    fn a_failure_is_taken_out_unless_something_else_became_of_it() {
        for (status, is_failure) in [(409, true), (500, true), (302, false), (200, false)] {
            let response: http::Response<alloc::vec::Vec<u8>> = ErrorResponse::new(lift::Error::conflict()).into_http();
            let mut parts = response.into_parts().0;
            parts.status = http::StatusCode::from_u16(status).unwrap();
            assert_eq!(matches!(classify(&mut parts, false), Kind::Own(_)), is_failure, "{status}");
            assert!(parts.extensions.get::<ErrorResponse>().is_none());
        }
    }
}

//! The first step of a response: its kind, decided by its head alone. No body is read.

use crate::server::error_response::ErrorResponse;
use crate::server::passthrough::Passthrough;
use http::response::Parts;
use http::{HeaderMap, header};

/// The kind of a response that a service gave.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A success, or an error that is canonical already: it stays as it is.
    Finished,
    /// An error that the service returned, taken out of the response's extensions.
    Canonical(ErrorResponse),
    /// An error of the service in whose place a layer answers with a success or a redirect, which stays.
    Replaced(ErrorResponse),
    /// An error status without a body, or with plain text, also compressed or of unknown length.
    Bare,
    /// An error that another library wrote in a format of its own.
    Foreign,
    /// A response that is marked to stay as it is, with the error of the service that is beside it, for the log.
    Marked(Passthrough, Option<ErrorResponse>),
    /// A gRPC status that another library wrote.
    #[cfg(feature = "tonic")]
    GrpcStatus(tonic::Status),
}

/// Marks a response that a layer has handled: layers around it leave it alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handled;

/// Whether a status is one of 4xx and 5xx.
pub(crate) fn is_error(head: &Parts) -> bool {
    lift_errors_core::status::is_error(head.status.as_u16())
}

/// The mark of an error that stays as it is.
pub(super) fn marked(head: &mut Parts) -> Option<Kind> {
    let mark = head.extensions.get::<Passthrough>()?.clone();
    let is_open = is_error(head) && head.extensions.get::<Handled>().is_none();
    is_open.then(|| Kind::Marked(mark, head.extensions.remove::<ErrorResponse>()))
}

/// Takes the error of the service out of a response.
pub(super) fn canonical(head: &mut Parts) -> Option<Kind> {
    let error = head.extensions.remove::<ErrorResponse>()?;
    // If an outer layer has turned the error into something else, such as a redirect to the login page, that stays.
    Some(if is_error(head) { Kind::Canonical(error) } else { Kind::Replaced(error) })
}

/// The kind of a response without an error of the service.
pub(super) fn by_head(head: &Parts, is_empty: bool) -> Kind {
    if !is_error(head) || head.extensions.get::<Handled>().is_some() || is_canonical(&head.headers) {
        return Kind::Finished;
    }
    // Rate limiters and proxies write a sentence and say no type. A layer further in may have compressed the sentence or made a
    // stream of it, so that nobody can read it here: it may hold anything, and is replaced unread.
    let content_type = head.headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes());
    let is_plain = content_type.is_none_or(|value| has_type(value, "text/plain") || has_type(value, ""));
    if is_empty || is_plain { Kind::Bare } else { Kind::Foreign }
}

/// Whether an error is canonical or standard already, such as one that a proxied service sent.
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

    fn classified(status: u16, headers: &[(&'static str, &'static str)], is_empty: bool) -> Kind {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        by_head(&response.body(()).unwrap().into_parts().0, is_empty)
    }

    #[test]
    fn only_empty_and_plain_responses_are_bare() {
        for (headers, is_empty) in [
            (&[][..], true),
            (&[], false),
            (&[("content-type", "")], false),
            (&[("content-type", "text/plain")], false),
            (&[("content-type", "Text/Plain ; charset=utf-8")], false),
            (&[("content-type", "text/plain"), ("content-encoding", "gzip")], false),
            (&[("content-encoding", "br")], false),
            (&[("content-type", "application/json")], true),
        ] {
            assert!(matches!(classified(404, headers, is_empty), Kind::Bare), "{headers:?}");
            assert!(matches!(classified(200, headers, is_empty), Kind::Finished), "{headers:?}");
        }
        for content_type in
            ["application/json", "text/html", "application/x-protobuf", "text/event-stream", "text/plainer"]
        {
            for headers in
                [&[("content-type", content_type)][..], &[("content-type", content_type), ("content-encoding", "gzip")]]
            {
                assert!(matches!(classified(500, headers, false), Kind::Foreign), "{headers:?}");
            }
        }
        for head in [("content-type", "application/problem+json; charset=utf-8"), ("lift-error", "LIFT-0404")] {
            assert!(matches!(classified(500, &[head], false), Kind::Finished));
            assert!(matches!(classified(500, &[head, ("content-encoding", "gzip")], false), Kind::Finished));
        }
    }

    #[test]
    fn an_error_is_taken_out_unless_a_layer_replaced_it() {
        for (status, is_error) in [(409, true), (500, true), (302, false), (200, false)] {
            let response: http::Response<alloc::vec::Vec<u8>> = ErrorResponse::new(lift::Error::conflict()).into_http();
            let mut parts = response.into_parts().0;
            parts.status = http::StatusCode::from_u16(status).unwrap();
            let kind = canonical(&mut parts);
            assert_eq!(matches!(kind, Some(Kind::Canonical(_))), is_error, "{status}");
            assert_eq!(matches!(kind, Some(Kind::Replaced(_))), !is_error, "{status}");
            assert!(parts.extensions.get::<ErrorResponse>().is_none());
        }
    }
}

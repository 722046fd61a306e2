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
    /// An error status without a body, or with plain text.
    Bare,
    /// An error that another library wrote in a format of its own.
    Foreign,
    /// A response that is marked to stay as it is, with the error of the service that is beside it, for the log.
    Marked(Passthrough, Option<ErrorResponse>),
    /// A gRPC status that another library wrote.
    #[cfg(feature = "tonic")]
    GrpcStatus(tonic::Status),
}

/// The body of a response, as far as the kind of the response depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// There is none.
    Empty,
    /// Its length is known.
    Whole,
    /// It comes piece by piece. Only the layers of frameworks see such a body.
    #[cfg_attr(not(any(feature = "actix-web", feature = "tower")), allow(dead_code))]
    Streamed,
}

impl Content {
    /// The content with a length, where that is known.
    #[cfg(any(feature = "actix-web", feature = "tower"))]
    pub(crate) fn of_length(length: Option<u64>) -> Self {
        match length {
            Some(0) => Self::Empty,
            Some(_) => Self::Whole,
            None => Self::Streamed,
        }
    }
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
pub(super) fn by_head(head: &Parts, content: Content) -> Kind {
    if !is_error(head) || head.extensions.get::<Handled>().is_some() || is_canonical(&head.headers) {
        return Kind::Finished;
    }
    // Rate limiters and proxies write a sentence and say no type.
    let content_type = head.headers.get(header::CONTENT_TYPE);
    let is_plain = content_type.is_none_or(|value| has_type(value.as_bytes(), "text/plain"));
    match content {
        Content::Empty => Kind::Bare,
        // A stream, such as that of a proxy, goes on for as long as it likes, and nobody can read what is compressed.
        Content::Whole if is_plain && !head.headers.contains_key(header::CONTENT_ENCODING) => Kind::Bare,
        Content::Whole | Content::Streamed => Kind::Foreign,
    }
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

    fn classified(status: u16, headers: &[(&'static str, &'static str)], content: Content) -> Kind {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        by_head(&response.body(()).unwrap().into_parts().0, content)
    }

    #[test]
    fn only_empty_and_plain_responses_are_bare() {
        for (headers, content) in [
            (&[][..], Content::Empty),
            (&[], Content::Whole),
            (&[("content-type", "text/plain")], Content::Whole),
            (&[("content-type", "Text/Plain ; charset=utf-8")], Content::Whole),
            (&[("content-type", "application/json")], Content::Empty),
        ] {
            assert!(matches!(classified(404, headers, content), Kind::Bare), "{headers:?}");
            assert!(matches!(classified(200, headers, content), Kind::Finished), "{headers:?}");
        }
        for content_type in
            ["application/json", "text/html", "application/x-protobuf", "text/event-stream", "text/plainer"]
        {
            assert!(
                matches!(classified(500, &[("content-type", content_type)], Content::Whole), Kind::Foreign),
                "{content_type}"
            );
        }
        for headers in [&[][..], &[("content-type", "text/plain")]] {
            assert!(matches!(classified(500, headers, Content::Streamed), Kind::Foreign), "{headers:?}");
        }
        let compressed = [("content-type", "text/plain"), ("content-encoding", "gzip")];
        assert!(matches!(classified(500, &compressed, Content::Whole), Kind::Foreign));
        for head in [("content-type", "application/problem+json; charset=utf-8"), ("lift-error", "LIFT-0404")] {
            assert!(matches!(classified(500, &[head], Content::Whole), Kind::Finished));
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

//! What kind of response a service gave, as far as errors go. It reads the head of a response and no body.

use crate::server::error_response::ErrorResponse;
use http::response::Parts;
use http::{HeaderMap, header};

/// A response as the layer sees it.
#[derive(Debug)]
pub(crate) enum Answer {
    /// No error, or one that another layer has written already: it is left alone.
    Settled,
    /// An error of the service's own, on its way.
    ErrorResponse(ErrorResponse),
    /// A status with nothing to show, or with a line of plain text.
    Bare,
    /// An error in a form of somebody else's.
    Foreign,
    /// A status of gRPC that somebody else wrote.
    #[cfg(feature = "tonic")]
    Status(tonic::Status),
}

/// Marks a response that a layer has dealt with: another one around it leaves it alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handled;

impl Answer {
    /// Sorts a response by its head, and takes a failure out of it. `is_empty` says that it has no body.
    pub(crate) fn sort(parts: &mut Parts, is_empty: bool) -> Self {
        let is_error = parts.status.is_client_error() || parts.status.is_server_error();
        if parts.extensions.is_empty() && !is_error {
            return Self::Settled;
        }
        // What a layer made of an error later, such as a way to the login page, is the service's last word.
        if let Some(failure) = parts.extensions.remove::<ErrorResponse>().filter(|_| is_error) {
            return Self::ErrorResponse(failure);
        }
        #[cfg(feature = "tonic")]
        if let Some(answer) = super::grpc::sort(parts) {
            return answer;
        }
        if !is_error || parts.extensions.get::<Handled>().is_some() || is_canonical(&parts.headers) {
            return Self::Settled;
        }
        let Some(content_type) = parts.headers.get(header::CONTENT_TYPE) else {
            return if is_empty { Self::Bare } else { Self::Foreign };
        };
        if is_empty || has_type(content_type.as_bytes(), "text/plain") { Self::Bare } else { Self::Foreign }
    }
}

/// Whether an error is canonical, or standard: that of a service behind this one, say.
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

    fn sorted(status: u16, headers: &[(&'static str, &'static str)], is_empty: bool) -> Answer {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Answer::sort(&mut response.body(()).unwrap().into_parts().0, is_empty)
    }

    #[test]
    fn only_what_says_nothing_is_bare() {
        for (headers, is_empty) in [
            (&[][..], true),
            (&[("content-type", "text/plain")], false),
            (&[("content-type", "Text/Plain ; charset=utf-8")], false),
            (&[("content-type", "application/json")], true),
        ] {
            assert!(matches!(sorted(404, headers, is_empty), Answer::Bare), "{headers:?}");
            assert!(matches!(sorted(200, headers, is_empty), Answer::Settled), "{headers:?}");
        }
        for content_type in
            ["application/json", "text/html", "application/x-protobuf", "text/event-stream", "text/plainer"]
        {
            assert!(matches!(sorted(500, &[("content-type", content_type)], false), Answer::Foreign), "{content_type}");
        }
        assert!(matches!(sorted(500, &[], false), Answer::Foreign));
        for head in [("content-type", "application/problem+json; charset=utf-8"), ("lift-error", "LIFT-0404")] {
            assert!(matches!(sorted(500, &[head], false), Answer::Settled));
        }
    }

    #[test]
    fn a_failure_is_taken_out_unless_something_else_became_of_it() {
        for (status, is_failure) in [(409, true), (500, true), (302, false), (200, false)] {
            let response: http::Response<alloc::vec::Vec<u8>> = ErrorResponse::new(lift::Error::conflict()).into_http();
            let mut parts = response.into_parts().0;
            parts.status = http::StatusCode::from_u16(status).unwrap();
            assert_eq!(matches!(Answer::sort(&mut parts, false), Answer::ErrorResponse(_)), is_failure, "{status}");
            assert!(parts.extensions.get::<ErrorResponse>().is_none());
        }
    }
}

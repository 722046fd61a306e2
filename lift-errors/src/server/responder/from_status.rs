//! What a status says that came without a word: from a router, an extractor, a layer of somebody else's.

use crate::lift;
use crate::server::error_response::ErrorResponse;
use crate::server::retry_after::retry_after;
use core::time::Duration;
use http::{HeaderMap, Method, StatusCode, header};
use std::time::SystemTime;

/// The longest wait that is passed on as a number: readers of JSON count in 53 bits, and people in days.
const LONGEST_WAIT: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// The longest method that is repeated: a caller may invent one.
const LONGEST_METHOD: usize = 20;

/// The canonical error of a status; none where no entry fits what the response says.
pub(crate) fn explain(status: StatusCode, headers: &HeaderMap, method: &Method) -> Option<ErrorResponse> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let error = match status {
        StatusCode::BAD_REQUEST => lift::Error::validation_failed(),
        StatusCode::UNAUTHORIZED => lift::Error::unauthorized(),
        StatusCode::FORBIDDEN => lift::Error::forbidden(),
        StatusCode::NOT_FOUND => lift::Error::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => {
            let allow = text(header::ALLOW)?.split(',').map(str::trim).collect::<alloc::vec::Vec<_>>().join(", ");
            let method: alloc::string::String = method.as_str().chars().take(LONGEST_METHOD).collect();
            lift::method_not_allowed::new(allow).with_method(method).build()
        }
        StatusCode::CONFLICT => lift::Error::conflict(),
        StatusCode::PAYLOAD_TOO_LARGE => lift::Error::payload_too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => lift::Error::unsupported_media_type(),
        StatusCode::UNPROCESSABLE_ENTITY => lift::Error::unprocessable_content(),
        StatusCode::INTERNAL_SERVER_ERROR => lift::Error::internal_server_error(),
        StatusCode::BAD_GATEWAY => lift::Error::bad_gateway(),
        // The entry promises that nothing was done and that any request may be sent again. Whoever refuses requests says
        // until when; without that somebody may have given up half way.
        StatusCode::SERVICE_UNAVAILABLE => {
            let wait = retry_after(headers, SystemTime::now()).filter(|wait| *wait <= LONGEST_WAIT)?;
            lift::Error::service_unavailable(wait)
        }
        StatusCode::GATEWAY_TIMEOUT => lift::Error::gateway_timeout(),
        _ => return None,
    };
    Some(ErrorResponse::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_explained_where_an_entry_fits() {
        let mut headers = HeaderMap::new();
        let explained = |status: u16, headers: &HeaderMap| {
            let failure = explain(StatusCode::from_u16(status).unwrap(), headers, &Method::DELETE)?;
            assert_eq!(failure.status(), status);
            Some(failure.problem().display(crate::Format::Envelope).to_string())
        };
        for status in 400..600 {
            let known = lift::Code::from_status(status).is_some();
            assert_eq!(explained(status, &headers).is_some(), known && !matches!(status, 405 | 429 | 503), "{status}");
        }
        headers.insert(header::ALLOW, "GET,PUT".parse().unwrap());
        headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
        assert!(explained(405, &headers).unwrap().contains("GET, PUT"));
        assert!(explained(503, &headers).unwrap().contains("\"retryAfter\":7"));
        for unreadable in ["soon", "99999999999999999999"] {
            headers.insert(header::RETRY_AFTER, unreadable.parse().unwrap());
            assert!(explained(503, &headers).is_none(), "{unreadable}");
        }
        headers.insert(header::DATE, "Wed, 21 Oct 2099 07:27:00 GMT".parse().unwrap());
        headers.insert(header::RETRY_AFTER, "Wed, 21 Oct 2099 07:28:00 GMT".parse().unwrap());
        headers.append(header::RETRY_AFTER, "5".parse().unwrap());
        assert!(explained(503, &headers).unwrap().contains("\"retryAfter\":60"));
    }
}

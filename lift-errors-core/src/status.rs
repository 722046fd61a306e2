//! HTTP status codes and their reason phrases.

use crate::vocabulary::RetryKind;

/// The statuses that an error can have, RFC 9110 §15.5 and §15.6.
pub const ERRORS: core::ops::RangeInclusive<u16> = 400..=599;

/// Whether a status is an error, 400 to 599.
pub const fn is_error(status: u16) -> bool {
    *ERRORS.start() <= status && status <= *ERRORS.end()
}

/// The number of error statuses.
pub const COUNT: usize = (*ERRORS.end() - *ERRORS.start() + 1) as usize;

/// The reason phrase of an error status in the IANA registry. An unregistered status has the phrase of its class
/// (RFC 9110 §15: an unknown status is treated as the x00 of its class).
pub const fn phrase(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        510 => "Not Extended",
        511 => "Network Authentication Required",
        status if status < 500 => "Bad Request",
        _ => "Internal Server Error",
    }
}

/// The header without which a response with this status is of little use, and the standard that describes it.
pub const fn required_header(status: u16) -> Option<(&'static str, &'static str)> {
    match status {
        401 => Some(("WWW-Authenticate", "RFC 9110 §15.5.2")),
        405 => Some(("Allow", "RFC 9110 §15.5.6")),
        407 => Some(("Proxy-Authenticate", "RFC 9110 §15.5.8")),
        426 => Some(("Upgrade", "RFC 9110 §15.5.22")),
        429 => Some(("Retry-After", "RFC 6585 §4")),
        503 => Some(("Retry-After", "RFC 9110 §15.6.4")),
        _ => None,
    }
}
/// The contract of an error that promises a delay and does not know it. A 429 refused the request before anything was done
/// (RFC 6585 §4), so that any request may be sent again; of other statuses a proxy may have given up half way.
pub const fn retry_without_delay(status: Option<u16>) -> RetryKind {
    match status {
        Some(429) => RetryKind::After,
        _ => RetryKind::Idempotent,
    }
}

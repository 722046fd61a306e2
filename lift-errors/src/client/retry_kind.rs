//! The kind of retry that a bare status of HTTP or a code of gRPC allows.

use http::StatusCode;
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};

/// The contract of a status, for errors without their own. A server that refused a request (4xx) with a delay did not carry it
/// out (a 413 for example, RFC 9110 §15.5.14), and neither did one that limits requests (RFC 6585 §4). After a 5xx the request
/// may have been carried out in part. A 500 without a delay will occur again.
pub(super) fn by_status(status: StatusCode, asks_to_wait: bool) -> RetryKind {
    match status.as_u16() {
        // Those above 511 are Cloudflare's, for an origin that did not answer as it should.
        408 | 502..=504 | 520..=524 => RetryKind::Idempotent,
        429 => RetryKind::After,
        400..=499 if asks_to_wait => RetryKind::After,
        500..=599 if asks_to_wait => RetryKind::Idempotent,
        _ => RetryKind::Never,
    }
}

/// The contract of a gRPC code, for errors without their own (AIP-194): a call to an unavailable service may be repeated if it
/// is safe to repeat, and any call that the service refused because of a limit, with a delay.
pub(super) fn by_code(code: GrpcCode, asks_to_wait: bool) -> RetryKind {
    match code {
        GrpcCode::Unavailable => RetryKind::Idempotent,
        GrpcCode::ResourceExhausted if asks_to_wait => RetryKind::After,
        _ => RetryKind::Never,
    }
}

/// Whether a gRPC code is that of a call that may have been carried out in part, as one of HTTP's 5xx.
pub(super) fn is_failure(code: GrpcCode) -> bool {
    matches!(
        code,
        GrpcCode::Cancelled
            | GrpcCode::Unknown
            | GrpcCode::DeadlineExceeded
            | GrpcCode::Unimplemented
            | GrpcCode::Internal
            | GrpcCode::Unavailable
            | GrpcCode::DataLoss
    )
}

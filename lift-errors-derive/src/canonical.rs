//! The codes of the canonical catalogue `lift`. With them, the derive can report a code that `lift` does not have. The test
//! `the_derive_knows_the_canonical_codes` compares this list with the catalogue.

/// All codes, as attributes write them.
pub(crate) const CODES: &[&str] = &[
    "unauthorized",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "conflict",
    "payload_too_large",
    "unsupported_media_type",
    "unprocessable_content",
    "too_many_requests",
    "internal_server_error",
    "bad_gateway",
    "service_unavailable",
    "gateway_timeout",
    "session_expired",
    "permission_denied",
    "import_failed",
    "validation_failed",
    "connection_failed",
];

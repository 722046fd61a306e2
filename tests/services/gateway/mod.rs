//! The example service, started as a process and met over real HTTP: every error that it has a
//! reason for, in each format, and requests that mean no good.
//!
//! Each test has a gateway of its own, so that rate limits and records are nobody else's, and speaks plain
//! TCP, so that every byte of an answer is looked at.

mod caller;
mod calls;
mod case;
mod errors;
mod hostile;
mod imports;
mod intruder;
mod languages;
mod life;
mod process;

use lift_errors::lift::Code;

/// The errors that the gateway has a reason for. Its tour shows each, and its own requests get no others.
const ERRORS: [Code; 19] = [
    Code::BadRequest,
    Code::Unauthorized,
    Code::Forbidden,
    Code::NotFound,
    Code::MethodNotAllowed,
    Code::Conflict,
    Code::PayloadTooLarge,
    Code::UnsupportedMediaType,
    Code::UnprocessableContent,
    Code::TooManyRequests,
    Code::InternalServerError,
    Code::BadGateway,
    Code::ServiceUnavailable,
    Code::GatewayTimeout,
    Code::InsufficientStorage,
    Code::SessionExpired,
    Code::PermissionDenied,
    Code::ImportFailed,
    Code::ValidationFailed,
];

const REQUEST_ID: &str = "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11";
const SHARED_KEY: &str = "shared-5a7c01";
const DEDICATED_KEY: &str = "dedicated-93ac44";
const OPERATOR_KEY: &str = "operator-c50e9b";

/// The request headers that the answers depend on: ours, and that of CORS.
const VARY: [&str; 4] = ["Accept", "Accept-Language", "origin", "access-control-request-method"];

/// Texts that no error may show: those of sources, places on the server, other services, credentials.
const CANARIES: [&str; 20] = [
    "os error",
    "Connection refused",
    "Peer disconnected",
    "EOF while parsing",
    "expected value",
    "invalid digit",
    "invalid type",
    "found record with",
    "lift-gateway",
    ".json",
    "127.0.0.1",
    "SWIFT TERMINAL",
    "carrier password",
    "swift",
    "http status",
    "panicked",
    ".rs:",
    SHARED_KEY,
    DEDICATED_KEY,
    "red-forklift",
];

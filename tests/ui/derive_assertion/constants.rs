//! Parameters that an attribute fills: the entry has them, and the values are of their types.

use lift_errors::LiftError;
use std::time::Duration;

#[derive(Debug, LiftError)]
enum Names {
    #[lift(code = forbidden, required_rol = "Manager")]
    Misspelt,
    #[lift(code = unauthorized, resource = "order {number}")]
    NoParameters {
        #[lift(skip)]
        number: u64,
    },
}

struct Opaque;

#[derive(Debug, LiftError)]
enum Values {
    #[lift(code = payload_too_large, limit_bytes = "1 MB")]
    TextForNumber,
    #[lift(code = gateway_timeout, limit = 5)]
    NumberForDuration,
    #[lift(code = payload_too_large, limit_bytes = "{bytes} bytes")]
    FormattedNumber { bytes: u64 },
    #[lift(code = not_found, resource = Opaque)]
    NotDisplay,
    #[lift(code = not_found, resource = "order {number}")]
    FieldNotDisplay { number: Vec<u8> },
    #[lift(code = too_many_requests, limit = 60, retry_after = Duration::from_secs(5))]
    Incomplete,
}

fn main() {}

//! Codes by their numbers, of tonic and of catalogues.

use lift_errors_core::vocabulary::GrpcCode;
use tonic::Code;

/// The code of tonic with a number.
pub(crate) fn code(number: u8) -> Code {
    Code::from_i32(i32::from(number))
}

/// The code of an error with a number: 0 is OK.
pub(crate) fn error_code(number: i32) -> Option<GrpcCode> {
    GrpcCode::from_number(u32::try_from(number).ok()?.checked_sub(1)?)
}

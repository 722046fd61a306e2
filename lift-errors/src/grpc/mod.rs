//! Canonical errors as statuses of gRPC, and back: code, message, and the details of google.rpc.

mod budget;
mod details;
mod into_status;
mod status_details;

pub use status_details::StatusDetails;

use crate::problem::Problem;
use budget::ByteBudget;
use http::HeaderMap;
use tonic::{Code, Status};

/// The status of an error that stays below the limit together with other headers.
pub(crate) fn status(problem: &Problem<'_>, others: &HeaderMap) -> Status {
    let message = details::message(problem);
    let code = code(problem.entry().grpc_code().number());
    let details = details::encode(problem, code, &message, ByteBudget::beside(others, &message));
    Status::with_details(code, message, details.into())
}

/// The code with a number.
pub(crate) fn code(number: u8) -> Code {
    Code::from_i32(i32::from(number))
}

/// The message of a status that another library wrote, for the log.
pub(crate) fn log_text(status: &Status) -> alloc::string::String {
    let mut words = budget::BoundedString::new();
    crate::message::output::Output::push(&mut words, status.message());
    words.finish()
}

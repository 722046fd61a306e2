//! Canonical errors as statuses of gRPC, and back: code, message, and the details of google.rpc.

mod budget;
mod code;
mod details;
mod into_status;
mod status_details;
mod status_source;

pub(crate) use code::{code, error_code};
pub use status_details::StatusDetails;
pub(crate) use status_source::StatusSource;

use crate::message::foreign::text_of;
use crate::message::output::Output as _;
use crate::problem::Problem;
use crate::problem::lift_error::MAX_SOURCES;
use alloc::string::String;
use alloc::vec::Vec;
use budget::{BoundedString, ByteBudget};
use core::error::Error as _;
use http::HeaderMap;
use tonic::Status;

/// The status of an error that stays below the limit together with other headers.
pub(crate) fn status(problem: &Problem<'_>, others: &HeaderMap) -> Status {
    let message = details::message(problem);
    let code = code(problem.entry().grpc_code().number());
    let details = details::encode(problem, code, &message, ByteBudget::beside(others, &message));
    Status::with_details(code, message, details.into())
}

/// The message of a status that another library wrote, and its sources, for the log: clients see the message alone. A text that
/// an earlier one contains is left out.
pub(crate) fn log_text(status: &Status) -> String {
    let mut words = BoundedString::new();
    words.push(status.message());
    let mut seen = Vec::from([String::from(status.message())]);
    for source in core::iter::successors(status.source(), |&source| source.source()).take(MAX_SOURCES) {
        let text = text_of(source);
        if !seen.iter().any(|earlier| earlier.contains(&text)) {
            words.push(match seen.iter().rfind(|earlier| !earlier.is_empty()) {
                None => "",
                Some(sentence) if sentence.ends_with('.') => " ",
                Some(_) => ": ",
            });
            words.push(&text);
            seen.push(text);
        }
    }
    words.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_the_sources_of_a_status() {
        let refused = || std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "no connection to db-1");
        let mut status = Status::internal("The order was not saved.");
        assert_eq!(log_text(&status), "The order was not saved.");
        status.set_source(alloc::sync::Arc::new(refused()));
        assert_eq!(log_text(&status), "The order was not saved. no connection to db-1");
        let mut status = Status::internal("");
        status.set_source(alloc::sync::Arc::new(refused()));
        assert_eq!(log_text(&status), "no connection to db-1");
        // tonic makes the message of the error itself.
        assert_eq!(log_text(&Status::from_error(refused().into())), "no connection to db-1");
    }
}

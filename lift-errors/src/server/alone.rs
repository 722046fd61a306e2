//! An error that answers nobody, and that no response could have: the log has it as itself.

use crate::catalog::entry::Entry;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::Value;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::server::error_response::ErrorResponse;
use core::error::Error;
use core::fmt;

/// An error that has no response, with the fields that the service has added for the log.
#[derive(Debug)]
pub(super) struct Alone<'a> {
    pub(super) response: &'a ErrorResponse,
    pub(super) error: &'a dyn LiftError,
}

impl LiftError for Alone<'_> {
    fn entry(&self) -> Entry {
        self.error.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.error.parameter(parameter)
    }

    fn __log_facts(&self) -> LogFacts {
        let facts = self.response.__log_facts();
        LogFacts { severity: facts.severity.or(self.error.__log_facts().severity), ..facts }
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.response.__log_fields(visit);
    }
}

impl fmt::Display for Alone<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error, f)
    }
}

impl Error for Alone<'_> {}

//! An occurrence of an entry with its example values, or of a status that no entry explains.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::parameter::Parameter;
use crate::catalog::phrase::Rewording;
use crate::catalog::value::Value;
use crate::lift;
use crate::problem::Problem;
use crate::problem::field_error::{FieldError, FieldErrors};
use crate::problem::lift_error::LiftError;
use crate::problem::request_id::RequestId;
use crate::render::format::Format;
use crate::render::status_problem::StatusProblem;
use alloc::string::{String, ToString as _};
use core::fmt;

/// The request id of the examples.
pub(super) const REQUEST_ID: &str = "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11";

/// An error of an entry with the example values of its parameters.
pub(super) struct Example {
    entry: Entry,
    /// The parameters that have a value, one bit each.
    given: u32,
    field_errors: FieldErrors,
}

impl Example {
    /// The occurrence that the first detail describes. It has the optional parameters that this text names, and those that no
    /// text names.
    pub(super) fn new(entry: Entry) -> Self {
        let asked_for = entry.alternatives().fold(0, |all, detail| all | detail.when());
        let named = entry.alternatives().find(|detail| detail.cause().is_none()).map_or(0, |detail| detail.when());
        let bit = |number: u8| 1_u32.checked_shl(u32::from(number)).unwrap_or(0);
        let given = entry
            .parameters()
            .filter(|parameter| {
                let bit = bit(parameter.number());
                !parameter.is_optional() || named & bit != 0 || asked_for & bit == 0
            })
            .fold(0, |all, parameter| all | bit(parameter.number()));
        let field_errors = entry.has_field_errors().then(|| {
            let violation =
                lift::field_error::too_small(1).reworded(Rewording { from: &lift::CATALOG, to: entry.catalog() });
            FieldErrors::from_iter([FieldError::new("/lines/0/quantity", violation)])
        });
        Self { entry, given, field_errors: field_errors.unwrap_or_default() }
    }

    /// The occurrence, for rendering.
    pub(super) fn body(&self, format: Format) -> String {
        let problem = RequestId::new(REQUEST_ID).map_or(self.problem(), |id| self.problem().with_request_id(id));
        problem.display(format).to_string()
    }
}

/// The body of a status that no entry of the catalogue explains.
pub(super) fn unexplained(catalog: &'static Catalog, format: Format) -> String {
    let problem = StatusProblem::new(418).map(|problem| problem.with_catalog(catalog));
    let problem = problem.map(|problem| RequestId::new(REQUEST_ID).map_or(problem, |id| problem.with_request_id(id)));
    problem.map(|problem| problem.display(format).to_string()).unwrap_or_default()
}

impl LiftError for Example {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        let given = self.given.checked_shr(u32::from(parameter.number())).is_some_and(|bits| bits & 1 == 1);
        given.then(|| parameter.example())
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        Some(&self.field_errors)
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Problem::new(self).log_detail(f)
    }
}

impl fmt::Debug for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry.fmt(f)
    }
}

impl core::error::Error for Example {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    #[test]
    fn an_example_is_what_the_first_detail_speaks_of() {
        for (entry, detail) in [
            (lift::forbidden::ENTRY, "This needs the Manager role, which your account does not have."),
            (lift::too_many_requests::ENTRY, "More than 60 requests in 1 minute. Try again in 12 seconds."),
            (lift::method_not_allowed::ENTRY, "This address does not take DELETE requests. It takes GET, POST."),
        ] {
            assert_eq!(Example::new(entry).to_string(), detail);
        }
    }

    #[test]
    fn parameters_that_go_with_another_detail_are_absent() {
        let example = Example::new(lift::import_failed::ENTRY);
        let given: Vec<&str> = example.problem().public_parameters().map(|(parameter, _)| parameter.name()).collect();
        assert_eq!(given, ["missing_header"]);
    }

    #[test]
    fn what_clients_must_not_see_is_in_no_example() {
        let body = Example::new(lift::gateway_timeout::ENTRY).body(Format::ProblemDetails);
        assert!(body.contains("\"limit\":") && !body.contains("upstream"), "{body}");
    }
}

//! A canonical error in the words of the catalogue that a service has in place of the canonical one.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::lift;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::render::format::Format;
use crate::server::error_response::ErrorResponse;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use http::{HeaderMap, HeaderName};
use lift_errors_core::vocabulary::RetryKind;

/// The error of `base` that says the same as a canonical error: that of the same code, else that of the same status. `None` if
/// the error is not canonical, or if `base` has no entry that it fits.
pub(super) fn rebase(error: &ErrorResponse, base: &'static Catalog) -> Option<ErrorResponse> {
    let canonical = error.error().entry();
    if !canonical.catalog().ptr_eq(&lift::CATALOG) || base.ptr_eq(&lift::CATALOG) {
        return None;
    }
    let status = error.status().as_u16();
    let of_code = base.entries().find(|entry| entry.code() == canonical.code() && entry.status() == Some(status));
    let rebased = |entry| Some(Rebased { entry, error: error.clone() }).filter(Rebased::is_whole);
    of_code
        .and_then(rebased)
        .or_else(|| base.default_entry(status).and_then(rebased))
        .map(|rebased| error.replaced_by(rebased))
}

/// Removes the headers that a canonical error has written: the service has not said them.
pub(super) fn remove_headers(error: &ErrorResponse, headers: &mut HeaderMap) {
    error.problem().headers(Format::ProblemDetails, |name, written| {
        let others: Vec<_> = headers.get_all(name).iter().filter(|value| *value != written).cloned().collect();
        headers.remove(name);
        for value in others {
            headers.append(HeaderName::from_static(name), value);
        }
    });
}

/// An error with the values of another one, whose parameters and causes have the same names.
#[derive(Debug)]
struct Rebased {
    entry: Entry,
    error: ErrorResponse,
}

impl Rebased {
    /// Whether the error has what its entry needs.
    fn is_whole(&self) -> bool {
        let may_lack = |parameter: &Parameter| parameter.is_optional() || parameter.is_lackable();
        self.entry.parameters().all(|parameter| may_lack(&parameter) || self.parameter(parameter).is_some())
    }
}

impl LiftError for Rebased {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        let is_it = |other: &Parameter| other.name() == parameter.name() && other.kind() == parameter.kind();
        let error = self.error.error();
        let same = error.entry().parameters().find(is_it);
        match same.and_then(|same| error.parameter(same)) {
            // The other catalogue may call its delay otherwise.
            None if self.entry.delay() == Some(parameter.number()) => {
                let retry = self.error.problem().retry();
                let is_safe = retry.kind() == RetryKind::After || self.__retry().is_some();
                retry.wait().filter(|_| is_safe).map(Value::Duration)
            }
            value => value,
        }
    }

    fn __retry(&self) -> Option<Retry> {
        self.error.__retry()
    }

    fn known_cause(&self) -> Option<Cause> {
        let known = self.error.known_cause()?;
        self.entry.causes().find(|cause| cause.id() == known.id())
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.error.field_errors()
    }

    fn __log_facts(&self) -> LogFacts {
        self.error.__log_facts()
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.error.__log_fields(visit);
    }

    fn __is_bare(&self) -> bool {
        true
    }
}

impl fmt::Display for Rebased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().log_detail(f)
    }
}

impl Error for Rebased {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

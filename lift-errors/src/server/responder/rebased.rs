//! A canonical error in the words of the catalogue that a service has in place of the canonical one.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::phrase::Rewording;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::lift;
use crate::message::foreign::text_of;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::render::format::Format;
use crate::server::error_response::{ErrorResponse, log_parameter};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use http::{HeaderMap, HeaderName};
use lift_errors_core::vocabulary::RetryKind;
use std::sync::OnceLock;

/// The error of `base` that says the same as a canonical error: that of the same code, else that of the same status. Any other
/// error has the canonical field errors of an extractor in the words of `base`. `None` if nothing changes.
pub(super) fn rebase(error: &ErrorResponse, base: &'static Catalog) -> Option<ErrorResponse> {
    if base.ptr_eq(&lift::CATALOG) {
        return None;
    }
    let entry = error.error().entry();
    if !entry.catalog().ptr_eq(&lift::CATALOG) {
        let has_canonical = |errors: &FieldErrors| errors.has_any_of(words(base));
        let is_reworded = error.error().field_errors().is_some_and(has_canonical);
        return is_reworded.then(|| error.replaced_by(Rebased::new(entry, base, error)));
    }
    let status = error.status().as_u16();
    let of_code = base.entries().find(|other| other.code() == entry.code() && other.status() == Some(status));
    let rebased = |entry| Some(Rebased::new(entry, base, error)).filter(Rebased::is_whole);
    of_code
        .and_then(rebased)
        .or_else(|| base.default_entry(status).and_then(rebased))
        .map(|rebased| error.replaced_by(rebased))
}

/// What `base` has in the place of canonical field errors and terms.
fn words(base: &'static Catalog) -> Rewording {
    Rewording { from: &lift::CATALOG, to: base }
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
    base: &'static Catalog,
    error: ErrorResponse,
    /// Those of the error in the words of `base`, once they are asked for.
    field_errors: OnceLock<Option<FieldErrors>>,
}

impl Rebased {
    fn new(entry: Entry, base: &'static Catalog, error: &ErrorResponse) -> Self {
        Self { entry, base, error: error.clone(), field_errors: OnceLock::new() }
    }

    /// Whether the error has what its entry needs.
    fn is_whole(&self) -> bool {
        let may_lack = |parameter: &Parameter| parameter.is_optional() || parameter.is_lackable();
        self.entry.parameters().all(|parameter| may_lack(&parameter) || self.parameter(parameter).is_some())
    }
}

/// Whether the value of a parameter is that of a parameter of another catalogue, too, which no more readers may see.
fn is_taken_over(own: Parameter, other: Parameter) -> bool {
    own.name() == other.name() && own.kind() == other.kind() && own.sensitivity() <= other.sensitivity()
}

impl LiftError for Rebased {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        let error = self.error.error();
        let same = error.entry().parameters().find(|own| is_taken_over(*own, parameter));
        match same.and_then(|same| error.parameter(same)) {
            // The other catalogue may call its delay otherwise.
            None if self.entry.delay() == Some(parameter.number()) => {
                let retry = self.error.problem().retry();
                let is_safe = retry.kind() == RetryKind::After || self.__retry().is_some();
                retry.wait().filter(|_| is_safe).map(Value::Duration)
            }
            Some(Value::Term(term)) => Some(Value::Term(term.reworded(words(self.base)))),
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
        let in_own_words = || Some(self.error.field_errors()?.reworded(words(self.base)));
        self.field_errors.get_or_init(in_own_words).as_ref()
    }

    fn __log_facts(&self) -> LogFacts {
        self.error.__log_facts()
    }

    /// With what the entry has no place for: a catalogue that lacks the code has the entry of the status.
    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.error.__log_fields(visit);
        let (own, problem) = (self.error.entry(), self.error.problem());
        if own.code() != self.entry.code() {
            visit("canonical_code", &own.code());
        }
        if let (Some(cause), None) = (self.error.known_cause(), self.known_cause()) {
            visit("canonical_cause", &cause.id());
        }
        for (parameter, value) in problem.public_parameters().chain(problem.operator_parameters()) {
            if !self.entry.parameters().any(|other| is_taken_over(parameter, other)) {
                log_parameter(parameter, value, visit);
            }
        }
    }

    fn __is_bare(&self) -> bool {
        true
    }
}

impl fmt::Display for Rebased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An error that keeps its entry keeps its own text, too, and so does one whose text is its type's and not a catalogue's.
        let own = || text_of(&self.error);
        match self.entry == self.error.error().entry() || own() != text_of(OwnDetail(&self.error)) {
            true => self.error.fmt(f),
            false => self.problem().log_detail(f),
        }
    }
}

/// The detail of an error in the words of its own catalogue.
struct OwnDetail<'a>(&'a ErrorResponse);

impl fmt::Display for OwnDetail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem().log_detail(f)
    }
}

impl Error for Rebased {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

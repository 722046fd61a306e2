//! The facts that a service's own error type gives to the log.

use core::fmt;
use lift_errors_core::vocabulary::Severity;

/// The facts that the type of an error gives to the log. The derive fills it.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct LogFacts {
    /// The name of the variant, such as `OrderError::NoSuchOrder`.
    pub variant: Option<&'static str>,
    /// The severity in place of the entry's.
    pub severity: Option<Severity>,
}

impl LogFacts {
    /// The facts about a variant.
    pub const fn new(variant: &'static str, severity: Option<Severity>) -> Self {
        Self { variant: Some(variant), severity }
    }

    /// The facts about the error of a transparent variant.
    #[must_use]
    pub const fn of_variant(self, variant: &'static str, severity: Option<Severity>) -> Self {
        let severity = if severity.is_some() { severity } else { self.severity };
        Self { variant: Some(variant), severity }
    }
}

/// Takes the name and the value of a field for the log.
pub type VisitLogField<'v> = dyn FnMut(&'static str, &dyn fmt::Display) + 'v;

/// Passes on a field that the log shows.
pub fn log_field<T: fmt::Display>(name: &'static str, value: &T, visit: &mut VisitLogField<'_>) {
    visit(name, value);
}

/// The same for one that may be absent.
pub fn log_option<T: fmt::Display>(name: &'static str, value: &Option<T>, visit: &mut VisitLogField<'_>) {
    if let Some(value) = value {
        visit(name, value);
    }
}

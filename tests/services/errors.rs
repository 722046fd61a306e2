//! The errors that the services of these tests answer with.

use crate::samples;
use lift_errors::{Cause, Entry, FieldErrors, LiftError, Parameter, Secret, Value, lift};
use std::error::Error;
use std::fmt;

/// An error of `samples` with the cause that is known.
#[derive(Debug)]
pub(crate) struct Sampled {
    error: lift::Error,
    cause: Option<Cause>,
}

impl Sampled {
    pub(crate) fn named(name: &str) -> Option<Self> {
        let sample = samples::all().into_iter().find(|sample| sample.name == name)?;
        Some(Self { error: sample.error, cause: sample.cause })
    }
}

impl fmt::Display for Sampled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for Sampled {}

impl LiftError for Sampled {
    fn entry(&self) -> Entry {
        self.error.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.error.parameter(parameter)
    }

    fn known_cause(&self) -> Option<Cause> {
        self.cause
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.error.field_errors()
    }
}

/// Failures with a canary wherever one may sit.
#[derive(Debug, LiftError)]
#[lift(catalog = crate::onboarding)]
pub(crate) enum CanaryError {
    #[lift(code = onb_import_invalid)]
    Secret { line: u32, api_key: Secret<String>, source: SourceError },
    #[lift(code = onb_site_unknown)]
    Operator { site: &'static str, host: &'static str, source: SourceError },
}

impl CanaryError {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "secret" => {
                Some(Self::Secret { line: 3, api_key: Secret::new("canary-secret".into()), source: SourceError })
            }
            "operator" => Some(Self::Operator { site: "Lyon", host: "canary-operator", source: SourceError }),
            _ => None,
        }
    }
}

/// An error of thiserror's, with what a caller sent in its text.
#[derive(Debug, thiserror::Error, LiftError)]
#[lift(code = conflict, no_display, no_error)]
#[error("canary-text\nINFO forged\u{1b}[2J")]
pub(crate) struct ForgedError;

/// A source that says too much.
#[derive(Debug, thiserror::Error)]
#[error("canary-source in /var/lib/lift")]
pub(crate) struct SourceError;

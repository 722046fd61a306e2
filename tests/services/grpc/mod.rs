//! tonic, met over loopback: what a client in Rust gets, and what is in the bytes. What another implementation reads is
//! asked by `.ci/grpc`.

mod canaries;
mod client;
mod errors;
mod judge;
mod layer;
mod limits;
mod log;
mod server;

use lift_errors::{Cause, Entry, FieldErrors, LiftError, Secret, Value, lift};
use std::error::Error;
use std::fmt;

/// An error of `samples` with the cause that is known.
#[derive(Debug)]
struct Sampled {
    error: lift::Error,
    cause: Option<Cause>,
}

impl Sampled {
    fn named(name: &str) -> Option<Self> {
        let sample = crate::samples::all().into_iter().find(|sample| sample.name == name)?;
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

    fn parameter(&self, number: u8) -> Option<Value<'_>> {
        self.error.parameter(number)
    }

    fn known_cause(&self) -> Option<Cause> {
        self.cause
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.error.field_errors()
    }
}

/// Errors with a canary wherever one may sit.
#[derive(Debug, LiftError)]
#[lift(catalog = crate::onboarding)]
enum CanaryError {
    #[lift(code = onb_import_invalid)]
    Secret { api_key: Secret<String>, source: SourceError },
    #[lift(code = onb_site_unknown)]
    Operator { site: &'static str, host: &'static str, source: SourceError },
}

/// A source that says too much.
#[derive(Debug, thiserror::Error)]
#[error("canary-source in /var/lib/lift")]
struct SourceError;

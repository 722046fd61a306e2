//! A crate without `std` and without `lift_errors` as a name. That it compiles, without a warning, is the
//! test: what the derives write names `core` and the path that they were told.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use canonical::{Catalog, Format, LiftError};
use core::time::Duration;

/// The catalogue of this crate, whose module has the crate's name: the documentation's examples are compiled beside it.
///
/// ```
/// assert_eq!(lift_errors_bare::NoMemory { bytes: 7 }.to_string(), "There is no room for 7 bytes.");
/// ```
#[derive(Catalog)]
#[catalog(path = "catalog.toml", crate = ::canonical)]
pub struct LiftErrorsBare;

/// Errors of the canonical catalogue.
#[derive(Debug, LiftError)]
#[lift(crate = ::canonical)]
pub enum CanonicalError {
    /// Too fast.
    #[lift(code = too_many_requests)]
    TooFast {
        /// Requests in one window.
        limit: u32,
        /// How long a window is.
        window: Duration,
        /// How long to wait.
        retry_after: Duration,
    },
    /// Passed on.
    #[lift(transparent)]
    Other(#[from] canonical::lift::Error),
}

/// An error of this crate's catalogue.
#[derive(Debug, LiftError)]
#[lift(crate = ::canonical, catalog = lift_errors_bare, code = bare_no_memory)]
pub struct NoMemory {
    /// The bytes that were asked for.
    pub bytes: u32,
}

pub use ::canonical;

/// Declares an error of the canonical catalogue in a crate that knows this one alone.
#[macro_export]
macro_rules! canonical_error {
    ($(#[$meta:meta])* $name:ident, $code:ident) => {
        $(#[$meta])*
        #[derive(Debug, $crate::canonical::LiftError)]
        #[lift(crate = $crate::canonical, code = $code)]
        pub struct $name;
    };
}

/// Writes an error where there is no heap but the caller's buffer.
pub fn write(error: &dyn LiftError, out: &mut impl canonical::Output) {
    canonical::Problem::new(error).write(Format::ProblemDetails, out);
}

//! What makes an error canonical: the trait that the derive and the compiler implement.

use crate::entry::Entry;
use crate::field_error::FieldErrors;
use crate::problem::Problem;
use crate::remedy::Cause;
use crate::value::Value;
use core::fmt;

/// An error that has a canonical explanation.
///
/// `#[derive(LiftError)]` implements it for a service's own types, the catalogue compiler for every
/// generated `Error`. A renderer asks an error for its parameters by number, in the order in which the
/// catalogue declares them; nothing is copied.
pub trait LiftError: core::error::Error {
    /// The entry that explains the error.
    fn entry(&self) -> Entry;

    /// The value of a parameter, by its number in the catalogue; none where it is absent.
    fn parameter(&self, number: u8) -> Option<Value<'_>> {
        let _ = number;
        None
    }

    /// What actually caused the error, where that is known: then its fixes are shown, not all.
    fn known_cause(&self) -> Option<Cause> {
        None
    }

    /// What is wrong with each field of the request.
    fn field_errors(&self) -> Option<&FieldErrors> {
        None
    }

    /// A view of the error that can be rendered.
    ///
    /// ```
    /// use lift_errors::{Format, LiftError, lift};
    ///
    /// let error = lift::Error::forbidden().with_required_role("Manager");
    /// let mut body = Vec::new();
    /// error.problem().write(Format::Envelope, &mut body);
    /// assert!(body.starts_with(br#"{"errorCode":403,"errorMessage":""#));
    /// ```
    #[inline]
    fn problem(&self) -> Problem<'_>
    where
        Self: Sized,
    {
        Problem::new(self)
    }
}

/// A string that is no code of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the catalogue has no such code")
    }
}

impl core::error::Error for UnknownCode {}

//! What makes an error canonical: the trait that the derive and the compiler implement.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::value::Value;
use crate::problem::Problem;
use crate::problem::field_error::FieldErrors;
use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;

/// How many sources of an error are followed. A chain that is longer is cut: an error may be its own source.
pub(crate) const MAX_SOURCES: usize = 32;

/// An error that has a canonical explanation.
///
/// `#[derive(LiftError)]` implements it for a service's own types, the catalogue compiler for every
/// generated `Error`. A renderer asks an error for its parameters by number, in the order in which the
/// catalogue declares them; nothing is copied.
///
/// Whoever implements it by hand gives every required parameter, with a value of its type; one that is
/// absent all the same is written as 0. Errors are `Send` and `Sync`, so that a [`Problem`] can be held
/// across an `await`.
pub trait LiftError: core::error::Error + Send + Sync {
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
    /// let error = lift::forbidden::new().with_required_role("Manager");
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

/// Passes everything on to what a pointer leads to.
macro_rules! pass_on {
    ($($(#[$doc:meta])* impl[$($generics:tt)*] for $pointer:ty;)+) => {
        $($(#[$doc])*
        impl<$($generics)*> LiftError for $pointer {
            fn entry(&self) -> Entry {
                (**self).entry()
            }

            fn parameter(&self, number: u8) -> Option<Value<'_>> {
                (**self).parameter(number)
            }

            fn known_cause(&self) -> Option<Cause> {
                (**self).known_cause()
            }

            fn field_errors(&self) -> Option<&FieldErrors> {
                (**self).field_errors()
            }
        })+
    };
}

pass_on! {
    impl[T: LiftError + ?Sized] for &T;
    impl[T: LiftError] for Box<T>;
    impl[T: LiftError + ?Sized] for Arc<T>;
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

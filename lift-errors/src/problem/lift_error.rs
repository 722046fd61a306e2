//! `LiftError`, the trait that every canonical error implements.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::problem::Problem;
use crate::problem::field_error::FieldErrors;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use alloc::boxed::Box;
use alloc::sync::Arc;
use core::error::Error;

/// The number of sources of an error that are followed. A longer chain is cut: an error may be its own source.
pub(crate) const MAX_SOURCES: usize = 32;

/// An error that a catalogue explains.
///
/// `#[derive(LiftError)]` implements it for a service's own types, the catalogue compiler for every generated
/// `Error`. Errors are `Send` and `Sync`, so that a [`Problem`] can be held across an `await`.
///
/// Implement it by hand where neither fits. Return a value of the declared type for every parameter that is not
/// optional; a required parameter without a value is written as 0.
///
/// ```
/// use lift_errors::{Entry, Format, LiftError, Parameter, Value, lift};
///
/// #[derive(Debug)]
/// struct NoSuchOrder(u64);
///
/// impl LiftError for NoSuchOrder {
///     fn entry(&self) -> Entry {
///         lift::not_found::ENTRY
///     }
///
///     fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
///         match parameter.name() {
///             "resource" => Some(Value::Display(self)),
///             _ => None,
///         }
///     }
/// }
///
/// impl std::fmt::Display for NoSuchOrder {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         write!(f, "order {}", self.0)
///     }
/// }
///
/// impl std::error::Error for NoSuchOrder {}
///
/// let mut detail = String::new();
/// NoSuchOrder(1024).problem().write_detail(&mut detail);
/// assert_eq!(detail, "The server could not find order 1024.");
/// ```
pub trait LiftError: Error + Send + Sync {
    /// The entry that explains the error.
    fn entry(&self) -> Entry;

    /// The value of one of the entry's parameters, or `None` if the error does not have it.
    ///
    /// [`Problem::parameter`] finds a parameter by its name.
    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        let _ = parameter;
        None
    }

    /// The actual cause, if it is known. The response then lists only its fixes and the general ones.
    fn known_cause(&self) -> Option<Cause> {
        None
    }

    /// The errors of single fields of the request.
    fn field_errors(&self) -> Option<&FieldErrors> {
        None
    }

    /// A view of the error, from which it is rendered.
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

    /// The value of the parameter with a number, in the order in which the catalogue declares them.
    ///
    /// Renderers read parameters by number. Generated code implements this method, so that no lookup by handle
    /// or name is on their way; for other types it asks [`parameter`](Self::parameter), which never asks back.
    #[doc(hidden)]
    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.parameter(self.entry().parameters().nth(usize::from(number))?)
    }

    /// The facts that the type gives to the log. The derive implements it.
    #[doc(hidden)]
    #[inline]
    fn __log_facts(&self) -> LogFacts {
        LogFacts::default()
    }

    /// Calls `visit` for each field that only the log shows. The derive implements it.
    #[doc(hidden)]
    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        let _ = visit;
    }

    /// Whether it was made of a bare status, and so may lack parameters that its entry requires.
    #[doc(hidden)]
    #[inline]
    fn __is_bare(&self) -> bool {
        false
    }

    /// The contract, where it is not the entry's: a bare status does not say whether the request was carried out, and a layer may
    /// ask for a longer delay.
    #[doc(hidden)]
    #[inline]
    fn __retry(&self) -> Option<Retry> {
        None
    }

    /// The error in whose place this one answers. Where nobody is answered, the log has that one.
    #[doc(hidden)]
    #[inline]
    fn __unanswerable(&self) -> Option<&dyn LiftError> {
        None
    }
}

/// `Box<T>` is an error for a type `T` of known size alone.
impl Error for Box<dyn LiftError> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        (**self).source()
    }
}

/// Implements the trait for pointers, which forward every method.
macro_rules! forward {
    ($(impl[$($generics:tt)*] for $pointer:ty;)+) => {
        $(impl<$($generics)*> LiftError for $pointer {
            fn entry(&self) -> Entry {
                (**self).entry()
            }

            fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
                (**self).parameter(parameter)
            }

            fn known_cause(&self) -> Option<Cause> {
                (**self).known_cause()
            }

            fn field_errors(&self) -> Option<&FieldErrors> {
                (**self).field_errors()
            }

            fn __parameter(&self, number: u8) -> Option<Value<'_>> {
                (**self).__parameter(number)
            }

            fn __log_facts(&self) -> LogFacts {
                (**self).__log_facts()
            }

            fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
                (**self).__log_fields(visit);
            }

            fn __is_bare(&self) -> bool {
                (**self).__is_bare()
            }

            fn __retry(&self) -> Option<Retry> {
                (**self).__retry()
            }

            fn __unanswerable(&self) -> Option<&dyn LiftError> {
                (**self).__unanswerable()
            }
        })+
    };
}

forward! {
    impl[T: LiftError + ?Sized] for &T;
    impl[T: LiftError] for Box<T>;
    impl[] for Box<dyn LiftError>;
    impl[T: LiftError + ?Sized] for Arc<T>;
}

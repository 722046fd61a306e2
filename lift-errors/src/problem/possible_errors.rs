//! The entries that the errors of a type can have.

use crate::catalog::entry::Entry;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// An error type with a known list of entries, for the description of an API.
///
/// `#[derive(LiftError)]` implements it for a service's own types. The catalogue compiler implements it for every
/// generated `Error`, which has all entries of its catalogue. A transparent variant adds the entries of the error
/// that it contains. If that error's type does not implement this trait, neither does the enum: implement the trait
/// by hand for the inner type.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use lift_errors::{PossibleErrors, LiftError, lift};
///
/// #[derive(Debug, LiftError)]
/// enum ApproveOrderError {
///     #[lift(code = forbidden)]
///     NotAManager { required_role: &'static str },
///     #[lift(code = not_found)]
///     NoSuchOrder,
///     #[lift(code = not_found)]
///     NoSuchSupplier,
/// }
///
/// assert_eq!(ApproveOrderError::entries(), [lift::forbidden::ENTRY, lift::not_found::ENTRY]);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "the list of possible errors of `{Self}` is not known",
    note = "`#[derive(LiftError)]` implements `PossibleErrors`, unless the type of a transparent variant does not",
    note = "for a type with a `LiftError` implementation by hand, implement `PossibleErrors` by hand, too"
)]
pub trait PossibleErrors {
    /// The entries, each once.
    fn entries() -> Vec<Entry>;
}

/// Implements the trait for pointers.
macro_rules! forward {
    ($($pointer:ty),+) => {
        $(impl<T: PossibleErrors> PossibleErrors for $pointer {
            fn entries() -> Vec<Entry> {
                T::entries()
            }
        })+
    };
}

forward!(&T, Box<T>, Arc<T>);

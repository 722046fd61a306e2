//! The entries that errors of a type can have.

use crate::catalog::entry::Entry;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A type that knows beforehand which entries its errors have: for the description of an API.
///
/// `#[derive(LiftError)]` implements it for a service's own types, the catalogue compiler for every generated
/// `Error`, which has all entries of its catalogue. A transparent variant has the entries of the type that it
/// passes on. One that passes on an error whose type does not say leaves its own type without this trait: implement
/// it by hand where `LiftError` is.
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
    message = "`{Self}` does not say which errors it can be",
    note = "`#[derive(LiftError)]` says it, unless a transparent variant passes on an error that does not",
    note = "where `LiftError` is implemented by hand, implement `PossibleErrors` too"
)]
pub trait PossibleErrors {
    /// The entries, each once.
    fn entries() -> Vec<Entry>;
}

/// A pointer leads to an error of its type.
macro_rules! pass_on {
    ($($pointer:ty),+) => {
        $(impl<T: PossibleErrors> PossibleErrors for $pointer {
            fn entries() -> Vec<Entry> {
                T::entries()
            }
        })+
    };
}

pass_on!(&T, Box<T>, Arc<T>);

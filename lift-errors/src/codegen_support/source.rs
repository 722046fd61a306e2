//! Sources that are not an `Error` themselves, such as `anyhow::Error`, which dereferences to one.

use core::error::Error;
use core::panic::UnwindSafe;

/// Any source as an error object. Method resolution finds the right implementation, through `Deref` if necessary.
pub trait AsError<'a> {
    /// The error object. No error has a method of this name.
    fn __lift_as_error(&self) -> &(dyn Error + 'a);
}

impl<'a, T: Error + 'a> AsError<'a> for T {
    fn __lift_as_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

impl<'a> AsError<'a> for dyn Error + 'a {
    fn __lift_as_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

impl<'a> AsError<'a> for dyn Error + Send + 'a {
    fn __lift_as_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

impl<'a> AsError<'a> for dyn Error + Send + Sync + 'a {
    fn __lift_as_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

impl<'a> AsError<'a> for dyn Error + Send + Sync + UnwindSafe + 'a {
    fn __lift_as_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

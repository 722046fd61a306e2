//! Sources that are not an `Error` themselves, such as `anyhow::Error`, which dereferences to one, and private ones.

use core::any::type_name;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;
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

/// The stand-in for a source with `#[lift(private)]`, wherever a chain is followed: it shows the type, and has nothing else.
struct PrivateSource<T>(PhantomData<T>);

/// A source of the type `T` in a chain that must not show it.
pub fn private_source<T: 'static>() -> &'static (dyn Error + 'static) {
    const { &PrivateSource::<T>(PhantomData) }
}

impl<T> fmt::Display for PrivateSource<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(type_name::<T>())
    }
}

/// The name of the type without its path, as the `Debug` of most errors begins: the log takes an exception's type from it.
impl<T> fmt::Debug for PrivateSource<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = type_name::<T>().split('<').next().unwrap_or_default();
        f.write_str(path.rsplit("::").next().unwrap_or_default())
    }
}

impl<T> Error for PrivateSource<T> {}

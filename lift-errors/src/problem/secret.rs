//! A value that is not shown by accident.

use core::fmt;

/// A secret value: `Debug` and `Display` write `[redacted]`.
///
/// A catalogue declares such a parameter with `sensitivity = "secret"`. Texts can't name it, no format contains it,
/// and the log shows it redacted.
///
/// ```
/// use lift_errors::Secret;
///
/// let key = Secret::new("sk-live-1234");
/// assert_eq!(format!("{key} {key:?}"), "[redacted] [redacted]");
/// assert_eq!(*key.expose(), "sk-live-1234");
/// ```
///
/// `PartialEq` compares as the value's type does, not in constant time: do not check credentials with it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps a secret.
    pub const fn new(secret: T) -> Self {
        Self(secret)
    }

    /// The secret value. The name is easy to search for.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The secret value, by value.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(secret: T) -> Self {
        Self(secret)
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

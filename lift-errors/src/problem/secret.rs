//! A value that nobody reads by accident.

use core::fmt;

/// A secret: `Debug` and `Display` show that there is one, and nothing of it.
///
/// The catalogue declares such a parameter with `sensitivity = "secret"`. No text may name it, no
/// format writes it, and the log shows it redacted.
///
/// ```
/// use lift_errors::Secret;
///
/// let key = Secret::new("sk-live-1234");
/// assert_eq!(format!("{key} {key:?}"), "[redacted] [redacted]");
/// assert_eq!(*key.expose(), "sk-live-1234");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps a secret.
    pub const fn new(secret: T) -> Self {
        Self(secret)
    }

    /// The secret itself; the name is there to be searched for.
    pub const fn expose(&self) -> &T {
        &self.0
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

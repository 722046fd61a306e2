//! The error of looking up a code.

use core::fmt;

/// A string that is not a code of the catalogue.
///
/// It does not contain the string, which may come from a client.
///
/// ```
/// use lift_errors::lift;
///
/// let error = "no_such_code".parse::<lift::Code>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown error code");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownCode;

impl UnknownCode {
    /// For generated code, which can't name the fields that the type may get.
    #[doc(hidden)]
    #[inline]
    pub const fn new() -> Self {
        Self
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown error code")
    }
}

impl core::error::Error for UnknownCode {}

//! The rule that the value of a field violates.

use super::value::FieldValue;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The rule that the value of a field violates: a code for programs, a message for people, and the values in the message.
///
/// A pair of texts is a violation, too.
///
/// ```
/// use lift_errors::{FieldError, Violation};
///
/// let violation = Violation::new("too_small", "The quantity must be at least 1.").with_parameter("min", 1);
/// let error = FieldError::new("/lines/0/quantity", violation);
/// assert_eq!(error.code(), "too_small");
///
/// let error = FieldError::new("/name", ("required", "Enter a name."));
/// assert_eq!(error.message(), "Enter a name.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    pub(super) code: Cow<'static, str>,
    pub(super) message: Cow<'static, str>,
    pub(super) parameters: Vec<(Cow<'static, str>, FieldValue)>,
}

impl Violation {
    /// Creates a violation with a message in one language.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: message.into(), parameters: Vec::new() }
    }

    /// Adds a value that the message contains.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<FieldValue>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The code, for programs, such as `too_small`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message, for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The values that the message contains, by name.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, &FieldValue)> {
        self.parameters.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

impl<C, M> From<(C, M)> for Violation
where
    C: Into<Cow<'static, str>>,
    M: Into<Cow<'static, str>>,
{
    fn from((code, message): (C, M)) -> Self {
        Self::new(code, message)
    }
}

//! What is wrong with single fields of a request.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What is wrong with one field.
///
/// ```
/// use lift_errors::FieldError;
///
/// let error = FieldError::new("/lines/0/quantity", "too_small", "The quantity must be at least 1.");
/// assert_eq!(error.field().to_string(), "lines[0].quantity");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    pointer: Cow<'static, str>,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    parameters: Vec<(Cow<'static, str>, FieldValue)>,
}

/// A value that a field error's message names, for clients that write messages of their own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FieldValue {
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Cow<'static, str>),
}

impl From<i64> for FieldValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&'static str> for FieldValue {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl FieldError {
    /// A fault of the field at a JSON pointer (RFC 6901), with a code for programs and a message for
    /// people. A name without a slash is taken for a field of the top level.
    pub fn new(
        pointer: impl Into<Cow<'static, str>>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer: rooted(pointer.into()), code: code.into(), message: message.into(), parameters: Vec::new() }
    }

    /// Adds a value that the message names.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<FieldValue>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The JSON pointer to the field (RFC 6901).
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong, for programs.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The values that the message names.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, &FieldValue)> {
        self.parameters.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The field as people write it: `lines[0].quantity`.
    pub fn field(&self) -> impl fmt::Display + '_ {
        FieldName(&self.pointer)
    }

    /// The same, piece by piece.
    #[inline]
    pub(crate) fn field_pieces(&self, out: impl FnMut(&str)) {
        field_pieces(&self.pointer, out);
    }
}

/// A pointer begins with a slash, or is empty for the whole document.
fn rooted(pointer: Cow<'static, str>) -> Cow<'static, str> {
    if pointer.is_empty() || pointer.starts_with('/') {
        return pointer;
    }
    let mut rooted = String::with_capacity(pointer.len() + 1);
    rooted.push('/');
    rooted.push_str(&pointer);
    Cow::Owned(rooted)
}

/// The JSON pointer (RFC 6901) of a field that another service names: `lines[0].quantity` is `/lines/0/quantity`. What
/// is a pointer already stays one.
#[cfg(any(feature = "client", feature = "tonic"))]
pub(crate) fn pointer(field: &str) -> String {
    if field.starts_with('/') {
        return field.into();
    }
    let mut pointer = String::with_capacity(field.len() + 1);
    for (place, step) in field.split(['.', '[']).enumerate() {
        // `[0]` has nothing before its bracket.
        if place == 0 && step.is_empty() {
            continue;
        }
        pointer.push('/');
        for character in step.strip_suffix(']').unwrap_or(step).chars() {
            match character {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                other => pointer.push(other),
            }
        }
    }
    pointer
}

/// A JSON pointer, shown as a path.
struct FieldName<'a>(&'a str);

impl fmt::Display for FieldName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        field_pieces(self.0, |piece| result = result.and_then(|()| f.write_str(piece)));
        result
    }
}

fn field_pieces(pointer: &str, mut out: impl FnMut(&str)) {
    let Some(mut rest) = pointer.strip_prefix('/') else { return };
    let mut before = "";
    loop {
        let (token, behind) = cut(rest, b'/');
        if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit()) {
            out("[");
            out(token);
            out("]");
        } else {
            out(before);
            unescaped(token, &mut out);
        }
        let Some(behind) = behind else { return };
        (rest, before) = (behind, ".");
    }
}

/// What is before the first such byte, which is ASCII, and what is behind it.
fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    let Some(at) = text.bytes().position(|byte| byte == separator) else { return (text, None) };
    (text.get(..at).unwrap_or_default(), text.get(at + 1..))
}

/// `~1` is a slash, `~0` a tilde (RFC 6901 §4).
fn unescaped(token: &str, out: &mut impl FnMut(&str)) {
    let mut rest = token;
    while let (before, Some(after)) = cut(rest, b'~') {
        out(before);
        let (character, tail) = match after.split_at_checked(1) {
            Some(("1", tail)) => ("/", tail),
            Some(("0", tail)) => ("~", tail),
            _ => ("~", after),
        };
        out(character);
        rest = tail;
    }
    out(rest);
}

/// The field errors of one request.
///
/// ```
/// use lift_errors::{FieldError, FieldErrors, lift};
///
/// let errors = FieldErrors::from_iter([FieldError::new("name", "required", "Enter a name.")]);
/// let error = lift::validation_failed::new().with_field_errors(errors);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// No field errors yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> core::slice::Iter<'_, FieldError> {
        self.0.iter()
    }
}

impl From<Vec<FieldError>> for FieldErrors {
    fn from(errors: Vec<FieldError>) -> Self {
        Self(errors)
    }
}

impl FromIterator<FieldError> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl Extend<FieldError> for FieldErrors {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        self.0.extend(errors);
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = core::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn pointers_read_as_paths() {
        for (pointer, field) in [
            ("name", "name"),
            ("/name", "name"),
            ("/lines/12/product", "lines[12].product"),
            ("/a~1b/m~0n", "a/b.m~n"),
            ("/a~2", "a~2"),
            ("/~", "~"),
            ("", ""),
            ("/0", "[0]"),
        ] {
            assert_eq!(FieldError::new(pointer, "c", "m").field().to_string(), field);
        }
    }

    #[cfg(any(feature = "client", feature = "tonic"))]
    #[test]
    fn fields_become_pointers_and_fields_again() {
        for (field, expected) in [
            ("name", "/name"),
            ("lines[0].quantity", "/lines/0/quantity"),
            ("a/b.m~n", "/a~1b/m~0n"),
            ("[0]", "/0"),
            ("[0].a", "/0/a"),
            ("", ""),
        ] {
            assert_eq!(pointer(field), expected);
            assert_eq!(FieldError::new(pointer(field), "", "").field().to_string(), field);
        }
        for (field, expected) in [
            ("/lines/0/quantity", "/lines/0/quantity"),
            ("/", "/"),
            (".a", "/a"),
            ("a]b", "/a]b"),
            ("a/b~c][", "/a~1b~0c/"),
        ] {
            assert_eq!(pointer(field), expected, "{field}");
        }
    }
}

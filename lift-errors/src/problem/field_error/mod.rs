//! The errors of single fields of a request.

pub(crate) mod label;
pub(crate) mod pointer;
#[cfg(feature = "serde")]
pub(crate) mod serde;
pub(crate) mod value;
pub(crate) mod violation;

#[cfg(feature = "responder")]
use crate::catalog::phrase::Rewording;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::output::Output;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use label::FieldLabel;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};
use pointer::FieldPath;
use value::FieldValue;
use violation::Violation;

/// The error of one field.
///
/// ```
/// use lift_errors::{FieldError, Locale, lift};
///
/// let error = FieldError::new("/lines/0/quantity", lift::field_error::too_small(1));
/// assert_eq!(error.field().to_string(), "lines[0].quantity");
/// assert_eq!(error.message_in(Locale::EN).to_string(), "Must be at least 1.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldError {
    pointer: Cow<'static, str>,
    label: Option<FieldLabel>,
    anchor: Option<Cow<'static, str>>,
    violation: Violation,
}

impl FieldError {
    /// Creates the error of the field at a JSON pointer (RFC 6901). A name without a slash is a field of the top level.
    ///
    /// A pointer as a URI fragment (`#/lines/0`, RFC 6901 §6) is decoded. For a path such as `lines[0].quantity` there is
    /// [`at_path`](Self::at_path).
    pub fn new(pointer: impl Into<Cow<'static, str>>, violation: impl Into<Violation>) -> Self {
        Self { pointer: pointer::rooted(pointer.into()), label: None, anchor: None, violation: violation.into() }
    }

    /// Creates the error of the field at a path, as `garde`, `validator` and `serde_path_to_error` write it:
    /// `lines[0].quantity`. Both `.` and the empty path are the whole document. A key between quotation marks, as in
    /// `labels["a.b"]`, may contain any character. A JSON pointer stays as it is.
    ///
    /// ```
    /// use lift_errors::FieldError;
    ///
    /// let violation = ("too_small", "The quantity must be at least 1.");
    /// let error = FieldError::at_path("lines[0].quantity", violation);
    /// assert_eq!(error.pointer(), "/lines/0/quantity");
    /// ```
    pub fn at_path(path: &str, violation: impl Into<Violation>) -> Self {
        Self { pointer: pointer::from_path(path).into(), label: None, anchor: None, violation: violation.into() }
    }

    /// Adds a value that the message contains.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<FieldValue>) -> Self {
        self.violation = self.violation.with_parameter(name, value);
        self
    }

    /// Sets the name that people know the field by. Texts and pages show it in place of the path, JSON beside it.
    ///
    /// ```
    /// use lift_errors::{FieldError, lift};
    ///
    /// let error = FieldError::new("/lines/0/quantity", lift::field_error::too_small(1)).with_label("Quantity in line 1");
    /// ```
    #[must_use]
    pub fn with_label(mut self, label: impl Into<FieldLabel>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the URL of the field in its form, such as `/orders/new#quantity`, to which the error page links. It is a path or an
    /// http or https URL; any other is ignored. Other formats do not contain it.
    #[must_use]
    pub fn with_anchor(mut self, url: impl Into<Cow<'static, str>>) -> Self {
        self.anchor = Some(url.into());
        self
    }

    /// The JSON pointer to the field (RFC 6901).
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The code, for programs, such as `too_small`.
    pub fn code(&self) -> &str {
        self.violation.code()
    }

    /// The message, for people: a catalogue's in its default locale.
    pub fn message(&self) -> impl fmt::Display + '_ {
        self.violation.message()
    }

    /// The message in a locale, if it is a catalogue's. Any other message has one language.
    pub fn message_in(&self, locale: Locale) -> impl fmt::Display + '_ {
        self.violation.message_in(locale)
    }

    /// The name that people know the field by.
    pub fn label(&self) -> Option<&FieldLabel> {
        self.label.as_ref()
    }

    /// The URL of the field in its form.
    pub fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }

    pub(crate) fn violation(&self) -> &Violation {
        &self.violation
    }

    /// The values that the message contains, by name.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, &FieldValue)> {
        self.violation.parameters()
    }

    /// The field's path as people write it: `lines[0].quantity`. A key that contains a dot or a bracket is between quotation
    /// marks, as in `labels['a.b']`, so that [`at_path`](Self::at_path) reads the same pointer back.
    pub fn field(&self) -> impl fmt::Display + '_ {
        FieldPath(&self.pointer)
    }

    /// The number in the item for the errors that a response did not contain, as a client reads it: problem details have it among
    /// the parameters, the envelope only in the message.
    #[inline]
    fn omitted_before(&self) -> Option<u64> {
        let message = if self.pointer.is_empty() { self.violation.plain_message()? } else { return None };
        let number = message.strip_prefix(OMITTED)?;
        match self.parameters().next() {
            Some(("count", FieldValue::Integer(count))) => u64::try_from(*count).ok(),
            _ => number.chars().filter(|character| character.is_alphanumeric()).collect::<String>().parse().ok(),
        }
    }

    /// The field's path, piece by piece.
    #[inline]
    pub(crate) fn field_pieces(&self, mut out: impl FnMut(&str)) {
        let (pointer, rest) = limit::split(&self.pointer, MAX_TEXT_BYTES);
        pointer::pieces(pointer, &mut out);
        if !rest.is_empty() {
            out("…");
        }
    }
}

/// The words before the number of field errors that a response does not contain, in all languages.
pub(crate) const OMITTED: &str = "… +";

/// The most field errors that a response contains.
pub(crate) const MAX_SHOWN: usize = 100;

/// The field errors of one request.
///
/// A response contains the first 100 of them, and after them the number of the others: in JSON, an item with the code
/// `omitted` and the parameter `count`. Of each pointer and message, at most 1,024 bytes are written. Of the report of a
/// validator, the list has the first 100 errors as well, and the number of the others.
///
/// ```
/// use lift_errors::{FieldError, FieldErrors, lift};
///
/// let errors = FieldErrors::from_iter([FieldError::new("name", ("required", "Enter a name."))]);
/// let error = lift::validation_failed::new().with_field_errors(errors);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldErrors {
    errors: Vec<FieldError>,
    /// The number of errors that are counted only, after those of the list.
    more: usize,
}

impl FieldErrors {
    /// Creates an empty list.
    pub const fn new() -> Self {
        Self { errors: Vec::new(), more: 0 }
    }

    /// Adds an error.
    pub fn push(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// Adds an error as far as a response would contain it; else it is only counted.
    #[cfg(feature = "client")]
    pub(crate) fn push_shown(&mut self, error: impl FnOnce() -> FieldError) {
        if self.errors.len() < MAX_SHOWN {
            self.errors.push(error());
        } else {
            self.more += 1;
        }
    }

    /// The number of all errors: those of the list, and those that are counted only.
    #[cfg(feature = "client")]
    pub(crate) fn count(&self) -> usize {
        self.errors.len() + self.more
    }

    /// Those that a response contains of `count` errors, of which `errors` are the first.
    #[cfg(any(feature = "garde", feature = "validator"))]
    pub(crate) fn of_report(mut errors: Vec<FieldError>, count: usize) -> Self {
        errors.truncate(MAX_SHOWN);
        let more = count.saturating_sub(errors.len());
        Self { errors, more }
    }

    /// A copy of what a response contains.
    #[cfg(feature = "http")]
    pub(crate) fn copy_shown(&self) -> Self {
        let errors: Vec<FieldError> = self.shown().cloned().collect();
        let more = match self.omitted() {
            Some(Value::Unsigned(count)) => usize::try_from(count).unwrap_or(usize::MAX),
            _ => 0,
        };
        Self { errors, more }
    }

    /// Whether another catalogue may have words for a message or a label.
    #[cfg(feature = "responder")]
    pub(crate) fn has_any_of(&self, words: Rewording) -> bool {
        let is_of = |error: &FieldError| {
            error.violation.is_of(words) || error.label.as_ref().is_some_and(|label| label.is_of(words))
        };
        self.shown().any(is_of)
    }

    /// A copy of what a response contains, in the words of another catalogue.
    #[cfg(feature = "responder")]
    pub(crate) fn reworded(&self, words: Rewording) -> Self {
        let mut copy = self.copy_shown();
        for error in &mut copy.errors {
            error.label = error.label.take().map(|label| label.reworded(words));
            error.violation = error.violation.clone().reworded(words);
        }
        copy
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The number of errors in the list.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// The errors that a response contains.
    pub(crate) fn shown(&self) -> core::slice::Iter<'_, FieldError> {
        let (errors, _) = self.counted();
        errors.get(..MAX_SHOWN).unwrap_or(errors).iter()
    }

    /// The number of the errors that a response does not contain, if there are any.
    pub(crate) fn omitted(&self) -> Option<Value<'static>> {
        let (errors, more) = self.counted();
        let count = more.saturating_add(errors.len().saturating_sub(MAX_SHOWN) as u64);
        (count > 0).then_some(Value::Unsigned(count))
    }

    /// The errors, and the number of those that are counted only. The last item of a list that another service sent may be such
    /// a number.
    #[inline]
    fn counted(&self) -> (&[FieldError], u64) {
        // Alone it is an item as any other: a list that is not empty has errors to show.
        let of_sender = self.errors.split_last().filter(|(_, errors)| !errors.is_empty());
        let of_sender = of_sender.and_then(|(last, errors)| Some((errors, last.omitted_before()?)));
        let (errors, count) = of_sender.unwrap_or((&self.errors, 0));
        (errors, count.saturating_add(self.more as u64))
    }

    /// The errors, in the order in which they were added.
    pub fn iter(&self) -> core::slice::Iter<'_, FieldError> {
        self.errors.iter()
    }
}

/// Writes the words for field errors that a response does not contain, the same in all languages: `… +900`.
pub(crate) fn write_omitted<O: Output>(count: Value<'_>, conventions: &Conventions, out: &mut O) {
    out.push(OMITTED);
    count.show(out, conventions, |_, _| {});
}

impl From<Vec<FieldError>> for FieldErrors {
    fn from(errors: Vec<FieldError>) -> Self {
        Self { errors, more: 0 }
    }
}

impl FromIterator<FieldError> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        errors.into_iter().collect::<Vec<_>>().into()
    }
}

impl Extend<FieldError> for FieldErrors {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        self.errors.extend(errors);
    }
}

impl From<FieldErrors> for Vec<FieldError> {
    fn from(errors: FieldErrors) -> Self {
        errors.errors
    }
}

impl IntoIterator for FieldErrors {
    type Item = FieldError;
    type IntoIter = alloc::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.errors.into_iter()
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = core::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

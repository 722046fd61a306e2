//! The rule that the value of a field violates.

use super::value::FieldValue;
use crate::catalog::phrase::Phrase;
#[cfg(any(feature = "openapi", feature = "responder"))]
use crate::catalog::phrase::Rewording;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::interpreter;
use crate::message::markup::{Form, Plain};
use crate::message::output::{Formatted, Output};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use lift_errors_core::conventions::Conventions;

/// The rule that the value of a field violates: a code for programs, a message for people, and the values in the message.
///
/// The functions of a catalogue's module `field_error` make violations whose messages are in the reader's language. A
/// pair of texts is a violation with a message in one language.
///
/// ```
/// use lift_errors::{FieldError, Locale, lift};
///
/// let error = FieldError::new("/lines/0/quantity", lift::field_error::out_of_range(1, 100));
/// assert_eq!(error.code(), "out_of_range");
/// assert_eq!(error.message().to_string(), "Must be between 1 and 100.");
///
/// let error = FieldError::new("/name", ("required", "Enter a name."));
/// assert_eq!(error.message().to_string(), "Enter a name.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    code: Cow<'static, str>,
    message: Message,
    parameters: Vec<(Cow<'static, str>, FieldValue)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Message {
    /// A text of a catalogue, whose parameters come first among the violation's, in the order of their declaration.
    Phrase(Phrase),
    Plain(Cow<'static, str>),
}

impl Violation {
    /// Creates a violation with a message in one language.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: Message::Plain(message.into()), parameters: Vec::new() }
    }

    /// A violation of a catalogue.
    pub(crate) fn of_catalog(phrase: Phrase, parameters: Vec<(Cow<'static, str>, FieldValue)>) -> Self {
        Self { code: Cow::Borrowed(phrase.name()), message: Message::Phrase(phrase), parameters }
    }

    /// Adds a value that the message contains, or that programs should know.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<FieldValue>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Whether the message is one that another catalogue may have words for.
    #[cfg(feature = "responder")]
    pub(crate) fn is_of(&self, words: Rewording) -> bool {
        matches!(self.message, Message::Phrase(phrase) if phrase.catalog().ptr_eq(words.from))
    }

    /// The same in the words of another catalogue.
    #[cfg(any(feature = "openapi", feature = "responder"))]
    pub(crate) fn reworded(mut self, words: Rewording) -> Self {
        if let Message::Phrase(phrase) = &mut self.message {
            *phrase = phrase.reworded(words).unwrap_or(*phrase);
        }
        for (_, value) in &mut self.parameters {
            if let FieldValue::Term(term) = value {
                *term = term.reworded(words);
            }
        }
        self
    }

    /// The same message with the code of a validator's own rule.
    #[cfg(feature = "validator")]
    pub(crate) fn with_code(self, code: Cow<'static, str>) -> Self {
        Self { code, ..self }
    }

    /// The code, for programs, such as `too_small`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message, for people: a catalogue's in its default locale.
    pub fn message(&self) -> impl fmt::Display + '_ {
        let locale = match &self.message {
            Message::Phrase(phrase) => phrase.catalog().column(0).locale(),
            Message::Plain(_) => Locale::EN,
        };
        InLocale(self, locale)
    }

    /// The message in a locale, if it is a catalogue's. Any other message has one language.
    pub fn message_in(&self, locale: Locale) -> impl fmt::Display + '_ {
        InLocale(self, locale)
    }

    /// The values that the message contains, by name.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, &FieldValue)> {
        self.parameters.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The message in one language, if it is not a catalogue's.
    pub(crate) fn plain_message(&self) -> Option<&str> {
        match &self.message {
            Message::Phrase(_) => None,
            Message::Plain(message) => Some(message),
        }
    }

    /// Writes the message of a catalogue in a form; writes nothing if the message is plain.
    pub(crate) fn write<O: Output, F: Form>(&self, out: &mut O, form: &mut F, locale: Locale) {
        if let Message::Phrase(phrase) = self.message {
            phrase.text().write(out, form, locale, |number| self.value(number));
        }
    }

    /// The same on a page in the language of `page`.
    pub(crate) fn write_on_page<O: Output, F: Form>(&self, page: &'static Conventions, out: &mut O, form: &mut F) {
        if let Message::Phrase(phrase) = self.message {
            let Text { catalog, number } = phrase.text();
            let texts = catalog.texts(Locale::new(page.locale));
            interpreter::write_on_page(page, catalog, texts, number, out, form, &|number| self.value(number));
        }
    }

    fn value(&self, number: u8) -> Option<Value<'_>> {
        self.parameters.get(usize::from(number)).map(|(_, value)| value.value())
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

struct InLocale<'a>(&'a Violation, Locale);

impl fmt::Display for InLocale<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.plain_message() {
            Some(message) => f.write_str(message),
            None => {
                let mut out = Formatted::new(f);
                self.0.write(&mut out, &mut Plain::text(), self.1);
                out.finish()
            }
        }
    }
}

//! Texts of a catalogue. How they are written is the interpreter's business.

use crate::catalog::Catalog;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::interpreter::{self, Segments};
use crate::message::markup::{Form, Plain};
use crate::message::output::{Formatted, Output};
use crate::problem::lift_error::LiftError;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::segment::Operation;

/// A text of a catalogue. `Display` shows it in the catalogue's default language, without markup, with `{…}` for values.
#[derive(Clone, Copy)]
pub struct Text {
    catalog: &'static Catalog,
    number: u32,
}

impl Text {
    pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    /// The conventions of the language that the text is in: the locale's, or those of what it falls back to.
    pub(crate) fn conventions(self, locale: Locale) -> &'static Conventions {
        let texts = self.catalog.texts(locale);
        match Segments::new(texts, self.number).next().map(|[.., operation]| Operation::from_word(operation)) {
            Some(Operation::Language(number)) => texts.conventions_of(number),
            _ => texts.conventions(),
        }
    }

    /// Whether the text says nothing: it is optional in the catalogue, and was left out.
    pub fn is_empty(self) -> bool {
        Segments::new(self.catalog.column(0), self.number).is_empty()
    }

    /// The text in a language, without markup, with `{…}` for values.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// let title = lift::Code::NotFound.entry().title();
    /// assert_eq!(title.in_locale(Locale::EN).to_string(), "Not Found");
    /// ```
    pub fn in_locale(self, locale: Locale) -> impl fmt::Display {
        Localised(self, locale)
    }

    /// Writes the text in `form`, with values from `error`.
    #[inline]
    pub(crate) fn write<O: Output, F: Form>(self, out: &mut O, form: &mut F, locale: Locale, error: &dyn LiftError) {
        self.write_with(out, form, locale, |number| error.parameter(number));
    }

    #[inline]
    pub(crate) fn write_with<'a, O: Output, F: Form>(
        self,
        out: &mut O,
        form: &mut F,
        locale: Locale,
        value_of: impl Fn(u8) -> Option<Value<'a>>,
    ) {
        interpreter::write(self.catalog, self.catalog.texts(locale), self.number, out, form, value_of);
    }
}

struct Localised(Text, Locale);

impl fmt::Display for Localised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.write_with(&mut out, &mut Plain::line(), self.1, |_| Some(Value::Text("{…}")));
        out.finish()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Localised(*self, self.catalog.column(0).locale()).fmt(f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

//! Writing a text of the catalogue.

pub(crate) mod foreign;
pub(crate) mod interpreter;
pub(crate) mod markup;
pub(crate) mod output;
pub(crate) mod value;
pub(crate) mod visible;

use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::markup::{Form, Plain};
use crate::message::output::{Formatted, Output};
use core::fmt;

impl Text {
    /// The text in a locale, without markup, and with `{…}` in place of parameters.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// let title = lift::Code::NotFound.entry().title();
    /// assert_eq!(title.in_locale(Locale::EN).to_string(), "Not Found");
    /// ```
    pub fn in_locale(self, locale: Locale) -> impl fmt::Display {
        InLocale(self, locale)
    }

    /// Writes the text in a form. `value_of` returns the value of a parameter by its number.
    #[inline]
    pub(crate) fn write<'a, O: Output, F: Form>(
        self,
        out: &mut O,
        form: &mut F,
        locale: Locale,
        value_of: impl Fn(u8) -> Option<Value<'a>>,
    ) {
        interpreter::write(self.catalog, self.catalog.texts(locale), self.number, out, form, &value_of);
    }
}

struct InLocale(Text, Locale);

impl fmt::Display for InLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.write(&mut out, &mut Plain::line(), self.1, |_| Some(Value::Text("{…}")));
        out.finish()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        InLocale(*self, self.catalog.column(0).locale()).fmt(f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

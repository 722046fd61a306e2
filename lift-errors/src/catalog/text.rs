//! The handle of a text. The module `message` writes texts.

use crate::catalog::Catalog;
use crate::locale::Locale;
use lift_errors_core::conventions::Conventions;

/// A text of a catalogue.
///
/// `Display` writes it in the catalogue's default locale, without markup, and with `{…}` in place of parameters.
#[derive(Clone, Copy)]
pub struct Text {
    pub(crate) catalog: &'static Catalog,
    pub(crate) number: u32,
}

impl Text {
    pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    /// The conventions of the language that the text is in: those of the locale, or of the one that this text falls back
    /// to.
    pub(crate) fn conventions(self, locale: Locale) -> &'static Conventions {
        self.catalog.find(self.catalog.texts(locale), self.number).conventions
    }

    /// Whether the text is optional and the catalogue leaves it out.
    pub fn is_empty(self) -> bool {
        !self.catalog.has(self.catalog.column(0), self.number)
    }
}

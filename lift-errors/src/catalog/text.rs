//! The handle of a text.

use crate::catalog::Catalog;
use crate::catalog::segments::Segments;
use crate::locale::Locale;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::segment::Operation;

/// A text of a catalogue. `Display` shows it in the catalogue's default language, without markup, with `{…}` for values.
#[derive(Clone, Copy)]
pub struct Text {
    pub(crate) catalog: &'static Catalog,
    pub(crate) number: u32,
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
}

//! The handle of a text. The module `message` writes texts.

use crate::catalog::segments::Segments;
use crate::catalog::{Catalog, Texts};
use crate::locale::Locale;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::segment::Operation;

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
        let texts = self.catalog.texts(locale);
        match Segments::new(texts, self.number).next().map(|[.., operation]| Operation::from_word(operation)) {
            Some(Operation::Language(number)) => texts.conventions_of(number),
            _ => texts.conventions(),
        }
    }

    /// Whether the text is optional and the catalogue leaves it out.
    pub fn is_empty(self) -> bool {
        !self.catalog.column(0).has(self.number)
    }
}

impl Texts {
    /// Whether a text is not empty.
    pub(crate) fn has(&'static self, number: u32) -> bool {
        !Segments::new(self, number).is_empty()
    }
}

//! The handle of a text that belongs to no entry: the message of a field error, or a term.

use crate::catalog::Catalog;
use crate::catalog::text::Text;
use core::fmt;
use core::hash::{Hash, Hasher};
use lift_errors_core::layout::phrase;
use lift_errors_core::vocabulary::Label;

/// A phrase by its number in the catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Phrase {
    catalog: &'static Catalog,
    number: u16,
}

/// The phrases of a catalogue in the place of those of another one.
#[cfg(any(feature = "openapi", feature = "responder"))]
#[derive(Clone, Copy)]
pub(crate) struct Rewording {
    pub(crate) from: &'static Catalog,
    pub(crate) to: &'static Catalog,
}

impl Phrase {
    pub(crate) const fn new(catalog: &'static Catalog, number: u16) -> Self {
        Self { catalog, number }
    }

    pub(crate) const fn catalog(self) -> &'static Catalog {
        self.catalog
    }

    /// All phrases of a catalogue.
    pub(crate) fn all(catalog: &'static Catalog) -> impl Iterator<Item = Self> {
        let count = catalog.tables().phrases.len() / phrase::WIDTH;
        (0..count).map_while(move |number| Some(Self::new(catalog, u16::try_from(number).ok()?)))
    }

    /// The kind, one of those in `layout::phrase`.
    pub(crate) const fn kind(self) -> u32 {
        self.catalog.tables().phrases.get(self.number as usize * phrase::WIDTH + phrase::KIND)
    }

    /// The code of a field error, or the name of a term.
    pub(crate) fn name(self) -> &'static str {
        self.string(phrase::NAME)
    }

    fn string(self, field: usize) -> &'static str {
        let tables = self.catalog.tables();
        let string = tables.phrases.get(usize::from(self.number) * phrase::WIDTH + field);
        tables.strings.get(string as usize)
    }

    /// What the other catalogue has in its place: a phrase of the same kind and name, with the same parameters.
    #[cfg(any(feature = "openapi", feature = "responder"))]
    pub(crate) fn reworded(self, words: Rewording) -> Option<Self> {
        if !self.catalog.ptr_eq(words.from) {
            return None;
        }
        let key = |phrase: &Self| (phrase.kind(), phrase.name(), phrase.string(phrase::PARAMETERS));
        Self::all(words.to).find(|other| key(other) == key(&self))
    }

    /// The text: phrases follow the labels.
    pub(crate) fn text(self) -> Text {
        Text::new(self.catalog, Label::ALL.len() as u32 + u32::from(self.number))
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.catalog.ptr_eq(other.catalog)
    }
}

impl Eq for Phrase {}

impl Hash for Phrase {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.catalog.name(), self.name())
    }
}

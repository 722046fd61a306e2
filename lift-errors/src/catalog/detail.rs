//! One of the texts that say what happened, with the documents around it. Which one an error has is for `Problem` to find.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::text::Text;
use lift_errors_core::layout::{self, NONE, detail as field};

/// A detail of an entry.
#[derive(Clone, Copy)]
pub(crate) struct Detail {
    catalog: &'static Catalog,
    number: u32,
}

impl Detail {
    #[inline]
    pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    #[inline]
    const fn word(&self, field: usize) -> u32 {
        self.catalog.tables().details.get(self.number as usize * field::WIDTH + field)
    }

    /// Its name.
    pub(crate) fn id(&self) -> &'static str {
        self.catalog.tables().strings.get(self.word(field::ID) as usize)
    }

    /// The parameters that must be there, a bit for each.
    pub(crate) const fn when(&self) -> u32 {
        self.word(field::WHEN)
    }

    /// The number of the cause that must be known.
    pub(crate) const fn cause(&self) -> Option<u32> {
        match self.word(field::CAUSE) {
            NONE => None,
            cause => Some(cause),
        }
    }

    /// What happened.
    #[inline]
    pub(crate) const fn text(&self) -> Text {
        Text::new(self.catalog, self.word(field::TEXT))
    }

    /// Problem details, where no cause is known, up to the members of the occurrence.
    #[inline]
    pub(crate) const fn problem(&self) -> Text {
        Text::new(self.catalog, self.word(field::PROBLEM))
    }

    /// The envelope, up to the members of the occurrence.
    #[inline]
    pub(crate) const fn envelope(&self) -> Text {
        Text::new(self.catalog, self.word(field::ENVELOPE))
    }
}

impl Entry {
    /// The texts of the detail, with the id of each; which one an error has depends on its parameters and
    /// on the known cause.
    pub fn details(self) -> impl Iterator<Item = (&'static str, Text)> {
        self.alternatives().map(|detail| (detail.id(), detail.text()))
    }

    #[inline]
    pub(crate) fn alternatives(self) -> impl Iterator<Item = Detail> {
        self.range(layout::entry::DETAILS).numbers().map(move |number| Detail::new(self.catalog(), number))
    }
}

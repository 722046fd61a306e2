//! The alternatives of an entry's detail, each with the documents that contain it. `Problem` chooses between them.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::text::Text;
use lift_errors_core::layout::{self, NONE, detail as field, document};

/// An alternative of an entry's detail.
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

    /// The id, unique within the entry.
    pub(crate) fn id(&self) -> &'static str {
        self.catalog.tables().strings.get(self.word(field::ID) as usize)
    }

    /// The parameters that the error must have, one bit each.
    pub(crate) const fn when(&self) -> u32 {
        self.word(field::WHEN)
    }

    /// The number of the cause that the error must have.
    pub(crate) const fn cause(&self) -> Option<u32> {
        match self.word(field::CAUSE) {
            NONE => None,
            cause => Some(cause),
        }
    }

    /// Whether the problem document contains the parameters.
    pub(crate) const fn has_parameters(&self) -> bool {
        self.word(field::FLAGS) & field::PARAMETERS_BAKED != 0
    }

    /// Whether the documents lack the delay of the retry contract.
    #[inline]
    pub(crate) const fn lacks_delay(&self) -> bool {
        self.word(field::FLAGS) & field::DELAY_APART != 0
    }

    /// The text: what happened this time.
    #[inline]
    pub(crate) const fn text(&self) -> Text {
        Text::new(self.catalog, self.word(field::TEXT))
    }

    /// The problem document of an error without a known cause, up to the members of the occurrence.
    #[inline]
    pub(crate) const fn problem_document(&self) -> u32 {
        document::problem(self.number)
    }

    /// The Lift envelope, up to the members of the occurrence.
    #[inline]
    pub(crate) const fn envelope_document(&self) -> u32 {
        document::envelope(self.number)
    }
}

impl Entry {
    /// The alternatives of the detail, each with its id. The parameters and the cause of an error decide which one it has.
    pub fn details(self) -> impl ExactSizeIterator<Item = (&'static str, Text)> + Clone {
        self.alternatives().map(|detail| (detail.id(), detail.text()))
    }

    #[inline]
    pub(crate) fn alternatives(self) -> impl ExactSizeIterator<Item = Detail> + Clone {
        self.range(layout::entry::DETAILS).numbers().map(move |number| Detail::new(self.catalog(), number))
    }
}

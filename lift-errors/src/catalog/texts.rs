//! The texts of one locale, and the documents that contain them.

use crate::catalog::segments::Segments;
use crate::locale::Locale;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::presence::Presence;
use lift_errors_core::u32_table::U32Table;

/// The texts of one locale: those that differ from its fallback's.
#[doc(hidden)]
#[derive(Debug)]
pub struct Texts {
    pub(crate) blob: &'static str,
    pub(crate) segments: U32Table,
    /// The first segment of each text that the locale has, and its flags; then those of the plural forms.
    pub(crate) starts: U32Table,
    pub(crate) presence: Presence,
    pub(crate) documents: &'static Documents,
    conventions: &'static Conventions,
    /// The column with the texts that this one lacks.
    pub(crate) fallback: u16,
}

/// The JSON documents of one locale, or of all others.
#[doc(hidden)]
#[derive(Debug)]
pub struct Documents {
    pub(crate) blob: &'static str,
    segments: U32Table,
    /// The first segment of each document.
    starts: U32Table,
    /// Whether the documents name the texts in them by number, for every locale. A locale's own contain its texts, and are
    /// written in half the time.
    pub(crate) are_shared: bool,
}

impl Documents {
    /// The documents of one locale.
    pub const fn of_locale(blob: &'static str, segments: U32Table, starts: U32Table) -> Self {
        Self { blob, segments, starts, are_shared: false }
    }

    /// The documents of locales without their own.
    pub const fn shared(blob: &'static str, segments: U32Table, starts: U32Table) -> Self {
        Self { blob, segments, starts, are_shared: true }
    }

    /// The segments of a document.
    #[inline]
    pub(crate) fn segments(&self, number: u32) -> Segments {
        Segments::new(self.segments, self.starts, number)
    }

    pub(crate) const fn tables(&self) -> [U32Table; 2] {
        [self.segments, self.starts]
    }
}

impl Texts {
    #[doc(hidden)]
    pub const fn new(
        blob: &'static str,
        [segments, starts, presence]: [U32Table; 3],
        documents: &'static Documents,
        conventions: &'static Conventions,
        fallback: u16,
    ) -> Self {
        Self { blob, segments, starts, presence: Presence::new(presence), documents, conventions, fallback }
    }

    /// The conventions of the texts' language.
    #[inline]
    pub(crate) const fn conventions(&self) -> &'static Conventions {
        self.conventions
    }

    /// The locale that the texts are written for.
    pub(crate) fn locale(&self) -> Locale {
        Locale::new(self.conventions.locale)
    }

    /// The segments of a text; `None` if the text is that of the fallback.
    #[inline]
    pub(crate) fn own(&self, number: u32) -> Option<Segments> {
        Some(self.at(self.presence.place(number)?))
    }

    /// The segments of a text by its place among those that the locale has.
    #[inline]
    pub(crate) fn at(&self, place: u32) -> Segments {
        Segments::new(self.segments, self.starts, place)
    }

    #[inline]
    pub(crate) fn literal(&self, start: u32, end: u32) -> &'static str {
        self.blob.get(start as usize..end as usize).unwrap_or_default()
    }
}

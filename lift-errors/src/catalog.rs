//! A compiled catalogue: its tables, and how a record is found in them.

use crate::entry::Entry;
use crate::locale::Locale;
use core::fmt;
use lift_errors_core::record;
use lift_errors_core::words::{Strings, Words};

/// A compiled catalogue. Each is one static in the module that the compiler generates.
pub struct Catalog {
    tables: Tables,
}

/// What generated code hands over. The layouts are those of `lift_errors_core::record`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Tables {
    pub name: &'static str,
    pub reference: &'static str,
    pub strings: Strings,
    pub entries: Words,
    pub parameters: Words,
    pub details: Words,
    pub causes: Words,
    pub cures: Words,
    pub fixes: Words,
    pub notes: Words,
    pub links: Words,
    pub headers: Words,
    /// For every locale the number of its texts, fallbacks resolved.
    pub columns: &'static [u8],
    pub texts: &'static [Texts],
}

/// The texts of one locale.
#[doc(hidden)]
#[derive(Debug)]
pub struct Texts {
    pub(crate) blob: &'static str,
    pub(crate) segments: Words,
    pub(crate) texts: Words,
}

impl Texts {
    #[doc(hidden)]
    pub const fn new(blob: &'static str, segments: Words, texts: Words) -> Self {
        Self { blob, segments, texts }
    }

    #[inline]
    pub(crate) fn slice(&self, start: u32, end: u32) -> &'static str {
        self.blob.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Catalog {
    #[doc(hidden)]
    pub const fn new(tables: Tables) -> Self {
        Self { tables }
    }

    #[inline]
    pub(crate) const fn tables(&'static self) -> &'static Tables {
        &self.tables
    }

    /// The name: `lift` for the canonical catalogue. With the code it identifies an error.
    pub const fn name(&'static self) -> &'static str {
        self.tables.name
    }

    /// The address of the page that explains the entries.
    pub const fn reference(&'static self) -> &'static str {
        self.tables.reference
    }

    /// All entries, in the order of their ids.
    pub fn entries(&'static self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let count = (self.tables.entries.len() / record::entry::WIDTH).min(usize::from(u16::MAX)) as u16;
        (0..count).map(move |number| Entry::new(self, number))
    }

    /// Whether this is the same catalogue as `other`.
    #[inline]
    pub fn is(&'static self, other: &'static Self) -> bool {
        core::ptr::eq(self, other)
    }

    /// Whether a code or an id of the catalogue begins so.
    #[doc(hidden)]
    pub const fn uses_prefix(&'static self, code: &str, id: &str) -> bool {
        let count = self.tables.entries.len() / record::entry::WIDTH;
        let mut number = 0;
        while number < count {
            let entry = Entry::new(self, number as u16);
            if starts_with(entry.constant_string(record::entry::CODE), code)
                || starts_with(entry.constant_string(record::entry::ID), id)
            {
                return true;
            }
            number += 1;
        }
        false
    }

    /// The texts in a locale, or in the one that it falls back to.
    #[inline]
    pub(crate) fn texts(&'static self, locale: Locale) -> &'static Texts {
        static NOTHING: Texts = Texts::new("", Words::new(b""), Words::new(b""));
        let column = self.tables.columns.get(usize::from(locale.number())).copied().unwrap_or(0);
        self.tables.texts.get(usize::from(column)).or(self.tables.texts.first()).unwrap_or(&NOTHING)
    }
}

#[allow(clippy::indexing_slicing, reason = "both are longer than `at`; constant evaluation has no iterators")]
const fn starts_with(text: &str, prefix: &str) -> bool {
    let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
    let mut at = 0;
    while at < prefix.len() {
        if at >= text.len() || text[at] != prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog").field("name", &self.tables.name).finish_non_exhaustive()
    }
}

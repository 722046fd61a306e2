//! A compiled catalogue: its tables, and the lookups of locales and texts in them.

pub(crate) mod count;
pub(crate) mod detail;
pub(crate) mod entry;
pub(crate) mod guidance;
pub(crate) mod parameter;
pub(crate) mod phrase;
pub(crate) mod retry;
pub(crate) mod segments;
pub(crate) mod term;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod value;

use crate::catalog::segments::Segments;
use crate::locale::Locale;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::fingerprint::fingerprint;
use lift_errors_core::u32_table::{Strings, U32Table};
pub use texts::{Documents, Texts};

/// A compiled catalogue: a static in the module that the compiler generates, such as [`lift::CATALOG`](crate::lift::CATALOG).
pub struct Catalog {
    tables: Tables,
}

/// The tables that generated code contains. `lift_errors_core::layout` has the layout of each.
#[doc(hidden)]
#[derive(Debug)]
pub struct Tables {
    pub name: &'static str,
    pub reference: &'static str,
    pub strings: Strings,
    pub entries: U32Table,
    pub parameters: U32Table,
    pub details: U32Table,
    pub causes: U32Table,
    pub cause_fixes: U32Table,
    pub fixes: U32Table,
    pub notes: U32Table,
    pub links: U32Table,
    pub headers: U32Table,
    pub phrases: U32Table,
    pub profiles: U32Table,
    pub tags: U32Table,
    /// Two bytes for every locale: the number of its column, or of the one that it falls back to.
    pub locale_columns: &'static [u8],
    /// The columns for the language tags of requests, see `TagColumns`.
    pub tag_columns: U32Table,
    /// One column for each locale, the default locale first.
    pub columns: &'static [Column],
}

/// A column of the table of texts: one locale.
#[doc(hidden)]
#[derive(Debug)]
pub struct Column {
    /// The column to use if this one is left out of the program.
    pub fallback: u16,
    pub texts: Option<Texts>,
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

    /// The name, `lift` for the canonical catalogue. Name and code together identify an error.
    pub const fn name(&'static self) -> &'static str {
        self.tables.name
    }

    /// The URL of the page that explains the entries.
    pub const fn reference(&'static self) -> &'static str {
        self.tables.reference
    }

    /// A fingerprint of all records, and of the texts in every locale that is linked: twelve hexadecimal digits, which
    /// change with the catalogue.
    pub fn fingerprint(&'static self) -> impl fmt::Display {
        let tables = &self.tables;
        let records = [
            tables.entries,
            tables.parameters,
            tables.details,
            tables.causes,
            tables.cause_fixes,
            tables.fixes,
            tables.notes,
            tables.links,
            tables.headers,
            tables.phrases,
            tables.profiles,
            tables.tags,
        ];
        let all = |words: U32Table| words.bytes(0, words.len());
        let strings = (0..tables.strings.len()).map(|number| tables.strings.get(number));
        let names = [tables.name, tables.reference].into_iter().chain(strings).map(str::as_bytes);
        let texts = tables.columns.iter().filter_map(|column| column.texts.as_ref());
        let texts = texts.flat_map(|texts| {
            let tables = [texts.segments, texts.starts, texts.presence.table()];
            [texts.blob.as_bytes()].into_iter().chain(tables.into_iter().chain(texts.documents.tables()).map(all))
        });
        let pieces = names.chain(records.map(all)).chain(texts);
        Fingerprint(fingerprint(pieces))
    }

    /// Whether both are the same static.
    #[inline]
    pub fn ptr_eq(&'static self, other: &'static Self) -> bool {
        core::ptr::eq(self, other)
    }

    /// The locales that the catalogue has texts in, the default locale first. Locales that Cargo features leave out are
    /// not among them.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// assert_eq!(lift::CATALOG.locales().next(), Some(Locale::EN));
    /// ```
    pub fn locales(&'static self) -> impl Iterator<Item = Locale> {
        self.tables.columns.iter().filter_map(|column| Some(column.texts.as_ref()?.locale()))
    }

    /// The locale whose texts are used for `locale`: itself, or the one that it falls back to.
    pub fn locale(&'static self, locale: Locale) -> Locale {
        self.texts(locale).locale()
    }

    /// The locale of a column; `None` if the column is left out of the program.
    pub(crate) fn column_locale(&'static self, number: u32) -> Option<Locale> {
        Some(self.tables.columns.get(number as usize)?.texts.as_ref()?.locale())
    }

    /// The texts in a locale, or in the one that it falls back to.
    #[inline]
    pub(crate) fn texts(&'static self, locale: Locale) -> &'static Texts {
        let place = usize::from(locale.number()) * 2;
        let column = self.tables.locale_columns.get(place..).and_then(|rest| rest.first_chunk()).copied();
        self.column(u16::from_le_bytes(column.unwrap_or_default()))
    }

    /// The texts of a column, or of the one that it falls back to.
    #[inline]
    pub(crate) fn column(&'static self, number: u16) -> &'static Texts {
        const EMPTY: U32Table = U32Table::new(b"");
        static ENGLISH: Conventions = Conventions::english(Locale::EN.number());
        static NO_DOCUMENTS: Documents = Documents::of_locale("", EMPTY, EMPTY);
        static NO_TEXTS: Texts = Texts::new("", [EMPTY; 3], &NO_DOCUMENTS, &ENGLISH, 0);
        let mut number = number;
        // A column falls back to one before it.
        while let Some(column) = self.tables.columns.get(usize::from(number)) {
            match &column.texts {
                Some(texts) => return texts,
                None if column.fallback < number => number = column.fallback,
                None => break,
            }
        }
        &NO_TEXTS
    }

    /// A text by its number: that of `texts`, or of the nearest column that it falls back to.
    #[inline]
    pub(crate) fn find(&'static self, texts: &'static Texts, number: u32) -> Found {
        match texts.own(number) {
            Some(segments) => Found { texts, segments, conventions: texts.conventions(), is_foreign: false },
            None => self.inherited(texts, number),
        }
    }

    #[inline(never)]
    fn inherited(&'static self, texts: &'static Texts, number: u32) -> Found {
        let own = texts.conventions();
        let mut nearest = self.column(texts.fallback);
        loop {
            // The first column has all texts, and every other falls back to one before it.
            let Some(segments) = nearest.own(number) else {
                nearest = self.column(nearest.fallback);
                continue;
            };
            let others = nearest.conventions();
            // Within a language, values are written as the reader's region does.
            let is_foreign = own.language != others.language;
            return Found { texts: nearest, segments, conventions: if is_foreign { others } else { own }, is_foreign };
        }
    }

    /// Whether a text is not empty.
    pub(crate) fn has(&'static self, texts: &'static Texts, number: u32) -> bool {
        !self.find(texts, number).segments.is_empty()
    }
}

/// A text that was found in a column or in one that it falls back to.
pub(crate) struct Found {
    /// The column that has it.
    pub(crate) texts: &'static Texts,
    pub(crate) segments: Segments,
    /// The conventions of the language that it is in.
    pub(crate) conventions: &'static Conventions,
    /// Whether that is another language than the one that was asked for.
    pub(crate) is_foreign: bool,
}

struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog").field("name", &self.tables.name).finish_non_exhaustive()
    }
}

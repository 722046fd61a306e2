//! A compiled catalogue: its tables, and how a record is found in them.

pub(crate) mod detail;
pub(crate) mod entry;
pub(crate) mod guidance;
pub(crate) mod parameter;
pub(crate) mod retry;
pub(crate) mod segments;
pub(crate) mod text;
pub(crate) mod value;

use crate::locale::Locale;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::fingerprint::fingerprint;
use lift_errors_core::u32_table::{Strings, U32Table};

/// A compiled catalogue. Each is one static in the module that the compiler generates.
pub struct Catalog {
    tables: Tables,
}

/// What generated code hands over. The layouts are those of `lift_errors_core::layout`.
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
    /// For every locale, two bytes: the number of the column that it has, fallbacks resolved.
    pub locale_columns: &'static [u8],
    /// The columns that suit a language tag, see `TagColumns`.
    pub tag_columns: U32Table,
    /// The first column is the default's.
    pub texts: &'static [Column],
}

/// The texts in one language.
#[doc(hidden)]
#[derive(Debug)]
pub struct Column {
    /// The column to take where this one is not linked.
    pub fallback: u16,
    pub texts: Option<Texts>,
}

/// The texts of one locale.
#[doc(hidden)]
#[derive(Debug)]
pub struct Texts {
    pub(crate) blob: &'static str,
    pub(crate) segments: U32Table,
    pub(crate) texts: U32Table,
    conventions: &'static Conventions,
    /// Those of the languages that some of its texts fall back to.
    languages: &'static [&'static Conventions],
}

impl Texts {
    #[doc(hidden)]
    pub const fn new(
        blob: &'static str,
        segments: U32Table,
        texts: U32Table,
        conventions: &'static Conventions,
        languages: &'static [&'static Conventions],
    ) -> Self {
        Self { blob, segments, texts, conventions, languages }
    }

    /// The conventions of the texts' language.
    #[inline]
    pub(crate) const fn conventions(&self) -> &'static Conventions {
        self.conventions
    }

    /// Those of another language that a text falls back to; 0 is the texts' own.
    pub(crate) fn conventions_of(&self, language: u8) -> &'static Conventions {
        let other = usize::from(language).checked_sub(1).and_then(|number| self.languages.get(number));
        other.copied().unwrap_or(self.conventions)
    }

    /// The locale that the texts are written for.
    pub(crate) fn locale(&self) -> Locale {
        Locale::new(self.conventions.locale)
    }

    #[inline]
    pub(crate) fn literal(&self, start: u32, end: u32) -> &'static str {
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

    /// What tells this catalogue from any other state of it: twelve hexadecimal digits, over the records and the texts of
    /// every language that the program has.
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
        ];
        let all = |words: U32Table| words.bytes(0, words.len());
        let strings = (0..tables.strings.len()).map(|number| tables.strings.get(number));
        let names = [tables.name, tables.reference].into_iter().chain(strings).map(str::as_bytes);
        let texts = tables.texts.iter().filter_map(|column| column.texts.as_ref());
        let texts = texts.flat_map(|texts| [texts.blob.as_bytes(), all(texts.segments), all(texts.texts)]);
        let pieces = names.chain(records.map(all)).chain(texts);
        Fingerprint(fingerprint(pieces))
    }

    /// Whether this is the same catalogue as `other`.
    #[inline]
    pub fn ptr_eq(&'static self, other: &'static Self) -> bool {
        core::ptr::eq(self, other)
    }

    /// The locales that the catalogue has texts in, the default first; what features leave out is not among
    /// them.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// assert_eq!(lift::CATALOG.locales().next(), Some(Locale::EN));
    /// ```
    pub fn locales(&'static self) -> impl Iterator<Item = Locale> {
        self.tables.texts.iter().filter_map(|column| Some(column.texts.as_ref()?.locale()))
    }

    /// The locale whose texts stand in for those of `locale`: itself, where the catalogue has it.
    pub fn locale(&'static self, locale: Locale) -> Locale {
        self.texts(locale).locale()
    }

    /// The locale of a column that is linked.
    pub(crate) fn column_locale(&'static self, number: u32) -> Option<Locale> {
        Some(self.tables.texts.get(number as usize)?.texts.as_ref()?.locale())
    }

    /// The texts in a locale, or in the one that it falls back to.
    #[inline]
    pub(crate) fn texts(&'static self, locale: Locale) -> &'static Texts {
        let place = usize::from(locale.number()) * 2;
        let column = self.tables.locale_columns.get(place..).and_then(|rest| rest.first_chunk()).copied();
        self.column(u16::from_le_bytes(column.unwrap_or_default()))
    }

    /// The texts of a column, or of the one to take in its place.
    #[inline]
    pub(crate) fn column(&'static self, number: u16) -> &'static Texts {
        static ENGLISH: Conventions = Conventions::english(Locale::EN.number());
        static NOTHING: Texts = Texts::new("", U32Table::new(b""), U32Table::new(b""), &ENGLISH, &[]);
        let mut number = number;
        // A column falls back to one before it.
        while let Some(column) = self.tables.texts.get(usize::from(number)) {
            match &column.texts {
                Some(texts) => return texts,
                None if column.fallback < number => number = column.fallback,
                None => break,
            }
        }
        &NOTHING
    }
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

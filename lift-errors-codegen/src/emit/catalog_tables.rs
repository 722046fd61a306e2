//! The tables of a catalogue in memory: the bytes that a generated module has as literals. A module is made from them, and a
//! program that reads catalogues at run time hands them to the runtime's renderers.

use super::ranges;
use super::table::{self, Tables};
use crate::locale::Locale;
use crate::parallel;
use crate::resolve::catalog::{Column, Localised};

/// The tables of a catalogue. `lift_errors_core::layout` describes the layout of each.
#[derive(Debug)]
pub struct CatalogTables {
    /// The catalogue's name.
    pub name: String,
    /// The URL of the page that explains the entries.
    pub reference: String,
    /// All strings, one after the other.
    pub strings: String,
    /// Where each string starts, and where the last one ends.
    pub string_starts: Vec<u32>,
    /// The tables of records.
    pub records: Records,
    /// The column of every locale of the runtime, two bytes each.
    pub locale_columns: Vec<u8>,
    /// The columns for the language tags of requests.
    pub tag_columns: Vec<u32>,
    /// The texts of each locale, the default locale's first.
    pub columns: Vec<ColumnTables>,
}

/// The tables of records, which are the same in every locale.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is called as its table in `lift_errors_core::layout`")]
pub struct Records {
    pub entries: Vec<u32>,
    pub parameters: Vec<u32>,
    pub details: Vec<u32>,
    pub causes: Vec<u32>,
    pub cause_fixes: Vec<u32>,
    pub fixes: Vec<u32>,
    pub notes: Vec<u32>,
    pub links: Vec<u32>,
    pub headers: Vec<u32>,
    pub phrases: Vec<u32>,
    pub profiles: Vec<u32>,
    pub tags: Vec<u32>,
}

/// The texts of one locale.
#[derive(Debug)]
pub struct ColumnTables {
    /// The column to use where this one is not linked.
    pub fallback: u16,
    /// All texts.
    pub blob: String,
    /// The segments of the texts.
    pub segments: Vec<u32>,
    /// The first segment of each text, and its flags.
    pub texts: Vec<u32>,
    /// The locale's own language, and those that single texts fall back to.
    pub languages: Vec<ColumnLanguage>,
}

/// A language of texts.
#[derive(Debug)]
pub struct ColumnLanguage {
    /// The number of its locale.
    pub number: u16,
    /// Its BCP 47 tag.
    pub tag: &'static str,
    /// Its language and script.
    pub language: String,
    /// Whether its lines run from right to left.
    pub right_to_left: bool,
    /// The number of the locale whose plural rules and words it has: another one's for a pseudolocale.
    pub rules_of: u16,
}

impl CatalogTables {
    pub(crate) fn new(localised: &Localised) -> Self {
        let mut columns: Vec<Tables> = parallel::map(&localised.columns, |column| {
            table::build(&column.catalog, column.languages.iter().map(|locale| locale.is_right_to_left()).collect())
        });
        let default = localised.columns.first().map_or(Locale::Accented, |column| column.locale);
        let texts: Vec<ColumnTables> = localised
            .columns
            .iter()
            .zip(&mut columns)
            .map(|(column, tables)| column_tables(column, tables, default))
            .collect();
        // Everything except texts is the same in every column.
        let tables = if columns.is_empty() { Tables::default() } else { columns.swap_remove(0) };
        let locales: Vec<Locale> = localised.columns.iter().map(|column| column.locale).collect();
        Self {
            name: localised.source.name.clone(),
            reference: localised.source.reference.page().to_owned(),
            strings: tables.strings.blob,
            string_starts: tables.strings.starts,
            records: Records {
                entries: tables.entries,
                parameters: tables.parameters,
                details: tables.details,
                causes: tables.causes,
                cause_fixes: tables.cause_fixes,
                fixes: tables.fixes,
                notes: tables.notes,
                links: tables.links,
                headers: tables.headers,
                phrases: tables.phrases,
                profiles: tables.profiles,
                tags: tables.tags,
            },
            locale_columns: ranges::by_locale(&locales),
            tag_columns: ranges::ranges(&locales),
            columns: texts,
        }
    }
}

fn column_tables(column: &Column, tables: &mut Tables, default: Locale) -> ColumnTables {
    let texts = std::mem::take(&mut tables.texts);
    let language = |locale: &Locale| ColumnLanguage {
        number: locale.number(),
        tag: locale.tag(),
        language: locale.language(),
        right_to_left: locale.is_right_to_left(),
        rules_of: if locale.is_pseudolocale() { default } else { *locale }.number(),
    };
    ColumnTables {
        fallback: column.fallback as u16,
        blob: texts.blob,
        segments: texts.segments,
        texts: texts.texts,
        languages: column.languages.iter().map(language).collect(),
    }
}

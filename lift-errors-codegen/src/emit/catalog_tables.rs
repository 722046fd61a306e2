//! The tables of a catalogue in memory: the bytes that a generated module has as literals. A module is made from them, and a
//! program that reads catalogues at run time hands them to the runtime's renderers.

use super::segments::SegmentTable;
use super::table::{self, Tables};
use super::text::Texts;
use super::{presence, ranges};
use crate::locale::Locale;
use crate::parallel;
use crate::resolve::catalog::{Catalog, Column, Localised};

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
    /// The documents of locales that have none of their own, with literals of the default's blob.
    pub shared: DocumentTables,
}

/// The most entries with which every complete locale has documents of its own. They are written in half the time and take
/// some 600 bytes for each entry and locale, as much as the texts themselves.
const OWN_DOCUMENTS: usize = 64;

/// JSON documents.
#[derive(Debug, Default)]
pub struct DocumentTables {
    /// The segments.
    pub segments: Vec<u32>,
    /// The first segment of each document.
    pub starts: Vec<u32>,
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

/// The texts of one locale: those that differ from its fallback's.
#[derive(Debug)]
pub struct ColumnTables {
    /// The column with the texts that this one lacks.
    pub fallback: u16,
    /// All texts.
    pub blob: String,
    /// The segments of the texts.
    pub segments: Vec<u32>,
    /// The first segment of each text, and its flags.
    pub texts: Vec<u32>,
    /// The texts that the locale has; empty if it has all.
    pub presence: Vec<u32>,
    /// The documents; `None` if they are the shared ones. The default locale has its own.
    pub documents: Option<DocumentTables>,
    /// The language.
    pub language: ColumnLanguage,
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
        let source = &localised.source;
        let default = localised.columns.first().map_or(Locale::Accented, |column| column.locale);
        let (mut tables, mut columns) = (Tables::default(), Vec::new());
        // Everything except texts is the same in every column, and made with the first.
        let built = parallel::map(&localised.columns, |column| {
            let (right_to_left, is_default) = (column.locale.is_right_to_left(), column.locale == default);
            let (tables, presence) = if is_default {
                (table::build(source, right_to_left, localised.columns.len() > 1), Vec::new())
            } else if source.entries.len() <= OWN_DOCUMENTS && column.is_complete(source) {
                (table::build(&source.in_locale(column), right_to_left, false), Vec::new())
            } else {
                let (texts, presence) = sparse(source, column);
                (Tables { texts, ..Tables::default() }, presence)
            };
            (tables, presence, language(column.locale, default))
        });
        let mut shared = DocumentTables::default();
        for (column, (mut built, presence, language)) in localised.columns.iter().zip(built) {
            let Texts { blob, texts, documents, shared: shared_documents, .. } = std::mem::take(&mut built.texts);
            let own = DocumentTables::new(documents);
            columns.push(ColumnTables {
                fallback: column.fallback as u16,
                blob,
                segments: texts.words,
                texts: texts.starts,
                presence,
                documents: (column.locale == default || !own.segments.is_empty()).then_some(own),
                language,
            });
            if column.locale == default {
                shared = DocumentTables::new(shared_documents);
                tables = built;
            }
        }
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
            columns,
            shared,
        }
    }
}

/// The texts of a column that shares documents, and which there are.
fn sparse(source: &Catalog, column: &Column) -> (Texts, Vec<u32>) {
    let mut texts = Texts::new();
    let count = source.texts().count() as u32;
    let numbers: Vec<u32> = if column.is_complete(source) {
        let mut own = column.texts.iter().peekable();
        for number in 0..count {
            let text = own.next_if(|(next, _)| *next == number);
            texts.text(text.map_or(&[], |(_, text)| text.as_slice()));
        }
        (0..count).collect()
    } else {
        column.texts.iter().for_each(|(_, text)| texts.text(text));
        column.texts.iter().map(|(number, _)| *number).collect()
    };
    texts.finish();
    (texts, presence::words(count, &numbers))
}

impl DocumentTables {
    fn new(table: SegmentTable) -> Self {
        let SegmentTable { words: segments, starts, .. } = table;
        // The end of no documents is not worth a table.
        let starts = if starts.len() == 1 { Vec::new() } else { starts };
        Self { segments, starts }
    }
}

fn language(locale: Locale, default: Locale) -> ColumnLanguage {
    ColumnLanguage {
        number: locale.number(),
        tag: locale.tag(),
        language: locale.language(),
        right_to_left: locale.is_right_to_left(),
        rules_of: if locale.is_pseudolocale() { default } else { locale }.number(),
    }
}

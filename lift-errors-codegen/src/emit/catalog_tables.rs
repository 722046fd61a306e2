//! The tables of a catalogue in memory: the bytes that a generated module has as literals. A module is made from them, and a
//! program that reads catalogues at run time hands them to the runtime's renderers.

use super::segments::SegmentTable;
use super::table::{self, Tables};
use super::text::Texts;
use super::{presence, ranges};
use crate::locale::Locale;
use crate::parallel;
use crate::resolve::catalog::{Column, Localised, Piece};

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
    /// The documents of the default locale, and those of all others, with literals of the default's blob. The second are
    /// empty where there is one locale.
    pub documents: [DocumentTables; 2],
}

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
        let empty: Vec<bool> = source.texts().map(<[Piece]>::is_empty).collect();
        // Everything except texts is the same in every column, and made with the first.
        let built = parallel::map(&localised.columns, |column| {
            let language = language(column.locale, default);
            if column.locale == default {
                let tables = table::build(source, column.locale.is_right_to_left(), localised.columns.len() > 1);
                (None, Some((tables, language)))
            } else {
                (Some(column_tables(column, &empty, language)), None)
            }
        });
        let (mut tables, mut columns) = (Tables::default(), Vec::new());
        for (column, first) in built {
            columns.extend(column);
            if let Some((first, language)) = first {
                tables = first;
                let Texts { blob, texts: SegmentTable { words: segments, starts: texts, .. }, .. } = &mut tables.texts;
                let [segments, texts] = [segments, texts].map(std::mem::take);
                let blob = std::mem::take(blob);
                columns.push(ColumnTables { fallback: 0, blob, segments, texts, presence: Vec::new(), language });
            }
        }
        let Texts { documents, shared, .. } = std::mem::take(&mut tables.texts);
        let documents = [documents, shared].map(|SegmentTable { words: segments, mut starts, .. }| {
            // The end of no documents is not worth a table.
            if starts.len() == 1 {
                starts.clear();
            }
            DocumentTables { segments, starts }
        });
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
            documents,
        }
    }
}

fn column_tables(column: &Column, empty: &[bool], language: ColumnLanguage) -> ColumnTables {
    let mut texts = Texts::new();
    let count = empty.len() as u32;
    // A text that no locale has makes no column sparse.
    let needed = empty.iter().filter(|is_empty| !**is_empty).count();
    let own = column.texts.iter().filter(|(number, _)| empty.get(*number as usize) == Some(&false)).count();
    let numbers: Vec<u32> = if own == needed {
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
    ColumnTables {
        fallback: column.fallback as u16,
        blob: texts.blob,
        segments: texts.texts.words,
        texts: texts.texts.starts,
        presence: presence::words(count, &numbers),
        language,
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

//! The runtime's handle to a catalogue that was read a moment ago.

use lift_errors::__private::{Column, Conventions, Strings, Tables, Texts, U32Table};
use lift_errors::Catalog;
use lift_errors_codegen::{CatalogTables, ColumnLanguage, ColumnTables};

#[allow(clippy::pedantic, clippy::as_conversions, reason = "the code of a generated module")]
mod languages {
    include!(concat!(env!("OUT_DIR"), "/conventions.rs"));

    pub(super) fn of(number: u16) -> Option<&'static ::lift_errors::__private::Conventions> {
        CONVENTIONS.get(usize::from(number)).copied().flatten()
    }
}

/// The catalogue of the tables. The runtime's handles are `'static`, so the tables stay in memory until the program ends.
pub(crate) fn catalog(tables: CatalogTables) -> &'static Catalog {
    let records = tables.records;
    Box::leak(Box::new(Catalog::new(Tables {
        name: text(tables.name),
        reference: text(tables.reference),
        strings: Strings::new(text(tables.strings), words(&tables.string_starts)),
        entries: words(&records.entries),
        parameters: words(&records.parameters),
        details: words(&records.details),
        causes: words(&records.causes),
        cause_fixes: words(&records.cause_fixes),
        fixes: words(&records.fixes),
        notes: words(&records.notes),
        links: words(&records.links),
        headers: words(&records.headers),
        phrases: words(&records.phrases),
        locale_columns: tables.locale_columns.leak(),
        tag_columns: words(&tables.tag_columns),
        columns: tables.columns.into_iter().map(column).collect::<Vec<_>>().leak(),
    })))
}

fn column(tables: ColumnTables) -> Column {
    let mut languages = tables.languages.iter().map(conventions);
    let own = languages.next();
    let others: Vec<&'static Conventions> = languages.flatten().collect();
    let texts = own
        .flatten()
        .map(|own| Texts::new(text(tables.blob), words(&tables.segments), words(&tables.texts), own, others.leak()));
    Column { fallback: tables.fallback, texts }
}

/// The conventions of a language. The compiler refuses a locale without conventions.
fn conventions(language: &ColumnLanguage) -> Option<&'static Conventions> {
    let rules = languages::of(language.rules_of)?;
    if language.rules_of == language.number {
        return Some(rules);
    }
    // A pseudolocale has the rules of the default locale.
    Some(Box::leak(Box::new(Conventions {
        locale: language.number,
        tag: language.tag,
        language: text(language.language.clone()),
        right_to_left: language.right_to_left,
        ..*rules
    })))
}

fn text(text: String) -> &'static str {
    text.leak()
}

fn words(words: &[u32]) -> U32Table {
    U32Table::new(words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>().leak())
}

#[cfg(test)]
mod tests {
    use crate::runtime::sample::Sample;
    use lift_errors::{Audience, Format, Problem, lift};
    use lift_errors_codegen::Compiler;

    /// The same catalogue, compiled into the runtime and read here, gives the same bytes.
    #[test]
    fn a_catalogue_that_is_read_is_rendered_as_one_that_is_compiled() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let snapshot = Compiler::new(folder, "catalog/catalog.toml").canonical().snapshot().unwrap();
        let catalog = super::catalog(snapshot.tables);
        assert_eq!(catalog.fingerprint().to_string(), lift::CATALOG.fingerprint().to_string());
        let formats = [Format::ProblemDetails, Format::Envelope, Format::Html, Format::Terminal { color: true }];
        let locales: Vec<_> = lift::CATALOG.locales().collect();
        assert!(catalog.locales().eq(locales.iter().copied()));
        for (ours, theirs) in catalog.entries().zip(lift::CATALOG.entries()) {
            let (ours, theirs) = (Sample::new(ours), Sample::new(theirs));
            for &locale in &locales {
                let shown = |sample, format| {
                    let problem = Problem::new(sample).with_locale(locale).with_audience(Audience::Operator);
                    problem.display(format).to_string()
                };
                for format in formats {
                    assert_eq!(shown(&ours, format), shown(&theirs, format));
                }
            }
        }
    }
}

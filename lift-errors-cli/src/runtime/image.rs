//! The runtime's handle to a catalogue that was read a moment ago.

use lift_errors::__private::{Column, Conventions, Documents, Strings, Tables, Texts, U32Table};
use lift_errors::Catalog;
use lift_errors_codegen::{CatalogTables, ColumnLanguage, ColumnTables};
use std::collections::HashSet;

#[allow(clippy::pedantic, clippy::as_conversions, clippy::nonminimal_bool, reason = "the code of a generated module")]
mod languages {
    include!(concat!(env!("OUT_DIR"), "/conventions.rs"));

    pub(super) fn of(number: u16) -> Option<&'static ::lift_errors::__private::Conventions> {
        CONVENTIONS.get(usize::from(number)).copied().flatten()
    }
}

/// The catalogue of the tables, which stay in memory until the program ends.
pub(crate) fn catalog(tables: CatalogTables) -> &'static Catalog {
    Images::default().catalog(tables)
}

/// Catalogues in memory. The runtime's handles are `'static`, so nothing is ever given back; catalogues that follow each other
/// share all texts and tables that have not changed, which are most of them.
#[derive(Debug, Default)]
pub(crate) struct Images {
    /// The bytes of all texts and tables.
    kept: usize,
    texts: HashSet<&'static str>,
    tables: HashSet<&'static [u8]>,
}

impl Images {
    /// The bytes that stay in memory until the program ends.
    pub(crate) fn kept(&self) -> usize {
        self.kept
    }

    /// The catalogue of the tables.
    pub(crate) fn catalog(&mut self, tables: CatalogTables) -> &'static Catalog {
        let records = tables.records;
        let default = tables.columns.first().map(|column| column.blob.clone()).unwrap_or_default();
        let (blob, segments) = (self.text(default), self.words(&tables.shared.segments));
        let shared = Documents::shared(blob, segments, self.words(&tables.shared.starts));
        let shared: &Documents = Box::leak(Box::new(shared));
        let columns: Vec<Column> = tables.columns.into_iter().map(|column| self.column(column, shared)).collect();
        Box::leak(Box::new(Catalog::new(Tables {
            name: self.text(tables.name),
            reference: self.text(tables.reference),
            strings: Strings::new(self.text(tables.strings), self.words(&tables.string_starts)),
            entries: self.words(&records.entries),
            parameters: self.words(&records.parameters),
            details: self.words(&records.details),
            causes: self.words(&records.causes),
            cause_fixes: self.words(&records.cause_fixes),
            fixes: self.words(&records.fixes),
            notes: self.words(&records.notes),
            links: self.words(&records.links),
            headers: self.words(&records.headers),
            phrases: self.words(&records.phrases),
            profiles: self.words(&records.profiles),
            tags: self.words(&records.tags),
            locale_columns: tables.locale_columns.leak(),
            tag_columns: self.words(&tables.tag_columns),
            columns: columns.leak(),
        })))
    }

    fn column(&mut self, tables: ColumnTables, shared: &'static Documents) -> Column {
        let fallback = tables.fallback;
        let texts = self.conventions(&tables.language).map(|conventions| {
            let words = [&tables.segments, &tables.texts, &tables.presence].map(|words| self.words(words));
            let blob = self.text(tables.blob);
            let documents = tables.documents.map_or(shared, |own| {
                let (segments, starts) = (self.words(&own.segments), self.words(&own.starts));
                Box::leak(Box::new(Documents::of_locale(blob, segments, starts)))
            });
            Texts::new(blob, words, documents, conventions, fallback)
        });
        Column { fallback, texts }
    }

    /// The conventions of a language. The compiler refuses a locale without conventions.
    fn conventions(&mut self, language: &ColumnLanguage) -> Option<&'static Conventions> {
        let rules = languages::of(language.rules_of)?;
        if language.rules_of == language.number {
            return Some(rules);
        }
        // A pseudolocale has the rules of the default locale.
        Some(Box::leak(Box::new(Conventions {
            locale: language.number,
            tag: language.tag,
            language: self.text(language.language.clone()),
            right_to_left: language.right_to_left,
            ..*rules
        })))
    }

    fn text(&mut self, text: String) -> &'static str {
        if let Some(known) = self.texts.get(text.as_str()) {
            return known;
        }
        self.kept += text.len();
        let text = text.leak();
        self.texts.insert(text);
        text
    }

    fn words(&mut self, words: &[u32]) -> U32Table {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        if let Some(known) = self.tables.get(bytes.as_slice()) {
            return U32Table::new(known);
        }
        self.kept += bytes.len();
        let bytes = bytes.leak();
        self.tables.insert(bytes);
        U32Table::new(bytes)
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::sample::Sample;
    use lift_errors::{Audience, Brand, Format, Page, Problem, lift};
    use lift_errors_codegen::Compiler;

    /// `serve` reads a catalogue again after each save.
    #[test]
    fn catalogues_that_follow_each_other_share_their_texts() {
        let compiler = Compiler::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."), "catalog/catalog.toml").canonical();
        let mut images = super::Images::default();
        let size = |images: &super::Images| (images.texts.len(), images.tables.len());
        images.catalog(compiler.snapshot().unwrap().tables);
        let (before, kept) = (size(&images), images.kept());
        assert!(kept > 100_000, "{kept}");
        let mut tables = compiler.snapshot().unwrap().tables;
        images.catalog(compiler.snapshot().unwrap().tables);
        assert_eq!((size(&images), images.kept()), (before, kept));
        tables.columns[0].blob.push('!');
        let longer = tables.columns[0].blob.len();
        images.catalog(tables);
        assert_eq!((size(&images), images.kept()), ((before.0 + 1, before.1), kept + longer));
    }

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

    /// In a language that the canonical catalogue lacks, labels are English among texts that are not.
    #[test]
    fn a_label_has_the_colon_of_its_own_language() {
        let folder = std::env::temp_dir().join(format!("lift-errors-colon-{}", std::process::id()));
        let manifest = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0\"\ncode_prefix = \"shop_\"\n\
            reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\", \"ja\"]\nfiles = [\"errors.toml\"]\n";
        let entry = "[shop_closed]\nid = \"SHOP-1\"\nstatus = 400\nseverity = \"error\"\nsince = \"0.1.0\"\ntitle = \"Closed\"\n\
            detail = \"The shop is closed.\"\nmeaning = \"It is night.\"\nretry = { kind = \"never\" }\n\
            [[shop_closed.cause]]\nid = \"night\"\ntext = \"It is night.\"\nfixes = [\"wait\"]\n\
            [[shop_closed.fix]]\nid = \"wait\"\ntext = \"Wait.\"\n";
        std::fs::create_dir_all(folder.join("locales/ja")).unwrap();
        for (name, text) in [
            ("catalog.toml", manifest),
            ("errors.toml", entry),
            ("locales/ja/errors.toml", "[shop_closed]\ntitle = \"閉店\"\n"),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let snapshot = Compiler::new(&folder, "catalog.toml").snapshot();
        std::fs::remove_dir_all(&folder).unwrap();
        let catalog = super::catalog(snapshot.unwrap_or_else(|faults| panic!("{faults}")).tables);
        let sample = Sample::new(catalog.entries().next().unwrap());
        let brand = Brand::new("Shop").with_support("help@example.com");
        let mut page = Vec::new();
        Page::new(Problem::new(&sample).with_locale("ja".parse().unwrap()), &brand).write(&mut page);
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("閉店") && page.contains("Error%3A%20SHOP-1"), "{page}");
    }

    /// A text that a locale lacks is its fallback's, in every combination of texts that are there and texts that are not. In
    /// the other catalogue a translator has copied what is missing.
    #[test]
    fn a_sparse_locale_is_rendered_as_a_complete_one_with_the_fallbacks_texts() {
        const KEYS: [&str; 5] = ["title", "detail", "meaning", "cause.first", "fix.first"];
        let text = |entry: usize, key: &str, locale: &str| format!("{locale} says {key} of \\\"{entry}\\\".");
        let mut entries = String::new();
        for entry in 0..64 {
            let text = |key| text(entry, key, "en");
            entries += &format!(
                "[shop_e{entry}x]\nid = \"SHOP-{entry:05}\"\nstatus = 400\nstatus_default = {}\nseverity = \"error\"\nsince = \"0.1.0\"\n\
                 title = \"{}\"\ndetail = \"{}\"\nmeaning = \"{}\"\nretry = {{ kind = \"never\" }}\n\
                 [[shop_e{entry}x.cause]]\nid = \"first\"\ntext = \"{}\"\nfixes = [\"first\"]\n\
                 [[shop_e{entry}x.fix]]\nid = \"first\"\ntext = \"{}\"\n",
                entry == 0,
                text(KEYS[0]),
                text(KEYS[1]),
                text(KEYS[2]),
                text(KEYS[3]),
                text(KEYS[4])
            );
        }
        // Every combination of five texts in German, and other ones in Austrian German.
        let has = |locale: &str, entry: usize, key: usize| match locale {
            "de" => entry >> key & 1 == 1,
            _ => (entry / 2 + 7) >> (4 - key) & 1 == 1 && entry % 3 == 0,
        };
        let translations = |locale: &str, is_complete: bool| {
            let mut toml = String::new();
            for entry in 0..64 {
                toml += &format!("[shop_e{entry}x]\n");
                for (number, key) in KEYS.iter().enumerate() {
                    let owner = [locale, "de"].into_iter().find(|locale| has(locale, entry, number));
                    let owner = if is_complete { owner.or(Some("en")) } else { owner.filter(|owner| *owner == locale) };
                    if let Some(owner) = owner {
                        toml += &format!("{key} = \"{}\"\n", text(entry, key, owner));
                    }
                }
            }
            toml
        };
        let catalog = |is_complete: bool| {
            let name = if is_complete { "complete" } else { "sparse" };
            let folder = std::env::temp_dir().join(format!("lift-errors-{name}-{}", std::process::id()));
            let manifest = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-00000\"\ncode_prefix = \"shop_\"\n\
                reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\n\
                locales = [\"en\", \"de\", \"de-AT\"]\nfiles = [\"errors.toml\"]\n";
            for locale in ["de", "de-AT"] {
                std::fs::create_dir_all(folder.join("locales").join(locale)).unwrap();
                std::fs::write(
                    folder.join("locales").join(locale).join("errors.toml"),
                    translations(locale, is_complete),
                )
                .unwrap();
            }
            std::fs::write(folder.join("catalog.toml"), manifest).unwrap();
            std::fs::write(folder.join("errors.toml"), &entries).unwrap();
            let snapshot = Compiler::new(&folder, "catalog.toml").snapshot();
            std::fs::remove_dir_all(&folder).unwrap();
            snapshot.unwrap_or_else(|faults| panic!("{faults}")).tables
        };
        let (sparse, complete) = (catalog(false), catalog(true));
        let size = |tables: &lift_errors_codegen::CatalogTables, column: usize| {
            let column = &tables.columns[column];
            column.blob.len() + 4 * (column.segments.len() + column.texts.len() + column.presence.len())
        };
        assert!(size(&sparse, 1) * 5 < size(&complete, 1) * 3, "{} {}", size(&sparse, 1), size(&complete, 1));
        let [sparse, complete] = [sparse, complete].map(super::catalog);
        for (ours, theirs) in sparse.entries().zip(complete.entries()) {
            let (ours, theirs) = (Sample::new(ours), Sample::new(theirs));
            for locale in complete.locales() {
                // A page marks the language of a text, which a copy hides.
                for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText] {
                    let shown = |sample| Problem::new(sample).with_locale(locale).display(format).to_string();
                    assert_eq!(shown(&ours), shown(&theirs), "{locale:?}");
                }
            }
        }
    }
}

//! The default locale's texts in the form of a translation: what translators' tools take as their source.

use crate::read::draft::Draft;
use crate::read::plural_text::PluralText;
use crate::read::text_key::TextKey;
use crate::toml_text::{quoted, quoted_lines};
use crate::translate::{TextOwner, TranslatedFiles, sources_into_any};
use std::collections::HashMap;
use std::fmt::Write as _;

const MARKER: &str = "# The texts of the catalogue, for translators' tools. `lift-errors sync` writes this file. Do not edit it:\n\
    # change the entries' own files. In a folder that this was copied to, remove these lines and what is not translated.\n";

/// The tables of one file: the header of each and its lines.
#[derive(Default)]
struct Tables {
    in_order: Vec<(String, String)>,
    numbers: HashMap<String, usize>,
}

impl Tables {
    /// The lines of a table; a new table follows all others.
    fn lines(&mut self, header: &str) -> &mut String {
        let next = self.in_order.len();
        let number = *self.numbers.entry(header.to_owned()).or_insert(next);
        if number == next {
            self.in_order.push((header.to_owned(), String::new()));
        }
        #[allow(clippy::indexing_slicing, reason = "the number is that of a table: it was just seen or pushed")]
        &mut self.in_order[number].1
    }
}

/// The tables of each file, in the order of the first text of each.
#[derive(Default)]
struct Files<'a> {
    in_order: Vec<(&'a str, Tables)>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Files<'a> {
    /// The tables of a file; a new file follows all others.
    fn tables(&mut self, name: &'a str) -> &mut Tables {
        let next = self.in_order.len();
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.in_order.push((name, Tables::default()));
        }
        #[allow(clippy::indexing_slicing, reason = "the number is that of a file: it was just seen or pushed")]
        &mut self.in_order[number].1
    }
}

/// The files of the default locale's folder, by their names relative to it. `main` is the manifest's name.
pub(crate) fn files(draft: &Draft, main: &str) -> Vec<(String, String)> {
    let (mut files, translated) = (Files::default(), TranslatedFiles::new(draft, main));
    for source in sources_into_any(draft) {
        let Some(file) = translated.of(None, source.owner) else { continue };
        let tables = files.tables(file);
        let (table, name) = match source.owner {
            TextOwner::Label(name) => ("labels".to_owned(), name),
            TextOwner::Entry(entry, key) => {
                let (kind, name) = place_of(key);
                let code = &entry.code.value;
                let table = if kind.is_empty() { code.clone() } else { format!("{code}.{kind}") };
                // An entry's own texts come before the tables in it, of whatever order the texts are.
                tables.lines(code);
                (table, name)
            }
            TextOwner::Phrase(phrase) => (phrase.kind.table().to_owned(), phrase.name.as_str()),
        };
        write(tables, &table, name, source.plural_text);
    }
    let text = |tables: Tables| {
        let tables = tables.in_order.into_iter().filter(|(_, lines)| !lines.is_empty());
        tables.fold(MARKER.to_owned(), |text, (header, lines)| text + &format!("\n[{header}]\n{lines}"))
    };
    files.in_order.into_iter().map(|(name, tables)| (name.to_owned(), text(tables))).collect()
}

/// The table within an entry's, and the key in it.
pub(crate) fn place_of(key: TextKey<'_>) -> (&'static str, &str) {
    match key {
        TextKey::Title => ("", "title"),
        TextKey::Meaning => ("", "meaning"),
        TextKey::Description => ("", "description"),
        TextKey::Detail => ("", "detail"),
        TextKey::Support => ("", "support"),
        TextKey::Runbook => ("", "runbook"),
        TextKey::DetailOf(id) => ("detail", id),
        TextKey::Cause(id) => ("cause", id),
        TextKey::Fix(id) => ("fix", id),
        TextKey::Note(id) => ("note", id),
    }
}

fn write(tables: &mut Tables, table: &str, name: &str, plural_text: &PluralText) {
    // Writing to a `String` can't fail.
    if !plural_text.is_plural() {
        let text = plural_text.other().map_or("", |template| template.text.value.as_str());
        let _ = writeln!(tables.lines(table), "{name} = {}", quoted_lines(text));
        return;
    }
    // The texts beside it come first: what follows a table's header belongs to that table.
    tables.lines(table);
    let lines = tables.lines(&format!("{table}.{name}"));
    for form in &plural_text.forms {
        let _ = writeln!(lines, "{} = {}", form.category, quoted(&form.template.text.value));
    }
}

//! `errors.toml` of TiDB, TiKV and PD: a table for each error, with `error`, `description` and `workaround`.

use super::imported::{Import, Imported, unreadable};
use super::placeholder::{Style, message, plain_of};
use crate::error::Error;
use std::path::Path;
use toml_edit::{DocumentMut, Item};

pub(super) fn read(path: &Path, text: &str) -> Result<Import, Error> {
    let document: DocumentMut = text.parse().map_err(|error| Error::Toml { path: path.to_owned(), error })?;
    if let Some(reason) = of_catalog(&document) {
        return Err(unreadable(path, reason));
    }
    let mut import = Import::default();
    for (name, item) in document.iter() {
        let Some(table) = item.as_table_like() else {
            import.left_out.push(format!("`{name}` is not a table"));
            continue;
        };
        let string = |key: &str| table.get(key).and_then(Item::as_str).filter(|text| !text.trim().is_empty());
        let is_text = |key: &str, item: &Item| ["error", "description", "workaround"].contains(&key) && item.is_str();
        let others = table.iter().filter(|(key, item)| !is_text(key, item));
        let others = others.map(|(key, item)| format!("`{key}` has no place here: {}", item.to_string().trim()));
        let mut remarks: Vec<String> = others.collect();
        let mut of = |key: &str| string(key).map(|text| plain_of(key, text, &mut remarks));
        let (meaning, fix) = (of("description"), of("workaround"));
        import.errors.push(Imported {
            name: name.to_owned(),
            message: string("error").map(|text| message(text, Style::Printf, &|_| "text")),
            meaning,
            fix,
            remarks,
            ..Imported::default()
        });
    }
    if import.errors.is_empty() {
        return Err(unreadable(path, "it has no table with `error`, `description` or `workaround`"));
    }
    Ok(import)
}

/// Why a file of a catalogue is not imported.
fn of_catalog(document: &DocumentMut) -> Option<&'static str> {
    let has = |item: &Item, keys: &[&str]| keys.iter().all(|key| item.get(key).is_some_and(Item::is_str));
    if document.get("catalog").is_some_and(|catalog| has(catalog, &["name", "default_locale"])) {
        return Some("it is the manifest of a catalogue, not a list of errors");
    }
    let is_entry = |(_, item): (&str, &Item)| has(item, &["id", "title", "meaning"]) && !has(item, &["error"]);
    document
        .iter()
        .any(is_entry)
        .then_some("it has entries of a catalogue already: copy their tables, or list the file in `files`")
}

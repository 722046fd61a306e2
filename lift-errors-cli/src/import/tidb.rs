//! `errors.toml` of TiDB, TiKV and PD: a table for each error, with `error`, `description` and `workaround`.

use super::imported::{Import, Imported, unreadable};
use super::placeholder::{Style, message, plain};
use crate::error::Error;
use std::path::Path;
use toml_edit::{DocumentMut, Item};

pub(super) fn read(path: &Path, text: &str) -> Result<Import, Error> {
    let document: DocumentMut = text.parse().map_err(|error| Error::Toml { path: path.to_owned(), error })?;
    let mut import = Import::default();
    for (name, item) in document.iter() {
        let Some(table) = item.as_table_like() else {
            import.left_out.push(format!("`{name}` is not a table"));
            continue;
        };
        let string = |key: &str| table.get(key).and_then(Item::as_str).filter(|text| !text.trim().is_empty());
        let is_text = |key: &str, item: &Item| ["error", "description", "workaround"].contains(&key) && item.is_str();
        let others = table.iter().filter(|(key, item)| !is_text(key, item));
        let remarks = others.map(|(key, item)| format!("`{key}` has no place here: {}", item.to_string().trim()));
        import.errors.push(Imported {
            name: name.to_owned(),
            message: string("error").map(|text| message(text, Style::Printf, &|_| "text")),
            meaning: string("description").map(|text| plain(text).text),
            fix: string("workaround").map(|text| plain(text).text),
            remarks: remarks.collect(),
            ..Imported::default()
        });
    }
    if import.errors.is_empty() {
        return Err(unreadable(path, "it has no table with `error`, `description` or `workaround`"));
    }
    Ok(import)
}

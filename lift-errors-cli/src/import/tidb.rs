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
        let unknown =
            table.iter().map(|(key, _)| key).filter(|key| !["error", "description", "workaround"].contains(key));
        let remarks = unknown.map(|key| {
            format!("`{key}` has no place here: {}", table.get(key).map(ToString::to_string).unwrap_or_default().trim())
        });
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

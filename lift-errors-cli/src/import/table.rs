//! A list of codes as CSV or JSON, with a mapping from its columns or members to what a catalogue has.

use super::imported::{Import, Imported, Mapping, unreadable};
use super::placeholder::{Style, message, plain};
use crate::error::Error;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The meaning of a column. A column with that name needs no mapping.
pub(crate) const ROLES: [&str; 6] = ["code", "title", "message", "meaning", "fix", "status"];

pub(super) fn read_csv(path: &Path, text: &str, mapping: &Mapping) -> Result<Import, Error> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> =
        reader.headers().map_err(|error| unreadable(path, error))?.iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| unreadable(path, error))?;
        let cells = columns.iter().zip(&record).map(|(column, cell)| (column.clone(), Value::from(cell)));
        Ok(cells.collect::<Map<_, _>>())
    });
    import(path, &columns, rows.collect::<Result<_, Error>>()?, mapping)
}

pub(super) fn read_json(path: &Path, text: &str, mapping: &Mapping) -> Result<Import, Error> {
    let document: Value = serde_json::from_str(text).map_err(|error| unreadable(path, error))?;
    let rows: Vec<Map<String, Value>> = match document {
        Value::Array(rows) => rows.into_iter().filter_map(|row| row.as_object().cloned()).collect(),
        // An object by code: the member's name is the code.
        Value::Object(rows) => rows
            .into_iter()
            .map(|(code, row)| {
                let mut row = match row {
                    Value::Object(row) => row,
                    message => [("message".to_owned(), message)].into_iter().collect(),
                };
                row.entry("code").or_insert_with(|| code.into());
                row
            })
            .collect(),
        _ => return Err(unreadable(path, "it is neither a list nor an object of errors")),
    };
    let mut seen = HashSet::new();
    let names = rows.iter().flat_map(Map::keys).filter(|name| seen.insert(name.as_str()));
    let columns: Vec<String> = names.cloned().collect();
    import(path, &columns, rows, mapping)
}

fn import(path: &Path, columns: &[String], rows: Vec<Map<String, Value>>, mapping: &Mapping) -> Result<Import, Error> {
    let column = |role: &str| {
        let mapped = mapping.iter().find(|(known, _)| known == role).map(|(_, column)| column.as_str());
        let same = || columns.iter().find(|column| column.eq_ignore_ascii_case(role)).map(String::as_str);
        mapped.or_else(same)
    };
    for (_, mapped) in mapping {
        if !columns.contains(mapped) {
            let hint = crate::nearest::hint(mapped, columns.iter().map(String::as_str), "columns");
            return Err(unreadable(path, format!("it has no column `{mapped}`: {hint}")));
        }
    }
    let Some(code) = column("code") else {
        let columns = columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
        return Err(unreadable(
            path,
            format!("which column is the code? map it: `--map code=COLUMN`; columns: {columns}"),
        ));
    };
    let of_roles: HashMap<&str, &str> = ROLES.iter().filter_map(|role| Some((*role, column(role)?))).collect();
    let mut import = Import::default();
    for (number, row) in rows.iter().enumerate() {
        let text = |role: &str| of_roles.get(role).and_then(|column| row.get(*column)).and_then(text_of);
        let Some(name) = row.get(code).and_then(text_of) else {
            import.left_out.push(format!("row {} has no code", number + 1));
            continue;
        };
        let others = row.iter().filter(|(column, _)| of_roles.values().all(|known| known != column));
        let mut remarks: Vec<String> =
            others.filter_map(|(column, value)| Some(format!("{column}: {}", text_of(value)?))).collect();
        let status = text("status");
        let number =
            status.as_deref().and_then(|status| status.parse().ok()).filter(|status| (400..600).contains(status));
        if let (Some(status), None) = (&status, number) {
            remarks.push(format!("`{status}` is not an error status of HTTP"));
        }
        let is_printf = |text: &str| text.contains('%') && !text.contains('{');
        let of_message = |text: String| {
            let style = if is_printf(&text) { Style::Printf } else { Style::Rust };
            message(&text, style, &|_| "text")
        };
        import.errors.push(Imported {
            name,
            title: text("title").map(|text| plain(&text).text),
            status: number,
            message: text("message").map(of_message),
            meaning: text("meaning").map(|text| plain(&text).text),
            fix: text("fix").map(|text| plain(&text).text),
            remarks,
            ..Imported::default()
        });
    }
    Ok(import)
}

/// A cell as a text; nothing for an empty one.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

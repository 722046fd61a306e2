//! Writes `catalog.lock`.

use crate::diagnostic::span::Text;
use crate::read::lock::Released;
use crate::resolve::catalog::{Catalog, Entry};
use crate::toml_text::{key, quoted};
use std::fmt::Write as _;

/// The lock file of a catalogue: what is there now, and the tombstones of what was.
pub(crate) fn write(catalog: &Catalog, released: &[Released]) -> String {
    let mut out = String::from(
        "# Every code that was ever released, with what clients know it by. The catalogue compiler holds the\n\
         # catalogue against it. Tools write it; only `removed` is set by hand.\n",
    );
    let mut codes: Vec<(String, String)> =
        catalog.entries.iter().map(|entry| (entry.id.clone(), present(entry))).collect();
    codes.extend(
        released
            .iter()
            .filter(|code| code.removed.is_some())
            .filter_map(|code| Some((code.id.as_ref()?.value.clone(), tombstone(code)))),
    );
    codes.sort();
    for (_, table) in codes {
        out.push('\n');
        out.push_str(&table);
    }
    out
}

fn present(entry: &Entry) -> String {
    let mut parameters: Vec<String> = entry
        .parameters
        .iter()
        .map(|parameter| format!("{}{}: {}", parameter.name, if parameter.optional { "?" } else { "" }, parameter.kind))
        .collect();
    parameters.sort();
    table(&entry.code, &entry.id, entry.status.map(i64::from), entry.retry.kind().as_str(), &parameters)
}

fn tombstone(code: &Released) -> String {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let mut table =
        table(&code.code.value, &text(&code.id), code.status, code.retry.as_deref().unwrap_or(""), &code.parameters);
    // Writing to a `String` can't fail.
    let _ = writeln!(table, "removed = {}", quoted(&text(&code.removed)));
    table
}

fn table(code: &str, id: &str, status: Option<i64>, retry: &str, parameters: &[String]) -> String {
    let mut table = format!("[{}]\nid = {}\n", key(code), quoted(id));
    if let Some(status) = status {
        let _ = writeln!(table, "status = {status}");
    }
    if !retry.is_empty() {
        let _ = writeln!(table, "retry = {}", quoted(retry));
    }
    if !parameters.is_empty() {
        let parameters: Vec<String> = parameters.iter().map(|parameter| quoted(parameter)).collect();
        let _ = writeln!(table, "params = [{}]", parameters.join(", "));
    }
    table
}

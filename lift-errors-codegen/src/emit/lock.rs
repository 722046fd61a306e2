//! Writes `catalog.lock`.

use crate::diagnostic::span::Text;
use crate::read::lock::{CATALOG, LockFile, Released};
use crate::read::phrase_kind::PhraseKind;
use crate::resolve::catalog::{Catalog, Entry, Parameter, Phrase};
use crate::toml_text::{key, quoted};
use std::fmt::Write as _;

/// The lock file of a catalogue: what is there now, and the tombstones of what was.
pub(crate) fn write(catalog: &Catalog, released: &LockFile) -> String {
    let mut out = String::from(
        "# Every code that was ever released, with what clients know it by. The catalogue compiler holds the\n\
         # catalogue against it. Tools write it; who removes an entry by hand sets `removed`.\n",
    );
    // Writing to a `String` can't fail.
    let _ = write!(out, "\n{CATALOG} = {}\n", quoted(&catalog.name));
    let mut codes: Vec<(String, String)> =
        catalog.entries.iter().map(|entry| (entry.id.clone(), present(entry))).collect();
    codes.extend(
        released
            .entries
            .iter()
            .filter(|code| code.removed.is_some())
            .filter_map(|code| Some((code.id.as_ref()?.value.clone(), tombstone(code)))),
    );
    codes.sort();
    for (_, table) in codes {
        out.push('\n');
        out.push_str(&table);
    }
    let mut phrases: Vec<(PhraseKind, &str, String)> =
        catalog.phrases.iter().map(|phrase| (phrase.kind, phrase.name.as_str(), present_phrase(phrase))).collect();
    let gone = released.phrases.iter().filter_map(|phrase| {
        let removed = format!("removed = {}\n", quoted(&phrase.removed.as_ref()?.value));
        let table = phrase_table(phrase.kind, &phrase.name.value, &phrase.parameters) + &removed;
        Some((phrase.kind, phrase.name.value.as_str(), table))
    });
    phrases.extend(gone);
    phrases.sort();
    for (.., table) in phrases {
        out.push('\n');
        out.push_str(&table);
    }
    out
}

fn present_phrase(phrase: &Phrase) -> String {
    phrase_table(phrase.kind, &phrase.name, &parameters(&phrase.parameters))
}

fn phrase_table(kind: PhraseKind, name: &str, parameters: &[String]) -> String {
    let mut table = format!("[{}.{}]\n", kind.table(), key(name));
    write_parameters(&mut table, parameters);
    table
}

fn write_parameters(table: &mut String, parameters: &[String]) {
    if !parameters.is_empty() {
        let parameters: Vec<String> = parameters.iter().map(|parameter| quoted(parameter)).collect();
        // Writing to a `String` can't fail.
        let _ = writeln!(table, "params = [{}]", parameters.join(", "));
    }
}

/// The parameters, each with its type. Those that are required are in the order of the arguments of a generated function, which is that
/// of the file; that of the others says nothing.
fn parameters(parameters: &[Parameter]) -> Vec<String> {
    let (mut optional, required): (Vec<_>, Vec<_>) = parameters.iter().partition(|parameter| parameter.optional);
    optional.sort_by_key(|parameter| &parameter.name);
    let mark = |parameter: &Parameter| if parameter.optional { "?" } else { "" };
    let all = required.into_iter().chain(optional);
    all.map(|parameter| format!("{}{}: {}", parameter.name, mark(parameter), parameter.kind)).collect()
}

fn present(entry: &Entry) -> String {
    let parameters = parameters(&entry.parameters);
    let retry = entry.retry.kind().as_str();
    let table = table(&entry.code, &entry.id, entry.status().map(i64::from), retry, &parameters);
    let table = table + &own_type(entry.own_type.as_deref());
    if entry.is_draft { table + "draft = true\n" } else { table }
}

fn tombstone(code: &Released) -> String {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let mut table =
        table(&code.code.value, &text(&code.id), code.status, code.retry.as_deref().unwrap_or(""), &code.parameters);
    table += &own_type(code.type_uri.as_ref().map(Text::as_str));
    // Writing to a `String` can't fail.
    let _ = writeln!(table, "removed = {}", quoted(&text(&code.removed)));
    table
}

fn own_type(uri: Option<&str>) -> String {
    uri.map(|uri| format!("type = {}\n", quoted(uri))).unwrap_or_default()
}

fn table(code: &str, id: &str, status: Option<i64>, retry: &str, parameters: &[String]) -> String {
    let mut table = format!("[{}]\nid = {}\n", key(code), quoted(id));
    if let Some(status) = status {
        let _ = writeln!(table, "status = {status}");
    }
    if !retry.is_empty() {
        let _ = writeln!(table, "retry = {}", quoted(retry));
    }
    write_parameters(&mut table, parameters);
    table
}

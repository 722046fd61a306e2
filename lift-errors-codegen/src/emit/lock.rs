//! Writes `catalog.lock`.

use crate::diagnostic::span::Text;
use crate::read::lock::{CATALOG, Contract, LockFile, REFERENCE, Released};
use crate::read::phrase_kind::PhraseKind;
use crate::resolve::catalog::{Catalog, Entry, Parameter, Phrase};
use crate::toml_text::{key, quoted};
use lift_errors_core::vocabulary::{Audience, GrpcCode};
use std::fmt::Write as _;

/// The lock file of a catalogue: what is there now, and the tombstones of what was.
pub(crate) fn write(catalog: &Catalog, released: &LockFile) -> String {
    let mut out = String::from(
        "# Every code that was ever released, with what clients know it by. The catalogue compiler holds the\n\
         # catalogue against it. Tools write it; who removes an entry by hand sets `removed`.\n",
    );
    // Writing to a `String` can't fail.
    let _ =
        write!(out, "\n{CATALOG} = {}\n{REFERENCE} = {}\n", quoted(&catalog.name), quoted(&catalog.reference.form()));
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
    write_list(&mut table, "params", parameters);
    table
}

fn write_list(table: &mut String, key: &str, items: &[String]) {
    if !items.is_empty() {
        let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
        // Writing to a `String` can't fail.
        let _ = writeln!(table, "{key} = [{}]", items.join(", "));
    }
}

/// The parameters: who may read each, if not everybody, its type, and the response header that carries it. Those that are required
/// are in the order of the arguments of a generated function, which is that of the file; the order of the others says nothing.
fn parameters(parameters: &[Parameter]) -> Vec<String> {
    let (mut optional, required): (Vec<_>, Vec<_>) = parameters.iter().partition(|parameter| parameter.optional);
    optional.sort_by_key(|parameter| &parameter.name);
    let mark = |parameter: &Parameter| if parameter.optional { "?" } else { "" };
    let all = required.into_iter().chain(optional);
    let readers = |parameter: &Parameter| match parameter.is_public() {
        true => String::new(),
        false => format!("{} ", parameter.sensitivity),
    };
    let header =
        |parameter: &Parameter| parameter.header.as_ref().map(|header| format!(", header {}", header_name(header)));
    all.map(|parameter| {
        let (readers, header) = (readers(parameter), header(parameter).unwrap_or_default());
        format!("{}{}: {readers}{}{header}", parameter.name, mark(parameter), parameter.kind)
    })
    .collect()
}

/// The name of a header as HTTP/2 sends it: case says nothing.
fn header_name(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn present(entry: &Entry) -> String {
    table(&entry.code, &entry.id, entry.is_draft, &contract(entry)) + &own_type(entry.own_type.as_deref())
}

fn contract(entry: &Entry) -> Contract {
    let usual = entry.status().map_or(GrpcCode::Unknown, GrpcCode::from_status);
    let for_clients = entry.causes.iter().filter(|cause| cause.audience != Some(Audience::Operator));
    Contract {
        status: entry.status().map(i64::from),
        is_not_status_default: entry.status().is_some() && !entry.status_default,
        grpc: (entry.grpc != usual).then(|| entry.grpc.as_str().to_owned()),
        retry: Some(entry.retry.kind().as_str().to_owned()),
        parameters: parameters(&entry.parameters),
        has_field_errors: entry.field_errors,
        headers: sorted(entry.headers.iter().map(|(name, value)| format!("{}: {value}", header_name(name)))),
        causes: sorted(for_clients.map(|cause| cause.id.clone())),
    }
}

/// What has no order that a program could rely on.
fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

fn tombstone(code: &Released) -> String {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    // One that comes back may be a draft as before.
    let mut table = table(&code.code.value, &text(&code.id), code.is_draft, &code.contract);
    table += &own_type(code.type_uri.as_ref().map(Text::as_str));
    // Writing to a `String` can't fail.
    let _ = writeln!(table, "removed = {}", quoted(&text(&code.removed)));
    table
}

fn own_type(uri: Option<&str>) -> String {
    uri.map(|uri| format!("type = {}\n", quoted(uri))).unwrap_or_default()
}

fn table(code: &str, id: &str, is_draft: bool, contract: &Contract) -> String {
    let mut table = format!("[{}]\nid = {}\n", key(code), quoted(id));
    // Below the one line that no other table has: at the end, a merge takes it for that of a neighbour.
    table.push_str(if is_draft { "draft = true\n" } else { "" });
    // Writing to a `String` can't fail.
    if let Some(status) = contract.status {
        let _ = writeln!(table, "status = {status}");
    }
    table.push_str(if contract.is_not_status_default { "status_default = false\n" } else { "" });
    for (key, word) in [("grpc", &contract.grpc), ("retry", &contract.retry)] {
        if let Some(word) = word {
            let _ = writeln!(table, "{key} = {}", quoted(word));
        }
    }
    write_list(&mut table, "params", &contract.parameters);
    table.push_str(if contract.has_field_errors { "field_errors = true\n" } else { "" });
    write_list(&mut table, "headers", &contract.headers);
    write_list(&mut table, "causes", &contract.causes);
    table
}

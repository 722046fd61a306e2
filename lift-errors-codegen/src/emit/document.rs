//! The JSON that is the same for every occurrence of an entry, written at build time: the part before a detail, the
//! detail, and the part after it.

use super::text::{Document, Part, Texts};
use crate::resolve::catalog::{Catalog, Entry, Piece, Retry};
use lift_errors_core::vocabulary::Audience;

/// Problem details up to the quotation mark that opens the detail. Title, meaning, support and runbook become texts, in
/// the order of `layout::text`.
pub(crate) fn problem_head(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Part {
    let mut head = Document::new(texts);
    head.json("{\"type\":").string(&format!("{}#{}", catalog.reference, entry.id));
    head.json(",\"title\":\"").text(&entry.title).json("\"");
    if let Some(status) = entry.status {
        head.json(&format!(",\"status\":{status}"));
    }
    identity(&mut head, catalog, entry, "error_id");
    head.json(",\"detail\":\"");
    head.place_apart(&entry.meaning);
    head.place_apart(&entry.support);
    head.place_apart(&entry.runbook);
    head.finish()
}

/// A detail inside a JSON string. It becomes a text.
pub(crate) fn detail(texts: &mut Texts, text: &[Piece]) -> Part {
    let mut detail = Document::new(texts);
    detail.text(text);
    detail.finish()
}

/// Problem details name their members in snake case, the envelope in camel case.
fn identity(document: &mut Document<'_>, catalog: &Catalog, entry: &Entry, id: &str) {
    document.json(",\"catalog\":").string(&catalog.name);
    document.json(",\"code\":").string(&entry.code);
    document.json(&format!(",\"{id}\":")).string(&entry.id);
}

/// From the quotation mark that closes the detail: retry, causes, fixes, notes, and the parameters
/// where all that clients see are required. The causes, fixes and notes become texts, in that order.
pub(crate) fn remedies(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    json.json("\",\"retry\":{\"kind\":").string(entry.retry.kind().as_str());
    match entry.retry {
        Retry::Idempotent(Some(seconds)) => {
            json.json(&format!(",\"after\":{seconds}"));
        }
        Retry::After(parameter) => {
            json.json(",\"after\":").machine(parameter);
        }
        _ => {}
    }
    json.json("},\"causes\":[");
    let mut list = List::default();
    for cause in &entry.causes {
        if !list.begin(&mut json, &cause.id, cause.audience, &cause.text) {
            continue;
        }
        list.audience(&mut json, cause.audience);
        json.json(",\"fixes\":[");
        let shown = cause
            .fix_ids
            .iter()
            .filter_map(|&number| entry.fixes.get(number))
            .filter(|fix| reaches_clients(fix.audience));
        for (number, fix) in shown.enumerate() {
            json.json(if number > 0 { "," } else { "" }).string(&fix.id);
        }
        json.json("]}");
    }
    json.json("],\"fixes\":[");
    let mut list = List::default();
    for fix in &entry.fixes {
        if list.begin(&mut json, &fix.id, fix.audience, &fix.text) {
            list.audience(&mut json, fix.audience);
            if let Some(link) = fix.link.and_then(|link| catalog.links.get(link as usize)) {
                json.json(",\"href\":").string(&link.address);
            }
            json.json("}");
        }
    }
    json.json("]");
    if entry.notes.iter().any(|note| reaches_clients(note.audience)) {
        json.json(",\"notes\":[");
    }
    let mut list = List::default();
    for note in &entry.notes {
        if list.begin(&mut json, &note.id, note.audience, &note.text) {
            list.audience(&mut json, note.audience);
            json.json(",\"kind\":").string(note.kind.as_str()).json("}");
        }
    }
    if !list.is_empty() {
        json.json("]");
    }
    parameters(&mut json, entry);
    json.finish()
}

/// Texts for operators reach no client, in any format.
fn reaches_clients(audience: Option<Audience>) -> bool {
    audience != Some(Audience::Operator)
}

/// A JSON array of objects with `id`, `text` and an audience.
#[derive(Default)]
struct List(usize);

impl List {
    fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Begins an object with its id and text; a text for operators is placed apart instead.
    fn begin(&mut self, json: &mut Document<'_>, id: &str, audience: Option<Audience>, text: &[Piece]) -> bool {
        if !reaches_clients(audience) {
            json.place_apart(text);
            return false;
        }
        json.json(if self.0 > 0 { ",{\"id\":" } else { "{\"id\":" }).string(id);
        json.json(",\"text\":\"").text(text).json("\"");
        self.0 += 1;
        true
    }

    fn audience(&self, json: &mut Document<'_>, audience: Option<Audience>) {
        if let Some(audience) = audience {
            json.json(",\"audience\":").string(audience.as_str());
        }
    }
}

/// Whether only the values of the member `params` differ between occurrences: all public parameters are required.
pub(crate) fn bakes_parameters(entry: &Entry) -> bool {
    entry.parameters.iter().filter(|parameter| parameter.is_public()).all(|parameter| !parameter.optional)
}

fn parameters(json: &mut Document<'_>, entry: &Entry) {
    if !bakes_parameters(entry) {
        return;
    }
    let mut before = ",\"params\":{";
    for (number, parameter) in entry.parameters.iter().enumerate().filter(|(_, parameter)| parameter.is_public()) {
        json.json(before).string(&parameter.name).json(":").machine(number as u8);
        before = ",";
    }
    if before == "," {
        json.json("}");
    }
}

/// The envelope up to the quotation mark that opens the message.
pub(crate) fn envelope_head(texts: &mut Texts, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    json.json(&format!("{{\"errorCode\":{},\"errorMessage\":\"", entry.status.unwrap_or(0)));
    json.finish()
}

/// The envelope from the quotation mark that closes the message: identity and the delay.
pub(crate) fn envelope_tail(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    json.json("\"");
    identity(&mut json, catalog, entry, "errorId");
    if let Retry::After(parameter) = entry.retry {
        json.json(",\"retryAfter\":").machine(parameter);
    }
    json.finish()
}

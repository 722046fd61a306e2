//! The JSON that is the same for every occurrence of an entry, written at build time: the part before a detail, the
//! detail, and the part after it.

use super::text::{Document, Part, Texts};
use crate::resolve::catalog::{Catalog, Detail, Entry, Parameter, Piece, Retry};
use lift_errors_core::status::retry_without_delay;
use lift_errors_core::vocabulary::{Audience, RetryKind};

/// Problem details up to the quotation mark that opens the detail. Title, meaning, support and runbook become texts, in
/// the order of `layout::text`.
pub(crate) fn problem_head(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Part {
    let mut head = Document::new(texts);
    head.json("{\"type\":").string(&catalog.type_uri(entry));
    head.json(",\"title\":\"").text(&entry.title).json("\"");
    if let Some(status) = entry.status() {
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

/// The problem details behind the detail. The causes, fixes and notes become texts, in that order.
#[derive(Clone, Debug)]
pub(crate) struct Remedies {
    retry: Part,
    /// The contract of an error without its delay.
    retry_without_delay: Option<Part>,
    guidance: Part,
    parameters: Part,
}

impl Remedies {
    pub(crate) fn new(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Self {
        Self {
            retry_without_delay: delay(entry)
                .filter(|delay| delay.lackable)
                .map(|_| retry(texts, retry_without_delay(entry.status()), None)),
            // Parts that are adjacent here are adjacent in the blob, and so one literal of the document.
            retry: retry(texts, entry.retry.kind(), Some(entry.retry)),
            guidance: guidance(texts, catalog, entry),
            parameters: parameters(texts, entry),
        }
    }

    /// The parts of the document with a detail.
    pub(crate) fn parts(&self, entry: &Entry, detail: &Detail) -> Vec<&Part> {
        let retry = match &self.retry_without_delay {
            Some(without) if !has_delay(entry, detail) => without,
            _ => &self.retry,
        };
        let parameters = Some(&self.parameters).filter(|_| has_parameters(entry, detail));
        [retry, &self.guidance].into_iter().chain(parameters).collect()
    }
}

/// The parameter that says how long to wait.
fn delay(entry: &Entry) -> Option<&Parameter> {
    match entry.retry {
        Retry::After(number) => entry.parameters.get(usize::from(number)),
        _ => None,
    }
}

/// Whether an error with this detail says how long to wait.
fn has_delay(entry: &Entry, detail: &Detail) -> bool {
    matches!(entry.retry, Retry::After(number) if detail.has(entry, number))
}

/// Whether an error may say how long to wait, and the documents with this detail do not.
pub(crate) fn lacks_delay(entry: &Entry, detail: &Detail) -> bool {
    delay(entry).is_some() && !has_delay(entry, detail)
}

/// From the quotation mark that closes the detail: the retry contract.
fn retry(texts: &mut Texts, kind: RetryKind, delay: Option<Retry>) -> Part {
    let mut json = Document::new(texts);
    json.json("\",\"retry\":{\"kind\":").string(kind.as_str());
    match delay {
        Some(Retry::Idempotent(Some(seconds))) => {
            json.json(&format!(",\"after\":{seconds}"));
        }
        Some(Retry::After(parameter)) => {
            json.json(",\"after\":").machine(parameter);
        }
        _ => {}
    }
    json.json("}");
    json.finish()
}

/// Causes, fixes and notes.
fn guidance(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    json.json(",\"causes\":[");
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

/// Whether an error with this detail has all parameters that clients see, so that only their values differ between occurrences.
pub(crate) fn has_parameters(entry: &Entry, detail: &Detail) -> bool {
    let public = entry.parameters.iter().enumerate().filter(|(_, parameter)| parameter.is_public());
    public.map(|(number, _)| number as u8).all(|number| detail.has(entry, number))
}

fn parameters(texts: &mut Texts, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    if !entry.details.iter().any(|detail| has_parameters(entry, detail)) {
        return json.finish();
    }
    let mut before = ",\"params\":{";
    for (number, parameter) in entry.parameters.iter().enumerate().filter(|(_, parameter)| parameter.is_public()) {
        json.json(before).string(&parameter.name).json(":").machine(number as u8);
        before = ",";
    }
    if before == "," {
        json.json("}");
    }
    json.finish()
}

/// The envelope up to the quotation mark that opens the message.
pub(crate) fn envelope_head(texts: &mut Texts, entry: &Entry) -> Part {
    let mut json = Document::new(texts);
    json.json(&format!("{{\"errorCode\":{},\"errorMessage\":\"", entry.status().unwrap_or(0)));
    json.finish()
}

/// The envelope from the quotation mark that closes the message: identity and the delay.
#[derive(Debug)]
pub(crate) struct EnvelopeTail {
    identity: Part,
    delay: Option<Part>,
}

impl EnvelopeTail {
    pub(crate) fn new(texts: &mut Texts, catalog: &Catalog, entry: &Entry) -> Self {
        let mut json = Document::new(texts);
        json.json("\"");
        identity(&mut json, catalog, entry, "errorId");
        let identity = json.finish();
        let delay = match entry.retry {
            Retry::After(parameter) => {
                let mut json = Document::new(texts);
                json.json(",\"retryAfter\":").machine(parameter);
                Some(json.finish())
            }
            _ => None,
        };
        Self { identity, delay }
    }

    /// The parts of the envelope with a detail.
    pub(crate) fn parts(&self, entry: &Entry, detail: &Detail) -> Vec<&Part> {
        let delay = self.delay.as_ref().filter(|_| has_delay(entry, detail));
        [&self.identity].into_iter().chain(delay).collect()
    }
}

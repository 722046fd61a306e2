//! The records of a catalogue: everything that is no text, as words. The layout is that of
//! `lift_errors_core::record`.

use super::document;
use super::text::Texts;
use crate::catalog::{Catalog, Entry};
use lift_errors_core::record::{self, NONE, Range};
use lift_errors_core::vocabulary::Audience;
use std::collections::HashMap;

/// All strings in one blob, each once.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    pub(crate) blob: String,
    pub(crate) starts: Vec<u32>,
    numbers: HashMap<String, u32>,
}

impl Strings {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.starts.len() as u32;
        self.starts.push(self.blob.len() as u32);
        self.blob.push_str(text);
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

/// The tables of a catalogue in one locale.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) strings: Strings,
    pub(crate) entries: Vec<u32>,
    pub(crate) parameters: Vec<u32>,
    pub(crate) details: Vec<u32>,
    pub(crate) causes: Vec<u32>,
    pub(crate) cures: Vec<u32>,
    pub(crate) fixes: Vec<u32>,
    pub(crate) notes: Vec<u32>,
    pub(crate) links: Vec<u32>,
    pub(crate) headers: Vec<u32>,
    pub(crate) texts: Texts,
}

/// What an alias takes from its canonical entry.
#[derive(Clone, Copy)]
struct Shared {
    parameters: Range,
    causes: Range,
    fixes: Range,
    notes: Range,
    links: Range,
    headers: Range,
    remedies: u32,
}

/// Fills the tables with a catalogue in one locale. `right_to_left` has for each language of its texts, the own one
/// first, whether it is written so.
pub(crate) fn build(catalog: &Catalog, right_to_left: Vec<bool>) -> Tables {
    let mut tables = Tables { texts: Texts::new(right_to_left), ..Tables::default() };
    // Labels have the first numbers.
    for label in &catalog.labels {
        tables.texts.text(label);
    }
    for link in &catalog.links {
        let (id, relation, address) =
            (tables.strings.add(&link.id), tables.strings.add(&link.relation), tables.strings.add(&link.address));
        tables.links.extend([id, relation, address]);
    }
    let mut shared: Vec<Option<Shared>> = vec![None; catalog.entries.len()];
    // Canonical entries first: their aliases point at what they leave.
    for (number, entry) in catalog.entries.iter().enumerate().filter(|(number, entry)| entry.canonical == *number) {
        if let Some(place) = shared.get_mut(number) {
            *place = Some(tables.share(catalog, entry));
        }
    }
    for (number, entry) in catalog.entries.iter().enumerate() {
        if let Some(Some(of_canonical)) = shared.get(entry.canonical) {
            let record = tables.entry(catalog, number, entry, *of_canonical);
            tables.entries.extend(record);
        }
    }
    let end = tables.strings.blob.len() as u32;
    tables.strings.starts.push(end);
    tables.texts.finish();
    tables
}

fn audience(audience: Option<Audience>) -> u32 {
    audience.map_or(NONE, |audience| audience as u32)
}

impl Tables {
    fn share(&mut self, catalog: &Catalog, entry: &Entry) -> Shared {
        let first_text = self.texts.texts.len() as u32;
        let remedies = document::remedies(&mut self.texts, catalog, entry);
        let mut text = first_text..;
        let mut next_text = || text.next().unwrap_or(NONE);
        let parameters = range(&self.parameters, record::parameter::WIDTH, entry.parameters.len());
        for parameter in &entry.parameters {
            let header = parameter.header.as_ref().map_or(NONE, |name| self.strings.add(&name.to_ascii_lowercase()));
            let facts = parameter.kind as u32
                | (parameter.sensitivity as u32) << record::parameter::SENSITIVITY_SHIFT
                | if parameter.optional { record::parameter::OPTIONAL } else { 0 };
            let (name, doc) = (self.strings.add(&parameter.name), self.strings.add(&parameter.doc));
            let example = self.strings.add(&parameter.example);
            self.parameters.extend([name, header, facts, doc, example]);
        }
        let causes = range(&self.causes, record::cause::WIDTH, entry.causes.len());
        for cause in &entry.causes {
            let cures = range(&self.cures, 1, cause.cures.len());
            self.cures.extend(cause.cures.iter().map(|&fix| fix as u32));
            self.causes.extend([self.strings.add(&cause.id), audience(cause.audience), next_text(), cures.to_word()]);
        }
        let fixes = range(&self.fixes, record::fix::WIDTH, entry.fixes.len());
        for fix in &entry.fixes {
            let link = fix.link.unwrap_or(NONE);
            self.fixes.extend([
                self.strings.add(&fix.id),
                audience(fix.audience),
                next_text(),
                link,
                u32::from(fix.general),
            ]);
        }
        let notes = range(&self.notes, record::note::WIDTH, entry.notes.len());
        for note in &entry.notes {
            self.notes.extend([self.strings.add(&note.id), audience(note.audience), next_text(), note.kind as u32]);
        }
        let headers = range(&self.headers, record::header::WIDTH, entry.headers.len());
        for (name, value) in &entry.headers {
            self.headers.extend([self.strings.add(&name.to_ascii_lowercase()), self.strings.add(value)]);
        }
        let links = Range { first: entry.links.start as u32, count: entry.links.len() as u32 };
        Shared { parameters, causes, fixes, notes, links, headers, remedies }
    }

    fn entry(
        &mut self,
        catalog: &Catalog,
        number: usize,
        entry: &Entry,
        shared: Shared,
    ) -> [u32; record::entry::WIDTH] {
        let texts = self.texts.texts.len() as u32;
        // The order is that of `record::text`: the title is part of the head, and so comes before it.
        let head = document::ProblemHead { catalog, entry };
        head.write(&mut self.texts);
        document::envelope_tail(&mut self.texts, catalog, entry);
        let details = range(&self.details, record::detail::WIDTH, entry.details.len());
        for detail in &entry.details {
            let text = self.texts.text(&detail.text);
            let cause = detail.cause.map_or(NONE, |number| number as u32);
            self.details.extend([self.strings.add(&detail.id), detail.when, text, cause]);
        }
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        let facts = (entry.severity as u32) << record::entry::SEVERITY_SHIFT
            | (entry.retry.kind() as u32) << record::entry::RETRY_SHIFT
            | (entry.grpc as u32) << record::entry::GRPC_SHIFT
            | flag(entry.field_errors, record::entry::FIELD_ERRORS)
            | flag(document::bakes_parameters(entry), record::entry::PARAMETERS_BAKED)
            | flag(entry.replaced_by.is_some(), record::entry::DEPRECATED);
        let mut record = [0; record::entry::WIDTH];
        let fields = [
            (record::entry::STATUS, u32::from(entry.status.unwrap_or(0))),
            (record::entry::CANONICAL, entry.canonical as u32),
            (record::entry::CODE, self.strings.add(&entry.code)),
            (record::entry::ID, self.strings.add(&entry.id)),
            (record::entry::FACTS, facts),
            (record::entry::RETRY, entry.retry.argument()),
            (record::entry::PARAMETERS, shared.parameters.to_word()),
            (record::entry::DETAILS, details.to_word()),
            (record::entry::CAUSES, shared.causes.to_word()),
            (record::entry::FIXES, shared.fixes.to_word()),
            (record::entry::NOTES, shared.notes.to_word()),
            (record::entry::LINKS, shared.links.to_word()),
            (record::entry::HEADERS, shared.headers.to_word()),
            (record::entry::TEXTS, texts),
            (record::entry::REMEDIES, shared.remedies),
            (record::entry::SINCE, self.strings.add(&entry.since)),
        ];
        debug_assert!(catalog.entries.len() > number && fields.len() == record.len());
        for (field, value) in fields {
            if let Some(place) = record.get_mut(field) {
                *place = value;
            }
        }
        record
    }
}

fn range(table: &[u32], width: usize, count: usize) -> Range {
    Range { first: (table.len() / width) as u32, count: count as u32 }
}

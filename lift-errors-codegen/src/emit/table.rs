//! The records of a catalogue, in words: everything except its texts. `lift_errors_core::layout` describes them.

use super::document;
use super::text::{Part, Texts};
use crate::read::phrase_kind::PhraseKind;
use crate::resolve::catalog::{Catalog, Entry, Transport};
use lift_errors_core::layout::{self, NONE, Range};
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
    pub(crate) cause_fixes: Vec<u32>,
    pub(crate) fixes: Vec<u32>,
    pub(crate) notes: Vec<u32>,
    pub(crate) links: Vec<u32>,
    pub(crate) headers: Vec<u32>,
    pub(crate) phrases: Vec<u32>,
    pub(crate) profiles: Vec<u32>,
    pub(crate) tags: Vec<u32>,
    pub(crate) texts: Texts,
}

/// The part of a record that an alias shares with its canonical entry.
#[derive(Clone)]
struct Shared {
    parameters: Range,
    causes: Range,
    fixes: Range,
    notes: Range,
    links: Range,
    headers: Range,
    remedies: document::Remedies,
}

/// Fills the tables with a catalogue in its default locale. `is_shared` tells whether there are other locales, which need
/// documents, too.
pub(crate) fn build(catalog: &Catalog, right_to_left: bool, is_shared: bool) -> Tables {
    let mut tables = Tables { texts: Texts::with_documents(right_to_left, is_shared), ..Tables::default() };
    // Labels have the first numbers, phrases the next.
    for label in &catalog.labels {
        tables.texts.text(label);
    }
    for phrase in &catalog.phrases {
        let kind = match phrase.kind {
            PhraseKind::FieldError => layout::phrase::FIELD_ERROR,
            PhraseKind::Term => layout::phrase::TERM,
        };
        let parameters: Vec<&str> = phrase.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let (name, parameters) = (tables.strings.add(&phrase.name), tables.strings.add(&parameters.join(",")));
        tables.phrases.extend([name, kind, parameters]);
        tables.texts.text(&phrase.text);
    }
    for link in &catalog.links {
        let (id, relation, address) =
            (tables.strings.add(&link.id), tables.strings.add(&link.relation), tables.strings.add(&link.address));
        tables.links.extend([id, relation, address]);
    }
    let mut shared: Vec<Option<Shared>> = vec![None; catalog.entries.len()];
    let mut records = vec![[0; layout::entry::WIDTH]; catalog.entries.len()];
    // Canonical entries first: their aliases refer to their records.
    let mut heads: Vec<Part> = vec![Part::default(); catalog.entries.len()];
    for (number, entry) in catalog.in_text_order() {
        let of_canonical = shared.get(entry.canonical).cloned().flatten();
        let (record, head, of_entry) = tables.entry(catalog, entry, of_canonical);
        let places = (records.get_mut(number), heads.get_mut(number), shared.get_mut(number));
        if let (Some(record_place), Some(head_place), Some(of_place)) = places {
            (*record_place, *head_place, *of_place) = (record, head, Some(of_entry));
        }
    }
    // Those of the details come first.
    for (head, record) in heads.iter().zip(&records) {
        tables.texts.document(&[head], record.get(layout::entry::TEXTS).copied().unwrap_or(NONE));
    }
    tables.entries = records.concat();
    tables.profiles(catalog);
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
        let mut text = self.texts.next()..;
        let remedies = document::Remedies::new(&mut self.texts, catalog, entry);
        let mut next_text = || text.next().unwrap_or(NONE);
        let parameters = range(&self.parameters, layout::parameter::WIDTH, entry.parameters.len());
        for parameter in &entry.parameters {
            let header = parameter.header.as_ref().map_or(NONE, |name| self.strings.add(&name.to_ascii_lowercase()));
            let flags = parameter.kind as u32
                | (parameter.sensitivity as u32) << layout::parameter::SENSITIVITY_SHIFT
                | if parameter.optional { layout::parameter::OPTIONAL } else { 0 }
                | if parameter.lackable { layout::parameter::LACKABLE } else { 0 };
            let (name, doc) = (self.strings.add(&parameter.name), self.strings.add(&parameter.doc));
            let example = self.strings.add(&parameter.example);
            self.parameters.extend([name, header, flags, doc, example]);
        }
        let causes = range(&self.causes, layout::cause::WIDTH, entry.causes.len());
        for cause in &entry.causes {
            let fixes = range(&self.cause_fixes, 1, cause.fix_ids.len());
            self.cause_fixes.extend(cause.fix_ids.iter().map(|&fix| fix as u32));
            self.causes.extend([self.strings.add(&cause.id), audience(cause.audience), next_text(), fixes.to_word()]);
        }
        let fixes = range(&self.fixes, layout::fix::WIDTH, entry.fixes.len());
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
        let notes = range(&self.notes, layout::note::WIDTH, entry.notes.len());
        for note in &entry.notes {
            self.notes.extend([self.strings.add(&note.id), audience(note.audience), next_text(), note.kind as u32]);
        }
        let headers = range(&self.headers, layout::header::WIDTH, entry.headers.len());
        for (name, value) in &entry.headers {
            self.headers.extend([self.strings.add(&name.to_ascii_lowercase()), self.strings.add(value)]);
        }
        let links = Range { first: entry.links.start as u32, count: entry.links.len() as u32 };
        Shared { parameters, causes, fixes, notes, links, headers, remedies }
    }

    /// The record of an entry, the head of its documents, and the part that its aliases share.
    fn entry(
        &mut self,
        catalog: &Catalog,
        entry: &Entry,
        shared: Option<Shared>,
    ) -> ([u32; layout::entry::WIDTH], Part, Shared) {
        let texts = self.texts.next();
        // Parts that are adjacent here are adjacent in the blob, and so one literal of the document.
        let head = document::problem_head(&mut self.texts, catalog, entry);
        let mut text = self.texts.next()..;
        let parts: Vec<Part> =
            entry.details.iter().map(|detail| document::detail(&mut self.texts, &detail.text)).collect();
        let shared = shared.unwrap_or_else(|| self.share(catalog, entry));
        let envelope_head = document::envelope_head(&mut self.texts, entry);
        let envelope_tail = document::EnvelopeTail::new(&mut self.texts, catalog, entry);
        let details = range(&self.details, layout::detail::WIDTH, entry.details.len());
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        for (detail, part) in entry.details.iter().zip(&parts) {
            self.details.extend([
                self.strings.add(&detail.id),
                detail.when,
                text.next().unwrap_or(NONE),
                detail.cause.map_or(NONE, |number| number as u32),
                flag(document::has_parameters(entry, detail), layout::detail::PARAMETERS_BAKED)
                    | flag(document::lacks_delay(entry, detail), layout::detail::DELAY_APART),
            ]);
            // The numbers of both follow from that of the detail.
            let problem = [&[&head, part], shared.remedies.parts(entry, detail).as_slice()].concat();
            let envelope = [&[&envelope_head, part], envelope_tail.parts(entry, detail).as_slice()].concat();
            self.texts.document(&problem, texts);
            self.texts.document(&envelope, texts);
        }
        let first_fits = entry.details.first().is_some_and(|detail| {
            let required = |number: usize| entry.parameters.get(number).is_some_and(|parameter| !parameter.optional);
            let mut named = (0..32).filter(|number| detail.when >> number & 1 == 1);
            detail.cause.is_none() && named.all(required)
        });
        let whole = match entry.details.first() {
            Some(first) if first_fits && document::has_parameters(entry, first) => {
                Some(layout::document::problem(details.first))
            }
            _ => None,
        };
        let is_profiled = Profile::is_needed(catalog, entry);
        let flags = (entry.severity as u32) << layout::entry::SEVERITY_SHIFT
            | (entry.retry.kind() as u32) << layout::entry::RETRY_SHIFT
            | (entry.grpc as u32) << layout::entry::GRPC_SHIFT
            | flag(entry.field_errors, layout::entry::FIELD_ERRORS)
            | flag(first_fits, layout::entry::FIRST_DETAIL_FITS)
            | flag(entry.replaced_by.is_some(), layout::entry::DEPRECATED)
            | flag(entry.status_default, layout::entry::STATUS_DEFAULT)
            | flag(is_profiled, layout::entry::PROFILED)
            | flag(entry.transport == Transport::None, layout::entry::NO_TRANSPORT);
        let mut record = [0; layout::entry::WIDTH];
        let fields = [
            (layout::entry::STATUS, u32::from(entry.status().unwrap_or(0))),
            (layout::entry::CANONICAL, entry.canonical as u32),
            (layout::entry::CODE, self.strings.add(&entry.code)),
            (layout::entry::ID, self.strings.add(&entry.id)),
            (layout::entry::FLAGS, flags),
            (layout::entry::RETRY, entry.retry.argument()),
            (layout::entry::PARAMETERS, shared.parameters.to_word()),
            (layout::entry::DETAILS, details.to_word()),
            (layout::entry::CAUSES, shared.causes.to_word()),
            (layout::entry::FIXES, shared.fixes.to_word()),
            (layout::entry::NOTES, shared.notes.to_word()),
            (layout::entry::LINKS, shared.links.to_word()),
            (layout::entry::HEADERS, shared.headers.to_word()),
            (layout::entry::TEXTS, texts),
            (layout::entry::SINCE, self.strings.add(&entry.since)),
            (layout::entry::PROBLEM, whole.unwrap_or(NONE)),
        ];
        debug_assert_eq!(fields.len(), record.len());
        for (field, value) in fields {
            if let Some(place) = record.get_mut(field) {
                *place = value;
            }
        }
        (record, head, shared)
    }
}

/// What few catalogues say of an entry.
struct Profile;

impl Profile {
    /// The type URI, where the runtime can't put it together.
    fn own_uri(catalog: &Catalog, entry: &Entry) -> Option<String> {
        let uri = catalog.type_uri(entry);
        (uri != format!("{}#{}", catalog.reference.page(), entry.id)).then_some(uri)
    }

    fn is_needed(catalog: &Catalog, entry: &Entry) -> bool {
        entry.class.is_some() || !entry.tags.is_empty() || Self::own_uri(catalog, entry).is_some()
    }
}

impl Tables {
    /// The profiles of all entries, if one has any.
    fn profiles(&mut self, catalog: &Catalog) {
        if !catalog.entries.iter().any(|entry| Profile::is_needed(catalog, entry)) {
            return;
        }
        for entry in &catalog.entries {
            let uri = Profile::own_uri(catalog, entry).map_or(NONE, |uri| self.strings.add(&uri));
            let class = entry.class.as_ref().map_or(NONE, |class| self.strings.add(class));
            let tags = range(&self.tags, 1, entry.tags.len());
            for tag in &entry.tags {
                let tag = self.strings.add(tag);
                self.tags.push(tag);
            }
            self.profiles.extend([uri, class, tags.to_word()]);
        }
    }
}

fn range(table: &[u32], width: usize, count: usize) -> Range {
    Range { first: (table.len() / width) as u32, count: count as u32 }
}

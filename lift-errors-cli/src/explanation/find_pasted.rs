//! Finds the codes that a pasted text means: a response body, a page, or lines of a log.

use super::find::{Codes, Found, name_within};
use super::pasted;
use crate::status_filter::StatusFilter;
use lift_errors::{Catalog, Entry, lift};
use lift_errors_codegen::RemovedCode;
use std::collections::HashMap;

impl Codes {
    /// The codes that a pasted response or log line names.
    pub(crate) fn find_pasted(&self, body: &str) -> Found {
        let names = Names::of(self);
        let mut found = Found::default();
        for mention in pasted::mentions(body) {
            let labelled = names.called(&mention.labelled);
            if labelled.is_empty() {
                found.add(names.called(&mention.words));
                continue;
            }
            // `reason="conflict"` may say little of the error that the line is about.
            if mention.labelled.iter().all(|name| names.is_usual_word(name) || names.get(name).is_none()) {
                found.add(names.called(mention.words.iter().filter(|name| !names.is_usual_word(name))));
            }
            found.add(labelled);
        }
        if !found.is_empty() {
            return found;
        }
        let entries = self.with_message(body);
        if !entries.is_empty() {
            return Found { entries, removed: Vec::new() };
        }
        let mut with_status = pasted::statuses(body).into_iter().map(|status| {
            let mut all = self.all();
            all.filter(Some(StatusFilter::Status(status)), None, None);
            all
        });
        with_status.find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// The codes by all of their names. A pasted text may have a hundred thousand words.
struct Names {
    catalog: &'static Catalog,
    own: HashMap<String, Found>,
    canonical: HashMap<String, Found>,
}

impl Names {
    fn of(codes: &Codes) -> Self {
        let mut own: HashMap<String, Found> = HashMap::new();
        for entry in codes.catalog.entries() {
            for name in [lower(entry.code()), lower(entry.id()), entry.type_uri().to_string()] {
                own.entry(name).or_default().add(of_entry(entry));
            }
        }
        for code in &codes.removed {
            for name in [lower(&code.code), lower(&code.id), code.type_uri.clone()] {
                own.entry(name).or_default().add(of_removed(code));
            }
        }
        let mut canonical: HashMap<String, Found> = HashMap::new();
        for entry in lift::CATALOG.entries() {
            for name in [entry.code(), entry.id()] {
                canonical.entry(lower(name)).or_default().add(of_entry(entry));
            }
        }
        Self { catalog: codes.catalog, own, canonical }
    }

    /// The codes that are called so: those of the catalogue, or else the canonical one.
    fn get(&self, name: &str) -> Option<&Found> {
        let own = || self.own.get(&lower(name_within(self.catalog, name)));
        let canonical = || self.canonical.get(&lower(name_within(&lift::CATALOG, name)));
        own().or_else(|| self.own.get(name)).or_else(canonical)
    }

    /// Whether a name is the code of a canonical entry, which is a word of other programs, too: `conflict`.
    fn is_usual_word(&self, name: &str) -> bool {
        let code = lower(name_within(&lift::CATALOG, name));
        self.canonical.get(&code).is_some_and(|found| found.entries.iter().any(|entry| entry.code() == code))
    }

    /// The codes that are called so, in the order of the names.
    fn called<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> Found {
        let mut found = Found::default();
        names.into_iter().filter_map(|name| self.get(name)).for_each(|other| found.add(other.clone()));
        found
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn of_entry(entry: Entry) -> Found {
    Found { entries: vec![entry], removed: Vec::new() }
}

fn of_removed(code: &RemovedCode) -> Found {
    Found { entries: Vec::new(), removed: vec![code.clone()] }
}

//! Finds the codes that a pasted text means: a response body, a page, or lines of a log.

use super::find::{Codes, Found, name_within};
use super::pasted::{self, Mention, NamePlace, PastedName};
use crate::status_filter::StatusFilter;
use lift_errors::{Catalog, Entry, lift};
use lift_errors_codegen::RemovedCode;
use std::collections::{HashMap, HashSet};

/// The codes that a pasted text means.
#[derive(Debug, Default)]
pub(crate) struct FoundPasted {
    pub(crate) found: Found,
    /// The status, if nothing but that tells what the text means.
    pub(crate) status: Option<u16>,
}

impl From<Found> for FoundPasted {
    fn from(found: Found) -> Self {
        Self { found, status: None }
    }
}

impl Codes {
    /// The codes that a pasted response or log line names, or those with its status.
    pub(crate) fn find_pasted(&self, body: &str) -> FoundPasted {
        let names = Names::of(self);
        let mentions = pasted::mentions(body);
        let mut found = united(mentions.iter().flat_map(|mention| names.meant(mention)).collect());
        if found.is_empty() {
            found = united(mentions.iter().flat_map(|mention| names.may_mean(mention)).collect());
        }
        if !found.is_empty() {
            return found.into();
        }
        let entries = self.with_message(body);
        if !entries.is_empty() {
            return Found { entries, removed: Vec::new() }.into();
        }
        found = united(mentions.iter().flat_map(|mention| names.beside_fields(mention)).collect());
        // An error of another catalogue, or of a newer version, is none that has its status.
        if !found.is_empty() || pasted::names_an_error(body) {
            return found.into();
        }
        let mut with_status = pasted::statuses(body).into_iter().map(|status| {
            let mut found = self.all();
            found.filter(Some(StatusFilter::Status(status)), None, None);
            FoundPasted { found, status: Some(status) }
        });
        with_status.find(|pasted| !pasted.found.is_empty()).unwrap_or_default()
    }
}

/// How surely a name means an error, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Rank {
    /// An id, a type URI, or a code with its catalogue's name.
    Exact,
    /// A code that only the catalogue has.
    OwnCode,
    /// A code that is a usual word, where a code is expected: `code="conflict"`.
    UsualCode,
    /// The same elsewhere, of the catalogue's own: `reason="conflict"`.
    UsualWord,
    /// A code that only the catalogue has, beside a field: a field error may have it, too.
    FieldCode,
}

/// The codes by all of their names. A pasted text may have a hundred thousand words.
struct Names {
    catalog: &'static Catalog,
    /// By ids and type URIs.
    ids: HashMap<String, Found>,
    /// By codes of the catalogue's own.
    own: HashMap<String, Found>,
    /// By canonical codes, which are words of other programs, too.
    canonical: HashMap<String, Found>,
}

impl Names {
    fn of(codes: &Codes) -> Self {
        let (mut ids, mut own) = (HashMap::<String, Found>::new(), HashMap::<String, Found>::new());
        for entry in codes.catalog.entries() {
            own.entry(lower(entry.code())).or_default().add(of_entry(entry));
            for name in [lower(entry.id()), entry.type_uri().to_string()] {
                ids.entry(name).or_default().add(of_entry(entry));
            }
        }
        for code in &codes.removed {
            own.entry(lower(&code.code)).or_default().add(of_removed(code));
            for name in [lower(&code.id), code.type_uri.clone()] {
                ids.entry(name).or_default().add(of_removed(code));
            }
        }
        let mut canonical = HashMap::new();
        for entry in lift::CATALOG.entries() {
            canonical.insert(lower(entry.code()), of_entry(entry));
            ids.entry(lower(entry.id())).or_insert_with(|| of_entry(entry));
        }
        Self { catalog: codes.catalog, ids, own, canonical }
    }

    /// The codes that a part of a pasted text means.
    fn meant(&self, mention: &Mention) -> Vec<(Rank, &Found)> {
        let mut meant = self.ranked(&mention.labelled);
        if meant.iter().all(|(rank, _)| *rank > Rank::OwnCode) {
            // A usual word may say little of the error that a line is about.
            let words = self.ranked(&mention.words);
            meant.splice(..0, words);
        }
        meant.retain(|(rank, _)| *rank <= Rank::UsualCode);
        meant
    }

    /// The codes that a part of a pasted text may mean, if no part means one surely.
    fn may_mean(&self, mention: &Mention) -> Vec<(Rank, &Found)> {
        let mut all = self.ranked(&mention.labelled);
        all.extend(self.ranked(&mention.words));
        all.retain(|(rank, _)| *rank < Rank::FieldCode);
        all
    }

    /// The codes beside fields, if nothing else says what the text means.
    fn beside_fields(&self, mention: &Mention) -> Vec<(Rank, &Found)> {
        let mut all = self.ranked(&mention.labelled);
        all.retain(|(rank, _)| *rank == Rank::FieldCode);
        all
    }

    /// The codes that are called so, in the order of the names.
    fn ranked(&self, names: &[PastedName]) -> Vec<(Rank, &Found)> {
        names.iter().filter_map(|name| self.exact(name).or_else(|| self.with_code(name))).collect()
    }

    /// The code with an id or a type URI, or with its catalogue's name before it.
    fn exact(&self, name: &PastedName) -> Option<(Rank, &Found)> {
        let name = name.text.as_str();
        let id = || self.ids.get(&lower(name)).or_else(|| self.ids.get(name));
        let mut catalogs = [(self.catalog, &self.own), (&lift::CATALOG, &self.canonical)].into_iter();
        let within = catalogs.find_map(|(catalog, codes)| {
            let rest = Some(name_within(catalog, name)).filter(|rest| rest.len() < name.len()).map(lower)?;
            codes.get(&rest).or_else(|| self.ids.get(&rest))
        });
        Some((Rank::Exact, within.or_else(id)?))
    }

    /// The code that a name is where it is: one of the catalogue, or else a canonical one.
    fn with_code(&self, name: &PastedName) -> Option<(Rank, &Found)> {
        let code = lower(&name.text);
        let (own, canonical) = (self.own.get(&code), self.canonical.get(&code));
        let rank = match name.place {
            NamePlace::Path => return None,
            NamePlace::FieldCode if canonical.is_some() => return None,
            NamePlace::FieldCode => Rank::FieldCode,
            NamePlace::Code | NamePlace::Text if canonical.is_none() => Rank::OwnCode,
            NamePlace::Code => return Some((Rank::UsualCode, own.or(canonical)?)),
            NamePlace::Text => Rank::UsualWord,
        };
        Some((rank, own?))
    }
}

/// All codes, each once. A code beside an id, or on another line than it, is the code of that error: two catalogues may have it.
fn united(ranked: Vec<(Rank, &Found)>) -> Found {
    let exact = ranked.iter().filter(|(rank, _)| *rank == Rank::Exact);
    let named: HashSet<&str> = exact.flat_map(|(_, found)| found.codes()).collect();
    let (mut all, mut seen) = (Found::default(), HashSet::new());
    // A log names the same error over and over.
    for (rank, found) in ranked.iter().filter(|(rank, found)| seen.insert((rank, std::ptr::from_ref(*found)))) {
        if *rank == Rank::Exact || !found.codes().any(|code| named.contains(code)) {
            all.add((*found).clone());
        }
    }
    all
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

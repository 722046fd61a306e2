//! The order of entries, phrases and fixes, by which everything else numbers them.

use crate::diagnostic::span::Text;
use crate::read::draft::{self, Draft};
use std::collections::{HashMap, HashSet};

/// The entries in the order of their ids.
pub(super) struct Order<'a> {
    pub(super) entries: Vec<&'a draft::Entry>,
    pub(super) numbers: HashMap<&'a str, usize>,
    pub(super) defaults: HashMap<u16, usize>,
}

impl<'a> Order<'a> {
    pub(super) fn of(draft: &'a Draft) -> Self {
        let mut entries: Vec<&draft::Entry> = draft.entries.iter().collect();
        entries.sort_by_key(|entry| entry.id.as_ref().map(Text::as_str));
        let numbers: HashMap<&str, usize> =
            entries.iter().enumerate().map(|(number, entry)| (entry.code.as_str(), number)).collect();
        let defaults = status_defaults(&entries, &numbers);
        Self { entries, numbers, defaults }
    }
}

/// The phrases in the order of their numbers.
pub(super) fn ordered_phrases(draft: &Draft) -> Vec<&draft::Phrase> {
    let mut phrases: Vec<&draft::Phrase> = draft.phrases.iter().collect();
    phrases.sort_by_key(|phrase| phrase.kind);
    phrases
}

/// The fixes in the order in which readers see them, each with whether no cause names it: those come last.
pub(super) fn ordered_fixes(entry: &draft::Entry) -> Vec<(&draft::Fix, bool)> {
    let named: HashSet<&str> = entry.causes.iter().flat_map(|cause| cause.fixes.iter().map(Text::as_str)).collect();
    let mut fixes: Vec<_> = entry.fixes.iter().map(|fix| (fix, !named.contains(fix.id.as_str()))).collect();
    fixes.sort_by_key(|(_, general)| *general);
    fixes
}

/// The default entry of each status: of several entries the one with `status_default`, else the only one.
fn status_defaults(entries: &[&draft::Entry], numbers: &HashMap<&str, usize>) -> HashMap<u16, usize> {
    let mut defaults = HashMap::new();
    for says_so in [false, true] {
        for (number, entry) in entries.iter().enumerate() {
            let canonical = entry
                .same_as
                .as_ref()
                .and_then(|code| numbers.get(code.as_str()))
                .and_then(|&number| entries.get(number));
            let canonical = canonical.unwrap_or(entry);
            let is_of_turn = entry.says_default() == says_so;
            if let Some(status) = entry.explained_status(canonical).filter(|_| is_of_turn) {
                defaults.insert(status, number);
            }
        }
    }
    defaults
}

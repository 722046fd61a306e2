//! The input of the rules.

use super::disagreement::{Disagreements, Tolerance};
use super::text_row::{InLocale, TextRow, canonical};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::Span;
use crate::diagnostic::suggest::{suggest, suggest_absent};
use crate::read::constant::Constant;
use crate::read::draft::{Draft, Entry, Parameter};
use crate::read::overlay::Overlay;
use crate::translate::SourceText;
use std::cell::{Cell, RefCell};
use std::collections::hash_map;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The input of a rule, and the report for its faults.
pub(crate) struct Context<'a> {
    pub(crate) draft: &'a Draft,
    /// Every entry by its code; of duplicates the first.
    pub(crate) codes: &'a HashMap<&'a str, &'a Entry>,
    /// The aliases of every entry, by its code.
    pub(super) aliases: &'a HashMap<&'a str, Vec<&'a Entry>>,
    /// Every constant by its name.
    pub(super) constants: &'a HashMap<&'a str, &'a Constant>,
    /// The manifest's links.
    pub(super) links: &'a HashSet<&'a str>,
    /// Every text with its translations.
    pub(super) rows: &'a [TextRow<'a>],
    pub(super) report: RefCell<Report>,
    /// The translations that may fail to say what their texts say.
    pub(super) tolerance: Tolerance,
    /// Those that the rule has found, and those that the rules before have found.
    pub(super) found: RefCell<Disagreements>,
    pub(super) disagreements: &'a Disagreements,
    /// How many names may still be compared in search of those that were meant.
    pub(super) comparisons: Cell<usize>,
}

/// The most names that a rule compares: a catalogue with 10,000 entries and as many misspelt
/// names must not take the product of both.
pub(super) const COMPARISONS: usize = 200_000;

impl<'a> Context<'a> {
    pub(super) fn fault(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().add(diagnostic);
    }

    /// Marks a translation, or leaves it out, in place of a fault.
    pub(super) fn tolerate(&self, overlay: &Overlay, source: &SourceText<'_>, fault: String) {
        let mut found = self.found.borrow_mut();
        found.entry(overlay.tag.value.clone()).or_default().entry(source.address()).or_insert(fault);
    }

    /// What is wrong with a translation that does not say what its text says, where a rule before has found it and tolerates it.
    pub(super) fn disagreement(&self, overlay: &Overlay, source: &SourceText<'_>) -> Option<&'a str> {
        self.disagreements.get(&overlay.tag.value)?.get(&source.address()).map(String::as_str)
    }

    /// Whether such a rule has found something.
    pub(super) fn disagrees(&self, overlay: &Overlay, source: &SourceText<'_>) -> bool {
        self.disagreement(overlay, source).is_some()
    }

    /// "did you mean" among names of the whole catalogue, of which there may be many.
    pub(super) fn suggest<'n>(&self, word: &str, known: impl Iterator<Item = &'n str>, what: &str) -> String {
        let left = self.comparisons.get();
        let known: Vec<&str> = known.take(left + 1).collect();
        match left.checked_sub(known.len()) {
            Some(left) => {
                self.comparisons.set(left);
                suggest(word, known, what)
            }
            None => {
                self.comparisons.set(0);
                format!("it is none of the {what}")
            }
        }
    }

    /// The same where some of the names are there already.
    pub(super) fn suggest_absent<'n>(
        &self,
        word: &str,
        known: impl Iterator<Item = &'n str>,
        is_there: impl Fn(&str) -> bool,
        what: &str,
    ) -> String {
        let left = self.comparisons.get();
        let known: Vec<&str> = known.take(left + 1).collect();
        // Each is compared with all of them and with those that are absent.
        match left.checked_sub(2 * known.len()) {
            Some(left) => {
                self.comparisons.set(left);
                let absent = known.iter().copied().filter(|name| !is_there(name));
                suggest_absent(word, known.iter().copied(), absent, what)
            }
            None => {
                self.comparisons.set(0);
                format!("it is none of the {what}")
            }
        }
    }

    /// The parameters of all entries and field errors.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'a Parameter> + use<'a> {
        let of_entries = self.draft.entries.iter().flat_map(|entry| &entry.parameters);
        of_entries.chain(self.draft.phrases.iter().flat_map(|phrase| &phrase.parameters))
    }

    /// All codes, in the order of the files.
    pub(super) fn all_codes(&self) -> impl Iterator<Item = &str> {
        self.draft.entries.iter().map(|entry| entry.code.as_str())
    }

    /// The codes that an entry may lead to: all but its own.
    pub(super) fn other_codes(&self, entry: &Entry) -> impl Iterator<Item = &str> {
        self.all_codes().filter(move |code| *code != entry.code.as_str())
    }

    /// The entry and those that share its parameters.
    pub(super) fn with_aliases(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> + use<'a, '_> {
        std::iter::once(entry).chain(self.aliases.get(entry.code.as_str()).into_iter().flatten().copied())
    }

    /// Every text with its translations but for those of a base catalogue.
    pub(super) fn own_rows(
        &self,
    ) -> impl Iterator<Item = (&'a SourceText<'a>, impl Iterator<Item = &'a InLocale<'a>> + use<'a>)> + use<'a> {
        let draft = self.draft;
        let is_own = move |(.., text): &&InLocale<'a>| !draft.is_inherited(text.span);
        self.rows.iter().map(move |row| (&row.source, row.translations.iter().filter(is_own)))
    }

    /// Whether all texts of an entry could be read, and name nothing but parameters and constants. If
    /// not, what seems unused may be what they meant.
    pub(super) fn names_are_known(&self, entry: &'a Entry) -> bool {
        let Some(canonical) = self.canonical(entry) else { return false };
        let is_known = |name: &str| canonical.parameter(name).is_some() || self.constants.contains_key(name);
        entry.unreadable.is_empty()
            && entry.texts().all(|(_, template)| template.placeholders().all(|(name, _)| is_known(name)))
    }

    /// The entry whose parameters, causes and fixes `entry` has: itself, or the one it is an alias of.
    pub(super) fn canonical(&self, entry: &'a Entry) -> Option<&'a Entry> {
        canonical(entry, self.codes)
    }
}

/// Finds things that should be unique: calls `twice` with each later one and the first.
pub(super) fn duplicates<K: Eq + Hash>(
    items: impl IntoIterator<Item = (K, Span)>,
    mut twice: impl FnMut(&K, Span, Span),
) {
    let mut first: HashMap<K, Span> = HashMap::new();
    for (key, span) in items {
        match first.entry(key) {
            hash_map::Entry::Occupied(seen) => twice(seen.key(), span, *seen.get()),
            hash_map::Entry::Vacant(unseen) => {
                unseen.insert(span);
            }
        }
    }
}

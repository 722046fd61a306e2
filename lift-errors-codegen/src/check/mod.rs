//! The rules of the format, one function each, and the table of all of them.
//!
//! A rule reads the draft and adds faults to the report. It never changes anything, and it never
//! relies on another rule having passed.

mod alias;
mod detail;
mod header;
mod identity;
mod label;
mod link;
mod lock;
mod manifest;
mod name;
mod parameter;
mod plural;
mod remedy;
mod retry;
mod status;
mod text;
mod text_instance;
mod translation;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::Span;
use crate::diagnostic::suggest::suggest;
use crate::parallel;
use crate::read::constant::Constant;
use crate::read::draft::{Draft, Entry};
use std::cell::{Cell, RefCell};
use std::collections::hash_map;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What the rules see.
pub(crate) struct Context<'a> {
    pub(crate) draft: &'a Draft,
    /// Every entry by its code; of duplicates the first.
    pub(crate) codes: &'a HashMap<&'a str, &'a Entry>,
    /// The aliases of every entry, by its code.
    aliases: &'a HashMap<&'a str, Vec<&'a Entry>>,
    /// Every constant by its name.
    constants: &'a HashMap<&'a str, &'a Constant>,
    /// The manifest's links.
    links: &'a HashSet<&'a str>,
    report: RefCell<Report>,
    /// How many names may still be compared in search of those that were meant.
    comparisons: Cell<usize>,
}

/// The most names that a rule compares: a catalogue with 10,000 entries and as many misspelt
/// names must not take the product of both.
const COMPARISONS: usize = 200_000;

impl<'a> Context<'a> {
    fn fault(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().add(diagnostic);
    }

    /// "did you mean" among names of the whole catalogue, of which there may be many.
    fn suggest<'n>(&self, word: &str, known: impl Iterator<Item = &'n str>, what: &str) -> String {
        let left = self.comparisons.get();
        let known: Vec<&str> = known.take(left + 1).collect();
        match left.checked_sub(known.len()) {
            Some(left) => {
                self.comparisons.set(left);
                suggest(word, known, what)
            }
            None => format!("it is none of the {what}"),
        }
    }

    /// All codes, in the order of the files.
    fn all_codes(&self) -> impl Iterator<Item = &str> {
        self.draft.entries.iter().map(|entry| entry.code.as_str())
    }

    /// The entry and those that share its parameters.
    fn with_aliases(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> + use<'a, '_> {
        std::iter::once(entry).chain(self.aliases.get(entry.code.as_str()).into_iter().flatten().copied())
    }

    /// Whether all texts of an entry could be read, and name nothing but parameters and constants. If
    /// not, what seems unused may be what they meant.
    fn names_are_known(&self, entry: &'a Entry) -> bool {
        let Some(canonical) = self.canonical(entry) else { return false };
        let is_known = |name: &str| canonical.parameter(name).is_some() || self.constants.contains_key(name);
        entry.unreadable.is_empty()
            && entry.texts().all(|(_, template)| template.placeholders().all(|(name, _)| is_known(name)))
    }

    /// The entry whose parameters, causes and fixes `entry` has: itself, or the one it is an alias of.
    /// Where an alias leads nowhere or to another one, that is the fault to report.
    fn canonical(&self, entry: &'a Entry) -> Option<&'a Entry> {
        match &entry.same_as {
            None => Some(entry),
            Some(other) => self.codes.get(other.as_str()).copied().filter(|entry| !entry.is_alias()),
        }
    }
}

/// One rule.
type Rule = fn(&Context<'_>);

/// The rules that look at entries one by one, and at the manifest.
const RULES: &[Rule] = &[
    manifest::required,
    manifest::names,
    manifest::locales,
    manifest::derives,
    manifest::constants_are_named_well,
    name::codes,
    name::codes_are_unique,
    name::codes_carry_the_prefix,
    name::ids_within_entries,
    identity::ids_have_the_form,
    identity::ids_are_unique,
    identity::since_is_a_version,
    remedy::remedies_are_there,
    remedy::causes_lead_to_a_fix,
    remedy::cures_are_fixes,
    remedy::audiences_agree,
    remedy::words_are_known,
    parameter::declared_well,
    parameter::sensitivity_is_stated,
    parameter::examples_fit,
    parameter::optional_ones_agree,
    parameter::are_used,
    text::placeholders_are_declared,
    text::public_texts_name_public_parameters,
    text::are_clean,
    text::details_have_words,
    plural::have_every_category,
    plural::are_selected_by_a_number,
    label::are_known,
    translation::name_the_same,
    translation::keep_the_glossary,
    detail::alternatives,
    detail::causes_are_known,
    retry::contract,
    status::one_or_raised_by_client,
    header::companions,
    header::are_valid,
    header::retry_after_is_the_delay,
    alias::declare_nothing_shared,
    link::are_declared,
    link::of_labels_are_declared,
    link::addresses,
    lock::released_ids_stay,
];

/// The rules that only a complete catalogue can pass.
const WHOLE: &[Rule] = &[
    alias::lead_to_an_entry,
    identity::replacements_exist,
    link::are_used,
    lock::released_codes_stay,
    manifest::constants_are_used,
    manifest::has_entries,
    status::defaults,
    translation::belong_to_a_text,
    translation::are_complete,
    translation::are_fresh,
    translation::glossary_is_of_use,
];

/// What is worth a warning, and no violation.
const REMARKS: [Rule; 1] = [translation::are_translations];

/// Adds every violation of every rule to `report`.
pub(crate) fn check(draft: &Draft, incomplete: bool, mut report: Report) -> Report {
    let mut codes = HashMap::new();
    for entry in &draft.entries {
        codes.entry(entry.code.as_str()).or_insert(entry);
    }
    let mut aliases: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in &draft.entries {
        if let Some(canonical) = &entry.same_as {
            aliases.entry(canonical.as_str()).or_default().push(entry);
        }
    }
    let constants = draft.manifest.constants.iter().map(|constant| (constant.name.as_str(), constant)).collect();
    let links = draft.manifest.links.iter().map(|link| link.id.as_str()).collect();
    let whole = if incomplete { &[][..] } else { WHOLE };
    let rules: Vec<Rule> = RULES.iter().chain(whole).chain(&REMARKS).copied().collect();
    let reports = parallel::map(&rules, |rule| {
        let context = Context {
            draft,
            codes: &codes,
            aliases: &aliases,
            constants: &constants,
            links: &links,
            report: RefCell::default(),
            comparisons: Cell::new(COMPARISONS),
        };
        rule(&context);
        context.report.into_inner()
    });
    reports.into_iter().for_each(|other| report.append(other));
    report
}

/// Finds things that should be unique: calls `twice` with each later one and the first.
fn duplicates<K: Eq + Hash>(items: impl IntoIterator<Item = (K, Span)>, mut twice: impl FnMut(&K, Span, Span)) {
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

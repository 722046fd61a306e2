//! The rules of the format, one function each, and the table of all of them.
//!
//! A rule reads the draft and adds faults to the report. It never changes anything, and it never
//! relies on another rule having passed.

mod alias;
mod detail;
mod header;
mod identity;
mod link;
mod lock;
mod manifest;
mod name;
mod parameter;
mod remedy;
mod retry;
mod status;
mod text;

pub(crate) use parameter::{parameter_type, sensitivity};

use crate::diagnostic::{Diagnostic, Report};
use crate::draft::{Draft, Entry};
use crate::source::Span;
use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map;
use std::hash::Hash;

/// What the rules see.
pub(crate) struct Context<'a> {
    pub(crate) draft: &'a Draft,
    /// Every entry by its code; of duplicates the first.
    pub(crate) codes: HashMap<&'a str, &'a Entry>,
    report: RefCell<Report>,
}

impl<'a> Context<'a> {
    fn fault(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().add(diagnostic);
    }

    /// The entry whose parameters, causes and fixes `entry` has: itself, or the one it is an alias of.
    fn canonical(&self, entry: &'a Entry) -> Option<&'a Entry> {
        match &entry.same_as {
            None => Some(entry),
            Some(other) => self.codes.get(other.as_str()).copied(),
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
    remedy::cures_are_fixes,
    remedy::words_are_known,
    parameter::declared_well,
    parameter::sensitivity_is_stated,
    parameter::examples_fit,
    parameter::optional_ones_agree,
    parameter::are_used,
    text::placeholders_are_declared,
    text::public_texts_name_public_parameters,
    text::are_clean,
    detail::alternatives,
    retry::contract,
    status::one_or_raised_by_client,
    header::companions,
    header::are_valid,
    alias::declare_nothing_shared,
    link::are_declared,
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
];

/// Adds every violation of every rule to `report`.
pub(crate) fn check(draft: &Draft, incomplete: bool, report: Report) -> Report {
    let mut codes = HashMap::new();
    for entry in &draft.entries {
        codes.entry(entry.code.as_str()).or_insert(entry);
    }
    let context = Context { draft, codes, report: RefCell::new(report) };
    let whole = if incomplete { &[][..] } else { WHOLE };
    for rule in RULES.iter().chain(whole) {
        rule(&context);
    }
    context.report.into_inner()
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

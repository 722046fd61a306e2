//! Translations that do not say what their texts say.

use std::collections::HashMap;

/// What is wrong with each translation, in words: by the tag of its locale, then by the address of its text.
pub(super) type Disagreements = HashMap<String, HashMap<String, String>>;

/// Which of them count as stale, and not as faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// None.
    Nothing,
    /// Those of texts that have changed since they were translated: the change made them wrong. They are left out, and their
    /// fallback is shown.
    ChangedTexts,
    /// All, for translators, who mend them. They are marked.
    Everything,
}

/// Adds what other rules have found. What was found first of a translation stays.
pub(super) fn add(disagreements: &mut Disagreements, found: Disagreements) {
    for (tag, found) in found {
        let of_locale = disagreements.entry(tag).or_default();
        found.into_iter().for_each(|(address, fault)| {
            of_locale.entry(address).or_insert(fault);
        });
    }
}

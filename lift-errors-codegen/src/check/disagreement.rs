//! Translations that do not say what their texts say.

use std::collections::{HashMap, HashSet};

/// The addresses of their texts, by the tags of their locales.
pub(super) type Disagreements = HashMap<String, HashSet<String>>;

/// Those that are stale, and no fault by themselves.
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

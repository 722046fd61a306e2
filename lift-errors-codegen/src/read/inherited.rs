//! What a catalogue has from its base, for tools that change its files.

use crate::read::draft::{Draft, Entry, Phrase};
use std::collections::BTreeSet;

/// The names and ids that a catalogue takes over from its base. Those that it replaces are among them.
#[doc(hidden)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inherited {
    /// The ids, in the form of the catalogue's.
    pub ids: Vec<String>,
    /// Codes, parts of entries, phrases, constants and links: `not_found`, `not_found.cause.old_link`, `term.page`, `constants.realm`.
    pub names: BTreeSet<String>,
    /// The addresses of the base's texts that the catalogue has: not those that it replaces or leaves out.
    pub texts: BTreeSet<String>,
}

impl Inherited {
    /// Those of a catalogue with its base.
    pub(crate) fn of(draft: &Draft, base: &Draft, texts: BTreeSet<String>) -> Self {
        let entries = draft.entries.iter().filter(|entry| draft.is_inherited(entry.code.span));
        let ids = entries.filter_map(|entry| Some(entry.id.as_ref()?.value.clone())).collect();
        let constants = base.manifest.constants.iter().map(|constant| format!("constants.{}", constant.name.value));
        let links = base.manifest.links.iter().map(|link| format!("link.{}", link.id.value));
        let phrases = base.phrases.iter().map(Phrase::address);
        let names = constants.chain(links).chain(phrases).chain(base.entries.iter().flat_map(names)).collect();
        Self { ids, names, texts }
    }
}

/// The names of an entry and of its parts. A service that writes details replaces all of the entry's.
fn names(entry: &Entry) -> Vec<String> {
    let causes = entry.causes.iter().map(|cause| ("cause", &cause.id));
    let fixes = entry.fixes.iter().map(|fix| ("fix", &fix.id));
    let notes = entry.notes.iter().map(|note| ("note", &note.id));
    let links = entry.links.iter().map(|link| ("link", &link.id));
    let parts = causes.chain(fixes).chain(notes).chain(links);
    let parts = parts.map(|(kind, id)| format!("{}.{kind}.{}", entry.code.value, id.value));
    std::iter::once(entry.code.value.clone()).chain(parts).collect()
}

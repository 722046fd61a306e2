//! The entries of errors.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use alloc::vec::Vec;

/// The entry with a number. rustc resolves a path faster than an associated function, and each entry has two or three
/// uses of it.
pub const fn entry_of(catalog: &'static Catalog, number: u16) -> Entry {
    Entry::new(catalog, number)
}

/// The entries of a type's own variants, then those of the errors that it forwards, each once.
pub fn entries(own: &[Entry], passed_on: &[fn() -> Vec<Entry>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for entry in own.iter().copied().chain(passed_on.iter().flat_map(|entries| entries())) {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

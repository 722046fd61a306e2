//! What all parts of the emitter need: the catalogue, and the names that the module has for the runtime.

use crate::resolve::catalog::{Catalog, Entry};
use proc_macro2::TokenStream;

/// The catalogue, and the names that its module has for the runtime.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The module's name for the runtime.
    pub(crate) krate: TokenStream,
    /// The module's name for the runtime's hidden module.
    pub(crate) private: TokenStream,
    pub(crate) manifest: &'a str,
    /// Whether the module is part of the runtime itself.
    pub(crate) is_canonical: bool,
}

impl Scope<'_> {
    /// The path of an entry's file, as documentation shows it: beside the manifest.
    pub(super) fn file(&self, entry: &Entry) -> String {
        match self.manifest.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", entry.file),
            None => entry.file.clone(),
        }
    }
}

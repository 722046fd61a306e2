//! The input of the emitter: the target of the module, and what each of its parts reads.

use crate::resolve::catalog::Catalog;
use proc_macro2::{Ident, TokenStream};

/// The hidden module of the runtime that generated code calls.
pub(crate) const PRIVATE: &str = "__private";

/// The name of the module, and the path of the runtime.
pub(crate) struct Target<'a> {
    pub(crate) module: Ident,
    pub(crate) visibility: TokenStream,
    /// The path of `lift_errors`: `::lift_errors`, or what the user calls it.
    pub(crate) krate: TokenStream,
    /// Whether the module belongs to the runtime itself.
    pub(crate) is_canonical: bool,
    /// The manifest as messages call it.
    pub(crate) manifest: &'a str,
    /// The statement that makes cargo build again when a file changes; empty where the build step does.
    pub(crate) tracking: TokenStream,
}

/// The input of every part of the emitter.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The module's name for the runtime.
    pub(crate) krate: TokenStream,
    /// The module's name for the runtime's hidden module.
    pub(crate) private: TokenStream,
    pub(crate) manifest: &'a str,
    /// Whether the runtime itself has the module.
    pub(crate) is_canonical: bool,
}

impl Scope<'_> {
    /// The file of an entry as documentation names it: beside the manifest.
    pub(super) fn file(&self, entry: &crate::resolve::catalog::Entry) -> String {
        match self.manifest.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", entry.file),
            None => entry.file.clone(),
        }
    }
}

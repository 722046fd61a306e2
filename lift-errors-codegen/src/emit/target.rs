//! Where a generated module goes: its name, its visibility, and the path of the runtime.

use proc_macro2::{Ident, TokenStream};

/// The hidden module of the runtime that generated code calls.
pub(crate) const PRIVATE: &str = "__private";

/// The name of the module and the path of the runtime.
pub(crate) struct Target<'a> {
    pub(crate) module: Ident,
    pub(crate) visibility: TokenStream,
    /// The path of `lift_errors`: `::lift_errors`, or what the user calls it.
    pub(crate) krate: TokenStream,
    /// Whether the module is part of the runtime itself.
    pub(crate) is_canonical: bool,
    /// The path of the manifest, as messages show it.
    pub(crate) manifest: &'a str,
    /// The statements that make cargo build again when a file changes; empty if the build step does that.
    pub(crate) tracking: TokenStream,
}

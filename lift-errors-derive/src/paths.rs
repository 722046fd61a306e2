//! The paths that generated code writes: to the runtime, to the catalogue, to the constant of an entry.

use crate::ast::Input;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::env;

/// The runtime's module for generated code: the compiler of the catalogue has the same one.
const PRIVATE: &str = "__private";

/// Where the runtime and the catalogue are.
pub(crate) struct Paths {
    pub(crate) krate: TokenStream,
    pub(crate) private: TokenStream,
    pub(crate) catalog: TokenStream,
}

impl Paths {
    pub(crate) fn new(input: &Input<'_>) -> Self {
        let krate = input.options.krate.as_ref().map_or_else(|| quote!(::lift_errors), ToTokens::to_token_stream);
        let private = format_ident!("{PRIVATE}");
        let catalog = input.options.catalog.as_ref().map_or_else(|| quote!(#krate::lift), ToTokens::to_token_stream);
        Self { private: quote!(#krate::#private), krate, catalog }
    }
}

/// The constant with the entry of a variant. Only there is the entry named, so that a code that does not exist is reported once, by
/// rustc, with the nearest name.
pub(crate) fn entry_of(number: usize) -> Ident {
    format_ident!("__LIFT_ENTRY_{number}")
}

/// The constant with the entry of a code that a transparent variant lists.
pub(crate) fn listed_entry(number: usize, position: usize) -> Ident {
    format_ident!("__LIFT_LISTED_{number}_{position}")
}

/// Whether a catalogue's path is a name alone, that of the package. Next to the library of that name, rustc can't tell which of the two
/// an import names (E0659).
pub(crate) fn is_like_its_package(catalog: &TokenStream) -> bool {
    let name = catalog.to_string();
    env::var("CARGO_PKG_NAME").is_ok_and(|package| package.replace('-', "_") == name)
}

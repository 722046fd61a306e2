//! A generated module as tokens, as a file for rustc, and as a file for people.

use super::attribute::{doc, in_code};
use super::scope::{PRIVATE, Target};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The lints that generated code needs, one by one: a group would also contain what a crate forbids.
const ALLOWED: &[&str] = &[
    "dead_code",
    "deprecated",
    "missing_copy_implementations",
    "missing_debug_implementations",
    "non_camel_case_types",
    "non_upper_case_globals",
    "unreachable_pub",
    "unused_imports",
    "unused_qualifications",
    "clippy::as_conversions",
    "clippy::bool_to_int_with_if",
    "clippy::cast_lossless",
    "clippy::doc_markdown",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::many_single_char_names",
    "clippy::match_same_arms",
    "clippy::missing_const_for_fn",
    "clippy::module_inception",
    "clippy::must_use_candidate",
    "clippy::nonminimal_bool",
    "clippy::return_self_not_must_use",
    "clippy::similar_names",
    "clippy::single_match",
    "clippy::too_many_arguments",
    "clippy::too_many_lines",
    "clippy::unreadable_literal",
    "clippy::unused_self",
    "clippy::use_self",
];

/// A generated module.
#[derive(Debug)]
pub(crate) struct Source {
    documentation: String,
    visibility: TokenStream,
    module: Ident,
    /// The files and names that the module imports. They are tokens because some come from a macro's caller.
    imports: TokenStream,
    body: String,
}

impl Source {
    pub(crate) fn new(target: &Target<'_>, catalog: &str, body: String) -> Self {
        let Target { module, visibility, krate, manifest, tracking, .. } = target;
        let private = format_ident!("{PRIVATE}");
        let documentation = doc(&format!(
            " The catalogue `{catalog}`: its codes, its typed errors, and one module for each entry.\n\n Generated from `{}`.",
            in_code(manifest)
        ));
        let imports = quote! {
            #tracking
            use #krate as __lift;
            use #krate::#private as __private;
            use __private::prelude::*;
        };
        Self { documentation, visibility: visibility.clone(), module: module.clone(), imports, body }
    }

    /// Tokens, for a macro.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let parsed = |text: &str| {
            text.parse::<TokenStream>().unwrap_or_else(|error| {
                // The compiler's own output always parses; if it did not, rustc should say so.
                let message = format!("the generated module does not parse: {error}");
                quote!(::core::compile_error!(#message);)
            })
        };
        let (head, body) = (parsed(&self.head()), parsed(&self.body));
        let Self { visibility, module, imports, .. } = self;
        quote! { #head #visibility mod #module { #imports #body } }
    }

    /// A file for rustc.
    pub(crate) fn to_text(&self) -> String {
        let Self { visibility, module, imports, body, .. } = self;
        format!("{}{visibility} mod {module} {{\n{imports}\n{body}}}\n", self.head())
    }

    /// A file for people.
    pub(crate) fn to_formatted(&self) -> String {
        let text = self.to_text();
        // It always parses, see `into_tokens`.
        syn::parse_file(&text).map(|file| prettyplease::unparse(&file)).unwrap_or(text)
    }

    fn head(&self) -> String {
        format!("{}#[allow({})]\n", self.documentation, ALLOWED.join(", "))
    }
}

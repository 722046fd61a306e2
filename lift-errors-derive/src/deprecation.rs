//! What is deprecated, in the type or its catalogue. A derive's output is beside the type, where the type's attributes have no
//! effect.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields};

/// The attribute that implementations need where the type, a variant or a field is deprecated or allows what is deprecated.
pub(crate) fn allowed(input: &DeriveInput) -> Option<TokenStream> {
    let in_fields = |fields: &Fields| fields.iter().any(|field| field.attrs.iter().any(allows));
    let in_data = match &input.data {
        Data::Struct(data) => in_fields(&data.fields),
        Data::Enum(data) => {
            data.variants.iter().any(|variant| variant.attrs.iter().any(allows) || in_fields(&variant.fields))
        }
        Data::Union(_) => false,
    };
    attribute(in_data || input.attrs.iter().any(allows))
}

/// The attribute that a deprecated entry needs where its variant, or the type, is deprecated or allows what is deprecated.
pub(crate) fn allowed_entry(input: &DeriveInput, variant: &[Attribute]) -> Option<TokenStream> {
    attribute(input.attrs.iter().chain(variant).any(allows))
}

fn attribute(is_allowed: bool) -> Option<TokenStream> {
    is_allowed.then(|| quote!(#[allow(deprecated)]))
}

/// Whether an attribute allows what is deprecated, or deprecates.
fn allows(attribute: &Attribute) -> bool {
    let names_it = || {
        let Ok(list) = attribute.meta.require_list() else { return false };
        let is_it = |token| matches!(&token, TokenTree::Ident(name) if name == "deprecated" || name == "warnings");
        list.tokens.clone().into_iter().any(is_it)
    };
    attribute.path().is_ident("deprecated") || attribute.path().is_ident("allow") && names_it()
}

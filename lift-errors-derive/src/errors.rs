//! `PossibleErrors`: the entries that the errors of the type can have.

use crate::ast::{Input, Variant, VariantKind};
use crate::generics::mentions;
use crate::paths::{Paths, module};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, WherePredicate, parse_quote};

/// The implementation. Whether the errors that the type passes on implement the trait is checked only where it is used: rustc does
/// not prove a bound that names a lifetime here, even if none of its types has the lifetime. A type that passes on a `Box<dyn …>`
/// can have any entry, so it does not implement the trait.
pub(crate) fn errors(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let Paths { krate, private, .. } = paths;
    if input.variants.iter().filter_map(Variant::transparent).any(|field| field.boxed_object().is_some()) {
        return TokenStream::new();
    }
    let own = input.variants.iter().enumerate().filter_map(|(number, variant)| match variant.kind {
        VariantKind::Entry { .. } => {
            let module = module(number);
            Some(quote!(#module::ENTRY))
        }
        _ => None,
    });
    // A type that passes on itself has no further entries.
    let this = [input.derive.ident.to_string(), "Self".to_owned()];
    let passed_on: Vec<&Type> = input
        .variants
        .iter()
        .filter_map(|variant| Some(variant.transparent()?.kind))
        .filter(|kind| !mentions(kind, &this))
        .collect();
    let kind = &input.derive.ident;
    let mut generics = input.derive.generics.clone();
    let (parameters, arguments, _) = input.derive.generics.split_for_impl();
    let bounds =
        passed_on.iter().map(|kind| -> WherePredicate { parse_quote!(for<'__lift> #kind: #krate::PossibleErrors) });
    generics.make_where_clause().predicates.extend(bounds);
    let (_, _, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #krate::PossibleErrors for #kind #arguments #bounds {
            fn entries() -> #private::Vec<#krate::Entry> {
                #private::entries(&[#(#own),*], &[#(<#passed_on as #krate::PossibleErrors>::entries),*])
            }
        }

        #private::openapi_traits!([#parameters] [#kind #arguments] [#bounds]);
    }
}

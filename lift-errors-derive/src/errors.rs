//! `PossibleErrors`: the entries that the errors of the type can have.

use crate::ast::{Input, Variant, VariantKind};
use crate::generics::contains_itself;
use crate::paths::{Paths, entry_of, listed_entry};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, WherePredicate, parse_quote};

/// The implementation. Whether the errors that the type passes on implement the trait is checked only where it is used: rustc does
/// not prove a bound that names a lifetime here, even if none of its types has the lifetime. A type that passes on a `Box<dyn …>`
/// can have any entry, so it does not implement the trait.
pub(crate) fn errors(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let Paths { krate, private, .. } = paths;
    // A list of codes says what the type of the field does not.
    let unlisted = || input.variants.iter().filter(|variant| variant.attributes.codes.is_none());
    let own = input.variants.iter().enumerate().flat_map(|(number, variant)| {
        let entry = matches!(variant.kind, VariantKind::Entry { .. }).then(|| entry_of(number));
        let listed = variant.attributes.codes.iter().flatten().enumerate();
        entry.into_iter().chain(listed.map(move |(position, _)| listed_entry(number, position))).collect::<Vec<_>>()
    });
    if unlisted().filter_map(Variant::transparent).any(|field| field.boxed_object().is_some()) {
        // Codes that one variant lists exist nevertheless, and their imports are not unused.
        return quote!(const _: &[#krate::Entry] = &[#(#own),*];);
    }
    // A type that passes on itself has no further entries.
    let passed_on: Vec<&Type> = unlisted()
        .filter_map(|variant| Some(variant.transparent()?.kind))
        .filter(|kind| !contains_itself(kind, input))
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

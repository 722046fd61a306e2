//! `PossibleErrors`: which entries the errors of the type can have. It knows nothing of single errors.

use crate::ast::{Input, VariantKind};
use crate::generics::mentions;
use crate::paths::{Paths, module};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, WherePredicate, parse_quote};

/// Which entries the type's errors have. Whether the errors that it passes on say so is asked only where somebody
/// wants to know: a bound that names a lifetime is not proved here, though the lifetime is in none of its types.
pub(crate) fn errors(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let Paths { krate, private, .. } = paths;
    let own = input.variants.iter().enumerate().filter_map(|(number, variant)| match variant.kind {
        VariantKind::Entry { .. } => {
            let module = module(number);
            Some(quote!(#module::ENTRY))
        }
        _ => None,
    });
    // What a type passes on of itself adds nothing.
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

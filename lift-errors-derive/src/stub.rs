//! The implementations that are emitted beside an error. They do nothing; without them rustc would report a further error for each
//! use of the type.

use crate::ast::Input;
use crate::paths::Paths;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashMap;

/// The errors, and the stubs.
pub(crate) fn stub(input: &Input<'_>, diagnostics: &syn::Error) -> TokenStream {
    let Paths { krate, private, .. } = &Paths::new(input);
    let diagnostics = diagnostics.to_compile_error();
    if matches!(input.derive.data, syn::Data::Union(_)) {
        // `Debug` can't be derived for a union, so it can't be an `Error`.
        return diagnostics;
    }
    let kind = &input.derive.ident;
    let (parameters, arguments, bounds) = input.derive.generics.split_for_impl();
    let display = (!input.options.no_display).then(|| {
        quote! {
            impl #parameters ::core::fmt::Display for #kind #arguments #bounds {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::result::Result::Ok(())
                }
            }
        }
    });
    let error = (!input.options.no_error && input.derive.generics.params.is_empty()).then(|| {
        quote! { impl #parameters ::core::error::Error for #kind #arguments #bounds {} }
    });
    let lift_error = input.derive.generics.params.is_empty().then(|| {
        quote! {
            impl #parameters #krate::LiftError for #kind #arguments #bounds {
                fn entry(&self) -> #krate::Entry {
                    #private::BROKEN
                }
            }

            impl #parameters #krate::PossibleErrors for #kind #arguments #bounds {
                fn entries() -> #private::Vec<#krate::Entry> {
                    #private::Vec::new()
                }
            }

            #private::openapi_traits!([#parameters] [#kind #arguments] [#bounds]);
        }
    });
    let wants_responses =
        input.derive.generics.params.is_empty() && !input.options.no_response && !input.options.client;
    let responses = wants_responses.then(|| quote!(#private::response_traits!({} { #kind } {});));
    let mut seen = HashMap::new();
    let sources = input.variants.iter().flat_map(|variant| &variant.fields).filter(|field| field.is_from());
    let sources = sources.map(|field| field.kind).chain(input.options.conversions.iter().map(|(from, _)| from));
    let conversions: Vec<TokenStream> = sources
        .filter(|from| !input.options.no_error && seen.insert(quote!(#from).to_string(), ()).is_none())
        .map(|from| {
            quote! {
                impl #parameters ::core::convert::From<#from> for #kind #arguments #bounds {
                    fn from(_: #from) -> Self {
                        loop {}
                    }
                }
            }
        })
        .collect();
    quote! {
        #diagnostics
        const _: () = {
            #display
            #error
            #lift_error
            #(#conversions)*
            #responses
        };
    }
}

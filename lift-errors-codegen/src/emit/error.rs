//! `Error`: the typed enum whose variants carry the declared parameters.

use super::{Scope, doc, explain};
use crate::catalog::{Entry, Parameter};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;

/// The largest `Error`, in bytes: of the canonical catalogue, and of any other (clippy warns at 128).
const LARGEST: (usize, usize) = (64, 127);

/// The enum, its constructors and its traits.
pub(crate) fn error(scope: &Scope<'_>) -> TokenStream {
    let Scope { catalog, private, krate, .. } = scope;
    let docs = catalog.entries.iter().map(|entry| doc(&explain::entry(scope, entry)));
    let variants: Vec<Ident> = catalog.entries.iter().map(|entry| ident(&entry.variant)).collect();
    let fields = catalog.entries.iter().map(|entry| fields(scope, entry));
    let constructors = catalog.entries.iter().map(|entry| constructor(scope, entry));
    let setters = setters(scope);
    let values = values(scope);
    let value_rest = rest(scope, catalog.entries.iter().filter(|entry| !entry.parameters.is_empty()).count());
    let lists = catalog.entries.iter().filter(|entry| entry.field_errors);
    let list_rest = rest(scope, lists.clone().count());
    let field_errors = lists.map(|entry| {
        let variant = ident(&entry.variant);
        quote!(Self::#variant { field_errors, .. } => ::core::option::Option::Some(field_errors),)
    });
    let derives = catalog.derives.iter().map(|name| match name.as_str() {
        "Clone" => super::derive(&["clone::Clone"]),
        _ => super::derive(&["cmp::PartialEq"]),
    });
    let names = catalog.entries.iter().map(names);
    let size = size_assertion(scope);
    let enum_doc = doc(&format!(
        " The errors of the catalogue `{}`, with their parameters.\n\n Made by the functions of the same names; optional parameters are added by `with_…`.",
        catalog.name
    ));
    quote! {
        #enum_doc
        #(#derives)*
        #[non_exhaustive]
        pub enum Error {
            #(#docs #[non_exhaustive] #variants { #fields },)*
        }

        #size

        impl Error {
            #(#constructors)*
            #setters

            /// The code.
            #[inline]
            pub const fn code(&self) -> Code {
                match self {
                    #(Self::#variants { .. } => Code::#variants,)*
                }
            }
        }

        #[automatically_derived]
        impl #krate::LiftError for Error {
            #[inline]
            fn entry(&self) -> #krate::Entry {
                self.code().entry()
            }

            #[allow(unused_variables)]
            fn parameter(&self, __number: u8) -> ::core::option::Option<#krate::Value<'_>> {
                match self {
                    #(#values)*
                    #value_rest
                }
            }

            fn field_errors(&self) -> ::core::option::Option<&#krate::FieldErrors> {
                match self {
                    #(#field_errors)*
                    #list_rest
                }
            }
        }

        #private::error_traits!(Error, Code);
        #private::received_traits!(Error, Code, CATALOG { #(#variants { #names })* });
    }
}

/// The names of a variant's fields, from which the client makes the error again.
fn names(entry: &Entry) -> TokenStream {
    let parameters = entry.parameters.iter().map(|parameter| ident(&parameter.name));
    let field_errors = entry.field_errors.then(|| ident("field_errors"));
    parameters.chain(field_errors).map(|name| quote!(#name)).collect()
}

/// The arm for all other variants, where there are any.
fn rest(scope: &Scope<'_>, covered: usize) -> TokenStream {
    if covered < scope.catalog.entries.len() { quote!(_ => ::core::option::Option::None,) } else { TokenStream::new() }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The Rust type of a parameter in `Error`.
fn kind(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let private = &scope.private;
    let text = quote!(#private::Cow<'static, str>);
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => quote!(u32),
        (ParameterType::U64, _) => quote!(u64),
        (ParameterType::I64, _) => quote!(i64),
        (ParameterType::Duration, _) => quote!(::core::time::Duration),
        (_, Sensitivity::Secret) => {
            let krate = scope.krate;
            quote!(#krate::Secret<#text>)
        }
        _ => text,
    }
}

fn fields(scope: &Scope<'_>, entry: &Entry) -> TokenStream {
    let krate = scope.krate;
    let parameters = entry.parameters.iter().map(|parameter| {
        let (name, kind, doc) = (ident(&parameter.name), kind(scope, parameter), doc(&format!(" {}", parameter.doc)));
        if parameter.optional { quote!(#doc #name: ::core::option::Option<#kind>,) } else { quote!(#doc #name: #kind,) }
    });
    let field_errors = entry.field_errors.then(|| {
        quote! {
            /// What is wrong with each field.
            field_errors: #krate::FieldErrors,
        }
    });
    quote!(#(#parameters)* #field_errors)
}

/// `Error::too_many_requests(limit, window, retry_after)`.
fn constructor(scope: &Scope<'_>, entry: &Entry) -> TokenStream {
    let krate = scope.krate;
    let (name, variant) = (ident(&entry.code), ident(&entry.variant));
    let required = entry.parameters.iter().filter(|parameter| !parameter.optional);
    let arguments = required.clone().map(|parameter| {
        let (name, kind) = (ident(&parameter.name), argument(scope, parameter));
        quote!(#name: #kind)
    });
    let given = required.map(|parameter| {
        let (name, value) = (ident(&parameter.name), given(scope, parameter));
        quote!(#name: #value,)
    });
    let absent = entry.parameters.iter().filter(|parameter| parameter.optional).map(|parameter| {
        let name = ident(&parameter.name);
        quote!(#name: ::core::option::Option::None,)
    });
    let field_errors = entry.field_errors.then(|| quote!(field_errors: #krate::FieldErrors::new(),));
    let doc = doc(&format!(" {} (`{}`).", explain::title(entry), entry.id));
    let deprecated = explain::deprecation(entry);
    quote! {
        #doc
        #deprecated
        #[inline]
        pub fn #name(#(#arguments),*) -> Self {
            Self::#variant { #(#given)* #(#absent)* #field_errors }
        }
    }
}

fn argument(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    match parameter.kind {
        ParameterType::Text => {
            let private = &scope.private;
            quote!(impl ::core::convert::Into<#private::Cow<'static, str>>)
        }
        _ => kind(scope, parameter),
    }
}

fn given(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let (name, krate) = (ident(&parameter.name), scope.krate);
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::Text, Sensitivity::Secret) => quote!(#krate::Secret::new(::core::convert::Into::into(#name))),
        (ParameterType::Text, _) => quote!(::core::convert::Into::into(#name)),
        _ => quote!(#name),
    }
}

/// One setter for each name of an optional parameter, over all entries that have it.
fn setters(scope: &Scope<'_>) -> TokenStream {
    let krate = scope.krate;
    let mut optional: BTreeMap<&str, Vec<(&Entry, &Parameter)>> = BTreeMap::new();
    for entry in &scope.catalog.entries {
        for parameter in entry.parameters.iter().filter(|parameter| parameter.optional) {
            optional.entry(&parameter.name).or_default().push((entry, parameter));
        }
    }
    let setters = optional.iter().filter_map(|(name, places)| {
        let (_, parameter) = places.first()?;
        let (field, setter) = (ident(name), format_ident!("with_{name}"));
        let (argument, value) = (argument(scope, parameter), given(scope, parameter));
        let variants = places.iter().map(|(entry, _)| ident(&entry.variant));
        let others = (places.len() < scope.catalog.entries.len()).then(|| quote!(_ => {}));
        let codes: Vec<String> = places.iter().map(|(entry, _)| format!("`{}`", entry.code)).collect();
        let doc = doc(&format!(
            " Adds the optional parameter `{name}` of {}. An error without this parameter stays as it is.",
            codes.join(", ")
        ));
        Some(quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #field: #argument) -> Self {
                let __value = #value;
                match &mut self {
                    #(Self::#variants { #field, .. })|* => *#field = ::core::option::Option::Some(__value),
                    #others
                }
                self
            }
        })
    });
    let with_field_errors: Vec<Ident> =
        scope.catalog.entries.iter().filter(|entry| entry.field_errors).map(|entry| ident(&entry.variant)).collect();
    let others = (with_field_errors.len() < scope.catalog.entries.len()).then(|| quote!(_ => {}));
    let field_errors = (!with_field_errors.is_empty()).then(|| {
        quote! {
            /// Adds what is wrong with each field. An error that has no field errors stays as it is.
            #[must_use]
            pub fn with_field_errors(mut self, errors: #krate::FieldErrors) -> Self {
                match &mut self {
                    #(Self::#with_field_errors { field_errors, .. })|* => *field_errors = errors,
                    #others
                }
                self
            }
        }
    });
    quote!(#(#setters)* #field_errors)
}

/// The arms that give parameters by number, one for all entries that have the same ones: LLVM takes more than twice as
/// long for twice as many.
fn values(scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut groups: BTreeMap<String, (TokenStream, TokenStream, Vec<Ident>)> = BTreeMap::new();
    for entry in scope.catalog.entries.iter().filter(|entry| !entry.parameters.is_empty()) {
        let names = entry.parameters.iter().map(|parameter| ident(&parameter.name));
        let arms: TokenStream =
            entry.parameters.iter().enumerate().map(|(number, parameter)| arm(scope, number, parameter)).collect();
        let group = groups.entry(arms.to_string()).or_insert_with(|| (quote!(#(#names,)* ..), arms, Vec::new()));
        group.2.push(ident(&entry.variant));
    }
    let groups = groups.into_values().map(|(names, arms, variants)| {
        quote! {
            #(Self::#variants { #names })|* => match __number {
                #arms
                _ => ::core::option::Option::None,
            },
        }
    });
    groups.collect()
}

fn arm(scope: &Scope<'_>, number: usize, parameter: &Parameter) -> TokenStream {
    let (number, name) = (Literal::u8_unsuffixed(number as u8), ident(&parameter.name));
    if parameter.optional {
        let value = value(scope, parameter, &quote!(value));
        quote!(#number => #name.as_ref().map(|value| #value),)
    } else {
        let value = value(scope, parameter, &quote!(#name));
        quote!(#number => ::core::option::Option::Some(#value),)
    }
}

fn value(scope: &Scope<'_>, parameter: &Parameter, reference: &TokenStream) -> TokenStream {
    let krate = scope.krate;
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => quote!(#krate::Value::Unsigned(*#reference as u64)),
        (ParameterType::U64, _) => quote!(#krate::Value::Unsigned(*#reference)),
        (ParameterType::I64, _) => quote!(#krate::Value::Signed(*#reference)),
        (ParameterType::Duration, _) => quote!(#krate::Value::Duration(*#reference)),
        (_, Sensitivity::Secret) => quote!(#krate::Value::Display(#reference)),
        _ => quote!(#krate::Value::Text(#reference)),
    }
}

/// `Error` stays small; the message names the entry that makes it large.
fn size_assertion(scope: &Scope<'_>) -> TokenStream {
    let limit = if scope.catalog.code_prefix.is_empty() { LARGEST.0 } else { LARGEST.1 };
    let size = |entry: &Entry| -> usize {
        entry.parameters.iter().map(size_of_parameter).sum::<usize>() + if entry.field_errors { 24 } else { 0 }
    };
    let Some(largest) = scope.catalog.entries.iter().max_by_key(|entry| size(entry)) else { return TokenStream::new() };
    let message = format!(
        "`{}` makes `Error` larger than {limit} bytes: declare fewer parameters, or put what belongs together into one text",
        largest.code
    );
    quote! {
        const _: () = ::core::assert!(::core::mem::size_of::<Error>() <= #limit, #message);
    }
}

/// The size of a parameter in `Error` on a machine of 64 bits, as far as it decides which entry is largest.
fn size_of_parameter(parameter: &Parameter) -> usize {
    match parameter.kind {
        ParameterType::U32 => 4,
        ParameterType::Duration => 16,
        ParameterType::Text => 24,
        _ => 8,
    }
}

//! The module of a catalogue with mistakes: it has the names that the rest of the crate uses, so that rustc reports the
//! mistakes alone.

use super::attribute::derive;
use super::scope::{PRIVATE, Target};
use crate::naming;
use crate::read::draft::{Draft, Entry, Phrase};
use crate::read::phrase_kind::PhraseKind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The traits of the stub's `Code`, so that matches and comparisons compile.
const FIELDLESS: &[&str] = &[
    "clone::Clone",
    "marker::Copy",
    "fmt::Debug",
    "cmp::PartialEq",
    "cmp::Eq",
    "cmp::PartialOrd",
    "cmp::Ord",
    "hash::Hash",
];

/// The module with the catalogue's names.
pub(crate) fn stub(draft: &Draft, target: &Target<'_>) -> TokenStream {
    let Target { module, visibility, krate, tracking, .. } = target;
    let private = format_ident!("{PRIVATE}");
    let private = quote!(#krate::#private);
    let mut seen = BTreeSet::new();
    let entries: Vec<&Entry> = draft
        .entries
        .iter()
        .filter(|entry| {
            naming::check_code(entry.code.as_str()).is_ok() && seen.insert(naming::pascal_case(entry.code.as_str()))
        })
        .collect();
    let variants: Vec<Ident> = entries.iter().map(|entry| variant(entry.code.as_str())).collect();
    let modules = entries.iter().map(|entry| entry_module(draft, entry, krate, &private));
    let constructors = entries.iter().map(|entry| constructor(draft, entry));
    let setters = setters(draft);
    let phrases = phrases(draft, krate);
    let derive = derive(FIELDLESS);
    quote! {
        // Lints that a crate forbids can't be allowed. This one is not about hidden items, and the others come after the mistakes.
        #[doc(hidden)]
        #visibility mod #module {
            #tracking

            pub static CATALOG: #krate::Catalog = #private::NOTHING;

            #derive
            pub enum Code { #(#variants,)* }

            impl Code {
                pub const COUNT: usize = 0;
                pub const fn entry(self) -> #krate::Entry { #private::BROKEN }
                pub const fn as_str(self) -> &'static str { "" }
                pub const fn id(self) -> &'static str { "" }
                pub const fn status(self) -> ::core::option::Option<u16> { ::core::option::Option::None }
                pub fn canonical(self) -> Self { self }
                pub fn from_id(_: &str) -> ::core::option::Option<Self> { ::core::option::Option::None }
                pub fn from_status(_: u16) -> ::core::option::Option<Self> { ::core::option::Option::None }
                pub fn from_entry(_: #krate::Entry) -> ::core::option::Option<Self> { ::core::option::Option::None }
                pub fn iter() -> ::core::iter::Empty<Self> { ::core::iter::empty() }
            }

            impl ::core::str::FromStr for Code {
                type Err = #krate::UnknownCode;
                fn from_str(_: &str) -> ::core::result::Result<Self, Self::Err> { ::core::result::Result::Err(#krate::UnknownCode::new()) }
            }

            impl ::core::fmt::Display for Code {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { ::core::result::Result::Ok(()) }
            }

            pub enum Error { #(#variants {},)* }

            impl Error {
                #(#constructors)*
                pub fn code(&self) -> Code { loop {} }
                fn __origin(&self) -> &#private::Origin { loop {} }
                fn __origin_mut(&mut self) -> &mut #private::Origin { loop {} }
                fn __has_secrets_of(&self, _: &Self) -> bool { true }
            }

            impl<E> Builder<E> {
                #setters
            }

            impl #krate::LiftError for Error {
                fn entry(&self) -> #krate::Entry { #private::BROKEN }
            }

            #private::error_traits!(Error, Code, Cause, CATALOG);
            #private::builder!(Builder, Error, Cause);
            #private::received_traits!(Error, Code, Cause, CATALOG {});

            #(#modules)*

            #phrases
        }
    }
}

fn variant(name: &str) -> Ident {
    Ident::new(&naming::pascal_case(name), Span::call_site())
}

fn entry_module(draft: &Draft, entry: &Entry, krate: &TokenStream, private: &TokenStream) -> TokenStream {
    let name = Ident::new(entry.code.as_str(), Span::call_site());
    let causes: BTreeSet<&str> =
        entry.causes.iter().map(|cause| cause.id.as_str()).filter(|id| naming::check(id).is_ok()).collect();
    let numbers = 0..causes.len() as u8;
    let causes = causes.into_iter().map(variant);
    let arguments = arguments(draft, entry);
    quote! {
        pub mod #name {
            pub const ENTRY: #krate::Entry = #private::BROKEN;

            pub enum Cause {}

            impl Cause {
                #(pub const #causes: super::Cause = super::Cause::__new(0, #numbers);)*
            }

            pub fn new(#arguments) -> super::Builder<()> { loop {} }
        }
    }
}

/// A function with as many arguments as the entry has required parameters.
fn constructor(draft: &Draft, entry: &Entry) -> TokenStream {
    let name = Ident::new(entry.code.as_str(), Span::call_site());
    let arguments = arguments(draft, entry);
    quote! { pub fn #name(#arguments) -> Self { loop {} } }
}

/// The arguments for an entry's required parameters, which may be anything.
fn arguments(draft: &Draft, entry: &Entry) -> TokenStream {
    let required = draft.canonical(entry).parameters.iter().filter(|parameter| !parameter.optional);
    let arguments = required.map(|_| quote!(_: impl Sized));
    quote!(#(#arguments),*)
}

/// The functions of field errors, and the terms.
fn phrases(draft: &Draft, krate: &TokenStream) -> TokenStream {
    let phrases = draft.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::FieldError);
    let by_name: BTreeMap<&str, &Phrase> = phrases.map(|phrase| (phrase.name.as_str(), phrase)).collect();
    let named = by_name.into_values().filter(|phrase| naming::check(phrase.name.as_str()).is_ok());
    let functions = named.map(|phrase| {
        let name = Ident::new(phrase.name.as_str(), Span::call_site());
        let arguments = phrase.parameters.iter().map(|_| quote!(_: impl Sized));
        quote!(pub fn #name(#(#arguments),*) -> #krate::Violation { loop {} })
    });
    let terms = draft.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Term);
    let terms: BTreeSet<&str> =
        terms.map(|phrase| phrase.name.as_str()).filter(|name| naming::check(name).is_ok()).collect();
    let (variants, derive) = (terms.into_iter().map(variant), derive(FIELDLESS));
    quote! {
        pub mod field_error { #(#functions)* }

        #derive
        pub enum Term { #(#variants,)* }

        impl ::core::convert::From<Term> for #krate::Term {
            fn from(_: Term) -> Self { loop {} }
        }

        impl ::core::convert::From<Term> for #krate::FieldLabel {
            fn from(_: Term) -> Self { loop {} }
        }

        impl ::core::convert::From<Term> for #krate::FieldValue {
            fn from(_: Term) -> Self { loop {} }
        }
    }
}

fn setters(draft: &Draft) -> TokenStream {
    let parameters = draft.entries.iter().flat_map(|entry| &entry.parameters).filter(|parameter| parameter.optional);
    let mut names: BTreeSet<&str> =
        parameters.map(|parameter| parameter.name.as_str()).filter(|name| naming::check(name).is_ok()).collect();
    if draft.entries.iter().any(|entry| entry.field_errors.is_some()) {
        names.insert("field_errors");
    }
    names
        .into_iter()
        .map(|name| {
            let name = format_ident!("with_{name}");
            quote! { pub fn #name(self, _: impl Sized) -> Self { self } }
        })
        .collect()
}

//! From a checked catalogue to Rust: one module with `Code`, `Error`, the tables, and a module for each
//! entry. The derive, the build step and the committed file have the same one.

mod code;
mod column;
mod conventions;
mod document;
mod entry;
mod error;
mod explain;
mod key;
mod print;
mod ranges;
mod storage;
mod stub;
mod table;
mod text;

pub(crate) use print::print;
pub(crate) use storage::Storage;
pub(crate) use stub::stub;

use crate::catalog::{Catalog, Localised};
use crate::constant::ConstantValue;
use crate::locale::Locale;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The module of the runtime that generated code calls. Its name has the version, so that tables and
/// runtime that do not belong together fail to compile, at a place that says so.
pub(crate) const PRIVATE: &str = "__private_0_1_0";

/// What the module is to be called and where the runtime is.
pub(crate) struct Target<'a> {
    pub(crate) module: Ident,
    pub(crate) visibility: TokenStream,
    /// The path of `lift_errors`: `::lift_errors`, or what the user calls it.
    pub(crate) krate: TokenStream,
    /// The manifest as messages call it.
    pub(crate) manifest: &'a str,
    /// The statement that makes cargo build again when a file changes; empty where the build step does.
    pub(crate) tracking: TokenStream,
}

/// What every part of the emitter is given.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) krate: &'a TokenStream,
    /// `krate::__private_…`.
    pub(crate) private: TokenStream,
    pub(crate) manifest: &'a str,
}

impl Scope<'_> {
    /// The file of an entry as documentation names it: beside the manifest.
    fn file(&self, entry: &crate::catalog::Entry) -> String {
        match self.manifest.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", entry.file),
            None => entry.file.clone(),
        }
    }
}

/// The catalogue's module. Its tables go to `storage`.
pub(crate) fn module(localised: &Localised, target: &Target<'_>, storage: &mut Storage) -> TokenStream {
    let catalog = &localised.base;
    let Target { module, visibility, krate, manifest, tracking } = target;
    let private = format_ident!("{PRIVATE}");
    let private = quote!(#krate::#private);
    let scope = Scope { catalog, krate, private: private.clone(), manifest };
    let doc = doc(&format!(
        " The catalogue `{}`: its codes, its typed errors, and one module for each entry.\n\n Generated from `{manifest}`.",
        catalog.name
    ));
    let statics = statics(&scope, storage, localised);
    let code = code::code(&scope, storage);
    let error = error::error(&scope);
    let entries = catalog.entries.iter().enumerate().map(|(number, entry)| entry::module(&scope, number, entry));
    let constants = constants(catalog);
    let prefix = prefix_assertion(&scope);
    let stored = storage.items(&private);
    quote! {
        #doc
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, dead_code, deprecated, non_snake_case, non_upper_case_globals, unused_imports, unused_qualifications, unreachable_pub)]
        #visibility mod #module {
            #tracking
            #prefix
            #code
            #error
            #constants
            #statics
            #stored
            #(#entries)*
        }
    }
}

/// `#[derive(…)]` of traits in `core`. Even `derive` is a name that `#![no_implicit_prelude]` takes away.
fn derive(traits: &[&str]) -> TokenStream {
    let traits = traits.iter().map(|path| path.split("::").map(|name| Ident::new(name, Span::call_site())));
    let traits = traits.map(|names| quote!(::core #(::#names)*));
    quote!(#[::core::prelude::v1::derive(#(#traits),*)])
}

/// Documentation, an attribute for each line.
fn doc(text: &str) -> TokenStream {
    text.lines().map(|line| quote!(#[doc = #line])).collect()
}

/// The codes of a service can't collide with canonical ones, today's or tomorrow's.
fn prefix_assertion(scope: &Scope<'_>) -> TokenStream {
    let (prefix, id_prefix, krate) = (&scope.catalog.code_prefix, &scope.catalog.id_prefix, scope.krate);
    if prefix.is_empty() {
        return TokenStream::new();
    }
    let message = format!("the canonical catalogue has codes that begin with `{prefix}`: choose another `code_prefix`");
    quote! {
        const _: () = ::core::assert!(!#krate::lift::CATALOG.uses_prefix(#prefix, #id_prefix), #message);
    }
}

/// The constants, for the code that lives by them: what a text says and what a service does come from one
/// place.
fn constants(catalog: &Catalog) -> TokenStream {
    let english = lift_errors_cldr::Locale::from_tag("en").unwrap_or_else(lift_errors_cldr::Locale::root);
    let constant = |(name, value): &(String, ConstantValue)| {
        let text = doc(&format!(" The constant `{name}`: {}.", value.shown(english)));
        let name = Ident::new(&name.to_ascii_uppercase(), Span::call_site());
        match value {
            ConstantValue::Unsigned(number) => quote!(#text pub const #name: u64 = #number;),
            ConstantValue::Signed(number) => quote!(#text pub const #name: i64 = #number;),
            ConstantValue::Text(value) => quote!(#text pub const #name: &str = #value;),
            ConstantValue::Duration(duration) => {
                let seconds = duration.as_secs();
                quote!(#text pub const #name: ::core::time::Duration = ::core::time::Duration::from_secs(#seconds);)
            }
        }
    };
    catalog.constants.iter().map(constant).collect()
}

fn statics(scope: &Scope<'_>, storage: &mut Storage, localised: &Localised) -> TokenStream {
    let Scope { catalog, private, krate, .. } = scope;
    // What is no text is the same in every column.
    let tables = table::build(catalog, Vec::new());
    let strings = storage.text("strings", tables.strings.blob);
    let starts = storage.words(private, &tables.strings.starts);
    let [entries, parameters, details, causes, cures, fixes, notes, links, headers] = [
        &tables.entries,
        &tables.parameters,
        &tables.details,
        &tables.causes,
        &tables.cures,
        &tables.fixes,
        &tables.notes,
        &tables.links,
        &tables.headers,
    ]
    .map(|table| storage.words(private, table));
    let (name, reference) = (&catalog.name, &catalog.reference);
    let doc = doc(&format!(" The tables of the catalogue `{name}`."));
    let conventions = conventions::statics(scope, localised);
    let columns = column::columns(scope, storage, localised);
    let locales: Vec<Locale> = localised.columns.iter().map(|column| column.locale).collect();
    let by_locale = storage.bytes(ranges::by_locale(&locales));
    let ranges = storage.words(private, &ranges::ranges(&locales));
    quote! {
        #doc
        pub static CATALOG: #krate::Catalog = #krate::Catalog::new(#private::Tables {
            name: #name,
            reference: #reference,
            strings: #private::Strings::new(#strings, #starts),
            entries: #entries,
            parameters: #parameters,
            details: #details,
            causes: #causes,
            cures: #cures,
            fixes: #fixes,
            notes: #notes,
            links: #links,
            headers: #headers,
            columns: #by_locale,
            ranges: #ranges,
            texts: &[#columns],
        });
        #conventions
    }
}

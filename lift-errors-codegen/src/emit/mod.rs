//! Generates Rust from a checked catalogue: one module with `Code`, `Error`, the tables, and a module for each entry. The
//! derive, the build step and the committed file get the same one.

mod attribute;
pub(crate) mod catalog_tables;
mod code;
mod column;
pub(crate) mod conventions;
mod document;
mod entry;
mod error;
mod explain;
mod key;
pub(crate) mod lock;
mod phrase;
mod presence;
mod ranges;
mod scope;
mod segments;
mod source;
mod storage;
mod stub;
mod table;
mod text;

pub(crate) use scope::Target;
pub(crate) use source::Source;
pub(crate) use storage::Storage;
pub(crate) use stub::stub;

use crate::locale::constant_value::ConstantValue;
use crate::resolve::catalog::{Catalog, Localised};
use attribute::{doc, literal};
use catalog_tables::CatalogTables;
use proc_macro2::TokenStream;
use quote::quote;
use scope::Scope;

/// The catalogue's module. Its tables go to `storage`.
pub(crate) fn module(localised: &Localised, target: &Target<'_>, storage: &mut Storage) -> Source {
    let catalog = &localised.source;
    let scope = Scope {
        catalog,
        krate: quote!(__lift),
        private: quote!(__private),
        manifest: target.manifest,
        is_canonical: target.is_canonical,
    };
    let statics = statics(&scope, storage, localised);
    let mut body = version_assertion(&scope).to_string();
    body += &prefix_assertion(&scope).to_string();
    body += &code::code(&scope, storage);
    body += &error::error(&scope);
    body += &phrase::phrases(catalog);
    body += &constants(catalog);
    body += &statics.to_string();
    body += "\n";
    body += &storage.items(&scope.private).to_string();
    body += "\n";
    for (number, entry) in catalog.entries.iter().enumerate() {
        entry::module(&scope, number, entry, &mut body);
    }
    Source::new(target, &catalog.name, body)
}

/// A module and a runtime of different versions do not fit together; this fails first, and tells why.
fn version_assertion(scope: &Scope<'_>) -> TokenStream {
    let private = &scope.private;
    let version = env!("CARGO_PKG_VERSION");
    let message = format!(
        "lift-errors-codegen {version} generated this module, but `lift-errors` has another version: use the same one"
    );
    quote!(
        const _: () = #private::require(#private::is_version(#version), #message);
    )
}

/// The codes of a service can't collide with canonical ones, today's or tomorrow's.
fn prefix_assertion(scope: &Scope<'_>) -> TokenStream {
    let (prefix, id_prefix) = (&scope.catalog.code_prefix, &scope.catalog.id_prefix);
    let (krate, private) = (&scope.krate, &scope.private);
    if prefix.is_empty() {
        return TokenStream::new();
    }
    let message = format!("the canonical catalogue has codes that begin with `{prefix}`: choose another `code_prefix`");
    quote! {
        const _: () = #private::require(!#krate::lift::CATALOG.uses_prefix(#prefix, #id_prefix), #message);
    }
}

/// The constants, so that a service's code and the texts use the same values.
fn constants(catalog: &Catalog) -> String {
    let english = lift_errors_cldr::Locale::from_tag("en").unwrap_or_else(lift_errors_cldr::Locale::root);
    let constant = |(name, value): &(String, ConstantValue)| {
        let text = doc(&format!(" The constant `{name}`: {}.", literal(&value.shown(english))));
        let name = name.to_ascii_uppercase();
        match value {
            ConstantValue::Unsigned(number) => format!("{text}pub const {name}: u64 = {number};\n"),
            ConstantValue::Signed(number) => format!("{text}pub const {name}: i64 = {number};\n"),
            ConstantValue::Text(value) => format!("{text}pub const {name}: &str = {value:?};\n"),
            ConstantValue::Duration(duration) => {
                let seconds = duration.as_secs();
                // Clippy recommends functions for larger units, which older compilers lack.
                format!("{text}pub const {name}: Duration = Duration::new({seconds}, 0);\n")
            }
        }
    };
    catalog.constants.iter().map(constant).collect()
}

fn statics(scope: &Scope<'_>, storage: &mut Storage, localised: &Localised) -> TokenStream {
    let private = &scope.private;
    let tables = CatalogTables::new(localised);
    let strings = storage.text("strings", tables.strings);
    let starts = storage.words(private, &tables.string_starts);
    let records = &tables.records;
    let [entries, parameters, details, causes, cause_fixes, fixes, notes, links, headers, phrases, profiles, tags] = [
        &records.entries,
        &records.parameters,
        &records.details,
        &records.causes,
        &records.cause_fixes,
        &records.fixes,
        &records.notes,
        &records.links,
        &records.headers,
        &records.phrases,
        &records.profiles,
        &records.tags,
    ]
    .map(|table| storage.words(private, table));
    let (name, reference) = (&tables.name, &tables.reference);
    let doc = format!(" The tables of the catalogue `{name}`.");
    let conventions = conventions::statics(scope, localised);
    let (texts, columns) = column::columns(scope, storage, localised, tables.columns, &tables.shared);
    let locale_columns = storage.bytes(tables.locale_columns);
    let tag_columns = storage.words(private, &tables.tag_columns);
    quote! {
        #[doc = #doc]
        pub static CATALOG: Catalog = Catalog::new(#private::Tables {
            name: #name,
            reference: #reference,
            strings: #private::Strings::new(#strings, #starts),
            entries: #entries,
            parameters: #parameters,
            details: #details,
            causes: #causes,
            cause_fixes: #cause_fixes,
            fixes: #fixes,
            notes: #notes,
            links: #links,
            headers: #headers,
            phrases: #phrases,
            profiles: #profiles,
            tags: #tags,
            locale_columns: #locale_columns,
            tag_columns: #tag_columns,
            columns: &[#columns],
        });
        #texts
        #conventions
    }
}

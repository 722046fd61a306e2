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
pub(crate) mod lock;
mod ranges;
mod source;
mod storage;
mod stub;
mod table;
mod text;

pub(crate) use source::Source;
pub(crate) use storage::Storage;
pub(crate) use stub::stub;

use crate::locale::Locale;
use crate::locale::constant_value::ConstantValue;
use crate::parallel;
use crate::resolve::catalog::{Catalog, Localised};
use lift_errors_core::escape::is_bidi_control;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use table::Tables;

/// The hidden module of the runtime that generated code calls.
pub(crate) const PRIVATE: &str = "__private";

/// What the module is to be called and where the runtime is.
pub(crate) struct Target<'a> {
    pub(crate) module: Ident,
    pub(crate) visibility: TokenStream,
    /// The path of `lift_errors`: `::lift_errors`, or what the user calls it.
    pub(crate) krate: TokenStream,
    /// Whether the module belongs into the runtime itself.
    pub(crate) is_canonical: bool,
    /// The manifest as messages call it.
    pub(crate) manifest: &'a str,
    /// The statement that makes cargo build again when a file changes; empty where the build step does.
    pub(crate) tracking: TokenStream,
}

/// What every part of the emitter is given.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    /// What the module calls the runtime.
    pub(crate) krate: TokenStream,
    /// What it calls the runtime's `__private_…`.
    pub(crate) private: TokenStream,
    pub(crate) manifest: &'a str,
    /// Whether the runtime itself has the module.
    pub(crate) is_canonical: bool,
}

impl Scope<'_> {
    /// The file of an entry as documentation names it: beside the manifest.
    fn file(&self, entry: &crate::resolve::catalog::Entry) -> String {
        match self.manifest.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", entry.file),
            None => entry.file.clone(),
        }
    }
}

/// The catalogue's module. Its tables go to `storage`.
pub(crate) fn module(localised: &Localised, target: &Target<'_>, storage: &mut Storage) -> Source {
    let catalog = &localised.base;
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

/// `#[derive(…)]` of traits in `core`. Even `derive` is a name that `#![no_implicit_prelude]` takes away.
fn derive(traits: &[&str]) -> TokenStream {
    let traits = traits.iter().map(|path| path.split("::").map(|name| Ident::new(name, Span::call_site())));
    let traits = traits.map(|names| quote!(::core #(::#names)*));
    quote!(#[::core::prelude::v1::derive(#(#traits),*)])
}

/// The longest line of documentation, in bytes, without its indentation.
const DOC_WIDTH: usize = 120;

/// Documentation. Nothing is shorter for rustc to read than comments.
fn doc(text: &str) -> String {
    text.lines().flat_map(wrap).fold(String::new(), |mut out, line| {
        out.push_str("///");
        // What may not stand there: a lone carriage return, and what rustc takes for an attempt to hide code.
        match line.is_ascii() {
            true => out.extend(line.split('\r')),
            false => out.extend(line.chars().filter(|character| *character != '\r' && !is_bidi_control(*character))),
        }
        out.push('\n');
        out
    })
}

/// A module and a runtime of different versions do not fit together: say so before anything else fails.
fn version_assertion(scope: &Scope<'_>) -> TokenStream {
    let private = &scope.private;
    let version = env!("CARGO_PKG_VERSION");
    let message = format!(
        "lift-errors-codegen {version} generated this module, but `lift-errors` has another version: use the same one"
    );
    quote!(
        const _: () = ::core::assert!(#private::is_version(#version), #message);
    )
}

/// A line as lines of readable length. A list item goes on below its own text.
fn wrap(line: &str) -> Vec<String> {
    if line.len() <= DOC_WIDTH {
        return vec![line.to_owned()];
    }
    let indentation = if line.starts_with(" - ") { "   " } else { " " };
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.trim_start().split(' ') {
        // At the start of a line, such a word would begin a block of Markdown.
        let begins_block = word.starts_with(|first: char| !first.is_alphabetic() && !"`(\"[".contains(first));
        if !current.is_empty() && !begins_block && current.len() + word.len() >= DOC_WIDTH {
            lines.push(std::mem::replace(&mut current, indentation.to_owned()));
        } else {
            current.push(' ');
        }
        current += word;
    }
    lines.push(current);
    lines
}

/// The codes of a service can't collide with canonical ones, today's or tomorrow's.
fn prefix_assertion(scope: &Scope<'_>) -> TokenStream {
    let (prefix, id_prefix, krate) = (&scope.catalog.code_prefix, &scope.catalog.id_prefix, &scope.krate);
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
fn constants(catalog: &Catalog) -> String {
    let english = lift_errors_cldr::Locale::from_tag("en").unwrap_or_else(lift_errors_cldr::Locale::root);
    let constant = |(name, value): &(String, ConstantValue)| {
        let text = doc(&format!(" The constant `{name}`: {}.", value.shown(english)));
        let name = name.to_ascii_uppercase();
        match value {
            ConstantValue::Unsigned(number) => format!("{text}pub const {name}: u64 = {number};\n"),
            ConstantValue::Signed(number) => format!("{text}pub const {name}: i64 = {number};\n"),
            ConstantValue::Text(value) => format!("{text}pub const {name}: &str = {value:?};\n"),
            ConstantValue::Duration(duration) => {
                let seconds = duration.as_secs();
                format!("{text}pub const {name}: Duration = Duration::from_secs({seconds});\n")
            }
        }
    };
    catalog.constants.iter().map(constant).collect()
}

fn statics(scope: &Scope<'_>, storage: &mut Storage, localised: &Localised) -> TokenStream {
    let Scope { catalog, private, .. } = scope;
    let columns = parallel::map(&localised.columns, column::tables);
    let none = Tables::default();
    // What is no text is the same in every column.
    let tables = columns.first().unwrap_or(&none);
    let strings = storage.text("strings", tables.strings.blob.clone());
    let starts = storage.words(private, &tables.strings.starts);
    let [entries, parameters, details, causes, cause_fixes, fixes, notes, links, headers] = [
        &tables.entries,
        &tables.parameters,
        &tables.details,
        &tables.causes,
        &tables.cause_fixes,
        &tables.fixes,
        &tables.notes,
        &tables.links,
        &tables.headers,
    ]
    .map(|table| storage.words(private, table));
    let (name, reference) = (&catalog.name, &catalog.reference);
    let doc = format!(" The tables of the catalogue `{name}`.");
    let conventions = conventions::statics(scope, localised);
    let columns = column::columns(scope, storage, localised, columns);
    let locales: Vec<Locale> = localised.columns.iter().map(|column| column.locale).collect();
    let locale_columns = storage.bytes(ranges::by_locale(&locales));
    let tag_columns = storage.words(private, &ranges::ranges(&locales));
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
            locale_columns: #locale_columns,
            tag_columns: #tag_columns,
            columns: &[#columns],
        });
        #conventions
    }
}

#[cfg(test)]
mod tests {
    use super::doc;

    #[test]
    fn comments_hold_nothing_that_rustc_refuses() {
        assert_eq!(doc(" a\rb\n \u{2067}שלום\u{2069}\u{202e}c\r"), "/// ab\n/// שלוםc\n");
    }
}

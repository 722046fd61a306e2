//! The module of one entry: its handle, for the derive, its causes, and where its builder starts.

use super::attribute::{doc, literal, paragraph};
use super::error::{arguments, setter_names, setter_trait};
use super::explain;
use super::scope::Scope;
use crate::naming;
use crate::resolve::catalog::Entry;
use std::fmt::Write as _;

/// `pub mod not_found { … }`.
pub(crate) fn module(scope: &Scope<'_>, number: usize, entry: &Entry, out: &mut String) {
    // Writing to a `String` can't fail.
    let _ = write!(
        out,
        "{}pub mod {code} {{\n\
         /// The entry `{code}`.\n\
         {deprecation}pub const ENTRY: super::Entry = super::__private::entry_of(&super::CATALOG, {number});\n",
        doc(&format!(" {}: the entry and its causes.", explain::title(entry))),
        code = entry.code,
        deprecation = explain::deprecation(entry),
    );
    match scope.catalog.entries.get(entry.canonical).filter(|canonical| canonical.code != entry.code) {
        Some(canonical) => {
            let _ = writeln!(out, "#[doc(inline)]\npub use super::{}::Cause;", canonical.code);
        }
        None => causes(number, entry, out),
    }
    builder(entry, out);
    out.push_str("}\n");
}

/// The causes, as constants of an empty enum. rustc evaluates each constant of a module, and one of a type only when it
/// is used; as variants with their traits they took it as long as the rest of the module.
fn causes(number: usize, entry: &Entry, out: &mut String) {
    let _ = write!(out, "/// The causes of `{}`.\npub enum Cause {{}}\n", entry.code);
    if entry.causes.is_empty() {
        return;
    }
    out.push_str("impl Cause {\n");
    for (cause_number, cause) in entry.causes.iter().enumerate() {
        let text = super::text::plain(&cause.text, &|_| "…".to_owned());
        let _ = writeln!(
            out,
            "{}pub const {}: super::Cause = super::Cause::__new({number}, {cause_number});",
            doc(&format!(" {}", paragraph(&literal(&text)))),
            naming::pascal_case(&cause.id)
        );
    }
    out.push_str("}\n");
}

/// `new`, where the entry has optional parameters.
fn builder(entry: &Entry, out: &mut String) {
    if setter_names(entry).next().is_none() {
        return;
    }
    let _ = write!(out, "/// The entry in the type of its builder.\npub enum Optional {{}}\n");
    for name in setter_names(entry) {
        let _ = writeln!(out, "impl super::{} for Optional {{}}", setter_trait(name));
    }
    let required: Vec<&str> = entry
        .parameters
        .iter()
        .filter(|parameter| !parameter.optional)
        .map(|parameter| parameter.name.as_str())
        .collect();
    let _ = write!(
        out,
        "/// Starts the error, whose optional parameters are then set.\n{}#[inline]\n\
         pub fn new({}) -> super::Builder<Optional> {{\n\
         super::Builder::__new(super::Error::{}({}))\n}}\n",
        explain::deprecation(entry),
        arguments(entry, "super::"),
        entry.code,
        required.join(", "),
    );
}

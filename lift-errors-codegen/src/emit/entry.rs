//! The module of one entry: its handle, for the derive, and its causes.

use super::{Scope, doc, explain};
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
         pub const ENTRY: super::__lift::Entry = super::__private::entry_of(&super::CATALOG, {number});\n",
        doc(&format!(" {}: the entry and its causes.", explain::title(entry))),
        code = entry.code,
    );
    match scope.catalog.entries.get(entry.canonical).filter(|canonical| canonical.code != entry.code) {
        Some(canonical) => {
            let _ = writeln!(out, "#[doc(inline)]\npub use super::{}::Cause;", canonical.code);
        }
        None => causes(entry, out),
    }
    out.push_str("}\n");
}

/// The causes, written as an enum's variants. rustc evaluates each constant of a module, and one of a type when it is
/// used; as variants with their traits they took it as long as all else in the module together.
fn causes(entry: &Entry, out: &mut String) {
    let _ = write!(out, "/// What can cause `{}`.\npub enum Cause {{}}\n", entry.code);
    if entry.causes.is_empty() {
        return;
    }
    out.push_str("impl Cause {\n");
    for (number, cause) in entry.causes.iter().enumerate() {
        let text = super::text::plain(&cause.text, &|_| "…".to_owned());
        let mut escaped = String::from(" ");
        lift_errors_core::escape::markdown_literal(&text, &mut |piece| escaped.push_str(piece));
        let _ = writeln!(
            out,
            "{}pub const {}: super::__lift::Cause = super::__private::cause_of(ENTRY, {number});",
            doc(&escaped),
            naming::pascal_case(&cause.id)
        );
    }
    out.push_str("}\n");
}

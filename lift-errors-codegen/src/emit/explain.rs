//! The documentation of generated names: the entry's English texts as Markdown.

use super::attribute::{in_code, literal, paragraph};
use super::scope::Scope;
use super::text;
use crate::resolve::catalog::{Entry, Piece, Transport};
use std::fmt::Write as _;

/// The documentation of an entry's variant.
pub(crate) fn entry(scope: &Scope<'_>, entry: &Entry) -> String {
    let mut doc = String::new();
    let show = |pieces: &[Piece]| markdown(scope, entry, pieces);
    // Writing to a `String` can't fail.
    let _ = write!(doc, " {} (`{}`", paragraph(&show(&entry.title)), entry.id);
    let _ = match entry.transport {
        Transport::Http(status) => write!(doc, ", status {status})"),
        Transport::Client => write!(doc, ", raised by clients)"),
        Transport::None => write!(doc, ")"),
    };
    // A draft may lack its guidance.
    if !entry.meaning.is_empty() {
        let _ = write!(doc, "\n\n {}\n", paragraph(&show(&entry.meaning)));
    } else {
        let _ = write!(doc, "\n\n A draft.\n");
    }
    if let Some(canonical) = scope.catalog.entries.get(entry.canonical).filter(|canonical| canonical.id != entry.id) {
        let _ = write!(doc, "\n Another name for `{}`.\n", canonical.code);
    }
    if !entry.causes.is_empty() {
        let _ = write!(doc, "\n Causes:\n");
    }
    for cause in &entry.causes {
        let _ = writeln!(doc, " - `{}`: {}", cause.id, show(&cause.text));
    }
    if !entry.fixes.is_empty() {
        let _ = write!(doc, "\n Fixes:\n");
    }
    for fix in &entry.fixes {
        let _ = writeln!(doc, " - `{}`: {}", fix.id, show(&fix.text));
    }
    let _ = write!(doc, "\n Source: `{}`", in_code(&scope.file(entry)));
    doc
}

/// A text in rustdoc's Markdown.
fn markdown(scope: &Scope<'_>, entry: &Entry, pieces: &[Piece]) -> String {
    let mut shown = String::new();
    let mut is_code = false;
    for piece in pieces {
        match piece {
            // A constant may contain what would end the code, as any value may.
            Piece::Literal(text) if is_code => shown.push_str(&in_code(text)),
            Piece::Literal(text) => shown.push_str(&literal(text)),
            Piece::Value(number) if is_code => {
                let _ = write!(shown, "{{{}}}", parameter_name(entry, *number));
            }
            Piece::Value(number) => {
                begin_code(&mut shown);
                let _ = write!(shown, "{{{}}}`", parameter_name(entry, *number));
            }
            Piece::CodeStart => {
                is_code = true;
                begin_code(&mut shown);
            }
            Piece::CodeEnd => {
                is_code = false;
                end_code(&mut shown);
            }
            Piece::LinkStart(_) => shown.push('['),
            Piece::LinkEnd(link) => {
                let address = scope.catalog.links.get(*link as usize).map_or("", |link| link.address.as_str());
                let _ = write!(shown, "]({address})");
            }
            Piece::Plural(_, alternatives) => {
                shown.push_str(&alternatives.last().map(|other| markdown(scope, entry, other)).unwrap_or_default());
            }
            Piece::IsolateStart | Piece::IsolateEnd => {}
        }
    }
    shown
}

/// Begins code, or goes on with the code just before: between two spans there would be a backtick twice, which ends neither.
fn begin_code(shown: &mut String) {
    if shown.ends_with('`') && !shown.ends_with("\\`") {
        shown.pop();
    } else {
        shown.push('`');
    }
}

/// Ends code; with nothing in it, there is none.
fn end_code(shown: &mut String) {
    if shown.ends_with('`') {
        shown.pop();
    } else {
        shown.push('`');
    }
}

fn parameter_name(entry: &Entry, number: u8) -> &str {
    entry.parameters.get(usize::from(number)).map_or("", |parameter| parameter.name.as_str())
}

/// The title without markup, at the beginning of a paragraph in rustdoc's Markdown.
pub(crate) fn title(entry: &Entry) -> String {
    paragraph(&literal(&text::plain(&entry.title, &|number| format!("{{{}}}", parameter_name(entry, number)))))
}

/// `#[deprecated]`, if another entry replaces this one.
pub(crate) fn deprecation(entry: &Entry) -> String {
    let note = entry.replaced_by.as_ref().map(|other| format!("replaced by `{other}`"));
    note.map(|note| format!("#[deprecated(note = {note:?})]\n")).unwrap_or_default()
}

//! `catalog.lock`: every code that was ever released, with what clients know it by. A code or an id is
//! never used again for something else; one that goes leaves a tombstone.

use crate::diagnostic::span::Text;
use crate::read::phrase_kind::PhraseKind;
use crate::read::record_format;
use crate::read::table::{File, Reader, wrong_type};
use toml::de::{DeTable, DeValue};

/// The name of the file, beside the manifest.
pub(crate) const FILE: &str = "catalog.lock";

/// The key of the catalogue's name.
pub(crate) const CATALOG: &str = "catalog";

/// A code that was released.
#[derive(Debug)]
pub(crate) struct Released {
    pub(crate) code: Text,
    pub(crate) id: Option<Text>,
    /// The version that removed it.
    pub(crate) removed: Option<Text>,
    /// The type URI of its own.
    pub(crate) type_uri: Option<Text>,
    /// Whether it was a draft.
    pub(crate) is_draft: bool,
    pub(crate) status: Option<i64>,
    pub(crate) retry: Option<String>,
    pub(crate) parameters: Vec<String>,
}

/// A field error or a term that was released.
#[derive(Debug)]
pub(crate) struct ReleasedPhrase {
    pub(crate) kind: PhraseKind,
    pub(crate) name: Text,
    /// The version that removed it.
    pub(crate) removed: Option<Text>,
    pub(crate) parameters: Vec<String>,
}

/// The contents of the lock file.
#[derive(Debug, Default)]
pub(crate) struct LockFile {
    /// The catalogue's name: clients know its errors by it. No code is called like the key.
    pub(crate) catalog: Option<Text>,
    pub(crate) entries: Vec<Released>,
    pub(crate) phrases: Vec<ReleasedPhrase>,
}

/// Reads the lock file.
pub(crate) fn decode(file: &File<'_>, document: &DeTable<'_>) -> LockFile {
    let reader = Reader::of_names(file, document, file.span(0..0));
    let mut lock = LockFile::default();
    for (code, value) in reader.members() {
        if code.value == CATALOG {
            match value.get_ref() {
                DeValue::String(name) => lock.catalog = Some(file.text(name, value.span())),
                _ => wrong_type(file, "`catalog`", value, "a string"),
            }
            continue;
        }
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(file, &format!("`{}`", code.value.escape_debug()), value, "a table");
            continue;
        };
        if let Some(kind) = PhraseKind::of_table(code.as_str()) {
            phrases(file, kind, code, table, &mut lock.phrases);
            continue;
        }
        let mut reader = Reader::new(
            file,
            table,
            &record_format::RELEASED,
            code.span,
            format!("the released code `{}`", code.value.escape_debug()),
        );
        lock.entries.push(Released {
            id: reader.required_text("id"),
            removed: reader.text("removed"),
            type_uri: reader.text("type"),
            is_draft: reader.boolean("draft").is_some_and(|draft| draft.value),
            status: reader.integer("status").map(|status| status.value),
            retry: reader.text("retry").map(|retry| retry.value),
            parameters: reader.texts("params").into_iter().map(|text| text.value).collect(),
            code,
        });
        reader.finish();
    }
    lock
}

fn phrases(file: &File<'_>, kind: PhraseKind, name: Text, table: &DeTable<'_>, released: &mut Vec<ReleasedPhrase>) {
    for (name, value) in Reader::of_names(file, table, name.span).members() {
        let what = format!("the released {} `{}`", kind.noun(), name.value.escape_debug());
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(file, &what, value, "a table");
            continue;
        };
        let mut reader = Reader::new(file, table, &record_format::RELEASED_PHRASE, name.span, what);
        let (removed, parameters) = (reader.text("removed"), reader.texts("params"));
        let parameters = parameters.into_iter().map(|text| text.value).collect();
        released.push(ReleasedPhrase { kind, name, removed, parameters });
        reader.finish();
    }
}

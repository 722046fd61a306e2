//! `catalog.lock`: every code that was ever released, with what clients know it by. A code or an id is
//! never used again for something else; one that goes leaves a tombstone.

use crate::diagnostic::span::Text;
use crate::read::table::{File, Reader, wrong_type};
use toml::de::{DeTable, DeValue};

/// The name of the file, beside the manifest.
pub(crate) const FILE: &str = "catalog.lock";

/// A code that was released.
#[derive(Debug)]
pub(crate) struct Released {
    pub(crate) code: Text,
    pub(crate) id: Option<Text>,
    /// The version that removed it.
    pub(crate) removed: Option<Text>,
    pub(crate) status: Option<i64>,
    pub(crate) retry: Option<String>,
    pub(crate) parameters: Vec<String>,
}

/// Reads the lock file.
pub(crate) fn decode(file: &File<'_>, document: &DeTable<'_>) -> Vec<Released> {
    let reader = Reader::new(file, document, file.span(0..0), "the lock file");
    let mut released = Vec::new();
    for (code, value) in reader.members() {
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(file, &format!("`{}`", code.value.escape_debug()), value, "a table");
            continue;
        };
        let mut reader =
            Reader::new(file, table, code.span, format!("the released code `{}`", code.value.escape_debug()));
        released.push(Released {
            id: reader.required_text("id"),
            removed: reader.text("removed"),
            status: reader.integer("status").map(|status| status.value),
            retry: reader.text("retry").map(|retry| retry.value),
            parameters: reader.texts("params").into_iter().map(|text| text.value).collect(),
            code,
        });
        reader.finish();
    }
    released
}

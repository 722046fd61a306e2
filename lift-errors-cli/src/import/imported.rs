//! The content of a source: its errors, and the parts that were left out.

use super::placeholder::Message;
use crate::error::Error;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

/// One error of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imported {
    /// How the source identifies it: it becomes the code, and stays as a comment.
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) message: Option<Message>,
    pub(crate) meaning: Option<String>,
    /// A fix for any cause.
    pub(crate) fix: Option<String>,
    /// The message in other languages, by their tags.
    pub(crate) translations: BTreeMap<String, Message>,
    /// The parts that the format cannot express, with the reason.
    pub(crate) remarks: Vec<String>,
}

/// The longest name in messages, in characters: each remark about an error has its name.
const LONGEST_SHOWN: usize = 200;

impl Imported {
    /// The name as messages have it.
    pub(super) fn shown_name(&self) -> Cow<'_, str> {
        shown_name(&self.name)
    }
}

/// A name as messages have it: one that is too long without its end.
pub(super) fn shown_name(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(name),
    }
}

/// The content of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Import {
    pub(crate) errors: Vec<Imported>,
    /// The files of whole languages that were not imported, with the reason.
    pub(crate) languages_left_out: Vec<String>,
    /// The other parts that were not imported, with the reason.
    pub(crate) left_out: Vec<String>,
    /// How the source may be read in another way.
    pub(crate) hint: Option<&'static str>,
}

/// Which column or member of a table is what.
pub(crate) type Mapping = Vec<(String, String)>;

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TableForm {
    /// Each row is an error. Columns have these roles, and those of their names.
    Rows(Mapping),
    /// Each text of JSON is an error, whatever its key is called.
    Texts,
}

/// The error of a source that can't be imported.
pub(super) fn unreadable(path: &Path, reason: impl ToString) -> Error {
    Error::Import { path: path.to_owned(), reason: reason.to_string() }
}

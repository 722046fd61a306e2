//! The address of a text within its entry.

use std::fmt;

/// Identifies one of an entry's texts, in the catalogue and in its translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TextKey<'a> {
    Title,
    Meaning,
    Description,
    Detail,
    DetailOf(&'a str),
    Cause(&'a str),
    Fix(&'a str),
    Note(&'a str),
    Support,
    Runbook,
}

impl fmt::Display for TextKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Meaning => f.write_str("meaning"),
            Self::Description => f.write_str("description"),
            Self::Detail => f.write_str("detail"),
            Self::DetailOf(id) => write!(f, "detail.{id}"),
            Self::Cause(id) => write!(f, "cause.{id}"),
            Self::Fix(id) => write!(f, "fix.{id}"),
            Self::Note(id) => write!(f, "note.{id}"),
            Self::Support => f.write_str("support"),
            Self::Runbook => f.write_str("runbook"),
        }
    }
}

//! The kinds of texts that belong to no entry.

/// The kinds of phrases. Each has a table of its own in the files with entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum PhraseKind {
    /// The message of a field error.
    FieldError,
    /// The name of a thing.
    Term,
}

impl PhraseKind {
    pub(crate) const ALL: [Self; 2] = [Self::FieldError, Self::Term];

    /// The name of the table.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::FieldError => "field_error",
            Self::Term => "term",
        }
    }

    /// The address of a phrase.
    pub(crate) fn address(self, name: &str) -> String {
        format!("{}.{name}", self.table())
    }

    /// The kind in messages.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::FieldError => "field error",
            Self::Term => "term",
        }
    }

    /// The kind whose table has this name.
    pub(crate) fn of_table(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.table() == name)
    }
}

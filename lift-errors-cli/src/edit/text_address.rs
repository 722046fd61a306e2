//! The address of a text, as findings, state files and the command line have it.

use lift_errors_codegen::PLURAL_CATEGORIES;
use std::fmt;
use std::str::FromStr;
use toml_edit::{Item, TableLike};

/// The keys that lead to a text in a locale's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextAddress {
    /// A code, or a table that is not an entry: `labels`.
    pub(super) table: String,
    pub(super) key: String,
    /// The id of one of several texts of the key. The catalogue's own files have them in a list.
    pub(super) id: Option<String>,
}

/// The tables of texts that belong to no entry.
const TABLES: [&str; 3] = ["labels", "field_error", "term"];

/// The keys of an entry's single texts.
const SINGLE: [&str; 6] = ["title", "detail", "meaning", "description", "support", "runbook"];

/// The keys of an entry's texts that have ids.
const WITH_ID: [&str; 4] = ["detail", "cause", "fix", "note"];

impl FromStr for TextAddress {
    type Err = &'static str;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = address.split('.').collect();
        if parts.iter().any(|part| part.is_empty()) {
            return Err(EXPECTED);
        }
        match parts[..] {
            [table, key] if TABLES.contains(&table) || SINGLE.contains(&key) => {
                Ok(Self { table: table.to_owned(), key: key.to_owned(), id: None })
            }
            [table, key, id] if WITH_ID.contains(&key) && !PLURAL_CATEGORIES.contains(&id) => {
                Ok(Self { table: table.to_owned(), key: key.to_owned(), id: Some(id.to_owned()) })
            }
            _ => Err(EXPECTED),
        }
    }
}

impl TextAddress {
    /// The last part: what is unique among its neighbours.
    pub(super) fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.key)
    }

    /// The keys above the text in a locale's files.
    pub(super) fn tables(&self) -> Vec<&str> {
        let list = self.id.as_ref().map(|_| self.key.as_str());
        std::iter::once(self.table.as_str()).chain(list).collect()
    }

    /// Whether an item is what the last key leads to: several texts with ids have the key of a single one.
    pub(super) fn is_text(&self, item: &Item) -> bool {
        let has_forms = |table: &dyn TableLike| PLURAL_CATEGORIES.iter().any(|category| table.contains_key(category));
        self.id.is_some() || !self.is_of_entry() || item.is_str() || item.as_table_like().is_some_and(has_forms)
    }

    /// Whether it belongs to an entry.
    pub(super) fn is_of_entry(&self) -> bool {
        !TABLES.contains(&self.table.as_str())
    }
}

impl fmt::Display for TextAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.table, self.key)?;
        self.id.as_ref().map_or(Ok(()), |id| write!(f, ".{id}"))
    }
}

const EXPECTED: &str = "write a code, or the address of a text as `check` and `coverage` have it: `CODE.cause.ID` (or `fix`, \
    `note`, `detail`), `CODE.support` (or another text of the entry), `labels.NAME`, `field_error.NAME` or `term.NAME`";

/// What `remove` removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Removed {
    Entry(String),
    Text(TextAddress),
}

impl Removed {
    /// Whether a text is removed with it.
    pub(crate) fn contains(&self, address: &str) -> bool {
        match self {
            Self::Entry(code) => address.strip_prefix(code.as_str()).is_some_and(|rest| rest.starts_with('.')),
            Self::Text(text) => text.to_string() == address,
        }
    }
}

impl FromStr for Removed {
    type Err = &'static str;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        if path.contains('.') { path.parse().map(Self::Text) } else { Ok(Self::Entry(path.to_owned())) }
    }
}

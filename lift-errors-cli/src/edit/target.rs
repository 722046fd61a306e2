//! The name that a change is about, as the command line has it.

use std::fmt;
use std::str::FromStr;

/// Something with a name in a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An entry: `not_found`.
    Entry(String),
    /// A part of an entry: `not_found.cause.stale_bookmark`.
    Part { code: String, kind: PartKind, id: String },
    /// A constant of the manifest: `constants.session_limit`.
    Constant(String),
    /// A link of the manifest: `link.status_page`.
    Link(String),
}

/// The kinds of an entry's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    Cause,
    Fix,
    Note,
    Link,
    Detail,
    Parameter,
}

impl PartKind {
    const ALL: [Self; 6] = [Self::Cause, Self::Fix, Self::Note, Self::Link, Self::Detail, Self::Parameter];

    /// The key of the format.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Fix => "fix",
            Self::Note => "note",
            Self::Link => "link",
            Self::Detail => "detail",
            Self::Parameter => "params",
        }
    }
}

impl FromStr for Target {
    type Err = &'static str;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = path.split('.').collect();
        if parts.iter().any(|part| part.is_empty()) {
            return Err(EXPECTED);
        }
        match parts[..] {
            [code] => Ok(Self::Entry(code.to_owned())),
            ["constants", name] => Ok(Self::Constant(name.to_owned())),
            ["link", id] => Ok(Self::Link(id.to_owned())),
            [code, kind, id] => {
                let kind = PartKind::ALL.into_iter().find(|known| known.key() == kind).ok_or(EXPECTED)?;
                Ok(Self::Part { code: code.to_owned(), kind, id: id.to_owned() })
            }
            _ => Err(EXPECTED),
        }
    }
}

const EXPECTED: &str = "write a code, `constants.NAME`, `link.ID`, or `CODE.KIND.ID` where the kind is \
    `cause`, `fix`, `note`, `link`, `detail` or `params`";

impl Target {
    /// The last part of the path: what a new name replaces.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Entry(name) | Self::Constant(name) | Self::Link(name) | Self::Part { id: name, .. } => name,
        }
    }

    /// The same with another last part.
    pub(crate) fn with_name(&self, name: &str) -> Self {
        let name = name.to_owned();
        match self {
            Self::Entry(_) => Self::Entry(name),
            Self::Constant(_) => Self::Constant(name),
            Self::Link(_) => Self::Link(name),
            Self::Part { code, kind, .. } => Self::Part { code: code.clone(), kind: *kind, id: name },
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(code) => f.write_str(code),
            Self::Constant(name) => write!(f, "constants.{name}"),
            Self::Link(id) => write!(f, "link.{id}"),
            Self::Part { code, kind, id } => write!(f, "{code}.{}.{id}", kind.key()),
        }
    }
}

//! The catalogue's policy about drafts.

use std::str::FromStr;

/// What `check` says about drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DraftPolicy {
    /// Nothing.
    Allow,
    /// It counts them.
    #[default]
    Warn,
    /// They are a fault.
    Deny,
}

impl DraftPolicy {
    pub(crate) const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

impl FromStr for DraftPolicy {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word).ok_or(())
    }
}

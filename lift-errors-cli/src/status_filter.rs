//! A filter of errors by their status.

use std::str::FromStr;

/// HTTP statuses: one, or a class such as `4xx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusFilter {
    Status(u16),
    Class(u16),
}

impl StatusFilter {
    pub(crate) fn matches(self, status: u16) -> bool {
        match self {
            Self::Status(known) => status == known,
            Self::Class(class) => status / 100 == class,
        }
    }
}

impl FromStr for StatusFilter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "write a status such as 404, or a class such as 4xx";
        let class = text.strip_suffix("xx").and_then(|class| class.parse().ok()).map(Self::Class);
        match class.or_else(|| text.parse().ok().map(Self::Status)) {
            Some(filter @ (Self::Class(4 | 5) | Self::Status(400..=599))) => Ok(filter),
            _ => Err(EXPECTED),
        }
    }
}

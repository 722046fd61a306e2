//! The value of a constant, and how a language shows it.

use lift_errors_cldr as cldr;
use std::time::Duration;

/// The value of a constant.
#[derive(Clone, Debug)]
pub(crate) enum ConstantValue {
    Unsigned(u64),
    Signed(i64),
    Duration(Duration),
    Text(String),
}

impl ConstantValue {
    /// As texts in a language show it.
    pub(crate) fn shown(&self, locale: cldr::Locale) -> String {
        match self {
            Self::Unsigned(number) => cldr::number::format_integer(locale, *number),
            Self::Signed(number) => cldr::number::format_integer(locale, *number),
            // A locale without words for durations is refused by a rule.
            Self::Duration(duration) => cldr::duration::format_duration(locale, duration.as_secs()).unwrap_or_default(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The kind of value, as messages call it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Unsigned(_) | Self::Signed(_) => "an integer",
            Self::Duration(_) => "a duration",
            Self::Text(_) => "a string",
        }
    }

    /// As headers have it, whatever the language: a duration in seconds.
    pub(crate) fn in_header(&self) -> String {
        match self {
            Self::Unsigned(number) => number.to_string(),
            Self::Signed(number) => number.to_string(),
            Self::Duration(duration) => duration.as_secs().to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The whole number that plural rules look at, where it is one.
    pub(crate) fn magnitude(&self) -> Option<u64> {
        match self {
            Self::Unsigned(number) => Some(*number),
            Self::Signed(number) => Some(number.unsigned_abs()),
            Self::Duration(_) | Self::Text(_) => None,
        }
    }
}

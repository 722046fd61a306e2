//! The value of a parameter, as an error hands it over.

use core::fmt;
use core::time::Duration;
use lift_errors_core::escape::is_bidi_control;

/// A parameter's value, borrowed from the error.
///
/// Numbers and durations are shown as the locale does and stay machine-readable in `params`; texts are
/// escaped for where they land, inserted once, and never looked at again.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A `u32` or `u64` parameter.
    Unsigned(u64),
    /// An `i64` parameter.
    Signed(i64),
    /// A duration; whole seconds, rounded up, where a machine reads it.
    Duration(Duration),
    /// A text.
    Text(&'a str),
    /// A text that is written when it is needed.
    Display(&'a dyn fmt::Display),
}

impl Value<'_> {
    /// Whether machines read the value as a text, in quotation marks where JSON needs them.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Display(_))
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
            Self::Text(text) => quoted(f, format_args!("{text}")),
            Self::Display(value) => quoted(f, format_args!("{value}")),
        }
    }
}

/// A text between quotation marks. It goes into logs: what would leave them or its line is escaped.
fn quoted(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    f.write_str("\"")?;
    fmt::write(&mut Debugged(f), text)?;
    f.write_str("\"")
}

/// Pieces are written as `Debug` of a `str` writes them, bidi controls made visible too.
struct Debugged<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Debugged<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '"' | '\\' => write!(self.0, "\\{character}")?,
                '\u{2028}' | '\u{2029}' => write!(self.0, "{}", character.escape_unicode())?,
                _ if is_bidi_control(character) => write!(self.0, "{}", character.escape_unicode())?,
                _ if character.is_control() => write!(self.0, "{}", character.escape_debug())?,
                _ => self.0.write_char(character)?,
            }
        }
        Ok(())
    }
}

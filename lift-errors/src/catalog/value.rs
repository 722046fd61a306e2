//! The value of a parameter. The module `message` writes values.

use core::fmt;
use core::time::Duration;
use lift_errors_core::bidi::is_bidi_control;

/// The value of a parameter, borrowed from the error.
///
/// Texts for people show numbers and durations as usual in the locale; `params` of a problem document has them as plain
/// numbers. Text values are escaped for the format that they are inserted into, and never expanded again.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A parameter of type `u32` or `u64`.
    Unsigned(u64),
    /// A parameter of type `i64`.
    Signed(i64),
    /// A duration; `params` and headers have whole seconds, rounded up.
    Duration(Duration),
    /// A text.
    Text(&'a str),
    /// A text that is formatted when it is written.
    Display(&'a dyn fmt::Display),
    /// A text that the derive formats from several fields when it is written, and the number of its parameter.
    #[doc(hidden)]
    __Formatted(&'a dyn FormatParameter, u8),
}

/// Writes the parameters that an attribute of the derive formats: `resource = "order {number}"`. No text is stored.
pub trait FormatParameter {
    /// Writes the parameter with a number.
    fn format_parameter(&self, number: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// `Display` of a formatted parameter.
pub(crate) struct FormattedParameter<'a>(pub(crate) &'a dyn FormatParameter, pub(crate) u8);

impl fmt::Display for FormattedParameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format_parameter(self.1, f)
    }
}

impl Value<'_> {
    /// Whether the value is a text, which JSON puts between quotation marks.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Display(_) | Self::__Formatted(..))
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
            Self::__Formatted(error, number) => quoted(f, format_args!("{}", FormattedParameter(*error, *number))),
        }
    }
}

/// Writes a text between quotation marks, for logs: characters that would end the quotation or the line are escaped.
fn quoted(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    f.write_str("\"")?;
    fmt::write(&mut Debugged(f), text)?;
    f.write_str("\"")
}

/// Writes pieces as `Debug` of a `str` does, and escapes bidi controls too.
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

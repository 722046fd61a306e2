//! The value of a parameter. The module `message` writes values.

use crate::catalog::term::Term;
use core::fmt;
use core::time::Duration;
use lift_errors_core::bidi::is_bidi_control;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};

/// The value of a parameter, borrowed from the error.
///
/// Texts for people show numbers and durations as usual in the locale; `params` of a problem document has them as plain
/// numbers, and numbers beyond ±(2⁵³ − 1) as strings (RFC 7493 §2.2). Text values are escaped for the format that they are
/// inserted into, and never expanded again. Of a text, at most 1,024 bytes are written; a longer one ends with `…`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A parameter of type `u32` or `u64`.
    Unsigned(u64),
    /// A parameter of type `i64`.
    Signed(i64),
    /// A number with a fraction, in a field error.
    Decimal(f64),
    /// A duration; `params` and headers have whole seconds, rounded up.
    Duration(Duration),
    /// The name of a thing. `params` has its name for programs.
    Term(Term),
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
        matches!(self, Self::Text(_) | Self::Term(_) | Self::Display(_) | Self::__Formatted(..))
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
            Self::Term(term) => write!(f, "{:?}", term.name()),
            Self::Text(text) => quoted(f, format_args!("{text}")),
            Self::Display(value) => quoted(f, format_args!("{value}")),
            Self::__Formatted(error, number) => quoted(f, format_args!("{}", FormattedParameter(*error, *number))),
        }
    }
}

/// Writes a text between quotation marks, for logs: characters that would end the quotation or the line are escaped. If `Display`
/// fails, the part that it wrote stays.
fn quoted(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    f.write_str("\"")?;
    let mut debugged = Debugged { f, left: MAX_TEXT_BYTES, result: Ok(()) };
    let written = fmt::write(&mut debugged, text);
    let Debugged { f, left, result } = debugged;
    result?;
    f.write_str(if written.is_err() && left == 0 { "…\"" } else { "\"" })
}

/// Writes pieces as `Debug` of a `str` does, and escapes bidi controls too.
struct Debugged<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    /// How much may still be written.
    left: usize,
    result: fmt::Result,
}

impl fmt::Write for Debugged<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (text, rest) = limit::split(text, self.left);
        self.left = if rest.is_empty() { self.left - text.len() } else { 0 };
        self.result = text.chars().try_for_each(|character| match character {
            '"' | '\\' => write!(self.f, "\\{character}"),
            '\u{2028}' | '\u{2029}' => write!(self.f, "{}", character.escape_unicode()),
            _ if is_bidi_control(character) => write!(self.f, "{}", character.escape_unicode()),
            _ if character.is_control() => write!(self.f, "{}", character.escape_debug()),
            _ => self.f.write_char(character),
        });
        if rest.is_empty() { self.result } else { Err(fmt::Error) }
    }
}

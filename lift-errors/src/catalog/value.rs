//! What a parameter's value is, as the renderers see it.

use crate::message::output::Output;
use core::fmt;
use core::time::Duration;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display;
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

/// The pieces of a value go through an escaper, each as it is written.
struct Escaping<'a, F: FnMut(&str)>(&'a mut F);

impl<F: FnMut(&str)> fmt::Write for Escaping<'_, F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        (self.0)(text);
        Ok(())
    }
}

/// Writes a number that has at most three digits; whether it has.
#[inline]
pub(crate) fn small<O: Output>(number: u64, out: &mut O) -> bool {
    let small = display::small(number);
    match small {
        Some(place) => out.push_part(display::SMALL, place.start, place.end),
        None => return false,
    }
    true
}

#[inline]
fn digits<O: Output>(number: u64, out: &mut O) {
    if !small(number, out) {
        display::digits(number, &mut |piece| out.push(piece));
    }
}

impl Value<'_> {
    /// Writes the value as a person reads it; `escape` gets every piece of a text.
    #[inline]
    pub(crate) fn show<O: Output>(&self, out: &mut O, conventions: &Conventions, escape: impl Fn(&str, &mut O)) {
        let numbers = &conventions.numbers;
        match *self {
            Self::Unsigned(number) => display::grouped(number, numbers, &mut |piece| out.push(piece)),
            Self::Signed(number) => display::signed_grouped(number, numbers, &mut |piece| out.push(piece)),
            Self::Duration(duration) => display::duration(duration, conventions, &mut |piece| out.push(piece)),
            _ => self.words(out, escape),
        }
    }

    /// Writes a text; `escape` gets every piece of it. Of what is no text it writes nothing.
    #[inline]
    pub(crate) fn words<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Text(text) => escape(text, out),
            Self::Display(value) => {
                // A `Display` that fails has nothing more to say; what it wrote stays.
                let _ = fmt::write(&mut Escaping(&mut |piece: &str| escape(piece, out)), format_args!("{value}"));
            }
            Self::Unsigned(_) | Self::Signed(_) | Self::Duration(_) => {}
        }
    }

    /// Writes a number as its digits, and a text through `escape`, as machines read them.
    #[inline]
    pub(crate) fn machine<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Unsigned(number) => digits(number, out),
            Self::Signed(number) => display::signed_digits(number, &mut |piece| out.push(piece)),
            Self::Duration(duration) => digits(display::whole_seconds(duration), out),
            _ => self.words(out, escape),
        }
    }

    /// Whether machines read the value as a text, in quotation marks where JSON needs them.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Display(_))
    }
}

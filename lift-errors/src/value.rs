//! What a parameter's value is, as the renderers see it.

use crate::output::Output;
use core::fmt;
use core::time::Duration;
use lift_errors_core::display;

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
            Self::Text(text) => text.fmt(f),
            Self::Display(value) => write!(f, "\"{value}\""),
        }
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

impl Value<'_> {
    /// Writes the value as a person reads it; `escape` gets every piece of a text.
    #[inline]
    pub(crate) fn show<O: Output>(self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match self {
            Self::Unsigned(number) => display::grouped(number, &mut |piece| out.push(piece)),
            Self::Signed(number) => display::signed_grouped(number, &mut |piece| out.push(piece)),
            Self::Duration(duration) => display::duration(duration, &mut |piece| out.push(piece)),
            Self::Text(text) => escape(text, out),
            Self::Display(value) => {
                // A `Display` that fails has nothing more to say; what it wrote stays.
                let _ = fmt::write(&mut Escaping(&mut |piece: &str| escape(piece, out)), format_args!("{value}"));
            }
        }
    }

    /// Writes a number as its digits, and a text through `escape`, as machines read them.
    #[inline]
    pub(crate) fn machine<O: Output>(self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match self {
            Self::Unsigned(number) => display::digits(number, &mut |piece| out.push(piece)),
            Self::Signed(number) => display::signed_digits(number, &mut |piece| out.push(piece)),
            Self::Duration(duration) => display::digits(display::whole_seconds(duration), &mut |piece| out.push(piece)),
            text => text.show(out, escape),
        }
    }

    /// Whether machines read the value as a text, in quotation marks where JSON needs them.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text(_) | Self::Display(_))
    }
}

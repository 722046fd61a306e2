//! Writing the value of a parameter: for people, and for programs.

use crate::catalog::value::{FormattedParameter, Value};
use crate::message::output::Output;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};

/// Passes each piece of a value to a function, which escapes it, up to the maximum length.
struct EachPiece<F> {
    escape: F,
    left: usize,
    is_cut: bool,
}

impl<F: FnMut(&str)> fmt::Write for EachPiece<F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (text, rest) = limit::split(text, self.left);
        self.left -= text.len();
        (self.escape)(text);
        self.is_cut |= !rest.is_empty();
        // `Display` stops here: the rest would be written for nothing.
        if self.is_cut { Err(fmt::Error) } else { Ok(()) }
    }
}

/// Writes a text that is formatted on the way. If `Display` fails, the part that it wrote stays.
fn formatted<O: Output>(text: fmt::Arguments<'_>, out: &mut O, escape: impl Fn(&str, &mut O)) {
    let mut pieces = EachPiece { escape: |piece: &str| escape(piece, out), left: MAX_TEXT_BYTES, is_cut: false };
    let _ = fmt::write(&mut pieces, text);
    if pieces.is_cut {
        out.push("…");
    }
}

/// Writes a text that somebody else wrote with `escape`. A long one is cut.
#[inline]
pub(crate) fn bounded<O: Output>(text: &str, out: &mut O, escape: impl Fn(&str, &mut O)) {
    if text.len() <= MAX_TEXT_BYTES {
        return escape(text, out);
    }
    escape(limit::split(text, MAX_TEXT_BYTES).0, out);
    out.push("…");
}

/// Writes a number of at most three digits; returns whether it has no more.
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
    /// Writes the value for people; `escape` writes every piece of a text.
    #[inline]
    pub(crate) fn show<O: Output>(&self, out: &mut O, conventions: &Conventions, escape: impl Fn(&str, &mut O)) {
        let numbers = &conventions.numbers;
        match *self {
            Self::Unsigned(number) => display::grouped(number, numbers, &mut |piece| out.push(piece)),
            Self::Signed(number) => display::signed_grouped(number, numbers, &mut |piece| out.push(piece)),
            Self::Decimal(number) => display::decimal(number, numbers, &mut |piece| out.push(piece)),
            Self::Duration(duration) => display::duration(duration, conventions, &mut |piece| out.push(piece)),
            _ => self.text(out, escape),
        }
    }

    /// Writes a text, each piece with `escape`; writes nothing for other values. A long text is cut, and ends with `…`.
    #[inline]
    pub(crate) fn text<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Text(text) => bounded(text, out, escape),
            Self::Term(term) => escape(term.name(), out),
            Self::Display(value) => formatted(format_args!("{value}"), out, escape),
            Self::__Formatted(error, number) => {
                formatted(format_args!("{}", FormattedParameter(error, number)), out, escape);
            }
            Self::Unsigned(_) | Self::Signed(_) | Self::Decimal(_) | Self::Duration(_) => {}
        }
    }

    /// Writes the value for programs: a number as its digits, each piece of a text with `escape`.
    #[inline]
    pub(crate) fn machine<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Unsigned(number) => digits(number, out),
            Self::Signed(number) => display::signed_digits(number, &mut |piece| out.push(piece)),
            Self::Decimal(number) => formatted(format_args!("{number}"), out, |piece, out| out.push(piece)),
            Self::Duration(duration) => digits(display::whole_seconds(duration), out),
            _ => self.text(out, escape),
        }
    }
}

/// A text that somebody else wrote, as `Display`. A long one is cut.
#[cfg(feature = "serde")]
pub(crate) struct Bounded<'a>(pub(crate) &'a str);

#[cfg(feature = "serde")]
impl fmt::Display for Bounded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = crate::message::output::Formatted::new(f);
        bounded(self.0, &mut out, |text, out| out.push(text));
        out.finish()
    }
}

//! Writing the value of a parameter: for people, and for programs.

use crate::catalog::value::{FormattedParameter, Value};
use crate::message::output::Output;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display;

/// Passes each piece of a value to a function, which escapes it.
struct EachPiece<'a, F: FnMut(&str)>(&'a mut F);

impl<F: FnMut(&str)> fmt::Write for EachPiece<'_, F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        (self.0)(text);
        Ok(())
    }
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
            Self::Duration(duration) => display::duration(duration, conventions, &mut |piece| out.push(piece)),
            _ => self.text(out, escape),
        }
    }

    /// Writes a text, each piece with `escape`; writes nothing for other values.
    #[inline]
    pub(crate) fn text<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Text(text) => escape(text, out),
            Self::Term(term) => escape(term.name(), out),
            Self::Display(value) => {
                // If `Display` fails, the part that it wrote stays.
                let _ = fmt::write(&mut EachPiece(&mut |piece: &str| escape(piece, out)), format_args!("{value}"));
            }
            Self::__Formatted(error, number) => {
                let text = FormattedParameter(error, number);
                let _ = fmt::write(&mut EachPiece(&mut |piece: &str| escape(piece, out)), format_args!("{text}"));
            }
            Self::Unsigned(_) | Self::Signed(_) | Self::Duration(_) => {}
        }
    }

    /// Writes the value for programs: a number as its digits, each piece of a text with `escape`.
    #[inline]
    pub(crate) fn machine<O: Output>(&self, out: &mut O, escape: impl Fn(&str, &mut O)) {
        match *self {
            Self::Unsigned(number) => digits(number, out),
            Self::Signed(number) => display::signed_digits(number, &mut |piece| out.push(piece)),
            Self::Duration(duration) => digits(display::whole_seconds(duration), out),
            _ => self.text(out, escape),
        }
    }
}

//! How a parameter's value is written: as people read it, and as machines do.

use crate::catalog::value::Value;
use crate::message::output::Output;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display;

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
}

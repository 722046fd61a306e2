//! The trait of a form, which writes literals, values and markup, and the plain form, which has no markup.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::output::Output;
use lift_errors_core::conventions::{Conventions, Numbers};
use lift_errors_core::escape;

/// Writes the literals, values and markup of a text.
pub(crate) trait Form {
    /// Whether text that is shown as code has marks around it, besides isolates.
    const MARKS_CODE: bool = true;

    /// Whether literals of a text with these flags are copied unchanged, and numbers below 1,000 written as their digits.
    /// The interpreter then does both without the form.
    #[inline]
    fn keeps(&self, flags: u32) -> bool {
        let _ = flags;
        true
    }

    /// Writes a literal that is not copied unchanged.
    #[inline]
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        out.push(text);
    }

    /// Writes a value for people.
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions);

    /// Writes a value for programs. Only JSON documents have such values.
    fn machine<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        self.value(out, value, conventions);
    }

    /// Begins text with a direction of its own (UAX #9, explicit directional isolates).
    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2068}");
    }

    /// Ends it.
    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2069}");
    }

    /// Begins text in another language than the page's.
    fn language_start<O: Output>(&mut self, _out: &mut O, _conventions: &Conventions) {}

    /// Ends it.
    fn language_end<O: Output>(&mut self, _out: &mut O) {}

    /// Begins a literal that is shown as code.
    fn code_start<O: Output>(&mut self, _out: &mut O) {}

    /// Ends it.
    fn code_end<O: Output>(&mut self, _out: &mut O) {}

    /// Begins the text of a link.
    fn link_start<O: Output>(&mut self, _out: &mut O, _link: Link) {}

    /// Ends it.
    fn link_end<O: Output>(&mut self, _out: &mut O, _link: Link, _conventions: &Conventions) {}
}

/// Text without markup. It makes control characters of values visible, because the text may reach a terminal.
pub(crate) struct Plain {
    /// Whether left-to-right text in a right-to-left line is isolated.
    isolates: bool,
}

impl Plain {
    /// Text for programs that lay it out.
    pub(crate) const fn text() -> Self {
        Self { isolates: true }
    }

    /// Text for terminals and logs, which show the characters of an isolate as boxes or ignore them.
    pub(crate) const fn line() -> Self {
        Self { isolates: false }
    }
}

impl Form for Plain {
    const MARKS_CODE: bool = false;

    #[inline]
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        // The minus sign of right-to-left languages includes a direction mark, which terminals show.
        let negative = match value {
            Value::Signed(number) => *number < 0,
            Value::Decimal(number) => *number < 0.0,
            _ => false,
        };
        if negative && !self.isolates {
            let ascii = Numbers { minus: "-", ..conventions.numbers };
            let conventions = Conventions { numbers: ascii, ..*conventions };
            return value.show(out, &conventions, |_, _| {});
        }
        value.show(out, conventions, |text, out| escape::plain(text, &mut |piece| out.push(piece)));
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push(if self.isolates { "\u{2068}" } else { "" });
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push(if self.isolates { "\u{2069}" } else { "" });
    }

    /// Plain text cannot link, so the URL follows the text.
    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, conventions: &Conventions) {
        let isolated = self.isolates && conventions.right_to_left;
        out.push(if isolated { " (\u{2068}" } else { " (" });
        out.push(link.href());
        out.push(if isolated { "\u{2069})" } else { ")" });
    }
}

/// Text for a serialiser, which escapes it.
#[cfg(feature = "serde")]
pub(crate) struct Unescaped;

#[cfg(feature = "serde")]
impl Form for Unescaped {
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, |text, out| escape::unturned(text, &mut |piece| out.push(piece)));
    }
}

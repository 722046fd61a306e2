//! What a form does with the parts of a text, and the plain form, which does nothing with markup.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::output::Output;
use lift_errors_core::conventions::{Conventions, Numbers};
use lift_errors_core::escape;

/// How literals, values and markup are written.
pub(crate) trait Form {
    /// Whether literals of a text with these flags come out as they are, and numbers below 1,000 as nothing but their
    /// digits: neither is asked of the form then.
    #[inline]
    fn keeps(&self, flags: u32) -> bool {
        let _ = flags;
        true
    }

    /// A literal that may not.
    #[inline]
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        out.push(text);
    }

    /// A parameter's value, as a person reads it.
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions);

    /// A parameter's value, as a machine reads it. Only JSON documents have such places.
    fn machine<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        self.value(out, value, conventions);
    }

    /// U32Table begin whose direction is their own (UAX #9, explicit directional isolates).
    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2068}");
    }

    /// They end.
    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2069}");
    }

    /// What follows is in another language than the page.
    fn language_start<O: Output>(&mut self, _out: &mut O, _conventions: &Conventions) {}

    /// What follows is in the page's language again.
    fn language_end<O: Output>(&mut self, _out: &mut O) {}

    /// A literal that is shown as code begins.
    fn code_start<O: Output>(&mut self, _out: &mut O) {}

    /// It ends.
    fn code_end<O: Output>(&mut self, _out: &mut O) {}

    /// The words of a link begin.
    fn link_start<O: Output>(&mut self, _out: &mut O, _link: Link) {}

    /// They end.
    fn link_end<O: Output>(&mut self, _out: &mut O, _link: Link, _conventions: &Conventions) {}
}

/// Text without markup. Control characters of values are made visible: it may well meet a terminal.
pub(crate) struct Plain {
    /// Whether foreign words in a line from right to left are isolated.
    isolates: bool,
}

impl Plain {
    /// Text that something lays out.
    pub(crate) const fn text() -> Self {
        Self { isolates: true }
    }

    /// Text for terminals and logs, which show an isolate as a box, or not at all.
    pub(crate) const fn line() -> Self {
        Self { isolates: false }
    }
}

impl Form for Plain {
    #[inline]
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        // A negative number of a language from right to left has a mark of direction, which terminals show.
        let negative = matches!(value, Value::Signed(number) if *number < 0);
        if negative && !self.isolates {
            let ascii = Numbers { minus: "-", ..conventions.numbers };
            let conventions = Conventions { numbers: ascii, ..*conventions };
            return value.show(out, &conventions, |_, _| {});
        }
        value.show(out, conventions, |text, out| escape::visible(text, &mut |piece| out.push(piece)));
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push(if self.isolates { "\u{2068}" } else { "" });
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push(if self.isolates { "\u{2069}" } else { "" });
    }

    /// The words do not show where a link leads; the address does.
    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, conventions: &Conventions) {
        let isolated = self.isolates && conventions.right_to_left;
        out.push(if isolated { " (\u{2068}" } else { " (" });
        out.push(link.href());
        out.push(if isolated { "\u{2069})" } else { ")" });
    }
}

//! What a form does with the parts of a text, and the plain form, which does nothing with markup.

use crate::output::Output;
use crate::remedy::Link;
use crate::value::Value;
use lift_errors_core::escape;

/// How literals, values and markup are written.
pub(crate) trait Form {
    /// A literal of the catalogue. `flags` are those of its text: which contexts change it.
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str, flags: u32);

    /// A parameter's value, as a person reads it.
    fn value<O: Output>(&mut self, out: &mut O, value: Value<'_>);

    /// A parameter's value, as a machine reads it. Only JSON documents have such places.
    fn machine<O: Output>(&mut self, out: &mut O, value: Value<'_>) {
        self.value(out, value);
    }

    /// A literal that is shown as code begins.
    fn code_start<O: Output>(&mut self, _out: &mut O) {}

    /// It ends.
    fn code_end<O: Output>(&mut self, _out: &mut O) {}

    /// The words of a link begin.
    fn link_start<O: Output>(&mut self, _out: &mut O, _link: Link) {}

    /// They end.
    fn link_end<O: Output>(&mut self, _out: &mut O, _link: Link) {}
}

/// Text without markup. Control characters of values are made visible: it may well meet a terminal.
pub(crate) struct Plain;

impl Form for Plain {
    #[inline]
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str, _flags: u32) {
        out.push(text);
    }

    #[inline]
    fn value<O: Output>(&mut self, out: &mut O, value: Value<'_>) {
        value.show(out, |text, out| escape::visible(text, &mut |piece| out.push(piece)));
    }

    /// The words do not show where a link leads; the address does.
    fn link_end<O: Output>(&mut self, out: &mut O, link: Link) {
        out.push(" (");
        out.push(link.address());
        out.push(")");
    }
}

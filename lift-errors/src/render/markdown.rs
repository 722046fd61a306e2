//! Markdown (CommonMark): for tickets, chats and documentation.

use super::readable::Marks;
use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::markup::Form;
use crate::message::output::Output;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use lift_errors_core::segment::MARKDOWN_ESCAPE;

/// Whether the text is inside of a code span, where nothing is escaped with a backslash.
#[derive(Default)]
pub(crate) struct Markdown {
    in_code: bool,
}

impl Form for Markdown {
    fn keeps(&self, flags: u32) -> bool {
        flags & MARKDOWN_ESCAPE == 0
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        if self.in_code { out.push(text) } else { escape::markdown_literal(text, &mut |piece| out.push(piece)) }
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        if self.in_code {
            value.show(out, conventions, |text, out| escape::markdown_code(text, &mut |piece| out.push(piece)));
        } else {
            value.show(out, conventions, |text, out| escape::markdown(text, &mut |piece| out.push(piece)));
        }
    }

    fn code_start<O: Output>(&mut self, out: &mut O) {
        self.in_code = true;
        out.push("`");
    }

    fn code_end<O: Output>(&mut self, out: &mut O) {
        self.in_code = false;
        out.push("`");
    }

    fn link_start<O: Output>(&mut self, out: &mut O, _link: Link) {
        out.push("[");
    }

    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, _conventions: &Conventions) {
        // Addresses have no space and no angle bracket: the compiler has seen to that.
        out.push("](<");
        out.push(link.href());
        out.push(">)");
    }
}

impl Marks for Markdown {
    const TITLE: (&'static str, &'static str) = ("# ", "\n\n");
    const HEADING: (&'static str, &'static str) = ("\n## ", "\n\n");
    const ITEM: (&'static str, &'static str) = ("- ", "  - ");
    const FAINT: (&'static str, &'static str) = ("", "");
    const ADDRESS: (&'static str, &'static str) = ("<", ">");
}

//! Markdown (CommonMark): for tickets, chats and documentation.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::render::readable::Marks;
use core::cell::Cell;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use lift_errors_core::segment::MARKDOWN_ESCAPE;

/// A text in Markdown.
#[derive(Default)]
pub(crate) struct Markdown {
    /// Whether the text is in a code span, where backslashes do not escape.
    in_code: bool,
}

impl Form for Markdown {
    fn keeps(&self, flags: u32) -> bool {
        flags & MARKDOWN_ESCAPE == 0
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        match self.in_code {
            false => escape::markdown_literal(text, &mut |piece| out.push(piece)),
            // A constant may contain what would end the code.
            true if text.contains('`') => escape::markdown_code(text, &mut |piece| out.push(piece)),
            true => out.push(text),
        }
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        if self.in_code {
            value.show(out, conventions, |text, out| escape::markdown_code(text, &mut |piece| out.push(piece)));
        } else {
            // Four spaces at the beginning of a line would make it a code block (CommonMark §4.4), so that the first of them,
            // or a control, which becomes a space, is a reference, which is never part of the structure (§2.5).
            let is_first = Cell::new(true);
            value.show(out, conventions, |text, out| {
                let indented = text
                    .strip_prefix(|first: char| {
                        first == ' ' || first.is_control() || matches!(first, '\u{2028}' | '\u{2029}')
                    })
                    .filter(|_| is_first.get());
                is_first.set(is_first.get() && text.is_empty());
                out.push(if indented.is_some() { "&#32;" } else { "" });
                escape::markdown(indented.unwrap_or(text), &mut |piece| out.push(piece));
            });
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
        // The compiler has checked that a URL contains neither spaces nor angle brackets.
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
    const URL: (&'static str, &'static str) = ("<", ">");
}

//! Text for a terminal in colour. A value can't contain escape codes: the plain form makes its control characters visible.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::render::readable::Marks;
use lift_errors_core::conventions::Conventions;

const RESET: &str = "\x1b[0m";

/// A text with colours, as ECMA-48 SGR codes that every terminal has.
pub(crate) struct Terminal;

impl Form for Terminal {
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        Plain::line().value(out, value, conventions);
    }

    fn isolate_start<O: Output>(&mut self, _out: &mut O) {}

    fn isolate_end<O: Output>(&mut self, _out: &mut O) {}

    fn code_start<O: Output>(&mut self, out: &mut O) {
        out.push("\x1b[36m");
    }

    fn code_end<O: Output>(&mut self, out: &mut O) {
        out.push(RESET);
    }

    fn link_start<O: Output>(&mut self, out: &mut O, _link: Link) {
        out.push("\x1b[4m");
    }

    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, conventions: &Conventions) {
        out.push(RESET);
        Plain::line().link_end(out, link, conventions);
    }
}

impl Marks for Terminal {
    const TITLE: (&'static str, &'static str) = ("\x1b[1;31m", "\x1b[0m ");
    const HEADING: (&'static str, &'static str) = ("\n\x1b[1m", "\x1b[0m\n");
    const ITEM: (&'static str, &'static str) = ("  • ", "      → ");
    const FAINT: (&'static str, &'static str) = ("\x1b[2m", RESET);
    const URL: (&'static str, &'static str) = ("", "");
}

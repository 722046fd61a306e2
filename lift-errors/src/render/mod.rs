//! The forms, one room each. All are written from the same view.

mod envelope;
pub(crate) mod form;
mod json;
mod markdown;
mod problem_details;
pub(crate) mod readable;
pub(crate) mod sources;
mod terminal;

use crate::format::Format;
use crate::output::Output;
use crate::problem::Problem;

/// Appends `problem` in a form.
#[inline]
pub(crate) fn write(problem: &Problem<'_>, format: Format, out: &mut impl Output) {
    match format {
        Format::ProblemDetails => problem_details::write(problem, out),
        Format::Envelope => envelope::write(problem, out),
        Format::PlainText => readable::write(problem, out, &mut form::Plain::text()),
        Format::Markdown => readable::write(problem, out, &mut markdown::Markdown::default()),
        Format::Terminal { colour: false } => readable::write(problem, out, &mut form::Plain::line()),
        Format::Terminal { colour: true } => readable::write(problem, out, &mut terminal::Terminal),
    }
}

//! The forms, one room each. All are written from the same view.

mod accept;
pub(crate) mod brand;
mod envelope;
pub(crate) mod format;
pub(crate) mod headers;
pub(crate) mod html;
mod json;
pub(crate) mod markdown;
pub(crate) mod page;
mod problem_details;
pub(crate) mod readable;
#[cfg(feature = "serde")]
mod serde;
pub(crate) mod sources;
pub(crate) mod status_problem;
mod terminal;
mod text;

use crate::catalog::text::Text;
use crate::message::output::Output;
use crate::problem::Problem;
use crate::render::brand::{Brand, Page};
use crate::render::format::Format;
use lift_errors_core::vocabulary::Label;

/// Appends `problem` in a form.
#[inline]
pub(crate) fn write(problem: &Problem<'_>, format: Format, out: &mut impl Output) {
    match format {
        Format::ProblemDetails => problem_details::write(problem, out),
        Format::Envelope => envelope::write(problem, out),
        Format::PlainText => readable::write(problem, out, &mut crate::message::markup::Plain::text()),
        Format::Html => page::write(&Page::new(*problem, &Brand::new("")), out),
        Format::Markdown => readable::write(problem, out, &mut markdown::Markdown::default()),
        Format::Terminal { color: false } => readable::write(problem, out, &mut crate::message::markup::Plain::line()),
        Format::Terminal { color: true } => readable::write(problem, out, &mut terminal::Terminal),
    }
}

/// A label of the entry's own catalogue, or the canonical one.
pub(crate) fn label(problem: &Problem<'_>, label: Label) -> Text {
    let own = Text::new(problem.entry().catalog(), label as u32);
    if own.is_empty() { Text::new(&crate::lift::CATALOG, label as u32) } else { own }
}

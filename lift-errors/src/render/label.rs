//! Labels of pages and texts, such as the heading above the causes.

use crate::catalog::text::Text;
use crate::problem::Problem;
use lift_errors_core::vocabulary::Label;

/// A label of the entry's own catalogue, or the canonical one.
pub(crate) fn text(problem: &Problem<'_>, label: Label) -> Text {
    let own = Text::new(problem.entry().catalog(), label as u32);
    if own.is_empty() { Text::new(&crate::lift::CATALOG, label as u32) } else { own }
}

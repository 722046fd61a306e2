//! The guidance of a problem in reading order: causes with their fixes, general fixes, notes. Pages and texts show the
//! same guidance, each in its own markup.

use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::text::Text;
use crate::problem::Problem;
use lift_errors_core::layout::Range;
use lift_errors_core::vocabulary::{Label, NoteKind};

/// Writes the sections of the guidance. A section without items is not written.
pub(super) trait Sections {
    /// Begins a section.
    fn section_start(&mut self, heading: Label);

    /// Whether this is a page: there, causes with the same fixes are written together, and warnings elsewhere.
    fn is_page(&self) -> bool {
        false
    }

    /// Writes causes with the fixes for them, which may be none. Only a page has several.
    fn causes(&mut self, texts: &mut dyn Iterator<Item = Text>, fixes: &mut dyn Iterator<Item = Text>);

    /// Writes a fix or a note.
    fn item(&mut self, text: Text);

    /// Ends the section.
    fn section_end(&mut self);
}

/// Writes the guidance of a problem for its reader. It is one function for all outputs and formats, compiled once.
pub(super) fn write(problem: &Problem<'_>, sections: &mut dyn Sections) {
    let entry = problem.entry();
    // The fixes that are shown with a cause, by their places.
    let mut shown = [false; Range::MOST + 1];
    let mut is_open = false;
    let fixes_of = |cause: Cause| cause.fixes().filter(|fix| problem.is_for_reader(fix.audience()));
    let is_page = sections.is_page();
    for (place, cause) in problem.causes().enumerate() {
        let is_alike = |other: &Cause| is_page && fixes_of(*other).eq(fixes_of(cause));
        if problem.causes().take(place).any(|before| is_alike(&before)) {
            continue;
        }
        if !core::mem::replace(&mut is_open, true) {
            sections.section_start(if problem.visible_cause().is_some() { Label::Cause } else { Label::Causes });
        }
        let fixes = fixes_of(cause).inspect(|fix| {
            if let Some(shown) = shown.get_mut(fix.place(entry)) {
                *shown = true;
            }
        });
        let alike = problem.causes().skip(place + 1).filter(is_alike);
        let mut texts = core::iter::once(cause).chain(alike).map(Cause::text);
        sections.causes(&mut texts, &mut fixes.map(Fix::text));
    }
    if is_open {
        sections.section_end();
    }
    let others = problem.fixes().filter(|fix| shown.get(fix.place(entry)) != Some(&true));
    list(sections, Label::Fixes, others.map(Fix::text));
    let notes = problem.notes().filter(|note| !is_page || note.kind() != NoteKind::Warning);
    list(sections, Label::Notes, notes.map(Note::text));
}

fn list(sections: &mut dyn Sections, heading: Label, texts: impl Iterator<Item = Text>) {
    let mut is_open = false;
    for text in texts {
        if !core::mem::replace(&mut is_open, true) {
            sections.section_start(heading);
        }
        sections.item(text);
    }
    if is_open {
        sections.section_end();
    }
}

//! An error for people to read: title, what happened, causes with their fixes, remarks. Plain text,
//! Markdown and terminal differ in how headings, lists and marks look, not in what is said.

use crate::catalog::guidance::{Cause, Fix, Link};
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::problem::Problem;
use crate::render::label;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::Label;

/// The marks around the parts of the page.
pub(crate) trait Marks: Form {
    /// What stands before and after a title.
    const TITLE: (&'static str, &'static str);
    /// What stands before and after a heading.
    const HEADING: (&'static str, &'static str);
    /// What begins an item of a list, and one in a list within it.
    const ITEM: (&'static str, &'static str);
    /// What stands before and after words of lesser weight.
    const FAINT: (&'static str, &'static str);
    /// What stands around an address.
    const ADDRESS: (&'static str, &'static str);
}

/// Appends the page.
pub(crate) fn write<O: Output, P: Marks>(problem: &Problem<'_>, out: &mut O, page: &mut P) {
    let entry = problem.entry();
    let mut writer = Writer { problem, out, page };
    writer.out.push(P::TITLE.0);
    writer.text(entry.title());
    writer.out.push(P::TITLE.1);
    writer.out.push(P::FAINT.0);
    writer.status();
    writer.out.push(P::FAINT.1);
    writer.out.push("\n\n");
    detail(problem, writer.out, writer.page);
    writer.out.push("\n\n");
    writer.text(entry.meaning());
    writer.out.push("\n");
    writer.field_errors();
    writer.remedies();
    writer.notes();
    writer.support();
}

/// Appends what happened this time.
pub(crate) fn detail<O: Output, F: Form>(problem: &Problem<'_>, out: &mut O, form: &mut F) {
    problem.write_text(problem.detail().text(), out, form);
}

struct Writer<'w, 'a, O, P> {
    problem: &'w Problem<'a>,
    out: &'w mut O,
    page: &'w mut P,
}

impl<O: Output, P: Marks> Writer<'_, '_, O, P> {
    fn text(&mut self, text: Text) {
        self.problem.write_text(text, self.out, self.page);
    }

    fn heading(&mut self, label: Label) {
        self.out.push(P::HEADING.0);
        self.label(label, None);
        self.out.push(P::HEADING.1);
    }

    /// Writes a label of the catalogue's own, or the canonical one in the language of the catalogue's texts.
    fn label(&mut self, label: Label, value: Option<Value<'_>>) {
        let (text, locale) = (label::text(self.problem, label), self.problem.catalog_locale());
        match label {
            Label::More => text.write(self.out, &mut Linked(self.page), locale, |_| value),
            _ => text.write(self.out, self.page, locale, |_| value),
        }
    }

    /// A text of the service's own, such as a field error's message.
    fn foreign(&mut self, value: Value<'_>) {
        let conventions = self.problem.entry().catalog().texts(self.problem.locale()).conventions();
        if conventions.right_to_left {
            self.page.isolate_start(self.out);
        }
        self.page.value(self.out, &value, conventions);
        if conventions.right_to_left {
            self.page.isolate_end(self.out);
        }
    }

    /// `LIFT-0429, HTTP 429`.
    fn status(&mut self) {
        let entry = self.problem.entry();
        self.out.push(entry.id());
        if let Some(status) = entry.status() {
            self.out.push(", HTTP ");
            Value::Unsigned(u64::from(status)).machine(self.out, |_, _| {});
        }
    }

    fn field_errors(&mut self) {
        let Some(errors) = self.problem.field_errors() else { return };
        self.heading(Label::Fields);
        for error in errors {
            self.out.push(P::ITEM.0);
            // The empty pointer is the whole document, which has no name.
            if !error.pointer().is_empty() {
                let field = error.field();
                self.foreign(Value::Display(&field));
                self.out.push(": ");
            }
            self.foreign(Value::Text(error.message()));
            self.out.push("\n");
        }
    }

    /// Causes with what cures each below it, then the general fixes.
    fn remedies(&mut self) {
        let problem = *self.problem;
        let heading = if problem.visible_cause().is_some() { Label::Cause } else { Label::Causes };
        let mut first = true;
        for cause in problem.causes() {
            if core::mem::take(&mut first) {
                self.heading(heading);
            }
            self.cause(cause);
        }
        let shown_with_causes = |fix: &Fix| problem.causes().any(|cause| cause.fixes().any(|cure| cure == *fix));
        let mut first = true;
        for fix in problem.fixes().filter(|fix| !shown_with_causes(fix)) {
            if core::mem::take(&mut first) {
                self.heading(Label::Fixes);
            }
            self.out.push(P::ITEM.0);
            self.text(fix.text());
            self.out.push("\n");
        }
    }

    fn cause(&mut self, cause: Cause) {
        self.out.push(P::ITEM.0);
        self.text(cause.text());
        self.out.push("\n");
        let problem = *self.problem;
        for fix in cause.fixes().filter(|fix| problem.is_for_reader(fix.audience())) {
            self.out.push(P::ITEM.1);
            self.text(fix.text());
            self.out.push("\n");
        }
    }

    fn notes(&mut self) {
        let mut first = true;
        for note in self.problem.notes() {
            if core::mem::take(&mut first) {
                self.heading(Label::Notes);
            }
            self.out.push(P::ITEM.0);
            self.text(note.text());
            self.out.push("\n");
        }
    }

    /// What support or the operator needs.
    fn support(&mut self) {
        let entry = self.problem.entry();
        if self.problem.is_for_operator() && !entry.runbook().is_empty() {
            self.heading(Label::Runbook);
            self.text(entry.runbook());
            self.out.push("\n");
        }
        if !entry.support().is_empty() {
            self.heading(Label::Support);
            self.text(entry.support());
            self.out.push("\n");
        }
        if let Some(id) = self.problem.request_id() {
            self.out.push("\n");
            self.label(Label::Request, Some(Value::Text(id.as_str())));
            self.out.push("\n");
        }
        self.out.push("\n");
        self.out.push(P::FAINT.0);
        let address = entry.type_uri();
        self.label(Label::More, Some(Value::Display(&address)));
        self.out.push(P::FAINT.1);
        self.out.push("\n");
    }
}

/// A page whose value is an address of the catalogue, which the compiler has looked at.
struct Linked<'p, P>(&'p mut P);

impl<P: Marks> Form for Linked<'_, P> {
    // A value is more than itself here.
    fn keeps(&self, _flags: u32) -> bool {
        false
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        self.0.literal(out, text);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, _conventions: &Conventions) {
        out.push(P::ADDRESS.0);
        value.text(out, |piece, out| out.push(piece));
        out.push(P::ADDRESS.1);
    }

    fn code_start<O: Output>(&mut self, out: &mut O) {
        self.0.code_start(out);
    }

    fn code_end<O: Output>(&mut self, out: &mut O) {
        self.0.code_end(out);
    }

    fn link_start<O: Output>(&mut self, out: &mut O, link: Link) {
        self.0.link_start(out, link);
    }

    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, conventions: &Conventions) {
        self.0.link_end(out, link, conventions);
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        self.0.isolate_start(out);
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        self.0.isolate_end(out);
    }
}

impl Marks for crate::message::markup::Plain {
    const TITLE: (&'static str, &'static str) = ("", " · ");
    const HEADING: (&'static str, &'static str) = ("\n", "\n");
    const ITEM: (&'static str, &'static str) = ("- ", "  - ");
    const FAINT: (&'static str, &'static str) = ("", "");
    const ADDRESS: (&'static str, &'static str) = ("", "");
}

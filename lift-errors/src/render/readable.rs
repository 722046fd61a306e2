//! An error as text for people: title, detail, meaning, causes with their fixes, notes. Plain text, Markdown and terminal
//! have the same content; they differ in the marks of headings, lists and links.

use crate::catalog::guidance::Link;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::problem::Problem;
use crate::render::guidance::{self, Sections};
use crate::render::label;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::Label;

/// The marks around the parts of the text. A pair has the mark before a part and the one after it.
pub(crate) trait Marks: Form {
    /// Around the title.
    const TITLE: (&'static str, &'static str);
    /// Around a heading.
    const HEADING: (&'static str, &'static str);
    /// Before an item of a list, and before an item of a list in a list.
    const ITEM: (&'static str, &'static str);
    /// Around text of less importance.
    const FAINT: (&'static str, &'static str);
    /// Around a URL.
    const URL: (&'static str, &'static str);
}

/// Appends the whole text.
pub(crate) fn write<O: Output, M: Marks>(problem: &Problem<'_>, out: &mut O, marks: &mut M) {
    let entry = problem.entry();
    let mut writer = TextWriter { problem, out, marks };
    writer.out.push(M::TITLE.0);
    writer.text(entry.title());
    writer.out.push(M::TITLE.1);
    writer.out.push(M::FAINT.0);
    writer.status();
    writer.out.push(M::FAINT.1);
    writer.out.push("\n\n");
    detail(problem, writer.out, writer.marks);
    writer.out.push("\n\n");
    writer.text(entry.meaning());
    writer.out.push("\n");
    writer.field_errors();
    guidance::write(problem, &mut writer);
    writer.support();
}

/// Appends the detail alone.
pub(crate) fn detail<O: Output, F: Form>(problem: &Problem<'_>, out: &mut O, form: &mut F) {
    problem.write_text(problem.detail().text(), out, form);
}

struct TextWriter<'w, 'a, O, M> {
    problem: &'w Problem<'a>,
    out: &'w mut O,
    marks: &'w mut M,
}

impl<O: Output, M: Marks> TextWriter<'_, '_, O, M> {
    fn text(&mut self, text: Text) {
        self.problem.write_text(text, self.out, self.marks);
    }

    fn heading(&mut self, label: Label) {
        self.out.push(M::HEADING.0);
        self.label(label, None);
        self.out.push(M::HEADING.1);
    }

    /// Writes a label in the language of the catalogue's texts.
    fn label(&mut self, label: Label, value: Option<Value<'_>>) {
        let (text, locale) = (label::text(self.problem, label), self.problem.catalog_locale());
        match label {
            Label::More => text.write(self.out, &mut WithLink(self.marks), locale, |_| value),
            _ => text.write(self.out, self.marks, locale, |_| value),
        }
    }

    /// Writes text that is not from the catalogue, such as a field error's message.
    fn foreign(&mut self, value: Value<'_>) {
        let conventions = self.problem.entry().catalog().texts(self.problem.locale()).conventions();
        if conventions.right_to_left {
            self.marks.isolate_start(self.out);
        }
        self.marks.value(self.out, &value, conventions);
        if conventions.right_to_left {
            self.marks.isolate_end(self.out);
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
            self.out.push(M::ITEM.0);
            // The empty pointer is the whole document, which does not have a name.
            if !error.pointer().is_empty() {
                let field = error.field();
                self.foreign(Value::Display(&field));
                self.out.push(": ");
            }
            self.foreign(Value::Text(error.message()));
            self.out.push("\n");
        }
    }

    /// The facts that support and operators need.
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
        self.out.push(M::FAINT.0);
        let uri = entry.type_uri();
        self.label(Label::More, Some(Value::Display(&uri)));
        self.out.push(M::FAINT.1);
        self.out.push("\n");
    }
}

impl<O: Output, M: Marks> Sections for TextWriter<'_, '_, O, M> {
    fn section_start(&mut self, heading: Label) {
        self.heading(heading);
    }

    fn cause(&mut self, text: Text, fixes: impl Iterator<Item = Text>) {
        self.item(text);
        for fix in fixes {
            self.out.push(M::ITEM.1);
            self.text(fix);
            self.out.push("\n");
        }
    }

    fn item(&mut self, text: Text) {
        self.out.push(M::ITEM.0);
        self.text(text);
        self.out.push("\n");
    }

    fn section_end(&mut self) {}
}

/// The marks of a text whose value is a URL of the catalogue, which the compiler has checked.
struct WithLink<'m, M>(&'m mut M);

impl<M: Marks> Form for WithLink<'_, M> {
    // The value has marks around it.
    fn keeps(&self, _flags: u32) -> bool {
        false
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        self.0.literal(out, text);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, _conventions: &Conventions) {
        out.push(M::URL.0);
        value.text(out, |piece, out| out.push(piece));
        out.push(M::URL.1);
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

impl Marks for Plain {
    const TITLE: (&'static str, &'static str) = ("", " · ");
    const HEADING: (&'static str, &'static str) = ("\n", "\n");
    const ITEM: (&'static str, &'static str) = ("- ", "  - ");
    const FAINT: (&'static str, &'static str) = ("", "");
    const URL: (&'static str, &'static str) = ("", "");
}

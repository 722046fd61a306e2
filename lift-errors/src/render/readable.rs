//! An error as text for people: title, detail, meaning, causes with their fixes, notes. Plain text, Markdown and terminal
//! have the same content; they differ in the marks of headings, lists and links.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Link;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::problem::Problem;
use crate::problem::field_error::OMITTED;
use crate::render::guidance::{self, Sections};
use crate::render::text::{ProblemTexts, colon};
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
    let mut writer = TextWriter { texts: ProblemTexts::new(problem), out, marks };
    writer.out.push(M::TITLE.0);
    writer.text(entry.title());
    writer.out.push(M::TITLE.1);
    writer.out.push(M::FAINT.0);
    writer.status();
    writer.out.push(M::FAINT.1);
    writer.out.push("\n\n");
    writer.text(problem.detail().text());
    // Only a draft lacks its meaning.
    if !entry.meaning().is_empty() {
        writer.out.push("\n\n");
        writer.text(entry.meaning());
    }
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
    texts: ProblemTexts<'w, 'a>,
    out: &'w mut O,
    marks: &'w mut M,
}

impl<O: Output, M: Marks> TextWriter<'_, '_, O, M> {
    fn text(&mut self, text: Text) {
        self.texts.write(text, self.out, self.marks);
    }

    fn heading(&mut self, label: Label) {
        self.out.push(M::HEADING.0);
        self.label(label, None);
        self.out.push(M::HEADING.1);
    }

    fn label(&mut self, label: Label, value: Option<Value<'_>>) {
        self.texts.label(label, value, self.out, self.marks);
    }

    /// Writes text that is not from the catalogue, such as a field error's message.
    fn foreign(&mut self, value: Value<'_>) {
        let conventions = self.texts.conventions();
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
        let entry = self.texts.problem.entry();
        self.out.push(entry.id());
        if let Some(status) = entry.status() {
            self.out.push(", HTTP ");
            Value::Unsigned(u64::from(status)).machine(self.out, |_, _| {});
        }
    }

    fn field_errors(&mut self) {
        let Some(errors) = self.texts.problem.field_errors() else { return };
        self.heading(Label::Fields);
        let locale = self.texts.problem.catalog_locale();
        let colon = colon(self.texts.conventions());
        for error in errors.shown() {
            self.out.push(M::ITEM.0);
            match error.label() {
                Some(label) => self.foreign(Value::Display(&label.in_locale(locale))),
                None => self.foreign(Value::Display(&error.field())),
            }
            // The empty pointer is the whole document, which does not have a name.
            let is_named = error.label().is_some() || !error.pointer().is_empty();
            self.out.push(if is_named { colon } else { "" });
            match error.violation().plain_message() {
                Some(message) => self.foreign(Value::Text(message)),
                None => error.violation().write(self.out, self.marks, locale),
            }
            self.out.push("\n");
        }
        if let Some(count) = errors.omitted() {
            self.out.push(M::ITEM.0);
            self.out.push(OMITTED);
            self.foreign(count);
            self.out.push("\n");
        }
    }

    /// The facts that support and operators need.
    fn support(&mut self) {
        let entry = self.texts.problem.entry();
        if self.texts.problem.is_for_operator() && !entry.runbook().is_empty() {
            self.heading(Label::Runbook);
            self.text(entry.runbook());
            self.out.push("\n");
        }
        if !entry.support().is_empty() {
            self.heading(Label::Support);
            self.text(entry.support());
            self.out.push("\n");
        }
        if let Some(id) = self.texts.problem.request_id() {
            self.out.push("\n");
            self.label(Label::Request, Some(Value::Text(id.as_str())));
            self.out.push("\n");
        }
        self.out.push("\n");
        self.out.push(M::FAINT.0);
        self.texts.label(Label::More, Some(Value::Text("")), self.out, &mut WithLink { marks: self.marks, entry });
        self.out.push(M::FAINT.1);
        self.out.push("\n");
    }
}

impl<O: Output, M: Marks> Sections for TextWriter<'_, '_, O, M> {
    fn section_start(&mut self, heading: Label) {
        self.heading(heading);
    }

    fn causes(&mut self, texts: &mut dyn Iterator<Item = Text>, fixes: &mut dyn Iterator<Item = Text>) {
        texts.for_each(|text| self.item(text));
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

/// The marks of a text whose value is the URI of an entry, which the compiler has checked.
struct WithLink<'m, M> {
    marks: &'m mut M,
    entry: Entry,
}

impl<M: Marks> Form for WithLink<'_, M> {
    // The value has marks around it.
    fn keeps(&self, _flags: u32) -> bool {
        false
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        self.marks.literal(out, text);
    }

    fn value<O: Output>(&mut self, out: &mut O, _value: &Value<'_>, _conventions: &Conventions) {
        out.push(M::URL.0);
        self.entry.type_uri_pieces().into_iter().for_each(|piece| out.push(piece));
        out.push(M::URL.1);
    }

    fn code_start<O: Output>(&mut self, out: &mut O) {
        self.marks.code_start(out);
    }

    fn code_end<O: Output>(&mut self, out: &mut O) {
        self.marks.code_end(out);
    }

    fn link_start<O: Output>(&mut self, out: &mut O, link: Link) {
        self.marks.link_start(out, link);
    }

    fn link_end<O: Output>(&mut self, out: &mut O, link: Link, conventions: &Conventions) {
        self.marks.link_end(out, link, conventions);
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        self.marks.isolate_start(out);
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        self.marks.isolate_end(out);
    }
}

impl Marks for Plain {
    const TITLE: (&'static str, &'static str) = ("", " · ");
    const HEADING: (&'static str, &'static str) = ("\n", "\n");
    const ITEM: (&'static str, &'static str) = ("- ", "  - ");
    const FAINT: (&'static str, &'static str) = ("", "");
    const URL: (&'static str, &'static str) = ("", "");
}

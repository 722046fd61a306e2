//! Writes a page, part by part.

use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::output::Output;
use crate::problem::Problem;
use crate::problem::field_error::OMITTED;
use crate::render::brand::{Brand, is_link};
use crate::render::brand_parts;
use crate::render::guidance::{self, Sections};
use crate::render::html::{self, Html, PlainHtml, escaped, escaped_value};
use crate::render::page::repetition::is_same;
use crate::render::page::request_facts::RequestFacts;
use crate::render::text::{ProblemTexts, colon};
use lift_errors_core::vocabulary::{Audience, Label, NoteKind};

/// Appends the document.
pub(super) fn write<O: Output>(problem: &Problem<'_>, brand: &Brand<'_>, request: &RequestFacts<'_>, out: &mut O) {
    let problem = problem.or_for_reader(Audience::Browser);
    let mut writer = PageWriter { brand, request, texts: ProblemTexts::new(&problem), out };
    let style = brand.style().map(|style| style.css);
    html::open(writer.out, writer.texts.conventions(), brand.hue(), style, |out| {
        writer.texts.write(problem.entry().title(), out, &mut PlainHtml);
        if !brand.name().is_empty() {
            out.push(" · ");
            escaped(brand.name(), out);
        }
    });
    brand_parts::header(brand, problem.catalog_locale(), writer.out);
    writer.out.push("<main>\n");
    writer.headline();
    writer.warnings();
    writer.field_errors();
    writer.actions();
    guidance::write(&problem, &mut writer);
    writer.runbook();
    writer.details();
    writer.out.push(brand.section(problem.catalog_locale()).unwrap_or_default());
    writer.out.push("</main>\n");
    writer.footer();
    writer.out.push("<script>");
    writer.out.push(html::SCRIPT);
    writer.out.push("</script>\n");
    html::close(writer.out);
}

pub(super) struct PageWriter<'w, 'a, O> {
    pub(super) brand: &'w Brand<'a>,
    pub(super) request: &'w RequestFacts<'a>,
    pub(super) texts: ProblemTexts<'w, 'a>,
    pub(super) out: &'w mut O,
}

impl<O: Output> PageWriter<'_, '_, O> {
    pub(super) fn text(&mut self, text: Text) {
        self.texts.write(text, self.out, &mut Html);
    }

    /// Writes a text between two pieces of markup.
    pub(super) fn element(&mut self, start: &str, text: Text, end: &str) {
        self.out.push(start);
        self.text(text);
        self.out.push(end);
    }

    pub(super) fn label(&mut self, start: &str, label: Label, value: Value<'_>, end: &str) {
        self.out.push(start);
        self.texts.label(label, Some(value), self.out, &mut Html);
        self.out.push(end);
    }

    pub(super) fn heading(&mut self, label: Label) {
        self.label("<section>\n<h2>", label, Value::Text(""), "</h2>\n");
    }

    /// Writes text that is not from the catalogue, such as a field error's message.
    pub(super) fn foreign(&mut self, value: Value<'_>) {
        self.out.push("<bdi>");
        value.show(self.out, self.texts.conventions(), escaped_value);
        self.out.push("</bdi>");
    }

    fn headline(&mut self) {
        let entry = self.texts.problem.entry();
        self.out.push("<p class=\"id\">");
        self.out.push(entry.id());
        if let Some(status) = entry.status() {
            self.out.push(" · HTTP ");
            Value::Unsigned(u64::from(status)).machine(self.out, |_, _| {});
        }
        self.element("</p>\n<h1>", entry.title(), "</h1>\n");
        let (detail, meaning) = (self.texts.problem.detail().text(), entry.meaning());
        if !is_same(&self.texts, detail, entry.title()) {
            self.element("<p class=\"detail\">", detail, "</p>\n");
        }
        // Only a draft lacks its meaning.
        if !meaning.is_empty() && !is_same(&self.texts, meaning, detail) {
            self.element("<p>", meaning, "</p>\n");
        }
    }

    /// The warnings, before the reader does anything.
    fn warnings(&mut self) {
        let warnings = self.texts.problem.notes().filter(|note| note.kind() == NoteKind::Warning);
        let mut is_open = false;
        for warning in warnings {
            if !core::mem::replace(&mut is_open, true) {
                self.label("<div class=\"warning\"><strong>", Label::Warning, Value::Text(""), "</strong>\n");
            }
            self.element("<p>", warning.text(), "</p>\n");
        }
        self.out.push(if is_open { "</div>\n" } else { "" });
    }

    fn field_errors(&mut self) {
        let Some(errors) = self.texts.problem.field_errors() else { return };
        self.heading(Label::Fields);
        self.out.push("<ul>\n");
        let locale = self.texts.problem.catalog_locale();
        let colon = colon(self.texts.conventions());
        for error in errors.shown() {
            self.out.push("<li>");
            // The empty pointer is the whole document, which does not have a name.
            if error.label().is_some() || !error.pointer().is_empty() {
                let anchor = error.anchor().filter(|url| is_link(url));
                if let Some(anchor) = anchor {
                    brand_parts::link(anchor, self.out);
                }
                self.out.push("<strong>");
                match error.label() {
                    Some(label) => self.foreign(Value::Display(&label.in_locale(locale))),
                    None => self.foreign(Value::Display(&error.field())),
                }
                self.out.push(if anchor.is_some() { "</strong></a>" } else { "</strong>" });
                self.out.push(colon);
            }
            match error.violation().plain_message() {
                Some(message) => self.foreign(Value::Text(message)),
                None => error.violation().write_on_page(self.texts.conventions(), self.out, &mut Html),
            }
            self.out.push("</li>\n");
        }
        if let Some(count) = errors.omitted() {
            self.out.push("<li>");
            self.out.push(OMITTED);
            self.foreign(count);
            self.out.push("</li>\n");
        }
        self.out.push("</ul>\n</section>\n");
    }

    fn footer(&mut self) {
        self.out.push("<footer>\n");
        if let Some(html) = self.brand.footer(self.texts.problem.catalog_locale()) {
            self.out.push(html);
        } else {
            self.out.push("<p>");
            if let Some(href) = self.brand.status_page() {
                brand_parts::link(href, self.out);
                self.label("", Label::StatusPage, Value::Text(""), "</a> · ");
            }
            let entry = self.texts.problem.entry();
            self.out.push("<a href=\"");
            entry.type_uri_pieces().into_iter().for_each(|piece| escaped(piece, self.out));
            self.label("\">", Label::About, Value::Text(entry.id()), "</a></p>\n");
        }
        self.out.push("</footer>\n");
    }
}

impl<O: Output> Sections for PageWriter<'_, '_, O> {
    fn section_start(&mut self, heading: Label) {
        self.heading(heading);
        let has_causes = matches!(heading, Label::Cause | Label::Causes);
        self.out.push(if has_causes { "<ul class=\"causes\">\n" } else { "<ul>\n" });
    }

    fn is_page(&self) -> bool {
        true
    }

    fn causes(&mut self, texts: &mut dyn Iterator<Item = Text>, fixes: &mut dyn Iterator<Item = Text>) {
        self.out.push("<li>\n");
        for text in texts {
            self.element("<p>", text, "</p>\n");
        }
        let mut is_open = false;
        for fix in fixes {
            self.out.push(if core::mem::replace(&mut is_open, true) { "" } else { "<ul>\n" });
            self.item(fix);
        }
        self.out.push(if is_open { "</ul>\n</li>\n" } else { "</li>\n" });
    }

    fn item(&mut self, text: Text) {
        self.element("<li>", text, "</li>\n");
    }

    fn section_end(&mut self) {
        self.out.push("</ul>\n</section>\n");
    }
}

//! The details that support needs: a table, a button that copies it, and an email that contains it.

use super::writer::PageWriter;
use crate::catalog::value::Value;
use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::message::value::bounded;
use crate::render::html::{escaped, escaped_value, language_beside};
use crate::render::page::contact::{self, Details};
use crate::render::page::percent::PercentEncoded;
use crate::render::page::request_facts::RequestFacts;
use crate::render::text::{ProblemTexts, colon};
use lift_errors_core::limit;
use lift_errors_core::vocabulary::Label;

/// The longest part of an address in an email. Programs for emails cut long URLs.
const MAX_ADDRESS_IN_MAIL: usize = 300;

impl<O: Output> PageWriter<'_, '_, O> {
    /// What operators do, for them alone.
    pub(super) fn runbook(&mut self) {
        let runbook = self.texts.problem.entry().runbook();
        if self.texts.problem.is_for_operator() && !runbook.is_empty() {
            self.heading(Label::Runbook);
            self.element("<p>", runbook, "</p>\n</section>\n");
        }
    }

    pub(super) fn details(&mut self) {
        let entry = self.texts.problem.entry();
        self.label("<section class=\"support\">\n<h2 id=\"support\">", Label::Details, Value::Text(""), "</h2>\n");
        if !entry.support().is_empty() {
            self.element("<p>", entry.support(), "</p>\n");
        }
        self.out.push("<table id=\"details\" aria-labelledby=\"support\">\n<tbody>\n");
        self.row(Label::Identifier, |writer| writer.code(entry.id()));
        if let Some(id) = self.texts.problem.request_id() {
            self.row(Label::RequestId, |writer| writer.code(id.as_str()));
        }
        if let Some(time) = self.request.time {
            self.row(Label::Time, |writer| {
                writer.out.push("<time datetime=\"");
                time.machine(writer.out);
                writer.out.push("\"><bdi>");
                time.people(writer.out);
                writer.out.push("</bdi></time>");
            });
        }
        if self.request.has_address() {
            self.row(Label::Address, |writer| {
                writer.out.push("<bdi>");
                escaped(writer.request.host, writer.out);
                bounded(writer.request.path, writer.out, |text, out| escaped_value(text, out));
                writer.out.push("</bdi>");
            });
        }
        self.out.push("</tbody>\n</table>\n");
        contact::actions(&ProblemDetails { request: self.request, texts: &self.texts }, self.brand.support(), self.out);
        self.out.push("</section>\n");
    }

    fn row(&mut self, name: Label, value: impl FnOnce(&mut Self)) {
        self.label("<tr><th scope=\"row\">", name, Value::Text(""), "</th><td>");
        value(self);
        self.out.push("</td></tr>\n");
    }

    fn code(&mut self, text: &str) {
        self.out.push("<code>");
        escaped(text, self.out);
        self.out.push("</code>");
    }
}

/// The details of a problem.
struct ProblemDetails<'w, 'a> {
    request: &'w RequestFacts<'a>,
    texts: &'w ProblemTexts<'w, 'a>,
}

impl<O: Output> Details<O> for ProblemDetails<'_, '_> {
    fn subject(&self, out: &mut PercentEncoded<'_, O>) {
        out.push(self.texts.problem.entry().id());
        if let Some(id) = self.texts.problem.request_id() {
            out.push(" ");
            out.push(id.as_str());
        }
    }

    fn lines(&self, out: &mut PercentEncoded<'_, O>) {
        self.line(Label::Identifier, out, |out| out.push(self.texts.problem.entry().id()));
        if let Some(id) = self.texts.problem.request_id() {
            self.line(Label::RequestId, out, |out| out.push(id.as_str()));
        }
        if let Some(time) = self.request.time {
            self.line(Label::Time, out, |out| time.people(out));
        }
        if self.request.has_address() {
            self.line(Label::Address, out, |out| {
                out.push(self.request.host);
                let (path, rest) = limit::split(self.request.path, MAX_ADDRESS_IN_MAIL);
                out.push(path);
                out.push(if rest.is_empty() { "" } else { "…" });
            });
        }
    }

    fn label<F: Form>(&self, label: Label, out: &mut O, form: &mut F) {
        self.texts.label(label, None, out, form);
    }

    fn language(&self, label: Label, out: &mut O) {
        language_beside(self.texts.conventions(), self.texts.label_conventions(label), out);
    }
}

impl ProblemDetails<'_, '_> {
    fn line<O: Output>(&self, name: Label, out: &mut O, value: impl FnOnce(&mut O)) {
        out.push("\r\n");
        self.texts.label(name, None, out, &mut Plain::line());
        out.push(colon(self.texts.label_conventions(name)));
        value(out);
    }
}

//! The details that support needs: a table, a button that copies it, and an email that contains it.

use super::writer::PageWriter;
use crate::catalog::value::Value;
use crate::message::markup::Plain;
use crate::message::output::Output;
use crate::message::value::bounded;
use crate::render::brand::is_web;
use crate::render::html::{PlainHtml, escaped, escaped_value};
use crate::render::page::percent::PercentEncoded;
use crate::render::page::request_facts::RequestFacts;
use crate::render::text::ProblemTexts;
use lift_errors_core::limit;
use lift_errors_core::vocabulary::Label;

/// The longest part of an address in an email. Programs for emails cut long URLs.
const MAX_ADDRESS_IN_MAIL: usize = 300;

impl<O: Output> PageWriter<'_, '_, O> {
    pub(super) fn details(&mut self) {
        let entry = self.texts.problem.entry();
        let none = Value::Text("");
        self.label("<section class=\"support\">\n<h2 id=\"support\">", Label::Details, none, "</h2>\n");
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
        self.out
            .push("</tbody>\n</table>\n<p class=\"actions\"><button type=\"button\" id=\"copy\" hidden data-done=\"");
        self.texts.label(Label::Copied, None, self.out, &mut PlainHtml);
        self.out.push("\" data-selected=\"");
        self.texts.label(Label::Selected, None, self.out, &mut PlainHtml);
        self.label("\">", Label::Copy, none, "</button>\n");
        self.contact();
        self.out.push("<span role=\"status\" id=\"copied\"></span></p>\n</section>\n");
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

    /// The link to support. Its address is shown as well, for readers whose browser has no program for emails.
    fn contact(&mut self) {
        let Some(contact) = self.brand.support() else { return };
        self.out.push("<a href=\"");
        if is_web(contact) {
            escaped(contact, self.out);
            self.label("\">", Label::Contact, Value::Text(""), "</a>\n");
        } else {
            mailto(contact, self.request, &self.texts, self.out);
            self.label("\">", Label::Contact, Value::Text(""), "</a>\n<bdi>");
            escaped(contact, self.out);
            self.out.push("</bdi>\n");
        }
    }
}

/// Appends a `mailto:` URL with subject and body (RFC 6068), for an attribute. The reader writes above the details.
fn mailto<O: Output>(address: &str, request: &RequestFacts<'_>, texts: &ProblemTexts<'_, '_>, out: &mut O) {
    let id = texts.problem.entry().id();
    let request_id = texts.problem.request_id();
    out.push("mailto:");
    let mut pieces = address.split('@');
    PercentEncoded(out).push(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push("@");
        PercentEncoded(out).push(piece);
    }
    out.push("?subject=");
    let mut subject = PercentEncoded(out);
    subject.push(id);
    if let Some(request_id) = request_id {
        subject.push(" ");
        subject.push(request_id.as_str());
    }
    out.push("&amp;body=");
    let mut body = PercentEncoded(out);
    body.push("\r\n\r\n");
    line(texts, Label::Identifier, &mut body, |body| body.push(id));
    if let Some(request_id) = request_id {
        line(texts, Label::RequestId, &mut body, |body| body.push(request_id.as_str()));
    }
    if let Some(time) = request.time {
        line(texts, Label::Time, &mut body, |body| time.people(body));
    }
    if request.has_address() {
        line(texts, Label::Address, &mut body, |body| {
            body.push(request.host);
            let (path, rest) = limit::split(request.path, MAX_ADDRESS_IN_MAIL);
            body.push(path);
            body.push(if rest.is_empty() { "" } else { "…" });
        });
    }
}

fn line<O: Output>(texts: &ProblemTexts<'_, '_>, name: Label, body: &mut O, value: impl FnOnce(&mut O)) {
    body.push("\r\n");
    texts.label(name, None, body, &mut Plain::line());
    body.push(": ");
    value(body);
}

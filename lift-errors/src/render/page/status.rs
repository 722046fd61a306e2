//! The page of a status that no entry explains: the title, the way back to the service, and the details for support.

use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::render::brand::Brand;
use crate::render::brand_parts::{self, link};
use crate::render::html::{self, Html, PlainHtml, escaped, language_beside};
use crate::render::page::contact::{self, Details};
use crate::render::page::percent::PercentEncoded;
use crate::render::status_problem::StatusProblem;
use crate::render::text::colon;
use lift_errors_core::vocabulary::Label;

impl StatusProblem<'_> {
    /// Appends the HTML document.
    pub(in crate::render) fn write_page<O: Output>(self, out: &mut O) {
        let none = Brand::new("");
        let brand = self.brand().unwrap_or(&none);
        let locale = self.catalog_locale();
        let style = brand.style().map(|style| style.css);
        html::open(out, self.conventions(), brand.hue(), style, |out| {
            self.write_title(out, &mut PlainHtml);
            if !brand.name().is_empty() {
                out.push(" · ");
                escaped(brand.name(), out);
            }
        });
        brand_parts::header(brand, locale, out);
        out.push("<main>\n<p class=\"id\">HTTP ");
        self.write_number(out);
        out.push("</p>\n<h1>");
        self.write_title(out, &mut Html);
        out.push("</h1>\n");
        if let Some(home) = brand.home() {
            out.push("<p class=\"actions\">\n");
            link(home, out);
            self.write_label(Label::Home, brand.name(), out, &mut Html);
            out.push("</a>\n</p>\n");
        }
        self.write_details(brand, out);
        out.push(brand.section(locale).unwrap_or_default());
        out.push("</main>\n");
        self.write_footer(brand, out);
        out.push("<script>");
        out.push(html::SCRIPT);
        out.push("</script>\n");
        html::close(out);
    }

    fn write_details<O: Output>(self, brand: &Brand<'_>, out: &mut O) {
        if self.request_id().is_none() && brand.support().is_none() {
            return;
        }
        out.push("<section class=\"support\">\n<h2 id=\"support\">");
        self.write_label(Label::Details, "", out, &mut Html);
        out.push("</h2>\n<table id=\"details\" aria-labelledby=\"support\">\n<tbody>\n<tr><th scope=\"row\">");
        self.write_label(Label::Identifier, "", out, &mut Html);
        out.push("</th><td><code>HTTP ");
        self.write_number(out);
        out.push("</code></td></tr>\n");
        if let Some(id) = self.request_id() {
            out.push("<tr><th scope=\"row\">");
            self.write_label(Label::RequestId, "", out, &mut Html);
            out.push("</th><td><code>");
            escaped(id.as_str(), out);
            out.push("</code></td></tr>\n");
        }
        out.push("</tbody>\n</table>\n");
        contact::actions(&self, brand.support(), out);
        out.push("</section>\n");
    }

    fn write_footer<O: Output>(self, brand: &Brand<'_>, out: &mut O) {
        let (own, status_page) = (brand.footer(self.catalog_locale()), brand.status_page());
        if own.is_none() && status_page.is_none() {
            return;
        }
        out.push("<footer>\n");
        if let Some(html) = own {
            out.push(html);
        } else if let Some(url) = status_page {
            out.push("<p>");
            link(url, out);
            self.write_label(Label::StatusPage, "", out, &mut Html);
            out.push("</a></p>\n");
        }
        out.push("</footer>\n");
    }

    fn write_line<O: Output>(self, name: Label, out: &mut O) {
        out.push("\r\n");
        self.write_label(name, "", out, &mut Plain::line());
        out.push(colon(self.label_conventions(name)));
    }
}

impl<O: Output> Details<O> for StatusProblem<'_> {
    fn subject(&self, out: &mut PercentEncoded<'_, O>) {
        out.push("HTTP ");
        self.write_number(out);
        if let Some(id) = self.request_id() {
            out.push(" ");
            out.push(id.as_str());
        }
    }

    fn lines(&self, out: &mut PercentEncoded<'_, O>) {
        self.write_line(Label::Identifier, out);
        out.push("HTTP ");
        self.write_number(out);
        if let Some(id) = self.request_id() {
            self.write_line(Label::RequestId, out);
            out.push(id.as_str());
        }
    }

    fn label<F: Form>(&self, label: Label, out: &mut O, form: &mut F) {
        self.write_label(label, "", out, form);
    }

    fn language(&self, label: Label, out: &mut O) {
        language_beside(self.conventions(), self.label_conventions(label), out);
    }
}

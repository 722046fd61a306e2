//! The error page: one HTML document in the service's brand.

use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::problem::field_error::OMITTED;
use crate::render::brand::{Brand, is_web};
use crate::render::guidance::{self, Sections};
use crate::render::html::{self, Html, HtmlWithLink, PlainHtml, escaped, escaped_value};
use crate::render::text::ProblemTexts;
use core::fmt;
use lift_errors_core::vocabulary::{Audience, Label};

/// An error page: the detail, the causes with their fixes, and the facts that support needs.
///
/// The page loads nothing. Its script only copies the facts for support; the page works without it. Writing the page does
/// not allocate. It shows the texts for people in a browser unless the problem has another audience.
///
/// ```
/// use lift_errors::{Brand, LiftError, Page, lift};
///
/// let brand = Brand::new("OpenBoxes").with_support("support@openboxes.cloud");
/// let error = lift::not_found::new().with_resource("shipment SH-1024");
/// let mut body = String::new();
/// Page::new(error.problem(), &brand).with_path("/shipments/SH-1024").write(&mut body);
/// assert!(body.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\""));
/// assert!(body.contains("The server could not find <bdi>shipment SH-1024</bdi>."));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    problem: Problem<'a>,
    brand: &'a Brand<'a>,
    time: Option<&'a str>,
    path: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// The `Content-Security-Policy` of a response with a page. It allows the page's own style and script, and images in
    /// `data:` URLs.
    pub const CONTENT_SECURITY_POLICY: &'static str = html::CONTENT_SECURITY_POLICY;

    /// Creates the page of a problem.
    pub const fn new(problem: Problem<'a>, brand: &'a Brand<'a>) -> Self {
        Self { problem, brand, time: None, path: None }
    }

    /// Sets the time of the error, for people and for support: any text.
    #[must_use]
    pub const fn with_time(mut self, time: &'a str) -> Self {
        self.time = Some(time);
        self
    }

    /// Sets the path of the request, for people and for support.
    #[must_use]
    pub const fn with_path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Appends the HTML document.
    pub fn write(&self, out: &mut impl Output) {
        write(self, out);
    }

    /// The HTML document, as a `Display`.
    pub fn display(&self) -> impl fmt::Display + use<'a> {
        DisplayedPage(*self)
    }
}

struct DisplayedPage<'a>(Page<'a>);

impl fmt::Display for DisplayedPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.write(&mut out);
        out.finish()
    }
}

fn write<O: Output>(page: &Page<'_>, out: &mut O) {
    let problem = page.problem.or_for_reader(Audience::Browser);
    let mut writer = PageWriter { page, texts: ProblemTexts::new(&problem), out };
    html::open(writer.out, writer.texts.conventions(), page.brand.hue(), |out| {
        writer.texts.write(problem.entry().title(), out, &mut PlainHtml);
        if !page.brand.name().is_empty() {
            out.push(" · ");
            escaped(page.brand.name(), out);
        }
    });
    writer.brand();
    writer.out.push("<main>\n");
    writer.headline();
    writer.field_errors();
    guidance::write(&problem, &mut writer);
    writer.support();
    writer.out.push("</main>\n");
    writer.footer();
    writer.out.push("<script>");
    writer.out.push(html::SCRIPT);
    writer.out.push("</script>\n");
    html::close(writer.out);
}

struct PageWriter<'w, 'a, O> {
    page: &'w Page<'a>,
    texts: ProblemTexts<'w, 'a>,
    out: &'w mut O,
}

impl<O: Output> PageWriter<'_, '_, O> {
    fn text(&mut self, text: Text) {
        self.texts.write(text, self.out, &mut Html);
    }

    /// Writes a text between two pieces of markup.
    fn element(&mut self, start: &str, text: Text, end: &str) {
        self.out.push(start);
        self.text(text);
        self.out.push(end);
    }

    fn label(&mut self, start: &str, label: Label, value: Value<'_>, end: &str) {
        self.out.push(start);
        self.texts.label(label, Some(value), self.out, &mut Html);
        self.out.push(end);
    }

    fn heading(&mut self, label: Label) {
        self.label("<section>\n<h2>", label, Value::Text(""), "</h2>\n");
    }

    /// Writes text that is not from the catalogue, such as a field error's message.
    fn foreign(&mut self, value: Value<'_>) {
        self.out.push("<bdi>");
        value.show(self.out, self.texts.conventions(), escaped_value);
        self.out.push("</bdi>");
    }

    fn brand(&mut self) {
        let brand = self.page.brand;
        if brand.name().is_empty() && brand.logo().is_none() {
            return;
        }
        self.out.push("<header>");
        if let Some(image) = brand.logo() {
            self.out.push("<img src=\"");
            escaped(image, self.out);
            self.out.push("\" alt=\"\">");
        }
        self.out.push("<span>");
        escaped(brand.name(), self.out);
        self.out.push("</span></header>\n");
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
        self.element("<p class=\"detail\">", self.texts.problem.detail().text(), "</p>\n");
        // Only a draft lacks its meaning.
        if !entry.meaning().is_empty() {
            self.element("<p>", entry.meaning(), "</p>\n");
        }
    }

    fn field_errors(&mut self) {
        let Some(errors) = self.texts.problem.field_errors() else { return };
        self.heading(Label::Fields);
        self.out.push("<ul>\n");
        let locale = self.texts.problem.catalog_locale();
        for error in errors.shown() {
            self.out.push("<li>");
            // The empty pointer is the whole document, which does not have a name.
            if error.label().is_some() || !error.pointer().is_empty() {
                self.out.push("<strong>");
                match error.label() {
                    Some(label) => self.foreign(Value::Display(&label.in_locale(locale))),
                    None => self.foreign(Value::Display(&error.field())),
                }
                self.out.push("</strong>: ");
            }
            match error.violation().plain_message() {
                Some(message) => self.foreign(Value::Text(message)),
                None => error.violation().write(self.out, &mut Html, locale),
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

    /// The facts that support needs.
    fn support(&mut self) {
        let entry = self.texts.problem.entry();
        self.label("<section class=\"support\">\n<h2>", Label::Details, Value::Text(""), "</h2>\n");
        if !entry.support().is_empty() {
            self.element("<p>", entry.support(), "</p>\n");
        }
        self.out.push("<ul class=\"details\" id=\"details\">\n");
        self.label("<li>", Label::Identifier, Value::Text(entry.id()), "</li>\n");
        if let Some(id) = self.texts.problem.request_id() {
            self.label("<li>", Label::Request, Value::Text(id.as_str()), "</li>\n");
        }
        if let Some(time) = self.page.time {
            self.label("<li>", Label::Time, Value::Text(time), "</li>\n");
        }
        if let Some(path) = self.page.path {
            self.label("<li>", Label::Address, Value::Text(path), "</li>\n");
        }
        self.out.push("</ul>\n<p><button type=\"button\" id=\"copy\" hidden aria-live=\"polite\" data-done=\"");
        self.texts.label(Label::Copied, None, self.out, &mut PlainHtml);
        self.label("\">", Label::Copy, Value::Text(""), "</button></p>\n");
        if let Some(contact) = self.page.brand.support() {
            self.out.push("<p><a href=\"");
            self.out.push(if is_web(contact) { "" } else { "mailto:" });
            escaped(contact, self.out);
            self.out.push("\"><bdi>");
            escaped(contact, self.out);
            self.out.push("</bdi></a></p>\n");
        }
        self.out.push("</section>\n");
    }

    fn footer(&mut self) {
        self.out.push("<footer>\n");
        if let Some(href) = self.page.brand.status_page() {
            self.out.push("<p><a href=\"");
            escaped(href, self.out);
            self.label("\">", Label::StatusPage, Value::Text(""), "</a></p>\n");
        }
        self.out.push("<p>");
        let mut form = HtmlWithLink(self.texts.problem.entry());
        self.texts.label(Label::More, Some(Value::Text("")), self.out, &mut form);
        self.out.push("</p>\n</footer>\n");
    }
}

impl<O: Output> Sections for PageWriter<'_, '_, O> {
    fn section_start(&mut self, heading: Label) {
        self.heading(heading);
        let has_causes = matches!(heading, Label::Cause | Label::Causes);
        self.out.push(if has_causes { "<ul class=\"causes\">\n" } else { "<ul>\n" });
    }

    fn cause(&mut self, text: Text, fixes: &mut dyn Iterator<Item = Text>) {
        self.element("<li>\n<p>", text, "</p>\n");
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

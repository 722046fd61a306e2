//! The error page: one HTML document in the service's brand.

use crate::catalog::guidance::Fix;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::render::brand::{Brand, is_web};
use crate::render::html::{self, Html, PlainHtml, escaped};
use crate::render::label;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::{Audience, Label};

/// One occurrence of an error as a page: what happened, what may have caused it and what cures that, and what support
/// needs to know.
///
/// The page loads nothing, works without its script, which only copies the details for support, and is written
/// without allocating. It shows the texts for people in a browser, unless the problem names another audience.
///
/// ```
/// use lift_errors::{Brand, LiftError, Page, lift};
///
/// let brand = Brand::new("OpenBoxes").with_support("support@openboxes.cloud");
/// let error = lift::not_found::new().with_resource("shipment SH-1024");
/// let mut body = String::new();
/// Page::new(error.problem(), &brand).with_address("/shipments/SH-1024").write(&mut body);
/// assert!(body.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\""));
/// assert!(body.contains("The server could not find <bdi>shipment SH-1024</bdi>."));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    problem: Problem<'a>,
    brand: &'a Brand<'a>,
    time: Option<&'a str>,
    address: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// What a response with a page has as its `Content-Security-Policy`: nothing but the page's own style, its own
    /// script and images that are in it.
    pub const CONTENT_SECURITY_POLICY: &'static str = html::CONTENT_SECURITY_POLICY;

    /// A page about a problem.
    pub const fn new(problem: Problem<'a>, brand: &'a Brand<'a>) -> Self {
        Self { problem, brand, time: None, address: None }
    }

    /// Says when the error happened, for people and for support to read.
    #[must_use]
    pub const fn with_time(mut self, time: &'a str) -> Self {
        self.time = Some(time);
        self
    }

    /// Says what was asked for.
    #[must_use]
    pub const fn with_address(mut self, address: &'a str) -> Self {
        self.address = Some(address);
        self
    }

    /// Appends the document.
    pub fn write(&self, out: &mut impl Output) {
        write(self, out);
    }

    /// The document, for anything that takes a `Display`.
    pub fn display(&self) -> impl fmt::Display + use<'a> {
        Displayed(*self)
    }
}

struct Displayed<'a>(Page<'a>);

impl fmt::Display for Displayed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.write(&mut out);
        out.finish()
    }
}

/// Appends the page.
fn write<O: Output>(page: &Page<'_>, out: &mut O) {
    let problem = page.problem.or_for_reader(Audience::Browser);
    let language = problem.entry().catalog().texts(problem.locale()).conventions();
    let mut writer = Writer { page, problem, language, out };
    html::open(writer.out, language, page.brand.hue(), |out| {
        problem.write_text(problem.entry().title(), out, &mut PlainHtml);
        if !page.brand.name().is_empty() {
            out.push(" · ");
            escaped(page.brand.name(), out);
        }
    });
    writer.brand();
    writer.out.push("<main>\n");
    writer.headline();
    writer.field_errors();
    writer.remedies();
    writer.notes();
    writer.support();
    writer.out.push("</main>\n");
    writer.footer();
    writer.out.push("<script>");
    writer.out.push(html::SCRIPT);
    writer.out.push("</script>\n");
    html::close(writer.out);
}

struct Writer<'w, 'a, O> {
    page: &'w Page<'a>,
    problem: Problem<'a>,
    language: &'static Conventions,
    out: &'w mut O,
}

impl<O: Output> Writer<'_, '_, O> {
    fn text(&mut self, text: Text) {
        self.problem.write_text(text, self.out, &mut Html);
    }

    /// A text between two pieces of markup.
    fn element(&mut self, start: &str, text: Text, end: &str) {
        self.out.push(start);
        self.text(text);
        self.out.push(end);
    }

    fn label(&mut self, start: &str, label: Label, value: Value<'_>, end: &str) {
        self.out.push(start);
        let (text, locale) = (label::text(&self.problem, label), self.problem.catalog_locale());
        text.write(self.out, &mut Html, locale, |_| Some(value));
        self.out.push(end);
    }

    fn heading(&mut self, label: Label) {
        self.label("<section>\n<h2>", label, Value::Text(""), "</h2>\n");
    }

    /// PlainHtml of the service's own.
    fn foreign(&mut self, value: Value<'_>) {
        self.out.push("<bdi>");
        value.show(self.out, self.language, escaped);
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
        let entry = self.problem.entry();
        self.out.push("<p class=\"id\">");
        self.out.push(entry.id());
        if let Some(status) = entry.status() {
            self.out.push(" · HTTP ");
            Value::Unsigned(u64::from(status)).machine(self.out, |_, _| {});
        }
        self.element("</p>\n<h1>", entry.title(), "</h1>\n");
        self.element("<p class=\"detail\">", self.problem.detail().text(), "</p>\n");
        self.element("<p>", entry.meaning(), "</p>\n");
    }

    fn field_errors(&mut self) {
        let Some(errors) = self.problem.field_errors() else { return };
        self.heading(Label::Fields);
        self.out.push("<ul>\n");
        for error in errors {
            self.out.push("<li>");
            // The empty pointer is the whole document, which has no name.
            if !error.pointer().is_empty() {
                let field = error.field();
                self.out.push("<strong>");
                self.foreign(Value::Display(&field));
                self.out.push("</strong>: ");
            }
            self.foreign(Value::Text(error.message()));
            self.out.push("</li>\n");
        }
        self.out.push("</ul>\n</section>\n");
    }

    /// Causes with what cures each, then what helps in general.
    fn remedies(&mut self) {
        let problem = self.problem;
        let heading = if problem.visible_cause().is_some() { Label::Cause } else { Label::Causes };
        let mut first = true;
        for cause in problem.causes() {
            if core::mem::take(&mut first) {
                self.heading(heading);
                self.out.push("<ul class=\"causes\">\n");
            }
            self.element("<li>\n<p>", cause.text(), "</p>\n");
            let cures = cause.fixes().filter(|fix| problem.is_for_reader(fix.audience()));
            self.list(cures);
            self.out.push("</li>\n");
        }
        self.out.push(if first { "" } else { "</ul>\n</section>\n" });
        let shown_with_causes = |fix: &Fix| problem.causes().any(|cause| cause.fixes().any(|cure| cure == *fix));
        let general = || problem.fixes().filter(|fix| !shown_with_causes(fix));
        if general().next().is_some() {
            self.heading(Label::Fixes);
            self.list(general());
            self.out.push("</section>\n");
        }
    }

    fn list(&mut self, fixes: impl Iterator<Item = Fix>) {
        let mut first = true;
        for fix in fixes {
            self.out.push(if core::mem::take(&mut first) { "<ul>\n" } else { "" });
            self.element("<li>", fix.text(), "</li>\n");
        }
        self.out.push(if first { "" } else { "</ul>\n" });
    }

    fn notes(&mut self) {
        let mut first = true;
        for note in self.problem.notes() {
            if core::mem::take(&mut first) {
                self.heading(Label::Notes);
                self.out.push("<ul>\n");
            }
            self.element("<li>", note.text(), "</li>\n");
        }
        self.out.push(if first { "" } else { "</ul>\n</section>\n" });
    }

    /// What support needs, and where it is.
    fn support(&mut self) {
        let entry = self.problem.entry();
        self.label("<section class=\"support\">\n<h2>", Label::Details, Value::Text(""), "</h2>\n");
        if !entry.support().is_empty() {
            self.element("<p>", entry.support(), "</p>\n");
        }
        self.out.push("<ul class=\"details\" id=\"details\">\n");
        self.label("<li>", Label::Identifier, Value::Text(entry.id()), "</li>\n");
        if let Some(id) = self.problem.request_id() {
            self.label("<li>", Label::Request, Value::Text(id.as_str()), "</li>\n");
        }
        if let Some(time) = self.page.time {
            self.label("<li>", Label::Time, Value::Text(time), "</li>\n");
        }
        if let Some(address) = self.page.address {
            self.label("<li>", Label::Address, Value::Text(address), "</li>\n");
        }
        self.out.push("</ul>\n<p><button type=\"button\" id=\"copy\" hidden aria-live=\"polite\" data-done=\"");
        let (text, locale) = (label::text(&self.problem, Label::Copied), self.problem.catalog_locale());
        text.write(self.out, &mut PlainHtml, locale, |_| None);
        self.label("\">", Label::Copy, Value::Text(""), "</button></p>\n");
        if let Some(address) = self.page.brand.support() {
            self.out.push("<p><a href=\"");
            self.out.push(if is_web(address) { "" } else { "mailto:" });
            escaped(address, self.out);
            self.out.push("\"><bdi>");
            escaped(address, self.out);
            self.out.push("</bdi></a></p>\n");
        }
        self.out.push("</section>\n");
    }

    fn footer(&mut self) {
        self.out.push("<footer>\n");
        if let Some(address) = self.page.brand.status_page() {
            self.out.push("<p><a href=\"");
            escaped(address, self.out);
            self.label("\">", Label::StatusPage, Value::Text(""), "</a></p>\n");
        }
        let address = self.problem.entry().type_uri();
        self.out.push("<p>");
        let (text, locale) = (label::text(&self.problem, Label::More), self.problem.catalog_locale());
        text.write(self.out, &mut html::Linked, locale, |_| Some(Value::Display(&address)));
        self.out.push("</p>\n</footer>\n");
    }
}

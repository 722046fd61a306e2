//! A status that no entry explains: `about:blank`, a title, the retry contract of its class, and no code (RFC 9457 §4.2.1).

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::lift;
use crate::locale::Locale;
use crate::message::markup::{Form, Plain};
use crate::message::output::{Formatted, Output};
use crate::problem::request_id::RequestId;
use crate::render::brand::Brand;
use crate::render::format::Format;
use crate::render::json::Json;
use crate::render::markdown::Markdown;
use crate::render::{front_matter, headers, text};
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::{Label, RetryKind};
use lift_errors_core::{display, status};

/// A problem that consists of a status only.
///
/// Its title is that of the catalogue's entry for the status. A status without an entry is read as the first of its class, 400
/// or 500, as RFC 9110 §15 asks of clients: the title is that entry's, and the retry contract that of the class.
///
/// ```
/// use lift_errors::{Format, Locale, StatusProblem};
///
/// let problem = StatusProblem::new(418).unwrap();
/// assert_eq!(
///     problem.display(Format::ProblemDetails).to_string(),
///     r#"{"type":"about:blank","title":"Bad Request","status":418,"retry":{"kind":"after_change"}}"#,
/// );
/// assert!(StatusProblem::new(200).is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct StatusProblem<'a> {
    status: u16,
    request_id: Option<RequestId<'a>>,
    locale: Locale,
    catalog: &'static Catalog,
    brand: Option<&'a Brand<'a>>,
}

impl<'a> StatusProblem<'a> {
    /// Creates the problem of a status from 400 to 599, in English.
    pub fn new(status: u16) -> Option<Self> {
        let problem = Self { status, request_id: None, locale: Locale::EN, catalog: &lift::CATALOG, brand: None };
        status::ERRORS.contains(&status).then_some(problem)
    }

    /// Sets the id of the request.
    #[must_use]
    pub const fn with_request_id(mut self, id: RequestId<'a>) -> Self {
        self.request_id = Some(id);
        self
    }

    /// Sets the language of the title.
    #[must_use]
    pub const fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// Sets the catalogue that the title comes from, in place of the canonical one. If it has none for the status alone, the title
    /// is canonical: an entry that needs values, such as the number of a parcel, is about less than its status.
    #[must_use]
    pub const fn with_catalog(mut self, catalog: &'static Catalog) -> Self {
        self.catalog = catalog;
        self
    }

    /// Sets the brand of the page. One with its own style sheet has [its own policy](Brand::content_security_policy).
    ///
    /// ```
    /// use lift_errors::{Brand, Format, StatusProblem};
    ///
    /// let brand = Brand::new("OpenBoxes").with_home("/");
    /// let page = StatusProblem::new(418).unwrap().with_brand(&brand).display(Format::Html).to_string();
    /// assert!(page.contains("<a href=\"/\">Back to <bdi>OpenBoxes</bdi></a>"));
    /// ```
    #[must_use]
    pub const fn with_brand(mut self, brand: &'a Brand<'a>) -> Self {
        self.brand = Some(brand);
        self
    }

    /// The status.
    pub const fn status(self) -> u16 {
        self.status
    }

    /// HTTP's phrase for the status, in English. An unregistered status has the phrase of its class.
    pub const fn phrase(self) -> &'static str {
        status::phrase(self.status)
    }

    /// The retry contract of the status's class: a 4xx fails again until the request is changed, a 5xx may pass, but the
    /// request may be half done.
    pub const fn retry(self) -> Retry {
        let kind = if self.status < 500 { RetryKind::AfterChange } else { RetryKind::Idempotent };
        Retry::new(kind, None)
    }

    /// The title of the entry for the status, else of the entry for its class.
    fn title(self) -> Option<Text> {
        let entry_of = |status| {
            let canonical = lift::CATALOG.default_entry(status);
            // A service's only 404 may be about less than the status, such as a parcel.
            let is_whole = |own: &Entry| own.needs_no_value() || canonical.is_some_and(|it| it.code() == own.code());
            self.catalog.default_entry(status).filter(is_whole).or(canonical)
        };
        Some(entry_of(self.status).or_else(|| entry_of(self.status / 100 * 100))?.title())
    }

    pub(super) const fn request_id(self) -> Option<RequestId<'a>> {
        self.request_id
    }

    pub(super) const fn brand(self) -> Option<&'a Brand<'a>> {
        self.brand
    }

    /// The locale of the labels, in which the brand's parts are written, too.
    pub(super) fn catalog_locale(self) -> Locale {
        self.catalog.locale(self.locale)
    }

    pub(super) fn write_number<O: Output>(self, out: &mut O) {
        display::digits(u64::from(self.status), &mut |digits| out.push(digits));
    }

    pub(super) fn write_title<O: Output, F: Form>(self, out: &mut O, form: &mut F) {
        match self.title() {
            Some(title) => title.write(out, form, self.locale, |_| None),
            None => out.push(self.phrase()),
        }
    }

    pub(super) fn write_label<O: Output, F: Form>(self, label: Label, value: &str, out: &mut O, form: &mut F) {
        let (texts, value) = (self.catalog.texts(self.locale), Some(Value::Text(value)));
        // The title of another catalogue may be in another language, and the page with it.
        match self.catalog.ptr_eq(&lift::CATALOG) {
            true => text::write_label(self.catalog, texts, label, value, out, form),
            false => text::write_label_on_page(self.conventions(), self.catalog, texts, label, value, out, form),
        }
    }

    /// The conventions of the language that a label is in.
    pub(super) fn label_conventions(self, label: Label) -> &'static Conventions {
        text::label_conventions(self.catalog, self.catalog.texts(self.locale), label)
    }

    /// The conventions of the title's language.
    pub(super) fn conventions(self) -> &'static Conventions {
        static ENGLISH: Conventions = Conventions::english(Locale::EN.number());
        self.title().map_or(&ENGLISH, |title| title.conventions(self.locale))
    }

    /// Appends the problem in a format.
    pub fn write(self, format: Format, out: &mut impl Output) {
        match format {
            Format::ProblemDetails => {
                out.push("{\"type\":\"about:blank\",\"title\":\"");
                self.write_title(out, &mut Json);
                out.push("\",\"status\":");
                self.write_number(out);
                for piece in [",\"retry\":{\"kind\":\"", self.retry().kind().as_str(), "\"}"] {
                    out.push(piece);
                }
                if let Some(id) = self.request_id {
                    for piece in
                        [",\"instance\":\"", id.urn_prefix(), id.as_str(), "\",\"request_id\":\"", id.as_str(), "\""]
                    {
                        out.push(piece);
                    }
                }
                out.push("}");
            }
            Format::Envelope => {
                out.push("{\"errorCode\":");
                self.write_number(out);
                out.push(",\"errorMessage\":\"");
                self.write_title(out, &mut Json);
                out.push("\"");
                if let Some(id) = self.request_id {
                    for piece in [",\"requestId\":\"", id.as_str(), "\""] {
                        out.push(piece);
                    }
                }
                out.push("}");
            }
            Format::Html => self.write_page(out),
            Format::Markdown => {
                front_matter::write_status(self.status, self.retry(), self.request_id, out);
                self.write_lines(out, Markdown::default);
            }
            Format::PlainText | Format::Terminal { .. } => self.write_lines(out, Plain::text),
        }
    }

    fn write_lines<O: Output, F: Form>(self, out: &mut O, form: fn() -> F) {
        self.write_title(out, &mut form());
        out.push(", HTTP ");
        self.write_number(out);
        if let Some(id) = self.request_id {
            out.push("\n\n");
            self.write_label(Label::Request, id.as_str(), out, &mut form());
        }
        out.push("\n");
    }

    /// The problem in a format, as a `Display`.
    pub fn display(self, format: Format) -> impl fmt::Display + use<'a> {
        DisplayedStatus { problem: self, format }
    }

    /// Calls `write` with each header of the response, as [`Problem::headers`](crate::Problem::headers) does.
    pub fn headers(self, format: Format, mut write: impl FnMut(&'static str, &str)) {
        self.header_texts(format, |name, value| value.with_str(|value| write(name, value)));
    }

    /// The same, with the values that are known at build time.
    pub(crate) fn header_texts(self, format: Format, mut write: impl FnMut(&'static str, headers::Text<'_>)) {
        headers::common(format, self.conventions().tag, &mut write);
        write(headers::LIFT_RETRY, headers::Text::Static(self.retry().kind().as_str()));
    }
}

struct DisplayedStatus<'a> {
    problem: StatusProblem<'a>,
    format: Format,
}

impl fmt::Display for DisplayedStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.problem.write(self.format, &mut out);
        out.finish()
    }
}

//! The error page: one HTML document in the service's brand.

mod actions;
mod contact;
mod details;
mod percent;
mod repetition;
mod request_facts;
mod status;
mod utc_time;
mod writer;

use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::render::brand::Brand;
use crate::render::html;
use core::fmt;
use core::time::Duration;
use request_facts::RequestFacts;
use utc_time::UtcTime;

/// An error page: what happened, what the reader can do now, the causes with their fixes, and the details that support needs.
///
/// The page loads nothing, and works without its script, which copies the details, counts the time to wait down and writes the
/// time in the reader's language. Writing the page does not allocate. It shows the texts for people in a browser unless the
/// problem has another audience.
///
/// ```
/// use lift_errors::{Brand, LiftError, Page, lift};
///
/// let brand = Brand::new("OpenBoxes").with_home("/").with_support("support@openboxes.cloud");
/// let error = lift::not_found::new().with_resource("shipment SH-1024");
/// let mut body = String::new();
/// let page = Page::new(error.problem(), &brand).with_method("GET");
/// page.with_host("acme.openboxes.cloud").with_path("/shipments/SH-1024").write(&mut body);
/// assert!(body.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\""));
/// assert!(body.contains("The server could not find <bdi>shipment SH-1024</bdi>."));
/// assert!(body.contains("acme.openboxes.cloud/shipments/SH-1024"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    problem: Problem<'a>,
    brand: &'a Brand<'a>,
    request: RequestFacts<'a>,
}

impl<'a> Page<'a> {
    /// The `Content-Security-Policy` of a response with a page. It allows the page's own style and script, and images in
    /// `data:` URLs. A brand with its own style sheet has [its own policy](Brand::content_security_policy).
    pub const CONTENT_SECURITY_POLICY: &'static str = html::CONTENT_SECURITY_POLICY;

    /// Creates the page of a problem.
    pub const fn new(problem: Problem<'a>, brand: &'a Brand<'a>) -> Self {
        let request = RequestFacts { is_get: false, host: "", path: "", time: None };
        Self { problem, brand, request }
    }

    /// Sets the time of the error, since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use lift_errors::{Brand, LiftError, Page, lift};
    /// use std::time::{SystemTime, UNIX_EPOCH};
    ///
    /// let error = lift::Error::not_found();
    /// let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    /// let page = Page::new(error.problem(), &Brand::new("OpenBoxes")).with_time(now).display().to_string();
    /// assert!(page.contains("<time datetime=\"20"));
    /// ```
    #[must_use]
    pub const fn with_time(mut self, since_epoch: Duration) -> Self {
        self.request.time = Some(UtcTime::new(since_epoch));
        self
    }

    /// Sets the method of the request. The page of a GET offers to try again if the error's retry contract allows it. A HEAD has
    /// the same page, for its length (RFC 9110 §8.6).
    #[must_use]
    pub fn with_method(mut self, method: &str) -> Self {
        self.request.is_get = matches!(method, "GET" | "HEAD");
        self
    }

    /// Sets the host of the request, with its port if it has one, for people and for support. A text that is not a host is
    /// ignored.
    #[must_use]
    pub fn with_host(mut self, host: &'a str) -> Self {
        self.request.set_host(host);
        self
    }

    /// Sets the path of the request, for people and for support.
    #[must_use]
    pub const fn with_path(mut self, path: &'a str) -> Self {
        self.request.path = path;
        self
    }

    /// Appends the HTML document.
    pub fn write(&self, out: &mut impl Output) {
        writer::write(&self.problem, self.brand, &self.request, out);
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

//! The error page: one HTML document for the person who sees it, in the brand of the service. How texts become
//! HTML is `render::html`'s business.

use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::render::{self, html};
use core::fmt;

/// How a service's pages look: its name, its logo, its colour, where its readers find help.
///
/// ```
/// use lift_errors::Brand;
///
/// const BRAND: Brand<'static> = Brand::new("OpenBoxes").with_hue(160).with_support("support@openboxes.cloud");
/// # let _ = BRAND;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Brand<'a> {
    name: &'a str,
    logo: Option<&'a str>,
    hue: u16,
    support: Option<&'a str>,
    status_page: Option<&'a str>,
}

impl<'a> Brand<'a> {
    /// The brand of a service that is called `name`.
    pub const fn new(name: &'a str) -> Self {
        Self { name, logo: None, hue: 210, support: None, status_page: None }
    }

    /// Shows a logo before the name: an image as a `data:` address. One from elsewhere is left out, for a page loads
    /// nothing.
    #[must_use]
    pub const fn with_logo(mut self, image: &'a str) -> Self {
        self.logo = Some(image);
        self
    }

    /// The hue of links and marks in degrees, 0 to 359, in steps of ten: 0 is red, 120 green, 240 blue. How light they
    /// are is up to the page, so that they can be read on a light and on a dark ground.
    #[must_use]
    pub const fn with_hue(mut self, degrees: u16) -> Self {
        self.hue = degrees % 360;
        self
    }

    /// Where readers find help: an address of the web, or of electronic mail. The page shows it beside what the error's own
    /// texts say about support.
    #[must_use]
    pub const fn with_support(mut self, address: &'a str) -> Self {
        self.support = Some(address);
        self
    }

    /// The page that says whether the service works, http or https.
    #[must_use]
    pub const fn with_status_page(mut self, address: &'a str) -> Self {
        self.status_page = Some(address);
        self
    }

    pub(crate) const fn name(&self) -> &'a str {
        self.name
    }

    pub(crate) fn logo(&self) -> Option<&'a str> {
        self.logo.filter(|image| image.starts_with("data:image/"))
    }

    pub(crate) const fn hue(&self) -> u16 {
        self.hue
    }

    pub(crate) const fn support(&self) -> Option<&'a str> {
        self.support
    }

    pub(crate) fn status_page(&self) -> Option<&'a str> {
        self.status_page.filter(|address| is_web(address))
    }
}

/// Whether an address is one of the web. `javascript:` is one, too, where a browser meets it.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

impl Default for Brand<'_> {
    fn default() -> Self {
        Self::new("")
    }
}

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
/// let error = lift::Error::not_found().with_resource("shipment SH-1024");
/// let mut body = String::new();
/// Page::new(error.problem(), &brand).with_address("/shipments/SH-1024").write(&mut body);
/// assert!(body.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\""));
/// assert!(body.contains("The server could not find <bdi>shipment SH-1024</bdi>."));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    pub(crate) problem: Problem<'a>,
    pub(crate) brand: &'a Brand<'a>,
    pub(crate) time: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
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
        render::page::write(self, out);
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

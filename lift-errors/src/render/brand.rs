//! The brand that a service's error pages show.

/// The look of a service's error pages: name, logo, colour, and where readers find help.
///
/// ```
/// use lift_errors::Brand;
///
/// const BRAND: Brand<'static> = Brand::new("OpenBoxes").with_hue(160).with_support("support@openboxes.cloud");
/// # let _ = BRAND;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Brand<'a> {
    name: &'a str,
    logo: Option<&'a str>,
    hue: u16,
    support: Option<&'a str>,
    status_page: Option<&'a str>,
}

impl<'a> Brand<'a> {
    /// Creates the brand of a service with a name. The empty name is not shown.
    pub const fn new(name: &'a str) -> Self {
        Self { name, logo: None, hue: 210, support: None, status_page: None }
    }

    /// Sets the logo before the name: an image as a `data:` URL. Any other URL is ignored, because a page loads nothing.
    #[must_use]
    pub const fn with_logo(mut self, url: &'a str) -> Self {
        self.logo = Some(url);
        self
    }

    /// Sets the hue of links and marks, in degrees from 0 to 359, in steps of ten: 0 is red, 120 green, 240 blue. The page
    /// chooses the lightness, so that they are readable on a light and on a dark background.
    #[must_use]
    pub const fn with_hue(mut self, degrees: u16) -> Self {
        self.hue = degrees % 360;
        self
    }

    /// Sets the contact of support: an http or https URL, or an email address. The page shows it after the error's own
    /// text about support.
    #[must_use]
    pub const fn with_support(mut self, contact: &'a str) -> Self {
        self.support = Some(contact);
        self
    }

    /// Sets the URL of the service's status page, http or https. Any other URL is ignored.
    #[must_use]
    pub const fn with_status_page(mut self, url: &'a str) -> Self {
        self.status_page = Some(url);
        self
    }

    pub(crate) const fn name(&self) -> &'a str {
        self.name
    }

    pub(crate) fn logo(&self) -> Option<&'a str> {
        self.logo.filter(|url| url.starts_with("data:image/"))
    }

    pub(crate) const fn hue(&self) -> u16 {
        self.hue
    }

    pub(crate) const fn support(&self) -> Option<&'a str> {
        self.support
    }

    pub(crate) fn status_page(&self) -> Option<&'a str> {
        self.status_page.filter(|url| is_web(url))
    }
}

/// Whether a text is an http or https URL. A browser would run a `javascript:` URL.
pub(crate) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

impl Default for Brand<'_> {
    fn default() -> Self {
        Self::new("")
    }
}

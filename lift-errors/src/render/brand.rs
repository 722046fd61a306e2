//! The brand that a service's error pages show.

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

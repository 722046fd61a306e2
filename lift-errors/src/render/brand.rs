//! The brand that a service's error pages show.

use crate::locale::Locale;
use crate::render::html::CONTENT_SECURITY_POLICY;
use core::fmt;

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
    home: Option<&'a str>,
    login: Option<&'a str>,
    header: Localized<'a>,
    footer: Localized<'a>,
    section: Localized<'a>,
    style: Option<Style<'a>>,
}

/// A piece of HTML by language; the first is for all other languages.
pub(crate) type Localized<'a> = &'a [(&'a str, &'a str)];

/// A style sheet, with its hash for the `Content-Security-Policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Style<'a> {
    pub(crate) css: &'a str,
    /// SHA-256 in Base64.
    #[cfg_attr(not(feature = "page-style"), allow(dead_code, reason = "nothing makes a style then"))]
    hash: [u8; 44],
}

impl Style<'_> {
    pub(crate) fn hash(&self) -> &str {
        core::str::from_utf8(&self.hash).unwrap_or_default()
    }
}

impl<'a> Brand<'a> {
    /// Creates the brand of a service with a name. The empty name is not shown.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            logo: None,
            hue: 210,
            support: None,
            status_page: None,
            home: None,
            login: None,
            header: &[],
            footer: &[],
            section: &[],
            style: None,
        }
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

    /// Sets the contact of support: an http or https URL, or an email address. The page shows it below the details for
    /// support, and writes them into the email. A responder also adds it to plain text and to Markdown.
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

    /// Sets the start page, a path or an http or https URL, to which the name and the link "Back to …" lead. Any other URL
    /// is ignored, and so is a start page of a brand without a name.
    #[must_use]
    pub const fn with_home(mut self, url: &'a str) -> Self {
        self.home = Some(url);
        self
    }

    /// Sets the page where readers log in, a path or an http or https URL. The page of a 401 has a link to it. Any other URL
    /// is ignored.
    #[must_use]
    pub const fn with_login(mut self, url: &'a str) -> Self {
        self.login = Some(url);
        self
    }

    /// Sets the content of the page's `<header>`, in place of logo and name: HTML in each language, of which the first is for
    /// all others, each with its tag. It is written as it is. Forms in it can be sent to the page's own origin; scripts, `style`
    /// attributes and images that are not `data:` URLs do not work.
    ///
    /// ```
    /// use lift_errors::Brand;
    ///
    /// const BRAND: Brand<'static> = Brand::new("Warehouse")
    ///     .with_header(&[("en", "<a href=\"/\">Warehouse</a>"), ("de", "<a href=\"/\">Lager</a>")]);
    /// # let _ = BRAND;
    /// ```
    #[must_use]
    pub const fn with_header(mut self, html: &'a [(&'a str, &'a str)]) -> Self {
        self.header = html;
        self
    }

    /// Sets the content of the page's `<footer>`, in place of the links to the status page and the reference, as
    /// [`with_header`](Self::with_header) does.
    #[must_use]
    pub const fn with_footer(mut self, html: &'a [(&'a str, &'a str)]) -> Self {
        self.footer = html;
        self
    }

    /// Sets more sections, each a `<section>` with an `<h2>`, after the page's own, as [`with_header`](Self::with_header)
    /// does.
    #[must_use]
    pub const fn with_section(mut self, html: &'a [(&'a str, &'a str)]) -> Self {
        self.section = html;
        self
    }

    /// Adds a style sheet after the page's own, whose tokens and classes it may set: `--bg`, `--soft`, `--fg`, `--dim`,
    /// `--line`, `--accent`, `--warn` and `--warn-bg` are the colours. A style sheet that sets one for `:root` sets it for the
    /// dark page, too, so it has to set it again in `@media (prefers-color-scheme: dark)`. In print and in forced colours the
    /// page's own colours apply. The style sheet loads nothing. One that contains `<` is ignored.
    ///
    /// Make such a brand a constant: its hash is then computed at compile time. A service that writes the page itself sends
    /// [`content_security_policy`](Self::content_security_policy).
    ///
    /// ```
    /// use lift_errors::Brand;
    ///
    /// const BRAND: Brand<'static> = Brand::new("Warehouse").with_style(
    ///     ":root{--accent:#06c}@media(prefers-color-scheme:dark){:root{--accent:#6af}}h1{font-weight:400}",
    /// );
    /// assert!(BRAND.content_security_policy().to_string().contains("' 'sha256-"));
    /// ```
    #[cfg(feature = "page-style")]
    #[must_use]
    pub const fn with_style(mut self, css: &'a str) -> Self {
        self.style = match hash::contains_less_than(css) {
            true => None,
            false => Some(Style { css, hash: hash::sha256_base64(css) }),
        };
        self
    }

    /// The `Content-Security-Policy` of this brand's pages: [`Page::CONTENT_SECURITY_POLICY`](crate::Page), which allows the
    /// brand's own style sheet as well.
    pub fn content_security_policy(&self) -> impl fmt::Display + use<'a> {
        Policy(self.style)
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

    pub(crate) fn home(&self) -> Option<&'a str> {
        self.home.filter(|url| is_link(url) && !self.name.is_empty())
    }

    pub(crate) fn login(&self) -> Option<&'a str> {
        self.login.filter(|url| is_link(url))
    }

    pub(crate) fn header(&self, locale: Locale) -> Option<&'a str> {
        in_locale(self.header, locale)
    }

    pub(crate) fn footer(&self, locale: Locale) -> Option<&'a str> {
        in_locale(self.footer, locale)
    }

    pub(crate) fn section(&self, locale: Locale) -> Option<&'a str> {
        in_locale(self.section, locale)
    }

    pub(crate) const fn style(&self) -> Option<Style<'a>> {
        self.style
    }
}

fn in_locale<'a>(parts: Localized<'a>, locale: Locale) -> Option<&'a str> {
    let own = parts.iter().find(|(own, _)| *own == locale.tag());
    own.or(parts.first()).map(|(_, html)| *html)
}

struct Policy<'a>(Option<Style<'a>>);

impl fmt::Display for Policy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, CONTENT_SECURITY_POLICY.split_once("; script-src")) {
            (Some(style), Some((before, after))) => {
                write!(f, "{before} 'sha256-{}'; script-src{after}", style.hash())
            }
            _ => f.write_str(CONTENT_SECURITY_POLICY),
        }
    }
}

/// Whether a text is an http or https URL. A browser would run a `javascript:` URL.
pub(crate) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether a text is an http or https URL, or a path or a fragment of this host. Browsers leave out tabs and line breaks, and
/// read `\\` as `/` (WHATWG URL §4.4): `/\t/host` and `/\\host` would be other hosts.
pub(crate) fn is_link(url: &str) -> bool {
    let is_path = url.starts_with('#') || (url.starts_with('/') && !url.starts_with("//"));
    is_web(url) || (is_path && !url.contains(|character: char| character.is_control() || character == '\\'))
}

#[cfg(feature = "page-style")]
mod hash {
    use sha2_const_stable::Sha256;

    /// Whether a text contains `<`. `str::contains` is not `const`.
    pub(super) const fn contains_less_than(text: &str) -> bool {
        let mut rest = text.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first == b'<' {
                return true;
            }
            rest = tail;
        }
        false
    }

    /// The hash as a policy has it. Its 32 bytes are ten groups of three, and two more (RFC 4648 §4).
    #[allow(
        clippy::indexing_slicing,
        reason = "constant evaluation has no iterators; the places are below the lengths"
    )]
    pub(super) const fn sha256_base64(text: &str) -> [u8; 44] {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let hash = Sha256::new().update(text.as_bytes()).finalize();
        let mut written = [b'='; 44];
        let mut digit = 0;
        while digit < 43 {
            let bit = digit * 6;
            let (byte, shift) = (bit / 8, bit % 8);
            let next = if byte + 1 < hash.len() { hash[byte + 1] } else { 0 };
            let word = ((hash[byte] as u16) << 8 | next as u16) << shift;
            written[digit] = DIGITS[(word >> 10) as usize];
            digit += 1;
        }
        written
    }
}

impl Default for Brand<'_> {
    fn default() -> Self {
        Self::new("")
    }
}

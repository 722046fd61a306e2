//! The parts of a page that only the brand decides.

use crate::locale::Locale;
use crate::message::output::Output;
use crate::render::brand::Brand;
use crate::render::html::escaped;

/// Appends the `<header>`: the brand's own, else logo and name, a link to the start page.
pub(super) fn header<O: Output>(brand: &Brand<'_>, locale: Locale, out: &mut O) {
    let own = brand.header(locale);
    if own.is_none() && brand.name().is_empty() && brand.logo().is_none() {
        return;
    }
    out.push("<header>");
    match own {
        Some(html) => out.push(html),
        None => name(brand, out),
    }
    out.push("</header>\n");
}

fn name<O: Output>(brand: &Brand<'_>, out: &mut O) {
    if let Some(home) = brand.home() {
        link(home, out);
    }
    if let Some(image) = brand.logo() {
        out.push("<img src=\"");
        escaped(image, out);
        out.push("\" alt=\"\">");
    }
    out.push("<span>");
    escaped(brand.name(), out);
    out.push(if brand.home().is_some() { "</span></a>" } else { "</span>" });
}

/// Appends the start of a link.
pub(super) fn link<O: Output>(url: &str, out: &mut O) {
    out.push("<a href=\"");
    escaped(url, out);
    out.push("\">");
}

//! The contact of support below an error as text. A page has a link, and its details in an email.

use crate::catalog::Catalog;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::markup::Plain;
use crate::message::output::Output;
use crate::render::format::Format;
use crate::render::markdown::Markdown;
use crate::render::readable::Marks;
use crate::render::text::{colon, label_conventions, write_label};
use lift_errors_core::vocabulary::Label;

/// Appends a line with the contact to plain text and to Markdown. JSON is for programs, which do not write to support.
pub(crate) fn write(contact: &str, format: Format, catalog: &'static Catalog, locale: Locale, out: &mut impl Output) {
    let texts = catalog.texts(locale);
    out.push(match format {
        Format::PlainText | Format::Markdown => "\n",
        _ => return,
    });
    let (before, after) = if format == Format::Markdown { Markdown::URL } else { Plain::URL };
    write_label(catalog, texts, Label::Contact, Some(Value::Text("")), out, &mut Plain::text());
    for piece in [colon(label_conventions(catalog, texts, Label::Contact)), before, contact, after, "\n"] {
        out.push(piece);
    }
}

//! Showing a catalogue that a program has read at run time. The command `lift-errors` calls these functions; generated code does
//! not.

use crate::catalog::Catalog;
use crate::catalog::text::Text;
use crate::locale::Locale;
use crate::message::markup::Plain;
use crate::problem::Problem;
use crate::render::html::Html;
use crate::render::markdown::Markdown;
use crate::render::text::{label_conventions, write_label};
use alloc::string::String;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::Label;

/// The markup of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMarkup {
    /// None: for a terminal, or JSON.
    None,
    /// CommonMark.
    Markdown,
    /// The content of an HTML element.
    Html,
}

/// One text of a problem's entry, with the problem's values.
pub fn text_of(problem: &Problem<'_>, text: Text, markup: TextMarkup) -> String {
    let mut out = String::new();
    match markup {
        TextMarkup::None => problem.write_text(text, &mut out, &mut Plain::line()),
        TextMarkup::Markdown => problem.write_text(text, &mut out, &mut Markdown::default()),
        TextMarkup::Html => problem.write_text(text, &mut out, &mut Html),
    }
    out
}

/// A label without a value, and the conventions of its language: a catalogue without the label has the canonical one.
pub fn label_of(catalog: &'static Catalog, locale: Locale, label: Label) -> (String, &'static Conventions) {
    let (mut out, texts) = (String::new(), catalog.texts(locale));
    write_label(catalog, texts, label, None, &mut out, &mut Plain::line());
    (out, label_conventions(catalog, texts, label))
}

/// The conventions of the language in which a text is written in a locale: one that is not translated falls back to another.
pub fn language_of(text: Text, locale: Locale) -> &'static Conventions {
    text.conventions(locale)
}

/// Whether the texts of a catalogue in a locale are read from right to left.
pub fn is_right_to_left(catalog: &'static Catalog, locale: Locale) -> bool {
    catalog.texts(locale).conventions().right_to_left
}

/// The status of gRPC for a problem, in the problem's language.
#[cfg(feature = "tonic")]
pub fn grpc_status(problem: &Problem<'_>) -> tonic::Status {
    crate::grpc::status(problem, &http::HeaderMap::new())
}

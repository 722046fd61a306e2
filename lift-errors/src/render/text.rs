//! The texts of an entry, written for one occurrence of the error.

use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::catalog::{Catalog, Texts};
use crate::locale::Locale;
use crate::message::interpreter;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::problem::Problem;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::vocabulary::Label;

impl Problem<'_> {
    /// Appends a text of the catalogue in the problem's locale, with the error's values.
    #[inline]
    pub(crate) fn write_text<O: Output, F: Form>(&self, text: Text, out: &mut O, form: &mut F) {
        let error = self.error();
        text.write(out, form, self.locale(), |number| error.__parameter(number));
    }

    /// Appends a document of the entry, by its number, in the problem's locale, with the error's values.
    #[inline]
    pub(crate) fn write_document<O: Output, F: Form>(&self, number: u32, out: &mut O, form: &mut F) {
        let (error, entry) = (self.error(), self.entry());
        let texts = entry.catalog().texts(self.locale());
        interpreter::write_document(entry, texts, number, out, form, &|number| error.__parameter(number));
    }

    /// The conventions of the texts' language.
    pub(crate) fn conventions(&self) -> &'static Conventions {
        self.entry().catalog().texts(self.locale()).conventions()
    }

    /// The locale of the texts in the entry's catalogue, in which other catalogues' texts on the same page are written.
    pub(crate) fn catalog_locale(&self) -> Locale {
        self.entry().catalog().locale(self.locale())
    }
}

/// The texts of a problem and the labels around them. A document of many texts looks up its locale once.
pub(super) struct ProblemTexts<'w, 'a> {
    pub(super) problem: &'w Problem<'a>,
    texts: &'static Texts,
}

impl<'w, 'a> ProblemTexts<'w, 'a> {
    pub(super) fn new(problem: &'w Problem<'a>) -> Self {
        Self { problem, texts: problem.entry().catalog().texts(problem.locale()) }
    }

    /// The conventions of the texts' language.
    pub(super) const fn conventions(&self) -> &'static Conventions {
        self.texts.conventions()
    }

    /// Appends a text of the problem's entry.
    pub(super) fn write<O: Output, F: Form>(&self, text: Text, out: &mut O, form: &mut F) {
        let error = self.problem.error();
        interpreter::write(text.catalog, self.texts, text.number, out, form, &|number| error.__parameter(number));
    }

    /// Appends a label, such as the heading above the causes, in the language of the texts. A catalogue without the label
    /// has the canonical one.
    pub(super) fn label<O: Output, F: Form>(&self, label: Label, value: Option<Value<'_>>, out: &mut O, form: &mut F) {
        write_label(self.problem.entry().catalog(), self.texts, label, value, out, form);
    }

    /// The conventions of the language that a label is in.
    pub(super) fn label_conventions(&self, label: Label) -> &'static Conventions {
        label_conventions(self.problem.entry().catalog(), self.texts, label)
    }
}

/// The text between a name and what belongs to it, where no text of the catalogue contains both.
pub(super) fn colon(conventions: &Conventions) -> &'static str {
    // CLDR has none.
    match conventions.language.as_bytes() {
        [b'f', b'r', b'-', ..] => "\u{a0}: ",
        [b'z', b'h', b'-', ..] | [b'j', b'a', b'-', ..] | [b'y', b'u', b'e', b'-', ..] => "：",
        _ => ": ",
    }
}

/// Appends a label of a catalogue on a page in the language of `texts`; the canonical one where the catalogue leaves it out.
pub(crate) fn write_label<O: Output, F: Form>(
    own: &'static Catalog,
    texts: &'static Texts,
    label: Label,
    value: Option<Value<'_>>,
    out: &mut O,
    form: &mut F,
) {
    match texts.own(label as u32) {
        // Most catalogues have all labels of their languages.
        Some(segments) if !segments.is_empty() => {
            interpreter::write(own, texts, label as u32, out, form, &|_| value);
        }
        _ => write_label_on_page(texts.conventions(), own, texts, label, value, out, form),
    }
}

/// The same on a page in the language of `page`.
#[inline(never)]
pub(super) fn write_label_on_page<O: Output, F: Form>(
    page: &'static Conventions,
    own: &'static Catalog,
    texts: &'static Texts,
    label: Label,
    value: Option<Value<'_>>,
    out: &mut O,
    form: &mut F,
) {
    let (catalog, texts) = source_of(own, texts, label);
    interpreter::write_on_page(page, catalog, texts, label as u32, out, form, &|_| value);
}

/// The conventions of the language that a label is in.
pub(crate) fn label_conventions(own: &'static Catalog, texts: &'static Texts, label: Label) -> &'static Conventions {
    match texts.own(label as u32) {
        Some(segments) if !segments.is_empty() => texts.conventions(),
        _ => {
            let (catalog, texts) = source_of(own, texts, label);
            catalog.find(texts, label as u32).conventions
        }
    }
}

/// The catalogue that has a label, and its texts in the locale of `texts`.
fn source_of(own: &'static Catalog, texts: &'static Texts, label: Label) -> (&'static Catalog, &'static Texts) {
    match own.has(texts, label as u32) {
        true => (own, texts),
        false => (&crate::lift::CATALOG, crate::lift::CATALOG.texts(texts.locale())),
    }
}

//! Texts, and the small interpreter that writes them: literals copied, values put in.

use crate::catalog::{Catalog, Texts};
use crate::error::LiftError;
use crate::locale::Locale;
use crate::output::{Formatted, Output};
use crate::remedy::Link;
use crate::render::form::{Form, Plain};
use crate::value::Value;
use core::fmt;
use lift_errors_core::segment::{FIRST_SEGMENT, Operation, SEGMENT_WORDS};

/// A text of a catalogue. `Display` shows it in English, without markup, with `{…}` for values.
#[derive(Clone, Copy)]
pub struct Text {
    catalog: &'static Catalog,
    number: u32,
}

/// Segments of a text in one locale.
pub(crate) struct Segments {
    texts: &'static Texts,
    catalog: &'static Catalog,
    records: core::slice::ChunksExact<'static, u8>,
    /// The flags of the text: which contexts change its literals.
    flags: u32,
}

impl Segments {
    #[inline]
    fn next(&mut self) -> Option<(&'static str, u32)> {
        let (start, rest) = self.records.next()?.split_first_chunk()?;
        let (end, rest) = rest.split_first_chunk()?;
        let operation = rest.first_chunk()?;
        let literal = self.texts.slice(u32::from_le_bytes(*start), u32::from_le_bytes(*end));
        Some((literal, u32::from_le_bytes(*operation)))
    }
}

impl Text {
    pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    #[inline]
    pub(crate) fn segments(self, locale: Locale) -> Segments {
        let texts = self.catalog.texts(locale);
        let (word, next) = (texts.texts.get(self.number as usize), texts.texts.get(self.number as usize + 1));
        let place = |word: u32| (word & FIRST_SEGMENT) as usize * SEGMENT_WORDS;
        let records = texts.segments.bytes(place(word), place(next)).chunks_exact(SEGMENT_WORDS * 4);
        Segments { texts, catalog: self.catalog, records, flags: word & !FIRST_SEGMENT }
    }

    /// Whether the text says nothing: it is optional in the catalogue, and was left out.
    pub fn is_empty(self) -> bool {
        self.segments(Locale::EN).records.len() == 0
    }

    /// Writes the text in `form`, with values from `error`.
    #[inline]
    pub(crate) fn write<O: Output, F: Form>(self, out: &mut O, form: &mut F, locale: Locale, error: &dyn LiftError) {
        self.write_with(out, form, locale, |number| error.parameter(number));
    }

    #[inline]
    fn write_with<'a, O: Output, F: Form>(
        self,
        out: &mut O,
        form: &mut F,
        locale: Locale,
        value_of: impl Fn(u8) -> Option<Value<'a>>,
    ) {
        let mut segments = self.segments(locale);
        while let Some((literal, operation)) = segments.next() {
            if !literal.is_empty() {
                form.literal(out, literal, segments.flags);
            }
            match Operation::from_word(operation) {
                Operation::None => {}
                Operation::Value(number) => match value_of(number) {
                    Some(value) => form.value(out, value),
                    // Only texts for operators may name what is absent.
                    None => form.literal(out, "unknown", 0),
                },
                Operation::Machine(number) => {
                    // A required parameter that an implementation does not give: the document stays JSON.
                    form.machine(out, value_of(number).unwrap_or(Value::Unsigned(0)));
                }
                Operation::CodeStart => form.code_start(out),
                Operation::CodeEnd => form.code_end(out),
                Operation::LinkStart(number) => form.link_start(out, Link::new(segments.catalog, number)),
                Operation::LinkEnd(number) => form.link_end(out, Link::new(segments.catalog, number)),
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.write_with(&mut out, &mut Plain, Locale::EN, |_| Some(Value::Text("{…}")));
        out.finish()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

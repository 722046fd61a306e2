//! Texts, and the small interpreter that writes them: literals copied, values put in.

use crate::catalog::{Catalog, Texts};
use crate::error::LiftError;
use crate::locale::Locale;
use crate::output::{Formatted, Output};
use crate::remedy::Link;
use crate::render::form::{Form, Plain};
use crate::value::{Value, small};
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::segment::{FIRST_SEGMENT, Operation, SEGMENT_WORDS};

/// A text of a catalogue. `Display` shows it in the catalogue's default language, without markup, with `{…}` for values.
#[derive(Clone, Copy)]
pub struct Text {
    catalog: &'static Catalog,
    number: u32,
}

/// Segments of a text in one language.
struct Segments {
    records: &'static [u8],
    /// The flags of the text: which contexts change its literals.
    flags: u32,
}

impl Segments {
    #[inline]
    fn new(texts: &'static Texts, number: u32) -> Self {
        let [word, next] = texts.texts.chunk(number as usize);
        let place = |word: u32| (word & FIRST_SEGMENT) as usize * SEGMENT_WORDS;
        let records = texts.segments.bytes(place(word), place(next));
        Self { records, flags: word & !FIRST_SEGMENT }
    }

    #[inline]
    fn next(&mut self) -> Option<[u32; SEGMENT_WORDS]> {
        let (record, rest) = self.records.split_first_chunk::<{ SEGMENT_WORDS * 4 }>()?;
        self.records = rest;
        let (start, rest) = record.split_first_chunk()?;
        let (end, rest) = rest.split_first_chunk()?;
        let operation = rest.first_chunk()?;
        Some([u32::from_le_bytes(*start), u32::from_le_bytes(*end), u32::from_le_bytes(*operation)])
    }
}

/// Writes texts of one catalogue in one language, with one error's values.
struct Interpreter<'w, O, F, V> {
    catalog: &'static Catalog,
    texts: &'static Texts,
    conventions: &'static Conventions,
    /// Whether the language writes small numbers as machines do.
    ascii: bool,
    /// Whether foreign words have begun that are isolated already: what is in them needs no more.
    isolated: bool,
    out: &'w mut O,
    form: &'w mut F,
    value_of: V,
}

impl<'a, 'w, O: Output, F: Form, V: Fn(u8) -> Option<Value<'a>>> Interpreter<'w, O, F, V> {
    #[inline]
    fn new(catalog: &'static Catalog, texts: &'static Texts, out: &'w mut O, form: &'w mut F, value_of: V) -> Self {
        let conventions = texts.conventions();
        let ascii = conventions.numbers.digits.is_empty();
        Self { catalog, texts, conventions, ascii, isolated: false, out, form, value_of }
    }

    // Inlined, it is made for one form: as a call it takes a third longer.
    #[inline(always)]
    fn text(&mut self, number: u32) {
        let mut segments = Segments::new(self.texts, number);
        while let Some((start, operation)) = self.literals(&mut segments) {
            match Operation::from_word(operation) {
                Operation::None => {}
                Operation::Value(number) => self.value(number),
                Operation::Machine(number) => self.machine(number),
                Operation::Plural(parameter) => {
                    let alternative = start + self.category(parameter);
                    // Only in a document does anything come behind.
                    if segments.records.is_empty() {
                        segments = Segments::new(self.texts, alternative);
                    } else {
                        self.alternative(alternative);
                    }
                }
                mark => self.mark(mark),
            }
        }
    }

    /// Writes at least one literal, and gives the first word and the operation of its segment.
    #[inline]
    fn literals(&mut self, segments: &mut Segments) -> Option<(u32, u32)> {
        if self.form.keeps(segments.flags) {
            return self.copies(segments);
        }
        let [start, end, operation] = segments.next()?;
        if start < end {
            self.form.literal(self.out, self.texts.literal(start, end));
        }
        Some((start, operation))
    }

    /// Copies literals and writes small numbers as long as there is nothing else.
    // This is most of every document. Apart from the rest it has what it needs in registers.
    #[inline(never)]
    fn copies(&mut self, segments: &mut Segments) -> Option<(u32, u32)> {
        let (blob, out) = (self.texts.blob, &mut *self.out);
        let numbers = if self.ascii { Operation::NUMBERS } else { Operation::MACHINE_NUMBERS };
        let mut rest = Segments { ..*segments };
        while let Some([start, end, operation]) = rest.next() {
            if start < end {
                out.push_part(blob, start as usize, end as usize);
            }
            let kind = operation & Operation::KIND;
            if kind == Operation::None.to_word() {
                continue;
            }
            if numbers.contains(&kind) {
                // By reference: moved, it is read in larger pieces than it was just written in, which stops the
                // processor for half the time of a document.
                let value = &(self.value_of)((operation >> Operation::ARGUMENT) as u8);
                if matches!(value, Some(Value::Unsigned(number)) if small(*number, out)) {
                    continue;
                }
            }
            *segments = rest;
            return Some((start, operation));
        }
        None
    }

    // Apart, so that what numbers and literals need stays in registers.
    #[inline(never)]
    fn mark(&mut self, mark: Operation) {
        match mark {
            Operation::CodeStart => {
                self.isolate();
                self.form.code_start(self.out);
            }
            Operation::CodeEnd => {
                self.form.code_end(self.out);
                self.end_isolate();
            }
            Operation::LinkStart(number) => self.form.link_start(self.out, Link::new(self.catalog, number)),
            Operation::LinkEnd(number) => {
                self.form.link_end(self.out, Link::new(self.catalog, number), self.conventions);
            }
            Operation::IsolateStart => self.isolate(),
            Operation::IsolateEnd => self.end_isolate(),
            Operation::Language(0) => {
                self.speak(self.texts.conventions());
                self.form.language_end(self.out);
            }
            Operation::Language(number) => {
                self.speak(self.texts.conventions_of(number));
                self.form.language_start(self.out, self.conventions);
            }
            Operation::None | Operation::Value(_) | Operation::Machine(_) | Operation::Plural(_) => {}
        }
    }

    fn speak(&mut self, conventions: &'static Conventions) {
        (self.conventions, self.ascii) = (conventions, conventions.numbers.digits.is_empty());
    }

    #[inline(never)]
    fn value(&mut self, number: u8) {
        match &(self.value_of)(number) {
            Some(value) if value.is_text() => {
                let isolates = !self.isolated;
                if isolates {
                    self.isolate();
                }
                self.form.value(self.out, value, self.conventions);
                if isolates {
                    self.end_isolate();
                }
            }
            Some(value) => self.form.value(self.out, value, self.conventions),
            // Only texts for operators may name what is absent.
            None => self.out.push("unknown"),
        }
    }

    #[inline(never)]
    fn machine(&mut self, number: u8) {
        match &(self.value_of)(number) {
            Some(value) => self.form.machine(self.out, value, self.conventions),
            // A required parameter that an implementation does not give: the document stays JSON.
            None => self.form.machine(self.out, &Value::Unsigned(0), self.conventions),
        }
    }

    /// Which alternative is for a number.
    #[inline]
    fn category(&self, parameter: u8) -> u32 {
        u32::from(match (self.value_of)(parameter) {
            Some(Value::Unsigned(number)) => (self.conventions.plural)(number),
            Some(Value::Signed(number)) => (self.conventions.plural)(number.unsigned_abs()),
            _ => self.conventions.categories.saturating_sub(1),
        })
    }

    #[inline(never)]
    fn alternative(&mut self, number: u32) {
        self.text(number);
    }

    /// Foreign words in a line from right to left must not turn what stands around them.
    #[inline]
    fn isolate(&mut self) {
        if self.conventions.right_to_left {
            self.form.isolate_start(self.out);
            self.isolated = true;
        }
    }

    #[inline]
    fn end_isolate(&mut self) {
        if self.conventions.right_to_left {
            self.form.isolate_end(self.out);
            self.isolated = false;
        }
    }
}

impl Text {
    pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    /// The conventions of the language that the text is in: the locale's, or those of what it falls back to.
    pub(crate) fn conventions(self, locale: Locale) -> &'static Conventions {
        let texts = self.catalog.texts(locale);
        match Segments::new(texts, self.number).next().map(|[.., operation]| Operation::from_word(operation)) {
            Some(Operation::Language(number)) => texts.conventions_of(number),
            _ => texts.conventions(),
        }
    }

    /// Whether the text says nothing: it is optional in the catalogue, and was left out.
    pub fn is_empty(self) -> bool {
        Segments::new(self.catalog.column(0), self.number).records.is_empty()
    }

    /// The text in a language, without markup, with `{…}` for values.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// let title = lift::Code::NotFound.entry().title();
    /// assert_eq!(title.in_locale(Locale::EN).to_string(), "Not Found");
    /// ```
    pub fn in_locale(self, locale: Locale) -> impl fmt::Display {
        Localised(self, locale)
    }

    /// Writes the text in `form`, with values from `error`.
    #[inline]
    pub(crate) fn write<O: Output, F: Form>(self, out: &mut O, form: &mut F, locale: Locale, error: &dyn LiftError) {
        self.write_with(out, form, locale, |number| error.parameter(number));
    }

    #[inline]
    pub(crate) fn write_with<'a, O: Output, F: Form>(
        self,
        out: &mut O,
        form: &mut F,
        locale: Locale,
        value_of: impl Fn(u8) -> Option<Value<'a>>,
    ) {
        let texts = self.catalog.texts(locale);
        Interpreter::new(self.catalog, texts, out, form, value_of).text(self.number);
    }
}

struct Localised(Text, Locale);

impl fmt::Display for Localised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.write_with(&mut out, &mut Plain::line(), self.1, |_| Some(Value::Text("{…}")));
        out.finish()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Localised(*self, self.catalog.column(0).locale()).fmt(f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

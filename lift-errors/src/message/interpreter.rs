//! The interpreter that writes the segments of a text: it copies literals and inserts values.

use crate::catalog::count::Count;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Link;
use crate::catalog::segments::Segments;
use crate::catalog::value::Value;
use crate::catalog::{Catalog, Found, Texts};
use crate::locale::Locale;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::message::value::small;
use core::ptr;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::segment::Operation;

/// Writes a text of `catalog`, one of `texts` or of their fallback's, in a form.
#[inline]
pub(crate) fn write<'a, O: Output, F: Form>(
    catalog: &'static Catalog,
    texts: &'static Texts,
    number: u32,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let Some(segments) = texts.own(number) else {
        return write_inherited(catalog, texts, number, out, form, value_of);
    };
    match segments.alone() {
        // Most texts are a literal and nothing else.
        Some([start, end, operation]) if operation == Operation::None.to_word() && form.keeps(segments.flags) => {
            out.push_part(texts.blob, start as usize, end as usize);
        }
        _ => write_segments(catalog, texts, texts.conventions(), segments, out, form, value_of),
    }
}

/// Writes a text on a page in the language of `page`, which may be another catalogue's.
#[inline]
pub(crate) fn write_on_page<'a, O: Output, F: Form>(
    page: &'static Conventions,
    catalog: &'static Catalog,
    texts: &'static Texts,
    number: u32,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    // Most pages have texts of one catalogue.
    match ptr::eq(page, texts.conventions()) {
        true => write(catalog, texts, number, out, form, value_of),
        false => write_beside(page, catalog, texts, number, out, form, value_of),
    }
}

/// Writes a text of another catalogue than the page's, with the mark of its language if that is not the page's.
#[inline(never)]
fn write_beside<'a, O: Output, F: Form>(
    page: &'static Conventions,
    catalog: &'static Catalog,
    texts: &'static Texts,
    number: u32,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let found = catalog.find(texts, number);
    let is_foreign = found.conventions.language != page.language;
    write_found(catalog, Found { is_foreign, ..found }, out, form, value_of);
}

/// Writes a text that a locale lacks, with the mark of its language if that is another one.
#[inline(never)]
fn write_inherited<'a, O: Output, F: Form>(
    catalog: &'static Catalog,
    texts: &'static Texts,
    number: u32,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    write_found(catalog, catalog.find(texts, number), out, form, value_of);
}

#[inline]
fn write_found<'a, O: Output, F: Form>(
    catalog: &'static Catalog,
    found: Found,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let Found { texts, segments, conventions, is_foreign } = found;
    let is_marked = is_foreign && !segments.is_empty();
    if is_marked {
        form.language_start(out, conventions);
    }
    write_segments(catalog, texts, conventions, segments, out, form, value_of);
    if is_marked {
        form.language_end(out);
    }
}

/// Writes a document of `entry` by its number.
#[inline]
pub(crate) fn write_document<'a, O: Output, F: Form>(
    entry: Entry,
    texts: &'static Texts,
    number: u32,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let segments = texts.documents.segments(number);
    if texts.documents.are_shared {
        write_shared(entry, texts, segments, out, form, value_of);
    } else {
        write_segments(entry.catalog(), texts, texts.conventions(), segments, out, form, value_of);
    }
}

/// Writes a document that names its texts by number.
#[inline(never)]
fn write_shared<'a, O: Output, F: Form>(
    entry: Entry,
    texts: &'static Texts,
    mut segments: Segments,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let (catalog, first) = (entry.catalog(), entry.first_text());
    while let Some([start, end, operation]) = segments.next() {
        if start < end {
            out.push_part(texts.documents.blob, start as usize, end as usize);
        }
        match Operation::from_word(operation) {
            Operation::Text(distance) => write(catalog, texts, first + u32::from(distance), out, form, value_of),
            Operation::FarText => write(catalog, texts, start, out, form, value_of),
            Operation::Machine(parameter) => {
                let value = value_of(parameter);
                form.machine(out, value.as_ref().unwrap_or(&Value::Unsigned(0)), texts.conventions());
            }
            // A document has no other operations outside of its texts.
            _ => {}
        }
    }
}

/// Writes the segments of a text.
#[inline]
fn write_segments<'a, O: Output, F: Form>(
    catalog: &'static Catalog,
    texts: &'static Texts,
    conventions: &'static Conventions,
    mut segments: Segments,
    out: &mut O,
    form: &mut F,
    value_of: &impl Fn(u8) -> Option<Value<'a>>,
) {
    let mut count = Count::Whole(1);
    // A text with plural forms consists of one plural operation.
    if let Some([start, _, operation]) = segments.alone() {
        if let Operation::Plural(parameter) = Operation::from_word(operation) {
            let selector = count_of(value_of(parameter));
            count = selector.unwrap_or(count);
            segments = texts.at(start + category(conventions, selector));
        }
    }
    let mut interpreter = Interpreter { catalog, texts, conventions, isolated: false, count, out, form, value_of };
    // Most documents end with what is copied.
    if let Some(stop) = interpreter.literals(&mut segments) {
        interpreter.text(segments, stop);
    }
}

/// The number that selects a plural form; `None` if the value is not one.
#[inline]
fn count_of(value: Option<Value<'_>>) -> Option<Count> {
    match value? {
        Value::Unsigned(number) => Some(Count::Whole(number)),
        Value::Signed(number) => Some(Count::Whole(number.unsigned_abs())),
        Value::Decimal(number) => Some(Count::Decimal(number)),
        _ => None,
    }
}

/// The plural category of a number: the number of the alternative to write.
#[inline]
fn category(conventions: &Conventions, count: Option<Count>) -> u32 {
    u32::from(match count {
        Some(count) => count.category(conventions),
        None => conventions.categories.saturating_sub(1),
    })
}

/// A segment whose literal is written and whose operation is not.
struct Stop {
    /// The place of the first alternative of a plural, or the number of a link.
    start: u32,
    operation: u32,
}

/// Writes texts of one catalogue in one locale, with the values of one error.
struct Interpreter<'w, O, F, V> {
    catalog: &'static Catalog,
    texts: &'static Texts,
    conventions: &'static Conventions,
    /// Whether the output is inside an isolate: values in it are not isolated once more.
    isolated: bool,
    /// The number that selected the form of the text. Terms in it have the form for the same number.
    count: Count,
    out: &'w mut O,
    form: &'w mut F,
    value_of: &'w V,
}

impl<'a, O: Output, F: Form, V: Fn(u8) -> Option<Value<'a>>> Interpreter<'_, O, F, V> {
    /// Continues a text after the literals that are written.
    #[inline(never)]
    fn text(&mut self, mut segments: Segments, stop: Stop) {
        let mut next = Some(stop);
        while let Some(Stop { start, operation }) = next {
            match Operation::from_word(operation) {
                Operation::None => {}
                Operation::Value(number) | Operation::Machine(number) => {
                    self.value(operation & Operation::KIND, &(self.value_of)(number));
                }
                Operation::Plural(parameter) => {
                    let selector = count_of((self.value_of)(parameter));
                    self.count = selector.unwrap_or(Count::Whole(1));
                    let mut alternative = self.texts.at(start + category(self.conventions, selector));
                    // Only in a document do more segments follow.
                    if segments.is_empty() {
                        segments = alternative;
                    } else {
                        if let Some(stop) = self.literals(&mut alternative) {
                            self.text(alternative, stop);
                        }
                        self.count = Count::Whole(1);
                    }
                }
                mark => self.mark(mark, start),
            }
            next = self.literals(&mut segments);
        }
    }

    /// Writes literals up to the next operation.
    #[inline]
    fn literals(&mut self, segments: &mut Segments) -> Option<Stop> {
        if self.form.keeps(segments.flags) {
            return self.copies(segments);
        }
        let [start, end, operation] = segments.next()?;
        if start < end {
            self.form.literal(self.out, self.texts.literal(start, end));
        }
        Some(Stop { start, operation })
    }

    /// Copies literals and writes values up to any other operation.
    // Most of every document is written here. In a function of its own, the loop has all that it needs in registers.
    #[inline(never)]
    fn copies(&mut self, segments: &mut Segments) -> Option<Stop> {
        let blob = self.texts.blob;
        let is_ascii = self.conventions.numbers.digits.is_empty();
        let marks_code = F::MARKS_CODE || self.conventions.right_to_left;
        let mut rest = segments.clone();
        while let Some([start, end, operation]) = rest.next() {
            if start < end {
                self.out.push_part(blob, start as usize, end as usize);
            }
            let (kind, argument) = (operation & Operation::KIND, (operation >> Operation::ARGUMENT) as u8);
            if Operation::VALUES.contains(&kind) {
                // By reference: a move reads the value in larger pieces than it was just written in. The processor
                // then waits for the store, which takes half the time of a document.
                let value = &(self.value_of)(argument);
                match value {
                    // Most numbers are small, and no language groups three digits.
                    Some(Value::Unsigned(number))
                        if (is_ascii || kind == Operation::MACHINE) && small(*number, self.out) => {}
                    value => self.value(kind, value),
                }
                continue;
            }
            if kind != Operation::None.to_word() && (marks_code || !Operation::CODE.contains(&kind)) {
                *segments = rest;
                return Some(Stop { start, operation });
            }
        }
        None
    }

    #[inline(never)]
    fn value(&mut self, kind: u32, value: &Option<Value<'_>>) {
        match value {
            // A `LiftError` without a required parameter: with 0 the document is still valid JSON.
            _ if kind == Operation::MACHINE => {
                self.form.machine(self.out, value.as_ref().unwrap_or(&Value::Unsigned(0)), self.conventions);
            }
            // A term is in the language of the text around it.
            Some(Value::Term(term)) => {
                let words = term.words(Locale::new(self.conventions.locale), self.count);
                let language = words.conventions;
                // Its catalogue may lack that language.
                let is_foreign = !ptr::eq(language, self.conventions) && language.language != self.conventions.language;
                if is_foreign {
                    self.form.language_start(self.out, language);
                }
                words.for_each(|words| self.form.literal(self.out, words));
                if is_foreign {
                    self.form.language_end(self.out);
                }
            }
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
            // Only texts for operators may name a parameter that is absent.
            None => self.out.push("unknown"),
        }
    }

    #[inline(never)]
    fn mark(&mut self, mark: Operation, link: u32) {
        match mark {
            Operation::CodeStart => {
                self.isolate();
                self.form.code_start(self.out);
            }
            Operation::CodeEnd => {
                self.form.code_end(self.out);
                self.end_isolate();
            }
            Operation::LinkStart => self.form.link_start(self.out, Link::new(self.catalog, link)),
            Operation::LinkEnd => self.form.link_end(self.out, Link::new(self.catalog, link), self.conventions),
            Operation::IsolateStart => self.isolate(),
            Operation::IsolateEnd => self.end_isolate(),
            _ => {}
        }
    }

    /// Left-to-right text in a right-to-left line must not change the order of the text around it.
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

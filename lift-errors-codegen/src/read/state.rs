//! The record of a locale's translations: the reviewer of each, and its source. It knows nothing
//! of the texts that are there now.

use crate::diagnostic::Diagnostic;
use crate::read::literal::word;
use crate::read::plural_text::PluralText;
use crate::read::record_format;
use crate::read::table::{File, Reader};
use lift_errors_core::fingerprint::fingerprint;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How far a translation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Review {
    /// Nobody who speaks the language has looked at it yet.
    Draft,
    /// Somebody has.
    Reviewed,
}

impl Review {
    pub(crate) const ALL: [Self; 2] = [Self::Draft, Self::Reviewed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
        }
    }
}

impl FromStr for Review {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|review| review.as_str() == word).ok_or(())
    }
}

/// A text in twelve hexadecimal digits: it changes when the text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self(fingerprint([text]))
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|_| digits).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// The record of one translation.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The default locale's text that it was made from.
    pub(crate) source: Fingerprint,
    /// The translation itself.
    pub(crate) translation: Fingerprint,
    pub(crate) review: Review,
    /// The text of `source`, while the translation is stale.
    pub(crate) previous: Option<PluralText>,
}

/// The records of one locale.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Whether something in its file could not be read.
    pub(crate) is_faulty: bool,
    /// In the order of the file, until it is known which translations there are.
    unsettled: Vec<(String, Record)>,
    /// By the texts' addresses. After a merge there may be several.
    records: HashMap<String, Vec<Record>>,
    /// Those whose translation is not at its address any more, by the translation: an id or a code has changed.
    moved: HashMap<Fingerprint, Moved>,
    /// Those of an earlier translation of a text whose address has another one now.
    replaced: HashMap<String, Record>,
    /// The texts that stale translations were made from, of every record that was read.
    earlier: HashMap<Fingerprint, PluralText>,
}

/// The records of one translation that is not at its address any more. Of those that are equally good the last one is kept: many
/// texts may have the same translation, and each asks for its record.
#[derive(Debug, Default)]
struct Moved {
    /// By the text that the translation was made from.
    by_source: HashMap<Fingerprint, Record>,
    /// One of any text, if no other translation is at its address: else the text there has not moved, unless two have changed
    /// places.
    of_any_source: Option<Record>,
}

impl Moved {
    fn add(&mut self, record: Record, is_replaced: bool) {
        let is_better = |known: &Record| record.review == Review::Reviewed || known.review != Review::Reviewed;
        if !is_replaced && self.of_any_source.as_ref().is_none_or(is_better) {
            self.of_any_source = Some(record.clone());
        }
        if self.by_source.get(&record.source).is_none_or(is_better) {
            self.by_source.insert(record.source, record);
        }
    }
}

impl State {
    /// Reads a state file, also one that a merge has left with its marks and with the lines of both sides.
    ///
    /// # Errors
    ///
    /// If it is not TOML.
    pub(crate) fn read(file: &File<'_>) -> Result<Self, Vec<toml::de::Error>> {
        let (document, faults) = DeTable::parse_recoverable(file.text);
        let mut state = Self::default();
        if faults.is_empty() {
            state.decode(file, document.get_ref());
            return Ok(state);
        }
        let (mut start, mut lines, mut merged) = (0, Vec::new(), faults.first().and_then(toml::de::Error::span));
        for line in file.text.split_inclusive('\n') {
            if MERGE_MARKS.iter().any(|mark| line.starts_with(mark)) {
                merged = Some(start..start + line.trim_end().len());
            } else {
                lines.push(File { text: line, start, ..*file });
            }
            start += line.len();
        }
        let mut documents = Vec::new();
        for line in &lines {
            match DeTable::parse_recoverable(line.text) {
                (document, faults) if faults.is_empty() => documents.push(document),
                _ => return Err(faults),
            }
        }
        for (line, document) in lines.iter().zip(&documents) {
            state.decode(line, document.get_ref());
        }
        file.fault(
            Diagnostic::warning(file.span(merged.unwrap_or(0..0)), "the file has the lines of both sides of a merge")
                .help(
                    "of several lines that which fits the translation is read; `lift-errors sync` removes the others",
                ),
        );
        Ok(state)
    }

    fn decode(&mut self, file: &File<'_>, document: &DeTable<'_>) {
        let reader = Reader::of_names(file, document, file.span(0..0));
        for (address, value) in reader.members() {
            let what = format!("the record `{}`", address.value.escape_debug());
            match value.get_ref() {
                DeValue::Table(table) => {
                    let reader = Reader::new(file, table, &record_format::RECORD, address.span, what);
                    let Some(record) = record(reader) else { continue };
                    self.earlier.extend(record.previous.clone().map(|text| (record.source, text)));
                    self.unsettled.push((address.value, record));
                }
                _ => {
                    let message = format!("{what} is not a table with `source`, `translation` and `review`");
                    file.fault(Diagnostic::at(file.span(value.span()), message).help(REMEDY));
                }
            }
        }
    }

    /// Sorts the records by the translations that there are: `translations` gives the fingerprint of each by the address of
    /// its text. Of several records of a text those are kept that are about its translation.
    pub(crate) fn settle(&mut self, translations: &HashMap<String, Fingerprint>) {
        let fits = |(address, record): &(String, Record)| translations.get(address) == Some(&record.translation);
        let (kept, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.unsettled).into_iter().partition(fits);
        for (address, record) in kept {
            self.records.entry(address).or_default().push(record);
        }
        for (address, record) in others {
            if !self.records.contains_key(&address) {
                let is_replaced = translations.contains_key(&address);
                if is_replaced {
                    self.replaced.insert(address, record.clone());
                }
                self.moved.entry(record.translation).or_default().add(record, is_replaced);
            }
        }
    }

    /// The record of a translation of the text at `address`, which is now `source`. A record of another text that is not
    /// there any more and had this very translation is about this text, whose address has changed; so is one of the same source.
    pub(crate) fn get(&self, address: &str, translation: &PluralText, source: &PluralText) -> Option<&Record> {
        match self.records.get(address).map(Vec::as_slice) {
            Some([record]) => Some(record),
            Some(records) => {
                let source = Fingerprint::of(&source.source());
                records.iter().max_by_key(|record| (record.source == source, record.review == Review::Reviewed))
            }
            None if self.moved.is_empty() => None,
            None => {
                let moved = self.moved.get(&Fingerprint::of(&translation.source()))?;
                let source = Fingerprint::of(&source.source());
                moved.by_source.get(&source).or(moved.of_any_source.as_ref())
            }
        }
    }

    /// What was recorded last at an address that has a translation, even if the translation has changed since.
    pub(crate) fn recorded_at(&self, address: &str) -> Option<&Record> {
        let records = self.records.get(address).and_then(|records| records.last());
        records.or_else(|| self.replaced.get(address))
    }

    /// The texts that stale translations were made from.
    pub(crate) fn earlier_texts(&self) -> impl Iterator<Item = (Fingerprint, &PluralText)> {
        self.earlier.iter().map(|(fingerprint, text)| (*fingerprint, text))
    }

    /// Whether anything is recorded of the present translations.
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.moved.is_empty()
    }
}

/// The beginnings of the lines that Git puts around the sides of a merge.
const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The remedy for a record that nobody can mend by hand.
const REMEDY: &str = "remove the whole record: `lift-errors sync` writes it again, as one that was not reviewed";

fn record(mut reader: Reader<'_, '_>) -> Option<Record> {
    let file = reader.file;
    let (source, translation) = (recorded(&mut reader, "source"), recorded(&mut reader, "translation"));
    if !reader.has("review") {
        reader.missing_for("review", "add `review = \"draft\"`, or `reviewed`");
    }
    let review = reader
        .text("review")
        .map(|text| word(&text, "translation status", &Review::ALL, Review::as_str).map_err(|fault| file.fault(fault)));
    let previous = reader.any("previous").map(|value| previous(file, value));
    reader.finish();
    let source = source?;
    // Whoever wrote another `source` by hand has accepted the translation.
    let previous = previous.flatten().filter(|text| Fingerprint::of(&text.source()) == source);
    Some(Record { source, translation: translation?, review: review?.ok()?, previous })
}

/// The fingerprint of a record, which must be there.
fn recorded(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<Fingerprint> {
    let Some(value) = reader.any(key) else {
        reader.missing_for(key, REMEDY);
        return None;
    };
    let read = value.get_ref().as_str().and_then(Fingerprint::parse);
    if read.is_none() {
        let message = format!("{} is not a fingerprint, which has twelve hexadecimal digits", reader.name_of(key));
        reader.file.fault(Diagnostic::at(reader.file.span(value.span()), message).help(REMEDY));
    }
    read
}

/// A text that is not in the catalogue any more: nobody can mend its faults.
fn previous(file: &File<'_>, value: &Spanned<DeValue<'_>>) -> Option<PluralText> {
    let unheard = RefCell::default();
    PluralText::decode(&File { report: &unheard, ..*file }, value, "the previous text")
}

/// The state file of a locale.
pub(crate) fn write<'a>(records: impl Iterator<Item = (&'a str, &'a Record)>) -> String {
    let mut out = String::from(
        "# What each translation was made from, and whether somebody who speaks the language has reviewed it.\n\
         # `lift-errors sync` writes this file. A text that is still right although its source has changed gets\n\
         # the new `source`, by hand or by `lift-errors accept`.\n\n",
    );
    for (address, record) in records {
        // Writing to a `String` can't fail.
        let _ = write!(
            out,
            "\"{address}\" = {{ source = \"{}\", translation = \"{}\", review = \"{}\"",
            record.source,
            record.translation,
            record.review.as_str()
        );
        if let Some(previous) = &record.previous {
            let _ = write!(out, ", previous = {}", previous.to_toml());
        }
        out.push_str(" }\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::span::{Origin, Span, Text};
    use crate::read::plural_text::Form;
    use crate::read::template::Template;
    use lift_errors_cldr::plural::Category;

    fn text(value: &str) -> PluralText {
        let span = Span::NOWHERE;
        let text = Text { value: value.to_owned(), span, origin: Origin::Elsewhere, is_escaped: false };
        let template = Template::parse(text, &mut Report::default());
        let form = Form { category: Category::Other, name: span, template };
        PluralText { span, selector: None, is_incomplete: false, forms: vec![form] }
    }

    #[test]
    fn a_moved_record_is_that_of_the_same_source_or_else_one_whose_address_is_free() {
        let fingerprint = |value: &str| Fingerprint::of(&text(value).source());
        let record = |source: &str, review| {
            let (source, translation) = (fingerprint(source), fingerprint("Fermé"));
            Record { source, translation, review, previous: None }
        };
        let found = |records: &[(&str, &str, Review)], source: &str| {
            let unsettled = records.iter().map(|(at, of, review)| ((*at).to_owned(), record(of, *review)));
            let mut state = State { unsettled: unsettled.collect(), ..State::default() };
            state.settle(&HashMap::from([("taken.title".to_owned(), fingerprint("Ouvert"))]));
            let found = state.get("new.title", &text("Fermé"), &text(source));
            found.map(|record| (record.source, record.review))
        };
        let (draft, reviewed) = (Review::Draft, Review::Reviewed);
        let both = [("a.title", "Closed", draft), ("b.title", "Shut", reviewed), ("c.title", "Closed", draft)];
        assert_eq!(found(&both, "Closed"), Some((fingerprint("Closed"), draft)));
        assert_eq!(found(&both, "Locked"), Some((fingerprint("Shut"), reviewed)));
        let replaced = [("taken.title", "Closed", reviewed), ("b.title", "Shut", draft)];
        assert_eq!(found(&replaced, "Closed"), Some((fingerprint("Closed"), reviewed)));
        assert_eq!(found(&replaced, "Locked"), Some((fingerprint("Shut"), draft)));
        assert_eq!(found(&replaced[..1], "Locked"), None);
    }

    #[test]
    fn fingerprints_survive_the_file() {
        let fingerprint = Fingerprint::of("More than {limit} requests.");
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        assert_ne!(fingerprint, Fingerprint::of("More than {limit} requests!"));
        for wrong in ["", "12345678901", "1234567890123", "+23456789012", "12345678901g"] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }
}

//! The record of a locale's translations: the reviewer of each, and its source. It knows nothing
//! of the texts that are there now.

use crate::diagnostic::span::Span;
use crate::diagnostic::span::Text;
use crate::read::literal::word;
use crate::read::table::{File, Reader, wrong_type};
use lift_errors_core::fingerprint::fingerprint;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;
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
    const ALL: [Self; 2] = [Self::Draft, Self::Reviewed];

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    /// The default locale's text that it was made from.
    pub(crate) source: Fingerprint,
    /// The translation itself.
    pub(crate) translation: Fingerprint,
    pub(crate) review: Review,
    /// Its position in the file.
    pub(crate) span: Option<Span>,
}

/// The records of one locale, by the texts' addresses.
#[derive(Debug, Default)]
pub(crate) struct State {
    records: HashMap<String, Record>,
}

impl State {
    pub(crate) fn get(&self, address: &str) -> Option<&Record> {
        self.records.get(address)
    }

    /// Reads a state file.
    pub(crate) fn decode(file: &File<'_>, document: &DeTable<'_>) -> Self {
        let reader = Reader::new(file, document, file.span(0..0), "the state file");
        let mut state = Self::default();
        for (address, value) in reader.members() {
            let what = format!("the record `{}`", address.value.escape_debug());
            match value.get_ref() {
                DeValue::Table(table) => {
                    let reader = Reader::new(file, table, address.span, what);
                    state.records.extend(record(reader, address.span).map(|record| (address.value, record)));
                }
                _ => wrong_type(file, &what, value, "a table with `source`, `translation` and `review`"),
            }
        }
        state
    }
}

fn record(mut reader: Reader<'_, '_>, span: Span) -> Option<Record> {
    let file = reader.file;
    let fingerprint = |text: Option<Text>| {
        let text = text?;
        let read = Fingerprint::parse(&text.value);
        if read.is_none() {
            let message = format!("`{}` is not a fingerprint", text.value.escape_debug());
            file.fault(crate::diagnostic::Diagnostic::at(text.span, message).help(
                "it has twelve hexadecimal digits; remove the whole record, and `lift-errors sync` writes it again",
            ));
        }
        read
    };
    let (source, translation) = (reader.required_text("source"), reader.required_text("translation"));
    let (source, translation) = (fingerprint(source), fingerprint(translation));
    let review = reader
        .required_text("review")
        .map(|text| word(&text, "translation status", &Review::ALL, Review::as_str).map_err(|fault| file.fault(fault)));
    reader.finish();
    Some(Record { source: source?, translation: translation?, review: review?.ok()?, span: Some(span) })
}

/// The state file of a locale.
pub(crate) fn write<'a>(records: impl Iterator<Item = (&'a str, Record)>) -> String {
    let mut out = String::from(
        "# What each translation was made from, and whether somebody who speaks the language has reviewed it.\n\
         # `lift-errors sync` writes this file. A text that is still right although its source has changed gets\n\
         # the new `source`, by hand or by `lift-errors accept`.\n\n",
    );
    for (address, record) in records {
        // Writing to a `String` can't fail.
        let _ = writeln!(
            out,
            "\"{address}\" = {{ source = \"{}\", translation = \"{}\", review = \"{}\" }}",
            record.source,
            record.translation,
            record.review.as_str()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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

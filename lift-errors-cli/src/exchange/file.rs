//! A file for translators' tools, in one of the formats.

use super::fault::Fault;
use super::merge::{Merge, merge};
use super::message::forms;
use super::po::{self, PoFile};
use super::xliff::{self, XliffFile};
use lift_errors_codegen::TranslationUnits;
use std::io;

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Po,
    Xliff,
}

impl Format {
    /// The format that a text seems to have.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('<') {
            return text.contains("<xliff").then_some(Self::Xliff);
        }
        text.lines().any(|line| line.starts_with("msgid ")).then_some(Self::Po)
    }

    /// The word on the command line.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Po => "po",
            Self::Xliff => "xliff",
        }
    }

    /// A file of this format.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Po => "a PO file",
            Self::Xliff => "an XLIFF file",
        }
    }

    /// The texts with their translations into a locale; without a locale, for a new language.
    ///
    /// # Errors
    ///
    /// None: it is written into memory.
    pub(crate) fn write(self, units: &TranslationUnits, locale: Option<&str>) -> io::Result<String> {
        match self {
            Self::Po => Ok(po::write(units, locale)),
            Self::Xliff => xliff::write(units, locale),
        }
    }
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) enum ExchangeFile {
    Po(PoFile),
    Xliff(XliffFile),
}

impl ExchangeFile {
    /// # Errors
    ///
    /// The first fault of the file.
    pub(crate) fn read(format: Format, text: &str) -> Result<Self, Fault> {
        match format {
            Format::Po => po::read(text).map(Self::Po),
            Format::Xliff => xliff::read(text).map(Self::Xliff),
        }
    }

    /// The tag of the language of the translations, as the file has it.
    pub(crate) fn locale(&self) -> Option<&str> {
        match self {
            Self::Po(file) => file.locale.as_deref(),
            Self::Xliff(file) => file.locale.as_deref(),
        }
    }

    /// The differences from the catalogue.
    ///
    /// # Errors
    ///
    /// The first text that can't be told from others.
    pub(crate) fn merge(&self, units: &TranslationUnits) -> Result<Merge, Fault> {
        Ok(match self {
            Self::Po(file) => {
                merge(units, file.messages(&units.categories)?, |text, is_plural, _| po::source(text, is_plural))
            }
            Self::Xliff(file) => {
                merge(units, file.messages(&units.categories)?, |text, is_plural, categories| match is_plural {
                    true => forms(text, categories),
                    false => vec![text.form("other").to_owned()],
                })
            }
        })
    }
}

//! A catalogue that passed every rule: nothing is missing, names are resolved to numbers, and entries are in the order of
//! their ids.

use crate::locale::Locale;
use crate::locale::constant_value::ConstantValue;
use crate::read::phrase_kind::PhraseKind;
use crate::reference::Reference;
use lift_errors_core::layout::NONE;
use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, ParameterType, RetryKind, Sensitivity, Severity};
use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) name: String,
    pub(crate) code_prefix: String,
    pub(crate) id_prefix: String,
    pub(crate) reference: Reference,
    pub(crate) derives: Vec<String>,
    pub(crate) constants: Vec<(String, ConstantValue)>,
    pub(crate) links: Vec<Link>,
    pub(crate) entries: Vec<Entry>,
    /// The texts that belong to no entry. Field errors come first.
    pub(crate) phrases: Vec<Phrase>,
    /// The words around an error's texts, in the order of `Label`; empty where the catalogue has none.
    pub(crate) labels: Vec<Vec<Piece>>,
}

impl Catalog {
    /// The type URI of an entry.
    pub(crate) fn type_uri(&self, entry: &Entry) -> String {
        entry.own_type.clone().unwrap_or_else(|| self.reference.address(&entry.id, &entry.code))
    }
}

/// The message of a field error, or a term.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) kind: PhraseKind,
    pub(crate) name: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) text: Vec<Piece>,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) id: String,
    pub(crate) relation: String,
    pub(crate) address: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) code: String,
    pub(crate) variant: String,
    pub(crate) id: String,
    /// The type URI of its own.
    pub(crate) own_type: Option<String>,
    pub(crate) class: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) file: String,
    pub(crate) since: String,
    /// Whether it may lack its guidance.
    pub(crate) is_draft: bool,
    pub(crate) transport: Transport,
    pub(crate) status_default: bool,
    /// The number of the entry whose parameters and remedies this one has: itself, unless an alias.
    pub(crate) canonical: usize,
    pub(crate) replaced_by: Option<String>,
    pub(crate) severity: Severity,
    pub(crate) retry: Retry,
    pub(crate) grpc: GrpcCode,
    pub(crate) field_errors: bool,
    pub(crate) title: Vec<Piece>,
    pub(crate) meaning: Vec<Piece>,
    pub(crate) support: Vec<Piece>,
    pub(crate) runbook: Vec<Piece>,
    pub(crate) details: Vec<Detail>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) fixes: Vec<Fix>,
    pub(crate) notes: Vec<Note>,
    /// The numbers of the entry's own links.
    pub(crate) links: std::ops::Range<usize>,
}

/// How an error reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// As a response with this status.
    Http(u16),
    /// A client of HTTP raises it.
    Client,
    /// It has nothing to do with HTTP.
    None,
}

impl Entry {
    pub(crate) fn status(&self) -> Option<u16> {
        match self.transport {
            Transport::Http(status) => Some(status),
            Transport::Client | Transport::None => None,
        }
    }
}

/// A piece of a text, with names resolved and constants written out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Piece {
    Literal(String),
    /// A parameter by number.
    Value(u8),
    CodeStart,
    CodeEnd,
    /// A link by number.
    LinkStart(u32),
    LinkEnd(u32),
    /// One of several texts, by the plural category of a parameter; `other` is the last.
    Plural(u8, Vec<Vec<Piece>>),
    /// Foreign words begin, in a text from right to left.
    IsolateStart,
    /// They end.
    IsolateEnd,
}

/// A catalogue with its texts in every locale.
#[derive(Debug)]
pub(crate) struct Localised {
    /// In the default locale; documentation has its texts.
    pub(crate) source: Arc<Catalog>,
    /// The default locale's first, a locale behind all that it falls back to.
    pub(crate) columns: Vec<Column>,
}

/// The texts in one locale.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) locale: Locale,
    /// The number of the column with the texts that this one lacks; 0 for the default locale.
    pub(crate) fallback: usize,
    /// The texts that differ from the fallback's, each with its number in the order of [`Catalog::texts`]. The default
    /// locale's are those of the catalogue.
    pub(crate) texts: Vec<(u32, Vec<Piece>)>,
}

impl Catalog {
    /// The entries in the order of their texts, each with its number: aliases refer to the texts of others.
    pub(crate) fn in_text_order(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let is_alias = |(number, entry): &(usize, &Entry)| entry.canonical != *number;
        let numbered = || self.entries.iter().enumerate();
        numbered().filter(move |entry| !is_alias(entry)).chain(numbered().filter(is_alias))
    }

    /// All texts, in the order of their numbers.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &[Piece]> {
        let phrases = self.phrases.iter().map(|phrase| &phrase.text);
        let entries = self.in_text_order().flat_map(|(number, entry)| entry.texts(entry.canonical == number));
        self.labels.iter().chain(phrases).chain(entries).map(Vec::as_slice)
    }

    /// The catalogue with the texts of a column that has all of them.
    pub(crate) fn in_locale(&self, column: &Column) -> Self {
        let order: Vec<usize> = self.in_text_order().map(|(number, _)| number).collect();
        let mut catalog = self.clone();
        let (mut texts, mut number) = (column.texts.iter().peekable(), 0);
        let mut translate = |text: &mut Vec<Piece>| {
            let own = texts.next_if(|(next, _)| *next == number);
            *text = own.map(|(_, text)| text.clone()).unwrap_or_default();
            number += 1;
        };
        catalog.labels.iter_mut().for_each(&mut translate);
        catalog.phrases.iter_mut().for_each(|phrase| translate(&mut phrase.text));
        for number in order {
            if let Some(entry) = catalog.entries.get_mut(number) {
                let is_canonical = entry.canonical == number;
                entry.texts_mut(is_canonical).for_each(&mut translate);
            }
        }
        catalog
    }
}

impl Column {
    /// Whether it has every text of a catalogue. A text that no locale has makes no column sparse.
    pub(crate) fn is_complete(&self, source: &Catalog) -> bool {
        let mut own = self.texts.iter().map(|(number, _)| *number).peekable();
        (0..).zip(source.texts()).all(|(number, text)| own.next_if_eq(&number).is_some() || text.is_empty())
    }
}

impl Entry {
    /// The texts, in the order of their numbers. `is_canonical` tells whether the causes, fixes and notes are its own.
    pub(crate) fn texts(&self, is_canonical: bool) -> impl Iterator<Item = &Vec<Piece>> {
        let own = [&self.title, &self.meaning, &self.support, &self.runbook];
        let details = self.details.iter().map(|detail| &detail.text);
        let guidance = self
            .causes
            .iter()
            .map(|cause| &cause.text)
            .chain(self.fixes.iter().map(|fix| &fix.text))
            .chain(self.notes.iter().map(|note| &note.text));
        own.into_iter().chain(details).chain(guidance.filter(move |_| is_canonical))
    }

    /// The same, to be replaced.
    pub(crate) fn texts_mut(&mut self, is_canonical: bool) -> impl Iterator<Item = &mut Vec<Piece>> {
        let own = [&mut self.title, &mut self.meaning, &mut self.support, &mut self.runbook];
        let details = self.details.iter_mut().map(|detail| &mut detail.text);
        let guidance = self
            .causes
            .iter_mut()
            .map(|cause| &mut cause.text)
            .chain(self.fixes.iter_mut().map(|fix| &mut fix.text))
            .chain(self.notes.iter_mut().map(|note| &mut note.text));
        own.into_iter().chain(details).chain(guidance.filter(move |_| is_canonical))
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Retry {
    Never,
    AfterChange,
    /// The least number of seconds to wait, where the catalogue has one.
    Idempotent(Option<u32>),
    /// The number of the parameter that says how long.
    After(u8),
}

impl Retry {
    pub(crate) fn kind(self) -> RetryKind {
        match self {
            Self::Never => RetryKind::Never,
            Self::AfterChange => RetryKind::AfterChange,
            Self::Idempotent(_) => RetryKind::Idempotent,
            Self::After(_) => RetryKind::After,
        }
    }

    pub(crate) fn argument(self) -> u32 {
        match self {
            Self::Idempotent(Some(seconds)) => seconds,
            Self::After(parameter) => u32::from(parameter),
            _ => NONE,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: ParameterType,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) optional: bool,
    /// Whether `Error` has the value on the heap, because the entry's parameters are large.
    pub(crate) is_boxed: bool,
    /// Every error that is raised has it, but a bare status may lack it.
    pub(crate) lackable: bool,
    pub(crate) header: Option<String>,
    pub(crate) doc: String,
    /// A typical value as machines read it: digits, whole seconds, a text.
    pub(crate) example: String,
}

impl Parameter {
    /// Whether clients may see it.
    pub(crate) fn is_public(&self) -> bool {
        self.sensitivity == Sensitivity::Public
    }

    /// Whether an error that is there may lack it: one that a client made of a response lacks all that clients do not see.
    pub(crate) fn may_lack(&self) -> bool {
        self.optional || !self.is_public()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Detail {
    pub(crate) id: String,
    pub(crate) when: u32,
    /// The number of the known cause that it requires.
    pub(crate) cause: Option<usize>,
    pub(crate) text: Vec<Piece>,
}

impl Detail {
    /// Whether every error with this detail has a parameter of the entry.
    pub(crate) fn has(&self, entry: &Entry, number: u8) -> bool {
        let named = self.when.checked_shr(u32::from(number)).is_some_and(|bits| bits & 1 == 1);
        let parameter = entry.parameters.get(usize::from(number));
        named || parameter.is_some_and(|parameter| !parameter.optional && !parameter.lackable)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) id: String,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
    /// The numbers of its fixes within the entry.
    pub(crate) fix_ids: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Fix {
    pub(crate) id: String,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
    pub(crate) general: bool,
    /// The first link in the default locale's text: it is the same in every language.
    pub(crate) link: Option<u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) kind: NoteKind,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
}

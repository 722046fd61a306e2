//! A catalogue for a program that shows it: its tables, and the facts about entries that only its files contain.

use crate::diagnostic::span::{SourceFiles, Text};
use crate::emit::catalog_tables::CatalogTables;
use crate::read::base::BASES;
use crate::read::draft::{Draft, Entry, Example, Phrase};
use crate::read::load;
use crate::read::phrase_kind::PhraseKind;
use crate::resolve;
use crate::resolve::catalog::Localised;
use crate::resolve::description::{Descriptions, LocalDescription};
use crate::selection::Taxonomy;
use lift_errors_core::vocabulary::ParameterType;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The base with the entries of lift-errors itself.
const CANONICAL: &str = "lift";

/// A catalogue without faults, in memory. Missing and stale translations are not faults here: the fallback's texts are
/// shown.
#[doc(hidden)]
#[derive(Debug)]
pub struct CatalogSnapshot {
    /// The tables that the runtime renders from.
    pub tables: CatalogTables,
    /// The facts about each entry, in the order of the tables.
    pub entries: Vec<EntryFacts>,
    /// The field errors of its own: neither canonical ones nor those of a base.
    pub field_errors: Vec<FieldErrorFacts>,
    /// The codes that were released and removed, in the order of the lock file.
    pub removed: Vec<RemovedCode>,
    /// The words of its own taxonomy.
    pub taxonomy: Taxonomy,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// The facts about an entry that are not in the tables.
#[doc(hidden)]
#[derive(Debug)]
pub struct EntryFacts {
    /// The file as messages show it.
    pub file: String,
    /// The line of the entry in it, from 1.
    pub line: usize,
    /// The file and the line of the table that changes the entry, where it is that of a base.
    pub changed_at: Option<(String, usize)>,
    /// Whether its type URI is its own, in place of one that `reference` gives.
    pub has_own_type: bool,
    /// The code that replaces it.
    pub replaced_by: Option<String>,
    /// Whether the lock file contains it.
    pub is_released: bool,
    /// Whether it may lack its guidance.
    pub is_draft: bool,
    /// The least time to wait before a retry, as its author wrote it: `2h`.
    pub wait: Option<String>,
    /// The examples as their authors wrote them, by parameter; a draft may lack some.
    pub examples: Vec<(String, String)>,
    /// Where its translations begin: the locale's tag, the file and the line.
    pub translations: Vec<(String, String, usize)>,
    /// Its description in each of the catalogue's locales, if it has one.
    pub descriptions: Vec<LocalDescription>,
}

/// The facts about a field error, with which one can be made.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct FieldErrorFacts {
    /// The number of its phrase in the tables.
    pub number: u16,
    /// Its parameters, each with its name, its type and its example as its author wrote it.
    pub parameters: Vec<(String, ParameterType, String)>,
}

impl FieldErrorFacts {
    fn of(draft: &Draft, localised: &Localised) -> Vec<Self> {
        let own = draft.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::FieldError);
        let own = own.filter(|phrase| !draft.is_canonical && !draft.is_inherited(phrase.name.span));
        let facts = |phrase: &Phrase| {
            let is_it = |known: &resolve::catalog::Phrase| known.kind == phrase.kind && known.name == phrase.name.value;
            let number = localised.source.phrases.iter().position(is_it)?;
            let parameters = phrase.parameters.iter().map(|parameter| {
                Some((
                    parameter.name.value.clone(),
                    parameter.parameter_type()?,
                    shown(&parameter.example.as_ref()?.value),
                ))
            });
            Some(Self { number: u16::try_from(number).ok()?, parameters: parameters.collect::<Option<_>>()? })
        };
        own.filter_map(facts).collect()
    }
}

/// An example as its author wrote it.
fn shown(example: &Example) -> String {
    match example {
        Example::Text(text) => text.clone(),
        Example::Integer(number) => number.to_string(),
    }
}

/// A tombstone of the lock file.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct RemovedCode {
    /// The code.
    pub code: String,
    /// Its id.
    pub id: String,
    /// Its type URI.
    pub type_uri: String,
    /// Whether that was its own, in place of one that `reference` gives.
    pub has_own_type: bool,
    /// The version that removed it.
    pub removed: String,
    /// Its HTTP status.
    pub status: Option<i64>,
    /// The kind of its retry contract.
    pub retry: Option<String>,
    /// Its parameters, each as the lock file has it, such as `upstream?: operator text`.
    pub parameters: Vec<String>,
}

/// The facts about the canonical entries, in the order of their tables. Their files are part of this crate, so that a command
/// that works on a service's catalogue knows as much of them as of the service's own.
#[doc(hidden)]
pub fn canonical_facts() -> Vec<EntryFacts> {
    let Some(base) = BASES.iter().find(|base| base.name == CANONICAL) else { return Vec::new() };
    let loaded = load::load_base(base);
    let mut facts = EntryFacts::of(&loaded.draft, &resolve::resolve(&loaded.draft), &loaded.sources);
    // The lock file stays with the catalogue; an entry in a package was released with it.
    facts.iter_mut().for_each(|facts| facts.is_released = true);
    facts
}

impl EntryFacts {
    /// The facts about all entries, in the order of the tables.
    fn of(draft: &Draft, localised: &Localised, sources: &SourceFiles) -> Vec<Self> {
        let written: HashMap<&str, &Entry> = draft.entries.iter().map(|entry| (entry.code.as_str(), entry)).collect();
        let released: HashSet<&str> = draft
            .released
            .entries
            .iter()
            .filter(|released| released.removed.is_none())
            .map(|released| released.code.as_str())
            .collect();
        let place = |code: &Text| {
            let source = sources.get(code.span.source())?;
            Some((source.name.clone(), source.position(code.span.start()).line))
        };
        let mut translations: HashMap<&str, Vec<(String, String, usize)>> = HashMap::new();
        for overlay in &draft.overlays {
            for translated in &overlay.entries {
                let Some((file, line)) = place(&translated.code) else { continue };
                let places = translations.entry(&translated.code.value).or_default();
                places.push((overlay.tag.value.clone(), file, line));
            }
        }
        let changed: HashMap<&str, &Text> = draft.changed.iter().map(|code| (code.as_str(), code)).collect();
        let descriptions = Descriptions::of(draft);
        let facts = |entry: &resolve::catalog::Entry| {
            let (file, line) =
                written.get(entry.code.as_str()).and_then(|written| place(&written.code)).unwrap_or_default();
            let own = written.get(entry.code.as_str()).copied();
            // An alias has the contract and the parameters of the entry that it names.
            let canonical =
                own.and_then(|own| own.same_as.as_ref()).and_then(|code| written.get(code.as_str()).copied());
            let canonical = canonical.or(own);
            let examples = canonical.into_iter().flat_map(|entry| &entry.parameters);
            let examples = examples.filter_map(|parameter| {
                Some((parameter.name.value.clone(), shown(&parameter.example.as_ref()?.value)))
            });
            let wait = canonical.and_then(|entry| Some(entry.retry.as_ref()?.wait.as_ref()?.value.clone()));
            EntryFacts {
                file,
                line,
                changed_at: changed.get(entry.code.as_str()).and_then(|code| place(code)),
                has_own_type: entry.own_type.is_some(),
                replaced_by: entry.replaced_by.clone(),
                is_released: released.contains(entry.code.as_str()),
                is_draft: entry.is_draft,
                wait,
                examples: examples.collect(),
                translations: translations.remove(entry.code.as_str()).unwrap_or_default(),
                descriptions: own.map(|own| descriptions.of_entry(own)).unwrap_or_default(),
            }
        };
        localised.source.entries.iter().map(facts).collect()
    }
}

impl CatalogSnapshot {
    pub(crate) fn new(draft: &Draft, localised: &Localised, sources: &SourceFiles) -> Self {
        let removed = draft.released.entries.iter().filter_map(|released| {
            let id = released.id.as_ref()?.value.clone();
            let of_reference = || localised.source.reference.address(&id, &released.code.value);
            Some(RemovedCode {
                code: released.code.value.clone(),
                type_uri: released.type_uri.as_ref().map_or_else(of_reference, |uri| uri.value.clone()),
                has_own_type: released.type_uri.is_some(),
                id,
                removed: released.removed.as_ref()?.value.clone(),
                status: released.contract.status,
                retry: released.contract.retry.clone(),
                parameters: released.contract.parameters.clone(),
            })
        });
        Self {
            tables: CatalogTables::new(localised),
            entries: EntryFacts::of(draft, localised, sources),
            field_errors: FieldErrorFacts::of(draft, localised),
            removed: removed.collect(),
            taxonomy: Taxonomy::of(draft),
            files: sources.paths().map(Path::to_owned).collect(),
        }
    }
}

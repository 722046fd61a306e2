//! Finds the codes that somebody means: by code, id, status, prefix, type URI, or words of a message.

use crate::runtime::sample::Named;
use crate::status_filter::StatusFilter;
use crate::taxonomy;
use lift_errors::__private::{TextMarkup, text_of};
use lift_errors::{Catalog, Entry, Locale, Problem, RetryKind, Severity, Text, lift};
use lift_errors_codegen::{EntryFacts, EntryFilter, FieldErrorFacts, RemovedCode, canonical_facts};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The shortest literal words of a message that identify it, in bytes.
const SHORTEST: usize = 8;

/// The codes of a catalogue, removed ones among them.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) catalog: &'static Catalog,
    /// The facts about each entry, in the order of the catalogue.
    pub(crate) facts: Vec<EntryFacts>,
    /// The field errors of the catalogue's own.
    pub(crate) field_errors: Vec<FieldErrorFacts>,
    pub(crate) removed: Vec<RemovedCode>,
}

/// The facts about the canonical entries, in the order of their catalogue.
static CANONICAL: LazyLock<Vec<EntryFacts>> = LazyLock::new(canonical_facts);

/// The codes that somebody means, the likeliest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) entries: Vec<Entry>,
    pub(crate) removed: Vec<RemovedCode>,
}

impl Found {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.removed.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len() + self.removed.len()
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        let entries = self.entries.iter().map(|entry| entry.code());
        entries.chain(self.removed.iter().map(|code| code.code.as_str()))
    }

    /// Adds what is not there yet.
    pub(super) fn add(&mut self, other: Self) {
        for entry in other.entries {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
        for code in other.removed {
            if self.removed.iter().all(|known| known.code != code.code) {
                self.removed.push(code);
            }
        }
    }

    /// Leaves out what does not have a status, severity or retry contract.
    pub(crate) fn filter(
        &mut self,
        status: Option<StatusFilter>,
        severity: Option<Severity>,
        retry: Option<RetryKind>,
    ) {
        self.entries.retain(|entry| {
            status.is_none_or(|filter| entry.status().is_some_and(|status| filter.matches(status)))
                && severity.is_none_or(|severity| entry.severity() == severity)
                && retry.is_none_or(|retry| entry.retry().kind() == retry)
        });
        self.removed.retain(|code| {
            let known = code.status.and_then(|status| u16::try_from(status).ok());
            status.is_none_or(|filter| known.is_some_and(|status| filter.matches(status)))
                && severity.is_none()
                && retry.is_none_or(|retry| code.retry.as_deref() == Some(retry.as_str()))
        });
    }
}

impl Found {
    /// Leaves out what is not of a class, or lacks a tag.
    pub(crate) fn filter_taxonomy(&mut self, only: &EntryFilter) {
        if only.is_empty() {
            return;
        }
        self.entries.retain(|&entry| taxonomy::matches(only, entry));
        // Nothing of it is recorded of a removed code.
        self.removed.clear();
    }
}

impl Codes {
    /// Every class of entries, each once.
    pub(crate) fn classes(&self) -> BTreeSet<&'static str> {
        self.catalog.entries().filter_map(Entry::class).collect()
    }

    /// Every tag of entries, each once.
    pub(crate) fn tags(&self) -> BTreeSet<&'static str> {
        self.catalog.entries().flat_map(Entry::tags).collect()
    }

    /// The facts about an entry of the catalogue, or about a canonical one, whose texts services use, too.
    pub(crate) fn facts_of(&self, entry: Entry) -> Option<&EntryFacts> {
        let facts = if entry.catalog().ptr_eq(self.catalog) { &self.facts } else { &*CANONICAL };
        facts.get(usize::from(entry.number()))
    }

    /// The entry with a code or an id; of two, the catalogue's own.
    pub(crate) fn entry(&self, name: &str) -> Option<Entry> {
        let is = |entry: &Entry| entry.code().eq_ignore_ascii_case(name) || entry.id().eq_ignore_ascii_case(name);
        self.catalog.entries().find(is).or_else(|| canonical(name).first().copied())
    }

    /// Every code.
    pub(crate) fn all(&self) -> Found {
        Found { entries: self.catalog.entries().collect(), removed: self.removed.clone() }
    }

    /// All codes and ids, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let entries = self.catalog.entries().flat_map(|entry| [entry.code(), entry.id()]);
        entries.chain(self.removed.iter().flat_map(|code| [code.code.as_str(), code.id.as_str()]))
    }

    /// The codes that a query means.
    pub(crate) fn find(&self, query: &str) -> Found {
        let query = query.trim();
        let exact = self.exact(query);
        if !exact.is_empty() {
            return exact;
        }
        if let Ok(filter) = query.parse::<StatusFilter>() {
            let mut found = self.all();
            found.filter(Some(filter), None, None);
            return found;
        }
        let prefix = self.beginning_with(query);
        if !prefix.is_empty() {
            return prefix;
        }
        let entries = self.with_message(query);
        if !entries.is_empty() {
            return Found { entries, removed: Vec::new() };
        }
        let canonical = canonical(query);
        if !canonical.is_empty() {
            return Found { entries: canonical, removed: Vec::new() };
        }
        Found { entries: self.with_words(query), removed: Vec::new() }
    }

    /// The codes that a name means, which is not a phrase: a code, an id, a status, a type URI, or the beginning of one code. A status
    /// means the entry that explains a bare one.
    pub(crate) fn named(&self, name: &str) -> Found {
        let mut found = self.exact(name);
        if found.is_empty() {
            found.entries.extend(name.parse().ok().and_then(|status| self.catalog.default_entry(status)));
        }
        if found.is_empty() {
            match name.parse::<StatusFilter>() {
                Ok(filter) => {
                    found.entries = self.catalog.entries().collect();
                    found.filter(Some(filter), None, None);
                }
                Err(_) => found.entries = canonical(name),
            }
        }
        if found.is_empty() {
            found = self.beginning_with(name);
        }
        found
    }

    /// The code that is called so: by its code, its id, its catalogue and code, or its type URI.
    fn exact(&self, name: &str) -> Found {
        let uri = name;
        let name = name_within(self.catalog, name);
        let is = |code: &str, id: &str| code.eq_ignore_ascii_case(name) || id.eq_ignore_ascii_case(name);
        Found {
            entries: self
                .catalog
                .entries()
                .filter(|entry| is(entry.code(), entry.id()) || entry.type_uri().to_string() == uri)
                .collect(),
            removed: self
                .removed
                .iter()
                .filter(|code| is(&code.code, &code.id) || code.type_uri == uri)
                .cloned()
                .collect(),
        }
    }

    fn beginning_with(&self, prefix: &str) -> Found {
        let begins = |name: &str| {
            name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) && prefix.len() > 1
        };
        Found {
            entries: self.catalog.entries().filter(|entry| begins(entry.code()) || begins(entry.id())).collect(),
            removed: self.removed.iter().filter(|code| begins(&code.code) || begins(&code.id)).cloned().collect(),
        }
    }

    /// The entries whose message the text contains, whatever the values of its parameters are.
    pub(super) fn with_message(&self, text: &str) -> Vec<Entry> {
        let text = text.to_lowercase();
        let mut found: Vec<(usize, Entry)> = Vec::new();
        for entry in self.catalog.entries() {
            let named = Named::new(entry);
            let fits = self.catalog.locales().flat_map(|locale| {
                let problem = Problem::new(&named).with_locale(locale);
                let of_details = entry.details().map(move |(_, detail)| text_of(&problem, detail, TextMarkup::None));
                of_details.collect::<Vec<_>>()
            });
            if let Some(length) = fits.filter_map(|message| message_length(&message.to_lowercase(), &text)).max() {
                found.push((length, entry));
            }
        }
        found.sort_by_key(|(length, _)| usize::MAX - length);
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The entries with all words in their texts, those with all words in the title first.
    fn with_words(&self, phrase: &str) -> Vec<Entry> {
        let words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let has_all = |texts: &str| words.iter().all(|word| texts.contains(word.as_str()));
        let locales: Vec<Locale> = self.catalog.locales().collect();
        let (mut titled, mut others) = (Vec::new(), Vec::new());
        for entry in self.catalog.entries() {
            let named = Named::new(entry);
            let in_locale = |locale: Locale, texts: &mut dyn Iterator<Item = Text>| {
                let problem = Problem::new(&named).with_locale(locale);
                texts.map(|text| text_of(&problem, text, TextMarkup::None).to_lowercase() + "\n").collect::<String>()
            };
            let all = || {
                [entry.title(), entry.meaning()]
                    .into_iter()
                    .chain(entry.details().map(|(_, text)| text))
                    .chain(entry.causes().map(|cause| cause.text()))
                    .chain(entry.fixes().map(|fix| fix.text()))
                    .chain(entry.notes().map(|note| note.text()))
                    .chain([entry.support(), entry.runbook()])
            };
            if locales.iter().any(|&locale| has_all(&in_locale(locale, &mut [entry.title()].into_iter()))) {
                titled.push(entry);
            } else if locales.iter().any(|&locale| has_all(&in_locale(locale, &mut all()))) {
                others.push(entry);
            }
        }
        titled.append(&mut others);
        titled
    }
}

/// The name of a code in a catalogue: without the catalogue's own name, and without the address of a type URI.
pub(super) fn name_within<'a>(catalog: &'static Catalog, name: &'a str) -> &'a str {
    let name = name.strip_prefix(catalog.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
    name.strip_prefix(catalog.reference()).and_then(|rest| rest.strip_prefix('#')).unwrap_or(name)
}

/// The canonical entry that is called so. A service answers with those, too, whatever its own catalogue has.
fn canonical(name: &str) -> Vec<Entry> {
    let name = name_within(&lift::CATALOG, name);
    let is_called = |text: &str| text.eq_ignore_ascii_case(name);
    lift::CATALOG.entries().filter(|entry| is_called(entry.code()) || is_called(entry.id())).collect()
}

/// The length of a message's own words, if the text contains them in their order.
fn message_length(message: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    let mut length = 0;
    // A quoted message may lack its last full stop.
    let words = |literal| str::trim_matches(literal, |character: char| !character.is_alphanumeric());
    for literal in message.split(['{', '}']).step_by(2).map(words) {
        let at = rest.find(literal)?;
        rest = rest.get(at + literal.len()..)?;
        length += literal.len();
    }
    (length >= SHORTEST).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::message_length;

    #[test]
    fn a_message_is_recognised_whatever_its_values_are() {
        let message = "the server could not find {resource}.";
        assert_eq!(message_length(message, "error: the server could not find order 7."), Some(25));
        assert_eq!(message_length(message, "the server could find order 7."), None);
        // Literals out of order.
        assert_eq!(message_length("{a} waits for {b}, then ends", "then ends, 7 waits for 8"), None);
        assert_eq!(message_length("{a}: {b}", "7: 8"), None);
    }
}

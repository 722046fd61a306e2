//! A part of a catalogue: the entries of a class, or with some tags.

use crate::diagnostic::span::{SourceFiles, Span};
use crate::read::draft::{Draft, Entry};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The entries to select: those of the class that have all tags.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// The class.
    pub class: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
}

/// The words of a catalogue's own taxonomy.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taxonomy {
    /// The classes, in alphabetical order.
    pub classes: BTreeSet<String>,
    /// The tags, in alphabetical order.
    pub tags: BTreeSet<String>,
}

impl EntryFilter {
    /// Whether it selects all entries.
    pub fn is_empty(&self) -> bool {
        self.class.is_none() && self.tags.is_empty()
    }

    /// Whether it selects an entry with this class and these tags.
    pub fn matches<'a>(&self, class: Option<&str>, tags: impl Iterator<Item = &'a str> + Clone) -> bool {
        self.class.as_deref().is_none_or(|wanted| class == Some(wanted))
            && self.tags.iter().all(|wanted| tags.clone().any(|tag| tag == wanted))
    }
}

impl Taxonomy {
    /// The words that entries have, or may have.
    pub(crate) fn of(draft: &Draft) -> Self {
        let manifest = &draft.manifest;
        let classes = draft.entries.iter().filter_map(|entry| entry.class.as_ref()).chain(&manifest.classes);
        let tags = draft.entries.iter().flat_map(|entry| &entry.tags).chain(&manifest.tags);
        Self {
            classes: classes.map(|word| word.value.clone()).collect(),
            tags: tags.map(|word| word.value.clone()).collect(),
        }
    }
}

/// The codes of the selected entries among all codes.
pub(crate) struct Selection<'a> {
    selected: HashSet<&'a str>,
    others: HashSet<&'a str>,
}

impl<'a> Selection<'a> {
    pub(crate) fn new(draft: &'a Draft, filter: &EntryFilter) -> Self {
        let is_selected = |entry: &&'a Entry| {
            // An alias has what it does not say itself from the entry that it names.
            let canonical = draft.canonical(entry);
            let class = entry.class.as_ref().or(canonical.class.as_ref());
            let tags = if entry.tags.is_empty() { &canonical.tags } else { &entry.tags };
            filter.matches(class.map(|class| class.as_str()), tags.iter().map(|tag| tag.as_str()))
        };
        let (selected, others): (Vec<_>, Vec<_>) = draft.entries.iter().partition(is_selected);
        let codes = |entries: Vec<&'a Entry>| entries.iter().map(|entry| entry.code.as_str()).collect();
        Self { selected: codes(selected), others: codes(others) }
    }

    /// The number of entries that are selected.
    pub(crate) fn len(&self) -> usize {
        self.selected.len()
    }

    /// Whether it contains an entry.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.selected.contains(code)
    }

    /// Where the entries begin in all files, and which are not selected.
    pub(crate) fn places(&self, sources: &SourceFiles) -> Places {
        let files = sources.numbered().map(|(number, text)| (number, self.tables(text).collect()));
        Places { files: files.collect() }
    }

    /// Each table of a file: its position, and whether it is of an entry that is not selected.
    fn tables<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, bool)> + 't {
        tables(text).map(|(start, code)| (start, self.others.contains(code)))
    }
}

/// Each table of a file: its position, and the first key of its header.
pub(crate) fn tables(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    });
    lines.filter_map(|(start, line)| Some((start, table_code(line)?)))
}

/// The first key of a table's header. A line of a description may begin with a bracket, too, as a link does.
fn table_code(line: &str) -> Option<&str> {
    let header = line.split('#').next()?.trim();
    let is_key = |character: char| character.is_alphanumeric() || "_-.\" []".contains(character);
    if !header.starts_with('[') || !header.ends_with(']') || !header.chars().all(is_key) {
        return None;
    }
    header.trim_start_matches(['[', ' ', '"']).split([']', '.', '"', ' ']).next()
}

/// Which positions belong to entries that are not selected.
pub(crate) struct Places {
    /// For each file the positions of its tables, in order.
    files: HashMap<usize, Vec<(usize, bool)>>,
}

impl Places {
    /// Whether a position is in an entry that is not selected, or in its translation.
    pub(crate) fn is_of_other(&self, span: Span) -> bool {
        let tables = self.files.get(&span.source()).map(Vec::as_slice).unwrap_or_default();
        let behind = tables.partition_point(|(start, _)| *start <= span.start());
        behind.checked_sub(1).and_then(|last| tables.get(last)).is_some_and(|(_, is_other)| *is_other)
    }
}

#[cfg(test)]
mod tests {
    use super::table_code;

    #[test]
    fn headers_are_told_from_links() {
        for (line, code) in [
            ("[ord_lost]\n", Some("ord_lost")),
            ("  [[ord_lost.cause]] # why", Some("ord_lost")),
            ("[ \"ord_lost\" . fix ]", Some("ord_lost")),
            ("[ord_lost](#ord_full) explains it.", None),
            ("See [ord_lost]", None),
            ("title = [1]", None),
        ] {
            assert_eq!(table_code(line), code, "{line}");
        }
    }
}

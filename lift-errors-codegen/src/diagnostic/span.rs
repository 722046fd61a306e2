//! The source files of a catalogue, and positions in them.

use lift_errors_core::bidi::is_bidi_control;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// The path as people write it: relative to where the manifest was named from, with `/`.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Where each line starts: found when a position is asked for the first time.
    lines: OnceLock<Vec<usize>>,
}

/// A stretch of bytes in one of the sources. A large catalogue has a million of them, and no file is as long as `u32` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Span {
    source: u32,
    start: u32,
    end: u32,
}

/// A position as editors show it: both numbers from 1, the column in characters.
pub(crate) struct Position<'a> {
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// The whole line, without its end.
    pub(crate) text: &'a str,
}

impl Span {
    /// The span of what is in no source.
    pub(crate) const NOWHERE: Self = Self { source: u32::MAX, start: 0, end: 0 };

    pub(crate) fn new(source: usize, range: Range<usize>) -> Self {
        let [source, start, end] =
            [source, range.start, range.end].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        Self { source, start, end }
    }

    /// The number of the source.
    pub(crate) fn source(self) -> usize {
        self.source as usize
    }

    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    pub(crate) fn end(self) -> usize {
        self.end as usize
    }

    /// Whether it begins within one of some spans.
    pub(crate) fn begins_within(self, spans: &[Self]) -> bool {
        spans.iter().any(|it| it.source == self.source && (it.start..=it.end).contains(&self.start))
    }

    /// The part of the span that starts `range.start` bytes into it.
    pub(crate) fn part(self, range: Range<usize>) -> Self {
        let start = (self.start() + range.start).min(self.end());
        Self::new(self.source(), start..(self.start() + range.end).clamp(start, self.end()))
    }
}

/// A value and its span.
#[derive(Clone, Debug)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A string with its span.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
    /// How the source contains the string.
    pub(crate) origin: Origin,
    /// Whether the source has characters by their numbers, as `\u00A0`: whoever wrote them meant them.
    pub(crate) is_escaped: bool,
}

/// How a source contains a string.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// Letter by letter; the offset of the first byte within the string's span.
    Verbatim(usize),
    /// With escapes. Places where one begins or ends: its offset in the string, and that within the span.
    Escaped(Vec<(usize, usize)>),
    /// Not at all: its parts have no places of their own.
    Elsewhere,
}

impl Text {
    /// The span of a part of the string, or of the whole string where it has no place.
    pub(crate) fn part(&self, range: Range<usize>) -> Span {
        let place = |at: usize| match &self.origin {
            Origin::Verbatim(offset) => Some(at + offset),
            Origin::Escaped(places) => {
                let (text, source) = places.get(places.partition_point(|(text, _)| *text <= at).checked_sub(1)?)?;
                Some(source + at - text)
            }
            Origin::Elsewhere => None,
        };
        match (place(range.start), place(range.end)) {
            (Some(start), Some(end)) => self.span.part(start..end),
            _ => self.span,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.value
    }
}

impl SourceFile {
    pub(crate) fn new(name: String, path: PathBuf, text: String) -> Self {
        Self { name, path, text, lines: OnceLock::new() }
    }

    /// The name in a report: a path may have characters that control a terminal, and ends of lines.
    pub(crate) fn shown(&self) -> String {
        self.name.chars().map(harmless).collect()
    }

    pub(crate) fn position(&self, at: usize) -> Position<'_> {
        let starts = || std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let lines: &Vec<usize> = self.lines.get_or_init(starts);
        let line = lines.partition_point(|&start| start <= at).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0);
        let end = lines.get(line).map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..end).unwrap_or("").trim_end_matches('\r');
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column, text }
    }
}

/// All files of a catalogue, by number: the manifest is 0.
#[derive(Debug, Default)]
pub(crate) struct SourceFiles {
    files: BTreeMap<usize, SourceFile>,
    next: usize,
}

impl SourceFiles {
    /// No files yet, and numbers from `first` for those that come.
    pub(crate) fn starting_at(first: usize) -> Self {
        Self { files: BTreeMap::new(), next: first }
    }

    pub(crate) fn add(&mut self, source: SourceFile) -> usize {
        let number = self.next;
        self.next += 1;
        self.files.insert(number, source);
        number
    }

    /// Adds files that have numbers of their own.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
    }

    pub(crate) fn get(&self, number: usize) -> Option<&SourceFile> {
        self.files.get(&number)
    }

    /// The number and the text of the source at a path.
    pub(crate) fn at(&self, path: &Path) -> Option<(usize, &str)> {
        let found = self.files.iter().find(|(_, source)| source.path == path);
        found.map(|(number, source)| (*number, source.text.as_str()))
    }

    /// The text of each source, by number.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        self.files.iter().map(|(number, source)| (*number, source.text.as_str()))
    }

    /// The names of the sources that are files. A base catalogue's are part of this crate, and have no path.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.on_disk().map(|source| source.name.as_str())
    }

    /// The paths of the sources that are files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.on_disk().map(|source| source.path.as_path())
    }

    fn on_disk(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values().filter(|source| !source.path.as_os_str().is_empty())
    }
}

/// The character, or a substitute for one that would move the cursor or the text around it.
pub(crate) fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if character.is_control() || is_bidi_control(character) => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_one_in_characters() {
        let source = SourceFile::new("a".into(), "a".into(), "é = 1\r\nb = 2".into());
        let position = source.position(5);
        assert_eq!((position.line, position.column, position.text), (1, 5, "é = 1"));
        let position = source.position(8);
        assert_eq!((position.line, position.column, position.text), (2, 1, "b = 2"));
        let position = source.position(13);
        assert_eq!((position.line, position.column), (2, 6));
    }
}

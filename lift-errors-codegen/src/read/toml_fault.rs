//! The faults of TOML itself, as an author understands them: the parser says what it expected, and not which key was meant.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Span;
use std::ops::Range;

/// The beginnings of the lines that an unresolved merge leaves behind.
const MERGE: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// A fault of the parser: its place, its message.
pub(crate) type Found = (Range<usize>, String);

/// The faults to report, of all that the parser found in a text: one for each line, and one for each unresolved merge.
pub(crate) fn diagnostics(source: usize, text: &str, found: Vec<Found>) -> Vec<Diagnostic> {
    let file = TomlFile { source, text };
    let merges = file.merges();
    let mut faults: Vec<Diagnostic> = merges.iter().map(|merge| file.merge(merge)).collect();
    let mut found: Vec<Found> =
        found.into_iter().filter(|(range, _)| merges.iter().all(|merge| !merge.contains(&range.start))).collect();
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut last_line = None;
    for (range, message) in found {
        let line = file.line_at(range.start);
        // The parser goes on after a fault, and what it finds on the same line follows from it.
        if last_line.replace(line.start) != Some(line.start) {
            faults.push(file.fault(line, range, &message));
        }
    }
    faults
}

#[derive(Clone, Copy)]
struct TomlFile<'a> {
    source: usize,
    text: &'a str,
}

impl<'a> TomlFile<'a> {
    fn at(self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.span(range), message)
    }

    fn span(self, range: Range<usize>) -> Span {
        Span { source: self.source, start: range.start, end: range.end }
    }

    fn slice(self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The line with a byte, without its end.
    fn line_at(self, at: usize) -> Range<usize> {
        let before = self.text.get(..at).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or("");
        start..start + rest.find('\n').unwrap_or(rest.len())
    }

    /// The lines before a place, the nearest first, each with its place.
    fn lines_before(self, at: usize) -> impl Iterator<Item = (usize, &'a str)> {
        let mut end = self.line_at(at).start;
        std::iter::from_fn(move || {
            let line = self.line_at(end.checked_sub(1)?);
            end = line.start;
            Some((line.start, self.slice(line)))
        })
    }

    /// The parts of the text between the marks of unresolved merges.
    fn merges(self) -> Vec<Range<usize>> {
        let [begin, _, end] = MERGE;
        let mut merges: Vec<Range<usize>> = Vec::new();
        let mut open = None;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with(begin) {
                open = open.or(Some(at));
            } else if line.starts_with(end) {
                merges.extend(open.take().map(|start| start..at + line.len()));
            }
            at += line.len();
        }
        merges
    }

    fn merge(self, merge: &Range<usize>) -> Diagnostic {
        let [begin, middle, end] = MERGE;
        self.at(merge.start..merge.start + begin.len(), "an unresolved merge").help(format!(
            "keep one of the two versions, and remove the lines that begin with `{begin}`, `{middle}` and `{end}`"
        ))
    }

    /// The fault of a line.
    fn fault(self, line: Range<usize>, range: Range<usize>, message: &str) -> Diagnostic {
        let text = self.slice(line.clone());
        if let Some(fault) = self.typography(&line, &range, message) {
            return fault;
        }
        if message.contains("duplicate key") {
            return self.duplicate(&line, range);
        }
        if let Some((name, at, value)) = colon(text) {
            let at = line.start + at;
            if range.start <= at + 2 {
                let help = format!("write `{name} = {}`", value.trim());
                return self.at(at..at + 1, format!("`:` after the key `{name}`")).help(help);
            }
        }
        if message.starts_with("unexpected key or value") {
            if let Some(fixed) = quoted_inside(text) {
                let fault = self.at(range, "the text goes on after its closing quotation mark");
                return fault.help(format!("write `\\\"` for a quotation mark in a text: `{fixed}`"));
            }
        }
        // The parser takes what is not there for a string without its quotation marks.
        let nothing = message.starts_with("string values must be quoted") && range.is_empty();
        let message = if nothing { "a value is missing" } else { message };
        self.at(range, format!("invalid TOML: {message}")).help(remedy(message))
    }

    /// A character of a word processor where TOML has another one.
    fn typography(self, line: &Range<usize>, range: &Range<usize>, message: &str) -> Option<Diagnostic> {
        let from = |start: usize, end: usize| {
            let characters = self.slice(start..end).char_indices();
            characters
                .map(move |(at, character)| (start + at, character))
                .find_map(|(at, character)| Some((at, character, Confusable::of(character)?)))
        };
        let end = if range.is_empty() { line.end } else { range.end };
        let near = from(range.start, end).filter(|(at, ..)| !range.is_empty() || *at <= range.start + 1);
        // A text that ends with a typographic quotation mark has no end.
        let last = || {
            let text = self.slice(line.clone()).trim_end();
            let last = text.chars().next_back()?;
            let at = line.start + text.len() - last.len_utf8();
            Some((at, last, Confusable::of(last).filter(|_| message.contains("invalid basic string"))?))
        };
        let (at, character, confusable) = near.or_else(last)?;
        let (name, help) = match confusable {
            Confusable::Quote => ("a typographic quotation mark", "TOML needs straight ones: `title = \"Not Found\"`"),
            Confusable::Blank => ("a no-break space or another special blank", "write an ordinary blank in its place"),
        };
        let message = format!("{name}, U+{:04X}", u32::from(character));
        Some(self.at(at..at + character.len_utf8(), message).help(help))
    }

    /// A key or a table that is there already.
    fn duplicate(self, line: &Range<usize>, range: Range<usize>) -> Diagnostic {
        let (text, name) = (self.slice(line.clone()), self.slice(range.clone()));
        let first = match header(text) {
            Some(path) => self.lines_before(line.start).filter(|(_, line)| header(line) == Some(path)).last(),
            None => self
                .lines_before(line.start)
                .take_while(|(_, line)| header(line).is_none())
                .filter(|(_, line)| line.split('=').next().is_some_and(|key| key.trim() == name))
                .last(),
        };
        let what = match header(text) {
            Some(path) => format!("duplicate table `{path}`"),
            None => format!("duplicate key `{name}`"),
        };
        let fault = self.at(range, what);
        let fault = match first {
            Some((start, first)) => fault.related("first at", self.span(start..start + first.len())),
            None => fault,
        };
        fault.help("a file contains each code, key and table once; rename one or remove it")
    }
}

/// Characters that look like those of TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Confusable {
    Quote,
    Blank,
}

impl Confusable {
    const fn of(character: char) -> Option<Self> {
        match character {
            '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '′' | '″' | '「' | '」' | '＂' => {
                Some(Self::Quote)
            }
            '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}' => {
                Some(Self::Blank)
            }
            _ => None,
        }
    }
}

/// The name of the table that a line begins: `a.b` of `[a.b]` and `[[a.b]]`.
fn header(line: &str) -> Option<&str> {
    let line = line.trim();
    let path = line.strip_prefix('[')?;
    let path = path.strip_prefix('[').unwrap_or(path);
    Some(path.split(']').next()?.trim())
}

/// A key with `:` in place of `=`: the key, the place of the colon, and what follows.
fn colon(line: &str) -> Option<(&str, usize, &str)> {
    let at = line.find(':')?;
    let (before, value) = (line.get(..at)?, line.get(at + 1..)?);
    // In an inline table, the key begins behind the brace or a comma.
    let name = before.rsplit(['{', ',']).next()?.trim();
    let is_key =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let value = if before.contains('{') { value.trim_end_matches([' ', '}']) } else { value };
    is_key.then_some((name, at, value))
}

/// The line as it should be, if the text in it has quotation marks of its own.
fn quoted_inside(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inside = value.strip_prefix(mark)?.strip_suffix(mark)?;
    let is_closed_within = inside.contains(mark) && !inside.contains('#');
    let escaped = inside.replace("\\\"", "\"").replace('"', "\\\"");
    is_closed_within.then(|| format!("{} = \"{escaped}\"", key.trim()))
}

/// The remedy for a fault that the parser found.
fn remedy(message: &str) -> &'static str {
    if message.contains("recurs") {
        "the format needs no more than four levels"
    } else if message.contains("a value is missing") {
        "write the value behind `=`, or remove the key"
    } else if message.contains("string") || message.contains("quote") {
        "write a text in quotation marks on one line: `title = \"Not Found\"`; inside, write `\\\"` for a quotation mark"
    } else {
        "a line is `key = value`, a table begins with `[name]`, a list of tables with `[[name]]`"
    }
}

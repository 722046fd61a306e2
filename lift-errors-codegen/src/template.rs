//! One text of the catalogue, taken apart: literals, placeholders, `code` and [links](@id).
//!
//! It knows the markup, not what the names in it stand for.

use crate::diagnostic::{Diagnostic, Report};
use crate::draft::Text;
use std::ops::Range;

/// A text and its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) text: Text,
    pub(crate) pieces: Vec<Piece>,
}

/// One piece of a text, in order. Code and links do not nest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Literal(String),
    /// `{name}`, and where it stands in the text, braces included.
    Placeholder(String, Range<usize>),
    CodeStart,
    CodeEnd,
    LinkStart,
    /// The end of a link's words, the id of the link, and where the id stands.
    LinkEnd(String, Range<usize>),
}

impl Template {
    /// Takes `text` apart; faults in its markup go into the report.
    pub(crate) fn parse(text: Text, report: &mut Report) -> Self {
        let mut parser =
            Parser { text: &text, at: 0, literal: String::new(), pieces: Vec::new(), code: None, link: None };
        parser.run(report);
        let pieces = parser.pieces;
        Self { text, pieces }
    }

    /// The names of parameters and constants in the text, each with its place in it.
    pub(crate) fn placeholders(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name, range) => Some((name.as_str(), range.clone())),
            _ => None,
        })
    }

    /// The ids of the links in the text, each with its place in it.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::LinkEnd(id, range) => Some((id.as_str(), range.clone())),
            _ => None,
        })
    }
}

struct Parser<'a> {
    text: &'a Text,
    at: usize,
    literal: String,
    pieces: Vec<Piece>,
    /// Where the code began that has not ended.
    code: Option<usize>,
    /// Where the link began that has not ended.
    link: Option<usize>,
}

impl Parser<'_> {
    fn run(&mut self, report: &mut Report) {
        while let Some(character) = self.rest().chars().next() {
            let start = self.at;
            self.at += character.len_utf8();
            match character {
                '{' if self.take("{") => self.literal.push('{'),
                '}' if self.take("}") => self.literal.push('}'),
                '{' => self.placeholder(start, report),
                '}' => {
                    report.add(
                        Diagnostic::at(self.text.part(start..start + 1), "`}` without a `{` before it")
                            .help("write `}}` for a brace that stands for itself"),
                    );
                }
                '`' => self.code(start),
                '[' if self.code.is_none() && self.link.is_none() && self.link_ahead() => {
                    self.push(Piece::LinkStart);
                    self.link = Some(start);
                }
                ']' if self.code.is_none() && self.link.is_some() => self.link_end(report),
                _ => self.literal.push(character),
            }
        }
        if let Some(start) = self.code {
            report.add(
                Diagnostic::at(self.text.part(start..start + 1), "this `` ` `` opens a literal that never ends")
                    .help("backticks come in pairs around words that are shown as code"),
            );
        }
        self.flush();
    }

    fn rest(&self) -> &str {
        self.text.value.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            self.pieces.push(Piece::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn placeholder(&mut self, start: usize, report: &mut Report) {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or("").to_owned();
        if name.is_empty() || !rest.get(length..).unwrap_or("").starts_with('}') {
            let end = start + 1 + length;
            report
                .add(Diagnostic::at(self.text.part(start..end), "this `{` opens a placeholder that never closes").help(
                "a placeholder is a name in braces, such as `{limit}`; write `{{` for a brace that stands for itself",
            ));
            self.at = end;
            return;
        }
        self.at += length + 1;
        let range = start..self.at;
        self.push(Piece::Placeholder(name, range));
    }

    fn code(&mut self, start: usize) {
        if self.code.take().is_some() {
            self.push(Piece::CodeEnd);
        } else {
            self.code = Some(start);
            self.push(Piece::CodeStart);
        }
    }

    /// Whether the `[` before here begins `[words](@id)`, and is not just a bracket. Brackets in the
    /// words do not count, so that one look ahead is enough and the whole stays linear.
    fn link_ahead(&self) -> bool {
        let rest = self.rest();
        rest.find(['[', ']']).is_some_and(|end| rest.get(end..).unwrap_or("").starts_with("]("))
    }

    fn link_end(&mut self, report: &mut Report) {
        self.link = None;
        if !self.take("(@") {
            let start = self.at.saturating_sub(1);
            let end = self.rest().find(')').map_or(self.text.value.len(), |end| self.at + end + 1);
            report.add(
                Diagnostic::at(self.text.part(start..end), "a link in a text names a declared link")
                    .help("write `[words](@link_id)` and declare the address: `[[link]]` with `id`, `rel` and `href`"),
            );
            self.at = end;
            self.push(Piece::LinkEnd(String::new(), start..end));
            return;
        }
        let rest = self.rest();
        let length = rest.find(')').unwrap_or(rest.len());
        let range = self.at..self.at + length;
        let id = rest.get(..length).unwrap_or("").to_owned();
        self.at = (range.end + 1).min(self.text.value.len());
        self.push(Piece::LinkEnd(id, range));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    fn parse(text: &str) -> (Vec<Piece>, String) {
        let span = Span { source: 0, start: 0, end: text.len() };
        let text = Text { value: text.to_owned(), span, verbatim: Some(0) };
        let mut report = Report::default();
        let pieces = Template::parse(text, &mut report).pieces;
        (pieces, if report.is_empty() { String::new() } else { report.render(&Sources::default()) })
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    #[test]
    fn texts_come_apart() {
        let (pieces, faults) = parse("Wait `{a}` {{b}}, [back off](@guide) [1]");
        assert_eq!(faults, "");
        assert_eq!(
            pieces,
            [
                literal("Wait "),
                Piece::CodeStart,
                Piece::Placeholder("a".into(), 6..9),
                Piece::CodeEnd,
                literal(" {b}, "),
                Piece::LinkStart,
                literal("back off"),
                Piece::LinkEnd("guide".into(), 30..35),
                literal(" [1]"),
            ]
        );
    }

    #[test]
    fn faults_say_what_to_write() {
        for (text, fault) in [
            ("More than {limit", "never closes"),
            ("More than { limit }", "never closes"),
            ("{}", "never closes"),
            ("a } b", "without a `{`"),
            ("a ` b", "never ends"),
            ("[a](https://example.com)", "declared link"),
        ] {
            assert!(parse(text).1.contains(fault), "{text}: {}", parse(text).1);
        }
    }

    #[test]
    fn a_megabyte_of_brackets_is_linear() {
        for unit in ["[", "](", "{", "`", "[]"] {
            parse(&unit.repeat(1 << 20));
        }
    }
}

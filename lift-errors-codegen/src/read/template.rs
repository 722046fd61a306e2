//! One text of the catalogue, taken apart: literals, placeholders, `code` and [links](@id).
//!
//! It reads the markup; rules look up the names in it. A backslash takes the meaning from a backtick or a bracket, as in
//! CommonMark (§2.4). Everywhere else, and in code (§6.1), it is a backslash.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::Text;
use std::ops::Range;

/// The longest text, in bytes; of a longer one the markup is not looked at.
pub(crate) const LONGEST: usize = 4_096;

/// The characters that may be markup.
const MARKUP: [char; 6] = ['{', '}', '\\', '`', '[', ']'];

/// A text and its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) text: Text,
    /// Of a text that is nothing but words, which most are, there are none: the text is the piece.
    pieces: Vec<Piece>,
    /// Whether it is a description: several paragraphs, whose markup is CommonMark's.
    pub(crate) is_description: bool,
}

/// One piece of a text, in order. Code and links do not nest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<S = String> {
    Literal(S),
    /// `{name}` with its position in the text, braces included; a broken one has no name.
    Placeholder(S, Range<usize>),
    CodeStart,
    CodeEnd,
    LinkStart,
    /// The end of a link's words, the id of the link, and the place of the id; without an id, where
    /// the link is broken.
    LinkEnd(S, Range<usize>),
}

impl Piece {
    fn borrowed(&self) -> Piece<&str> {
        match self {
            Self::Literal(text) => Piece::Literal(text),
            Self::Placeholder(name, range) => Piece::Placeholder(name, range.clone()),
            Self::CodeStart => Piece::CodeStart,
            Self::CodeEnd => Piece::CodeEnd,
            Self::LinkStart => Piece::LinkStart,
            Self::LinkEnd(id, range) => Piece::LinkEnd(id, range.clone()),
        }
    }
}

impl Template {
    /// Takes `text` apart; faults in its markup go into the report.
    pub(crate) fn parse(text: Text, report: &mut Report) -> Self {
        if text.value.len() > LONGEST {
            // The length is the fault; whatever the text names, it is named somewhere.
            return Self { text, pieces: vec![Piece::Placeholder(String::new(), 0..0)], is_description: false };
        }
        let mut parser =
            Parser { text: &text, at: 0, literal: String::new(), pieces: Vec::new(), code: None, link: None };
        parser.run(report);
        let mut pieces = parser.pieces;
        pieces.shrink_to_fit();
        Self { text, pieces, is_description: false }
    }

    /// A description with its pieces.
    pub(crate) fn of_pieces(text: Text, pieces: Vec<Piece>) -> Self {
        Self { text, pieces, is_description: true }
    }

    /// A text of nothing but words.
    pub(crate) fn of_words(text: Text) -> Self {
        Self { text, pieces: Vec::new(), is_description: false }
    }

    /// The pieces, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<&str>> {
        let is_words = self.pieces.is_empty() && !self.is_description && !self.text.value.is_empty();
        let words = is_words.then_some(Piece::Literal(self.text.value.as_str()));
        words.into_iter().chain(self.pieces.iter().map(Piece::borrowed))
    }

    /// Whether there is nothing but words in it.
    pub(crate) fn is_words(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Literal(_)))
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
        // The search for one character is compiled with optimisations, also in a build script.
        if !MARKUP.into_iter().any(|mark| self.text.value.contains(mark)) {
            return;
        }
        loop {
            self.take_unmarked();
            let Some(character) = self.rest().chars().next() else { break };
            let start = self.at;
            self.at += character.len_utf8();
            match character {
                '{' if self.take("{") => self.literal.push('{'),
                '}' if self.take("}") => self.literal.push('}'),
                '{' => self.placeholder(start, report),
                '}' => {
                    report.add(
                        Diagnostic::at(self.text.part(start..start + 1), "`}` without a `{` before it")
                            .help("write `}}` for a literal brace"),
                    );
                }
                '\\' if self.code.is_none() => self.backslash(),
                '`' => self.code(start, report),
                '[' if self.code.is_none() && self.link.is_none() && self.link_ahead() => {
                    self.push(Piece::LinkStart);
                    self.link = Some(start);
                }
                ']' if self.code.is_none() => match self.link.take() {
                    Some(opened) => self.link_end(opened, report),
                    None => self.literal.push(character),
                },
                _ => self.literal.push(character),
            }
        }
        if let Some(start) = self.code {
            report.add(
                Diagnostic::at(self.text.part(start..start + 1), "a backtick opens a literal that never ends")
                    .help("backticks come in pairs around words that are shown as code; outside of code a literal one is written \\\\`, or \\` where the text is in single quotation marks"),
            );
        } else if let Some(start) = self.link {
            report.add(
                Diagnostic::at(self.text.part(start..start + 1), "this `[` opens a link that never ends")
                    .help("its end is between backticks: write the whole literal inside of the link, or outside"),
            );
        }
        self.flush();
    }

    /// Takes the text up to the next mark.
    fn take_unmarked(&mut self) {
        let rest = self.text.value.get(self.at..).unwrap_or_default();
        let words = rest.split(MARKUP).next().unwrap_or_default();
        self.literal.push_str(words);
        self.at += words.len();
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

    /// Takes the backslashes from the one before here, and the mark that they escape.
    fn backslash(&mut self) {
        let escape = Escape::at(self.text.value.get(self.at - 1..).unwrap_or(""));
        self.literal.extend(std::iter::repeat_n('\\', escape.backslashes));
        self.literal.extend(escape.mark);
        self.at += escape.length - 1;
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            let mut literal = std::mem::take(&mut self.literal);
            literal.shrink_to_fit();
            self.pieces.push(Piece::Literal(literal));
        }
    }

    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn placeholder(&mut self, start: usize, report: &mut Report) {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(length);
        if !name.is_empty() && behind.starts_with('}') {
            let name = name.to_owned();
            self.at += length + 1;
            self.push(Piece::Placeholder(name, start..self.at));
            return;
        }
        // Up to the brace that closes it, if one does before the next opens.
        let brace =
            behind.find(['{', '}']).filter(|&brace| behind.get(brace..).is_some_and(|rest| rest.starts_with('}')));
        let (end, message) = match brace {
            Some(brace) => (self.at + length + brace + 1, "the text between these braces is not a name"),
            None => (self.at + length, "this `{` opens a placeholder that never closes"),
        };
        report.add(Diagnostic::at(self.text.part(start..end), message).help(
            "a placeholder is a name in braces, such as `{limit}`, the same in every language; write `{{` and `}}` for literal braces",
        ));
        self.at = end;
        self.push(Piece::Placeholder(String::new(), start..end));
    }

    fn code(&mut self, start: usize, report: &mut Report) {
        match self.code.take() {
            Some(opened) => {
                self.words(
                    opened,
                    "empty literal",
                    "write the words between the backticks; a literal backtick is written \\\\`, or \\` where the text is in single quotation marks",
                    report,
                );
                self.push(Piece::CodeEnd);
            }
            None => {
                self.code = Some(start);
                self.push(Piece::CodeStart);
            }
        }
    }

    /// Markup that was `opened` there and ends here is not empty.
    fn words(&self, opened: usize, message: &str, help: &str, report: &mut Report) {
        if self.literal.is_empty() && matches!(self.pieces.last(), Some(Piece::CodeStart | Piece::LinkStart)) {
            report.add(Diagnostic::at(self.text.part(opened..self.at), message).help(help));
        }
    }

    /// Whether the `[` before here begins `[words](@id)`, and is not just a bracket. Brackets in the
    /// words do not count, so that one look ahead is enough and the whole stays linear.
    fn link_ahead(&self) -> bool {
        let mut rest = self.rest();
        while let Some(at) = rest.find(['[', ']', '\\']) {
            let mark = rest.get(at..).unwrap_or("");
            if !mark.starts_with('\\') {
                return mark.starts_with("](");
            }
            rest = mark.get(Escape::at(mark).length..).unwrap_or("");
        }
        false
    }

    fn link_end(&mut self, opened: usize, report: &mut Report) {
        self.words(opened, "link without words", "write the words between the brackets", report);
        let start = self.at - 1;
        let named = self.take("(@");
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (id, behind) = rest.split_at(length);
        if named && !id.is_empty() && behind.starts_with(')') {
            let (id, range) = (id.to_owned(), self.at..self.at + length);
            self.at = range.end + 1;
            self.push(Piece::LinkEnd(id, range));
            return;
        }
        let end = self.at
            + rest
                .find([')', ' '])
                .map_or(rest.len(), |end| end + usize::from(rest.get(end..).is_some_and(|rest| rest.starts_with(')'))));
        report.add(
            Diagnostic::at(self.text.part(start..end), "missing link id after the words of this link")
                .help("write `[words](@link_id)`, with the id that the entry's own text has; a new address is declared there: `[[link]]` with `id`, `rel` and `href`; if it is not a link, write \\\\[ for its bracket, or \\[ where the text is in single quotation marks"),
        );
        self.at = end;
        self.push(Piece::LinkEnd(String::new(), start..end));
    }
}

/// Backslashes, and the mark behind them that is not markup.
pub(crate) struct Escape {
    /// The length of all that is read at once.
    pub(crate) length: usize,
    /// The number of literal backslashes.
    backslashes: usize,
    /// The mark that the last one escapes.
    pub(crate) mark: Option<char>,
}

/// The marks that a backslash escapes.
const MARKS: [char; 3] = ['`', '[', ']'];

impl Escape {
    /// Reads the backslashes at the beginning of a text. Before a mark two are one, and the last of an odd number escapes it;
    /// before anything else they are what they look like.
    pub(crate) fn at(text: &str) -> Self {
        let rest = text.trim_start_matches('\\');
        let count = text.len() - rest.len();
        match rest.chars().next().filter(|mark| MARKS.contains(mark)) {
            None => Self { length: count, backslashes: count, mark: None },
            Some(mark) if count % 2 == 1 => Self { length: count + 1, backslashes: count / 2, mark: Some(mark) },
            Some(_) => Self { length: count, backslashes: count / 2, mark: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::span::{Origin, SourceFiles, Span};

    fn parse(text: &str) -> (Vec<Piece>, String) {
        let span = Span::new(0, 0..text.len());
        let text = Text { value: text.to_owned(), span, origin: Origin::Verbatim(0), is_escaped: false };
        let mut report = Report::default();
        let template = Template::parse(text, &mut report);
        let pieces = template.pieces().map(owned).collect();
        (
            pieces,
            if report.is_empty() {
                String::new()
            } else {
                report.render(&SourceFiles::default(), crate::diagnostic::WIDTH)
            },
        )
    }

    fn owned(piece: Piece<&str>) -> Piece {
        match piece {
            Piece::Literal(text) => literal(text),
            Piece::Placeholder(name, range) => Piece::Placeholder(name.into(), range),
            Piece::CodeStart => Piece::CodeStart,
            Piece::CodeEnd => Piece::CodeEnd,
            Piece::LinkStart => Piece::LinkStart,
            Piece::LinkEnd(id, range) => Piece::LinkEnd(id.into(), range),
        }
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
    fn a_backslash_takes_the_meaning_from_a_mark_and_is_otherwise_itself() {
        for (text, shown) in [
            (r"a \` b", "a ` b"),
            (r"\[x](@y)", "[x](@y)"),
            (r"[x\](@y)", "[x](@y)"),
            (r"\[x](y) \[z](y)", "[x](y) [z](y)"),
            (r"\\server\share \n \{{", r"\\server\share \n \{"),
            (r"\\\`", r"\`"),
            (r"\\[1]", r"\[1]"),
            (r"end\", r"end\"),
        ] {
            assert_eq!(parse(text), (vec![literal(shown)], String::new()), "{text}");
        }
        let code = |words: &str| vec![Piece::CodeStart, literal(words), Piece::CodeEnd];
        assert_eq!(parse(r"`C:\[x](@y)\`"), (code(r"C:\[x](@y)\"), String::new()));
        let behind = [vec![literal(r"C:\")], code("x")].concat();
        assert_eq!(parse(r"C:\\`x`"), (behind, String::new()));
        let words = vec![Piece::LinkStart, literal("a ] ` b"), Piece::LinkEnd("c".into(), 13..14)];
        assert_eq!(parse(r"[a \] \` b](@c)"), (words, String::new()));
    }

    #[test]
    fn faults_say_what_to_write() {
        for (text, fault) in [
            ("More than {limit", "never closes"),
            ("More than { limit }", "not a name"),
            ("{}", "not a name"),
            ("a } b", "without a `{`"),
            ("a ` b", "never ends"),
            ("[a](https://example.com)", "missing link id"),
            ("[a](@b", "missing link id"),
            ("[a](@)", "missing link id"),
            ("[a `b](@c)` d", "link that never ends"),
            ("``", "empty literal"),
            ("[](@a)", "without words"),
        ] {
            assert!(parse(text).1.contains(fault), "{text}: {}", parse(text).1);
        }
    }

    #[test]
    fn one_mistake_is_one_fault() {
        for text in ["{ a }", "{}", "{$HOME}", "{a", "a } b", "[a](b)", "[a](@b", "``", "`a", "{a b {{"] {
            let faults = parse(text).1;
            assert!(faults.contains("error: 1 fault"), "{text}: {faults}");
        }
    }

    #[test]
    fn a_megabyte_of_brackets_is_one_piece() {
        for unit in ["[", "](", "{", "`", "[]"] {
            assert_eq!(parse(&unit.repeat(1 << 20)), (vec![Piece::Placeholder(String::new(), 0..0)], String::new()));
        }
    }
}

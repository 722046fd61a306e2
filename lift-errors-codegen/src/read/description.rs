//! The description of an entry: several paragraphs in a part of CommonMark, for documentation alone.
//!
//! It has paragraphs, lists, fenced code blocks, `code`, emphasis and links. Its own marks are those of all texts: `{constants}`
//! outside of code, and `[words](@id)` for the links of the catalogue. Everything else of CommonMark is refused, because not
//! every format of the documentation could show it.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::Text;
use crate::read::template::{Piece, Template};
use lift_errors_core::escape;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The longest description, in bytes.
pub(crate) const LONGEST: usize = 16_384;

/// The most lists within each other, and the most marks around a word.
const DEEPEST: usize = 6;

/// The part of CommonMark that descriptions have.
const SUBSET: &str = "a description has paragraphs, lists, fenced code blocks, `code`, emphasis and links";

/// A description, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Description {
    parts: Vec<Fragment>,
    faults: Vec<Fault>,
}

/// A part of a description that means something to the catalogue.
#[derive(Debug)]
enum Fragment {
    /// Words outside of code, as readers see them.
    Words(String),
    /// A brace that is written twice, with the place of both.
    Brace(char, Range<usize>),
    /// The name of a constant, and the place of the placeholder.
    Constant(String, Range<usize>),
    /// Words within a line that are shown as code.
    Code(String),
    /// The target of a link, and its place.
    LinkEnd(String, Range<usize>),
}

/// Something that a description can't have.
#[derive(Debug)]
struct Fault {
    place: Range<usize>,
    message: String,
    help: String,
}

impl Template {
    /// Takes a description apart, which is CommonMark; what it can't have goes into the report.
    pub(crate) fn of_description(text: Text, report: &mut Report) -> Self {
        let description = Description::parse(&text.value);
        let mut pieces = description.pieces();
        if text.value.len() > LONGEST || !description.faults.is_empty() {
            // Nothing else is reported of a text that could not be read.
            pieces.push(Piece::Placeholder(String::new(), 0..0));
        }
        for fault in description.faults {
            let found = Diagnostic::at(text.part(fault.place), fault.message);
            report.add(match fault.help.contains('\\') {
                true => found.help(fault.help).help_more("in double quotation marks, a backslash is written twice"),
                false => found.help(fault.help),
            });
        }
        Self::of_pieces(text, pieces)
    }
}

impl Description {
    /// Takes a description apart. One that is too long is not looked at.
    pub(crate) fn parse(text: &str) -> Self {
        let mut walk = Walk { text, ..Walk::default() };
        if text.len() <= LONGEST {
            // Extensions are read so that they are refused: many programs that show Markdown have them.
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS;
            walk.run(Parser::new_ext(text, options).into_offset_iter());
        }
        Self { parts: walk.parts, faults: walk.faults }
    }

    /// The parts that rules compare and look up, as those of other texts. Code blocks are not among them.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in &self.parts {
            match part {
                Fragment::Words(words) => pieces.push(Piece::Literal(words.clone())),
                Fragment::Brace(brace, _) => pieces.push(Piece::Literal(brace.to_string())),
                Fragment::Constant(name, place) => pieces.push(Piece::Placeholder(name.clone(), place.clone())),
                Fragment::Code(code) => {
                    pieces.extend([Piece::CodeStart, Piece::Literal(code.clone()), Piece::CodeEnd]);
                }
                // Any other address needs no declaration.
                Fragment::LinkEnd(target, place) => pieces.extend(
                    target.strip_prefix('@').map(|id| Piece::LinkEnd(id.to_owned(), place.start + 1..place.end)),
                ),
            }
        }
        pieces
    }

    /// The targets of links that are not the catalogue's own, each with its place.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.parts.iter().filter_map(|part| match part {
            Fragment::LinkEnd(target, place) if !target.starts_with('@') => Some((target.as_str(), place.clone())),
            _ => None,
        })
    }

    /// The description as CommonMark, with the values of constants and the addresses of links.
    pub(crate) fn resolved(
        &self,
        text: &str,
        constant: impl Fn(&str) -> Option<String>,
        link: impl Fn(&str) -> Option<String>,
    ) -> String {
        let mut resolved = String::new();
        let mut written = 0;
        for part in &self.parts {
            let (place, new) = match part {
                Fragment::Brace(brace, place) => (place, Some(brace.to_string())),
                Fragment::Constant(name, place) => {
                    let (before, rest) = (text.get(..place.start), text.get(place.end..));
                    (place, constant(name).map(|value| in_markdown(&value, before.unwrap_or(""), rest.unwrap_or(""))))
                }
                Fragment::LinkEnd(target, place) => (place, target.strip_prefix('@').and_then(&link)),
                _ => continue,
            };
            if let Some(new) = new {
                resolved.push_str(text.get(written..place.start).unwrap_or(""));
                resolved.push_str(&new);
                written = place.end;
            }
        }
        resolved + text.get(written..).unwrap_or("")
    }
}

/// A value between other words. At the beginning of a line, it does not begin a list.
fn in_markdown(value: &str, before: &str, rest: &str) -> String {
    let mut escaped = String::new();
    let digits = value.trim_start_matches(|character: char| character.is_ascii_digit());
    let is_number = digits.len() < value.len() && digits.is_empty();
    let begins_list =
        value.starts_with(['-', '+', '=']) || digits.len() < value.len() && digits.starts_with(['.', ')']);
    let is_first = before
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .trim_start_matches(|mark| " -+*0123456789.)".contains(mark))
        .is_empty();
    if is_first && begins_list {
        escape::markdown(value, &mut |piece| escaped.push_str(piece));
    } else {
        escape::markdown_literal(value, &mut |piece| escaped.push_str(piece));
    }
    if is_first && is_number && rest.starts_with(['.', ')']) {
        escaped.push('\\');
    }
    escaped
}

/// Reads the events of the parser.
#[derive(Default)]
struct Walk<'a> {
    text: &'a str,
    parts: Vec<Fragment>,
    faults: Vec<Fault>,
    /// The words since the last mark: each character with its place, and whether a backslash is before it.
    words: Vec<(char, usize, bool)>,
    /// The end of what is refused as a whole.
    refused: usize,
    /// The number of marks and lists that are open.
    depth: usize,
    is_code_block: bool,
    /// The target of the link that is open, with the place of it, and the number of parts before its words.
    link: Option<(String, Range<usize>, usize)>,
}

impl Walk<'_> {
    fn run(&mut self, mut events: OffsetIter<'_>) {
        for (event, place) in events.by_ref() {
            if place.start < self.refused {
                continue;
            }
            if !matches!(event, Event::Text(_)) {
                self.flush();
            }
            match event {
                Event::Start(tag) => self.start(&tag, place),
                Event::End(tag) => self.end(tag),
                Event::Text(text) if !self.is_code_block => self.words(&text, place),
                Event::Code(code) => self.parts.push(Fragment::Code(code.into_string())),
                Event::HardBreak => {
                    self.refuse(place, "a line break within a paragraph", "begin a new paragraph with an empty line, or write a list; remove blanks and backslashes at the end of the line");
                }
                Event::Html(_) | Event::InlineHtml(_) => self.html(place),
                Event::Rule => self.refuse(place, "a line between paragraphs", "remove it"),
                Event::FootnoteReference(_) => self.footnote(place),
                Event::TaskListMarker(_) => self.refuse(place, "a box to tick", "remove it"),
                _ => {}
            }
        }
        self.flush();
        let definitions: Vec<Range<usize>> =
            events.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
        for place in definitions {
            self.refuse(place, "an address apart from its link", "write it behind the words: `[words](https://…)`");
        }
    }

    fn start(&mut self, tag: &Tag<'_>, place: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Item => {}
            Tag::List(_) | Tag::Emphasis | Tag::Strong => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    self.refuse(
                        place,
                        &format!("more than {DEEPEST} lists or marks within each other"),
                        "write a paragraph",
                    );
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.is_code_block = true,
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.refuse(
                    place,
                    "an indented code block",
                    "write ``` on the line before it and on the line behind it",
                );
            }
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, place),
            Tag::Heading { .. } => {
                self.refuse(place, "a heading", "write a paragraph: each page has its own headings");
            }
            Tag::BlockQuote(_) => self.refuse(place, "a quotation", "write a paragraph, or a code block for output"),
            Tag::HtmlBlock => self.html(place),
            Tag::Table(_) => self.refuse(place, "a table", "write a list, or a code block"),
            Tag::Image { .. } => self.refuse(place, "an image", "link to it: `[words](https://…)`"),
            Tag::Strikethrough => {
                self.refuse(place, "words that are crossed out", "remove them, or write `\\~` for a `~`")
            }
            Tag::FootnoteDefinition(_) => self.footnote(place),
            _ => self.refuse(place, "markup of another kind", "write it as words"),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) | TagEnd::Emphasis | TagEnd::Strong => self.depth = self.depth.saturating_sub(1),
            TagEnd::CodeBlock => self.is_code_block = false,
            TagEnd::Link => {
                let Some((target, place, before)) = self.link.take() else { return };
                if self.parts.len() == before {
                    self.fault(place.clone(), "link without words".to_owned(), "write the words between the brackets");
                }
                let is_id =
                    |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if target.strip_prefix('@').is_some_and(|id| !is_id(id)) {
                    let message = "missing link id after the words of this link".to_owned();
                    self.fault(place.clone(), message, "write `[words](@link_id)`, with the id of a declared link");
                }
                self.parts.push(Fragment::LinkEnd(target, place));
            }
            _ => {}
        }
    }

    fn link(&mut self, link_type: LinkType, target: &str, title: &str, place: Range<usize>) {
        let written = self.text.get(place.clone()).unwrap_or("");
        let (target, kind) = match link_type {
            LinkType::Inline => (target.to_owned(), target),
            LinkType::Autolink => (target.to_owned(), target),
            LinkType::Email => (format!("mailto:{target}"), target),
            _ => {
                return self.refuse(
                    place,
                    "an address apart from its link",
                    "write it behind the words: `[words](https://…)`",
                );
            }
        };
        if !title.is_empty() {
            return self.refuse(place, "a link with a title", "remove the title behind the address");
        }
        let Some(at) = written.rfind(kind).filter(|_| !kind.is_empty()) else {
            return self.refuse(
                place,
                "a link whose address has escapes",
                "write the address as it is: `[words](https://…)`",
            );
        };
        let place = place.start + at..place.start + at + kind.len();
        self.link = Some((target, place, self.parts.len()));
    }

    fn html(&mut self, place: Range<usize>) {
        self.refuse(place, "raw HTML", "write `\\<` for a `<`, or put it between backticks");
    }

    fn footnote(&mut self, place: Range<usize>) {
        self.refuse(place, "a footnote", "write it in the text, or `\\[` for a bracket");
    }

    fn refuse(&mut self, place: Range<usize>, what: &str, help: &str) {
        self.refused = self.refused.max(place.end);
        let written = self.text.get(place.clone()).unwrap_or("");
        // One line is enough to find it.
        let first_line = written.split('\n').next().unwrap_or("").len();
        let place = place.start..place.start + first_line.max(1);
        self.faults.push(Fault {
            place,
            message: format!("{what} in a description"),
            help: format!("{help}; {SUBSET}"),
        });
    }

    fn fault(&mut self, place: Range<usize>, message: String, help: &str) {
        self.faults.push(Fault { place, message, help: help.to_owned() });
    }

    /// Adds words. What the parser changes has a backslash or a character reference in the source.
    fn words(&mut self, text: &str, place: Range<usize>) {
        let written = self.text.get(place.clone()).unwrap_or("");
        if written != text {
            self.flush();
            let help = "write the character itself, or `\\&` for an `&`";
            return self.fault(place, "a character reference in a description".to_owned(), help);
        }
        let is_escaped = self.text.get(..place.start).is_some_and(|before| before.ends_with('\\'))
            && self.words.last().is_none_or(|(_, at, _)| at + 1 < place.start);
        let words = text.char_indices().map(|(at, character)| (character, place.start + at, is_escaped && at == 0));
        self.words.extend(words);
    }

    /// Ends words: looks for placeholders in them.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mark = |at: usize| words.get(at).filter(|(_, _, is_escaped)| !is_escaped).map(|(mark, ..)| *mark);
        let place = |from: usize, to: usize| {
            let start = words.get(from).map_or(0, |(_, at, _)| *at);
            start..words.get(to).map_or(start + 1, |(mark, at, _)| at + mark.len_utf8())
        };
        let mut literal = String::new();
        // The braces that a backslash escapes, and that may close without one.
        let mut escaped = 0_usize;
        let mut at = 0;
        if let Some(at) = (0..words.len()).find(|&at| mark(at) == Some(']') && mark(at + 1) == Some('(')) {
            let help = "an address has no blanks, and its brackets close: `[words](https://…)`; write `\\[` and `\\]` for literal brackets";
            self.fault(place(at, at + 1), "this `](` is not the middle of a link".to_owned(), help);
        }
        while let Some(&(character, ..)) = words.get(at) {
            let closes = character == '}' && escaped > 0;
            let Some(brace) = mark(at).filter(|mark| matches!(mark, '{' | '}') && !closes) else {
                escaped = if character == '{' { escaped + 1 } else { escaped - usize::from(closes) };
                literal.push(character);
                at += 1;
                continue;
            };
            if !literal.is_empty() {
                self.parts.push(Fragment::Words(std::mem::take(&mut literal)));
            }
            if mark(at + 1) == Some(brace) {
                self.parts.push(Fragment::Brace(brace, place(at, at + 1)));
                at += 2;
                continue;
            }
            let name: String = words
                .get(at + 1..)
                .into_iter()
                .flatten()
                .map(|(character, ..)| *character)
                .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
                .collect();
            let end = at + 1 + name.len();
            if brace == '{' && !name.is_empty() && mark(end) == Some('}') {
                self.parts.push(Fragment::Constant(name, place(at, end)));
                at = end + 1;
                continue;
            }
            let message = match brace {
                '{' => "this `{` opens no constant",
                _ => "`}` without a `{` before it",
            };
            let help = "a constant is a name in braces, such as `{limit}`; write `{{` and `}}` for literal braces, or put them between backticks";
            self.fault(place(at, at), message.to_owned(), help);
            at += 1;
        }
        if !literal.is_empty() {
            self.parts.push(Fragment::Words(literal));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, String)> {
        let faults = Description::parse(text).faults;
        faults.into_iter().map(|fault| (text[fault.place].to_owned(), fault.message)).collect()
    }

    fn resolved(text: &str) -> String {
        let description = Description::parse(text);
        assert!(description.faults.is_empty(), "{:?}", description.faults);
        let constant = |name: &str| (name == "most_rows").then(|| "1*000".to_owned());
        description.resolved(text, constant, |id| Some(format!("https://example.com/{id}")))
    }

    #[test]
    fn the_subset_passes() {
        let text = "One *two* **three** `a {b}`.\nSame paragraph, \\{x\\} and 2 \\* 3.\n\n- a\n- b\n  1. c\n\n```sh\ncurl {x} <y>\n\n# no\n```\n\n\
            See [the guide](@guide), <https://example.com/?a=1&b=2>, [mail](mailto:a@example.com), <a@example.com> and [full](#ord_full).";
        assert_eq!(faults(text), []);
        let description = Description::parse(text);
        let addresses: Vec<_> = description.addresses().map(|(target, place)| (target, &text[place])).collect();
        assert_eq!(
            addresses,
            [
                ("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2"),
                ("mailto:a@example.com", "mailto:a@example.com"),
                ("mailto:a@example.com", "a@example.com"),
                ("#ord_full", "#ord_full"),
            ]
        );
    }

    #[test]
    fn names_get_their_values() {
        assert_eq!(resolved("At most {most_rows} rows, {{x}}."), "At most 1\\*000 rows, {x}.");
        assert_eq!(resolved("*{most_rows}* `{most_rows}`"), "*1\\*000* `{most_rows}`");
        assert_eq!(
            resolved("- \\{most_rows} [a {most_rows}](@b)"),
            "- \\{most_rows} [a 1\\*000](https://example.com/b)"
        );
        assert_eq!(resolved("```\n{most_rows}\n```\n"), "```\n{most_rows}\n```\n");
        assert_eq!(resolved("a\n{most_rows}\nb"), "a\n1\\*000\nb");
        let of = |value: &str, text: &str| {
            let description = Description::parse(text);
            description.resolved(text, |_| Some(value.to_owned()), |_| None)
        };
        for (value, text, shown) in [
            ("12", "{x}. Then\n\n{x} rows", "12\\. Then\n\n12 rows"),
            ("12", "- {x}) a {x}.", "- 12\\) a 12."),
            ("8. x", "{x} and {x}", "8\\. x and 8. x"),
            ("- a", "{x}", "\\- a"),
            ("1,000", "{x} rows", "1,000 rows"),
        ] {
            assert_eq!(of(value, text), shown);
            let lists = Parser::new(shown).filter(|event| matches!(event, Event::Start(Tag::List(_)))).count();
            assert_eq!(lists, usize::from(text.starts_with("- ")), "{shown}");
        }
    }

    #[test]
    fn everything_else_has_a_place() {
        for (text, place, message) in [
            ("a\n\n# Head\n\nb", "# Head", "a heading in a description"),
            ("Head\n====\n", "Head", "a heading in a description"),
            ("a\n\n<div>\nb\n</div>\n", "<div>", "raw HTML in a description"),
            ("a <b>c</b>", "<b>", "raw HTML in a description"),
            ("a ![x](https://example.com/a.png) b", "![x](https://example.com/a.png)", "an image in a description"),
            ("| a | b |\n| - | - |\n| c | d |\n", "| a | b |", "a table in a description"),
            ("> a\n> b\n", "> a", "a quotation in a description"),
            ("a\n\n    b\n", "b", "an indented code block in a description"),
            ("a  \nb", "  ", "a line break within a paragraph in a description"),
            ("a\n\n---\n\nb", "---", "a line between paragraphs in a description"),
            ("a ~~b~~", "~~b~~", "words that are crossed out in a description"),
            ("- [ ] a", "[ ]", "a box to tick in a description"),
            ("a[^1]\n\n[^1]: b", "[^1]", "a footnote in a description"),
            ("[a][b]\n\n[b]: https://example.com", "[a][b]", "an address apart from its link in a description"),
            (
                "a\n\n[b]: https://example.com",
                "[b]: https://example.com",
                "an address apart from its link in a description",
            ),
            ("[a](https://example.com 'b')", "[a](https://example.com 'b')", "a link with a title in a description"),
            ("a &nbsp; b", "&nbsp;", "a character reference in a description"),
            ("a {b", "{", "this `{` opens no constant"),
            ("a } b", "}", "`}` without a `{` before it"),
            ("[a](https://exa mple.com)", "](", "this `](` is not the middle of a link"),
            ("[a](@)", "@", "missing link id after the words of this link"),
            ("[](https://example.com)", "https://example.com", "link without words"),
        ] {
            let found = faults(text);
            assert_eq!(found.first(), Some(&(place.to_owned(), message.to_owned())), "{text}");
        }
    }

    #[test]
    fn one_block_is_one_fault() {
        for text in ["<div>\n<b>x</b>\n</div>", "| a |\n| - |\n| <b> |\n", "> # a\n> <b>", "# {a"] {
            assert_eq!(faults(text).len(), 1, "{text}: {:?}", faults(text));
        }
    }

    #[test]
    fn deep_and_long_ones_are_cheap() {
        for text in ["- ", "*", "[", "{", "> ", "`", "<", "](", "1. ", "- a\n"] {
            let _ = Description::parse(&text.repeat(LONGEST / text.len())).pieces();
        }
        assert!(faults(&("- + ".repeat(20) + "a")).iter().any(|(_, message)| message.contains("within each other")));
        assert!(Description::parse(&"<b>".repeat(1 << 20)).faults.is_empty());
    }
}

//! A fault in a catalogue and its report: message, position, source line, carets, remedy.
//!
//! The macro, the build step and the command share this renderer.

mod excerpt;
pub(crate) mod report;
pub(crate) mod span;
pub(crate) mod suggest;

use crate::diagnostic::excerpt::Excerpt;
use crate::diagnostic::span::{SourceFiles, Span, harmless};
use std::fmt::Write as _;

/// The longest message or remedy, in characters: names in it come from the file and may be of any length.
const LONGEST: usize = 1_000;

/// The columns of a source line in a report, unless something else is known of the terminal.
pub(crate) const WIDTH: usize = 120;

/// One fault.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    is_warning: bool,
    rank: Rank,
    message: String,
    span: Option<Span>,
    notes: Vec<Note>,
    help: Option<String>,
}

/// How a fault is related to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Others may follow from it: it comes first.
    Root,
    Fault,
    /// It may follow from a root, and is left out beside one.
    Consequence,
}

/// A further line of a report.
#[derive(Debug)]
enum Note {
    /// Another position that matters, with its label: `first at`.
    Position(&'static str, Span),
    /// A text, and where it is.
    Quoted(Span, String),
    Text(String),
}

impl Diagnostic {
    /// A fault at `span`.
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::general(message) }
    }

    /// A fault without a position, such as a missing file.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self {
            is_warning: false,
            rank: Rank::Fault,
            message: message.into(),
            span: None,
            notes: Vec::new(),
            help: None,
        }
    }

    /// A finding at `span` that does not stop the compilation.
    pub(crate) fn warning(span: Span, message: impl Into<String>) -> Self {
        Self { is_warning: true, ..Self::at(span, message) }
    }

    /// The same as a fault from which others follow, such as a file that can't be read.
    pub(crate) fn root(self) -> Self {
        Self { rank: Rank::Root, ..self }
    }

    /// The same as a fault that may follow from a root.
    pub(crate) fn consequence(self) -> Self {
        Self { rank: Rank::Consequence, ..self }
    }

    /// Adds a remedy.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Extends the remedy.
    pub(crate) fn help_more(mut self, more: &str) -> Self {
        self.help = Some(self.help.map_or_else(|| more.to_owned(), |help| format!("{help}; {more}")));
        self
    }

    /// Points to another position that matters.
    pub(crate) fn related(mut self, what: &'static str, span: Span) -> Self {
        self.notes.push(Note::Position(what, span));
        self
    }

    /// Adds a note.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(Note::Text(note.into()));
        self
    }

    /// Quotes a text with its position.
    pub(crate) fn quoted(mut self, span: Span, text: impl Into<String>) -> Self {
        self.notes.push(Note::Quoted(span, text.into()));
        self
    }

    /// The message alone.
    pub(crate) fn into_message(self) -> String {
        self.message
    }

    /// The message and the remedy.
    fn in_words(&self) -> String {
        let help = self.help.as_ref().map(|help| format!("\n  = help: {}", shortened(help)));
        shortened(&self.message) + &help.unwrap_or_default()
    }

    fn render(&self, sources: &SourceFiles, width: usize, out: &mut String) {
        // Writing to a `String` can't fail.
        let kind = if self.is_warning { "warning" } else { "error" };
        let _ = writeln!(out, "{kind}: {}", shortened(&self.message));
        if let Some((span, source)) = self.span.and_then(|span| Some((span, sources.get(span.source())?))) {
            let position = source.position(span.start());
            let number = position.line.to_string();
            let gutter = " ".repeat(number.len());
            let before = source.text.get(..span.start()).unwrap_or("");
            let at = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
            let shown = Excerpt::new(position.text, at, span.end().saturating_sub(span.start()), width);
            let _ = writeln!(out, "{gutter}--> {}:{}:{}", source.shown(), position.line, position.column);
            let _ = writeln!(out, "{gutter} |");
            let _ = writeln!(out, "{number} | {}", shown.line);
            let _ = writeln!(out, "{gutter} | {}{}", " ".repeat(shown.indent), "^".repeat(shown.carets));
            self.render_notes(sources, &gutter, out);
        } else {
            self.render_notes(sources, " ", out);
        }
    }

    /// The message without the names in it; the key that is missing or unknown is a part of the kind.
    fn kind(&self) -> String {
        let keeps_first = self.message.starts_with("missing key") || self.message.starts_with("unknown key");
        let mut kind = String::new();
        for (number, part) in self.message.split('`').enumerate() {
            if number > 0 {
                kind.push('`');
            }
            let is_name = number % 2 == 1 && !(keeps_first && number == 1);
            kind.push_str(if is_name { "…" } else { part });
        }
        shortened(&kind)
    }

    /// `errors.toml:7:1`.
    fn place(&self, sources: &SourceFiles) -> Option<String> {
        let span = self.span?;
        let source = sources.get(span.source())?;
        let position = source.position(span.start());
        Some(format!("{}:{}:{}", source.shown(), position.line, position.column))
    }

    fn render_notes(&self, sources: &SourceFiles, gutter: &str, out: &mut String) {
        for note in &self.notes {
            match note {
                Note::Position(what, span) => {
                    if let Some(source) = sources.get(span.source()) {
                        let position = source.position(span.start());
                        let _ = writeln!(
                            out,
                            "{gutter} = note: {what} {}:{}:{}",
                            source.shown(),
                            position.line,
                            position.column
                        );
                    }
                }
                Note::Quoted(span, text) => {
                    if let Some(source) = sources.get(span.source()) {
                        let (position, text) = (source.position(span.start()), shortened(text));
                        let (name, line, column) = (source.shown(), position.line, position.column);
                        let _ = writeln!(out, "{gutter} = note: {text} ({name}:{line}:{column})");
                    }
                }
                Note::Text(text) => {
                    let _ = writeln!(out, "{gutter} = note: {}", shortened(text));
                }
            }
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{gutter} = help: {}", shortened(help));
        }
    }
}

/// A message without control characters; the middle of a very long one is left out.
fn shortened(message: &str) -> String {
    let length = message.chars().take(LONGEST + 1).count();
    if length <= LONGEST {
        return message.chars().map(harmless).collect();
    }
    let head = message.chars().take(LONGEST / 2).map(harmless);
    let mut tail: Vec<char> = message.chars().rev().take(LONGEST / 4).map(harmless).collect();
    tail.reverse();
    head.chain(" … ".chars()).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::span::SourceFile;
    use crate::diagnostic::suggest::suggest;

    fn sources(text: &str) -> SourceFiles {
        let mut sources = SourceFiles::default();
        sources.add(SourceFile::new("errors.toml".into(), "errors.toml".into(), text.into()));
        sources
    }

    #[test]
    fn a_fault_shows_place_line_caret_and_remedy() {
        let sources = sources("a = 1\ndetail = \"{limt}\"\n");
        let mut report = Report::default();
        report.add(Diagnostic::at(Span::new(0, 16..22), "no such parameter").help(suggest(
            "limt",
            ["limit", "window"],
            "parameters",
        )));
        assert_eq!(
            report.render(&sources, WIDTH),
            "error: no such parameter\n --> errors.toml:2:11\n  |\n2 | detail = \"{limt}\"\n  |           ^^^^^^\n  \
             = help: did you mean `limit`? parameters: `limit`, `window`\n\n\
             error: 1 fault in `errors.toml` and its files"
        );
    }

    #[test]
    fn long_lines_are_cut_and_controls_are_harmless() {
        let line = format!("{}\u{202e}{}", "x".repeat(1 << 20), "y".repeat(1 << 20));
        let sources = sources(&line);
        let mut report = Report::default();
        report.add(Diagnostic::at(Span::new(0, 1 << 20..(1 << 20) + 3), "bidi"));
        let text = report.render(&sources, WIDTH);
        assert!(text.len() < 600, "{}", text.len());
        assert!(text.contains('\u{fffd}') && !text.contains('\u{202e}'));
    }
}

//! A fault in a catalogue and how it looks: place, message, source line, caret, remedy.
//!
//! One renderer serves the macro, the build step and whatever comes after them.

pub(crate) mod span;

use crate::diagnostic::span::{Sources, Span};
use lift_errors_core::escape::is_bidi_control;
use std::fmt::Write as _;

/// The longest stretch of a source line that is shown, in characters.
const WINDOW: usize = 120;

/// The longest message or remedy, in characters: names in it come from the file and may be of any length.
const LONGEST: usize = 1_000;

/// One fault.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    is_warning: bool,
    message: String,
    place: Option<Span>,
    remarks: Vec<Remark>,
    help: Option<String>,
}

/// What else there is to know about a fault.
#[derive(Debug)]
enum Remark {
    /// Another place that matters, with what it is: `first at`.
    Place(&'static str, Span),
    U32Table(String),
}

impl Diagnostic {
    /// A fault at `span`.
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Self {
        Self { place: Some(span), ..Self::general(message) }
    }

    /// A fault that no place in a file shows, such as a file that is missing.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self { is_warning: false, message: message.into(), place: None, remarks: Vec::new(), help: None }
    }

    /// Something at `span` that does not keep the catalogue from being compiled.
    pub(crate) fn warning(span: Span, message: impl Into<String>) -> Self {
        Self { is_warning: true, ..Self::at(span, message) }
    }

    /// Says what to do instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says more about what to do.
    pub(crate) fn help_more(mut self, more: &str) -> Self {
        self.help = Some(self.help.map_or_else(|| more.to_owned(), |help| format!("{help}; {more}")));
        self
    }

    /// Points to another place that matters.
    pub(crate) fn related(mut self, what: &'static str, span: Span) -> Self {
        self.remarks.push(Remark::Place(what, span));
        self
    }

    /// Says what else there is to know.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.remarks.push(Remark::U32Table(note.into()));
        self
    }

    fn render(&self, sources: &Sources, out: &mut String) {
        // Writing to a `String` can't fail.
        let kind = if self.is_warning { "warning" } else { "error" };
        let _ = writeln!(out, "{kind}: {}", shortened(&self.message));
        if let Some((span, source)) = self.place.and_then(|span| Some((span, sources.get(span.source)?))) {
            let place = source.place(span.start);
            let number = place.line.to_string();
            let gutter = " ".repeat(number.len());
            let before = source.text.get(..span.start).unwrap_or("");
            let at = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
            let shown = Excerpt::new(place.text, at, span.end.saturating_sub(span.start));
            let _ = writeln!(out, "{gutter}--> {}:{}:{}", source.name, place.line, place.column);
            let _ = writeln!(out, "{gutter} |");
            let _ = writeln!(out, "{number} | {}", shown.line);
            let _ = writeln!(out, "{gutter} | {}{}", " ".repeat(shown.indent), "^".repeat(shown.carets));
            self.render_remarks(sources, &gutter, out);
        } else {
            self.render_remarks(sources, " ", out);
        }
    }

    fn render_remarks(&self, sources: &Sources, gutter: &str, out: &mut String) {
        for remark in &self.remarks {
            match remark {
                Remark::Place(what, span) => {
                    if let Some(source) = sources.get(span.source) {
                        let place = source.place(span.start);
                        let _ =
                            writeln!(out, "{gutter} = note: {what} {}:{}:{}", source.name, place.line, place.column);
                    }
                }
                Remark::U32Table(words) => {
                    let _ = writeln!(out, "{gutter} = note: {}", shortened(words));
                }
            }
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{gutter} = help: {}", shortened(help));
        }
    }
}

/// The part of a source line that is shown, and where the carets go.
struct Excerpt {
    line: String,
    indent: usize,
    carets: usize,
}

impl Excerpt {
    /// The stretch around `bytes` bytes from `at`; a long line is cut on both sides. Only the stretch is
    /// looked at: of a line of a megabyte each fault would otherwise cost a megabyte.
    fn new(line: &str, at: usize, bytes: usize) -> Self {
        let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
        let marked = rest.get(..bytes.min(rest.len())).unwrap_or("").chars().take(WINDOW).count();
        let near = before.chars().rev().take(WINDOW + 1).count();
        let lead = if near + marked > WINDOW { near.min(WINDOW / 4) } else { near };
        let start = before.char_indices().rev().take(lead).last().map_or(before.len(), |(start, _)| start);
        let mut characters = line.get(start..).unwrap_or("").chars();
        let mut shown: String = characters.by_ref().take(WINDOW).map(harmless).collect();
        let mut indent = lead;
        if start > 0 {
            shown.insert_str(0, "… ");
            indent += 2;
        }
        if characters.next().is_some() {
            shown.push_str(" …");
        }
        Self { line: shown.trim_end().to_owned(), indent, carets: marked.clamp(1, WINDOW - lead) }
    }
}

/// A message as a terminal may see it, with the middle left out where it has no end.
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

/// A character as a terminal may see it, always one column wide.
fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if character.is_control() || is_bidi_control(character) => '\u{fffd}',
        _ => character,
    }
}

/// The most faults that are kept: past them a file is not a catalogue, and no person reads on.
const MOST: usize = 10_000;

/// The most warnings that are shown: behind them are more of the same kind.
const MOST_WARNINGS: usize = 100;

/// All faults of one run. Nothing stops at the first.
#[derive(Debug, Default)]
pub(crate) struct Report {
    faults: Vec<Diagnostic>,
    count: usize,
    warnings: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        if diagnostic.is_warning {
            self.warnings.push(diagnostic);
            return;
        }
        self.count += 1;
        if self.count <= MOST {
            self.faults.push(diagnostic);
        }
    }

    /// Adds what another report has, behind what is there.
    pub(crate) fn append(&mut self, other: Self) {
        self.count += other.count;
        self.faults.extend(other.faults.into_iter().take(MOST.saturating_sub(self.faults.len())));
        self.warnings.extend(other.warnings);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many faults there are so far.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// All warnings by file and place.
    pub(crate) fn warnings(&mut self, sources: &Sources) -> Vec<String> {
        self.warnings.sort_by_key(|diagnostic| diagnostic.place);
        let render = |diagnostic: &Diagnostic| {
            let mut out = String::new();
            diagnostic.render(sources, &mut out);
            out
        };
        let more = self.warnings.len().saturating_sub(MOST_WARNINGS);
        let rest = (more > 0).then(|| format!("warning: there are {more} more like these\n"));
        self.warnings.iter().take(MOST_WARNINGS).map(render).chain(rest).collect()
    }

    /// All faults by file and place, with a last line that counts them.
    pub(crate) fn render(mut self, sources: &Sources) -> String {
        self.faults.sort_by_key(|diagnostic| diagnostic.place);
        let mut out = String::new();
        for diagnostic in &self.faults {
            diagnostic.render(sources, &mut out);
            out.push('\n');
        }
        let faults = if self.count == 1 { "1 fault".to_owned() } else { format!("{} faults", self.count) };
        let place = sources.get(0).map_or(String::new(), |source| format!(" in `{}` and its files", source.name));
        let shown = if self.count > MOST { format!(", of which {MOST} are shown") } else { String::new() };
        let _ = write!(out, "error: {faults}{}{shown}", shortened(&place));
        out
    }
}

/// Of `known` the word that was most likely meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes the product of both lengths, and only rules, not the reader, refuse endless names.
    let near = |other: &&str| word.len() <= 100 && other.len().abs_diff(word.len()) <= 3;
    let distances = known.into_iter().filter(near).map(|other| (strsim::osa_distance(word, other), other));
    distances.filter(|&(distance, other)| distance <= (other.len() / 3).max(1)).min().map(|(_, other)| other)
}

/// The longest list of words that a remedy shows whole: beside the nearest word, and where none is near.
const LISTED: (usize, usize) = (12, 24);

/// "did you mean" for a word that is none of `known`, with all of them where they are few.
pub(crate) fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    let nearest = nearest(word, known.iter().copied());
    known.dedup();
    let quoted: Vec<String> = known.iter().take(LISTED.1 + 1).map(|word| format!("`{word}`")).collect();
    let listed = || format!("{what}: {}", quoted.join(", "));
    match (nearest, quoted.len()) {
        (Some(nearest), count) if (2..=LISTED.0).contains(&count) => format!("did you mean `{nearest}`? {}", listed()),
        (Some(nearest), _) => format!("did you mean `{nearest}`?"),
        (None, 0) => format!("there are no {what}"),
        (None, count) if count <= LISTED.1 => listed(),
        (None, _) => format!("it is none of the {} {what}", known.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::span::Source;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add(Source::new("errors.toml".into(), "errors.toml".into(), text.into()));
        sources
    }

    #[test]
    fn a_fault_shows_place_line_caret_and_remedy() {
        let sources = sources("a = 1\ndetail = \"{limt}\"\n");
        let mut report = Report::default();
        report.add(Diagnostic::at(Span { source: 0, start: 16, end: 22 }, "no such parameter").help(suggest(
            "limt",
            ["limit", "window"],
            "parameters",
        )));
        assert_eq!(
            report.render(&sources),
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
        report.add(Diagnostic::at(Span { source: 0, start: 1 << 20, end: (1 << 20) + 3 }, "bidi"));
        let text = report.render(&sources);
        assert!(text.len() < 600, "{}", text.len());
        assert!(text.contains('\u{fffd}') && !text.contains('\u{202e}'));
    }

    #[test]
    fn suggestions_are_near_or_absent() {
        assert_eq!(suggest("titel", ["title", "id"], "keys"), "did you mean `title`? keys: `title`, `id`");
        assert_eq!(suggest("zzz", ["title"], "keys"), "keys: `title`");
        assert_eq!(suggest("zzz", [], "parameters"), "there are no parameters");
    }
}

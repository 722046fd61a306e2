//! A fault in a catalogue and how it looks: place, message, source line, caret, remedy.
//!
//! One renderer serves the macro, the build step and whatever comes after them.

use crate::source::{Sources, Span};
use lift_errors_core::escape::is_bidi_control;
use std::fmt::Write as _;

/// The longest stretch of a source line that is shown, in characters.
const WINDOW: usize = 120;

/// One fault.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    message: String,
    place: Option<Span>,
    /// Other places that matter, each with what it is: `first at`.
    related: Vec<(&'static str, Span)>,
    help: Option<String>,
}

impl Diagnostic {
    /// A fault at `span`.
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Self {
        Self { place: Some(span), ..Self::general(message) }
    }

    /// A fault that no place in a file shows, such as a file that is missing.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self { message: message.into(), place: None, related: Vec::new(), help: None }
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
        self.related.push((what, span));
        self
    }

    fn render(&self, sources: &Sources, out: &mut String) {
        // Writing to a `String` can't fail.
        let _ = writeln!(out, "error: {}", self.message);
        if let Some((span, source)) = self.place.and_then(|span| Some((span, sources.get(span.source)?))) {
            let place = source.place(span.start);
            let number = place.line.to_string();
            let gutter = " ".repeat(number.len());
            let length =
                source.text.get(span.start..span.end).map_or(1, |text| text.chars().take_while(|&c| c != '\n').count());
            let shown = Excerpt::new(place.text, place.column - 1, length);
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
        for &(what, span) in &self.related {
            if let Some(source) = sources.get(span.source) {
                let place = source.place(span.start);
                let _ = writeln!(out, "{gutter} = note: {what} {}:{}:{}", source.name, place.line, place.column);
            }
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{gutter} = help: {help}");
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
    /// The stretch around `length` characters from `start`; a long line is cut on both sides.
    fn new(line: &str, start: usize, length: usize) -> Self {
        let skip = if start + length.min(WINDOW) > WINDOW { start.saturating_sub(WINDOW / 4) } else { 0 };
        let mut shown: String = line.chars().skip(skip).take(WINDOW).map(harmless).collect();
        let indent = start - skip + if skip > 0 { "… ".chars().count() } else { 0 };
        if skip > 0 {
            shown.insert_str(0, "… ");
        }
        let carets = length.clamp(1, WINDOW.saturating_sub(start - skip).max(1));
        if line.chars().nth(skip + WINDOW).is_some() {
            shown.push_str(" …");
        }
        Self { line: shown.trim_end().to_owned(), indent, carets }
    }
}

/// A character as a terminal may see it, always one column wide.
fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if character.is_control() || is_bidi_control(character) => '\u{fffd}',
        _ => character,
    }
}

/// All faults of one run. Nothing stops at the first.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Diagnostic>);

impl Report {
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All faults by file and place, with a last line that counts them.
    pub(crate) fn render(mut self, sources: &Sources) -> String {
        self.0.sort_by_key(|diagnostic| diagnostic.place);
        let mut out = String::new();
        for diagnostic in &self.0 {
            diagnostic.render(sources, &mut out);
            out.push('\n');
        }
        let manifest = sources.get(0).map_or("the catalogue", |source| source.name.as_str());
        let faults = if self.0.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", self.0.len()) };
        let _ = write!(out, "error: {faults} in `{manifest}` and its files; nothing was generated");
        out
    }
}

/// Of more words than these only the likeliest are compared: a catalogue with 10,000 entries and as many
/// mistakes must not take the square of both.
const MANY: usize = 100;

/// "did you mean" for a word that is none of `known`, with all of them where they are few.
pub(crate) fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    let plausible = |other: &&str| {
        let first = |text: &str| text.bytes().next();
        other.len().abs_diff(word.len()) <= 3 && (known.len() <= MANY || first(other) == first(word))
    };
    let nearest = known
        .iter()
        .copied()
        .filter(plausible)
        .take(MANY)
        .map(|other| (strsim::osa_distance(word, other), other))
        .filter(|&(distance, other)| distance <= other.chars().count().div_ceil(3))
        .min();
    let listed = if known.is_empty() {
        format!("there are no {what}")
    } else if known.len() <= 12 {
        known.dedup();
        let quoted: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        format!("{what}: {}", quoted.join(", "))
    } else {
        String::new()
    };
    match nearest {
        Some((_, nearest)) if listed.is_empty() => format!("did you mean `{nearest}`?"),
        Some((_, nearest)) => format!("did you mean `{nearest}`? {listed}"),
        None if listed.is_empty() => format!("it is none of the {} {what}", known.len()),
        None => listed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

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
             error: 1 fault in `errors.toml` and its files; nothing was generated"
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

//! All faults and warnings of one run.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{SourceFiles, Span};
use std::fmt::Write as _;

/// The most faults that are kept: a file with more is not a catalogue.
const MOST: usize = 10_000;

/// The most warnings that are shown: the rest are of the same kinds.
const MOST_WARNINGS: usize = 100;

/// The faults and warnings of one run; a fault does not end the run.
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

    pub(crate) fn add_all(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.add(diagnostic));
    }

    /// Appends another report.
    pub(crate) fn append(&mut self, other: Self) {
        self.count += other.count;
        self.faults.extend(other.faults.into_iter().take(MOST.saturating_sub(self.faults.len())));
        self.warnings.extend(other.warnings);
    }

    /// The faults that begin within one of the spans, in words without a place.
    pub(crate) fn faults_within(&self, spans: &[Span]) -> impl Iterator<Item = String> {
        let is_within =
            |span: Span| spans.iter().any(|it| it.source == span.source && (it.start..=it.end).contains(&span.start));
        let within = move |fault: &&Diagnostic| fault.span.is_some_and(is_within);
        self.faults.iter().filter(within).map(Diagnostic::in_words)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number of faults so far.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// All warnings in the order of files and positions.
    pub(crate) fn warnings(&mut self, sources: &SourceFiles) -> Vec<String> {
        self.warnings.sort_by_key(|diagnostic| diagnostic.span);
        let render = |diagnostic: &Diagnostic| {
            let mut out = String::new();
            diagnostic.render(sources, &mut out);
            out
        };
        let more = self.warnings.len().saturating_sub(MOST_WARNINGS);
        let rest = (more > 0).then(|| format!("warning: there are {more} more like these\n"));
        self.warnings.iter().take(MOST_WARNINGS).map(render).chain(rest).collect()
    }

    /// All faults in the order of files and positions; the last line counts them.
    pub(crate) fn render(mut self, sources: &SourceFiles) -> String {
        self.faults.sort_by_key(|diagnostic| diagnostic.span);
        let mut out = String::new();
        for diagnostic in &self.faults {
            diagnostic.render(sources, &mut out);
            out.push('\n');
        }
        let faults = if self.count == 1 { "1 fault".to_owned() } else { format!("{} faults", self.count) };
        let place = sources.get(0).map_or(String::new(), |source| format!(" in `{}` and its files", source.name));
        let shown = if self.count > MOST { format!(", of which {MOST} are shown") } else { String::new() };
        let _ = write!(out, "error: {faults}{}{shown}", crate::diagnostic::shortened(&place));
        out
    }
}

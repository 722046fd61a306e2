//! All faults and warnings of one run.

use crate::diagnostic::span::{SourceFiles, Span};
use crate::diagnostic::{Diagnostic, Rank};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// The most faults that are kept: a file with more is not a catalogue.
const MOST: usize = 10_000;

/// The most faults that are shown: then their kinds are counted.
const MOST_SHOWN: usize = 50;

/// The most kinds of faults that are counted one by one.
const MOST_KINDS: usize = 20;

/// The most warnings that are shown: the rest are of the same kinds.
const MOST_WARNINGS: usize = 100;

/// The faults and warnings of one run; a fault does not end the run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    faults: Vec<Diagnostic>,
    count: usize,
    warnings: Vec<Diagnostic>,
    /// The places of the faults with their messages: many entries may have a faulty value from `[defaults]`.
    seen: HashSet<(Span, String)>,
}

impl Report {
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        if diagnostic.is_warning {
            self.warnings.push(diagnostic);
            return;
        }
        if self.count < MOST {
            let is_new = |span| self.seen.insert((span, diagnostic.message.clone()));
            if !diagnostic.span.is_none_or(is_new) {
                return;
            }
            self.faults.push(diagnostic);
        }
        self.count += 1;
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
        let within = move |fault: &&Diagnostic| fault.span.is_some_and(|span| span.begins_within(spans));
        self.faults.iter().filter(within).map(Diagnostic::in_words)
    }

    /// The faults in a source: where each begins, and its words without a place.
    pub(crate) fn faults_in(&self, source: usize) -> impl Iterator<Item = (usize, String)> {
        let is_there = move |span: &Span| span.source() == source;
        self.faults.iter().filter_map(move |fault| Some((fault.span.filter(is_there)?.start(), fault.in_words())))
    }

    /// Leaves out what is in some places. The numbers of faults and of warnings that were left out are returned.
    pub(crate) fn leave_out(&mut self, is_there: impl Fn(Span) -> bool) -> (usize, usize) {
        let stays = |diagnostic: &Diagnostic| !diagnostic.span.is_some_and(&is_there);
        let (faults, warnings) = (self.faults.len(), self.warnings.len());
        self.faults.retain(stays);
        self.warnings.retain(stays);
        let left_out = faults - self.faults.len();
        self.count -= left_out;
        (left_out, warnings - self.warnings.len())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number of faults so far.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The number of warnings so far.
    pub(crate) fn warning_count(&self) -> usize {
        self.warnings.len()
    }

    /// All warnings in the order of files and positions.
    pub(crate) fn warnings(&mut self, sources: &SourceFiles, width: usize) -> Vec<String> {
        self.warnings.sort_by_key(|diagnostic| diagnostic.span);
        let render = |diagnostic: &Diagnostic| {
            let mut out = String::new();
            diagnostic.render(sources, width, &mut out);
            out
        };
        let is_cut = self.warnings.len() > MOST_WARNINGS;
        let rest = is_cut.then(|| {
            let mut out = format!("warning: there are {} warnings; their kinds:\n", self.warnings.len());
            kinds(&self.warnings, sources, &mut out);
            out
        });
        self.warnings.iter().take(MOST_WARNINGS).map(render).chain(rest).collect()
    }

    /// All faults, roots first, then in the order of files and positions; the last line counts them. Of very many only the first
    /// are shown, and the number of each kind.
    pub(crate) fn render(mut self, sources: &SourceFiles, width: usize) -> String {
        if self.faults.iter().any(|fault| fault.rank == Rank::Root) {
            let before = self.faults.len();
            self.faults.retain(|fault| fault.rank != Rank::Consequence);
            self.count -= before - self.faults.len();
        }
        self.faults.sort_by_key(|fault| (fault.rank != Rank::Root, fault.span));
        let mut out = String::new();
        for diagnostic in self.faults.iter().take(MOST_SHOWN) {
            diagnostic.render(sources, width, &mut out);
            out.push('\n');
        }
        if self.count > MOST_SHOWN {
            out.push_str("error: there are more faults; their kinds:\n");
            kinds(&self.faults, sources, &mut out);
            out.push_str("  = help: begin with the first ones; a fault may be the reason for others\n\n");
        }
        let faults = if self.count == 1 { "1 fault".to_owned() } else { format!("{} faults", self.count) };
        let place = sources.get(0).map_or(String::new(), |source| format!(" in `{}` and its files", source.name));
        let shown = if self.count > MOST_SHOWN { format!(", of which {MOST_SHOWN} are shown") } else { String::new() };
        // Writing to a `String` can't fail.
        let _ = write!(out, "error: {faults}{}{shown}", crate::diagnostic::shortened(&place));
        out
    }
}

/// The number of faults or warnings of each kind, the most frequent first, with the first place of each.
fn kinds(all: &[Diagnostic], sources: &SourceFiles, out: &mut String) {
    let mut kinds: HashMap<String, (usize, &Diagnostic)> = HashMap::new();
    for diagnostic in all {
        kinds.entry(diagnostic.kind()).or_insert((0, diagnostic)).0 += 1;
    }
    let mut kinds: Vec<(String, (usize, &Diagnostic))> = kinds.into_iter().collect();
    kinds.sort_by(|(one, (a, _)), (other, (b, _))| b.cmp(a).then_with(|| one.cmp(other)));
    let more = kinds.len().saturating_sub(MOST_KINDS);
    for (kind, (count, first)) in kinds.into_iter().take(MOST_KINDS) {
        let place = first.place(sources).map_or_else(String::new, |place| format!(", first at {place}"));
        // Writing to a `String` can't fail.
        let _ = writeln!(out, "  = {count} × {kind}{place}");
    }
    if more > 0 {
        let _ = writeln!(out, "  = and {more} other kinds");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::WIDTH;
    use crate::diagnostic::span::{SourceFile, Span};

    fn sources() -> SourceFiles {
        let mut sources = SourceFiles::default();
        sources.add(SourceFile::new("errors.toml".into(), "errors.toml".into(), "a = 1\n".repeat(300)));
        sources
    }

    fn at(line: usize) -> Span {
        Span::new(0, 6 * line..6 * line + 1)
    }

    #[test]
    fn very_many_faults_are_counted_by_kind() {
        let mut report = Report::default();
        for line in 0..200 {
            report.add(Diagnostic::at(at(line), format!("missing key `meaning` in entry `e{line}`")));
        }
        report.add(Diagnostic::at(at(250), "`x` is not a severity"));
        let text = report.render(&sources(), WIDTH);
        assert!(text.lines().count() < 310, "{}", text.lines().count());
        let end: Vec<&str> = text.lines().rev().take(6).collect();
        assert_eq!(end[0], "error: 201 faults in `errors.toml` and its files, of which 50 are shown");
        assert_eq!(end[3], "  = 1 × `…` is not a severity, first at errors.toml:251:1");
        assert_eq!(end[4], "  = 200 × missing key `meaning` in entry `…`, first at errors.toml:1:1");
    }

    #[test]
    fn very_many_warnings_are_counted_by_kind() {
        let mut report = Report::default();
        for line in 0..200 {
            report.add(Diagnostic::warning(at(line), format!("the text of `e{line}.title` has changed")));
        }
        let shown = report.warnings(&sources(), WIDTH);
        assert_eq!((shown.len(), report.warning_count()), (101, 200));
        let end = "warning: there are 200 warnings; their kinds:\n  = 200 × the text of `…` has changed, first at errors.toml:1:1\n";
        assert_eq!(shown[100], end);
    }

    #[test]
    fn a_root_comes_first_and_its_consequences_are_left_out() {
        let mut report = Report::default();
        report.add(Diagnostic::at(at(1), "follows").consequence());
        report.add(Diagnostic::at(at(2), "other"));
        report.add(Diagnostic::at(at(3), "root").root());
        let text = report.render(&sources(), WIDTH);
        assert!(text.starts_with("error: root\n") && text.contains("error: other\n") && !text.contains("follows"));
        assert!(text.ends_with("error: 2 faults in `errors.toml` and its files"), "{text}");
        let mut report = Report::default();
        report.add(Diagnostic::at(at(1), "follows").consequence());
        assert!(report.render(&sources(), WIDTH).starts_with("error: follows\n"));
    }
}

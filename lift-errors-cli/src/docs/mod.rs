//! The command `docs`: a static site with a page for each entry in each language.

mod folder;
mod html;
mod words;

use crate::arguments::{DocsArguments, PreviewFormat};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::explanation::collect::{self, View};
use crate::explanation::{EntryExplanation, Explanation, RemovedExplanation, markdown, schema};
use crate::output::CommandOutput;
use crate::rendering::Rendering;
use crate::runtime::image;
use crate::runtime::sample::Sample;
use folder::{NewFolder, WriteError};
use html::{Example, Frame};
use lift_errors::{Audience, Entry, Format, Locale};
use lift_errors_codegen::{CatalogSnapshot, EntryFacts};
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{thread, time::Instant};

/// The formats of the examples, with their names.
const EXAMPLES: [(&str, PreviewFormat); 4] = [
    ("problem-details", PreviewFormat::Problem),
    ("envelope", PreviewFormat::Envelope),
    ("text", PreviewFormat::Text),
    ("grpc", PreviewFormat::Grpc),
];

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur"];

/// Writes the site.
///
/// # Errors
///
/// The catalogue's faults, or the reason why a file can't be written. The old site is then as it was.
pub(crate) fn docs(catalog: &Catalog, arguments: &DocsArguments, output: &mut CommandOutput) -> Result<(), Error> {
    let started = Instant::now();
    let CatalogSnapshot { tables, entries: facts, removed, .. } = catalog.snapshot()?;
    let catalog = image::catalog(tables);
    let folder = NewFolder::new(Path::new(&arguments.out))?;
    // Pseudo-locales are for testing a layout.
    let is_read = |locale: &Locale| !locale.tag().ends_with("-XA") && !locale.tag().ends_with("-XB");
    let locales: Vec<Locale> = catalog.locales().filter(is_read).collect();
    let tags: Vec<String> = locales.iter().map(ToString::to_string).collect();
    let entries: Vec<Entry> = catalog.entries().collect();
    let removed: Vec<RemovedExplanation> = removed.iter().map(|code| collect::removed(catalog.name(), code)).collect();
    let policy = html::policy();
    let site = Site { arguments, folder: &folder, entries: &entries, removed: &removed };
    let done = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    // Languages in turn, and the entries of each on all cores.
    for (locale, tag) in locales.iter().zip(&tags) {
        let frame = Frame {
            catalog: catalog.name(),
            locale: tag,
            is_right_to_left: RIGHT_TO_LEFT.contains(&tag.split('-').next().unwrap_or(tag)),
            locales: &tags,
            words: words::of(tag),
            policy: &policy,
        };
        let work: Vec<_> = entries.iter().enumerate().map(|(place, &entry)| (entry, facts.get(place))).collect();
        let chunks = work.chunks(entries.len().div_ceil(threads).max(1));
        let write = |entries: &[(Entry, Option<&EntryFacts>)]| {
            let page = |&entry: &_| site.entry(&frame, *locale, entry, &done, tags.len());
            entries.iter().map(page).collect::<Result<Vec<_>, WriteError>>()
        };
        let written: Result<Vec<Vec<EntryExplanation>>, WriteError> = thread::scope(|scope| {
            let write = &write;
            let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || write(chunk))).collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        let explanations: Vec<EntryExplanation> = written?.into_iter().flatten().collect();
        site.language(&frame, explanations, tags.first() == Some(tag))?;
    }
    folder.write("explanation.schema.json", &serde_json::to_string_pretty(&schema())?)?;
    folder.publish()?;
    progress("");
    output.result(format!(
        "{} errors in {} languages: `{}` ({:.1} s)",
        entries.len(),
        tags.len(),
        arguments.out,
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}

#[derive(Clone, Copy)]
struct Site<'a> {
    arguments: &'a DocsArguments,
    folder: &'a NewFolder,
    entries: &'a [Entry],
    removed: &'a [RemovedExplanation],
}

impl Site<'_> {
    /// Writes the page of an entry, and its Markdown.
    fn entry(
        &self,
        frame: &Frame<'_>,
        locale: Locale,
        (entry, facts): (Entry, Option<&EntryFacts>),
        done: &AtomicUsize,
        languages: usize,
    ) -> Result<EntryExplanation, WriteError> {
        let explain = |is_markdown| {
            let view = View { locale, audience: self.arguments.audience, is_markdown };
            self.for_readers(collect::entry(entry, facts, view))
        };
        let explanation = explain(false);
        let sample = Sample::new(entry);
        let example = |(name, format): (&'static str, PreviewFormat)| {
            let audience = self.arguments.audience;
            let text = Rendering { format, locale, audience, terminal: Format::PlainText }.render(&sample);
            Example { name, text: pretty(text) }
        };
        let edit = self.arguments.edit_url.as_ref().zip(facts).map(|(template, facts)| {
            template.replace("{file}", &facts.file).replace("{line}", &facts.line.to_string())
        });
        let html = frame.entry(&explanation, &EXAMPLES.map(example), edit.as_deref());
        self.folder.write(&format!("{}/{}.html", frame.locale, html::page_name(entry.id())), &html)?;
        let text = markdown::explanation(&Explanation::Entry(Box::new(explain(true))));
        self.folder.write(&format!("{}/{}.md", frame.locale, html::page_name(entry.id())), &text)?;
        let count = done.fetch_add(1, Ordering::Relaxed) + 1;
        if count % 100 == 0 {
            progress(&format!("{count} of {} pages", self.entries.len() * languages));
        }
        Ok(explanation)
    }

    /// The explanation without what is for operators, unless the site is for them.
    fn for_readers(&self, mut entry: EntryExplanation) -> EntryExplanation {
        if self.arguments.audience != Some(Audience::Operator) {
            let is_public = |audience: &Option<String>| audience.as_deref() != Some(Audience::Operator.as_str());
            entry.causes.retain(|cause| is_public(&cause.audience));
            entry.fixes.retain(|fix| is_public(&fix.audience));
            entry.notes.retain(|note| is_public(&note.audience));
            entry.parameters.retain(|parameter| parameter.sensitivity == "public");
            entry.runbook = None;
            for cause in &mut entry.causes {
                cause.fixes.retain(|id| entry.fixes.iter().any(|fix| fix.id == *id));
            }
        }
        entry
    }

    /// Writes the files of a language that are about all entries. Those of the first are at the root as well.
    fn language(&self, frame: &Frame<'_>, entries: Vec<EntryExplanation>, is_first: bool) -> Result<(), Error> {
        let locale = frame.locale;
        self.folder.write(&format!("{locale}/index.html"), &frame.index("../", &entries, self.removed))?;
        for code in self.removed {
            self.folder.write(&format!("{locale}/{}.html", html::page_name(&code.id)), &frame.removed(code))?;
        }
        if is_first {
            self.folder.write("index.html", &frame.index("", &entries, self.removed))?;
            let mut llms = format!("# {}\n\nErrors of this service, one page each.\n\n## Errors\n\n", frame.catalog);
            for entry in &entries {
                let _ = writeln!(
                    llms,
                    "- [{} {}]({locale}/{}.md): {}",
                    entry.id,
                    entry.title,
                    html::page_name(&entry.id),
                    entry.meaning.as_deref().unwrap_or_default()
                );
            }
            self.folder.write("llms.txt", &llms)?;
        }
        let all: Vec<Explanation> = entries.into_iter().map(|entry| Explanation::Entry(Box::new(entry))).collect();
        let json = serde_json::to_string_pretty(&all)?;
        self.folder.write(&format!("{locale}/errors.json"), &json)?;
        if is_first {
            self.folder.write("errors.json", &json)?;
        }
        Ok(())
    }
}

/// JSON with line breaks; any other text as it is.
fn pretty(text: String) -> String {
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) => serde_json::to_string_pretty(&value).unwrap_or(text),
        Err(_) => text,
    }
}

/// Shows how far the work is, where somebody watches.
fn progress(text: &str) {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\u{1b}[K{text}");
        let _ = stderr.flush();
    }
}

//! The command `docs`: a static site with a page for each entry in each language.

mod address;
mod entry;
mod folder;
mod frame;
mod graph;
mod index;
mod landing;

use crate::arguments::{DocsArguments, PreviewFormat};
use crate::catalog::Catalog;
use crate::count::count;
use crate::error::Error;
use crate::explanation::collect::{self, ByCode, View};
use crate::explanation::words::Words;
use crate::explanation::{EntryExplanation, Explanation, RemovedExplanation, list_schema, markdown};
use crate::output::CommandOutput;
use crate::printable;
use crate::rendering::Rendering;
use crate::runtime::image;
use crate::runtime::sample::Sample;
use crate::taxonomy;
use entry::{Content, Example};
use folder::{NewFolder, WriteError, page_name};
use frame::Frame;
use landing::Landing;
use lift_errors::__private::{TextMarkup, is_right_to_left};
use lift_errors::{Audience, Entry, Format, Locale};
use lift_errors_codegen::{CatalogSnapshot, EntryFacts, FieldErrorFacts};
use maud::Markup;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{thread, time::Instant};

/// The formats of the examples: a name, the media type, and whether the text is prose. A page is not among them: it is for a
/// browser, and `preview` shows it.
const EXAMPLES: [(&str, &str, bool, PreviewFormat); 5] = [
    ("problem", "application/problem+json", false, PreviewFormat::Problem),
    ("envelope", "application/json", false, PreviewFormat::Envelope),
    ("text", "text/plain", true, PreviewFormat::Text),
    ("markdown", "text/markdown", true, PreviewFormat::Markdown),
    ("grpc", "gRPC", false, PreviewFormat::Grpc),
];

/// The characters of a file's name that a path of a URI has in another form (RFC 3986 §3.3).
const NOT_IN_PATHS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// Writes the site.
///
/// # Errors
///
/// The catalogue's faults, or the reason why a file can't be written. The old site is then as it was.
pub(crate) fn docs(catalog: &Catalog, arguments: &DocsArguments, output: &mut CommandOutput) -> Result<(), Error> {
    let started = Instant::now();
    let CatalogSnapshot { tables, entries: facts, field_errors, removed, taxonomy, .. } = catalog.snapshot()?;
    let only = &arguments.only;
    taxonomy::check_words(only, &taxonomy)?;
    let catalog = image::catalog(tables);
    let folder = NewFolder::new(Path::new(&arguments.out))?;
    // Pseudo-locales are for testing a layout.
    let is_read = |locale: &Locale| !locale.tag().ends_with("-XA") && !locale.tag().ends_with("-XB");
    let locales: Vec<Locale> = catalog.locales().filter(is_read).collect();
    let tags: Vec<String> = locales.iter().map(ToString::to_string).collect();
    let (entries, facts): (Vec<Entry>, Vec<EntryFacts>) =
        catalog.entries().zip(facts).filter(|(entry, _)| taxonomy::matches(only, *entry)).unzip();
    if entries.is_empty() {
        return Err(Error::NothingLeft);
    }
    // Neither class nor tags are recorded of a removed code.
    let removed = if only.is_empty() { removed } else { Vec::new() };
    let mut removed: Vec<RemovedExplanation> =
        removed.iter().map(|code| collect::removed(catalog.name(), code)).collect();
    // A tombstone may be older than the records of who may read a parameter.
    if arguments.audience != Some(Audience::Operator) {
        removed.iter_mut().for_each(|code| code.parameters.clear());
    }
    let policy = frame::policy();
    let done = AtomicUsize::new(0);
    let by_code = ByCode::of([catalog]);
    let site = Site {
        arguments,
        folder: &folder,
        entries: &entries,
        by_code: &by_code,
        field_errors: &field_errors,
        removed: &removed,
        done: &done,
        languages: tags.len(),
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let frame_of = |locale: Locale| Frame {
        catalog,
        locale,
        is_right_to_left: is_right_to_left(catalog, locale),
        tags: &tags,
        words: Words::of(locale.tag()),
        policy: &policy,
    };
    let mut landings = Vec::new();
    // Languages in turn, and the entries of each on all cores.
    for &locale in &locales {
        let frame = frame_of(locale);
        let work: Vec<_> = entries.iter().enumerate().map(|(place, &entry)| (entry, facts.get(place))).collect();
        let chunks = work.chunks(entries.len().div_ceil(threads).max(1));
        let write = |entries: &[(Entry, Option<&EntryFacts>)]| {
            entries
                .iter()
                .map(|&(entry, facts)| site.entry(&frame, entry, facts))
                .collect::<Result<Vec<_>, WriteError>>()
        };
        let written: Result<Vec<Vec<(EntryExplanation, Markup)>>, WriteError> = thread::scope(|scope| {
            let write = &write;
            let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || write(chunk))).collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        let (entries, titles): (Vec<EntryExplanation>, Vec<Markup>) = written?.into_iter().flatten().unzip();
        if landings.is_empty() {
            let of_entries = entries.iter().zip(&titles).map(Landing::of_entry);
            landings = of_entries.chain(site.removed.iter().map(Landing::of_removed)).collect::<Vec<_>>();
            // An address that an entry chose takes no place of one that `reference` gives.
            landings.sort_by_key(|landing| landing.has_own_type);
        }
        site.language(&frame, entries, &titles)?;
    }
    // Addresses of type URIs come last: they take no place of another file.
    folder.write("errors.schema.json", &serde_json::to_string_pretty(&list_schema())?)?;
    let first = frame_of(locales.first().copied().unwrap_or_default());
    for landing in &landings {
        if let Some(warning) = landing.write(&first, &folder)? {
            output.warning(warning);
        }
    }
    folder.publish()?;
    progress("");
    output.result(format!(
        "{} in {}: `{}` ({:.1} s)",
        count(entries.len(), "error"),
        count(tags.len(), "language"),
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
    /// All entries of the catalogue, those that a filter leaves out among them.
    by_code: &'a ByCode,
    field_errors: &'a [FieldErrorFacts],
    removed: &'a [RemovedExplanation],
    done: &'a AtomicUsize,
    languages: usize,
}

impl Site<'_> {
    /// Writes the page of an entry, and its Markdown. Gives the explanation without markup, and the title for links.
    fn entry(
        self,
        frame: &Frame<'_>,
        entry: Entry,
        facts: Option<&EntryFacts>,
    ) -> Result<(EntryExplanation, Markup), WriteError> {
        let audience = self.arguments.audience;
        let locale = frame.locale;
        let explain =
            |markup| self.for_readers(collect::entry(entry, facts, View { locale, audience, markup }, self.by_code));
        let explanation = explain(TextMarkup::None);
        let sample = Sample::new(entry).with_field_errors(self.field_errors);
        let examples = EXAMPLES.map(|(name, media_type, is_prose, format)| {
            let text = Rendering { format, locale, audience, terminal: Format::PlainText }.render(&sample);
            Example { name, media_type, is_prose, text: pretty(text) }
        });
        let has_page = |entry: &Entry| taxonomy::matches(&self.arguments.only, *entry);
        let of_code = |code: &str| self.by_code.find(frame.catalog, code);
        let id_of =
            |code: Option<&String>| code.and_then(|code| of_code(code)).filter(has_page).map(|entry| entry.id());
        // An error that a filter leaves out still has an address.
        let page_of = |code: &str| {
            of_code(code).map(|entry| match has_page(&entry) {
                true => format!("{}.html", page_name(entry.id())),
                false => entry.type_uri().to_string(),
            })
        };
        let description = facts.and_then(|facts| collect::description(facts, locale)).map(|it| it.linked(page_of));
        let html = frame.entry(&Content {
            entry: &explain(TextMarkup::Html),
            title: &explanation.title,
            examples: &examples,
            description: description.as_ref(),
            edit_url: self.edit_url(facts, frame.tag()).as_deref(),
            replacement: id_of(explanation.lifecycle.replaced_by.as_ref()),
            original: id_of(explanation.same_as.as_ref()),
        });
        self.folder.write(&format!("{}/{}.html", frame.tag(), page_name(entry.id())), &html)?;
        let text = markdown::explanation(&Explanation::Entry(Box::new(explain(TextMarkup::Markdown))));
        self.folder.write(&format!("{}/{}.md", frame.tag(), page_name(entry.id())), &text)?;
        let count = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if count % 100 == 0 {
            progress(&format!("{count} of {} pages", self.entries.len() * self.languages));
        }
        let title = frame.title(entry, &explanation.title);
        Ok((explanation, title))
    }

    /// Where the text can be improved: the entry's translation, else the entry itself.
    fn edit_url(self, facts: Option<&EntryFacts>, tag: &str) -> Option<String> {
        let (template, facts) = self.arguments.edit_url.as_ref().zip(facts)?;
        // A text of a base catalogue is in no file of this one.
        let is_here = |file: &str| !file.is_empty() && collect::base_of(file).is_none();
        let translation = facts.translations.iter().find(|(locale, file, _)| locale == tag && is_here(file));
        let translation = translation.map(|(_, file, line)| (file.as_str(), *line));
        let (file, line) = translation.or_else(|| collect::place(facts)).filter(|(file, _)| is_here(file))?;
        let encoded = utf8_percent_encode(file, NOT_IN_PATHS).to_string();
        Some(template.replace("{file}", &encoded).replace("{line}", &line.to_string()))
    }

    /// The list of all pages for agents (llmstxt.org), which is Markdown.
    fn llms(self, frame: &Frame<'_>) -> String {
        let mut llms =
            format!("# {}\n\n> Errors of this service, one page each.\n\n## Errors\n\n", frame.catalog.name());
        let view = View { locale: frame.locale, audience: self.arguments.audience, markup: TextMarkup::Markdown };
        for entry in self.entries.iter().map(|&entry| collect::entry(entry, None, view, self.by_code)) {
            let (meaning, page) = (entry.meaning.as_deref().unwrap_or_default(), page_name(&entry.id));
            // Writing to a `String` can't fail.
            let _ = writeln!(llms, "- [{} {}]({}/{page}.md): {meaning}", entry.id, entry.title, frame.tag());
        }
        llms
    }

    /// The explanation without what is for operators, unless the site is for them.
    fn for_readers(self, mut entry: EntryExplanation) -> EntryExplanation {
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
    fn language(self, frame: &Frame<'_>, entries: Vec<EntryExplanation>, titles: &[Markup]) -> Result<(), Error> {
        let (tag, removed) = (frame.tag(), self.removed);
        let is_first = frame.tags.first().is_some_and(|first| first == tag);
        self.folder.write(&format!("{tag}/index.html"), &frame.index("../", &entries, titles, removed))?;
        self.folder.write(&format!("{tag}/search.js"), &index::search_words(&entries)?)?;
        for code in removed {
            self.folder.write(&format!("{tag}/{}.html", page_name(&code.id)), &frame.removed(code))?;
            let text = markdown::explanation(&Explanation::Removed(code.clone()));
            self.folder.write(&format!("{tag}/{}.md", page_name(&code.id)), &text)?;
        }
        if is_first {
            self.folder.write("index.html", &frame.index("", &entries, titles, removed))?;
            self.folder.write("llms.txt", &self.llms(frame))?;
        }
        let entries = entries.into_iter().map(|entry| Explanation::Entry(Box::new(entry)));
        let all: Vec<Explanation> = entries.chain(removed.iter().cloned().map(Explanation::Removed)).collect();
        let json = serde_json::to_string_pretty(&all)?;
        self.folder.write(&format!("{tag}/errors.json"), &json)?;
        if is_first {
            self.folder.write("errors.json", &json)?;
        }
        Ok(())
    }
}

/// JSON with line breaks; any other text as it is.
fn pretty(text: String) -> String {
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) => serde_json::to_string_pretty(&value).map_or(text, |json| printable::json(&json)),
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

//! Reads the manifest and the files that it lists. It knows where files may be and what TOML is,
//! and leaves the meaning to `decode`.

use crate::decode;
use crate::diagnostic::{Diagnostic, Report, suggest};
use crate::draft::{Draft, Text};
use crate::lock;
use crate::reader::File;
use crate::source::{Source, Sources, Span};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Component, Path, PathBuf};
use std::thread;
use toml::de::DeTable;

/// The largest file that is read, in bytes: past it something else than a catalogue was named.
const LARGEST_FILE: u64 = 64 << 20;

/// A catalogue as it was read, with all faults so far.
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) draft: Draft,
    pub(crate) report: Report,
    /// A file could not be read as TOML: rules about the whole catalogue would accuse the wrong line.
    pub(crate) incomplete: bool,
}

/// The stack for reading, in bytes. Tables are dropped by recursion, and where dotted keys stand in inline
/// tables the TOML parser lets 6,000 levels through: more than the stack of a thread has room for.
const STACK: usize = 64 << 20;

/// Reads the catalogue of `manifest`, which messages call `name`.
pub(crate) fn load(manifest: &Path, name: &str) -> Loaded {
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read_all(manifest, name));
        match reader.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(loaded)) => loaded,
            Ok(Err(panic)) => resume_unwind(panic),
            // Where there are no threads, the stack that there is has to do.
            Err(_) => read_all(manifest, name),
        }
    })
}

fn read_all(manifest: &Path, name: &str) -> Loaded {
    let mut loader = Loader { sources: Sources::default(), report: RefCell::new(Report::default()), incomplete: false };
    let mut draft = Draft::default();
    match read(manifest) {
        Ok(text) => {
            let source = loader.sources.add(Source::new(name.to_owned(), manifest.to_owned(), text));
            loader.parse(source, |file, document| draft.manifest = decode::manifest(file, document));
            // Where the list of files could not be read, what is in them is not missing.
            loader.incomplete |= draft.manifest.files.is_empty() && !loader.report.borrow().is_empty();
            let prefix = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            draft.entries = loader.files(&draft.manifest.files, manifest, prefix);
            draft.released = loader.released(manifest, name);
        }
        Err(problem) => {
            loader.incomplete = true;
            let fault = Diagnostic::general(format!("can't read the catalogue `{name}`: {}", problem.message));
            loader.report.borrow_mut().add(fault.help(problem.help));
        }
    }
    Loaded { sources: loader.sources, draft, report: loader.report.into_inner(), incomplete: loader.incomplete }
}

struct Loader {
    sources: Sources,
    report: RefCell<Report>,
    incomplete: bool,
}

impl Loader {
    /// The entries of all listed files, in the manifest's order.
    fn files(&mut self, names: &[Text], manifest: &Path, prefix: &str) -> Vec<crate::draft::Entry> {
        let mut entries = Vec::new();
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for name in names {
            if let Some(&first) = seen.get(name.as_str()) {
                let fault = Diagnostic::at(name.span, format!("`{}` is listed twice", name.value.escape_debug()));
                self.report.borrow_mut().add(fault.related("first at", first).help("remove one of the two"));
                continue;
            }
            seen.insert(name.as_str(), name.span);
            match inside(manifest, name.as_str()).and_then(|path| Ok((read(&path)?, path))) {
                Ok((text, path)) => {
                    let shown = shown_name(prefix, &name.value);
                    let source = self.sources.add(Source::new(shown, path, text));
                    self.parse(source, |file, document| entries.extend(decode::entries(file, name.as_str(), document)));
                }
                Err(problem) => {
                    self.incomplete = true;
                    let fault = Diagnostic::at(
                        name.span,
                        format!("can't read `{}`: {}", name.value.escape_debug(), problem.message),
                    );
                    self.report.borrow_mut().add(fault.help(problem.help));
                }
            }
        }
        entries
    }

    /// What the lock file says; a catalogue may have none.
    fn released(&mut self, manifest: &Path, shown: &str) -> Vec<lock::Released> {
        let path = manifest.with_file_name(lock::FILE);
        let prefix = shown.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !path.exists() {
            return Vec::new();
        }
        let name = shown_name(prefix, lock::FILE);
        let mut released = Vec::new();
        match read(&path) {
            Ok(text) => {
                let source = self.sources.add(Source::new(name, path, text));
                self.parse(source, |file, document| released = lock::decode(file, document));
            }
            Err(problem) => {
                let fault = Diagnostic::general(format!("can't read `{name}`: {}", problem.message));
                self.report.borrow_mut().add(fault.help(problem.help));
            }
        }
        released
    }

    /// Parses a source and hands its document on; one with TOML faults is not looked at further, for
    /// what the parser guessed would be reported as the author's mistakes.
    fn parse(&mut self, source: usize, decode: impl FnOnce(&File<'_>, &DeTable<'_>)) {
        let Some(text) = self.sources.get(source).map(|source| source.text.as_str()) else { return };
        let (document, faults) = DeTable::parse_recoverable(text);
        if faults.is_empty() {
            decode(&File { source, text, report: &self.report }, document.get_ref());
            return;
        }
        self.incomplete = true;
        for fault in faults {
            let range = fault.span().unwrap_or(0..0);
            let span = Span { source, start: range.start, end: range.end };
            let message = fault.message().lines().collect::<Vec<_>>().join(": ");
            // The parser takes what is not there for a string without its quotation marks.
            let nothing = message.starts_with("string values must be quoted") && range.is_empty();
            let message = if nothing { "a value is missing".to_owned() } else { message };
            self.report
                .borrow_mut()
                .add(Diagnostic::at(span, format!("no valid TOML: {message}")).help(toml_remedy(&message)));
        }
    }
}

/// A file beside the manifest, as messages call it.
fn shown_name(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}

/// What to do about a fault that the TOML parser found.
fn toml_remedy(message: &str) -> &'static str {
    if message.contains("duplicate key") {
        "every code, key and table stands once in a file; rename one or remove it"
    } else if message.contains("recurs") {
        "the format needs no more than four levels"
    } else if message.contains("a value is missing") {
        "write the value behind `=`, or remove the key"
    } else if message.contains("string") || message.contains("quote") {
        "a text stands in quotation marks on one line: `title = \"Not Found\"`; inside, write `\\\"` for a quotation mark"
    } else {
        "a line is `key = value`, a table begins with `[name]`, a list of tables with `[[name]]`"
    }
}

/// Why a file can't be read, and what to do.
struct Unreadable {
    message: String,
    help: String,
}

fn unreadable(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
    Unreadable { message: message.into(), help: help.into() }
}

/// The path of a listed file, which must be in the manifest's folder, symbolic links followed.
fn inside(manifest: &Path, name: &str) -> Result<PathBuf, Unreadable> {
    let (folder, path) = (manifest.parent().unwrap_or(Path::new("")), Path::new(name));
    let plain = path.components().all(|component| matches!(component, Component::Normal(_)));
    // One file has one spelling, so that none is listed twice.
    let spelt = name.split('/').all(|part| !matches!(part, "" | "."));
    if !plain || !spelt || name.contains(['\\', '\0']) || path.extension().is_none_or(|extension| extension != "toml") {
        return Err(unreadable(
            "a catalogue's files are TOML files in the folder of its manifest",
            "name the file by its relative path, with `/` and without `..`, such as `errors/http.toml`",
        ));
    }
    let joined = folder.join(path);
    if joined == manifest {
        return Err(unreadable("it is the manifest", "list the files with the entries alone"));
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let (Ok(target), Ok(folder)) = (joined.canonicalize(), folder.canonicalize()) {
        if !target.starts_with(folder) {
            return Err(unreadable(
                "it is a symbolic link to a file outside of the catalogue's folder",
                "move the file into the folder: what the catalogue says must be under its own version control",
            ));
        }
    }
    Ok(joined)
}

fn read(path: &Path) -> Result<String, Unreadable> {
    let metadata = fs::metadata(path).map_err(|error| missing(path, &error))?;
    if metadata.is_dir() {
        return Err(unreadable("it is a folder", "name the TOML file in it"));
    }
    if !metadata.is_file() {
        return Err(unreadable("it is no regular file", "name a TOML file"));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(unreadable(
            format!("it has {} bytes, and a catalogue's file at most {LARGEST_FILE}", metadata.len()),
            "split it into several files and list them in `files`",
        ));
    }
    let bytes = fs::read(path).map_err(|error| missing(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|&&byte| byte == b'\n').count() + 1;
        unreadable(
            format!("it is not UTF-8: the byte at offset {valid}, on line {line}, is no part of a character"),
            "save the file as UTF-8",
        )
    })?;
    // TOML allows a byte order mark; nobody counts it as the first column.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn missing(path: &Path, error: &std::io::Error) -> Unreadable {
    let help = match error.kind() {
        std::io::ErrorKind::NotFound
            if path.parent().is_some_and(|folder| folder.components().next().is_some() && !folder.is_dir()) =>
        {
            "its folder is not there either; check the path".to_owned()
        }
        std::io::ErrorKind::NotFound => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let siblings = siblings(path);
            suggest(&name, siblings.iter().map(String::as_str), "TOML files in that folder")
        }
        std::io::ErrorKind::PermissionDenied => "give the user who builds permission to read it".to_owned(),
        _ => "check the path".to_owned(),
    };
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    unreadable(message, help)
}

/// The TOML files beside `path`, so that a misspelt name can be mended.
fn siblings(path: &Path) -> Vec<String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
}

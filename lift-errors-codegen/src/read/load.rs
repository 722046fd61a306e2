//! Reads the manifest and the files that it lists. It knows where files may be and what TOML is,
//! and leaves the meaning to `decode`.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::{Origin, SourceFile, SourceFiles, Span, Text};
use crate::diagnostic::suggest::suggest;
use crate::locale::Locale;
use crate::parallel;
use crate::read::base::{self, Base, BaseCodes, Override};
use crate::read::decode;
use crate::read::draft::{Defaults, Draft, Manifest};
use crate::read::file::{
    DEEPEST, LOCALES, files_below, folders, inside, inside_folder, is_toml, manifest_above, read, read_manifest,
};
use crate::read::lock;
use crate::read::overlay::{self, Overlay};
use crate::read::state::State;
use crate::read::stray;
use crate::read::table::File;
use crate::read::toml_fault;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// A catalogue as it was read, with all faults so far.
pub(crate) struct Loaded {
    pub(crate) sources: SourceFiles,
    pub(crate) draft: Draft,
    pub(crate) report: Report,
    /// A file could not be read as TOML: rules about the whole catalogue would accuse the wrong line.
    pub(crate) incomplete: bool,
}

/// The remedy where a catalogue has no file, and so no place for translations of a base's texts.
pub(crate) const FIRST_FILE: &str = "write `files = [\"errors.toml\"]` in the manifest, and make that file beside it, which may be \
    empty: translations are in files of the same names";

/// Reads the catalogue of `manifest`, which messages call `name`, and the translations into unlisted locales.
pub(crate) fn load(manifest: &Path, name: &str, unlisted: &[String]) -> Loaded {
    parallel::deep(|| read_all(manifest, name, unlisted))
}

fn read_all(manifest: &Path, name: &str, unlisted: &[String]) -> Loaded {
    let mut loader = Loader::new(0);
    let mut draft = Draft::default();
    match read_manifest(manifest) {
        Ok(text) => {
            let source = loader.sources.add(SourceFile::new(name.to_owned(), manifest.to_owned(), text));
            loader.parse(source, |file, document| {
                draft.manifest = decode::manifest(file, document, || manifest_above(manifest, name));
            });
            draft.manifest.file_name = manifest.file_name().map(|name| name.to_string_lossy().into_owned());
            // Where the list of files could not be read, what is in them is not missing.
            loader.incomplete |= draft.manifest.files.is_empty() && !loader.report.borrow().is_empty();
            let prefix = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut catalog = draft.manifest;
            unlisted.iter().for_each(|tag| list(&mut catalog, manifest, tag));
            let base = loader.base(&catalog);
            // An unknown base may have it, so it is not reported as missing.
            loader.incomplete |= base.is_none() && catalog.extends.is_some();
            let codes = BaseCodes::of(base, &catalog);
            let locales = translated(&catalog);
            let copies = catalog.default_locale.as_ref().filter(|_| !locales.is_empty());
            let copies = copies.and_then(|tag| Some(Job::Copies(tag, Locale::from_tag(&tag.value)?)));
            let locales = locales.into_iter().map(|(tag, locale)| Job::Locale(tag, locale));
            let parts: Vec<Job<'_>> = [Job::Default].into_iter().chain(copies).chain(locales).collect();
            let numbered: Vec<_> = parts.into_iter().enumerate().collect();
            // No part has more files than those that are listed, the manifest, and the lock file or the state.
            let most = catalog.files.len() + 2;
            let first_base_file = 1 + numbered.len() * most;
            let loaded = parallel::map(&numbered, |(number, part)| {
                let mut loader = Loader::new(1 + number * most);
                let part = match part {
                    Job::Default => {
                        let (mut draft, mut overrides) = (Draft::default(), Vec::new());
                        loader.files(&catalog, manifest, prefix, &codes, &mut draft, &mut overrides);
                        loader.released(manifest, name, &mut draft);
                        LoadedPart::Default(Box::new((draft, overrides)))
                    }
                    Job::Copies(tag, locale) => {
                        let copies = loader.copies(tag, *locale, &catalog, manifest);
                        // The faults of a generated file do not matter: it is written again.
                        loader = Loader::new(1 + number * most);
                        LoadedPart::Copies(Box::new(copies))
                    }
                    Job::Locale(tag, locale) => {
                        // A base that is not known may be in every language.
                        let is_in = |base: &Base| base.translations(*locale, |_| false).is_some();
                        let inherited = base.map_or(catalog.extends.is_some(), is_in);
                        LoadedPart::Locale(Box::new(
                            loader.overlay(tag, *locale, &catalog, manifest, prefix, inherited),
                        ))
                    }
                };
                (loader, part)
            });
            let mut overrides = Vec::new();
            for (other, part) in loaded {
                loader.append(other);
                match part {
                    LoadedPart::Default(read) => {
                        let Draft { entries, phrases, released, .. } = read.0;
                        (draft.entries, draft.phrases, draft.released) = (entries, phrases, released);
                        overrides = read.1;
                    }
                    LoadedPart::Copies(copies) => draft.copies = Some(*copies),
                    LoadedPart::Locale(overlay) => draft.overlays.push(*overlay),
                }
            }
            // Without them, which locale is translated is not known; that one is missing was reported.
            if catalog.default_locale.is_some() && !catalog.locales.is_empty() {
                let report = loader.report.get_mut();
                stray::warnings(&catalog, manifest).into_iter().for_each(|warning| report.add(warning));
            }
            draft.manifest = catalog;
            if let Some(base) = base {
                let mut other = Loader::new(first_base_file);
                let inherited = other.inherited(base, &draft.overlays);
                loader.append(other);
                draft.first_base_file = Some(first_base_file);
                draft.base_locales = base.locales(&inherited.manifest).collect();
                let mut faults = Vec::new();
                base::inherit(&mut draft, overrides, inherited, &mut faults);
                faults.into_iter().for_each(|fault| loader.report.borrow_mut().add(fault));
            }
        }
        Err(problem) => {
            loader.incomplete = true;
            let fault = Diagnostic::general(format!("can't read the catalogue `{name}`: {}", problem.message));
            loader.report.borrow_mut().add(fault.help(problem.help));
        }
    }
    Loaded { sources: loader.sources, draft, report: loader.report.into_inner(), incomplete: loader.incomplete }
}

/// Reads a base as a catalogue of its own, in all of its languages.
pub(crate) fn load_base(base: &Base) -> Loaded {
    parallel::deep(|| {
        let manifest = Loader::new(0).inherited(base, &[]).manifest;
        let locales = translated(&manifest).into_iter();
        let overlays: Vec<Overlay> = locales.map(|(tag, locale)| Overlay::new(tag.clone(), locale)).collect();
        let mut loader = Loader::new(0);
        let draft = loader.inherited(base, &overlays);
        Loaded { sources: loader.sources, draft, report: loader.report.into_inner(), incomplete: loader.incomplete }
    })
}

/// Reads a base without its translations.
pub(crate) fn base_texts(base: &Base) -> Draft {
    parallel::deep(|| Loader::new(0).inherited(base, &[]))
}

/// A part of a catalogue that is read in parallel with the others.
#[derive(Clone, Copy)]
enum Job<'a> {
    Default,
    Copies(&'a Text, Locale),
    Locale(&'a Text, Locale),
}

/// A part of a catalogue as it was read.
enum LoadedPart {
    /// Entries, phrases, and the lock file; entries that replace those of the base.
    Default(Box<(Draft, Vec<Override>)>),
    /// The default locale's texts as they were once.
    Copies(Box<Overlay>),
    Locale(Box<Overlay>),
}

/// Lists a locale that has a folder and is not listed.
fn list(catalog: &mut Manifest, manifest: &Path, tag: &str) {
    let mut listed = catalog.locales.iter().chain(&catalog.default_locale);
    let is_listed = listed.any(|known| known.value.eq_ignore_ascii_case(tag));
    let is_usable = |locale: Locale| locale.tag() == tag && !locale.is_pseudolocale() && locale.lacks().is_none();
    if is_listed || !Locale::from_tag(tag).is_some_and(is_usable) {
        return;
    }
    if let Some(span) = catalog.span.filter(|_| manifest.with_file_name(LOCALES).join(tag).is_dir()) {
        let (value, origin) = (tag.to_owned(), Origin::Elsewhere);
        catalog.locales.push(Text { value, span, origin, is_escaped: false });
    }
}

/// The folder that may be meant for a locale that has none: one that the manifest does not list, and that is not called after a locale
/// of another language.
fn misnamed(tag: &Text, locale: Locale, catalog: &Manifest, manifest: &Path) -> Option<String> {
    let is_listed = |name: &str| catalog.locales.iter().any(|known| known.value == name);
    let is_other = |name: &str| {
        let known = Locale::from_tag(name).filter(|known| known.tag() == name);
        known.is_some_and(|known| known.language() != locale.language())
    };
    let may_be_meant = |name: &String| {
        !name.starts_with('.') && !is_listed(name) && (name.eq_ignore_ascii_case(&tag.value) || !is_other(name))
    };
    folders(manifest, LOCALES).into_iter().find(may_be_meant)
}

/// The locales that have translations, each once.
fn translated(catalog: &Manifest) -> Vec<(&Text, Locale)> {
    let Some(default) = &catalog.default_locale else { return Vec::new() };
    let mut locales: Vec<(&Text, Locale)> = Vec::new();
    for tag in catalog.locales.iter().filter(|tag| !tag.value.eq_ignore_ascii_case(&default.value)) {
        // A rule reports unknown and duplicate locales.
        let locale = Locale::from_tag(&tag.value).filter(|locale| locale.tag() == tag.value);
        let locale = locale.filter(|locale| !locale.is_pseudolocale() && locale.lacks().is_none());
        locales.extend(
            locale.filter(|locale| locales.iter().all(|(_, other)| other != locale)).map(|locale| (tag, locale)),
        );
    }
    locales
}

struct Loader {
    sources: SourceFiles,
    report: RefCell<Report>,
    incomplete: bool,
}

impl Loader {
    /// One whose files have numbers from `first`.
    fn new(first: usize) -> Self {
        Self { sources: SourceFiles::starting_at(first), report: RefCell::default(), incomplete: false }
    }

    /// Adds what another one read.
    fn append(&mut self, other: Self) {
        self.sources.append(other.sources);
        self.report.get_mut().append(other.report.into_inner());
        self.incomplete |= other.incomplete;
    }

    /// Reads the entries and phrases of all listed files, in the manifest's order.
    fn files(
        &mut self,
        catalog: &Manifest,
        manifest: &Path,
        prefix: &str,
        base: &BaseCodes<'_>,
        draft: &mut Draft,
        overrides: &mut Vec<Override>,
    ) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for name in &catalog.files {
            if let Some(&first) = seen.get(name.as_str()) {
                let fault = Diagnostic::at(name.span, format!("duplicate file `{}`", name.value.escape_debug()));
                self.report.borrow_mut().add(fault.related("first at", first).help("remove one of the two"));
                continue;
            }
            seen.insert(name.as_str(), name.span);
            match inside(manifest, name.as_str()).and_then(|path| Ok((read(&path)?, path))) {
                Ok((text, path)) => {
                    let shown = shown_name(prefix, &name.value);
                    let source = self.sources.add(SourceFile::new(shown, path, text));
                    self.parse(source, |file, document| {
                        let defaults = &catalog.defaults;
                        decode::entries(file, name.as_str(), document, defaults, base, draft, overrides);
                    });
                }
                Err(problem) => {
                    self.incomplete = true;
                    let fault = Diagnostic::at(
                        name.span,
                        format!("can't read `{}`: {}", name.value.escape_debug(), problem.message),
                    );
                    self.report.borrow_mut().add(fault.help(problem.help).root());
                }
            }
        }
    }

    /// Reads what the lock file says; a catalogue may have none.
    fn released(&mut self, manifest: &Path, shown: &str, draft: &mut Draft) {
        let path = manifest.with_file_name(lock::FILE);
        let prefix = shown.rsplit_once('/').map_or("", |(folder, _)| folder);
        if path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return;
        }
        let name = shown_name(prefix, lock::FILE);
        match inside_folder(manifest, &path).and_then(|_| read(&path)) {
            Ok(text) => {
                let source = self.sources.add(SourceFile::new(name, path, text));
                self.parse(source, |file, document| draft.released = lock::decode(file, document));
            }
            Err(problem) => {
                let fault = Diagnostic::general(format!("can't read `{name}`: {}", problem.message));
                self.report.borrow_mut().add(fault.help(problem.help));
            }
        }
    }

    fn overlay(
        &mut self,
        tag: &Text,
        locale: Locale,
        catalog: &Manifest,
        manifest: &Path,
        prefix: &str,
        inherited: bool,
    ) -> Overlay {
        let mut overlay = Overlay::new(tag.clone(), locale);
        let folder = format!("{LOCALES}/{}", tag.value);
        let path = manifest.with_file_name(LOCALES).join(&tag.value);
        let state = format!("{folder}.state.toml");
        let is_there = path.is_dir();
        if !is_there && inherited {
            self.state(tag.span, manifest, &state, prefix, &mut overlay);
            self.expect_folder(tag, &folder, &overlay);
            return overlay;
        }
        let is_absent = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let misnamed = if is_there { None } else { misnamed(tag, locale, catalog, manifest) };
        if !is_there && (!is_absent || misnamed.is_some()) {
            let help = match misnamed {
                Some(other) => format!("name the folder `{LOCALES}/{}` so, or make this one", other.escape_debug()),
                None => "make the folder beside the manifest".to_owned(),
            };
            self.no_folder(tag, &folder, help);
            return overlay;
        }
        if let Some(problem) = inside_folder(manifest, &path).err().filter(|_| is_there) {
            self.incomplete = true;
            let fault = Diagnostic::at(tag.span, format!("can't read the folder `{folder}`: {}", problem.message));
            self.report.borrow_mut().add(fault.help(problem.help));
            return overlay;
        }
        let files = files_below(&path, DEEPEST);
        let before = self.report.borrow().count();
        let main = manifest.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut mirrored: Vec<&str> =
            [main.as_str()].into_iter().chain(catalog.files.iter().map(Text::as_str)).collect();
        // That a file is listed twice was reported.
        let mut seen = HashSet::new();
        mirrored.retain(|name| seen.insert(*name));
        for name in &mirrored {
            let name = *name;
            self.optional(tag.span, manifest, &format!("{folder}/{name}"), prefix, |file, document| {
                if name == main {
                    overlay.labels = overlay::labels(file, document);
                } else {
                    overlay::entries(file, name, document, &mut overlay);
                }
            });
        }
        overlay.is_incomplete = self.report.borrow().count() > before;
        self.state(tag.span, manifest, &state, prefix, &mut overlay);
        // Without a default locale, this may be it.
        let is_known = |default: &Text| Locale::from_tag(&default.value).is_some();
        if !is_there && !overlay.state.is_empty() {
            self.expect_folder(tag, &folder, &overlay);
        } else if files.is_empty() && !inherited && catalog.default_locale.as_ref().is_some_and(is_known) {
            let message = format!("no text is translated into `{}` yet: there is no file in `{folder}`", tag.value);
            let help = format!("translate a text in it, or take `\"{}\"` off `locales` until then", tag.value);
            self.report.borrow_mut().add(Diagnostic::warning(tag.span, message).help(help));
        }
        let is_hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
        for stray in files.iter().filter(|name| !mirrored.contains(&name.as_str()) && !is_hidden(name)) {
            let message = format!("`{folder}/{}` does not mirror a file of the catalogue", stray.escape_debug());
            let help = match (&catalog.extends, catalog.files.is_empty()) {
                (Some(_), true) => FIRST_FILE.to_owned(),
                _ => suggest(stray, mirrored.iter().copied(), "files that can be translated"),
            };
            let fault = match is_toml(stray) {
                true => Diagnostic::at(tag.span, message).help(help).consequence(),
                // The copy that a merge or an editor left, or a note for translators.
                false => Diagnostic::warning(tag.span, message + ", and is not read")
                    .help("delete it, or move it out of the folder; a translation needs a name that ends in `.toml`"),
            };
            self.report.borrow_mut().add(fault);
        }
        overlay
    }

    /// Reports that a locale with records of its texts has no folder.
    fn expect_folder(&mut self, tag: &Text, folder: &str, overlay: &Overlay) {
        if !overlay.state.is_empty() {
            let state = format!("{folder}.state.toml");
            let help = format!(
                "bring it back from your version control; if its translations are gone for good, remove `{state}`, which records them"
            );
            self.no_folder(tag, folder, help);
        }
    }

    /// Reports that a locale has no folder.
    fn no_folder(&mut self, tag: &Text, folder: &str, help: String) {
        self.incomplete = true;
        let message = format!("missing folder `{folder}` with the texts of this locale");
        self.report.borrow_mut().add(Diagnostic::at(tag.span, message).help(help));
    }

    /// Reads the copies of the default locale's texts in the files for translators.
    fn copies(&mut self, tag: &Text, locale: Locale, catalog: &Manifest, manifest: &Path) -> Overlay {
        let mut copies = Overlay::new(tag.clone(), locale);
        let main = manifest.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = format!("{LOCALES}/{}", tag.value);
        for name in catalog.files.iter().map(Text::as_str).chain([main.as_str()]) {
            self.optional(tag.span, manifest, &format!("{folder}/{name}"), "", |file, document| {
                if name == main {
                    copies.labels = overlay::labels(file, document);
                } else {
                    overlay::entries(file, name, document, &mut copies);
                }
            });
        }
        copies
    }

    /// Reads what is recorded of a locale's translations; there may be nothing yet.
    fn state(&mut self, span: Span, manifest: &Path, name: &str, prefix: &str, overlay: &mut Overlay) {
        let before = self.report.borrow().count();
        if let Some(state) = self.recorded(span, manifest, name, prefix) {
            overlay.set_state(state);
        }
        overlay.state.is_faulty = self.report.borrow().count() > before;
    }

    fn recorded(&mut self, span: Span, manifest: &Path, name: &str, prefix: &str) -> Option<State> {
        let source = self.optional_source(span, manifest, name, prefix)?;
        let text = self.sources.get(source).map(|source| source.text.as_str())?;
        let read = State::read(&File { source, text, start: 0, report: &self.report });
        read.map_err(|faults| {
            self.incomplete = true;
            self.report.borrow_mut().add_all(toml_faults(source, text, faults));
        })
        .ok()
    }

    /// The base that a manifest extends.
    fn base(&self, catalog: &Manifest) -> Option<&'static Base> {
        let name = catalog.extends.as_ref()?;
        match Base::named(name) {
            Ok(base) => Some(base),
            Err(fault) => {
                self.report.borrow_mut().add(fault);
                None
            }
        }
    }

    /// Reads a base with its translations in the locales of `overlays`.
    fn inherited(&mut self, base: &Base, overlays: &[Overlay]) -> Draft {
        let (mut draft, none) = (Draft::default(), BaseCodes::default());
        let shown = |name: &str| format!("<{}>/{name}", base.name);
        let add = |loader: &mut Self, name: &str, text: &str| {
            // It has no path: nothing has to be watched.
            loader.sources.add(SourceFile::new(shown(name), PathBuf::new(), text.to_owned()))
        };
        let source = add(self, "catalog.toml", base.manifest);
        self.parse(source, |file, document| draft.manifest = decode::manifest(file, document, || None));
        for (name, text) in base.files {
            let source = add(self, name, text);
            self.parse(source, |file, document| {
                decode::entries(file, name, document, &Defaults::default(), &none, &mut draft, &mut Vec::new());
            });
        }
        let is_listed = |locale| overlays.iter().any(|overlay| overlay.locale == locale);
        for own in overlays {
            let mut overlay = Overlay::new(own.tag.clone(), own.locale);
            let (tag, files) = base.translations(own.locale, is_listed).unwrap_or_default();
            for (name, text) in files {
                let source = add(self, &format!("{LOCALES}/{tag}/{name}"), text);
                self.parse(source, |file, document| match *name {
                    "catalog.toml" => overlay.labels = overlay::labels(file, document),
                    name => overlay::entries(file, name, document, &mut overlay),
                });
            }
            draft.overlays.push(overlay);
        }
        draft
    }

    /// Reads a file that may be missing; what is wrong with it is reported at `span`.
    fn optional(
        &mut self,
        span: Span,
        manifest: &Path,
        name: &str,
        prefix: &str,
        decode: impl FnOnce(&File<'_>, &DeTable<'_>),
    ) {
        if let Some(source) = self.optional_source(span, manifest, name, prefix) {
            self.parse(source, decode);
        }
    }

    /// The source of a file that may be missing.
    fn optional_source(&mut self, span: Span, manifest: &Path, name: &str, prefix: &str) -> Option<usize> {
        // A link that leads nowhere is there, and what is wrong with it is worth a message.
        if manifest.with_file_name(name).symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return None;
        }
        match inside(manifest, name).and_then(|path| Ok((read(&path)?, path))) {
            Ok((text, path)) => Some(self.sources.add(SourceFile::new(shown_name(prefix, name), path, text))),
            Err(problem) => {
                self.incomplete = true;
                let fault = Diagnostic::at(span, format!("can't read `{}`: {}", name.escape_debug(), problem.message));
                self.report.borrow_mut().add(fault.help(problem.help));
                None
            }
        }
    }

    /// Parses a source and hands its document on; one with TOML faults is not looked at further, for
    /// what the parser guessed would be reported as the author's mistakes.
    fn parse(&mut self, source: usize, decode: impl FnOnce(&File<'_>, &DeTable<'_>)) {
        let Some(text) = self.sources.get(source).map(|source| source.text.as_str()) else { return };
        let (document, faults) = DeTable::parse_recoverable(text);
        if faults.is_empty() {
            decode(&File { source, text, start: 0, report: &self.report }, document.get_ref());
            return;
        }
        self.incomplete = true;
        self.report.borrow_mut().add_all(toml_faults(source, text, faults));
    }
}

/// The faults that the TOML parser found.
fn toml_faults(source: usize, text: &str, faults: Vec<toml::de::Error>) -> Vec<Diagnostic> {
    let found = faults.into_iter().map(|fault| {
        let message = fault.message().lines().collect::<Vec<_>>().join(": ");
        (fault.span().unwrap_or(0..0), message)
    });
    toml_fault::diagnostics(source, text, found.collect())
}

/// A file beside the manifest, as messages call it.
fn shown_name(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}

/// Every base catalogue by its name, with its translations into each language that its manifest names.
#[cfg(test)]
pub(crate) fn bases() -> impl Iterator<Item = (&'static str, Draft)> {
    base::BASES.iter().map(|base| {
        let manifest = Loader::new(0).inherited(base, &[]).manifest;
        let overlay = |(tag, locale): (&Text, Locale)| Overlay::new(tag.clone(), locale);
        let overlays: Vec<Overlay> = translated(&manifest).into_iter().map(overlay).collect();
        let mut loader = Loader::new(0);
        let draft = loader.inherited(base, &overlays);
        assert!(loader.report.borrow().is_empty(), "`{}` can't be read", base.name);
        (base.name, draft)
    })
}

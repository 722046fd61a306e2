//! The catalogue that a command works on: finds its manifest and calls the compiler.

use crate::advice;
use crate::error::Error;
use crate::printable;
use crate::regular_file::read_text;
use crate::taxonomy;
use crate::terminal;
use lift_errors::lift;
use lift_errors_codegen::{
    CatalogSnapshot, CheckedPart, CompileErrors, Compiler, Coverage, EntryFilter, Inherited, LockText,
    TranslationFiles, Upkeep, Warnings,
};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml_edit::DocumentMut;

/// The usual paths of a manifest, in order of preference.
const USUAL: [&str; 2] = ["catalog/catalog.toml", "catalog.toml"];

/// A catalogue, identified by its manifest.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    manifest: String,
    /// Whether the command line names it.
    is_named: bool,
    may_lack_released: bool,
}

impl Catalog {
    /// The catalogue with this manifest, or the nearest one in the current folder and those above it.
    ///
    /// # Errors
    ///
    /// If no manifest is named and there is none, or its path would give orders to a terminal.
    pub(crate) fn find(manifest: Option<&str>) -> Result<Self, Error> {
        // Each report, page and file for translators may have it.
        if let Some(path) = manifest.filter(|path| path.chars().any(char::is_control)) {
            return Err(Error::NameOfFolder { path: path.to_owned() });
        }
        match manifest.map(str::to_owned).or_else(nearest) {
            Some(path) => Ok(Self { is_named: manifest.is_some(), ..Self::at(Path::new(&path)) }),
            None => Err(Error::NoCatalog(USUAL)),
        }
    }

    /// The manifest's path.
    pub(crate) fn manifest(&self) -> &str {
        &self.manifest
    }

    /// A report whose commands name the manifest, if the command line does.
    pub(crate) fn advised(&self, report: &str) -> String {
        advice::with_manifest(report, Some(self.manifest()).filter(|_| self.is_named))
    }

    /// The folder of the manifest. No file outside it belongs to the catalogue.
    pub(crate) fn folder(&self) -> &Path {
        match Path::new(&self.manifest).parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The path of one of its files, as short as people would write it, and with the system's separator.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder();
        let path = Path::new(name).components().collect();
        if folder == Path::new(".") { path } else { folder.join(path) }
    }

    /// The name of the manifest's file.
    pub(crate) fn file_name(&self) -> String {
        Path::new(&self.manifest).file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The catalogue with a manifest.
    pub(crate) fn at(manifest: &Path) -> Self {
        Self { manifest: manifest.to_string_lossy().into_owned(), is_named: false, may_lack_released: false }
    }

    /// The catalogue before what somebody deleted from its files gets its tombstone.
    pub(crate) fn before_tombstones(&self) -> Self {
        Self { may_lack_released: true, ..self.clone() }
    }

    /// A copy of the catalogue in another folder.
    pub(crate) fn copied_to(&self, folder: &Path) -> Self {
        Self { may_lack_released: self.may_lack_released, ..Self::at(&folder.join(self.file_name())) }
    }

    /// The warnings.
    ///
    /// # Errors
    ///
    /// All faults, with the warnings.
    pub(crate) fn check(&self) -> Result<Warnings, CompileErrors> {
        self.compiler().check()
    }

    /// The same, where drafts are faults.
    ///
    /// # Errors
    ///
    /// All faults, with the warnings.
    pub(crate) fn check_for_release(&self) -> Result<Warnings, CompileErrors> {
        self.compiler().deny_drafts().check()
    }

    /// Checks the selected entries.
    ///
    /// # Errors
    ///
    /// A word of the filter that the catalogue does not have.
    pub(crate) fn check_part(&self, only: &EntryFilter, deny_drafts: bool) -> Result<CheckedPart, Error> {
        let compiler = if deny_drafts { self.compiler().deny_drafts() } else { self.compiler() };
        let part = compiler.check_part(only);
        taxonomy::check_words(only, &part.taxonomy)?;
        Ok(part)
    }

    /// # Errors
    ///
    /// The first word of a filter that the catalogue does not have, whatever faults it has.
    pub(crate) fn check_words(&self, only: &EntryFilter) -> Result<(), Error> {
        // Without a filter, the files are read once.
        if only.is_empty() { Ok(()) } else { taxonomy::check_words(only, &self.compiler().taxonomy()) }
    }

    /// The lock file as the catalogue gives it.
    ///
    /// # Errors
    ///
    /// All faults.
    pub(crate) fn lock(&self) -> Result<LockText, CompileErrors> {
        self.compiler().lock()
    }

    /// The catalogue in memory. The strings that the renderers do not write, and that may be anything, are printable.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn snapshot(&self) -> Result<CatalogSnapshot, CompileErrors> {
        let mut snapshot = self.compiler().snapshot()?;
        let examples = snapshot.entries.iter_mut().flat_map(|facts| &mut facts.examples);
        examples.for_each(|(_, example)| *example = printable::text(example));
        for code in &mut snapshot.removed {
            let strings = [&mut code.code, &mut code.id, &mut code.type_uri, &mut code.removed];
            let strings = strings.into_iter().chain(&mut code.retry).chain(&mut code.parameters);
            strings.for_each(|string| *string = printable::text(string));
        }
        Ok(snapshot)
    }

    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn coverage(&self) -> Result<Coverage, CompileErrors> {
        self.compiler().coverage()
    }

    /// The coverage of the selected entries.
    ///
    /// # Errors
    ///
    /// A word of the filter that the catalogue does not have, a filter that selects nothing, or all faults, except missing and
    /// stale texts.
    pub(crate) fn coverage_of_part(&self, only: &EntryFilter) -> Result<Coverage, Error> {
        let part = self.compiler().coverage_of_part(only);
        taxonomy::check_words(only, &part.taxonomy)?;
        part.coverage?.ok_or(Error::NothingLeft)
    }

    /// The files for translators. A translation that does not say what its text says is stale.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn translation_files(&self) -> Result<TranslationFiles, CompileErrors> {
        self.compiler().translation_files()
    }

    /// The same, where a translation that does not say what its text says is a fault.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn agreeing_translation_files(&self) -> Result<TranslationFiles, CompileErrors> {
        self.compiler().agreeing_translation_files()
    }

    /// The same for somebody who says that the translations of some texts are right, into a locale or into all.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts; or those of a translation of these texts that does not say what its text says.
    pub(crate) fn translation_files_to_mark(
        &self,
        locale: Option<&str>,
        addresses: &[String],
    ) -> Result<TranslationFiles, CompileErrors> {
        self.compiler().translation_files_to_mark(locale, addresses)
    }

    /// The same before a change, which may add the first entry.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn translation_files_before(&self) -> Result<TranslationFiles, CompileErrors> {
        self.compiler().may_be_empty().translation_files()
    }

    /// The same, with the translations into a locale that was taken off the list for a while.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn translation_files_with(&self, locale: Option<&str>) -> Result<TranslationFiles, CompileErrors> {
        let compiler = self.compiler();
        locale.into_iter().fold(compiler, Compiler::with_locale).translation_files()
    }

    /// What follows from an edit of the entries, whatever faults the catalogue has.
    pub(crate) fn upkeep(&self) -> Upkeep {
        self.compiler().upkeep()
    }

    /// The names and ids that it takes over from its base catalogue, whatever faults it has.
    pub(crate) fn inherited(&self) -> Inherited {
        self.compiler().inherited()
    }

    /// The files for translators with those of locales that are not listed, whatever faults they have.
    pub(crate) fn unchecked_translation_files(&self, unlisted: &[String]) -> TranslationFiles {
        let compiler = unlisted.iter().fold(self.compiler(), |compiler, tag| compiler.with_locale(tag));
        compiler.unchecked_translation_files()
    }

    /// The faults of the translations into some locales, each with the locale and the address of its text.
    pub(crate) fn translation_faults(&self, locales: &[String]) -> Vec<((String, String), String)> {
        self.compiler().translation_faults(locales)
    }

    /// The faults of the entries of a listed file, each with the code of its entry.
    pub(crate) fn entry_faults(&self, file: &str) -> Vec<(String, String)> {
        self.compiler().entry_faults(file)
    }

    fn compiler(&self) -> Compiler {
        let compiler = Compiler::new("", &self.manifest);
        let compiler = match terminal::source_columns() {
            Some(columns) => compiler.width(columns),
            None => compiler,
        };
        let compiler = if self.may_lack_released { compiler.may_lack_released() } else { compiler };
        if is_canonical(Path::new(&self.manifest)) { compiler.canonical() } else { compiler }
    }
}

/// The usual manifest in the current folder, or in the nearest folder above it that has one.
fn nearest() -> Option<String> {
    // Paths are relative, so that messages show them as short as people would write them.
    let folders = env::current_dir().map_or(1, |folder| folder.ancestors().count());
    let above = (0..folders).map(|folder| "../".repeat(folder));
    let mut candidates = above
        .flat_map(|folder| USUAL.map(|path| format!("{folder}{path}")))
        .filter(|path| !is_absent(Path::new(path)))
        .peekable();
    // The labels of a locale are in a file of the same name. If nothing better is above, its faults say what it lacks.
    let first = candidates.peek().cloned();
    candidates.find(|path| !is_other_file(Path::new(path))).or(first)
}

/// Whether a file can be read and has no table `[catalog]`.
fn is_other_file(path: &Path) -> bool {
    read_text(path).is_ok_and(|text| !text.lines().any(|line| line.trim_start().starts_with("[catalog]")))
}

/// Whether a manifest is that of the canonical catalogue or of a copy of it, which has its name, its codes and its pages. A
/// service's catalogue with the name alone does not compile.
fn is_canonical(manifest: &Path) -> bool {
    let document = read_text(manifest).ok().and_then(|text| text.parse::<DocumentMut>().ok());
    let is = |key: &str, expected: &str| {
        let value = document.as_ref().and_then(|document| document.get("catalog")?.get(key)?.as_str());
        value == Some(expected)
    };
    is("name", lift::CATALOG.name()) && is("reference", lift::CATALOG.reference())
}

/// Whether there is no such file. A file without access is not absent: opening it gives a better message.
fn is_absent(path: &Path) -> bool {
    let absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::metadata(path).is_err_and(|error| absent(error.kind()))
}

//! The catalogue that a command works on: finds its manifest and calls the compiler.

use crate::error::Error;
use lift_errors_codegen::{CatalogSnapshot, CompileErrors, Compiler, Coverage, TranslationFiles};
use std::io::ErrorKind;
use std::path::Path;
use std::{env, fs};

/// The usual paths of a manifest, in order of preference.
const USUAL: [&str; 2] = ["catalog/catalog.toml", "catalog.toml"];

/// A catalogue, identified by its manifest.
#[derive(Debug)]
pub(crate) struct Catalog {
    manifest: String,
}

impl Catalog {
    /// The catalogue with this manifest, or the nearest one in the current folder and those above it.
    ///
    /// # Errors
    ///
    /// If no manifest is named and there is none.
    pub(crate) fn find(manifest: Option<&str>) -> Result<Self, Error> {
        match manifest.map(str::to_owned).or_else(nearest) {
            Some(manifest) => Ok(Self { manifest }),
            None => Err(Error::NoCatalog(USUAL)),
        }
    }

    /// The folder of the manifest. No file outside it belongs to the catalogue.
    pub(crate) fn folder(&self) -> &Path {
        match Path::new(&self.manifest).parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The warnings.
    ///
    /// # Errors
    ///
    /// All faults, with the warnings.
    pub(crate) fn check(&self) -> Result<Vec<String>, CompileErrors> {
        self.compiler().check()
    }

    /// The catalogue in memory.
    ///
    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn snapshot(&self) -> Result<CatalogSnapshot, CompileErrors> {
        self.compiler().snapshot()
    }

    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn coverage(&self) -> Result<Coverage, CompileErrors> {
        self.compiler().coverage()
    }

    /// # Errors
    ///
    /// All faults, except missing and stale texts.
    pub(crate) fn translation_files(&self) -> Result<TranslationFiles, CompileErrors> {
        self.compiler().translation_files()
    }

    fn compiler(&self) -> Compiler {
        // The command generates no code, so a copy of the canonical catalogue may have its name anywhere.
        Compiler::new("", &self.manifest).canonical()
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
    fs::read_to_string(path).is_ok_and(|text| !text.lines().any(|line| line.trim_start().starts_with("[catalog]")))
}

/// Whether there is no such file. A file without access is not absent: opening it gives a better message.
fn is_absent(path: &Path) -> bool {
    let absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::metadata(path).is_err_and(|error| absent(error.kind()))
}

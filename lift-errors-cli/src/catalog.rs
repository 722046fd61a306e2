//! The catalogue that a command works on: finds its manifest and calls the compiler.

use crate::error::Error;
use lift_errors_codegen::{CompileErrors, Compiler, Coverage, TranslationFiles};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The usual paths of a manifest, in order of preference.
const USUAL: [&str; 2] = ["catalog/catalog.toml", "catalog.toml"];

/// A catalogue, identified by its manifest.
#[derive(Debug)]
pub(crate) struct Catalog {
    manifest: String,
}

impl Catalog {
    /// The catalogue with this manifest, or the one in the current folder.
    ///
    /// # Errors
    ///
    /// If no manifest is named and none is here.
    pub(crate) fn find(manifest: Option<&str>) -> Result<Self, Error> {
        let usual = || USUAL.into_iter().find(|path| !is_absent(Path::new(path)));
        match manifest.or_else(usual) {
            Some(manifest) => Ok(Self { manifest: manifest.to_owned() }),
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

/// Whether there is no such file. A file without access is not absent: opening it gives a better message.
fn is_absent(path: &Path) -> bool {
    let absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::metadata(path).is_err_and(|error| absent(error.kind()))
}

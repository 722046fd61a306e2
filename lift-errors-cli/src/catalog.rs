//! The catalogue that a command is about: where its manifest is, and what the compiler says of it.

use lift_errors_codegen::{Compiler, Coverage, TranslationFiles};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Where a manifest is looked for, if none is named.
const USUAL: [&str; 2] = ["catalog/catalog.toml", "catalog.toml"];

/// A catalogue, by its manifest.
#[derive(Debug)]
pub(crate) struct Catalog {
    manifest: String,
}

impl Catalog {
    /// The catalogue of a manifest, or the one that is here.
    ///
    /// # Errors
    ///
    /// A message, where none is named and none is here.
    pub(crate) fn find(manifest: Option<&str>) -> Result<Self, String> {
        let usual = || USUAL.into_iter().find(|path| !is_absent(Path::new(path)));
        match manifest.or_else(usual) {
            Some(manifest) => Ok(Self { manifest: manifest.to_owned() }),
            None => {
                let [first, second] = USUAL;
                Err(format!(
                    "error: there is no catalogue here: neither `{first}` nor `{second}`\n  \
                     = help: go to the folder that has one, or name its manifest: `--manifest PATH`"
                ))
            }
        }
    }

    /// The folder of the manifest: nothing outside of it belongs to the catalogue.
    pub(crate) fn folder(&self) -> &Path {
        match Path::new(&self.manifest).parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The warnings, and all faults where there are some.
    pub(crate) fn check(&self) -> (Vec<String>, Option<String>) {
        match self.compiler().check() {
            Ok(warnings) => (warnings, None),
            Err(faults) => (faults.warnings().to_vec(), Some(faults.to_string())),
        }
    }

    /// # Errors
    ///
    /// All faults, but for texts that are missing or stale.
    pub(crate) fn coverage(&self) -> Result<Coverage, String> {
        self.compiler().coverage().map_err(|faults| faults.to_string())
    }

    /// # Errors
    ///
    /// All faults, but for texts that are missing or stale.
    pub(crate) fn translation_files(&self) -> Result<TranslationFiles, String> {
        self.compiler().translation_files().map_err(|faults| faults.to_string())
    }

    fn compiler(&self) -> Compiler {
        // The command generates no code, so a copy of the canonical catalogue may have its name anywhere.
        Compiler::new("", &self.manifest).canonical()
    }
}

/// Whether there is no such file. One that can't be looked at is there: what hinders is worth a message.
fn is_absent(path: &Path) -> bool {
    let absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::metadata(path).is_err_and(|error| absent(error.kind()))
}

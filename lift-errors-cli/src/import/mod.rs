//! Error codes from elsewhere, as drafts of a catalogue: what each source knows of a code, whatever its form.

mod java;
mod placeholder;
mod rust;
pub(crate) mod table;
mod tidb;
pub(crate) mod write;

use crate::error::Error;
use placeholder::Message;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// One error of a source.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// How the source identifies it: it becomes the code, and stays as a comment.
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) message: Option<Message>,
    pub(crate) meaning: Option<String>,
    /// A fix for any cause.
    pub(crate) fix: Option<String>,
    /// The message in other languages, by their tags.
    pub(crate) translations: BTreeMap<String, Message>,
    /// What the format cannot express, with the reason.
    pub(crate) remarks: Vec<String>,
}

/// What a source contains.
#[derive(Debug, Default)]
pub(crate) struct Import {
    pub(crate) errors: Vec<Imported>,
    /// What was not imported, with the reason.
    pub(crate) left_out: Vec<String>,
}

/// Which column or member of a table is what.
pub(crate) type Mapping = Vec<(String, String)>;

/// Reads a source: by the end of its name an `errors.toml`, a `.properties` file with those of other languages beside it, a CSV or
/// JSON file, or a Rust file or folder.
///
/// # Errors
///
/// If it can't be read or its form is unknown.
pub(crate) fn read(path: &Path, mapping: &Mapping) -> Result<Import, Error> {
    if path.is_dir() {
        return rust::read_folder(path);
    }
    let text = || fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source });
    match path.extension().and_then(OsStr::to_str) {
        Some("toml") => tidb::read(path, &text()?),
        Some("properties") => java::read(path, &text()?),
        Some("csv") => table::read_csv(path, &text()?, mapping),
        Some("json") => table::read_json(path, &text()?, mapping),
        Some("rs") => {
            let mut import = Import::default();
            rust::read_file(path, &text()?, &mut import);
            Ok(import)
        }
        _ => Err(unreadable(path, "its name ends in none of .toml, .properties, .csv, .json and .rs")),
    }
}

fn unreadable(path: &Path, reason: impl ToString) -> Error {
    Error::Import { path: path.to_owned(), reason: reason.to_string() }
}

/// The files of a folder and the folders in it, without those of tools and of version control.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let error = |source| Error::Read { path: folder.to_owned(), source };
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(error)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(error)?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() || name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() {
            files.append(&mut files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

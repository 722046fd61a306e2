//! Error codes from elsewhere, as drafts of a catalogue: what each source knows of a code, whatever its form.

mod folder;
mod imported;
mod java;
mod json;
mod parameter_name;
mod placeholder;
mod rust;
mod rust_attribute;
mod rust_depth;
mod rust_message;
pub(crate) mod table;
mod tidb;
pub(crate) mod write;

pub(crate) use imported::TableForm;

use crate::error::Error;
use crate::regular_file::read_text;
use imported::{Import, unreadable};
use lift_errors_codegen::TranslationFiles;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Reads a source: by the end of its name an `errors.toml`, a `.properties` file with those of other languages beside it, a CSV or
/// JSON file, or a Rust file or folder. `known` knows the catalogue's locales.
///
/// # Errors
///
/// If it can't be read or its form is unknown.
pub(crate) fn read(path: &Path, form: &TableForm, known: &TranslationFiles) -> Result<Import, Error> {
    if *form == TableForm::Texts && path.extension() != Some(OsStr::new("json")) {
        return Err(unreadable(path, "`--nested` is for JSON"));
    }
    let unread = |source| Error::Read { path: path.to_owned(), source };
    if fs::metadata(path).map_err(unread)?.is_dir() {
        return rust::read_folder(path);
    }
    let text = || read_text(path).map_err(unread);
    match path.extension().and_then(OsStr::to_str) {
        Some("toml") => tidb::read(path, &text()?),
        Some("properties") => java::read(path, &text()?, known),
        Some("csv") => table::read_csv(path, &text()?, form),
        Some("json") => json::read(path, &text()?, form),
        Some("rs") => rust::read_file(path),
        Some("po" | "pot") => Err(unreadable(path, "it has translations: `lift-errors import po` takes them back")),
        Some("xlf" | "xliff") => {
            Err(unreadable(path, "it has translations: `lift-errors import xliff` takes them back"))
        }
        _ => Err(unreadable(path, "its name ends in none of .toml, .properties, .csv, .json and .rs")),
    }
}

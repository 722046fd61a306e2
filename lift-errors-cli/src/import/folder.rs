//! The files of a folder.

use crate::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder and the folders in it, without those of tools and of version control.
pub(super) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
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

//! The files of a folder.

use crate::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder and the folders in it, without those of tools and of version control. `left_out` says which folders in
/// it can't be read.
pub(super) fn files_below(folder: &Path, left_out: &mut Vec<String>) -> Result<Vec<PathBuf>, Error> {
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
            match files_below(&path, left_out) {
                Ok(mut below) => files.append(&mut below),
                Err(error) => left_out.push(error.to_string()),
            }
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

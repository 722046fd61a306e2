//! Files that are read as a whole. Pipes and devices are refused: they have no end, or nobody writes the other one.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// The largest file that is read, in bytes: ten thousand texts have about ten million.
const LARGEST: u64 = 64 << 20;

/// The content of a file.
///
/// # Errors
///
/// If it can't be read, or is not a regular file of at most 64 MiB.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(Error::other("it is not a regular file of at most 64 MiB"));
    }
    fs::read(path)
}

/// The text of a file.
///
/// # Errors
///
/// As [`read`], and if it is not UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?)
        .map_err(|_| Error::new(ErrorKind::InvalidData, "it is not UTF-8: save it in that encoding"))
}

/// Refuses symbolic links out of a folder: a catalogue may come from a stranger.
///
/// # Errors
///
/// If the path leads out of the folder, or one of both can't be followed.
pub(crate) fn is_inside(folder: &Path, path: &Path) -> Result<()> {
    let folder = folder.canonicalize()?;
    for part in path.ancestors().filter(|part| !part.as_os_str().is_empty()) {
        match fs::symlink_metadata(part) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(_) if part.canonicalize()?.starts_with(&folder) => return Ok(()),
            Ok(_) => return Err(Error::other("a symbolic link points out of the folder")),
        }
    }
    Ok(())
}

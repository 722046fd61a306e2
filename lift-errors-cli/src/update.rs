//! Generated files that are not as they should be, and how one is written. It knows nothing of what is in them.

use std::fs::{self, OpenOptions};
use std::io::{self, Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process;

/// A file that is to be written.
#[derive(Debug)]
pub(crate) struct Update {
    /// As messages show it.
    path: PathBuf,
    text: String,
}

impl Update {
    /// Of files with what they should hold those that hold something else. `folder` is the catalogue's.
    ///
    /// # Errors
    ///
    /// A message, where a file can't be read, or is outside of the folder.
    pub(crate) fn needed(folder: &Path, files: Vec<(PathBuf, String)>) -> Result<Vec<Self>, String> {
        let mut updates = Vec::new();
        for (path, text) in files {
            let current = is_inside(folder, &path).and_then(|()| is_current(&path, &text));
            match current {
                Ok(true) => {}
                Ok(false) => updates.push(Self { path, text }),
                Err(error) => return Err(format!("error: can't read `{}`: {error}", path.display())),
            }
        }
        Ok(updates)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// # Errors
    ///
    /// A message. The file is then what it was.
    pub(crate) fn write(&self) -> Result<(), String> {
        replace(&self.path, &self.text)
            .map_err(|error| format!("error: can't write `{}`: {error}", self.path.display()))
    }
}

/// Removes a file that was generated once.
///
/// # Errors
///
/// A message. The file is then still there.
pub(crate) fn remove(folder: &Path, path: &Path) -> Result<(), String> {
    is_inside(folder, path)
        .and_then(|()| fs::remove_file(path))
        .map_err(|error| format!("error: can't remove `{}`: {error}", path.display()))
}

/// A catalogue comes from anywhere, and a symbolic link in it may lead anywhere.
fn is_inside(folder: &Path, path: &Path) -> io::Result<()> {
    let folder = folder.canonicalize()?;
    for part in path.ancestors().filter(|part| !part.as_os_str().is_empty()) {
        match fs::symlink_metadata(part) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(_) if part.canonicalize()?.starts_with(&folder) => return Ok(()),
            Ok(_) => return Err(Error::other("a symbolic link leads out of the catalogue's folder")),
        }
    }
    Ok(())
}

fn is_current(path: &Path, text: &str) -> io::Result<bool> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
        // Reading a pipe would wait for ever.
        Ok(metadata) if !metadata.is_file() => return Err(Error::other("it is no regular file")),
        Ok(_) => {}
    }
    // Git for Windows changes line ends on its way; that is no difference.
    Ok(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n") == text)
}

/// Writes a file beside the old one and puts it in its place: what was reviewed is in such files alone, and a full disk
/// must not cost it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // A link stays one.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", process::id()));
    let new = path.with_file_name(name);
    let written = OpenOptions::new().write(true).create_new(true).open(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))
    });
    let replaced = written.and_then(|()| fs::rename(&new, &path));
    if replaced.is_err() {
        // The first problem is the one to tell.
        let _ = fs::remove_file(&new);
    }
    replaced
}

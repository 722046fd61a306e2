//! Generated files that are not current, and writing them.

use crate::error::Error;
use crate::originals::Originals;
use crate::regular_file::is_inside;
use lift_errors_codegen::TranslationFiles;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process;

/// A file that must be written.
#[derive(Debug)]
pub(crate) struct Update {
    /// The path as messages show it.
    path: PathBuf,
    text: String,
}

impl Update {
    /// A file that is not there yet.
    pub(crate) fn new(path: PathBuf, text: String) -> Self {
        Self { path, text }
    }

    /// Selects the files whose content differs from the given text. `folder` is the catalogue's.
    ///
    /// # Errors
    ///
    /// If a file can't be read, or is outside the folder.
    pub(crate) fn needed(folder: &Path, files: Vec<(PathBuf, String)>) -> Result<Vec<Self>, Error> {
        let mut updates = Vec::new();
        for (path, text) in files {
            let current = is_inside(folder, &path).and_then(|()| current(&path));
            match current {
                Ok(Some(current)) if plain(&current) == plain(&text) => {}
                Ok(Some(current)) => updates.push(Self { path, text: written_as(&current, &text) }),
                Ok(None) => updates.push(Self { path, text }),
                Err(source) => return Err(Error::Read { path, source }),
            }
        }
        Ok(updates)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// The files that a change of a catalogue writes.
#[derive(Debug, Default)]
pub(crate) struct Updates {
    pub(crate) files: Vec<Update>,
    /// The locales of whose translations nothing was recorded before, each with the number of translations.
    pub(crate) unrecorded: Vec<(String, usize)>,
}

impl Updates {
    /// Adds the locales of which nothing is recorded in `files`. After a loss of a state file nobody would notice which
    /// translations had been stale.
    pub(crate) fn since(mut self, files: &TranslationFiles) -> Self {
        self.unrecorded = files.unrecorded().into_iter().map(|(tag, texts)| (tag.to_owned(), texts)).collect();
        self
    }
}

impl From<Vec<Update>> for Updates {
    fn from(files: Vec<Update>) -> Self {
        Self { files, ..Self::default() }
    }
}

/// Writes all files, or none if one of them can't be written. `originals` are those from which the updates were made.
///
/// # Errors
///
/// The first file that can't be written, or that has changed meanwhile.
pub(crate) fn write_all(updates: &[Update], originals: &Originals) -> Result<(), Error> {
    if updates.is_empty() {
        return Ok(());
    }
    let _lock = originals.lock()?;
    let error = |update: &Update, source| Error::Write { path: update.path.clone(), source };
    let stage = |update: &Update| {
        let folder = update.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let staged = fs::create_dir_all(folder).and_then(|()| Staged::new(&update.path, &update.text));
        staged.map_err(|source| error(update, source))
    };
    let staged: Vec<Staged> = updates.iter().map(stage).collect::<Result<_, Error>>()?;
    let mut all = updates.iter().zip(staged);
    all.try_for_each(|(update, staged)| staged.commit().map_err(|source| error(update, source)))
}

/// Removes a file that was generated earlier.
///
/// # Errors
///
/// If the file can't be removed, or is outside the folder.
pub(crate) fn remove(folder: &Path, path: &Path) -> Result<(), Error> {
    is_inside(folder, path)
        .and_then(|()| fs::remove_file(path))
        .map_err(|source| Error::Remove { path: path.to_owned(), source })
}

/// The text of a file, if it is there.
fn current(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        // Reading a pipe would never end.
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("it is not a regular file")),
        Ok(_) => {}
    }
    Ok(Some(String::from_utf8_lossy(&fs::read(path)?).into_owned()))
}

/// A text with the ends of lines and the byte order mark of the one that was there before: Git for Windows changes line endings, and
/// editors add a byte order mark. A change of one line is one in a comparison.
pub(crate) fn written_as(before: &str, text: &str) -> String {
    let text = plain(text);
    let windows = before.matches("\r\n").count();
    let text = if windows * 2 > before.matches('\n').count() { text.replace('\n', "\r\n") } else { text };
    if before.starts_with('\u{feff}') { format!("\u{feff}{text}") } else { text }
}

/// A text with TOML's own ends of lines, without a byte order mark.
pub(crate) fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// Writes a file for somebody else than the catalogue. An old one stays as it is if the new one can't be written.
///
/// # Errors
///
/// If the file can't be written.
pub(crate) fn write_alone(path: &Path, text: &str) -> Result<(), Error> {
    let written = match fs::metadata(path) {
        // A pipe, or `/dev/stdout`.
        Ok(metadata) if !metadata.is_file() => fs::write(path, text),
        _ => Staged::new(path, text).and_then(Staged::commit),
    };
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// A new file beside the one that it replaces. It is removed unless it is committed. Reviews are recorded only in such files, and
/// a full disk must not lose them.
struct Staged {
    new: PathBuf,
    path: PathBuf,
    is_committed: bool,
}

impl Staged {
    fn new(path: &Path, text: &str) -> io::Result<Self> {
        // A symbolic link stays a symbolic link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
        }
        // A hidden file is not taken for one of the catalogue.
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.new", process::id()));
        let new = path.with_file_name(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&new)?;
        let staged = Self { new, path, is_committed: false };
        file.write_all(text.as_bytes())?;
        old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))?;
        Ok(staged)
    }

    fn commit(mut self) -> io::Result<()> {
        fs::rename(&self.new, &self.path)?;
        self.is_committed = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.is_committed {
            // The first problem is the one to report.
            let _ = fs::remove_file(&self.new);
        }
    }
}

//! Generated files that are not current, and writing them.

use crate::catalog::Catalog;
use crate::error::Error;
use crate::originals::Originals;
use crate::regular_file::is_inside;
use lift_errors_codegen::TranslationFiles;
use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{process, thread};

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
                Err(source) => {
                    let source = in_folder(&path, source);
                    return Err(Error::Read { path, source });
                }
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
    /// The locales of whose translations nothing was recorded before, each with the path of its records and the number of translations.
    pub(crate) unrecorded: Vec<(String, PathBuf, usize)>,
}

impl Updates {
    /// Adds the locales of which nothing is recorded in `files`. After a loss of a state file nobody would notice which
    /// translations had been stale.
    pub(crate) fn since(mut self, files: &TranslationFiles, catalog: &Catalog) -> Self {
        let records = |tag: &str| catalog.path(&format!("locales/{tag}.state.toml"));
        let unrecorded = files.unrecorded().into_iter();
        self.unrecorded = unrecorded.map(|(tag, texts)| (tag.to_owned(), records(tag), texts)).collect();
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
    let mut folders = NewFolders::default();
    let stage = |update: &Update| {
        let folder = update.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let made = folders.make(folder).map_err(|error| in_folder(&update.path, error));
        let staged = made.and_then(|()| Staged::new(&update.path, update.text.as_bytes()));
        let written = Vec::new();
        staged.map_err(|source| Error::WriteAll { path: update.path.clone(), source, written })
    };
    let staged: Vec<Staged> = updates.iter().map(stage).collect::<Result<_, Error>>()?;
    let mut before = Vec::new();
    for (update, staged) in updates.iter().zip(staged) {
        match staged.replace() {
            Ok(replaced) => before.push((update, replaced)),
            Err(source) => {
                // Those that can't be restored are named.
                let written = before.iter().filter(|(_, replaced)| replaced.restore().is_err());
                let written = written.map(|(update, _)| update.path.clone()).collect();
                return Err(Error::WriteAll { path: update.path.clone(), source, written });
            }
        }
    }
    Ok(())
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
        _ => Staged::new(path, text.as_bytes()).and_then(Staged::commit),
    };
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Why the folder of a file is not there: the system's own reason does not name what is in the way.
pub(crate) fn in_folder(file: &Path, error: io::Error) -> io::Error {
    match file.ancestors().skip(1).find(|folder| folder.is_file()) {
        Some(file) => io::Error::other(format!("`{}` is a file", file.display())),
        None => error,
    }
}

/// The folders that a change makes. Those without a file go again: the change was refused.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err();
        let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
        self.0.extend(missing.into_iter().rev().map(Path::to_owned));
        fs::create_dir_all(folder)
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // It fails for one that has a file.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A new file beside the one that it replaces. It is removed unless it is committed. Reviews are recorded only in such files, and
/// a full disk must not lose them.
struct Staged {
    new: PathBuf,
    path: PathBuf,
    is_committed: bool,
}

impl Staged {
    fn new(path: &Path, text: &[u8]) -> io::Result<Self> {
        // A symbolic link stays a symbolic link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
        }
        let (new, mut file) = Self::beside(&path, old.as_ref())?;
        let staged = Self { new, path, is_committed: false };
        file.write_all(text)?;
        old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))?;
        Ok(staged)
    }

    /// A new file, which nobody may read that may not read the old one. Its name is hidden, so that nothing takes it for a file of the
    /// catalogue.
    fn beside(path: &Path, old: Option<&Metadata>) -> io::Result<(PathBuf, File)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if let Some(old) = old {
            use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
            options.mode(old.mode() & 0o777);
        }
        #[cfg(not(unix))]
        let _ = old;
        let mut number = 0;
        loop {
            let mut name = OsString::from(".");
            name.push(path.file_name().unwrap_or_default());
            name.push(format!(".{}-{number}.new", process::id()));
            let new = path.with_file_name(name);
            match options.open(&new) {
                Ok(file) => return Ok((new, file)),
                // That of a process with this number which was killed.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < Self::LEFT_OVERS => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// How many files of killed processes are passed over.
    const LEFT_OVERS: usize = 1_000;

    fn commit(mut self) -> io::Result<()> {
        rename(&self.new, &self.path)?;
        self.is_committed = true;
        Ok(())
    }

    /// Commits the file, and keeps what was there before.
    fn replace(self) -> io::Result<Replaced> {
        let path = self.path.clone();
        let content = match fs::read(&path) {
            Ok(content) => Some(content),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        self.commit().map(|()| Replaced { path, content })
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

/// A file that was committed, and its content before, if it was there.
struct Replaced {
    path: PathBuf,
    content: Option<Vec<u8>>,
}

impl Replaced {
    fn restore(&self) -> io::Result<()> {
        match &self.content {
            Some(content) => Staged::new(&self.path, content).and_then(Staged::commit),
            None => fs::remove_file(&self.path),
        }
    }
}

/// Renames a file. On Windows, an editor or a virus scanner may hold the one in its place for a moment.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(50);
    const RETRIES: usize = 20;
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    for _ in 0..RETRIES {
        match fs::rename(from, to) {
            Err(error) if cfg!(windows) && matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION)) => {
                thread::sleep(PAUSE);
            }
            renamed => return renamed,
        }
    }
    fs::rename(from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of a catalogue with their contents.
    fn files(folder: &Path) -> Vec<(OsString, Option<String>)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> =
            entries.map(|entry| (entry.file_name(), fs::read_to_string(entry.path()).ok())).collect();
        files.sort();
        files
    }

    #[test]
    fn if_a_file_cannot_be_replaced_those_before_it_are_restored() {
        let folder = std::env::temp_dir().join(format!("lift-errors-update-{}", process::id()));
        // Nothing can replace a folder.
        fs::create_dir_all(folder.join("c.toml")).unwrap();
        fs::write(folder.join("a.toml"), "a = 1\n").unwrap();
        let updates =
            ["a.toml", "b.toml", "c.toml"].map(|name| Update::new(folder.join(name), "new = true\n".to_owned()));
        let originals = Originals::absent(&folder, [].into_iter());
        let before = files(&folder);
        let error = write_all(&updates, &originals).unwrap_err().to_string();
        assert!(error.starts_with("error: can't write `") && error.contains("c.toml`: "), "{error}");
        assert!(error.ends_with("; nothing was written"), "{error}");
        assert_eq!(files(&folder), before);
        write_all(updates.get(..2).unwrap(), &originals).unwrap();
        let written = files(&folder);
        assert_eq!(written.iter().filter(|(_, text)| text.as_deref() == Some("new = true\n")).count(), 2);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_a_killed_run_left_is_passed_over() {
        let folder = std::env::temp_dir().join(format!("lift-errors-left-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!(".a.toml.{}-0.new", process::id())), "left").unwrap();
        write_alone(&folder.join("a.toml"), "a = 1\n").unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.toml")).unwrap(), "a = 1\n");
        assert_eq!(files(&folder).len(), 2);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn files_that_cannot_be_restored_are_named() {
        let source = io::Error::other("it is held open");
        let written = vec![PathBuf::from("errors.toml"), PathBuf::from("catalog.lock")];
        let error = Error::WriteAll { path: "locales/uk/errors.toml".into(), source, written };
        assert_eq!(
            error.to_string(),
            "error: can't write `locales/uk/errors.toml`: it is held open\n  \
             = note: already written, and not restored: `errors.toml`, `catalog.lock`\n  \
             = help: bring them back from your version control, and run the command again"
        );
    }
}

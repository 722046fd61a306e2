//! A folder that appears as a whole: it is written beside its place and then renamed, so that nobody sees half of it.

use crate::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that marks a folder as ours: only such a folder is replaced.
const MARK: &str = ".lift-errors-docs";

/// The reason why a file can't be written. Threads can pass it on, which [`Error`] can't.
#[derive(Debug)]
pub(super) struct WriteError {
    path: PathBuf,
    source: io::Error,
}

impl From<WriteError> for Error {
    fn from(WriteError { path, source }: WriteError) -> Self {
        Self::Write { path, source }
    }
}

/// A new folder.
#[derive(Debug)]
pub(super) struct NewFolder {
    place: PathBuf,
    draft: PathBuf,
}

impl NewFolder {
    /// Begins a folder for a place.
    ///
    /// # Errors
    ///
    /// If there is something at the place that is not ours, or the folder can't be made.
    pub(super) fn new(place: &Path) -> Result<Self, Error> {
        let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut files| files.next().is_none());
        if place.exists() && !place.join(MARK).exists() && !is_empty(place) {
            return Err(Error::NotOurs { path: place.to_owned() });
        }
        let folder = Self { place: place.to_owned(), draft: beside(place, "new") };
        // What is there is left over from a run that was stopped.
        let _ = fs::remove_dir_all(&folder.draft);
        fs::create_dir_all(&folder.draft).map_err(write_error(&folder.draft))?;
        folder.write(MARK, "`lift-errors docs` made this folder, and replaces it.\n")?;
        Ok(folder)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub(super) fn write(&self, name: &str, content: &str) -> Result<(), WriteError> {
        let path = self.draft.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(write_error(parent))?;
        }
        fs::write(&path, content).map_err(write_error(&path))
    }

    /// Whether it has a file of this name, or a folder.
    pub(super) fn has(&self, name: &str) -> bool {
        self.draft.join(name).exists()
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    ///
    /// If it can't be renamed. The old folder is then where it was.
    pub(super) fn publish(self) -> Result<(), Error> {
        let old = beside(&self.place, "old");
        let _ = fs::remove_dir_all(&old);
        let had_old = fs::rename(&self.place, &old).is_ok();
        if let Err(source) = fs::rename(&self.draft, &self.place) {
            if had_old {
                let _ = fs::rename(&old, &self.place);
            }
            return Err(Error::Write { path: self.place.clone(), source });
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // Half a site stays nowhere. One that was published has left this place.
        let _ = fs::remove_dir_all(&self.draft);
    }
}

fn beside(place: &Path, word: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{word}"))
}

fn write_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError { path, source }
}

/// The name of an id's page without its ending. A colon would begin a scheme in a link, and some systems refuse it in names; the
/// compiler refuses two ids that differ in no more.
pub(super) fn page_name(id: &str) -> String {
    id.replace(':', "_")
}

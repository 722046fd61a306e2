//! The files of a catalogue as they were when a command began. Before it writes, it looks whether they are still the same: an
//! editor may have saved one meanwhile, or another command has changed it.

use crate::catalog::Catalog;
use crate::error::Error;
use crate::regular_file;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use toml_edit::DocumentMut;

/// How deep the folder of translations is looked through, as the compiler does.
const DEEPEST: usize = 8;

/// The contents of files by their paths; none of a file that is not there or can't be read.
#[derive(Debug)]
pub(crate) struct Originals {
    folder: PathBuf,
    files: BTreeMap<PathBuf, Option<Vec<u8>>>,
}

impl Originals {
    /// Reads the manifest, the files that it lists, the lock file, and all that is in the folder of the translations.
    pub(crate) fn read(catalog: &Catalog) -> Self {
        let mut originals = Self { folder: catalog.folder().to_owned(), files: BTreeMap::new() };
        let manifest = catalog.path(&catalog.file_name());
        originals.add(manifest.clone());
        originals.add(catalog.path("catalog.lock"));
        let text = originals.files.get(&manifest).cloned().flatten().and_then(|bytes| String::from_utf8(bytes).ok());
        let document = text.and_then(|text| text.parse::<DocumentMut>().ok());
        let listed = document.as_ref().and_then(|document| document.get("catalog")?.get("files")?.as_array());
        for name in listed.into_iter().flatten().filter_map(|name| name.as_str()) {
            originals.add(catalog.path(name));
        }
        originals.add_folder(&catalog.path("locales"), DEEPEST);
        originals
    }

    /// Those of files that are to be made.
    pub(crate) fn absent<'a>(folder: &Path, paths: impl Iterator<Item = &'a Path>) -> Self {
        Self { folder: folder.to_owned(), files: paths.map(|path| (path.to_owned(), None)).collect() }
    }

    fn add(&mut self, path: PathBuf) {
        let content = regular_file::read(&path).ok();
        self.files.insert(path, content);
    }

    fn add_folder(&mut self, folder: &Path, levels: usize) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, kind) = (entry.path(), entry.file_type());
            match kind {
                Ok(kind) if kind.is_dir() && levels > 0 => self.add_folder(&path, levels - 1),
                Ok(kind) if !kind.is_dir() && path.extension().is_some_and(|end| end == "toml") => self.add(path),
                _ => {}
            }
        }
    }

    /// Keeps other commands from writing to the catalogue until the result is dropped, and makes sure that nothing has changed.
    ///
    /// # Errors
    ///
    /// The first file that is not as it was, or another command that writes for very long.
    pub(crate) fn lock(&self) -> Result<WriteLock, Error> {
        let lock = WriteLock::new(&self.folder)?;
        match self.changed() {
            Some(path) => Err(Error::Changed { path: path.to_owned() }),
            None => Ok(lock),
        }
    }

    /// Whether a file has changed. Another command that is writing has all its files changed before.
    pub(crate) fn have_changed(&self) -> bool {
        WriteLock::wait(&self.folder);
        self.changed().is_some()
    }

    /// Whether a path is that of one of the files, under this name or another.
    pub(crate) fn contain(&self, path: &Path) -> bool {
        let same = |known: &PathBuf| {
            known == path || known.canonicalize().is_ok_and(|it| path.canonicalize().is_ok_and(|path| it == path))
        };
        self.files.keys().any(same)
    }

    /// The first file that is not as it was.
    fn changed(&self) -> Option<&Path> {
        let mut files = self.files.iter();
        files.find(|(path, content)| regular_file::read(path).ok() != **content).map(|(path, _)| path.as_path())
    }
}

/// A file that is there while a command writes.
#[derive(Debug)]
pub(crate) struct WriteLock(Option<PathBuf>);

impl WriteLock {
    /// The name begins with a dot, so that nothing takes the file for one of the catalogue.
    const NAME: &'static str = ".lift-errors.writing";

    /// The time between two looks, and how often a command looks. Writing takes some milliseconds.
    const PAUSE: Duration = Duration::from_millis(10);
    const LOOKS: usize = 1_000;

    /// The age of a file whose command was killed.
    const LEFT_OVER: Duration = Duration::from_secs(60);

    /// Waits until no other command writes, without a file of its own: for a command that only reads.
    fn wait(folder: &Path) {
        let path = folder.join(Self::NAME);
        for _ in 0..Self::LOOKS {
            if !path.exists() || Self::is_left_over(&path) {
                return;
            }
            thread::sleep(Self::PAUSE);
        }
    }

    fn is_left_over(path: &Path) -> bool {
        let age = fs::metadata(path).and_then(|metadata| metadata.modified());
        age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > Self::LEFT_OVER))
    }

    fn new(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(Self::NAME);
        for _ in 0..Self::LOOKS {
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(Self(Some(path))),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if Self::is_left_over(&path) {
                        // If it can't be removed, the last look says so.
                        let _ = fs::remove_file(&path);
                    }
                    thread::sleep(Self::PAUSE);
                }
                // Writing the files gives the better message.
                Err(_) => return Ok(Self(None)),
            }
        }
        Err(Error::Busy { path })
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // The next command takes one that stays for left over.
        let _ = self.0.as_ref().map(fs::remove_file);
    }
}

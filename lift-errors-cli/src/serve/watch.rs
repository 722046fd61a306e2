//! The files of a catalogue, and whether one of them has changed. They are looked at several times a second: that works on
//! every file system, in containers and over networks, and a catalogue has few files.

use crate::serve::shelf::Shelf;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// The levels of folders below the manifest's own that are looked through.
const DEEPEST: usize = 4;

/// The most files that are looked at. A manifest beside a whole project does not make the program slow.
const MOST: usize = 20_000;

/// Folders that contain no catalogue, and many files.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// The time of change and the length of each file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FileStamps(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl FileStamps {
    /// Those of the files that a catalogue was read from, and of all TOML and lock files in its folder: one that the manifest
    /// names may not be there yet.
    pub(super) fn of(folder: &Path, known: &[PathBuf]) -> Self {
        let mut stamps = Self::default();
        for path in known {
            stamps.add(path.clone());
        }
        stamps.add_folder(folder, DEEPEST);
        stamps
    }

    fn add(&mut self, path: PathBuf) {
        if let Ok(found) = fs::metadata(&path) {
            self.0.insert(path, (found.modified().ok(), found.len()));
        }
    }

    fn add_folder(&mut self, folder: &Path, levels: usize) {
        let Ok(items) = fs::read_dir(folder) else { return };
        for item in items.flatten() {
            if self.0.len() >= MOST {
                return;
            }
            let (name, path) = (item.file_name(), item.path());
            let name = name.to_string_lossy();
            let is_skipped = name.starts_with('.') || SKIPPED.contains(&name.as_ref());
            match item.file_type() {
                Ok(kind) if kind.is_dir() && levels > 0 && !is_skipped => self.add_folder(&path, levels - 1),
                Ok(kind) if !kind.is_dir() && (name.ends_with(".toml") || name.ends_with(".lock")) => self.add(path),
                _ => {}
            }
        }
    }
}

/// Reads the catalogue again whenever a file has changed, until the program ends.
///
/// # Errors
///
/// If the system gives no thread.
pub(super) fn follow(shelf: Arc<Shelf>) -> io::Result<()> {
    let follower = thread::Builder::new().name("watch".to_owned());
    let follow = move || {
        let mut seen = shelf.stamps();
        loop {
            thread::sleep(PAUSE);
            let now = shelf.stamps();
            if now == seen {
                continue;
            }
            // An editor may not have written all of it yet.
            thread::sleep(PAUSE / 4);
            seen = shelf.stamps();
            shelf.read_again();
        }
    };
    follower.spawn(follow).map(drop)
}

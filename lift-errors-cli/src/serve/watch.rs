//! The files of a catalogue, and whether one of them has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

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

//! A folder that appears as a whole: it is written beside its place and then renamed, so that nobody sees half of it.

use crate::error::Error;
use crate::update::in_folder;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, io, iter, mem, process};

/// The file that marks a folder as ours: only such a folder is replaced. It lists our files in it, those in folders too.
const MARK: &str = ".lift-errors-docs";

/// The age of a draft whose command was stopped.
const LEFT_OVER: Duration = Duration::from_secs(3_600);

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
    /// The folder beside the place in which it is written. Each run has its own.
    draft: PathBuf,
    /// The names of its files. Threads write them.
    written: Mutex<BTreeSet<String>>,
    /// Whether the draft has files that are not ours, and stays.
    has_foreign: bool,
}

impl NewFolder {
    /// Begins a folder for a place.
    ///
    /// # Errors
    ///
    /// If there is something at the place that is not ours, it is the current folder or one above it, or the folder can't be
    /// made.
    pub(super) fn new(place: &Path) -> Result<Self, Error> {
        let canonical = place.canonicalize();
        // The one who works in a folder would go on in the old one.
        let current = env::current_dir().and_then(|current| current.canonicalize());
        if let (Ok(place), Ok(current)) = (&canonical, current) {
            if current.starts_with(place) {
                return Err(Error::CurrentFolder { path: place.clone(), free: free_name() });
            }
        }
        // A symbolic link stays one, and `a/..` has no name.
        let place = match canonical {
            Ok(canonical) if place.is_symlink() || place.file_name().is_none() => &canonical.clone(),
            _ => place,
        };
        // A clone for a site has `.git`, and perhaps `CNAME`.
        let is_of_site = |name: OsString| name.to_string_lossy().starts_with('.') || name == "CNAME";
        let is_new = |path: &Path| path.is_dir() && names(path).all(is_of_site);
        if place.is_file() {
            return Err(Error::SiteIsFile { path: place.to_owned(), free: free_name() });
        }
        if place.exists() && !place.join(MARK).exists() && !is_new(place) {
            return Err(Error::NotOurs { path: place.to_owned(), free: free_name() });
        }
        remove_left_over(place);
        let folder = Self {
            place: place.to_owned(),
            draft: beside(place, "new"),
            written: Mutex::default(),
            has_foreign: false,
        };
        fs::create_dir_all(&folder.draft).map_err(|error| write_error(place)(in_folder(place, error)))?;
        Ok(folder)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// If it can't be written, or its name leads out of the folder: ids of removed codes are whatever the lock file has.
    pub(super) fn write(&self, name: &str, content: &str) -> Result<(), WriteError> {
        if !Path::new(name).components().all(|component| matches!(component, Component::Normal(_))) {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "the name leads out of the site's folder");
            return Err(WriteError { path: self.place.join(name), source });
        }
        let path = self.draft.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(write_error(parent))?;
        }
        fs::write(&path, content).map_err(write_error(&path))?;
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        Ok(())
    }

    /// Whether it has a file of this name, or a folder; or a file where the name has a folder.
    pub(super) fn has(&self, name: impl AsRef<Path>) -> bool {
        let name = name.as_ref();
        let mut parents = name.ancestors().skip(1);
        self.draft.join(name).exists() || parents.any(|parent| self.draft.join(parent).is_file())
    }

    /// Puts the folder in its place. Files that are not ours in the old one, such as `.git` and `CNAME`, go with it.
    ///
    /// # Errors
    ///
    /// If a file that is not ours is where the new folder has one, or the folder can't be renamed. The old folder is then where
    /// it was.
    pub(super) fn publish(mut self) -> Result<(), Error> {
        let place = self.place.clone();
        let unwritten = |source| Error::Write { path: place.clone(), source };
        let written = mem::take(&mut self.written).into_inner().unwrap_or_else(PoisonError::into_inner);
        let listed: String = written.iter().map(|name| format!("{name}\n")).collect();
        self.write(MARK, &format!("`lift-errors docs` made this folder, and replaces these files:\n{listed}"))?;
        let mark = fs::read_to_string(place.join(MARK)).unwrap_or_default();
        let ours = mark.lines().skip(1).chain([MARK]).map(PathBuf::from).collect();
        let mut foreign = Vec::new();
        if place.exists() {
            self.find_foreign(&ours, Path::new(""), &mut foreign)?;
        }
        let old = beside(&place, "old");
        let had_old = match fs::rename(&place, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy => return Err(Error::MountPoint { path: place }),
            Err(error) => return Err(unwritten(error)),
        };
        let moved = move_all(&foreign, &old, &self.draft);
        if let Err(source) = moved.and_then(|()| fs::rename(&self.draft, &place)) {
            self.has_foreign = move_all(&foreign, &self.draft, &old).is_err();
            if had_old {
                let _ = fs::rename(&old, &place);
            }
            return Err(unwritten(source));
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// Finds what is not ours in a folder of the place: its files, and folders without a file of either site.
    fn find_foreign(&self, ours: &BTreeSet<PathBuf>, folder: &Path, foreign: &mut Vec<PathBuf>) -> Result<(), Error> {
        let path = self.place.join(folder);
        let unread = |source| Error::Read { path: path.clone(), source };
        for entry in fs::read_dir(&path).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let name = folder.join(entry.file_name());
            // A link to a folder is not one.
            let is_folder = entry.file_type().map_err(unread)?.is_dir();
            let has_ours = || ours.range(name.clone()..).next().is_some_and(|file| file.starts_with(&name));
            if is_folder && (has_ours() || self.draft.join(&name).is_dir()) {
                self.find_foreign(ours, &name, foreign)?;
            } else if is_folder || !ours.contains(&name) {
                if self.has(&name) {
                    return Err(Error::PlaceTaken { path: self.place.join(name) });
                }
                foreign.push(name);
            }
        }
        Ok(())
    }
}

/// A name for a site in the current folder that nothing has.
fn free_name() -> String {
    let others = (2..).map(|number| format!("site-{number}"));
    let mut names = iter::once("site".to_owned()).chain(others);
    names.find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_default()
}

/// Moves files and folders to another folder. What nobody finds any more needs no move.
fn move_all(names: &[PathBuf], from: &Path, to: &Path) -> io::Result<()> {
    for name in names {
        if let Some(parent) = to.join(name).parent() {
            fs::create_dir_all(parent)?;
        }
        match fs::rename(from.join(name), to.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The names in a folder.
fn names(folder: &Path) -> impl Iterator<Item = OsString> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name())
}

/// Removes drafts for a place whose commands were stopped some time ago. One with a mark was about to be published, and may have
/// files that are not ours.
fn remove_left_over(place: &Path) {
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beginning = format!(".{}.lift-errors-new-", place.file_name().unwrap_or_default().to_string_lossy());
    for name in names(parent).filter(|name| name.to_string_lossy().starts_with(&beginning)) {
        let path = parent.join(name);
        let time = fs::metadata(&path).and_then(|metadata| metadata.modified());
        if !path.join(MARK).exists() && time.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > LEFT_OVER)) {
            // What can't be removed disturbs nobody.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // Half a site stays nowhere. One that was published has left this place.
        if !self.has_foreign {
            let _ = fs::remove_dir_all(&self.draft);
        }
    }
}

fn beside(place: &Path, word: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.lift-errors-{word}-{}", process::id()))
}

fn write_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError { path, source }
}

/// The name of an id's page without its ending. A colon would begin a scheme in a link, and some systems refuse it in names; the
/// compiler refuses two ids that differ in no more. A name that is taken gets a `~`, which no id has.
pub(super) fn page_name(id: &str) -> String {
    let name = id.replace(':', "_");
    if is_taken(&name) { format!("~{name}") } else { name }
}

/// Whether a page can't have a name: that of the list, or one that Windows keeps for a device, whatever its ending is. Some
/// systems don't tell case apart.
fn is_taken(name: &str) -> bool {
    let beginning = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = beginning.strip_prefix("com").or(beginning.strip_prefix("lpt"));
    name.eq_ignore_ascii_case("index")
        || matches!(&*beginning, "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_leaves_the_folder() {
        let around = env::temp_dir().join(format!("lift-errors-folder-{}", process::id()));
        let (place, outside) = (around.join("site"), around.join("README.md"));
        fs::create_dir_all(&around).unwrap();
        fs::write(&outside, "before").unwrap();
        let folder = NewFolder::new(&place).unwrap();
        folder.write("en/a.md", "page").unwrap();
        let absolute = outside.to_string_lossy().into_owned();
        for name in ["../README.md", "en/../../README.md", "..", "/README.md", &absolute] {
            let error = Error::from(folder.write(name, "page").unwrap_err()).to_string();
            assert!(error.contains(name) && error.ends_with("the name leads out of the site's folder"), "{error}");
        }
        assert_eq!(fs::read_to_string(&outside).unwrap(), "before");
        drop(folder);
        assert!(!place.exists());
        fs::remove_dir_all(&around).unwrap();
    }

    #[test]
    fn each_page_has_a_name_of_its_own() {
        for (id, name) in [
            ("ORD:1", "ORD_1"),
            ("index", "~index"),
            ("Index", "~Index"),
            ("index_", "index_"),
            ("INDEX-1", "INDEX-1"),
            ("CON", "~CON"),
            ("nul.1", "~nul.1"),
            ("com1", "~com1"),
            ("COM10", "COM10"),
            ("lpt_1", "lpt_1"),
            ("console", "console"),
        ] {
            assert_eq!(page_name(id), name);
        }
    }
}

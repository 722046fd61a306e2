//! A copy of the catalogue with changes, which the compiler checks before anything is written.

use super::files::CatalogFiles;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::update::{Update, Updates};
use lift_errors_codegen::{TranslationFiles, UnknownTranslation, Upkeep, path_name};
use std::collections::HashMap;
use std::fs::DirBuilder;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, process};

/// A temporary folder, which is removed at the end.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> io::Result<Self> {
        Self::new_in(&env::temp_dir())
    }

    fn new_in(parent: &Path) -> io::Result<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let folder = parent.join(format!("lift-errors-{}-{number}", process::id()));
            match private_folder().create(&folder) {
                Ok(()) => return Ok(Self(folder)),
                // Somebody else's, or that of a process with this number that was killed.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn write(&self, name: &str, text: &str) -> io::Result<()> {
        if !CatalogFiles::is_inside(name) {
            let reason = format!("`{}` is outside of the catalogue's folder", name.escape_debug());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
        fs::write(path, text)
    }

    /// Writes what is recorded of translations whose texts are gone: without it they would be faults.
    fn write_records_of_gone(
        &self,
        before: &TranslationFiles,
        renamed: impl Fn(&str, &str) -> Option<String>,
    ) -> Result<(), Error> {
        for (tag, text) in before.records_of_gone(renamed) {
            self.write(&format!("locales/{tag}.state.toml"), &text).map_err(unwritten)?;
        }
        Ok(())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// A report about the files in the folder, as one about those in the folder that they are meant for.
    pub(super) fn shown_as(&self, report: &str, folder: &str) -> String {
        let folder = path_name(Path::new(folder));
        let folder = if folder.is_empty() || folder.ends_with('/') { folder } else { format!("{folder}/") };
        // The compiler shows paths with `/`; the system's own messages have its separator.
        let names = [format!("{}/", path_name(&self.0)), format!("{}{MAIN_SEPARATOR}", self.0.display())];
        names.iter().fold(report.to_owned(), |report, name| report.replace(name, &folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It is a temporary folder: the system removes it, too.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A folder that others can't look into: so may be the one that the files are copied from.
fn private_folder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "elsewhere the user's temporary folder is private"))]
    let mut folder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder
}

fn unwritten(source: io::Error) -> Error {
    Error::Write { path: env::temp_dir(), source }
}

impl CatalogFiles {
    /// The files to write: those that were changed, and the generated ones that follow from them. What was recorded of
    /// translations is kept; `renamed` gives the address of a text from its address before.
    ///
    /// # Errors
    ///
    /// The faults of the catalogue before, or those that the changes would make.
    pub(crate) fn updates(&self, catalog: &Catalog, renamed: impl Fn(&str) -> String) -> Result<Updates, Error> {
        self.updates_with(catalog, |_, address| Some(renamed(address)), Ok)
    }

    /// The same, where `carried` gives the address of a text from its locale and its address before, or none for a
    /// translation that is a new one; `finish` says more about translations.
    ///
    /// # Errors
    ///
    /// As [`updates`](Self::updates), and what `finish` refuses.
    pub(crate) fn updates_with(
        &self,
        catalog: &Catalog,
        carried: impl Fn(&str, &str) -> Option<String>,
        finish: impl FnOnce(TranslationFiles) -> Result<TranslationFiles, UnknownTranslation>,
    ) -> Result<Updates, Error> {
        let before = catalog.translation_files_before()?;
        let (folder, copy) = self.staged(catalog)?;
        folder.write_records_of_gone(&before, &carried)?;
        let mut files: Vec<(PathBuf, String)> =
            self.files.iter().filter_map(|file| Some((self.path(&file.name), file.changed()?))).collect();
        // What was wrong with translations before, or of a new locale, keeps nobody from a change.
        let after = match before.agree() && self.new_locales.is_empty() {
            true => copy.agreeing_translation_files(),
            false => copy.translation_files(),
        };
        let after = after.map_err(|faults| {
            Error::WouldBeFaulty(folder.shown_as(&faults.to_string(), &self.path("").to_string_lossy()))
        })?;
        for (path, text) in finish(after.carried_from(&before, &carried))?.files() {
            let name = path.strip_prefix(&folder.0).unwrap_or(&path);
            files.push((self.path(&name.to_string_lossy()), text));
        }
        files.extend(self.records_of_unlisted_locales(catalog, (&folder, &copy), &carried)?);
        Ok(Updates::from(Update::needed(catalog.folder(), files)?).since(&before, catalog))
    }

    /// What follows from the changes, and needs no decision of a person.
    ///
    /// # Errors
    ///
    /// If the files can't be copied.
    pub(super) fn upkeep(&self) -> Result<Upkeep, Error> {
        let (_folder, copy) = self.staged(&self.catalog)?;
        Ok(copy.upkeep())
    }

    /// The faults that the translations into some locales would have after the changes, each with the locale and the address of
    /// its text: the first one of each.
    ///
    /// # Errors
    ///
    /// If the files can't be copied.
    pub(crate) fn translation_faults(
        &self,
        catalog: &Catalog,
        locales: &[String],
    ) -> Result<HashMap<(String, String), String>, Error> {
        let (_folder, copy) = self.staged(catalog)?;
        Ok(copy.translation_faults(locales).into_iter().rev().collect())
    }

    /// The faults that the entries of a file would have after the changes, each with the code of its entry.
    ///
    /// # Errors
    ///
    /// If the files can't be copied.
    pub(crate) fn entry_faults(&self, catalog: &Catalog, file: &str) -> Result<Vec<(String, String)>, Error> {
        let (_folder, copy) = self.staged(catalog)?;
        Ok(copy.entry_faults(file))
    }

    /// The files in a temporary folder.
    fn staged(&self, catalog: &Catalog) -> Result<(Folder, Catalog), Error> {
        let folder = Folder::new().map_err(unwritten)?;
        for file in &self.files {
            let text = file.changed();
            folder.write(&file.name, text.as_deref().unwrap_or(file.text())).map_err(unwritten)?;
        }
        // A locale may have a folder and no files yet.
        for tag in self.locales().iter().map(|tag| format!("locales/{tag}")).filter(|tag| self.path(tag).is_dir()) {
            fs::create_dir_all(folder.0.join(tag)).map_err(unwritten)?;
        }
        for (name, text) in self.records_of_new_locales()? {
            folder.write(&name, &text).map_err(unwritten)?;
        }
        let copy = catalog.copied_to(&folder.0);
        Ok((folder, copy))
    }

    /// What was recorded of the translations into locales that are not listed. Their faults keep nobody from a change.
    fn records_of_unlisted_locales(
        &self,
        catalog: &Catalog,
        (folder, copy): (&Folder, &Catalog),
        carried: impl Fn(&str, &str) -> Option<String>,
    ) -> Result<Vec<(PathBuf, String)>, Error> {
        let states = self.unlisted_locales.iter().map(|tag| (tag, format!("locales/{tag}.state.toml")));
        let states: Vec<(&String, String)> = states.filter(|(_, state)| self.path(state).is_file()).collect();
        if states.is_empty() {
            return Ok(Vec::new());
        }
        let tags: Vec<String> = states.iter().map(|(tag, _)| (*tag).clone()).collect();
        let before = catalog.unchecked_translation_files(&tags);
        folder.write_records_of_gone(&before, &carried)?;
        let after = copy.unchecked_translation_files(&tags).carried_from(&before, carried);
        let files: HashMap<PathBuf, String> = after.files().into_iter().collect();
        let text =
            |(_, state): (&String, String)| Some((self.path(&state), files.get(&folder.0.join(&state))?.clone()));
        Ok(states.into_iter().filter_map(text).collect())
    }

    /// The generated files that tell what was recorded of the translations into new locales: those of the others are compiled
    /// before the change.
    fn records_of_new_locales(&self) -> Result<Vec<(String, String)>, Error> {
        let mut names: Vec<String> = self.new_locales.iter().map(|tag| format!("locales/{tag}.state.toml")).collect();
        if let Some(default) = self.default_locale().filter(|_| !names.is_empty()) {
            let translated = self.error_files().into_iter().chain([self.catalog.file_name()]);
            names.extend(translated.map(|name| format!("locales/{default}/{name}")));
        }
        let mut records = Vec::new();
        for name in names {
            match self.read_text(&name) {
                Ok(text) => records.push((name, text)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(Error::Read { path: self.path(&name), source }),
            }
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_a_killed_run_left_is_passed_over() {
        let parent = Folder::new().unwrap();
        let left: Vec<String> = (0..99).map(|number| format!("lift-errors-{}-{number}", process::id())).collect();
        left.iter().for_each(|name| parent.write(&format!("{name}/left"), "").unwrap());
        let new = Folder::new_in(parent.path()).unwrap();
        assert_eq!(fs::read_dir(new.path()).unwrap().count(), 0);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(new.path()).unwrap()) & 0o777, 0o700);
        drop(new);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), left.len());
        assert!(Folder::new_in(&parent.path().join("absent")).is_err());
    }
}

//! The files of a catalogue that people write, as documents that can be edited.

use crate::catalog::Catalog;
use crate::error::Error;
use crate::nearest;
use crate::regular_file::{self, read_text};
use crate::schema::FileKind;
use crate::update::{plain, written_as};
use lift_errors::Sensitivity;
use lift_errors_codegen::Inherited;
use std::cell::OnceCell;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, value};

/// The tables of a file that are not entries.
pub(super) const NOT_ENTRIES: [&str; 3] = ["defaults", "field_error", "term"];

/// The role of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Manifest,
    Errors,
    /// Translated labels.
    TranslatedManifest,
    /// Translated entries.
    TranslatedErrors,
    Lock,
}

/// One file.
#[derive(Debug)]
pub(crate) struct CatalogFile {
    /// The path from the catalogue's folder, with `/`.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) document: DocumentMut,
    /// Comments of a file without keys. They stay before the first one that comes.
    head: String,
    /// The text as it was read.
    text: String,
}

impl CatalogFile {
    fn new(name: &str, role: Role, text: String, written: &str) -> Result<Self, toml_edit::TomlError> {
        let mut document: DocumentMut = written.parse()?;
        let mut head = String::new();
        if document.is_empty() {
            document.trailing().as_str().unwrap_or_default().clone_into(&mut head);
            document.set_trailing("");
        }
        Ok(Self { name: name.to_owned(), role, document, head, text })
    }

    /// The text as it is now, if it has changed.
    pub(crate) fn changed(&self) -> Option<String> {
        let document = self.document.to_string();
        let is_first = !self.head.trim().is_empty() && !document.is_empty();
        let separator = if is_first && !document.starts_with('\n') { "\n" } else { "" };
        let text = format!("{}{separator}{document}", self.head);
        (plain(&text) != plain(&self.text)).then(|| self.written_as_before(&text))
    }

    /// A text with the ends of lines and the byte order mark that the file had: TOML is edited without them.
    pub(crate) fn written_as_before(&self, text: &str) -> String {
        written_as(&self.text, text)
    }

    /// The text as it was read.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// The files of a catalogue.
#[derive(Debug)]
pub(crate) struct CatalogFiles {
    /// The catalogue that they belong to.
    pub(crate) catalog: Catalog,
    pub(crate) files: Vec<CatalogFile>,
    /// The locales that the manifest did not list before.
    pub(super) new_locales: Vec<String>,
    /// The locales that the manifest does not list, and whose translations change with the others.
    pub(super) unlisted_locales: Vec<String>,
    /// Read when it is needed.
    inherited: OnceCell<Inherited>,
}

impl CatalogFiles {
    /// Reads the manifest, the files that it lists, their translations and the lock file. The generated files are not among
    /// them.
    ///
    /// # Errors
    ///
    /// If a file can't be read or is not TOML, or the manifest is not one.
    pub(crate) fn read(catalog: &Catalog) -> Result<Self, Error> {
        let mut files = Self {
            catalog: catalog.clone(),
            files: Vec::new(),
            new_locales: Vec::new(),
            unlisted_locales: Vec::new(),
            inherited: OnceCell::new(),
        };
        let read = files.add(&catalog.file_name(), Role::Manifest);
        let is_manifest = |file: &CatalogFile| file.document.get("catalog").is_some_and(Item::is_table_like);
        if matches!(read, Err(Error::Read { .. })) || read.is_ok() && !files.files.iter().any(is_manifest) {
            // The compiler knows which file was meant.
            catalog.check()?;
        }
        read?;
        let (listed, tags) = files.listed();
        for name in &listed {
            files.add(name, Role::Errors)?;
        }
        for tag in &tags {
            files.add_translations(tag)?;
        }
        files.add("catalog.lock", Role::Lock)?;
        Ok(files)
    }

    /// The listed files, and the locales that have translations.
    fn listed(&self) -> (Vec<String>, Vec<String>) {
        let catalog = self.files.first().and_then(|file| file.document.get("catalog"));
        let strings = |key: &str| -> Vec<String> {
            let list = catalog.and_then(|catalog| catalog.get(key)).and_then(Item::as_array);
            list.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
        };
        let default = catalog.and_then(|catalog| catalog.get("default_locale")).and_then(Item::as_str);
        let tags = strings("locales").into_iter().filter(|tag| Some(tag.as_str()) != default).collect();
        (strings("files"), tags)
    }

    /// The names and ids that the catalogue takes over from its base.
    pub(crate) fn inherited(&self) -> &Inherited {
        self.inherited.get_or_init(|| match self.string_of_manifest("extends") {
            Some(_) => self.catalog.inherited(),
            None => Inherited::default(),
        })
    }

    /// The locale of the catalogue's own texts.
    pub(crate) fn default_locale(&self) -> Option<&str> {
        self.files.first()?.document.get("catalog")?.get("default_locale")?.as_str()
    }

    /// The locales that have translations.
    pub(super) fn locales(&self) -> Vec<String> {
        self.listed().1
    }

    /// Reads a file, if it is there.
    fn add(&mut self, name: &str, role: Role) -> Result<(), Error> {
        let path = self.path(name);
        let text = match self.read_text(name) {
            Ok(text) => text,
            Err(error) if is_absent(&error) && role != Role::Manifest => return Ok(()),
            Err(source) => return Err(Error::Read { path, source }),
        };
        let written = plain(&text);
        self.files.push(CatalogFile::new(name, role, text, &written).map_err(|error| Error::Toml { path, error })?);
        Ok(())
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// If it can't be read, or is not in the catalogue's folder: what somebody else has named must not be shown.
    pub(super) fn read_text(&self, name: &str) -> io::Result<String> {
        if !Self::is_inside(name) {
            return Err(io::Error::other("it is not in the catalogue's folder"));
        }
        let path = self.path(name);
        regular_file::is_inside(self.catalog.folder(), &path)?;
        read_text(&path)
    }

    /// Reads the translations into a locale.
    fn add_translations(&mut self, tag: &str) -> Result<(), Error> {
        self.translated(tag).into_iter().try_for_each(|(name, role)| self.add(&name, role))
    }

    /// The files that a locale's translations may be in.
    fn translated(&self, tag: &str) -> Vec<(String, Role)> {
        let manifest = (format!("locales/{tag}/{}", self.catalog.file_name()), Role::TranslatedManifest);
        let (listed, _) = self.listed();
        let entries = listed.iter().map(|name| (format!("locales/{tag}/{name}"), Role::TranslatedErrors));
        std::iter::once(manifest).chain(entries).collect()
    }

    /// Lists a locale, unless it is listed. One that was taken off the list for a while has its translations still.
    ///
    /// # Errors
    ///
    /// If one of its files can't be read or is not TOML.
    pub(crate) fn add_locale(&mut self, tag: &str) -> Result<(), Error> {
        if self.locales().iter().any(|known| known == tag) {
            return Ok(());
        }
        self.add_to_list("locales", tag);
        self.new_locales.push(tag.to_owned());
        self.add_translations(tag)
    }

    /// Whether a locale was listed that was not before.
    pub(crate) fn has_new_locale(&self) -> bool {
        !self.new_locales.is_empty()
    }

    /// Adds the translations into locales that are not listed: those that were taken off the list for a while follow the names
    /// of the others. What is not TOML belongs to something else, unless there are records of the locale: those of a file that
    /// can't be read would be lost.
    ///
    /// # Errors
    ///
    /// If the folder of the translations can't be read, or a file of a locale with records.
    pub(crate) fn add_unlisted_locales(&mut self) -> Result<(), Error> {
        let (folder, listed) = (self.path("locales"), self.locales());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(Error::Read { path: folder, source }),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let known = |name: &String| {
            listed.iter().map(String::as_str).chain(self.default_locale()).any(|tag| tag.eq_ignore_ascii_case(name))
        };
        let mut unlisted: Vec<String> = names.filter(|name| !known(name)).collect();
        unlisted.sort_unstable();
        for tag in &unlisted {
            let name = format!("locales/{tag}.state.toml");
            let records = self.path(&name);
            let has_records = records.is_file();
            if has_records {
                let text = self.read_text(&name).map_err(|source| Error::Read { path: records.clone(), source })?;
                let parsed = plain(&text).parse::<DocumentMut>();
                parsed.map_err(|error| Error::Toml { path: records, error })?;
            }
            for (name, role) in self.translated(tag) {
                match self.add(&name, role) {
                    Err(Error::Toml { .. }) if !has_records => {}
                    added => added?,
                }
            }
        }
        self.unlisted_locales = unlisted;
        Ok(())
    }

    /// Adds a file that the catalogue does not list.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, or would be in the place of another.
    pub(crate) fn add_new(&mut self, name: &str, role: Role, text: &str) -> Result<(), Error> {
        let path = self.path(name);
        if path.exists() {
            return Err(Error::Exists { path });
        }
        // A catalogue with schemas for editors has them for its new files, too.
        let kind = if role == Role::Errors { FileKind::Errors } else { FileKind::Locale };
        let has_schema = self.path(&kind.path()).exists();
        let directive = if has_schema { kind.directive(name) } else { String::new() };
        let file = CatalogFile::new(name, role, String::new(), &format!("{directive}{text}"));
        self.files.push(file.map_err(|error| Error::Toml { path, error })?);
        Ok(())
    }

    /// Lists a file with entries in a catalogue that has none, and makes it if it is not there.
    ///
    /// # Errors
    ///
    /// If the name is that of a file outside of the folder, or the file is not TOML.
    pub(crate) fn add_first(&mut self, name: &str) -> Result<(), Error> {
        if !Self::is_inside(name) {
            return Err(Error::NotInside { name: name.to_owned() });
        }
        self.add_to_list("files", name);
        match self.path(name).exists() {
            true => self.add(name, Role::Errors),
            false => self.add_new(name, Role::Errors, ""),
        }
    }

    /// Whether a name can be that of a file in the catalogue's folder.
    pub(crate) fn is_inside(name: &str) -> bool {
        Path::new(name).components().all(|component| matches!(component, Component::Normal(_)))
    }

    /// The path of a file from the current folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.catalog.path(name)
    }

    /// The files with a role.
    pub(crate) fn with_role(&mut self, role: Role) -> impl Iterator<Item = &mut CatalogFile> {
        self.files.iter_mut().filter(move |file| file.role == role)
    }

    /// The files with entries, translated ones too.
    pub(crate) fn with_entries(&mut self) -> impl Iterator<Item = &mut CatalogFile> {
        self.files.iter_mut().filter(|file| matches!(file.role, Role::Errors | Role::TranslatedErrors))
    }

    /// All codes, in the order of the files.
    pub(crate) fn codes(&self) -> Vec<String> {
        let errors = self.files.iter().filter(|file| file.role == Role::Errors);
        let all = errors.flat_map(|file| file.document.iter().map(|(code, _)| code.to_owned()));
        all.filter(|code| !NOT_ENTRIES.contains(&code.as_str())).collect()
    }

    /// A hint for a name that is not a code.
    pub(super) fn code_hint(&self, name: &str, codes: &[String]) -> String {
        let entries = self.files.iter().filter(|file| file.role == Role::Errors).flat_map(|file| file.document.iter());
        let is_id = |id: &Item| id.as_str().is_some_and(|id| id.eq_ignore_ascii_case(name));
        let mut named = entries.filter(|(_, entry)| entry.get("id").is_some_and(is_id));
        match named.next() {
            Some((code, _)) => format!("it is the id of `{code}`; name that"),
            None => nearest::own_entry_hint(name, self.known_codes(codes), "codes"),
        }
    }

    /// Codes with those of the base, for hints.
    fn known_codes<'a>(&'a self, codes: &'a [String]) -> impl Iterator<Item = &'a str> {
        let of_base = self.inherited().names.iter().filter(|name| !name.contains('.'));
        codes.iter().chain(of_base).map(String::as_str)
    }

    /// Whether the lock file contains a code that was not removed.
    pub(crate) fn is_released(&self, code: &str) -> bool {
        let lock = self.files.iter().find(|file| file.role == Role::Lock);
        let entry = lock.and_then(|lock| lock.document.get(code));
        entry.and_then(Item::as_table_like).is_some_and(|entry| entry.get("removed").is_none())
    }

    /// Whether the lock file contains a parameter that clients read, of a code that was not removed. What was only ever a draft has
    /// no clients: a released entry does not become one again.
    pub(super) fn is_released_parameter(&self, code: &str, name: &str) -> bool {
        let lock = self.files.iter().find(|file| file.role == Role::Lock && self.is_released(code));
        let entry = lock.and_then(|lock| lock.document.get(code));
        let is_draft = entry.and_then(|entry| entry.get("draft")?.as_bool()) == Some(true);
        let parameters = entry.filter(|_| !is_draft).and_then(|entry| entry.get("params")?.as_array());
        parameters.into_iter().flatten().filter_map(|parameter| parameter.as_str()?.split_once(':')).any(
            // `name: type`, `name?: type` of an optional one, `name: operator type` of one that clients do not read.
            |(known, about)| {
                let readers = about.trim_start().split_once(' ').map(|(readers, _)| readers.parse());
                let is_hidden = matches!(readers, Some(Ok(Sensitivity::Operator | Sensitivity::Secret)));
                known.trim_end_matches('?') == name && !is_hidden
            },
        )
    }

    /// Whether the lock file contains a cause, by its address: clients match causes by their ids.
    pub(crate) fn is_released_cause(&self, address: &str) -> bool {
        let Some((code, id)) = address.split_once(".cause.") else { return false };
        let lock = self.files.iter().find(|file| file.role == Role::Lock && self.is_released(code));
        let causes = lock.and_then(|lock| lock.document.get(code)?.get("causes")?.as_array());
        causes.into_iter().flatten().any(|cause| cause.as_str() == Some(id))
    }

    /// The version that removed a code, if the lock file has its tombstone.
    pub(crate) fn removed_in(&self, code: &str) -> Option<String> {
        let lock = self.files.iter().find(|file| file.role == Role::Lock)?;
        Some(lock.document.get(code)?.get("removed")?.as_str()?.to_owned())
    }

    /// A string of the manifest's `[catalog]`.
    pub(crate) fn string_of_manifest(&self, key: &str) -> Option<String> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest)?;
        Some(manifest.document.get("catalog")?.get(key)?.as_str()?.to_owned())
    }

    /// Whether the manifest says that every locale has every text.
    pub(crate) fn must_be_complete(&self) -> bool {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let flag = manifest.and_then(|file| file.document.get("catalog")?.get("complete")?.as_bool());
        flag == Some(true)
    }

    /// Adds a string to a list of the manifest, unless it is there.
    pub(crate) fn add_to_list(&mut self, key: &str, text: &str) {
        for file in self.with_role(Role::Manifest) {
            let catalog = file.document.get_mut("catalog").and_then(Item::as_table_like_mut);
            let list = catalog.map(|catalog| catalog.entry(key).or_insert(value(Array::new())));
            if let Some(list) = list.and_then(Item::as_array_mut) {
                if list.iter().all(|known| known.as_str() != Some(text)) {
                    list.push(text);
                }
            }
        }
    }
}

/// Whether the file does not exist. Another file may have the name of its folder.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

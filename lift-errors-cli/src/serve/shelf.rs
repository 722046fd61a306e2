//! The catalogue as it is now. While its files have faults, the faults are shown; the last good state comes back as soon as they
//! are mended.

use crate::catalog::Catalog;
use crate::explanation::find::Codes;
use crate::runtime::image::Images;
use crate::serve::watch::FileStamps;
use lift_errors::Locale;
use lift_errors_codegen::{CatalogSnapshot, CompileErrors};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// A catalogue that is read again when its files change.
#[derive(Debug)]
pub(super) struct Shelf {
    source: Catalog,
    images: Mutex<Images>,
    state: Mutex<State>,
}

/// One state of the files.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Differs from that of every other state, also of another run: a browser that shows an older one loads the page again.
    pub(super) revision: u128,
    /// The catalogue, or the report of its faults.
    pub(super) content: Result<Arc<Content>, Arc<str>>,
    files: Vec<PathBuf>,
}

/// A catalogue without faults.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) codes: Codes,
    /// The tags of the locales that are written from right to left.
    right_to_left: Vec<&'static str>,
}

impl Content {
    /// The language of the entries.
    pub(super) fn default_locale(&self) -> Locale {
        self.codes.catalog.locales().next().unwrap_or_default()
    }

    pub(super) fn is_right_to_left(&self, locale: Locale) -> bool {
        self.right_to_left.contains(&locale.tag())
    }
}

impl Shelf {
    /// # Errors
    ///
    /// If no manifest can be read, and none could be before. All other faults are shown as a page.
    pub(super) fn open(source: Catalog, had_manifest: bool) -> Result<Arc<Self>, CompileErrors> {
        let mut images = Images::default();
        let state = match source.snapshot() {
            Err(faults) if faults.files().is_empty() && !had_manifest => return Err(faults),
            read => State::new(&source, read, &mut images),
        };
        Ok(Arc::new(Self { source, images: Mutex::new(images), state: Mutex::new(state) }))
    }

    /// The state now.
    pub(super) fn state(&self) -> State {
        locked(&self.state).clone()
    }

    /// The bytes of all states so far.
    pub(super) fn kept(&self) -> usize {
        locked(&self.images).kept()
    }

    pub(super) fn read_again(&self) {
        let state = State::new(&self.source, self.source.snapshot(), &mut locked(&self.images));
        *locked(&self.state) = state;
    }

    /// The stamps of the files as they are on the disk.
    pub(super) fn stamps(&self) -> FileStamps {
        let files = locked(&self.state).files.clone();
        FileStamps::of(self.source.folder(), &files)
    }

    /// The catalogue's name, or its manifest's, and the faults.
    pub(super) fn summary(&self) -> (String, Option<String>) {
        match self.state().content {
            Ok(content) => (content.codes.catalog.name().to_owned(), None),
            Err(report) => (self.source.file_name(), Some(report.to_string())),
        }
    }
}

impl State {
    fn new(source: &Catalog, read: Result<CatalogSnapshot, CompileErrors>, images: &mut Images) -> Self {
        let revision = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        match read {
            Ok(CatalogSnapshot { tables, entries, field_errors, removed, files, .. }) => {
                let languages = tables.columns.iter().map(|column| &column.language);
                let right_to_left =
                    languages.filter(|language| language.right_to_left).map(|language| language.tag).collect();
                let codes = Codes { catalog: images.catalog(tables), facts: entries, field_errors, removed };
                Self { revision, content: Ok(Arc::new(Content { codes, right_to_left })), files }
            }
            Err(faults) => {
                let files = faults.files().to_vec();
                Self { revision, content: Err(source.advised(&faults.to_string()).into()), files }
            }
        }
    }
}

/// A thread that panics while it holds a lock leaves whole states behind: they are replaced, never changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

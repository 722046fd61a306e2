//! `catalog.lock` as a catalogue gives it, beside the one that is there.

use crate::read::draft::{Draft, Phrase};
use crate::read::lock;
use crate::toml_text::is_same;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The lock file as a catalogue gives it.
#[doc(hidden)]
#[derive(Debug)]
pub struct LockText {
    manifest: PathBuf,
    path: PathBuf,
    text: String,
    base: Option<LockedBase>,
}

/// The base of a catalogue, whose entries and phrases the lock file records, too.
#[derive(Debug)]
pub(crate) struct LockedBase {
    name: String,
    /// The names of their tables.
    tables: BTreeSet<String>,
}

impl LockedBase {
    pub(crate) fn of(draft: &Draft) -> Option<Self> {
        let name = draft.manifest.extends.as_ref()?.value.clone();
        let entries = draft.entries.iter().map(|entry| &entry.code).filter(|code| draft.is_inherited(code.span));
        let phrases = draft.phrases.iter().filter(|phrase| draft.is_inherited(phrase.name.span));
        let tables = entries.map(|code| code.value.clone()).chain(phrases.map(Phrase::address)).collect();
        Some(Self { name, tables })
    }
}

impl LockText {
    pub(crate) fn new(manifest: PathBuf, text: String, base: Option<LockedBase>) -> Self {
        Self { path: manifest.with_file_name(lock::FILE), manifest, text, base }
    }

    /// The file's path, beside the manifest.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a file has this text.
    pub(crate) fn is_in(&self, found: &str) -> bool {
        is_same(found, &self.text)
    }

    /// The first names that a file records otherwise: `: it differs in a, b and 3 more`. Nothing for a file without any.
    pub fn difference(&self, found: &str) -> String {
        const SHOWN: usize = 5;
        let (found, expected) = (recorded(found), recorded(&self.text));
        if found.is_empty() {
            return String::new();
        }
        let names: BTreeSet<&str> = found.keys().chain(expected.keys()).copied().collect();
        let names: Vec<&str> = names.into_iter().filter(|name| found.get(name) != expected.get(name)).collect();
        let of_base = self.new_in_base(&names, &found);
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        let (shown, more) = names.split_at(names.len().min(SHOWN));
        match (shown.is_empty(), more.len()) {
            (true, _) => String::new(),
            (false, 0) => format!(": it differs in {}{of_base}", shown.join(", ")),
            (false, more) => format!(": it differs in {} and {more} more{of_base}", shown.join(", ")),
        }
    }

    /// The reason, where nothing but new entries of the base differ: another version of the base wrote the file.
    fn new_in_base(&self, names: &[&str], found: &BTreeMap<&str, Vec<&str>>) -> String {
        let Some(LockedBase { name, tables }) = &self.base else { return String::new() };
        let is_new = |name: &&str| tables.contains(*name) && !found.contains_key(name);
        // Without any of the base's, the catalogue extends it since then.
        if !found.keys().any(|name| tables.contains(*name)) || !names.iter().all(is_new) {
            return String::new();
        }
        format!(
            ", which the base `{name}` of an older lift-errors lacks: use one version of the command and the library"
        )
    }

    /// Writes the file.
    pub(crate) fn write(&self) -> io::Result<()> {
        let is_new = !self.path.exists();
        fs::write(&self.path, &self.text)?;
        if is_new { self.show_new_file() } else { Ok(()) }
    }

    /// Gives the manifest the current time after the first lock file was written: `#[derive(Catalog)]` can name only files to
    /// cargo that exist, so it sees a new one when another file changes.
    ///
    /// # Errors
    ///
    /// If the manifest can't be changed.
    pub fn show_new_file(&self) -> io::Result<()> {
        File::options().append(true).open(&self.manifest)?.set_modified(SystemTime::now())
    }
}

/// The lines of each table of a lock file, by the table's name; those above all tables by their keys.
fn recorded(lock: &str) -> BTreeMap<&str, Vec<&str>> {
    let lock = lock.strip_prefix('\u{feff}').unwrap_or(lock);
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in lock.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(header) => name = header,
            None if name.is_empty() => {
                let key = line.split_once(" = ").map_or(line, |(key, _)| key);
                tables.entry(key).or_default().push(line);
            }
            None => tables.entry(name).or_default().push(line),
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, process};

    #[test]
    fn a_new_lock_file_makes_the_derive_look_again() {
        let folder = env::temp_dir().join(format!("lift-errors-lock-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let manifest = folder.join("catalog.toml");
        fs::write(&manifest, "[catalog]").unwrap();
        let modified = || fs::metadata(&manifest).unwrap().modified().unwrap();
        let long_ago = SystemTime::UNIX_EPOCH;
        let write = |text: &str| {
            File::options().append(true).open(&manifest).unwrap().set_modified(long_ago).unwrap();
            LockText::new(manifest.clone(), text.to_owned(), None).write().unwrap();
            assert_eq!(fs::read_to_string(folder.join(lock::FILE)).unwrap(), text);
        };
        write("# new");
        assert!(modified() > long_ago && fs::read_to_string(&manifest).unwrap() == "[catalog]");
        // One that is there is watched itself.
        write("# changed");
        assert!(modified() == long_ago);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_lock_file_that_is_not_current_names_what_differs() {
        let differing =
            |found: &str, expected: &str| LockText::new(PathBuf::new(), expected.to_owned(), None).difference(found);
        let lock = |quantity: &str, ids: &[u32]| -> String {
            let tables = ids.iter().map(|id| format!("\n[shop_{id}]\nid = \"SHOP-{id}\"\n"));
            format!("# A comment.\n{}\n[term.box]\nparams = [\"{quantity}\"]\n", tables.collect::<String>())
        };
        let before = lock("n: u32", &[1, 2]);
        assert_eq!(differing(&before, &lock("n: u32", &[1, 3])), ": it differs in `shop_2`, `shop_3`");
        assert_eq!(differing(&before, &lock("n: u64", &[1, 2])), ": it differs in `term.box`");
        assert_eq!(
            differing(&before, &lock("n: u32", &[3, 4, 5, 6, 7])),
            ": it differs in `shop_1`, `shop_2`, `shop_3`, `shop_4`, `shop_5` and 2 more"
        );
        assert_eq!((differing("", &before), differing(&before, &before[12..])), (String::new(), String::new()));
        let windows = format!("\u{feff}{}", before.replace('\n', "\r\n"));
        assert_eq!(differing(&windows, &lock("n: u64", &[1, 2])), ": it differs in `term.box`");
        let page = |page: &str| format!("catalog = \"shop\"\nreference = \"https://{page}\"\n{before}");
        assert_eq!(differing(&page("a.example"), &page("b.example")), ": it differs in `reference`");
    }

    #[test]
    fn new_entries_of_the_base_are_those_of_another_version() {
        let tables = ["conflict", "gone", "term.page"].map(str::to_owned).into();
        let base = LockedBase { name: "http".to_owned(), tables };
        let lock = |names: &[&str]| names.iter().map(|name| format!("[{name}]\nid = \"X\"\n\n")).collect::<String>();
        let now = lock(&["conflict", "gone", "shop_1", "term.page"]);
        let now = LockText::new(PathBuf::new(), now, Some(base));
        let reason =
            ", which the base `http` of an older lift-errors lacks: use one version of the command and the library";
        let differs = |names: &str| format!(": it differs in {names}");
        assert_eq!(now.difference(&lock(&["conflict", "shop_1", "term.page"])), differs("`gone`") + reason);
        assert_eq!(now.difference(&lock(&["conflict", "shop_1"])), differs("`gone`, `term.page`") + reason);
        // Other differences have other reasons, and so has a base that the catalogue extends only now.
        assert_eq!(now.difference(&lock(&["conflict", "term.page"])), differs("`gone`, `shop_1`"));
        assert_eq!(now.difference(&lock(&["shop_1"])), differs("`conflict`, `gone`, `term.page`"));
        let changed = now.text().replace("[gone]\nid = \"X\"", "[gone]\nid = \"Y\"");
        assert_eq!(now.difference(&changed), differs("`gone`"));
    }
}

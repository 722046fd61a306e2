//! The files of a catalogue on the disk: where they may be, how they are read, what is near a name. It knows nothing
//! of what is in them.

use crate::diagnostic::span::harmless;
use crate::diagnostic::suggest::suggest;
use crate::path_name::path_name;
use crate::read::lock;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folder of the translations, beside the manifest.
pub(crate) const LOCALES: &str = "locales";

/// How deep folders are searched for files that belong nowhere.
pub(crate) const DEEPEST: usize = 8;

/// The largest file that is read, in bytes: past it something else than a catalogue was named.
const LARGEST_FILE: u64 = 64 << 20;

/// Why a file can't be read, and what to do.
pub(crate) struct Unreadable {
    pub(crate) message: String,
    pub(crate) help: String,
}

fn unreadable(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
    Unreadable { message: message.into(), help: help.into() }
}

/// The path of a listed file, which must be in the manifest's folder, symbolic links followed.
pub(crate) fn inside(manifest: &Path, name: &str) -> Result<PathBuf, Unreadable> {
    let (folder, path) = (manifest.parent().unwrap_or(Path::new("")), Path::new(name));
    let plain = path.components().all(|component| matches!(component, Component::Normal(_)));
    // One file has one spelling, so that none is listed twice.
    let spelt = name.split('/').all(|part| !matches!(part, "" | "."));
    if !plain || !spelt || name.contains(['\\', '\0']) || path.extension().is_none_or(|extension| extension != "toml") {
        return Err(unreadable(
            "a catalogue's files are TOML files in the folder of its manifest",
            "name the file by its relative path, with `/` and without `..`, such as `errors/http.toml`",
        ));
    }
    // A build script prints names of files, and a line of its output can be an order to cargo.
    let ends_line = |character| matches!(character, '\u{2028}' | '\u{2029}');
    if name.chars().any(|character| harmless(character) != character || ends_line(character)) {
        return Err(unreadable(
            "its name has a control character, such as the end of a line",
            "give the file a name of letters, digits, `_`, `-` and `.`",
        ));
    }
    let joined = folder.join(path);
    if joined == manifest {
        return Err(unreadable("it is the manifest", "list the files with the entries alone"));
    }
    inside_folder(manifest, &joined)?;
    Ok(joined)
}

/// Whether a path is in the manifest's folder, symbolic links followed.
pub(crate) fn inside_folder(manifest: &Path, path: &Path) -> Result<(), Unreadable> {
    let folder = match manifest.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Of what is not there, the folder that would have it.
    let target = path.ancestors().find_map(|path| path.canonicalize().ok());
    match (target, folder.canonicalize()) {
        (Some(target), Ok(folder)) if !target.starts_with(&folder) => Err(unreadable(
            "it is a symbolic link out of the catalogue's folder",
            "move the file into the folder: the whole catalogue must be under one version control",
        )),
        _ => Ok(()),
    }
}

/// Reads the manifest, which is a file of the folder that it is named in, as the files that it lists are.
pub(crate) fn read_manifest(path: &Path) -> Result<String, Unreadable> {
    inside_folder(path, path)?;
    let inside = ["catalog.toml", "catalog/catalog.toml"].map(|name| path.join(name));
    match inside.iter().find(|inside| inside.is_file()) {
        Some(manifest) => {
            let name = path_name(manifest);
            Err(unreadable("it is a folder", format!("name the manifest in it: `{}`", name.escape_debug())))
        }
        None => read(path),
    }
}

pub(crate) fn read(path: &Path) -> Result<String, Unreadable> {
    let metadata = fs::metadata(path).map_err(|error| missing(path, &error))?;
    if metadata.is_dir() {
        // A folder with the name of a file is in the way of one.
        let is_in_way = path.extension().is_some_and(|end| end == "toml" || end == "lock");
        let help = if is_in_way { "move the folder: its place is that of a file" } else { "name the TOML file in it" };
        return Err(unreadable("it is a folder", help));
    }
    if !metadata.is_file() {
        return Err(unreadable("it is not a regular file", "name a TOML file"));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(unreadable(
            format!("it has {} bytes, and a catalogue's file at most {LARGEST_FILE}", metadata.len()),
            "split it into several files and list them in `files`",
        ));
    }
    let bytes = fs::read(path).map_err(|error| missing(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|&&byte| byte == b'\n').count() + 1;
        unreadable(
            format!("it is not UTF-8: the byte at offset {valid}, on line {line}, is not part of a character"),
            "save the file as UTF-8",
        )
    })?;
    // TOML allows a byte order mark; editors do not count it as the first column.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn missing(path: &Path, error: &std::io::Error) -> Unreadable {
    let help = match error.kind() {
        std::io::ErrorKind::NotFound
            if path.parent().is_some_and(|folder| folder.components().next().is_some() && !folder.is_dir()) =>
        {
            "its folder is not there either; check the path".to_owned()
        }
        std::io::ErrorKind::NotFound => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let siblings = siblings(path);
            suggest(&name, siblings.iter().map(String::as_str), "TOML files in that folder")
        }
        std::io::ErrorKind::PermissionDenied => "give the user who builds permission to read it".to_owned(),
        _ => "check the path".to_owned(),
    };
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "the file does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    unreadable(message, help)
}

/// The TOML files beside `path`, so that a misspelt name can be mended.
fn siblings(path: &Path) -> Vec<String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
}

/// The files below a folder, by their paths relative to it.
pub(crate) fn files_below(folder: &Path, depth: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let below = depth.checked_sub(1).map(|depth| files_below(&entry.path(), depth)).unwrap_or_default();
            names.extend(below.into_iter().map(|file| format!("{name}/{file}")));
        } else {
            names.push(name);
        }
    }
    names
}

/// The manifest in the folder of a file, or in one of the folders above it, that lists the file or the one that it translates, or
/// whose lock file or records it has.
/// `shown` is the file's name in messages, and the result is one, too.
pub(crate) fn manifest_above(file: &Path, shown: &str) -> Option<String> {
    const LEVELS: usize = 4;
    let mut listed = file.file_name()?.to_string_lossy().into_owned();
    let mut shown = Path::new(shown).parent();
    for folder in file.ancestors().skip(1).take(LEVELS) {
        let manifest = folder.join("catalog.toml");
        let translated = listed.strip_prefix("locales/").and_then(|rest| Some(rest.split_once('/')?.1));
        let name = translated.unwrap_or(&listed);
        // A file of labels, the records of a locale, or the lock file.
        let is_record = |rest: &str| rest.ends_with(".state.toml") && !rest.contains('/');
        let is_unlisted = translated == Some("catalog.toml")
            || listed.strip_prefix("locales/").is_some_and(is_record)
            || listed == lock::FILE;
        let lists = |text: &str| is_unlisted || text.contains(&format!("\"{name}\""));
        let is_listed = |text: &str| text.contains("[catalog]") && lists(text);
        if manifest != file && read(&manifest).is_ok_and(|text| is_listed(&text)) {
            return Some(path_name(&shown?.join("catalog.toml")));
        }
        listed = format!("{}/{listed}", folder.file_name()?.to_string_lossy());
        shown = shown.and_then(Path::parent);
    }
    None
}

/// The names of the folders in a folder that is beside the manifest.
pub(crate) fn folders(manifest: &Path, folder: &str) -> Vec<String> {
    let folder = manifest.with_file_name(folder);
    if inside_folder(manifest, &folder).is_err() {
        return Vec::new();
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Whether a file may have texts.
pub(crate) fn is_toml(name: &str) -> bool {
    name.ends_with(".toml")
}

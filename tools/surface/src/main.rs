//! Writes down the public surface of lift-errors: `lift-errors/surface/<feature>.txt` lists what a feature adds to
//! those that it needs, `none.txt` what there is without any, and `all.txt` what only several together give.
//!
//! `.ci/surface` compares the committed files with the code; `.ci/surface --bless` writes them.

#![forbid(unsafe_code)]

mod features;
mod rustdoc;

use crate::features::Features;
use crate::rustdoc::Items;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    Manifest { path: PathBuf, source: toml::de::Error },
    #[error(transparent)]
    Rustdoc(#[from] rustdoc::Error),
}

fn main() -> ExitCode {
    // Cargo calls this program in place of rustdoc.
    if env::var_os(rustdoc::AS_RUSTDOC).is_some() {
        return rustdoc::run(env::args_os().skip(1));
    }
    let is_bless = env::args().nth(1).is_some_and(|argument| argument == "--bless");
    match check(Path::new("lift-errors"), is_bless) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!(
                "The public surface differs from the committed one. If the change is meant: `.ci/surface --bless`."
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Compares the files of a package's surface, or writes them. `false` if one differs.
fn check(package: &Path, is_bless: bool) -> Result<bool, Error> {
    let folder = package.join("surface");
    let files = surface(package)?;
    let mut is_current = true;
    fs::create_dir_all(&folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    let known = fs::read_dir(&folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    for path in known.flatten().map(|entry| entry.path()) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !files.contains_key(name.as_ref()) {
            is_current &= is_bless;
            println!("{}: there is no such feature", path.display());
            if is_bless {
                fs::remove_file(&path).map_err(|source| Error::File { path, source })?;
            }
        }
    }
    for (name, items) in files {
        let path = folder.join(format!("{name}.txt"));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let committed: Items = committed.lines().map(str::to_owned).collect();
        for item in committed.iter().filter(|item| !items.contains(item)) {
            println!("{}: - {item}", path.display());
        }
        for item in items.iter().filter(|item| !committed.contains(item)) {
            println!("{}: + {item}", path.display());
        }
        if is_bless {
            let text: String = items.iter().map(|item| format!("{item}\n")).collect();
            fs::write(&path, text).map_err(|source| Error::File { path, source })?;
        } else {
            is_current &= committed == items && path.is_file();
        }
    }
    Ok(is_current)
}

/// The items of each file.
fn surface(package: &Path) -> Result<BTreeMap<String, Items>, Error> {
    let path = package.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).map_err(|source| Error::File { path: path.clone(), source })?;
    let features = Features::parse(&manifest).map_err(|source| Error::Manifest { path, source })?;

    let none = rustdoc::items(package, &["--no-default-features"])?;
    let mut whole = BTreeMap::from([("none".to_owned(), none)]);
    for feature in features.documented() {
        let items = rustdoc::items(package, &["--no-default-features", "--features", feature])?;
        whole.insert(feature.to_owned(), items);
    }
    let mut all = rustdoc::items(package, &["--all-features"])?;
    let mut files = BTreeMap::new();
    for (name, items) in &whole {
        all.retain(|item| !items.contains(item));
        let mut own = items.clone();
        for needed in features.needed(name) {
            if let Some(needed) = whole.get(needed) {
                own.retain(|item| !needed.contains(item));
            }
        }
        files.insert(name.clone(), own);
    }
    files.insert("all".to_owned(), all);
    Ok(files)
}

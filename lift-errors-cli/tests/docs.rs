//! The site that `docs` writes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn docs(out: &Path, more: &[&str]) -> Output {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/catalog.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
    command.args(["--manifest", manifest, "docs", "--out"]).arg(out).args(more).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// All files, by their paths in the folder.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for file in fs::read_dir(next).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else {
                found.push((file.strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(&file).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_link_leads_to_a_page_and_every_type_uri_to_an_entry() {
    let out = folder("docs-links");
    assert!(docs(&out, &[]).status.success());
    let files = files(&out);
    let names: BTreeSet<&Path> = files.iter().map(|(name, _)| name.as_path()).collect();
    let mut links = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.extension().is_some_and(|ending| ending == "html")) {
        for (_, rest) in text.match_indices(" href=\"").map(|(place, start)| text.split_at(place + start.len())) {
            let target = rest.split('"').next().unwrap();
            if target.starts_with("https://") {
                continue;
            }
            let mut path = name.parent().unwrap().to_owned();
            for step in target.split('/') {
                if step == ".." { assert!(path.pop(), "{target} in {name:?}") } else { path.push(step) }
            }
            assert!(names.contains(path.as_path()), "{target} in {name:?}");
            links += 1;
        }
    }
    assert!(links > 1_000, "{links}");
    let (_, index) = files.iter().find(|(name, _)| name == Path::new("index.html")).unwrap();
    for entry in lift_errors::lift::CATALOG.entries() {
        let (_, fragment) =
            entry.type_uri().to_string().split_once('#').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(index.contains(&format!("<li id=\"{fragment}\"")), "{fragment}");
    }
}

#[test]
fn a_site_is_the_same_each_time_and_has_operators_texts_only_for_them() {
    let (one, other, internal) = (folder("docs-one"), folder("docs-other"), folder("docs-operator"));
    assert!(docs(&one, &[]).status.success() && docs(&other, &[]).status.success());
    assert!(files(&one) == files(&other));
    // A second run replaces the first.
    assert!(docs(&one, &["--audience", "operator"]).status.success());
    assert!(docs(&internal, &["--audience", "operator"]).status.success());
    assert!(files(&one) == files(&internal));
    let mut runbooks = 0;
    for entry in lift_errors::lift::CATALOG.entries() {
        let runbook = entry.runbook().in_locale(lift_errors::Locale::EN).to_string();
        // A text with values differs in them.
        if !runbook.is_empty() && !runbook.contains(['{', '&', '<', '"', '`']) {
            runbooks += 1;
            assert!(files(&other).iter().all(|(_, text)| !text.contains(&runbook)), "{runbook}");
        }
    }
    assert!(runbooks > 5, "{runbooks}");
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let out = folder("docs-foreign");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let output = docs(&out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not empty"));
    assert_eq!(files(&out).len(), 1);
}

//! Modules of one crate import each other in one direction only. A circle of files is a fault: none of them can be read,
//! tested or moved without the others.

mod circle;
mod crate_modules;
mod imports;
mod planted;
mod use_tree;

use circle::circles;
use crate_modules::CrateModules;
use imports::imports;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The one allowed pair: an error gives its problem, and a problem borrows its error.
const PAIR: [&str; 2] = ["lift-errors/src/problem/lift_error.rs", "lift-errors/src/problem/mod.rs"];

/// Folders with circles that are still to be cut.
const OPEN: &[&str] = &["lift-errors-cldr", "lift-errors-codegen", "lift-errors-derive", "lift-errors/src"];

/// The workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn manifest(path: &Path) -> toml::Table {
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The folders of the workspace's packages.
pub(crate) fn packages() -> Vec<PathBuf> {
    let members = manifest(&root().join("Cargo.toml"))["workspace"]["members"].as_array().unwrap().clone();
    members.iter().map(|member| root().join(member.as_str().unwrap())).collect()
}

/// The root files of a package's crates: its library, programs, examples, tests and benchmarks.
fn crates(package: &Path) -> BTreeSet<PathBuf> {
    let manifest = manifest(&package.join("Cargo.toml"));
    let mut roots: BTreeSet<PathBuf> = ["src/lib.rs", "src/main.rs"].map(|file| package.join(file)).into();
    for folder in ["src/bin", "examples", "tests", "benches"] {
        let files = fs::read_dir(package.join(folder)).into_iter().flatten().map(|entry| entry.unwrap().path());
        roots.extend(files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")));
    }
    for kind in ["lib", "bin", "example", "test", "bench"] {
        let Some(targets) = manifest.get(kind) else { continue };
        let targets = targets.as_array().cloned().unwrap_or_else(|| vec![targets.clone()]);
        roots.extend(targets.iter().filter_map(|target| Some(package.join(target.get("path")?.as_str()?))));
    }
    roots.retain(|root| root.is_file());
    roots
}

#[test]
fn no_crate_has_a_circle_of_modules() {
    let root = root();
    let pair = PAIR.map(|file| root.join(file));
    assert!(pair.iter().all(|file| file.is_file()), "{PAIR:?}: one was moved");
    let mut report = String::new();
    let mut crates_read = 0;
    for lib in packages().iter().flat_map(|package| crates(package)) {
        crates_read += 1;
        let source = CrateModules::read(&lib);
        for circle in circles(imports(&source), Some([&pair[0], &pair[1]])) {
            let chain = format!("\ncircle of {} files:\n{}", circle.files.len(), circle.chain(&root));
            if OPEN.iter().any(|open| circle.files.iter().all(|file| file.starts_with(root.join(open)))) {
                println!("still open: {chain}");
            } else {
                report += &chain;
            }
        }
    }
    assert!(crates_read > 20, "{crates_read}");
    assert!(
        report.is_empty(),
        "files import each other in circles; move the item that ties them into a file below\n{report}"
    );
}

//! Every rule of the catalogue compiler has a catalogue in `tests/ui` that breaks it, and the report as
//! people see it beside it, in `expected.txt`. `LIFT_ERRORS_BLESS=1` writes the reports again: read each.

use crate::golden_files;
use lift_errors_codegen::Compiler;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Folders of `tests/ui`, other than those of the derives.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir() && !name(folder).starts_with("derive_"));
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

/// The report on a folder's catalogue. One that compiles has remarks.
fn report(folder: &Path) -> String {
    match Compiler::new(folder, "catalog.toml").compile() {
        Ok(module) => {
            let remarks = module.warnings();
            assert!(!remarks.is_empty(), "{}: the catalogue has no fault", folder.display());
            format!("{}\nremarks: {}", remarks.join("\n"), remarks.len())
        }
        Err(faults) => faults.to_string(),
    }
}

/// The lines that two texts do not share, each with its number and the side that has it.
pub(crate) fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let head = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let most = expected.len().min(found.len()) - head;
    let tail = expected.iter().rev().zip(found.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let side = |sign: char, lines: &[&str]| -> String {
        let differing = lines[head..lines.len() - tail].iter().enumerate();
        differing.map(|(at, line)| format!("{sign} {:4} {line}\n", head + at + 1)).collect()
    };
    side('-', &expected) + &side('+', &found)
}

#[test]
fn every_broken_catalogue_is_reported_as_expected() {
    let mut differing = String::new();
    for folder in folders() {
        let (path, found) = (folder.join("expected.txt"), report(&folder) + "\n");
        if golden_files::blessing() {
            fs::write(&path, found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            differing += &format!("\n{}\n{}", path.display(), difference(&expected, &found));
        }
    }
    assert!(differing.is_empty(), "reports differ; LIFT_ERRORS_BLESS=1 writes them again\n{differing}");
}

/// One fault of a report: its lines, up to the empty one.
fn faults(report: &str) -> Vec<Vec<&str>> {
    let (faults, _) = report.trim_end().rsplit_once("\n\n").expect("a last line that counts");
    faults.split("\n\n").map(|fault| fault.lines().collect()).collect()
}

#[test]
fn every_fault_says_where_what_and_what_to_do() {
    for folder in folders() {
        let report = report(&folder);
        let mut names = BTreeSet::new();
        for fault in faults(&report) {
            let [message, rest @ ..] = fault.as_slice() else { panic!("{report}") };
            let words = message.strip_prefix("error: ").or_else(|| message.strip_prefix("warning: "));
            let words = words.unwrap_or_else(|| panic!("{message}"));
            assert!(!words.starts_with(char::is_uppercase), "{message}: begins with a capital letter");
            assert!(!words.ends_with('.'), "{message}: ends with a full stop");
            assert!(rest.iter().any(|line| line.trim_start().starts_with("= help: ")), "{message}: no help");
            let Some((place, excerpt)) = rest.split_first().filter(|(line, _)| line.trim_start().starts_with("--> "))
            else {
                continue;
            };
            let [_, source, carets, ..] = excerpt else { panic!("{message}: no excerpt") };
            let (source, carets) = (source.split_once(" | ").unwrap().1, carets.split_once(" | ").unwrap().1);
            assert!(carets.trim_start().chars().all(|c| c == '^') && carets.contains('^'), "{message}: {carets:?}");
            // A fault of something that is missing at the end of a line points one column behind it.
            assert!(carets.chars().count() <= source.chars().count().max(1) + 1, "{message}: {source}\n{carets}");
            assert!(names.insert((place.to_owned(), message.to_owned())), "{place}: {message}: reported twice");
        }
    }
}

#[test]
fn faults_are_in_order_and_counted() {
    for folder in folders() {
        let report = report(&folder);
        let faults = faults(&report);
        let mut files: Vec<&str> = Vec::new();
        let mut last = (0, 0, 0);
        for place in faults.iter().filter_map(|fault| fault.get(1)?.trim_start().strip_prefix("--> ")) {
            let [column, line, file] = place.rsplitn(3, ':').collect::<Vec<_>>()[..] else { panic!("{place}") };
            let number = files.iter().position(|known| *known == file).unwrap_or_else(|| {
                files.push(file);
                files.len() - 1
            });
            let place = (number, line.parse().unwrap(), column.parse().unwrap());
            // Files that can't be read come first: other faults may follow from them.
            let is_after_roots = last.0 == 0 && folder.ends_with("load__files");
            assert!(place >= last || is_after_roots, "{}: {place:?} comes after {last:?}\n{report}", folder.display());
            last = place;
        }
        let count = match faults.len() {
            many if report.starts_with("warning: ") => format!("remarks: {many}"),
            1 => "error: 1 fault in".to_owned(),
            many => format!("error: {many} faults in"),
        };
        assert!(report.lines().last().unwrap().starts_with(&count), "{}\n{report}", folder.display());
    }
}

#[test]
fn ten_mistakes_in_two_files_are_ten_faults() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/all_at_once");
    let report = report(&folder);
    assert_eq!(faults(&report).len(), 10, "{report}");
    assert!(report.contains("--> errors.toml:") && report.contains("--> more.toml:"), "{report}");
}

#[test]
fn every_rule_has_a_broken_catalogue() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lift-errors-codegen/src/check/mod.rs");
    let text = fs::read_to_string(table).unwrap();
    let tables: Vec<&str> = text
        .split("\nconst ")
        .filter_map(|item| item.split_once("[Rule")?.1.split_once("= ")?.1.split_once("];"))
        .map(|(table, _)| table.trim_start_matches(['&', '[']))
        .collect();
    assert_eq!(tables.len(), 4, "`RULES`, `WHOLE`, `LAST_OF_WHOLE` and `REMARKS` of check/mod.rs");
    let rules: Vec<&str> = tables.iter().flat_map(|table| table.split(',')).map(str::trim).collect();
    let folders = folders();
    let mut missing: Vec<&str> = rules.into_iter().filter(|rule| !rule.is_empty()).collect();
    assert!(missing.len() > 30);
    let distinct: BTreeSet<&str> = missing.iter().copied().collect();
    assert_eq!(distinct.len(), missing.len(), "a rule is in the tables twice");
    missing.retain(|rule| {
        let prefix = rule.replace("::", "__");
        // `manifest__names__no_prefix` is another catalogue for the rule `manifest::names`.
        !folders.iter().any(|folder| name(folder) == prefix || name(folder).starts_with(&format!("{prefix}__")))
    });
    assert!(missing.is_empty(), "no folder in tests/ui breaks {missing:?}");
}

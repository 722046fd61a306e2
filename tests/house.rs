//! Rules for the whole tree: which files the library has, how long they are, and which words are not used any more.

use crate::modules::{packages, root};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file of a crate. A longer one has more than one subject.
const MOST_LINES: usize = 600;

/// Old names and phrases, and what replaces them. Each matches as whole words.
const OLD_WORDS: &[(&str, &str)] = &[
    ("Asked", "CapturedRequest"),
    ("BlankProblem", "StatusProblem"),
    ("Budget", "RetryBudget"),
    ("Catalog::is", "Catalog::ptr_eq"),
    ("Components::of", "Components::new"),
    ("DealtWith", "Handled"),
    ("Decision", "RetryDecision"),
    ("Failure", "ErrorResponse"),
    ("GiveUp", "StopReason"),
    ("LONGEST_BODY", "MAX_BODY_BYTES"),
    ("Received", "ReceivedError"),
    ("Responder", "ErrorResponder"),
    ("Said", "TextInstance"),
    ("Speech", "Localizer"),
    ("Standing", "TranslationStatus"),
    ("Upstream", "UpstreamError"),
    ("Wording", "PluralText"),
    ("as_upstream", "into_upstream"),
    ("asking_for_problem_details", "with_client_accept"),
    ("bare.rs", "from_status.rs"),
    ("begin_counting", "init_metrics"),
    ("copy_of", "from_ref"),
    ("dealt_with", "handled"),
    ("dyn Errors", "dyn PossibleErrors"),
    ("impl Errors", "impl PossibleErrors"),
    ("is_repeatable", "is_retry_safe"),
    ("know nothing of", "does not depend on"),
    ("knows nothing of", "does not depend on"),
    ("known.rs", "from_wire.rs"),
    ("longest_wait", "max_delay"),
    ("members.rs", "lenient_json.rs"),
    ("mod bare", "mod from_status"),
    ("mod known", "mod from_wire"),
    ("mod members", "mod lenient_json"),
    ("mod shown", "mod display"),
    ("mod snapshot", "mod owned"),
    ("mod unread", "mod replay_body"),
    ("replace_foreign", "with_foreign_errors_replaced"),
    ("shown.rs", "display.rs"),
    ("snapshot.rs", "owned.rs"),
    ("struct Details", "ErrorParts"),
    ("struct Errors", "PossibleErrors"),
    ("trait Errors", "PossibleErrors"),
    ("unread.rs", "replay_body.rs"),
    ("with_longest_wait", "with_max_delay"),
];

/// Names with one meaning: at most one type of the workspace has each.
const UNIQUE: [&str; 7] = ["Words", "Part", "Place", "Source", "Scope", "Answer", "Remark"];

/// The files of the tree that people write, with their texts. Generated and recorded ones are left out.
fn sources() -> Vec<(PathBuf, String)> {
    const LEFT_OUT: [&str; 10] = [
        ".git",
        "target",
        "node_modules",
        "catalog/locales",
        "lift-errors/src/generated",
        "lift-errors/surface",
        "lift-errors-cldr/src/generated",
        "tests/golden",
        "tests/house.rs",
        "tests/ui",
    ];
    let (root, mut files, mut folders) = (root(), Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = path.strip_prefix(&root).unwrap();
            if LEFT_OUT.iter().any(|left_out| name == Path::new(left_out) || name.ends_with("node_modules")) {
                continue;
            }
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if ["rs", "md", "toml", "py", "mjs"].contains(&extension) || name.starts_with(".ci") {
                files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Whether a text has some words as whole ones. A trait of actix-web is not ours to name.
fn has(text: &str, words: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(words).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(is_part) && !behind.starts_with(is_part) && !before.ends_with("actix_web::")
    })
}

/// The old words in a text, each with its line and its replacement.
fn old_words(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let lines = text.lines().enumerate();
    let found = |(number, line): (usize, &str)| {
        let found = OLD_WORDS.iter().filter(|(old, _)| has(line, old));
        found.map(|(old, new)| (number + 1, *old, *new)).collect::<Vec<_>>()
    };
    lines.flat_map(found).collect()
}

#[test]
fn old_words_are_found_as_whole_words() {
    let text = "struct Failure;\nstruct TestFailure;\nIt knows nothing of files.\nlet longest_wait = with_max_delay;";
    let expected = [
        (1, "Failure", "ErrorResponse"),
        (3, "knows nothing of", "does not depend on"),
        (4, "longest_wait", "max_delay"),
    ];
    assert_eq!(old_words(text), expected);
}

#[test]
fn no_old_word_is_used() {
    let sources = sources();
    assert!(sources.len() > 300, "{}", sources.len());
    let mut report = String::new();
    for (path, text) in &sources {
        for (line, old, new) in old_words(text) {
            report += &format!("{}:{line}: `{old}` is now `{new}`\n", path.display());
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// The types with one of the unique names, each with its files.
fn unique_types(sources: &[(PathBuf, String)]) -> BTreeMap<&'static str, Vec<&Path>> {
    let mut types: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for (path, text) in sources.iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs")) {
        for name in UNIQUE {
            let count = ["struct", "enum"].iter().filter(|kind| has(text, &format!("{kind} {name}"))).count();
            types.entry(name).or_default().extend(std::iter::repeat_n(path.as_path(), count));
        }
    }
    types
}

#[test]
fn one_name_is_one_type() {
    let planted = [("a.rs", "struct Part;"), ("b.rs", "enum Part {}\nstruct Parts;")];
    let planted = planted.map(|(path, text)| (PathBuf::from(path), text.to_owned()));
    assert_eq!(unique_types(&planted)["Part"], [Path::new("a.rs"), Path::new("b.rs")]);

    let sources = sources();
    let mut types = unique_types(&sources);
    types.retain(|_, files| files.len() > 1);
    assert!(types.is_empty(), "these names have more than one meaning: {types:#?}");
}

#[test]
fn the_library_is_made_of_folders() {
    let entries = fs::read_dir(root().join("lift-errors/src")).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<String> = files.map(|file| file.file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["lib.rs", "testing.rs"]);
}

#[test]
fn no_file_of_a_crate_is_too_long() {
    let folders: Vec<PathBuf> =
        packages().iter().map(|package| package.strip_prefix(root()).unwrap().join("src")).collect();
    let sources = sources();
    let files = sources.iter().filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)));
    let rust = files.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"));
    let long: Vec<String> = rust
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split these files: {long:#?}");
}

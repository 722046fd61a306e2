//! `--class` and `--tag`: every command that has them selects the same errors and suggests the same words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Sandbox, command_in};
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

/// The shelf is of the class `user_error` and has the tag `storage`; nothing is said of the count.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace(
        "catalog/catalog.toml",
        "files =",
        "classes = [\"user_error\", \"bug\"]\ntags = [\"storage\", \"network\"]\nfiles =",
    );
    sandbox.replace(
        "catalog/errors.toml",
        "id = \"DEP-0001\"",
        "id = \"DEP-0001\"\nclass = \"user_error\"\ntags = [\"storage\"]",
    );
    sandbox.run("sync").succeeds();
    sandbox
}

#[test]
fn an_unknown_word_is_the_same_fault_everywhere() {
    let sandbox = sandbox();
    for command in ["check", "coverage", "docs --out site", "explain", "serve --port 0"] {
        let run = sandbox.run(&format!("{command} --tag storge"));
        let expected = "error: nothing in the catalogue matches `storge`: did you mean `storage`?\n";
        assert_eq!(run.fails(1), expected, "{command}");
        let run = sandbox.run(&format!("{command} --class user"));
        let expected = "error: nothing in the catalogue matches `user`: did you mean `user_error`?\n";
        assert_eq!(run.fails(1), expected, "{command}");
    }
    // These words are in the manifest, but no error has them.
    for command in ["check", "coverage", "docs --out site", "explain"] {
        let run = sandbox.run(&format!("{command} --tag network --class bug"));
        assert_eq!(run.fails(1), "error: no entry matches these filters\n", "{command}");
    }
    assert!(!sandbox.path("site").exists());
}

#[test]
fn a_check_of_a_part_reports_what_is_wrong_there() {
    let sandbox = sandbox();
    let part = |arguments: &str| sandbox.run(&format!("check --tag storage --class user_error {arguments}"));
    assert_eq!(part("").succeeds(), "no faults in 1 of 2 errors\n");
    // Faults of the other entry, of its text and of its translation.
    sandbox.replace("catalog/errors.toml", "status = 409", "status = 999");
    sandbox.replace("catalog/errors.toml", "The shelf is being counted.", "The shelf is {counted}.");
    sandbox.replace("catalog/locales/uk/errors.toml", "Триває підрахунок", "Триває {підрахунок}");
    let whole = sandbox.run("check");
    let faults = whole.fails(1);
    assert!(faults.contains("999") && faults.contains("{counted}") && faults.contains("{підрахунок}"), "{faults}");
    let run = part("");
    let found = run.succeeds();
    assert!(found.starts_with("no faults in 1 of 2 errors\nthe others have ") && found.contains("faults"), "{found}");
    // A fault of the part's translation, and one of the manifest.
    sandbox.replace("catalog/locales/uk/errors.toml", "Полиці {shelf} немає.", "Полиці {shelv} немає.");
    sandbox.replace("catalog/catalog.toml", "[labels]", "[labels]\nunheard = \"Of\"");
    let run = part("");
    let faults = run.fails(1);
    assert!(faults.contains("`{shelv}`") && faults.contains("unheard") && !faults.contains("999"), "{faults}");
}

#[test]
fn drafts_are_counted_in_the_part() {
    let sandbox = sandbox();
    sandbox.replace("catalog/errors.toml", "[dep_count_open]", "[dep_count_open]\ndraft = true");
    assert!(sandbox.run("check").stderr.contains("`dep_count_open` is a draft"));
    assert_eq!(sandbox.run("check --tag storage").succeeds(), "no faults in 1 of 2 errors\n");
    assert_eq!(sandbox.run("check --tag storage --deny drafts").succeeds(), "no faults in 1 of 2 errors\n");
    sandbox.replace("catalog/errors.toml", "[dep_shelf_unknown]", "[dep_shelf_unknown]\ndraft = true");
    let run = sandbox.run("check --tag storage --deny drafts");
    assert!(run.fails(1).contains("the entry `dep_shelf_unknown` is a draft"), "{run:#?}");
}

#[test]
fn coverage_counts_the_texts_of_the_part() {
    let sandbox = sandbox();
    let run = sandbox.run("coverage uk");
    assert!(run.succeeds().contains("missing dep_count_open.fix.close_it"), "{run:#?}");
    let run = sandbox.run("coverage uk --tag storage");
    let table = run.succeeds();
    // Title, detail, meaning, a cause and a fix.
    assert!(table.starts_with("5 texts in `en`\n") && table.ends_with("nothing is missing\n"), "{table}");
}

#[test]
fn a_site_has_the_pages_of_the_part() {
    let sandbox = sandbox();
    let run = sandbox.run("docs --out site --class user_error");
    assert!(run.succeeds().starts_with("1 error in 2 languages: `site`"), "{run:#?}");
    assert!(sandbox.path("site/en/DEP-0001.html").exists() && !sandbox.path("site/en/DEP-0002.html").exists());
    assert!(!sandbox.read("site/index.html").contains("DEP-0002"));
}

#[test]
fn the_browser_begins_with_the_part() {
    let sandbox = sandbox();
    let mut child = command_in(&sandbox.root, "serve --port 0 --class user_error --tag storage")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.contains("/?class=user_error&tag=storage until you press Ctrl-C"), "{line}");
}

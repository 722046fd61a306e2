//! Translations of which nothing may get lost: those into locales that are not listed, and those whose state file is gone.

use crate::sandbox::Sandbox;
use crate::{ERRORS, MANIFEST, STATE, UKRAINIAN, records};
use std::fs;

/// A locale that was taken off the list for a while comes back with the names of the others.
#[test]
fn rename_and_remove_change_locales_that_are_not_listed() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk --all").succeeds();
    sandbox.replace(MANIFEST, "[\"en\", \"uk\"]", "[\"en\"]");
    sandbox.write("catalog/locales/notes/errors.toml", "no TOML");
    assert!(sandbox.run("rename dep_shelf_unknown dep_no_shelf").succeeds().contains(UKRAINIAN));
    assert!(sandbox.run("remove dep_count_open").succeeds().contains(UKRAINIAN));
    fs::remove_dir_all(sandbox.path("catalog/locales/notes")).unwrap();
    sandbox.replace(MANIFEST, "[\"en\"]", "[\"en\", \"uk\"]");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.run("sync").succeeds();
    let now = records(&sandbox);
    assert!(now.len() == 6 && now.iter().all(|record| record.contains("reviewed")), "{now:?}");
}

/// Its texts change, too, and so the records of them: else each translation would be taken for a new one.
#[test]
fn a_rename_keeps_the_records_of_locales_that_are_not_listed() {
    let sandbox = Sandbox::new();
    sandbox.write(MANIFEST, &(sandbox.read(MANIFEST) + "\n[constants]\nmost = 7\n"));
    sandbox.replace(ERRORS, "no shelf of that name", "no shelf of that name among {most}");
    sandbox.replace(UKRAINIAN, "немає полиці", "з {most} немає полиці");
    sandbox.run("sync").succeeds();
    sandbox.run("review uk --all").succeeds();
    sandbox.replace(ERRORS, "The depot has", "This depot has");
    sandbox.run("sync").succeeds();
    sandbox.replace(ERRORS, "The shelf is being", "This shelf is being");
    let manifest = sandbox.read(MANIFEST);
    sandbox.replace(MANIFEST, "[\"en\", \"uk\"]", "[\"en\"]");
    // A fault in its files keeps nobody from a change.
    let fault = "\n[dep_gone]\ntitle = \"Немає\"\n";
    sandbox.write(UKRAINIAN, &(sandbox.read(UKRAINIAN) + fault));
    sandbox.run("rename constants.most limit").succeeds();
    sandbox.write(MANIFEST, &manifest.replace("most", "limit"));
    sandbox.replace(UKRAINIAN, fault, "");
    sandbox.run("sync").succeeds();
    let stale = sandbox.run("coverage uk").succeeds().to_owned();
    assert!(
        stale.contains("stale dep_shelf_unknown.meaning") && stale.contains("stale dep_count_open.detail"),
        "{stale}"
    );
    assert_eq!(stale.matches("stale dep_").count(), 2, "{stale}");
    assert!(!sandbox.read(STATE).contains("draft"), "{}", sandbox.read(STATE));
}

#[test]
fn the_records_of_a_locale_that_can_t_be_read_are_not_lost() {
    for (file, broken) in [(UKRAINIAN, "<<<<<<< ours\n"), (STATE, "<<<<<<< ours\n")] {
        let sandbox = Sandbox::synced();
        sandbox.replace(MANIFEST, "[\"en\", \"uk\"]", "[\"en\"]");
        sandbox.write(file, &(broken.to_owned() + &sandbox.read(file)));
        let state = sandbox.read(STATE);
        sandbox.run("rename dep_count_open dep_counting").fails(1);
        assert_eq!(sandbox.read(STATE), state);
    }
}

#[test]
fn commands_that_change_files_warn_of_a_lost_state_file() {
    for command in ["new dep_more --title More", "rename dep_count_open dep_counting", "remove dep_count_open"] {
        let sandbox = Sandbox::synced();
        fs::remove_file(sandbox.path(STATE)).unwrap();
        let run = sandbox.run(command);
        assert_eq!(run.code, Some(0), "{run:#?}");
        assert!(run.stderr.starts_with("warning: nothing was recorded yet of 10 translations in `uk`"), "{run:#?}");
    }
}

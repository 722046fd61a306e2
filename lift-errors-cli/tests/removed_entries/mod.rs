//! Entries that are removed, with what only they used.

use crate::sandbox::Sandbox;
use crate::{COMPLETE, ERRORS, MANIFEST, STATE, UKRAINIAN};

#[test]
fn remove_leaves_the_tombstone_of_a_released_code() {
    let sandbox = Sandbox::synced();
    sandbox.write("catalog/catalog.lock", "# kept\n\n[dep_shelf_unknown]\nid = \"DEP-0001\"\nstatus = 404\nretry = \"after_change\"\nparams = [\"shelf: text\"]\ndraft = true\n");
    let run = sandbox.run("remove dep_shelf_unknown --in banana");
    assert!(run.fails(2).starts_with("error: `banana` is not a version\n"), "{run:#?}");
    // The version that added it has it.
    for version in ["0.0.1", "0.1.0"] {
        let run = sandbox.run(&format!("remove dep_shelf_unknown --in {version}"));
        let says = "`dep_shelf_unknown` is in version 0.1.0, so ";
        assert!(run.fails(2).contains(says) && run.stderr.contains("`--in 0.2.0`"), "{run:#?}");
    }
    sandbox.run("remove dep_shelf_unknown --in 0.4.0").succeeds();
    assert!(sandbox.read("catalog/catalog.lock").starts_with("# kept\n"));
    assert!(sandbox.read("catalog/catalog.lock").ends_with("draft = true\nremoved = \"0.4.0\"\n"));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.run("explain DEP-0001").succeeds().contains("was removed in 0.4.0"));
    for command in ["remove dep_shelf_unknown", "rename dep_shelf_unknown dep_shelf"] {
        let run = sandbox.run(command);
        assert!(run.fails(1).contains("the code `dep_shelf_unknown` was removed in version 0.4.0"), "{run:#?}");
    }
    for file in [ERRORS, UKRAINIAN, STATE] {
        assert!(!sandbox.read(file).contains("shelf_unknown"), "{file}");
    }
}

/// Somebody removed it by mistake, and others have its tombstone already.
#[test]
fn a_removed_draft_comes_back_as_what_it_was() {
    const LOCK: &str = "catalog/catalog.lock";
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "id = \"DEP-0001\"", "id = \"DEP-0001\"\ndraft = true");
    let before = sandbox.read(ERRORS);
    sandbox.run("lock").succeeds();
    let released = sandbox.read(LOCK);
    sandbox.run("remove dep_shelf_unknown --in 0.4.0").succeeds();
    // Both ways to write the file keep what the tombstone says.
    sandbox.run("lock --check").succeeds();
    sandbox.write(ERRORS, &before);
    let remedy = "if it is the same error again, delete the line `removed` in `catalog.lock`";
    assert!(sandbox.run("check").fails(1).contains(remedy));
    sandbox.replace(LOCK, "removed = \"0.4.0\"\n", "");
    assert_eq!(sandbox.read(LOCK), released);
    assert_eq!(sandbox.run("check").code, Some(0));
}

/// Programs match causes by their ids, so a writer who renames or removes one has to know.
#[test]
fn a_released_cause_is_one_that_clients_know() {
    let sandbox = Sandbox::synced();
    let cause = "dep_count_open.cause.colleague_counts";
    let says = |address: &str| format!("`{address}` was released: clients that match the cause must follow, too\n");
    let rename = format!("rename {cause} somebody_counts");
    assert!(!sandbox.run(&rename).succeeds().contains("was released"));
    sandbox.run("lock").succeeds();
    let renamed = "dep_count_open.cause.somebody_counts";
    assert!(sandbox.run(&format!("rename {renamed} colleague_counts")).succeeds().ends_with(&says(renamed)));
    sandbox.run("lock").succeeds();
    sandbox.replace(
        ERRORS,
        "id = \"colleague_counts\"",
        "id = \"x\"\ntext = \"Y.\"\nfixes = [\"close_it\"]\n\n[[dep_count_open.cause]]\nid = \"colleague_counts\"",
    );
    assert!(sandbox.run(&format!("remove {cause}")).succeeds().ends_with(&says(cause)));
}

/// `check` says that it is gone; the command writes what is missing.
#[test]
fn remove_leaves_the_tombstone_of_what_somebody_deleted() {
    let sandbox = Sandbox::synced();
    let entry = "id = \"DEP-0002\"\nstatus = 409\nretry = \"after_change\"\n";
    let others =
        "[dep_old]\nid = \"DEP-0008\"\nretry = \"never\"\n\n[field_error.dep_late]\n\n[field_error.dep_soon]\n";
    sandbox.write("catalog/catalog.lock", &format!("[dep_count_open]\n{entry}\n{others}"));
    let errors = sandbox.read(ERRORS);
    sandbox.write(ERRORS, &errors[..errors.find("[dep_count_open]").unwrap()]);
    assert!(sandbox.run("check").fails(1).contains("the code `dep_count_open` was released and is gone"));
    let before = sandbox.files();
    for what in ["dep_count_open", "dep_old", "field_error.dep_late"] {
        let run = sandbox.run(&format!("remove {what}"));
        assert!(run.fails(2).contains(&format!("`lift-errors remove {what} --in VERSION`")), "{run:#?}");
    }
    for (what, meant) in
        [("dep_count_opn", "dep_count_open"), ("dep_odl", "dep_old"), ("field_error.dep_soo", "dep_soon")]
    {
        let run = sandbox.run(&format!("remove {what} --in 0.4.0"));
        assert!(run.fails(1).contains(&format!("did you mean `{meant}`")), "{run:#?}");
    }
    assert_eq!(sandbox.files(), before);
    // One after the other, with and without translations.
    for what in ["dep_count_open", "dep_old", "field_error.dep_late", "field_error.dep_soon"] {
        sandbox.run(&format!("remove {what} --in 0.4.0")).succeeds();
    }
    let removed = "removed = \"0.4.0\"\n";
    assert!(sandbox.read("catalog/catalog.lock").starts_with(&format!("[dep_count_open]\n{entry}{removed}")));
    assert_eq!(sandbox.read("catalog/catalog.lock").matches(removed).count(), 4);
    assert!(![UKRAINIAN, STATE].iter().any(|file| sandbox.read(file).contains("dep_count_open")));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn remove_keeps_the_comments_that_are_not_about_the_entry() {
    const HEADER: &str = "#:schema schema/errors.json\n# Copyright Depot\n# SPDX-License-Identifier: MIT\n";
    let sandbox = Sandbox::synced();
    let errors = sandbox.read(ERRORS);
    let second = &errors[errors.find("[dep_count_open]").unwrap()..];
    let translated = sandbox.read(UKRAINIAN);
    let second_translated = &translated[translated.find("[dep_count_open]").unwrap()..];
    // With and without an empty line below the header.
    for between in ["\n# About shelves.\n", "# About shelves.\n", ""] {
        sandbox.write(ERRORS, &format!("{HEADER}{between}{errors}"));
        sandbox.write(UKRAINIAN, &format!("{HEADER}{between}{translated}"));
        sandbox.run("remove dep_shelf_unknown").succeeds();
        let kept = if between.starts_with('\n') { format!("{HEADER}\n") } else { HEADER.to_owned() };
        assert_eq!(sandbox.read(ERRORS), format!("{kept}{second}"));
        assert_eq!(sandbox.read(UKRAINIAN), format!("{kept}{second_translated}"));
        assert!(sandbox.run("check").code == Some(0));
    }
    sandbox.write(ERRORS, &errors);
    sandbox.write(UKRAINIAN, &translated);
    sandbox.run("remove dep_shelf_unknown").succeeds();
    assert_eq!(sandbox.read(ERRORS), second);

    // The heading of a section, above the last entry and above one between others.
    let section = "# -- Counts --\n\n# About counts.\n[dep_count_open]";
    let with_section = errors.replace("[dep_count_open]", section);
    sandbox.write(ERRORS, &with_section);
    sandbox.run("remove dep_count_open").succeeds();
    let first = &errors[..errors.find("\n[dep_count_open]").unwrap()];
    assert_eq!(sandbox.read(ERRORS), format!("{first}\n# -- Counts --\n"));
    let third = second.replace("dep_count_open", "dep_third").replace("DEP-0002", "DEP-0003").replace("409", "410");
    sandbox.write(ERRORS, &format!("{with_section}\n# Third.\n{third}"));
    sandbox.run("remove dep_count_open").succeeds();
    assert_eq!(sandbox.read(ERRORS), format!("{first}\n# -- Counts --\n\n# Third.\n{third}"));

    // The only entry.
    sandbox.write(ERRORS, &format!("{HEADER}\n# About counts.\n{second}"));
    sandbox.write(UKRAINIAN, "");
    let new = "new dep_more --title More";
    sandbox.run("remove dep_count_open").fails(1);
    sandbox.run(new).succeeds();
    let added = sandbox.read(ERRORS);
    assert!(added.contains("[dep_more]"), "{added}");
    sandbox.run("remove dep_count_open").succeeds();
    assert!(sandbox.read(ERRORS).starts_with(&format!("{HEADER}\n[dep_more]\n")), "{}", sandbox.read(ERRORS));
}

#[test]
fn remove_takes_what_only_the_entry_used_with_it() {
    let sandbox = Sandbox::synced();
    let manifest = sandbox.read(MANIFEST);
    let with_words = manifest.replace("[labels]", "glossary = [\"Depot\", \"Colleague\"]\n\n[labels]")
        + "\n[constants]\nmost = 7 # shelves\nleast = 1\n\n[[link]]\nid = \"map\"\nrel = \"help\"\nhref = \"https://example.com/map\"\n";
    sandbox.write(MANIFEST, &with_words);
    sandbox.replace(
        ERRORS,
        "The depot has no shelf of that name.",
        "The Depot has {most} shelves, on the [map](@map).",
    );
    sandbox.replace(ERRORS, "Nothing may leave", "For {least} Colleague nothing may leave");
    sandbox.replace(UKRAINIAN, "meaning = \"На складі немає полиці з такою назвою.\"\n", "");
    sandbox.replace(UKRAINIAN, "meaning = \"Ніщо не може залишити полицю, доки підрахунок не закрито.\"\n", "");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    let removed = sandbox.run("remove dep_shelf_unknown");
    assert!(
        removed.succeeds().ends_with(
            "removed the constant `most`: no other text names it\n\
             removed the link `map`: no other text names it\n\
             removed `Depot` of the glossary: no other text has it\n"
        ),
        "{removed:#?}"
    );
    let expected =
        manifest.replace("[labels]", "glossary = [\"Colleague\"]\n\n[labels]") + "\n[constants]\nleast = 1\n";
    assert_eq!(sandbox.read(MANIFEST), expected);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    // A word goes with its own comment, and leaves that of the word before.
    let words = "glossary = [\n  \"Colleague\", # who counts\n  \"Board\", # the place\n]";
    let commented = expected.replace("glossary = [\"Colleague\"]", words);
    sandbox.run("new dep_other --title Board").succeeds();
    sandbox.write(MANIFEST, &commented);
    sandbox.run("remove dep_other").succeeds();
    assert_eq!(sandbox.read(MANIFEST), commented.replace("  \"Board\", # the place\n", ""));
    // The heading of a section stays, too.
    let section = expected.replace("[constants]", "# -- Facts --\n\n# Of shelves.\n[constants]");
    sandbox.write(MANIFEST, &section.replace("[\"Colleague\"]", "[]"));
    sandbox.run("new dep_more --title More").succeeds();
    sandbox.run("remove dep_count_open").succeeds();
    assert!(sandbox.read(MANIFEST).ends_with("can do\"\n\n# -- Facts --\n"), "{}", sandbox.read(MANIFEST));
}

/// Nothing can be generated from a catalogue without entries.
#[test]
fn the_last_entry_goes_only_when_another_one_is_there() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        MANIFEST,
        "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
         reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = [\"errors.toml\"]\n",
    );
    sandbox.write(ERRORS, "");
    sandbox.run(&format!("new shop_sold_out {COMPLETE}")).succeeds();
    let help = "help: add one to a file of `files`";
    sandbox.assert_refused(&[("remove shop_sold_out", 1, help)]);
    sandbox.run("lock").succeeds();
    let help = "help: none of those in the lock file is left, and a catalogue without entries can't be compiled: add another entry";
    sandbox.assert_refused(&[("remove shop_sold_out --in 9.0.0", 1, help)]);
    sandbox.run(&format!("new shop_closed {COMPLETE}")).succeeds();
    sandbox.run("remove shop_sold_out --in 9.0.0").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

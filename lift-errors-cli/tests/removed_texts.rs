//! Texts that are removed, by the command or in the file alone, and what becomes of their translations.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;

const MANIFEST: &str = "catalog/catalog.toml";
const ERRORS: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";
const STATE: &str = "catalog/locales/uk.state.toml";

const SECOND_CAUSE: &str =
    "[[dep_shelf_unknown.cause]]\nid = \"moved\"\ntext = \"It was moved.\"\nfixes = [\"look_it_up\"]\n";

/// The catalogue with a second cause, and a review of its translation.
fn with_second_cause() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace(
        ERRORS,
        "[[dep_shelf_unknown.fix]]",
        &format!("# Since May.\n{SECOND_CAUSE}\n[[dep_shelf_unknown.fix]]"),
    );
    sandbox.replace(UKRAINIAN, "помилкою.\"\n", "помилкою.\"\nmoved = \"Її перенесли.\"\n");
    sandbox.run("sync").succeeds();
    sandbox.run("review uk dep_shelf_unknown.cause.moved dep_shelf_unknown.title").succeeds();
    sandbox
}

#[test]
fn a_translation_of_a_text_that_was_deleted_stops_nobody_and_keeps_its_record() {
    let sandbox = with_second_cause();
    let (errors, state) = (sandbox.read(ERRORS), sandbox.read(STATE));
    sandbox.replace(ERRORS, SECOND_CAUSE, "");
    let run = sandbox.run("check");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no faults, 1 warning\n"), "{run:#?}");
    assert!(
        run.stderr.starts_with("warning: `dep_shelf_unknown.cause.moved` is gone, but is still translated into `uk`\n"),
        "{run:#?}"
    );
    assert!(run.stderr.contains("--> catalog/locales/uk/errors.toml:8:1"), "{run:#?}");
    assert!(run.stderr.contains("`lift-errors remove dep_shelf_unknown.cause.moved`"), "{run:#?}");
    // The work of translators goes on, in commands that change files, too.
    for command in
        ["coverage uk", "sync", "review uk dep_count_open.title", "export po uk --out uk.po", "import po uk.po"]
    {
        sandbox.run(command).succeeds();
    }
    sandbox.run("rename dep_shelf_unknown dep_shelf").succeeds();
    sandbox.run("rename dep_shelf dep_shelf_unknown").succeeds();
    let moved = |state: &str| state.lines().find(|line| line.contains("cause.moved")).map(str::to_owned);
    let kept = moved(&sandbox.read(STATE)).unwrap();
    assert!(kept.contains("review = \"reviewed\", previous = \"It was moved.\" }"), "{kept}");
    // The text comes back.
    sandbox.write(ERRORS, &errors);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.run("sync").succeeds();
    assert_eq!(moved(&sandbox.read(STATE)), moved(&state));
}

#[test]
fn a_translation_that_changed_after_its_text_was_deleted_is_still_known() {
    let sandbox = with_second_cause();
    sandbox.replace(ERRORS, SECOND_CAUSE, "");
    sandbox.replace(UKRAINIAN, "Її перенесли.", "Полицю перенесли.");
    sandbox.run("sync").succeeds();
    assert_eq!(sandbox.run("check").stdout, "no faults, 1 warning\n");
    assert_eq!(sandbox.run("sync --check").succeeds(), "all 3 files are current\n");
}

#[test]
fn a_detail_that_gets_alternatives_stops_nobody() {
    let sandbox = Sandbox::synced();
    let two = "[[dep_count_open.detail]]\nid = \"any\"\ntext = \"It is counted.\"\n\n";
    sandbox.replace(ERRORS, "detail = \"The shelf is being counted.\"\n", "");
    sandbox.replace(ERRORS, "[[dep_count_open.cause]]", &format!("{two}[[dep_count_open.cause]]"));
    let run = sandbox.run("check");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no faults, 1 warning\n"), "{run:#?}");
    assert!(sandbox.run("coverage uk").succeeds().contains("missing dep_count_open.detail.any\n"));
    // An import has the alternatives in the place of the one text, whether that has forms or not.
    sandbox.run("sync").succeeds();
    sandbox.run("export po uk --out uk.po").succeeds();
    let untranslated = "msgid \"It is counted.\"\nmsgstr \"";
    sandbox.replace("uk.po", untranslated, &format!("{untranslated}Її рахують."));
    let before = ["catalog/locales/uk.state.toml", UKRAINIAN].map(|file| (file, sandbox.read(file)));
    let one = "detail = \"Полицю саме перераховують.\"";
    for old in [one, "detail.other = \"Рахують.\"", "detail = { other = \"Рахують.\" }"] {
        before.iter().for_each(|(file, text)| sandbox.write(file, text));
        sandbox.replace(UKRAINIAN, one, &format!("# For the warehouse.\n{old}"));
        sandbox.run("import po uk.po").succeeds();
        let texts = sandbox.read(UKRAINIAN);
        assert!(texts.contains("any = \"Її рахують.\"") && !texts.contains("Рахують."), "{texts}");
        assert!(texts.contains("# For the warehouse.\n") && sandbox.run("check").code == Some(0), "{texts}");
    }
    before.iter().for_each(|(file, text)| sandbox.write(file, text));
    let run = sandbox.run("remove dep_count_open.detail");
    assert!(run.succeeds().ends_with("removed `dep_count_open.detail`\n"), "{run:#?}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn what_is_left_of_a_deleted_entry_or_label_can_be_removed() {
    let sandbox = Sandbox::synced();
    let errors = sandbox.read(ERRORS);
    sandbox.write(ERRORS, &errors[errors.find("[dep_count_open]").unwrap()..]);
    sandbox.replace(MANIFEST, "fixes = \"What you can do\"\n", "");
    let run = sandbox.run("check");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no faults, 2 warnings\n"), "{run:#?}");
    assert!(run.stderr.contains("`lift-errors remove dep_shelf_unknown`"), "{run:#?}");
    sandbox.run("sync").succeeds();
    sandbox.run("remove labels.fixes").succeeds();
    let run = sandbox.run("remove dep_shelf_unknown");
    assert!(run.succeeds().ends_with("removed `dep_shelf_unknown`, which was never released\n"), "{run:#?}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    for file in [STATE, UKRAINIAN, "catalog/locales/uk/catalog.toml"] {
        let text = sandbox.read(file);
        assert!(!text.contains("shelf_unknown") && !text.contains("labels"), "{file}: {text}");
    }
}

#[test]
fn remove_takes_a_text_out_of_every_file() {
    let sandbox = with_second_cause();
    let run = sandbox.run("remove dep_shelf_unknown.cause.moved");
    assert!(run.succeeds().ends_with("removed `dep_shelf_unknown.cause.moved`\n"), "{run:#?}");
    let other = with_second_cause();
    other.replace(ERRORS, &format!("# Since May.\n{SECOND_CAUSE}\n"), "");
    other.replace(UKRAINIAN, "moved = \"Її перенесли.\"\n", "");
    for file in [ERRORS, UKRAINIAN] {
        assert_eq!(sandbox.read(file), other.read(file));
    }
    assert!(!sandbox.read(STATE).contains("moved"));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn remove_leaves_the_other_comments_of_an_inline_table() {
    let sandbox = with_second_cause();
    let row = "  row = { type = \"u32\", doc = \"The row.\", example = 3 }, # row\n";
    let moved = "  moved = \"Її перенесли до ряду {row}.\", # moved\n";
    let with_lines = |file: &str, name: &str, above: &str, below: &str| {
        let text = sandbox.read(file);
        let (before, tables) = text.split_once(&format!("\n[dep_shelf_unknown.{name}]\n")).unwrap();
        let (lines, after) = tables.split_once("\n\n").unwrap();
        let line = lines.lines().next().unwrap();
        let lines = format!("{name} = {{ # all\n{above}  {line}, # own\n{below}}}\n");
        sandbox.write(file, &format!("{before}{lines}\n{after}"));
    };
    with_lines(ERRORS, "params", "", row);
    with_lines(UKRAINIAN, "cause", moved, "");
    sandbox.replace(ERRORS, "It was moved.", "It was moved to row {row}.");
    let (errors, ukrainian) = (sandbox.read(ERRORS), sandbox.read(UKRAINIAN));
    sandbox.run("remove dep_shelf_unknown.cause.moved").succeeds();
    let second = SECOND_CAUSE.replace("moved.", "moved to row {row}.");
    assert_eq!(sandbox.read(ERRORS), errors.replace(row, "").replace(&format!("# Since May.\n{second}\n"), ""));
    assert_eq!(sandbox.read(UKRAINIAN), ukrainian.replace(moved, ""));
}

#[test]
fn remove_says_which_text_it_does_not_know_and_what_needs_it() {
    let sandbox = with_second_cause();
    sandbox.assert_refused(&[
        ("remove dep_shelf_unknown.cause.movd", 1, "did you mean `moved`?"),
        ("remove dep_shelf_unknwn.cause.moved", 1, "the catalogue has no code `dep_shelf_unknwn`"),
        ("remove labels.fixs", 1, "there is no `labels.fixs`: did you mean `fixes`?"),
        ("remove dep_shelf_unknown.fix.look_it_up", 1, "nothing was written: the catalogue would have these faults"),
        ("remove dep_shelf_unknown.title", 1, "nothing was written: the catalogue would have these faults"),
        ("remove dep_shelf_unknown.status", 2, "`CODE.cause.ID`"),
        ("remove dep_shelf_unknown.params.shelf", 2, "`CODE.cause.ID`"),
        ("remove dep_shelf_unknown.detail.other", 2, "`CODE.cause.ID`"),
        ("remove .", 2, "`CODE.cause.ID`"),
    ]);
}

/// A record says nothing about another translation that is the same.
#[test]
fn remove_leaves_the_records_of_equal_translations_alone() {
    let sandbox = with_second_cause();
    sandbox.replace(UKRAINIAN, "Назву написано з помилкою.", "Її перенесли.");
    sandbox.run("sync").succeeds();
    sandbox.run("review uk --all").succeeds();
    let state = sandbox.read(STATE);
    sandbox.replace(ERRORS, SECOND_CAUSE, "");
    sandbox.run("remove dep_shelf_unknown.cause.moved").succeeds();
    let kept: String = state.lines().filter(|line| !line.contains("moved")).map(|line| format!("{line}\n")).collect();
    assert_eq!(sandbox.read(STATE), kept);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    // The same for a whole entry.
    let both = sandbox.read(UKRAINIAN).replace("Колега перераховує запаси.", "Її перенесли.");
    sandbox.write(UKRAINIAN, &both);
    sandbox.run("sync").succeeds();
    let errors = sandbox.read(ERRORS);
    sandbox.write(ERRORS, &errors[..errors.find("[dep_count_open]").unwrap()]);
    sandbox.run("remove dep_count_open").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(!sandbox.read(STATE).contains("previous"), "{}", sandbox.read(STATE));
}

#[test]
fn phrases_are_removed_one_by_one_and_a_released_one_leaves_its_tombstone() {
    let sandbox = Sandbox::synced();
    let phrases = "[field_error.dep_late]\nsince = \"0.1.0\"\ntext = \"Too late.\"\n\n[field_error.dep_soon]\nsince = \"0.1.0\"\ntext = \"Too soon.\"\n\n";
    sandbox.write(ERRORS, &format!("{phrases}{}", sandbox.read(ERRORS)));
    sandbox.write(UKRAINIAN, &format!("[field_error]\ndep_late = \"Пізно.\"\n\n{}", sandbox.read(UKRAINIAN)));
    sandbox.write("catalog/catalog.lock", "[field_error.dep_late]\n\n[dep_gone]\nid = \"DEP-0009\"\nstatus = 404\nretry = \"never\"\nparams = []\nremoved = \"0.2.0\"\n");
    sandbox.run("sync").succeeds();
    sandbox.run("check").succeeds();
    sandbox.assert_refused(&[
        ("remove field_error", 1, "the catalogue has no code `field_error`"),
        ("remove term", 1, "the catalogue has no code `term`"),
        ("remove field_error.dep_late", 2, "`lift-errors remove field_error.dep_late --in VERSION`"),
        ("remove field_error.dep_late --in banana", 2, "`banana` is not a version"),
        ("remove field_error.dep_late --in 0.0.9", 2, "`field_error.dep_late` is in version 0.1.0"),
        ("remove dep_gone", 1, "was removed in version 0.2.0"),
    ]);
    sandbox.run("remove field_error.dep_late --in 0.4.0").succeeds();
    sandbox.run("remove field_error.dep_soon").succeeds();
    assert!(sandbox.read("catalog/catalog.lock").starts_with("[field_error.dep_late]\nremoved = \"0.4.0\"\n"));
    assert!(![ERRORS, UKRAINIAN, STATE].iter().any(|file| sandbox.read(file).contains("dep_late")));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// What `check` advises can be done, and nothing else: a translation of a text that is there is somebody's work.
#[test]
fn what_is_left_of_a_text_of_the_base_can_be_removed() {
    let sandbox = Sandbox::new();
    sandbox.replace(MANIFEST, "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    let own = "[not_found.cause]\nunknown_endpoint = \"Адреси немає.\"\n\n[field_error]\ntoo_small = \"Замало.\"\n";
    sandbox.write(UKRAINIAN, &format!("{own}\n{}", sandbox.read(UKRAINIAN)));
    sandbox.run("sync").succeeds();
    let before = sandbox.files();
    for text in ["not_found.cause.unknown_endpoint", "field_error.too_small", "not_found.meaning"] {
        let run = sandbox.run(&format!("remove {text}"));
        assert!(run.fails(1).contains(&format!("`{text}` is the base's")), "{run:#?}");
        assert_eq!(sandbox.files(), before, "{text}");
    }
    let without = "[not_found]\nwithout = [\"cause.unknown_endpoint\"]\n";
    sandbox.write(ERRORS, &format!("{without}\n{}", sandbox.read(ERRORS)));
    let run = sandbox.run("check");
    assert!(run.stderr.contains("`lift-errors remove not_found.cause.unknown_endpoint`"), "{run:#?}");
    sandbox.run("remove not_found.cause.unknown_endpoint").succeeds();
    assert!(!sandbox.read(UKRAINIAN).contains("not_found"));
    assert!(!sandbox.run("check").stderr.contains("unknown_endpoint"));
    // A phrase that replaces the base's is the base's again, also a released one.
    let errors = sandbox.read(ERRORS);
    sandbox.write(ERRORS, &format!("[field_error.too_small]\nsince = \"0.1.0\"\ntext = \"Too few.\"\n\n{errors}"));
    sandbox.write("catalog/catalog.lock", "[field_error.too_small]\nparams = [\"min: number\"]\n");
    sandbox.run("remove field_error.too_small").succeeds();
    assert_eq!(sandbox.read(ERRORS), errors);
    assert!(!sandbox.read("catalog/catalog.lock").contains("removed"));
}

/// A parameter that no other text names would be a fault without the text, and the text one without the parameter.
#[test]
fn a_parameter_goes_with_the_last_text_that_names_it() {
    let sandbox = with_second_cause();
    let before = sandbox.read(ERRORS);
    sandbox.replace(ERRORS, "It was moved.", "It was moved to row {row}.");
    sandbox.replace(
        ERRORS,
        "[dep_shelf_unknown.params]\n",
        "[dep_shelf_unknown.params]\nrow = { type = \"u32\", doc = \"The row.\", example = 3 }\n",
    );
    sandbox.replace(UKRAINIAN, "Її перенесли.", "Її перенесли до ряду {row}.");
    sandbox.run("sync").succeeds();
    let with_row = sandbox.read(ERRORS);
    // Clients know a parameter that was released.
    let lock = "[dep_shelf_unknown]\nid = \"DEP-0001\"\nstatus = 404\nretry = \"after_change\"\nparams = [\"row: u32\", \"shelf: text\"]\n";
    sandbox.write("catalog/catalog.lock", lock);
    let refused = sandbox.run("remove dep_shelf_unknown.cause.moved");
    assert!(
        refused
            .fails(1)
            .starts_with("error: no other text names the parameter `row` of `dep_shelf_unknown`, which was released"),
        "{refused:#?}"
    );
    assert_eq!(sandbox.read(ERRORS), with_row);
    // A fault of another text is that fault, even if it leaves a released parameter without a text.
    sandbox.replace(ERRORS, "to row {row}", "to row {rwo}");
    let run = sandbox.run("remove dep_shelf_unknown.cause.misspelt");
    assert!(run.fails(1).contains("did you mean `row`?") && !run.stderr.contains("released"), "{run:#?}");
    sandbox.write(ERRORS, &with_row);
    // Nobody knows a parameter that is newer than the last release.
    sandbox.write("catalog/catalog.lock", &lock.replace("\"row: u32\", ", ""));
    assert!(sandbox.run("remove dep_shelf_unknown.cause.moved").succeeds().ends_with(
        "removed the parameter `row` of `dep_shelf_unknown`: no other text names it; Rust that sets it must follow\n"
    ));
    assert_eq!(sandbox.read(ERRORS), before.replace(SECOND_CAUSE, "").replace("# Since May.\n\n", ""));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn an_alias_with_the_last_text_of_a_released_parameter_is_removed_as_the_help_says() {
    let sandbox = Sandbox::synced();
    let row = "row = { type = \"u32\", doc = \"The row.\", example = 3 }\n";
    let alias = "\n[dep_row_unknown]\nid = \"DEP-0003\"\nsame_as = \"dep_shelf_unknown\"\nsince = \"0.1.0\"\n\
        title = \"Unknown row\"\ndetail = \"There is no row {row}.\"\nmeaning = \"The depot has no row of that number.\"\n";
    sandbox.replace(ERRORS, "[dep_shelf_unknown.params]\n", &format!("[dep_shelf_unknown.params]\n{row}"));
    sandbox.replace(ERRORS, "status = 404\n", "status = 404\nstatus_default = true\n");
    sandbox.replace(ERRORS, "status = 409\n", "status = 404\n");
    sandbox.write(ERRORS, &(sandbox.read(ERRORS) + alias));
    sandbox.run("check").succeeds();
    let contract = "status = 404\nretry = \"after_change\"\nparams = [\"row: u32\", \"shelf: text\"]\n";
    let lock =
        format!("[dep_shelf_unknown]\nid = \"DEP-0001\"\n{contract}\n[dep_row_unknown]\nid = \"DEP-0003\"\n{contract}");
    sandbox.write("catalog/catalog.lock", &lock);
    let help = "name it in a text of `dep_shelf_unknown` first; if clients can do without it, delete both the parameter of \
        `dep_shelf_unknown` and the table of `dep_row_unknown` from their files; \
        `lift-errors remove dep_row_unknown --in 0.4.0` then writes the tombstone of `dep_row_unknown`";
    sandbox.assert_refused(&[("remove dep_row_unknown --in 0.4.0", 1, help)]);
    sandbox.replace(ERRORS, row, "");
    sandbox.replace(ERRORS, alias, "");
    sandbox.run("remove dep_row_unknown --in 0.4.0").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.read("catalog/catalog.lock").ends_with("removed = \"0.4.0\"\n"));
}

//! Translations that can't rot: what is recorded of them survives renames and merges, and what is doubtful is a warning.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod locale_folders;
#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;
use std::fs;
use std::path::Path;

const ENGLISH: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";
const STATE: &str = "catalog/locales/uk.state.toml";

/// The line of the state about a text.
fn record(sandbox: &Sandbox, address: &str) -> String {
    let state = sandbox.read(STATE);
    let line = state.lines().find(|line| line.starts_with(&format!("\"{address}\"")));
    line.unwrap_or_else(|| panic!("nothing is recorded of {address}:\n{state}")).to_owned()
}

/// The warnings of `check`, where there are no faults.
#[track_caller]
fn warnings(sandbox: &Sandbox) -> String {
    let run = sandbox.run("check");
    assert_eq!(run.code, Some(0), "{run:#?}");
    run.stderr
}

/// A second language with the same texts as Ukrainian, which is as good as any for these tests.
fn in_three_languages() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\", \"uk\", \"be\"]");
    sandbox.write("catalog/locales/be/errors.toml", &sandbox.read(UKRAINIAN));
    sandbox.run("sync").succeeds();
    sandbox
}

#[test]
fn a_text_that_is_renamed_and_changed_in_one_edit_is_stale() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ENGLISH, "\"misspelt\"", "\"deleted\"");
    sandbox.replace(ENGLISH, "The name is misspelt.", "A colleague has deleted the shelf.");
    sandbox.replace(UKRAINIAN, "misspelt =", "deleted =");
    let warnings = warnings(&sandbox);
    for part in [
        "the text of `dep_shelf_unknown.cause.deleted` has changed since it was translated into `uk`",
        "the text was: The name is misspelt.",
        "the text is now: A colleague has deleted the shelf.",
        "`uk` is: Назву написано з помилкою. (catalog/locales/uk/errors.toml:7:11)",
        "`lift-errors accept uk dep_shelf_unknown.cause.deleted`",
    ] {
        assert!(warnings.contains(part), "{part}\n{warnings}");
    }
    sandbox.run("sync").succeeds();
    assert!(sandbox.run("coverage uk").succeeds().contains("\nstale dep_shelf_unknown.cause.deleted\n"));
    sandbox.run("accept uk dep_shelf_unknown.cause.deleted").succeeds();
    assert_eq!(self::warnings(&sandbox), "");
}

/// A catalogue after a writer has changed a detail and a label, so that their translations are wrong.
fn with_wrong_translations() -> Sandbox {
    let sandbox = Sandbox::synced();
    let detail = "detail = \"There is no shelf {shelf}.\"";
    sandbox.replace(ENGLISH, detail, "detail = \"There is no such shelf.\"\nsupport = \"The shelf was {shelf}.\"");
    sandbox.replace("catalog/catalog.toml", "What you can do", "Press `F1`, or");
    sandbox
}

#[test]
fn a_translation_that_a_change_of_its_text_made_wrong_falls_back() {
    let sandbox = with_wrong_translations();
    let warning = "\
warning: the text of `dep_shelf_unknown.detail` has changed since it was translated into `uk`, and its translation no longer fits
 --> catalog/errors.toml:7:10
  |
7 | detail = \"There is no such shelf.\"
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^
  = note: the text was: There is no shelf {shelf}.
  = note: the text is now: There is no such shelf.
  = note: `uk` is: Полиці {shelf} немає. (catalog/locales/uk/errors.toml:3:10)
  = note: `uk`: the translation names `{shelf}`, which the text does not name
  = note: until it is translated again, readers of `uk` get the text in `en`
  = help: translate the text again
";
    for _ in 0..2 {
        let check = sandbox.run("check");
        assert_eq!((check.code, check.stdout.as_str()), (Some(0), "no faults, 2 warnings\n"), "{check:#?}");
        assert!(check.stderr.contains(warning), "{}", check.stderr);
        let shown = sandbox.run("preview dep_shelf_unknown --locale uk");
        let shown = shown.succeeds();
        assert!(shown.starts_with("Невідома полиця · DEP-0001, HTTP 404\n\nThere is no such shelf.\n"), "{shown}");
        let explained = sandbox.run("explain DEP-0001 --locale uk");
        assert!(!explained.succeeds().contains("Полиці {shelf} немає"), "{explained:#?}");
        sandbox.run("docs --out site").succeeds();
        assert!(
            sandbox.run("coverage uk").succeeds().ends_with("\nstale labels.fixes\nstale dep_shelf_unknown.detail\n")
        );
        // What is recorded does not make it right.
        sandbox.run("sync").succeeds();
    }
    // Nobody can say that it is right, and what is wrong with other texts is not the matter.
    for command in ["accept uk DEP-0001.detail", "accept --all-locales dep_shelf_unknown.detail"] {
        let refused = sandbox.run(command);
        let refused = refused.fails(1);
        assert!(refused.contains("names `{shelf}`") && refused.contains("error: 1 fault in"), "{refused}");
    }
    let reviewed = "2 stale texts left out because the source has changed:\n\
        stale labels.fixes: the translation does not fit the text\n\
        stale dep_shelf_unknown.detail: the translation does not fit the text\n";
    assert!(sandbox.run("review uk --all").succeeds().ends_with(reviewed));
    // A stale text is not missing.
    let fix = "\n[dep_count_open.fix]\nclose_it = \"Попросіть колегу закрити підрахунок.\"\n";
    let support = "\n[dep_shelf_unknown]\nsupport = \"Полиця {shelf}.\"\n";
    let translations = sandbox.read(UKRAINIAN) + fix;
    sandbox.write(UKRAINIAN, &translations.replace("[dep_shelf_unknown]\n", support.trim_start()));
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"errors.toml\"]\ncomplete = true");
    assert_eq!(sandbox.run("check").stdout, "no faults, 2 warnings\n");
    // It may be right for the text once more.
    sandbox.replace(ENGLISH, "There is no such shelf.", "There is no shelf {shelf}.");
    sandbox.replace("catalog/catalog.toml", "Press `F1`, or", "What you can do");
    assert_eq!(warnings(&sandbox), "");
}

/// Nobody can tell what made a translation wrong of which nothing is recorded, or not this translation.
#[test]
fn a_translation_that_its_translator_made_wrong_is_a_fault() {
    let unrecorded = with_wrong_translations();
    fs::remove_file(unrecorded.path(STATE)).unwrap();
    let changed = with_wrong_translations();
    changed.replace(UKRAINIAN, "Полиці {shelf} немає.", "Немає полиці {shelf}.");
    let current = Sandbox::synced();
    current.replace(UKRAINIAN, "Полиці {shelf} немає.", "Такої полиці немає.");
    current.run("sync").succeeds();
    // Of records that can't be read nobody can tell either: they are mended first.
    let damaged = with_wrong_translations();
    damaged.write(STATE, "\"dep_shelf_unknown.detail\" = {");
    let check = damaged.run("check");
    assert!(
        check.stderr.contains("uk.state.toml:1:")
            && check.stderr.ends_with("\nerror: 1 fault in `catalog/catalog.toml` and its files\n"),
        "{check:#?}"
    );
    for (sandbox, message) in [
        (unrecorded, "the translation names `{shelf}`, which the text does not name"),
        (changed, "the translation names `{shelf}`, which the text does not name"),
        (current, "the translation lacks `{shelf}`"),
    ] {
        for command in ["check", "preview dep_shelf_unknown", "docs --out site"] {
            let run = sandbox.run(command);
            assert!(run.code == Some(1) && run.stderr.contains(message), "{command}: {run:#?}");
        }
        sandbox.run("sync");
        assert!(sandbox.run("coverage uk").succeeds().contains("\nstale dep_shelf_unknown.detail\n"));
    }
}

#[test]
fn a_description_that_names_an_error_which_is_gone_falls_back() {
    let sandbox = Sandbox::new();
    for (file, text) in [(ENGLISH, "See [that one](#dep_count_open)."), (UKRAINIAN, "Див. [те](#dep_count_open).")]
    {
        let head = "[dep_shelf_unknown]\n";
        sandbox.replace(file, head, &format!("{head}description = \"{text}\"\n"));
    }
    sandbox.run("sync").succeeds();
    let english = sandbox.read(ENGLISH).replace("See [that one](#dep_count_open).", "Look around.");
    sandbox.write(ENGLISH, &english[..english.find("[dep_count_open]").unwrap()]);
    let warnings = warnings(&sandbox);
    let warning = "the text of `dep_shelf_unknown.description` has changed since it was translated into `uk`, and its translation \
                   no longer fits";
    assert!(warnings.contains(warning), "{warnings}");
    assert!(sandbox.run("explain DEP-0001 --locale uk").succeeds().contains("Look around."));
}

#[test]
fn a_review_of_all_leaves_copies_out() {
    let sandbox = Sandbox::synced();
    sandbox.replace(UKRAINIAN, "Полиці {shelf} немає.", "There is no shelf {shelf}.");
    let reviewed = sandbox.run("review uk --all");
    assert!(reviewed.succeeds().ends_with("name it:\ncopied dep_shelf_unknown.detail\n"), "{reviewed:#?}");
    sandbox.run("review uk dep_shelf_unknown.detail").succeeds();
    assert!(!sandbox.run("review uk --all").succeeds().contains("copied"));
}

#[test]
fn a_renamed_id_keeps_its_review() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk --all").succeeds();
    sandbox.replace(ENGLISH, "\"misspelt\"", "\"wrong_name\"");
    sandbox.replace(UKRAINIAN, "misspelt =", "wrong_name =");
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_shelf_unknown.cause.wrong_name").contains("\"reviewed\""));
    // A code as well.
    for file in [ENGLISH, UKRAINIAN] {
        sandbox.replace(file, "dep_count_open", "dep_count_runs");
    }
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_count_runs.title").contains("\"reviewed\""));
    assert!(!sandbox.read(STATE).contains("\"draft\""), "{}", sandbox.read(STATE));
    // Another translation is not the one that was reviewed.
    sandbox.replace(ENGLISH, "\"wrong_name\"", "\"bad_name\"");
    sandbox.replace(UKRAINIAN, "wrong_name = \"Назву", "bad_name = \"Ім'я");
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_shelf_unknown.cause.bad_name").contains("\"draft\""));
}

/// What was recorded of a translation is not about the one that it was mixed up with.
#[test]
fn a_corrected_mix_up_of_two_translations_is_not_a_change_of_the_source() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk --all").succeeds();
    let swap = |file: &str, first: &str, second: &str| {
        sandbox.replace(file, first, "\u{1a}");
        sandbox.replace(file, second, first);
        sandbox.replace(file, "\u{1a}", second);
    };
    let (cause, fix) = ("Назву написано з помилкою.", "Знайдіть назву на табличці полиці.");
    swap(UKRAINIAN, cause, fix);
    assert_eq!(warnings(&sandbox), "");
    sandbox.run("sync").succeeds();
    for address in ["dep_shelf_unknown.cause.misspelt", "dep_shelf_unknown.fix.look_it_up"] {
        assert!(record(&sandbox, address).ends_with("review = \"draft\" }"), "{}", record(&sandbox, address));
    }
    assert_eq!(warnings(&sandbox), "");
    // Two texts that change places with their translations keep their reviews.
    sandbox.run("review uk --all").succeeds();
    swap(UKRAINIAN, "Триває підрахунок", "Невідома полиця");
    swap(ENGLISH, "A count is open", "Unknown shelf");
    sandbox.run("sync").succeeds();
    assert!(!sandbox.read(STATE).contains("\"draft\""), "{}", sandbox.read(STATE));
    assert_eq!(warnings(&sandbox), "");
}

#[test]
fn the_previous_text_is_kept_while_a_translation_is_stale() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_shelf_unknown.title").ends_with(", previous = \"Unknown shelf\" }"));
    sandbox.replace(ENGLISH, "\"No such shelf\"", "\"Shelf unknown\"");
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_shelf_unknown.title").ends_with(", previous = \"Unknown shelf\" }"));
    let shown = warnings(&sandbox);
    assert!(shown.contains("the text was: Unknown shelf\n"), "{shown}");
    sandbox.replace(UKRAINIAN, "Невідома полиця", "Такої полиці немає");
    sandbox.run("sync").succeeds();
    assert!(!record(&sandbox, "dep_shelf_unknown.title").contains("previous"));
    assert_eq!(warnings(&sandbox), "");
}

/// It is also kept for a language that is off the list for a while.
#[test]
fn the_previous_text_is_kept_while_a_locale_is_not_listed() {
    let sandbox = in_three_languages();
    let manifest = sandbox.read("catalog/catalog.toml");
    sandbox.replace("catalog/catalog.toml", "\"uk\", \"be\"", "\"be\"");
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    assert_eq!(sandbox.run("sync --check").code, Some(1));
    sandbox.run("sync");
    assert!(record(&sandbox, "dep_shelf_unknown.title").ends_with(", previous = \"Unknown shelf\" }"));
    assert_eq!(sandbox.run("sync --check").code, Some(0));
    // Of translations that can't be read, all that was recorded is kept.
    let (state, translations) = (sandbox.read(STATE), sandbox.read(UKRAINIAN));
    sandbox.write(UKRAINIAN, "[broken");
    sandbox.replace(ENGLISH, "\"No such shelf\"", "\"Shelf unknown\"");
    sandbox.run("sync");
    assert_eq!(sandbox.read(STATE), state);
    sandbox.write(UKRAINIAN, &translations);
    sandbox.write("catalog/catalog.toml", &manifest);
    assert!(warnings(&sandbox).contains("the text was: Unknown shelf\n"));
    // Also where it is the only one.
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    sandbox.run("sync").succeeds();
    for (before, after) in [("\"Unknown shelf\"", "\"No such shelf\""), ("\"No such shelf\"", "\"Shelf unknown\"")] {
        sandbox.replace(ENGLISH, before, after);
        sandbox.run("sync").succeeds();
        assert!(record(&sandbox, "dep_shelf_unknown.title").ends_with(", previous = \"Unknown shelf\" }"));
    }
    sandbox.replace("catalog/catalog.toml", "[\"en\"]", "[\"en\", \"uk\"]");
    assert!(warnings(&sandbox).contains("the text was: Unknown shelf\n"));
}

#[test]
fn a_previous_text_with_plural_forms_is_kept_whole() {
    let sandbox = Sandbox::synced();
    let forms = |one: &str| {
        format!(
            "detail = {{ plural = \"days\", one = \"{one} in {{days}} day.\", other = \"Open in {{days}} days, {{hours}} h.\" }}"
        )
    };
    let parameters = "\n[dep_count_open.params]\ndays = { type = \"u32\", doc = \"Days.\", example = 2 }\n\
        hours = { type = \"u32\", doc = \"Hours.\", example = 2 }\n\n[[dep_count_open.cause]]";
    sandbox.replace(ENGLISH, "detail = \"The shelf is being counted.\"", &forms("Open {hours} h"));
    sandbox.replace(ENGLISH, "\n[[dep_count_open.cause]]", parameters);
    sandbox.replace(UKRAINIAN, "Полицю саме перераховують.", "{hours}, {days}");
    sandbox.replace(UKRAINIAN, "detail = \"{hours}, {days}\"", "detail = \"Години: {hours}, дні: {days}\"");
    sandbox.run("sync").succeeds();
    sandbox.replace(ENGLISH, "Open {hours} h", "Open, {hours} h");
    sandbox.run("sync").succeeds();
    let record = record(&sandbox, "dep_count_open.detail");
    let previous = "previous = { plural = \"days\", one = \"Open {hours} h in {days} day.\", other = \"Open in {days} days, {hours} h.\" } }";
    assert!(record.ends_with(previous), "{record}");
    let shown = warnings(&sandbox);
    assert!(shown.contains("the text was: one: Open {hours} h in {days} day. | other: Open"), "{shown}");
    assert!(sandbox.run("sync").succeeds().starts_with("all "));
    sandbox.run("accept uk dep_count_open.detail").succeeds();
    // The forms are the same, and another number selects them.
    sandbox.replace(ENGLISH, "plural = \"days\"", "plural = \"hours\"");
    let shown = warnings(&sandbox);
    for (when, selector) in [("was", "days"), ("is now", "hours")] {
        let forms = "one: Open, {hours} h in {days} day. | other: Open in {days} days, {hours} h.";
        assert!(shown.contains(&format!("the text {when}: {forms}, by `{selector}`\n")), "{shown}");
    }
    sandbox.replace(ENGLISH, "plural = \"hours\"", "plural = \"days\"");
    // Also if what selected the form is gone from the catalogue.
    let english = sandbox.read(ENGLISH);
    let whole = english.find("detail = { plural").unwrap();
    let line = &english[whole..whole + english[whole..].find('\n').unwrap()];
    sandbox.replace(ENGLISH, line, "detail = \"Open for {hours} h.\"");
    sandbox.replace(ENGLISH, "days = { type = \"u32\", doc = \"Days.\", example = 2 }\n", "");
    sandbox.run("sync").succeeds();
    assert!(self::record(&sandbox, "dep_count_open.detail").contains("previous = { plural = \"days\", one = \"Open, "));
}

#[test]
fn a_changed_text_is_one_warning_for_all_languages() {
    let sandbox = in_three_languages();
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"Unknown Shelf\"");
    let shown = warnings(&sandbox);
    assert_eq!(shown.matches("warning:").count(), 1, "{shown}");
    for part in ["into `uk`, `be`\n", "`uk` is: Невідома полиця (", "`be` is: Невідома полиця ("]
    {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert_eq!(shown.matches("the text was: Unknown shelf\n").count(), 1, "{shown}");
    let accepted = sandbox.run("accept --all-locales DEP-0001.title");
    assert!(accepted.succeeds().ends_with("accepted 1 text in every locale that has it\n"), "{accepted:#?}");
    assert_eq!(warnings(&sandbox), "");
    // A text counts once, by whatever name.
    let both = "DEP-0001.title dep_shelf_unknown.title DEP-0001.title";
    for (command, done) in [("accept uk", "accepted"), ("review uk", "reviewed")] {
        sandbox.replace(ENGLISH, "\"Unknown Shelf\"", "\"No Shelf\"");
        let run = sandbox.run(&format!("{command} {both}"));
        assert!(run.succeeds().contains(&format!("{done} 1 text in `uk`\n")), "{run:#?}");
        let told = "dep_shelf_unknown.title was stale; it now counts as a translation of the current source\n";
        assert_eq!(run.stdout.ends_with(told), done == "reviewed", "{run:#?}");
        sandbox.replace(ENGLISH, "\"No Shelf\"", "\"Unknown Shelf\"");
        sandbox.run("accept --all-locales DEP-0001.title").succeeds();
    }
    let unknown = sandbox.run("accept --all-locales dep_shelf_unknown.titel");
    assert!(unknown.fails(1).contains("no locale has a translation of `dep_shelf_unknown.titel`: did you mean"));
}

#[test]
fn a_state_file_survives_a_merge() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk dep_count_open.title").succeeds();
    let (state, title) = (sandbox.read(STATE), record(&sandbox, "dep_shelf_unknown.title"));
    // Both sides have changed the line: theirs is about a translation that is not there.
    let other = title.replace("translation = \"", "translation = \"0").replace("\", review", ", review");
    let other = other.replacen(", review", "\", review", 1);
    let other = {
        let (head, tail) = other.split_once("translation = \"").unwrap();
        let (digits, rest) = tail.split_once('"').unwrap();
        format!("{head}translation = \"{}\"{rest}", &digits[..12])
    };
    for merged in [
        format!("<<<<<<< HEAD\n{other}\n||||||| base\n{title}\n=======\n{title}\n>>>>>>> branch"),
        format!("{title}\n{other}"),
        format!("{other}\n{title}"),
    ] {
        sandbox.write(STATE, &state.replace(&title, &merged));
        let shown = warnings(&sandbox);
        assert!(shown.contains("the file has the lines of both sides of a merge"), "{shown}");
        assert!(!shown.contains("has changed since"), "{shown}");
        sandbox.run("sync").succeeds();
        assert_eq!(sandbox.read(STATE), state);
    }
    // One side has accepted the present text.
    let stale = {
        let (head, tail) = title.split_once("source = \"").unwrap();
        format!("{head}source = \"000000000000{}", &tail[12..])
    };
    sandbox.write(STATE, &state.replace(&title, &format!("{stale}\n{title}\n{stale}")));
    assert!(!warnings(&sandbox).contains("has changed since"));
    // Theirs is a new translation of the earlier text, which only ours knows.
    sandbox.write(STATE, &state);
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    let ours = {
        sandbox.run("sync").succeeds();
        record(&sandbox, "dep_shelf_unknown.title")
    };
    let stale = sandbox.read(STATE);
    sandbox.replace(ENGLISH, "\"No such shelf\"", "\"Unknown shelf\"");
    sandbox.replace(UKRAINIAN, "Невідома полиця", "Полиця невідома");
    let theirs = {
        sandbox.run("sync").succeeds();
        record(&sandbox, "dep_shelf_unknown.title")
    };
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    sandbox.run("sync").succeeds();
    sandbox.write(STATE, &stale.replace(&ours, &format!("{ours}\n{theirs}")));
    assert!(warnings(&sandbox).contains("the text was: Unknown shelf\n"), "{}", warnings(&sandbox));
    sandbox.run("sync").succeeds();
    assert!(record(&sandbox, "dep_shelf_unknown.title").ends_with(", previous = \"Unknown shelf\" }"));
    // Anything else that is broken is still a fault.
    sandbox.write(STATE, &state.replace(&title, "\"dep_shelf_unknown.title\" = {"));
    assert!(sandbox.run("check").fails(1).contains("invalid TOML"));
}

#[test]
fn a_state_file_that_was_lost_is_a_warning_when_it_is_made_anew() {
    let sandbox = in_three_languages();
    fs::remove_file(sandbox.path(STATE)).unwrap();
    let run = sandbox.run("sync");
    assert_eq!(run.code, Some(0), "{run:#?}");
    assert!(run.stderr.contains("nothing was recorded yet of 10 translations in `uk`"), "{run:#?}");
    assert!(!run.stderr.contains("`be`"), "{run:#?}");
    assert!(run.stderr.contains("bring `catalog/locales/uk.state.toml` back"), "{run:#?}");
    sandbox.run("sync").succeeds();
}

#[test]
fn a_copy_of_the_source_is_not_a_translation_until_it_is_reviewed() {
    let sandbox = Sandbox::synced();
    sandbox.replace(UKRAINIAN, "Назву написано з помилкою.", "The name is misspelt.");
    sandbox.run("sync").succeeds();
    let listed = sandbox.run("coverage uk");
    let listed = listed.succeeds();
    assert!(listed.contains("uk                9   81 %"), "{listed}");
    assert!(listed.contains("\nmissing dep_shelf_unknown.cause.misspelt: a copy of the source\n"), "{listed}");
    let shown = warnings(&sandbox);
    assert!(shown.contains("this text in `uk` is that of the default locale"), "{shown}");
    sandbox.run("review uk dep_shelf_unknown.cause.misspelt").succeeds();
    assert_eq!(warnings(&sandbox), "");
    assert!(sandbox.run("coverage").succeeds().contains("uk               10   90 %"));
}

#[test]
fn numbers_that_differ_from_the_source_are_a_warning() {
    let sandbox = Sandbox::new();
    sandbox.replace(ENGLISH, "The name is misspelt.", "The shelf has more than 1,000 boxes.");
    sandbox.replace(UKRAINIAN, "Назву написано з помилкою.", "На полиці понад 1\u{a0}000 коробок.");
    assert_eq!(warnings(&sandbox), "");
    sandbox.replace(UKRAINIAN, "1\u{a0}000", "10\u{a0}000");
    let shown = warnings(&sandbox);
    assert!(shown.contains("the numbers of this translation are `10000`, those of the text `1000`"), "{shown}");
    sandbox.run("sync").succeeds();
    sandbox.run("review uk dep_shelf_unknown.cause.misspelt").succeeds();
    assert_eq!(warnings(&sandbox), "");
}

#[test]
fn a_count_without_plural_forms_is_a_warning() {
    let sandbox = Sandbox::new();
    let with_parameter = |detail: &str| {
        let sandbox = Sandbox::new();
        sandbox.replace(ENGLISH, "detail = \"The shelf is being counted.\"", detail);
        sandbox.replace(
            ENGLISH,
            "\n[[dep_count_open.cause]]",
            "\n[dep_count_open.params]\nboxes = { type = \"u32\", doc = \"Boxes.\", example = 2 }\n\n[[dep_count_open.cause]]",
        );
        sandbox
    };
    let counted = with_parameter("detail = \"The shelf has {boxes} boxes.\"");
    counted.replace(UKRAINIAN, "Полицю саме перераховують.", "Коробок на полиці: {boxes}.");
    let shown = warnings(&counted);
    assert!(shown.contains("the text counts `{boxes}` and has one form for every number"), "{shown}");
    assert!(shown.contains("each plural category of `en`: `one`, `other`"), "{shown}");
    let forms = "detail = { one = \"The shelf has {boxes} box.\", other = \"The shelf has {boxes} boxes.\" }";
    let counted = with_parameter(forms);
    counted.replace(UKRAINIAN, "Полицю саме перераховують.", "Коробок на полиці: {boxes}.");
    assert_eq!(warnings(&counted), "");
    counted.replace(UKRAINIAN, "Коробок на полиці: {boxes}.", "На полиці {boxes} коробок.");
    assert!(warnings(&counted).contains("each plural category of `uk`: `one`, `few`, `many`"));
    assert_eq!(warnings(&sandbox), "");
}

#[test]
fn invisible_characters_and_foreign_markup_are_warnings() {
    for (text, warning) in [
        ("The name\u{200b} is misspelt.", "the text has a zero-width space, U+200B"),
        ("The name is mis\u{ad}spelt.", "the text has a soft hyphen, U+00AD"),
        ("The name\u{a0}was misspelt.", "the text has a no-break space, U+00A0"),
        ("The name is **misspelt**.", "the text has the markup `**`"),
        ("The name is <b>misspelt</b>.", "the text has the markup `<b>`"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.replace(ENGLISH, "The name is misspelt.", text);
        let shown = warnings(&sandbox);
        assert!(shown.contains(warning), "{text:?}\n{shown}");
        assert!(shown.contains("= help: remove it"), "{shown}");
    }
    let sandbox = Sandbox::new();
    sandbox.replace(ENGLISH, "The name is misspelt.", "The name\\u00A0was misspelt.");
    assert_eq!(warnings(&sandbox), "");
}

#[test]
fn the_translation_that_the_guide_shows_is_right() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lift-errors/src/guide/translations.md");
    let guide = fs::read_to_string(guide).unwrap();
    let example = guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"lift\"");
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\", \"uk\", \"pl\"]");
    sandbox.write("catalog/locales/pl/errors.toml", example);
    assert_eq!(warnings(&sandbox), "");
    let shown = sandbox.run("preview forbidden --locale pl");
    assert!(shown.succeeds().contains("Poproś administratora OpenBoxes w swojej organizacji"), "{shown:#?}");
}

/// A text that is written as a form may be one of the first tables of its file.
#[test]
fn an_import_of_a_single_form_keeps_all_comments() {
    let sandbox = Sandbox::new();
    let forms = "# Copyright Example.\n\n# Ask legal.\n[dep_count_open.title] # heading\n# above\nother = \"Рахують\" # legal\n\n\
                 # Causes: reviewed.\n[dep_count_open.cause]\n";
    sandbox.replace(UKRAINIAN, "[dep_count_open]\ntitle = \"Триває підрахунок\"\n", "");
    let texts = sandbox.read(UKRAINIAN);
    let (entry, causes) = texts.split_once("detail = \"Полицю").unwrap();
    let causes = causes.split_once("[dep_count_open.cause]\n").unwrap().1;
    sandbox.write(UKRAINIAN, &format!("{forms}{causes}\n{entry}"));
    sandbox.run("sync").succeeds();
    sandbox.run("export po uk --out uk.po").succeeds();
    sandbox.replace("uk.po", "msgstr \"Рахують\"", "msgstr \"Полицю рахують\"");
    sandbox.run("import po uk.po").succeeds();
    let texts = sandbox.read(UKRAINIAN);
    assert!(texts.contains("title = \"Полицю рахують\""), "{texts}");
    for comment in ["# Copyright Example.", "# Ask legal.", "# heading", "# above", "# legal", "# Causes: reviewed."] {
        assert_eq!(texts.matches(comment).count(), 1, "{comment}: {texts}");
    }
}

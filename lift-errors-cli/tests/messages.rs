//! Messages of the whole command: a fault that others follow from comes alone, long lists are short, help fits the terminal.
//! The message of each rule has its catalogue in `tests/ui`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Run, Sandbox, command_in, run_in};
use std::fs;

const ERRORS: &str = "catalog/errors.toml";
const LOCK: &str = "catalog/catalog.lock";
const STATE: &str = "catalog/locales/uk.state.toml";

/// The headlines of a report.
fn headlines(report: &str) -> Vec<&str> {
    report.lines().filter(|line| line.starts_with("error: ") || line.starts_with("warning: ")).collect()
}

#[test]
fn a_file_that_is_not_a_manifest_names_the_manifest() {
    let sandbox = Sandbox::synced();
    sandbox.run("lock").succeeds();
    let files = [ERRORS, "catalog/locales/uk/errors.toml", "catalog/locales/uk/catalog.toml", STATE, LOCK];
    for file in files {
        for command in ["check", "fmt", "new dep_late", "rename dep_count_open dep_count", "remove dep_count_open"] {
            let run = sandbox.run(&format!("{command} --manifest {file}"));
            let report = run.fails(1);
            let headline = "error: this file is not a manifest; it belongs to `catalog/catalog.toml`";
            assert_eq!(headlines(report), [headline, &format!("error: 1 fault in `{file}` and its files")]);
            assert!(report.contains("= help: name that file: `catalog/catalog.toml`"), "{report}");
        }
    }
    for command in ["check", "fmt"] {
        let run = sandbox.run(&format!("{command} --manifest catalog"));
        assert!(run.fails(3).contains("= help: name the manifest in it: `catalog/catalog.toml`"), "{run:#?}");
    }
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let run = sandbox.run(&format!("check --manifest {readme}"));
    assert_eq!(headlines(run.fails(1))[0], "error: this is not a TOML file");
    assert!(run.stderr.lines().count() < 10, "{run:#?}");
}

/// Nothing is in it that could be named.
#[test]
fn a_folder_in_the_place_of_a_file_is_to_be_moved() {
    for (file, command) in [(LOCK, "lock"), (STATE, "sync"), (ERRORS, "check")] {
        let sandbox = Sandbox::synced();
        let _ = fs::remove_file(sandbox.path(file));
        fs::create_dir(sandbox.path(file)).unwrap();
        let run = sandbox.run(command);
        assert!(run.fails(1).contains(": it is a folder\n"), "{run:#?}");
        assert!(run.stderr.contains("= help: move the folder: its place is that of a file\n"), "{run:#?}");
    }
    let sandbox = Sandbox::synced();
    fs::remove_dir_all(sandbox.path("catalog/locales/en")).unwrap();
    sandbox.write("catalog/locales/en", "");
    for command in ["sync", "sync --check", "new dep_late"] {
        let run = sandbox.run(command);
        assert!(run.fails(3).contains("/en/catalog.toml`: `catalog/locales/en` is a file\n"), "{run:#?}");
    }
}

/// It works where it is pasted.
#[test]
fn an_advised_command_names_the_manifest_in_use() {
    let sandbox = Sandbox::synced();
    let manifest = "my catalogue/catalog.toml";
    fs::rename(sandbox.path("catalog"), sandbox.path("my catalogue")).unwrap();
    sandbox.replace("my catalogue/errors.toml", "Unknown shelf", "Unknown Shelf");
    let run = |arguments: &[&str]| {
        let mut command = command_in(&sandbox.root, "");
        Run::new(&arguments.join(" "), command.args(arguments).output().unwrap())
    };
    let shown = run(&["check", "--manifest", manifest]);
    let quoted = if cfg!(windows) { format!("\"{manifest}\"") } else { format!("'{manifest}'") };
    let advised = format!("`lift-errors accept uk dep_shelf_unknown.title --manifest {quoted}`");
    assert!(shown.stderr.contains(&advised), "{shown:#?}");
    run(&["accept", "uk", "dep_shelf_unknown.title", "--manifest", manifest]).succeeds();
    run(&["check", "--manifest", manifest]).succeeds();
    let shown = run(&["new", "--manifest", manifest]);
    assert!(shown.fails(2).contains(&format!("`lift-errors new dep_not_found --manifest {quoted}`")), "{shown:#?}");
    let shown = run(&["init", "--folder", "my catalogue"]);
    assert!(
        shown.fails(1).contains(&format!("`lift-errors new --manifest {quoted}` adds an entry to it")),
        "{shown:#?}"
    );
    // Without the option the command finds the catalogue by itself.
    let shown = run_in(&sandbox.path("my catalogue"), "new");
    assert!(shown.fails(2).contains("`lift-errors new dep_not_found`"), "{shown:#?}");
}

#[test]
fn a_misspelt_file_is_the_only_fault() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"error.toml\"]");
    let run = sandbox.run("check");
    let expected = [
        "error: can't read `error.toml`: the file does not exist",
        "error: 1 fault in `catalog/catalog.toml` and its files",
    ];
    assert_eq!(headlines(run.fails(1)), expected);
    assert!(run.stderr.contains("= help: did you mean `errors.toml`?"), "{run:#?}");
}

#[test]
fn a_merge_of_both_kinds_of_files_is_one_message() {
    let sandbox = Sandbox::synced();
    let conflict = "<<<<<<< HEAD\ntitle = \"Unknown shelf\"\n=======\ntitle = \"No shelf\"\n>>>>>>> other\n";
    sandbox.replace(ERRORS, "title = \"Unknown shelf\"\n", conflict);
    let run = sandbox.run("check");
    assert_eq!(
        headlines(run.fails(1)),
        ["error: an unresolved merge", "error: 1 fault in `catalog/catalog.toml` and its files"]
    );
}

/// A record of the state file can't be written by hand, so no remedy asks for that.
#[test]
fn a_broken_record_is_removed_and_written_again() {
    for (old, new) in [
        ("\"dep_count_open.title\" = {", "\"dep_count_open.title\" = 5 #"),
        ("\"dep_count_open.title\" = { source = \"", "\"dep_count_open.title\" = { source = 7, previous = \""),
        ("\"dep_count_open.title\" = { source = ", "\"dep_count_open.title\" = { previous = "),
    ] {
        let sandbox = Sandbox::synced();
        sandbox.replace(STATE, old, new);
        let run = sandbox.run("check");
        let report = run.fails(1);
        assert_eq!(headlines(report).len(), 2, "{report}");
        assert!(report.contains("remove the whole record: `lift-errors sync` writes it again"), "{report}");
        let kept = sandbox
            .read(STATE)
            .lines()
            .filter(|line| !line.starts_with("\"dep_count_open.title\""))
            .collect::<Vec<_>>()
            .join("\n");
        sandbox.write(STATE, &kept);
        sandbox.run("sync").succeeds();
        assert!(sandbox.read(STATE).contains("\"dep_count_open.title\" = { source = \""));
    }
}

#[test]
fn a_long_list_is_capped_and_counted_by_rule() {
    let sandbox = Sandbox::synced();
    let entry = |number: usize| {
        format!(
            "\n[dep_n{number}]\nid = \"DEP-{number:04}\"\nstatus = 409\nsince = \"0.1.0\"\nseverity = \"info\"\ntitle = \"One\"\nretry = {{ kind = \"never\" }}\n"
        )
    };
    let entries: String = (1000..3000).map(entry).collect();
    sandbox.write(ERRORS, &(sandbox.read(ERRORS) + &entries));
    let run = sandbox.run("check");
    let report = run.fails(1);
    assert!(report.lines().count() < 400, "{}", report.lines().count());
    let end: Vec<&str> = report.lines().rev().take(12).collect();
    assert!(
        end[0].starts_with("error: ")
            && end[0].ends_with(" faults in `catalog/catalog.toml` and its files, of which 50 are shown"),
        "{end:#?}"
    );
    assert!(end.iter().any(|line| line.starts_with("  = 2000 × ")), "{end:#?}");

    // So are warnings, and their number is that of all.
    let texts = |number: usize, title: &str| {
        let entry = entry(number);
        let guidance = "detail = \"Two\"\nmeaning = \"Three.\"\n".to_owned();
        let cause = format!(
            "\n[[dep_n{number}.cause]]\nid = \"a\"\ntext = \"Four.\"\nfixes = [\"b\"]\n\n[[dep_n{number}.fix]]\nid = \"b\"\ntext = \"Five.\"\n"
        );
        entry.replace("\"One\"", title) + &guidance + &cause
    };
    let sandbox = Sandbox::new();
    let errors = sandbox.read(ERRORS);
    let all = |title| {
        let entries: String = (1000..1300).map(|number| texts(number, title)).collect();
        entries.replacen("status = 409", "status = 409\nstatus_default = true", 1)
    };
    sandbox.write(ERRORS, &(errors.clone() + &all("\"One\"")));
    let translations: String = (1000..1300).map(|number| format!("\n[dep_n{number}]\ntitle = \"Один\"\n")).collect();
    let translated = "catalog/locales/uk/errors.toml";
    sandbox.write(translated, &(sandbox.read(translated) + &translations));
    sandbox.run("sync").succeeds();
    sandbox.write(ERRORS, &(errors + &all("\"Uno\"")));
    let run = sandbox.run("check");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no faults, 300 warnings\n"), "{}", run.stderr);
    assert!(
        run.stderr.contains("\nwarning: there are 300 warnings; their kinds:\n  = 300 × the text of `…` has changed")
    );
}

#[test]
fn addresses_may_name_ids() {
    let sandbox = Sandbox::synced();
    assert_eq!(sandbox.run("accept uk DEP-0001.title").code, Some(0));
    assert!(sandbox.run("review uk dep-0002.detail").succeeds().ends_with("reviewed 1 text in `uk`\n"));
    assert!(sandbox.run("accept uk DEP-0009.title").fails(1).contains("`DEP-0009.title`"));
}

/// Without a terminal, help has the widest lines: 100 columns. The terminal's own width is tested in `pseudo_terminal.rs`.
#[test]
fn help_is_wrapped() {
    let sandbox = Sandbox::empty();
    let commands = [
        "",
        "init",
        "new",
        "check",
        "preview",
        "explain",
        "docs",
        "serve",
        "schema",
        "import",
        "fmt",
        "rename",
        "remove",
        "coverage",
        "sync",
        "accept",
        "review",
        "export",
        "export po",
        "import xliff",
    ];
    for command in commands {
        let mut help = command_in(&sandbox.root, &format!("{command} --help"));
        let help = String::from_utf8(help.output().unwrap().stdout).unwrap();
        assert!(help.contains("Usage: "), "{command}: {help}");
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{command}: {line}");
        }
    }
}

/// A code that only the canonical catalogue has is not taken for a misspelt code of this catalogue.
#[test]
fn a_hint_names_the_catalogue_that_has_a_code() {
    let sandbox = Sandbox::synced();
    let canonical = "`conflict`: it is one of the canonical catalogue `lift`\n";
    for command in
        ["remove conflict", "remove conflict.title", "rename conflict dep_conflict", "rename conflict.fix.reload x"]
    {
        assert!(sandbox.run(command).fails(1).ends_with(canonical), "{command}");
    }
    for command in ["explain conflcit", "preview conflcit"] {
        let hint = ": did you mean `conflict` of the canonical catalogue `lift`?\n";
        assert!(sandbox.run(command).fails(1).ends_with(hint), "{command}");
    }
    // One that can't be changed is not advised.
    for command in ["remove conflcit", "rename conflcit dep_x"] {
        assert!(
            sandbox.run(command).fails(1).ends_with(": codes: `dep_count_open`, `dep_shelf_unknown`\n"),
            "{command}"
        );
    }
    let own = sandbox.run("explain dep_shelf_unknwon");
    assert!(own.fails(1).contains("did you mean `dep_shelf_unknown`?"));
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    assert!(sandbox.run("rename conflict dep_conflict").fails(1).contains("it is the base's, which keeps its name"));
    for command in
        ["remove conflct", "remove conflct.title", "rename conflct dep_conflict", "rename conflct.fix.reload x"]
    {
        assert!(sandbox.run(command).fails(1).ends_with(": did you mean `conflict`?\n"), "{command}");
    }
}

/// Of a country's code, no tag is near. People write tags as their tools do.
#[test]
fn a_locale_is_taken_as_people_write_it() {
    let sandbox = Sandbox::synced();
    for command in ["preview DEP-0001", "explain DEP-0001"] {
        let usual = sandbox.run(&format!("{command} --locale uk")).succeeds().to_owned();
        for tag in ["uk_UA", "UK"] {
            let run = sandbox.run(&format!("{command} --locale {tag}"));
            assert_eq!((run.code, &run.stdout), (Some(0), &usual), "{run:#?}");
        }
        for (tag, help) in [
            ("ua", "`UA` is a country, and a tag begins with the language, such as `uk`"),
            ("ua-UA", "`UA` is a country, and a tag begins with the language, such as `uk`"),
            ("cz", "`CZ` is a country, and a tag begins with the language, such as `cs`"),
            ("jp", "a tag begins with the language, such as `ja`"),
            ("pt-BRR", "did you mean `pt-BR`?"),
            ("zz", "write a language of CLDR by its tag, such as `fr`"),
            ("ukrainian", "write a language of CLDR by its tag, such as `fr`"),
        ] {
            let run = sandbox.run(&format!("{command} --locale {tag}"));
            assert!(run.fails(2).contains(help), "{run:#?}");
        }
    }
    assert!(sandbox.run("export po kr").fails(1).contains("such as `ko`"));
    let run = sandbox.run("preview DEP-0001 --locale zh_CN");
    assert_eq!(run.stderr, "note: the catalogue has no `zh-Hans`; these are the texts of `en`\n");
    assert!(sandbox.run("export po zh_TW").succeeds().contains("\"Language: zh_Hant\\n\""));
}

/// The author's own word is in the remedy, or all that there are.
#[test]
fn a_word_in_place_of_a_table_is_put_into_one() {
    let sandbox = Sandbox::synced();
    for (word, help) in [
        ("after", "write `retry = { kind = \"after\" }`"),
        ("after_chang", "write `retry = { kind = \"after_change\" }`"),
        (
            "sometimes",
            "such as `retry = { kind = \"never\" }`; `kind` is one of `never`, `after_change`, `idempotent`, `after`",
        ),
    ] {
        let errors = sandbox.read(ERRORS);
        sandbox.replace(ERRORS, "retry = { kind = \"after_change\" }", &format!("retry = \"{word}\""));
        let run = sandbox.run("check");
        assert!(run.fails(1).contains(help), "{run:#?}");
        sandbox.write(ERRORS, &errors);
    }
}

/// What follows from a mistake in the manifest is not told.
#[test]
fn an_unknown_default_locale_is_the_only_fault() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "default_locale = \"en\"", "default_locale = \"english\"");
    let expected = ["error: `english` is not a locale", "error: 1 fault in `catalog/catalog.toml` and its files"];
    assert_eq!(headlines(sandbox.run("check").fails(1)), expected);
}

/// The form of a name is not to be mended where the whole name is to go.
#[test]
fn a_released_name_has_one_remedy() {
    let sandbox = Sandbox::synced();
    sandbox.run("lock").succeeds();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"my depot\"");
    let run = sandbox.run("check");
    assert_eq!(headlines(run.fails(1))[..1], ["error: the catalogue was released as `depot`"], "{run:#?}");
    assert!(run.stderr.contains("error: 1 fault in"), "{run:#?}");
}

#[test]
fn a_remedy_shows_the_lines_to_write() {
    let sandbox = Sandbox::new();
    let errors = sandbox.read(ERRORS);
    for (old, new, help) in [
        ("severity = \"info\"", "severity = 3", "it must be a string, one of `info`, `warning`, `error`, `critical`"),
        ("severity = \"info\"", "severity = \"warn\"", "did you mean `warning`?"),
        (
            "\"The shelf is being counted.\"",
            "[\"It is counted.\"]",
            "an alternative is a table with `id` and `text`; one text alone is `detail = \"It is counted.\"`",
        ),
        (
            "\"The shelf is being counted.\"",
            "\"Shelf {name} is being counted.\"",
            "declare it in `[dep_count_open.params]`: `name = { type = \"text\", … }`",
        ),
        (
            "\"The shelf is being counted.\"",
            "\"The shelf is being [counted](@counting).\"",
            "declare it: `[[dep_count_open.link]]` with `id = \"counting\"`, `rel` and `href`",
        ),
    ] {
        sandbox.write(ERRORS, &errors.replace(old, new));
        let run = sandbox.run("check");
        assert!(run.fails(1).contains(help), "{new}: {run:#?}");
    }
}

#[test]
fn a_misspelt_placeholder_of_a_plural_form_is_the_only_fault() {
    let sandbox = Sandbox::synced();
    let params = "\n[dep_count_open.params]\nboxes = { type = \"u32\", doc = \"The boxes.\", example = 3 }\n";
    sandbox.replace(ERRORS, "\n[[dep_count_open.cause]]", &format!("{params}\n[[dep_count_open.cause]]"));
    let errors = sandbox.read(ERRORS);
    let fault = "error: placeholder `{boxs}` is not a parameter of `dep_count_open`";
    for (one, other, faults) in [("boxs", "boxes", 1), ("boxes", "boxs", 1), ("boxs", "boxs", 2)] {
        let forms = format!("{{ one = \"{{{one}}} box is open.\", other = \"{{{other}}} boxes are open.\" }}");
        sandbox.write(ERRORS, &errors.replace("\"The shelf is being counted.\"", &forms));
        let run = sandbox.run("check");
        let found: Vec<&str> = headlines(run.fails(1)).into_iter().filter(|line| line.starts_with("error: ")).collect();
        let (last, found) = found.split_last().unwrap();
        assert_eq!(found, vec![fault; faults], "{run:#?}");
        assert!(last.contains("in `catalog/catalog.toml` and its files"), "{run:#?}");
    }
}

/// Two remedies would contradict each other.
#[test]
fn a_code_that_comes_back_has_one_remedy() {
    let sandbox = Sandbox::synced();
    sandbox.write("catalog/catalog.lock", "[dep_count_open]\nid = \"DEP-0007\"\nremoved = \"0.2.0\"\n");
    let run = sandbox.run("check");
    let headline = "error: the code `dep_count_open` was removed in 0.2.0";
    assert_eq!(headlines(run.fails(1))[..1], [headline]);
    assert!(run.stderr.contains("error: 1 fault in"), "{run:#?}");
}

/// What is left of a released entry can't be removed without a version.
#[test]
fn the_remedy_for_a_released_entry_works() {
    let sandbox = Sandbox::synced();
    sandbox.run("lock").succeeds();
    let errors = sandbox.read(ERRORS);
    let (kept, _) = errors.split_once("[dep_count_open]").unwrap();
    sandbox.write(ERRORS, kept);
    let run = sandbox.run("check");
    assert!(run.fails(1).contains("`lift-errors remove dep_count_open --in VERSION` removes what is left"), "{run:#?}");
    sandbox.run("remove dep_count_open --in 0.2.0").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn a_file_of_another_format_names_the_command_that_reads_it() {
    let sandbox = Sandbox::synced();
    for (format, other, noun) in [("po", "xliff", "a PO file"), ("xliff", "po", "an XLIFF file")] {
        sandbox.run(&format!("export {format} uk --out file")).succeeds();
        let run = sandbox.run(&format!("import {other} file"));
        assert_eq!(
            run.fails(2),
            format!("error: `file` is {noun}\n  = help: `lift-errors import {format}` reads it\n")
        );
    }
}

/// Files are seen from the folder in which the command runs.
#[test]
fn the_example_of_an_edit_url_is_right() {
    let sandbox = Sandbox::synced();
    let help = sandbox.run("docs --help").succeeds().split_whitespace().collect::<Vec<_>>().join(" ");
    let url = "https://git.example/edit/main/{file}#L{line}";
    assert!(help.contains(url), "{help}");
    sandbox.run(&format!("docs --out site --edit-url {url}")).succeeds();
    let page = sandbox.read("site/en/DEP-0001.html");
    assert!(page.contains("\"https://git.example/edit/main/catalog/errors.toml#L1\""), "{page}");
}

/// Each command is one that somebody may well try.
#[test]
fn a_plausible_mistake_is_told_what_to_do() {
    let sandbox = Sandbox::synced();
    sandbox.write("empty.csv", "");
    sandbox.write("codes.csv", "number,message\n1,Full\n");
    sandbox.write("docs/README.md", "");
    sandbox.assert_refused(&[
        ("check --manifest .", 3, "name the manifest in it: `./catalog/catalog.toml`"),
        ("check --manifest catalog", 3, "name the manifest in it: `catalog/catalog.toml`"),
        ("coverage --locale uk", 2, "here the locale has no option: `coverage uk`"),
        ("coverage --locale=uk", 2, "here the locale has no option: `coverage uk`"),
        ("coverage -l", 2, "here the locale has no option: `coverage uk`"),
        ("export po -l uk", 2, "here the locale has no option: `export po uk`"),
        ("export uk", 2, "Usage: lift-errors export <po|xliff> [OPTIONS] [LOCALE]"),
        ("accept uk", 2, "Usage: lift-errors accept [OPTIONS] <LOCALE> <TEXT>..."),
        // A title is not near to a meaning, although what is before it is the same.
        ("accept --all-locales dep_count_open.meanin", 1, "did you mean `dep_count_open.meaning`?"),
        ("accept --all-locales dep_count_open.support", 1, "translated texts: `dep_count_open.cause.colleague_counts`"),
        ("remove DEP-0002", 1, "it is the id of `dep_count_open`; name that"),
        ("rename dep-0002 dep_x", 1, "it is the id of `dep_count_open`; name that"),
        (
            "rename dep_count_open.fix.close_it dep_count_open.fix.end_it",
            1,
            "write the new name alone: `lift-errors rename dep_count_open.fix.close_it end_it`",
        ),
        ("remove term.shelf", 1, "there are no others of its kind"),
        ("init my-shop --folder shop", 1, "`lift-errors init my_shop --folder shop`"),
        ("docs --out docs", 1, "name a folder that is not there yet"),
        ("docs --out codes.csv", 1, "`codes.csv` is a file, and the site is a folder"),
        ("serve --port 80x", 2, "write a number up to 65535"),
        ("import codes.csv --map code", 2, "write `role=column`"),
        ("import codes.csv --map code=number --into errors.toml", 1, "name another file: `--into FILE`"),
        ("import empty.csv", 3, "it has no rows"),
        ("import src", 3, "can't read `src`: "),
        ("import catalog", 3, "no file in it ends in .rs"),
        ("import catalog/catalog.toml", 3, "it is the manifest of a catalogue"),
        ("import catalog/errors.toml", 3, "it has entries of a catalogue already"),
    ]);
}

//! Runs the command on a catalogue in a folder, and checks its output, the written files and the exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Run, Sandbox, command_in, run_in};
use std::fs::{self, File};
use std::path::Path;
#[cfg(unix)]
use std::process::Command;
use std::process::Stdio;
use std::time::SystemTime;

const STATE: &str = "catalog/locales/uk.state.toml";
const TRANSLATION: &str = "catalog/locales/uk/errors.toml";
const GENERATED: [&str; 3] = [STATE, "catalog/locales/en/catalog.toml", "catalog/locales/en/errors.toml"];

/// The translated, reviewed, stale and missing texts of Ukrainian.
fn counts(sandbox: &Sandbox) -> [usize; 4] {
    let table = sandbox.run("coverage").succeeds().to_owned();
    let row = table.lines().find(|line| line.starts_with("uk ")).unwrap();
    let numbers: Vec<usize> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [translated, _share, _inherited, reviewed, stale, missing] = numbers[..] else { panic!("{row}") };
    [translated, reviewed, stale, missing]
}

#[test]
fn check_finds_no_faults() {
    assert_eq!(Sandbox::new().run("check").succeeds(), "no faults\n");
}

/// What a service replaces or leaves out leaves no fault in the base, and an alias of its own entry can explain a status.
#[test]
fn check_finds_no_faults_in_the_base_of_a_catalogue() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"lift\"");
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"errors.toml\", \"base.toml\"]");
    // The glossary is for the service's own texts.
    sandbox.replace("catalog/catalog.toml", "[labels]", "glossary = [\"Gateway\"]\n\n[labels]");
    let base = "[not_found]\ndetail = \"It is not here.\"\n\n[import_failed]\nwithout = [\"cause.not_utf8\"]\n\n\
        [dep_shelf_gone]\nid = \"DEP-0900\"\nsame_as = \"dep_shelf_unknown\"\nstatus_default = true\nsince = \"0.1.0\"\n\
        severity = \"info\"\ntitle = \"No Gateway\"\n";
    sandbox.write("catalog/base.toml", base);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn check_shows_every_fault_with_its_place() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/errors.toml", "no shelf {shelf}", "no shelf {shelv}");
    sandbox.replace(TRANSLATION, "Полиці {shelf} немає", "Полиці немає");
    let faults = sandbox.run("check");
    let faults = faults.fails(1);
    assert!(faults.contains("--> catalog/errors.toml:7:"), "{faults}");
    assert!(faults.contains("did you mean `{shelf}`?") || faults.contains("did you mean `shelf`?"), "{faults}");
    assert!(faults.contains("in `catalog/catalog.toml` and its files"), "{faults}");
    // The other commands fail with the same faults, and write nothing.
    for command in ["coverage", "coverage uk", "sync", "sync --check", "accept uk dep_count_open.title"] {
        assert_eq!(sandbox.run(command).fails(1), faults, "{command}");
    }
    assert!(!sandbox.path(STATE).exists());
}

#[test]
fn a_misspelt_translation_is_a_fault_with_a_suggestion() {
    let sandbox = Sandbox::new();
    sandbox.replace(TRANSLATION, "misspelt =", "mispelt =");
    let faults = sandbox.run("check");
    assert!(faults.fails(1).contains("did you mean `misspelt`?"), "{faults:#?}");
}

#[test]
fn sync_writes_only_the_files_that_are_not_current() {
    let sandbox = Sandbox::new();
    let wrote = GENERATED.map(|file| format!("wrote {file}\n")).concat();
    assert_eq!(sandbox.run("sync").succeeds(), wrote);
    assert!(sandbox.read(GENERATED[2]).contains("title = \"Unknown shelf\""));
    assert!(sandbox.read(STATE).contains("\"labels.fixes\" = { source = "));

    let long_ago = SystemTime::UNIX_EPOCH;
    for file in GENERATED {
        File::options().write(true).open(sandbox.path(file)).unwrap().set_modified(long_ago).unwrap();
    }
    assert_eq!(sandbox.run("sync").succeeds(), "all 3 files are current\n");
    // A text without a translation: the state does not change.
    sandbox.replace("catalog/errors.toml", "Ask the colleague", "Ask your colleague");
    assert_eq!(sandbox.run("sync").succeeds(), format!("wrote {}\n", GENERATED[2]));
    for (file, is_old) in GENERATED.into_iter().zip([true, true, false]) {
        let modified = fs::metadata(sandbox.path(file)).unwrap().modified().unwrap();
        assert_eq!(modified == long_ago, is_old, "{file}");
    }
    // No temporary file is left.
    let files = |folder| fs::read_dir(sandbox.path(folder)).unwrap().count();
    assert_eq!([files("catalog"), files("catalog/locales"), files("catalog/locales/en")], [3, 3, 2]);
}

#[test]
fn lock_records_what_is_released_and_names_what_differs() {
    const LOCK: &str = "catalog/catalog.lock";
    let sandbox = Sandbox::new();
    let not_current =
        "error: the lock file is not current; run `lift-errors lock`, read what changed, and commit the file\n";
    let check = sandbox.run("lock --check");
    assert_eq!((check.code, check.stdout.as_str()), (Some(1), "would write catalog/catalog.lock\n"));
    assert_eq!(check.stderr, "error: there is no lock file; run `lift-errors lock`, read it, and commit it\n");
    assert!(!sandbox.path(LOCK).exists());
    let manifest = sandbox.path("catalog/catalog.toml");
    let modified = || fs::metadata(&manifest).unwrap().modified().unwrap();
    File::options().append(true).open(&manifest).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(sandbox.run("lock").succeeds(), "wrote catalog/catalog.lock\n");
    // The derive sees a new lock file when the manifest changes.
    assert!(modified() > SystemTime::UNIX_EPOCH);
    assert!(sandbox.read(LOCK).contains("[dep_shelf_unknown]\nid = \"DEP-0001\"\nstatus = 404\n"));
    assert_eq!(sandbox.run("lock --check").succeeds(), "catalog/catalog.lock is current\n");
    // Git for Windows changes line endings, and a new text keeps them.
    sandbox.write(LOCK, &sandbox.read(LOCK).replace('\n', "\r\n"));
    assert_eq!(sandbox.run("lock").succeeds(), "catalog/catalog.lock is current\n");
    sandbox.replace("catalog/errors.toml", "status = 404", "status = 410");
    let check = sandbox.run("lock --check");
    assert_eq!(check.stdout, "would write catalog/catalog.lock: it differs in `dep_shelf_unknown`\n");
    assert_eq!((check.code, check.stderr.as_str()), (Some(1), not_current));
    assert_eq!(sandbox.run("lock").succeeds(), "wrote catalog/catalog.lock\n");
    assert!(sandbox.read(LOCK).contains("status = 410\r\n"));
    // What was released can't be lost by way of the command.
    sandbox.replace("catalog/errors.toml", "id = \"DEP-0001\"", "id = \"DEP-0007\"");
    let lock = sandbox.read(LOCK);
    assert!(sandbox.run("lock").fails(1).contains("the code `dep_shelf_unknown` had the id `DEP-0001`"));
    assert_eq!(sandbox.read(LOCK), lock);
}

#[test]
fn sync_check_lists_the_files_to_write_and_writes_none() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("sync --check");
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, GENERATED.map(|file| format!("would write {file}\n")).concat());
    assert_eq!(run.stderr, "error: 3 files are not current; run `lift-errors sync`\n");
    assert!(GENERATED.iter().all(|file| !sandbox.path(file).exists()));
    sandbox.run("sync").succeeds();
    assert_eq!(sandbox.run("sync --check").succeeds(), "all 3 files are current\n");
    // Git for Windows changes line endings.
    let text = sandbox.read(STATE);
    sandbox.write(STATE, &text.replace('\n', "\r\n"));
    assert_eq!(sandbox.run("sync --check").succeeds(), "all 3 files are current\n");
}

#[test]
fn sync_removes_generated_files_that_are_not_needed() {
    let sandbox = Sandbox::synced();
    let written = sandbox.read(GENERATED[2]);
    sandbox.write("catalog/locales/en/old.toml", &written);
    sandbox.write("catalog/locales/it.state.toml", &sandbox.read(STATE));
    // A file that no tool has written stays.
    sandbox.write("catalog/locales/en/mine.toml", "# mine\n");
    let check = sandbox.run("sync --check");
    let names = ["catalog/locales/en/old.toml", "catalog/locales/it.state.toml"];
    assert_eq!((check.code, check.stdout), (Some(1), names.map(|name| format!("would remove {name}\n")).concat()));
    let run = sandbox.run("sync");
    let removed = names.map(|name| format!("removed {name}, which is not needed any more\n")).concat();
    assert_eq!(run.succeeds(), removed);
    assert!(
        names.iter().all(|name| !sandbox.path(name).exists()) && sandbox.path("catalog/locales/en/mine.toml").exists()
    );
    assert_eq!(sandbox.run("sync --check").succeeds(), "all 3 files are current\n");
}

#[test]
fn a_changed_source_makes_a_translation_stale_until_it_is_accepted() {
    let sandbox = Sandbox::synced();
    assert_eq!(counts(&sandbox), [10, 0, 0, 1]);
    sandbox.replace("catalog/errors.toml", "\"Unknown shelf\"", "\"Unknown Shelf\"");

    let run = sandbox.run("check");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "no faults, 1 warning\n"));
    assert!(run.stderr.starts_with("warning: the text of `dep_shelf_unknown.title` has changed"), "{run:#?}");
    assert!(run.stderr.contains("--> catalog/errors.toml:6:9"), "{run:#?}");
    assert!(run.stderr.contains("`lift-errors accept uk dep_shelf_unknown.title`"), "{run:#?}");

    // Writing the generated files does not make it fresh.
    sandbox.run("sync").succeeds();
    assert_eq!(counts(&sandbox), [10, 0, 1, 1]);
    let listed = sandbox.run("coverage uk");
    assert!(
        listed.succeeds().ends_with("\n\nmissing dep_count_open.fix.close_it\nstale dep_shelf_unknown.title\n"),
        "{listed:#?}"
    );

    let accepted = sandbox.run("accept uk dep_shelf_unknown.title");
    assert_eq!(accepted.succeeds(), format!("wrote {STATE}\naccepted 1 text in `uk`\n"));
    assert_eq!(counts(&sandbox), [10, 0, 0, 1]);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn coverage_says_when_nothing_is_missing() {
    let sandbox = Sandbox::synced();
    let text =
        sandbox.read(TRANSLATION) + "\n[dep_count_open.fix]\nclose_it = \"Попросіть колегу закрити підрахунок.\"\n";
    sandbox.write(TRANSLATION, &text);
    let listed = sandbox.run("coverage uk");
    assert!(listed.succeeds().ends_with("\n\nnothing is missing\n"), "{listed:#?}");
    assert!(listed.succeeds().starts_with("11 texts in `en`\n"), "{listed:#?}");
}

#[test]
fn a_review_ends_when_the_translation_changes() {
    let sandbox = Sandbox::synced();
    let reviewed = sandbox.run("review uk dep_count_open.title labels.fixes");
    assert_eq!(reviewed.succeeds(), format!("wrote {STATE}\nreviewed 2 texts in `uk`\n"));
    assert_eq!(counts(&sandbox), [10, 2, 0, 1]);
    // `sync` and `accept` keep it.
    sandbox.run("sync").succeeds();
    sandbox.replace("catalog/errors.toml", "\"A count is open\"", "\"A count is under way\"");
    sandbox.run("accept uk dep_count_open.title").succeeds();
    assert_eq!(counts(&sandbox), [10, 2, 0, 1]);
    sandbox.replace(TRANSLATION, "Триває підрахунок", "Триває перелік");
    assert_eq!(counts(&sandbox), [10, 1, 0, 1]);
}

#[test]
fn a_review_of_all_leaves_stale_translations_out() {
    let sandbox = Sandbox::synced();
    assert_eq!(sandbox.run("review uk --all").succeeds(), format!("wrote {STATE}\nreviewed 10 texts in `uk`\n"));
    assert_eq!(counts(&sandbox), [10, 10, 0, 1]);
    sandbox.replace("catalog/errors.toml", "\"Unknown shelf\"", "\"Unknown Shelf\"");
    let again = sandbox.run("review uk --all");
    assert!(again.succeeds().contains("reviewed 9 texts in `uk`\n1 stale text left out"), "{again:#?}");
    assert!(again.succeeds().ends_with("\nstale dep_shelf_unknown.title\n"), "{again:#?}");
    assert_eq!(counts(&sandbox), [10, 9, 1, 1]);
    sandbox.run("review uk dep_shelf_unknown.title").succeeds();
    assert_eq!(counts(&sandbox), [10, 10, 0, 1]);
}

#[test]
fn a_locale_that_is_written_another_way_is_taken() {
    let sandbox = Sandbox::synced();
    for tag in ["uk-UA", "uk_UA", "uk-Cyrl"] {
        assert_eq!(sandbox.run(&format!("coverage {tag}")).succeeds(), sandbox.run("coverage uk").succeeds());
        let review = sandbox.run(&format!("review {tag} labels.fixes"));
        assert!(review.succeeds().ends_with("reviewed 1 text in `uk`\n"), "{review:#?}");
        assert!(sandbox.run(&format!("review {tag} --all")).succeeds().ends_with("reviewed 10 texts in `uk`\n"));
        let accept = sandbox.run(&format!("accept {tag} labels.fixes"));
        assert!(accept.succeeds().ends_with("accepted 1 text in `uk`\n"), "{accept:#?}");
        // A translation that does not say what its text says can't be accepted, whatever its locale is called.
        let errors = sandbox.read("catalog/errors.toml");
        sandbox.replace("catalog/errors.toml", "no shelf {shelf}", "no shelf");
        sandbox.assert_refused(&[(&format!("accept {tag} dep_shelf_unknown.detail"), 1, "{shelf}")]);
        sandbox.write("catalog/errors.toml", &errors);
    }
    // Others have other readers, who may be meant to read it.
    for tag in ["uk-PL", "UA"] {
        for command in [format!("coverage {tag}"), format!("accept {tag} labels.fixes"), format!("review {tag} --all")]
        {
            let run = sandbox.run(&command);
            let expected = format!("error: no texts are translated into `{tag}`: did you mean `uk`?\n");
            assert_eq!(run.fails(1), expected, "{command}");
        }
    }
}

#[test]
fn unknown_names_come_with_a_suggestion() {
    let sandbox = Sandbox::synced();
    let state = sandbox.read(STATE);
    for command in ["coverage uj", "accept uj labels.fixes", "review uj labels.fixes", "review uj --all"] {
        let run = sandbox.run(command);
        assert_eq!(run.fails(1), "error: no texts are translated into `uj`: locales: `uk`\n", "{command}");
    }
    for command in ["accept uk", "review uk"] {
        let run = sandbox.run(&format!("{command} labels.fixes dep_count_open.titel"));
        let message = "error: `uk` has no translation of `dep_count_open.titel`: did you mean `dep_count_open.title`?";
        assert!(run.fails(1).starts_with(message), "{run:#?}");
    }
    // If one name is wrong, none is marked.
    assert_eq!(sandbox.read(STATE), state);
}

#[test]
fn wrong_arguments_exit_with_2() {
    let sandbox = Sandbox::new();
    for arguments in [
        "",
        "acept",
        "check now",
        "check --manifest",
        "check --manifest=",
        "coverage uk de",
        "sync --force",
        "accept",
        "accept uk",
        "review uk",
        "review --all",
        "review uk --all labels.fixes",
        "init --manifest catalog/catalog.toml",
        "--manifest catalog/catalog.toml init",
    ] {
        let run = sandbox.run(arguments);
        assert!(run.fails(2).contains("Usage: ") || run.fails(2).contains("--help"), "{run:#?}");
    }
    let run = sandbox.run("acept uk labels.fixes");
    assert!(run.fails(2).contains("'accept'"), "{run:#?}");
    for arguments in ["--help", "help review", "sync --help", "--version"] {
        assert!(sandbox.run(arguments).succeeds().contains("lift-errors"), "{arguments}");
    }
}

#[test]
fn the_manifest_is_given_or_found() {
    let sandbox = Sandbox::new();
    let absolute = sandbox.path("catalog/catalog.toml");
    let elsewhere = Sandbox::empty();
    for arguments in ["--manifest {} check", "check --manifest {}", "check --manifest={}"] {
        let arguments = arguments.replace("{}", absolute.to_str().unwrap());
        assert_eq!(elsewhere.run(&arguments).succeeds(), "no faults\n");
    }
    assert_eq!(run_in(&sandbox.path("catalog"), "check").succeeds(), "no faults\n");
    assert_eq!(run_in(&sandbox.path("catalog/locales"), "check --manifest ../catalog.toml").succeeds(), "no faults\n");
    // The same files are written, whatever the current folder is.
    let wrote = run_in(&sandbox.path("catalog/locales"), "sync --manifest ../catalog.toml");
    assert!(wrote.succeeds().starts_with("wrote ../locales/uk.state.toml\n"), "{wrote:#?}");
    assert_eq!(sandbox.run("sync").succeeds(), "all 3 files are current\n");

    // Every command shows paths in one form.
    let here = sandbox.path("catalog");
    fs::remove_file(sandbox.path("catalog/locales/uk.state.toml")).unwrap();
    sandbox.replace("catalog/errors.toml", "id = \"DEP-0001\"", "id    = \"DEP-0001\"");
    sandbox.write("catalog/schemas/errors.schema.json", "{}");
    for (arguments, path) in [
        ("sync --check", "would write locales/uk.state.toml\nwould write schemas/errors.schema.json\n"),
        ("fmt --check", "would format errors.toml\n"),
        ("sync", "wrote locales/uk.state.toml\nwrote schemas/errors.schema.json\n"),
        ("fmt", "wrote errors.toml\n"),
        (
            "rename dep_count_open dep_counting",
            "wrote errors.toml\nwrote locales/uk/errors.toml\nwrote locales/uk.state.toml\n",
        ),
        ("remove dep_counting", "wrote errors.toml\n"),
        ("explain dep_shelf_unknown", "  errors.toml:1 (en)\n"),
    ] {
        let run = run_in(&here, arguments);
        assert!(run.stdout.contains(path) && !run.stdout.contains("./"), "{run:#?}");
    }
    let faulty = run_in(&here, "new dep_gate_shut --detail [x](@nothing)");
    assert!(faulty.fails(1).contains("--> errors.toml:"), "{faulty:#?}");

    let nothing = elsewhere.run("check");
    assert!(nothing.fails(3).starts_with("error: there is no catalogue here: neither `catalog/catalog.toml`"));
    let misspelt = sandbox.run("check --manifest catalog/catalogue.toml");
    assert!(misspelt.fails(3).contains("can't read the catalogue `catalog/catalogue.toml`: the file does not exist"));
}

#[test]
fn a_catalogue_in_one_language_has_no_files_for_translators() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    fs::remove_dir_all(sandbox.path("catalog/locales")).unwrap();
    for command in ["sync", "sync --check"] {
        let run = sandbox.run(command);
        assert_eq!(run.succeeds(), "the catalogue has one language: there are no files for translators\n");
    }
    assert!(!sandbox.path("catalog/locales").exists());
    sandbox.run("coverage").succeeds();
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_unchanged() {
    let sandbox = Sandbox::synced();
    let set_read_only = |is_read_only| {
        let mut permissions = fs::metadata(sandbox.path(STATE)).unwrap().permissions();
        permissions.set_readonly(is_read_only);
        fs::set_permissions(sandbox.path(STATE), permissions).unwrap();
    };
    let state = sandbox.read(STATE);
    set_read_only(true);
    let run = sandbox.run("review uk --all");
    assert_eq!(run.fails(3), format!("error: can't write `{STATE}`: it is read-only; nothing was written\n"));
    assert_eq!(sandbox.read(STATE), state);
    set_read_only(false);

    fs::remove_file(sandbox.path(GENERATED[1])).unwrap();
    fs::create_dir(sandbox.path(GENERATED[1])).unwrap();
    let run = sandbox.run("sync");
    assert_eq!(run.fails(3), format!("error: can't read `{}`: it is not a regular file\n", GENERATED[1]));

    fs::remove_dir_all(sandbox.path("catalog/locales/en")).unwrap();
    sandbox.write("catalog/locales/en", "");
    let run = sandbox.run("sync");
    assert!(run.fails(3).starts_with("error: can't read `catalog/locales/en/catalog.toml`: "), "{run:#?}");
}

#[cfg(unix)]
#[test]
fn symbolic_links_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let (sandbox, outside) = (Sandbox::new(), Sandbox::empty());
    let says = |file: &str| format!("error: can't read `{file}`: a symbolic link points out of the folder\n");
    symlink(&outside.root, sandbox.path("catalog/locales/en")).unwrap();
    assert_eq!(sandbox.run("sync").fails(3), says(GENERATED[1]));
    fs::remove_file(sandbox.path("catalog/locales/en")).unwrap();

    // A link to a file that does not exist yet is refused, too.
    symlink(outside.path("new.toml"), sandbox.path(STATE)).unwrap();
    assert_eq!(sandbox.run("sync").code, Some(1));
    assert_eq!(fs::read_dir(&outside.root).unwrap().count(), 0);
    assert!(!sandbox.path("catalog/locales/en").exists());
    fs::remove_file(sandbox.path(STATE)).unwrap();

    // A link within the folder is followed.
    sandbox.write("catalog/english/errors.toml", "");
    symlink("../english", sandbox.path("catalog/locales/en")).unwrap();
    sandbox.run("sync").succeeds();
    assert!(sandbox.read("catalog/english/errors.toml").contains("Unknown shelf"));
}

#[test]
fn a_terminal_gets_no_control_characters() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("accept \u{1b}[31m labels.fixes");
    assert!(run.fails(1).contains("`\u{fffd}[31m`"), "{run:#?}");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let sandbox = Sandbox::new();
    let mut command = command_in(&sandbox.root, "sync");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let run = Run::new("sync", child.wait_with_output().unwrap());
    assert_eq!(run.succeeds(), "");
    // The work is done nevertheless.
    assert_eq!(sandbox.run("sync --check").succeeds(), "all 3 files are current\n");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let sandbox = Sandbox::new();
    for arguments in ["check", "explain --all", "coverage", "schema errors", "--help", "check --help", "--version"] {
        let full = full.try_clone().unwrap();
        let run = Run::new(arguments, command_in(&sandbox.root, arguments).stdout(full).output().unwrap());
        assert!(run.fails(3).starts_with("error: can't write the output: "), "{run:#?}");
    }
}

#[test]
fn the_canonical_catalogue_is_translated_and_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    assert_eq!(run_in(&root, "check").code, Some(0));
    let coverage = run_in(&root, "coverage");
    let rows: Vec<&str> = coverage.succeeds().lines().skip(3).collect();
    assert!(!rows.is_empty());
    let manifest = fs::read_to_string(root.join("catalog/catalog.toml")).unwrap();
    // Without the line, translators are at work on a language.
    let is_complete = manifest.lines().any(|line| line == "complete = true");
    for row in rows.into_iter().filter(|_| is_complete) {
        assert!(row.contains(" 100 % ") && row.ends_with(" 0"), "{row}");
    }
    let current = run_in(&root, "sync --check");
    assert!(current.succeeds().ends_with(" files are current\n"), "{current:#?}");
}

#[test]
fn only_the_canonical_catalogue_has_the_name_lift() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"lift\"");
    for prefix in ["code_prefix = \"dep_\"\n", ""] {
        sandbox.replace("catalog/catalog.toml", "code_prefix = \"dep_\"\n", prefix);
        let run = sandbox.run("check");
        assert!(run.stderr.contains("the name `lift` belongs to the canonical catalogue"), "{run:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_copy_of_the_canonical_catalogue_is_checked_anywhere() {
    let sandbox = Sandbox::new();
    let canonical = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let copied = Command::new("cp").arg("-r").arg(canonical).arg(sandbox.root.join("copy")).status().unwrap();
    assert!(copied.success());
    assert_eq!(sandbox.run("check --manifest copy/catalog.toml").code, Some(0));
}

/// Runs the README's examples in order, on the catalogue of these tests.
#[test]
fn the_readme_shows_what_is_printed() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/errors.toml", "\"Unknown shelf\"", "\"Unknown Shelf\"");
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    let examples = readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut count = 0;
    for example in examples {
        let arguments = example.lines().next().and_then(|line| line.strip_prefix("$ lift-errors ")).unwrap();
        let run = sandbox.run(arguments);
        let printed = format!("$ lift-errors {arguments}\n{}{}", run.stderr, run.stdout);
        assert_eq!(example, printed, "the README shows\n{example}\nand this is printed:\n{printed}");
        count += 1;
    }
    assert_eq!(count, 11, "one example for each command");
}

/// A command that can't write its file leaves nothing half written. The file is a folder here, because the user of a test may
/// have permission to write everywhere.
#[test]
fn a_file_that_cannot_be_written_leaves_all_as_it_was() {
    for (arguments, taken) in [
        ("sync", "catalog/locales/uk.state.toml"),
        ("accept uk dep_count_open.title", "catalog/locales/uk.state.toml"),
        ("review uk --all", "catalog/locales/uk.state.toml"),
        ("export po uk --out out.po", "out.po"),
        ("init other_shop --folder other", "other/catalog.toml"),
        ("docs --out site/here", "site"),
    ] {
        let sandbox = Sandbox::new();
        let path = sandbox.path(taken);
        // What is in the place keeps a folder from being replaced.
        if taken == "site" {
            sandbox.write(taken, "a file in place of a folder");
        } else {
            sandbox.write(&format!("{taken}/file"), "");
        }
        let before = sandbox.files();
        let run = sandbox.run(arguments);
        assert!(run.code.is_some_and(|code| code == 3 || code == 1), "{run:#?}");
        assert!(run.stderr.starts_with("error: "), "{run:#?}");
        assert_eq!(sandbox.files(), before, "{arguments}");
        assert!(path.exists(), "{arguments}");
    }
}

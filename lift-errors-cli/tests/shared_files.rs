//! Files that others write, too: commands at the same time, editors of Windows, pipes, and sources without end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Sandbox, command_in, run_in};
use std::fs;
use std::process::{Command, Stdio};

const MANIFEST: &str = "catalog/catalog.toml";
const ERRORS: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";
const STATE: &str = "catalog/locales/uk.state.toml";

#[test]
fn commands_at_the_same_time_lose_nothing() {
    let sandbox = Sandbox::synced();
    let commands = ["dep_a", "dep_b", "dep_c", "dep_d", "dep_e", "dep_f"].map(|code| format!("new {code}"));
    let texts = ["dep_shelf_unknown.title", "dep_shelf_unknown.detail", "dep_count_open.title"];
    let commands = commands.into_iter().chain(texts.map(|text| format!("review uk {text}")));
    let start = |arguments: String| {
        let command = command_in(&sandbox.root, &arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        (arguments, command.unwrap())
    };
    let running: Vec<_> = commands.map(start).collect();
    for (arguments, command) in running {
        let output = command.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let errors = sandbox.read(ERRORS);
    for (number, code) in ["a", "b", "c", "d", "e", "f"].iter().enumerate() {
        assert!(errors.contains(&format!("[dep_{code}]")), "{errors}");
        assert!(errors.contains(&format!("\"DEP-000{}\"", number + 3)), "{errors}");
    }
    let state = sandbox.read(STATE);
    assert_eq!(state.lines().filter(|line| line.contains(" = {") && line.contains("reviewed")).count(), texts.len());
    // Neither a lock nor a draft stays.
    assert!(sandbox.files().keys().all(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.')));
}

#[test]
fn a_lock_of_a_command_that_was_killed_is_taken_over() {
    let sandbox = Sandbox::synced();
    let lock = sandbox.path("catalog/.lift-errors.writing");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(600);
    fs::File::create(&lock).unwrap().set_modified(long_ago).unwrap();
    sandbox.run("new dep_a").succeeds();
    assert!(!lock.exists());
}

#[test]
fn an_edit_keeps_the_line_ends_and_the_byte_order_mark() {
    let sandbox = Sandbox::synced();
    let generated = ["catalog/locales/uk.state.toml", "catalog/locales/en/errors.toml"];
    for file in [ERRORS, UKRAINIAN].into_iter().chain(generated) {
        sandbox.write(file, &format!("\u{feff}{}", sandbox.read(file).replace('\n', "\r\n")));
    }
    let (errors, ukrainian) = (sandbox.read(ERRORS), sandbox.read(UKRAINIAN));
    sandbox.run("rename dep_shelf_unknown.params.shelf place").succeeds();
    assert_eq!(sandbox.read(ERRORS), errors.replace("{shelf}", "{place}").replace("shelf = {", "place = {"));
    assert_eq!(sandbox.read(UKRAINIAN), ukrainian.replace("{shelf}", "{place}"));
    sandbox.run("new dep_a").succeeds();
    let now = sandbox.read(ERRORS);
    assert!(now.starts_with("\u{feff}[dep_shelf") && now.contains("[dep_a]\r\n"));
    assert_eq!(now.matches('\n').count(), now.matches("\r\n").count());
    for file in generated {
        let text = sandbox.read(file);
        assert!(text.starts_with('\u{feff}') && text.contains("{place}") == file.contains("/en/"), "{file}: {text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{file}");
    }
    sandbox.replace(ERRORS, "status = 409", "status=409");
    sandbox.run("fmt").succeeds();
    assert_eq!(sandbox.read(ERRORS), now);
}

#[test]
fn a_renamed_parameter_is_not_a_word_in_double_braces() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "no shelf {shelf}.", "no shelf {shelf}, {{shelf}} or {{{shelf}}}.");
    sandbox.run("rename dep_shelf_unknown.params.shelf place").succeeds();
    assert!(sandbox.read(ERRORS).contains("no shelf {place}, {{shelf}} or {{{place}}}."));
}

#[test]
fn comments_of_a_file_without_keys_stay_at_its_beginning() {
    let sandbox = Sandbox::new();
    for kind in ["manifest", "errors", "locale"] {
        let schema = sandbox.run(&format!("schema {kind}")).succeeds().to_owned();
        sandbox.write(&format!("catalog/schemas/{kind}.schema.json"), &schema);
    }
    sandbox.write(UKRAINIAN, "# Ours\n");
    sandbox.run("export po pl --out pl.po").succeeds();
    for (language, tag) in [("pl", "pl"), ("pl", "uk")] {
        sandbox.replace("pl.po", &format!("Language: {language}\\n"), &format!("Language: {tag}\\n"));
        let title = "msgid \"Unknown shelf\"\nmsgstr \"";
        let text = sandbox.read("pl.po").replace(&format!("{title}\""), &format!("{title}Polica\""));
        sandbox.write("pl.po", &text);
        let run = sandbox.run("import po pl.po");
        assert_eq!(run.code, Some(0), "{run:#?}");
    }
    let new = sandbox.read("catalog/locales/pl/errors.toml");
    assert!(new.starts_with("#:schema ../../schemas/locale.schema.json\n\n[dep_shelf_unknown]\ntitle"), "{new}");
    assert!(sandbox.read(UKRAINIAN).starts_with("# Ours\n\n[dep_shelf_unknown]\ntitle"), "{}", sandbox.read(UKRAINIAN));
}

#[test]
fn a_state_stays_while_its_translations_are_there() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk --all").succeeds();
    let state = sandbox.read(STATE);
    sandbox.replace(MANIFEST, "\"en\", \"uk\"", "\"en\"");
    assert_eq!(sandbox.run("sync").code, Some(0));
    assert_eq!(sandbox.read(STATE), state);
    fs::remove_dir_all(sandbox.path("catalog/locales/uk")).unwrap();
    assert!(sandbox.run("sync").succeeds().contains("removed catalog/locales/uk.state.toml"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let sandbox = Sandbox::synced();
    let pipe = |name: &str| {
        let _ = fs::remove_file(sandbox.path(name));
        std::process::Command::new("mkfifo").arg(sandbox.path(name)).status().is_ok_and(|status| status.success())
    };
    if !pipe("pipe.toml") {
        return;
    }
    assert!(sandbox.run("check --manifest pipe.toml").fails(3).contains("not a regular file"));
    for name in ["pipe.csv", "pipe.rs", "pipe.properties", "errors.toml"] {
        assert!(pipe(name));
        assert!(sandbox.run(&format!("import {name}")).fails(3).contains("not a regular file"));
    }
    assert!(pipe(ERRORS));
    for arguments in ["fmt", "rename dep_count_open dep_counted", "remove dep_count_open", "new dep_a"] {
        assert!(sandbox.run(arguments).fails(3).contains("not a regular file"), "{arguments}");
    }
    assert!(pipe(MANIFEST));
    assert!(sandbox.run("check").fails(3).contains("not a regular file"));
}

/// A catalogue may come from a stranger, and what it names may be a secret of this computer.
#[cfg(unix)]
#[test]
fn a_file_outside_of_the_folder_is_not_shown() {
    use std::os::unix::fs::symlink;
    let outside = Sandbox::empty();
    outside.write("environ", "TOKEN=topsecret\0");
    outside.write("state.toml", "TOKEN=topsecret");
    let secret = outside.path("environ");
    let assert_hidden = |sandbox: &Sandbox, commands: &[&str]| {
        for arguments in commands {
            let run = sandbox.run(arguments);
            let said = run.fails(3);
            assert!(said.starts_with("error: can't read") && !said.contains("topsecret"), "{arguments}: {said}");
        }
    };
    let changes = ["rename dep_count_open dep_counted", "remove dep_count_open"];
    let all = ["fmt", "fmt --check", "new dep_a", changes[0], changes[1]];

    let sandbox = Sandbox::synced();
    let way = format!("{}{}", "../".repeat(sandbox.path("catalog").components().count()), secret.display());
    for name in [secret.to_string_lossy().into_owned(), way] {
        sandbox.replace(MANIFEST, "[\"errors.toml\"]", &format!("[\"errors.toml\", \"{name}\"]"));
        assert_hidden(&sandbox, &all);
        sandbox.replace(MANIFEST, &format!(", \"{name}\""), "");
    }
    for file in [ERRORS, UKRAINIAN, "catalog/catalog.lock", MANIFEST] {
        let sandbox = Sandbox::synced();
        let _ = fs::remove_file(sandbox.path(file));
        symlink(&secret, sandbox.path(file)).unwrap();
        assert_hidden(&sandbox, &all);
    }
    sandbox.write("catalog/locales/fr/errors.toml", "");
    symlink(outside.path("state.toml"), sandbox.path("catalog/locales/fr.state.toml")).unwrap();
    assert_hidden(&sandbox, &changes);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_whole_catalogue_is_followed() {
    let sandbox = Sandbox::synced();
    std::os::unix::fs::symlink("catalog", sandbox.path("linked")).unwrap();
    for arguments in ["fmt", "new dep_a", "rename dep_count_open dep_counted", "remove dep_counted", "sync"] {
        sandbox.run(&format!("{arguments} --manifest linked/catalog.toml")).succeeds();
    }
    assert!(sandbox.read(ERRORS).contains("[dep_a]"));
}

#[test]
fn values_of_thousands_of_levels_are_formatted() {
    let sandbox = Sandbox::synced();
    let dotted = vec!["a"; 78].join(".");
    let deep = format!("x={}1{}", format!("{{{dotted}=").repeat(78), "}".repeat(78));
    sandbox.write(ERRORS, &format!("{deep}\n"));
    sandbox.run("fmt").succeeds();
    assert!(sandbox.read(ERRORS).starts_with("x = { a.a"));
    // The first thread has a stack as small as on Windows.
    if cfg!(unix) {
        sandbox.write(ERRORS, &format!("{deep}\n"));
        let command = format!("ulimit -s 1024 && exec {} fmt", env!("CARGO_BIN_EXE_lift-errors"));
        let run = Command::new("sh").args(["-c", &command]).current_dir(&sandbox.root).output().unwrap();
        assert!(run.status.success(), "{run:?}");
        assert!(sandbox.read(ERRORS).starts_with("x = { a.a"));
    }
}

#[test]
fn rust_without_end_and_files_that_are_not_text_are_left_out() {
    let sandbox = Sandbox::synced();
    sandbox.write("src/deep.rs", &format!("const A: u8 = {}1;", "-".repeat(300_000)));
    sandbox.write("src/types.rs", &format!("type T = {}u8;", "&".repeat(300_000)));
    fs::write(sandbox.path("src/bytes.rs"), b"// \xff").unwrap();
    sandbox.write("src/error.rs", "#[derive(Debug, thiserror::Error)]\n#[error(\"it is gone\")]\nstruct Gone;\n");
    let run = sandbox.run("import src");
    for left_out in [
        "`src/bytes.rs` can't be read: it is not UTF-8",
        "`src/deep.rs` is nested too deeply",
        "`src/types.rs` is nested too deeply",
        "1 error imported",
    ] {
        assert!(run.succeeds().contains(left_out), "{run:#?}");
    }
}

#[test]
fn init_writes_into_any_folder() {
    let sandbox = Sandbox::empty();
    fs::create_dir(sandbox.path("here")).unwrap();
    let absolute = sandbox.path("absolute");
    for folder in ["../beside", "./below/", ".", absolute.to_str().unwrap()] {
        let arguments = format!("init orders --folder {folder}");
        let run = sandbox::run_in(&sandbox.path("here"), &arguments);
        assert_eq!(run.code, Some(0), "{run:#?}");
    }
    // A workspace without a package has no tests.
    sandbox.write("virtual/Cargo.toml", "[workspace]\nmembers = []\n");
    assert_eq!(sandbox::run_in(&sandbox.path("virtual"), "init orders").code, Some(0));
    assert!(!sandbox.path("virtual/tests").exists());
    for folder in ["beside", "here/below", "here", "absolute"] {
        assert!(sandbox.path(folder).join("errors.toml").exists(), "{folder}");
    }
}

#[test]
fn init_names_the_catalogue_or_says_how() {
    let sandbox = Sandbox::empty();
    for (name, better) in [
        ("my-Shop", "my_shop`"),
        ("services/my-shop/", "my_shop --folder services/my-shop/`"),
        ("match", "match_service`"),
        ("2fa--x", "fa_x`"),
        ("注文", "orders`"),
    ] {
        let run = sandbox.run(&format!("init {name}"));
        assert!(run.fails(1).ends_with(&format!("= help: `lift-errors init {better}\n")), "{run:#?}");
        assert!(run.stderr.starts_with(&format!("error: `{name}` can't be the name of a catalogue: ")), "{run:#?}");
    }
    let quoted = "= help: `lift-errors init shop --folder '$HOME/bob'\\''s/shop'`\n";
    assert!(cfg!(windows) || sandbox.run("init $HOME/bob's/shop").fails(1).ends_with(quoted));
    // What was chosen stays chosen.
    let chosen = "--prefix shp --reference https://shop.example/errors --locale uk --folder there";
    let run = sandbox.run(&format!("init My-Shop {chosen}"));
    assert!(run.fails(1).ends_with(&format!("= help: `lift-errors init my_shop {chosen}`\n")), "{run:#?}");
    assert!(sandbox.run("init orders --prefix a-b --folder other").fails(1).contains("`a-b` can't begin codes"));
    assert!(sandbox.files().is_empty());
    // A folder's name may end with a number.
    sandbox.write("s3-proxy--2/notes.txt", "");
    assert_eq!(sandbox::run_in(&sandbox.path("s3-proxy--2"), "init").code, Some(0));
    assert!(sandbox.read("s3-proxy--2/catalog/catalog.toml").contains("name = \"s3_proxy_2\""));
    let again = sandbox::run_in(&sandbox.path("s3-proxy--2"), "init my-shop");
    assert!(again.fails(1).contains("`catalog/catalog.toml` exists already"), "{again:#?}");
    assert!(again.stderr.contains("= help: `lift-errors new` adds an entry"), "{again:#?}");
}

#[test]
fn init_says_what_to_do_about_a_file_in_its_way() {
    let sandbox = Sandbox::empty();
    sandbox.write("docs/README.md", "# Notes\n");
    sandbox.write("Cargo.toml", "[package]\nname = \"shop\"\n");
    sandbox.write("tests/shop_lock.rs", "");
    sandbox.write("file", "");
    sandbox.assert_refused(&[
        ("init orders --folder docs", 1, "`docs/README.md` exists already; nothing was written\n  = help: name another folder: `--folder PATH`\n"),
        ("init", 1, "`tests/shop_lock.rs` exists already; nothing was written\n  = help: give the catalogue another name: `lift-errors init NAME`\n"),
        ("init orders --folder file/catalog", 3, "`file` is a file; nothing was written"),
    ]);
    sandbox.run("init orders --folder errors").succeeds();
    sandbox.assert_refused(&[(
        "docs --manifest errors/catalog.toml --out file/site",
        3,
        "can't write `file/site`: `file` is a file",
    )]);
    // The commands would take a catalogue of the usual folder first.
    sandbox.run("init depot").succeeds();
    let run = sandbox.run("init orders2 --folder .");
    assert!(run.succeeds().contains("run `lift-errors check --manifest catalog.toml`"), "{run:#?}");
}

#[test]
fn a_locale_needs_no_folder() {
    let sandbox = Sandbox::new();
    fs::remove_dir_all(sandbox.path("catalog/locales/uk")).unwrap();
    let check = sandbox.run("check");
    let warning = "there is no file in `locales/uk`";
    assert_eq!((check.code, check.stderr.contains(warning)), (Some(0), true), "{check:#?}");
    sandbox.run("new dep_a").succeeds();
    sandbox.run("remove dep_a").succeeds();
    sandbox.write("catalog/locales/uk/.gitkeep", "");
    sandbox.run("check").succeeds();
    sandbox.run("new dep_a").succeeds();
}

/// The records of the last translations go with them.
#[test]
fn the_last_translation_of_a_locale_is_removed_with_its_entry() {
    let sandbox = Sandbox::synced();
    fs::remove_file(sandbox.path("catalog/locales/uk/catalog.toml")).unwrap();
    sandbox.write("catalog/locales/uk/errors.toml", "[dep_count_open]\ntitle = \"Триває підрахунок\"\n");
    sandbox.run("sync").succeeds();
    sandbox.run("remove dep_count_open").succeeds();
    sandbox.run("sync --check").succeeds();
    assert!(!sandbox.read("catalog/locales/uk.state.toml").contains("dep_count_open"));
    assert_eq!(sandbox.run("check").code, Some(0));
}

/// A merge and an editor leave copies of a file beside it.
#[test]
fn what_is_no_translation_stops_nothing() {
    let sandbox = Sandbox::synced();
    for name in ["errors.toml.orig", "errors.toml~", ".errors.toml.swp", "notes/README.md", "notes/.gitkeep"] {
        fs::create_dir_all(sandbox.path("catalog/locales/uk/notes")).unwrap();
        sandbox.write(&format!("catalog/locales/uk/{name}"), "not TOML");
    }
    let check = sandbox.run("check");
    assert_eq!((check.code, check.stdout.as_str()), (Some(0), "no faults, 3 warnings\n"), "{check:#?}");
    let warning = "`locales/uk/errors.toml.orig` does not mirror a file of the catalogue, and is not read";
    assert!(check.stderr.contains(warning), "{check:#?}");
    assert_eq!(sandbox.run("sync --check").code, Some(0));
    sandbox.write("catalog/locales/uk/errors_BACKUP_7.toml", "");
    assert!(sandbox.run("check").fails(1).contains("does not mirror a file of the catalogue\n"));
}

/// What a command writes for others is no file of the catalogue, under no name.
#[test]
fn an_export_replaces_no_file_of_the_catalogue() {
    let sandbox = Sandbox::synced();
    let refused = "catalog/errors.toml` is a file of the catalogue; nothing was written\n  = help: name another one";
    sandbox.assert_refused(&[
        ("export po uk --out catalog/errors.toml", 1, refused),
        ("export xliff --out catalog/../catalog/errors.toml", 1, refused),
        ("export po uk --out catalog/locales/uk.state.toml", 1, "is a file of the catalogue"),
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("catalog/catalog.lock", sandbox.path("uk.po")).unwrap();
        sandbox.run("lock").succeeds();
        sandbox.assert_refused(&[("export po uk --out uk.po", 1, "`uk.po` is a file of the catalogue")]);
    }
}

/// The path of the manifest is in reports, pages and files for translators.
#[cfg(unix)]
#[test]
fn a_folder_whose_name_gives_orders_is_refused() {
    let sandbox = Sandbox::synced();
    let folder = "\u{1b}]0;x\u{7}";
    fs::rename(sandbox.path("catalog"), sandbox.path(folder)).unwrap();
    let run = sandbox.run(&format!("check --manifest {folder}/catalog.toml"));
    let refused =
        "error: the path `\\u{1b}]0;x\\u{7}/catalog.toml` has a control character, such as the end of a line\n";
    assert!(run.fails(1).starts_with(refused), "{run:#?}");
    let run = run_in(&sandbox.path(folder), "check");
    assert_eq!(run.code, Some(0), "{run:#?}");
}

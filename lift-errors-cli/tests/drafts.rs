//! Drafts: entries that lack their guidance, in every command and format.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;
use serde_json::Value;

const DRAFTS: &str = r#"[defaults]
status = 500
since = "0.2.0"
severity = "error"
retry = { kind = "never" }

[dep_disk_full]
id = "DEP-0101"
draft = true

[dep_cannot_open]
id = "DEP-0102"
draft = true
title = "Cannot open a file"
detail = "Can't open {path} after {tries} tries."
params = { path = { type = "text" }, tries = { type = "u32" } }
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"errors.toml\", \"drafts.toml\"]");
    sandbox.write("catalog/drafts.toml", DRAFTS);
    sandbox
}

/// A merge takes a line at the end of a table for that of a neighbour.
#[test]
fn the_lock_file_has_a_draft_below_its_id() {
    let sandbox = sandbox();
    sandbox.run("lock");
    let lock = sandbox.read("catalog/catalog.lock");
    assert!(lock.contains("[dep_disk_full]\nid = \"DEP-0101\"\ndraft = true\nstatus = 500\n"), "{lock}");
    assert_eq!(sandbox.run("remove dep_disk_full --in 9.0.0").code, Some(0));
    sandbox.run("lock");
    let lock = sandbox.read("catalog/catalog.lock");
    assert!(lock.contains("id = \"DEP-0101\"\ndraft = true\n"), "{lock}");
    assert!(lock.contains("retry = \"never\"\nremoved = \"9.0.0\"\n"), "{lock}");
}

#[test]
fn a_complete_entry_that_nobody_has_translated_is_told_of() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "locales = [", "complete = true\nlocales = [");
    let parts = "--title T --detail D. --meaning M. --cause C. --fix F.";
    let run = sandbox.run(&format!("new dep_full {parts}"));
    assert!(
        run.stderr.starts_with(
            "warning: the manifest has `complete = true`, so `lift-errors check` fails until `dep_full` is translated\n"
        ),
        "{run:#?}"
    );
    assert_eq!(sandbox.run("new dep_draft").stderr, "");
    // As it advises.
    sandbox.replace(
        "catalog/locales/uk/errors.toml",
        "запаси.\"\n",
        "запаси.\"\n\n[dep_count_open.fix]\nclose_it = \"Попросіть.\"\n",
    );
    assert!(sandbox.run("check").fails(1).contains("5 texts are not translated into `uk`"));
    sandbox.replace(
        "catalog/errors.toml",
        "[dep_full]\nid = \"DEP-0003\"\n",
        "[dep_full]\nid = \"DEP-0003\"\ndraft = true\n",
    );
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn drafts_are_counted_allowed_or_denied() {
    let sandbox = sandbox();
    let check = sandbox.run("check");
    assert_eq!((check.code, check.stdout.as_str()), (Some(0), "no faults, 1 warning\n"));
    assert!(check.stderr.contains("warning: 2 entries are drafts: `dep_disk_full`, `dep_cannot_open`\n"));
    assert!(check.stderr.contains("--> catalog/drafts.toml:7:"));
    assert!(sandbox.run("check --deny drafts").fails(1).contains("error: 2 entries are drafts"));
    assert!(sandbox.run("coverage").succeeds().contains("; drafts: 2\n"));
    // Translators have nothing to do before a draft is complete, for an alias of one neither.
    let alias = "\n[dep_disk_gone]\nid = \"DEP-0103\"\nsame_as = \"dep_disk_full\"\ntitle = \"The disk is gone\"\n";
    sandbox.write("catalog/drafts.toml", &(DRAFTS.to_owned() + alias));
    assert!(!sandbox.run("coverage uk").succeeds().contains("dep_disk_gone"));
    sandbox.replace(
        "catalog/catalog.toml",
        "locales = [\"en\", \"uk\"]",
        "locales = [\"en\", \"uk\"]\ncomplete = true",
    );
    sandbox.replace(
        "catalog/locales/uk/errors.toml",
        "перераховує запаси.\"\n",
        "перераховує запаси.\"\n\n[dep_count_open.fix]\nclose_it = \"Попросіть колегу закрити підрахунок.\"\n",
    );
    assert_eq!(sandbox.run("check").code, Some(0));
    sandbox.replace("catalog/catalog.toml", "complete = true", "drafts = \"allow\"");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.replace("catalog/catalog.toml", "drafts = \"allow\"", "drafts = \"deny\"");
    sandbox.run("check").fails(1);
    // The policy is about checks and builds: it keeps nobody from other commands, by which a draft can go.
    sandbox.run("docs --out site").succeeds();
    sandbox.run("remove dep_disk_gone").succeeds();
    sandbox.run("remove dep_disk_full").succeeds();
    sandbox.run("remove dep_cannot_open").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// A draft may be translated, but need not be.
#[test]
fn an_export_says_which_drafts_it_leaves_out() {
    let sandbox = sandbox();
    let run = sandbox.run("export po uk --out uk.po");
    assert_eq!(run.stdout, "wrote uk.po: 11 texts, 10 translated, 0 stale\n");
    let note = "note: 2 texts of 1 draft left out: `dep_cannot_open`\n  = help: `--drafts` exports them, too\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), note));
    let run = sandbox.run("export xliff uk --drafts --out uk.xlf");
    assert_eq!(run.succeeds(), "wrote uk.xlf: 13 texts, 10 translated, 0 stale\n");
    sandbox.run("export po uk --drafts --out uk.po").succeeds();
    let source = "msgid \"Cannot open a file\"\nmsgstr \"";
    sandbox.replace("uk.po", source, &format!("{source}Файл не відкрити"));
    sandbox.run("import po uk.po").succeeds();
    assert!(sandbox.read("catalog/locales/uk/drafts.toml").contains("title = \"Файл не відкрити\""));
    sandbox.replace("catalog/drafts.toml", "title = \"Cannot open a file\"\n", "");
    let exported = sandbox.run("export po --drafts").succeeds().to_owned();
    assert!(exported.contains("\n#. What happened this time: the detail of DEP-0102.\n"), "{exported}");
}

#[test]
fn no_format_shows_what_a_draft_lacks() {
    let sandbox = sandbox();
    for format in ["terminal", "text", "markdown", "html"] {
        let shown = sandbox.run(&format!("preview dep_disk_full --format {format}")).succeeds().to_owned();
        assert!(shown.contains("Dep disk full") && !shown.contains("<p></p>"), "{shown}");
        let headings = ["Likely causes", "What you can do", "not described"];
        assert!(headings.iter().all(|heading| !shown.contains(heading)), "{shown}");
    }
    let problem: Value = serde_json::from_str(sandbox.run("preview DEP-0101 -f problem").succeeds()).unwrap();
    assert_eq!([&problem["status"], &problem["detail"]], [&Value::from(500), &Value::from("Dep disk full")]);
    assert_eq!([&problem["causes"], &problem["fixes"]], [&Value::from(Vec::<Value>::new()); 2]);
    let explained = sandbox.run("explain DEP-0102").succeeds().to_owned();
    assert!(explained.contains("Since version 0.2.0, not released yet, a draft\n"), "{explained}");
    assert!(explained.contains("  path (text, operator)\n  tries (u32, public)\n"), "{explained}");
    let markdown = sandbox.run("explain DEP-0102 -f markdown").succeeds().to_owned();
    assert!(markdown.contains("- `path` (text, operator)\n- `tries` (u32, public)\n"), "{markdown}");
    // An example that nobody wrote is shown nowhere.
    let json = sandbox.run("explain DEP-0102 -f json").succeeds().to_owned();
    for shown in [&explained, &markdown, &json] {
        assert!(!shown.contains("or example") && !shown.contains("after 0 tries"), "{shown}");
    }
    sandbox.replace("catalog/drafts.toml", "{ type = \"u32\" }", "{ type = \"u32\", example = 3 }");
    assert!(sandbox.run("explain DEP-0102").succeeds().contains("  tries (u32, public): For example: 3\n"));
}

/// Until somebody says that a text parameter is public, clients do not see its value.
#[test]
fn a_drafts_text_parameters_are_for_operators() {
    let sandbox = sandbox();
    for format in ["terminal", "text", "markdown", "html", "problem", "envelope", "grpc"] {
        let preview = |drafts: &Sandbox| {
            let arguments = format!("preview DEP-0102 --set path=/etc/secret --set tries=3 --format {format}");
            drafts.run(&arguments).succeeds().to_owned()
        };
        let shown = preview(&sandbox);
        assert!(!shown.contains("secret") && shown.contains("open … after 3 tries."), "{shown}");
        let public = self::sandbox();
        public.replace(
            "catalog/drafts.toml",
            "path = { type = \"text\" }",
            "path = { type = \"text\", sensitivity = \"public\" }",
        );
        assert!(preview(&public).contains("secret"), "{format}");
    }
}

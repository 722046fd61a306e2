//! The commands that change a catalogue's files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod base;
mod removed_entries;
#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;
mod unlisted;

use sandbox::{Sandbox, run_in};
use std::fs;
use std::path::Path;

const MANIFEST: &str = "catalog/catalog.toml";
const ERRORS: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";
const STATE: &str = "catalog/locales/uk.state.toml";

/// The records of the translations, without the names of the texts.
fn records(sandbox: &Sandbox) -> Vec<String> {
    let state = sandbox.read(STATE);
    state.lines().filter_map(|line| Some(line.split_once(" = {")?.1.to_owned())).collect()
}

/// All files below a folder with their contents.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.append(&mut contents(&path));
        } else {
            files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn fmt_changes_layout_alone() {
    let sandbox = Sandbox::synced();
    assert_eq!(sandbox.run("fmt --check").succeeds(), "4 files in the usual layout\n");
    let before = sandbox.read(ERRORS);
    sandbox.replace(ERRORS, "status = 404\n", "status=404   \n\n\n");
    sandbox.replace(ERRORS, "[dep_count_open]", "# why\r\n[dep_count_open]");
    let check = sandbox.run("fmt --check");
    assert_eq!((check.code, check.stdout.as_str()), (Some(1), "would format catalog/errors.toml\n"));
    assert_eq!(check.stderr, "error: 1 file not in the usual layout; run `lift-errors fmt`\n");
    assert_eq!(sandbox.run("fmt").succeeds(), "wrote catalog/errors.toml\n");
    let after = sandbox.read(ERRORS);
    assert_eq!(after.replace("# why\n", ""), before.replace("status = 404\n", "status = 404\n\n"));
    // The last line is one without its end, too.
    sandbox.write(ERRORS, &format!("{after}# end"));
    sandbox.run("fmt").succeeds();
    assert_eq!(sandbox.read(ERRORS), format!("{after}# end\n"));
    sandbox.write(ERRORS, "[a\n");
    assert!(sandbox.run("fmt").fails(1).contains("is not TOML"));
}

#[test]
fn fmt_leaves_the_shipped_catalogues_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for manifest in ["catalog/catalog.toml", "tests/golden/onboarding/catalog.toml"] {
        run_in(&root, &format!("fmt --check --manifest {manifest}")).succeeds();
    }
}

#[test]
fn rename_follows_a_name_into_every_file_and_keeps_reviews() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "text = \"The name is misspelt.\"", "text = \"The name is misspelt.\" # often");
    sandbox.replace(
        ERRORS,
        "since = \"0.1.0\"\nseverity = \"info\"",
        "since = \"0.1.0\"\nreplaced_by = \"dep_shelf_unknown\"\nseverity = \"info\"",
    );
    sandbox.run("review uk --all").succeeds();
    let (before, errors) = (records(&sandbox), sandbox.read(ERRORS));

    let renamed = sandbox.run("rename dep_shelf_unknown dep_no_shelf");
    assert!(renamed.succeeds().contains("wrote catalog/locales/uk/errors.toml\n"), "{renamed:#?}");
    assert_eq!(sandbox.read(ERRORS), errors.replace("dep_shelf_unknown", "dep_no_shelf"));
    assert!(sandbox.read(UKRAINIAN).starts_with("[dep_no_shelf]\ntitle = \"Невідома полиця\"\n"));
    assert!(sandbox.read("catalog/locales/en/errors.toml").contains("[dep_no_shelf]"));
    assert_eq!(records(&sandbox), before);

    sandbox.run("rename dep_no_shelf.cause.misspelt wrong_name").succeeds();
    sandbox.run("rename dep_no_shelf.fix.look_it_up read_sign").succeeds();
    assert!(sandbox.read(ERRORS).contains("[[dep_no_shelf.cause]]\nid = \"wrong_name\"\ntext = \"The name is misspelt.\" # often\nfixes = [\"read_sign\"]\n"));
    assert!(sandbox.read(UKRAINIAN).contains("wrong_name = \"Назву"));
    assert_eq!(records(&sandbox), before);

    // The texts change, too, and the reviews stay.
    sandbox.run("rename dep_no_shelf.params.shelf place").succeeds();
    assert!(sandbox.read(ERRORS).contains("There is no shelf {place}."));
    assert!(sandbox.read(UKRAINIAN).contains("Полиці {place} немає."));
    let now = records(&sandbox);
    assert_ne!(now, before);
    assert!(now.iter().all(|record| record.contains("reviewed")), "{now:?}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.run("sync --check").succeeds().ends_with("current\n"));
}

#[test]
fn a_rename_keeps_the_comments_of_an_inline_table() {
    let sandbox = Sandbox::new();
    let lines = |name: &str, line: &str| format!("{name} = {{ # all\n  {}, # often\n}}\n", line.trim_end());
    for (file, name) in [(ERRORS, "params"), (UKRAINIAN, "cause")] {
        let text = sandbox.read(file);
        let heading = format!("\n[dep_shelf_unknown.{name}]\n");
        let line = text.split_once(&heading).and_then(|(_, below)| below.lines().next()).unwrap();
        sandbox.replace(file, &format!("{heading}{line}\n"), &lines(name, line));
    }
    let (errors, ukrainian) = (sandbox.read(ERRORS), sandbox.read(UKRAINIAN));
    assert!(errors.contains("params = { # all\n  shelf = {"), "{errors}");

    sandbox.run("rename dep_shelf_unknown.params.shelf place").succeeds();
    let renamed = errors.replace("  shelf = {", "  place = {").replace("{shelf}", "{place}");
    assert_eq!(sandbox.read(ERRORS), renamed);
    sandbox.run("rename dep_shelf_unknown.cause.misspelt wrong_name").succeeds();
    let renamed = ukrainian.replace("  misspelt =", "  wrong_name =").replace("{shelf}", "{place}");
    assert_eq!(sandbox.read(UKRAINIAN), renamed);
}

#[test]
fn a_stale_translation_is_stale_after_a_rename() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "There is no shelf {shelf}.", "No shelf is called {shelf}.");
    sandbox.run("rename dep_shelf_unknown.params.shelf place").succeeds();
    assert!(sandbox.run("coverage uk").succeeds().contains("\nstale dep_shelf_unknown.detail\n"));
}

#[test]
fn links_and_constants_of_the_manifest_are_renamed_in_all_texts() {
    let sandbox = Sandbox::synced();
    let manifest = sandbox.read(MANIFEST)
        + "\n[constants]\nmost = 7 # shelves\n\n[[link]]\nid = \"map\"\nrel = \"help\"\nhref = \"https://example.com/map\"\n";
    sandbox.write(MANIFEST, &manifest);
    sandbox.replace(ERRORS, "The depot has no shelf of that name.", "There are {most} shelves on the [map](@map).");
    sandbox.replace(UKRAINIAN, "На складі немає полиці з такою назвою.", "Є {most} полиць на [мапі](@map).");
    sandbox.run("rename constants.most shelf_count").succeeds();
    sandbox.run("rename link.map floor_plan").succeeds();
    assert!(
        sandbox.read(MANIFEST).contains("shelf_count = 7 # shelves")
            && sandbox.read(MANIFEST).contains("\"floor_plan\"")
    );
    assert!(sandbox.read(UKRAINIAN).contains("Є {shelf_count} полиць на [мапі](@floor_plan)."));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// An entry's own link hides the manifest's of the same id, for its aliases too.
#[test]
fn a_link_of_the_manifest_is_not_renamed_where_an_own_one_hides_it() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "status = 404\n", "status = 404\nstatus_default = true\n");
    let link = |id: &str| format!("\n[[link]]\nid = \"{id}\"\nrel = \"help\"\nhref = \"https://example.com/{id}\"\n");
    sandbox.write(MANIFEST, &(sandbox.read(MANIFEST) + &link("guide")));
    let own = link("guide").replace("[[link]]", "[[dep_shelf_unknown.link]]").replace(".com/", ".com/own/");
    let alias = "\n[dep_alias]\nid = \"DEP-0003\"\nsince = \"0.1.0\"\nseverity = \"info\"\ntitle = \"An alias\"\n\
        meaning = \"See the [own](@guide).\"\nsame_as = \"dep_shelf_unknown\"\n";
    let errors = sandbox.read(ERRORS).replace("\n[dep_count_open]", &format!("{own}\n[dep_count_open]")) + alias;
    let errors = errors.replace("has no shelf of that name.", "has no such shelf: the [own](@guide).");
    sandbox.write(ERRORS, &errors.replace("until the count is closed.", "until then: [the guide](@guide)."));
    sandbox.replace(UKRAINIAN, "немає полиці з такою назвою.", "її немає: [своя](@guide).");
    sandbox.replace(UKRAINIAN, "доки підрахунок не закрито.", "до того: [довідник](@guide).");
    assert_eq!(sandbox.run("check").code, Some(0), "{:#?}", sandbox.run("check"));
    let (errors, translated) = (sandbox.read(ERRORS), sandbox.read(UKRAINIAN));

    sandbox.run("rename link.guide manual").succeeds();
    assert_eq!(sandbox.read(ERRORS), errors.replace("[the guide](@guide)", "[the guide](@manual)"));
    assert_eq!(sandbox.read(UKRAINIAN), translated.replace("[довідник](@guide)", "[довідник](@manual)"));

    // One of the names would hide the other.
    sandbox.replace(ERRORS, "such shelf: the [own](@guide).", "such shelf: the [own](@guide), the [manual](@manual).");
    sandbox.replace(UKRAINIAN, "[своя](@guide).", "[своя](@guide), [довідник](@manual).");
    let before = sandbox.files();
    for (arguments, says) in [
        ("rename link.manual guide", "there is already a `dep_shelf_unknown.link.guide`"),
        ("rename dep_shelf_unknown.link.guide manual", "there is already a `link.manual`"),
    ] {
        let run = sandbox.run(arguments);
        assert!(run.fails(1).contains(says), "{run:#?}");
        assert_eq!(sandbox.files(), before);
    }
    sandbox.run("rename dep_shelf_unknown.link.guide plan").succeeds();
    assert!(sandbox.read(ERRORS).contains("meaning = \"See the [own](@plan).\""), "{}", sandbox.read(ERRORS));
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn parts_are_renamed_in_aliases_too() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ERRORS, "status = 404\n", "status = 404\nstatus_default = true\n");
    sandbox.replace(ERRORS, "\"public\", doc", "\"public\", optional = true, doc");
    sandbox.replace(ERRORS, "detail = \"There is no shelf {shelf}.\"\n", "detail = \"There is no such shelf.\"\n");
    sandbox.replace(UKRAINIAN, "Полиці {shelf} немає.", "Такої полиці немає.");
    let alias = "\n[dep_alias]\nid = \"DEP-0003\"\nsince = \"0.1.0\"\nseverity = \"info\"\ntitle = \"An alias\"\n\
        meaning = \"The same.\"\nsame_as = \"dep_shelf_unknown\"\n\n\
        [[dep_alias.detail]]\nid = \"spelling\"\ncause = \"misspelt\"\nwhen = [\"shelf\"]\ntext = \"Is {shelf} misspelt?\"\n\n\
        [[dep_alias.detail]]\nid = \"otherwise\"\ntext = \"It is not there.\"\n";
    sandbox.write(ERRORS, &(sandbox.read(ERRORS) + alias));
    let translated = "\n[dep_alias.detail]\nspelling = \"Чи правильно написано {shelf}?\"\n";
    sandbox.write(UKRAINIAN, &(sandbox.read(UKRAINIAN) + translated));
    assert_eq!(sandbox.run("check").code, Some(0), "{:#?}", sandbox.run("check"));

    sandbox.run("rename dep_shelf_unknown.params.shelf place").succeeds();
    sandbox.run("rename dep_shelf_unknown.cause.misspelt wrong_name").succeeds();
    let renamed = alias.replace("\"misspelt\"", "\"wrong_name\"").replace("{shelf}", "{place}");
    let renamed = renamed.replace("[\"shelf\"]", "[\"place\"]");
    assert!(sandbox.read(ERRORS).ends_with(&renamed), "{}", sandbox.read(ERRORS));
    assert!(sandbox.read(UKRAINIAN).ends_with(&translated.replace("shelf", "place")));
}

#[test]
fn code_in_a_description_keeps_its_words() {
    let sandbox = Sandbox::synced();
    let manifest = sandbox.read(MANIFEST)
        + "\n[constants]\nmost = 7\n\n[[link]]\nid = \"map\"\nrel = \"help\"\nhref = \"https://example.com/map\"\n";
    sandbox.write(MANIFEST, &manifest);
    let description = "description = '''\nUp to {most}, not `{most}`: [map](@map), not `[map](@map)`.\n\n\
        ```\n{most} [map](@map)\n```\n'''\n";
    sandbox.replace(ERRORS, "\n[dep_shelf_unknown.params]", &format!("{description}\n[dep_shelf_unknown.params]"));
    sandbox.replace(UKRAINIAN, "\n[dep_shelf_unknown.cause]", &format!("{description}\n[dep_shelf_unknown.cause]"));
    sandbox.run("rename constants.most shelf_count").succeeds();
    sandbox.run("rename link.map floor_plan").succeeds();
    let renamed = description.replacen("{most}", "{shelf_count}", 1).replacen("(@map)", "(@floor_plan)", 1);
    for file in [ERRORS, UKRAINIAN] {
        assert!(sandbox.read(file).contains(&renamed), "{}", sandbox.read(file));
    }
}

#[test]
fn a_rename_that_cannot_be_changes_nothing() {
    let sandbox = Sandbox::synced();
    sandbox.write(
        "catalog/catalog.lock",
        "[dep_shelf_unknown]\nid = \"DEP-0001\"\nstatus = 404\nretry = \"after_change\"\nparams = [\"shelf: text\"]\n",
    );
    sandbox.assert_refused(&[
        ("rename dep_shelf_unknown dep_x", 1, "was released: clients know it"),
        ("rename dep_shelf_unknown.params.shelf x", 1, "delete it from `params` of `dep_shelf_unknown`"),
        ("rename dep_count_opn dep_x", 1, "did you mean `dep_count_open`?"),
        ("rename dep_count_open dep_shelf_unknown", 1, "there is already a `dep_shelf_unknown`"),
        ("rename dep_count_open Wrong", 1, "nothing was written: the catalogue would have these faults"),
        ("rename dep_count_open other_count", 1, "--> catalog/errors.toml:"),
        ("rename dep_count_open dep_shop.dep_x", 1, "alone: `lift-errors rename dep_count_open dep_x`\n"),
        ("rename dep_count_open depot.x", 1, "alone: `lift-errors rename dep_count_open dep_x`\n"),
        ("rename dep_count_open dep_x.", 1, "help: write the new name alone\n"),
        ("rename dep_count_open.causes.x y", 2, "`cause`, `fix`, `note`"),
        ("remove dep_shelf_unknown", 2, "--in VERSION"),
        ("remove dep_x", 1, "the catalogue has no code `dep_x`"),
    ]);
    // No release has a parameter that is newer than the lock file.
    sandbox.replace("catalog/catalog.lock", "\"shelf: text\"", "\"shelves: text\"");
    sandbox.run("rename dep_shelf_unknown.params.shelf name").succeeds();
}

#[test]
fn a_parameter_that_no_client_reads_is_renamed_after_its_release() {
    let sandbox = Sandbox::synced();
    let params = ["", ", \"most: u32\""].map(|more| format!("params = [\"shelf: operator text\"{more}]\n"));
    let locked = "[dep_shelf_unknown]\nid = \"DEP-0001\"\nstatus = 404\nretry = \"after_change\"\n";
    for (params, draft, refused) in [
        (&params[1], "", false),
        (&params[0].replace("operator", "secret"), "", false),
        (&params[0].replace("operator ", ""), "draft = true\n", false),
        (&params[0].replace("shelf: operator ", "shelf?: "), "", true),
    ] {
        sandbox.write("catalog/catalog.lock", &format!("{locked}{params}{draft}"));
        let run = sandbox.run("rename dep_shelf_unknown.params.shelf place");
        if refused {
            assert!(run.fails(1).contains("was released: clients read it by its name"), "{run:#?}");
            continue;
        }
        assert!(run.succeeds().contains("Rust that uses the name must follow"), "{run:#?}");
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
        sandbox.run("lock").succeeds();
        assert!(sandbox.read("catalog/catalog.lock").contains("\"place: "));
        sandbox.run("rename dep_shelf_unknown.params.place shelf").fails(1);
        sandbox.write("catalog/catalog.lock", locked);
        sandbox.run("rename dep_shelf_unknown.params.place shelf").succeeds();
    }
}

#[test]
fn no_table_that_is_not_an_entry_can_be_replaced_by_one() {
    let sandbox = Sandbox::new();
    sandbox.replace(ERRORS, "[dep_shelf_unknown]\n", "[defaults]\nsince = \"0.1.0\"\n\n[dep_shelf_unknown]\n");
    sandbox.run("sync").succeeds();
    let before = sandbox.files();
    for name in ["defaults", "field_error", "term"] {
        for arguments in [format!("rename dep_count_open {name}"), format!("new {name} --title New")] {
            let run = sandbox.run(&arguments);
            assert!(run.fails(1).contains(&format!("`{name}` can't be a code, because")), "{run:#?}");
            assert_eq!(sandbox.files(), before);
        }
    }
}

#[cfg(unix)]
#[test]
fn all_files_are_written_or_none() {
    let sandbox = Sandbox::synced();
    let mut permissions = fs::metadata(sandbox.path(UKRAINIAN)).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(sandbox.path(UKRAINIAN), permissions).unwrap();
    let before = contents(&sandbox.root);
    assert!(sandbox.run("rename dep_count_open dep_counting").fails(3).contains("it is read-only"));
    assert_eq!(contents(&sandbox.root), before);
}

/// `check` used to take a service's catalogue of this name for the canonical one, which the build does not.
#[test]
fn init_writes_a_catalogue_without_faults() {
    let sandbox = Sandbox::empty();
    sandbox.write("Cargo.toml", "[package]\nname = \"stock-orders\"\n");
    let run = sandbox.run("init");
    for file in ["catalog/catalog.toml", "catalog/errors.toml", "catalog/README.md", "tests/stock_orders_lock.rs"] {
        assert!(run.succeeds().contains(&format!("wrote {file}\n")), "{run:#?}");
    }
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.run("fmt --check").succeeds();
    // The base that its manifest offers is one that it can have.
    let manifest = sandbox.read("catalog/catalog.toml");
    sandbox.replace("catalog/catalog.toml", "# extends", "extends");
    sandbox.run("check").succeeds();
    sandbox.write("catalog/catalog.toml", &manifest);
    let preview = sandbox.run("preview STO-0001");
    assert!(
        preview.succeeds().starts_with("Unknown order · STO-0001, HTTP 404\n\nThere is no order 1024.\n"),
        "{preview:#?}"
    );
    assert!(sandbox.read("tests/stock_orders_lock.rs").contains("assert_lock(\"catalog/catalog.toml\")"));
    // A newer command has a newer base, which the library does not have.
    let install = format!("cargo install lift-errors-cli --version {} --locked\n", env!("CARGO_PKG_VERSION"));
    assert!(sandbox.read("catalog/README.md").contains(&install));
    // Every command that its README names is one.
    for command in sandbox.read("catalog/README.md").split("lift-errors ").skip(1) {
        let name: String = command.chars().take_while(char::is_ascii_lowercase).collect();
        assert_eq!(sandbox.run(&format!("{name} --help")).code, Some(0), "{name}");
    }

    let before = contents(&sandbox.root);
    assert!(sandbox.run("init").fails(1).contains("`catalog/catalog.toml` exists already"));
    let wrong = sandbox.run("init orders --locale xx --folder other");
    assert!(wrong.fails(1).contains("--> other/catalog.toml:"), "{wrong:#?}");
    assert!(wrong.stderr.contains("nothing was written"));
    assert!(sandbox.run("init lift --folder other").fails(1).contains("belongs to the canonical catalogue"));
    assert_eq!(contents(&sandbox.root), before);
    // The first three letters are a word of Rust.
    sandbox.run("init user_service --folder users").succeeds();
    assert!(sandbox.read("users/catalog.toml").contains("code_prefix = \"user_\""));
    let named = sandbox.run("init billing --prefix bil --reference https://bill.example/errors --locale de --folder b");
    assert!(named.succeeds().contains("wrote tests/billing_lock.rs\n"));
    let quote = if cfg!(windows) { '"' } else { '\'' };
    let sub = sandbox.run("init sub --folder a&b");
    assert!(sub.succeeds().contains(&format!(" --manifest {quote}a&b/catalog.toml{quote}`")));
    // What it says to run finds the catalogue.
    let option = "--manifest b/catalog.toml";
    assert!(
        named.stdout.contains(&format!(
            "run `lift-errors check {option}` and `lift-errors preview bil_order_not_found {option}`"
        ))
    );
    sandbox.run(&format!("preview bil_order_not_found {option}")).succeeds();
    let ci = format!(
        "lift-errors check {option} && lift-errors fmt --check {option} && lift-errors sync --check {option}\n"
    );
    assert!(sandbox.read("b/README.md").contains(&ci) && !sandbox.read("catalog/README.md").contains("--manifest"));
    sandbox.run(&format!("sync --check {option}")).succeeds();
    assert!(
        sandbox
            .run("explain bil_ --manifest b/catalog.toml")
            .succeeds()
            .contains("https://bill.example/errors#BIL-0001")
    );
}

/// Folders that were made for a change that is refused go, too.
#[test]
fn a_refused_init_leaves_no_folders() {
    let sandbox = Sandbox::empty();
    sandbox.write("Cargo.toml", "[package]\nname = \"stock-orders\"\n");
    // The test of the lock file has no place.
    sandbox.write("tests", "");
    let run = sandbox.run("init --folder docs/errors");
    assert!(run.fails(3).ends_with("; nothing was written\n"), "{run:#?}");
    assert!(!sandbox.path("docs").exists());
}

#[test]
fn new_adds_an_entry_with_the_next_free_id() {
    let sandbox = Sandbox::synced();
    // The id of a removed code is not free.
    sandbox.write("catalog/catalog.lock", "[dep_old]\nid = \"DEP-0007\"\nremoved = \"0.2.0\"\n");
    let before = sandbox.read(ERRORS);
    let run = sandbox.run("new dep_gate_shut --status 423 --detail Gate-{gate}-is-shut.");
    assert!(run.succeeds().ends_with(
        "added `dep_gate_shut` with the id DEP-0008, as a draft: complete it, then remove `draft = true`\n\
         give each parameter its type, sensitivity, doc and example: `gate`\n"
    ));
    let added = "\n[dep_gate_shut]\nid = \"DEP-0008\"\ndraft = true\nstatus = 423\nsince = \"0.1.0\"\nseverity = \"error\"\n\
        detail = \"Gate-{gate}-is-shut.\"\nretry = { kind = \"never\" }\n\n[dep_gate_shut.params]\ngate = { type = \"text\" }\n";
    assert_eq!(sandbox.read(ERRORS), before.clone() + added);
    sandbox.run("fmt --check").succeeds();
    let complete =
        "new dep_on_fire --severity critical --title Fire --detail Fire! --meaning Burning. --cause Heat. --fix Water.";
    assert!(sandbox.run(complete).succeeds().ends_with("with the id DEP-0009, complete\n"));
    assert!(sandbox.run("explain DEP-0009").succeeds().contains("→ fix_1: Water."));
    let now = contents(&sandbox.root);
    for (arguments, code, says) in [
        ("new dep_on_fire", 1, "there is already a `dep_on_fire`"),
        ("new dep_old", 1, "the code `dep_old` was removed in version 0.2.0: clients know it as something else\n"),
        ("new Wrong", 1, "write `dep_wrong`"),
        ("new Dep-OnFire", 1, "write `dep_on_fire`"),
        ("new Größe", 1, "write `dep_not_found`"),
        ("new dep_Wrong", 1, "nothing was written"),
        ("new dep_gate.shut", 1, "the code `dep_gate.shut` is not in snake_case"),
        ("new dep_x --detail {}", 1, "nothing was written"),
        ("new dep_x --detail {gate-name}", 1, "the text between these braces is not a name"),
        ("new dep_x --detail {gate/name}", 1, "the text between these braces is not a name"),
        ("new --title Shut", 2, "name the code"),
        ("new dep_x --file erors.toml", 1, "did you mean `errors.toml`?"),
        ("new dep_x --status 200", 2, "write a number from 400 to 599"),
    ] {
        assert!(sandbox.run(arguments).fails(code).contains(says), "{arguments}: {:#?}", sandbox.run(arguments));
    }
    assert_eq!(contents(&sandbox.root), now);
}

/// A draft does not decide which entry explains a status, be it of the base or the only one of the catalogue.
#[test]
fn new_adds_drafts_beside_the_entry_that_explains_their_status() {
    let sandbox = Sandbox::synced();
    sandbox.replace(MANIFEST, "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    for (code, status) in [("dep_boom", ""), ("dep_no_shelf", " --status 404"), ("dep_teapot", " --status 418")] {
        sandbox.run(&format!("new {code}{status}")).succeeds();
    }
    sandbox.run("new dep_teapot_lost --status 418").succeeds();
    assert_eq!(sandbox.run("check").code, Some(0), "{:#?}", sandbox.run("check"));
}

#[test]
fn a_new_entry_has_the_delay_that_the_default_names() {
    let sandbox = Sandbox::synced();
    let defaults = "[defaults]\nretry = { kind = \"after\", delay = \"wait_time\" }\n";
    sandbox.replace(MANIFEST, "[\"errors.toml\"]", "[\"errors.toml\", \"gates.toml\"]");
    sandbox.write("catalog/gates.toml", defaults);
    sandbox.run("new dep_gate_shut --detail In{wait_time}").succeeds();
    let delay = "{ type = \"duration\", header = \"Retry-After\", doc = \"The time to wait.\", example = \"30s\" }\n";
    let gates = sandbox.read("catalog/gates.toml");
    assert!(gates.ends_with(&format!("detail = \"In{{wait_time}}\"\n\n[dep_gate_shut.params]\nwait_time = {delay}")));
    sandbox.run("new dep_gate_lost --retry never --title Lost").succeeds();
    assert!(sandbox.read("catalog/gates.toml").ends_with("retry = { kind = \"never\" }\n"));
    // The manifest's default, and one with another kind.
    sandbox.write(MANIFEST, &(sandbox.read(MANIFEST) + "\n" + &defaults.replace("wait_time", "retry_after")));
    sandbox.run("new dep_gate_late --file errors.toml --title Late").succeeds();
    assert!(sandbox.read(ERRORS).ends_with(&format!("\n[dep_gate_late.params]\nretry_after = {delay}")));
    sandbox.write("catalog/gates.toml", &gates.replace(defaults, "[defaults]\nretry = { kind = \"never\" }\n"));
    sandbox.replace(
        "catalog/gates.toml",
        "detail = \"In{wait_time}\"\n",
        "retry = { kind = \"after\", delay = \"wait_time\" }\n",
    );
    sandbox.run("new dep_gate_slow --title Slow").succeeds();
    assert!(sandbox.read("catalog/gates.toml").ends_with("title = \"Slow\"\n"));
    assert_eq!(sandbox.run("check").code, Some(0), "{:#?}", sandbox.run("check"));
}

#[test]
fn a_file_of_field_errors_and_terms_is_not_for_new_entries() {
    let sandbox = Sandbox::synced();
    let terms = "[term.shelf]\nsince = \"0.1.0\"\ntext = { one = \"shelf\", other = \"shelves\" }\n";
    sandbox.write("catalog/terms.toml", terms);
    sandbox.replace(MANIFEST, "[\"errors.toml\"]", "[\"errors.toml\", \"terms.toml\"]");
    sandbox.run("new dep_gate_shut --title Shut").succeeds();
    assert!(sandbox.read(ERRORS).contains("[dep_gate_shut]"));
    sandbox.run("new dep_gate_open --title Open --file terms.toml").succeeds();
    assert!(sandbox.read("catalog/terms.toml").contains("[dep_gate_open]"));
    // Somebody made the empty file for new entries.
    sandbox.replace(MANIFEST, "\"terms.toml\"]", "\"terms.toml\", \"gates.toml\"]");
    sandbox.write("catalog/gates.toml", "[defaults]\nstatus = 423\n");
    sandbox.run("new dep_gate_left --title Left").succeeds();
    assert!(sandbox.read("catalog/gates.toml").contains("[dep_gate_left]"));
}

/// A complete entry, but for its code and status.
const COMPLETE: &str = "--title New --detail It-happened. --meaning It-is-so. --cause A-reason. --fix A-remedy.";

#[test]
fn the_only_entry_of_a_status_becomes_its_default_when_another_one_comes() {
    let sandbox = Sandbox::synced();
    let before = sandbox.read(ERRORS);
    let added = sandbox.run(&format!("new dep_rack_unknown --status 404 {COMPLETE}"));
    assert!(added.succeeds().ends_with(
        "`dep_shelf_unknown` has the status 404, too, and explains a bare one: it has `status_default = true` now\n"
    ));
    let with_default = before.replace("status = 404\n", "status = 404\nstatus_default = true\n");
    assert!(sandbox.read(ERRORS).starts_with(&with_default), "{}", sandbox.read(ERRORS));
    let added = sandbox.run(&format!("new dep_box_unknown --status 404 {COMPLETE}"));
    assert!(added.succeeds().ends_with("complete\n"), "{added:#?}");
    assert!(sandbox.run("remove dep_shelf_unknown").fails(1).contains(
        "move `status_default = true` from `dep_shelf_unknown` to one of them first: `dep_rack_unknown`, `dep_box_unknown`"
    ));
    // A draft can't take its place yet.
    assert!(!sandbox.run("new dep_count_closed --status 409 --title Closed").succeeds().contains("status_default"));
    sandbox.run("remove dep_box_unknown").succeeds();
    // The heading of a section stays when its first key goes.
    let section = "\n# --- Texts ---\n\n";
    sandbox.replace(ERRORS, "status_default", &format!("{section}status_default"));
    let removed = sandbox.run("remove dep_rack_unknown");
    assert!(
        removed
            .succeeds()
            .ends_with("removed `status_default` of `dep_shelf_unknown`: no other entry has its status\n"),
        "{removed:#?}"
    );
    let left = before.replacen("status = 404\n", &format!("status = 404\n{section}"), 1);
    assert!(sandbox.read(ERRORS).starts_with(&left), "{}", sandbox.read(ERRORS));
}

#[test]
fn a_new_entry_has_the_header_that_its_status_needs() {
    let sandbox = Sandbox::synced();
    for (status, expected) in [
        (401, "headers = { WWW-Authenticate = 'Bearer realm=\"depot\"' }\n"),
        (407, "headers = { Proxy-Authenticate = 'Bearer realm=\"depot\"' }\n"),
        (405, "[dep_new_405.params]\nallow = { type = \"text\", sensitivity = \"public\""),
        (426, "header = \"Upgrade\" }\n"),
        (429, "retry = { kind = \"after\", delay = \"retry_after\" }\n"),
        (503, "[dep_new_503.params]\nretry_after = { type = \"duration\", header = \"Retry-After\""),
    ] {
        let added = sandbox.run(&format!("new dep_new_{status} --status {status} {COMPLETE}"));
        assert!(added.succeeds().ends_with(", complete\n"), "{added:#?}");
        let errors = sandbox.read(ERRORS);
        let (_, entry) = errors.split_once(&format!("[dep_new_{status}]\n")).unwrap();
        assert!(entry.contains(expected), "{entry}");
    }
    // An import leaves a file with defaults of its own, where new entries go.
    sandbox.write("codes.csv", "code,message\nlate,Too late\n");
    sandbox.run("import codes.csv --into late.toml").succeeds();
    sandbox.run(&format!("new dep_later --status 503 {COMPLETE}")).succeeds();
    assert!(sandbox.read("catalog/late.toml").contains("retry = { kind = \"after\", delay = \"retry_after\" }\n"));
    let named = COMPLETE.replace("It-happened.", "Use-{allow}.");
    assert!(sandbox.run(&format!("new dep_named --status 405 {named}")).succeeds().contains(", complete\n"));
    sandbox.run("fmt --check").succeeds();
}

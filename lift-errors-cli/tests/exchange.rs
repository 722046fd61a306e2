//! Translations as PO and XLIFF: what is exported comes back, what translators change is imported, and faults are named.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod marks;
mod plural_forms;
mod renamed;
#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;

const MANIFEST: &str = "catalog/catalog.toml";
const ENGLISH: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";
const STATE: &str = "catalog/locales/uk.state.toml";

/// The catalogue with a text that has plural forms in both languages.
fn with_plurals() -> Sandbox {
    let sandbox = Sandbox::new();
    let english = "detail = { one = \"{boxes} box is open.\", other = \"{boxes} boxes are open.\" }";
    sandbox.replace(ENGLISH, "detail = \"The shelf is being counted.\"", english);
    let parameters = "\n[dep_count_open.params]\nboxes = { type = \"u32\", doc = \"The open boxes.\", example = 2 }\n\n[[dep_count_open.cause]]";
    sandbox.replace(ENGLISH, "\n[[dep_count_open.cause]]", parameters);
    sandbox.replace(UKRAINIAN, "detail = \"Полицю саме перераховують.\"\n", "");
    let ukrainian = "[dep_count_open.detail]\none = \"Відкрито {boxes} коробку.\"\nfew = \"Відкрито {boxes} коробки.\"\n\
        many = \"Відкрито {boxes} коробок.\"\n\n[dep_count_open.cause]";
    sandbox.replace(UKRAINIAN, "[dep_count_open.cause]", ukrainian);
    sandbox.run("sync").succeeds();
    sandbox
}

/// The files of the catalogue.
fn files(sandbox: &Sandbox) -> [String; 4] {
    ["catalog/catalog.toml", UKRAINIAN, "catalog/locales/uk/catalog.toml", STATE].map(|file| sandbox.read(file))
}

#[test]
fn an_export_that_nobody_changed_changes_nothing() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        sandbox.run("review uk dep_count_open.detail dep_count_open.title").succeeds();
        sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
        sandbox.run("sync").succeeds();
        let before = files(&sandbox);
        let written = sandbox.run(&format!("export {format} uk --out uk.{format}"));
        assert_eq!(written.succeeds(), format!("wrote uk.{format}: 11 texts, 10 translated, 1 stale\n"));
        let imported = sandbox.run(&format!("import {format} uk.{format}"));
        assert_eq!(imported.succeeds(), "`uk`: 0 new, 0 changed, 10 as they were, 1 not translated\n");
        assert_eq!(files(&sandbox), before);
        // Work that a tool did not call finished is named.
        let file = sandbox.read(&format!("uk.{format}"));
        sandbox.write(&format!("uk.{format}"), &file.replace("Невідома полиця", "Такої полиці немає"));
        let imported = sandbox.run(&format!("import {format} uk.{format}"));
        let told =
            imported.succeeds().contains("1 not finished and left out\n1 translation that the file calls unfinished ");
        assert!(told && imported.stdout.contains("\nunfinished dep_shelf_unknown.title (line "), "{imported:#?}");
        assert_eq!(files(&sandbox), before);
        sandbox.write(&format!("uk.{format}"), &file);
        // Even if the tool says that the stale one is finished.
        for mark in ["#, fuzzy\n", " state=\"needs-adaptation\""] {
            let text = sandbox.read(&format!("uk.{format}"));
            sandbox.write(&format!("uk.{format}"), &text.replace(mark, ""));
        }
        let imported = sandbox.run(&format!("import {format} uk.{format}"));
        assert!(imported.succeeds().ends_with("\nstale dep_shelf_unknown.title\n"), "{imported:#?}");
        assert_eq!(files(&sandbox), before);
        assert!(sandbox.run("coverage uk").succeeds().contains("stale dep_shelf_unknown.title"));
    }
}

#[test]
fn an_example_with_control_characters_is_not_exported() {
    for format in ["po", "xliff"] {
        let sandbox = Sandbox::synced();
        sandbox.replace(ENGLISH, "\"B-7\"", "\"B\\nmsgid 7\\u0007\"");
        let exported = sandbox.run(&format!("export {format} uk --out uk.{format}"));
        assert!(exported.fails(1).contains("the text has a line break"), "{exported:#?}");
    }
}

#[test]
fn a_po_file_tells_translators_what_they_need() {
    let sandbox = with_plurals();
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    sandbox.replace(MANIFEST, "files = [", "glossary = [\"stock\"]\nfiles = [");
    sandbox.replace(UKRAINIAN, "Колега перераховує запаси", "Колега перераховує stock");
    let xliff = sandbox.run("export xliff uk");
    assert!(xliff.succeeds().contains("`stock` stays as it is in every language."), "{xliff:#?}");
    let po = sandbox.run("export po uk");
    let po = po.succeeds();
    for part in [
        "\"Language: uk\\n\"",
        "\"Plural-Forms: nplurals=3; plural=n % 10 == 1 && n % 100 != 11 ? 0 : (n % 10 >= 2 && n % 10 <= 4) && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;\\n\"",
        "# exported 0ba2fe57f0f7\n#. The title of DEP-0001, No such shelf.\n#. The error means: The depot has no shelf of that name.\n#: catalog/errors.toml:6\n#, fuzzy\n\
         #| msgid \"Unknown shelf\"\nmsgctxt \"dep_shelf_unknown.title\"\nmsgid \"No such shelf\"\nmsgstr \"Невідома полиця\"\n",
        "#. {shelf} is a text: The shelf's name; for example B-7.\n",
        "#. `stock` stays as it is in every language.\n#: catalog/errors.toml:38\nmsgctxt \"dep_count_open.cause.colleague_counts\"\n",
        "#. msgstr[1] is the form `few`, for numbers such as 2, 3, 4, 22.\n",
        "msgid \"{boxes} box is open.\"\nmsgid_plural \"{boxes} boxes are open.\"\nmsgstr[0] \"Відкрито {boxes} коробку.\"\n",
        "msgctxt \"dep_count_open.fix.close_it\"\nmsgid \"Ask the colleague to close the count.\"\nmsgstr \"\"\n",
    ] {
        assert!(po.contains(part), "{part}\n{po}");
    }
    let template = sandbox.run("export po");
    assert!(template.succeeds().contains("msgid \"No such shelf\"\nmsgstr \"\"\n"));
    assert!(!template.succeeds().contains("Невідома"));
}

#[test]
fn changes_of_translators_are_imported() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        let file = format!("uk.{format}");
        sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
        sandbox.run(&format!("export {format} uk --out {file}")).succeeds();
        let text = sandbox
            .read(&file)
            .replace("Невідома полиця", "Такої полиці немає")
            .replace("{boxes} коробки", "{boxes} ящики");
        let text = match format {
            "po" => text.replace("#, fuzzy\n#| msgid \"Unknown shelf\"\n", ""),
            _ => text.replace("state=\"needs-adaptation\"", "state=\"translated\""),
        };
        sandbox.write(&file, &text);
        let imported = sandbox.run(&format!("import {format} {file}"));
        let expected = format!(
            "wrote {UKRAINIAN}\nwrote {STATE}\nwrote catalog/locales/en/errors.toml\n`uk`: 0 new, 2 changed, 8 as they were, 1 not translated\n"
        );
        assert_eq!(imported.succeeds(), expected);
        let texts = sandbox.read(UKRAINIAN);
        assert!(
            texts.contains("title = \"Такої полиці немає\"\n") && texts.contains("few = \"Відкрито {boxes} ящики.\"\n"),
            "{texts}"
        );
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
        assert_eq!(sandbox.run("sync").succeeds(), "all 3 files are current\n");
    }
}

/// `approved` of an unchanged translation is a review, as `lift-errors review` is.
#[test]
fn approvals_in_xliff_are_reviews() {
    let sandbox = with_plurals();
    sandbox.run("review uk labels.fixes").succeeds();
    sandbox.run("export xliff uk --out uk.xliff").succeeds();
    let exported = sandbox.read("uk.xliff");
    let approved = |text: &str, address: &str| {
        let unit = format!("<trans-unit id=\"{address}\"");
        assert!(text.contains(&unit), "{text}");
        text.replace(&unit, &format!("{unit} approved=\"yes\""))
    };
    let import = |text: &str| {
        sandbox.write("uk.xliff", text);
        sandbox.run("import xliff uk.xliff").succeeds().to_owned()
    };
    let reviewed = || sandbox.read(STATE).matches("review = \"reviewed\"").count();

    let report = "`uk`: 0 new, 0 changed, 10 as they were, 1 not translated, 1 reviewed\n";
    assert_eq!(import(&approved(&exported, "dep_shelf_unknown.title")), format!("wrote {STATE}\n{report}"));
    assert_eq!(reviewed(), 2);
    // Beside an approved and a draft change.
    let mixed = approved(&approved(&exported, "dep_shelf_unknown.meaning"), "dep_count_open.title");
    let mixed = mixed.replace("Триває підрахунок", "Іде підрахунок").replace("Назву написано", "Назва написана");
    let report = "`uk`: 0 new, 2 changed, 8 as they were, 1 not translated, 2 reviewed\n";
    assert!(import(&mixed).ends_with(report));
    assert_eq!(reviewed(), 4);
    // A file that lacks an approval takes none back; the changes were not exported.
    let all = exported
        .replace("<trans-unit ", "<trans-unit approved=\"yes\" ")
        .replace(" approved=\"yes\" extradata", " extradata");
    assert!(import(&all).contains("2 older than the catalogue's and left out"));
    assert_eq!(reviewed(), 9);
    assert!(sandbox.run("review uk --all").succeeds().starts_with(&format!("wrote {STATE}\n")));
    assert_eq!(reviewed(), 10);
    // The approval of what was exported is not one of what a tool made of it.
    sandbox.run("export xliff uk --out uk.xliff").succeeds();
    let changed = import(&sandbox.read("uk.xliff").replace("Іде підрахунок", "Триває підрахунок"));
    assert!(changed.contains("\n1 translation changed since the review, to be read again "), "{changed}");
    assert!(changed.contains(":\ndraft dep_count_open.title (line "), "{changed}");
    assert_eq!(reviewed(), 9);
    // Nor is it the second time, or after another change.
    sandbox.run("import xliff uk.xliff").succeeds();
    assert_eq!(reviewed(), 9);
    sandbox.replace(UKRAINIAN, "Триває підрахунок", "Підрахунок триває");
    sandbox.run("sync").succeeds();
    sandbox.run("import xliff uk.xliff").succeeds();
    assert!(sandbox.read(UKRAINIAN).contains("Триває підрахунок"));
    assert_eq!(reviewed(), 9);
}

#[test]
fn a_translation_of_an_earlier_source_is_stale() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po uk --out uk.po").succeeds();
    sandbox.replace("uk.po", "Невідома полиця", "Полиця невідома");
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    let imported = sandbox.run("import po uk.po");
    assert!(imported.succeeds().contains("1 translation made from an earlier source, so stale"), "{imported:#?}");
    assert!(sandbox.read(UKRAINIAN).contains("Полиця невідома"));
    let check = sandbox.run("check");
    assert!(check.stderr.contains("the text was: Unknown shelf\n"), "{check:#?}");
    assert!(sandbox.read(STATE).contains("previous = \"Unknown shelf\""));
}

/// What is recorded of a text that is gone is not checked as a text is.
#[test]
fn an_earlier_source_gives_a_translators_terminal_no_orders() {
    let sandbox = Sandbox::synced();
    sandbox.replace(ENGLISH, "\"Unknown shelf\"", "\"No such shelf\"");
    sandbox.run("sync").succeeds();
    let state = sandbox.read(STATE);
    let source =
        state.split("\"dep_shelf_unknown.title\" = { source = \"").nth(1).unwrap().get(..12).unwrap().to_owned();
    let export = || sandbox.run("export po uk").succeeds().to_owned() + sandbox.run("export xliff uk").succeeds();
    assert!(export().contains("Unknown shelf"));
    let hostile =
        state.replace(&source, "18f5d1a70d1d").replace("previous = \"Unknown shelf\"", "previous = \"Old\\u001b[2J\"");
    sandbox.write(STATE, &hostile);
    assert!(!export().contains('\u{1b}'));
}

#[test]
fn a_language_is_added_from_po_alone() {
    let sandbox = with_plurals();
    sandbox.run("export po pl --out pl.po").succeeds();
    let po = sandbox.read("pl.po");
    let fill = |po: &str, source: &str, target: &str| {
        let (source, target) =
            (format!("msgid \"{source}\"\nmsgstr \"\""), format!("msgid \"{source}\"\nmsgstr \"{target}\""));
        assert!(po.contains(&source), "{source}\n{po}");
        po.replace(&source, &target)
    };
    let po = fill(&po, "Unknown shelf", "Nieznana półka");
    let po = fill(&po, "There is no shelf {shelf}.", "Nie ma półki.");
    let po = fill(&po, "The name is misspelt.", "Nazwa zawiera błąd.");
    let po = fill(&po, "What you can do", "Co możesz zrobić");
    let po = po.replace("msgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n", "msgstr[0] \"Otwarto {boxes} karton.\"\nmsgstr[1] \"Otwarto {boxes} kartony.\"\nmsgstr[2] \"Otwarto {boxes} kartonów.\"\n");
    sandbox.write("pl.po", &po);
    let imported = sandbox.run("import po pl.po");
    assert_eq!(imported.code, Some(1), "{imported:#?}");
    let line = 1 + po.lines().position(|line| line == "msgid \"There is no shelf {shelf}.\"").unwrap();
    assert!(
        imported.stderr.starts_with(&format!(
            "warning: pl.po:{line}: left out: `dep_shelf_unknown.detail`: the translation lacks `{{shelf}}`\n  = help: "
        )),
        "{imported:#?}"
    );
    assert!(
        imported.stderr.ends_with("error: 1 text left out; mend them as the warnings say, and import again\n"),
        "{imported:#?}"
    );
    assert!(imported.stdout.ends_with("`pl`: 4 new, 0 changed, 0 as they were, 6 not translated\n"), "{imported:#?}");
    assert!(sandbox.read("catalog/catalog.toml").contains("locales = [\"en\", \"uk\", \"pl\"]"));
    let polish = sandbox.read("catalog/locales/pl/errors.toml");
    let expected = "[dep_shelf_unknown]\ntitle = \"Nieznana półka\"\n\n[dep_shelf_unknown.cause]\nmisspelt = \"Nazwa zawiera błąd.\"\n\n\
        [dep_count_open]\n\n[dep_count_open.detail]\none = \"Otwarto {boxes} karton.\"\nfew = \"Otwarto {boxes} kartony.\"\nmany = \"Otwarto {boxes} kartonów.\"\n";
    assert_eq!(polish, expected);
    sandbox.write("pl.po", &sandbox.read("pl.po").replace("Nie ma półki.", "Nie ma półki {shelf}."));
    assert!(
        sandbox
            .run("import po pl.po")
            .succeeds()
            .ends_with("`pl`: 1 new, 0 changed, 4 as they were, 6 not translated\n")
    );
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.run("sync").succeeds().starts_with("all "));
    let shown = sandbox.run("preview dep_shelf_unknown --locale pl");
    assert!(shown.succeeds().contains("Nie ma półki B-7."), "{shown:#?}");
}

/// A part of a translation is imported, and is not enough for a catalogue that has to be complete.
#[test]
fn an_import_warns_of_texts_that_a_complete_catalogue_lacks() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po uk --out uk.po").succeeds();
    let manifest = sandbox.read("catalog/catalog.toml");
    sandbox.write("catalog/catalog.toml", &manifest.replace("files = [", "complete = true\nfiles = ["));
    sandbox.replace("uk.po", "Невідома полиця", "Полиця невідома");
    let imported = sandbox.run("import po uk.po");
    let warning = "warning: `uk` lacks 1 text, and the manifest has `complete = true`, so `lift-errors check` fails\n";
    assert!(imported.code == Some(0) && imported.stderr.starts_with(warning), "{imported:#?}");
    assert!(imported.stdout.contains("`uk`: 0 new, 1 changed"), "{imported:#?}");
    assert_eq!(sandbox.run("check").code, Some(1));
}

/// A locale that was taken off the list for a while has its folder, its reviews, and its stale texts.
#[test]
fn an_import_keeps_the_translations_of_a_locale_that_is_not_listed() {
    let sandbox = Sandbox::synced();
    sandbox.run("review uk dep_count_open.title labels.fixes").succeeds();
    sandbox.replace(ENGLISH, "The name is misspelt.", "The name is wrong.");
    sandbox.run("sync").succeeds();
    sandbox.run("export po uk --out uk.po").succeeds();
    let (translations, state) = (sandbox.read(UKRAINIAN), sandbox.read(STATE));
    assert!(state.contains("review = \"reviewed\"") && state.contains("previous = "), "{state}");
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    let po = sandbox.read("uk.po").replace("Невідома полиця", "Нема такої полиці");
    let entry = po.split("\n\n").find(|entry| entry.contains("Нема такої полиці")).unwrap();
    let header = po.split("\n\n").next().unwrap();
    sandbox.write("one.po", &format!("{header}\n\n{entry}\n"));
    sandbox.run("import po one.po").succeeds();
    assert_eq!(sandbox.read(UKRAINIAN), translations.replace("Невідома полиця", "Нема такої полиці"));
    let others = |state: &str| -> Vec<String> {
        state.lines().filter(|line| !line.starts_with("\"dep_shelf_unknown.title\"")).map(str::to_owned).collect()
    };
    assert_eq!(others(&sandbox.read(STATE)), others(&state));
    assert!(sandbox.read("catalog/catalog.toml").contains("[\"en\", \"uk\"]"));
    assert_eq!(sandbox.run("sync").succeeds(), "all 3 files are current\n");

    // An export has them, too, and a file that nobody changed brings the locale back.
    let (translations, state) = (sandbox.read(UKRAINIAN), sandbox.read(STATE));
    sandbox.run("export po uk --out listed.po").succeeds();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    let exported = sandbox.run("export po uk --out unlisted.po");
    assert!(exported.succeeds().ends_with("11 texts, 10 translated, 1 stale\n"), "{exported:#?}");
    assert_eq!(sandbox.read("unlisted.po"), sandbox.read("listed.po"));
    let imported = sandbox.run("import po unlisted.po");
    assert!(imported.stdout.contains("`uk`: 0 new, 0 changed, 10 as they were, 1 not translated"), "{imported:#?}");
    assert!(sandbox.read("catalog/catalog.toml").contains("[\"en\", \"uk\"]"));
    assert_eq!((sandbox.read(UKRAINIAN), sandbox.read(STATE)), (translations, state));
}

/// An import writes the copies of the texts, which were those of before.
#[test]
fn an_import_keeps_the_earlier_texts_for_locales_that_are_not_listed() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po pl --out pl.po").succeeds();
    sandbox.replace(
        "pl.po",
        "msgid \"A count is open\"\nmsgstr \"\"",
        "msgid \"A count is open\"\nmsgstr \"Trwa spis\"",
    );
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    sandbox.replace(ENGLISH, "The name is misspelt.", "The name is wrong.");
    sandbox.run("import po pl.po").succeeds();
    assert!(!sandbox.read("catalog/locales/en/errors.toml").contains("misspelt."));
    assert!(sandbox.read(STATE).contains("previous = \"The name is misspelt.\""), "{}", sandbox.read(STATE));
}

/// The head of a file stays above the first table, whatever comes into it.
#[test]
fn a_new_table_comes_below_the_head_of_its_file() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po uk --out uk.po").succeeds();
    let head = "# By hand.\n\n# What helps.\n";
    sandbox.write(
        UKRAINIAN,
        &format!("{head}[dep_shelf_unknown.fix]\nlook_it_up = \"Знайдіть назву на табличці полиці.\"\n"),
    );
    sandbox.run("import po uk.po").succeeds();
    let written = sandbox.read(UKRAINIAN);
    assert!(written.starts_with(&format!("{head}[dep_shelf_unknown]\ntitle = \"Невідома полиця\"\n")), "{written}");
    assert!(written.contains("\n\n[dep_shelf_unknown.fix]\nlook_it_up = "), "{written}");
}

/// Nobody has to translate a draft. What is translated already is kept.
#[test]
fn translations_of_an_entry_that_became_a_draft_are_imported() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po uk --out uk.po").succeeds();
    sandbox.replace(ENGLISH, "id = \"DEP-0002\"", "id = \"DEP-0002\"\ndraft = true");
    sandbox.write(UKRAINIAN, "");
    let covered = sandbox.run("coverage uk");
    assert!(!covered.succeeds().contains("dep_count_open"), "{covered:#?}");
    let exported = sandbox.run("export po uk");
    assert!(exported.code == Some(0) && !exported.stdout.contains("dep_count_open"), "{exported:#?}");
    let imported = sandbox.run("import po uk.po");
    assert!(
        imported.succeeds().ends_with("`uk`: 9 new, 0 changed, 1 as they were, 1 not translated\n"),
        "{imported:#?}"
    );
    assert!(sandbox.read(UKRAINIAN).contains("title = \"Триває підрахунок\""));
}

/// What is on one line stays there: a table of its own would not be part of it.
#[test]
fn a_translation_of_an_entry_on_one_line_is_kept() {
    for uk in ["dep_count_open = { title = \"Триває підрахунок\" }\n", "dep_count_open = {}\n"] {
        let sandbox = with_plurals();
        sandbox.run("export po uk --out uk.po").succeeds();
        sandbox.write(UKRAINIAN, uk);
        let imported = sandbox.run("import po uk.po");
        assert!(imported.succeeds().ends_with(", 1 not translated\n"), "{imported:#?}");
        let texts = sandbox.read(UKRAINIAN);
        assert!(texts.contains("colleague_counts = \"Колега перераховує запаси.\""), "{texts}");
        assert!(texts.contains("few = \"Відкрито {boxes} коробки.\""), "{texts}");
        assert!(texts.contains("title = \"Триває підрахунок\""), "{texts}");
        let imported = sandbox.run("import po uk.po");
        assert_eq!(imported.succeeds(), "`uk`: 0 new, 0 changed, 10 as they were, 1 not translated\n");
    }
}

#[test]
fn wrong_files_are_refused_with_their_line() {
    let sandbox = Sandbox::synced();
    sandbox.write("broken.po", "msgctxt \"a\"\nmsgid \"b\nmsgstr \"\"\n");
    let run = sandbox.run("import po broken.po");
    assert!(run.fails(1).starts_with("error: `broken.po`, line 2: `\"b` is not a string\n  = help: "), "{run:#?}");
    std::fs::write(sandbox.path("latin.po"), b"msgid \"\"\nmsgstr \"\xe9\"\n").unwrap();
    assert!(sandbox.run("import po latin.po").fails(1).contains("line 2: the file is not UTF-8"));
    sandbox.write("none.po", "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n");
    assert!(sandbox.run("import po none.po").fails(2).contains("does not say which language"));
    let run = sandbox.run("import po none.po --locale uk");
    assert!(
        run.stderr.contains("none.po:2: left out: the catalogue has no text `a`\nerror: 1 text left out, which the ")
    );
    assert!(sandbox.run("import po none.po --locale xx").fails(1).contains("no texts are translated into `xx`"));
    assert!(
        sandbox
            .run("import po none.po --locale en")
            .fails(1)
            .contains("`en` is the language that the others are translated from")
    );
    assert!(sandbox.run("import po missing.po").fails(3).starts_with("error: can't read `missing.po`: "));
    sandbox.write("a.xlf", "<xliff version=\"1.2\">\n<file></xliff>");
    assert!(sandbox.run("import xliff a.xlf").fails(1).contains("`a.xlf`, line 2: the file is not XML"));
    assert!(sandbox.run("export po uk --out no/such/folder.po").fails(3).starts_with("error: can't write"));
}

#[test]
fn a_tag_with_the_usual_region_is_the_catalogue_s_locale() {
    let sandbox = Sandbox::synced();
    sandbox.run("export po uk-UA --out uk.po").succeeds();
    sandbox.replace("uk.po", "\"Language: uk\\n\"", "\"Language: ../x\\n\"");
    assert!(sandbox.run("import po uk.po").fails(1).contains("no texts are translated into `../x`"));
    sandbox.replace("uk.po", "\"Language: ../x\\n\"", "\"Language: uk_UA\\n\"");
    sandbox.replace("uk.po", "Невідома полиця", "Полиця невідома");
    assert!(
        sandbox
            .run("import po uk.po")
            .succeeds()
            .ends_with("`uk`: 0 new, 1 changed, 9 as they were, 1 not translated\n")
    );
    assert!(!sandbox.path("catalog/locales/uk-UA").exists());
    // gettext's names have an encoding and a script, too.
    for name in ["uk_UA.UTF-8", "uk@cyrillic", "uk_UA.utf8@cyrillic", "uk_UA@Cyrl", "uk@CYRILLIC", "uk_UA@euro"] {
        sandbox.write("named.po", &sandbox.read("uk.po").replace("uk_UA", name));
        assert!(sandbox.run("import po named.po").succeeds().starts_with("`uk`: 0 new, 0 changed,"), "{name}");
    }
    sandbox.write("named.po", &sandbox.read("uk.po").replace("uk_UA", "uk@surzhyk"));
    let refused = sandbox.run("import po named.po");
    assert!(refused.fails(1).contains("into `uk@surzhyk`: ") && refused.stderr.contains("`--locale "), "{refused:#?}");
    assert!(sandbox.run("import po named.po --locale uk").succeeds().starts_with("`uk`: 0 new, 0 changed,"));
    assert!(sandbox.run("import po named.po --locale uk@cyrillic").succeeds().starts_with("`uk`: 0 new, 0 changed,"));
    assert!(sandbox.run("export po sr@latin").succeeds().contains("\"Language: sr_Latn\\n\""));
    // `po2xliff` takes the tag over from the PO file.
    sandbox.run("export xliff uk_UA --out uk.xlf").succeeds();
    sandbox.replace("uk.xlf", "target-language=\"uk\"", "target-language=\"uk_UA\"");
    assert!(sandbox.run("import xliff uk.xlf").succeeds().starts_with("`uk`: 0 new, 0 changed, 10 as they were"));
}

/// A catalogue may take all of its texts from a base.
#[test]
fn a_file_without_texts_names_its_language() {
    let sandbox = Sandbox::empty();
    let manifest = "[catalog]\nname = \"desk\"\nextends = \"http\"\nid_form = \"DESK-0000\"\ncode_prefix = \"desk_\"\n\
                    reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\", \"de\"]\nfiles = []\n";
    sandbox.write("catalog.toml", manifest);
    sandbox.run("sync").succeeds();
    for format in ["po", "xliff"] {
        sandbox.run(&format!("export {format} de --out de.{format}")).succeeds();
        let run = sandbox.run(&format!("import {format} de.{format}"));
        assert!(run.succeeds().starts_with("`de`: 0 new, 0 changed, 0 as they were\n"), "{run:#?}");
    }
}

/// A change of the manifest or of a text makes translations wrong, and translators mend them with their tools.
#[test]
fn translations_that_a_change_made_wrong_are_mended_by_an_import() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        sandbox.replace("catalog/catalog.toml", "locales = [\"en\", \"uk\"]", "locales = [\"en\", \"de\", \"uk\"]");
        sandbox.write("catalog/locales/de/errors.toml", "[dep_shelf_unknown]\ntitle = \"Regal unbekannt\"\n");
        sandbox.run("sync");
        // One has to have a name, and the other one may not name the number any more.
        let files = "files = [\"errors.toml\"]";
        sandbox.replace("catalog/catalog.toml", files, &format!("{files}\nglossary = [\"DepotKit\"]"));
        sandbox.replace(ENGLISH, "\"The depot has no shelf of", "\"DepotKit has no shelf of");
        sandbox.run("sync").succeeds();
        sandbox.run("accept uk dep_count_open.title").succeeds();
        let plural = "{ one = \"{boxes} box is open.\", other = \"{boxes} boxes are open.\" }";
        sandbox.replace(ENGLISH, plural, "\"Some boxes are open: {state}.\"");
        let boxes = "boxes = { type = \"u32\", doc = \"The open boxes.\", example = 2 }";
        let state = "state = { type = \"text\", sensitivity = \"public\", doc = \"Which.\", example = \"7\" }";
        sandbox.replace(ENGLISH, boxes, state);
        let check = sandbox.run("check");
        assert!(check.code == Some(0) && check.stderr.contains("and its translation no longer fits\n"), "{check:#?}");
        assert!(sandbox.run("accept uk dep_shelf_unknown.meaning").fails(1).contains("lacks the word"));
        // Other languages and texts are as good as before.
        sandbox.run("sync").succeeds();
        sandbox.run("accept uk dep_count_open.title").succeeds();
        sandbox.run(&format!("export {format} de --out de.{format}")).succeeds();
        sandbox.run(&format!("import {format} de.{format}")).succeeds();
        let wrong = "2 texts still stale, as the file did not change:\n\
            stale dep_shelf_unknown.meaning: the translation does not fit the text\n\
            stale dep_count_open.detail: the translation does not fit the text\n";
        sandbox.run(&format!("export {format} uk --out same.{format}")).succeeds();
        let same = sandbox.read(&format!("same.{format}"));
        let finished = same.replace("#, fuzzy\n", "").replace("needs-adaptation", "translated");
        sandbox.write(&format!("same.{format}"), &finished);
        let imported = sandbox.run(&format!("import {format} same.{format}"));
        assert!(imported.succeeds().contains(wrong), "{imported:#?}");
        let stale = "stale dep_shelf_unknown.meaning\nstale dep_count_open.detail\n";
        assert!(sandbox.run("coverage uk").succeeds().ends_with(stale));
        let file = format!("uk.{format}");
        let written = sandbox.run(&format!("export {format} uk --out {file}"));
        assert!(written.succeeds().contains("2 stale"));
        // They are mended one by one.
        for (olds, new) in [
            (&["На складі немає"][..], "У DepotKit немає"),
            (
                &["Відкрито {boxes} коробку.", "Відкрито {boxes} коробки.", "Відкрито {boxes} коробок."],
                "Відкрито: {state}.",
            ),
        ] {
            let text = sandbox.read(&file).replace("#, fuzzy\n", "").replace("needs-adaptation", "translated");
            assert!(olds.iter().all(|old| text.contains(old)), "{text}");
            sandbox.write(&file, &olds.iter().fold(text, |text, old| text.replace(old, new)));
            let imported = sandbox.run(&format!("import {format} {file}"));
            assert!(imported.succeeds().contains(" 1 changed,"), "{imported:#?}");
        }
        assert!(!sandbox.run("coverage uk").succeeds().contains("\nstale "));
        assert!(sandbox.run("check").stdout.starts_with("no faults"));
    }
}

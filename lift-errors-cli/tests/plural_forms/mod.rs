//! Plural forms in files for translators' tools: their number, their comments, and what selects them.

use crate::{ENGLISH, UKRAINIAN, with_plurals};

/// Translators' comments stay, above the text.
#[test]
fn a_translation_that_becomes_plural_keeps_its_comments() {
    let sandbox = with_plurals();
    sandbox.run("export po uk --out uk.po").succeeds();
    let texts = sandbox.read(UKRAINIAN);
    let (before, forms) = texts.split_once("[dep_count_open.detail]\n").unwrap();
    let (_, after) = forms.split_once("\n\n").unwrap();
    sandbox.replace("uk.po", "{boxes} коробки", "{boxes} ящики");
    let one = "# For the warehouse.\ndetail = \"Відкрито коробок: {boxes}.\" # short\n\n";
    sandbox.write(UKRAINIAN, &format!("{}\n{one}{after}", before.trim_end()));
    sandbox.run("import po uk.po").succeeds();
    let plural = sandbox.read(UKRAINIAN);
    assert!(plural.contains("\n\n# For the warehouse.\n# short\n[dep_count_open.detail]\n"), "{plural}");
}

#[test]
fn a_translation_that_becomes_one_text_keeps_the_comments_of_its_forms() {
    let sandbox = with_plurals();
    sandbox.replace(UKRAINIAN, "[dep_count_open.detail]\n", "[dep_count_open.detail] # heading\n# above\n");
    sandbox.replace(UKRAINIAN, "коробку.\"\n", "коробку.\" # one\n");
    sandbox.run("export po uk --out uk.po").succeeds();
    [" коробку.", " коробки.", " коробок."].iter().for_each(|end| sandbox.replace("uk.po", end, "."));
    sandbox.run("import po uk.po").succeeds();
    assert!(sandbox.read(UKRAINIAN).contains("# heading\n# above\n# one\ndetail = \"Відкрито {boxes}.\"\n"));
}

#[test]
fn a_translation_between_braces_that_becomes_plural_leaves_all_comments_in_their_places() {
    let sandbox = with_plurals();
    sandbox.run("export po uk --out uk.po").succeeds();
    sandbox.replace("uk.po", "{boxes} коробки", "{boxes} ящики");
    let uk = "dep_count_open = {\n  title = \"Триває підрахунок\", # T\n  # about D\n  detail = \"Відкрито {boxes}.\", # D\n  \
              meaning = \"Закрито.\", # M\n}\n";
    sandbox.write(UKRAINIAN, uk);
    sandbox.run("import po uk.po").succeeds();
    let texts = sandbox.read(UKRAINIAN);
    let (title, rest) = texts.split_once(", # T\n  # about D\n  detail = {").unwrap_or_else(|| panic!("{texts}"));
    assert!(title.ends_with("title = \"Триває підрахунок\""), "{texts}");
    assert!(rest.contains("few = \"Відкрито {boxes} ящики.\"") && rest.contains("}, # D\n  meaning = "), "{texts}");
}

/// A translation may name its own number, which is not in a file for translators' tools.
#[test]
fn a_selector_that_is_gone_is_mended_by_an_import() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        sandbox.replace(UKRAINIAN, "[dep_count_open.detail]\n", "[dep_count_open.detail]\nplural = \"boxes\"\n");
        sandbox.run("sync").succeeds();
        for (old, new) in [("{boxes}", "{crates}"), ("boxes = {", "crates = {")] {
            sandbox.write(ENGLISH, &sandbox.read(ENGLISH).replace(old, new));
        }
        sandbox.run("sync").succeeds();
        let file = format!("uk.{format}");
        sandbox.run(&format!("export {format} uk --out {file}")).succeeds();
        let text = sandbox.read(&file);
        assert!(!text.contains("The number {boxes} selects the plural form."), "{text}");
        let mended = text.replace("#, fuzzy\n", "").replace("needs-adaptation", "translated");
        sandbox.write(&file, &mended.replace("Відкрито {boxes}", "Відкрито {crates}"));
        let imported = sandbox.run(&format!("import {format} {file}"));
        assert!(imported.succeeds().contains(" 1 changed,"), "{imported:#?}");
        assert!(!sandbox.read(UKRAINIAN).contains("plural ="));
        assert!(!sandbox.run("coverage uk").succeeds().contains("\nstale "));
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    }
}

/// The check takes any number of the entry, whether the text names it or not.
#[test]
fn a_selector_that_the_source_does_not_name_is_kept() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        let boxes = "boxes = { type = \"u32\", doc = \"The open boxes.\", example = 2 }\n";
        sandbox.replace(
            ENGLISH,
            boxes,
            &format!("{boxes}shelves = {{ type = \"u32\", doc = \"Shelves.\", example = 2 }}\n"),
        );
        let meaning = "meaning = \"Nothing may leave the shelf until the count is closed.\"\n";
        sandbox.replace(ENGLISH, meaning, &format!("{meaning}runbook = \"Count {{shelves}} again.\"\n"));
        sandbox.replace(UKRAINIAN, "[dep_count_open.detail]\n", "[dep_count_open.detail]\nplural = \"shelves\"\n");
        sandbox.run("sync").succeeds();
        let file = format!("uk.{format}");
        sandbox.run(&format!("export {format} uk --out {file}")).succeeds();
        sandbox.write(&file, &sandbox.read(&file).replace("коробку.", "коробочку."));
        let imported = sandbox.run(&format!("import {format} {file}"));
        assert!(imported.succeeds().contains(" 1 changed,"), "{imported:#?}");
        assert!(sandbox.read(UKRAINIAN).contains("plural = \"shelves\"\none = \"Відкрито {boxes} коробочку.\""));
    }
}

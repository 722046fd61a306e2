//! Plural forms in files for translators' tools: their number, their comments, and what selects them.

use crate::{ENGLISH, STATE, UKRAINIAN, files, with_plurals};

const FRENCH: &str = "catalog/locales/fr/errors.toml";

/// The forms of a translation in a PO file.
fn po_forms<const N: usize>(forms: [&str; N]) -> String {
    forms.iter().enumerate().map(|(index, form)| format!("msgstr[{index}] \"{form}\"\n")).collect()
}

/// `msginit` and translate-toolkit write two forms for French, Spanish, Portuguese and Italian; CLDR has three.
#[test]
fn a_form_that_a_file_has_no_place_for_stays_with_the_form_that_it_shares() {
    let sandbox = with_plurals();
    let rule = |po: &str| po.lines().find(|line| line.starts_with("\"Plural-Forms: ")).unwrap().to_owned() + "\n";
    let as_tools_have_it = |po: &str, three: &str, two: &str| {
        assert!(po.contains(three), "{po}");
        po.replace(&rule(po), "\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n").replace(three, two)
    };
    let import = |po: &str| {
        sandbox.write("fr.po", po);
        sandbox.run("import po fr.po").succeeds().to_owned()
    };
    let export = || sandbox.run("export po fr").succeeds().to_owned();
    let (one, many, other) = ("{boxes} boîte ouverte.", "{boxes} de boîtes ouvertes.", "{boxes} boîtes ouvertes.");
    let (box_open, boxes_open) = ("{boxes} carton ouvert.", "{boxes} cartons ouverts.");

    // A new text has the form for both.
    let new = as_tools_have_it(&export(), &po_forms(["", "", ""]), &po_forms([one, other]));
    let new = new.replace("\"A count is open\"\nmsgstr \"\"", "\"A count is open\"\nmsgstr \"Inventaire ouvert\"");
    assert!(import(&new).contains("`fr`: 2 new, 0 changed"));
    let forms = format!("one = \"{one}\"\nmany = \"{other}\"\nother = \"{other}\"\n");
    assert!(sandbox.read(FRENCH).contains(&forms), "{}", sandbox.read(FRENCH));

    // Another text has changed, and then another form.
    sandbox.replace(FRENCH, &format!("many = \"{other}\""), &format!("many = \"{many}\""));
    sandbox.run("sync").succeeds();
    sandbox.run("review fr --all").succeeds();
    let old = as_tools_have_it(&export(), &po_forms([one, many, other]), &po_forms([one, other]));
    let imported = import(&old.replace("Inventaire ouvert", "Inventaire en cours"));
    assert!(imported.ends_with("`fr`: 0 new, 1 changed, 1 as they were, 9 not translated\n"), "{imported}");
    assert!(sandbox.read(FRENCH).contains(&format!("many = \"{many}\"\n")));
    assert_eq!(sandbox.read("catalog/locales/fr.state.toml").matches("review = \"reviewed\"").count(), 1);
    import(&as_tools_have_it(&export(), &po_forms([one, many, other]), &po_forms([box_open, other])));
    let forms = format!("one = \"{box_open}\"\nmany = \"{many}\"\nother = \"{other}\"\n");
    assert!(sandbox.read(FRENCH).contains(&forms), "{}", sandbox.read(FRENCH));

    // The file from before takes nothing back, and a new form is one for both.
    let before = sandbox.read(FRENCH);
    assert!(import(&old).contains("\nkept dep_count_open.detail (line "));
    assert_eq!(sandbox.read(FRENCH), before);
    import(&as_tools_have_it(&export(), &po_forms([box_open, many, other]), &po_forms([box_open, boxes_open])));
    let forms = format!("one = \"{box_open}\"\nmany = \"{boxes_open}\"\nother = \"{boxes_open}\"\n");
    assert!(sandbox.read(FRENCH).contains(&forms), "{}", sandbox.read(FRENCH));

    // The file from before knows its own forms, although the shared one has changed, too.
    let before = sandbox.read(FRENCH);
    assert!(import(&old).contains("\nkept dep_count_open.detail (line "));
    assert_eq!(sandbox.read(FRENCH), before);
}

/// Only the numbers of field errors may be fractions, and tools know whole numbers alone.
#[test]
fn a_form_for_fractions_stays_as_long_as_it_fits_the_text() {
    let for_fractions = "# For 1.5.\nother = 'Відкрито {boxes} коробки.' # a half\n";
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        sandbox.replace(UKRAINIAN, "коробок.\"\n", &format!("коробок.\"\n{for_fractions}"));
        sandbox.run("sync").succeeds();
        sandbox.run("review uk --all").succeeds();
        let file = format!("uk.{format}");
        let export = || sandbox.run(&format!("export {format} uk --out {file}")).succeeds().to_owned();
        let import = || sandbox.run(&format!("import {format} {file}")).succeeds().to_owned();
        export();
        let before = files(&sandbox);
        assert!(import().starts_with("`uk`: 0 new, 0 changed,"));
        assert_eq!(files(&sandbox), before);
        sandbox.replace(&file, " коробку.", " ящик.");
        assert!(import().contains("`uk`: 0 new, 1 changed, 9 as they were"));
        assert_eq!(sandbox.read(UKRAINIAN), before[1].replace(" коробку.", " ящик."));
        // The approval that XLIFF still has is that of the earlier forms.
        let drafts = sandbox.read(STATE).matches("review = \"draft\"").count();
        assert_eq!(drafts, 1, "{}", sandbox.read(STATE));
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");

        // The file can't mend it.
        for (old, new) in [("{boxes}", "{crates}"), ("boxes = {", "crates = {")] {
            sandbox.write(ENGLISH, &sandbox.read(ENGLISH).replace(old, new));
        }
        sandbox.run("sync").succeeds();
        export();
        let mended = sandbox.read(&file).replace("#, fuzzy\n", "").replace("needs-adaptation", "translated");
        sandbox.write(&file, &mended.replace("Відкрито {boxes}", "Відкрито {crates}"));
        let run = sandbox.run(&format!("import {format} {file}"));
        assert!(run.code == Some(0) && run.stdout.contains("`uk`: 0 new, 1 changed,"), "{run:#?}");
        let warning = "warning: `other` of `dep_count_open.detail`, a form for fractions, is removed: ";
        assert!(run.stderr.starts_with(warning), "{run:#?}");
        assert!(!sandbox.read(UKRAINIAN).contains("other = "), "{}", sandbox.read(UKRAINIAN));
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    }
}

/// In one text, a number of things would have one form for every number.
#[test]
fn forms_that_are_alike_stay_forms() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        let file = format!("uk.{format}");
        let import = || sandbox.run(&format!("import {format} {file}")).succeeds().to_owned();
        sandbox.run(&format!("export {format} uk --out {file}")).succeeds();
        [" коробку.", " коробки.", " коробок."].iter().for_each(|end| sandbox.replace(&file, end, " кор."));
        assert!(import().contains("0 new, 1 changed"));
        let form = "\"Відкрито {boxes} кор.\"\n";
        let forms = format!("[dep_count_open.detail]\none = {form}few = {form}many = {form}");
        assert!(sandbox.read(UKRAINIAN).contains(&forms), "{}", sandbox.read(UKRAINIAN));
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
        // Those of the catalogue stay as they are, and so does one text.
        for one_text in [None, Some(format!("[dep_count_open]\ndetail = {form}"))] {
            if let Some(one_text) = one_text {
                sandbox.replace(UKRAINIAN, &format!("{forms}\n"), "");
                sandbox.replace(UKRAINIAN, "[dep_count_open]\n", &one_text);
                sandbox.run("sync");
            }
            let before = files(&sandbox);
            assert_eq!(sandbox.run(&format!("export {format} uk --out {file}")).code, Some(0));
            let imported = sandbox.run(&format!("import {format} {file}"));
            assert!(imported.stdout.starts_with("`uk`: 0 new, 0 changed"), "{imported:#?}");
            assert_eq!(files(&sandbox), before);
        }
    }
}

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
    let english = "{ one = \"{boxes} box is open.\", other = \"{boxes} boxes are open.\" }";
    sandbox.replace(ENGLISH, english, "\"Open: {boxes}.\"");
    sandbox.replace(UKRAINIAN, "[dep_count_open.detail]\n", "[dep_count_open.detail] # heading\n# above\n");
    sandbox.replace(UKRAINIAN, "коробку.\"\n", "коробку.\" # one\n");
    sandbox.run("sync").succeeds();
    sandbox.run("export po uk --out uk.po").succeeds();
    [" коробку.", " коробки.", " коробок.", "#, fuzzy\n"].iter().for_each(|end| {
        sandbox.replace("uk.po", end, if end.ends_with('.') { "." } else { "" });
    });
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

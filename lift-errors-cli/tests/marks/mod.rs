//! Marks of exported texts: what an older file does not take back, and what an import names that it replaces.

use crate::sandbox::Sandbox;
use crate::{ENGLISH, UKRAINIAN, files, with_plurals};

/// An older file takes nothing back.
#[test]
fn a_file_that_nobody_changed_replaces_no_newer_translation() {
    for format in ["po", "xliff"] {
        for is_marked in [true, false] {
            let sandbox = with_plurals();
            let (old, import) = (format!("old.{format}"), format!("import {format} old.{format}"));
            sandbox.run("review uk dep_shelf_unknown.title dep_count_open.detail").succeeds();
            sandbox.run(&format!("export {format} uk --out {old}")).succeeds();
            if !is_marked {
                sandbox.write(&old, &without_marks(&sandbox.read(&old)));
            }
            // One text was translated anew, and others were improved.
            sandbox.replace(ENGLISH, "The name is misspelt.", "The name is wrong.");
            sandbox.replace(UKRAINIAN, "Назву написано з помилкою.", "Назва неправильна.");
            if is_marked {
                sandbox.replace(UKRAINIAN, "Невідома полиця", "Полиця невідома");
                sandbox.replace(UKRAINIAN, "{boxes} коробки", "{boxes} ящики");
            }
            sandbox.run("sync").succeeds();
            sandbox.run("review uk --all").succeeds();
            let before = files(&sandbox);
            let (unchanged, newer) = if is_marked { (7, 3) } else { (9, 1) };
            let report = format!(
                "`uk`: 0 new, 0 changed, {unchanged} as they were, {newer} older than the catalogue's and left out, 1 not translated\n"
            );
            let imported = sandbox.run(&import);
            assert!(imported.succeeds().starts_with(&report), "{imported:#?}");
            assert!(imported.stdout.contains("\nkept dep_shelf_unknown.cause.misspelt (line "), "{imported:#?}");
            assert_eq!(files(&sandbox), before);
        }
    }
}

/// Of two changes that of the file counts, and the output has both.
#[test]
fn an_import_names_the_newer_translations_that_it_replaces() {
    for format in ["po", "xliff"] {
        for is_marked in [true, false] {
            let sandbox = with_plurals();
            let old = format!("old.{format}");
            sandbox.run(&format!("export {format} uk --out {old}")).succeeds();
            let file = sandbox.read(&old).replace("Невідома полиця", "Нема такої полиці");
            let file = file.replace("Триває підрахунок", "Іде підрахунок");
            sandbox.write(&old, &if is_marked { file } else { without_marks(&file) });
            sandbox.replace(UKRAINIAN, "Невідома полиця", "Полиця невідома");
            sandbox.replace(UKRAINIAN, "Колега перераховує запаси.", "Колега рахує запаси.");
            sandbox.run("sync").succeeds();
            sandbox.run("review uk dep_shelf_unknown.title").succeeds();
            let imported = sandbox.run(&format!("import {format} {old}"));
            // The reviewed one comes first.
            let count = if is_marked { "1 translation" } else { "3 translations" };
            let reason = match is_marked {
                true => "that the catalogue had changed since the export",
                false => "by a file that does not show which ones it has changed",
            };
            let replaced = format!(
                "\n{count} replaced {reason}:\nreplaced dep_shelf_unknown.title\n  was: Полиця невідома\n  is now: Нема такої полиці\n"
            );
            assert!(imported.succeeds().contains(&replaced), "{imported:#?}");
            assert!(sandbox.read(UKRAINIAN).contains("title = \"Нема такої полиці\""));
            let kept = sandbox.read(UKRAINIAN).contains("Колега рахує запаси.");
            assert_eq!(
                (kept, imported.stdout.contains("kept dep_count_open.cause.colleague_counts")),
                (is_marked, is_marked)
            );
        }
    }
}

/// The file as a tool saves it that keeps no marks, and as older versions wrote it.
fn without_marks(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("exported ").filter(|(_, after)| after.len() > 12) {
        out.push_str(before);
        rest = &after[12..];
    }
    out + rest
}

/// The export with translations of single texts, each given by its address.
fn filled(export: &str, texts: &[(&str, &str)]) -> String {
    let mut file = export.to_owned();
    for (address, text) in texts {
        let (unit, empty, full) = match export.starts_with('<') {
            true => (format!("<trans-unit id=\"{address}\""), "</source>", format!("</source><target>{text}</target>")),
            false => (format!("msgctxt \"{address}\""), "msgstr \"\"", format!("msgstr \"{text}\"")),
        };
        let (before, after) = file.split_once(&unit).unwrap();
        file = format!("{before}{unit}{}", after.replacen(empty, &full, 1));
    }
    file
}

/// A new language has no translation that an export could mark.
#[test]
fn of_two_first_files_in_a_language_none_is_lost_in_silence() {
    for (format, by_template) in [("po", false), ("xliff", false), ("po", true), ("xliff", true)] {
        let sandbox = Sandbox::synced();
        let language = if by_template { "" } else { " pl" };
        let export = sandbox.run(&format!("export {format}{language}")).succeeds().to_owned();
        let import = |texts: &[(&str, &str)]| {
            sandbox.write("pl.file", &filled(&export, texts));
            sandbox.run(&format!("import {format} pl.file --locale pl")).succeeds().to_owned()
        };
        let (title, open) = ("dep_shelf_unknown.title", "dep_count_open.title");
        assert!(import(&[(title, "Nieznana półka"), (open, "Trwa liczenie")]).contains("`pl`: 2 new, 0 changed"));
        let second = import(&[(title, "Brak półki"), (open, "Trwa liczenie")]);
        let replaced = "1 translation replaced that the catalogue had changed since the export:\n\
            replaced dep_shelf_unknown.title\n  was: Nieznana półka\n  is now: Brak półki\n";
        assert!(second.contains("`pl`: 0 new, 1 changed") && second.ends_with(replaced), "{second}");
        // The same file once more, after an improvement in the catalogue.
        sandbox.replace("catalog/locales/pl/errors.toml", "Brak półki", "Nie ma półki");
        sandbox.run("sync").succeeds();
        let third = import(&[(title, "Brak półki"), (open, "Trwa spis")]);
        assert!(third.contains("\n  was: Nie ma półki\n  is now: Brak półki\n"), "{third}");
    }
}

/// The file has the one form that plural forms were made of, which they may contain.
#[test]
fn a_translation_from_before_there_were_plural_forms_is_an_earlier_one() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        let plural = "detail = { one = \"{boxes} box is open.\", other = \"{boxes} boxes are open.\" }";
        let forms = "[dep_count_open.detail]\none = \"Відкрито {boxes} коробку.\"\nfew = \"Відкрито {boxes} коробки.\"\nmany = \"Відкрито {boxes} коробок.\"\n\n";
        sandbox.replace(ENGLISH, plural, "detail = \"{boxes} boxes are open.\"");
        sandbox.replace(UKRAINIAN, forms, "");
        sandbox.replace(UKRAINIAN, "[dep_count_open]\n", "[dep_count_open]\ndetail = \"Відкрито коробок: {boxes}.\"\n");
        sandbox.run("sync").succeeds();
        let old = format!("old.{format}");
        sandbox.run(&format!("export {format} uk --out {old}")).succeeds();
        sandbox.replace(&old, "Відкрито коробок: {boxes}.", "Коробок відкрито: {boxes}.");
        sandbox.replace(ENGLISH, "detail = \"{boxes} boxes are open.\"", plural);
        sandbox.replace(UKRAINIAN, "detail = \"Відкрито коробок: {boxes}.\"\n", "");
        sandbox.replace(UKRAINIAN, "[dep_count_open.cause]", &format!("{forms}[dep_count_open.cause]"));
        sandbox.run("sync").succeeds();
        let before = files(&sandbox);
        let imported = sandbox.run(&format!("import {format} {old}"));
        let told = "left out: `dep_count_open.detail` is made from an earlier source, and the catalogue's translation has changed ";
        assert!(imported.code == Some(1) && imported.stderr.contains(told), "{imported:#?}");
        assert_eq!(files(&sandbox), before);
    }
}

/// In a language with one form, plural forms are one text, too.
#[test]
fn a_language_with_one_form_has_translations_of_plural_texts() {
    for format in ["po", "xliff"] {
        let sandbox = with_plurals();
        let import = |export: &str| {
            sandbox.write("zh", export);
            sandbox.run(&format!("import {format} zh")).succeeds().to_owned()
        };
        let export = || sandbox.run(&format!("export {format} zh-Hans")).succeeds().to_owned();
        let first = match format {
            "po" => export().replace("msgstr[0] \"\"", "msgstr[0] \"开了 {boxes} 箱。\""),
            _ => filled(&export(), &[("dep_count_open.detail[0]", "开了 {boxes} 箱。")]),
        };
        assert!(import(&first).ends_with("`zh-Hans`: 1 new, 0 changed, 0 as they were, 10 not translated\n"));
        let second = export().replace("开了", "打开了");
        assert!(import(&second).ends_with("`zh-Hans`: 0 new, 1 changed, 0 as they were, 10 not translated\n"));
        assert!(!sandbox.run("coverage zh-Hans").succeeds().contains("stale dep_"));
    }
}

/// A translation may select by another number than its source.
#[test]
fn an_export_names_the_number_that_selects_the_form_of_the_translation() {
    let sandbox = with_plurals();
    sandbox.replace(ENGLISH, "one = \"{boxes} box is", "plural = \"boxes\", one = \"{boxes} of {all} is");
    sandbox.replace(ENGLISH, "\"{boxes} boxes are", "\"{boxes} of {all} are");
    sandbox.replace(
        ENGLISH,
        "boxes = { type",
        "all = { type = \"u32\", doc = \"All boxes.\", example = 3 }\nboxes = { type",
    );
    for form in ["коробку", "коробки", "коробок"] {
        sandbox.replace(UKRAINIAN, form, &format!("з {{all}} {form}"));
    }
    let export = || sandbox.run("export po uk").succeeds().to_owned();
    assert!(export().contains("#. The number {boxes} selects the plural form.\n"));
    sandbox.replace(UKRAINIAN, "[dep_count_open.detail]\n", "[dep_count_open.detail]\nplural = \"all\"\n");
    assert!(export().contains("#. The number {all} selects the plural form.\n"));
    assert!(!export().contains("#. The number {boxes} selects"));
}

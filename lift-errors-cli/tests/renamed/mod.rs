//! Files from before a rename or a removal.

use crate::UKRAINIAN;
use crate::sandbox::Sandbox;

/// What came too late for a rename finds its text, and what the file did not change needs nothing.
#[test]
fn a_file_from_before_a_rename_or_a_removal_loses_no_change() {
    for format in ["po", "xliff"] {
        let sandbox = Sandbox::synced();
        let file = format!("uk.{format}");
        sandbox.run(&format!("export {format} uk --out {file}")).succeeds();
        sandbox.run("rename dep_count_open.cause.colleague_counts counted").succeeds();
        sandbox.run("rename dep_count_open.fix.close_it close").succeeds();
        sandbox.run("remove dep_shelf_unknown").succeeds();
        let before = sandbox.read(UKRAINIAN);
        let unchanged = sandbox.run(&format!("import {format} {file}"));
        assert_eq!(unchanged.succeeds(), "`uk`: 0 new, 0 changed, 10 as they were, 1 not translated\n");
        assert_eq!(sandbox.read(UKRAINIAN), before);
        for changed in ["Колега", "Невідома полиця"] {
            sandbox.replace(&file, changed, &changed.to_uppercase());
        }
        let run = sandbox.run(&format!("import {format} {file}"));
        let renamed = "1 text of the file found by the source text, under another name:\nrenamed \
                       dep_count_open.cause.colleague_counts as dep_count_open.cause.counted (line ";
        assert!(run.code == Some(1) && run.stdout.contains(renamed), "{run:#?}");
        assert!(run.stdout.contains("`uk`: 0 new, 1 changed") && !run.stdout.contains("replaced"), "{run:#?}");
        assert!(sandbox.read(UKRAINIAN).contains("counted = \"КОЛЕГА перераховує запаси.\""));
        assert!(run.stderr.contains("the catalogue has no text `dep_shelf_unknown.title`\n"), "{run:#?}");
        assert!(run.stderr.contains("\nerror: 1 text left out, which the catalogue does not have\n"), "{run:#?}");
    }
}

/// Their names are in the place of a code.
#[test]
fn a_renamed_term_or_field_error_is_found() {
    let sandbox = Sandbox::new();
    let errors = sandbox.read("catalog/errors.toml");
    let texts = "[term.order]\nsince = \"0.1.0\"\ntext = \"Order\"\n\n[field_error.big]\nsince = \"0.1.0\"\ntext = \"Too big.\"\n\n";
    sandbox.write("catalog/errors.toml", &format!("{texts}{errors}"));
    sandbox.run("sync").succeeds();
    let [po, xliff] = ["po", "xliff"].map(|format| {
        sandbox.run(&format!("export {format} uk --out uk.{format}")).succeeds();
        sandbox.read(&format!("uk.{format}"))
    });
    let translated = |file: &str, text: &str, target: [&str; 2]| {
        let [before, behind] = target;
        let (head, rest) = file.split_once(text).unwrap();
        format!("{head}{text}{}", rest.replacen(before, behind, 1))
    };
    let po = translated(&po, "\"Order\"\n", ["\"\"", "\"Замовлення\""]);
    let po = translated(&po, "\"Too big.\"\n", ["\"\"", "\"Завелике.\""]);
    let target = |text: &str| format!("</source>\n        <target>{text}</target>\n");
    let xliff = translated(&xliff, ">Order", ["</source>\n", &target("Порядок")]);
    let xliff = translated(&xliff, ">Too big.", ["</source>\n", &target("Величезне.")]);
    for (format, file, terms) in [("po", po, ["Замовлення", "Завелике."]), ("xliff", xliff, ["Порядок", "Величезне."])]
    {
        let errors = sandbox.read("catalog/errors.toml").replace("term.order", "term.purchase");
        sandbox.write("catalog/errors.toml", &errors.replace("field_error.big", "field_error.large"));
        sandbox.run("sync").succeeds();
        sandbox.write("translated", &file);
        let run = sandbox.run(&format!("import {format} translated --locale uk"));
        assert!(run.succeeds().contains("term.order as term.purchase (line "), "{run:#?}");
        assert!(run.stdout.contains("field_error.big as field_error.large (line "), "{run:#?}");
        let now = sandbox.read(UKRAINIAN);
        assert!(terms.iter().all(|term| now.contains(&format!("\"{term}\""))), "{now}");
    }
}

/// A text that has the words of a removed one is another text.
#[test]
fn a_file_that_has_both_texts_is_not_told_of_a_rename() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/errors.toml", "A count is open", "Unknown shelf");
    sandbox.run("export po uk --out uk.po").succeeds();
    sandbox.run("remove dep_shelf_unknown").succeeds();
    sandbox.replace("uk.po", "Невідома полиця", "Полиця невідома");
    let run = sandbox.run("import po uk.po");
    assert!(run.stderr.contains("no text `dep_shelf_unknown.title`\n"), "{run:#?}");
    assert!(!run.stdout.contains("renamed"), "{run:#?}");
    // Nor is one of two that are alike the renamed one.
    sandbox.run("rename dep_count_open dep_count").succeeds();
    let before = sandbox.read(UKRAINIAN);
    let run = sandbox.run("import po uk.po");
    assert!(run.stderr.contains("no text `dep_shelf_unknown.title`\n"), "{run:#?}");
    assert_eq!(sandbox.read(UKRAINIAN), before);
}

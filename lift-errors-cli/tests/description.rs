//! Descriptions: in the documentation, in every language, for translators, and nowhere else.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use pulldown_cmark::{Event, Parser, Tag};
use sandbox::Sandbox;
use serde_json::Value;

const ENGLISH: &str = "catalog/errors.toml";
const UKRAINIAN: &str = "catalog/locales/uk/errors.toml";

const DESCRIPTION: &str = r#"description = """
A shelf has a *sign* with its name. At most {most_shelves} shelves have one.

1. Read the sign, <b> and `<i>` are not HTML:
   \\<script>alert(1)\\</script> & more.
2. Say its name, as [the map](@map) has it.

```text
GET /shelves/{shelf}?a=1&b=<2>
```

An [open count](#dep_count_open) hides a shelf, too.
"""
"#;

const TRANSLATION: &str = r#"description = """
На полиці є *табличка* з назвою. Щонайбільше {most_shelves} полиць мають її.

1. Прочитайте табличку, `<i>` не є HTML:
   \\<script>alert(1)\\</script> тощо.
2. Назвіть її так, як на [мапі](@map).

```text
GET /shelves/{shelf}?a=1&b=<2>
```

[Відкритий підрахунок](#dep_count_open) також приховує полицю.
"""
"#;

/// The catalogue with a description in both languages.
fn described() -> Sandbox {
    let sandbox = Sandbox::new();
    let meaning = "meaning = \"The depot has no shelf of that name.\"\n";
    sandbox.replace(ENGLISH, meaning, &format!("{meaning}{}", DESCRIPTION.replace("<b> and ", "")));
    let meaning = "meaning = \"На складі немає полиці з такою назвою.\"\n";
    sandbox.replace(UKRAINIAN, meaning, &format!("{meaning}{TRANSLATION}"));
    let manifest = sandbox.read("catalog/catalog.toml");
    let more = "\n[constants]\nmost_shelves = 1200\n\n[[link]]\nid = \"map\"\nrel = \"help\"\nhref = \"https://example.com/map?a=1&b=2\"\n";
    sandbox.write("catalog/catalog.toml", &(manifest + more));
    sandbox.run("sync").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox
}

/// The parts of Markdown: links, lists and code blocks.
fn shape(markdown: &str) -> Vec<String> {
    let of = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        Event::Start(Tag::List(first)) => Some(format!("{first:?}")),
        Event::Start(Tag::CodeBlock(_)) => Some("code".to_owned()),
        Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
        _ => None,
    };
    Parser::new(markdown).filter_map(of).collect()
}

const SHAPE: [&str; 4] =
    ["Some(1)", "https://example.com/map?a=1&b=2", "code", "https://example.com/depot/errors#DEP-0002"];

#[test]
fn the_documentation_has_it_in_each_language() {
    let sandbox = described();
    sandbox.run("docs --out site").succeeds();
    for (locale, words, shelves, heading) in [
        ("en", "A shelf has a <em>sign</em>", "1,200", "Description"),
        ("uk", "На полиці є <em>табличка</em>", "1\u{a0}200", "Опис"),
    ] {
        let page = sandbox.read(&format!("site/{locale}/DEP-0001.html"));
        for part in [
            words,
            shelves,
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<code>&lt;i&gt;</code>",
            "<pre dir=\"ltr\"><code class=\"language-text\">GET /shelves/{shelf}?a=1&amp;b=&lt;2&gt;\n</code></pre>",
            "<a href=\"https://example.com/map?a=1&amp;b=2\">",
            "<a href=\"DEP-0002.html\">",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        let markdown = sandbox.read(&format!("site/{locale}/DEP-0001.md"));
        let (_, description) = markdown.split_once(&format!("\n## {heading}\n\n")).unwrap();
        let (description, _) = description.split_once("\n\n## ").unwrap();
        assert_eq!(shape(description), SHAPE);
        let errors: Value = serde_json::from_str(&sandbox.read(&format!("site/{locale}/errors.json"))).unwrap();
        let of = |code: &str| errors.as_array().unwrap().iter().find(|it| it["code"] == code).unwrap();
        assert_eq!(of("dep_shelf_unknown")["description"], description);
        assert!(of("dep_count_open").get("description").is_none());
        let json: Value =
            serde_json::from_str(sandbox.run(&format!("explain DEP-0001 --format json --locale {locale}")).succeeds())
                .unwrap();
        assert_eq!(json[0]["description"], description);
    }
    let text = sandbox.run("explain DEP-0001").succeeds().to_owned();
    let (_, text) = text.split_once("\nDescription\n").unwrap();
    assert!(
        text.starts_with(
            "  A shelf has a sign with its name. At most 1,200 shelves have one.\n\n  \
             1. Read the sign, <i> are not HTML: <script>alert(1)</script> & more.\n  \
             2. Say its name, as the map (https://example.com/map?a=1&b=2) has it.\n\n      \
             GET /shelves/{shelf}?a=1&b=<2>\n\n  \
             An open count (https://example.com/depot/errors#DEP-0002) hides a shelf, too.\n\nRetry\n"
        ),
        "{text}"
    );
}

#[test]
fn a_language_without_it_shows_the_catalogue_s_own() {
    let sandbox = described();
    sandbox.replace(UKRAINIAN, TRANSLATION, "");
    sandbox.run("docs --out site").succeeds();
    let page = sandbox.read("site/uk/DEP-0001.html");
    assert!(page.contains("<div lang=\"en\" dir=\"ltr\"><p>A shelf has a <em>sign</em>"), "{page}");
}

#[test]
fn responses_have_nothing_of_it() {
    let sandbox = described();
    for format in ["html", "problem", "envelope", "text", "markdown", "terminal", "grpc"] {
        let shown = sandbox.run(&format!("preview DEP-0001 --audience operator --format {format}"));
        assert!(!shown.succeeds().contains("sign with its name"), "{shown:?}");
    }
}

#[test]
fn translators_get_it_and_hear_of_changes() {
    let sandbox = described();
    for format in ["po", "xliff"] {
        sandbox.run(&format!("export {format} uk --out uk.{format}")).succeeds();
        let before = [UKRAINIAN, "catalog/locales/uk.state.toml"].map(|file| sandbox.read(file));
        assert!(sandbox.run(&format!("import {format} uk.{format}")).succeeds().contains(" 0 new, 0 changed, "));
        assert_eq!([UKRAINIAN, "catalog/locales/uk.state.toml"].map(|file| sandbox.read(file)), before);
        // A translator's tool keeps the lines, and so does the file.
        let exported = sandbox.read(&format!("uk.{format}"));
        sandbox.write(&format!("uk.{format}"), &exported.replace("полиць мають", "полиць тепер мають"));
        assert!(sandbox.run(&format!("import {format} uk.{format}")).succeeds().contains(" 0 new, 1 changed, "));
        let file = sandbox.read(UKRAINIAN);
        assert!(file.contains("полиць тепер мають її.\n\n1. Прочитайте"), "{file}");
        sandbox.write(UKRAINIAN, &before[0]);
        sandbox.run("sync").succeeds();
    }
    sandbox.replace(ENGLISH, "2. Say its name", "2. Shout its name");
    let stale = sandbox.run("check");
    for part in [
        "the text of `dep_shelf_unknown.description` has changed since it was translated into `uk`",
        "the text was: 2. Say its name, as [the map](@map) has it.\n",
        "the text is now: 2. Shout its name, as [the map](@map) has it.\n",
    ] {
        assert!(stale.stderr.contains(part), "{part}\n{stale:#?}");
    }
    assert!(sandbox.run("coverage uk").succeeds().contains("stale dep_shelf_unknown.description"));
    sandbox.run("sync").succeeds();
    assert!(sandbox.run("check").stderr.contains("the text was: 2. Say its name"), "the state file keeps the old text");
    sandbox.run("accept uk dep_shelf_unknown.description").succeeds();
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn line_ends_of_a_checkout_do_not_change_it() {
    let sandbox = described();
    for file in [ENGLISH, UKRAINIAN] {
        sandbox.write(file, &sandbox.read(file).replace('\n', "\r\n"));
    }
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert_eq!(sandbox.run("sync").succeeds(), "all 3 files are current\n");
    sandbox.replace(ENGLISH, "2. Say", "<p>Say</p>\r\n\r\n2. Say");
    let faults = sandbox.run("check");
    let place = " --> catalog/errors.toml:14:1\n   |\n14 | <p>Say</p>\n   | ^^^^^^^^^^\n";
    assert!(faults.fails(1).contains(place), "{faults:#?}");
}

/// Tools that know go-i18n's form write every text with its plural category.
#[test]
fn a_text_alone_may_be_the_form_of_all_numbers() {
    let sandbox = described();
    let before = sandbox.read("catalog/locales/uk.state.toml");
    let text = TRANSLATION.replacen("description = ", "description.other = ", 1);
    sandbox.replace(UKRAINIAN, TRANSLATION, &text);
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.run("sync").succeeds();
    assert_eq!(sandbox.read("catalog/locales/uk.state.toml"), before);
    sandbox.replace(UKRAINIAN, "description.other = ", "description.one = ");
    assert!(sandbox.run("check").fails(1).contains("is a table"));
}

#[test]
fn names_in_it_are_renamed() {
    let sandbox = described();
    sandbox.run("rename dep_count_open dep_count_going_on").succeeds();
    sandbox.run("rename link.map site_map").succeeds();
    for file in [ENGLISH, UKRAINIAN] {
        let text = sandbox.read(file);
        assert!(text.contains("(#dep_count_going_on)") && text.contains("(@site_map)"), "{text}");
    }
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

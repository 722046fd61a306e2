//! Characters that are markup in the catalogue or in a format: escaped in a text, they are read back from every format as they are.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use pulldown_cmark::{Event, Parser};
use sandbox::Sandbox;
use serde_json::Value;
use std::fmt::Write as _;

/// Markup of texts, of Markdown and of HTML, and a letter.
const MARKS: [&str; 17] = ["`", "\\", "[", "]", "(", ")", "*", "_", "{", "}", "<", "&", "#", "~", "!", "](", "x"];

/// Words of which each pair of marks is in one, and long ones of many.
fn words() -> Vec<String> {
    let pairs = MARKS.iter().flat_map(|a| MARKS.iter().map(move |b| format!("{a}{b}"))).collect::<Vec<_>>();
    let in_row = |pairs: &[String]| format!("a{}z", pairs.concat());
    // Other neighbours, and other distances between the brackets of a link.
    let steps =
        [5, 7, 11].map(|step| (0..pairs.len()).map(|at| pairs[at * step % pairs.len()].clone()).collect::<Vec<_>>());
    let rows = pairs.chunks(9).map(in_row).chain(steps.iter().flat_map(|pairs| pairs.chunks(13).map(in_row)));
    let links = ["a[x](y)z", "a[x](@map)z", "a`x`z", r"a\`x\`z", r"a\\[x](y)z", r"\\a\b", "a{x}z", "a[[x](y)](@z)z"];
    rows.chain(links.map(str::to_owned)).collect()
}

/// The words as a text, with the escapes that the guide names. Brackets that begin no link need none.
fn escaped(words: &str, all_brackets: bool) -> String {
    let has_link = all_brackets || words.contains("](");
    let (mut text, mut backslashes) = (String::new(), 0);
    for character in words.chars() {
        let is_escaped = character == '`' || character == '[' && has_link;
        if matches!(character, '`' | '[' | ']') {
            text.push_str(&"\\".repeat(backslashes + usize::from(is_escaped)));
        }
        backslashes = if character == '\\' { backslashes + 1 } else { 0 };
        text.extend(std::iter::repeat_n(character, if matches!(character, '{' | '}') { 2 } else { 1 }));
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\"))
}

/// A catalogue with such texts of every kind, in both languages.
struct Literals {
    sandbox: Sandbox,
    /// What readers of each language see.
    shown: [(&'static str, Vec<String>); 2],
}

impl Literals {
    fn new() -> Self {
        let words = words();
        let sandbox = Sandbox::new();
        let shown = [("en", "e"), ("uk", "ж")]
            .map(|(tag, first)| (tag, words.iter().map(|words| format!("{first}{words}")).collect::<Vec<_>>()));
        let text = |of: usize, at: usize| quoted(&escaped(&shown[of].1[at], at % 2 == 1));
        let params = "[dep_marks.params]\nthing = { type = \"term\", doc = \"A thing.\", example = \"mark\" }\n";
        let head = "[dep_marks]\nid = \"DEP-0009\"\nstatus = 410\nsince = \"0.1.0\"\nseverity = \"info\"\nretry = { kind = \"never\" }\n";
        let own = |of: usize| {
            let detail = text(of, 2).replacen('"', "\"{thing} ", 1);
            format!(
                "title = {}\nmeaning = {}\ndetail = {detail}\nsupport = {}\nrunbook = {}\n",
                text(of, 0),
                text(of, 1),
                text(of, 3),
                text(of, 4),
            )
        };
        let term = |of: usize, others: &[&str]| {
            let other = text(of, PLURAL);
            let others: String = others.iter().map(|category| format!(", {category} = {other}")).collect();
            format!("{{ one = {}{others} }}", text(of, 5))
        };
        let mut english =
            format!("{head}{}\n{params}[term.mark]\nsince = \"0.1.0\"\ntext = {}\n", own(0), term(0, &["other"]));
        english += &format!("[[dep_marks.cause]]\nid = \"c\"\ntext = {}\nfixes = [\"f\"]\n", text(0, 7));
        english += &format!("[[dep_marks.fix]]\nid = \"f\"\ntext = {}\n", text(0, 8));
        let mut ukrainian = format!("\n[dep_marks]\n{}cause.c = {}\nfix.f = {}\n", own(1), text(1, 7), text(1, 8));
        let mut notes = String::from("[dep_marks.note]\n");
        for number in 10..words.len() {
            write!(english, "[[dep_marks.note]]\nid = \"n{number}\"\nkind = \"tip\"\ntext = {}\n", text(0, number))
                .unwrap();
            writeln!(notes, "n{number} = {}", text(1, number)).unwrap();
        }
        ukrainian += &format!("{notes}[term]\nmark = {}\n", term(1, &["few", "many", "other"]));
        let [en, uk] = ["catalog/errors.toml", "catalog/locales/uk/errors.toml"];
        sandbox.write(en, &(sandbox.read(en) + "\n" + &english));
        sandbox.write(uk, &(sandbox.read(uk) + &ukrainian));
        let label = format!("fixes = \"What you can do\"\nnotes = {}", text(0, 9));
        sandbox.replace("catalog/catalog.toml", "fixes = \"What you can do\"", &label);
        let labels = format!("[labels]\nnotes = {}\n", text(1, 9));
        sandbox.write("catalog/locales/uk/catalog.toml", &labels);
        sandbox.run("sync").succeeds();
        Self { sandbox, shown }
    }

    /// Asserts that what a parser of a format read has all words, except those with these numbers.
    #[track_caller]
    fn assert_all(&self, of: usize, read: &str, without: &[usize]) {
        let words = self.shown[of].1.iter().enumerate();
        let missing: Vec<usize> =
            words.filter(|(_, words)| !read.contains(words.as_str())).map(|(number, _)| number).collect();
        assert_eq!(missing, without, "{read}");
    }
}

/// All strings of a JSON document, one a line.
fn strings(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => into.extend([text.as_str(), "\n"]),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(members) => members.values().for_each(|member| strings(member, into)),
        _ => {}
    }
}

fn json(document: &str) -> String {
    let mut read = String::new();
    strings(&serde_json::from_str(document).unwrap(), &mut read);
    read
}

fn markdown(document: &str) -> String {
    let mut read = String::new();
    for event in Parser::new(document) {
        match event {
            Event::Text(text) | Event::Code(text) => read.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::End(_) => read.push('\n'),
            _ => {}
        }
    }
    read
}

/// The text of a page. It has all references that the escaper writes.
fn html(page: &str) -> String {
    let text: String = page.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"), ("&amp;", "&")];
    references.iter().fold(text, |text, (reference, character)| text.replace(reference, character))
}

/// The number of the meaning, which is not a member of problem details.
const MEANING: usize = 1;

/// The number of the term's plural, which one thing does not show.
const PLURAL: usize = 6;

/// The number of the text about tickets.
const SUPPORT: usize = 3;

/// The number of the runbook, which only operators see.
const RUNBOOK: usize = 4;

/// The number of the label, which only formats with headings in the catalogue's words show.
const LABEL: usize = 9;

#[test]
fn escaped_marks_are_read_back_from_every_format() {
    let literals = Literals::new();
    for (of, (locale, _)) in literals.shown.iter().enumerate() {
        let run = |command: &str| literals.sandbox.run(&format!("{command} --locale {locale}")).succeeds().to_owned();
        let preview = |format: &str| run(&format!("preview dep_marks --audience operator --format {format}"));
        literals.assert_all(of, &html(&preview("html")), &[PLURAL]);
        literals.assert_all(of, &markdown(&preview("markdown")), &[PLURAL]);
        literals.assert_all(of, &preview("text"), &[PLURAL]);
        literals.assert_all(of, &preview("terminal"), &[PLURAL]);
        // Problem details are for programs: no headings, and nothing for operators or support.
        literals.assert_all(of, &json(&preview("problem")), &[MEANING, SUPPORT, RUNBOOK, PLURAL, LABEL]);
        // The envelope and gRPC have the detail, and some more.
        for short in [preview("envelope"), preview("grpc")] {
            let read = json(&short);
            assert!([2, 5].iter().all(|&number| read.contains(&literals.shown[of].1[number])), "{read}");
        }
        literals.assert_all(of, &json(&run("explain dep_marks --format json")), &[PLURAL, LABEL]);
        literals.assert_all(of, &markdown(&run("explain dep_marks --format markdown")), &[PLURAL, LABEL]);
    }
    literals.sandbox.run("docs --out site").succeeds();
    for (of, (locale, _)) in literals.shown.iter().enumerate() {
        let page = literals.sandbox.read(&format!("site/{locale}/DEP-0009.html"));
        literals.assert_all(of, &html(&page), &[RUNBOOK, PLURAL]);
        literals.assert_all(
            of,
            &markdown(&literals.sandbox.read(&format!("site/{locale}/DEP-0009.md"))),
            &[RUNBOOK, PLURAL, LABEL],
        );
    }
}

#[test]
fn translators_and_formatters_keep_escapes() {
    let literals = Literals::new();
    let files = ["catalog/errors.toml", "catalog/locales/uk/errors.toml", "catalog/locales/uk.state.toml"];
    let before = files.map(|file| literals.sandbox.read(file));
    for format in ["po", "xliff"] {
        literals.sandbox.run(&format!("export {format} uk --out uk.{format}")).succeeds();
        let imported = literals.sandbox.run(&format!("import {format} uk.{format}"));
        assert!(imported.succeeds().starts_with("`uk`: 0 new, 0 changed, "), "{imported:?}");
        assert_eq!(files.map(|file| literals.sandbox.read(file)), before);
    }
    literals.sandbox.run("fmt").succeeds();
    literals.sandbox.run("sync").succeeds();
    let page = literals.sandbox.run("preview dep_marks --audience operator --format text").succeeds().to_owned();
    literals.assert_all(0, &page, &[PLURAL]);
}

/// Messages of other systems are words, so that an import escapes what a text would take for markup.
#[test]
fn imports_escape_marks() {
    let words = words();
    let sandbox = Sandbox::new();
    let rows = words.iter().enumerate();
    let rows =
        rows.map(|(number, words)| (format!("mark_{number}"), serde_json::json!({ "title": words, "meaning": words })));
    sandbox.write("marks.json", &Value::Object(rows.collect()).to_string());
    sandbox.run("import marks.json --into marks.toml --map title=title --map meaning=meaning").succeeds();
    let explained = sandbox.run("explain --all --format json").succeeds().to_owned();
    for (number, words) in words.iter().enumerate() {
        let explained: Value = serde_json::from_str(&explained).unwrap();
        let entry = explained.as_array().unwrap().iter().find(|entry| entry["code"] == format!("dep_mark_{number}"));
        let entry = entry.unwrap_or_else(|| panic!("mark_{number}\n{}", sandbox.read("catalog/marks.toml")));
        assert_eq!([&entry["title"], &entry["meaning"]], [words.as_str(); 2]);
    }
}

/// The messages of field errors, in which the values of their parameters are, too.
#[test]
fn field_errors_are_read_back_from_every_format() {
    // The metadata of a gRPC status has no room for more.
    words().chunks(10).for_each(field_errors_are_read_back);
}

fn field_errors_are_read_back(words: &[String]) {
    let sandbox = Sandbox::new();
    let shown = ["e", "ж"].map(|first| words.iter().map(|words| format!("{first}{words}")).collect::<Vec<_>>());
    let (mut english, mut ukrainian) = (String::new(), String::from("\n[field_error]\n"));
    for (number, words) in words.iter().enumerate() {
        let [en, uk] = [0, 1]
            .map(|of: usize| quoted(&escaped(&shown[of][number], number % 2 == 1)).replacen('"', "\"{value} ", 1));
        // A value is not markup: nothing in it is escaped.
        let value = quoted(words);
        let params = format!(
            "params = {{ value = {{ type = \"text\", sensitivity = \"public\", doc = \"What was sent.\", example = {value} }} }}"
        );
        writeln!(english, "\n[field_error.mark_{number}]\nsince = \"0.1.0\"\ntext = {en}\n{params}").unwrap();
        writeln!(ukrainian, "mark_{number} = {uk}").unwrap();
    }
    sandbox.replace("catalog/errors.toml", "id = \"DEP-0002\"", "id = \"DEP-0002\"\nfield_errors = true");
    let [en, uk] = ["catalog/errors.toml", "catalog/locales/uk/errors.toml"];
    sandbox.write(en, &(sandbox.read(en) + &english));
    sandbox.write(uk, &(sandbox.read(uk) + &ukrainian));
    sandbox.run("sync").succeeds();
    for (locale, shown) in ["en", "uk"].into_iter().zip(&shown) {
        let preview = |format: &str| {
            sandbox.run(&format!("preview DEP-0002 --locale {locale} --format {format}")).succeeds().to_owned()
        };
        for (format, read) in [
            ("html", html(&preview("html"))),
            ("markdown", markdown(&preview("markdown"))),
            ("text", preview("text")),
            ("terminal", preview("terminal")),
            ("problem", json(&preview("problem"))),
            ("grpc", json(&preview("grpc"))),
        ] {
            for (value, words) in words.iter().zip(shown) {
                let message = format!("{value} {words}");
                assert!(read.contains(&message), "{format} in {locale} lacks {message:?}:\n{read}");
            }
        }
    }
}

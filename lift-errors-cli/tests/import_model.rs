//! `import` of generated files: each message shows the same words and values, in the same order, and nothing else changes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const SEEDS: u64 = 64;

/// How libraries write the placeholder `@`, with the names or numbers that they allow.
const STYLES: [(&str, &[&str], &[&str]); 8] = [
    ("json", &["{@}", "{ @ }", "{@:N2}"], &["user_id", "order.id", "größe", "0", "3"]),
    ("json", &["{@}", "{@, number}", "{@, plural, one {# file} other {# of {x}}}"], &["n", "max", "a-b"]),
    ("json", &["{{@}}", "{{ @ }}", "{{- @}}", "{{@, number}}"], &["name", "userId", "a.b", "a_b"]),
    ("csv", &["${@}"], &["name", "order.id", "type"]),
    ("csv", &["%{@}"], &["name", "count", "länge"]),
    ("csv", &["%(@)s", "%(@)d"], &["name", "count"]),
    ("toml", &["%@$s", "%@$d"], &["1", "2", "3"]),
    ("properties", &["{@}", "{@,number}", "{@,date,short}"], &["0", "1", "2"]),
];

/// Texts that are literal in every style.
const LITERALS: [&str; 14] = [
    "not found",
    "Полиця",
    r"C:\temp",
    "`code`",
    "[a](b)",
    "100% sure",
    "<b>",
    "{a|b}",
    r#"{"a": [1]}"#,
    "don't",
    "$5",
    "5 % of",
    "\u{3000}x",
    r"\[",
];

/// Numbers that look random, the same for each seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// A message as its library writes it, and what it shows: each placeholder is its key between marks.
#[derive(Debug)]
struct Generated {
    code: String,
    source: String,
    shown: String,
}

fn generate(random: &mut Random, (_, forms, keys): (&str, &[&str], &[&str])) -> Vec<Generated> {
    let message = |number: usize, random: &mut Random| {
        let (mut source, mut shown) = ("Error".to_owned(), "Error".to_owned());
        for _ in 0..random.below(7) {
            let (key, literal) = (random.of(keys), random.of(&LITERALS));
            let (written, reads) = match random.below(2) {
                0 => (literal.to_owned(), literal.to_owned()),
                _ => (random.of(forms).replace('@', key), format!("«{key}»")),
            };
            let _ = write!(source, " {written}");
            let _ = write!(shown, " {reads}");
        }
        Generated { code: format!("{}_{number}", random.of(&["cart.empty", "late", "E-7"])), source, shown }
    };
    (0..=random.below(6)).map(|number| message(number, random)).collect()
}

/// The file of a format.
fn file(format: &str, messages: &[Generated]) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let lines = messages.iter().map(|Generated { code, source, .. }| match format {
        "csv" => format!("\"{}\",ops,{code}\r\n", source.replace('"', "\"\"")),
        "toml" => format!("[{}]\nerror = {}\n", quoted(code), quoted(source)),
        "properties" => format!("{code} = {}\n", source.replace('\\', r"\\")),
        _ => format!("{}: {}", quoted(code), quoted(source)),
    });
    match format {
        "csv" => format!("\u{feff}Message,owner,code\r\n{}", lines.collect::<String>()),
        "json" => format!("{{{}}}", lines.collect::<Vec<_>>().join(",\n")),
        _ => lines.collect(),
    }
}

/// What a text of the catalogue shows, with the names of its parameters between marks.
fn shown(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let behind = rest.trim_start_matches('\\');
        let backslashes = rest.len() - behind.len();
        if backslashes > 0 {
            let mark = behind.chars().next().filter(|mark| "`[]".contains(*mark));
            shown += &r"\".repeat(if mark.is_some() { backslashes / 2 } else { backslashes });
            let escaped = mark.filter(|_| backslashes % 2 == 1);
            shown.extend(escaped);
            rest = &behind[escaped.map_or(0, char::len_utf8)..];
        } else if rest.starts_with("{{") || rest.starts_with("}}") {
            shown.push(first);
            rest = &rest[2..];
        } else if first == '{' {
            let (name, behind) = rest[1..].split_once('}').unwrap();
            let _ = write!(shown, "«{name}»");
            rest = behind;
        } else {
            shown.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    shown
}

/// The text with a number for each key, in the order of the keys' first places: alike, if the same values are shown.
fn numbered(shown: &str) -> String {
    let mut keys = BTreeMap::new();
    let mut parts = shown.split(['«', '»']);
    let mut text = parts.next().unwrap().to_owned();
    while let (Some(key), Some(behind)) = (parts.next(), parts.next()) {
        let next = keys.len();
        let _ = write!(text, "«{}»{behind}", keys.entry(key).or_insert(next));
    }
    text
}

#[test]
fn generated_files_are_imported_whole() {
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let style = STYLES[usize::try_from(seed).unwrap() % STYLES.len()];
        let messages = generate(&mut random, style);
        let name = format!("m.{}", style.0);
        let text = file(style.0, &messages);
        let case = format!("seed {seed}, {name}:\n{text}");
        let sandbox = Sandbox::synced();
        sandbox.replace("catalog/catalog.toml", "default_locale", "drafts = \"allow\"\ndefault_locale");
        sandbox.write(&name, &text);
        let before = sandbox.read("catalog/errors.toml");
        let run = sandbox.run(&format!("import {name}"));
        assert_eq!(run.code, Some(0), "{case}\n{run:#?}");
        let remarks = run.stdout.lines().filter(|line| line.starts_with("changed: ")).count();
        let counts = format!("{} imported, {} remark", messages.len(), remarks);
        let counted = run.stdout.replace(" errors ", " ").replace(" error ", " ");
        assert!(counted.contains(&counts) && counted.contains(" 0 left out\n") || remarks > 19, "{case}\n{run:#?}");
        let imported: toml_edit::DocumentMut = sandbox.read("catalog/imported.toml").parse().unwrap();
        let details: Vec<&str> = imported.iter().filter_map(|(_, entry)| entry.get("detail")?.as_str()).collect();
        assert_eq!(details.len(), messages.len(), "{case}");
        for (detail, message) in details.iter().zip(&messages) {
            assert_eq!(numbered(&shown(detail)), numbered(&message.shown), "{detail}\n{case}");
        }
        assert_eq!(sandbox.read("catalog/errors.toml"), before, "{case}");
        assert_eq!(sandbox.run("check").stdout, "no faults\n", "{case}");
        let after = sandbox.files();
        let again = sandbox.run(&format!("import {name} --into again.toml"));
        assert_eq!(again.code, Some(1), "{case}\n{again:#?}");
        assert!(again.stderr.contains("nothing to import: 0 errors imported"), "{case}\n{again:#?}");
        assert_eq!(sandbox.files(), after, "{case}");
    }
}

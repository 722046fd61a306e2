//! Texts with placeholders, plural forms and links, and descriptions, as source and as translation, in a catalogue that is valid otherwise: a
//! module, or a report without control characters.
#![no_main]

use lift_errors_codegen::Compiler;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs, process};

const MANIFEST: &str = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
    reference = \"https://shop.example/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\", \"pl\"]\nfiles = [\"errors.toml\"]\n\
    [constants]\nmost_sites = 1000\n";

const PARAMETERS: &str = "[shop_late.params]\n\
    count = { type = \"u64\", doc = \"How many.\", example = 2 }\n\
    name = { type = \"text\", doc = \"Who.\", example = \"Ann\", sensitivity = \"public\" }\n\
    wait = { type = \"duration\", doc = \"How long.\", example = \"2s\" }\n";

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { env::temp_dir() };
        let folder = base.join(format!("lift-errors-templates-{}", process::id()));
        fs::create_dir_all(folder.join("locales/pl")).unwrap();
        fs::write(folder.join("catalog.toml"), MANIFEST).unwrap();
        // Otherwise every input would be refused for a mistake of this file, and nothing be tested.
        write(&folder, 0, "{name} is late.", "It is late.");
        Compiler::new(&folder, "catalog.toml").compile().unwrap();
        folder
    })
}

/// The text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' | '\u{7f}' => write!(out, "\\u{:04X}", u32::from(character)).unwrap(),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Writes the catalogue with two texts, in the places that `choice` selects.
fn write(folder: &Path, choice: u8, first: &str, second: &str) {
    let (one, other) = (quoted(first), quoted(second));
    let described = |text: &str| format!("description = {text}\n");
    // A description may have lines, and other texts must not: they are plain beside it.
    let plain = || quoted("It is late.");
    let (description, translation, one, other) = match choice % 5 {
        4 => (described(&one), described(&other), plain(), plain()),
        _ => (String::new(), String::new(), one, other),
    };
    let plural = format!("{{ plural = \"count\", one = {one}, other = {other} }}");
    let few = format!("{{ plural = \"count\", one = {one}, few = {other}, many = {other}, other = {other} }}");
    let (detail, meaning, translated) = match choice % 4 {
        0 => (one.as_str(), other.as_str(), one.as_str()),
        1 => (plural.as_str(), one.as_str(), few.as_str()),
        2 => (other.as_str(), plural.as_str(), other.as_str()),
        _ => (one.as_str(), one.as_str(), few.as_str()),
    };
    let errors = format!(
        "[shop_late]\nid = \"SHOP-0001\"\nstatus = 409\nsince = \"1.0.0\"\nseverity = \"info\"\ntitle = \"Late\"\ndetail = {detail}\nmeaning = {meaning}\n{description}\
         retry = {{ kind = \"never\" }}\n{PARAMETERS}\
         [[shop_late.cause]]\nid = \"slow\"\ntext = {other}\nfixes = [\"wait\", \"ask\"]\n\
         [[shop_late.fix]]\nid = \"wait\"\ntext = {one}\n\
         [[shop_late.fix]]\nid = \"ask\"\ntext = \"Wait {{wait}}, {{name}}: {{count}} of {{most_sites}}.\"\n"
    );
    fs::write(folder.join("errors.toml"), errors).unwrap();
    let translated = format!("[shop_late]\ndetail = {translated}\n{translation}");
    fs::write(folder.join("locales/pl/errors.toml"), translated).unwrap();
}

libfuzzer_sys::fuzz_target!(|input: (u8, &str, &str)| {
    let (choice, first, second) = input;
    write(folder(), choice, first, second);
    match Compiler::new(folder(), "catalog.toml").compile() {
        Ok(module) => assert_eq!(module.name(), "shop"),
        Err(faults) => {
            let report = faults.to_string();
            assert!(!report.contains(|character: char| character.is_control() && character != '\n'), "{report:?}");
        }
    }
});

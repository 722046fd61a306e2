//! Catalogues of any size that look like real ones, the same in every run.

#![forbid(unsafe_code)]

mod entry;
mod random;
mod structs;

pub use entry::{Entry, Shape, entries, text_bytes};
pub use random::Random;
pub use structs::structs;

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// The languages of a catalogue: English and up to 26 translations. From the fourth on, the texts are English words with a mark
/// of the language: sizes and times depend on their length alone.
pub const LOCALES: [&str; 27] = [
    "en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "fi", "pl", "cs", "sk", "sl", "hr", "ro", "hu", "el", "tr",
    "lt", "lv", "et", "is", "ga", "sq", "eu", "ca",
];

/// Writes the catalogue `name` into `folder`: the manifest, a file of entries, and a file for each translation.
///
/// # Errors
///
/// If a folder or file can't be written.
pub fn write(folder: impl AsRef<Path>, name: &str, entries: &[Entry], locales: &[&str]) -> io::Result<()> {
    write_covered(folder, name, entries, locales, 100)
}

/// The same, with translations of `percent` of the entries.
///
/// # Errors
///
/// If a folder or file can't be written.
pub fn write_covered(
    folder: impl AsRef<Path>,
    name: &str,
    entries: &[Entry],
    locales: &[&str],
    percent: usize,
) -> io::Result<()> {
    let folder = folder.as_ref();
    fs::create_dir_all(folder)?;
    fs::write(folder.join("catalog.toml"), manifest(name, locales))?;
    fs::write(folder.join("errors.toml"), source(entries))?;
    for locale in locales.iter().filter(|locale| **locale != "en") {
        let folder = folder.join("locales").join(locale);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("errors.toml"), translation(entries, locale, percent))?;
    }
    Ok(())
}

fn manifest(name: &str, locales: &[&str]) -> String {
    format!(
        "[catalog]\nname = \"{name}\"\nid_form = \"SHOP-00000\"\ncode_prefix = \"shop_\"\n\
         reference = \"https://docs.example.com/support/error-reference\"\ndefault_locale = \"en\"\n\
         locales = {locales:?}\nfiles = [\"errors.toml\"]\n"
    )
}

fn source(entries: &[Entry]) -> String {
    let mut toml = String::new();
    for entry in entries {
        // Writing into a `String` does not fail.
        let _ = entry.write(&mut toml);
    }
    toml
}

fn translation(entries: &[Entry], locale: &str, percent: usize) -> String {
    let mut toml = String::new();
    // Every hundred entries have as many translations, spread over them.
    for (_, entry) in entries.iter().enumerate().filter(|(number, _)| number * percent % 100 < percent) {
        let texts = entry.texts(locale);
        let _ = writeln!(
            toml,
            "[{}]\ntitle = {:?}\ndetail = {:?}\nmeaning = {:?}\n\n[{0}.cause]\nusual = {:?}\nrare = {:?}\n\n\
             [{0}.fix]\ncorrect = {:?}\nagain = {:?}\n",
            entry.code,
            texts.title,
            texts.detail,
            texts.meaning,
            texts.causes[0],
            texts.causes[1],
            texts.fixes[0],
            texts.fixes[1]
        );
    }
    toml
}

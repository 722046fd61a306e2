//! The texts of a catalogue as tables of structs in Rust, for comparison.

use crate::entry::Entry;
use std::fmt::Write as _;

/// Writes a module with a table for each locale, which has the texts of all entries.
#[must_use]
pub fn structs(entries: &[Entry], locales: &[&str]) -> String {
    let mut rust = String::from(
        "pub struct Texts {\n    pub title: &'static str,\n    pub detail: &'static str,\n    pub meaning: &'static str,\n    \
         pub causes: [&'static str; 2],\n    pub fixes: [&'static str; 2],\n}\n",
    );
    for locale in locales {
        // Writing into a `String` does not fail.
        let _ = writeln!(rust, "pub static {}: [Texts; {}] = [", locale.to_ascii_uppercase(), entries.len());
        for entry in entries {
            let texts = entry.texts(locale);
            let _ = writeln!(
                rust,
                "    Texts {{ title: {:?}, detail: {:?}, meaning: {:?}, causes: {:?}, fixes: {:?} }},",
                texts.title, texts.detail, texts.meaning, texts.causes, texts.fixes
            );
        }
        rust += "];\n";
    }
    rust
}

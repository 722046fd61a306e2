//! What catalogues are compared with: their texts as tables of structs in Rust.

use crate::Entry;
use std::fmt::Write as _;

/// A module with the texts of all entries, a table of structs for each locale.
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

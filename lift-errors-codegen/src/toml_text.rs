//! Texts as TOML files contain them.

use std::fmt::Write as _;

/// A basic string (TOML 1.0 §String).
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            _ if character.is_control() => {
                // Writing to a `String` can't fail.
                let _ = write!(quoted, "\\u{:04X}", character as u32);
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// A basic string over as many lines as the text has (TOML 1.0 §String).
pub(crate) fn quoted_lines(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    // Fewer than three quotation marks do not end it.
    let is_free = !text.contains("\"\"\"") && !text.ends_with('"');
    let mut lines = String::from("\"\"\"\n");
    for line in text.split_inclusive('\n') {
        let quoted = quoted(line.trim_end_matches('\n'));
        let inside = quoted.get(1..quoted.len() - 1).unwrap_or("");
        lines.push_str(&if is_free { inside.replace("\\\"", "\"") } else { inside.to_owned() });
        lines.push_str(if line.ends_with('\n') { "\n" } else { "" });
    }
    lines + "\"\"\""
}

/// A key: bare where TOML allows it.
pub(crate) fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_bare { name.into() } else { quoted(name) }
}

/// Whether a file has a text, whatever a checkout did to its line endings, and whether an editor put a byte order mark before it.
pub(crate) fn is_same(file: &str, text: &str) -> bool {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    file == text || file.replace("\r\n", "\n") == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkout_s_line_endings_and_a_byte_order_mark_do_not_count() {
        for file in ["a\nb\n", "a\r\nb\r\n", "\u{feff}a\nb\n", "\u{feff}a\r\nb\r\n"] {
            assert!(is_same(file, "a\nb\n"), "{file:?}");
        }
        assert!(!is_same("a\nb", "a\nb\n") && !is_same("a\rb\n", "a\nb\n"));
    }

    #[test]
    fn keys_and_texts_are_read_back() {
        for name in ["not_found", "0-9", "a.b", "a b", "", "\u{1}\"\\\u{85}é", "\r\n"] {
            let document = format!("{} = {}\n", key(name), quoted(name));
            let table = toml::de::DeTable::parse(&document).unwrap();
            let value = table.get_ref().get(name).and_then(|value| value.get_ref().as_str());
            assert_eq!(value, Some(name), "{document}");
        }
        for text in ["a", "a\n\n- b", "\n\"\"\"\n\\ `x`\"\n\n", "\"\n\u{1}", "say \"\\\"\" `\\`\n."] {
            let document = format!("a = {}\n", quoted_lines(text));
            let table = toml::de::DeTable::parse(&document).unwrap();
            let value = table.get_ref().get("a").and_then(|value| value.get_ref().as_str());
            assert_eq!(value, Some(text), "{document}");
        }
    }
}

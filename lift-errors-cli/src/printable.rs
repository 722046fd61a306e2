//! Strings of a catalogue that no renderer has cleaned: control sequences in them would be orders to a terminal.

use lift_errors_codegen::escape;

/// A text with its control characters made visible (`\u{1b}`), except ends of lines, and without characters that reorder the text
/// around them.
pub(crate) fn text(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            printable.push('\n');
        }
        escape::plain(line.strip_suffix('\r').unwrap_or(line), &mut |piece| printable.push_str(piece));
    }
    printable
}

/// A JSON document with all control characters and bidi controls of its strings as escapes, which serde_json writes for some alone.
pub(crate) fn json(document: &str) -> String {
    let mut printable = String::with_capacity(document.len());
    for part in document.split_inclusive(['"', '\\', '\n']) {
        let (inner, end) = part.split_at(part.trim_end_matches(['"', '\\', '\n']).len());
        escape::json(inner, &mut |piece| printable.push_str(piece));
        printable.push_str(end);
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const HOSTILE: &str = "a\u{1b}[2J\u{9b}31m\u{7f}\u{202e}b\r\n\u{2068}\u{5d0}\u{2069} \"\\";

    #[test]
    fn a_text_gives_no_orders() {
        assert_eq!(text(HOSTILE), "a\\u{1b}[2J\\u{9b}31m\\u{7f}\u{fffd}b\n\u{2068}\u{5d0}\u{2069} \"\\");
        assert_eq!(text("a\rb\n"), "a\\u{d}b\n");
    }

    #[test]
    fn json_stays_the_same_document() {
        let value = json!({ "a": [HOSTILE, ""], "\u{9b}": 1 });
        let printable = json(&format!("{value:#}"));
        assert!(printable.lines().all(|line| text(line) == line && !line.contains('\u{2068}')), "{printable}");
        assert_eq!(serde_json::from_str::<Value>(&printable).unwrap(), value);
    }
}

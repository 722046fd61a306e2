//! A string of TOML beside its value, so that faults point at the characters of the file.

use crate::diagnostic::span::Origin;

/// How `raw`, a key or a string as it is written, contains its value.
pub(crate) fn origin(raw: &str, value: &str) -> Origin {
    // Bare keys have no quotation marks, strings one or three.
    let offset = raw.len().saturating_sub(value.len()) / 2;
    match raw.get(offset..).and_then(|rest| rest.get(..value.len())) {
        Some(inside) if matches!(offset, 0 | 1 | 3) && raw.len() == value.len() + 2 * offset && inside == value => {
            Origin::Verbatim(offset)
        }
        _ => escaped(raw, value).map_or(Origin::Elsewhere, Origin::Escaped),
    }
}

/// The places where escapes and line ends of a string make its value differ from the source.
fn escaped(raw: &str, value: &str) -> Option<Vec<(usize, usize)>> {
    let marks = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let is_basic = raw.starts_with('"');
    let mut at = marks;
    // The first line end of a text over several lines is not part of it (TOML 1.0 §String).
    let inside = raw.get(at..)?;
    if marks == 3 && inside.starts_with(['\r', '\n']) {
        at += if inside.starts_with("\r\n") { 2 } else { 1 };
    }
    let mut places = vec![(0, at)];
    for (text, character) in value.char_indices() {
        let mut rest = raw.get(at..)?;
        // A line end behind a backslash goes away with all blanks around it.
        while let Some(folded) = rest.strip_prefix('\\').filter(|_| is_basic && marks == 3) {
            if !folded.trim_start_matches([' ', '\t']).starts_with(['\r', '\n']) {
                break;
            }
            rest = folded.trim_start_matches([' ', '\t', '\r', '\n']);
        }
        if character == '\n' && rest.starts_with("\r\n") {
            rest = rest.get(1..)?;
        }
        let start = raw.len() - rest.len();
        if start != at {
            places.push((text, start));
        }
        let length = match rest.strip_prefix('\\').filter(|_| is_basic).and_then(|escape| escape.chars().next()) {
            Some('x') => 4,
            Some('u') => 6,
            Some('U') => 10,
            Some(_) => 2,
            None => character.len_utf8(),
        };
        at = start + length;
        if length != character.len_utf8() {
            places.push((text + character.len_utf8(), at));
        }
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::span::{Span, Text};

    /// The characters in the file that spell a part of the value.
    fn part<'r>(raw: &'r str, part: &str) -> &'r str {
        let document = format!("a = {raw}\n");
        let table = toml::de::DeTable::parse(&document).unwrap();
        let value = table.get_ref().get("a").and_then(|value| value.get_ref().as_str()).unwrap().to_owned();
        let span = Span::new(0, 0..raw.len());
        let text = Text { origin: origin(raw, &value), value, span, is_escaped: false };
        let start = text.value.find(part).unwrap();
        let span = text.part(start..start + part.len());
        &raw[span.start()..span.end()]
    }

    #[test]
    fn parts_of_every_kind_of_string_have_places() {
        for (raw, value, source) in [
            (r#""a `b""#, "`", "`"),
            (r#""\\` `b""#, " `b", " `b"),
            (r#""\\` `b""#, "\\`", r"\\`"),
            (r#""\u00e9 {a}""#, "{a}", "{a}"),
            (r#""\"é\" \U0001F600 x""#, "x", "x"),
            ("'''\nfirst\n# x'''", "# x", "# x"),
            ("\"\"\"\r\nfirst\r\n# x\"\"\"", "# x", "# x"),
            ("\"\"\"a \\\n   b \\\"c\"\"\"", "b", "b"),
            ("\"\"\"a \\\n   b \\\"c\"\"\"", "c", "c"),
            ("\"\"\"\n\\\\`\n\n<b>\"\"\"", "<b>", "<b>"),
        ] {
            assert_eq!(part(raw, value), source, "{raw}");
        }
    }
}

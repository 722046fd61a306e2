//! The source line of a fault, cut to a width that a terminal shows, with the carets under the right characters.

use crate::diagnostic::harmless;
use unicode_width::UnicodeWidthChar;

/// The longest part of a source line that is shown, in columns of a terminal.
const WINDOW: usize = 120;

/// The visible part of a source line.
pub(super) struct Excerpt {
    pub(super) line: String,
    /// The columns before the first caret.
    pub(super) indent: usize,
    pub(super) carets: usize,
}

/// A character as the excerpt shows it, and the columns that it takes in a terminal (UAX 11; none for a combining mark).
fn shown(character: char) -> (char, usize) {
    let character = harmless(character);
    (character, character.width().unwrap_or(1))
}

/// The columns of a text, counted up to `most`.
fn columns(characters: impl Iterator<Item = char>, most: usize) -> usize {
    let mut columns = 0;
    for character in characters {
        if columns >= most {
            break;
        }
        columns += shown(character).1;
    }
    columns
}

impl Excerpt {
    /// The part of `line` around the `bytes` bytes from the byte `at`. A long line is cut on both sides, and only the
    /// visible part is read: otherwise each fault in a line of a megabyte would cost a megabyte.
    pub(super) fn new(line: &str, at: usize, bytes: usize) -> Self {
        let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
        let marked = rest.get(..bytes.min(rest.len())).unwrap_or("");
        let marked = columns(marked.chars(), WINDOW).max(1);
        let near = columns(before.chars().rev(), WINDOW + 1);
        let room = if near + marked > WINDOW { near.min(WINDOW / 4) } else { near };
        let (mut start, mut indent) = (before.len(), 0);
        for (index, character) in before.char_indices().rev() {
            let (_, width) = shown(character);
            if indent + width > room {
                break;
            }
            (start, indent) = (index, indent + width);
        }
        let mut text = String::new();
        let mut filled = 0;
        let mut characters = line.get(start..).unwrap_or("").chars().map(shown).peekable();
        while let Some((character, width)) = characters.next_if(|(_, width)| filled + width <= WINDOW) {
            text.push(character);
            filled += width;
        }
        if characters.peek().is_some() {
            text.push_str(" …");
        }
        let carets = marked.min(WINDOW.saturating_sub(indent)).max(1);
        if start > 0 {
            text.insert_str(0, "… ");
            indent += 2;
        }
        Self { line: text.trim_end().to_owned(), indent, carets }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the carets underline.
    fn underlined(excerpt: &Excerpt) -> String {
        let mut column = 0;
        let marked = excerpt.line.chars().filter(|character| {
            let (at, width) = (column, character.width().unwrap_or(1));
            column += width;
            width > 0 && (excerpt.indent..excerpt.indent + excerpt.carets).contains(&at)
        });
        marked.collect()
    }

    #[test]
    fn carets_are_under_the_marked_characters_at_any_width() {
        for (before, marked) in [
            ("detail = \"", "{limt}"),
            ("detail = \"您的请求数超过了", "{limt}"),
            ("detail = \"👍🏽 e\u{301}", "{limt}"),
            ("\ttitle = \"", "{限制}"),
            ("", "x"),
        ] {
            for after in ["", "。\"", &"数".repeat(200)] {
                for more in [0, 40, 300] {
                    let before = "字".repeat(more) + before;
                    let excerpt = Excerpt::new(&format!("{before}{marked}{after}"), before.len(), marked.len());
                    assert_eq!(underlined(&excerpt), marked, "{before:?} {after:.9?}");
                }
            }
        }
    }

    #[test]
    fn the_end_of_a_line_has_a_caret_at_every_length() {
        for length in 0..300 {
            let line = "x".repeat(length);
            let excerpt = Excerpt::new(&line, length, 0);
            assert_eq!(excerpt.carets, 1);
            assert!(excerpt.indent <= WINDOW + 2, "{length}");
        }
        // A span that is outside of the line, or within a character, is not a panic either.
        for (at, bytes) in [(1, 1), (usize::MAX, 1), (0, usize::MAX), (2, usize::MAX)] {
            assert!(Excerpt::new("é字", at, bytes).carets >= 1);
        }
    }
}

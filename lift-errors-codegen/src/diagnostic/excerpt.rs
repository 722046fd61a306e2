//! The part of a source line that a diagnostic shows, and the columns that its carets take.

use crate::diagnostic::span::harmless;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most characters that are looked at for a column: combining marks have no width, and a line of them has no end.
const MOST_CHARACTERS: usize = 4;

/// A part of a line.
pub(super) struct Excerpt {
    pub(super) line: String,
    /// The columns before the carets.
    pub(super) indent: usize,
    /// How many carets there are.
    pub(super) carets: usize,
}

impl Excerpt {
    /// The part of `line` around the `bytes` bytes at `at`, in at most `window` columns and the dots on both sides. A long line is cut on both sides, and only what is near is
    /// looked at: of a line of a megabyte each fault would otherwise cost a megabyte.
    pub(super) fn new(line: &str, at: usize, bytes: usize, window: usize) -> Self {
        let (before, rest) = line.split_at_checked(at).unwrap_or((line, ""));
        let marked = head(rest.get(..bytes.min(rest.len())).unwrap_or(""), window);
        let carets = columns(marked).max(1);
        let near = tail(before, window);
        let is_short = near.len() == before.len() && columns(near) + carets <= window;
        let lead = if is_short { near } else { tail(before, window / 4) };
        let start = before.len() - lead.len();
        let rest = line.get(start..).unwrap_or("");
        let shown = head(rest, window);
        let mut text: String = shown.chars().map(harmless).collect();
        let mut indent = columns(lead);
        let carets = carets.min(window - indent.min(window - 1));
        if start > 0 {
            text.insert_str(0, "… ");
            indent += 2;
        }
        if shown.len() < rest.len() {
            text.push_str(" …");
        }
        Self { line: text.trim_end().to_owned(), indent, carets }
    }
}

/// The beginning of a text, in at most so many columns.
fn head(text: &str, most: usize) -> &str {
    let mut width = 0;
    let fits = |character| {
        width += column(character);
        width <= most
    };
    let end = bounded(text.chars(), most, fits);
    text.get(..end).unwrap_or(text)
}

/// The end of a text, in at most so many columns.
fn tail(text: &str, most: usize) -> &str {
    let mut width = 0;
    let fits = |character| {
        width += column(character);
        width <= most
    };
    let length = bounded(text.chars().rev(), most, fits);
    text.get(text.len() - length..).unwrap_or(text)
}

/// The bytes of the characters that fit.
fn bounded(characters: impl Iterator<Item = char>, most: usize, mut fits: impl FnMut(char) -> bool) -> usize {
    characters
        .take(most.saturating_mul(MOST_CHARACTERS))
        .take_while(|&character| fits(character))
        .map(char::len_utf8)
        .sum()
}

/// The columns of one character.
fn column(character: char) -> usize {
    harmless(character).width().unwrap_or(1)
}

/// The columns of a text. Of an emoji that is made of several characters they are fewer than those of the characters.
fn columns(text: &str) -> usize {
    text.chars().map(harmless).collect::<String>().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: usize = 120;

    /// The carets below `marked`, as the columns before them and their number.
    fn carets(line: &str, marked: &str) -> (usize, usize) {
        let at = line.find(marked).unwrap();
        let excerpt = Excerpt::new(line, at, marked.len(), WINDOW);
        assert!(excerpt.line.width() <= WINDOW + 4, "{}", excerpt.line);
        (excerpt.indent, excerpt.carets)
    }

    #[test]
    fn carets_are_below_wide_characters_and_combining_marks() {
        assert_eq!(carets("title = \"{limt}\"", "{limt}"), (9, 6));
        assert_eq!(carets("title = \"每分钟超过次 {limt}\"", "{limt}"), (22, 6));
        assert_eq!(carets("每分钟", "分"), (2, 2));
        assert_eq!(carets("\"🎉 {limt}\"", "{limt}"), (4, 6));
        // Four people, one picture.
        assert_eq!(carets("👩\u{200d}👩\u{200d}👧\u{200d}👦{x}", "{x}"), (2, 3));
        assert_eq!(carets("e\u{301}e\u{301} {x}", "{x}"), (3, 3));
        assert_eq!(carets("नमस्ते {x}", "{x}").1, 3);
        assert_eq!(carets("\t\t{x}", "{x}"), (2, 3));
    }

    #[test]
    fn carets_are_below_the_marked_part_of_a_cut_line() {
        for (before, marked) in
            [("detail = \"", "{limt}"), ("👍🏽 e\u{301}", "{limt}"), ("\ttitle = \"", "{限制}"), ("", "x")]
        {
            for after in ["", "。\"", &"数".repeat(200)] {
                for more in [0, 40, 300] {
                    let before = "字".repeat(more) + before;
                    let excerpt = Excerpt::new(&format!("{before}{marked}{after}"), before.len(), marked.len(), WINDOW);
                    let shown = excerpt.line.find(marked).unwrap();
                    assert_eq!(excerpt.line[..shown].width(), excerpt.indent, "{before:?} {after:.9?}");
                    assert_eq!(marked.width(), excerpt.carets);
                }
            }
        }
    }

    #[test]
    fn marks_without_a_width_have_an_end() {
        let line = "\u{301}".repeat(1 << 20);
        assert!(Excerpt::new(&line, 1 << 20, 1 << 20, WINDOW).line.len() < 10_000);
    }

    #[test]
    fn every_place_of_a_line_has_a_caret() {
        for letter in ["x", "分", "e\u{301}", "👩\u{200d}👧", "\t", "\u{301}"] {
            for count in [0, 1, 30, 59, 60, 61, 120, 121, 500] {
                let line = letter.repeat(count);
                for at in line.char_indices().map(|(at, _)| at).chain([line.len(), line.len() + 7]) {
                    for bytes in [0, 1, letter.len(), 9 * letter.len(), usize::MAX / 2] {
                        let excerpt = Excerpt::new(&line, at, bytes, WINDOW);
                        assert!(excerpt.carets > 0 && excerpt.indent + excerpt.carets <= WINDOW + 2, "{at} {bytes}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_narrow_terminal_has_shorter_lines() {
        let line = "title = \"A long text about a door that is closed at night, and about {limt} requests\"";
        let excerpt = Excerpt::new(line, line.find("{limt}").unwrap(), 6, 40);
        assert!(excerpt.line.width() <= 44, "{}", excerpt.line);
        assert_eq!(excerpt.line.find("{limt}").map(|at| excerpt.line[..at].width()), Some(excerpt.indent));
    }
}

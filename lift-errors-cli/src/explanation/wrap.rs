//! Lines of at most so many columns.

use crate::terminal::Color;
use std::io::{IsTerminal as _, stdout};

/// The widest lines, in columns: longer ones are hard to read.
const WIDEST: usize = 100;

/// The narrowest column of text.
const NARROWEST: usize = 24;

/// The blanks before further lines where they are not below the first.
const INDENT: usize = 4;

/// The layout of text for the standard output: for a terminal, lines are wrapped and headings bold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// `None` where lines are not wrapped: a search in a file finds whole sentences.
    columns: Option<usize>,
    color: bool,
}

impl Layout {
    /// The layout for this program's standard output.
    pub(crate) fn of_stdout(color: Color) -> Self {
        let columns = stdout()
            .is_terminal()
            .then(|| terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(20, WIDEST));
        Self { columns, color: color.is_for(&stdout()) }
    }

    #[cfg(test)]
    pub(crate) const fn plain() -> Self {
        Self { columns: None, color: false }
    }

    /// A text in bold.
    pub(super) fn bold(self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A text of which the first line begins with `first`, and the others with as many blanks.
    pub(super) fn wrap(self, first: &str, text: &str) -> String {
        let Some(columns) = self.columns else { return format!("{first}{text}\n") };
        let width = textwrap::core::display_width(first);
        // A long beginning leaves no room beside it.
        let blanks = first.len() - first.trim_start().len();
        let rest = " ".repeat(if width + NARROWEST > columns { blanks + INDENT } else { width });
        let options = textwrap::Options::new(columns)
            .initial_indent(first)
            .subsequent_indent(&rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options) + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_lines_are_below_the_first_where_there_is_room() {
        let layout = Layout { columns: Some(50), color: false };
        let text = "a title that is longer than the terminal is wide";
        assert_eq!(
            layout.wrap("DEP-1  404  ", text),
            "DEP-1  404  a title that is longer than the\n            terminal is wide\n"
        );
        let code = "  a_code_that_is_longer_than_half_of_it  ";
        let expected = format!("{code}a title\n      that is longer than the terminal is wide\n");
        assert_eq!(layout.wrap(code, text), expected);
    }
}

//! Lines of at most so many columns.

use crate::terminal::Color;
use std::io::{IsTerminal as _, stdout};

/// The widest lines, in columns: longer ones are hard to read.
const WIDEST: usize = 100;

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
        let rest = " ".repeat(textwrap::core::display_width(first));
        let options = textwrap::Options::new(columns)
            .initial_indent(first)
            .subsequent_indent(&rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options) + "\n"
    }
}

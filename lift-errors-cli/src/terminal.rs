//! The terminal: whether it has colours, how wide it is, and reports in colour.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use lift_errors::Format;
use std::io::{IsTerminal, stderr, stdout};
use std::iter;

/// The columns of a report's line that are not the source's: the number of the line, a bar, and dots where it is cut.
const GUTTER: usize = 12;

/// The narrowest terminal for which messages are wrapped.
const NARROWEST: usize = 40;

/// The longest word before the colon of a remark, such as `help`.
const LONGEST_LABEL: usize = 12;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const BLUE: &str = "\x1b[1;34m";
const CYAN: &str = "\x1b[36m";
const END: &str = "\x1b[0m";

/// When output has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    #[default]
    Auto,
    Always,
    Never,
}

impl ValueEnum for Color {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }))
    }
}

impl Color {
    /// Whether what is written to a stream has colours.
    pub(crate) fn is_for(self, stream: &impl IsTerminal) -> bool {
        match self {
            Self::Auto => Format::terminal(stream) == Format::Terminal { color: true } && interprets_codes(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Whether the terminal interprets escape codes. A console of Windows does so only when asked; other terminals there set `TERM`.
fn interprets_codes() -> bool {
    #[cfg(windows)]
    return anstyle_query::windows::enable_ansi_colors() == Some(true) || std::env::var_os("TERM").is_some();
    #[cfg(not(windows))]
    true
}

/// The columns of the terminal that shows results, if one does.
pub(crate) fn stdout_columns() -> Option<usize> {
    terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0))
}

/// The columns of the terminal that shows messages and questions, if one does.
pub(crate) fn stderr_columns() -> Option<usize> {
    terminal_size::terminal_size_of(stderr()).map(|(width, _)| usize::from(width.0))
}

/// The columns of a source line that fit into the terminal, if reports are shown in one.
pub(crate) fn source_columns() -> Option<usize> {
    Some(stderr_columns()?.saturating_sub(GUTTER))
}

/// A report whose messages and remarks are wrapped between words, if it is shown in a terminal. Source lines fit already.
pub(crate) fn wrapped(report: &str) -> String {
    stderr_columns().map_or_else(|| report.to_owned(), |columns| wrapped_at(report, columns))
}

/// Prose with its lines wrapped between words, to fit a terminal with so many columns.
pub(crate) fn fitted(prose: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return prose.to_owned() };
    let columns = columns.max(NARROWEST);
    let fitted_line = |line: &str| {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        if textwrap::core::display_width(text) <= columns {
            return line.to_owned();
        }
        let words = text.trim_start();
        let indent = " ".repeat(text.len() - words.len());
        textwrap::fill(words, options(columns).initial_indent(&indent).subsequent_indent(&indent)) + end
    };
    prose.split_inclusive('\n').map(fitted_line).collect()
}

/// Lines end between words, and paths, codes and advised commands stay whole: who pastes half a command runs another one.
fn options<'a>(columns: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(columns)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::Custom(words))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// The words of a line, each with the blanks behind it. A command of this program is one.
fn words(line: &str) -> Box<dyn Iterator<Item = textwrap::core::Word<'_>> + '_> {
    let mut rest = line;
    Box::new(iter::from_fn(move || {
        let (word, behind) = rest.split_at(word_length(rest));
        rest = behind;
        (!word.is_empty()).then(|| textwrap::core::Word::from(word))
    }))
}

/// The length of the first word of a line and of the blanks behind it.
fn word_length(line: &str) -> usize {
    let (mut is_command, mut before) = (false, None);
    for (at, character) in line.char_indices() {
        if !is_command && before == Some(' ') && character != ' ' {
            return at;
        }
        if character == '`' {
            let command = line.split_at(at).1.strip_prefix("`lift-errors ");
            is_command = !is_command && command.is_some_and(|command| command.contains('`'));
        }
        before = Some(character);
    }
    line.len()
}

fn wrapped_at(report: &str, columns: usize) -> String {
    report.split_inclusive('\n').map(|line| wrapped_line(line, columns.max(NARROWEST))).collect()
}

/// Wraps a line if it is a message or a remark. Further lines begin below its first word.
fn wrapped_line(line: &str, columns: usize) -> String {
    let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
    let plain = console_text(text);
    let label = ["error: ", "warning: ", "note: "].into_iter().find(|label| plain.starts_with(label)).map(str::len);
    let blanks = plain.len() - plain.trim_start().len();
    let remark = || {
        let rest = plain.trim_start().strip_prefix("= ")?;
        Some(
            blanks
                + "= ".len()
                + rest.find(": ").filter(|colon| *colon < LONGEST_LABEL).map_or(0, |colon| colon + ": ".len()),
        )
    };
    let Some(indent) = label.or_else(remark) else { return line.to_owned() };
    if textwrap::core::display_width(&plain) <= columns {
        return line.to_owned();
    }
    let (indent, first) = (" ".repeat(indent), " ".repeat(blanks));
    textwrap::fill(text.trim_start(), options(columns).initial_indent(&first).subsequent_indent(&indent)) + end
}

/// A line without colours.
fn console_text(text: &str) -> String {
    [BOLD, RED, YELLOW, BLUE, CYAN, END].iter().fold(text.to_owned(), |text, code| text.replace(code, ""))
}

/// A report with its headlines, places and carets in colour.
pub(crate) fn painted(report: &str) -> String {
    report.split_inclusive('\n').map(painted_line).collect()
}

fn painted_line(line: &str) -> String {
    let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
    for (word, color) in [("error", RED), ("warning", YELLOW), ("note", BLUE)] {
        if let Some(message) = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(':')) {
            return format!("{color}{word}{END}{BOLD}:{message}{END}{end}");
        }
    }
    let indented = text.trim_start();
    let gutter = text.len() - indented.len();
    let (blanks, _) = text.split_at(gutter);
    if let Some(place) = indented.strip_prefix("--> ") {
        return format!("{blanks}{BLUE}-->{END} {place}{end}");
    }
    if let Some(remark) = indented.strip_prefix("= ") {
        let (label, rest) = remark.split_once(':').unwrap_or((remark, ""));
        let colon = if remark.contains(':') { ":" } else { "" };
        return format!("{blanks}{BLUE}={END} {CYAN}{label}{colon}{END}{rest}{end}");
    }
    match indented.split_once(" | ").or_else(|| indented.strip_prefix("| ").map(|rest| ("", rest))) {
        Some((number, carets)) if is_number(number) && is_carets(carets) => {
            format!("{blanks}{BLUE}|{END} {RED}{carets}{END}{end}")
        }
        Some((number, source)) if is_number(number) && !number.is_empty() => {
            format!("{blanks}{BLUE}{number} |{END} {source}{end}")
        }
        _ => line.to_owned(),
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_carets(text: &str) -> bool {
    text.contains('^') && text.bytes().all(|byte| matches!(byte, b' ' | b'^'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "error: `limt` is not a parameter\n --> errors.toml:48:2\n  |\n48 | a = \"{limt}\"\n  |      ^^^^^^\n  = help: did you mean `limit`?\n\nerror: 1 fault";

    #[test]
    fn colours_change_no_letter() {
        let painted = painted(REPORT);
        assert!(painted.starts_with("\x1b[1;31merror\x1b[0m") && painted.contains("\x1b[1;31m     ^^^^^^\x1b[0m"));
        assert_eq!(console_text(&painted), REPORT);
    }

    #[test]
    fn prose_is_wrapped_between_words() {
        let prose = "a line that fits\n  next: change the example, and run `lift-errors check`\nlocales/a-very-long-name-of-a-file-without-blanks.toml";
        let expected = "a line that fits\n  next: change the example, and run\n  `lift-errors check`\nlocales/a-very-long-name-of-a-file-without-blanks.toml";
        assert_eq!(fitted(prose, Some(40)), expected);
        assert_eq!(fitted(prose, Some(80)), prose);
        // An advised command is pasted as a whole.
        let advice = "run `lift-errors accept uk dep_shelf_unknown.title`; then look at `a b` and `lift-errors sync";
        let expected =
            "run\n`lift-errors accept uk dep_shelf_unknown.title`;\nthen look at `a b` and `lift-errors sync";
        assert_eq!(fitted(advice, Some(44)), expected);
        let report = format!("  = help: {advice}");
        assert!(wrapped_at(&report, 44).contains("\n          `lift-errors accept uk dep_shelf_unknown.title`;\n"));
        // Letters of Chinese are two columns wide.
        assert_eq!(fitted(&format!("{} {}", "字".repeat(15), "字".repeat(15)), Some(40)).lines().count(), 2);
    }

    #[test]
    fn messages_are_wrapped_and_source_lines_are_not() {
        let report = "error: the code `a_code` is longer than all of the others in this file\n  --> errors.toml:48:2\n   |\n\
            48 | a = \"a line of source that is longer than the terminal is wide\"\n   |      ^^^^^^\n   \
            = help: choose another one, which is much shorter than this one is\n\nerror: 1 fault";
        let expected = "error: the code `a_code` is longer than all\n       of the others in this file\n  --> errors.toml:48:2\n   |\n\
            48 | a = \"a line of source that is longer than the terminal is wide\"\n   |      ^^^^^^\n   \
            = help: choose another one, which is much\n           shorter than this one is\n\nerror: 1 fault";
        assert_eq!(wrapped_at(report, 44), expected);
        assert_eq!(console_text(&wrapped_at(&painted(report), 44)), expected);
        assert_eq!(wrapped_at(report, 200), report);
    }
}

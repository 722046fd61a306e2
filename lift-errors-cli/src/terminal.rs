//! The terminal: whether it has colours, how wide it is, and reports in colour.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use lift_errors::Format;
use std::io::{IsTerminal, stderr};

/// The columns of a report's line that are not the source's: the number of the line, a bar, and dots where it is cut.
const GUTTER: usize = 12;

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
            Self::Auto => Format::terminal(stream) == Format::Terminal { color: true },
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The columns of a source line that fit into the terminal, if reports are shown in one.
pub(crate) fn source_columns() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(stderr())?;
    Some(usize::from(width.0).saturating_sub(GUTTER))
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
        let mut plain = painted;
        for code in [BOLD, RED, YELLOW, BLUE, CYAN, END] {
            plain = plain.replace(code, "");
        }
        assert_eq!(plain, REPORT);
    }
}

//! A fault of a file for translators' tools.

use std::fmt;

/// A fault, with its line from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Fault {
    pub(crate) fn new(line: usize, message: impl Into<String>, help: &'static str) -> Self {
        let mut shown = String::new();
        for character in message.into().chars() {
            match character {
                '"' | '\'' | '\\' => shown.push(character),
                // A file can't control a terminal.
                other => shown.extend(other.escape_debug()),
            }
        }
        Self { line, message: shown, help }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}\n  = help: {}", self.line, self.message, self.help)
    }
}

/// The text of a file.
///
/// # Errors
///
/// If it is not UTF-8.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let line =
            1 + error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|&&it| it == b'\n').count();
        Fault::new(line, "the file is not UTF-8", "save it in the encoding UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

//! Foreign text in logs: control characters and bidi controls are made visible, so that it stays on one line (CWE-117), and
//! the length is limited.

use core::fmt;
use lift_errors_core::escape;
use lift_errors_core::limit;

/// The maximum length of a text in a log, in bytes before the escapes: sources are longer than what clients see.
const MAX_LOGGED: usize = 4_096;

/// A text whose control characters are escaped as it is written. A long one is cut and ends with `…`. If `Display` fails, the part
/// that it wrote stays: a log that passes the failure on would panic, or lose the event.
pub(crate) struct Visible<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for Visible<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut escaping = Escaping { out: f, left: MAX_LOGGED, result: Ok(()) };
        let written = fmt::write(&mut escaping, format_args!("{}", self.0));
        escaping.result?;
        match written {
            // The text was cut: `Display` was told to stop.
            Err(_) if escaping.left == 0 => f.write_str("…"),
            _ => Ok(()),
        }
    }
}

struct Escaping<'a, 'f> {
    out: &'a mut fmt::Formatter<'f>,
    /// How much may still be written.
    left: usize,
    result: fmt::Result,
}

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (text, rest) = limit::split(text, self.left);
        escape::visible(text, &mut |piece| {
            if self.result.is_ok() {
                self.result = self.out.write_str(piece);
            }
        });
        self.left = if rest.is_empty() { self.left.saturating_sub(text.len()) } else { 0 };
        if rest.is_empty() { self.result } else { Err(fmt::Error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn a_long_text_is_cut_between_two_characters() {
        let text = format!("{}", Visible("é".repeat(100_000)));
        assert_eq!(text, "é".repeat(MAX_LOGGED / 2) + "…");
        let text = format!("{}", Visible(format_args!("{}{}\n", "a".repeat(MAX_LOGGED - 1), "")));
        assert_eq!(text, "a".repeat(MAX_LOGGED - 1) + "\\u{a}");
        assert_eq!(format!("{}", Visible("a".repeat(MAX_LOGGED))), "a".repeat(MAX_LOGGED));
        let text = format!("{}", Visible(format_args!("{}é{}", "a".repeat(MAX_LOGGED - 1), "b")));
        assert_eq!(text, "a".repeat(MAX_LOGGED - 1) + "…");
    }

    #[test]
    fn a_failure_of_the_log_itself_is_passed_on() {
        struct Full;

        impl fmt::Write for Full {
            fn write_str(&mut self, _: &str) -> fmt::Result {
                Err(fmt::Error)
            }
        }

        assert!(fmt::write(&mut Full, format_args!("{}", Visible("no room"))).is_err());
        assert!(fmt::write(&mut Full, format_args!("{:?}", crate::Value::Text("no room"))).is_err());
    }
}

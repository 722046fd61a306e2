//! Foreign text in logs: control characters and bidi controls are made visible, so that it stays on one line (CWE-117).

use core::fmt;
use lift_errors_core::escape;

/// A text whose control characters are escaped as it is written.
pub(crate) struct Visible<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for Visible<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::write(&mut Escaping(f), format_args!("{}", self.0))
    }
}

struct Escaping<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut result = Ok(());
        escape::visible(text, &mut |piece| {
            if result.is_ok() {
                result = self.0.write_str(piece);
            }
        });
        result
    }
}

//! The chain of errors behind an error, for the log.

use core::error::Error;
use core::fmt;
use lift_errors_core::escape;

/// Chains that are longer are cut: an error may be its own source.
pub(crate) const LONGEST: usize = 32;

/// `connection refused: no route to host`.
pub(crate) struct Sources<'a>(pub(crate) &'a dyn crate::error::LiftError);

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut source = self.0.source();
        let mut before = "";
        for _ in 0..LONGEST {
            let Some(error) = source else { break };
            f.write_str(before)?;
            fmt::write(&mut Visible(f), format_args!("{error}"))?;
            before = ": ";
            source = Error::source(error);
        }
        Ok(())
    }
}

struct Visible<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Visible<'_, '_> {
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

//! The chain of errors behind an error, for the log.

use crate::message::visible::Visible;
use core::error::Error;
use core::fmt;

/// Chains that are longer are cut: an error may be its own source.
pub(crate) const LONGEST: usize = 32;

/// `connection refused: no route to host`.
pub(crate) struct Sources<'a>(pub(crate) &'a dyn crate::problem::lift_error::LiftError);

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut source = self.0.source();
        let mut before = "";
        for _ in 0..LONGEST {
            let Some(error) = source else { break };
            f.write_str(before)?;
            write!(f, "{}", Visible(error))?;
            before = ": ";
            source = Error::source(error);
        }
        Ok(())
    }
}

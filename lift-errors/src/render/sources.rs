//! The sources of an error, for the log.

use crate::message::visible::Visible;
use crate::problem::lift_error::{LiftError, MAX_SOURCES};
use core::error::Error;
use core::fmt;

/// Displays the sources of an error, outermost first: `connection refused: no route to host`.
pub(crate) struct Sources<'a>(pub(crate) &'a dyn LiftError);

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut source = self.0.source();
        let mut before = "";
        for _ in 0..MAX_SOURCES {
            let Some(error) = source else { break };
            f.write_str(before)?;
            write!(f, "{}", Visible(error))?;
            before = ": ";
            source = Error::source(error);
        }
        Ok(())
    }
}

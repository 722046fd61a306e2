//! Commands whose files others change while they work.

use crate::error::Error;
use crate::output::CommandOutput;

/// How often a command is tried whose files others change.
const TRIES: usize = 20;

/// Runs a command again if the files have changed while it worked: nothing was written, and it knows no better than the user
/// would.
pub(super) fn again_if_changed(
    output: &mut CommandOutput,
    run: impl Fn(&mut CommandOutput) -> Result<(), Error>,
) -> Result<(), Error> {
    for _ in 1..TRIES {
        match run(output) {
            Err(Error::Changed { .. }) => output.clear(),
            done => return done,
        }
    }
    run(output)
}

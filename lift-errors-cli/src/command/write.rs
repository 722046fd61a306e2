//! Writes the files of a command, and says which.

use crate::count::count;
use crate::error::Error;
use crate::originals::Originals;
use crate::output::CommandOutput;
use crate::update::{self, Updates};

/// Writes all files, or none, and lists them.
///
/// # Errors
///
/// The first file that can't be written, or that has changed since `originals` were read.
pub(super) fn write(updates: &Updates, originals: &Originals, output: &mut CommandOutput) -> Result<(), Error> {
    let written = update::write_all(&updates.files, originals);
    let is_partly_written = matches!(&written, Err(Error::WriteAll { written, .. }) if !written.is_empty());
    if is_partly_written || written.is_ok() && !updates.files.is_empty() {
        output.set_written();
    }
    written?;
    for update in &updates.files {
        output.result(format!("wrote {}", update.path().display()));
    }
    for (tag, records, texts) in &updates.unrecorded {
        output.warning(format!(
            "warning: nothing was recorded yet of {} in `{tag}`; each counts now as made from the present text\n  \
             = help: if `{tag}` is not new, bring `{}` back from your version control, and run `lift-errors sync`",
            count(*texts, "translation"),
            records.display()
        ));
    }
    Ok(())
}

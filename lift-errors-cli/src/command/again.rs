//! Commands whose files others change while they work.

use crate::catalog::Catalog;
use crate::error::Error;
use crate::originals::Originals;
use crate::output::CommandOutput;

/// How often a command is tried whose files others change.
const TRIES: usize = 20;

/// Runs a command again if it fails and the files have changed while it worked: it has seen some of them before and some behind the
/// change, and knows no better than the user would. One that has written its files has done its work.
pub(super) fn again_if_changed(
    catalog: &Catalog,
    output: &mut CommandOutput,
    run: impl Fn(&mut CommandOutput) -> Result<(), Error>,
) -> Result<(), Error> {
    for _ in 1..TRIES {
        let originals = Originals::read(catalog);
        match run(output) {
            Err(_) if !output.has_written() && originals.have_changed() => output.clear(),
            done => return done,
        }
    }
    run(output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Color;
    use std::cell::Cell;
    use std::{env, fs, process};

    #[test]
    fn a_command_that_failed_while_files_changed_begins_again_unless_it_has_written() {
        let folder = env::temp_dir().join(format!("lift-errors-again-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let manifest = folder.join("catalog.toml");
        let catalog = Catalog::at(&manifest);
        for (is_changed, has_written, expected) in [(true, false, 3), (true, true, 1), (false, false, 1)] {
            let mut output = CommandOutput::new(Color::Never, None);
            let runs = Cell::new(0);
            let run = |output: &mut CommandOutput| {
                runs.set(runs.get() + 1);
                if runs.get() == 3 {
                    return Ok(());
                }
                if has_written {
                    output.set_written();
                }
                if is_changed {
                    fs::write(&manifest, format!("run = {}\n", runs.get())).unwrap();
                }
                Err(Error::NotCurrent)
            };
            let done = again_if_changed(&catalog, &mut output, run);
            assert_eq!((done.is_ok(), runs.get()), (expected == 3, expected));
            fs::write(&manifest, "").unwrap();
        }
        fs::remove_dir_all(folder).unwrap();
    }
}

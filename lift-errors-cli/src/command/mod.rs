//! The commands: each asks the compiler and reports the result.

mod again;
mod check;
mod edit;
mod exchange;
mod explain;
mod import;
mod lock;
mod preview;
mod translations;
mod write;

use crate::arguments::{Arguments, Command};
use crate::catalog::Catalog;
use crate::docs;
use crate::error::Error;
use crate::output::CommandOutput;
use crate::serve;
use again::again_if_changed;

/// Runs a command.
///
/// # Errors
///
/// The reason for which the command fails. The output so far is printed, too.
pub(crate) fn run(arguments: &Arguments, output: &mut CommandOutput) -> Result<(), Error> {
    // These need no catalogue.
    match &arguments.command {
        Command::Init(new) => return edit::init(new, output),
        Command::Schema { kind } => {
            output.rendered(kind.schema());
            return Ok(());
        }
        Command::Explain(arguments) if arguments.is_schema => return explain::schema(output),
        _ => {}
    }
    let catalog = Catalog::find(arguments.manifest.as_deref())?;
    match &arguments.command {
        // An interview is not held twice.
        Command::New { code, entry } => edit::new(&catalog, code.as_deref(), entry, output),
        // What somebody pasted is read once, and a server works until it is stopped.
        Command::Explain(_) | Command::Serve(_) => run_once(&catalog, arguments, output),
        _ => again_if_changed(&catalog, output, |output| run_once(&catalog, arguments, output)),
    }
}

fn run_once(catalog: &Catalog, arguments: &Arguments, output: &mut CommandOutput) -> Result<(), Error> {
    match &arguments.command {
        // They were handled above.
        Command::Init(_) | Command::Schema { .. } | Command::New { .. } => Ok(()),
        Command::Check { deny_drafts, only } => check::check(catalog, *deny_drafts, only, output),
        Command::Translations(command) => translations::run(catalog, command, output),
        Command::Preview(arguments) => preview::preview(catalog, arguments, output),
        Command::Explain(arguments) => explain::explain(catalog, arguments, output),
        Command::Docs(arguments) => docs::docs(catalog, arguments, output),
        Command::Serve(arguments) => serve::serve(catalog, arguments, output),
        Command::Import(arguments) => import::import(catalog, arguments, output),
        Command::Fmt { only_check } => edit::fmt(catalog, *only_check, output),
        Command::Lock { only_check } => lock::lock(catalog, *only_check, output),
        Command::Rename { old, name } => edit::rename(catalog, old, name, output),
        Command::Remove { what, version } => edit::remove(catalog, what, version.as_deref(), output),
    }
}

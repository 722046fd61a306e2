//! The commands: each asks the compiler and reports the result.

mod check;
mod explain;
mod preview;
mod translations;

use crate::arguments::{Arguments, Command};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::output::CommandOutput;

/// Runs a command.
///
/// # Errors
///
/// The reason for which the command fails. The output so far is printed, too.
pub(crate) fn run(arguments: &Arguments, output: &mut CommandOutput) -> Result<(), Error> {
    // The schema is the same for all catalogues.
    if let Command::Explain(arguments) = &arguments.command {
        if arguments.is_schema {
            return explain::schema(output);
        }
    }
    let catalog = Catalog::find(arguments.manifest.as_deref())?;
    match &arguments.command {
        Command::Check => check::check(&catalog, output),
        Command::Coverage { locale } => translations::coverage(&catalog, locale.as_deref(), output),
        Command::Sync { only_check } => translations::sync(&catalog, *only_check, output),
        Command::Accept { locale, texts } => translations::accept(&catalog, locale, texts, output),
        Command::Review { locale, texts } if texts.is_empty() => translations::review_all(&catalog, locale, output),
        Command::Review { locale, texts } => translations::review(&catalog, locale, texts, output),
        Command::Preview(arguments) => preview::preview(&catalog, arguments, output),
        Command::Explain(arguments) => explain::explain(&catalog, arguments, output),
    }
}

//! The command line.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Error};
use std::ffi::OsString;

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// The path of the catalogue's manifest, if it is given.
    pub(crate) manifest: Option<String>,
    pub(crate) command: Command,
}

/// A command.
#[derive(Debug)]
pub(crate) enum Command {
    /// Report all faults.
    Check,
    /// Count translations.
    Coverage { locale: Option<String> },
    /// Write the generated files, or list those that are not current.
    Sync { only_check: bool },
    /// Record that translations are still right although their sources have changed.
    Accept { locale: String, texts: Vec<String> },
    /// Record that translations were reviewed; all of them if `texts` is empty.
    Review { locale: String, texts: Vec<String> },
}

impl Arguments {
    /// # Errors
    ///
    /// The help if it is asked for, or a message about wrong arguments. Both can print themselves.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let mut program = program();
        let matches = program.try_get_matches_from_mut(arguments)?;
        let manifest = matches.get_one("manifest").cloned();
        let command = match matches.subcommand() {
            Some(("check", _)) => Command::Check,
            Some(("coverage", matches)) => Command::Coverage { locale: matches.get_one("locale").cloned() },
            Some(("sync", matches)) => Command::Sync { only_check: matches.get_flag("check") },
            Some(("accept", matches)) => Command::Accept { locale: required(matches, "locale"), texts: texts(matches) },
            Some(("review", matches)) => Command::Review { locale: required(matches, "locale"), texts: texts(matches) },
            // The parser refuses everything else.
            _ => return Err(program.error(clap::error::ErrorKind::MissingSubcommand, "name a command")),
        };
        Ok(Self { manifest, command })
    }
}

/// A required argument.
fn required(matches: &ArgMatches, name: &str) -> String {
    matches.get_one::<String>(name).cloned().unwrap_or_default()
}

fn texts(matches: &ArgMatches) -> Vec<String> {
    matches.get_many::<String>("texts").map(|texts| texts.cloned().collect()).unwrap_or_default()
}

fn program() -> clap::Command {
    let manifest = Arg::new("manifest")
        .long("manifest")
        .value_name("PATH")
        .global(true)
        .value_parser(NonEmptyStringValueParser::new())
        .help("The catalogue's manifest [default: catalog/catalog.toml, else catalog.toml]");
    clap::Command::new("lift-errors")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Checks a catalogue of errors and keeps its translations up to date")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(manifest)
        .subcommands([check(), coverage(), sync(), accept(), review()])
}

fn check() -> clap::Command {
    clap::Command::new("check")
        .about("Report every fault of the catalogue, and every translation whose source text has changed")
}

fn coverage() -> clap::Command {
    clap::Command::new("coverage")
        .about("Count the translated, reviewed, stale and missing texts of each locale")
        .arg(locale().required(false).help("List the missing and stale texts of this locale, such as uk"))
}

fn sync() -> clap::Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Write nothing; list the files that are not current, and fail if there are any");
    clap::Command::new("sync")
        .about("Write the files for translators: the state of each locale, and the texts to translate")
        .arg(check)
}

fn accept() -> clap::Command {
    clap::Command::new("accept")
        .about("Record that translations are still right although their source texts have changed")
        .arg(locale())
        .arg(text_paths().required(true))
}

fn review() -> clap::Command {
    let all = Arg::new("all")
        .long("all")
        .action(ArgAction::SetTrue)
        .help("Review every translation of the locale that is not stale");
    clap::Command::new("review")
        .about("Record that a speaker of the language has read translations and found them right")
        .override_usage("lift-errors review [OPTIONS] <LOCALE> <TEXT...|--all>")
        .arg(locale())
        .arg(text_paths())
        .arg(all)
        .group(ArgGroup::new("which").args(["texts", "all"]).required(true))
}

fn locale() -> Arg {
    Arg::new("locale").value_name("LOCALE").required(true).help("The locale, such as uk or zh-Hans")
}

fn text_paths() -> Arg {
    Arg::new("texts")
        .value_name("TEXT")
        .num_args(1..)
        .help("The path of a text, as `check` and `coverage` show it: forbidden.title")
}

//! What can be typed, and what it asks for. It knows nothing of catalogues.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Error};
use std::ffi::OsString;

/// What somebody typed.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// The catalogue's manifest, where it is named.
    pub(crate) manifest: Option<String>,
    pub(crate) command: Command,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Command {
    /// Name all faults.
    Check,
    /// Count translations.
    Coverage { locale: Option<String> },
    /// Write the generated files, or say which are not current.
    Sync { only_check: bool },
    /// Take translations for right although their sources have changed.
    Accept { locale: String, texts: Vec<String> },
    /// Take translations for reviewed; all of them where no text is named.
    Review { locale: String, texts: Vec<String> },
}

impl Arguments {
    /// # Errors
    ///
    /// Help where it is asked for, or what is wrong with the arguments; both know how to print themselves.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let mut program = program();
        let matches = program.try_get_matches_from_mut(arguments)?;
        let manifest = matches.get_one("manifest").cloned();
        let command = match matches.subcommand() {
            Some(("check", _)) => Command::Check,
            Some(("coverage", matches)) => Command::Coverage { locale: matches.get_one("locale").cloned() },
            Some(("sync", matches)) => Command::Sync { only_check: matches.get_flag("check") },
            Some(("accept", matches)) => Command::Accept { locale: word(matches, "locale"), texts: texts(matches) },
            Some(("review", matches)) => Command::Review { locale: word(matches, "locale"), texts: texts(matches) },
            // The parser has refused whatever is no command.
            _ => return Err(program.error(clap::error::ErrorKind::MissingSubcommand, "name a command")),
        };
        Ok(Self { manifest, command })
    }
}

/// A required argument.
fn word(matches: &ArgMatches, name: &str) -> String {
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
        .about("Name everything that is wrong with the catalogue, and every translation whose source has changed")
}

fn coverage() -> clap::Command {
    clap::Command::new("coverage")
        .about("Show how far the translations are")
        .arg(locale().required(false).help("A locale whose missing and stale texts are listed, such as uk"))
}

fn sync() -> clap::Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Write nothing; fail where a file is not current, and name it");
    clap::Command::new("sync")
        .about("Write the translators' files: the state of each locale, and the texts to translate")
        .arg(check)
}

fn accept() -> clap::Command {
    clap::Command::new("accept")
        .about("Say that translations still say what their changed sources say")
        .arg(locale())
        .arg(addresses().required(true))
}

fn review() -> clap::Command {
    let all = Arg::new("all")
        .long("all")
        .action(ArgAction::SetTrue)
        .help("Every translation of the locale that is not stale");
    clap::Command::new("review")
        .about("Say that somebody who speaks the language has read translations and found them right")
        .override_usage("lift-errors review [OPTIONS] <LOCALE> <TEXT...|--all>")
        .arg(locale())
        .arg(addresses())
        .arg(all)
        .group(ArgGroup::new("which").args(["texts", "all"]).required(true))
}

fn locale() -> Arg {
    Arg::new("locale").value_name("LOCALE").required(true).help("The locale, such as uk or zh-Hans")
}

fn addresses() -> Arg {
    Arg::new("texts")
        .value_name("TEXT")
        .num_args(1..)
        .help("The address of a text, as `check` and `coverage` name it: forbidden.title")
}

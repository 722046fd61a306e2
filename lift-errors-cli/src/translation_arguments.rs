//! The command line of the commands for translators.

use crate::argument_values::{many, required, usual_tag};
use crate::exchange::file::Format;
use crate::taxonomy;
use clap::builder::UnknownArgumentValueParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches};
use lift_errors_codegen::EntryFilter;

/// A command for translators.
#[derive(Debug)]
pub(crate) enum TranslationCommand {
    /// Count translations.
    Coverage { locale: Option<String>, only: EntryFilter },
    /// Write the generated files, or list those that are not current.
    Sync { only_check: bool },
    /// Record that translations are still right although their sources have changed; without a locale, in all.
    Accept { locale: Option<String>, texts: Vec<String> },
    /// Record that translations were reviewed; all of them if `texts` is empty.
    Review { locale: String, texts: Vec<String> },
    /// Write translations for translators' tools.
    Export(TranslationsExport),
    /// Read translations from translators' tools.
    Import(TranslationsImport),
}

/// The translations to write for translators' tools.
#[derive(Debug)]
pub(crate) struct TranslationsExport {
    pub(crate) format: Format,
    pub(crate) locale: Option<String>,
    /// Whether texts of drafts that nobody has translated are among them.
    pub(crate) with_drafts: bool,
    /// The file; the standard output without one.
    pub(crate) out: Option<String>,
}

/// The translations to read.
#[derive(Debug)]
pub(crate) struct TranslationsImport {
    pub(crate) format: Format,
    pub(crate) file: String,
    pub(crate) locale: Option<String>,
}

impl TranslationCommand {
    /// Whether a command is one of these.
    pub(crate) fn is_named(name: &str, matches: &ArgMatches) -> bool {
        match name {
            "import" => matches.subcommand().is_some(),
            name => commands().iter().any(|command| command.get_name() == name),
        }
    }

    /// # Errors
    ///
    /// The part that is missing.
    pub(crate) fn parse(name: &str, matches: &ArgMatches) -> Result<Self, &'static str> {
        let locale = |matches: &ArgMatches| matches.get_one::<String>("locale").map(|tag| usual_tag(tag));
        Ok(match (name, matches.subcommand()) {
            ("coverage", _) => Self::Coverage { locale: locale(matches), only: taxonomy::filter(matches) },
            ("sync", _) => Self::Sync { only_check: matches.get_flag("check") },
            ("accept", _) => {
                let mut names: Vec<String> = many(matches, "texts");
                let locale =
                    (!matches.get_flag("all_locales") && !names.is_empty()).then(|| usual_tag(&names.remove(0)));
                if names.is_empty() {
                    return Err("name the locale and a text, such as `accept uk forbidden.title`");
                }
                Self::Accept { locale, texts: names }
            }
            ("review", _) => {
                Self::Review { locale: usual_tag(&required(matches, "locale")), texts: many(matches, "texts") }
            }
            ("export", Some((format, matches))) => Self::Export(TranslationsExport {
                format: exchange_format(format),
                locale: locale(matches),
                with_drafts: matches.get_flag("drafts"),
                out: matches.get_one("out").cloned(),
            }),
            ("import", Some((format, matches))) => Self::Import(TranslationsImport {
                format: exchange_format(format),
                file: required(matches, "file"),
                locale: locale(matches),
            }),
            _ => return Err("name a format: `po` or `xliff`"),
        })
    }
}

fn exchange_format(name: &str) -> Format {
    if name == "po" { Format::Po } else { Format::Xliff }
}

/// The commands, without those of which these are only a part.
pub(crate) fn commands() -> [clap::Command; 5] {
    [coverage(), sync(), accept(), review(), export()]
}

/// The formats of translations that `import` reads.
pub(crate) fn imports() -> [clap::Command; 2] {
    exchange("Import translations from", |command| {
        let locale = Arg::new("locale").long("locale").short('l').value_name("LOCALE");
        command
            .arg(Arg::new("file").value_name("FILE").required(true).help("The file, from `lift-errors export`"))
            .arg(locale.help("The locale [default: the one that the file names]"))
    })
}

/// The formats of translators' tools as subcommands.
fn exchange(about: &'static str, of: fn(clap::Command) -> clap::Command) -> [clap::Command; 2] {
    [("po", "gettext's PO"), ("xliff", "XLIFF 1.2")]
        .map(|(name, format)| of(clap::Command::new(name).about(format!("{about} {format}"))))
}

fn export() -> clap::Command {
    clap::Command::new("export")
        .about("Write texts and translations for translators' tools, as PO or XLIFF")
        .override_usage("lift-errors export <po|xliff> [OPTIONS] [LOCALE]")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(exchange("Write translations as", |command| {
            command
                .arg(
                    Arg::new("locale")
                        .value_name("LOCALE")
                        .help("The locale, such as uk; a new one is fine [default: none, a template for any language]"),
                )
                .arg(not_an_option("`export po uk`"))
                .arg(Arg::new("out").long("out").value_name("FILE").help("The file [default: the standard output]"))
                .arg(
                    Arg::new("drafts")
                        .long("drafts")
                        .action(ArgAction::SetTrue)
                        .help("Export the texts of drafts as well, before they have to be translated"),
                )
        }))
}

fn coverage() -> clap::Command {
    clap::Command::new("coverage")
        .about("Count the translated, reviewed, stale and missing texts of each locale")
        .arg(locale().required(false).help("List the missing and stale texts of this locale, such as uk"))
        .arg(not_an_option("`coverage uk`"))
        .args(taxonomy::options())
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
        .override_usage("lift-errors accept [OPTIONS] <LOCALE> <TEXT>...\n       lift-errors accept [OPTIONS] --all-locales <TEXT>...")
        .arg(text_paths().required(true).value_name("LOCALE|TEXT").help(
            "The locale, such as uk, and paths of texts, as `check` and `coverage` show them: forbidden.title",
        ))
        .arg(not_an_option("`accept uk forbidden.title`"))
        .arg(
            Arg::new("all_locales")
                .long("all-locales")
                .action(ArgAction::SetTrue)
                .help("Every locale that has the text: the change of the source does not matter to translations"),
        )
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
        .arg(not_an_option("`review uk --all`"))
        .arg(text_paths())
        .arg(all)
        .group(ArgGroup::new("which").args(["texts", "all"]).required(true))
}

fn locale() -> Arg {
    Arg::new("locale").value_name("LOCALE").required(true).help("The locale, such as uk or zh-Hans")
}

/// The option that other commands have for their locale: here it is an argument.
fn not_an_option(example: &str) -> Arg {
    let tip = format!("here the locale has no option: {example}");
    let parser = UnknownArgumentValueParser::suggest(tip);
    let option = Arg::new("no-option").long("locale").short('l').value_name("LOCALE").num_args(0..=1);
    option.default_missing_value("").value_parser(parser).hide(true)
}

fn text_paths() -> Arg {
    Arg::new("texts")
        .value_name("TEXT")
        .num_args(1..)
        .help("The path of a text, as `check` and `coverage` show it: forbidden.title")
}

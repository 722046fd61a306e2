//! The command line.

use crate::argument_values::{assignment, edit_address, error_status, locale, many, port, required, usual_tag, words};
use crate::edit::init::{LOCALE, NewCatalog};
use crate::edit::new_entry::NewEntry;
use crate::edit::target::Target;
use crate::edit::text_address::Removed;
use crate::import_arguments::{ImportArguments, import};
use crate::name_arguments::{remove, rename};
use crate::schema::FileKind;
use crate::status_filter::StatusFilter;
use crate::taxonomy;
use crate::terminal::Color;
use crate::translation_arguments::{self, TranslationCommand};
use clap::builder::{
    EnumValueParser, NonEmptyStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser as _,
};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgGroup, Error, ValueEnum};
use lift_errors::{Audience, Locale, RetryKind, Severity};
use lift_errors_codegen::EntryFilter;
use std::ffi::OsString;
use std::str::FromStr;

/// The option by which `serve` goes on with the socket of the program before.
pub(crate) const INHERITED: &str = "inherited";

/// Declares an enum of the words that an option may have.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($variant,)+ }

        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant,)+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(match self { $(Self::$variant => $word,)+ }))
            }
        }
    };
}

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// The path of the catalogue's manifest, if it is given.
    pub(crate) manifest: Option<String>,
    pub(crate) color: Color,
    pub(crate) command: Command,
}

/// A command.
#[derive(Debug)]
pub(crate) enum Command {
    /// Report all faults; drafts are among them if they are denied.
    Check { deny_drafts: bool, only: EntryFilter },
    /// Work on translations.
    Translations(TranslationCommand),
    /// Show one error in a format.
    Preview(PreviewArguments),
    /// Explain the errors that somebody means.
    Explain(ExplainArguments),
    /// Write a site that explains all errors.
    Docs(DocsArguments),
    /// Show the catalogue in a browser.
    Serve(ServeArguments),
    /// Print the schema of a kind of file.
    Schema { kind: FileKind },
    /// Write a new catalogue.
    Init(NewCatalog),
    /// Add an entry. Without a code, or with nothing but a code, a terminal is asked.
    New { code: Option<String>, entry: NewEntry },
    /// Import errors as drafts.
    Import(ImportArguments),
    /// Format the files, or list those that are not in the usual layout.
    Fmt { only_check: bool },
    /// Write the lock file, or say that it is not current.
    Lock { only_check: bool },
    /// Rename something in all files.
    Rename { old: Target, name: String },
    /// Remove an entry or a text from all files. `version` is the one that does not have it any more.
    Remove { what: Removed, version: Option<String> },
}

/// The error to show, and how.
#[derive(Debug)]
pub(crate) struct PreviewArguments {
    pub(crate) code: String,
    pub(crate) format: PreviewFormat,
    pub(crate) locale: Option<Locale>,
    pub(crate) audience: Option<Audience>,
    pub(crate) cause: Option<String>,
    /// Names of parameters with their values.
    pub(crate) values: Vec<(String, String)>,
    /// The parameters to leave out.
    pub(crate) without: Vec<String>,
}

/// The server to start.
#[derive(Debug)]
pub(crate) struct ServeArguments {
    pub(crate) port: u16,
    /// The errors that the printed address lists.
    pub(crate) only: EntryFilter,
    /// The most bytes of earlier states that stay in memory.
    pub(crate) memory: usize,
    /// Whether the standard input is the socket of the program before.
    pub(crate) is_inherited: bool,
}

/// The site to write.
#[derive(Debug)]
pub(crate) struct DocsArguments {
    /// The folder.
    pub(crate) out: String,
    pub(crate) only: EntryFilter,
    pub(crate) audience: Option<Audience>,
    /// The URL at which a text can be improved; `{file}` and `{line}` are replaced.
    pub(crate) edit_url: Option<String>,
}

/// The errors to explain, and how.
#[derive(Debug)]
pub(crate) struct ExplainArguments {
    /// A code, an id, a status, a prefix, a type URI, a phrase, or `-` for a pasted body.
    pub(crate) query: Option<String>,
    /// Whether all matches are explained in full.
    pub(crate) is_all: bool,
    pub(crate) status: Option<StatusFilter>,
    pub(crate) severity: Option<Severity>,
    pub(crate) retry: Option<RetryKind>,
    pub(crate) only: EntryFilter,
    pub(crate) audience: Option<Audience>,
    pub(crate) locale: Option<Locale>,
    pub(crate) format: ExplainFormat,
    /// Whether to print the schema of the JSON formats.
    pub(crate) is_schema: bool,
}

choices! {
    /// The format of a preview.
    PreviewFormat {
        Terminal = "terminal",
        Text = "text",
        Markdown = "markdown",
        Html = "html",
        Problem = "problem",
        Envelope = "envelope",
        Grpc = "grpc",
    }
}

choices! {
    /// The format of explanations.
    ExplainFormat {
        Text = "text",
        Markdown = "markdown",
        Json = "json",
        Jsonl = "jsonl",
    }
}

impl PreviewFormat {
    /// The word on the command line.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Problem => "problem",
            Self::Envelope => "envelope",
            Self::Grpc => "grpc",
        }
    }
}

impl Arguments {
    /// # Errors
    ///
    /// The help if it is asked for, or a message about wrong arguments. Both can print themselves.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let mut program = program();
        let matches = program.try_get_matches_from_mut(arguments)?;
        let manifest: Option<String> = matches.get_one("manifest").cloned();
        if let (Some(("init", init)), given) = (matches.subcommand(), &manifest) {
            if given.is_some() || init.get_one::<String>("manifest").is_some() {
                let message =
                    "`init` writes a new manifest: name its folder, as in `lift-errors init --folder catalog`";
                return Err(program.error(ErrorKind::ArgumentConflict, message));
            }
        }
        let command = match matches.subcommand() {
            Some(("check", matches)) => Command::Check {
                deny_drafts: matches.get_one::<String>("deny").is_some(),
                only: taxonomy::filter(matches),
            },
            Some(("preview", matches)) => Command::Preview(PreviewArguments {
                code: required(matches, "code"),
                format: matches.get_one("format").copied().unwrap_or(PreviewFormat::Terminal),
                locale: matches.get_one("locale").copied(),
                audience: matches.get_one("audience").copied(),
                cause: matches.get_one("cause").cloned(),
                values: many(matches, "set"),
                without: many(matches, "without"),
            }),
            Some(("explain", matches)) => Command::Explain(ExplainArguments {
                query: words(matches, "query"),
                is_all: matches.get_flag("all"),
                status: matches.get_one("status").copied(),
                severity: matches.get_one("severity").copied(),
                retry: matches.get_one("retry").copied(),
                only: taxonomy::filter(matches),
                audience: matches.get_one("audience").copied(),
                locale: matches.get_one("locale").copied(),
                format: matches.get_one("format").copied().unwrap_or(ExplainFormat::Text),
                is_schema: matches.get_flag("schema"),
            }),
            Some(("docs", matches)) => Command::Docs(DocsArguments {
                out: required(matches, "out"),
                only: taxonomy::filter(matches),
                audience: matches.get_one("audience").copied(),
                edit_url: matches.get_one("edit-url").cloned(),
            }),
            Some(("serve", matches)) => Command::Serve(ServeArguments {
                port: matches.get_one("port").copied().unwrap_or_default(),
                only: taxonomy::filter(matches),
                memory: matches.get_one("memory").copied().unwrap_or_default(),
                is_inherited: matches.get_flag(INHERITED),
            }),
            Some(("schema", matches)) => {
                Command::Schema { kind: matches.get_one("kind").copied().unwrap_or(FileKind::Errors) }
            }
            Some(("init", matches)) => Command::Init(NewCatalog {
                name: matches.get_one("name").cloned(),
                prefix: matches.get_one("prefix").cloned(),
                reference: matches.get_one("reference").cloned(),
                locale: usual_tag(&required(matches, "locale")),
                folder: required(matches, "folder"),
            }),
            Some(("new", matches)) => {
                let text = |name: &str| matches.get_one::<String>(name).cloned();
                let entry = NewEntry {
                    file: text("file"),
                    status: matches.get_one("status").copied(),
                    severity: matches.get_one::<Severity>("severity").map(ToString::to_string),
                    retry: matches.get_one::<RetryKind>("retry").map(ToString::to_string),
                    since: text("since"),
                    title: text("title"),
                    detail: text("detail"),
                    meaning: text("meaning"),
                    cause: text("cause"),
                    fix: text("fix"),
                    parameters: Vec::new(),
                };
                Command::New { code: text("code"), entry }
            }
            Some((name, matches)) if TranslationCommand::is_named(name, matches) => {
                Command::Translations(TranslationCommand::parse(name, matches).map_err(|message| {
                    let kind = ErrorKind::TooFewValues;
                    let command = program.find_subcommand_mut(name);
                    command.map_or_else(|| Error::raw(kind, message), |command| command.error(kind, message))
                })?)
            }
            Some(("import", matches)) => Command::Import(ImportArguments::parse(matches)),
            Some(("fmt", matches)) => Command::Fmt { only_check: matches.get_flag("check") },
            Some(("lock", matches)) => Command::Lock { only_check: matches.get_flag("check") },
            Some(("rename", matches)) => {
                // The parser has seen to it that there is one.
                let old = matches.get_one("old").cloned().unwrap_or_else(|| Target::Entry(String::new()));
                Command::Rename { old, name: required(matches, "new") }
            }
            Some(("remove", matches)) => {
                let what = matches.get_one("what").cloned().unwrap_or_else(|| Removed::Entry(String::new()));
                Command::Remove { what, version: matches.get_one("in").cloned() }
            }
            // The parser refuses everything else.
            _ => return Err(program.error(clap::error::ErrorKind::MissingSubcommand, "name a command")),
        };
        let color = matches.get_one("color").copied().unwrap_or_default();
        Ok(Self { manifest, color, command })
    }
}

/// The place in the help of the options that all commands have: behind a command's own.
const LAST: usize = 100;

fn program() -> clap::Command {
    let manifest = Arg::new("manifest")
        .long("manifest")
        .value_name("PATH")
        .global(true)
        .display_order(LAST)
        .value_parser(NonEmptyStringValueParser::new())
        .help("The catalogue's manifest [default: catalog/catalog.toml or catalog.toml, in this folder or the nearest above]");
    let color = Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .global(true)
        .display_order(LAST)
        .value_parser(EnumValueParser::<Color>::new())
        .default_value("auto")
        .help("Colours; `auto` uses them on a terminal, unless NO_COLOR is set");
    clap::Command::new("lift-errors")
        .max_term_width(100)
        .version(env!("CARGO_PKG_VERSION"))
        .about("Checks, shows and explains a catalogue of errors, and keeps its translations up to date")
        .after_help("Exit codes: 0 all is well, 1 findings (faults, unknown names, files that are not current), 2 a wrong command line, 3 the command could not run")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args([manifest, color])
        .subcommands([init(), check(), preview(), explain(), docs(), serve(), schema(), new(), import(), fmt(), lock(), rename(), remove()])
        .subcommands(translation_arguments::commands())
}

fn check() -> clap::Command {
    clap::Command::new("check")
        .about("Report every fault of the catalogue, and every translation whose source text has changed")
        .arg(
            Arg::new("deny")
                .long("deny")
                .value_name("WHAT")
                .value_parser(["drafts"])
                .help("Take drafts for faults, as before a release"),
        )
        .args(taxonomy::options())
}

fn preview() -> clap::Command {
    let set = Arg::new("set")
        .long("set")
        .value_name("PARAMETER=VALUE")
        .action(ArgAction::Append)
        .value_parser(assignment)
        .help("The value of a parameter, in place of its example; a duration such as 90s or \"1h 5m\"");
    let without = Arg::new("without")
        .long("without")
        .value_name("PARAMETER")
        .action(ArgAction::Append)
        .help("Leave an optional parameter out");
    clap::Command::new("preview")
        .about("Show one error in a format, as clients get it, with the example of each parameter")
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .required(true)
                .help("The code, the id, the status or the type URI, such as not_found, LIFT-0404 or 404"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORMAT")
                .value_parser(EnumValueParser::<PreviewFormat>::new())
                .default_value("terminal")
                .help("The format"),
        )
        .arg(locale_option().help("The language, such as uk [default: the catalogue's own]"))
        .arg(audience().help("The reader: texts for other readers are left out"))
        .arg(Arg::new("cause").long("cause").value_name("ID").help("The known cause"))
        .args([set, without])
}

fn docs() -> clap::Command {
    let edit_url = Arg::new("edit-url").long("edit-url").value_name("URL").value_parser(edit_address);
    clap::Command::new("docs")
        .about("Write a static site with a page for each error in each language")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(NonEmptyStringValueParser::new())
                .required(true)
                .help("The folder; one that this command has written before is replaced"),
        )
        .args(taxonomy::options())
        .arg(audience().help("The reader: a site for operators has runbooks and their texts, too"))
        .arg(edit_url.help("Where a text can be improved, such as https://git.example/edit/main/{file}#L{line}; {file} is its path from the current folder"))
}

fn explain() -> clap::Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    clap::Command::new("explain")
        .about("Explain an error: its meaning, causes with fixes, retry, parameters, lifecycle")
        .override_usage("lift-errors explain [OPTIONS] [QUERY]...")
        .arg(Arg::new("query").value_name("QUERY").num_args(0..).help(
            "A code, an id, a status, the beginning of codes or ids, a type URI, words of a message, or `-` for a pasted body or log line",
        ))
        .arg(flag("all").help("Explain every match in full; without a query, every entry"))
        .arg(
            Arg::new("status")
                .long("status")
                .value_name("STATUS")
                .value_parser(|text: &str| text.parse::<StatusFilter>())
                .help("Only errors with this status, such as 404 or 4xx"),
        )
        .arg(of_list("severity", Severity::ALL, Severity::as_str).value_name("SEVERITY").help("Only errors of this severity"))
        .arg(of_list("retry", RetryKind::ALL, RetryKind::as_str).value_name("KIND").help("Only errors with this retry contract"))
        .args(taxonomy::options())
        .arg(audience().help("The reader: texts for other readers are left out"))
        .arg(locale_option().help("The language, such as uk [default: the catalogue's own]"))
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORMAT")
                .value_parser(EnumValueParser::<ExplainFormat>::new())
                .default_value("text")
                .help("The format; `text` lists several matches unless there is --all"),
        )
        .arg(flag("schema").help("Print the JSON Schema of an explanation, and end"))
        .group(
            ArgGroup::new("which")
                .args(["query", "all", "status", "severity", "retry", "class", "tag", "schema"])
                .multiple(true)
                .required(true),
        )
}

fn serve() -> clap::Command {
    clap::Command::new("serve")
        .about("Show the catalogue in a browser on this computer: every error in every format and language, as its files are saved")
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .value_parser(port)
                .default_value("4400")
                .help("The port at 127.0.0.1; 0 takes a free one"),
        )
        .args(taxonomy::options())
        // These are for the program itself, and for its tests.
        .arg(
            Arg::new("memory")
                .long("memory")
                .value_parser(clap::value_parser!(usize))
                .default_value("134217728")
                .hide(true),
        )
        .arg(Arg::new(INHERITED).long(INHERITED).action(ArgAction::SetTrue).hide(true))
}

fn schema() -> clap::Command {
    clap::Command::new("schema").about("Print the JSON Schema of a kind of file, for editors").arg(
        of_list("kind", FileKind::ALL, FileKind::as_str)
            .long(None)
            .value_name("KIND")
            .required(true)
            .help("The kind of file"),
    )
}

fn init() -> clap::Command {
    let option = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    clap::Command::new("init")
        .about("Write a new catalogue with one example entry, and in a Rust package the test of its lock file")
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .help("The catalogue's name, such as orders [default: the package's or the folder's]"),
        )
        .arg(
            option("prefix", "WORD")
                .help("The word that all codes and ids begin with, such as ord [default: the name's first letters]"),
        )
        .arg(option("reference", "URL").help("The page that explains the errors"))
        .arg(option("locale", "LOCALE").default_value(LOCALE).help("The language of the entries"))
        .arg(
            option("folder", "PATH")
                .value_parser(NonEmptyStringValueParser::new())
                .default_value("catalog")
                .help("The folder of the catalogue"),
        )
        // The option of all commands names a manifest that exists.
        .arg(option("manifest", "PATH").hide(true))
}

fn new() -> clap::Command {
    let text = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("TEXT").help(help);
    clap::Command::new("new")
        .about("Add an entry with the next free id; without title, detail, meaning, cause and fix it is a draft")
        .after_help("On a terminal, `lift-errors new` and `lift-errors new CODE` ask for each part, and show the entry before they write it.")
        .arg(Arg::new("code").value_name("CODE").help("The code, such as ord_not_found"))
        .arg(
            Arg::new("file")
                .long("file")
                .value_name("FILE")
                .help("The file of the manifest's list [default: the last one with entries]"),
        )
        .arg(
            Arg::new("status")
                .long("status")
                .value_name("STATUS")
                .value_parser(error_status)
                .help("The HTTP status [default: that of the file's defaults, else 500]"),
        )
        .arg(
            of_list("severity", Severity::ALL, Severity::as_str)
                .value_name("SEVERITY")
                .help("How serious it is [default: that of the file's defaults, else error]"),
        )
        .arg(
            of_list("retry", RetryKind::ALL, RetryKind::as_str)
                .value_name("KIND")
                .help("The retry contract [default: that of the file's defaults, else never; after for 429 and 503]"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .value_name("VERSION")
                .help("The version that has it first [default: that of the file's defaults, else the newest]"),
        )
        .arg(text("title", "A short name of the error"))
        .arg(text("detail", "What happened this time; {name} is a parameter"))
        .arg(text("meaning", "What the error means"))
        .arg(text("cause", "A usual cause"))
        .arg(text("fix", "What helps"))
}

fn fmt() -> clap::Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Write nothing; list the files that are not in the usual layout, and fail if there are any");
    clap::Command::new("fmt").about("Format the files; comments, keys and values stay as they are").arg(check)
}

fn lock() -> clap::Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Write nothing; name what the lock file records otherwise, and fail if it is not current");
    clap::Command::new("lock")
        .about("Record every code, id and contract in catalog.lock, so that none is lost or used again")
        .arg(check)
}

fn locale_option() -> Arg {
    Arg::new("locale").long("locale").short('l').value_name("LOCALE").value_parser(locale)
}

fn audience() -> Arg {
    of_list("audience", Audience::ALL, Audience::as_str).value_name("READER")
}

/// An option whose values are a closed list of words.
fn of_list<T: Copy + Send + Sync + FromStr + 'static>(
    name: &'static str,
    all: &'static [T],
    word_of: fn(T) -> &'static str,
) -> Arg {
    let words = all.iter().map(|&word| word_of(word));
    Arg::new(name).long(name).value_parser(
        PossibleValuesParser::new(words).try_map(|word: String| word.parse::<T>().map_err(|_| "unknown word")),
    )
}

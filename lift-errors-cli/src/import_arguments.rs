//! The command that imports error codes.

use crate::argument_values::{many, mapping, required};
use crate::import::TableForm;
use crate::translation_arguments;
use clap::{Arg, ArgAction, ArgMatches};

/// The errors to import, and where to.
#[derive(Debug)]
pub(crate) struct ImportArguments {
    pub(crate) source: String,
    /// How a table is read.
    pub(crate) form: TableForm,
    /// The file to write, beside the manifest.
    pub(crate) file: String,
    pub(crate) since: String,
}

impl ImportArguments {
    pub(crate) fn parse(matches: &ArgMatches) -> Self {
        Self {
            source: required(matches, "source"),
            form: match matches.get_flag("nested") {
                true => TableForm::Texts,
                false => TableForm::Rows(many(matches, "map")),
            },
            file: required(matches, "into"),
            since: required(matches, "since"),
        }
    }
}

pub(crate) fn import() -> clap::Command {
    clap::Command::new("import")
        .about("Import translations from PO or XLIFF, or error codes as drafts: an errors.toml of TiDB, a .properties file, CSV, JSON, or a Rust file or folder")
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .subcommands(translation_arguments::imports())
        .arg(Arg::new("source").value_name("SOURCE").required(true).help(
            "The file or folder; of a .properties file the other languages beside it are imported, too; in nested JSON the code is the keys of a text, joined by `.`",
        ))
        .arg(
            Arg::new("map")
                .long("map")
                .value_name("ROLE=COLUMN")
                .action(ArgAction::Append)
                .value_parser(mapping)
                .help("Of CSV and JSON: the column that is the code, title, message, meaning, fix or status"),
        )
        .arg(
            Arg::new("nested")
                .long("nested")
                .action(ArgAction::SetTrue)
                .conflicts_with("map")
                .help("Of JSON: each text is an error, whatever its key is called"),
        )
        .arg(Arg::new("into").long("into").value_name("FILE").default_value("imported.toml").help("The file to write, beside the manifest"))
        .arg(Arg::new("since").long("since").value_name("VERSION").default_value("0.1.0").help("The version that has the errors first"))
}

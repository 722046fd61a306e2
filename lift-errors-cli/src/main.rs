//! The command `lift-errors`, for people who write, translate and use a catalogue of errors in TOML. The compiler of catalogues,
//! `lift-errors-codegen`, does the work.
//!
//! | module | contains |
//! | --- | --- |
//! | `arguments`, `translation_arguments` | the command line |
//! | `advice` | the commands that messages advise |
//! | `argument_values` | the values of parsed arguments |
//! | `command` | the commands |
//! | `catalog` | the catalogue that a command works on |
//! | `runtime` | a catalogue that the runtime's renderers show, and sample errors |
//! | `rendering` | one error in one format |
//! | `printable` | strings that no renderer has cleaned |
//! | `explanation` | all about one code, and finding the codes that somebody means |
//! | `naming` | names of other systems and of people as names of the catalogue |
//! | `nearest` | "did you mean" |
//! | `docs` | a static site of a catalogue |
//! | `edit` | changes to the files that people write |
//! | `schema` | JSON Schemas of the format, for editors |
//! | `serve` | the catalogue in a browser |
//! | `import` | error codes from elsewhere, as drafts |
//! | `exchange` | translations as PO and XLIFF |
//! | `originals` | the files as they were when a command began |
//! | `regular_file` | reading a whole file |
//! | `update` | generated files that are not current, and writing one |
//! | `status_filter` | errors by their status |
//! | `terminal` | colours and the width of the terminal |
//! | `output` | the output of a command, and its exit code |
//! | `error` | reasons why a command fails |

#![forbid(unsafe_code)]

mod advice;
mod argument_values;
mod arguments;
mod catalog;
mod command;
mod count;
mod docs;
mod edit;
mod error;
mod exchange;
mod explanation;
mod import;
mod import_arguments;
mod name_arguments;
mod naming;
mod nearest;
mod originals;
mod output;
mod printable;
mod regular_file;
mod rendering;
mod runtime;
mod schema;
mod serve;
mod status_filter;
mod taxonomy;
mod terminal;
mod translation_arguments;
mod update;

use crate::arguments::Arguments;
use crate::error::ExitReason;
use crate::output::CommandOutput;
use std::env;
use std::io::ErrorKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Values of thousands of levels are edited by recursion, and the first thread of Windows has a small stack.
    lift_errors_codegen::deep(run)
}

fn run() -> ExitCode {
    match Arguments::parse(env::args_os()) {
        Ok(arguments) => {
            let mut output = CommandOutput::new(arguments.color, arguments.manifest.clone());
            if let Err(error) = command::run(&arguments, &mut output) {
                output.error(&error);
            }
            output.print()
        }
        Err(usage) => {
            match output::print_usage(&usage) {
                // A reader of only the first lines closes the pipe; if stderr is closed, nobody can be told.
                Err(error) if !usage.use_stderr() && error.kind() != ErrorKind::BrokenPipe => {
                    output::not_written(&error);
                    return ExitCode::from(ExitReason::CouldNotRun as u8);
                }
                _ => {}
            }
            u8::try_from(usage.exit_code()).map_or(ExitCode::from(ExitReason::Usage as u8), ExitCode::from)
        }
    }
}

//! The command `lift-errors`, for those who write and translate a catalogue of errors and know TOML alone. What a
//! catalogue is, `lift-errors-codegen` knows: this is a thin front of it.
//!
//! | room | holds |
//! | --- | --- |
//! | `arguments` | what can be typed |
//! | `command` | the five commands |
//! | `catalog` | the catalogue that a command is about |
//! | `update` | generated files that are not current, and how one is written |
//! | `answer` | what a command says, and its exit code |

#![forbid(unsafe_code)]

mod answer;
mod arguments;
mod catalog;
mod command;
mod update;

use crate::answer::Answer;
use crate::arguments::Arguments;
use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Arguments::parse(env::args_os()) {
        Ok(arguments) => command::run(&arguments).unwrap_or_else(Answer::fault).print(),
        Err(usage) => {
            // Where nobody listens, nothing can be said.
            let _ = usage.print();
            u8::try_from(usage.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
    }
}

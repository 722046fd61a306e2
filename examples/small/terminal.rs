//! A program for the terminal with a catalogue of its own: it explains its errors in colour and in the user's language, and
//! exits with 1. The catalogue says once that they have nothing to do with HTTP: `transport = "none"`.
//!
//! ```console
//! cargo run -p examples --example terminal -- no-such-file.csv
//! LANG=uk_UA.UTF-8 cargo run -p examples --example terminal -- no-such-file.csv
//! ```
//!
//! The dependency of your own copy: `lift-errors = { version = "0.1", features = ["catalog", "locales"] }`.

use lift_errors::{Catalog, Format, LiftError, Locale};
use std::io::{self, ErrorKind};
use std::process::ExitCode;
use std::{env, fs};

/// Makes the module `report` from the TOML files.
#[derive(Catalog)]
#[catalog(path = "report/catalog.toml")]
pub struct Report;

#[derive(Debug, LiftError)]
#[lift(catalog = report)]
enum ReportError {
    #[lift(code = rpt_file_missing)]
    NoSuchFile { path: String, source: io::Error },
    #[lift(code = rpt_file_unreadable, cause = not_utf8)]
    NotUtf8 { path: String, source: io::Error },
    #[lift(code = rpt_file_unreadable)]
    Unreadable { path: String, source: io::Error },
}

fn count_lines(path: &str) -> Result<usize, ReportError> {
    let explain = |source: io::Error| {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::NotFound => ReportError::NoSuchFile { path, source },
            ErrorKind::InvalidData => ReportError::NotUtf8 { path, source },
            _ => ReportError::Unreadable { path, source },
        }
    };
    Ok(fs::read_to_string(path).map_err(explain)?.lines().count())
}

fn main() -> ExitCode {
    let path = env::args().nth(1).unwrap_or_else(|| "Cargo.toml".into());
    match count_lines(&path) {
        Ok(count) => {
            println!("{path}: {count} lines");
            ExitCode::SUCCESS
        }
        Err(error) => {
            // The locale of `LC_ALL`, `LC_MESSAGES` or `LANG`.
            let problem = error.problem().with_locale(Locale::from_env(&[error.entry().catalog()]));
            // In colour where stderr is a terminal and `NO_COLOR` is not set.
            eprint!("{}", problem.display(Format::terminal(&io::stderr())));
            eprintln!("\nreason: {}", problem.sources());
            ExitCode::FAILURE
        }
    }
}

//! Reasons why a command fails.

use lift_errors_codegen::{CompileErrors, UnknownTranslation};
use std::io;
use std::path::PathBuf;

/// A reason why a command fails. `Display` gives the whole message, as the terminal shows it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(
        "error: there is no catalogue here: neither `{}` nor `{}`\n  \
         = help: go to the folder with the catalogue, or name its manifest: `--manifest PATH`",
        .0[0], .0[1]
    )]
    NoCatalog([&'static str; 2]),
    // The report has its own headline for each fault.
    #[error(transparent)]
    Compile(#[from] CompileErrors),
    #[error("error: {0}")]
    Unknown(#[from] UnknownTranslation),
    #[error("error: can't read `{}`: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("error: can't write `{}`: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("error: can't remove `{}`: {source}", path.display())]
    Remove { path: PathBuf, source: io::Error },
    #[error("error: 1 file is not current; run `lift-errors sync`")]
    NotCurrent,
    #[error("error: {0} files are not current; run `lift-errors sync`")]
    SeveralNotCurrent(usize),
}

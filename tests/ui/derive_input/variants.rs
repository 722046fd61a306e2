//! What a variant is, and what it is not.

use lift_errors::{LiftError, lift};

#[derive(LiftError)]
union Union {
    a: u8,
    b: i8,
}

#[derive(Debug, LiftError)]
enum Variants {
    Unexplained,
    #[lift(cause = wrong_credentials)]
    NoCode,
    #[lift(transparent, code = conflict)]
    Both(lift::Error),
    #[lift(transparent)]
    NoField,
    #[lift(transparent)]
    TwoFields(lift::Error, lift::Error),
}

#[derive(Debug, LiftError)]
enum Codes {
    #[lift(code = forbiden)]
    Misspelt,
    #[lift(transparent, catalog = lift)]
    Catalogue(lift::Error),
    #[lift(transparent)]
    Skipped(#[lift(skip)] lift::Error),
    #[lift(transparent)]
    Logged(#[lift(log, private)] lift::Error),
}

#[derive(Debug, LiftError)]
struct Unexplained;

fn main() {}

//! Lists of the codes that the error of a transparent variant can have.

use lift_errors::{LiftError, lift};

#[derive(Debug, LiftError)]
enum Listed {
    #[lift(transparent, codes = [not_fuond, conflict])]
    Misspelt(lift::Error),
    #[lift(transparent, codes = not_found)]
    NotAList(lift::Error),
    #[lift(transparent, codes = [])]
    Empty(lift::Error),
    #[lift(code = conflict, codes = [conflict])]
    NotTransparent,
    #[lift(codes = [conflict])]
    Nothing(lift::Error),
    #[lift(transparent, codes)]
    Missing(lift::Error),
}

#[derive(Debug, LiftError)]
enum Client {
    #[lift(transparent, codes = [connection_failed])]
    OfClients(lift::Error),
}

fn main() {}

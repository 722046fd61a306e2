//! Keys that are unknown, misplaced or there twice.

use lift_errors::LiftError;

#[derive(Debug, LiftError)]
#[lift(no_dispaly)]
enum OnType {
    #[lift(code = bad_gateway)]
    A,
}

#[derive(Debug, LiftError)]
enum OnVariant {
    #[lift(kode = bad_gateway)]
    Misspelt,
    #[lift(code = bad_gateway, param = resource)]
    OfField,
    #[lift(code = bad_gateway, client)]
    OfType,
    #[lift(code = bad_gateway, code = conflict)]
    Twice,
    #[lift]
    Empty,
}

#[derive(Debug, LiftError)]
enum OnField {
    #[lift(code = forbidden)]
    Misspelt {
        #[lift(parm = required_role)]
        required_role: String,
    },
    #[lift(code = forbidden)]
    OfVariant(#[lift(cause = no_role)] String),
    #[lift(code = forbidden)]
    Skipped {
        #[lift(skip = true)]
        note: u8,
    },
}

#[derive(Debug, LiftError)]
#[lift(code = bad_gateway, crate = lift_errors, crate = lift_errors)]
struct TypeTwice;

fn main() {}

//! `From` can be implemented once for a type.

use lift_errors::LiftError;
use std::io;

#[derive(Debug, LiftError)]
#[lift(from = std::fmt::Error, from_with = classify)]
enum Conversions {
    #[lift(code = internal_server_error)]
    Disk(#[from] io::Error),
    #[lift(code = bad_gateway)]
    Network(#[from] io::Error),
    #[lift(code = conflict)]
    Format(#[from] std::fmt::Error),
}

fn classify(_: std::fmt::Error) -> Conversions {
    // The fault above is the only one: what the type lacks is stood in for.
    let _: Conversions = io::Error::other("x").into();
    loop {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    Err(classify(std::fmt::Error))?
}

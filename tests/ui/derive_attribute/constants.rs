//! Parameters that an attribute fills: places that name no field, braces, and parameters that are filled twice.

use lift_errors::{LiftError, lift};

#[derive(Debug, LiftError)]
enum Places {
    #[lift(code = not_found, resource = "order {numbr}")]
    Misspelt { number: u64 },
    #[lift(code = not_found, resource = "order {number}")]
    WithoutFields,
    #[lift(code = not_found, resource = "order {1}")]
    OutOfRange(#[lift(skip)] u64),
    #[lift(code = not_found, resource = "order {}")]
    Unnamed(#[lift(skip)] u64),
    #[lift(code = not_found, resource = "order {number")]
    Open { number: u64 },
    #[lift(code = not_found, resource = "order {number:>width$}")]
    Width { number: u64 },
}

#[derive(Debug, LiftError)]
enum Twice {
    #[lift(code = not_found, resource = "order", resource = "shipment")]
    InTheAttribute,
    #[lift(code = not_found, resource = "order")]
    AlsoAField { resource: String },
    #[lift(code = forbidden, required_role = "{resource}")]
    AlsoMentioned {
        resource: String,
        #[lift(param = resource)]
        other: u8,
    },
    #[lift(transparent, resource = "order")]
    Transparent(#[from] lift::Error),
}

#[derive(Debug, LiftError)]
enum Values {
    #[lift(code = not_found, resource = )]
    Missing,
    #[lift(code = not_found, resource)]
    Flag,
}

fn main() {}

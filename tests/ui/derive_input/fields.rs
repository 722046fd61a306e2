//! A field has one role, and a role has one field.

use lift_errors::{FieldErrors, LiftError};
use std::io::Error;

#[derive(Debug, LiftError)]
enum Fields {
    #[lift(code = forbidden)]
    Unnamed(String),
    #[lift(code = forbidden)]
    TwoParameters {
        required_role: String,
        #[lift(param = required_role)]
        other: String,
    },
    #[lift(code = internal_server_error)]
    TwoSources {
        source: Error,
        #[source]
        other: Error,
    },
    #[lift(code = forbidden)]
    FromBeside {
        #[from]
        source: std::fmt::Error,
        required_role: String,
    },
    #[lift(code = unprocessable_content)]
    TwoLists {
        #[lift(field_errors)]
        one: FieldErrors,
        #[lift(field_errors)]
        other: FieldErrors,
    },
    #[lift(code = forbidden)]
    TwoRoles {
        #[lift(param = required_role, skip)]
        role: String,
    },
    #[lift(code = internal_server_error)]
    SourceAndParameter {
        #[source]
        #[lift(param = resource)]
        cause: Error,
    },
}

fn main() {}

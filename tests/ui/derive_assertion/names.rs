//! Names that the catalogue does not have.

use lift_errors::LiftError;

#[derive(Debug, LiftError)]
enum Names {
    #[lift(code = unauthorized, cause = wrong_credential)]
    NearCause,
    #[lift(code = unauthorized, cause = zzz)]
    NoCause,
    #[lift(code = forbidden)]
    NearParameter { required_roll: String },
    #[lift(code = forbidden)]
    NoParameter { zzz: String },
    #[lift(code = internal_server_error)]
    WithoutParameters { resource: String },
    #[lift(code = forbidden)]
    Attribute(#[lift(param = requird_role)] String),
}

fn main() {}

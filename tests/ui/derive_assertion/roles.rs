//! Sources, lists, functions and catalogues are what the attributes say.

use lift_errors::LiftError;

#[derive(Debug, LiftError)]
enum Types {
    #[lift(code = internal_server_error)]
    Source(#[source] String),
    #[lift(code = validation_failed)]
    Fields(#[lift(field_errors)] Vec<String>),
}

#[derive(Debug, LiftError)]
#[lift(from = std::fmt::Error, from_with = no_such_function)]
#[lift(code = conflict)]
struct NoFunction;

#[derive(Debug, LiftError)]
#[lift(catalog = nowhere, code = conflict)]
struct NoCatalogue;

fn main() {}

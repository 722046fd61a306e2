//! Values that are not names, and conversions that are half there.

use lift_errors::LiftError;

#[derive(Debug, LiftError)]
enum Values {
    #[lift(code = "bad_gateway")]
    Quoted,
    #[lift(code = 502)]
    Number,
    #[lift(code)]
    Nothing,
    #[lift(code = lift::bad_gateway)]
    Path,
    #[lift(code = unauthorized, cause = "wrong_credentials")]
    Cause,
}

#[derive(Debug, LiftError)]
#[lift(from = std::io::Error)]
#[lift(from_with = classify)]
enum Conversions {
    #[lift(code = bad_gateway)]
    A,
}

fn main() {
    let _: Option<Conversions> = None;
}

#[derive(Debug, LiftError)]
enum ForTheLog {
    #[lift(code = conflict, severity = "warn")]
    Near,
    #[lift(code = conflict, severity = "urgent")]
    Unknown,
    #[lift(code = conflict, severity = info)]
    WithoutMarks,
    #[lift(code = not_found)]
    NotASource {
        #[lift(private)]
        resource: String,
    },
    #[lift(code = not_found)]
    TwoRoles {
        #[lift(log, skip)]
        note: String,
    },
}

#[derive(Debug, LiftError)]
#[lift(code = not_found, no_error)]
struct SourceOfAnotherDerive {
    #[source]
    #[lift(private)]
    query: std::io::Error,
}

impl std::error::Error for SourceOfAnotherDerive {}

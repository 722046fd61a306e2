//! What a type can be is not known where it passes on an error that does not say.

use lift_errors::{Entry, LiftError, lift};

#[derive(Debug)]
struct ByHand;

impl std::fmt::Display for ByHand {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for ByHand {}

impl LiftError for ByHand {
    fn entry(&self) -> Entry {
        lift::conflict::ENTRY
    }
}

#[derive(Debug, LiftError)]
enum ApproveOrderError {
    #[lift(code = not_found)]
    NoSuchOrder,
    #[lift(transparent)]
    Other(ByHand),
}

fn main() {
    let _ = lift_errors::openapi::responses_of::<ApproveOrderError>();
}

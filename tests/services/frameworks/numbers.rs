//! The limits and the query of `POST /numbers`.

use serde::Deserialize;

/// The largest accepted body in bytes.
pub(super) const BODY_LIMIT: usize = 1_024;

/// The query.
#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) step: u32,
}

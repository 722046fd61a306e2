//! The attempts at one request.

use tokio::time::Instant;

/// How often a request was sent, when first, and whether an attempt may have been carried out: tower clones the policy for each request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Call {
    pub(super) attempts: u32,
    pub(super) began: Option<Instant>,
    pub(super) may_be_carried_out: bool,
}

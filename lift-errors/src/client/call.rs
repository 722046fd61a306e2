//! The attempts at one request.

use tokio::time::Instant;

/// How often a request was sent, and when first: tower clones the policy for each request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Call {
    pub(super) attempts: u32,
    pub(super) began: Option<Instant>,
}

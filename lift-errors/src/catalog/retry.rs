//! The retry contract.

use core::time::Duration;
use lift_errors_core::vocabulary::RetryKind;

/// Whether the same request may be sent again, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    kind: RetryKind,
    wait: Option<Duration>,
}

impl Retry {
    pub(crate) const fn new(kind: RetryKind, wait: Option<Duration>) -> Self {
        Self { kind, wait }
    }

    /// The kind of promise.
    pub const fn kind(self) -> RetryKind {
        self.kind
    }

    /// The least time to wait, where one is known.
    pub const fn wait(self) -> Option<Duration> {
        self.wait
    }
}

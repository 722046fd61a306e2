//! The retry contract of an error.

use core::time::Duration;
use lift_errors_core::vocabulary::RetryKind;

/// Whether the same request may be sent again, and when.
///
/// ```
/// use lift_errors::{LiftError, RetryKind, lift};
/// use std::time::Duration;
///
/// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// let retry = error.problem().retry();
/// assert_eq!((retry.kind(), retry.wait()), (RetryKind::After, Some(Duration::from_secs(12))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Retry {
    kind: RetryKind,
    wait: Option<Duration>,
}

impl Retry {
    pub(crate) const fn new(kind: RetryKind, wait: Option<Duration>) -> Self {
        Self { kind, wait }
    }

    /// The kind of the contract.
    pub const fn kind(self) -> RetryKind {
        self.kind
    }

    /// The minimum time to wait before the next attempt, if there is one.
    pub const fn wait(self) -> Option<Duration> {
        self.wait
    }
}

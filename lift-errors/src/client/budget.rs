//! The limit of a client's retries.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens are counted in thousandths.
const TOKEN: u32 = 1_000;

/// A budget against retry storms: the token bucket of gRPC ([A6](https://github.com/grpc/proposal/blob/master/A6-client-retries.md)).
///
/// A failed attempt takes a token, and a successful one returns a part of a token. Nothing is retried while the bucket is at
/// most half full. A server that fails all requests then gets hardly more of them than without retries, and requests to a
/// server that fails sometimes are all retried. Clones share one bucket: create one for each service that you call.
///
/// The budget of tower fills by the clock, so that every process keeps retrying during an outage; this one does not.
///
/// ```
/// use lift_errors::client::RetryBudget;
///
/// let budget = RetryBudget::new(4, 0.5);
/// assert!(budget.failed());
/// assert!(!budget.failed(), "half empty");
/// (0..3).for_each(|_| budget.succeeded());
/// assert!(budget.clone().failed(), "a clone is the same bucket");
/// ```
#[derive(Clone, Debug)]
pub struct RetryBudget(Arc<Bucket>);

#[derive(Debug)]
struct Bucket {
    tokens: AtomicU32,
    most: u32,
    given_back: u32,
}

impl Default for RetryBudget {
    /// Ten tokens, and a tenth of one for each successful attempt: over a long time, retries add at most a tenth to the
    /// requests.
    fn default() -> Self {
        Self::new(10, 0.1)
    }
}

impl RetryBudget {
    /// Creates a full bucket of tokens. A successful attempt returns a part of one, with three decimals.
    pub fn new(tokens: u16, given_back: f32) -> Self {
        let most = u32::from(tokens) * TOKEN;
        // Casts of floats saturate, and NaN is 0.
        let given_back = (given_back * TOKEN as f32) as u32;
        Self(Arc::new(Bucket { tokens: AtomicU32::new(most), most, given_back: given_back.min(most) }))
    }

    /// Counts a successful attempt.
    pub fn succeeded(&self) {
        let Bucket { most, given_back, .. } = *self.0;
        self.change(|tokens| tokens.saturating_add(given_back).min(most));
    }

    /// Counts a failed attempt, and returns whether it may be retried.
    pub fn failed(&self) -> bool {
        let before = self.change(|tokens| tokens.saturating_sub(TOKEN));
        before.saturating_sub(TOKEN) > self.0.most / 2
    }

    fn change(&self, change: impl Fn(u32) -> u32) -> u32 {
        let changed = |tokens| Some(change(tokens));
        self.0.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, changed).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_server_gets_few_retries_and_good_answers_bring_them_back() {
        let budget = RetryBudget::default();
        assert_eq!((0..1_000).filter(|_| budget.failed()).count(), 4);
        for _ in 0..59 {
            budget.succeeded();
        }
        assert!(!budget.failed(), "4.9 tokens");
        for _ in 0..21 {
            budget.succeeded();
        }
        assert!(budget.failed(), "7 tokens, and 6 are more than half");
    }

    #[test]
    fn the_bucket_is_never_fuller_than_full_nor_emptier_than_empty() {
        let budget = RetryBudget::new(2, 1e30);
        budget.succeeded();
        assert!(!budget.failed() && !budget.failed() && !budget.failed());
        budget.succeeded();
        budget.succeeded();
        assert_eq!(budget.0.tokens.load(Ordering::Relaxed), 2_000);
        let nothing = RetryBudget::new(0, f32::NAN);
        nothing.succeeded();
        assert!(!nothing.failed());
    }
}

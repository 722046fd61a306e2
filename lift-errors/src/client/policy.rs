//! Decides whether and when to retry a request.

use super::backoff::Backoff;
use super::budget::RetryBudget;
use crate::catalog::retry::Retry;
use http::{HeaderMap, HeaderName, Method};
use lift_errors_core::vocabulary::RetryKind;
use std::fmt;
use std::time::Duration;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Whether sending the request twice has the same effect as sending it once: its method is idempotent (RFC 9110 §9.2.2), or it
/// has an `Idempotency-Key`, by which the server recognizes a repeated request.
///
/// ```
/// use http::{HeaderMap, Method};
/// use lift_errors::client::is_retry_safe;
///
/// let mut headers = HeaderMap::new();
/// assert!(is_retry_safe(&Method::PUT, &headers) && !is_retry_safe(&Method::POST, &headers));
/// headers.insert("Idempotency-Key", "\"8e03978e\"".parse().unwrap());
/// assert!(is_retry_safe(&Method::POST, &headers));
/// ```
pub fn is_retry_safe(method: &Method, headers: &HeaderMap) -> bool {
    method.is_idempotent() || headers.get(IDEMPOTENCY_KEY).is_some_and(|key| !key.is_empty())
}

/// The retry policy of a client: the limits of attempts and delays, the [`Backoff`](super::Backoff) and the [`RetryBudget`].
///
/// A clone shares the budget. With the feature `retry` it is a `tower::retry::Policy`; with `reqwest`,
/// [`RetryMiddleware`](super::RetryMiddleware) takes it.
///
/// With the feature `metrics` it counts `lift_client_attempts_total` by `outcome`, which is `succeeded`, or `failed` for an
/// error of any kind and for no answer, and `lift_client_give_ups_total` by `reason`: [`StopReason::as_str`]. The caller's own
/// mistakes are counted there as `contract`.
///
/// ```
/// use lift_errors::client::{RetryDecision, StopReason, RetryPolicy};
/// use lift_errors::{LiftError, lift};
/// use std::time::Duration;
///
/// let policy = RetryPolicy::default();
/// let busy = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// let RetryDecision::Wait(wait) = policy.decide(1, Duration::ZERO, false, busy.problem().retry()) else { panic!() };
/// assert!(wait >= Duration::from_secs(12));
///
/// // In the middle of an import, a 500 may have done half of the work.
/// let failed = lift::Error::internal_server_error();
/// assert_eq!(policy.decide(1, Duration::ZERO, false, failed.problem().retry()), RetryDecision::Stop(StopReason::Unrepeatable));
/// ```
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    max_delay: Duration,
    deadline: Option<Duration>,
    backoff: Backoff,
    budget: RetryBudget,
    /// The attempts at the request that a clone belongs to.
    #[cfg(feature = "retry")]
    pub(super) call: super::call::Call,
}

/// The decision about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryDecision {
    /// Send the request again after this wait, no earlier.
    Wait(Duration),
    /// Return the error.
    Stop(StopReason),
}

/// The reason why a request is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// It would fail again by the contract, or there is no contract.
    Contract,
    /// It may have been carried out in part, and is not safe to repeat.
    Unrepeatable,
    /// The body of the request is a stream, which can be sent once.
    Streamed,
    /// It was sent as often as the policy allows.
    Attempts,
    /// The server asks for a longer delay than the policy's maximum.
    Wait,
    /// The next attempt would begin after the policy's deadline.
    Deadline,
    /// The server fails so often that retries would overload it.
    BudgetSpent,
}

impl Default for RetryPolicy {
    /// Four attempts, and waits of up to two and a half minutes: the two that canonical entries ask for, and the backoff.
    fn default() -> Self {
        count::describe();
        Self {
            attempts: 4,
            max_delay: Duration::from_secs(150),
            deadline: None,
            backoff: Backoff::default(),
            budget: RetryBudget::default(),
            #[cfg(feature = "retry")]
            call: super::call::Call::default(),
        }
    }
}

impl RetryPolicy {
    /// Sets the maximum number of attempts at one request, including the first.
    ///
    /// A lone request gets at most five from the default budget: for more, see [`with_budget`](Self::with_budget).
    #[must_use]
    pub fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the maximum delay, the server's and the backoff together. If a server asks for a longer one, the error is returned
    /// at once.
    ///
    /// A server that asks for exactly this delay leaves nothing for the backoff, and clients that it refused together return
    /// together: set a few seconds more than it usually asks for.
    #[must_use]
    pub fn with_max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// Sets the maximum time for all attempts at a request with the waits between them. There is none by default.
    ///
    /// No wait goes beyond it: the error is returned at once instead. [`RetryMiddleware`](super::RetryMiddleware) also ends an
    /// attempt that is under way then, and the body of a response, successful or not: a long download or a stream of events ends
    /// with a timeout at the deadline.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// Sets the growth of the waits.
    #[must_use]
    pub fn with_backoff(self, backoff: Backoff) -> Self {
        Self { backoff, ..self }
    }

    /// Sets the budget, which clients of one service may share.
    #[must_use]
    pub fn with_budget(self, budget: RetryBudget) -> Self {
        Self { budget, ..self }
    }

    /// Counts a successful attempt, which returns a part of a token to the [`RetryBudget`].
    pub fn succeeded(&self) {
        self.budget.succeeded();
        count::attempt("succeeded");
    }

    /// Decides what to do after `attempts` attempts at a request, the last of which failed, `elapsed` after the first began.
    /// `repeatable` is whether the request is safe to repeat, and `retry` is the error's contract.
    ///
    /// If the contract does not allow another attempt, as for the caller's own mistakes, the budget does not change
    /// ([A6](https://github.com/grpc/proposal/blob/master/A6-client-retries.md)): such an answer does not show whether the
    /// server is healthy.
    pub fn decide(&self, attempts: u32, elapsed: Duration, repeatable: bool, retry: Retry) -> RetryDecision {
        let decision = match self.wait(attempts, elapsed, repeatable, retry) {
            Ok(wait) => RetryDecision::Wait(wait),
            Err(reason) => RetryDecision::Stop(reason),
        };
        count::attempt("failed");
        if let RetryDecision::Stop(reason) = decision {
            count::give_up(reason);
        }
        decision
    }

    /// Whether the policy allows another attempt after `attempts`.
    pub(super) fn has_attempts_left(&self, attempts: u32) -> bool {
        attempts < self.attempts
    }

    /// Counts a request that can't be sent again.
    #[cfg(feature = "reqwest")]
    pub(super) fn gave_up(&self, reason: StopReason) {
        count::give_up(reason);
    }

    /// The deadline of a request whose first attempt began at a time; `None` if there is none, or if it is never.
    #[cfg(feature = "reqwest")]
    pub(super) fn deadline_from(&self, began: tokio::time::Instant) -> Option<tokio::time::Instant> {
        began.checked_add(self.deadline?)
    }

    fn wait(&self, attempts: u32, elapsed: Duration, repeatable: bool, retry: Retry) -> Result<Duration, StopReason> {
        let safe = match retry.kind() {
            RetryKind::After => true,
            RetryKind::Idempotent => repeatable,
            _ => return Err(StopReason::Contract),
        };
        // The server failed, which the next request must take into account, whatever is decided.
        let affordable = self.budget.failed();
        let floor = retry.wait().unwrap_or_default();
        let wait = floor.saturating_add(self.backoff.delay_within(attempts, self.max_delay.saturating_sub(floor)));
        if !safe {
            Err(StopReason::Unrepeatable)
        } else if !self.has_attempts_left(attempts) {
            Err(StopReason::Attempts)
        } else if floor > self.max_delay {
            Err(StopReason::Wait)
        } else if self.deadline.is_some_and(|deadline| elapsed.saturating_add(wait) >= deadline) {
            Err(StopReason::Deadline)
        } else if !affordable {
            Err(StopReason::BudgetSpent)
        } else {
            Ok(wait)
        }
    }
}

impl StopReason {
    /// The label in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Unrepeatable => "unrepeatable",
            Self::Streamed => "streamed",
            Self::Attempts => "attempts",
            Self::Wait => "wait",
            Self::Deadline => "deadline",
            Self::BudgetSpent => "budget",
        }
    }
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Contract => "the same request would fail again",
            Self::Unrepeatable => "the request may have been carried out in part, and is not safe to repeat",
            Self::Streamed => "the body of the request is a stream, which can be sent once",
            Self::Attempts => "it was tried often enough",
            Self::Wait => "the wait is too long",
            Self::Deadline => "the next attempt would begin after the deadline",
            Self::BudgetSpent => "the server fails too often for more attempts",
        })
    }
}

/// The counters, with the feature `metrics`.
mod count {
    use super::StopReason;

    #[cfg(feature = "metrics")]
    const ATTEMPTS: &str = "lift_client_attempts_total";
    #[cfg(feature = "metrics")]
    const GIVE_UPS: &str = "lift_client_give_ups_total";

    #[cfg(feature = "metrics")]
    pub(super) fn describe() {
        use metrics::{Unit, describe_counter};
        describe_counter!(ATTEMPTS, Unit::Count, "Attempts of clients with a retry policy, by outcome.");
        describe_counter!(GIVE_UPS, Unit::Count, "Requests that clients did not send again after an error, by reason.");
    }

    #[cfg(feature = "metrics")]
    pub(super) fn attempt(outcome: &'static str) {
        metrics::counter!(ATTEMPTS, "outcome" => outcome).increment(1);
    }

    #[cfg(feature = "metrics")]
    pub(super) fn give_up(reason: StopReason) {
        metrics::counter!(GIVE_UPS, "reason" => reason.as_str()).increment(1);
    }

    #[cfg(not(feature = "metrics"))]
    pub(super) fn describe() {}

    #[cfg(not(feature = "metrics"))]
    pub(super) fn attempt(_: &'static str) {}

    #[cfg(not(feature = "metrics"))]
    pub(super) fn give_up(_: StopReason) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn retry(kind: RetryKind, seconds: Option<u64>) -> Retry {
        Retry::new(kind, seconds.map(Duration::from_secs))
    }

    #[test]
    fn a_request_is_safe_to_repeat_by_its_method_or_its_key() {
        let keyed = |key: &'static str| HeaderMap::from_iter([(IDEMPOTENCY_KEY, HeaderValue::from_static(key))]);
        for (method, headers, expected) in [
            (Method::GET, HeaderMap::new(), true),
            (Method::PUT, HeaderMap::new(), true),
            (Method::DELETE, keyed(""), true),
            (Method::POST, HeaderMap::new(), false),
            (Method::PATCH, HeaderMap::new(), false),
            (Method::POST, keyed("\"8e03978e\""), true),
            (Method::POST, keyed(""), false),
        ] {
            assert_eq!(is_retry_safe(&method, &headers), expected, "{method} {headers:?}");
        }
    }

    #[test]
    fn a_lone_request_gets_five_attempts_from_the_default_budget() {
        let policy = RetryPolicy::default().with_attempts(100);
        let spent = RetryDecision::Stop(StopReason::BudgetSpent);
        let decide = |attempts| policy.decide(attempts, Duration::ZERO, true, retry(RetryKind::Idempotent, None));
        assert_eq!((1..=100).find(|attempts| decide(*attempts) == spent), Some(5));
    }

    #[test]
    fn each_reason_to_give_up() {
        let policy = RetryPolicy::default().with_attempts(3).with_max_delay(Duration::from_secs(10));
        for (attempts, repeatable, retry, expected) in [
            (1, true, retry(RetryKind::Never, None), StopReason::Contract),
            (1, true, retry(RetryKind::AfterChange, Some(1)), StopReason::Contract),
            (1, false, retry(RetryKind::Idempotent, None), StopReason::Unrepeatable),
            (3, true, retry(RetryKind::Idempotent, None), StopReason::Attempts),
            (1, true, retry(RetryKind::After, Some(11)), StopReason::Wait),
            (1, true, retry(RetryKind::After, Some(u64::MAX)), StopReason::Wait),
        ] {
            let policy = policy.clone().with_budget(RetryBudget::default());
            assert_eq!(policy.decide(attempts, Duration::ZERO, repeatable, retry), RetryDecision::Stop(expected));
        }
        let spent = policy.with_budget(RetryBudget::new(0, 0.0));
        assert_eq!(
            spent.decide(1, Duration::ZERO, true, retry(RetryKind::After, None)),
            RetryDecision::Stop(StopReason::BudgetSpent)
        );
    }

    #[test]
    fn no_wait_is_longer_than_the_maximum() {
        let backoff = Backoff::new(Duration::from_secs(60), Duration::from_secs(60));
        let policy = RetryPolicy::default().with_max_delay(Duration::from_secs(10)).with_backoff(backoff);
        let waits = |asked| {
            let policy = policy.clone().with_budget(RetryBudget::new(u16::MAX, 1.0));
            let decide = move |_| match policy.decide(1, Duration::ZERO, true, retry(RetryKind::After, asked)) {
                RetryDecision::Wait(wait) => wait.as_secs_f64(),
                RetryDecision::Stop(reason) => panic!("{reason}"),
            };
            std::vec::Vec::from_iter((0..1_000).map(decide))
        };
        for (asked, shortest) in [(None, 0.0), (Some(4), 4.0), (Some(10), 10.0)] {
            let waits = waits(asked);
            assert!(waits.iter().all(|wait| (shortest..=10.0).contains(wait)), "{asked:?}");
            // They fill what is left, and do not gather at its end.
            let middle = (shortest + 10.0) / 2.0;
            let early = waits.iter().filter(|&&wait| wait < middle).count();
            assert!(shortest == 10.0 || (400..600).contains(&early), "{asked:?}: {early}");
        }
        // All that canonical entries ask for leaves time for the backoff.
        let entries = crate::lift::CATALOG.entries().filter_map(|entry| entry.retry().wait()).max();
        assert!(entries.unwrap() + Backoff::default().ceiling(u32::MAX) <= RetryPolicy::default().max_delay);
    }

    #[test]
    fn no_wait_goes_beyond_the_deadline() {
        let policy = RetryPolicy::default().with_deadline(Duration::from_secs(10));
        let decide = |elapsed, asked| {
            let policy = policy.clone().with_budget(RetryBudget::default());
            policy.decide(1, Duration::from_secs(elapsed), true, retry(RetryKind::After, Some(asked)))
        };
        assert!(matches!(decide(0, 9), RetryDecision::Wait(wait) if wait < Duration::from_secs(10)));
        for (elapsed, asked) in [(0, 10), (3, 7), (10, 0), (11, 0), (u64::MAX, 60)] {
            assert_eq!(decide(elapsed, asked), RetryDecision::Stop(StopReason::Deadline), "{elapsed} {asked}");
        }
    }

    #[test]
    fn the_caller_s_own_mistakes_cost_no_budget() {
        let policy = RetryPolicy::default();
        for _ in 0..100 {
            policy.decide(1, Duration::ZERO, true, retry(RetryKind::AfterChange, None));
        }
        assert!(matches!(
            policy.decide(1, Duration::ZERO, false, retry(RetryKind::After, Some(10))),
            RetryDecision::Wait(_)
        ));
    }
}

//! Exponential backoff with full jitter.

use std::time::Duration;

/// The growth of the waits between attempts: each is a random time from zero to a ceiling that doubles.
///
/// Callers that failed at the same time then retry at different times, which ends an overload
/// ([measured](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)). The wait is added to the
/// server's own delay, which is the minimum, up to the policy's maximum.
///
/// No crate does this: backon adds its jitter to the doubled wait, and retry-policies uses the system's clock, which a test
/// cannot set.
///
/// ```
/// use lift_errors::client::Backoff;
/// use std::time::Duration;
///
/// let backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5));
/// assert!(backoff.delay(1) <= Duration::from_millis(200));
/// assert!(backoff.delay(3) <= Duration::from_millis(800));
/// assert!(backoff.delay(u32::MAX) <= Duration::from_secs(5));
/// ```
///
/// In WebAssembly without a system (`wasm32-unknown-unknown`), chance needs your dependency on `fastrand` 2 with its feature `js`.
/// Without it, the waits are the same in every browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Default for Backoff {
    /// From half a second to thirty.
    fn default() -> Self {
        Self::new(Duration::from_millis(500), Duration::from_secs(30))
    }
}

impl Backoff {
    /// Creates a backoff that waits at most `first` after the first attempt, then at most twice as long, and so on up to
    /// `longest`.
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// The maximum wait after a number of attempts, at least 1.
    pub fn ceiling(self, attempts: u32) -> Duration {
        let times = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first.saturating_mul(times).min(self.longest)
    }

    /// A new random wait after a number of attempts, at least 1.
    pub fn delay(self, attempts: u32) -> Duration {
        self.delay_within(attempts, Duration::MAX)
    }

    /// Like [`delay`](Self::delay), with a lower ceiling. A wait that was cut instead would often be the longest one, the same
    /// for all callers.
    pub(super) fn delay_within(self, attempts: u32, longest: Duration) -> Duration {
        let ceiling = self.ceiling(attempts).min(longest);
        let nanoseconds = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(fastrand::u64(0..=nanoseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ceilings_double_and_stay_below_the_longest() {
        let backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(10));
        let ceilings: std::vec::Vec<u64> = (0..7).map(|attempts| backoff.ceiling(attempts).as_secs()).collect();
        assert_eq!(ceilings, [1, 1, 2, 4, 8, 10, 10]);
        for attempts in [31, 32, 33, 64, u32::MAX] {
            assert_eq!(backoff.ceiling(attempts), Duration::from_secs(10), "{attempts}");
        }
        let endless = Backoff::new(Duration::MAX, Duration::MAX);
        assert_eq!(endless.ceiling(u32::MAX), Duration::MAX);
        let _ = endless.delay(u32::MAX);
        assert_eq!(Backoff::new(Duration::ZERO, Duration::MAX).delay(u32::MAX), Duration::ZERO);
    }

    #[test]
    fn jitter_fills_the_whole_range() {
        let backoff = Backoff::new(Duration::from_secs(8), Duration::from_secs(8));
        let mut eighths = [0_u32; 9];
        for _ in 0..4_000 {
            eighths[backoff.delay(1).as_secs() as usize] += 1;
        }
        // 500 are expected in each; 350 is 7 standard deviations away.
        assert!(eighths[..8].iter().all(|&count| count > 350), "{eighths:?}");
    }
}

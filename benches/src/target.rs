//! Bounds on one contestant's time relative to another's.

use crate::statistics::median;

/// A bound on one contestant's time, measured against another's in the same rounds.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// At least this many times as fast as the other.
    TimesAsFast(&'static str, &'static str, f64),
    /// At most this many times as long as the other.
    TimesAsLong(&'static str, &'static str, f64),
    /// At most this many nanoseconds more than the other.
    Adds(&'static str, &'static str, f64),
}

impl Target {
    /// The contestant with the bound, and the one it is measured against.
    #[must_use]
    pub const fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::TimesAsFast(name, other, _) | Self::TimesAsLong(name, other, _) | Self::Adds(name, other, _) => {
                (name, other)
            }
        }
    }

    /// Whether the target was met. `times` has the contestant's time and the other's for each round.
    #[must_use]
    pub fn verdict(&self, times: impl Iterator<Item = (f64, f64)> + Clone) -> String {
        let (_, other) = self.names();
        let median_of = |of: fn((f64, f64)) -> f64| median(times.clone().map(of));
        let missed = |by: f64| format!("missed by {:.0} %", by * 100.0);
        match *self {
            Self::TimesAsFast(.., bound) => {
                let is = median_of(|(ours, other)| other / ours);
                let verdict = if is >= bound { "met".to_owned() } else { missed(bound / is - 1.0) };
                format!("at least {bound} times as fast as {other}: {is:.2}, {verdict}")
            }
            Self::TimesAsLong(.., bound) => {
                let is = median_of(|(ours, other)| ours / other);
                let verdict = if is <= bound { "met".to_owned() } else { missed(is / bound - 1.0) };
                format!("at most {bound} times {other}: {is:.2}, {verdict}")
            }
            Self::Adds(.., bound) => {
                let is = median_of(|(ours, other)| ours - other);
                let verdict = if is <= bound { "met".to_owned() } else { missed(is / bound - 1.0) };
                format!("at most {bound} ns more than {other}: {is:.1}, {verdict}")
            }
        }
    }
}

//! A contest: the same work by several contestants, in many short rounds whose order rotates.
//!
//! On a machine that others share a round may be slow as a whole. So contestants are compared round by round, and the
//! median of those ratios counts; in each round another contestant is the first.

use crate::results::{self, Row};
use crate::target::Target;
use std::env;
use std::process::{Command, exit};
use std::time::{Duration, Instant};

/// How often everyone's turn comes.
const ROUNDS: usize = 31;

/// The least time of a turn. It is far above the clock's resolution.
const TURN: Duration = Duration::from_micros(500);

/// One that does the work.
pub struct Contestant<'a> {
    name: &'static str,
    work: Box<dyn FnMut() + 'a>,
}

impl<'a> Contestant<'a> {
    /// A contestant whose `work` does all pieces of the work once.
    pub fn new(name: &'static str, work: impl FnMut() + 'a) -> Self {
        Self { name, work: Box::new(work) }
    }

    /// The time of `repeats` times the work. It is done once before, for what the contestant before has left in caches
    /// and predictors.
    fn time(&mut self, repeats: u32) -> Duration {
        (self.work)();
        let start = Instant::now();
        for _ in 0..repeats {
            (self.work)();
        }
        start.elapsed()
    }

    /// How often the work fits into a turn; it also warms up.
    fn repeats(&mut self) -> u32 {
        let mut repeats = 1;
        while self.time(repeats) < TURN {
            repeats *= 2;
        }
        repeats
    }
}

/// Contestants with the same work.
pub struct Contest<'a> {
    title: String,
    pieces: usize,
    contestants: Vec<Contestant<'a>>,
    targets: Vec<Target>,
}

impl<'a> Contest<'a> {
    /// A contest over work of so many pieces, the first contestant ours.
    pub fn new(title: impl Into<String>, pieces: usize, contestants: Vec<Contestant<'a>>) -> Self {
        Self { title: title.into(), pieces, contestants, targets: Vec::new() }
    }

    /// What should come of it.
    #[must_use]
    pub fn with_targets(mut self, targets: impl IntoIterator<Item = Target>) -> Self {
        self.targets.extend(targets);
        self
    }

    /// Runs the contest and shows its table; where the command line names parts of titles, only if its title has one.
    pub fn run(self) {
        let Self { title, pieces, mut contestants, targets } = self;
        if !is_asked_for(&title) {
            return;
        }
        let repeats: Vec<u32> = contestants.iter_mut().map(Contestant::repeats).collect();
        // For every contestant the nanoseconds of a piece in each round.
        let mut times: Vec<Vec<f64>> = vec![Vec::with_capacity(ROUNDS); contestants.len()];
        for round in 0..ROUNDS {
            for turn in 0..contestants.len() {
                let number = (turn + round) % contestants.len();
                let elapsed = contestants[number].time(repeats[number]);
                times[number].push(elapsed.as_nanos() as f64 / f64::from(repeats[number]) / pieces as f64);
            }
        }
        let place = |name: &str| {
            contestants.iter().position(|contestant| contestant.name == name).expect("a target names contestants")
        };
        let verdicts: Vec<(&str, String)> = targets
            .iter()
            .map(|target| {
                let (name, other) = target.names();
                let pairs = times[place(name)].iter().copied().zip(times[place(other)].iter().copied());
                (name, target.verdict(pairs))
            })
            .collect();
        let rows = contestants.iter().zip(&times).map(|(contestant, own)| Row {
            contest: title.clone(),
            name: contestant.name.to_owned(),
            median: median(own.iter().copied()),
            spread: spread(own),
            ratio: median(own.iter().zip(&times[0]).map(|(time, ours)| time / ours)),
            verdicts: verdicts
                .iter()
                .filter(|(name, _)| *name == contestant.name)
                .map(|(_, verdict)| verdict.clone())
                .collect(),
        });
        results::show(&rows.collect::<Vec<_>>());
    }
}

/// Whether the command line asks for a contest. What begins with a hyphen is cargo's.
fn is_asked_for(title: &str) -> bool {
    let mut parts = env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    parts.peek().is_none() || parts.any(|part| title.contains(&part))
}

/// The middle of some times.
pub(crate) fn median(times: impl Iterator<Item = f64>) -> f64 {
    quantile(&times.collect::<Vec<_>>(), 0.5)
}

/// The middle half of the times, as a part of the median.
fn spread(times: &[f64]) -> f64 {
    (quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5)
}

fn quantile(times: &[f64], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

/// Starts the program again without `RUST_BACKTRACE`, where it is set: anyhow then takes fifty times as long.
pub fn only_without_backtraces() {
    const NAMES: [&str; 2] = ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE"];
    if NAMES.iter().all(|name| env::var_os(name).is_none()) {
        return;
    }
    let mut again = Command::new(env::current_exe().expect("a program knows where it is"));
    again.args(env::args_os().skip(1)).env_remove(NAMES[0]).env_remove(NAMES[1]);
    exit(again.status().ok().and_then(|status| status.code()).unwrap_or(1));
}

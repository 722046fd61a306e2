//! A contest: the same work by several contestants, in many short rounds whose order rotates.
//!
//! On a shared machine a whole round can be slow. So contestants are compared within each round, and the median of
//! these ratios counts. Each round starts with another contestant. A loop that always does the same takes part: its
//! spread tells how noisy the machine was. A contest with a noisy row is repeated, and the quietest attempt counts.

use crate::results::{self, NOISY, Row};
use crate::statistics::{median, spread};
use crate::target::Target;
use std::env;
use std::hint::black_box;
use std::process::{Command, exit};
use std::time::{Duration, Instant};

/// The number of rounds; each contestant has one turn in a round.
const ROUNDS: usize = 31;

/// How often a contest is held at most.
const ATTEMPTS: usize = 3;

/// The shortest turn, far above the clock's resolution.
const TURN: Duration = Duration::from_micros(500);

/// One implementation of the work.
pub struct Contestant<'a> {
    name: &'static str,
    work: Box<dyn FnMut() + 'a>,
}

impl<'a> Contestant<'a> {
    /// Creates a contestant. `work` does all pieces of the work once.
    pub fn new(name: &'static str, work: impl FnMut() + 'a) -> Self {
        Self { name, work: Box::new(work) }
    }

    /// The time of `repeats` runs of the work. One more run comes first, because the previous contestant has filled
    /// caches and branch predictors.
    fn time(&mut self, repeats: u32) -> Duration {
        (self.work)();
        let start = Instant::now();
        for _ in 0..repeats {
            (self.work)();
        }
        start.elapsed()
    }

    /// How many runs make a turn. Finding out also warms up.
    fn repeats(&mut self) -> u32 {
        let mut repeats = 1;
        while self.time(repeats) < TURN {
            repeats *= 2;
        }
        repeats
    }
}

/// Several contestants that do the same work.
pub struct Contest<'a> {
    title: String,
    pieces: usize,
    contestants: Vec<Contestant<'a>>,
    targets: Vec<Target>,
}

impl<'a> Contest<'a> {
    /// Creates a contest over `pieces` pieces of work. The first contestant is ours.
    pub fn new(title: impl Into<String>, pieces: usize, contestants: Vec<Contestant<'a>>) -> Self {
        Self { title: title.into(), pieces, contestants, targets: Vec::new() }
    }

    /// Adds targets, which the table reports as met or missed.
    #[must_use]
    pub fn with_targets(mut self, targets: impl IntoIterator<Item = Target>) -> Self {
        self.targets.extend(targets);
        self
    }

    /// Runs the contest and prints its table. If the command line has arguments, the contest runs only if its title
    /// contains one of them.
    pub fn run(self) {
        let Self { title, pieces, mut contestants, targets } = self;
        if !is_asked_for(&title) {
            return;
        }
        contestants.push(Contestant::new("a fixed loop", fixed_loop));
        let repeats: Vec<u32> = contestants.iter_mut().map(Contestant::repeats).collect();
        let mut attempts = (0..ATTEMPTS).map(|_| attempt(&mut contestants, &repeats, pieces));
        let mut times = attempts.next().unwrap_or_default();
        while widest(&times) > NOISY {
            let Some(again) = attempts.next() else { break };
            if widest(&again) < widest(&times) {
                times = again;
            }
        }
        drop(attempts);
        contestants.pop();
        let noise = times.pop().map_or(0.0, |of_loop| spread(&of_loop));
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
            noise,
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

/// For each contestant the nanoseconds of one piece in each round.
fn attempt(contestants: &mut [Contestant<'_>], repeats: &[u32], pieces: usize) -> Vec<Vec<f64>> {
    let mut times: Vec<Vec<f64>> = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for round in 0..ROUNDS {
        for turn in 0..contestants.len() {
            let number = (turn + round) % contestants.len();
            let elapsed = contestants[number].time(repeats[number]);
            times[number].push(elapsed.as_nanos() as f64 / f64::from(repeats[number]) / pieces as f64);
        }
    }
    times
}

/// The widest spread of all contestants.
fn widest(times: &[Vec<f64>]) -> f64 {
    times.iter().map(|own| spread(own)).fold(0.0, f64::max)
}

/// Work of which neither memory nor branches can change the time.
fn fixed_loop() {
    let mut number = black_box(1_u64);
    for _ in 0..10_000 {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    }
    black_box(number);
}

/// Whether the command line selects a contest. Arguments that begin with a hyphen come from cargo.
fn is_asked_for(title: &str) -> bool {
    let mut parts = env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    parts.peek().is_none() || parts.any(|part| title.contains(&part))
}

/// Restarts the program without `RUST_BACKTRACE` if it is set, because anyhow then takes fifty times as long.
pub fn only_without_backtraces() {
    const NAMES: [&str; 2] = ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE"];
    if NAMES.iter().all(|name| env::var_os(name).is_none()) {
        return;
    }
    let mut again = Command::new(env::current_exe().expect("a program knows where it is"));
    again.args(env::args_os().skip(1)).env_remove(NAMES[0]).env_remove(NAMES[1]);
    exit(again.status().ok().and_then(|status| status.code()).unwrap_or(1));
}

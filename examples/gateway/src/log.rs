//! The log, with few lines for refused requests: under attack there are thousands of them in a second.

use std::io::{self, IsTerminal as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// The maximum number of lines for refused requests in each period.
const MOST_LINES: u64 = 20;
const PERIOD: Duration = Duration::from_secs(10);

/// The refused requests of the current period: those in the log, and those that are only counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals(Arc<Mutex<Count>>);

#[derive(Debug, Default)]
struct Count {
    logged: u64,
    unlogged: u64,
}

/// Starts the log, on stderr.
pub(crate) fn start() -> Refusals {
    let refusals = Refusals::default();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    tracing_subscriber::registry().with(filter).with(refusals.clone()).with(lines).init();
    refusals
}

impl Refusals {
    /// Begins a new period at regular intervals.
    pub(crate) async fn report_regularly(self) {
        let mut periods = interval(PERIOD);
        periods.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            periods.tick().await;
            self.report();
        }
    }

    /// Logs the number of refusals that the log lacks, and begins a new period.
    pub(crate) fn report(&self) {
        // The event below passes this layer, so the lock must be free.
        let Count { unlogged, .. } = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if unlogged > 0 {
            tracing::warn!(unlogged, "more requests were refused with 429");
        }
    }

    /// Counts a refusal; whether it has a line in the log.
    fn admit(&self) -> bool {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_admitted = count.logged < MOST_LINES;
        *(if is_admitted { &mut count.logged } else { &mut count.unlogged }) += 1;
        is_admitted
    }
}

impl<S: Subscriber> Layer<S> for Refusals {
    /// `lift-errors` logs each error with its status.
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let mut status = Status(0);
        event.record(&mut status);
        status.0 != 429 || self.admit()
    }
}

/// Reads the field `status` of an event.
struct Status(u64);

impl Visit for Status {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "status" {
            self.0 = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

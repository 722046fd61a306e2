//! The stopwatch of the benchmarks: contests between this library and its peers, targets, and reports.

#![forbid(unsafe_code)]

mod contest;
mod plot;
mod report;
mod results;
mod statistics;
mod target;

pub use contest::{Contest, Contestant, only_without_backtraces};
pub use plot::plot;
pub use report::{missed, noise, report};
pub use results::{NOISY, Row, table};
pub use target::Target;

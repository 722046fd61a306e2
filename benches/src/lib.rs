//! The stopwatch of the benchmarks: contests between ours and peers, what they should come to, and how that is shown.
//! It knows nothing of errors.

#![forbid(unsafe_code)]

mod contest;
mod plot;
mod results;
mod target;

pub use contest::{Contest, Contestant, only_without_backtraces};
pub use plot::plot;
pub use results::{Row, table};
pub use target::Target;

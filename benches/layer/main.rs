//! A request through the layers of the frameworks: their cost where all goes well, and where a handler returns an error.
//! Nobody listens to the log. `cargo bench -p lift-errors-benches --bench layer`

mod actix;
mod axum;
mod call;
#[allow(dead_code, reason = "the other benchmark of problem details needs more of them")]
#[path = "../peers/mod.rs"]
mod peers;
mod tonic;

use lift_errors_benches::only_without_backtraces;

fn main() {
    only_without_backtraces();
    axum::run();
    actix::run();
    tonic::run();
}

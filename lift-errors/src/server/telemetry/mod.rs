//! What the operator sees of an error: one event, and one count. Nothing of it reaches a client.

mod event;
#[cfg(feature = "metrics")]
mod metrics;

use crate::catalog::Catalog;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use crate::render::status_problem::StatusProblem;
use crate::server::responder::RequestContext;

/// What OpenTelemetry calls an error that has no name of its own (the attribute `error.type`).
const OTHER: &str = "_OTHER";

/// The time that an error occurred, as far as the log is concerned.
pub(crate) struct Occurrence<'a> {
    pub(crate) context: &'a RequestContext,
    pub(crate) request_id: Option<RequestId<'a>>,
    pub(crate) status: u16,
    /// What the response said that the canonical one replaces.
    pub(crate) said: &'a str,
}

/// Begins the counters of all errors that a service can answer with.
pub(crate) fn begin(catalogs: &[&'static Catalog]) {
    #[cfg(feature = "metrics")]
    metrics::begin(catalogs);
    #[cfg(not(feature = "metrics"))]
    let _ = catalogs;
}

/// A canonical error answers a request.
pub(crate) fn failed(problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    event::failed(problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::failed(problem.entry());
}

/// A status that no entry explains answers a request.
pub(crate) fn blank(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    event::blank(problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::blank();
}

/// An error of somebody else's is let through.
pub(crate) fn foreign(occurrence: &Occurrence<'_>) {
    event::foreign(occurrence);
    #[cfg(feature = "metrics")]
    metrics::foreign(occurrence);
}

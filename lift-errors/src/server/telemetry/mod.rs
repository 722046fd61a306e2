//! One event and one count for each error. Nothing here reaches a client.

mod event;
#[cfg(feature = "metrics")]
mod metrics;

use crate::catalog::Catalog;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use crate::render::status_problem::StatusProblem;
use crate::server::request_context::RequestContext;

/// The value of OpenTelemetry's attribute `error.type` for an error without a name of its own.
const OTHER: &str = "_OTHER";

/// One occurrence of an error, as the log shows it.
pub(crate) struct Occurrence<'a> {
    pub(crate) context: &'a RequestContext,
    pub(crate) request_id: Option<RequestId<'a>>,
    pub(crate) status: u16,
    /// The plain text of the response that the canonical one replaces.
    pub(crate) original_text: &'a str,
}

/// Initialises the counters of all errors that a service can answer with.
pub(crate) fn init(catalogs: &[&'static Catalog]) {
    #[cfg(feature = "metrics")]
    metrics::init(catalogs);
    #[cfg(not(feature = "metrics"))]
    let _ = catalogs;
}

/// Records a canonical error.
pub(crate) fn canonical(problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    event::canonical(problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::canonical(problem.entry());
}

/// Records a status that no entry explains.
pub(crate) fn status(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    event::status(problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::status();
}

/// Records a foreign error that is passed through.
pub(crate) fn foreign(occurrence: &Occurrence<'_>) {
    event::foreign(occurrence);
    #[cfg(feature = "metrics")]
    metrics::foreign(occurrence);
}

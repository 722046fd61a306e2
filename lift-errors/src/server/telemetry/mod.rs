//! Each error is one log event and one count. Neither reaches a client.

mod event;
#[cfg(feature = "metrics")]
mod metrics;
mod occurrence;
mod quoted;
mod sources;

pub(crate) use occurrence::Occurrence;
#[cfg(debug_assertions)]
pub(crate) use sources::Sources;

use crate::catalog::Catalog;
use crate::problem::Problem;
use crate::problem::lift_error::LiftError;
use crate::render::status_problem::StatusProblem;
use crate::server::origin::Origin;
use lift_errors_core::vocabulary::Severity;

/// Starts the counters of all errors that a service can send.
pub(crate) fn begin(catalogs: &[&'static Catalog]) {
    #[cfg(feature = "metrics")]
    metrics::begin(catalogs);
    #[cfg(not(feature = "metrics"))]
    let _ = catalogs;
}

/// Records a canonical error response.
pub(crate) fn failed(error: &dyn LiftError, origin: &Origin, problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    event::failed(error, origin, problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::failed(problem.entry());
}

/// Records an error that no client sees, because another layer answered with a success or a redirect. Nobody looks for one that
/// is the client's, such as a login that is missing.
pub(crate) fn replaced(error: &dyn LiftError, origin: &Origin, problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    let severity = error.__log_facts().severity.unwrap_or_else(|| problem.entry().severity());
    if matches!(severity, Severity::Error | Severity::Critical) {
        failed(error, origin, problem, occurrence);
    }
}

/// Records a response whose status no entry explains.
pub(crate) fn blank(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    event::blank(problem, occurrence);
    #[cfg(feature = "metrics")]
    metrics::blank();
}

/// Records an error response that another library wrote, or that is marked with a reason, and that is passed on.
pub(crate) fn foreign(occurrence: &Occurrence<'_>) {
    event::foreign(occurrence);
    #[cfg(feature = "metrics")]
    metrics::foreign(occurrence);
}

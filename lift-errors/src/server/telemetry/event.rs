//! One event of `tracing` for each error, with everything that the response leaves out.

use super::{OTHER, Occurrence};
use crate::message::visible::Visible;
use crate::problem::Problem;
use crate::render::status_problem::StatusProblem;
use crate::server::request_context::RequestContext;
use core::fmt;
use http::Method;
use lift_errors_core::vocabulary::Severity;
use tracing::{Span, field};

/// The parameters that clients do not see: `[stock: 12, key: "[redacted]"]`.
struct OperatorParameters<'a, 'p>(&'a Problem<'p>);

impl fmt::Debug for OperatorParameters<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.operator_parameters()).finish()
    }
}

/// Writes an event at the level of a severity: levels are part of what `tracing` makes static.
macro_rules! at {
    ($level:expr, $($field:tt)*) => {
        match $level {
            Severity::Info => tracing::info!(target: "lift_errors", $($field)*),
            Severity::Warning => tracing::warn!(target: "lift_errors", $($field)*),
            _ => tracing::error!(target: "lift_errors", $($field)*),
        }
    };
}

/// The event of a canonical error.
pub(super) fn canonical(problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    let entry = problem.entry();
    let Occurrence { context, request_id, status, original_text } = occurrence;
    mark_span(*status, entry.code());
    at!(
        entry.severity(),
        catalog = entry.catalog().name(),
        code = entry.code(),
        id = entry.id(),
        status,
        severity = entry.severity().as_str(),
        cause = problem.cause().map(|cause| cause.id()),
        request_id = request_id.map(|id| id.as_str()),
        http.request.method = method(context),
        http.route = context.route(),
        error.type = entry.code(),
        parameters = problem.operator_parameters().next().map(|_| field::debug(OperatorParameters(problem))),
        sources = problem.error().source().map(|_| field::display(problem.sources())),
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{}",
        Visible(problem.error())
    );
}

/// The event of a status that no entry explains.
pub(super) fn status(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    other(occurrence, problem.phrase());
}

/// The event of a foreign error.
pub(super) fn foreign(occurrence: &Occurrence<'_>) {
    other(occurrence, "an error that is not canonical was passed through");
}

fn other(occurrence: &Occurrence<'_>, message: &'static str) {
    let Occurrence { context, request_id, status, original_text } = occurrence;
    mark_span(*status, OTHER);
    at!(
        if *status < 500 { Severity::Warning } else { Severity::Error },
        status,
        request_id = request_id.map(|id| id.as_str()),
        http.request.method = method(context),
        http.route = context.route(),
        error.type = OTHER,
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{message}"
    );
}

/// The method; an unknown one may be of any length (OpenTelemetry, `http.request.method`).
fn method(context: &RequestContext) -> &str {
    const KNOWN: [Method; 9] = [
        Method::CONNECT,
        Method::DELETE,
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::PATCH,
        Method::POST,
        Method::PUT,
        Method::TRACE,
    ];
    if KNOWN.contains(context.method()) { context.method().as_str() } else { OTHER }
}

/// Marks a server span as failed only if the server failed (OpenTelemetry, HTTP spans, status). A span that does not
/// declare these fields ignores them.
fn mark_span(status: u16, code: &'static str) {
    if status >= 500 {
        Span::current().record("otel.status_code", "ERROR").record("error.type", code);
    }
}

//! One event of `tracing` for each error, with everything that the response leaves out.

use super::occurrence::{OTHER, Occurrence};
use crate::message::visible::Visible;
use crate::problem::Problem;
use crate::render::status_problem::StatusProblem;
use crate::server::request_context::RequestContext;
use core::fmt;
use http::Method;
use lift_errors_core::vocabulary::Severity;
use tracing::{Span, field};

/// The parameters that clients don't see: `[stock: 12, key: "[redacted]"]`.
struct OperatorParameters<'a, 'p>(&'a Problem<'p>);

impl fmt::Debug for OperatorParameters<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.operator_parameters()).finish()
    }
}

/// Writes an event at the level of a severity. `tracing` needs the level at compile time.
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
pub(super) fn failed(problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
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
        url.path = path(context),
        error.type = entry.code(),
        parameters = problem.operator_parameters().next().map(|_| field::debug(OperatorParameters(problem))),
        sources = problem.error().source().map(|_| field::display(problem.sources())),
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{}",
        Visible(problem.error())
    );
}

/// The event of a status that no entry explains.
pub(super) fn blank(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    other(occurrence, None, problem.phrase());
}

/// The event of an error response that another library wrote, or that is marked with a reason.
pub(super) fn foreign(occurrence: &Occurrence<'_>, reason: Option<&str>) {
    let message = match reason {
        Some(_) => "an error was let through, as its mark demands",
        None => "an error that is not canonical was let through",
    };
    other(occurrence, reason, message);
}

fn other(occurrence: &Occurrence<'_>, reason: Option<&str>, message: &'static str) {
    let Occurrence { context, request_id, status, original_text } = occurrence;
    mark_span(*status, OTHER);
    at!(
        if *status < 500 { Severity::Warning } else { Severity::Error },
        status,
        request_id = request_id.map(|id| id.as_str()),
        http.request.method = method(context),
        http.route = context.route(),
        url.path = path(context),
        error.type = OTHER,
        reason = reason.map(|reason| field::display(Visible(reason))),
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{message}"
    );
}

/// The path, without the query (OpenTelemetry, `url.path`). An unmatched request has no other trace of where it went.
fn path(context: &RequestContext) -> Option<field::DisplayValue<Visible<&str>>> {
    (!context.path().is_empty()).then(|| field::display(Visible(context.path())))
}

/// The method. Unknown methods are not logged, since they can have any length (OpenTelemetry, `http.request.method`).
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

/// Marks the span as failed for server errors only (OpenTelemetry, HTTP spans, status). A span that does not declare the
/// fields ignores them.
fn mark_span(status: u16, code: &'static str) {
    if status >= 500 {
        Span::current().record("otel.status_code", "ERROR").record("error.type", code);
    }
}

//! One event of `tracing` for each error, with everything that the response leaves out.

use super::occurrence::{OTHER, Occurrence};
use super::quoted::Quoted;
use super::sources::Sources;
use crate::locale::Locale;
use crate::message::foreign::text_of;
use crate::message::output::{Formatted, Output as _};
use crate::message::visible::Visible;
use crate::problem::Problem;
use crate::problem::field_error::{FieldErrors, write_omitted};
use crate::problem::lift_error::LiftError;
use crate::render::status_problem::StatusProblem;
use crate::server::origin::Origin;
use crate::server::request_context::RequestContext;
use core::error::Error;
use core::fmt;
use http::Method;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};
use lift_errors_core::vocabulary::Severity;
use tracing::{Span, field};

/// The parameters that clients don't see: `[stock: 12, key: "[redacted]"]`.
struct OperatorParameters<'a, 'p>(&'a Problem<'p>);

impl fmt::Debug for OperatorParameters<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.operator_parameters()).finish()
    }
}

/// The codes of the field errors, by their places, and the number of those that no response contains:
/// `{"/lines/0/quantity": "too_large"} … +200`.
struct FieldCodes<'a>(&'a FieldErrors);

impl fmt::Debug for FieldCodes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        static ENGLISH: Conventions = Conventions::english(Locale::EN.number());
        // The places are the client's words, the codes the catalogue's or the service's.
        let codes = self.0.shown().map(|error| (error.pointer(), text_of(Visible(error.code()))));
        f.debug_map().entries(codes.map(|(pointer, code)| (limit::split(pointer, MAX_TEXT_BYTES).0, code))).finish()?;
        let Some(count) = self.0.omitted() else { return Ok(()) };
        let mut out = Formatted::new(f);
        out.push(" ");
        write_omitted(count, &ENGLISH, &mut out);
        out.finish()
    }
}

/// The fields that the service adds for the log: `{order: "PO-7"}`.
struct LogFields<'a>(&'a dyn LiftError);

impl fmt::Debug for LogFields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        self.0.__log_fields(&mut |name, value| {
            map.entry(&format_args!("{name}"), &format_args!("{}", Quoted(&text_of(Visible(value)))));
        });
        map.finish()
    }
}

/// Whether there are fields for the log.
fn has_log_fields(error: &dyn LiftError) -> bool {
    let mut has_some = false;
    error.__log_fields(&mut |_, _| has_some = true);
    has_some
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

/// The event of a canonical error. It belongs to the span in which the error became a response, which may have ended.
pub(super) fn failed(error: &dyn LiftError, origin: &Origin, problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    mark_span(occurrence.status, problem.entry().code());
    if origin.span.is_none() || origin.span == Span::current() {
        return event(error, origin, problem, occurrence);
    }
    origin.span.in_scope(|| {
        mark_span(occurrence.status, problem.entry().code());
        event(error, origin, problem, occurrence);
    });
}

fn event(error: &dyn LiftError, origin: &Origin, problem: &Problem<'_>, occurrence: &Occurrence<'_>) {
    let entry = problem.entry();
    let Occurrence { context, request_id, status, original_text, reason } = occurrence;
    let (service, rpc_method) = called(*context).unzip();
    let facts = error.__log_facts();
    let severity = facts.severity.unwrap_or_else(|| entry.severity());
    at!(
        severity,
        catalog = entry.catalog().name(),
        code = entry.code(),
        id = entry.id(),
        status,
        severity = severity.as_str(),
        cause = problem.cause().map(|cause| cause.id()),
        variant = facts.variant,
        fields = has_log_fields(error).then(|| field::debug(LogFields(error))),
        place = origin.place.map(field::display),
        request_id = request_id.map(|id| id.as_str()),
        http.request.method = method(*context),
        http.route = context.and_then(RequestContext::route),
        url.path = path(*context),
        rpc.service = service.map(|service| field::display(Visible(service))),
        rpc.method = rpc_method.map(|method| field::display(Visible(method))),
        error.type = entry.code(),
        field_errors = problem.field_errors().map(|errors| field::debug(FieldCodes(errors))),
        parameters = problem.operator_parameters().next().map(|_| field::debug(OperatorParameters(problem))),
        sources = Sources::of(problem.error()).as_ref().map(|sources| sources as &(dyn Error + 'static)),
        reason = reason.map(|reason| field::display(Visible(reason))),
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{}",
        Visible(problem.error())
    );
}

/// The event of a status that no entry explains.
pub(super) fn blank(problem: StatusProblem<'_>, occurrence: &Occurrence<'_>) {
    other(occurrence, problem.phrase());
}

/// The event of an error response that another library wrote, or that is marked with a reason.
pub(super) fn foreign(occurrence: &Occurrence<'_>) {
    let message = match occurrence.reason {
        Some(_) => "an error was let through, as its mark demands",
        None => "an error that is not canonical was let through",
    };
    other(occurrence, message);
}

fn other(occurrence: &Occurrence<'_>, message: &'static str) {
    let Occurrence { context, request_id, status, original_text, reason } = occurrence;
    mark_span(*status, OTHER);
    let (service, rpc_method) = called(*context).unzip();
    at!(
        if status.is_some_and(|status| status < 500) { Severity::Warning } else { Severity::Error },
        status,
        request_id = request_id.map(|id| id.as_str()),
        http.request.method = method(*context),
        http.route = context.and_then(RequestContext::route),
        url.path = path(*context),
        rpc.service = service.map(|service| field::display(Visible(service))),
        rpc.method = rpc_method.map(|method| field::display(Visible(method))),
        error.type = OTHER,
        reason = reason.map(|reason| field::display(Visible(reason))),
        original_text = (!original_text.is_empty()).then(|| field::display(Visible(original_text))),
        "{message}"
    );
}

/// The path, without the query (OpenTelemetry, `url.path`). An unmatched request has no other trace of where it went.
fn path(context: Option<&RequestContext>) -> Option<field::DisplayValue<Visible<&str>>> {
    context.map(RequestContext::path).filter(|path| !path.is_empty()).map(|path| field::display(Visible(path)))
}

/// The service and the method of a call of gRPC (OpenTelemetry, `rpc.service` and `rpc.method`): the parts of its path.
#[cfg(feature = "tonic")]
fn called(context: Option<&RequestContext>) -> Option<(&str, &str)> {
    let context = context.filter(|context| context.grpc().is_some())?;
    context.path().strip_prefix('/')?.rsplit_once('/')
}

#[cfg(not(feature = "tonic"))]
fn called(_: Option<&RequestContext>) -> Option<(&str, &str)> {
    None
}

/// The method. Unknown methods are not logged, since they can have any length (OpenTelemetry, `http.request.method`).
fn method(context: Option<&RequestContext>) -> Option<&str> {
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
    let method = context?.method();
    Some(if KNOWN.contains(method) { method.as_str() } else { OTHER })
}

/// Marks the span as failed for server errors only (OpenTelemetry, HTTP spans, status). A span that does not declare the
/// fields ignores them.
fn mark_span(status: Option<u16>, code: &'static str) {
    if status.is_some_and(|status| status >= 500) {
        Span::current().record("otel.status_code", "ERROR").record("error.type", code);
    }
}

//! One error in one format, for everything that shows it.

use crate::arguments::PreviewFormat;
use crate::printable;
use crate::runtime::sample::Sample;
use lift_errors::__private::grpc_status;
use lift_errors::tonic::StatusDetails;
use lift_errors::{Audience, Format, Locale, Problem, RequestId};
use serde_json::{Value, json};

/// The id of the request in every example.
const REQUEST_ID: &str = "example-request";

/// How an error is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rendering {
    pub(crate) format: PreviewFormat,
    pub(crate) locale: Locale,
    pub(crate) audience: Option<Audience>,
    /// The format for a terminal: it may have colours.
    pub(crate) terminal: Format,
}

impl Rendering {
    /// The error as a client gets it.
    pub(crate) fn render(&self, sample: &Sample) -> String {
        let mut problem = Problem::new(sample).with_locale(self.locale);
        if let Ok(id) = RequestId::try_from(REQUEST_ID) {
            problem = problem.with_request_id(id);
        }
        if let Some(audience) = self.audience {
            problem = problem.with_audience(audience);
        }
        match self.format {
            PreviewFormat::Html => problem.display(Format::Html).to_string(),
            PreviewFormat::Problem => problem.display(Format::ProblemDetails).to_string(),
            PreviewFormat::Envelope => problem.display(Format::Envelope).to_string(),
            PreviewFormat::Text => problem.display(Format::PlainText).to_string(),
            PreviewFormat::Markdown => problem.display(Format::Markdown).to_string(),
            PreviewFormat::Terminal => problem.display(self.terminal).to_string(),
            PreviewFormat::Grpc => grpc(&problem),
        }
    }
}

/// A `google.rpc.Status` in protobuf's JSON, as grpcurl prints it.
fn grpc(problem: &Problem<'_>) -> String {
    let status = grpc_status(problem);
    let details = StatusDetails::new(&status);
    let of_type = |name: &str, value: Value| {
        let mut detail = json!({ "@type": format!("type.googleapis.com/google.rpc.{name}") });
        if let (Value::Object(detail), Value::Object(value)) = (&mut detail, value) {
            detail.extend(value);
        }
        detail
    };
    let own = [("lift-error", details.id()), ("lift-retry", details.retry_kind()), ("lift-cause", details.cause())];
    let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let metadata: serde_json::Map<String, Value> =
        own.chain(details.parameters()).map(|(name, value)| (name.to_owned(), value.into())).collect();
    let reason = details.code().map(str::to_ascii_uppercase);
    let info = json!({ "reason": reason, "domain": details.catalog_name(), "metadata": metadata });
    let mut list = vec![of_type("ErrorInfo", info)];
    if let Some(delay) = details.retry_delay() {
        list.push(of_type("RetryInfo", json!({ "retryDelay": format!("{}s", delay.as_secs_f64()) })));
    }
    let violations: Vec<Value> = details
        .field_errors()
        .iter()
        .map(|error| {
            let reason = error.code().to_ascii_uppercase();
            json!({ "field": error.field().to_string(), "description": error.message().to_string(), "reason": reason })
        })
        .collect();
    if !violations.is_empty() {
        list.push(of_type("BadRequest", json!({ "fieldViolations": violations })));
    }
    if let Some((locale, message)) = details.localized_message() {
        list.push(of_type("LocalizedMessage", json!({ "locale": locale, "message": message })));
    }
    let links: Vec<Value> =
        details.links().map(|(description, url)| json!({ "description": description, "url": url })).collect();
    if !links.is_empty() {
        list.push(of_type("Help", json!({ "links": links })));
    }
    let status = json!({ "code": i32::from(status.code()), "message": status.message(), "details": list });
    printable::json(&format!("{status:#}"))
}

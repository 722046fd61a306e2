//! The command `preview`: one error in one format, as clients get it.

use crate::arguments::{PreviewArguments, PreviewFormat};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::nearest;
use crate::output::CommandOutput;
use crate::runtime::image;
use crate::runtime::sample::Sample;
use lift_errors::__private::grpc_status;
use lift_errors::tonic::StatusDetails;
use lift_errors::{Cause, Entry, Format, Problem, RequestId};
use serde_json::{Value, json};
use std::io;

/// The id of the request in every preview.
const REQUEST_ID: &str = "example-request";

pub(super) fn preview(
    catalog: &Catalog,
    arguments: &PreviewArguments,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let snapshot = catalog.snapshot()?;
    let removed = snapshot.removed;
    let catalog = image::catalog(snapshot.tables);
    let named = |entry: &Entry| {
        entry.code().eq_ignore_ascii_case(&arguments.code) || entry.id().eq_ignore_ascii_case(&arguments.code)
    };
    let Some(entry) = catalog.entries().find(named) else {
        if let Some(removed) =
            removed.iter().find(|removed| removed.code == arguments.code || removed.id == arguments.code)
        {
            return Err(Error::Removed { code: removed.code.clone(), version: removed.removed.clone() });
        }
        let names = catalog.entries().flat_map(|entry| [entry.code(), entry.id()]);
        let hint = nearest::hint(&arguments.code, names, "codes and ids");
        return Err(Error::UnknownCode { code: arguments.code.clone(), hint });
    };
    let mut sample = Sample::new(entry);
    if let Some(id) = &arguments.cause {
        let Some(cause) = entry.causes().find(|cause| cause.id() == id) else {
            let hint = nearest::hint(id, entry.causes().map(Cause::id), "causes");
            return Err(Error::UnknownCause { code: entry.code().to_owned(), cause: id.clone(), hint });
        };
        sample.set_cause(cause);
    }
    for (name, value) in &arguments.values {
        sample.set(name, value)?;
    }
    for name in &arguments.without {
        sample.leave_out(name)?;
    }
    let mut problem = Problem::new(&sample);
    if let Ok(id) = RequestId::try_from(REQUEST_ID) {
        problem = problem.with_request_id(id);
    }
    let default = catalog.locales().next().unwrap_or_default();
    let wanted = arguments.locale.unwrap_or(default);
    problem = problem.with_locale(wanted);
    let shown = catalog.locale(wanted);
    if shown != wanted {
        output.warning(format!("note: the catalogue has no `{wanted}`; these are the texts of `{shown}`"));
    }
    if let Some(audience) = arguments.audience {
        problem = problem.with_audience(audience);
    }
    let text = match arguments.format {
        PreviewFormat::Html => problem.display(Format::Html).to_string(),
        PreviewFormat::Problem => problem.display(Format::ProblemDetails).to_string(),
        PreviewFormat::Envelope => problem.display(Format::Envelope).to_string(),
        PreviewFormat::Text => problem.display(Format::PlainText).to_string(),
        PreviewFormat::Markdown => problem.display(Format::Markdown).to_string(),
        PreviewFormat::Terminal => problem.display(Format::terminal(&io::stdout())).to_string(),
        PreviewFormat::Grpc => grpc(&problem),
    };
    output.rendered(text);
    Ok(())
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
    format!("{status:#}")
}

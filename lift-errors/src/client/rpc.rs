//! Errors of gRPC as JSON (google.rpc.Status), as gateways and Google's APIs send them.

use super::document::Document;
use super::foreign::Layers;
use super::lenient_json::{self, Members};
use crate::problem::field_error::{FieldError, FieldErrors};
use lift_errors_core::vocabulary::GrpcCode;
use std::time::Duration;

/// Reads the number of the code, and `details`, a list of messages that each name their type.
pub(super) fn read_details(layers: &Layers<'_>, document: &mut Document) {
    for layer in layers.all() {
        let Some(details) = layer.items("details") else { continue };
        let number = layer.integer_if("code", |number| (1..=16).contains(&number));
        document.grpc_code =
            number.and_then(|number| GrpcCode::from_number(u32::try_from(number - 1).ok()?)).or(document.grpc_code);
        for json in details {
            let detail = Members::read(json);
            let Some(name) = detail.text("@type") else { continue };
            read_detail(name.rsplit(['/', '.']).next().unwrap_or_default(), &detail, document);
        }
    }
}

fn read_detail(name: &str, detail: &Members<'_>, document: &mut Document) {
    match name {
        "ErrorInfo" => {
            document.catalog = document.catalog.take().or_else(|| detail.text("domain"));
            document.code = document.code.take().or_else(|| Some(detail.text("reason")?.to_ascii_lowercase()));
            let metadata = detail.members("metadata").unwrap_or_default();
            document.parameters.extend(metadata.values());
            document.texts_only = true;
        }
        "RetryInfo" => document.wait = document.wait.max(detail.text("retryDelay").and_then(|text| delay(&text))),
        "RequestInfo" => document.request_id = document.request_id.take().or_else(|| detail.text("requestId")),
        "LocalizedMessage" => document.detail = detail.text("message").or_else(|| document.detail.take()),
        "BadRequest" => {
            let violations = detail.items("fieldViolations").unwrap_or_default();
            let errors: FieldErrors = violations.into_iter().filter_map(violation).collect();
            if !errors.is_empty() {
                document.field_errors = errors;
            }
        }
        _ => {}
    }
}

fn violation(json: &str) -> Option<FieldError> {
    let members = Members::read(json);
    let code = members.text("reason").unwrap_or_default().to_ascii_lowercase();
    let localized = members.members("localizedMessage").and_then(|message| message.text("message"));
    let message = localized.or_else(|| members.text("description")).unwrap_or_default();
    Some(FieldError::at_path(&members.text("field")?, (code, message)))
}

/// `7s` or `7.5s` (google.protobuf.Duration as JSON); a fraction is rounded up.
fn delay(text: &str) -> Option<Duration> {
    lenient_json::seconds(text.strip_suffix('s')?)
}

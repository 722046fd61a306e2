//! Errors of gRPC as JSON (google.rpc.Status), as gateways and Google's APIs send them. They are read as `grpc` reads the same
//! details from a status: of several of a kind the first counts.

use super::foreign::Layers;
use super::lenient_json::{self, Members};
use crate::problem::field_error::{FieldError, FieldErrors};
use lift_errors_core::status;
use lift_errors_core::vocabulary::GrpcCode;
use serde_json::{Map, Value};
use std::string::String;
use std::time::Duration;

/// The package of the messages that are read.
const PACKAGE: &str = "google.rpc.";

/// The usual prefix of a type URL.
const TYPE_SERVER: &str = "type.googleapis.com/";

/// The number of the code, or of its HTTP status as Google's APIs have it, and `details`, a list of messages that each name their
/// type.
#[derive(Debug, Default)]
pub(super) struct RpcDetails {
    pub(super) code: Option<GrpcCode>,
    /// A code that may be another system's: Google's `status` names it, or the object has no details.
    pub(super) likely_code: Option<GrpcCode>,
    /// The status of HTTP, in the place of the code.
    pub(super) status: Option<u16>,
    /// `ErrorInfo`, if there is one.
    pub(super) info: Option<ErrorInfo>,
    pub(super) retry_delay: Option<Duration>,
    pub(super) request_id: Option<String>,
    pub(super) localized_message: Option<String>,
    pub(super) field_errors: FieldErrors,
}

#[derive(Debug)]
pub(super) struct ErrorInfo {
    pub(super) domain: Option<String>,
    /// In lower case, as codes of catalogues are.
    pub(super) reason: Option<String>,
    pub(super) metadata: Map<String, Value>,
}

impl RpcDetails {
    pub(super) fn read(layers: &Layers<'_>) -> Self {
        let mut read = Self::default();
        for layer in layers.all() {
            let details = layer.items("details").filter(|items| items.iter().all(|json| json.starts_with('{')));
            if details.is_none() && !is_without_details(layer) {
                continue;
            }
            let number = layer.integer("code").and_then(|number| u16::try_from(number).ok());
            let code = number.and_then(error_code);
            read.likely_code = read.likely_code.or(code).or_else(|| layer.iter().find_map(named_code));
            read.status = read.status.or(number.filter(|number| status::is_error(*number)));
            let Some(details) = details else { continue };
            if code.is_some() {
                layer.set_read("code");
            }
            read.code = read.code.or(code);
            for json in details {
                let detail = Members::read(json);
                let Some(type_url) = detail.text("@type") else { continue };
                read.add(message_name(&type_url).strip_prefix(PACKAGE).unwrap_or_default(), &detail);
            }
        }
        read
    }

    fn add(&mut self, name: &str, detail: &Members<'_>) {
        match name {
            "ErrorInfo" => {
                self.info.get_or_insert_with(|| ErrorInfo {
                    domain: detail.text("domain"),
                    reason: detail.text("reason").map(|reason| reason.to_ascii_lowercase()),
                    metadata: detail.members("metadata").unwrap_or_default().values().collect(),
                });
            }
            "RetryInfo" => {
                self.retry_delay = self.retry_delay.or_else(|| delay(&detail.text("retryDelay")?));
            }
            "RequestInfo" => self.request_id = self.request_id.take().or_else(|| detail.text("requestId")),
            "LocalizedMessage" => {
                self.localized_message = self.localized_message.take().or_else(|| detail.text("message"));
            }
            "BadRequest" if self.field_errors.is_empty() => {
                let violations = detail.items("fieldViolations").unwrap_or_default();
                self.field_errors = violations.into_iter().filter_map(violation).collect();
            }
            _ => {}
        }
    }
}

/// Whether an object is a message of protobuf as JSON, and not the error of a field.
pub(super) fn is_message(object: &Members<'_>) -> bool {
    let is_message = |type_url: &str| type_url.starts_with(TYPE_SERVER) || message_name(type_url).starts_with(PACKAGE);
    object.text_if("@type", is_message).is_some()
}

/// Whether an object has only members of a status that has no details: JSON leaves out an empty list (ProtoJSON).
fn is_without_details(object: &Members<'_>) -> bool {
    object.iter().all(|(name, json)| match name {
        "code" => true,
        "message" => json.starts_with('"'),
        // grpc-gateway 1 writes the message twice.
        "error" => object.iter().any(|other| other == ("message", json)),
        // Google's older APIs have the errors of their own form beside the name.
        "errors" => object.iter().any(|member| named_code(member).is_some()),
        name => named_code((name, json)).is_some(),
    })
}

/// The code that Google's APIs name beside its HTTP status.
fn named_code((name, json): (&str, &str)) -> Option<GrpcCode> {
    if name == "status" { lenient_json::text(json)?.parse().ok() } else { None }
}

/// The code of an error with a number: 0 is OK.
pub(super) fn error_code(number: u16) -> Option<GrpcCode> {
    GrpcCode::from_number(u32::from(number).checked_sub(1)?)
}

/// The full name in a type URL. Its writer may have used another prefix, or none (any.proto).
fn message_name(type_url: &str) -> &str {
    type_url.rsplit('/').next().unwrap_or_default()
}

/// The error of a field, or of the whole request where it names none: JSON has no members that are empty.
fn violation(json: &str) -> Option<FieldError> {
    let members = Members::read(json);
    let code = members.text("reason").unwrap_or_default().to_ascii_lowercase();
    let localized = members.members("localizedMessage").and_then(|message| message.text("message"));
    let message = localized.or_else(|| members.text("description")).unwrap_or_default();
    let field = members.text("field").unwrap_or_default();
    let is_empty = field.is_empty() && code.is_empty() && message.is_empty();
    (!is_empty).then(|| FieldError::at_path(&field, (code, message)))
}

/// `7s` or `7.5s` (google.protobuf.Duration as JSON); a fraction is rounded up.
fn delay(text: &str) -> Option<Duration> {
    lenient_json::seconds(text.strip_suffix('s')?)
}

//! Errors of gRPC as JSON (google.rpc.Status), as gateways and Google's APIs send them.

use super::foreign::Layers;
use super::lenient_json::{self, Members};
use crate::problem::field_error::{FieldError, FieldErrors};
use lift_errors_core::vocabulary::GrpcCode;
use serde_json::{Map, Value};
use std::string::String;
use std::time::Duration;

/// The number of the code, and `details`, a list of messages that each name their type.
#[derive(Debug, Default)]
pub(super) struct RpcDetails {
    pub(super) code: Option<GrpcCode>,
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
            let Some(details) = layer.items("details") else { continue };
            let number = layer.integer_if("code", |number| (1..=16).contains(&number));
            let code = number.and_then(|number| GrpcCode::from_number(u32::try_from(number - 1).ok()?));
            read.code = read.code.or(code);
            for json in details {
                let detail = Members::read(json);
                let Some(name) = detail.text("@type") else { continue };
                read.add(name.rsplit(['/', '.']).next().unwrap_or_default(), &detail);
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
            "RetryInfo" => self.retry_delay = detail.text("retryDelay").and_then(|text| delay(&text)),
            "RequestInfo" => self.request_id = detail.text("requestId"),
            "LocalizedMessage" => self.localized_message = detail.text("message"),
            "BadRequest" => {
                let violations = detail.items("fieldViolations").unwrap_or_default();
                self.field_errors = violations.into_iter().filter_map(violation).collect();
            }
            _ => {}
        }
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

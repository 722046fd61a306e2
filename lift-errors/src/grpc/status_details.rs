//! The details of a status that another service sent.

#[cfg(feature = "client")]
use super::code::error_code;
use super::details::Detail;
use crate::problem::field_error::{FieldError, FieldErrors};
use crate::problem::request_id::RequestId;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;
#[cfg(feature = "client")]
use lift_errors_core::vocabulary::GrpcCode;
use prost::Message;
use prost_types::Any;
use tonic::Status;
use tonic_types::pb::{self, BadRequest, ErrorInfo, Help, LocalizedMessage, RequestInfo, RetryInfo};

/// The most bytes of details that are read: a header may have more, and no service means it.
const MAX_BYTES: usize = 65_536;

/// The most values, fields or links that are kept.
const MAX_ITEMS: usize = 1_024;

/// The name of the error's id, among the values and in the status's metadata.
const LIFT_ERROR: &str = "lift-error";

/// The prefix of names of values that are not parameters.
const OURS: &str = "lift-";

/// The details of a `tonic::Status`, of this library or of any service that uses google.rpc.
///
/// All of it is what somebody sent. A detail that can't be read counts as absent, and so do all of them where the whole
/// can't be read; of several of a kind the first counts.
///
/// ```
/// use lift_errors::{ErrorResponse, lift, tonic::StatusDetails};
/// use std::time::Duration;
///
/// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// let details = StatusDetails::new(&tonic::Status::from(ErrorResponse::new(error)));
///
/// assert_eq!((details.catalog_name(), details.code(), details.id()), (Some("lift"), Some("too_many_requests"), Some("LIFT-0429")));
/// assert_eq!((details.retry_kind(), details.retry_delay()), (Some("after"), Some(Duration::from_secs(12))));
/// assert!(StatusDetails::new(&tonic::Status::not_found("no such order")).code().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusDetails {
    catalog: Option<String>,
    code: Option<String>,
    metadata: BTreeMap<String, String>,
    retry_delay: Option<Duration>,
    localized: Option<(String, String)>,
    field_errors: FieldErrors,
    links: Vec<(String, String)>,
    request_id: Option<String>,
    /// The code of the status for which the details were written; 0 if they do not say it.
    #[cfg(feature = "client")]
    code_number: i32,
}

impl StatusDetails {
    /// Reads the details of a status.
    pub fn new(status: &Status) -> Self {
        let mut details = Self::read(status.details());
        let header = |name| status.metadata().get(name).and_then(|value| value.to_str().ok());
        if let Some(id) = header("x-request-id").and_then(request_id) {
            details.request_id = Some(id);
        }
        // It names the error where a proxy dropped the details.
        if let Some(id) = header(LIFT_ERROR).filter(|id| !id.is_empty()) {
            details.metadata.entry(LIFT_ERROR.into()).or_insert_with(|| id.into());
        }
        details
    }

    fn read(bytes: &[u8]) -> Self {
        let status =
            Some(bytes).filter(|bytes| bytes.len() <= MAX_BYTES).and_then(|bytes| pb::Status::decode(bytes).ok());
        let status = status.unwrap_or_default();
        let details = status.details.as_slice();
        let info = first::<ErrorInfo>(details).unwrap_or_default();
        let text = |text: String| Some(text).filter(|text| !text.is_empty());
        let metadata: BTreeMap<_, _> = info.metadata.into_iter().collect();
        let violations = first::<BadRequest>(details).map(|bad| bad.field_violations).unwrap_or_default();
        let violations = violations.into_iter().take(MAX_ITEMS).map(|violation| {
            let localized = violation.localized_message.and_then(|localized| text(localized.message));
            let message = localized.unwrap_or(violation.description);
            FieldError::at_path(&violation.field, (violation.reason.to_ascii_lowercase(), message))
        });
        let links = first::<Help>(details).map(|help| help.links).unwrap_or_default();
        Self {
            catalog: text(info.domain),
            code: text(info.reason).map(|reason| reason.to_ascii_lowercase()),
            metadata: metadata.into_iter().take(MAX_ITEMS).collect(),
            retry_delay: first::<RetryInfo>(details).and_then(|retry| wait(retry.retry_delay?)),
            localized: first::<LocalizedMessage>(details)
                .and_then(|localized| Some((localized.locale, text(localized.message)?))),
            field_errors: violations.collect(),
            links: links.into_iter().take(MAX_ITEMS).map(|link| (link.description, link.url)).collect(),
            request_id: first::<RequestInfo>(details).and_then(|request| request_id(&request.request_id)),
            #[cfg(feature = "client")]
            code_number: status.code,
        }
    }

    /// The name of the error's catalogue (the domain).
    pub fn catalog_name(&self) -> Option<&str> {
        self.catalog.as_deref()
    }

    /// The code, in lower case (the reason).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The short id.
    pub fn id(&self) -> Option<&str> {
        self.metadata.get(LIFT_ERROR).map(String::as_str)
    }

    /// The kind of the retry contract.
    pub fn retry_kind(&self) -> Option<&str> {
        self.metadata.get("lift-retry").map(String::as_str)
    }

    /// The id of what actually caused the error, where that is known.
    pub fn cause(&self) -> Option<&str> {
        self.metadata.get("lift-cause").map(String::as_str)
    }

    /// The parameters by name: numbers in digits, durations in whole seconds. Of an error that is not ours all of its
    /// metadata.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.metadata.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(|(name, _)| !name.starts_with(OURS))
    }

    /// The metadata of `ErrorInfo`: parameters, and values that are not.
    #[cfg(feature = "client")]
    pub(crate) fn metadata(&self) -> impl Iterator<Item = (&str, &str)> {
        self.metadata.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The code of the status for which the details were written.
    #[cfg(feature = "client")]
    pub(crate) fn grpc_code(&self) -> Option<GrpcCode> {
        error_code(self.code_number)
    }

    /// The least time to wait before the same request is sent again.
    pub fn retry_delay(&self) -> Option<Duration> {
        self.retry_delay
    }

    /// The text for the user, after the tag of its language.
    pub fn localized_message(&self) -> Option<(&str, &str)> {
        self.localized.as_ref().map(|(locale, message)| (locale.as_str(), message.as_str()))
    }

    /// The faults of the request's fields.
    pub fn field_errors(&self) -> &FieldErrors {
        &self.field_errors
    }

    /// Where to read more: descriptions and addresses.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.links.iter().map(|(description, address)| (description.as_str(), address.as_str()))
    }

    /// The id of the request that failed.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

fn request_id(id: &str) -> Option<String> {
    RequestId::new(id).map(|id| id.as_str().into())
}

/// The first detail of a kind. Its writer may have used another type URL prefix (any.proto).
fn first<D: Detail>(details: &[Any]) -> Option<D> {
    let detail = details.iter().find(|any| name(&any.type_url) == name(D::TYPE_URL))?;
    D::decode(detail.value.as_slice()).ok()
}

fn name(type_url: &str) -> Option<&str> {
    type_url.rsplit('/').next()
}

/// A time to wait; none where it would be over already.
fn wait(delay: prost_types::Duration) -> Option<Duration> {
    let (seconds, nanos) = (u64::try_from(delay.seconds).ok()?, u32::try_from(delay.nanos).ok()?);
    Some(Duration::new(seconds, nanos.min(999_999_999)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorResponse, lift};

    fn with(details: Vec<Any>) -> Vec<u8> {
        pb::Status { code: 5, message: "m".into(), details }.encode_to_vec()
    }

    fn detail(name: &str, value: Vec<u8>) -> Any {
        Any { type_url: alloc::format!("type.googleapis.com/google.rpc.{name}"), value }
    }

    #[test]
    fn details_that_are_cut_are_absent_and_nothing_panics() {
        let error = lift::validation_failed::new().with_field_errors(FieldErrors::from_iter([
            FieldError::new("/lines/2/product", ("unknown", "There is no product.")),
            FieldError::new("name", ("required", "Enter a name.")),
        ]));
        let status = Status::from(ErrorResponse::new(error));
        let bytes = status.details();
        let whole = StatusDetails::read(bytes);
        assert_eq!(whole.field_errors().iter().next().unwrap().pointer(), "/lines/2/product");
        for length in 0..bytes.len() {
            let cut = StatusDetails::read(&bytes[..length]);
            assert!(cut.code().is_none_or(|code| code == "validation_failed"), "{length}");
            let mut flipped = bytes.to_vec();
            flipped[length] ^= 0xff;
            StatusDetails::read(&flipped);
        }
    }

    #[test]
    fn a_detail_that_can_not_be_read_costs_itself_alone() {
        let info = ErrorInfo { reason: "NOT_FOUND".into(), domain: "lift".into(), ..ErrorInfo::default() };
        let bytes = with(
            [
                detail("Help", [0x0a, 0x05, 0xff].to_vec()),
                detail("LocalizedMessage", [0x0a, 0x02, 0xc3, 0x28].to_vec()),
                detail("ErrorInfo", info.encode_to_vec()),
                detail("ErrorInfo", ErrorInfo { reason: "SECOND".into(), ..info }.encode_to_vec()),
                detail("SomethingNew", [1, 2, 3].to_vec()),
            ]
            .to_vec(),
        );
        let details = StatusDetails::read(&bytes);
        assert_eq!((details.catalog_name(), details.code()), (Some("lift"), Some("not_found")));
        assert!(details.localized_message().is_none() && details.links().next().is_none());
        // Empty texts are absent.
        let violation = pb::bad_request::FieldViolation {
            description: "Enter a name.".into(),
            localized_message: Some(LocalizedMessage::default()),
            ..Default::default()
        };
        let request = RequestInfo { request_id: "r-8".into(), ..RequestInfo::default() };
        let bytes = with(
            [
                detail("LocalizedMessage", LocalizedMessage::default().encode_to_vec()),
                detail("BadRequest", BadRequest { field_violations: [violation].to_vec() }.encode_to_vec()),
                detail("RequestInfo", request.encode_to_vec()),
            ]
            .to_vec(),
        );
        let details = StatusDetails::read(&bytes);
        assert!(details.localized_message().is_none() && details.request_id() == Some("r-8"));
        assert_eq!(details.field_errors().iter().next().unwrap().message().to_string(), "Enter a name.");
        let huge = with(Vec::from([detail("ErrorInfo", [0; MAX_BYTES].to_vec())]));
        assert_eq!(StatusDetails::read(&huge), StatusDetails::default());
    }

    #[test]
    fn waits_are_never_shortened_and_never_negative() {
        let read = |seconds, nanos| wait(prost_types::Duration { seconds, nanos });
        assert_eq!(read(12, 0), Some(Duration::from_secs(12)));
        assert_eq!(read(0, 1), Some(Duration::from_nanos(1)));
        assert_eq!(read(i64::MAX, i32::MAX), Some(Duration::new(i64::MAX as u64, 999_999_999)));
        assert_eq!((read(-1, 0), read(1, -1), read(i64::MIN, i32::MIN)), (None, None, None));
    }
}

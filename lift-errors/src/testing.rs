#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>testing</code></span>")]
//! Assertions for a service's tests, which compare a response with the expected error.
//!
//! ```
//! use lift_errors::{Format, LiftError, lift, testing::Response};
//!
//! let error = lift::forbidden::new().with_required_role("Manager");
//! let body = error.problem().display(Format::ProblemDetails).to_string();
//!
//! Response::new(403, body)
//!     .assert_code(lift::Code::Forbidden)
//!     .assert_parameter("required_role", "Manager")
//!     .assert_hides("password");
//! ```

#![allow(clippy::panic, reason = "an assertion that fails panics")]

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
#[cfg(feature = "tonic")]
use crate::grpc::StatusDetails;
use core::time::Duration;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::vocabulary::{Audience, RetryKind};
use serde_json::Value;
#[cfg(any(feature = "http", feature = "client"))]
use std::borrow::Cow;
use std::string::String;
#[cfg(feature = "tonic")]
use std::string::ToString as _;
use std::vec::Vec;
#[cfg(feature = "tonic")]
use tonic::metadata::KeyAndValueRef;

/// A response that a test received. An assertion that fails panics and shows the response.
#[derive(Clone, Debug)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Response {
    /// Creates a response from its status and its body: problem details or the Lift envelope.
    pub fn new(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self { status, headers: Vec::new(), body: String::from_utf8_lossy(body.as_ref()).into_owned() }
    }

    /// Adds headers, in any order.
    pub fn with_headers<N: AsRef<str>, V: AsRef<str>>(mut self, headers: impl IntoIterator<Item = (N, V)>) -> Self {
        self.headers.extend(headers.into_iter().map(|(name, value)| (name.as_ref().into(), value.as_ref().into())));
        self
    }

    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// If the body is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("the body is not JSON: {error}\n{}", self.body),
        }
    }

    /// Asserts that the response is the error of an entry: code and catalogue in the body, and the status in both the
    /// response and the body.
    #[track_caller]
    pub fn assert_code(self, expected: impl Into<Entry>) -> Self {
        let (entry, json) = (expected.into(), self.json());
        let found = (text(&json, "catalog"), text(&json, "code"));
        assert_eq!(
            found,
            (Some(entry.catalog().name()), Some(entry.code())),
            "the response has another code or catalogue than {entry:?}\n{}",
            self.body
        );
        assert_eq!(Some(self.status), entry.status(), "the response has another status than {entry:?}\n{}", self.body);
        let in_body = json.get("status").or_else(|| json.get("errorCode")).and_then(Value::as_u64);
        assert_eq!(
            in_body,
            Some(u64::from(self.status)),
            "the body has another status than the response\n{}",
            self.body
        );
        self
    }

    /// Asserts the status of the response.
    #[track_caller]
    pub fn assert_status(self, expected: u16) -> Self {
        assert_eq!(self.status, expected, "the response has another status\n{}", self.body);
        self
    }

    /// Asserts the sentence that says what happened: `detail` of problem details, `errorMessage` of the envelope.
    #[track_caller]
    pub fn assert_detail(self, expected: &str) -> Self {
        let json = self.json();
        let found = text(&json, "detail").or_else(|| text(&json, "errorMessage"));
        assert_eq!(found, Some(expected), "the response has another detail\n{}", self.body);
        self
    }

    /// Asserts that a cause is named as the actual one: that problem details list it alone.
    #[track_caller]
    pub fn assert_cause(self, expected: impl Into<Cause>) -> Self {
        let (expected, json) = (expected.into(), self.json());
        let causes = json.get("causes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<Option<&str>> = causes.iter().map(|cause| text(cause, "id")).collect();
        let reason = match expected.audience() {
            Some(Audience::Operator) => "no response shows a cause for operators",
            _ => "the body lists other causes; only problem details contain causes",
        };
        assert_eq!(found, [Some(expected.id())], "{reason}\n{}", self.body);
        self
    }

    /// Asserts the retry contract in problem details, and the least wait where there is one.
    #[track_caller]
    pub fn assert_retry(self, kind: RetryKind, wait: impl Into<Option<Duration>>) -> Self {
        let json = self.json();
        let Some(retry) = json.get("retry") else {
            panic!("the body does not have a retry contract; only problem details contain one\n{}", self.body);
        };
        let found = (text(retry, "kind"), retry.get("after").and_then(Value::as_u64));
        let expected = (Some(kind.as_str()), wait.into().map(whole_seconds));
        assert_eq!(found, expected, "the response has another retry contract\n{}", self.body);
        self
    }

    /// Asserts the value of a public parameter in the member `params` of problem details.
    #[track_caller]
    pub fn assert_parameter(self, name: &str, expected: impl Into<Value>) -> Self {
        let json = self.json();
        let Some(found) = json.get("params").and_then(|parameters| parameters.get(name)) else {
            panic!(
                "the body does not have the parameter `{name}`; only problem details contain parameters\n{}",
                self.body
            );
        };
        assert_eq!(found, &expected.into(), "the parameter `{name}` has another value\n{}", self.body);
        self
    }

    /// Asserts that a field has an error. The field is a path as people write it: `lines[0].quantity`.
    #[track_caller]
    pub fn assert_field_error(self, field: &str) -> Self {
        let json = self.json();
        let errors = json.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        assert!(
            errors.iter().any(|error| text(error, "field") == Some(field)),
            "the field `{field}` does not have an error\n{}",
            self.body
        );
        self
    }

    /// Asserts a header's value.
    #[track_caller]
    pub fn assert_header(self, name: &str, expected: &str) -> Self {
        let found =
            self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
        assert_eq!(found, Some(expected), "the header `{name}` has another value: {:?}", self.headers);
        self
    }

    /// Asserts that a text, such as a source's message, is neither in the body nor in a header, also when it is escaped for
    /// JSON.
    #[track_caller]
    pub fn assert_hides(self, secret: &str) -> Self {
        let shown = |text: &str| text.contains(secret);
        let in_json = serde_json::from_str(&self.body).is_ok_and(|body| any_text(&body, &shown));
        assert!(!shown(&self.body) && !in_json, "the body shows `{secret}`\n{}", self.body);
        assert!(
            !self.headers.iter().any(|(name, value)| shown(name) || shown(value)),
            "a header shows `{secret}`: {:?}",
            self.headers
        );
        self
    }
}

#[cfg(any(feature = "http", feature = "client"))]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>http</code></span>")]
/// The response of a service that a test has called in its own process.
///
/// ```
/// use lift_errors::{ErrorResponse, RetryKind, lift, testing::Response};
///
/// # #[cfg(feature = "http")] {
/// let response: http::Response<Vec<u8>> = ErrorResponse::new(lift::Error::forbidden()).into_http();
/// Response::from(response).assert_code(lift::Code::Forbidden).assert_retry(RetryKind::AfterChange, None);
/// # }
/// ```
impl<B: AsRef<[u8]>> From<http::Response<B>> for Response {
    fn from(response: http::Response<B>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(head.status.as_u16(), body).with_headers(texts(&head.headers))
    }
}

/// The headers. A value may be any bytes (RFC 9110 §5.5), and also one that is not ASCII must not show a secret.
#[cfg(any(feature = "http", feature = "client"))]
fn texts(headers: &http::HeaderMap) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    headers.iter().map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
}

#[cfg(feature = "reqwest")]
impl Response {
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>reqwest</code></span>")]
    /// Reads the response of a service that a test has called over HTTP.
    ///
    /// ```no_run
    /// # async fn calls() -> Result<(), reqwest::Error> {
    /// use lift_errors::{lift, testing::Response};
    ///
    /// let response = reqwest::get("http://localhost:8080/orders/PO-7").await?;
    /// Response::from_reqwest(response).await?.assert_code(lift::Code::NotFound);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the body can't be read.
    pub async fn from_reqwest(response: reqwest::Response) -> Result<Self, reqwest::Error> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self::new(status, response.bytes().await?).with_headers(texts(&headers)))
    }
}

#[cfg(feature = "tonic")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>tonic</code></span>")]
/// A status of gRPC that a test received. An assertion that fails panics and shows the status.
///
/// ```
/// use lift_errors::{ErrorResponse, RetryKind, lift, testing};
/// use std::time::Duration;
///
/// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// testing::Status::from(tonic::Status::from(ErrorResponse::new(error)))
///     .assert_code(lift::Code::TooManyRequests)
///     .assert_parameter("limit", "60")
///     .assert_retry(RetryKind::After, Duration::from_secs(12));
/// ```
#[derive(Clone, Debug)]
pub struct Status {
    status: tonic::Status,
    details: StatusDetails,
}

#[cfg(feature = "tonic")]
impl From<tonic::Status> for Status {
    fn from(status: tonic::Status) -> Self {
        let details = StatusDetails::new(&status);
        Self { status, details }
    }
}

#[cfg(feature = "tonic")]
impl Status {
    /// Asserts that the status is the error of an entry: catalogue and code in the details, and the code of gRPC.
    #[track_caller]
    pub fn assert_code(self, expected: impl Into<Entry>) -> Self {
        let entry = expected.into();
        let found = (self.details.catalog_name(), self.details.code(), self.status.code() as i32);
        let wanted = (Some(entry.catalog().name()), Some(entry.code()), i32::from(entry.grpc_code().number()));
        assert_eq!(found, wanted, "the status is not that of {entry:?}\n{:?}", self.status);
        self
    }

    /// Asserts the message, in English.
    #[track_caller]
    pub fn assert_message(self, expected: &str) -> Self {
        assert_eq!(self.status.message(), expected, "the status has another message\n{:?}", self.status);
        self
    }

    /// Asserts that a cause is named as the actual one.
    #[track_caller]
    pub fn assert_cause(self, expected: impl Into<Cause>) -> Self {
        let expected = expected.into().id();
        assert_eq!(self.details.cause(), Some(expected), "the status has another cause\n{:?}", self.status);
        self
    }

    /// Asserts the retry contract, and the least wait where there is one.
    #[track_caller]
    pub fn assert_retry(self, kind: RetryKind, wait: impl Into<Option<Duration>>) -> Self {
        let found = (self.details.retry_kind(), self.details.retry_delay());
        assert_eq!(found, (Some(kind.as_str()), wait.into()), "another retry contract\n{:?}", self.status);
        self
    }

    /// Asserts the text of a public parameter: numbers in digits, durations in whole seconds.
    #[track_caller]
    pub fn assert_parameter(self, name: &str, expected: &str) -> Self {
        let found = self.details.parameters().find(|(found, _)| *found == name).map(|(_, value)| value);
        assert_eq!(found, Some(expected), "the parameter `{name}` has another value\n{:?}", self.status);
        self
    }

    /// Asserts that a field has an error. The field is a path as people write it: `lines[0].quantity`.
    #[track_caller]
    pub fn assert_field_error(self, field: &str) -> Self {
        let has_one = self.details.field_errors().iter().any(|error| error.field().to_string() == field);
        assert!(has_one, "the field `{field}` does not have an error\n{:?}", self.status);
        self
    }

    /// Asserts that a text, such as a source's message, is neither in the message nor in the details or the metadata.
    #[track_caller]
    pub fn assert_hides(self, secret: &str) -> Self {
        let shown = has_text(self.status.details(), secret)
            || self.status.message().contains(secret)
            || {
                let headers = self.status.metadata().clone().into_headers();
                texts(&headers).any(|(name, value)| name.contains(secret) || value.contains(secret))
            }
            || self.status.metadata().iter().any(|entry| match entry {
                // On the wire it is base64.
                KeyAndValueRef::Binary(_, value) => value.to_bytes().is_ok_and(|bytes| has_text(&bytes, secret)),
                KeyAndValueRef::Ascii(..) => false,
            });
        assert!(!shown, "the status shows `{secret}`\n{:?}", self.status);
        self
    }
}

/// Whether bytes contain a text.
#[cfg(feature = "tonic")]
fn has_text(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len().max(1)).any(|part| part == text.as_bytes())
}

/// Whether `found` is true for a string or a name anywhere in the value.
fn any_text(value: &Value, found: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => found(text),
        Value::Array(items) => items.iter().any(|item| any_text(item, found)),
        Value::Object(members) => members.iter().any(|(name, member)| found(name) || any_text(member, found)),
        _ => false,
    }
}

fn text<'a>(json: &'a Value, member: &str) -> Option<&'a str> {
    json.get(member).and_then(Value::as_str)
}

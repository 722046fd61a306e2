//! The places where other systems put the members of an error: in the object itself, in `error`, or in the first of `errors`;
//! under one of several names.
//!
//! The tables cover the formats of RFC 9457, JSON:API, GraphQL, OAuth (RFC 6749 §5.2), Google's and Azure's APIs, gRPC's JSON,
//! Kubernetes, AWS, Elasticsearch, Spring, ASP.NET, Laravel, Django, FastAPI, NestJS, Express, GitHub, Stripe and Twilio.

use super::lenient_json::{self, Members};
use lift_errors_core::status;
use std::format;
use std::string::{String, ToString as _};
use std::time::Duration;
use std::vec::Vec;

/// The names of the objects that contain an error.
const NESTED: [&str; 6] = ["error", "fault", "detail", "details", "extensions", "Error"];

/// The names of the detail, the usual one first.
const DETAIL: [&str; 10] = [
    "detail",
    "errorMessage",
    "error_description",
    "message",
    "Message",
    "error_message",
    "msg",
    "faultstring",
    "description",
    "summary",
];

/// The names of a code.
const CODE: [&str; 6] = ["code", "errorCode", "error_code", "ErrorCode", "errorcode", "Code"];

/// The names of the request's id. Without another one, the id of a trace is used.
const REQUEST_ID: [&str; 7] =
    ["request_id", "requestId", "RequestId", "requestID", "correlationId", "traceId", "trace_id"];

/// The names of the seconds to wait.
const WAIT: [&str; 3] = ["retryAfter", "retry_after", "retryAfterSeconds"];

/// An object, with the objects in it that may contain members of the same error.
pub(super) struct Layers<'a> {
    pub(super) own: &'a Members<'a>,
    pub(super) inner: Vec<Members<'a>>,
}

impl<'a> Layers<'a> {
    pub(super) fn new(own: &'a Members<'a>) -> Self {
        let mut inner: Vec<Members<'a>> = NESTED.iter().filter_map(|name| own.members(name)).collect();
        // The first of several errors has the detail if nothing else has.
        if !DETAIL.iter().chain(&["title"]).any(|name| own.has_text(name)) {
            let first = own.items("errors").and_then(|items| items.first().copied());
            inner.extend(first.map(Members::read));
        }
        // GraphQL's and Google's errors have a second level.
        let deeper: Vec<Members<'a>> =
            inner.iter().flat_map(|layer| NESTED.iter().filter_map(|name| layer.members(name))).collect();
        inner.extend(deeper);
        Self { own, inner }
    }

    /// The object itself, then those in it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Members<'a>> {
        core::iter::once(self.own).chain(&self.inner)
    }

    fn first<T>(&self, names: &[&str], read: impl Fn(&Members<'a>, &str) -> Option<T>) -> Option<T> {
        self.all().find_map(|layer| names.iter().find_map(|name| read(layer, name)))
    }

    /// The detail.
    pub(super) fn detail(&self) -> Option<String> {
        self.first(&DETAIL, Members::text)
            .or_else(|| self.first(&["reason"], |layer, name| layer.text_if(name, |text| text.contains(' '))))
            .or_else(|| self.own.text_if("error", |text| !is_identifier(text) && !is_phrase(text)))
    }

    /// The title.
    pub(super) fn title(&self, detail: Option<&str>) -> Option<String> {
        self.first(&["title"], Members::text)
            .or_else(|| self.own.text_if("error", |text| !is_identifier(text) && Some(text) != detail))
    }

    /// The code for programs. A number that could be the status is not one.
    pub(super) fn code(&self) -> Option<String> {
        self.own
            .text("code")
            .or_else(|| self.first(&CODE, |layer, name| layer.text_if(name, is_name)))
            .or_else(|| self.own.text_if("reason", |text| self.is_kubernetes_status() && is_name(text)))
            .or_else(|| self.first(&["reason"], |layer, name| layer.text_if(name, is_identifier)))
            .or_else(|| self.own.text_if("error", is_identifier))
            .or_else(|| self.own.text("__type").map(|name| name.rsplit('#').next().unwrap_or_default().into()))
            // `NOT_FOUND`, and not the `error` that JSend sends.
            .or_else(|| self.inner.iter().find_map(|layer| layer.text_if("status", is_constant)))
            .or_else(|| {
                self.inner
                    .iter()
                    .find_map(|layer| layer.text_if("type", |text| is_identifier(text) && !text.contains(':')))
            })
            .or_else(|| {
                let number =
                    |layer: &Members<'a>, name: &str| layer.integer_if(name, |number| !(0..=599).contains(&number));
                // The codes of a catalogue are names.
                let number = (!self.own.has_text("catalog")).then(|| self.first(&CODE, number)).flatten();
                number.map(|number| number.to_string())
            })
    }

    /// Whether this is the error of Kubernetes, whose reasons are words such as `Conflict`.
    fn is_kubernetes_status(&self) -> bool {
        self.own.iter().any(|(name, json)| name == "kind" && json == "\"Status\"")
    }

    /// The id of the request that failed.
    pub(super) fn request_id(&self) -> Option<String> {
        self.first(&REQUEST_ID, Members::text)
    }

    /// The longest delay of all members.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.all().flat_map(|layer| WAIT.iter().filter_map(|name| layer.seconds(name))).max()
    }
}

/// Whether a text is a name, such as `Conflict`, and not a sentence.
fn is_name(text: &str) -> bool {
    let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    !text.is_empty() && text.len() <= 128 && text.bytes().all(of_a_name)
}

/// Whether a text is an identifier, such as `invalid_grant`, `NoSuchKey` or `42P01`, and not a word for people, such as
/// `Forbidden`.
pub(super) fn is_identifier(text: &str) -> bool {
    let is_word = text.bytes().next().is_some_and(|first| first.is_ascii_uppercase())
        && text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    is_name(text) && !is_word
}

/// Whether a text is a name such as `NOT_FOUND`.
fn is_constant(text: &str) -> bool {
    is_identifier(text) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// Whether a text is the name of a status, such as `Bad Request`.
fn is_phrase(text: &str) -> bool {
    (400..600).any(|number| status::phrase(number).eq_ignore_ascii_case(text))
}

/// A text, or a number as a text.
pub(super) fn text_or_number(json: &str) -> Option<String> {
    lenient_json::text(json).or_else(|| serde_json::from_str::<i64>(json).ok().map(|number| format!("{number}")))
}

//! The members of an error, read from a body in any of the JSON formats.

use super::lenient_json::{self, Members};
use crate::problem::field_error::pointer;
use crate::problem::field_error::value::FieldValue;
use crate::problem::field_error::{FieldError, FieldErrors};
use lift_errors_core::vocabulary::RetryKind;
use serde_json::{Map, Value};
use std::string::String;
use std::time::Duration;
use std::vec::Vec;

/// The members that are read; all others are kept as they are.
const KNOWN: [&str; 20] = [
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "catalog",
    "code",
    "id",
    "request_id",
    "retry",
    "causes",
    "fixes",
    "notes",
    "errors",
    "params",
    "errorCode",
    "errorMessage",
    "errorMessages",
    "requestId",
    "retryAfter",
];

/// The members of problem details, of the Lift envelope, or of any other error in JSON, as far as they are there.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) type_uri: Option<String>,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) catalog: Option<String>,
    pub(super) code: Option<String>,
    pub(super) id: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) retry: Option<RetryKind>,
    /// What the carrier's own code allows where nothing else says anything, as a status of HTTP does.
    pub(super) fallback: Option<RetryKind>,
    pub(super) wait: Option<Duration>,
    pub(super) causes: Vec<Guidance>,
    pub(super) fixes: Vec<Guidance>,
    pub(super) notes: Vec<Guidance>,
    pub(super) field_errors: FieldErrors,
    pub(super) parameters: Map<String, Value>,
    /// Whether numbers are texts, too, as in gRPC's metadata.
    pub(super) texts_only: bool,
    pub(super) extensions: Map<String, Value>,
}

impl Document {
    /// Reads as much of a body as possible; one that is not JSON is empty. The media type is ignored, since servers label
    /// HTML as JSON and JSON as text.
    pub(super) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let members = Members::read(text.trim_start_matches('\u{feff}'));
        if members.is_empty() {
            return Self::default();
        }
        let text = |names: &[&str]| names.iter().find_map(|name| members.text(name)).filter(|text| !text.is_empty());
        let retry = members.members("retry").unwrap_or_default();
        Self {
            type_uri: text(&["type"]),
            title: text(&["title"]),
            // The name that most other services use is last.
            detail: text(&["detail", "errorMessage", "message"]),
            instance: text(&["instance"]),
            catalog: text(&["catalog"]),
            code: text(&["code"]),
            id: text(&["id"]),
            request_id: text(&["request_id", "requestId"]),
            retry: retry.text("kind").and_then(|kind| kind.parse().ok()),
            fallback: None,
            wait: retry.seconds("after").max(members.seconds("retryAfter")),
            causes: guidance(&members, "causes"),
            fixes: guidance(&members, "fixes"),
            notes: guidance(&members, "notes"),
            field_errors: field_errors(&members),
            parameters: members.members("params").unwrap_or_default().values().collect(),
            texts_only: false,
            extensions: members.values().filter(|(name, _)| !KNOWN.contains(&name.as_str())).collect(),
        }
    }
}

/// A cause, a fix or a note in the words and the language of another service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    id: String,
    text: String,
    audience: Option<String>,
    href: Option<String>,
    fixes: Vec<String>,
}

impl Guidance {
    pub(super) fn new(id: &str, text: String, audience: Option<&str>, href: Option<&str>) -> Self {
        let [audience, href] = [audience, href].map(|text| text.map(String::from));
        Self { id: id.into(), text, audience, href, fixes: Vec::new() }
    }

    pub(super) fn with_fixes<'a>(mut self, fixes: impl IntoIterator<Item = &'a str>) -> Self {
        self.fixes.extend(fixes.into_iter().map(String::from));
        self
    }

    fn read(json: &str) -> Option<Self> {
        let members = Members::read(json);
        let fixes = members.items("fixes").unwrap_or_default();
        Some(Self {
            id: members.text("id").unwrap_or_default(),
            text: members.text("text")?,
            audience: members.text("audience"),
            href: members.text("href"),
            fixes: fixes.into_iter().filter_map(lenient_json::text).collect(),
        })
    }

    /// The id, or an empty string if it came without one.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The reader that it is for: `browser`, `api`, or a word that this version does not know. `None` means everyone.
    pub fn audience(&self) -> Option<&str> {
        self.audience.as_deref()
    }

    /// The link of a fix. The other service wrote it: check the scheme before you open it.
    pub fn href(&self) -> Option<&str> {
        self.href.as_deref()
    }

    /// The ids of the fixes for a cause.
    pub fn fixes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.fixes.iter().map(String::as_str)
    }
}

fn guidance(members: &Members<'_>, name: &str) -> Vec<Guidance> {
    members.items(name).unwrap_or_default().into_iter().filter_map(Guidance::read).collect()
}

/// `errors`, or the messages alone where an old service sends no more.
fn field_errors(members: &Members<'_>) -> FieldErrors {
    let errors: FieldErrors = members.items("errors").unwrap_or_default().into_iter().filter_map(field_error).collect();
    if !errors.is_empty() {
        return errors;
    }
    let messages = members.items("errorMessages").unwrap_or_default();
    messages.into_iter().filter_map(|json| Some(FieldError::new("", ("", lenient_json::text(json)?)))).collect()
}

fn field_error(json: &str) -> Option<FieldError> {
    let members = Members::read(json);
    let pointer = members.text("pointer").or_else(|| members.text("field").map(|field| pointer::from_path(&field)));
    let message = members.text("message").or_else(|| members.text("detail"));
    if pointer.is_none() && message.is_none() {
        return None;
    }
    let code = members.text("code").unwrap_or_default();
    let error = FieldError::new(pointer.unwrap_or_default(), (code, message.unwrap_or_default()));
    let parameters = members.members("params").unwrap_or_default();
    Some(parameters.values().fold(error, |error, (name, value)| match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => error.with_parameter(name, number),
            None => error,
        },
        Value::String(text) => error.with_parameter(name, FieldValue::from(text)),
        _ => error,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_api_s_bodies_are_read() {
        let document = Document::read(br#"{"errorCode": 429, "errorMessage": "Rate limit exceeded. Try again in 847 seconds.", "retryAfter": 847}"#);
        assert_eq!(document.detail.as_deref(), Some("Rate limit exceeded. Try again in 847 seconds."));
        assert_eq!(document.wait, Some(Duration::from_secs(847)));
        let document = Document::read(br#"{"errorCode": 400, "errorMessage": "Validation failed", "errors": [{"field": "name", "message": "Property [name] cannot be null"}], "cause": "java.lang.X"}"#);
        let error = document.field_errors.iter().next().unwrap();
        assert_eq!((error.pointer(), error.message()), ("/name", "Property [name] cannot be null"));
        assert_eq!(document.extensions["cause"], "java.lang.X");
        let document =
            Document::read(br##"{"errors": [{"detail": "must be a positive integer", "pointer": "#/age"}]}"##);
        assert_eq!(document.field_errors.iter().map(FieldError::pointer).next(), Some("/age"));
        let document = Document::read(br#"{"errorMessages": ["one", 2, "three"]}"#);
        let messages: Vec<_> = document.field_errors.iter().map(FieldError::message).collect();
        assert_eq!(messages, ["one", "three"]);
    }

    #[test]
    fn a_body_is_read_whatever_surrounds_it() {
        for body in [
            "\u{feff}{\"title\": \"Gone\"}",
            " \r\n{\"title\": \"Gone\"}garbage",
            "{\"title\":7,\"title\":\"Gone\",\"title\":null}",
        ] {
            assert_eq!(Document::read(body.as_bytes()).title.as_deref(), Some("Gone"), "{body}");
        }
        assert_eq!(Document::read(b"{\"title\": \"Pas trouv\xe9\"}").title.as_deref(), Some("Pas trouv\u{fffd}"));
        assert!(Document::read(b"<html>{}</html>").title.is_none());
    }
}

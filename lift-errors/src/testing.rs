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
use serde_json::Value;
use std::string::String;
use std::vec::Vec;

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

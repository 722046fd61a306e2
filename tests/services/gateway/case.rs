//! A call, the error that answers it, and all that must hold of the answer in each format.

use super::REQUEST_ID;
use super::process::Gateway;
use crate::http::{Call, Reply};
use lift_errors::{Format, lift};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// A call, and the error that answers it.
pub(super) struct Case<'g> {
    pub(super) at: &'g Gateway,
    pub(super) call: Call,
    pub(super) code: lift::Code,
    pub(super) cause: Option<&'static str>,
    pub(super) parameters: Value,
    pub(super) fields: &'static [&'static str],
}

impl<'g> Case<'g> {
    pub(super) fn new(at: &'g Gateway, call: Call, code: lift::Code) -> Self {
        Self { at, call, code, cause: None, parameters: json!({}), fields: &[] }
    }

    pub(super) fn cause(self, cause: &'static str) -> Self {
        Self { cause: Some(cause), ..self }
    }

    pub(super) fn parameters(self, parameters: Value) -> Self {
        Self { parameters, ..self }
    }

    pub(super) fn fields(self, fields: &'static [&'static str]) -> Self {
        Self { fields, ..self }
    }

    pub(super) fn status(&self) -> u16 {
        self.code.status().unwrap()
    }

    pub(super) fn send(&self, call: &Call) -> Reply {
        let mut reply = self.at.send(call);
        // An allowance grows while it is used up: a request that got through is sent again.
        for _ in 0..400 {
            if self.status() != 429 || reply.status == 429 {
                break;
            }
            reply = self.at.send(call);
        }
        reply
    }

    pub(super) fn check(&self) {
        for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText] {
            let call = self.call.clone().accept(format).with("X-Request-Id", REQUEST_ID);
            let reply = self.send(&call);
            assert_eq!(reply.status, self.status(), "{call:?}\n{reply:?}");
            self.check_headers(&reply, format);
            reply.assert_hides(&super::CANARIES);
            match format {
                Format::ProblemDetails => self.check_problem_details(&reply),
                Format::Envelope => self.check_envelope(&reply),
                _ => self.check_plain_text(&reply),
            }
            if call.method == "GET" && format == Format::ProblemDetails {
                self.check_head(&Call { method: "HEAD", ..call }, &reply);
            }
        }
    }

    pub(super) fn check_headers(&self, reply: &Reply, format: Format) {
        let entry = self.code.entry();
        assert_eq!(reply.header("content-type"), Some(format.media_type()));
        assert_eq!(reply.header("content-language"), Some("en"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.list("vary"), super::VARY);
        assert_eq!(reply.header("lift-error"), Some(self.code.id()));
        assert_eq!(reply.header("link"), Some(format!("<{}>; rel=\"help\"", entry.type_uri()).as_str()));
        assert_eq!(reply.header("x-request-id"), Some(REQUEST_ID));
        assert_eq!(reply.number("content-length"), reply.body.len() as u64);

        let has = |status: &[u16]| status.contains(&self.status());
        assert_eq!(reply.header("www-authenticate"), has(&[401]).then_some("Bearer realm=\"OpenBoxes Lift\""));
        assert_eq!(reply.header("allow").is_some(), has(&[405]));
        assert_eq!(reply.header("retry-after").is_some(), has(&[429, 503]));
        if has(&[429, 503]) {
            assert!((1..=120).contains(&reply.number("retry-after")), "{reply:?}");
        }

        let limit = reply.number("x-ratelimit-limit");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        assert!(limit == 60 || limit == 300, "{reply:?}");
        assert!(reply.number("x-ratelimit-remaining") < limit, "{reply:?}");
        assert!((now - 2..=now + 62).contains(&reply.number("x-ratelimit-reset")), "{reply:?}");
    }

    pub(super) fn check_problem_details(&self, reply: &Reply) {
        let json = reply.json();
        let mut response = reply.response().assert_code(self.code);
        for (name, value) in self.parameters.as_object().unwrap() {
            response = response.assert_parameter(name, value.clone());
        }
        for field in self.fields {
            response = response.assert_field_error(field);
        }
        assert_eq!(json["title"], self.code.entry().title().to_string());
        assert_eq!(json["type"], self.code.entry().type_uri().to_string());
        assert_eq!(json["error_id"], self.code.id());
        assert_eq!(json["request_id"], REQUEST_ID);
        assert_eq!(json["instance"], format!("urn:uuid:{REQUEST_ID}"));
        assert_eq!(json["errors"].as_array().map_or(0, Vec::len), self.fields.len(), "{json}");
        if let Some(cause) = self.cause {
            assert_eq!(json["causes"].as_array().map(Vec::len), Some(1), "{json}");
            assert_eq!(json["causes"][0]["id"], cause);
        } else {
            assert_eq!(json["causes"].as_array().map(Vec::len), Some(self.code.entry().causes().count()), "{json}");
        }
        if let Some(after) = reply.header("retry-after") {
            assert_eq!(json["retry"]["after"].to_string(), after);
        }
    }

    pub(super) fn check_envelope(&self, reply: &Reply) {
        let json = reply.json();
        reply.response().assert_code(self.code);
        assert_eq!(json["errorCode"], self.status());
        assert_eq!(json["requestId"], REQUEST_ID);
        let message = json["errorMessage"].as_str().unwrap();
        assert!(!message.is_empty() && !message.contains('\n'), "{message:?}");
        assert_eq!(json["errorMessages"].as_array().map_or(0, Vec::len), self.fields.len(), "{json}");
        assert!(json.as_object().unwrap().values().all(|value| !value.is_null()), "{json}");
        if let Some(after) = reply.header("retry-after") {
            assert_eq!(json["retryAfter"].to_string(), after);
        }
    }

    pub(super) fn check_plain_text(&self, reply: &Reply) {
        let entry = self.code.entry();
        let head = format!("{} · {}, HTTP {}\n\n", entry.title(), self.code.id(), self.status());
        assert!(reply.body.starts_with(&head), "{reply:?}");
        assert!(reply.body.contains(&format!("\nRequest: {REQUEST_ID}\n")), "{reply:?}");
        if let Some(cause) = self.cause {
            let cause = entry.causes().find(|usual| usual.id() == cause).unwrap();
            assert!(reply.body.contains(&format!("Cause\n- {}\n", cause.text())), "{reply:?}");
        }
    }

    pub(super) fn check_head(&self, call: &Call, got: &Reply) {
        let head = self.send(call);
        assert_eq!((head.status, head.body.as_str()), (got.status, ""));
        let (mut expected, mut found) = (got.lasting_headers(), head.lasting_headers());
        // The wait gets shorter while it is asked for, and a 405 names the method: then lengths differ.
        if expected.contains_key("retry-after") || expected.contains_key("allow") {
            for name in ["retry-after", "content-length"] {
                assert_eq!(expected.remove(name).is_some(), found.remove(name).is_some(), "{name}");
            }
        }
        assert_eq!(found, expected, "HEAD has other headers than GET");
    }
}

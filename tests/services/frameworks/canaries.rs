//! Internal values are in the log, and in no byte that a client gets.

use super::{CANARIES, Service, log};
use crate::http::Call;
use lift_errors::Format;
use serde_json::Value;

const FORMATS: [Format; 5] =
    [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown];

/// A path, its canaries, and the field of the event that has each.
const CASES: [(&str, &[(&str, &str)]); 4] = [
    ("/canary/secret", &[("canary-source", "sources")]),
    ("/canary/operator", &[("canary-source", "sources"), ("canary-operator", "parameters")]),
    ("/panic", &[("canary-panic at 7", "sources")]),
    ("/text/500", &[("canary-text", "original_text")]),
];

#[test]
fn canaries_are_in_the_log_and_in_no_byte_of_a_response() {
    for service in Service::all() {
        for (path, expected) in CASES {
            for (number, format) in FORMATS.into_iter().enumerate() {
                let id = format!("{}{}-{number}", service.framework, path.replace('/', "."));
                let call = Call::anonymous("GET", path).accept(format).with("X-Request-Id", &id);
                let reply = service.send(&call);
                assert!(reply.status >= 400 && reply.header("content-type") == Some(format.media_type()), "{reply:?}");
                let whole = format!("{reply:?}");
                for canary in CANARIES.iter().chain(&["/var/lib/lift", ".rs:", "no such table"]) {
                    assert!(!whole.contains(canary), "{}: {path}: {canary} got out: {whole}", service.framework);
                }

                let events = log::of_request(&id);
                let [event] = events.as_slice() else { panic!("{}: {path}: {events:?}", service.framework) };
                for (canary, field) in expected {
                    assert!(event[field].as_str().is_some_and(|text| text.contains(canary)), "{field}: {event}");
                }
                assert!(!event.to_string().contains("canary-secret"), "{event}");
            }
        }
        service.assert_alive();
    }
}

#[test]
fn no_text_leaves_its_line() {
    for service in Service::all() {
        let id = format!("{}-forged", service.framework);
        let reply = service.send(&Call::anonymous("GET", "/forged").with("X-Request-Id", &id));
        assert!(reply.status == 409 && !reply.body.contains("canary"), "{reply:?}");
        let events = log::of_request(&id);
        let [event] = events.as_slice() else { panic!("{}: {events:?}", service.framework) };
        let message = event["message"].as_str().unwrap();
        assert!(message.contains("canary-text") && !message.contains(char::is_control), "{message:?}");
    }
}

#[test]
fn an_event_says_what_an_operator_needs() {
    for service in Service::all() {
        let id = format!("{}-event", service.framework);
        let reply = service.send(&Call::anonymous("GET", "/canary/operator").with("X-Request-Id", &id));
        let events = log::of_request(&id);
        let [event] = events.as_slice() else { panic!("{}: {events:?}", service.framework) };
        for (field, expected) in [
            ("catalog", "onboarding".into()),
            ("code", "onb_site_unknown".into()),
            ("error.type", "onb_site_unknown".into()),
            ("status", Value::from(reply.status)),
            ("request_id", id.as_str().into()),
            ("http.request.method", "GET".into()),
            ("http.route", "/canary/{name}".into()),
        ] {
            assert_eq!(event[field], expected, "{}: {field}: {event}", service.framework);
        }
        assert!(event["id"].is_string() && event["severity"].is_string(), "{event}");
    }
}

//! Every canonical error in every format and every framework: one contract.

use super::Service;
use crate::http::{Call, Reply};
use crate::samples;
use jsonschema::Validator;
use lift_errors::{Format, LiftError as _, Problem};
use serde_json::Value;

const FORMATS: [Format; 5] =
    [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown];

const REQUEST_ID: &str = "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11";

/// The schema of RFC 9457, appendix A.
fn schema() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("../../openapi/rfc9457.schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn every_error_in_every_format_and_framework() {
    let schema = schema();
    let (samples, services) = (samples::all(), Service::all());
    let mut met = 0;
    for sample in samples.iter().filter(|sample| sample.error.entry().status().is_some()) {
        let problem = sample.problem();
        for service in services {
            for format in FORMATS {
                let call = Call::anonymous("GET", &format!("/samples/{}", sample.name));
                let reply = service.send(&call.accept(format).with("X-Request-Id", REQUEST_ID));
                let at = format!("{}: {}: {format:?}", service.framework, sample.name);
                check_headers(&reply, &problem, format, &at);
                match format {
                    Format::Html => check_page(&reply, &problem, &at),
                    _ => assert_eq!(reply.body, problem.display(format).to_string(), "{at}"),
                }
                match format {
                    Format::ProblemDetails => check_problem_details(&reply, &schema, &at),
                    Format::Envelope => check_envelope(&reply, &at),
                    _ => {}
                }
                met += 1;
            }
        }
    }
    let raised = samples.iter().filter(|sample| sample.error.entry().status().is_some()).count();
    assert_eq!(met, raised * FORMATS.len() * services.len(), "samples without a status are raised by clients");
}

fn check_headers(reply: &Reply, problem: &Problem<'_>, format: Format, at: &str) {
    let entry = problem.entry();
    assert_eq!(Some(reply.status), entry.status(), "{at}: {reply:?}");
    let mut expected = Vec::new();
    problem.headers(format, |name, value| expected.push((name, value.to_owned())));
    for (name, value) in &expected {
        assert_eq!(reply.header(name), Some(value.as_str()), "{at}: {name}");
    }
    for name in ["cache-control", "vary", "content-language", "link", "lift-error"] {
        assert!(reply.header(name).is_some(), "{at}: {name}: {reply:?}");
    }
    let companions = [(401, "www-authenticate"), (405, "allow"), (429, "retry-after"), (503, "retry-after")];
    for (_, name) in companions.into_iter().filter(|(status, _)| *status == reply.status) {
        assert!(reply.header(name).is_some(), "{at}: {name}: {reply:?}");
    }
    assert_eq!(reply.header("x-request-id"), Some(REQUEST_ID), "{at}");
    assert_eq!(reply.number("content-length"), reply.body.len() as u64, "{at}");
}

/// The page differs by the service's brand and by the time: what is the same is looked for.
fn check_page(reply: &Reply, problem: &Problem<'_>, at: &str) {
    let title = problem.entry().title().to_string();
    for part in ["<!DOCTYPE html>\n<html lang=\"en\"", &title, problem.entry().id(), REQUEST_ID, ">lift/samples/"] {
        assert!(reply.body.contains(part), "{at}: {part}: {}", reply.body);
    }
    assert!(reply.body.len() < 20_000, "{at}: {} bytes", reply.body.len());
    assert_eq!(reply.header("content-security-policy"), Some(lift_errors::Page::CONTENT_SECURITY_POLICY), "{at}");
}

fn check_problem_details(reply: &Reply, schema: &Validator, at: &str) {
    let json = reply.json();
    if let Err(error) = schema.validate(&json) {
        panic!("{at}: {error}: {json}");
    }
    assert_eq!(json["status"], reply.status, "{at}");
    assert_eq!(json["instance"], format!("urn:uuid:{REQUEST_ID}"), "{at}");
    if let Some(wait) = reply.header("retry-after") {
        assert_eq!(json["retry"]["after"].to_string(), wait, "{at}");
    }
}

/// The members that the front end and the mobile app rely on, word for word (`wire-formats`).
fn check_envelope(reply: &Reply, at: &str) {
    let json = reply.json();
    let members = json.as_object().unwrap();
    assert_eq!(json["errorCode"], reply.status, "{at}");
    let message = json["errorMessage"].as_str().unwrap();
    assert!(!message.is_empty() && !message.contains(['\n', '\r']), "{at}: {message:?}");
    assert!(members.values().all(|value| !value.is_null()), "{at}: {json}");
    assert!(!members.contains_key("cause"), "{at}: {json}");
    if let Some(errors) = members.get("errors") {
        let messages = errors.as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap());
        let shown = json["errorMessages"].as_array().unwrap().iter().map(|message| message.as_str().unwrap());
        // A message of the catalogue does not name its field, so the label or the path is before it.
        assert!(shown.clone().zip(messages.clone()).all(|(shown, message)| shown.ends_with(message)), "{at}: {json}");
        assert_eq!(shown.count(), messages.count(), "{at}");
        assert!(errors.as_array().unwrap().iter().all(|error| error["field"].is_string()), "{at}: {json}");
    } else {
        assert!(!members.contains_key("errorMessages"), "{at}: {json}");
    }
    if let Some(wait) = reply.header("retry-after") {
        assert_eq!(json["retryAfter"].to_string(), wait, "{at}");
    }
}

#[test]
fn every_language_is_answered_in() {
    for service in Service::all() {
        for locale in lift_errors::lift::CATALOG.locales() {
            if locale.tag().ends_with(['A', 'B']) {
                continue;
            }
            let call = Call::anonymous("GET", "/samples/too_many_requests").with("Accept-Language", locale.tag());
            let reply = service.send(&call.accept(Format::ProblemDetails));
            assert_eq!(reply.header("content-language"), Some(locale.tag()), "{}", service.framework);
            let error = samples::bare(lift_errors::lift::Code::TooManyRequests);
            let mut detail = String::new();
            error.problem().with_locale(locale).write_detail(&mut detail);
            assert_eq!(reply.json()["detail"], detail, "{}: {locale}", service.framework);
        }
        let call = Call::anonymous("GET", "/canary/secret").with("Accept-Language", "pl, fr;q=0.5");
        // The catalogue has Polish, but not for this error.
        assert_eq!(service.send(&call).header("content-language"), Some("fr"), "{}", service.framework);
    }
}

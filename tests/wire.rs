//! The bytes on the wire: `tests/wire/` has the body of every entry in every format, for
//! clients in any language to test against. The contracts behind them are asserted on the parsed bodies.

use crate::{golden_files, samples};
use lift_errors::{Format, LiftError, RequestId, StatusProblem, lift};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The formats with what their files end in.
const FORMATS: [(Format, &str); 6] = [
    (Format::ProblemDetails, "problem.json"),
    (Format::Envelope, "envelope.json"),
    (Format::PlainText, "txt"),
    (Format::Markdown, "md"),
    (Format::Terminal { color: true }, "ansi"),
    (Format::Terminal { color: false }, "terminal.txt"),
];

fn problem_details(problem: &lift_errors::Problem<'_>) -> Value {
    serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).unwrap()
}

fn envelope(problem: &lift_errors::Problem<'_>) -> Value {
    serde_json::from_str(&problem.display(Format::Envelope).to_string()).unwrap()
}

#[test]
fn bodies_and_headers_are_those_of_the_files() {
    let mut differences = Vec::new();
    let mut expected = BTreeSet::new();
    for sample in samples::all() {
        let problem = sample.problem();
        for (format, ending) in FORMATS {
            let name = format!("wire/{}.{ending}", sample.name);
            differences.extend(golden_files::compare(&name, &problem.display(format).to_string()).err());
            expected.insert(name);
        }
        let mut headers = String::new();
        problem.headers(Format::ProblemDetails, |name, value| writeln!(headers, "{name}: {value}").unwrap());
        let name = format!("wire/{}.headers", sample.name);
        differences.extend(golden_files::compare(&name, &headers).err());
        expected.insert(name);
    }
    for file in std::fs::read_dir(golden_files::path("wire")).unwrap().flatten() {
        let name = format!("wire/{}", file.file_name().to_string_lossy());
        if name != "wire/README.md" && !expected.contains(&name) {
            differences.push(format!("tests/{name} belongs to no sample; remove it"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_buffer_gets_the_same_bytes() {
    for sample in samples::all() {
        let problem = sample.problem();
        for (format, _) in FORMATS {
            let (mut string, mut vector, mut bytes) = (String::new(), Vec::new(), bytes::BytesMut::new());
            problem.write(format, &mut string);
            problem.write(format, &mut vector);
            problem.write(format, &mut bytes);
            assert_eq!(string, problem.display(format).to_string());
            assert_eq!((string.as_bytes(), string.as_bytes()), (&vector[..], &bytes[..]));
        }
    }
}

#[test]
fn problem_details_keep_to_rfc_9457_and_to_the_members_of_lift() {
    for sample in samples::all() {
        let (problem, entry) = (sample.problem(), sample.error.entry());
        let body = problem_details(&problem);
        assert_eq!(body["type"], format!("{}#{}", entry.catalog().reference(), entry.id()));
        assert_eq!(body["title"], entry.title().to_string());
        assert_eq!(body.get("status").and_then(Value::as_u64), entry.status().map(u64::from));
        assert_eq!(
            (&body["catalog"], &body["code"], &body["error_id"]),
            (&"lift".into(), &entry.code().into(), &entry.id().into())
        );
        if sample.cause.is_none() {
            assert_eq!(body["detail"], sample.error.to_string());
        }
        assert_eq!(body["instance"], "urn:uuid:6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11");
        assert_eq!(body["retry"]["kind"], problem.retry().kind().as_str());
        assert_eq!(
            body["retry"].get("after").and_then(Value::as_u64),
            problem.retry().wait().map(|wait| wait.as_secs())
        );
        let fixes: Vec<&Value> = body["fixes"].as_array().unwrap().iter().map(|fix| &fix["id"]).collect();
        for cause in body["causes"].as_array().unwrap() {
            assert!(
                cause["fixes"].as_array().unwrap().iter().all(|fix| fixes.contains(&fix)),
                "{}: {cause}",
                sample.name
            );
            assert!(matches!(cause.get("audience").and_then(Value::as_str), None | Some("browser" | "api")));
        }
        assert!(!fixes.is_empty(), "{}", sample.name);
        no_nulls(&body, &sample.name);
    }
}

fn no_nulls(value: &Value, name: &str) {
    match value {
        Value::Null => panic!("{name} has a null"),
        Value::Array(items) => items.iter().for_each(|item| no_nulls(item, name)),
        Value::Object(members) => members.values().for_each(|member| no_nulls(member, name)),
        _ => {}
    }
}

#[test]
fn the_envelope_is_what_existing_clients_read() {
    for sample in samples::all() {
        let problem = sample.problem();
        let body = envelope(&problem);
        assert_eq!(body["errorCode"].as_u64(), Some(u64::from(problem.status().unwrap_or(0))));
        let message = body["errorMessage"].as_str().unwrap();
        assert!(!message.is_empty() && !message.contains(['\n', '\r']), "{message}");
        match problem.field_errors() {
            None => assert!(body.get("errorMessages").is_none() && body.get("errors").is_none()),
            Some(errors) => {
                let messages: Vec<String> = errors
                    .iter()
                    .map(|error| match error.label() {
                        Some(label) => format!("{label}: {}", error.message()),
                        None => error.message().to_string(),
                    })
                    .collect();
                assert_eq!(body["errorMessages"], Value::from(messages));
                assert_eq!(body["errors"][0]["field"], "name");
                assert_eq!(body["errors"][0]["message"], "Property [name] cannot be null");
            }
        }
        assert!(body.get("cause").is_none());
        no_nulls(&body, &sample.name);
    }
}

#[test]
fn the_canonical_429_tells_when_to_come_back() {
    let error = samples::bare(lift::Code::TooManyRequests);
    let body = envelope(&error.problem());
    assert_eq!((&body["errorCode"], &body["retryAfter"]), (&429.into(), &12.into()));
    let body = problem_details(&error.problem());
    assert_eq!(body["retry"], serde_json::json!({"kind": "after", "after": 12}));
    assert_eq!(body["params"], serde_json::json!({"limit": 60, "window": 60, "retry_after": 12}));
}

#[test]
fn a_known_cause_brings_its_fixes_and_the_general_ones() {
    let error = samples::bare(lift::Code::Unauthorized);
    let problem = error.problem().with_cause(lift::unauthorized::Cause::WrongCredentials);
    let body = problem_details(&problem);
    let ids = |list: &Value| {
        list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&body["causes"]), ["wrong_credentials"]);
    assert_eq!(ids(&body["fixes"]), ["check_credentials"]);
    let problem = error.problem().with_cause(lift::unauthorized::Cause::SessionTimedOut);
    assert_eq!(ids(&problem_details(&problem)["fixes"]), ["log_in_again", "clear_cookies"]);
    // A cause of another entry changes nothing.
    let problem = error.problem().with_cause(lift::import_failed::Cause::NotUtf8);
    assert_eq!(problem_details(&problem)["causes"].as_array().unwrap().len(), 3);
}

#[test]
fn what_operators_read_reaches_no_client() {
    let runbook = |code: lift::Code| code.entry().runbook().to_string();
    for sample in samples::all() {
        for (format, _) in FORMATS {
            let written = sample.problem().display(format).to_string();
            assert!(!written.contains("carrier-7") && !written.contains("pool_exhausted"), "{}", sample.name);
            let runbook = runbook(sample.error.code());
            assert!(runbook.is_empty() || !written.contains(&runbook[..20.min(runbook.len())]), "{}", sample.name);
        }
    }
    let error = lift::gateway_timeout::new().with_upstream("carrier-7");
    for format in [Format::PlainText, Format::Markdown, Format::Html] {
        let written = error.problem().with_audience(lift_errors::Audience::Operator).display(format).to_string();
        // Markdown escapes the hyphen.
        assert!(written.contains("Runbook") && written.replace('\\', "").contains("carrier-7"), "{written}");
    }
}

#[test]
fn serde_and_the_renderer_say_the_same() {
    for sample in samples::all() {
        let problem = sample.problem();
        assert_eq!(serde_json::to_value(problem).unwrap(), problem_details(&problem), "{}", sample.name);
        let problem = problem.with_instance("/imports/1").with_audience(lift_errors::Audience::Operator);
        assert_eq!(serde_json::to_value(problem).unwrap(), problem_details(&problem), "{}", sample.name);
    }
}

#[test]
fn a_status_without_an_entry_is_about_blank() {
    let problem = StatusProblem::new(460).unwrap().with_request_id(RequestId::new("r-1").unwrap());
    let body: Value = serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "type": "about:blank", "title": "Bad Request", "status": 460, "retry": {"kind": "after_change"},
            "instance": "urn:request:r-1", "request_id": "r-1"
        })
    );
    let body: Value = serde_json::from_str(&problem.display(Format::Envelope).to_string()).unwrap();
    assert_eq!(body["errorCode"], 460);
    assert!(
        lift::Code::from_status(460).is_none()
            && StatusProblem::new(399).is_none()
            && StatusProblem::new(600).is_none()
    );
}

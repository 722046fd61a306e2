//! Responses that mean no good: an answer each time, never a panic, and nothing of what is whole is lost.

use super::read;
use crate::{golden_files, samples};
use lift_errors::client::{CatalogError as _, MAX_BODY_BYTES};
use lift_errors::lift;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::fs;

fn golden(name: &str, ending: &str) -> String {
    fs::read_to_string(golden_files::path(&format!("wire/{name}.{ending}"))).unwrap()
}

#[test]
fn a_body_that_is_cut_anywhere_gives_what_came() {
    for sample in samples::all() {
        // Of the details, those that differ in form.
        let is_long = sample.name.contains('.') && !sample.name.ends_with("fields") && !sample.name.ends_with("cell");
        for ending in ["envelope.json", "problem.json"].into_iter().take(if is_long { 1 } else { 2 }) {
            let body = golden(&sample.name, ending);
            for end in 0..body.len() {
                let received = read(500, &[], &body.as_bytes()[..end]);
                let entry = received.entry();
                assert!(entry.is_none() || entry == Some(lift_errors::LiftError::entry(&sample.error)));
                assert!(received.code().is_none_or(|code| code == sample.error.code().as_str()), "{received:?}");
                assert_eq!(received.status().unwrap(), 500);
                assert!(!received.to_string().is_empty());
            }
        }
    }
    let body = golden("too_many_requests", "problem.json");
    let cut = body.find(r#","causes""#).unwrap();
    assert_eq!(read(429, &[], &body[..cut]).retry().wait().unwrap().as_secs(), 12);
}

/// JSON of every type, and what only looks like it.
fn wrong_values() -> Vec<String> {
    // As deep as fits into what is read.
    let deep = |depth, open: &str, close: &str| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    [
        "null",
        "true",
        "7",
        "-1",
        "0.5",
        "1e400",
        "99999999999999999999999",
        r#""404""#,
        r#""""#,
        r#""\ud800""#,
        "[]",
        "{}",
        "[[]]",
        r#"[{"id": 7}]"#,
        r#"[null, 7]"#,
    ]
    .map(String::from)
    .into_iter()
    .chain([deep(100_000, "[", "]"), deep(30_000, "{\"a\":", "}")])
    .collect()
}

#[test]
fn a_member_of_the_wrong_type_counts_as_absent() {
    for name in ["validation_failed.with_fields", "too_many_requests", "forbidden.with_role", "unsupported_media_type"]
    {
        let whole: Map<String, Value> = serde_json::from_str(&golden(name, "problem.json")).unwrap();
        // Members and parameters in the same order as in the bodies below.
        let expected = read(400, &[], Value::Object(whole.clone()).to_string());
        for (member, right) in &whole {
            for wrong in wrong_values() {
                let wrong_is_text = wrong.starts_with('"') && wrong.len() > 2;
                if right.is_string() && wrong_is_text {
                    continue;
                }
                let members = whole.iter().map(|(name, value)| {
                    format!("{name:?}: {}", if name == member { wrong.clone() } else { value.to_string() })
                });
                let body = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
                let received = read(400, &[], &body);
                let told = (member.as_str(), wrong.get(..20).unwrap_or(&wrong));
                // The id names the error where catalogue or code do not.
                assert_eq!(received.entry(), expected.entry(), "{told:?}");
                let kept = |other: &str, found: Option<&str>| {
                    let absent = member == other;
                    assert_eq!(found.is_some_and(|text| whole[other] == text), !absent, "{told:?}: {other}");
                };
                kept("title", received.title());
                kept("detail", received.detail());
                kept("type", received.type_uri());
                kept("request_id", received.request_id());
                if !matches!(member.as_str(), "causes" | "fixes" | "errors" | "params" | "retry") {
                    assert_eq!(received.causes(), expected.causes());
                    assert_eq!(received.fixes(), expected.fixes());
                    assert_eq!(received.field_errors(), expected.field_errors());
                    assert_eq!(received.retry(), expected.retry(), "{told:?}");
                    assert_eq!(format!("{:?}", received.error()), format!("{:?}", expected.error()), "{told:?}");
                }
            }
        }
    }
}

#[test]
fn parameters_of_the_wrong_type_are_absent_too() {
    let body = |parameters: &str| format!(r#"{{"catalog":"lift","code":"import_failed","params":{parameters}}}"#);
    for wrong in wrong_values().into_iter().filter(|wrong| wrong != "7") {
        let line = if wrong.len() < 1_000 { &wrong } else { "[]" };
        let received = read(400, &[], body(&format!(r#"{{"line": {line}, "column": 4, "missing_header": {wrong}}}"#)));
        let text = match wrong.as_str() {
            r#""404""# => Some("404"),
            r#""""# => Some(""),
            // Half of a surrogate pair costs one character.
            r#""\ud800""# => Some("\u{fffd}"),
            _ => None,
        };
        let Some(lift::Error::ImportFailed { line, column, missing_header, .. }) = received.error() else {
            panic!("{received:?}")
        };
        assert_eq!((*line, *column, missing_header.as_deref()), (None, Some(4), text), "{:.20}", wrong);
    }
    // A required value can't be made up.
    for needed in [
        r#"{"limit": 60, "window": 60}"#,
        r#"{"limit": 4294967296, "window": 60, "retry_after": 1}"#,
        r#"{"limit": -1, "window": 60, "retry_after": 1}"#,
    ] {
        let received = read(429, &[], format!(r#"{{"catalog":"lift","code":"too_many_requests","params":{needed}}}"#));
        assert!(received.error().is_none() && received.entry().is_some(), "{needed}");
    }
}

#[test]
fn what_is_too_long_is_cut_and_what_controls_a_terminal_is_shown() {
    let long = format!(r#"{{"title": "x", "detail": "{}", "code": "late"}}"#, "a".repeat(MAX_BODY_BYTES));
    let received = read(500, &[], &long);
    assert_eq!((received.body().len(), received.title(), received.code()), (MAX_BODY_BYTES, Some("x"), None));

    let received = read(
        500,
        &[],
        "{\"detail\": \"a\\u001b[2J\\r\\nb\\u202ec\\u0000\\u009b\", \"error_id\": \"\\u001b]0;x\\u0007\"}",
    );
    let shown = received.to_string();
    assert!(!shown.chars().any(|c| c.is_control() || c == '\u{202e}'), "{shown:?}");
    let received = read(500, &[], format!(r#"{{"detail": "{}"}}"#, "é".repeat(5_000)));
    assert!(received.to_string().chars().count() < 1_100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_give_an_answer(
        status in 100_u16..1_000,
        body in proptest::collection::vec(any::<u8>(), 0..600),
        retry_after in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..3),
        id in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut response = http::Response::builder().status(status);
        let values = retry_after.into_iter().map(|value| ("Retry-After", value)).chain([("Lift-Error", id)]);
        for (name, value) in values {
            if let Ok(value) = http::HeaderValue::from_bytes(&value) {
                response = response.header(name, value);
            }
        }
        let received = lift_errors::client::ReceivedError::<lift::Error>::from_response(response.body(&body).unwrap());
        let _ = (received.retry(), format!("{received} {received:?}"), received.id(), received.request_id());
        prop_assert_eq!(received.body(), body);
        prop_assert!(!received.to_string().chars().any(char::is_control));
        let _ = received.into_upstream().to_string();
    }

    #[test]
    fn a_golden_body_with_a_few_other_bytes_gives_an_answer(
        sample in 0_usize..30,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let samples = samples::all();
        let sample = &samples[sample % samples.len()];
        let mut body = golden(&sample.name, "problem.json").into_bytes();
        for (place, byte) in changes {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let received = read(500, &[], &body);
        if let (Some(error), Some(entry)) = (received.error(), received.entry()) {
            prop_assert!(lift::Error::find_code(entry.code()) == Some(entry));
            prop_assert_eq!(lift_errors::LiftError::entry(error), entry);
        }
        let _ = (received.retry(), format!("{received} {received:?}"), received.forward().is_ok());
    }
}

//! Extractors and validators: each mistake in a request is a canonical error with the field, its JSON pointer and a code,
//! in axum and in actix-web, over real HTTP.
//!
//! | route | reads |
//! | --- | --- |
//! | `POST /garde`, `POST /validator` | an order as JSON, and validates it; at most 1 KiB |
//! | `GET /orders?page=…` | a query |
//! | `GET /orders/{number}`, `GET /shelves/{number}` | a path |
//! | `POST /login` | a form |

mod actix;
mod axum;
mod bodies;
mod calls;
mod order;

use crate::http::Call;
use calls::{BODY_LIMIT, fields, form, get, json, send};
use lift_errors::{Format, Locale, lift};
use serde_json::Value;
use std::net::SocketAddr;

fn services() -> [(&'static str, SocketAddr); 2] {
    crate::frameworks::log::begin();
    [("axum", axum::address()), ("actix-web", actix::address())]
}

/// A good line, and one that is replaced.
fn order(line: &str) -> String {
    format!(r#"{{"number":"PO-7","lines":[{{"product":"AB-1","quantity":2}},{line}]}}"#)
}

/// Calls with one field that can't be read, and the field with its violation.
fn unreadable() -> Vec<(Call, &'static str, &'static str)> {
    let line = |line: &str| json("/garde", &order(line));
    vec![
        (line(r#"{"product":"AB-2","quantity":"two"}"#), "/lines/1/quantity", "not_an_integer"),
        (line(r#"{"product":"AB-2","quantity":2.5}"#), "/lines/1/quantity", "not_an_integer"),
        (line(r#"{"product":"AB-2","quantity":99999999999999999999}"#), "/lines/1/quantity", "out_of_range"),
        (line(r#"{"product":"AB-2","quantity":null}"#), "/lines/1/quantity", "required"),
        (line(r#"{"product":"AB-2","quantity":-1}"#), "/lines/1/quantity", "out_of_range"),
        (line(r#"{"product":"AB-2"}"#), "/lines/1/quantity", "required"),
        (line(r#"{"product":7,"quantity":1}"#), "/lines/1/product", "not_a_string"),
        (line(r#"{"product":"AB-2","quantity":1,"a/b":1}"#), "/lines/1/a~1b", "unknown_field"),
        (line(r#"{"product":"AB-2","quantity":1,"quantity":1}"#), "/lines/1/quantity", "duplicate_field"),
        (line("7"), "/lines/1", "not_an_object"),
        (line(r#"{"product":"AB-2","quantity":1,"unit":"barrel"}"#), "/lines/1/unit", "not_one_of"),
        // serde_json calls these bad syntax.
        (line(r#"{"product":"AB-2","quantity":1,"unit":7}"#), "/lines/1/unit", "malformed"),
        (line(r#"{"product":"AB-2","quantity":1,"unit":[]}"#), "/lines/1/unit", "malformed"),
        (line(r#"{"product":"AB-2","quantity":1,"unit":{}}"#), "/lines/1/unit", "malformed"),
        (line(r#"{"product":"AB-2","quantity":1e400}"#), "/lines/1/quantity", "malformed"),
        (json("/garde", r#"{"number":"PO-7","lines":{}}"#), "/lines", "not_a_list"),
        (json("/garde", "[]"), "", "not_an_object"),
        (get("/orders?page=two"), "/page", "not_an_integer"),
        (get("/orders?page=4294967296"), "/page", "out_of_range"),
        (get("/orders?page=99999999999999999999"), "/page", "out_of_range"),
        (get("/orders?page=1&shelf=-129"), "/shelf", "out_of_range"),
        (get("/orders?page=1&after=99999999999999999999"), "/after", "malformed"),
        (get("/orders?page=1&before=9223372036854775808"), "/before", "malformed"),
        (get("/shelves/99999999999999999999"), "/number", "malformed"),
        (get("/shelves/-7"), "/number", "too_small"),
        (get("/orders?page="), "/page", "required"),
        (get("/orders"), "/page", "required"),
        (get("/orders?page=1&open=maybe"), "/open", "not_a_boolean"),
        (get("/orders/seven"), "/number", "not_an_integer"),
        (get("/orders/4294967296"), "/number", "out_of_range"),
        (form("name=me&pin=65536"), "/pin", "out_of_range"),
        (form("user=7"), "/name", "required"),
        (form("name=me&remember=maybe"), "/remember", "not_a_boolean"),
    ]
}

#[test]
fn a_field_that_cannot_be_read_is_named() {
    for (framework, address) in services() {
        for (call, pointer, violation) in unreadable() {
            let at = format!("{framework}: {} {} {}", call.method, call.path, String::from_utf8_lossy(&call.body));
            let reply = send(address, &call.accept(Format::ProblemDetails));
            assert_eq!(reply.status, 400, "{at}: {reply:?}");
            reply.response().assert_code(lift::Code::ValidationFailed);
            assert_eq!(fields(&reply.json()), [(pointer.to_owned(), violation.to_owned())], "{at}");
        }
    }
}

#[test]
fn a_number_above_its_limits_has_that_cause_where_nothing_tells_the_limits() {
    for (framework, address) in services() {
        for path in [
            "/orders?page=1&after=99999999999999999999",
            "/orders?page=1&before=9223372036854775808",
            "/orders?page=1&before=-99999999999999999999",
            "/shelves/99999999999999999999",
        ] {
            let reply = send(address, &get(path).accept(Format::ProblemDetails));
            assert_eq!(reply.json()["causes"][0]["id"], "outside_limits", "{framework}: {path}");
        }
    }
    let uri = "/orders?page=4294967296".parse().unwrap();
    let rejection = ::axum::extract::Query::<order::Filter>::try_from_uri(&uri).map(|_| ()).unwrap_err();
    let error = lift_errors::ErrorResponse::from(rejection);
    assert_eq!(error.problem().cause().map(|cause| cause.id()), Some("outside_limits"));
}

#[test]
fn a_body_that_is_not_json_is_a_bad_request() {
    let trailing = order(r#"{"product":"AB-2","quantity":1}"#) + " trailing";
    for (framework, address) in services() {
        for body in [r#"{"number":"#, trailing.as_str(), "\u{1}"] {
            let reply = send(address, &json("/garde", body).accept(Format::ProblemDetails));
            reply.response().assert_code(lift::Code::BadRequest);
            let document = reply.json();
            assert!(fields(&document).is_empty(), "{framework}: {document}");
            assert_eq!(document["causes"][0]["id"], "malformed_body", "{framework}: {document}");
        }
    }
}

#[test]
fn a_form_is_a_response_too() {
    for (framework, address) in services() {
        let reply = send(address, &get("/form"));
        assert_eq!((reply.status, reply.body.as_str()), (200, "name=Ada+%26+Co"), "{framework}");
        assert_eq!(reply.header("content-type"), Some("application/x-www-form-urlencoded"), "{framework}");
    }
}

#[test]
fn a_response_that_cannot_be_serialised_is_an_internal_error() {
    for (_, address) in services() {
        for (path, reason) in
            [("/unserialisable", "key must be a string"), ("/unserialisable/form", "unsupported value")]
        {
            let reply = send(address, &get(path).accept(Format::ProblemDetails));
            reply.response().assert_code(lift::Code::InternalServerError).assert_hides(reason);
        }
    }
}

#[test]
fn messages_are_in_the_readers_language_in_every_format() {
    let body = order(r#"{"product":"AB-2","quantity":"two"}"#);
    let violation = lift::field_error::not_an_integer();
    for (framework, address) in services() {
        for language in ["en", "fr"] {
            let locale: Locale = language.parse().unwrap();
            let message = violation.message_in(locale).to_string();
            for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
                let call = json("/garde", &body).accept(format).with("Accept-Language", language);
                let reply = send(address, &call);
                assert!(reply.body.contains(&message), "{framework} {language} {format:?}: {message}: {reply:?}");
                assert_eq!(reply.header("content-language"), Some(language));
            }
        }
        assert_ne!(
            violation.message_in(Locale::EN).to_string(),
            violation.message_in("fr".parse().unwrap()).to_string()
        );
    }
}

#[test]
fn the_words_of_a_value_and_of_rust_stay_in_the_log() {
    for (_, address) in services() {
        for body in [order(r#"{"product":"AB-2","quantity":"s3cret"}"#), "\"s3cret\"".to_owned()] {
            for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
                let reply = send(address, &json("/garde", &body).accept(format));
                reply.assert_hides(&["s3cret", "u32", "struct", "Order", "invalid type"]);
            }
        }
    }
}

#[test]
fn sizes_and_media_types_are_canonical() {
    let long = order(&format!(r#"{{"product":"{}","quantity":1}}"#, "A".repeat(BODY_LIMIT)));
    for (framework, address) in services() {
        for (call, code, parameter, value) in [
            (json("/garde", &long), lift::Code::PayloadTooLarge, "limit_bytes", Value::from(BODY_LIMIT)),
            (
                Call::anonymous("POST", "/garde").body("text/csv", b"a,b"),
                lift::Code::UnsupportedMediaType,
                "expected",
                "application/json".into(),
            ),
            (
                Call::anonymous("POST", "/login").body("text/csv", b"a,b"),
                lift::Code::UnsupportedMediaType,
                "expected",
                "application/x-www-form-urlencoded".into(),
            ),
        ] {
            let reply = send(address, &call.accept(Format::ProblemDetails));
            reply.response().assert_code(code);
            // axum does not tell its limit.
            if (framework, parameter) != ("axum", "limit_bytes") {
                assert_eq!(reply.json()["params"][parameter], value, "{framework}: {reply:?}");
            }
        }
    }
}

#[test]
fn validators_report_every_field_in_one_order() {
    let body = r#"{"number":"","email":"nobody","lines":[
        {"product":"AB-1","quantity":1},{"product":"AB-2","quantity":0},{"product":"AB-3","quantity":9999}]}"#;
    let expected = [
        (
            "garde",
            [
                ("/email", "invalid_email"),
                ("/lines/1/quantity", "too_small"),
                ("/lines/2/quantity", "too_large"),
                ("/number", "required"),
            ],
        ),
        (
            "validator",
            [
                ("/email", "invalid_email"),
                ("/lines/1/quantity", "out_of_range"),
                ("/lines/2/quantity", "out_of_range"),
                ("/number", "required"),
            ],
        ),
    ];
    for (framework, address) in services() {
        for (validator, expected) in &expected {
            let call = json(&format!("/{validator}"), body);
            // Maps are iterated in another order each time.
            for _ in 0..5 {
                let reply = send(address, &call.clone().accept(Format::ProblemDetails));
                reply.response().assert_code(lift::Code::ValidationFailed);
                let expected = expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
                assert_eq!(fields(&reply.json()), expected, "{framework}: {validator}");
            }
            let good = json(&format!("/{validator}"), &order(r#"{"product":"AB-2","quantity":1}"#));
            assert_eq!(send(address, &good).body, r#"{"number":"PO-7","lines":2}"#, "{framework}: {validator}");
        }
    }
}

#[test]
fn a_body_that_may_be_absent_has_to_be_valid() {
    let address = axum::address();
    let good = order(r#"{"product":"AB-1","quantity":1}"#);
    for validator in ["garde", "validator"] {
        let path = format!("/{validator}/optional");
        assert_eq!(send(address, &Call::anonymous("POST", &path)).body, "nothing", "{validator}");
        assert_eq!(send(address, &json(&path, &good)).body, "PO-7", "{validator}");
        let invalid = good.replace("PO-7", "");
        for (body, code) in [(invalid.as_str(), lift::Code::ValidationFailed), ("{", lift::Code::BadRequest)] {
            send(address, &json(&path, body).accept(Format::ProblemDetails)).response().assert_code(code);
        }
    }
    for (path, body) in [("/sites", "nothing"), ("/sites/7", "site 7")] {
        assert_eq!(send(address, &get(path)).body, body);
    }
    send(address, &get("/sites/0").accept(Format::ProblemDetails)).response().assert_code(lift::Code::ValidationFailed);
}

#[test]
fn successes_are_what_the_handler_returns() {
    for (framework, address) in services() {
        for (call, body) in [
            (get("/orders?page=3&open=true"), "page 3, open true"),
            (get("/orders/7"), "order 7"),
            (form("name=me&remember=true"), "me"),
        ] {
            let reply = send(address, &call);
            assert_eq!((reply.status, reply.body.as_str()), (200, body), "{framework}");
        }
    }
}

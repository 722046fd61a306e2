//! What is for operators is in the log, and in no byte of a response: sources, parameters, panics, texts of others.

use super::app::{self, CANARY};
use crate::http::Call;
use lift_errors::{Format, Responder};

#[test]
fn a_canary_is_in_the_log_and_in_no_response() {
    let server = app::start(Responder::new());
    for (path, field) in [
        ("/storage", "sources"),
        ("/carrier", "parameters"),
        ("/panic", "sources"),
        ("/text/500", "said"),
        ("/text/418", "said"),
        ("/by-hand", "sources"),
    ] {
        for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown] {
            let reply = server.send(&Call::anonymous("GET", path).accept(format));
            assert_eq!(reply.header("content-type"), Some(format.media_type()), "{path}");
            reply.assert_hides(&[CANARY]);
            let event = server.event();
            assert!(event[field].as_str().unwrap().contains(CANARY), "{path}: {event}");
        }
    }
}

#[test]
fn a_secret_is_not_even_in_the_log() {
    let server = app::start(Responder::new());
    let reply = server.send(&Call::anonymous("GET", "/import").accept(Format::ProblemDetails));
    assert_eq!((reply.status, &reply.json()["code"]), (422, &"onb_import_invalid".into()));
    assert_eq!(reply.json()["params"], serde_json::json!({"line": 3}));
    reply.assert_hides(&[CANARY, "api_key"]);
    let event = server.event().to_string();
    assert!(event.contains("[redacted]") && !event.contains(CANARY), "{event}");
}

#[test]
fn a_response_made_by_hand_is_written_for_its_reader_too() {
    let server = app::start(Responder::new());
    let reply = server.send(&Call::anonymous("GET", "/by-hand").accept(Format::PlainText));
    assert!(reply.body.starts_with("Internal Server Error · LIFT-0500, HTTP 500\n"), "{reply:?}");
    assert_eq!((reply.status, reply.header("retry-after")), (500, Some("7")));
}

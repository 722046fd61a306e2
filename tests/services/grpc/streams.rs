//! Streams that fail midway: the error ends them, in the caller's language, and is logged once, with what the request tells.

use super::server::{NAME, Server};
use lift_errors::ErrorResponder;
use lift_errors::tonic::StatusDetails;
use serde_json::{Value, json};
use tonic::{Code, Status};

/// What a stream ended with, and all events of the layer about it.
fn end_of_stream(text: &str) -> (Option<Status>, Vec<Value>) {
    let server = Server::start(ErrorResponder::new());
    let (messages, status) = server.call("Stream", text, &[("x-request-id", "stream-7"), ("accept-language", "de")]);
    // tonic sends what is ready in one piece: a panic takes the messages before it along.
    assert!(text.ends_with("panic") || messages[0] == "one", "{text}: {messages:?}");
    (status, server.log.events(""))
}

#[test]
fn an_error_that_ends_a_stream_is_logged_once_with_its_request() {
    for text in ["sample/not_found.with_resource", "lazily/sample/not_found.with_resource"] {
        let (status, events) = end_of_stream(text);
        let status = status.unwrap();
        let details = StatusDetails::new(&status);
        assert_eq!((status.code(), details.code()), (Code::NotFound, Some("not_found")), "{text}");
        assert_eq!(details.localized_message().map(|(locale, _)| locale), Some("de"));
        assert_eq!(status.metadata().get("x-request-id").unwrap(), "stream-7");
        assert_eq!(status.metadata().get_all("lift-error").iter().count(), 1);

        let [event] = events.as_slice() else { panic!("{text}: {events:?}") };
        let found = ["code", "request_id", "rpc.service", "rpc.method", "url.path"].map(|field| &event[field]);
        let path = format!("/{NAME}/Stream");
        assert_eq!(found, ["not_found", "stream-7", NAME, "Stream", &path], "{event:?}");
    }
}

#[test]
fn an_error_that_is_made_away_from_the_request_is_logged_where_it_is_made() {
    let (status, events) = end_of_stream("task/sample/conflict");
    assert_eq!(StatusDetails::new(&status.unwrap()).code(), Some("conflict"));
    assert_eq!((events.len(), &events[0]["code"]), (1, &json!("conflict")), "{events:?}");
    assert!(events[0]["place"].as_str().unwrap().contains("grpc/server.rs"), "{events:?}");
}

#[test]
fn an_error_that_the_call_does_not_know_is_logged_with_its_request() {
    let server = Server::start_within(ErrorResponder::new(), true);
    for text in ["kept/not_found.with_resource", "lazily/early/not_found.with_resource"] {
        for id in ["first", "second"] {
            let before = server.log.events("").len();
            let status = server.call("Stream", text, &[("x-request-id", id)]).1.unwrap();
            let ids: Vec<_> = status.metadata().get_all("x-request-id").iter().map(|id| id.to_str().unwrap()).collect();
            assert_eq!((StatusDetails::new(&status).code(), ids), (Some("not_found"), vec![id]));
            let events = server.log.events("");
            let [event] = &events[before..] else { panic!("{text}: {events:?}") };
            let found = ["code", "id", "request_id", "rpc.method", "message"].map(|field| &event[field]);
            assert_eq!(found, ["not_found", "LIFT-0404", id, "Stream", status.message()], "{event:?}");
            assert_eq!(event["status"], 404);
        }
    }
}

#[test]
fn a_status_of_another_library_that_ends_a_stream_is_logged() {
    for text in ["status/13/no such shelf", "lazily/status/13/no such shelf", "task/status/13/no such shelf"] {
        let (status, events) = end_of_stream(text);
        assert_eq!(status.map(|status| status.message().to_owned()).as_deref(), Some("no such shelf"));
        let [event] = events.as_slice() else { panic!("{text}: {events:?}") };
        let found = ["error.type", "request_id", "rpc.method", "original_text"].map(|field| &event[field]);
        assert_eq!(found, ["_OTHER", "stream-7", "Stream", "no such shelf"], "{event:?}");
        assert_eq!(event["status"], 500);
    }
}

#[test]
fn a_status_that_ends_a_stream_is_replaced_where_that_is_wished() {
    let metadata = [("x-request-id", "stream-7"), ("accept-language", "de")];
    for (responder, text, code) in [
        (ErrorResponder::new(), "lazily/status/5/", "not_found"),
        (
            ErrorResponder::new().with_foreign_errors_replaced(),
            "status/13/canary-text: no such table",
            "internal_server_error",
        ),
    ] {
        let server = Server::start_within(responder, true);
        let reply = server.raw("Stream", text, &metadata);
        assert!(!reply.text().contains("canary"), "{reply:?}");
        let status = Status::from_header_map(&reply.trailers).unwrap();
        let details = StatusDetails::new(&status);
        assert_eq!((details.code(), details.localized_message().map(|(locale, _)| locale)), (Some(code), Some("de")));
        assert_eq!(reply.trailers.get_all("x-request-id").iter().collect::<Vec<_>>(), ["stream-7"]);
        let events = server.log.events("");
        let [event] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((&event["code"], &event["request_id"]), (&json!(code), &json!("stream-7")));
        assert_eq!(event["original_text"].as_str(), text.split_once("13/").map(|(_, text)| text));
    }
}

#[test]
fn a_stream_that_panics_ends_with_a_status() {
    let (status, events) = end_of_stream("lazily/panic");
    let status = status.unwrap();
    assert_eq!((status.code(), StatusDetails::new(&status).code()), (Code::Internal, Some("internal_server_error")));
    assert!(!format!("{status:?}").contains("canary"));
    let [event] = events.as_slice() else { panic!("{events:?}") };
    assert!(event["sources"].as_str().unwrap().contains("panicked: canary-panic at 7"), "{event:?}");
    assert_eq!(event["rpc.method"], "Stream");
}

#[test]
fn an_error_that_is_not_sent_is_not_logged() {
    let (status, events) = end_of_stream("unused/sample/conflict");
    assert!(status.is_none() && events.is_empty(), "{status:?} {events:?}");
}

#[test]
fn two_layers_log_one_event() {
    let server = Server::start_within(ErrorResponder::new(), true);
    for (text, code) in [("lazily/sample/conflict", "conflict"), ("lazily/status/5/gone", "_OTHER")] {
        let before = server.log.events("").len();
        assert!(server.call("Stream", text, &[]).1.is_some());
        let events = server.log.events("");
        assert_eq!((events.len(), &events[before]["error.type"]), (before + 1, &json!(code)), "{events:?}");
    }
}

//! actix-web's own answers, from its router, its extractors and its limits, and responses that the middleware leaves alone.

use super::app::{self, CANARY};
use crate::http::{Call, Reply, raw};
use lift_errors::{ErrorResponder, Format, lift};

fn get(path: &str) -> Call {
    Call::anonymous("GET", path).accept(Format::ProblemDetails)
}

#[test]
fn what_the_router_refuses() {
    let server = app::start(ErrorResponder::new());
    server.send(&get("/nowhere")).response().assert_code(lift::Code::NotFound);
    let event = server.event();
    assert_eq!((&event["url.path"], &event["http.route"]), (&"/nowhere".into(), &serde_json::Value::Null));
    let refused = server.send(&Call { method: "DELETE", ..get("/orders") });
    refused.response().assert_code(lift::Code::MethodNotAllowed).assert_parameter("method", "DELETE");
    assert_eq!(refused.list("allow"), ["GET", "POST"]);
    assert_eq!(server.event()["http.route"], "/orders");
    let head = server.send(&Call { method: "HEAD", ..get("/orders") });
    assert_eq!((head.status, head.header("lift-error"), &*head.body), (405, Some("LIFT-0405"), ""));
    assert!(head.number("content-length") > 0);
}

#[test]
fn what_the_extractors_refuse() {
    let server = app::start(ErrorResponder::new());
    let json =
        |body: &[u8]| Call::anonymous("POST", "/orders").accept(Format::ProblemDetails).body("application/json", body);
    let large = vec![b'a'; 1_001];
    for (call, code, said) in [
        (json(b"{"), lift::Code::BadRequest, "Json deserialize error"),
        (json(br#"{"number":7}"#), lift::Code::BadRequest, "expected a string"),
        (get("/pages"), lift::Code::BadRequest, "missing field `number`"),
        (get("/pages?number=256"), lift::Code::BadRequest, "number too large"),
        (get("/numbers/x"), lift::Code::NotFound, "can not parse"),
        (
            Call::anonymous("PUT", "/files").accept(Format::ProblemDetails).body("a/b", &large),
            lift::Code::PayloadTooLarge,
            "size limit",
        ),
    ] {
        let reply = server.send(&call);
        reply.response().assert_code(code).assert_hides(said);
        let event = server.event();
        assert!(event["original_text"].as_str().unwrap().contains(said), "{event}");
    }
    let many = format!(r#"{{"number":"{}"}}"#, "a".repeat(2_097_152));
    server.send(&json(many.as_bytes())).response().assert_code(lift::Code::PayloadTooLarge);
}

#[test]
fn a_response_made_by_hand_is_written_for_its_reader_and_logged_with_its_sources() {
    let server = app::start(ErrorResponder::new());
    let reply = server.send(&Call::anonymous("GET", "/by-hand").accept(Format::PlainText));
    assert!(reply.body.starts_with("Internal Server Error · LIFT-0500, HTTP 500\n"), "{reply:?}");
    assert_eq!((reply.status, reply.header("retry-after")), (500, Some("70")));
    reply.assert_hides(&[CANARY]);
    assert_eq!(server.event()["sources"], format!("[\"{CANARY}\"]"));
}

#[test]
fn what_a_handler_knows_of_its_reader_is_taken_over() {
    let server = app::start(ErrorResponder::new());
    let reply = server.send(&Call::anonymous("GET", "/reader").accept(Format::PlainText));
    assert_eq!(reply.header("content-language"), Some("fr"));
    assert!(reply.body.contains("carrier-7"), "an operator reads: {reply:?}");
}

#[test]
fn an_error_of_clients_is_the_services_own_fault() {
    let server = app::start(ErrorResponder::new());
    server.send(&get("/errors/connection_failed")).response().assert_code(lift::Code::InternalServerError);
    assert!(
        server.event()["sources"].as_str().unwrap().contains("connection_failed (LIFT-1005), which only clients raise")
    );
}

#[test]
fn bare_statuses_are_explained() {
    let server = app::start(ErrorResponder::new());
    for status in 400..600 {
        for path in [format!("/bare/{status}"), format!("/text/{status}")] {
            let reply = server.send(&get(&path));
            assert_eq!((reply.status, &reply.json()["status"]), (status, &status.into()), "{path}");
            assert_eq!(reply.header("content-type"), Some("application/problem+json"));
            assert_eq!(reply.header("cache-control"), Some("no-store"));
            let explained = lift::Code::from_status(status).is_some();
            assert_eq!(reply.header("lift-error").is_some(), explained);
            reply.assert_hides(&[CANARY]);
            let event = server.event();
            let said = path.starts_with("/text").then(|| format!("{CANARY} said\\u{{a}}as it is"));
            assert_eq!(event["original_text"], serde_json::json!(said), "{event}");
        }
    }
}

#[test]
fn what_is_nobodys_error_is_left_alone() {
    let server = app::start(ErrorResponder::new());
    let fine = server.send(&get("/ok"));
    assert_eq!((fine.status, &*fine.body, fine.header("vary")), (200, "fine", Some("Origin")));
    let headers: Vec<&str> = fine.lasting_headers().into_keys().collect();
    assert_eq!(headers, ["connection", "content-length", "vary"]);
    for status in [200, 500] {
        let stream = server.send(&get(&format!("/stream/{status}")));
        assert_eq!((stream.status, stream.header("content-type")), (status, Some("text/event-stream")));
        assert!(stream.body.contains("one, ") && stream.body.contains("two"), "{stream:?}");
    }
    assert_eq!(server.event()["http.route"], "/stream/{status}");
    let foreign = server.send(&get("/foreign"));
    assert_eq!((foreign.status, &*foreign.body), (500, r#"{"error":"ours"}"#));
    let event = server.event();
    assert_eq!((&event["error.type"], &event["http.route"]), (&"_OTHER".into(), &"/foreign".into()));
    let counts = server.counts();
    assert_eq!(counts["lift_foreign_errors_total{route=/foreign,status=500}"], 1);
    assert_eq!(counts["lift_foreign_errors_total{route=/stream/{status},status=500}"], 1);
}

#[test]
fn foreign_errors_are_replaced_on_request() {
    let server = app::start(ErrorResponder::new().with_foreign_errors_replaced());
    let replaced = server.send(&get("/foreign"));
    replaced.response().assert_code(lift::Code::InternalServerError).assert_hides("ours");
    let stream = server.send(&get("/stream/502"));
    stream.response().assert_code(lift::Code::BadGateway);
    assert_eq!(stream.header("transfer-encoding"), None);
    assert_eq!(server.send(&get("/stream/200")).status, 200);
}

#[test]
fn head_of_a_text_that_is_kept_has_its_length_and_no_body() {
    let server = app::start(ErrorResponder::new().with_text_errors_kept());
    let text = server.get("/text/409");
    let head = server.send(&Call::anonymous("HEAD", "/text/409"));
    assert_eq!((head.status, &*head.body, head.header("lift-error")), (409, "", None));
    assert_eq!(head.lasting_headers(), text.lasting_headers());
    // The next response of the connection is read as what it is.
    for path in ["/text/409", "/errors/conflict", "/bare/404"] {
        let request =
            |method: &str, path: &str, last: &str| format!("{method} {path} HTTP/1.1\r\nHost: lift\r\n{last}\r\n");
        let both = request("HEAD", path, "") + &request("GET", "/ok", "Connection: close\r\n");
        let answers = String::from_utf8(raw(server.address, both.as_bytes(), false)).unwrap();
        let (first, second) = answers.split_once("\r\n\r\n").unwrap();
        assert!(first.contains("content-length: ") && second.starts_with("HTTP/1.1 200 "), "{answers}");
        assert!(second.ends_with("\r\n\r\nfine"), "{answers}");
    }
}

#[test]
fn a_panic_is_one_generic_error_and_the_connection_lives_on() {
    let server = app::start(ErrorResponder::new());
    for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown] {
        let reply = server.send(&Call::anonymous("GET", "/panic/7?token=abc").accept(format));
        assert_eq!((reply.status, reply.header("content-type")), (500, Some(format.media_type())));
        assert_eq!(reply.header("lift-error"), Some("LIFT-0500"));
        assert!(reply.header("x-request-id").is_some());
        reply.assert_hides(&[CANARY, "panicked"]);
        let event = server.event();
        assert_eq!(event["sources"], format!("[\"panicked: {CANARY} panicked\"]"));
        assert_eq!((&event["url.path"], &event["http.route"]), (&"/panic/7".into(), &"/panic/{number}".into()));
    }
    let request = |path: &str, last: &str| format!("GET {path} HTTP/1.1\r\nHost: lift\r\n{last}\r\n");
    let both = request("/panic", "") + &request("/ok", "Connection: close\r\n");
    let answers = String::from_utf8(raw(server.address, both.as_bytes(), false)).unwrap();
    let second = answers.rfind("HTTP/1.1 ").unwrap();
    assert!(answers.starts_with("HTTP/1.1 500 ") && second > 0, "{answers}");
    assert_eq!(Reply::parse(&answers.as_bytes()[second..]).unwrap().status, 200);
}

#[test]
fn counters_begin_at_zero_and_count_by_code() {
    let server = app::start(ErrorResponder::new());
    server.get("/ok");
    let before = server.counts();
    for code in lift::Code::iter().filter(|code| code.entry().status().is_some()) {
        assert_eq!(before[&format!("lift_errors_total{{catalog=lift,error.type={code}}}")], 0);
    }
    for path in ["/errors/conflict", "/errors/conflict", "/panic", "/bare/404", "/bare/418", "/import"] {
        server.get(path);
    }
    let after = server.counts();
    for (labels, count) in [
        ("catalog=lift,error.type=conflict", 2),
        ("catalog=lift,error.type=internal_server_error", 1),
        ("catalog=lift,error.type=not_found", 1),
        ("catalog=onboarding,error.type=onb_import_invalid", 1),
        ("catalog=,error.type=_OTHER", 1),
    ] {
        assert_eq!(after[&format!("lift_errors_total{{{labels}}}")], count, "{labels}: {after:#?}");
    }
}

#[test]
fn a_debug_build_shows_developers_the_sources_and_the_place() {
    for format in [Format::ProblemDetails, Format::Envelope] {
        let call = Call::anonymous("GET", "/by-hand").accept(format);
        let usual = app::start(ErrorResponder::new()).send(&call);
        assert_eq!(usual.json().get("debug"), None);
        let shown = app::start(ErrorResponder::new().with_debug_member()).send(&call).json();
        // A release build of the library does not contain the code (`.ci/deep` runs this test in one, too).
        match cfg!(debug_assertions) {
            true => assert_eq!(
                shown["debug"],
                serde_json::json!({"sources": [CANARY], "variant": "AppError::Storage"}),
                "{shown}"
            ),
            false => assert_eq!(shown.get("debug"), None),
        }
    }
    let text = app::start(ErrorResponder::new().with_debug_member())
        .send(&Call::anonymous("GET", "/by-hand").accept(Format::PlainText));
    text.assert_hides(&[CANARY]);
}

#[test]
fn a_text_ends_with_the_contact_of_support() {
    let brand = lift_errors::Brand::new("Depot").with_support("help@depot.example");
    let server = app::start(ErrorResponder::new().with_brand(brand));
    for path in ["/bare/404", "/bare/418", "/panic"] {
        let ask = |format, language| {
            server.send(&Call::anonymous("GET", path).accept(format).with("Accept-Language", language)).body
        };
        let (text, markdown) = (ask(Format::PlainText, "en"), ask(Format::Markdown, "en"));
        assert!(text.ends_with("\n\nContact support: help@depot.example\n"), "{path}: {text}");
        assert!(markdown.ends_with("\n\nContact support: <help@depot.example>\n"), "{path}: {markdown}");
        assert!(ask(Format::PlainText, "de").ends_with(": help@depot.example\n"));
        assert!(!ask(Format::PlainText, "de").contains("Contact support"), "it is in the reader's language");
        assert!(ask(Format::PlainText, "fr").contains("l’assistance\u{a0}: help@depot.example"));
        assert!(!ask(Format::ProblemDetails, "en").contains("depot.example"));
    }
}

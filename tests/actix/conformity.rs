//! Every canonical error in every format, as a client gets it.

use super::app;
use crate::http::{Call, Reply};
use crate::samples;
use lift_errors::{Format, LiftError as _, Locale, RequestId, Responder, lift};

const FORMATS: [Format; 5] =
    [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown];

const REQUEST_ID: &str = "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11";

fn call(method: &'static str, code: lift::Code, format: Format) -> Call {
    Call::anonymous(method, &format!("/errors/{code}")).accept(format).with("X-Request-Id", REQUEST_ID)
}

#[test]
fn every_error_in_every_format() {
    let server = app::start(Responder::new());
    for code in lift::Code::iter().filter(|code| code.entry().status().is_some()) {
        for format in FORMATS {
            let reply = server.send(&call("GET", code, format));
            is_the_error(&reply, code, format);
            let head = server.send(&call("HEAD", code, format));
            assert_eq!(head.body, "", "{code}");
            assert_eq!(head.number("content-length"), reply.body.len() as u64, "{code}");
            assert_eq!(head.lasting_headers(), reply.lasting_headers(), "{code}");
            let events = server.events();
            assert_eq!(events.len(), 2, "{code}: {events:#?}");
            assert_eq!(events[0]["code"], code.as_str());
            assert_eq!(events[0]["http.route"], "/errors/{code}");
        }
    }
}

/// The status is that of the entry in the status line and in the body, and headers and body are those of the error.
fn is_the_error(reply: &Reply, code: lift::Code, format: Format) {
    let error = samples::bare(code);
    let problem = error.problem().with_request_id(RequestId::new(REQUEST_ID));
    assert_eq!(Some(reply.status), code.entry().status(), "{code}");
    match format {
        Format::ProblemDetails => assert_eq!(reply.json()["status"], reply.status),
        Format::Envelope => assert_eq!(reply.json()["errorCode"], reply.status),
        _ => assert!(reply.body.contains(&reply.status.to_string()), "{}", reply.body),
    }
    match format {
        // The page has a time.
        Format::Html => assert!(reply.body.contains(code.entry().id()) && reply.body.ends_with("</html>\n")),
        _ => assert_eq!(reply.body, problem.display(format).to_string()),
    }
    problem.headers(format, |name, value| assert_eq!(reply.header(name), Some(value), "{code}: {name}"));
    assert_eq!(reply.header("x-request-id"), Some(REQUEST_ID));
    assert_eq!(reply.number("content-length"), reply.body.len() as u64);
    assert_eq!(reply.header("transfer-encoding"), None);
}

#[test]
fn an_error_of_clients_is_the_services_own_fault() {
    let server = app::start(Responder::new());
    let reply = server.send(&call("GET", lift::Code::ConnectionFailed, Format::ProblemDetails));
    reply.response().assert_code(lift::Code::InternalServerError);
    assert!(server.event()["sources"].as_str().unwrap().contains("Unable to connect"));
}

#[test]
fn the_reader_is_answered_in_their_language() {
    let server = app::start(Responder::new());
    let call = Call::anonymous("GET", "/errors/too_many_requests").accept(Format::ProblemDetails);
    for (asked, tag) in [("fr-CA, en;q=0.5", "fr"), ("nl", "nl"), ("tlh", "en"), ("en;q=0, uk", "uk")] {
        let reply = server.send(&call.clone().with("Accept-Language", asked));
        assert_eq!(reply.header("content-language"), Some(tag), "{asked}");
        let title = lift::Code::TooManyRequests.entry().title();
        assert_eq!(reply.json()["title"], title.in_locale(Locale::from_tag(tag).unwrap()).to_string());
    }
    let reader = server.send(&Call::anonymous("GET", "/reader").accept(Format::PlainText));
    assert_eq!(reader.header("content-language"), Some("fr"));
    assert!(reader.body.contains("carrier-7"), "an operator reads: {reader:?}");
}

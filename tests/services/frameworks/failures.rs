//! Errors that no handler returned: what a framework refuses by itself, statuses without a word, panics, and what
//! somebody else wrote.

use super::Service;
use super::numbers::BODY_LIMIT;
use crate::http::{Call, Reply};
use lift_errors::{Format, lift};

fn post(path: &str, media_type: &str, body: &str) -> Call {
    Call::anonymous("POST", path).body(media_type, body.as_bytes())
}

/// A call, and the code that answers it.
fn refused() -> Vec<(Call, lift::Code)> {
    let numbers = "/numbers/1?step=2";
    let long = format!("[{}1]", "1,".repeat(BODY_LIMIT));
    vec![
        (Call::anonymous("GET", "/nowhere"), lift::Code::NotFound),
        (Call::anonymous("GET", "/"), lift::Code::NotFound),
        (Call::anonymous("GET", numbers), lift::Code::MethodNotAllowed),
        (Call::anonymous("BREW", numbers), lift::Code::MethodNotAllowed),
        (post("/numbers/x?step=2", "application/json", "[]"), lift::Code::BadRequest),
        (post("/numbers/1?step=x", "application/json", "[]"), lift::Code::BadRequest),
        (post("/numbers/1", "application/json", "[]"), lift::Code::BadRequest),
        (post(numbers, "application/json", "["), lift::Code::BadRequest),
        (post(numbers, "application/json", &long), lift::Code::PayloadTooLarge),
        (post(numbers, "text/csv", "[]"), lift::Code::UnsupportedMediaType),
        (Call::anonymous("GET", "/panic"), lift::Code::InternalServerError),
        (Call::anonymous("GET", "/bare/404"), lift::Code::NotFound),
        (Call::anonymous("GET", "/bare/502"), lift::Code::BadGateway),
        (Call::anonymous("GET", "/text/409"), lift::Code::Conflict),
    ]
}

#[test]
fn what_a_framework_refuses_is_canonical() {
    for service in Service::all() {
        for (call, code) in refused() {
            let reply = service.send(&call.clone().accept(Format::ProblemDetails));
            let at = format!("{}: {} {}", service.framework, call.method, call.path);
            assert_eq!(Some(reply.status), code.status(), "{at}: {reply:?}");
            reply.response().assert_code(code).assert_header("lift-error", code.id());
            assert_eq!(reply.json()["request_id"].as_str(), reply.header("x-request-id"), "{at}");
            assert_eq!(reply.number("content-length"), reply.body.len() as u64, "{at}");
            if code == lift::Code::MethodNotAllowed {
                assert_eq!(reply.list("allow"), ["POST"], "{at}: {reply:?}");
                assert_eq!(reply.json()["params"]["allow"], "POST", "{at}");
            }
        }
        service.assert_alive();
    }
}

#[test]
fn successes_and_foreign_errors_are_left_alone() {
    let untouched = |reply: &Reply| {
        ["lift-error", "x-request-id", "vary", "content-language"].iter().all(|name| reply.header(name).is_none())
    };
    for service in Service::all() {
        let foreign = service.get("/foreign/409");
        assert_eq!((foreign.status, foreign.body.as_str()), (409, "\"not canonical\""));
        assert!(untouched(&foreign), "{}: {foreign:?}", service.framework);
        let numbers = service.send(&post("/numbers/1?step=2", "application/json", "[3]"));
        assert_eq!((numbers.status, numbers.body.as_str()), (200, "[2,[3]]"));
        assert!(untouched(&numbers) && untouched(&service.get("/bare/204")), "{}", service.framework);
    }
}

#[test]
fn a_panic_is_one_generic_error_and_the_service_lives_on() {
    for service in Service::all() {
        let usual = service.get("/samples/internal_server_error");
        for _ in 0..20 {
            let reply = service.get("/panic");
            let without_id = |reply: &Reply| reply.body.replace(reply.header("x-request-id").unwrap(), "");
            assert_eq!(without_id(&reply), without_id(&usual), "{}", service.framework);
        }
        service.assert_alive();
    }
}

#[test]
fn head_has_the_headers_and_no_body() {
    for service in Service::all() {
        for path in ["/samples/not_found", "/nowhere", "/bare/500", "/panic", "/text/404", "/foreign/409"] {
            for format in [Format::Envelope, Format::Html] {
                let call = |method| Call::anonymous(method, path).with("X-Request-Id", "r-1").accept(format);
                let (get, head) = (service.send(&call("GET")), service.send(&call("HEAD")));
                let at = format!("{}: {path}, {format:?}", service.framework);
                assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{at}");
                assert_eq!(head.lasting_headers(), get.lasting_headers(), "{at}");
            }
        }
    }
}

#[test]
fn a_middleware_inside_of_the_layer_tells_the_language() {
    for service in Service::all() {
        for (path, language) in
            [("/session/early", "uk"), ("/session/late", "uk"), ("/samples/not_found", "de"), ("/session/early", "uk")]
        {
            let call = Call::anonymous("GET", path).with("Accept-Language", "de").accept(Format::PlainText);
            let reply = service.send(&call);
            let at = format!("{}: {path}", service.framework);
            assert_eq!((reply.status, reply.header("content-language")), (404, Some(language)), "{at}: {reply:?}");
        }
    }
    assert_eq!(lift_errors::RequestContext::update(|_| ()), None, "no request is current here");
}

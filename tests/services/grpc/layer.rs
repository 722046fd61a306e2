//! The layer around tonic: every error becomes a status that gRPC can read; what is not an error and
//! what is somebody else's stays.

use super::client::Reply;
use super::log::Log;
use super::server::Server;
use http::{Request, Response};
use lift_errors::tonic::StatusDetails;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, lift};
use std::future::ready;
use std::io;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer as _, ServiceExt as _, service_fn};

fn code_of(reply: &Reply) -> Option<String> {
    StatusDetails::new(&reply.grpc()).code().map(ToOwned::to_owned)
}

#[test]
fn an_http_error_is_answered_as_grpc() {
    let server = Server::shared();
    for (method, code, reason) in [
        ("Bare/404", Code::NotFound, Some("not_found")),
        ("Bare/413", Code::InvalidArgument, Some("payload_too_large")),
        ("Bare/503", Code::Unavailable, Some("service_unavailable")),
        ("Text/409", Code::FailedPrecondition, Some("conflict")),
        ("Json/500", Code::Internal, Some("internal_server_error")),
        ("Bare/429", Code::ResourceExhausted, Some("too_many_requests")),
        ("Text/418", Code::Unknown, None),
    ] {
        for media_type in ["application/grpc", "application/grpc+proto", "Application/gRPC; x=y"] {
            let reply = server.raw(method, "", &[("content-type", media_type)]);
            assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/grpc")), "{reply:?}");
            assert_eq!((reply.grpc().code(), code_of(&reply).as_deref()), (code, reason), "{reply:?}");
            assert!(reply.body.is_empty() && reply.header("x-request-id").is_some(), "{reply:?}");
            assert!(!reply.grpc().message().is_empty());
        }
    }
    let web = server.raw("Bare/404", "", &[("content-type", "application/grpc-web+proto")]);
    assert_eq!((web.status, web.header("content-type")), (200, Some("application/grpc-web")));
}

#[test]
fn who_does_not_speak_grpc_gets_http() {
    for media_type in ["application/json", "application/grpcx", "text/plain"] {
        let reply = Server::shared().raw("Bare/404", "", &[("content-type", media_type), ("accept", "text/plain")]);
        assert_eq!((reply.status, reply.header("lift-error")), (404, Some("LIFT-0404")), "{reply:?}");
        let reply = Server::shared().raw("Answer", "sample/conflict", &[("content-type", media_type)]);
        assert_eq!((reply.status, reply.header("content-type")), (409, Some("application/json")), "{reply:?}");
        assert!(reply.header("grpc-status").is_none() && reply.header("grpc-status-details-bin").is_none());
        // tonic's own fallback.
        let headers = [("content-type", media_type), ("x-request-id", "nowhere")];
        let reply = Server::shared().raw("/nowhere", "", &headers);
        assert_eq!((reply.status, reply.header("lift-error")), (404, Some("LIFT-0404")), "{reply:?}");
        assert!(reply.header("grpc-status").is_none(), "{reply:?}");
    }
    let events = Server::shared().log.events("\"nowhere\"");
    assert_eq!((&events[0]["code"], &events[0]["severity"]), (&"not_found".into(), &"info".into()), "{events:?}");

    for responder in [ErrorResponder::new(), ErrorResponder::new().with_foreign_errors_replaced()] {
        let server = Server::start(responder);
        for (method, text, status) in [
            ("Answer", "status/13/canary-text", 500),
            ("Answer", "status/7/canary-text", 403),
            ("Answer", "status/5/", 404),
            ("Answer", "status/12/canary-text", 501),
            // No entry has these codes, and none has the status 499.
            ("Answer", "status/2/canary-text", 500),
            ("Answer", "status/10/canary-text", 409),
            ("Answer", "status/1/canary-text", 499),
            ("Answer", "passed/conflict", 400),
            ("Header/12", "", 404),
            ("Header/13", "", 500),
        ] {
            let reply = server.raw(method, text, &[("content-type", "application/json"), ("x-request-id", "http")]);
            let is_problem = reply.header("content-type").is_some_and(|kind| kind.ends_with("json"));
            assert_eq!((reply.status, is_problem), (status, true), "{text}: {reply:?}");
            assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("grpc-")), "{reply:?}");
            assert!(!reply.body.is_empty() && !reply.text().contains("canary"), "{reply:?}");
            assert_ne!(reply.header("lift-error"), Some("LIFT-0409").filter(|_| status != 409), "{reply:?}");
        }
        let events = server.log.events("\"http\"");
        assert_eq!(events.len(), 10, "{events:?}");
        let others: Vec<_> = events.iter().filter(|event| event["error.type"] == "_OTHER").collect();
        assert!(others.iter().all(|event| event["status"] == 499), "{others:?}");
        assert_eq!(server.log.events("canary-text").len(), 6);
        // What is not an error stays, as do the statuses of gRPC-Web.
        let reply = server.raw("Header/0", "", &[("content-type", "application/json")]);
        assert_eq!((reply.status, reply.grpc().code()), (200, Code::Ok), "{reply:?}");
        let reply = server.raw("Answer", "fine", &[("content-type", "application/json")]);
        assert_eq!((reply.status, &reply.trailers["grpc-status"]), (200, &"0".parse().unwrap()), "{reply:?}");
        let reply = server.raw("Answer", "status/7/no", &[("content-type", "application/grpc-web+proto")]);
        assert_eq!((reply.status, reply.grpc().code()), (200, Code::PermissionDenied), "{reply:?}");
    }
}

#[test]
fn what_another_service_wrote_canonically_is_passed_on_in_silence() {
    for responder in [ErrorResponder::new(), ErrorResponder::new().with_foreign_errors_replaced()] {
        let server = Server::start(responder);
        for (method, text) in
            [("Answer", "passed/conflict"), ("Stream", "passed/conflict"), ("Stream", "lazily/passed/conflict")]
        {
            let status = server.call(method, text, &[]).1.unwrap();
            assert_eq!(StatusDetails::new(&status).code(), Some("conflict"), "{text}");
        }
        let events = server.log.events("");
        assert!(events.is_empty(), "{events:?}");
    }
}

#[test]
fn a_body_that_is_no_message_of_grpc_is_the_callers_fault() {
    let server = Server::start(ErrorResponder::new());
    for body in ["", "{}", "true", "[\"PO-7\"]", "{\"order\":\"PO-7\"}"] {
        let reply = server.post("Answer", body.into(), &[("content-type", "application/json")]);
        assert_eq!((reply.status, reply.header("lift-error")), (415, Some("LIFT-0415")), "{body}: {reply:?}");
        assert!(reply.header("grpc-status").is_none(), "{reply:?}");
        // A broken message of a caller that speaks gRPC may be the fault of either.
        assert_eq!(server.post("Answer", body.into(), &[]).grpc().code(), Code::Internal, "{body}");
    }
    let events = server.log.events("unsupported_media_type");
    assert_eq!(events.len(), 5, "{events:?}");
}

#[test]
fn an_error_whose_status_tonic_made_is_logged() {
    let server = Server::start(ErrorResponder::new());
    let status = server.status("boxed/conflict", &[("accept-language", "de")]);
    let details = StatusDetails::new(&status);
    assert_eq!((details.code(), details.localized_message().map(|(locale, _)| locale)), (Some("conflict"), Some("de")));
    let events = server.log.events("");
    assert_eq!((events.len(), &events[0]["code"]), (1, &"conflict".into()), "{events:?}");
}

#[test]
fn an_error_whose_status_was_made_anew_is_logged() {
    let server = Server::start(ErrorResponder::new());
    for (method, text) in [("Answer", "anew/conflict"), ("Stream", "anew/conflict")] {
        let status = server.call(method, text, &[("x-request-id", text)]).1.unwrap();
        assert_eq!((StatusDetails::new(&status).code(), status.message()), (Some("conflict"), "anew"));
    }
    let events = server.log.events("");
    let codes: Vec<_> = events.iter().map(|event| (&event["code"], &event["error.type"])).collect();
    assert_eq!(codes, [(&"conflict".into(), &"conflict".into()); 2], "{events:?}");
    // Also that of another call, with the id of this one.
    for id in ["first", "second"] {
        let status = server.status("kept-anew/conflict", &[("x-request-id", id)]);
        assert_eq!(status.metadata().get("x-request-id").unwrap(), id);
    }
    let events = server.log.events("conflict");
    let ids: Vec<_> = events.iter().skip(2).map(|event| &event["request_id"]).collect();
    assert_eq!(ids, ["first", "second"], "{events:?}");
}

#[test]
fn a_status_of_somebody_elses_stays_and_is_logged() {
    let server = Server::start(ErrorResponder::new());
    for (number, message) in
        [(5, "no such order, says the service"), (9, ""), (12, "not yet"), (2, "odd"), (16, "first log in")]
    {
        let status = server.status(&format!("status/{number}/{message}"), &[]);
        assert_eq!((status.code(), status.message()), (Code::from_i32(number), message));
        assert!(status.details().is_empty() && status.metadata().get("x-request-id").is_none(), "{status:?}");
    }
    let events = server.log.events("_OTHER");
    assert_eq!(events.len(), 5, "{events:?}");
    assert_eq!(
        (&events[0]["original_text"], &events[0]["status"]),
        (&"no such order, says the service".into(), &404.into())
    );

    let unknown = server.raw("/lift.test.Nobody/Answer", "", &[]);
    assert_eq!(unknown.grpc().code(), Code::Unimplemented);
}

#[test]
fn a_status_without_a_word_is_explained_and_any_where_that_is_wished() {
    let server = Server::start(ErrorResponder::new());
    for (number, code) in [(5, "not_found"), (13, "internal_server_error"), (7, "forbidden")] {
        let status = server.status(&format!("status/{number}/"), &[]);
        assert_eq!((status.code(), StatusDetails::new(&status).code()), (Code::from_i32(number), Some(code)));
    }
    for (number, code) in [(12, Some("not_implemented")), (0, None)] {
        let reply = server.raw(&format!("Header/{number}"), "", &[("x-request-id", "a-header")]);
        assert_eq!((reply.grpc().code(), code_of(&reply).as_deref()), (Code::from_i32(number), code), "{reply:?}");
    }
    assert_eq!(server.log.events("\"a-header\"").len(), 1);
    let server = Server::start(ErrorResponder::new().with_foreign_errors_replaced());
    let status = server.status("status/13/canary-text: no such table", &[("x-request-id", "replaced")]);
    assert_eq!(StatusDetails::new(&status).code(), Some("internal_server_error"));
    assert!(!format!("{status:?}").contains("canary"));
    assert_eq!(server.log.events("\"replaced\"")[0]["original_text"], "canary-text: no such table");
    // What another service says canonically stays, as over HTTP, and as in the trailers of a stream.
    for text in ["passed/validation_failed.with_fields", "passed/conflict"] {
        let status = server.status(text, &[]);
        let sent = Server::shared().status(&text.replace("passed", "sample"), &[]);
        let (status, sent) = (StatusDetails::new(&status), StatusDetails::new(&sent));
        assert_eq!((status.code(), status.field_errors()), (sent.code(), sent.field_errors()));
    }
}

#[test]
fn successes_are_left_alone() {
    for method in ["Answer", "Stream"] {
        let reply = Server::shared().raw(method, "fine", &[("x-request-id", "fine")]);
        let names: Vec<_> = reply.headers.keys().filter(|name| *name != "date").collect();
        assert_eq!(names, ["content-type"], "{reply:?}");
        assert_eq!(reply.trailers["grpc-status"], "0");
    }
    assert!(Server::shared().log.events("\"fine\"").is_empty());
}

#[test]
fn hostile_headers_are_answered_and_none_comes_back() {
    let server = Server::shared();
    let long = "en-".repeat(2_000);
    for (name, value) in [
        ("accept-language", "../../etc/passwd"),
        ("accept-language", "en;q=NaN, *;q=0"),
        ("accept-language", long.as_str()),
        ("x-request-id", "<script>alert(1)</script>"),
        ("x-request-id", "%0d%0aset-cookie: x"),
        ("accept", "text/html"),
    ] {
        let reply = server.raw("Answer", "sample/not_found", &[(name, value)]);
        assert_eq!((reply.status, code_of(&reply).as_deref()), (200, Some("not_found")), "{name}");
        assert!(!reply.text().contains("script") && !reply.text().contains("passwd"), "{reply:?}");
        assert!(!reply.text().contains("set-cookie"), "{reply:?}");
    }
}

/// The layers of tower have an `Err` where a service would answer, and tonic makes a response of a status in it.
#[test]
fn a_status_that_a_layer_fails_with_is_logged() {
    let log = Log::default();
    let _kept = log.keep();
    let failing = service_fn(async |_: Request<Body>| {
        let source = io::Error::other("the queue is full");
        Err::<Response<Body>, Status>(ErrorResponse::new(lift::Error::gateway_timeout().caused_by(source)).into())
    });
    let request = Request::post("/lift.test.Errors/Answer").header("content-type", "application/grpc");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answer = ErrorLayer::default().layer(failing).oneshot(request.body(Body::default()).unwrap());
    assert_eq!(runtime.block_on(answer).err().map(|status| status.code()), Some(Code::DeadlineExceeded));
    let events = log.events("gateway_timeout");
    assert_eq!(events.len(), 1);
    // A filter refuses a call before it makes a future.
    let refusing = service_fn(|_: Request<Body>| {
        ready(Err::<Response<Body>, Status>(ErrorResponse::new(lift::Error::unauthorized()).into()))
    });
    for refused in 1..3 {
        let request = Request::post("/lift.test.Errors/Answer").header("content-type", "application/grpc");
        let answer = ErrorLayer::default().layer(refusing).oneshot(request.body(Body::default()).unwrap());
        assert_eq!(runtime.block_on(answer).err().map(|status| status.code()), Some(Code::Unauthenticated));
        assert_eq!(log.events("unauthorized").len(), refused);
    }
    // An error that the handler got over is not what the call failed with.
    let failing = service_fn(async |_: Request<Body>| {
        drop(Status::from(ErrorResponse::new(lift::Error::gone())));
        tokio::task::yield_now().await;
        Err::<Response<Body>, Status>(Status::unavailable("overloaded"))
    });
    let request = Request::post("/lift.test.Errors/Answer").header("content-type", "application/grpc");
    let answer = ErrorLayer::default().layer(failing).oneshot(request.body(Body::default()).unwrap());
    assert_eq!(runtime.block_on(answer).err().map(|status| status.code()), Some(Code::Unavailable));
    assert!(log.events("gone").is_empty());
    let event = &events[0];
    assert_eq!(
        (&event["http.request.method"], &event["url.path"]),
        (&"POST".into(), &"/lift.test.Errors/Answer".into())
    );
    assert!(event["sources"].to_string().contains("the queue is full"), "{event:?}");
}

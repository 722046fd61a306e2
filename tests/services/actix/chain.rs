//! The middleware among others: those of actix-web, actix-cors, and a service's own.

use super::app::{CANARY, routes};
use super::server::Server;
use crate::http::Call;
use actix_cors::Cors;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, LOCATION};
use actix_web::middleware::{
    Compress, DefaultHeaders, ErrorHandlerResponse, ErrorHandlers, Logger, Next, NormalizePath, from_fn,
};
use actix_web::{App, Error, HttpResponse, HttpServer, ResponseError as _, error, web};
use lift_errors::actix_web::ErrorMiddleware;
use lift_errors::{EXPOSED_HEADERS, ErrorResponder, Format, RequestContext, lift};
use std::cell::Cell;

fn get(path: &str) -> Call {
    Call::anonymous("GET", path).accept(Format::ProblemDetails)
}

/// A middleware of a service's own, which refuses as it is told: all the ways that there are.
async fn refuse<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let told = request.headers().get("x-refuse").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    match told.as_str() {
        "" => Ok(next.call(request).await?.map_into_boxed_body()),
        "error" => Err(lift::Error::session_expired().into()),
        "text" => Err(error::ErrorForbidden(format!("{CANARY} is not you"))),
        "foreign" => {
            let response = HttpResponse::Conflict().content_type("application/json").body("{}");
            Err(error::InternalError::from_response(CANARY, response).into())
        }
        "by_hand" => Ok(request.into_response(lift::Error::conflict().error_response())),
        "response" => Ok(request.error_response(lift::Error::too_many_requests(
            60,
            std::time::Duration::from_secs(60),
            std::time::Duration::from_secs(12),
        ))),
        _ => panic!("{CANARY} panicked"),
    }
}

fn start() -> Server {
    Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let cors =
                Cors::default().allowed_origin("https://lift.example").expose_headers(EXPOSED_HEADERS.iter().copied());
            App::new()
                .configure(routes)
                .wrap(from_fn(refuse))
                .wrap(NormalizePath::trim())
                .wrap(ErrorMiddleware::new(ErrorResponder::new()))
                .wrap(Compress::default())
                .wrap(cors)
                .wrap(Logger::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    })
}

#[test]
fn a_middlewares_refusal_is_canonical_however_it_is_given() {
    let server = start();
    for (told, code) in [
        ("error", lift::Code::SessionExpired),
        ("text", lift::Code::Forbidden),
        ("by_hand", lift::Code::Conflict),
        ("response", lift::Code::TooManyRequests),
        ("panic", lift::Code::InternalServerError),
    ] {
        let call = get("/ok").with("X-Refuse", told).with("X-Request-Id", "r-1");
        let reply = server.send(&call);
        reply.response().assert_code(code).assert_hides(CANARY).assert_header("x-request-id", "r-1");
        assert_eq!(server.event()["code"], code.as_str());
        let page =
            server.send(&Call { headers: Vec::new(), ..call.clone() }.accept(Format::Html).with("X-Refuse", told));
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{told}");
        let head = server.send(&Call { method: "HEAD", ..call });
        assert_eq!((head.status, &*head.body), (reply.status, ""), "{told}");
        assert_eq!(head.number("content-length"), reply.number("content-length"), "{told}");
        server.events();
    }
    let foreign = server.send(&get("/ok").with("X-Refuse", "foreign"));
    assert_eq!((foreign.status, &*foreign.body), (409, "{}"));
    assert_eq!(server.event()["error.type"], "_OTHER");
    assert_eq!(server.get("/ok").status, 200);
}

#[test]
fn pages_of_other_origins_read_every_error() {
    let server = start();
    let refused = |told: &str| get("/ok").with("X-Refuse", told);
    let calls = [
        get("/errors/conflict"),
        get("/nowhere"),
        get("/panic"),
        refused("error"),
        refused("by_hand"),
        refused("panic"),
    ];
    for call in calls {
        let reply = server.send(&call.with("Origin", "https://lift.example"));
        assert!(reply.header("lift-error").is_some(), "{reply:?}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("https://lift.example"), "{reply:?}");
        assert!(reply.list("access-control-expose-headers").iter().any(|name| name.eq_ignore_ascii_case("Lift-Error")));
        let vary: Vec<String> = reply.list("vary").iter().map(|name| name.to_ascii_lowercase()).collect();
        for name in ["accept", "accept-language", "origin"] {
            assert!(vary.iter().any(|given| given == name), "{reply:?}");
        }
    }
}

#[test]
fn errors_are_compressed_and_paths_are_normalised() {
    let server = start();
    let call = get("/errors/conflict/").with("Accept-Encoding", "gzip");
    let bytes = crate::http::raw(server.address, &call.bytes(), false);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 409 ") && head.contains("content-encoding: gzip"), "{head}");
    assert!(head.contains("lift-error: lift-0409") && head.contains("transfer-encoding: chunked"), "{head}");
    assert!(!head.contains("content-length"), "{head}");
    assert!(bytes[end..].windows(2).any(|window| window == [0x1f, 0x8b]));
    let plain = server.send(&get("/errors/conflict/"));
    plain.response().assert_code(lift::Code::Conflict);
}

#[test]
fn a_text_that_a_middleware_further_in_compresses_or_hides_is_replaced() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let app = App::new().configure(routes).wrap(Compress::default()).wrap(Logger::default());
            app.wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    let text = format!("{CANARY} said\\u{{a}}as it is");
    for (path, coding, logged) in [
        ("/text/500", "gzip", "(a compressed text)"),
        ("/text/500", "identity", text.as_str()),
        ("/pieces/500", "gzip", "(a compressed text)"),
        ("/pieces/500", "identity", "one, two"),
    ] {
        let reply = server.send(&get(path).with("Accept-Encoding", coding));
        reply.response().assert_code(lift::Code::InternalServerError).assert_hides(CANARY);
        assert_eq!((reply.header("content-encoding"), reply.header("transfer-encoding")), (None, None), "{reply:?}");
        assert_eq!(server.event()["original_text"], logged, "{path}, {coding}");
    }
}

#[test]
fn an_error_is_no_attachment() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let attached = DefaultHeaders::new().add((CONTENT_DISPOSITION, "attachment"));
            App::new().configure(routes).wrap(attached).wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    for (path, is_attached) in [("/ok", true), ("/bare/404", false), ("/errors/conflict", false), ("/by-hand", false)] {
        let reply = server.send(&Call::anonymous("GET", path).accept(Format::Html));
        assert_eq!(reply.header("content-disposition").is_some(), is_attached, "{reply:?}");
        assert_eq!(reply.body.starts_with("<!DOCTYPE html>"), !is_attached, "{reply:?}");
    }
    assert_eq!(server.events().len(), 3);
}

thread_local! {
    /// A response that was made for one request and is given to another.
    static KEPT: Cell<Option<HttpResponse>> = const { Cell::new(None) };
}

#[test]
fn a_response_that_was_made_for_another_request_has_the_id_of_its_own() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let keep = async || {
                KEPT.set(Some(lift::Error::conflict().error_response()));
                "kept"
            };
            let give = async || KEPT.take().unwrap();
            let app = App::new().route("/keep", web::get().to(keep)).route("/give", web::get().to(give));
            app.wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    server.send(&get("/keep").with("X-Request-Id", "first"));
    let reply = server.send(&get("/give").with("X-Request-Id", "second"));
    reply.response().assert_code(lift::Code::Conflict).assert_header("x-request-id", "second");
    assert_eq!(server.event()["request_id"], "second");
}

#[test]
fn a_handler_can_tell_the_id_of_the_error_to_come() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let handler = async || {
                let id = RequestContext::update(|context| context.request_id().to_string()).unwrap();
                HttpResponse::NotFound().insert_header(("x-told", id)).finish()
            };
            App::new().route("/", web::get().to(handler)).wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    let [made, given] = [get("/"), get("/").with("X-Request-Id", "given")].map(|call| server.send(&call));
    for reply in [&made, &given] {
        reply.response().assert_code(lift::Code::NotFound);
        assert_eq!(reply.header("x-told"), reply.header("x-request-id"), "{reply:?}");
    }
    assert_eq!(given.header("x-told"), Some("given"));
}

/// The service's own page for a status.
fn page<B>(response: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    let response = response.map_body(|head, _| {
        head.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        BoxBody::new("<h1>ours</h1>")
    });
    Ok(ErrorHandlerResponse::Response(response.map_into_right_body()))
}

#[test]
fn error_handlers_have_the_last_word_outside() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            App::new()
                .configure(routes)
                .wrap(ErrorHandlers::new().handler(StatusCode::NOT_FOUND, page).handler(StatusCode::CONFLICT, page))
                .wrap(ErrorMiddleware::default())
                .wrap(ErrorHandlers::new().handler(StatusCode::FORBIDDEN, page))
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    for (path, status) in [("/nowhere", 404), ("/errors/forbidden", 403)] {
        let reply = server.send(&get(path));
        assert_eq!((reply.status, &*reply.body), (status, "<h1>ours</h1>"));
    }
    server.send(&get("/errors/conflict")).response().assert_code(lift::Code::Conflict);
    let types: Vec<_> = server.events().into_iter().map(|mut event| event["error.type"].take()).collect();
    assert_eq!(types, ["_OTHER", "forbidden", "conflict"]);
}

/// Sends the reader to a page of apology. The response keeps its extensions, and with them the error.
fn redirect<B>(mut response: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    *response.response_mut().status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("/sorry"));
    Ok(ErrorHandlerResponse::Response(response.map_into_left_body()))
}

#[test]
fn a_fault_that_error_handlers_answer_with_a_redirect_is_logged() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            let sorry = ErrorHandlers::new().default_handler(redirect);
            App::new().configure(routes).wrap(sorry).wrap(ErrorMiddleware::default()).wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    let reply = server.send(&get("/by-hand"));
    assert_eq!((reply.status, reply.header("location")), (302, Some("/sorry")));
    let event = server.event();
    assert_eq!((&event["code"], &event["status"]), (&"internal_server_error".into(), &302.into()));
    assert_eq!(event["reason"], "another layer answered with this status in place of the error");
    // Nobody looks for an error of the client.
    assert_eq!(server.send(&get("/errors/unauthorized")).status, 302);
    assert_eq!(server.events(), [serde_json::Value::Null; 0]);
}

#[test]
fn an_error_is_written_and_logged_once() {
    let server = Server::start(|listener, watch| {
        let app = move || {
            watch.install();
            App::new().configure(routes).wrap(ErrorMiddleware::default()).wrap(ErrorMiddleware::default())
        };
        Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
    });
    for path in ["/errors/forbidden", "/bare/404", "/panic"] {
        let reply = server.send(&get(path));
        assert_eq!(reply.list("vary"), ["Accept", "Accept-Language"]);
        assert!(server.event()["code"].is_string());
    }
    let reply = server.send(&get("/elsewhere"));
    reply.response().assert_code(lift::Code::InternalServerError);
    assert_eq!((&server.event()["code"], reply.list("vary").len()), (&"internal_server_error".into(), 2));
    assert_eq!(server.send(&get("/foreign")).body, r#"{"error":"ours"}"#);
    assert_eq!(server.event()["error.type"], "_OTHER");
}

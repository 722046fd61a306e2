//! A framework without a layer of ours, whose own middleware runs each handler in the context of its request.

use super::{json, run};
use crate::frameworks::log;
use http::{Request, Response};
use lift_errors::{ErrorResponder, ErrorResponse, Locale, RequestContext, lift};
use std::sync::Arc;
use std::task::Poll;

/// What the middleware of the framework does.
async fn handle<F>(responder: &Arc<ErrorResponder>, request: &Request<()>, handler: F) -> Response<Vec<u8>>
where
    F: Future<Output = Response<Vec<u8>>> + Send,
{
    let mut context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
    let (mut head, body) = responder.scope(&mut context, handler).await.into_parts();
    let written = responder.respond(&mut context, &mut head, body.is_empty());
    Response::from_parts(head, written.map_or(body, Vec::from))
}

/// A server may move a request to another thread.
fn is_send(_: &impl Send) {}

fn request(id: &str, accept: &str, language: &str) -> Request<()> {
    let request = Request::put("/orders/PO-7?token=abc").header("x-request-id", id);
    request.header("accept", accept).header("accept-language", language).body(()).unwrap()
}

/// A handler that waits for something, so that others work on the same thread meanwhile.
async fn order() -> Response<Vec<u8>> {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    ErrorResponse::new(lift::not_found::new().with_resource("PO-7")).into_http()
}

#[test]
fn an_error_made_in_a_handler_is_written_for_its_reader_and_logged_with_its_request() {
    log::begin();
    let responder = Arc::new(ErrorResponder::new());
    let (german, french) =
        (request("scope-de", "text/plain", "de"), request("scope-fr", "application/problem+json", "fr"));
    let (german, french) = run(async {
        let handled = (handle(&responder, &german, order()), handle(&responder, &french, order()));
        is_send(&handled);
        tokio::join!(handled.0, handled.1)
    });
    for (response, id, media_type, detail) in [
        (german, "scope-de", "text/plain; charset=utf-8", "Der Server konnte PO-7 nicht finden."),
        (french, "scope-fr", "application/problem+json", "Le serveur n’a pas trouvé ce que vous demandez"),
    ] {
        assert_eq!((response.status().as_u16(), &response.headers()["x-request-id"]), (404, &id.parse().unwrap()));
        assert_eq!(response.headers()["content-type"], media_type);
        let body = String::from_utf8_lossy(response.body());
        assert!(body.contains(detail), "{body}");
        let events = log::of_request(id);
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!(
            (&events[0]["http.request.method"], &events[0]["url.path"]),
            (&"PUT".into(), &"/orders/PO-7".into())
        );
    }
}

#[test]
fn a_context_comes_back_as_the_handler_left_it() {
    let responder = Arc::new(ErrorResponder::new());
    let ukrainian: Locale = "uk".parse().unwrap();
    let session = || async move {
        RequestContext::update(|context| context.set_locale(ukrainian)).unwrap();
        tokio::task::yield_now().await;
        Response::builder().status(409).body(Vec::new()).unwrap()
    };
    let asked = request("scope-uk", "application/problem+json", "de");
    let response = run(handle(&responder, &asked, session()));
    assert_eq!(response.headers()["content-language"], "uk");
    assert_eq!(json(response.body())["code"], "conflict");

    // The client hangs up before the handler ends.
    let mut context = RequestContext::new(asked.method(), asked.uri(), asked.headers(), asked.extensions());
    run(async {
        let mut handler = Box::pin(responder.scope(&mut context, session()));
        std::future::poll_fn(|task| {
            assert!(handler.as_mut().poll(task).is_pending());
            Poll::Ready(())
        })
        .await;
    });
    assert_eq!((context.path(), context.locale(&lift::CATALOG)), ("/orders/PO-7", ukrainian));
    assert!(RequestContext::update(|_| ()).is_none(), "no request is current any more");
}

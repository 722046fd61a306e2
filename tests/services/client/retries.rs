//! The client for reqwest against a real server, on a clock that jumps over the waits.

use super::on_a_virtual_clock;
use super::server::{Reply, Server, held, response};
use crate::golden_files;
use http_body::{Frame, SizeHint};
use lift_errors::client::{
    ACCEPT, LiftErrorExt as _, MAX_BODY_BYTES, ReceivedError, RetryBudget, RetryMiddleware, RetryPolicy,
};
use lift_errors::{RetryKind, lift};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use reqwest::{Method, Response, header};
use reqwest_middleware::{ClientWithMiddleware, RequestBuilder};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt as _;

pub(super) fn golden(status: u16, name: &str, headers: &[(&str, &str)]) -> Reply {
    let body = fs::read(golden_files::path(&format!("wire/{name}.problem.json"))).unwrap();
    response(status, headers, body)
}

pub(super) fn client(policy: RetryPolicy) -> ClientWithMiddleware {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::new(policy)).build()
}

/// Sends a request, and tells how long that took.
pub(super) fn send(
    method: Method,
    url: &str,
    build: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> (Result<Response, ReceivedError<lift::Error>>, Duration) {
    on_a_virtual_clock(async {
        let start = Instant::now();
        let answer = build(client(RetryPolicy::default()).request(method, url)).send().lift_error().await;
        (answer, start.elapsed())
    })
}

pub(super) fn get(url: &str) -> (Result<Response, ReceivedError<lift::Error>>, Duration) {
    send(Method::GET, url, |request| request)
}

pub(super) const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn what_the_server_asks_for_is_waited_for() {
    let fine = || response(200, &[], "fine");
    for (first, at_least) in [
        // The body's contract alone, a longer header, the shorter one, and the header alone.
        (golden(429, "too_many_requests", &[]), 12),
        (golden(429, "too_many_requests", &[("Retry-After", "40")]), 40),
        (golden(429, "too_many_requests", &[("Retry-After", "4")]), 12),
        (response(429, &[("Retry-After", "9"), ("Retry-After", "31")], "slow down"), 31),
        // The limiters that only name the reset.
        (response(429, &[("RateLimit", "\"default\";r=0;t=12"), ("Date", "nonsense")], ""), 12),
        (response(429, &[("X-RateLimit-Reset", "784111789"), ("Retry-After", "3")], ""), 3),
        (response(429, &[("RateLimit-Reset", "7"), ("Lift-Error", "LIFT-0429")], ""), 7),
        (golden(503, "service_unavailable.pool_exhausted", &[("Retry-After", "30")]), 30),
        // A proxy dropped the header, or made it shorter.
        (golden(429, "too_many_requests", &[("Lift-Error", "LIFT-0429")]), 12),
        (
            golden(
                429,
                "too_many_requests",
                &[("Lift-Error", "LIFT-0429"), ("Lift-Retry", "after"), ("Retry-After", "1")],
            ),
            12,
        ),
        (golden(500, "internal_server_error", &[]), 60),
        (golden(502, "bad_gateway", &[]), 60),
        (golden(504, "gateway_timeout", &[]), 120),
        (response(502, &[], "<html>"), 0),
    ] {
        let server = Server::start([first, fine()]);
        let (answer, took) = get(&server.url);
        assert_eq!(answer.unwrap().status(), 200);
        assert_eq!(server.requests().len(), 2);
        // The first jitter is half a second at most; the clock ticks in milliseconds.
        assert!((seconds(at_least)..=seconds(at_least) + Duration::from_millis(510)).contains(&took), "{took:?}");
    }
}

#[test]
fn what_would_fail_again_or_take_too_long_comes_back_at_once() {
    for (reply, code) in [
        (golden(404, "not_found", &[]), Some(lift::Code::NotFound)),
        (golden(401, "unauthorized", &[]), Some(lift::Code::Unauthorized)),
        (golden(400, "validation_failed.with_fields", &[("Retry-After", "1")]), Some(lift::Code::ValidationFailed)),
        (golden(503, "service_unavailable", &[("Retry-After", "3600")]), Some(lift::Code::ServiceUnavailable)),
        (
            golden(429, "too_many_requests", &[("Retry-After", "18446744073709551616")]),
            Some(lift::Code::TooManyRequests),
        ),
        (response(500, &[], "Internal Server Error"), None),
        (response(503, &[("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")], ""), None),
    ] {
        let server = Server::start([reply]);
        let (answer, took) = get(&server.url);
        let error = answer.unwrap_err();
        assert_eq!(error.error().map(lift::Error::code), code, "{error:?}");
        assert_eq!((server.requests().len(), took.as_secs()), (1, 0), "{error:?}");
    }
}

#[test]
fn a_request_that_may_have_done_half_of_its_work_is_not_sent_again() {
    let import = |request: RequestBuilder| request.body("Product Code,Quantity\nMASK-1,200\n");
    let failed = || golden(500, "internal_server_error", &[]);
    let server = Server::start([failed(), response(200, &[], "")]);
    let (answer, _) = send(Method::POST, &server.url, import);
    assert!(matches!(answer.unwrap_err().error(), Some(lift::Error::InternalServerError { .. })));
    assert_eq!(server.requests().len(), 1);

    // The server knows it again by its key; the second request is the first one, byte for byte.
    let server = Server::start([failed(), response(200, &[], "")]);
    let (answer, took) =
        send(Method::POST, &server.url, |request| import(request).header("Idempotency-Key", "\"i-1\""));
    assert!(answer.is_ok() && took >= seconds(60));
    let requests = server.requests();
    assert_eq!((requests.len(), &requests[0]), (2, &requests[1]));
    assert!(requests[0].ends_with("MASK-1,200\n"), "{requests:?}");

    // A 429 turned it away before anything was done.
    let server = Server::start([golden(429, "too_many_requests", &[]), response(200, &[], "")]);
    let (answer, took) = send(Method::POST, &server.url, import);
    assert!(answer.is_ok() && took >= seconds(12) && server.requests().len() == 2);

    // So did a 503 that says so. A code alone does not say what was done before the error, and a gateway may have put the body or
    // the headers of a refusal into a failure of its own.
    let named = [("Lift-Error", "LIFT-0503"), ("Retry-After", "2")];
    let refused = [("Lift-Error", "LIFT-0429"), ("Lift-Retry", "after"), ("Retry-After", "2")];
    let wait = [("Retry-After", "2")];
    for (reply, sent) in [
        (golden(503, "service_unavailable", &[]), 2),
        (golden(503, "service_unavailable", &named), 2),
        (response(503, &[("Lift-Retry", "after;after=2")], ""), 2),
        (response(503, &named, ""), 1),
        (response(503, &named, r#"{"retry": {"kind": "idempotent", "after": 1}}"#), 1),
        (response(503, &[named[0], named[1], ("Lift-Retry", "sometimes")], ""), 1),
        (golden(500, "too_many_requests", &[]), 1),
        (golden(502, "service_unavailable", &[]), 1),
        (response(500, &refused, ""), 1),
        (response(500, &refused, r#"{"errorCode": 500, "code": "too_many_requests", "catalog": "lift"}"#), 1),
        (response(500, &[], r#"{"code": "busy", "status": 429, "retry": {"kind": "after", "after": 2}}"#), 1),
        (response(500, &[], r#"{"code": "busy", "errorCode": 429, "retry": {"kind": "after", "after": 2}}"#), 1),
        // As JSON of gRPC, and as Google writes it.
        (response(503, &[], busy_rpc(14, "after")), 2),
        (response(503, &[], busy_rpc(503, "after")), 2),
        (response(503, &[], busy_rpc(14, "unknown")), 1),
        (response(500, &[], busy_rpc(14, "after")), 1),
        (response(502, &[], busy_rpc(14, "after")), 1),
        (response(502, &[], busy_rpc(503, "after")), 1),
        (response(500, &[], busy_rpc(13, "after")), 2),
        // A client's fault that repeats the words of another answer. A 429 is a refusal whatever it repeats.
        (response(409, &[], r#"{"code": "busy", "status": 409, "retry": {"kind": "after", "after": 2}}"#), 2),
        (response(409, &[], r#"{"code": "busy", "status": 503, "retry": {"kind": "after", "after": 2}}"#), 1),
        (response(429, &[], r#"{"code": "busy", "status": 503, "retry": {"kind": "after", "after": 2}}"#), 2),
        (golden(409, "service_unavailable", &[]), 1),
        (response(409, &refused, ""), 1),
        (response(409, &[], busy_rpc(10, "after")), 2),
        (response(409, &[], busy_rpc(14, "after")), 1),
        // A full disk, perhaps.
        (response(429, &[], r#"{"code": 8, "message": "disk full", "details": []}"#), 1),
        (response(429, &[("Retry-After", "2")], r#"{"code": 8, "message": "busy", "details": []}"#), 2),
        (response(429, &[], busy_rpc(8, "unknown")), 2),
        // As Envoy writes it without details, or leaves it in the head, and as Google does.
        (response(429, &[], r#"{"code": 8, "message": "disk full"}"#), 1),
        (response(429, &[], r#"{"code": 8}"#), 1),
        (response(429, &[("Retry-After", "2")], r#"{"code": 8, "message": "busy"}"#), 2),
        (response(429, &[("X-RateLimit-Reset", "2")], r#"{"code": 8, "message": "busy"}"#), 2),
        (response(429, &[("grpc-status", "8")], ""), 1),
        (response(429, &[("grpc-status", "8"), ("Retry-After", "2")], ""), 2),
        (response(429, &[], r#"{"error": {"code": 429, "message": "full", "status": "RESOURCE_EXHAUSTED"}}"#), 1),
        // As grpc-gateway 1 and Google's older APIs do.
        (response(429, &[], r#"{"error": "disk full", "code": 8, "message": "disk full"}"#), 1),
        (response(429, &[], older_google(429, "RESOURCE_EXHAUSTED")), 1),
        (response(409, &wait, older_google(503, "UNAVAILABLE")), 1),
        (response(409, &wait, older_google(409, "ABORTED")), 2),
        // Another system's number.
        (response(429, &[], r#"{"error": "busy", "code": 8, "message": "Wait."}"#), 2),
        (response(429, &[], r#"{"code": 8, "message": "busy", "errors": []}"#), 2),
        (response(429, &[], r#"{"code": 8, "message": "busy", "details": ["later"]}"#), 2),
        (response(429, &[], r#"{"code": 8, "message": "busy", "plan": "free"}"#), 2),
        (response(409, &wait, r#"{"code": 5, "message": "sold out"}"#), 2),
        (response(409, &wait, r#"{"code": 10, "message": "busy"}"#), 2),
        (response(409, &wait, r#"{"error": {"code": 409, "message": "busy"}}"#), 2),
        (response(409, &wait, r#"{"error": {"code": 503, "message": "busy"}}"#), 1),
        (response(409, &wait, r#"{"error": {"code": 503, "message": "busy", "status": "UNAVAILABLE"}}"#), 1),
        (response(409, &[("grpc-status", "14"), ("Retry-After", "2")], ""), 1),
        // A call that was cancelled half way.
        (response(499, &wait, r#"{"code": 1, "message": "stopped", "details": []}"#), 1),
        (response(499, &wait, r#"{"code": 1, "message": "stopped"}"#), 1),
        (response(499, &[("grpc-status", "1"), ("Retry-After", "2")], ""), 1),
        (response(499, &[], busy_rpc(1, "after")), 2),
    ] {
        let server = Server::start([reply, response(200, &[], "")]);
        let (answer, _) = send(Method::POST, &server.url, import);
        let kind = answer.as_ref().err().map(|error| error.retry().kind());
        assert_eq!((server.requests().len(), kind), (sent, (sent == 1).then_some(RetryKind::Idempotent)), "{answer:?}");
    }

    // A body that can be read only once can be sent only once.
    let server = Server::start([golden(429, "too_many_requests", &[])]);
    let (answer, _) = send(Method::POST, &server.url, |request| request.body(reqwest::Body::wrap(Once(Some("rows")))));
    assert!(answer.unwrap_err().error().is_some() && server.requests().len() == 1);
}

/// An error as Google's older APIs write it.
fn older_google(status: u16, name: &str) -> String {
    let errors = json!([{"message": "Full.", "reason": "full"}]);
    json!({"error": {"code": status, "message": "Full.", "status": name, "errors": errors}}).to_string()
}

/// The error of a call as JSON, of a service that asks to wait.
fn busy_rpc(code: u16, kind: &str) -> String {
    let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "shop", "reason": "BUSY",
        "metadata": {"lift-retry": kind}});
    let wait = json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2s"});
    json!({"code": code, "message": "busy", "details": [info, wait]}).to_string()
}

/// A body that can't be sent twice.
struct Once(Option<&'static str>);

impl http_body::Body for Once {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Ready(self.0.take().map(|text| Ok(Frame::data(text.into()))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.map_or(0, str::len) as u64)
    }
}

/// The error of a request whose body matters. The virtual clock would jump over the wait for a body that comes late.
fn get_in_real_time(url: &str) -> ReceivedError<lift::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sent = async { client(RetryPolicy::default()).get(url).send().lift_error().await };
    runtime.block_on(sent).unwrap_err()
}

#[test]
fn bodies_are_capped_whatever_they_claim() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        bomb.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let server = Server::start([response(400, &[("Content-Encoding", "gzip"), ("Lift-Error", "LIFT-1004")], bomb)]);
    let error = get_in_real_time(&server.url);
    assert!((MAX_BODY_BYTES - 1..=MAX_BODY_BYTES).contains(&error.body().len()), "{}", error.body().len());
    assert!(matches!(error.error(), Some(lift::Error::ValidationFailed { .. })));

    // 1 GiB is announced, and would come.
    let head = "HTTP/1.1 404 Not Found\r\nContent-Length: 1073741824\r\n\r\n{\"detail\": \"No order PO-1.\",";
    let server = Server::start([Reply::Endless(head.into())]);
    let error = get_in_real_time(&server.url);
    assert_eq!((error.detail(), error.body().len()), (Some("No order PO-1."), MAX_BODY_BYTES));
    assert!(server.blanks() < 32 << 20, "{} bytes were taken", server.blanks());

    // 1 GiB is announced, and the connection breaks: the beginning is read.
    let server =
        Server::start([response(404, &[("Content-Length", "1073741824")], "{\"detail\": \"No order PO-1.\",")]);
    let error = get_in_real_time(&server.url);
    assert_eq!((error.status().unwrap().as_u16(), error.detail()), (404, Some("No order PO-1.")));
}

#[test]
fn a_body_is_waited_for_only_where_it_matters_and_not_for_long() {
    let once = |request: RequestBuilder| request.body(reqwest::Body::wrap(Once(Some("rows"))));
    let never_again = RetryPolicy::default().with_attempts(1);
    for (policy, is_sent_once, id, contract, at_most) in [
        // Whatever it says, nothing follows from it.
        (never_again, false, "LIFT-0404", "", Duration::ZERO),
        (RetryPolicy::default(), true, "LIFT-0404", "", Duration::ZERO),
        // The head alone says enough, also of a catalogue that is not known.
        (RetryPolicy::default(), false, "LIFT-0404", "after_change", Duration::ZERO),
        (RetryPolicy::default(), false, "SHOP-0042", "never", Duration::ZERO),
        (RetryPolicy::default(), false, "LIFT-0404", "", seconds(5)),
    ] {
        let (reply, word) = held(404, &[("Lift-Error", id), ("Lift-Retry", contract)], "{\"detail\": ", "\"None.\"}");
        let server = Server::start([reply]);
        on_a_virtual_clock(async {
            let start = Instant::now();
            let request = client(policy).get(&server.url);
            let response = if is_sent_once { once(request) } else { request }.send().await.unwrap();
            // The clock ticks in milliseconds.
            assert!((at_most..=at_most + Duration::from_millis(2)).contains(&start.elapsed()), "{:?}", start.elapsed());
            assert_eq!(server.in_vain(), 0);
            word.send(()).unwrap();
            assert_eq!(response.text().await.unwrap(), r#"{"detail": "None."}"#);
        });
        assert_eq!((server.requests().len(), server.in_vain()), (1, 0));
    }
    // The head alone says enough, and so does a contract that came.
    let contract = r#"{"retry": {"kind": "after", "after": 2}, "detail": ""#;
    for (status, headers, begun) in [(503, [("Retry-After", "2")], "{"), (418, [("X-Shelf", "7")], contract)] {
        let (reply, _word) = held(status, &headers, begun, "None.\"}");
        let server = Server::start([reply, response(200, &[], "")]);
        let (answer, took) = get(&server.url);
        assert_eq!((answer.unwrap().status().as_u16(), server.requests().len(), server.in_vain()), (200, 2, 0));
        assert!((seconds(7)..seconds(8)).contains(&took), "{took:?}");
    }
}

#[test]
fn a_response_comes_through_the_middleware_as_it_was() {
    let long = "x".repeat(MAX_BODY_BYTES * 3);
    let server = Server::start([response(404, &[("X-Shelf", "7")], &long)]);
    let unread = on_a_virtual_clock(async {
        let response = client(RetryPolicy::default()).get(&server.url).send().await.unwrap();
        assert_eq!((response.url().as_str(), response.status().as_u16()), (server.url.as_str(), 404));
        assert_eq!(
            (&response.headers()["X-Shelf"], response.content_length()),
            (&"7".parse().unwrap(), Some(long.len() as u64))
        );
        response.text().await.unwrap()
    });
    assert!(unread == long);
    // A body that is cut off is an error, not a shorter body, behind the middleware too.
    let server = Server::start([response(404, &[("Content-Length", "100")], "half")]);
    on_a_virtual_clock(async {
        let response = client(RetryPolicy::default()).get(&server.url).send().await.unwrap();
        assert!(response.text().await.is_err());
    });
}

#[test]
fn problem_details_are_asked_for_unless_the_client_chooses() {
    let server = Server::start([response(200, &[], "")]);
    let defaults = [(header::ACCEPT, "application/xml".parse().unwrap())].into_iter().collect();
    let client = reqwest::Client::builder().no_proxy().default_headers(defaults).build().unwrap();
    let with = |middleware| reqwest_middleware::ClientBuilder::new(client.clone()).with(middleware).build();
    let (asking, plain) = (with(RetryMiddleware::default()), with(RetryMiddleware::default().with_client_accept()));
    on_a_virtual_clock(async {
        for request in [
            plain.get(&server.url),
            plain.get(&server.url).header(header::ACCEPT, "text/csv"),
            asking.get(&server.url),
            asking.get(&server.url).header(header::ACCEPT, "text/csv"),
        ] {
            request.send().await.unwrap();
        }
    });
    let requests = server.requests();
    let accepts: Vec<_> = requests
        .iter()
        .map(|request| {
            let lines = request.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(name, _)| name.eq_ignore_ascii_case("accept")).map(|(_, value)| value).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(accepts, [["application/xml"], ["text/csv"], [ACCEPT], ["text/csv"]]);
}

#[test]
fn the_caller_s_own_mistakes_neither_take_from_the_budget_nor_give_to_it() {
    let server = Server::start([golden(404, "not_found", &[])]);
    let mistake = |budget: &RetryBudget| {
        let policy = RetryPolicy::default().with_budget(budget.clone());
        on_a_virtual_clock(async {
            client(policy.clone()).get(&server.url).send().await.unwrap();
            let refuse = |_: http::Request<()>| async {
                Ok::<_, std::convert::Infallible>(http::Response::builder().status(404).body(()).unwrap())
            };
            let service = tower::retry::Retry::new(policy, tower::service_fn(refuse));
            service.oneshot(http::Request::new(())).await.unwrap();
        });
    };
    let full = RetryBudget::new(4, 1.0);
    mistake(&full);
    assert!(full.failed(), "three of four tokens are left");
    mistake(&full);
    assert!(!full.failed(), "two are left");
}

#[test]
fn a_policy_of_tower_takes_a_code_for_no_promise_either() {
    let named = [("Lift-Error", "LIFT-0503"), ("Retry-After", "2")];
    for (status, headers, expected) in [
        (503, vec![named[0], named[1], ("Lift-Retry", "after")], 200),
        (503, named.to_vec(), 503),
        (429, vec![], 200),
        (429, vec![("grpc-status", "8")], 429),
        (429, vec![("grpc-status", "8"), named[1]], 200),
    ] {
        let mut statuses = [status, 200].into_iter();
        let service = tower::service_fn(move |_: http::Request<()>| {
            let response = http::Response::builder().status(statuses.next().unwrap());
            let response = headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
            async { response.body(()) }
        });
        let service = tower::retry::Retry::new(RetryPolicy::default(), service);
        let answer = on_a_virtual_clock(service.oneshot(http::Request::post("/").body(()).unwrap()));
        assert_eq!(answer.unwrap().status(), expected);
    }
}

#[test]
fn attempts_and_give_ups_are_counted() {
    let recorder = DebuggingRecorder::new();
    let snapshots = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let busy = || golden(429, "too_many_requests", &[]);
        get(&Server::start([busy(), busy(), response(200, &[], "")]).url).0.unwrap();
        get(&Server::start([busy()]).url).0.unwrap_err();
        get(&Server::start([golden(404, "not_found", &[])]).url).0.unwrap_err();
        send(Method::POST, &Server::start([golden(500, "internal_server_error", &[])]).url, |request| request)
            .0
            .unwrap_err();
        // A body that is a stream can't be sent twice.
        let streamed = |request: reqwest_middleware::RequestBuilder| {
            request.body(reqwest::Body::wrap(http_body_util::StreamBody::new(tokio_stream::empty::<
                Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>,
            >())))
        };
        send(Method::PUT, &Server::start([response(502, &[], "")]).url, streamed).0.unwrap_err();
    });
    let counts: BTreeMap<String, u64> = snapshots
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, unit, description, value)| {
            let key = key.key();
            assert!(unit.is_some() && description.is_some_and(|text| text.ends_with('.')), "{key:?} is not described");
            let labels: Vec<_> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            let DebugValue::Counter(count) = value else { panic!("{key:?} is not a counter") };
            (format!("{} {}", key.name(), labels.join(" ")), count)
        })
        .collect();
    let expected = [
        ("lift_client_attempts_total outcome=failed", 9),
        ("lift_client_attempts_total outcome=succeeded", 1),
        ("lift_client_give_ups_total reason=attempts", 1),
        ("lift_client_give_ups_total reason=contract", 1),
        ("lift_client_give_ups_total reason=streamed", 1),
        ("lift_client_give_ups_total reason=unrepeatable", 1),
    ];
    assert_eq!(counts, expected.into_iter().map(|(name, count)| (name.to_owned(), count)).collect());
}

#[test]
fn a_deadline_ends_an_attempt_that_is_under_way() {
    let policy = RetryPolicy::default().with_deadline(seconds(5));
    let server = Server::start([Reply::Silence]);
    on_a_virtual_clock(async {
        let start = Instant::now();
        // A longer timeout of the request's own does not change that.
        let request = |policy| client(policy).get(&server.url);
        for request in [request(policy.clone()).timeout(seconds(60)), request(policy)] {
            let error = request.send().lift_error::<lift::Error>().await.unwrap_err();
            assert!(matches!(error.error(), Some(lift::Error::NoAnswerInTime { .. })), "{error:?}");
        }
        assert!(start.elapsed() <= seconds(10) + Duration::from_millis(4), "{:?}", start.elapsed());
    });
}

/// Runs a future on a real clock: a virtual one jumps over what a socket has not brought yet.
fn on_a_real_clock<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_timeout_of_the_client_limits_each_attempt_within_the_deadline() {
    let server = Server::start([Reply::Silence, response(200, &[], "fine")]);
    on_a_real_clock(async {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(500)).build().unwrap();
        let middleware = RetryMiddleware::new(RetryPolicy::default().with_deadline(seconds(60)));
        let client = reqwest_middleware::ClientBuilder::new(client).with(middleware).build();
        assert_eq!(client.get(&server.url).send().await.unwrap().status(), 200);
    });
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_deadline_ends_a_body_that_drips() {
    let (reply, _word) = held(200, &[], "beg", "un");
    let server = Server::start([reply]);
    on_a_real_clock(async {
        let answer = client(RetryPolicy::default().with_deadline(seconds(1))).get(&server.url).send().await.unwrap();
        assert_eq!((answer.url().as_str(), answer.content_length()), (server.url.as_str(), Some(5)));
        assert!(answer.bytes().await.unwrap_err().is_timeout());
    });
    assert_eq!(server.in_vain(), 0);
}

#[test]
fn a_deadline_begins_anew_for_each_request_of_a_service() {
    use tower::Service as _;
    on_a_virtual_clock(async {
        let mut statuses = [200, 503, 200].into_iter();
        let service = tower::service_fn(move |_: http::Request<()>| {
            let response = http::Response::builder().status(statuses.next().unwrap()).body(());
            async { response }
        });
        let mut service = tower::retry::Retry::new(RetryPolicy::default().with_deadline(seconds(10)), service);
        for _ in 0..2 {
            let response = service.ready().await.unwrap().call(http::Request::new(())).await.unwrap();
            assert_eq!(response.status(), 200);
            tokio::time::advance(seconds(60)).await;
        }
    });
}

#[test]
fn a_body_that_drips_ends_after_five_seconds() {
    let (reply, _word) = held(404, &[], "{\"detail\": \"None.\", ", "}");
    let server = Server::start([reply]);
    on_a_virtual_clock(async {
        let start = Instant::now();
        let plain = reqwest::Client::builder().no_proxy().build().unwrap();
        let error = plain.get(&server.url).send().lift_error::<lift::Error>().await.unwrap_err();
        assert_eq!(error.detail(), Some("None."));
        assert!(start.elapsed() <= seconds(5) + Duration::from_millis(2), "{:?}", start.elapsed());
    });
    // The middleware waits for the same five seconds.
    let (reply, _word) = held(404, &[], "{\"detail\": \"None.\", ", "}");
    let (answer, took) = get(&Server::start([reply]).url);
    assert_eq!(answer.unwrap_err().detail(), Some("None."));
    assert!(took <= seconds(5) + Duration::from_millis(4), "{took:?}");
}

#[test]
fn retries_and_their_end_are_logged_with_the_reason() {
    crate::frameworks::log::begin();
    let log = Arc::new(Mutex::new(Vec::new()));
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || Shared(writer.clone()))
        .finish();
    let busy = || response(503, &[("Retry-After", "2"), ("Lift-Error", "LIFT-0503"), ("X-Request-Id", "busy-7")], "");
    let server = Server::start([busy(), busy()]);
    tracing::subscriber::with_default(subscriber, || {
        on_a_virtual_clock(async {
            let client = client(RetryPolicy::default().with_attempts(2));
            client.get(format!("{}?token=secret", server.url)).send().await.unwrap();
            // Nobody listens at port 1.
            client.get("http://127.0.0.1:1/?token=secret").send().await.unwrap_err();
        });
    });
    let log = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    let events: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|event: &serde_json::Value| event["target"] == "lift_errors::client")
        .collect();
    assert_eq!(events.len(), 4, "{log}");
    assert!(events[3]["fields"]["source"].as_str().unwrap().contains("refused"), "{log}");
    assert_eq!((&events[0]["level"], &events[0]["fields"]["attempts"]), (&"DEBUG".into(), &1.into()));
    let ids: Vec<_> = events.iter().map(|event| event["fields"]["upstream_request_id"].as_str()).collect();
    assert_eq!(ids, [Some("busy-7"), Some("busy-7"), None, None], "{log}");
    let last = &events[1];
    assert_eq!((&last["level"], &last["fields"]["reason"]), (&"WARN".into(), &"attempts".into()));
    assert_eq!((&last["fields"]["method"], &last["fields"]["host"]), (&"GET".into(), &"127.0.0.1".into()));
    assert!(last["fields"]["error"].as_str().unwrap().contains("LIFT-0503") && !log.contains("secret"), "{log}");
}

/// A log that a test reads.
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

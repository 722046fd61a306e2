//! A service between a client and another service: what it tells its own caller about requests that it carried out in part.

use super::on_a_virtual_clock;
use super::retries::{golden, seconds};
use super::server::{Server, response};
use crate::frameworks::log;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::any;
use http::{HeaderName, StatusCode};
use lift_errors::client::{LiftErrorExt as _, ReceivedError, RetryMiddleware, UpstreamError, noting_redirects};
use lift_errors::{ErrorLayer, ErrorResponse, Format, LiftError, RetryKind, lift};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tower::{Layer as _, ServiceExt as _, service_fn};

#[derive(Debug, LiftError)]
enum OrderError {
    #[lift(transparent)]
    Carrier(#[from] UpstreamError),
    #[lift(transparent)]
    Forwarded(#[from] lift::Error),
    #[lift(code = conflict)]
    Taken,
}

/// The service in the middle. It stores an order, and asks a carrier to fetch it.
#[derive(Clone)]
struct Orders {
    carrier: String,
    /// Whether the order is stored before the carrier is asked.
    stores_first: bool,
    convert: fn(ReceivedError) -> OrderError,
    stored: Arc<AtomicUsize>,
}

async fn order(State(orders): State<Orders>) -> Result<String, OrderError> {
    let store = || orders.stored.fetch_add(1, Ordering::SeqCst);
    if orders.stores_first {
        store();
    }
    let http = Client::builder().no_proxy().build().unwrap();
    http.post(&orders.carrier).send().lift_error().await.map_err(orders.convert)?;
    if !orders.stores_first {
        store();
    }
    Ok("ordered".into())
}

/// What is between the client and the service.
type Gateway = fn(Response) -> Response;

/// Sends an order by a client that retries, where the carrier refuses the first request: the answer, how often the order was
/// stored, and how often the carrier was asked.
fn send(
    method: Method,
    stores_first: bool,
    convert: fn(ReceivedError) -> OrderError,
) -> (Result<(), ReceivedError>, usize, usize) {
    send_through(|response| response, RetryMiddleware::default(), method, stores_first, convert)
}

fn send_through(
    gateway: Gateway,
    middleware: RetryMiddleware,
    method: Method,
    stores_first: bool,
    convert: fn(ReceivedError) -> OrderError,
) -> (Result<(), ReceivedError>, usize, usize) {
    let busy = golden(429, "too_many_requests", &[("Retry-After", "12")]);
    let carrier = Server::start([busy, response(200, &[], "fetched")]);
    let stored = Arc::new(AtomicUsize::new(0));
    let orders = Orders { carrier: carrier.url.clone(), stores_first, convert, stored: stored.clone() };
    let answer = on_a_virtual_clock(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/orders", listener.local_addr().unwrap());
        let app = ErrorLayer::default().wrap_router(Router::new().route("/orders", any(order)).with_state(orders));
        let app = app.layer(map_response(move |response| ready(gateway(response))));
        tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
        let redirects = noting_redirects(Policy::default());
        let client = Client::builder().no_proxy().redirect(redirects).build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client).with(middleware).build();
        client.request(method, url).send().lift_error().await.map(drop)
    });
    (answer, stored.load(Ordering::SeqCst), carrier.requests().len())
}

fn forwarded(error: ReceivedError) -> OrderError {
    error.forward().map_or_else(|error| error.into_upstream().into(), OrderError::from)
}

#[test]
fn a_refusal_behind_a_service_says_nothing_of_that_service_s_work() {
    for convert in [(|error| error.into_upstream().with_name("carrier").into()) as fn(ReceivedError) -> _, forwarded] {
        let (answer, stored, asked) = send(Method::POST, true, convert);
        let error = answer.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), stored, asked), (503, 1, 1), "{error}");
        assert_eq!((error.retry().kind(), error.retry().wait()), (RetryKind::Idempotent, Some(seconds(12))));
        // A request that is safe to repeat is repeated, after the upstream's delay.
        let (answer, stored, asked) = send(Method::PUT, true, convert);
        assert_eq!((answer.is_ok(), stored, asked), (true, 2, 2));
    }
}

/// A gateway that passes on the headers that it knows.
fn with_known_headers(mut response: Response, known: &[&str]) -> Response {
    let headers = std::mem::take(response.headers_mut());
    let is_known = |name: &HeaderName| known.contains(&name.as_str());
    let headers = headers.iter().filter(|(name, _)| is_known(name));
    *response.headers_mut() = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
    response
}

#[test]
fn a_gateway_that_drops_the_contract_repeats_no_order() {
    let of_code: Gateway =
        |response| with_known_headers(response, &["content-type", "retry-after", "lift-error", "x-request-id"]);
    let of_http: Gateway = |response| with_known_headers(response, &["content-type", "retry-after"]);
    let failing: Gateway = |response| {
        let is_error = response.status().is_server_error();
        let mut response = with_known_headers(response, &["content-type"]);
        if is_error {
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        }
        response
    };
    let asking = RetryMiddleware::default;
    for (gateway, middleware) in [
        (of_code, asking()),
        (of_code, asking().with_client_accept()),
        (of_http, asking()),
        // The envelope does not say the kind.
        (of_http, asking().with_client_accept()),
        (failing, asking()),
        (failing, asking().with_client_accept()),
    ] {
        let send =
            |method| send_through(gateway, middleware.clone(), method, true, |error| error.into_upstream().into());
        let (answer, stored, asked) = send(Method::POST);
        let error = answer.unwrap_err();
        assert_eq!((error.retry().kind(), stored, asked), (RetryKind::Idempotent, 1, 1), "{error}");
        let (answer, stored, asked) = send(Method::PUT);
        assert_eq!((answer.is_ok(), stored, asked), (true, 2, 2), "{answer:?}");
    }
}

#[test]
fn a_service_that_did_nothing_before_says_so() {
    for convert in [(|error| error.before_any_work().into_upstream().into()) as fn(ReceivedError) -> _, |error| {
        forwarded(error.before_any_work())
    }] {
        let (answer, stored, asked) = send(Method::POST, false, convert);
        assert_eq!((answer.is_ok(), stored, asked), (true, 1, 2));
    }
}

#[test]
fn every_format_has_the_weaker_contract() {
    let busy = super::read(429, &[("Retry-After", "12")], "");
    let error = OrderError::from(busy.into_upstream().with_name("carrier-7"));
    let response = ErrorResponse::new(error);
    let copied = ErrorResponse::from_ref(&response);
    for response in [response, copied] {
        let problem = response.problem();
        let text = |format| problem.display(format).to_string();
        assert!(text(Format::ProblemDetails).contains(r#""retry":{"kind":"idempotent","after":12}"#));
        assert!(text(Format::Envelope).contains(r#""retryAfter":12"#));
        assert!(text(Format::Markdown).contains("\nretry: \"idempotent\""), "{}", text(Format::Markdown));
        let mut headers = Vec::new();
        problem.headers(Format::Envelope, |name, value| headers.push(format!("{name}: {value}")));
        for header in ["lift-error: LIFT-0503", "lift-retry: idempotent", "retry-after: 12"] {
            assert!(headers.iter().any(|line| line == header), "{headers:?}");
        }
    }
    assert_eq!(OrderError::Taken.problem().retry(), lift::conflict::ENTRY.retry());
}

#[test]
fn a_failure_upstream_answers_without_an_enum_of_the_service() {
    type Boxed = Box<dyn std::error::Error + Send + Sync>;
    let failed = || super::read(429, &[("Retry-After", "12")], "").into_upstream().with_name("carrier-7");
    let by_question_mark = || -> Result<(), ErrorResponse> { Err(failed())? };
    for response in [
        by_question_mark().unwrap_err(),
        Boxed::from(failed()).into(),
        anyhow::Error::new(failed()).context("fetching order PO-7").into(),
        anyhow::anyhow!("refused").context(failed()).context("fetching order PO-7").into(),
        ErrorResponse::from_anyhow::<OrderError>(anyhow::Error::new(OrderError::Taken).context(failed())),
    ] {
        let retry = response.problem().retry();
        assert_eq!(
            (response.status().as_u16(), retry.kind(), retry.wait()),
            (503, RetryKind::Idempotent, Some(seconds(12)))
        );
    }
    assert_eq!(axum::response::IntoResponse::into_response(failed()).headers()["retry-after"], "12");
    assert_eq!(actix_web::ResponseError::error_response(&failed()).headers().get("retry-after").unwrap(), "12");
    assert_eq!(tonic::Status::from(failed()).code(), tonic::Code::Unavailable);
}

#[test]
fn a_service_that_says_zero_does_not_make_our_callers_try_at_once() {
    for (said, passed_on) in [("0", 1), ("Sun, 06 Nov 1994 08:49:37 GMT", 1), ("1", 1), ("12", 12)] {
        let upstream = super::read(503, &[("Retry-After", said)], "").into_upstream();
        assert_eq!(upstream.entry(), lift::service_unavailable::ENTRY);
        assert_eq!(upstream.problem().retry().wait(), Some(seconds(passed_on)), "{said}");
    }
}

#[test]
fn the_log_names_the_service_that_limits_us() {
    log::begin();
    let service = ErrorLayer::default().layer(service_fn(|_: http::Request<Body>| async {
        let busy = super::read(429, &[("Retry-After", "12")], "");
        let error = OrderError::from(busy.into_upstream().with_name("carrier-7"));
        Ok::<_, Infallible>(ErrorResponse::new(error).into_http::<Body>())
    }));
    let request = http::Request::get("/orders").header("x-request-id", "chain-limited").body(Body::empty()).unwrap();
    let body = on_a_virtual_clock(async {
        let response = service.oneshot(request).await.unwrap();
        http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes()
    });
    assert!(!String::from_utf8_lossy(&body).contains("carrier-7"), "{body:?}");
    let events = log::of_request("chain-limited");
    assert_eq!(events.len(), 1);
    assert!(events[0]["fields"].to_string().contains("carrier-7"), "{events:?}");
}

#[test]
fn the_log_has_the_id_of_the_request_that_failed_upstream() {
    log::begin();
    let in_header = |status| super::read(status, &[("X-Request-Id", "carrier/req=42")], "");
    let in_body = |id: &str| {
        let body = serde_json::json!({"title": "Not Found", "status": 404, "request_id": id}).to_string();
        super::read(404, &[("Content-Type", "application/problem+json")], body)
    };
    let (long, cut) = ("r".repeat(100_000), format!("\"{}…\"", "r".repeat(128)));
    let cases = [
        (in_header(403), Some("\"carrier/req=42\"")),
        (in_header(404), Some("\"carrier/req=42\"")),
        (super::read(429, &[("Retry-After", "12"), ("X-Request-Id", "carrier-429")], ""), Some("\"carrier-429\"")),
        (in_body("carrier-body"), Some("\"carrier-body\"")),
        (in_body("two\nlines\u{1b}[31m"), Some("\"two lines\\u{1b}[31m\"")),
        (in_body(&long), Some(&*cut)),
        (in_body(""), None),
        (super::read(404, &[], ""), None),
    ];
    for (number, (received, expected)) in cases.into_iter().enumerate() {
        let error = OrderError::from(received.into_upstream().with_name("carrier"));
        let mut failed = Some(ErrorResponse::new(error));
        let service = ErrorLayer::default().layer(service_fn(move |_: http::Request<Body>| {
            let response = failed.take().unwrap();
            async { Ok::<_, Infallible>(response.into_http::<Body>()) }
        }));
        let id = format!("chain-upstream-id-{number}");
        let request = http::Request::get("/orders").header("x-request-id", &id).body(Body::empty()).unwrap();
        let response = on_a_virtual_clock(async {
            let (head, body) = service.oneshot(request).await.unwrap().into_parts();
            let body = http_body_util::BodyExt::collect(body).await.unwrap().to_bytes();
            format!("{head:?} {}", String::from_utf8_lossy(&body))
        });
        assert!(!response.contains("carrier"), "{response}");
        let events = log::of_request(&id);
        assert_eq!(events.len(), 1);
        let fields = events[0]["fields"].as_str().unwrap_or_default();
        let logged = fields.split_once("upstream_request_id: ").map(|(_, value)| value.trim_end_matches('}'));
        assert_eq!(logged, expected, "{events:?}");
    }
}

//! The client for reqwest where there is no answer to read: a network in trouble, a middleware that made an error of
//! an answer, a fault on this side.

use super::on_a_virtual_clock;
use super::retries::{get, seconds, send};
use super::server::{Reply, Server, nobody, response};
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::Extensions;
use http_body::Frame;
use http_body_util::StreamBody;
use lift_errors::client::{LiftErrorExt as _, ReceivedError, RetryBudget, RetryMiddleware, RetryPolicy, UpstreamError};
use lift_errors::{LiftError as _, RetryKind, lift, sort};
use reqwest::{Method, Response};
use reqwest_middleware::Next;
use std::error::Error as _;
use std::io::ErrorKind;
use std::pin::Pin;

#[test]
fn no_answer_is_unable_to_connect() {
    let (refusing, _port) = nobody();
    let hangs_up = Server::start([Reply::Bytes(Vec::new())]);
    let cut_off = Server::start([Reply::Bytes(b"HTTP/1.1 200 O".to_vec())]);
    let nonsense = Server::start([Reply::Bytes(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec())]);
    for (url, attempts) in [
        (&refusing, None),
        (&hangs_up.url, Some(&hangs_up)),
        (&cut_off.url, Some(&cut_off)),
        (&nonsense.url, Some(&nonsense)),
    ] {
        let (answer, took) = get(url);
        let error = answer.unwrap_err();
        assert!(matches!(error.error(), Some(lift::Error::ConnectionFailed { .. })), "{error:?}");
        assert!(error.to_string().starts_with("Unable to connect to server."));
        assert!(error.source().unwrap().downcast_ref::<reqwest::Error>().is_some_and(|error| error.url().is_none()));
        // Three waits of at most half a second, one and two.
        assert!(took <= seconds(4), "{took:?}");
        assert!(attempts.is_none_or(|server| server.requests().len() == 4));
        let upstream = error.into_upstream();
        assert_eq!(upstream.entry(), lift::Code::BadGateway.entry());
        // A connection that was made and brings nonsense may have any cause.
        assert_eq!(upstream.known_cause().is_some(), attempts.is_none(), "{upstream:?}");
    }
    // A POST may have arrived.
    let (answer, took) = send(Method::POST, &hangs_up.url, |request| request);
    assert!(answer.unwrap_err().is_unanswered() && took == seconds(0));
    // Where nobody listens, it can't have.
    let (answer, took) = send(Method::POST, &refusing, |request| request);
    assert!(answer.unwrap_err().is_unanswered() && took > seconds(0));
}

#[test]
fn an_answer_that_is_late_is_a_timeout_upstream() {
    let server = Server::start([Reply::Silence]);
    let answer: Result<Response, ReceivedError<lift::Error>> = on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().timeout(seconds(3)).build().unwrap();
        client.get(&server.url).send().lift_error().await
    });
    let error = answer.unwrap_err();
    assert!(error.is_timeout() && matches!(error.error(), Some(lift::Error::NoAnswerInTime { .. })));
    assert!(!error.to_string().contains("internet") && error.fixes().len() == 4, "{error}");
    assert_eq!(error.into_upstream().entry(), lift::Code::GatewayTimeout.entry());
}

pub(super) type Answer<'a> = Pin<Box<dyn Future<Output = reqwest_middleware::Result<Response>> + Send + 'a>>;

/// A middleware that makes errors of answers.
pub(super) fn strict<'a>(request: reqwest::Request, extensions: &'a mut Extensions, next: Next<'a>) -> Answer<'a> {
    Box::pin(async move { Ok(next.run(request, extensions).await?.error_for_status()?) })
}

/// A middleware that wraps the errors of those within it, as one that tries several times does.
fn wrapping<'a>(request: reqwest::Request, extensions: &'a mut Extensions, next: Next<'a>) -> Answer<'a> {
    #[derive(Debug, thiserror::Error)]
    #[error("tried 3 times")]
    struct Tried(#[source] reqwest_middleware::Error);

    Box::pin(async move {
        next.run(request, extensions).await.map_err(|error| reqwest_middleware::Error::middleware(Tried(error)))
    })
}

#[test]
fn no_answer_that_a_middleware_wraps_is_still_none() {
    let (refusing, _port) = nobody();
    let silent = Server::start([Reply::Silence]);
    for (url, is_timeout, upstream) in
        [(&refusing, false, lift::Code::BadGateway), (&silent.url, true, lift::Code::GatewayTimeout)]
    {
        let error: ReceivedError<lift::Error> = on_a_virtual_clock(async {
            let client = reqwest::Client::builder().no_proxy().timeout(seconds(3)).build().unwrap();
            let client = reqwest_middleware::ClientBuilder::new(client).with(wrapping).build();
            client.get(format!("{url}?token=canary")).send().lift_error().await.unwrap_err()
        });
        assert!(error.is_unanswered() && error.is_timeout() == is_timeout, "{error:?}");
        assert!(!format!("{error:?} {:?}", error.source()).contains("canary"), "{error:?}");
        assert_eq!(error.into_upstream().entry(), upstream.entry());
    }
}

/// A middleware whose error shows the sources of the client's error and not that error, as one of reqwest-retry that has not
/// tried again.
fn hiding<'a>(request: reqwest::Request, extensions: &'a mut Extensions, next: Next<'a>) -> Answer<'a> {
    #[derive(Debug, thiserror::Error)]
    #[error(transparent)]
    struct Hidden(reqwest_middleware::Error);

    Box::pin(async move {
        next.run(request, extensions).await.map_err(|error| reqwest_middleware::Error::middleware(Hidden(error)))
    })
}

#[test]
fn an_error_that_a_middleware_hides_is_not_taken_for_a_failed_connection() {
    let (refusing, _port) = nobody();
    let error: ReceivedError = on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client).with(hiding).build();
        client.get(&refusing).send().lift_error().await.unwrap_err()
    });
    assert_eq!((error.entry(), error.is_unanswered(), error.retry().kind()), (None, false, RetryKind::Never));
}

#[test]
fn what_a_middleware_wraps_keeps_its_status_and_hides_its_url() {
    let secret = "/?token=canary";
    let gone = Server::start([response(404, &[], "")]);
    let endless = Server::start([response(302, &[("Location", secret)], "")]);
    for (url, status, source) in [
        (&gone.url, Some(404), "tried 3 times: HTTP status client error (404 Status)"),
        (&endless.url, None, "tried 3 times: error following redirect: too many redirects"),
    ] {
        let error: ReceivedError<lift::Error> = on_a_virtual_clock(async {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let client = reqwest_middleware::ClientBuilder::new(client).with(wrapping).with(strict).build();
            client.get(format!("{url}{secret}")).send().lift_error().await.unwrap_err()
        });
        assert_eq!(error.status().map(|status| status.as_u16()), status, "{error:?}");
        assert_eq!(error.source().unwrap().to_string(), source);
        assert!(!error.is_unanswered() && !format!("{error:?}").contains("canary"), "{error:?}");
    }
}

/// A middleware that asks another host for a token, which says no.
fn without_an_answer<'a>(request: reqwest::Request, _: &'a mut Extensions, _: Next<'a>) -> Answer<'a> {
    #[derive(Debug, thiserror::Error)]
    enum Refused {
        #[error("the provider of tokens refused")]
        Told(#[source] reqwest::Error),
        #[error("no token: {0}")]
        Repeated(#[source] reqwest::Error),
        #[error(transparent)]
        Hidden(reqwest::Error),
        #[error("no token")]
        Shared(#[source] std::sync::Arc<reqwest::Error>),
    }

    Box::pin(async move {
        let refused = async { reqwest::get(request.url().clone()).await?.error_for_status() }.await.unwrap_err();
        Err(match request.url().path() {
            "/told" => reqwest_middleware::Error::middleware(Refused::Told(refused)),
            "/repeated" => reqwest_middleware::Error::middleware(Refused::Repeated(refused)),
            "/hidden" => reqwest_middleware::Error::middleware(Refused::Hidden(refused)),
            "/shared" => reqwest_middleware::Error::middleware(Refused::Shared(refused.into())),
            "/text" => {
                let text = format!("no token from <{}>: {refused}, see \"{}\".", request.url(), request.url());
                reqwest_middleware::Error::middleware(std::io::Error::other(text))
            }
            _ => reqwest_middleware::Error::middleware(refused),
        })
    })
}

/// A middleware that can't do its part.
fn without_a_token<'a>(_: reqwest::Request, _: &'a mut Extensions, _: Next<'a>) -> Answer<'a> {
    #[derive(Debug, thiserror::Error)]
    #[error("no token")]
    struct NoToken(#[source] lift::Error);

    Box::pin(async { Err(reqwest_middleware::Error::middleware(NoToken(lift::Error::forbidden()))) })
}

#[test]
fn an_upload_whose_own_body_breaks_is_no_failed_connection() {
    let server = Server::start([Reply::Silence]);
    for kind in [ErrorKind::UnexpectedEof, ErrorKind::TimedOut, ErrorKind::ConnectionReset] {
        let rows = move || {
            let begun = futures_util::stream::iter([Ok("Product Code,Quantity\n")]);
            let broken = futures_util::stream::once(async move {
                // The beginning is on its way before.
                tokio::time::sleep(seconds(1)).await;
                Err(std::io::Error::new(kind, "the file is cut off"))
            });
            reqwest::Body::wrap(StreamBody::new(begun.chain(broken).map_ok(|text| Frame::data(Bytes::from(text)))))
        };
        let plain = reqwest::Client::builder().no_proxy().build().unwrap();
        let budget = RetryBudget::new(4, 1.0);
        let retrying = RetryMiddleware::new(RetryPolicy::default().with_budget(budget.clone()));
        let retrying = reqwest_middleware::ClientBuilder::new(plain.clone()).with(retrying).build();
        let (alone, behind, sorted): (ReceivedError, ReceivedError, _) = on_a_virtual_clock(async {
            let alone = plain.put(&server.url).body(rows()).send().lift_error().await.unwrap_err();
            let behind = retrying.put(&server.url).body(rows()).send().lift_error().await.unwrap_err();
            (alone, behind, plain.put(&server.url).body(rows()).send().await.unwrap_err())
        });
        for error in [alone, behind] {
            let found = (error.entry(), error.is_unanswered(), error.is_timeout(), error.retry().kind());
            assert_eq!(found, (None, false, false, RetryKind::Never), "{error:?}");
            let upstream = error.into_upstream();
            assert_eq!((upstream.entry(), upstream.known_cause()), (lift::Code::InternalServerError.entry(), None));
            assert!(upstream.problem().sources().to_string().contains("the file is cut off"));
        }
        assert!(budget.failed(), "the server is not to blame");
        assert_eq!(sort::request(sorted, "carrier").entry(), lift::Code::InternalServerError.entry());
    }
}

#[test]
fn an_upload_that_breaks_at_our_caller_is_the_callers_fault() {
    use axum::body::Body;
    let limited = || Body::new(http_body_util::Limited::new(Body::from("begun"), 3));
    let file =
        || Body::from_stream(futures_util::stream::iter([Ok("begun"), Err(std::io::Error::other("bad sector"))]));
    // The caller sends nothing more.
    let stalled = || {
        let silent = StreamBody::new(futures_util::stream::pending::<Result<Frame<Bytes>, std::io::Error>>());
        Body::new(tower_http::timeout::TimeoutBody::new(seconds(1), silent))
    };
    let server = Server::start([Reply::Silence]);
    // The answer of a third service, which is cut off.
    let storage = Server::start([Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nrows".to_vec())]);
    let answer: reqwest::Error = on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let rows = client.get(&storage.url).send().await.unwrap();
        client.post(&server.url).body(reqwest::Body::from(rows)).send().await.unwrap_err()
    });
    assert_eq!(sort::request(answer, "carrier").entry(), lift::Code::InternalServerError.entry());
    let bodies: [(fn() -> Body, _); 3] = [
        (limited, lift::Code::PayloadTooLarge),
        (stalled, lift::Code::BadRequest),
        (file, lift::Code::InternalServerError),
    ];
    for (body, expected) in bodies {
        let (received, sorted): (ReceivedError, _) = on_a_virtual_clock(async {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            // A layer around the handler may make another body of it.
            let body = || reqwest::Body::wrap_stream(Body::new(body()).into_data_stream());
            let received = client.post(&server.url).body(body()).send().lift_error().await.unwrap_err();
            (received, client.post(&server.url).body(body()).send().await.unwrap_err())
        });
        let upstream = received.into_upstream().with_name("carrier");
        assert_eq!(upstream.entry(), expected.entry());
        assert!(size_of_val(&upstream) <= size_of::<lift::Error>(), "it is in the `Result` of each function");
        assert_eq!(sort::request(sorted, "carrier").entry(), expected.entry());
    }
}

#[test]
fn a_broken_chunk_of_our_caller_is_the_callers_fault() {
    use axum::{Router, extract::Request, http::StatusCode, routing::post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let carrier = Server::start([Reply::Silence]);
    let url = carrier.url.clone();
    let gateway = async move |request: Request| -> Result<StatusCode, UpstreamError> {
        // As an upload is often read: what broke is hidden in an `io::Error`.
        let rows = request.into_body().into_data_stream().map_err(std::io::Error::other);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default()).build();
        let sent = client.post(url).body(reqwest::Body::wrap_stream(rows)).send();
        sent.lift_error().await.map_err(ReceivedError::<lift::Error>::into_upstream)?;
        Ok(StatusCode::OK)
    };
    let answer = on_a_virtual_clock(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async { axum::serve(listener, Router::new().route("/", post(gateway))).await.unwrap() });
        let mut caller = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = b"POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n";
        caller.write_all(&[head, &b"5\r\nbegun\r\n"[..], b"not a length\r\n"].concat()).await.unwrap();
        let mut answer = vec![0; 12];
        caller.read_exact(&mut answer).await.unwrap();
        answer
    });
    assert_eq!(String::from_utf8(answer).unwrap(), "HTTP/1.1 400");
}

#[test]
fn an_answer_that_became_an_error_is_still_an_answer() {
    for (status, upstream) in [(404, lift::Code::BadGateway), (504, lift::Code::GatewayTimeout)] {
        let server = Server::start([response(status, &[], "")]);
        let behind: ReceivedError<lift::Error> = on_a_virtual_clock(async {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let client = reqwest_middleware::ClientBuilder::new(client);
            let client = client.with(RetryMiddleware::default()).with(strict).build();
            client.get(&server.url).send().lift_error().await.unwrap_err()
        });
        assert_eq!(server.requests().len(), 1, "what it asked for is hidden");
        let own: ReceivedError<lift::Error> = on_a_virtual_clock(async {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            async { client.get(&server.url).send().await?.error_for_status() }.lift_error().await.unwrap_err()
        });
        for error in [behind, own] {
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert!(!error.is_unanswered() && error.entry().is_none(), "{error:?}");
            let source = error.source().unwrap().downcast_ref::<reqwest::Error>().unwrap();
            assert!(source.is_status() && source.url().is_none(), "{source:?}");
            assert_eq!(error.into_upstream().entry(), upstream.entry());
        }
    }
}

#[test]
fn what_fails_on_this_side_is_no_failed_connection() {
    let server = Server::start([response(302, &[("Location", "/")], "")]);
    let provider = Server::start([404; 6].map(|status| response(status, &[], "")));
    let refused =
        |url: &str, middleware: fn(reqwest_middleware::ClientBuilder) -> reqwest_middleware::ClientBuilder| {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default());
            let request = middleware(client).build().get(url);
            on_a_virtual_clock(async { request.send().lift_error::<lift::Error>().await.unwrap_err() })
        };
    let answered = |path| {
        let url = format!("{}{path}?token=(a)canary", provider.url.trim_end_matches('/'));
        refused(&url, |client| client.with(without_an_answer))
    };
    let inner: ReceivedError<lift::Error> = refused(&server.url, |client| client.with(without_a_token));
    let inner = inner.source().and_then(std::error::Error::source).and_then(|source| source.downcast_ref());
    assert!(matches!(inner, Some(lift::Error::Forbidden { .. })), "{inner:?}");
    for (error, source) in [
        (refused("http://[nowhere", |client| client), "builder error"),
        (refused("orders/PO-7", |client| client), "builder error"),
        (refused(&server.url, |client| client), "error following redirect"),
        (refused(&server.url, |client| client.with(without_a_token)), "no token"),
        (answered("/told"), "the provider of tokens refused: HTTP status client error (404 Status)"),
        (answered("/repeated"), "no token: HTTP status client error (404 Status)"),
        (answered("/hidden"), "HTTP status client error (404 Status)"),
        (answered("/shared"), "no token: HTTP status client error (404 Status)"),
        (answered("/text"), "no token from <…>: HTTP status client error (404 Status), see \"…\"."),
        (answered("/token"), "HTTP status client error (404 Status)"),
    ] {
        assert_eq!(error.source().unwrap().to_string(), source);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        assert_eq!((error.status(), error.entry(), error.is_unanswered()), (None, None, false), "{error:?}");
        assert_eq!(error.retry().kind(), RetryKind::Never);
        assert_eq!(error.to_string(), "The request failed before there was an answer to read.");
        let upstream = error.into_upstream();
        // A request that can't be built is this service's own fault.
        let expected = if source == "builder error" { lift::Code::InternalServerError } else { lift::Code::BadGateway };
        assert_eq!((upstream.entry(), upstream.known_cause()), (expected.entry(), None));
        assert!(upstream.problem().sources().to_string().contains(source));
    }
}

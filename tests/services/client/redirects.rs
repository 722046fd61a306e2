//! Requests that the client's redirect policy sent elsewhere: a POST became a GET whose failure says nothing about the POST.

use super::connection::strict;
use super::on_a_virtual_clock;
use super::retries::{client, golden, seconds, send};
use super::server::{Server, nobody, response};
use lift_errors::client::{LiftErrorExt as _, ReceivedError, RetryMiddleware, RetryPolicy, noting_redirects};
use lift_errors::{LiftError as _, RetryKind, lift};
use reqwest::Method;
use reqwest::redirect::Policy;
use tower::ServiceExt as _;

#[test]
fn a_post_is_not_repeated_for_the_failure_of_the_page_that_it_led_to() {
    for status in [301, 302, 303] {
        let busy = Server::start([response(429, &[("Retry-After", "2")], ""), response(200, &[], "fine")]);
        let orders = Server::start([response(status, &[("Location", &busy.url)], "")]);
        let (answer, _) = send(Method::POST, &orders.url, |request| request.body("one order"));
        assert_eq!(orders.requests().len(), 1, "{status}");
        assert_eq!(answer.unwrap_err().status().map(|status| status.as_u16()), Some(429));
    }
}

#[test]
fn a_get_is_repeated_from_its_start() {
    let busy = Server::start([response(429, &[("Retry-After", "2")], ""), response(200, &[], "fine")]);
    let orders = Server::start([response(303, &[("Location", &busy.url)], "")]);
    let (answer, took) = send(Method::GET, &orders.url, |request| request);
    assert!(answer.unwrap().status() == 200 && took >= seconds(2));
    assert_eq!(orders.requests().len(), 2);
}

/// The status of a POST, if there is an answer, by a client with this redirect policy.
fn post(policy: Policy, url: &str) -> Option<u16> {
    on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().redirect(policy).build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default()).build();
        let answer = client.post(url).body("one order").send().lift_error::<lift::Error>().await;
        answer.map_or_else(|error| error.status(), |response| Some(response.status())).map(|status| status.as_u16())
    })
}

#[test]
fn redirects_that_are_noted_are_recognized_wherever_they_lead() {
    let noting = || noting_redirects(Policy::default());
    let (refusing, _port) = nobody();
    let orders = Server::start([response(303, &[("Location", &refusing)], "")]);
    assert_eq!((post(noting(), &orders.url), orders.requests().len()), (None, 1));
    // The same address: only one of the two requests is a POST.
    let busy = response(429, &[("Retry-After", "2")], "");
    let orders = Server::start([response(302, &[("Location", "/")], ""), busy]);
    assert_eq!(post(noting(), &orders.url), Some(429));
    assert_eq!(orders.requests().iter().map(|request| &request[..4]).collect::<Vec<_>>(), ["POST", "GET "]);
    // A POST that is still one is repeated, if nobody got it.
    let orders = Server::start([response(307, &[("Location", &refusing)], "")]);
    assert_eq!((post(noting(), &orders.url), orders.requests().len()), (None, 4));
}

#[test]
fn a_client_without_redirects_sends_a_post_once() {
    let (refusing, _port) = nobody();
    let orders = Server::start([response(303, &[("Location", &refusing)], "")]);
    assert_eq!((post(Policy::none(), &orders.url), orders.requests().len()), (Some(303), 1));
}

/// The error of a POST that was carried out, and led to a page that is busy.
fn refused_behind_a_redirect(policy: Policy, has_middleware: bool) -> ReceivedError {
    let busy = Server::start([golden(503, "service_unavailable", &[])]);
    let orders = Server::start([response(303, &[("Location", &busy.url)], "")]);
    let client = reqwest::Client::builder().no_proxy().redirect(policy).build().unwrap();
    let error = on_a_virtual_clock(async {
        if !has_middleware {
            return client.post(&orders.url).body("one order").send().lift_error().await.unwrap_err();
        }
        let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default()).build();
        client.post(&orders.url).body("one order").send().lift_error().await.unwrap_err()
    });
    assert_eq!((orders.requests().len(), busy.requests().len()), (1, 1));
    error
}

#[test]
fn a_refusal_behind_a_redirect_is_no_promise_about_the_post() {
    for (policy, has_middleware) in [
        (Policy::default(), true),
        (noting_redirects(Policy::default()), true),
        (noting_redirects(Policy::default()), false),
    ] {
        let error = refused_behind_a_redirect(policy, has_middleware);
        assert_eq!((error.retry().kind(), error.retry().wait()), (RetryKind::Idempotent, Some(seconds(120))));
        let error = error.forward().unwrap_err();
        let upstream = error.before_any_work().into_upstream();
        assert_eq!(upstream.entry(), lift::service_unavailable::ENTRY);
        let retry = upstream.problem().retry();
        assert_eq!((retry.kind(), retry.wait()), (RetryKind::Idempotent, Some(seconds(120))));
    }
}

#[test]
fn an_error_of_a_middleware_is_no_promise_about_the_post() {
    let busy = || response(429, &[("Retry-After", "2")], "");
    let led_to = |url: &str| response(303, &[("Location", url)], "");
    for is_inside in [true, false] {
        let kind = |method: Method, url: &str| {
            let client = reqwest::Client::builder().no_proxy().redirect(noting_redirects(Policy::default()));
            let builder = reqwest_middleware::ClientBuilder::new(client.build().unwrap());
            let client = match is_inside {
                true => builder.with(RetryMiddleware::default()).with(strict),
                false => builder.with(strict).with(RetryMiddleware::default()),
            };
            let request = client.build().request(method, url).body("one order");
            let error = on_a_virtual_clock(request.send().lift_error::<lift::Error>()).unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(429), "{error:?}");
            error.retry().kind()
        };
        let shelf = Server::start([busy()]);
        let orders = Server::start([led_to(&shelf.url)]);
        assert_eq!(kind(Method::POST, &orders.url), RetryKind::Idempotent, "{is_inside}");
        assert_eq!(kind(Method::GET, &orders.url), RetryKind::After, "{is_inside}");
        assert_eq!(kind(Method::POST, &shelf.url), RetryKind::After, "{is_inside}");
        if !is_inside {
            let failing = || Server::start([response(500, &[("Retry-After", "2")], ""), busy()]);
            assert_eq!(kind(Method::PUT, &failing().url), RetryKind::Idempotent);
            assert_eq!(kind(Method::GET, &failing().url), RetryKind::After);
        }
    }
}

#[test]
fn a_refusal_says_nothing_of_an_earlier_attempt() {
    for (method, key, expected) in [
        (Method::PUT, "", RetryKind::Idempotent),
        (Method::POST, "\"o-1\"", RetryKind::Idempotent),
        // Nothing is done twice by it.
        (Method::GET, "", RetryKind::After),
    ] {
        let replies = [500, 429].map(|status| response(status, &[("Retry-After", "2")], ""));
        let server = Server::start(replies);
        let (answer, _) = send(method.clone(), &server.url, |request| request.header("Idempotency-Key", key));
        assert_eq!((answer.unwrap_err().retry().kind(), server.requests().len()), (expected, 4), "{method}");

        let mut statuses = [500, 429, 429, 429].into_iter();
        let refuse = move |_: http::Request<()>| {
            let response = http::Response::builder().status(statuses.next().unwrap()).header("Retry-After", "2");
            async { response.body(()) }
        };
        let request = http::Request::builder().method(method).header("Idempotency-Key", key).body(()).unwrap();
        let service = tower::retry::Retry::new(RetryPolicy::default(), tower::service_fn(refuse));
        let response = on_a_virtual_clock(service.oneshot(request)).unwrap();
        assert_eq!(ReceivedError::<lift::Error>::from_response(response.map(|()| "")).retry().kind(), expected);
    }
    // The body, which nobody needs to read before, says that the only attempt was refused.
    let server = Server::start([golden(503, "service_unavailable", &[])]);
    let once = client(RetryPolicy::default().with_attempts(1)).post(&server.url);
    let error = on_a_virtual_clock(once.send().lift_error::<lift::Error>()).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.retry().kind()), (503, RetryKind::After));
    // All attempts were refused.
    let server = Server::start([response(429, &[("Retry-After", "2")], "")]);
    let (answer, _) = send(Method::PUT, &server.url, |request| request);
    assert_eq!(answer.unwrap_err().retry().kind(), RetryKind::After);
}

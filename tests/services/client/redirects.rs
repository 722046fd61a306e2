//! Requests that the client's redirect policy sent elsewhere: a POST became a GET whose failure says nothing about the POST.

use super::on_a_virtual_clock;
use super::retries::{seconds, send};
use super::server::{Server, nobody, response};
use lift_errors::client::{LiftErrorExt as _, RetryMiddleware, noting_redirects};
use lift_errors::lift;
use reqwest::Method;
use reqwest::redirect::Policy;

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

//! Requests that the client's redirect policy sent elsewhere: a POST became a GET whose failure says nothing about the POST.

use super::on_a_virtual_clock;
use super::retries::{seconds, send};
use super::server::{Server, nobody, response};
use lift_errors::client::{LiftErrorExt as _, RetryMiddleware};
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

#[test]
fn a_client_without_redirects_sends_a_post_once() {
    let (refusing, _port) = nobody();
    let orders = Server::start([response(303, &[("Location", &refusing)], "")]);
    let status = on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default()).build();
        client.post(&orders.url).body("one order").send().lift_error::<lift::Error>().await.unwrap().status()
    });
    assert_eq!((status.as_u16(), orders.requests().len()), (303, 1));
}

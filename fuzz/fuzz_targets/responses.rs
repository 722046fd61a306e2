//! Responses of other services: status, headers and body.
#![no_main]

use http::{HeaderName, HeaderValue, Response};
use lift_errors::client::{MAX_BODY_BYTES, ReceivedError};
use lift_errors::{LiftError, lift};

const HEADERS: [&str; 5] = ["lift-error", "retry-after", "x-request-id", "content-type", "date"];

libfuzzer_sys::fuzz_target!(|input: (u16, u8, &[u8], &[u8])| {
    let (status, header, value, body) = input;
    let mut response = Response::builder().status(200 + status % 400);
    let name = HEADERS.get(usize::from(header) % HEADERS.len()).copied().unwrap_or("date");
    if let Ok(value) = HeaderValue::from_bytes(value) {
        response = response.header(HeaderName::from_static(name), value);
    }
    let Ok(response) = response.body(body) else { return };
    let received = ReceivedError::<lift::Error>::from_response(response);
    assert!(received.body().len() <= MAX_BODY_BYTES && body.starts_with(received.body()));
    let line = received.to_string();
    assert!(!line.contains(['\n', '\r', '\u{1b}']), "{line:?}");
    let _ = (received.cause(), received.retry(), received.field_errors().len(), received.extensions().len());
    let upstream = received.into_upstream();
    assert!(matches!(upstream.problem().status(), Some(502..=504)));
});

//! What the layer says of retries: no more than the service did, and no shorter waits.

use super::{PROBLEM, answering, call, errors, json, request, response};
use crate::{depot, onboarding};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response};
use lift_errors::client::ReceivedError;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, RetryKind, lift};
use std::time::Duration;
use tower::Layer as _;

#[test]
fn what_a_service_asks_to_wait_is_never_shortened() {
    let date = ("date", "Wed, 21 Oct 2099 07:27:00 GMT");
    let bare = |headers: &[(&'static str, &'static str)]| {
        let headers = headers.to_vec();
        let (status, headers, body) =
            call(errors().layer(answering(move || response(503, &headers, ""))), request(PROBLEM));
        assert_eq!(status, 503);
        let asked: Vec<_> =
            headers.get_all("retry-after").iter().map(|value| value.to_str().unwrap().to_owned()).collect();
        // Nobody promises that nothing was done.
        assert_eq!(json(&body)["retry"]["kind"], "idempotent");
        (asked.join(" | "), json(&body)["retry"]["after"].as_u64())
    };
    assert_eq!(bare(&[("retry-after", "7")]), ("7".into(), Some(7)));
    assert_eq!(bare(&[("retry-after", "Wed, 21 Oct 2099 07:28:00 GMT"), date]), ("60".into(), Some(60)));
    assert_eq!(bare(&[("retry-after", "5"), ("retry-after", "3600")]), ("3600".into(), Some(3_600)));
    // Of what can't be understood, or was not said, nothing is promised.
    assert_eq!(bare(&[("retry-after", "99999999999999999999")]), ("99999999999999999999".into(), None));
    assert_eq!(bare(&[]), (String::new(), None));

    let failing = || {
        let error = lift::Error::service_unavailable(Duration::from_secs(30));
        let mut response = ErrorResponse::new(error).into_http::<Body>();
        response.headers_mut().insert("retry-after", HeaderValue::from_static("3600"));
        response
    };
    let (_, headers, body) = call(errors().layer(answering(failing)), request(&[]));
    assert_eq!((&headers["retry-after"], &json(&body)["retryAfter"]), (&"3600".parse().unwrap(), &3_600.into()));
    // A line more, and one that is shorter.
    for (line, other, expected) in [("30", Some("3600"), "3600"), ("5", None, "30")] {
        let failing = move || {
            let mut response = failing();
            response.headers_mut().insert("retry-after", line.parse().unwrap());
            other.map(|other: &str| response.headers_mut().append("retry-after", other.parse().unwrap()));
            response
        };
        let (_, headers, body) = call(errors().layer(answering(failing)), request(&[]));
        assert_eq!(
            (&headers["retry-after"], headers.get_all("retry-after").iter().count()),
            (&expected.parse().unwrap(), 1)
        );
        assert_eq!(json(&body)["retryAfter"].to_string(), expected);
    }
}

#[test]
fn a_longer_wait_is_in_every_format_of_an_error_that_may_be_repeated_if_that_is_safe() {
    let answer = |status, error: Option<lift::Error>| match error {
        None => response(status, &[("retry-after", "120")], ""),
        Some(error) => {
            let mut response = ErrorResponse::new(error).into_http::<Body>();
            response.headers_mut().insert("retry-after", HeaderValue::from_static("120"));
            response
        }
    };
    let (internal, locked) = (lift::Error::internal_server_error(), lift::Error::locked());
    for (status, error) in [(502, None), (408, None), (500, Some(internal)), (423, Some(locked))] {
        for (accept, said) in [
            ("application/problem+json", "\"retry\":{\"kind\":\"idempotent\",\"after\":120}"),
            ("text/markdown", "retry_after: 120\n"),
            ("text/html", "data-seconds=\"120\""),
        ] {
            let layer = errors().layer(answering(|| answer(status, error.clone())));
            let (_, headers, body) = call(layer, request(&[("accept", accept)]));
            let body = String::from_utf8(body).unwrap();
            assert!(body.contains(said), "{status} {accept}: {body}");
            assert_eq!(headers["retry-after"], "120", "{status}");
        }
    }
}

/// The contract of the entry has a minimum.
#[test]
fn a_shorter_delay_does_not_contradict_the_body() {
    for asked in ["7", "60", "61"] {
        let layer = errors().layer(answering(move || response(500, &[("retry-after", asked)], "")));
        let (_, headers, body) = call(layer, request(PROBLEM));
        let said = headers.get("retry-after").map(|value| value.to_str().unwrap());
        assert_eq!(said, Some(asked).filter(|asked| *asked != "7"));
        assert_eq!(json(&body)["retry"]["after"].to_string(), asked.replace('7', "60"));
        // The same beside an error that is written already.
        let routes = axum::Router::new()
            .fallback(move || async move { ([("retry-after", asked)], lift::Error::internal_server_error()) });
        let (_, of_handler, body) = call(errors().wrap_router(routes), request(PROBLEM));
        assert_eq!(of_handler.get("retry-after"), headers.get("retry-after"));
        assert_eq!(json(&body)["retry"]["after"].to_string(), asked.replace('7', "60"));
    }
}

#[test]
fn a_layer_promises_no_more_than_the_bare_response_says() {
    let read = |status, headers: &HeaderMap, body: &[u8]| {
        let mut response = Response::builder().status(status).body(body.to_vec()).unwrap();
        response.headers_mut().clone_from(headers);
        ReceivedError::<lift::Error>::from_response(response).retry()
    };
    for status in 400..600 {
        for asked in [&[][..], &[("retry-after", "7")]] {
            let bare = read(status, response(status, asked, "").headers(), b"");
            for accept in [PROBLEM, &[], &[("accept", "text/html")]] {
                let layer = errors().layer(answering(move || response(status, asked, "")));
                let (_, headers, body) = call(layer, request(accept));
                let said = read(status, &headers, &body);
                if said.kind() == RetryKind::After {
                    assert_eq!(bare.kind(), RetryKind::After, "{status} {asked:?} {accept:?}");
                    assert!(said.wait() >= bare.wait(), "{status} {asked:?} {accept:?}");
                }
                // A proxy may add a delay, and then not even the body is read.
                let mut delayed = headers.clone();
                delayed.insert("retry-after", HeaderValue::from_static("30"));
                let bare = read(status, response(status, &[("retry-after", "30")], "").headers(), b"");
                let said = read(status, &delayed, b"");
                assert!(said.kind() != RetryKind::After || bare.kind() == RetryKind::After, "{status} {accept:?}");
            }
        }
    }
}

/// A client of another catalogue would take a 4xx with a delay for a request that was not carried out.
#[test]
fn a_head_says_the_contract_of_a_code_that_its_reader_does_not_know() {
    let locked = || ErrorResponse::new(lift::Error::locked()).into_http::<Body>();
    let form = || ErrorResponse::new(onboarding::onb_form_invalid::new().build()).into_http::<Body>();
    let own = || ErrorLayer::new(ErrorResponder::new().with_base_catalog(&depot::CATALOG));
    for (kind, (_, mut headers, _)) in [
        (RetryKind::Idempotent, call(own().layer(answering(locked)), request(&[]))),
        (RetryKind::AfterChange, call(own().layer(answering(form)), request(&[]))),
        // A status without an entry.
        (RetryKind::AfterChange, call(own().layer(answering(|| response(418, &[], ""))), request(&[]))),
    ] {
        headers.insert("retry-after", HeaderValue::from_static("120"));
        let mut head = Response::builder().status(423).body("").unwrap();
        *head.headers_mut() = headers;
        assert_eq!(ReceivedError::<lift::Error>::from_response(head).retry().kind(), kind);
    }
    // It says the wait, too, which nothing on the way makes shorter.
    let head = |layer: ErrorLayer, asked: &'static [(&'static str, &'static str)]| {
        let (status, headers, _) = call(layer.layer(answering(|| response(502, asked, ""))), request(&[]));
        let mut head = Response::builder().status(status).body("").unwrap();
        *head.headers_mut() = headers;
        head
    };
    let read = |head| ReceivedError::<lift::Error>::from_response(head).retry().wait();
    let minute = Some(Duration::from_secs(60));
    assert_eq!(head(own(), &[]).headers()["lift-retry"], "idempotent;after=60");
    assert_eq!((read(head(own(), &[])), read(head(own(), &[("retry-after", "1")]))), (minute, minute));
    assert_eq!(read(head(own(), &[("retry-after", "90")])), Some(Duration::from_secs(90)));
    let mut shortened = head(errors(), &[]);
    shortened.headers_mut().insert("retry-after", HeaderValue::from_static("1"));
    assert_eq!(read(shortened), minute);
}

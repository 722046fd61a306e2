//! Every canonical error in every form is read back; what other services send is kept.

use super::{read, read_as};
use crate::{golden_files, onboarding, samples, tool};
use lift_errors::client::{ErrorParts, ReceivedError};
use lift_errors::tonic::StatusDetails;
use lift_errors::{Audience, Format, LiftError, RequestId, RetryKind, lift};
use serde_json::json;
use std::error::Error as _;
use std::fs;
use std::time::{Duration, SystemTime};
use tonic::Status;

fn golden(name: &str) -> String {
    fs::read_to_string(golden_files::path(&format!("wire/{name}"))).unwrap()
}

fn header_lines(text: &str) -> Vec<(&str, &str)> {
    text.lines().map(|line| line.split_once(": ").unwrap()).collect()
}

/// The received error written again, as the service would that sent it.
fn written(received: &ReceivedError<lift::Error>) -> String {
    let error = received.error().unwrap_or_else(|| panic!("not typed: {received:?}"));
    let mut problem = error.problem();
    if let Some(id) = received.request_id().and_then(RequestId::new) {
        problem = problem.with_request_id(id);
    }
    let cause = received.causes().first().filter(|_| received.causes().len() == 1);
    if let Some(cause) = error.entry().causes().find(|known| cause.is_some_and(|cause| cause.id() == known.id())) {
        problem = problem.with_cause(cause);
    }
    problem.display(Format::ProblemDetails).to_string()
}

#[test]
fn problem_details_are_read_back_whole() {
    for sample in samples::all() {
        let body = golden(&format!("{}.problem.json", sample.name));
        let received = read(sample.error.code().status().unwrap_or(500), &[], &body);
        assert_eq!(written(&received), body, "{}", sample.name);
        assert_eq!(received.entry(), Some(sample.error.entry()));
        assert_eq!(received.retry(), sample.problem().retry(), "{}", sample.name);
        assert_eq!(received.field_errors().len(), sample.problem().field_errors().map_or(0, |errors| errors.len()));
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        for (list, remarks) in [("causes", received.causes()), ("fixes", received.fixes()), ("notes", received.notes())]
        {
            let sent = json[list].as_array().into_iter().flatten();
            let sent: Vec<_> =
                sent.map(|item| (item["id"].as_str().unwrap(), item["text"].as_str().unwrap())).collect();
            let found: Vec<_> = remarks.iter().map(|remark| (remark.id(), remark.text())).collect();
            assert_eq!(found, sent, "{}: {list}", sample.name);
        }
        assert!(received.extensions().is_empty(), "{:?}", received.extensions());
        assert_eq!(received.title(), Some(sample.error.entry().title().to_string().as_str()));
    }
}

#[test]
fn the_envelope_is_read_as_far_as_it_goes() {
    for sample in samples::all() {
        let (name, code) = (&sample.name, sample.error.code());
        let status = code.status().unwrap_or(500);
        let body = golden(&format!("{name}.envelope.json"));
        let lines = golden(&format!("{name}.headers"));
        let received = read(status, &header_lines(&lines), &body);
        assert_eq!(received.entry(), Some(code.entry()), "{name}");
        assert_eq!(
            received.detail().map(str::to_owned),
            serde_json::from_str::<serde_json::Value>(&body).unwrap()["errorMessage"].as_str().map(str::to_owned)
        );
        assert_eq!(received.retry(), sample.problem().retry(), "{name}");
        // The envelope has no parameters: the limit and the window of a 429 are lost, all else is typed.
        assert_eq!(
            received.error().map(lift::Error::code),
            (code != lift::Code::TooManyRequests).then_some(code),
            "{name}"
        );
        let found = received.field_errors().iter().map(|error| (error.pointer(), error.message().to_string()));
        let sent = sample.problem().field_errors();
        let sent = sent.into_iter().flatten().map(|error| (error.pointer(), error.message().to_string()));
        assert_eq!(found.collect::<Vec<_>>(), sent.collect::<Vec<_>>());
    }
}

#[test]
fn the_headers_alone_name_the_error() {
    for sample in samples::all() {
        let (name, code) = (&sample.name, sample.error.code());
        let lines = golden(&format!("{name}.headers"));
        for body in
            [String::new(), golden(&format!("{name}.txt")), golden(&format!("{name}.md")), "<!doctype html>".into()]
        {
            let received = read(code.status().unwrap_or(500), &header_lines(&lines), &body);
            assert_eq!(received.entry(), Some(code.entry()), "{name}");
            assert_eq!(received.error().is_some(), code != lift::Code::TooManyRequests, "{name}");
            assert_eq!(received.retry(), sample.problem().retry(), "{name}");
            assert_eq!(received.body(), body.as_bytes());
        }
    }
    let received = read(405, &[("Lift-Error", "LIFT-0405"), ("Allow", "GET"), ("Allow", "PUT")], "");
    assert!(matches!(received.error(), Some(lift::Error::MethodNotAllowed { allow, .. }) if allow == "GET, PUT"));
    let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let received =
        read(503, &[("Lift-Error", "LIFT-0503"), date, ("Retry-After", "Sun, 06 Nov 1994 08:51:37 GMT")], "");
    let two_minutes = Duration::from_secs(120);
    assert!(
        matches!(received.error(), Some(lift::Error::ServiceUnavailable { retry_after, .. }) if *retry_after == two_minutes)
    );
}

#[test]
fn the_typed_delay_until_a_date_is_never_shortened() {
    let then = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(120));
    let received = read(503, &[("Lift-Error", "LIFT-0503"), ("Retry-After", &then)], "");
    let left = lift_errors::client::retry_after(received.headers(), SystemTime::now()).unwrap();
    let Some(lift::Error::ServiceUnavailable { retry_after, .. }) = received.error() else { panic!("{received:?}") };
    assert!(*retry_after >= left && received.retry().wait() == Some(*retry_after), "{retry_after:?}, {left:?}");
}

#[test]
fn details_of_another_protocol_are_read_back() {
    for sample in samples::all() {
        let body: serde_json::Value = serde_json::from_str(&golden(&format!("{}.problem.json", sample.name))).unwrap();
        let metadata = body["params"].as_object().into_iter().flatten();
        let metadata = metadata.map(|(name, value)| (name, value.as_str().map_or(value.to_string(), str::to_owned)));
        let mut details = ErrorParts::new("lift", sample.error.code().as_str().to_uppercase())
            .with_message(body["detail"].as_str().unwrap())
            .with_metadata(metadata)
            .with_request_id(body["request_id"].as_str().unwrap());
        if let Some(errors) = sample.problem().field_errors() {
            details = details.with_field_errors(errors.clone());
        }
        let received = ReceivedError::<lift::Error>::from_parts(details);
        let expected = sample.error.problem().with_request_id(RequestId::new(received.request_id().unwrap()).unwrap());
        assert_eq!(written(&received), expected.display(Format::ProblemDetails).to_string());
    }
}

#[test]
fn a_service_s_own_catalogue_is_typed_beside_the_canonical_one() {
    let error = onboarding::onb_site_unknown::new("north", "db-7.internal").with_number(4);
    let body = error.problem().display(Format::ProblemDetails).to_string();
    let status = error.code().status().unwrap();
    let received: ReceivedError<onboarding::Error> = read_as(status, &[], &body);
    // Operators' parameters never arrive.
    assert!(matches!(
        received.error(),
        Some(onboarding::Error::OnbSiteUnknown { site, number: Some(4), host: None, .. }) if site == "north"
    ));
    assert_eq!(received.error_as::<lift::Error>().map(|error| error.code()), None);
    let pretended = body.replace(r#""params":{"#, r#""params":{"host":"evil","#);
    assert!(pretended != body);
    assert_eq!(read_as::<onboarding::Error>(status, &[], &pretended).error(), received.error());

    let received: ReceivedError<onboarding::Error> = read_as(403, &[], golden("forbidden.with_role.problem.json"));
    assert!(received.error().is_none());
    assert_eq!(received.entry(), Some(lift::Code::Forbidden.entry()));
    assert!(
        matches!(received.error_as(), Some(lift::Error::Forbidden { required_role: Some(role), .. }) if role == "Manager")
    );

    let received = read(status, &[], &body);
    assert!(received.error().is_none() && received.entry().is_none());
    assert_eq!((received.catalog_name(), received.code()), (Some("onboarding"), Some("onb_site_unknown")));
    assert_eq!(received.parameters()["site"], "north");
    assert_eq!(received.retry().kind(), error.problem().retry().kind(), "the contract comes with the error");
}

#[test]
fn what_other_services_send_is_kept() {
    let body = json!({"type": "https://shop.example/out-of-stock", "title": "Out of stock", "detail": "None left.", "balance": 30, "accounts": ["/a"]});
    let received = read(409, &[("X-Request-Id", "r-9")], body.to_string());
    assert_eq!(received.to_string(), "None left. (HTTP 409)");
    assert_eq!((received.type_uri(), received.request_id()), (Some("https://shop.example/out-of-stock"), Some("r-9")));
    assert_eq!((&received.extensions()["balance"], &received.extensions()["accounts"]), (&json!(30), &json!(["/a"])));
    assert_eq!(received.retry().kind(), RetryKind::Never);

    // A code from a later version, and the contract that comes along.
    let body = json!({"catalog": "lift", "code": "teapot", "error_id": "LIFT-0418", "title": "Teapot", "retry": {"kind": "after", "after": 9}});
    let received = read(418, &[], body.to_string());
    assert!(received.error().is_none() && received.entry().is_none());
    assert_eq!(received.to_string(), "Teapot (LIFT-0418, HTTP 418)");
    assert_eq!((received.retry().kind(), received.retry().wait()), (RetryKind::After, Some(Duration::from_secs(9))));

    // In the charset that the header names.
    let latin_1 = ("Content-Type", "text/plain; charset=iso-8859-1");
    assert_eq!(read(404, &[latin_1], b"Commande non trouv\xe9e").detail(), Some("Commande non trouvée"));

    let received = read(502, &[("Content-Type", "application/json")], "<html><h1>502 Bad Gateway</h1></html>");
    assert_eq!(received.to_string(), "Bad Gateway (HTTP 502)");
    assert_eq!(received.body(), b"<html><h1>502 Bad Gateway</h1></html>");
    // A status alone is a weak promise.
    for (status, kind) in [
        (400, RetryKind::Never),
        (408, RetryKind::Idempotent),
        (429, RetryKind::After),
        (500, RetryKind::Never),
        (502, RetryKind::Idempotent),
        (503, RetryKind::Idempotent),
        (504, RetryKind::Idempotent),
    ] {
        assert_eq!(read(status, &[], "").retry().kind(), kind, "{status}");
    }
    assert_eq!(read(503, &[("Retry-After", "7")], "").retry().wait(), Some(Duration::from_secs(7)));
}

#[test]
fn the_status_of_the_line_wins_and_the_longest_wait_does() {
    let body = golden("too_many_requests.problem.json");
    let received = read(403, &[("Retry-After", "3")], &body);
    assert_eq!(received.status().unwrap(), 403);
    assert_eq!(received.retry().wait(), Some(Duration::from_secs(12)));
    assert_eq!(read(429, &[("Retry-After", "90")], &body).retry().wait(), Some(Duration::from_secs(90)));
    let envelope = golden("too_many_requests.envelope.json");
    assert_eq!(read(429, &[], &envelope).retry().wait(), Some(Duration::from_secs(12)));
}

#[test]
fn no_answer_is_the_canonical_error() {
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    let received = ReceivedError::<lift::Error>::unanswered(refused);
    assert!(matches!(received.error(), Some(lift::Error::ConnectionFailed { .. })));
    assert_eq!((received.title(), received.status()), (Some("Unable to connect to server"), None));
    assert_eq!(received.fixes().len(), 4);
    assert_eq!(received.fixes()[3].href(), Some("https://status.openboxes.cloud"));
    assert_eq!(received.causes()[0].fixes().collect::<Vec<_>>(), ["check_connection"]);
    // The five seconds of the entry are advice for people; programs back off.
    assert_eq!((received.retry().kind(), received.retry().wait()), (RetryKind::Idempotent, None));
    assert_eq!(received.source().unwrap().to_string(), "connection refused");
    // It is canonical whatever the catalogue.
    let received = ReceivedError::<onboarding::Error>::unanswered("cut off");
    assert_eq!(received.entry(), Some(lift::Code::ConnectionFailed.entry()));
}

#[test]
fn an_upstream_s_errors_become_ours() {
    use lift::Code;
    let typed = |name: &str, status| read(status, &[], golden(&format!("{name}.problem.json")));
    for (received, expected) in [
        (typed("unauthorized", 401), Code::BadGateway),
        (typed("session_expired", 401), Code::BadGateway),
        (typed("not_found", 404), Code::BadGateway),
        (typed("validation_failed", 400), Code::BadGateway),
        (typed("internal_server_error", 500), Code::BadGateway),
        (typed("bad_gateway", 502), Code::BadGateway),
        (typed("too_many_requests", 429), Code::ServiceUnavailable),
        (typed("service_unavailable", 503), Code::ServiceUnavailable),
        (typed("gateway_timeout", 504), Code::GatewayTimeout),
        (read(503, &[], "down"), Code::BadGateway),
        (read(200, &[], "?"), Code::BadGateway),
        (ReceivedError::unanswered("cut off"), Code::BadGateway),
        (ReceivedError::timed_out("too slow"), Code::GatewayTimeout),
    ] {
        let (shown, wait, entry) = (received.to_string(), received.retry().wait(), received.entry());
        let upstream = received.into_upstream().with_name("carrier-7");
        assert_eq!(upstream.entry(), expected.entry(), "{shown}");
        let problem = upstream.problem();
        if expected == Code::ServiceUnavailable {
            assert_eq!(problem.retry().wait(), wait);
        }
        // The log knows what came; the caller is told nothing of it.
        assert!(problem.sources().to_string().starts_with(&shown), "{}", problem.sources());
        for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText, Format::Html] {
            let body = problem.display(format).to_string();
            assert!(!body.contains("carrier-7"), "{body}");
            assert!(entry.is_none_or(|entry| entry == expected.entry() || !body.contains(entry.id())), "{body}");
        }
    }
}

#[test]
fn an_upstream_s_contract_is_never_raised_and_its_wait_never_shortened() {
    let after = |status, seconds: &str| read(status, &[("Retry-After", seconds)], "");
    let contract = |kind: &str| json!({"code": "busy", "retry": {"kind": kind, "after": 2}}).to_string();
    let busy = |seconds| {
        let busy = ErrorParts::new("lift", "SERVICE_UNAVAILABLE").with_wait(Duration::from_secs(seconds));
        busy.with_metadata([("retry_after", seconds.to_string())])
    };
    let grpc =
        |seconds| ReceivedError::<lift::Error>::from_parts(busy(seconds).with_metadata([("lift-retry", "after")]));
    let limited = || ErrorParts::new("lift", "TOO_MANY_REQUESTS");
    assert_eq!(ReceivedError::<lift::Error>::from_parts(limited()).retry().kind(), RetryKind::Idempotent);
    let status =
        r#"{"code": 14, "message": "busy", "details": [{"@type": "google.rpc.RetryInfo", "retryDelay": "2s"}]}"#;
    for is_first_step in [false, true] {
        for (received, wait, kind) in [
            (after(429, "2"), Some(2), RetryKind::After),
            (after(429, "86400"), Some(86_400), RetryKind::After),
            (read(503, &[], contract("after")), Some(2), RetryKind::After),
            (grpc(86_400), Some(86_400), RetryKind::After),
            (ReceivedError::from_parts(busy(2)), Some(2), RetryKind::Idempotent),
            (ReceivedError::from_parts(limited().with_wait(Duration::from_secs(2))), Some(2), RetryKind::After),
            // Half of it may be done: a POST must not be sent again.
            (after(503, "2"), Some(2), RetryKind::Idempotent),
            (read(503, &[], contract("idempotent")), Some(2), RetryKind::Idempotent),
            (read(429, &[], contract("idempotent")), Some(2), RetryKind::Idempotent),
            (after(500, "2"), None, RetryKind::Idempotent),
            (read(200, &[], status), None, RetryKind::Idempotent),
            // Longer than anyone plans for.
            (after(429, "86401"), None, RetryKind::Idempotent),
            (after(429, "18446744073709551616"), None, RetryKind::Idempotent),
            (grpc(86_401), None, RetryKind::Idempotent),
            (grpc(u64::MAX), None, RetryKind::Idempotent),
        ] {
            let shown = format!("{received} {:?} {is_first_step}", received.retry());
            let error = if is_first_step { received.before_any_work() } else { received }.into_upstream();
            let expected = if wait.is_some() { lift::Code::ServiceUnavailable } else { lift::Code::BadGateway };
            // What the upstream says is said of its own work alone.
            let kind = if is_first_step { kind } else { RetryKind::Idempotent };
            let retry = error.problem().retry();
            assert_eq!((error.entry(), retry.kind()), (expected.entry(), kind), "{shown}");
            assert!(wait.is_none_or(|wait| retry.wait() == Some(Duration::from_secs(wait))), "{shown}");
        }
    }
}

#[test]
fn forwarding_never_logs_our_caller_out() {
    let typed = |name: &str, status| read(status, &[], golden(&format!("{name}.problem.json")));
    assert!(matches!(
        typed("not_found.with_resource", 404).forward(),
        Ok(lift::Error::NotFound { resource: Some(_), .. })
    ));
    let unauthenticated = r#"{"code": 16, "message": "No token", "details": [{"@type": "google.rpc.ErrorInfo", "reason": "NOT_FOUND", "domain": "lift"}]}"#;
    for refused in [
        typed("unauthorized", 401),
        typed("session_expired", 401),
        // A proxy changed the status, or the body lies.
        typed("session_expired", 500),
        typed("not_found", 401),
        typed("not_found", 407),
        read(400, &[], unauthenticated),
        typed("connection_failed", 502),
        ReceivedError::unanswered("cut off"),
        read(404, &[], "nothing here"),
    ] {
        let shown = refused.to_string();
        assert_eq!(refused.forward().unwrap_err().to_string(), shown);
    }
}

#[test]
fn a_service_with_a_catalogue_of_its_own_forwards_canonical_errors() {
    type OfOnboarding = ReceivedError<onboarding::Error>;
    let canonical =
        |status, name: &str| -> OfOnboarding { read_as(status, &[], golden(&format!("{name}.problem.json"))) };
    let missing = canonical(404, "not_found.with_resource").forward().unwrap_err();
    assert!(matches!(missing.forward_as(), Ok(lift::Error::NotFound { resource: Some(_), .. })));
    let body = r#"{"catalog": "lift", "code": "bad_request", "causes": [{"id": "malformed_body", "text": "…"}]}"#;
    let received = read_as::<onboarding::Error>(400, &[], body);
    for error in [received.error_as::<lift::Error>().unwrap(), received.forward_as().unwrap()] {
        assert_eq!(error.known_cause(), Some(lift::bad_request::Cause::MalformedBody.into()));
    }
    // The rules are the same.
    let busy = || canonical(429, "too_many_requests");
    assert!(busy().forward_as::<lift::Error>().is_err());
    assert!(busy().before_any_work().forward_as::<lift::Error>().is_ok());
    for refused in [canonical(401, "unauthorized"), canonical(401, "not_found"), OfOnboarding::unanswered("cut off")] {
        let shown = refused.to_string();
        assert_eq!(refused.forward_as::<lift::Error>().unwrap_err().to_string(), shown);
    }
}

#[test]
fn a_forwarded_error_says_what_was_received() {
    for sample in samples::all() {
        let name = &sample.name;
        let received = read(
            sample.error.code().status().unwrap_or(500),
            &header_lines(&golden(&format!("{name}.headers"))),
            golden(&format!("{name}.problem.json")),
        );
        // No response names a cause that is the operators'.
        let sent = sample.problem().cause().filter(|cause| cause.audience() != Some(Audience::Operator));
        assert_eq!(received.error().and_then(LiftError::known_cause), sent, "{name}");
        // A refusal says nothing of what our own service did before.
        let is_refusal = received.retry().kind() == RetryKind::After;
        let forwarded = match received.forward() {
            Ok(error) if is_refusal => panic!("{name}: {error}"),
            Ok(error) => Ok(error),
            Err(received) => received.before_any_work().forward(),
        };
        if let Ok(error) = forwarded {
            assert_eq!(error.known_cause(), sent, "{name}");
            assert_eq!(error.problem().retry(), sample.problem().retry(), "{name}");
        }
    }
    let body = |kind| json!({"catalog": "lift", "code": "service_unavailable", "retry": {"kind": kind, "after": 12}, "params": {"retry_after": 12}});
    let forwarded =
        |headers: &[(&str, &str)], kind| read(503, headers, body(kind).to_string()).before_any_work().forward();
    assert!(forwarded(&[], "after").is_ok());
    // The service has not said that nothing was done, and a limiter on the way asks to wait longer.
    assert!(forwarded(&[], "idempotent").is_err());
    assert!(forwarded(&[("Retry-After", "90")], "after").is_err());
    // The service has another version of the catalogue.
    let timeout = |kind| json!({"catalog": "lift", "code": "gateway_timeout", "retry": {"kind": kind}}).to_string();
    for (kind, is_forwarded) in [("idempotent", true), ("never", false), ("after_change", false)] {
        assert_eq!(read(504, &[], timeout(kind)).forward().is_ok(), is_forwarded, "{kind}");
    }
    for (contract, kind, seconds) in [
        ("idempotent;after=60", RetryKind::Idempotent, Some(60)),
        ("after; after=9;x=1", RetryKind::After, Some(9)),
        ("idempotent;after=-1", RetryKind::Idempotent, None),
        ("idempotent;after", RetryKind::Idempotent, None),
        ("after_change;after=60", RetryKind::AfterChange, None),
        ("sometimes;after=60", RetryKind::Never, None),
    ] {
        let retry = read(418, &[("Lift-Error", "SHOP-0001"), ("Lift-Retry", contract)], "").retry();
        assert_eq!((retry.kind(), retry.wait()), (kind, seconds.map(Duration::from_secs)), "{contract}");
    }
    // A proxy that adds a line of its own leaves none to go by.
    // A proxy repeats it.
    for (lines, wait) in [
        (&["after;after=60.5"][..], Some(61)),
        (&["after;after=60", "after;after=60"], Some(60)),
        (&["after;after=9, after;after=60", "after"], Some(60)),
        (&["after;after=1e400"], Some(u64::MAX)),
        (&["after;after=inf"], None),
    ] {
        let headers: Vec<(&str, &str)> = lines.iter().map(|line| ("Lift-Retry", *line)).collect();
        let retry = read(418, &headers, "").retry();
        assert_eq!((retry.kind(), retry.wait()), (RetryKind::After, wait.map(Duration::from_secs)), "{lines:?}");
    }
    let after = [("Retry-After", "1"), ("Lift-Retry", "after"), ("Lift-Retry", "never")];
    for (headers, kind) in [(&after[..2], RetryKind::After), (&after, RetryKind::Idempotent)] {
        assert_eq!(read(503, headers, "").retry().kind(), kind);
    }
    let bare = [("Lift-Error", "LIFT-0503"), ("Lift-Retry", "idempotent"), ("Retry-After", "7")];
    assert!(read(503, &bare, "").before_any_work().forward().is_err());
    // Nor is a refusal forwarded that a proxy has cut to its code.
    assert!(read(503, &[bare[0], bare[2]], "").before_any_work().forward().is_err());
}

/// The longest code is found and read back like all others, from every format; one character more is another code.
#[test]
fn a_code_of_128_characters_travels_whole() {
    let entry = tool::Code::from_id("E0128").unwrap().entry();
    let code = entry.code();
    assert_eq!(code.len(), 128);
    assert_eq!(code.parse::<tool::Code>().unwrap().entry(), entry);
    for other in [&code[..127], &format!("{code}s"), &format!("{}s", &code[..127])] {
        assert!(other.parse::<tool::Code>().is_err(), "{other}");
    }
    let error = tool::Error::tool_the_repository_was_moved_by_its_owner_and_the_address_that_is_remembered_here_is_not_valid_any_more_for_any_clone_or_a_fork();
    for format in [Format::ProblemDetails, Format::Envelope] {
        let received = read_as::<tool::Error>(410, &[], error.problem().display(format).to_string());
        assert_eq!((received.code(), received.entry()), (Some(code), Some(entry)), "{format:?}");
    }
    let details = StatusDetails::new(&Status::from(error));
    assert_eq!((details.catalog_name(), details.code()), (Some("tool"), Some(code)));
}

#[test]
fn a_wait_in_the_body_is_taken_in_place_of_the_catalogue_s() {
    let wait = |headers: &[(&str, &str)], members: &str| {
        let body = format!(r#"{{"catalog": "lift", "code": "internal_server_error"{members}}}"#);
        read(500, headers, body).retry().wait().map(|wait| wait.as_secs())
    };
    assert_eq!(wait(&[], ""), Some(60));
    assert_eq!(wait(&[], r#", "retry": {"kind": "idempotent", "after": 3}"#), Some(3));
    assert_eq!(wait(&[], r#", "errorCode": 500, "retryAfter": 3"#), Some(3));
    // A proxy may have written the header.
    assert_eq!(wait(&[("Retry-After", "3")], ""), Some(60));
    assert_eq!(wait(&[("Retry-After", "90")], r#", "errorCode": 500, "retryAfter": 3"#), Some(90));
}

//! Every canonical error there and back: what a service returns is what a client reads.

use super::server::Server;
use crate::errors::Sampled;
use crate::samples::{self, Sample};
use lift_errors::client::{CatalogError as _, ErrorParts, ReceivedError};
use lift_errors::tonic::StatusDetails;
use lift_errors::{
    Audience, ErrorResponder, ErrorResponse, FieldError, Format, LiftError, Locale, Problem, RetryKind, Value, lift,
};
use serde_json::json;
use tonic::{Code, Status};

/// Samples that a service can answer with.
fn raised() -> impl Iterator<Item = Sample> {
    samples::all().into_iter().filter(|sample| sample.error.entry().status().is_some())
}

fn machine(value: Value<'_>) -> String {
    match value {
        Value::Unsigned(number) => number.to_string(),
        Value::Signed(number) => number.to_string(),
        Value::Duration(duration) => duration.as_secs_f64().ceil().to_string(),
        Value::Text(text) => text.to_owned(),
        Value::Term(term) => term.name().to_owned(),
        Value::Display(value) => value.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Holds a status against the error that it should be.
fn assert_is(status: &Status, sample: &Sample, locale: Locale) {
    let (name, details) = (&sample.name, StatusDetails::new(status));
    let problem = sample.problem().with_locale(locale);
    let entry = problem.entry();
    assert_eq!(status.code(), Code::from_i32(i32::from(entry.grpc_code().number())), "{name}");
    assert_eq!(details.catalog_name(), Some("lift"), "{name}");
    assert_eq!((details.code(), details.id()), (Some(entry.code()), Some(entry.id())), "{name}");
    let cause = problem.cause().filter(|cause| cause.audience() != Some(Audience::Operator));
    assert_eq!(details.cause(), cause.map(|cause| cause.id()), "{name}");
    assert_eq!(details.retry_kind(), Some(problem.retry().kind().as_str()), "{name}");

    let retries = matches!(problem.retry().kind(), RetryKind::After | RetryKind::Idempotent);
    assert_eq!(details.retry_delay(), problem.retry().wait().filter(|_| retries), "{name}");

    let mut expected: Vec<_> = problem.public_parameters().map(|(p, value)| (p.name(), machine(value))).collect();
    expected.sort();
    let parameters: Vec<_> = details.parameters().map(|(name, value)| (name, value.to_owned())).collect();
    assert_eq!(parameters, expected, "{name}");

    let mut detail = String::new();
    problem.write_detail(&mut detail);
    let (tag, localized) = details.localized_message().unwrap();
    assert_eq!((tag, localized), (locale.tag(), detail.as_str()), "{name}");
    if locale == Locale::EN {
        assert_eq!(status.message(), detail, "{name}");
    }

    let fields = |errors: &lift_errors::FieldErrors| -> Vec<_> {
        let fields = errors.iter();
        fields.map(|e| (e.pointer().to_owned(), e.code().to_owned(), e.message_in(locale).to_string())).collect()
    };
    let expected = problem.field_errors().map(fields).unwrap_or_default();
    assert_eq!(fields(details.field_errors()), expected, "{name}");

    let links: Vec<_> = details.links().collect();
    assert_eq!(links[0].1, entry.type_uri().to_string(), "{name}");
    for fix in problem.fixes().filter_map(|fix| fix.link()) {
        assert_eq!(links.iter().filter(|(_, href)| *href == fix.href()).count(), 1, "{name}: {links:?}");
    }
    assert!(links.iter().all(|(description, _)| !description.is_empty()), "{name}: {links:?}");
}

/// The cause that a service names.
fn sent_cause(sample: &Sample) -> Option<lift::Cause> {
    let cause = sample.problem().cause().filter(|cause| cause.audience() != Some(Audience::Operator));
    cause.and_then(lift::Error::from_cause)
}

/// A status as a gateway writes it in JSON.
fn as_json(status: &Status) -> String {
    let details = StatusDetails::new(status);
    let mut metadata: serde_json::Map<_, _> =
        details.parameters().map(|(name, value)| (name.into(), value.into())).collect();
    let ours = [("lift-error", details.id()), ("lift-retry", details.retry_kind()), ("lift-cause", details.cause())];
    metadata.extend(ours.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into()))));
    let violation = |error: &FieldError| {
        let message = json!({"locale": "en", "message": error.message().to_string()});
        json!({"field": error.field().to_string(), "reason": error.code().to_uppercase(), "localizedMessage": message})
    };
    let violations: Vec<_> = details.field_errors().iter().map(violation).collect();
    let links: Vec<_> = details.links().map(|(text, url)| json!({"description": text, "url": url})).collect();
    let mut list = vec![
        json!({"reason": details.code().unwrap().to_uppercase(), "domain": details.catalog_name(), "metadata": metadata}),
        json!({"message": details.localized_message().unwrap().1}),
        json!({"fieldViolations": violations}),
        json!({"links": links}),
    ];
    list.extend(details.retry_delay().map(|delay| json!({"retryDelay": format!("{}s", delay.as_secs())})));
    for (detail, name) in list.iter_mut().zip(["ErrorInfo", "LocalizedMessage", "BadRequest", "Help", "RetryInfo"]) {
        detail["@type"] = format!("type.googleapis.com/google.rpc.{name}").into();
    }
    json!({"code": status.code() as i32, "message": status.message(), "details": list}).to_string()
}

#[test]
fn a_gateway_s_json_says_as_much_as_the_status() {
    for sample in raised() {
        let name = &sample.name;
        let status = Status::from(ErrorResponse::new(Sampled::named(name).unwrap()));
        let response = http::Response::builder().status(sample.error.entry().status().unwrap());
        let json = ReceivedError::<lift::Error>::from_response(response.body(as_json(&status)).unwrap());
        let plain = ReceivedError::<lift::Error>::from(status);
        assert!(json.error().is_some() && json.error() == plain.error(), "{name}: {json:?}");
        assert_eq!((json.id(), json.detail(), json.retry()), (plain.id(), plain.detail(), plain.retry()), "{name}");
        assert_eq!((json.cause(), plain.cause()), (sent_cause(&sample), sent_cause(&sample)), "{name}");
        assert_eq!((json.parameters(), json.grpc_code()), (plain.parameters(), plain.grpc_code()), "{name}");
        assert_eq!(json.field_errors(), plain.field_errors(), "{name}");
    }
}

/// The contract of a code from a later version, or of a service's own, comes with the error.
#[test]
fn the_contract_of_an_unknown_code_is_read_from_every_form_of_grpc() {
    let metadata = [("lift-error", "LIFT-0418"), ("lift-retry", "after"), ("lift-cause", "too_hot"), ("pot", "blue")];
    let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "TEAPOT", "domain": "lift",
        "metadata": metadata.into_iter().collect::<std::collections::HashMap<_, _>>()});
    let body = json!({"code": 9, "message": "A teapot", "details": [info]}).to_string();
    let response = http::Response::builder().status(400).body(body).unwrap();
    let parts = ErrorParts::new("lift", "TEAPOT").with_metadata(metadata);
    for received in [ReceivedError::<lift::Error>::from_response(response), ReceivedError::from_parts(parts)] {
        assert_eq!((received.id(), received.retry().kind()), (Some("LIFT-0418"), RetryKind::After));
        assert_eq!((received.parameters().len(), &received.parameters()["pot"]), (1, &"blue".into()));
    }
}

#[test]
fn a_status_without_its_details_is_named_by_its_metadata() {
    let status = Status::from(ErrorResponse::new(lift::Error::internal_server_error()));
    let mut bare = Status::new(status.code(), status.message());
    bare.metadata_mut().insert("lift-error", status.metadata().get("lift-error").unwrap().clone());
    let received = ReceivedError::<lift::Error>::from(bare);
    assert_eq!(received.error().map(lift::Error::code), Some(lift::Code::InternalServerError));
    assert_eq!(received.retry(), lift::Error::internal_server_error().problem().retry());

    // A call that filled the disk half way, of which a proxy leaves the id.
    let server = Server::start(ErrorResponder::new().with_foreign_errors_replaced());
    let status = server.status("status/8/disk full", &[]);
    let cut = Status::with_metadata(status.code(), status.message(), status.metadata().clone());
    assert_eq!(StatusDetails::new(&status).retry_kind(), Some("idempotent"));
    for status in [status, cut] {
        let received = ReceivedError::<lift::Error>::from(status);
        assert_eq!((received.id(), received.retry().kind()), (Some("LIFT-0429"), RetryKind::Idempotent));
    }
}

#[test]
fn every_error_arrives_as_it_was_returned() {
    let server = Server::shared();
    for sample in raised() {
        let id = format!("errors-{}", sample.name);
        let status = server.status(&format!("sample/{}", sample.name), &[("x-request-id", &id)]);
        assert_is(&status, &sample, Locale::EN);
        assert_eq!(StatusDetails::new(&status).request_id(), Some(id.as_str()));
        assert_eq!(status.metadata().get("lift-error").unwrap(), sample.error.entry().id());
        let received = ReceivedError::<lift::Error>::from(status);
        // `FieldViolation` has no place for the parameters and the label of a field error. The envelope leaves them out as
        // well, except for the labels in `errorMessages`.
        let envelope = |problem: Problem<'_>| {
            let envelope = problem.display(Format::Envelope).to_string();
            let mut envelope: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&envelope).unwrap();
            envelope.remove("errorMessages");
            envelope.remove("requestId");
            envelope
        };
        assert_eq!(received.error().map(|error| envelope(error.problem())), Some(envelope(sample.problem())));
        assert_eq!(received.retry(), sample.problem().retry());
        assert_eq!(received.cause(), sent_cause(&sample), "{}", sample.name);
        let events = server.log.events(&format!("\"{id}\""));
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!(events[0]["code"], sample.error.entry().code());
        assert_eq!(events[0]["status"], sample.error.entry().status().unwrap());
    }
}

#[test]
fn every_error_speaks_the_users_language_and_the_developers_english() {
    let server = Server::shared();
    for locale in lift::CATALOG.locales().filter(|locale| !locale.tag().contains("-X")) {
        for sample in raised() {
            let status = server.status(&format!("sample/{}", sample.name), &[("accept-language", locale.tag())]);
            assert_is(&status, &sample, locale);
            let english = Status::from(ErrorResponse::new(Sampled::named(&sample.name).unwrap()));
            assert_eq!((status.code(), status.message()), (english.code(), english.message()));
        }
    }
}

#[test]
fn a_stream_that_fails_midway_ends_with_the_whole_error() {
    let server = Server::shared();
    for sample in raised() {
        let (messages, status) = server.call("Stream", &format!("sample/{}", sample.name), &[]);
        assert_eq!(messages, ["one"]);
        let status = status.unwrap();
        assert_is(&status, &sample, Locale::EN);
        assert_eq!(status.metadata().get("lift-error").unwrap(), sample.error.entry().id());
    }
    assert_eq!(server.call("Stream", "two", &[]).0, ["one", "two"]);
}

#[test]
fn what_only_clients_raise_is_a_fault_of_the_service() {
    let status = Server::shared().status("sample/connection_failed", &[]);
    assert_eq!(status.code(), Code::Internal);
    assert_eq!(StatusDetails::new(&status).code(), Some("internal_server_error"));
}

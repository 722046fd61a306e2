//! The assertions of `lift_errors::testing` fail where they should, and say why.

use lift_errors::testing::{Response, Status};
use lift_errors::{ErrorResponse, FieldError, LiftError as _, RetryKind, lift};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// The message of an assertion that fails.
fn failure<T>(assertion: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).err().expect("the assertion holds");
    panic.downcast_ref::<String>().cloned().or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap()
}

fn invalid() -> lift::Error {
    let fields = [FieldError::new("/lines/0/quantity", lift::field_error::too_small(1))];
    lift::validation_failed::new().with_field_errors(fields.into_iter().collect()).build()
}

#[test]
fn a_response_that_is_another_error_is_shown() {
    let of = |error: lift::Error| {
        let response: http::Response<Vec<u8>> = ErrorResponse::new(error).into_http();
        Response::from(response)
    };
    let forbidden = || of(lift::forbidden::new().with_required_role("Manager").build());
    forbidden().assert_code(lift::Code::Forbidden).assert_status(403).assert_parameter("required_role", "Manager");
    of(invalid()).assert_field_error("lines[0].quantity");

    let minute = Duration::from_secs(60);
    let cases: [(&dyn Fn() -> Response, &[&str]); 12] = [
        (
            &|| forbidden().assert_code(lift::Code::NotFound),
            &["another code or catalogue than", "not_found", "\"forbidden\""],
        ),
        (
            &|| Response::new(404, forbidden().json().to_string()).assert_code(lift::Code::Forbidden),
            &["another status than", "404"],
        ),
        (&|| forbidden().assert_status(404), &["another status", "403", "404"]),
        (&|| forbidden().assert_detail("Go away."), &["another detail", "Go away.", "Manager role"]),
        (
            &|| forbidden().assert_cause(lift::unauthorized::Cause::WrongCredentials),
            &["other causes", "wrong_credentials", "only problem details"],
        ),
        (&|| forbidden().assert_retry(RetryKind::After, minute), &["another retry contract", "after_change", "60"]),
        (
            &|| forbidden().assert_parameter("required_role", "Clerk"),
            &["`required_role` has another value", "Manager", "Clerk"],
        ),
        (
            &|| forbidden().assert_parameter("role", "Clerk"),
            &["does not have the parameter `role`", "only problem details"],
        ),
        (
            &|| of(invalid()).assert_field_error("lines[1].quantity"),
            &["`lines[1].quantity` does not have an error", "lines[0]"],
        ),
        (&|| forbidden().assert_header("retry-after", "7"), &["`retry-after` has another value", "lift-error"]),
        (&|| forbidden().assert_hides("Manager"), &["the body shows `Manager`"]),
        (&|| Response::new(500, "<p>Sorry").assert_code(lift::Code::InternalServerError), &["not JSON", "<p>Sorry"]),
    ];
    for (number, (assertion, words)) in cases.iter().enumerate() {
        let message = failure(assertion);
        for word in *words {
            assert!(message.contains(word), "{number}: `{word}` is not in: {message}");
        }
    }
    let header = failure(|| Response::new(500, "{}").with_headers([("server", "depot-7")]).assert_hides("depot-7"));
    assert!(header.contains("a header shows `depot-7`"), "{header}");
    // Not every value of a header is ASCII.
    let named = axum::http::Response::builder().header("x-by", "Müller".as_bytes()).body("{}").unwrap();
    assert!(failure(|| Response::from(named.clone()).assert_hides("Müller")).contains("a header shows `Müller`"));
}

#[test]
fn a_status_that_is_another_error_is_shown() {
    let status = |error: lift::Error| Status::from(tonic::Status::from(ErrorResponse::new(error)));
    let limited = || status(lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12)));
    limited().assert_code(lift::Code::TooManyRequests).assert_retry(RetryKind::After, Duration::from_secs(12));
    status(invalid()).assert_field_error("lines[0].quantity");

    let text = lift::Error::not_found().to_string();
    let cases: [(&dyn Fn() -> Status, &[&str]); 8] = [
        (&|| limited().assert_code(lift::Code::NotFound), &["is not that of", "not_found", "too_many_requests"]),
        (&|| limited().assert_message(&text), &["another message", &text]),
        (
            &|| limited().assert_cause(lift::unauthorized::Cause::WrongCredentials),
            &["another cause", "wrong_credentials"],
        ),
        (
            &|| limited().assert_retry(RetryKind::After, Duration::from_secs(13)),
            &["another retry contract", "12s", "13s"],
        ),
        (&|| limited().assert_parameter("limit", "61"), &["`limit` has another value", "60", "61"]),
        (&|| status(invalid()).assert_field_error("lines"), &["`lines` does not have an error"]),
        (&|| limited().assert_hides("60"), &["the status shows `60`"]),
        (
            &|| Status::from(tonic::Status::not_found("gone")).assert_code(lift::Code::NotFound),
            &["is not that of", "gone"],
        ),
    ];
    for (number, (assertion, words)) in cases.iter().enumerate() {
        let message = failure(assertion);
        for word in *words {
            assert!(message.contains(word), "{number}: `{word}` is not in: {message}");
        }
    }
    assert_eq!(invalid().entry(), lift::validation_failed::ENTRY);
}

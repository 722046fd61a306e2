//! Errors with a `Display` that fails: responses and the log have its text up to the failure.

use super::telemetry::Logged;
use super::{answering, call, errors, request};
use axum::body::Body;
use lift_errors::{ErrorResponse, Format};
use std::fmt;
use tower::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;

/// A date with a wrong pattern fails like this.
#[derive(Debug)]
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("on ").and(Err(fmt::Error))
    }
}

impl std::error::Error for Unwritable {}

#[derive(Debug, lift_errors::LiftError)]
#[lift(code = conflict)]
struct Undated {
    #[lift(log)]
    date: Unwritable,
    #[source]
    clock: Unwritable,
}

/// Its text is thiserror's, for which the log asks the field.
#[derive(Debug, thiserror::Error, lift_errors::LiftError)]
#[error("no parcel of {resource}")]
#[lift(code = not_found, no_display, no_error)]
struct Lost {
    resource: Unwritable,
}

/// The parameter is for operators, so only the log has it.
#[derive(Debug, lift_errors::LiftError)]
#[lift(code = bad_gateway)]
struct Unreadable {
    upstream: Unwritable,
}

#[derive(Debug, lift_errors::LiftError)]
#[lift(code = bad_gateway, upstream = "carrier {day}")]
struct Closed {
    day: Unwritable,
}

/// An error, its status, and fields of its event.
type Case = (fn() -> ErrorResponse, u16, &'static [(&'static str, &'static str)]);

#[test]
fn a_value_that_cannot_be_written_is_logged_as_far_as_it_goes() {
    crate::frameworks::log::begin();
    // A log of JSON makes a text of each value, as `Logged` does, and that panics if the value passes a failure on.
    let cases: [Case; 4] = [
        (
            || ErrorResponse::new(Undated { date: Unwritable, clock: Unwritable }),
            409,
            &[("code", "conflict"), ("fields", "{date: on }"), ("sources", "[on ]")],
        ),
        (
            || ErrorResponse::new(Lost { resource: Unwritable }),
            404,
            &[("code", "not_found"), ("message", "no parcel of on ")],
        ),
        (
            || ErrorResponse::new(Unreadable { upstream: Unwritable }),
            502,
            &[("code", "bad_gateway"), ("parameters", "{upstream: on }")],
        ),
        (
            || ErrorResponse::new(Closed { day: Unwritable }),
            502,
            &[("code", "bad_gateway"), ("parameters", "{upstream: carrier on }")],
        ),
    ];
    for (error, expected_status, expected) in cases {
        let in_layer = || {
            for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown]
            {
                let asking = request(&[("accept", format.media_type())]);
                let (status, ..) = call(errors().layer(answering(move || error().into_http::<Body>())), asking);
                assert_eq!(status.as_u16(), expected_status, "{format:?} {expected:?}");
            }
        };
        for run in [&(|| error().log()) as &dyn Fn(), &in_layer] {
            let logged = Logged::default();
            tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), run);
            let fields = logged.0.0.lock().unwrap();
            let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
            for (name, value) in expected {
                assert_eq!(field(name), Some(*value), "{fields:?}");
            }
        }
    }
    let status = tonic::Status::from(ErrorResponse::new(Lost { resource: Unwritable }));
    assert_eq!((status.code(), status.message()), (tonic::Code::NotFound, "The server could not find on ."));
}

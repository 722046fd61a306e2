//! The layer's counters, and the spans that it marks as failed. Each test has a recorder and a log of its own.

use super::{answering, call, errors, request, response};
use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::routing::get;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, lift};
use metrics_util::MetricKind;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tower::Layer as _;
use tracing::field::{Field, Visit};
use tracing::{Subscriber, field, span};
use tracing_subscriber::layer::SubscriberExt as _;

#[test]
fn counters_begin_at_zero_and_have_few_labels() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let errors = ErrorLayer::new(ErrorResponder::new().with_catalog(&crate::onboarding::CATALOG));
        call(errors.layer(answering(|| ErrorResponse::new(lift::Error::conflict()).into_http::<Body>())), request(&[]));
        call(errors.layer(answering(|| response(418, &[], ""))), request(&[]));
        let routed = errors.wrap_router(
            Router::new().route("/orders/{number}", get(|| async { (StatusCode::CONFLICT, axum::Json(1)) })),
        );
        call(routed, request(&[]));
    });
    let mut counts: Vec<(String, u64)> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .filter(|(key, ..)| key.kind() == MetricKind::Counter)
        .map(|(key, _, _, value)| {
            let DebugValue::Counter(count) = value else { panic!("{value:?}") };
            let labels: Vec<_> = key.key().labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            (format!("{} {}", key.key().name(), labels.join(" ")), count)
        })
        .collect();
    let zero = counts.extract_if(.., |(_, count)| *count == 0).count();
    counts.sort();
    let expected = [
        ("lift_errors_total catalog= error.type=_OTHER", 1),
        ("lift_errors_total catalog=lift error.type=conflict", 1),
        ("lift_foreign_errors_total route=/orders/{number} status=409", 1),
    ];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)));
    let entries =
        |catalog: &'static lift_errors::Catalog| catalog.entries().filter(|entry| entry.status().is_some()).count();
    assert_eq!(zero, entries(&lift::CATALOG) - 1 + entries(&crate::onboarding::CATALOG));
}

/// Fields that spans get after they began.
#[derive(Clone, Default)]
struct Recorded(Arc<Mutex<Vec<(String, String)>>>);

impl Visit for Recorded {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.lock().unwrap().push((field.name().to_owned(), format!("{value:?}").replace('"', "")));
    }
}

impl<S: Subscriber> tracing_subscriber::Layer<S> for Recorded {
    fn on_record(&self, _: &span::Id, values: &span::Record<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        values.record(&mut self.clone());
    }
}

#[test]
fn only_faults_of_the_server_mark_the_span_as_failed() {
    for (status, expected) in [
        (404, &[][..]),
        (429, &[]),
        (500, &[("otel.status_code", "ERROR"), ("error.type", "internal_server_error")]),
        (504, &[("otel.status_code", "ERROR"), ("error.type", "gateway_timeout")]),
        (599, &[("otel.status_code", "ERROR"), ("error.type", "_OTHER")]),
    ] {
        let recorded = Recorded::default();
        let subscriber = tracing_subscriber::registry().with(recorded.clone());
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("request", otel.status_code = field::Empty, error.type = field::Empty);
            let _entered = span.enter();
            call(errors().layer(answering(move || response(status, &[], ""))), request(&[]));
        });
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(*recorded.0.lock().unwrap(), expected, "{status}");
    }
}

/// The fields of events, and the names of those that they could have had.
#[derive(Clone, Default)]
struct Logged(Recorded, Arc<Mutex<BTreeSet<&'static str>>>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Logged {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        event.record(&mut self.0.clone());
        self.1.lock().unwrap().extend(event.metadata().fields().iter().map(|field| field.name()));
    }
}

/// The fields of an event that the guide for operators lists.
fn listed_fields() -> BTreeSet<&'static str> {
    let guide = include_str!("../../../lift-errors/src/guide/operators.rs");
    let (_, events) = guide.split_once("# Events").unwrap();
    let (events, _) = events.split_once("# Metrics").unwrap();
    let rows = events.lines().filter_map(|line| line.strip_prefix("//! | ")?.split('|').next());
    rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn a_405_waits_for_its_methods_and_is_logged_once_with_its_route() {
    // tracing computes once for each event in the code whether anybody listens. Without a subscriber for the whole process, a
    // test on another thread can turn the event off for all threads.
    crate::frameworks::log::begin();
    let logged = Logged::default();
    let (status, headers, body) =
        tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
            let routes = Router::new().route("/orders/{number}", get(|| async { "an order" }).put(|| async { "done" }));
            let mut wanted = request(&[("accept", "application/problem+json")]);
            *wanted.method_mut() = axum::http::Method::DELETE;
            // The event of a response that is left as it is has a reason.
            let marked = || {
                let mut response = response(404, &[("content-type", "text/plain")], "late");
                response.extensions_mut().insert(lift_errors::Passthrough::new("the legacy client reads it"));
                response
            };
            assert_eq!(call(errors().layer(answering(marked)), request(&[])).2, b"late");
            call(errors().wrap_router(routes), wanted)
        });
    let said = super::json(&body);
    assert_eq!((status, headers["allow"].to_str().ok()), (StatusCode::METHOD_NOT_ALLOWED, Some("GET,HEAD,PUT")));
    assert_eq!(
        (said["params"]["allow"].as_str(), said["params"]["method"].as_str()),
        (Some("GET, HEAD, PUT"), Some("DELETE"))
    );
    let fields = logged.0.0.lock().unwrap();
    let routes: Vec<&str> =
        fields.iter().filter(|(name, _)| name == "http.route").map(|(_, route)| route.as_str()).collect();
    assert_eq!(routes, ["/orders/{number}"]);
    let mut names = logged.1.lock().unwrap().clone();
    names.remove("message");
    assert_eq!(names, listed_fields(), "lift-errors/src/guide/operators.rs lists other fields");
}

//! The layer's counters, and the spans that it marks as failed. Each test has a recorder and a log of its own.

use super::{answering, call, errors, request, response};
use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::routing::get;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, Passthrough, ResultExt as _, lift};
use metrics_util::MetricKind;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tower::Layer as _;
use tracing::field::{Field, Visit};
use tracing::{Instrument as _, Subscriber, field, span};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;

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
    let entries = |catalog: &'static lift_errors::Catalog| catalog.entries().count();
    assert_eq!(zero, entries(&lift::CATALOG) - 1 + entries(&crate::onboarding::CATALOG));
}

/// Fields that spans get after they began.
#[derive(Clone, Default)]
pub(super) struct Recorded(pub(super) Arc<Mutex<Vec<(String, String)>>>);

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
    crate::frameworks::log::begin();
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
pub(super) struct Logged(pub(super) Recorded, Arc<Mutex<BTreeSet<&'static str>>>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Logged {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        event.record(&mut self.0.clone());
        self.1.lock().unwrap().extend(event.metadata().fields().iter().map(|field| field.name()));
    }
}

/// The view of layers that make exceptions of errors: the errors of each event, and the span that it belongs to.
#[derive(Clone, Default)]
struct Exceptions(Arc<Mutex<Vec<Exception>>>);

/// The name of the span, and the errors of an event.
type Exception = (Option<&'static str>, Vec<String>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> tracing_subscriber::Layer<S> for Exceptions {
    fn on_event(&self, event: &tracing::Event<'_>, context: tracing_subscriber::layer::Context<'_, S>) {
        #[derive(Default)]
        struct RecordedErrors(Vec<String>);

        impl Visit for RecordedErrors {
            fn record_error(&mut self, field: &Field, error: &(dyn std::error::Error + 'static)) {
                self.0.push(format!("{}: {error:?}: {error}", field.name()));
            }

            fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
        }

        let mut errors = RecordedErrors::default();
        event.record(&mut errors);
        self.0.lock().unwrap().push((context.event_span(event).map(|span| span.name()), errors.0));
    }
}

#[derive(Debug, lift_errors::LiftError)]
enum OrderError {
    #[lift(code = unprocessable_content)]
    WrongQuantity {
        #[from]
        source: std::num::ParseIntError,
    },
}

fn quantity(text: &str) -> Result<u32, OrderError> {
    Ok(text.parse()?)
}

/// A handler with a span of its own, in which `?` converts the error.
async fn order() -> Result<String, ErrorResponse> {
    async { Ok(quantity("seven")?.to_string()) }.instrument(tracing::info_span!("order")).await
}

#[test]
fn sources_are_an_exception_in_the_span_of_the_handler() {
    crate::frameworks::log::begin();
    let (logged, exceptions) = (Logged::default(), Exceptions::default());
    let subscriber = tracing_subscriber::registry().with(logged.clone()).with(exceptions.clone());
    tracing::subscriber::with_default(subscriber, || {
        let app = errors().wrap_router(Router::new().route("/orders/{number}", get(order)));
        let _request = tracing::info_span!("request").entered();
        assert_eq!(call(app, request(&[])).0, 422);
    });
    let expected = r#"sources: ParseIntError: ["invalid digit found in string"]"#;
    assert_eq!(*exceptions.0.lock().unwrap(), [(Some("order"), vec![expected.to_owned()])]);
    let fields = logged.0.0.lock().unwrap();
    let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    assert_eq!(field("variant"), Some("OrderError::WrongQuantity"));
    let place = field("place").unwrap();
    assert!(place.contains("layer/telemetry.rs:"), "{place}");
    let line: usize = place.split(':').nth(1).unwrap().parse().unwrap();
    let written = include_str!("telemetry.rs").lines().nth(line - 1).unwrap();
    assert!(written.contains(r#"quantity("seven")?"#), "{written}");
}

#[test]
fn an_error_without_a_layer_is_logged_once_and_with_one_too() {
    crate::frameworks::log::begin();
    for is_layered in [false, true] {
        let exceptions = Exceptions::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(exceptions.clone()), || {
            let router = Router::new().route("/orders/{number}", get(order));
            let app = if is_layered { errors().wrap_router(router) } else { router };
            assert_eq!(call(app, request(&[])).0, 422);
            let status = tonic::Status::from(ErrorResponse::new(lift::Error::conflict()));
            assert_ne!(status.code(), tonic::Code::Ok);
        });
        assert_eq!(exceptions.0.lock().unwrap().len(), 2, "layered: {is_layered}");
    }
    // A status that becomes a response further out is not logged again.
    let exceptions = Exceptions::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(exceptions.clone()), || {
        let mut made = Some(ErrorResponse::new(lift::Error::conflict()).into_http::<Body>());
        let service = tower::service_fn(move |_: axum::http::Request<Body>| {
            std::future::ready(Ok::<_, std::convert::Infallible>(made.take().unwrap()))
        });
        let (status, headers, _) = call(errors().layer(service), request(&[("accept", "text/plain")]));
        assert_eq!((status.as_u16(), &headers["content-type"]), (409, &"text/plain; charset=utf-8".parse().unwrap()));
    });
    assert_eq!(exceptions.0.lock().unwrap().len(), 1);
}

/// An error of a job, which passes on another one.
#[derive(Debug, lift_errors::LiftError)]
enum JobError {
    #[lift(transparent)]
    Tool(ErrorResponse),
}

#[test]
fn an_error_that_answers_nobody_is_logged_once() {
    crate::frameworks::log::begin();
    let (logged, exceptions) = (Logged::default(), Exceptions::default());
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let subscriber = tracing_subscriber::registry().with(logged.clone()).with(exceptions.clone());
    tracing::subscriber::with_default(subscriber, || {
        metrics::with_local_recorder(&recorder, || {
            let failed = ErrorResponse::new(crate::without_http::ERROR).with_log_field("job", "mirror");
            let error = ErrorResponse::new(JobError::Tool(failed.clone()));
            let kept = error.clone();
            error.with_log_field("attempt", 2).log();
            drop((kept, failed));
            // A copy in a response that was logged is not logged again.
            let response = ErrorResponse::new(lift::Error::conflict()).into_http::<Vec<u8>>();
            response.extensions().get::<ErrorResponse>().unwrap().clone().log();
        });
    });
    assert_eq!((exceptions.0.lock().unwrap().len(), snapshotter.snapshot().into_vec().len()), (2, 2));
    // Nobody is answered, so that the error is logged as itself.
    let fields = logged.0.0.lock().unwrap();
    let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    assert_eq!((field("code"), field("variant")), (Some("tool_no_remote"), Some("JobError::Tool")));
    assert_eq!((field("catalog"), field("severity"), field("id")), (Some("tool"), Some("error"), Some("E0104")));
    // That of the other one.
    assert_eq!(fields.iter().filter(|(name, _)| name == "status").count(), 1);
    assert_eq!(
        (field("fields"), field("sources")),
        (Some("{attempt: 2, job: mirror, user: 7, path: /srv/git/shop}"), None)
    );
    assert_eq!(field("message"), Some("The repository has no remote origin."));
    assert!(field("parameters").unwrap().contains("/srv/git/shop"), "{fields:?}");
}

#[test]
fn what_the_base_has_no_place_for_is_logged() {
    crate::frameworks::log::begin();
    let logged = Logged::default();
    let subscriber = tracing_subscriber::registry().with(logged.clone());
    tracing::subscriber::with_default(subscriber, || {
        let layer = ErrorLayer::new(ErrorResponder::new().with_base_catalog(&crate::depot::CATALOG));
        let error = || lift::import_failed::new().with_line(17).with_missing_header("Product Code");
        let error = move || error().with_cause(lift::import_failed::Cause::NotUtf8).build();
        call(layer.layer(answering(move || ErrorResponse::new(error()).into_http::<Body>())), request(&[]));
    });
    let fields = logged.0.0.lock().unwrap();
    let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    assert_eq!((field("catalog"), field("code"), field("cause")), (Some("depot"), Some("bad_request"), None));
    let kept = "{canonical_code: import_failed, canonical_cause: not_utf8, line: 17, missing_header: Product Code}";
    assert_eq!(field("fields"), Some(kept));
}

#[derive(Debug, lift_errors::LiftError)]
enum StockError {
    #[lift(code = conflict, severity = "info")]
    Changed {
        #[lift(log)]
        shelf: String,
        #[lift(log)]
        attempt: Option<u32>,
        #[lift(log)]
        key: lift_errors::Secret<&'static str>,
        #[source]
        #[lift(private)]
        query: std::io::Error,
    },
    #[lift(transparent)]
    Other(Box<StockError>),
    #[lift(transparent, severity = "critical")]
    Grave(Box<StockError>),
}

#[test]
fn a_service_adds_to_the_log_and_hides_from_it() {
    crate::frameworks::log::begin();
    let changed = |attempt| StockError::Changed {
        shelf: "A-7\n".to_owned(),
        attempt,
        key: lift_errors::Secret::new("canary-key"),
        query: std::io::Error::other("canary-query"),
    };
    let copied = || ErrorResponse::from_ref(&changed(Some(2)));
    let nested = || ErrorResponse::new(StockError::Other(Box::new(changed(Some(2))))).with_log_field("order", "PO-7");
    let grave = || ErrorResponse::new(StockError::Grave(Box::new(changed(None))));
    let cases: [(&dyn Fn() -> ErrorResponse, _, _, _); 5] = [
        (&|| ErrorResponse::new(changed(None)), "StockError::Changed", "info", r#"{shelf: A-7\u{a}, key: [redacted]}"#),
        (&copied, "StockError::Changed", "info", r#"{shelf: A-7\u{a}, attempt: 2, key: [redacted]}"#),
        (&nested, "StockError::Other", "info", r#"{order: PO-7, shelf: A-7\u{a}, attempt: 2, key: [redacted]}"#),
        (&grave, "StockError::Grave", "critical", r#"{shelf: A-7\u{a}, key: [redacted]}"#),
        (
            &|| nested().clone().with_log_field("b", 1),
            "StockError::Other",
            "info",
            r#"{b: 1, order: PO-7, shelf: A-7\u{a}, attempt: 2, key: [redacted]}"#,
        ),
    ];
    for (error, variant, severity, fields_of_event) in cases {
        let logged = Logged::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
            let mut made = Some(error());
            let service = tower::service_fn(move |_: axum::http::Request<Body>| {
                std::future::ready(Ok::<_, std::convert::Infallible>(made.take().unwrap().into_http::<Body>()))
            });
            let (status, headers, body) = call(errors().layer(service), request(&[]));
            assert_eq!(status.as_u16(), 409);
            let sent = format!("{headers:?} {}", String::from_utf8_lossy(&body));
            assert!(!sent.contains("A-7") && !sent.contains("PO-7") && !sent.contains("canary"), "{sent}");
        });
        let fields = logged.0.0.lock().unwrap();
        let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
        assert_eq!((field("variant"), field("severity")), (Some(variant), Some(severity)));
        assert_eq!(field("fields"), Some(fields_of_event));
        assert_eq!(field("sources"), Some("[std::io::error::Error]"));
        assert!(!format!("{fields:?}").contains("canary"), "{fields:?}");
    }
}

/// Has an error with a private source as its own source.
#[derive(Debug, lift_errors::LiftError)]
#[lift(code = service_unavailable)]
struct Unstocked {
    retry_after: std::time::Duration,
    #[source]
    stock: StockError,
}

#[test]
fn a_private_source_stays_private_wherever_its_error_is() {
    crate::frameworks::log::begin();
    let changed = || StockError::Changed {
        shelf: "A-7".to_owned(),
        attempt: None,
        key: lift_errors::Secret::new("canary-key"),
        query: std::io::Error::other("canary-query"),
    };
    let boxed = || Box::<dyn std::error::Error + Send + Sync>::from(changed());
    let caused = || lift::Error::internal_server_error().caused_by(changed());
    let unstocked = || Unstocked { retry_after: std::time::Duration::from_secs(1), stock: changed() };
    let status = || tonic::Status::from(ErrorResponse::new(changed()));
    let ways: [&dyn Fn() -> ErrorResponse; 13] = [
        &|| ErrorResponse::new(caused()),
        &|| ErrorResponse::new(lift::Error::connection_failed().caused_by(changed())),
        &|| Err::<(), _>(changed()).or_lift(lift::Error::bad_request()).unwrap_err().into(),
        &|| ErrorResponse::new(unstocked()),
        &|| ErrorResponse::new(StockError::Other(Box::new(changed()))),
        &|| ErrorResponse::internal(boxed()),
        &|| boxed().into(),
        &|| ErrorResponse::from_boxed::<StockError>(boxed()),
        &|| ErrorResponse::from_ref(&caused()),
        &|| ErrorResponse::internal(status()),
        &|| ErrorResponse::new(lift::Error::bad_gateway().caused_by(status())),
        &|| anyhow::Error::new(status()).context("asking the stock").into(),
        &|| ErrorResponse::from_boxed::<StockError>(Box::new(status())),
    ];
    for (number, error) in ways.into_iter().enumerate() {
        assert!(error().problem().sources().to_string().ends_with("std::io::error::Error"), "{number}");
        let logged = Logged::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
            let errors = ErrorLayer::new(ErrorResponder::new().with_debug_member());
            let mut made = Some(error());
            let service = tower::service_fn(move |_: axum::http::Request<Body>| {
                std::future::ready(Ok::<_, std::convert::Infallible>(made.take().unwrap().into_http::<Body>()))
            });
            let (_, _, body) = call(errors.layer(service), request(&[]));
            let body = String::from_utf8_lossy(&body);
            assert!(body.contains("std::io::error::Error") && !body.contains("canary"), "{number}: {body}");
        });
        let fields = logged.0.0.lock().unwrap();
        let sources = fields.iter().find(|(name, _)| name == "sources").map(|(_, value)| value.as_str());
        assert!(sources.is_some_and(|sources| sources.ends_with("std::io::error::Error]")), "{number}: {sources:?}");
        assert!(!format!("{fields:?}").contains("canary"), "{number}: {fields:?}");
    }
    // A status shows its error to those who write it, and is found to be that error.
    for text in [status().to_string(), format!("{:?}", status())] {
        assert!(text.contains("lift/conflict (LIFT-0409)") && !text.contains("canary"), "{text}");
    }
    assert_eq!(ErrorResponse::from(anyhow::Error::new(status())).status(), 409);
    let exceptions = Exceptions::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(exceptions.clone()), || {
        call(errors().layer(answering(move || ErrorResponse::new(changed()).into_http::<Body>())), request(&[]));
    });
    let expected = r#"sources: Error: ["std::io::error::Error"]"#;
    assert_eq!(exceptions.0.lock().unwrap()[0].1, [expected]);
}

#[test]
fn the_codes_of_fields_and_the_method_of_a_call_are_logged() {
    crate::frameworks::log::begin();
    let logged = Logged::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
        let mut calling = request(&[("content-type", "application/grpc")]);
        *calling.method_mut() = axum::http::Method::POST;
        *calling.uri_mut() = "/shop.Orders/Approve".parse().unwrap();
        let invalid = || {
            let fields = [lift_errors::FieldError::new("/lines/0/quantity", lift::field_error::too_small(1))];
            let error = lift::validation_failed::new().with_field_errors(fields.into_iter().collect());
            tonic::Status::from(ErrorResponse::new(error)).into_http::<Body>()
        };
        let (_, headers, _) = call(errors().layer(answering(invalid)), calling);
        assert_eq!(
            (&headers["lift-error"], headers.get_all("x-request-id").iter().count()),
            (&"LIFT-1004".parse().unwrap(), 1)
        );
        assert_eq!(&headers["cache-control"], "no-store");
    });
    let fields = logged.0.0.lock().unwrap();
    let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    assert_eq!((field("rpc.service"), field("rpc.method")), (Some("shop.Orders"), Some("Approve")));
    assert_eq!(field("field_errors"), Some("{/lines/0/quantity: too_small}"));
}

#[test]
fn the_field_errors_that_an_event_leaves_out_are_counted() {
    crate::frameworks::log::begin();
    let logged = Logged::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
        let invalid = || {
            let places = (0..1_300).map(|line| format!("/lines/{line}/quantity"));
            let fields = places.map(|place| lift_errors::FieldError::new(place, lift::field_error::too_small(1)));
            ErrorResponse::new(lift::validation_failed::new().with_field_errors(fields.collect())).into_http::<Body>()
        };
        call(errors().layer(answering(invalid)), request(&[]));
    });
    let fields = logged.0.0.lock().unwrap();
    let (_, codes) = fields.iter().find(|(name, _)| name == "field_errors").unwrap();
    assert_eq!(codes.matches("too_small").count(), 100);
    assert!(codes.ends_with("/lines/99/quantity: too_small} … +1,200"), "{codes}");
}

#[test]
fn an_error_that_another_layer_hides_is_logged_unless_it_is_the_clients() {
    crate::frameworks::log::begin();
    let internal = || lift::Error::internal_server_error().caused_by(std::io::Error::other("no connection to db-1"));
    for (error, code) in [(internal(), Some("internal_server_error")), (lift::Error::unauthorized(), None)] {
        let logged = Logged::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
            let replaced = move || {
                let mut response = ErrorResponse::new(error.clone()).into_http::<Body>();
                *response.status_mut() = StatusCode::OK;
                response
            };
            // The outer layer does not log it again.
            assert_eq!(call(errors().layer(errors().layer(answering(replaced))), request(&[])).0, 200);
        });
        let fields = logged.0.0.lock().unwrap();
        let all = |name: &str| -> Vec<String> {
            fields.iter().filter(|(found, _)| found == name).map(|(_, value)| value.clone()).collect()
        };
        assert_eq!(all("code"), Vec::from_iter(code.map(str::to_owned)));
        if code.is_some() {
            assert_eq!((all("status"), all("sources").len()), (vec!["200".to_owned()], 1));
            assert_eq!(all("reason"), ["another layer answered with this status in place of the error"]);
        }
    }
}

#[test]
fn an_error_that_is_not_sent_is_logged_in_the_words_of_the_base_catalogue() {
    crate::frameworks::log::begin();
    let kept = || {
        let mut response = ErrorResponse::new(lift::Error::internal_server_error()).into_http::<Body>();
        response.extensions_mut().insert(Passthrough::new("the old API's format"));
        response
    };
    let replaced = || {
        let mut response = ErrorResponse::new(lift::Error::internal_server_error()).into_http::<Body>();
        *response.status_mut() = StatusCode::FOUND;
        response
    };
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let logged = Logged::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
        metrics::with_local_recorder(&recorder, || {
            assert_eq!(call(of_depot().layer(answering(kept)), request(&[])).0, 500);
            assert_eq!(call(of_depot().layer(answering(replaced)), request(&[])).0, 302);
        });
    });
    let fields = logged.0.0.lock().unwrap();
    let all = |name: &str| -> Vec<&str> {
        fields.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!((all("catalog"), all("id")), (vec!["depot"; 2], vec!["DEPOT-0500"; 2]));
    let counted = snapshotter.snapshot().into_vec().into_iter().filter_map(|(key, _, _, value)| {
        let is_counted = key.key().name() == "lift_errors_total" && matches!(value, DebugValue::Counter(2));
        is_counted.then(|| key.key().labels().map(|label| label.value().to_owned()).collect::<Vec<_>>())
    });
    assert_eq!(counted.collect::<Vec<_>>(), [["depot", "internal_server_error"]]);
}

fn of_depot() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new().with_base_catalog(&crate::depot::CATALOG))
}

/// The text of a type with `no_display` is its own, whatever catalogue explains its code.
#[test]
fn the_text_of_a_type_is_logged_with_a_base_catalogue_too() {
    #[derive(Debug, thiserror::Error, lift_errors::LiftError)]
    #[lift(code = conflict, no_display, no_error)]
    #[error("the order {0} clashes")]
    struct Clash(#[lift(skip)] u32);

    crate::frameworks::log::begin();
    let logged = Logged::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
        let of_type = || ErrorResponse::new(Clash(7)).into_http::<Body>();
        let of_catalog = || ErrorResponse::new(lift::Error::conflict()).into_http::<Body>();
        assert_eq!(call(of_depot().layer(answering(of_type)), request(&[])).0, 409);
        assert_eq!(call(of_depot().layer(answering(of_catalog)), request(&[])).0, 409);
    });
    let fields = logged.0.0.lock().unwrap();
    let all = |name: &str| -> Vec<&str> {
        fields.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(all("id"), ["DEPOT-0409"; 2]);
    assert_eq!(all("message").first(), Some(&"the order 7 clashes"));
    assert_ne!(all("message").last(), Some(&"the order 7 clashes"));
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
            // That of an error of the service has its code and its sources, too.
            let failed = || {
                let mut response = response(500, &[("content-type", "text/plain")], "failed");
                let source = std::io::Error::other("the disk is full");
                response.extensions_mut().insert(lift_errors::ErrorResponse::internal(source));
                response.extensions_mut().insert(lift_errors::Passthrough::new("the scanner reads it"));
                response
            };
            assert_eq!(call(errors().layer(answering(failed)), request(&[])).2, b"failed");
            call(errors().wrap_router(routes), wanted)
        });
    let said = super::json(&body);
    assert_eq!((status, headers["allow"].to_str().ok()), (StatusCode::METHOD_NOT_ALLOWED, Some("GET,HEAD,PUT")));
    assert_eq!(
        (said["params"]["allow"].as_str(), said["params"]["method"].as_str()),
        (Some("GET, HEAD, PUT"), Some("DELETE"))
    );
    let fields = logged.0.0.lock().unwrap();
    for (name, part) in [("code", "internal"), ("sources", "the disk is full"), ("reason", "the scanner reads it")] {
        assert!(fields.iter().any(|(found, value)| found == name && value.contains(part)), "{name}: {fields:?}");
    }
    let routes: Vec<&str> =
        fields.iter().filter(|(name, _)| name == "http.route").map(|(_, route)| route.as_str()).collect();
    assert_eq!(routes, ["/orders/{number}"]);
    let mut names = logged.1.lock().unwrap().clone();
    names.remove("message");
    assert_eq!(names, listed_fields(), "lift-errors/src/guide/operators.rs lists other fields");
}

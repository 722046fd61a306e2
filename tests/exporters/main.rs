//! A failing handler behind real HTTP, and the exception that Sentry and OpenTelemetry make of its sources.

use axum::{Router, routing::get};
use lift_errors::{ErrorLayer, ErrorResponse, LiftError};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
use sentry::protocol::Context;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use tracing::{Instrument as _, Subscriber, info_span};
use tracing_subscriber::layer::SubscriberExt as _;

#[derive(Debug, LiftError)]
enum OrderError {
    #[lift(code = internal_server_error)]
    Storage(#[from] io::Error),
}

fn load() -> Result<String, OrderError> {
    Err(io::Error::new(io::ErrorKind::ConnectionRefused, "canary: no connection to the database"))?
}

/// A handler with a span of its own, in which `?` converts the error.
async fn order() -> Result<String, ErrorResponse> {
    async { Ok(load()?) }.instrument(info_span!("order")).await
}

/// Sends a request over TCP.
fn ask(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /orders/7 HTTP/1.1\r\nHost: depot\r\nConnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

/// Serves one request on this thread, with its log.
fn serve(log: impl Subscriber + Send + Sync) {
    tracing::subscriber::with_default(log, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let reply = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let app = ErrorLayer::default().wrap_router(Router::new().route("/orders/{number}", get(order)));
            tokio::spawn(async { axum::serve(listener, app).await });
            tokio::task::spawn_blocking(move || ask(address)).await.unwrap()
        });
        assert!(reply.starts_with("HTTP/1.1 500 ") && !reply.contains("canary"), "{reply}");
    });
}

#[test]
fn sentry_gets_one_exception_with_the_text_of_the_source_and_the_span_of_the_handler() {
    let run = || serve(tracing_subscriber::registry().with(sentry::integrations::tracing::layer()));
    let options = sentry::ClientOptions { traces_sample_rate: 1.0, ..Default::default() };
    let events = sentry::test::with_captured_events_options(run, options);
    let [event] = events.as_slice() else { panic!("{events:#?}") };
    let Some(Context::Trace(trace)) = event.contexts.get("trace") else { panic!("{event:#?}") };
    assert_eq!(trace.op.as_deref(), Some("exporters::order"), "{trace:#?}");
    let exceptions: Vec<_> = event.exception.iter().map(|it| (it.ty.as_str(), it.value.as_deref())).collect();
    assert_eq!(exceptions, [("Custom", Some(r#"["canary: no connection to the database"]"#))], "{event:#?}");
    assert_eq!(event.level, sentry::Level::Error);
    assert!(format!("{event:?}").contains("internal_server_error"), "{event:#?}");
}

#[test]
fn opentelemetry_gets_the_exception_within_the_span_of_the_handler() {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("depot"));
    serve(tracing_subscriber::registry().with(layer));
    let spans = exporter.get_finished_spans().unwrap();
    let span = spans.iter().find(|span| span.name == "order").unwrap_or_else(|| panic!("{spans:#?}"));
    let [event] = span.events.events.as_slice() else { panic!("{span:#?}") };
    let attribute = |name: &str| {
        let found = event.attributes.iter().find(|attribute| attribute.key.as_str() == name);
        found.map(|attribute| attribute.value.to_string())
    };
    let sources = r#"["canary: no connection to the database"]"#;
    assert_eq!(attribute("exception.message").as_deref(), Some(sources), "{event:#?}");
    assert_eq!(attribute("code").as_deref(), Some("internal_server_error"), "{event:#?}");
    assert_eq!(attribute("http.route").as_deref(), Some("/orders/{number}"), "{event:#?}");
}

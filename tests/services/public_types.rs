//! Public types can be sent to and shared with other threads, moved when pinned, and printed for debugging. The table is
//! compared with `lift-errors/surface`, so a new type has to be entered.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

fn assert_all<T: Send + Sync + Unpin + Debug>() {}
fn assert_all_but_sync<T: Send + Unpin + Debug>() {}
fn assert_for_one_thread<T: Unpin + Debug>() {}

/// Asserts something of each type, and lists the types without their generic arguments.
macro_rules! types {
    ($assert:ident: $($type:ty),* $(,)?) => {{
        $($assert::<$type>();)*
        [$(stringify!($type)),*].map(|name| name.replace(' ', "").split('<').next().unwrap().to_owned())
    }};
}

/// The types that the table names.
fn table() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    names.extend(types![assert_all:
        lift_errors::Audience,
        lift_errors::Brand<'static>,
        lift_errors::Catalog,
        lift_errors::Cause,
        lift_errors::Entry,
        lift_errors::tower::ErrorBody<Vec<u8>>,
        lift_errors::ErrorLayer,
        lift_errors::tower::ErrorLayer,
        lift_errors::actix_web::ErrorMiddleware,
        lift_errors::ErrorResponder,
        lift_errors::actix_web::Form<()>,
        lift_errors::actix_web::Json<()>,
        lift_errors::actix_web::Query<()>,
        lift_errors::axum::Form<()>,
        lift_errors::axum::Json<()>,
        lift_errors::axum::Path<()>,
        lift_errors::axum::Query<()>,
        lift_errors::garde::Valid<()>,
        lift_errors::validator::Valid<()>,
        lift_errors::ErrorResponse,
        lift_errors::tower::ErrorService<()>,
        lift_errors::Decimal,
        lift_errors::FieldError,
        lift_errors::FieldErrors,
        lift_errors::FieldLabel,
        lift_errors::FieldNumber,
        lift_errors::FieldValue,
        lift_errors::Fix,
        lift_errors::Format,
        lift_errors::GrpcCode,
        lift_errors::InvalidRequestId,
        lift_errors::Link,
        lift_errors::Locale,
        lift_errors::Note,
        lift_errors::NoteKind,
        lift_errors::Page<'static>,
        lift_errors::Parameter,
        lift_errors::ParameterType,
        lift_errors::Problem<'static>,
        lift_errors::RequestContext,
        lift_errors::RequestId<'static>,
        lift_errors::ResourceKind<'static>,
        lift_errors::Retry,
        lift_errors::RetryKind,
        lift_errors::Passthrough,
        lift_errors::Route,
        lift_errors::Secret<String>,
        lift_errors::Sensitivity,
        lift_errors::Severity,
        lift_errors::tonic::StatusDetails,
        lift_errors::StatusProblem<'static>,
        lift_errors::Term,
        lift_errors::Text,
        lift_errors::TextValue,
        lift_errors::UnknownCode,
        lift_errors::UnknownLocale,
        lift_errors::UnknownWord,
        lift_errors::Violation,
        lift_errors::client::Backoff,
        lift_errors::client::ErrorParts,
        lift_errors::client::Guidance,
        lift_errors::client::ReceivedError<lift_errors::lift::Error>,
        lift_errors::client::RetryBudget,
        lift_errors::client::RetryDecision,
        lift_errors::client::RetryMiddleware,
        lift_errors::client::RetryPolicy,
        lift_errors::client::StopReason,
        lift_errors::client::UpstreamError,
        lift_errors::lift::Builder<lift_errors::lift::forbidden::Optional>,
        lift_errors::lift::Cause,
        lift_errors::lift::Code,
        lift_errors::lift::Term,
        lift_errors::lift::Error,
        lift_errors::openapi::Components,
        lift_errors::testing::Response,
        lift_errors::testing::Status,
    ]);
    // They may hold what a handler panicked with, which need not be `Sync`.
    names.extend(types![assert_all_but_sync:
        lift_errors::tower::ResponseFuture<()>,
        lift_errors::axum::Multipart,
    ]);
    // The first borrows any `Display`. A worker of actix-web is one thread, and shares its routes.
    names.extend(types![assert_for_one_thread:
        lift_errors::Value<'static>,
        lift_errors::actix_web::ErrorMiddlewareFuture<()>,
        lift_errors::actix_web::ErrorMiddlewareService<()>,
    ]);
    names
}

/// The types in the committed files. The enums of single entries are left out: they are namespaces and
/// have no values.
fn surface() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lift-errors/surface");
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let mut names: BTreeSet<String> =
        files.flat_map(|text| text.lines().filter_map(type_of).collect::<Vec<_>>()).collect();
    names.retain(|name| name.split("::").count() < 4 || !name.starts_with("lift_errors::lift::"));
    names
}

/// `lift_errors::Page` of `#[non_exhaustive] pub struct lift_errors::Page<'a>`.
fn type_of(line: &str) -> Option<String> {
    let mut line = line;
    while let Some((_, behind)) = line.strip_prefix("#[").and_then(|line| line.split_once("] ")) {
        line = behind;
    }
    let kinds = ["pub struct ", "pub enum ", "pub union ", "pub use "];
    let name = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    // The derive macro of a trait's name, not a type.
    Some(name.split(['<', '(', ' ']).next()?.to_owned()).filter(|name| name != "lift_errors::LiftError")
}

#[test]
fn every_public_type_is_in_the_table() {
    let (table, surface) = (table(), surface());
    assert!(surface.len() > 40);
    let missing: Vec<&String> = surface.difference(&table).collect();
    assert!(missing.is_empty(), "enter these types into the table of {}: {missing:#?}", file!());
    let gone: Vec<&String> = table.difference(&surface).collect();
    assert!(gone.is_empty(), "not public, or lift-errors/surface is not current (`.ci/surface --bless`): {gone:#?}");
}

//! Canonical errors from one catalogue: typed in Rust, explained to people, the same on every wire.
//!
//! Each error of OpenBoxes Lift has one explanation: what it means, what usually causes it, how to fix
//! it. They are written in TOML and compiled; this crate carries the canonical ones and renders them.
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use lift_errors::{Format, LiftError, lift};
//!
//! #[derive(Debug, LiftError)]
//! enum ApproveOrderError {
//!     #[lift(code = forbidden)]
//!     NotAManager { required_role: &'static str },
//!     #[lift(code = unauthorized, cause = wrong_credentials)]
//!     BadKey,
//!     #[lift(transparent)]
//!     Other(#[from] lift::Error),
//! }
//!
//! let error = ApproveOrderError::NotAManager { required_role: "Manager" };
//! let mut body = Vec::new();
//! error.problem().write(Format::ProblemDetails, &mut body);
//!
//! let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
//! assert_eq!((&body["status"], &body["code"]), (&403.into(), &"forbidden".into()));
//! assert_eq!(body["params"]["required_role"], "Manager");
//! # }
//! ```
//!
//! # The way through
//!
//! - [`lift`] is the canonical catalogue: [`lift::Code`], [`lift::Error`], and a module for each entry.
//! - [`LiftError`] is what every canonical error implements; its derive does it for a service's own types.
//! - [`PossibleErrors`] says which entries the errors of a type can have, for the description of an API.
//! - [`Problem`] is the view of one occurrence, to which a service adds what it knows; it is written in a
//!   [`Format`], and it knows the response's headers.
//! - [`Locale`] is the language of the texts; [`Locale::negotiate`] finds it for a request.
//! - In axum a router gets `ErrorLayer::wrap_router` it, in tower a service `ErrorLayer`, in actix-web an app `ErrorMiddleware`; all
//!   are given a `ErrorResponder`. `ErrorResponse` is an error on its way.
//! - `client` reads the errors of other services back, `openapi` describes those of one's own.
//! - [`Entry`], [`Cause`], [`Fix`], [`Note`] and [`Text`] give the catalogue itself, for pages and tools.
//!
//! A service with errors of its own compiles a catalogue of its own, by `#[derive(Catalog)]` or in its
//! build script by `lift_errors_codegen::compile`; both catalogues live side by side.
//!
//! # Features
//!
//! `derive` brings `#[derive(LiftError)]`, `catalog` brings `#[derive(Catalog)]`; `locales` the canonical texts in
//! all their languages, `locale-fr` and so on in one, `locale-pseudo` the pseudolocales; `serde`, `strum` and `bytes`
//! the traits of those crates; `testing` assertions for a service's tests.
//!
//! In a service (one of them is needed for handlers that return errors), `axum`, `actix-web` and `tonic` let handlers return errors, and `tower` has the layer that makes all errors
//! canonical, without a framework; `metrics` counts them. `openapi` describes an API's errors, `utoipa` for that crate. `client` reads the errors of other services
//! back and decides about trying again, `reqwest` and `retry` do so for reqwest and tower.
//!
//! By default there is
//! `std` alone, and without it the crate needs `alloc`.

#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod catalog;
#[cfg(feature = "client")]
pub mod client;
mod generated {
    pub(crate) mod locales;
}
#[cfg(feature = "tonic")]
mod grpc;
mod locale;
mod message;
#[cfg(feature = "openapi")]
pub mod openapi;
mod problem;
mod render;
#[cfg(any(feature = "http", feature = "client"))]
mod server;
#[cfg(feature = "testing")]
pub mod testing;

#[doc(hidden)]
#[path = "codegen_support/mod.rs"]
pub mod __private;

pub use catalog::Catalog;
pub use catalog::entry::Entry;
pub use catalog::guidance::{Cause, Fix, Link, Note};
pub use catalog::parameter::Parameter;
pub use catalog::retry::Retry;
pub use catalog::text::Text;
pub use catalog::value::Value;
#[cfg(feature = "tonic")]
pub use grpc::StatusDetails;
pub use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, ParameterType, RetryKind, Sensitivity, Severity};
pub use locale::Locale;
pub use message::output::Output;
pub use problem::Problem;
pub use problem::field_error::{FieldError, FieldErrors, FieldValue};
pub use problem::lift_error::LiftError;
pub use problem::possible_errors::PossibleErrors;
pub use problem::request_id::{InvalidRequestId, RequestId};
pub use problem::secret::Secret;
pub use problem::unknown_code::UnknownCode;
pub use render::brand::Brand;
pub use render::format::Format;
pub use render::headers::EXPOSED_HEADERS;
pub use render::page::Page;
pub use render::status_problem::StatusProblem;
#[cfg(feature = "actix-web")]
pub use server::actix::{ErrorMiddleware, ErrorMiddlewareFuture, ErrorMiddlewareService};
#[cfg(feature = "http")]
pub use server::error_response::ErrorResponse;
#[cfg(feature = "responder")]
pub use server::responder::{ErrorResponder, RequestContext, Route};
#[cfg(feature = "tower")]
pub use server::tower::{ErrorBody, ErrorLayer, ErrorService, ResponseFuture};

#[cfg(feature = "catalog")]
pub use lift_errors_derive::Catalog;
#[cfg(feature = "derive")]
pub use lift_errors_derive::LiftError;

// The canonical catalogue, compiled: the module `lift`. The file is written by
// `cargo run -p lift-errors-codegen --example regenerate`, and a test holds it against the TOML.
include!("generated/lift.rs");

/// The README's examples are compiled and run with the documentation's.
#[cfg(all(doctest, feature = "axum", feature = "derive"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// Takes in the module that the build step made: `include_catalog!(onboarding)` where `build.rs` has
/// `lift_errors_codegen::compile("catalog/catalog.toml")` and the catalogue is called `onboarding`.
#[macro_export]
macro_rules! include_catalog {
    ($name:ident) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", ::core::stringify!($name), ".rs"));
    };
}

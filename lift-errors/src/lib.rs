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
//! - [`Errors`] says which entries the errors of a type can have, for the description of an API.
//! - [`Problem`] is the view of one occurrence, to which a service adds what it knows; it is written in a
//!   [`Format`], and it knows the response's headers.
//! - [`Locale`] is the language of the texts; [`Locale::negotiate`] finds it for a request.
//! - In axum a router gets `ErrorLayer::around` it, in tower a service `ErrorLayer`, in actix-web an app `ErrorMiddleware`; all
//!   are given a `Responder`. `Failure` is an error on its way.
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

mod accept;
#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
mod blank;
mod catalog;
#[cfg(feature = "client")]
pub mod client;
mod detail;
mod entry;
mod error;
mod errors;
#[cfg(feature = "http")]
mod failure;
mod field_error;
mod format;
mod generated {
    pub(crate) mod locales;
}
#[cfg(feature = "tonic")]
mod grpc;
mod header;
mod interpreter;
#[cfg(feature = "tower")]
mod layer;
mod locale;
mod negotiation;
#[cfg(feature = "openapi")]
pub mod openapi;
mod output;
mod page;
mod preference;
mod problem;
mod remedy;
mod render;
mod request_id;
#[cfg(feature = "responder")]
mod responder;
mod retry;
#[cfg(any(feature = "client", feature = "responder"))]
#[cfg_attr(not(feature = "client"), allow(unreachable_pub, reason = "it is part of the client"))]
mod retry_after;
mod secret;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "http")]
mod snapshot;
#[cfg(feature = "responder")]
mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod value;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private_0_1_0;

#[cfg(feature = "actix-web")]
pub use actix::{ErrorMiddleware, ErrorMiddlewareFuture, ErrorMiddlewareService};
pub use blank::BlankProblem;
pub use catalog::Catalog;
pub use entry::{Entry, Parameter};
pub use error::{LiftError, UnknownCode};
pub use errors::Errors;
#[cfg(feature = "http")]
pub use failure::Failure;
pub use field_error::{FieldError, FieldErrors, FieldValue};
pub use format::Format;
#[cfg(feature = "tonic")]
pub use grpc::StatusDetails;
#[cfg(feature = "tower")]
pub use layer::{ErrorBody, ErrorLayer, ErrorService, ResponseFuture};
pub use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, ParameterType, RetryKind, Sensitivity, Severity};
pub use locale::Locale;
pub use output::Output;
pub use page::{Brand, Page};
pub use problem::Problem;
pub use remedy::{Cause, Fix, Link, Note};
pub use request_id::RequestId;
#[cfg(feature = "responder")]
pub use responder::{RequestContext, Responder, Route};
pub use retry::Retry;
pub use secret::Secret;
pub use text::Text;
pub use value::Value;

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

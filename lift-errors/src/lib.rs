//! Describe each error once, in a TOML catalogue; get typed Rust errors, and complete responses that tell people and programs
//! what happened, why, and what to do.
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
//!     #[lift(code = internal_server_error)]
//!     Storage(#[from] std::io::Error),
//!     #[lift(transparent)]
//!     Other(#[from] lift::Error),
//! }
//!
//! let error = ApproveOrderError::NotAManager { required_role: "Manager" };
//! assert_eq!(error.to_string(), "This needs the Manager role, which your account does not have.");
//!
//! let mut body = Vec::new();
//! error.problem().write(Format::ProblemDetails, &mut body);
//! let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
//! assert_eq!((&body["status"], &body["code"]), (&403.into(), &"forbidden".into()));
//! assert_eq!(body["params"]["required_role"], "Manager");
//! # }
//! ```
//!
//! # Guides
//!
//! [`guide`] has a page for each task: [a server](guide::server), [a client](guide::client),
//! [a catalogue of your own](guide::catalog) and its format, [languages](guide::locales), and
//! [events and metrics for operators](guide::operators).
//!
//! # Overview
//!
//! **Errors.** The canonical catalogue is the module [`lift`]: [`lift::Code`], [`lift::Error`], and a module for each entry. A
//! type of your own derives [`LiftError`]; [`PossibleErrors`] lists the entries that it can have. A service adds a catalogue of
//! its own with `#[derive(Catalog)]` or the build step `lift_errors_codegen::compile`.
//!
//! **Rendering.** [`LiftError::problem`] gives a [`Problem`], a view of one occurrence. Add what you know of it: the [`Locale`],
//! the [`Audience`], the [`RequestId`], the actual [`Cause`], [`FieldErrors`]. Then write it in a [`Format`], or as a [`Page`] in
//! your [`Brand`], and take the response's headers. [`StatusProblem`] is for a status without an entry.
//!
//! **Services.** `ErrorLayer` (tower, axum, tonic) and `ErrorMiddleware` (actix-web) do all of this for each request, as an
//! `ErrorResponder` is configured. `ErrorResponse` is a complete error response that carries the original error.
//! [`EXPOSED_HEADERS`] is for CORS. `openapi` describes the errors of an API.
//!
//! **Clients.** The module `client` reads the errors of other services and decides about retries.
//!
//! **The catalogue as data.** [`Catalog`](struct@Catalog), [`Entry`], [`Parameter`], [`Cause`], [`Fix`], [`Note`], [`Link`] and [`Text`] are for pages and
//! tools. An `Entry` is a handle to an entry of any catalogue; `Copy`, two words in size.
//!
//! # Features
//!
//! Only `std` is enabled by default. Without it the crate needs `alloc`, and writes colour to a terminal only if you ask.
//!
//! Errors: `derive` brings `#[derive(LiftError)]`, and `catalog` brings `#[derive(Catalog)]`, which costs the catalogue compiler
//! at build time.
//!
//! Services: `axum`, `actix-web` and `tonic` let handlers return errors and bring the layer for the framework; `tower` has the layer
//! for any tower service. All of them bring `responder`: `ErrorResponder` for another framework, and `ErrorResponse::log` for a
//! program without one. `metrics` counts errors. `http` converts errors into responses of the crate `http`, without a layer.
//! `multipart` adds uploads to axum's extractors, `garde` and `validator` turn reports of validators into field errors, and
//! `anyhow` converts chains that hold a canonical error. `sqlx` and `timeouts` sort the errors of those libraries. `openapi` describes errors in JSON, and `utoipa` does so for that crate. `testing` has assertions for a service's tests.
//!
//! Clients: `client` reads errors and decides about retries, without a transport. `reqwest` and `retry` do both for reqwest and for
//! tower's `retry`.
//!
//! Languages: `locales` links all languages of the canonical catalogue, `locale-fr` and so on one each, `locale-pseudo` the
//! pseudolocales. English is always linked.
//!
//! Integration: `serde`, `strum`, `phf` and `bytes` implement the traits of those crates.
//!
//! An item that needs a feature names it in its first line.

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
#[cfg(any(doc, doctest))]
pub mod guide;
mod locale;
mod message;
#[cfg(feature = "openapi")]
pub mod openapi;
mod problem;
mod render;
#[cfg(any(feature = "http", feature = "client"))]
mod server;
#[cfg(feature = "std")]
pub mod sort;
#[cfg(feature = "testing")]
pub mod testing;

#[cfg(any(feature = "garde", feature = "validator"))]
mod validation;

#[doc(hidden)]
#[path = "codegen_support/mod.rs"]
pub mod __private;

pub use catalog::Catalog;
pub use catalog::entry::Entry;
pub use catalog::guidance::{Cause, Fix, Link, Note};
pub use catalog::parameter::Parameter;
pub use catalog::retry::Retry;
pub use catalog::term::Term;
pub use catalog::text::Text;
pub use catalog::value::Value;
pub use lift_errors_core::vocabulary::{
    Audience, GrpcCode, NoteKind, ParameterType, RetryKind, Sensitivity, Severity, UnknownWord,
};
pub use locale::{Locale, UnknownLocale};
pub use message::output::Output;
pub use problem::Problem;
pub use problem::context::{OptionExt, ResourceKind, ResultExt, WithSource};
pub use problem::field_error::label::FieldLabel;
pub use problem::field_error::value::{Decimal, FieldNumber, FieldValue};
pub use problem::field_error::violation::Violation;
pub use problem::field_error::{FieldError, FieldErrors};
pub use problem::lift_error::LiftError;
pub use problem::possible_errors::PossibleErrors;
pub use problem::request_id::{InvalidRequestId, RequestId};
pub use problem::secret::Secret;
pub use problem::text_value::TextValue;
pub use problem::unknown_code::UnknownCode;
pub use render::brand::Brand;
pub use render::format::Format;
pub use render::headers::EXPOSED_HEADERS;
pub use render::page::Page;
pub use render::status_problem::StatusProblem;
#[cfg(feature = "actix-web")]
pub use server::actix as actix_web;
#[cfg(feature = "axum")]
pub use server::axum;
#[cfg(feature = "http")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>http</code></span>")]
pub use server::error_response::ErrorResponse;
#[cfg(feature = "tower")]
pub use server::tower;
#[cfg(feature = "tower")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>tower</code></span>")]
pub use server::tower::ErrorLayer;
#[cfg(feature = "responder")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>responder</code></span>")]
pub use server::{passthrough::Passthrough, request_context::RequestContext, responder::ErrorResponder, route::Route};
#[cfg(feature = "garde")]
pub use validation::garde;
#[cfg(feature = "validator")]
pub use validation::validator;

/// Errors as statuses of gRPC, and back, with tonic.
///
/// Every error converts into a `tonic::Status`, so `?` returns it from a method; [`ErrorLayer`] around the server
/// translates it. [`StatusDetails`](tonic::StatusDetails) reads the details of any status.
///
/// ```
/// use lift_errors::{ErrorResponse, lift, tonic::StatusDetails};
///
/// let status = tonic::Status::from(ErrorResponse::new(lift::not_found::new().with_resource("order PO-7")));
/// assert_eq!(status.message(), "The server could not find order PO-7.");
/// assert_eq!(StatusDetails::new(&status).code(), Some("not_found"));
/// ```
#[cfg(feature = "tonic")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>tonic</code></span>")]
pub mod tonic {
    pub use crate::grpc::StatusDetails;
}

#[cfg(feature = "catalog")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>catalog</code></span>")]
pub use lift_errors_derive::Catalog;
// It names the feature where somebody derives `Catalog` without it.
#[cfg(all(feature = "derive", not(feature = "catalog")))]
#[doc(hidden)]
pub use lift_errors_derive::Catalog;
#[cfg(feature = "derive")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>derive</code></span>")]
pub use lift_errors_derive::LiftError;

// The canonical catalogue, compiled: the module `lift`. The file is written by
// `cargo run -p lift-errors-codegen --example regenerate`, and a test holds it against the TOML.
include!("generated/lift.rs");

/// The README's examples are compiled and run with the documentation's.
#[cfg(all(doctest, feature = "axum", feature = "catalog", feature = "locales", feature = "reqwest"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// Takes in the module that the build step made: `include_catalog!(onboarding)` where `build.rs` has
/// `lift_errors_codegen::compile("catalog/catalog.toml")` and the catalogue is called `onboarding`.
#[macro_export]
macro_rules! include_catalog {
    ($name:ident) => {
        ::core::include!(::core::concat!(
            ::core::env!("OUT_DIR", "`include_catalog!` needs a `build.rs` that calls `lift_errors_codegen::compile`"),
            "/",
            ::core::stringify!($name),
            ".rs"
        ));
    };
}

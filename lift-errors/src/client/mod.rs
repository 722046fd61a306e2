#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>client</code></span>")]
//! Reads the errors of other services, and decides whether to retry.
//!
//! - [`ReceivedError`] is an error of another service, typed if its code is known; [`UpstreamError`] is the error that a
//!   service then sends to its own caller.
//! - [`ReceivedError::retry`] is the contract. [`RetryPolicy`] decides by it, by [`is_retry_safe`] for the request, by
//!   [`Backoff`] and by [`RetryBudget`]. [`retry_after`] only reads the header.
//! - With the feature `reqwest`, [`LiftErrorExt`] follows `send()` and [`RetryMiddleware`] retries; with the
//!   feature `retry`, [`RetryPolicy`] is a `tower::retry::Policy`. With `tonic` a `Status` becomes a `ReceivedError`.

mod backoff;
mod budget;
#[cfg(feature = "retry")]
mod call;
#[cfg(any(feature = "reqwest", feature = "retry"))]
mod carried_out;
mod charset;
#[cfg(feature = "reqwest")]
mod deadline;
mod display;
mod document;
mod error_parts;
mod foreign;
mod foreign_fields;
mod from_wire;
mod guidance;
mod lenient_json;
mod policy;
mod received;
#[cfg(feature = "reqwest")]
mod redirects;
#[cfg(feature = "reqwest")]
mod replay_body;
#[cfg(feature = "reqwest")]
mod request_fault;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry_kind;
#[cfg(any(feature = "reqwest", feature = "retry"))]
mod retry_log;
mod rpc;
#[cfg(feature = "tonic")]
mod status;
#[cfg(feature = "retry")]
mod tower;
mod upstream;
mod xml;

#[cfg(feature = "reqwest")]
pub(crate) use self::request_fault::of_request;
#[cfg(feature = "reqwest")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>reqwest</code></span>")]
pub use self::reqwest::{LiftErrorExt, RetryMiddleware};
pub use crate::server::retry_after::retry_after;
pub use crate::server::upstream_error::UpstreamError;
pub use backoff::Backoff;
pub use budget::RetryBudget;
pub use error_parts::ErrorParts;
pub use from_wire::{CatalogError, WireFields};
pub use guidance::Guidance;
pub use policy::{RetryDecision, RetryPolicy, StopReason, is_retry_safe};
pub use received::{ACCEPT, MAX_BODY_BYTES, ReceivedError};
#[cfg(feature = "reqwest")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>reqwest</code></span>")]
pub use redirects::noting_redirects;

#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>client</code></span>")]
//! The other side: reading the errors of other services back, and deciding whether to try again.
//!
//! - [`ReceivedError`] is an error as it came, typed where its code is known; [`UpstreamError`] what a service says about it
//!   to its own caller.
//! - [`ReceivedError::retry`] is the contract; [`RetryPolicy`] decides by it, by whether the request [`is_retry_safe`], by
//!   [`Backoff`] and by [`RetryBudget`]. [`retry_after`] reads the header alone.
//! - With the feature `reqwest`, [`LiftErrorExt`] stands behind `send()` and [`RetryMiddleware`] tries again; with the
//!   feature `retry`, [`RetryPolicy`] is a `tower::retry::Policy`. With `tonic` a `Status` becomes a `ReceivedError`.

mod backoff;
mod budget;
mod details;
mod display;
mod document;
mod from_wire;
mod lenient_json;
mod policy;
mod received;
#[cfg(feature = "reqwest")]
mod replay_body;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tonic")]
mod status;
#[cfg(feature = "retry")]
mod tower;
mod upstream;

#[cfg(feature = "reqwest")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>reqwest</code></span>")]
pub use self::reqwest::{LiftErrorExt, RetryMiddleware};
pub use crate::server::retry_after::retry_after;
pub use backoff::Backoff;
pub use budget::RetryBudget;
pub use details::ErrorParts;
pub use document::Guidance;
pub use from_wire::{CatalogError, Parts};
pub use policy::{RetryDecision, RetryPolicy, StopReason, is_retry_safe};
pub use received::{ACCEPT, MAX_BODY_BYTES, ReceivedError};
pub use upstream::UpstreamError;

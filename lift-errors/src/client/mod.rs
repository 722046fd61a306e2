//! The other side: reading the errors of other services back, and deciding whether to try again.
//!
//! - [`Received`] is an error as it came, typed where its code is known; [`Upstream`] what a service says about it
//!   to its own caller.
//! - [`Received::retry`] is the contract; [`RetryPolicy`] decides by it, by whether the request [`is_repeatable`], by
//!   [`Backoff`] and by [`Budget`]. [`retry_after`] reads the header alone.
//! - With the feature `reqwest`, [`LiftErrorExt`] stands behind `send()` and [`RetryMiddleware`] tries again; with the
//!   feature `retry`, [`RetryPolicy`] is a `tower::retry::Policy`. With `tonic` a `Status` becomes a `Received`.

mod backoff;
mod budget;
mod details;
mod document;
mod known;
mod members;
mod policy;
mod received;
#[cfg(feature = "reqwest")]
mod reqwest;
mod shown;
#[cfg(feature = "tonic")]
mod status;
#[cfg(feature = "retry")]
mod tower;
#[cfg(feature = "reqwest")]
mod unread;
mod upstream;

#[cfg(feature = "reqwest")]
pub use self::reqwest::{LiftErrorExt, RetryMiddleware};
pub use crate::retry_after::retry_after;
pub use backoff::Backoff;
pub use budget::Budget;
pub use details::Details;
pub use document::Remark;
pub use known::{CatalogError, Parts};
pub use policy::{Decision, GiveUp, RetryPolicy, is_repeatable};
pub use received::{ACCEPT, LONGEST_BODY, Received};
pub use upstream::Upstream;

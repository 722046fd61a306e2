//! The other side: reading the errors of other services back, and deciding whether to try again.
//!
//! - [`Received`] is an error as it came, typed where its code is known; [`Upstream`] what a service says about it
//!   to its own caller.
//! - [`Received::retry`] is the contract; [`RetryPolicy`] decides by it, by whether the request [`is_repeatable`], by
//!   [`Backoff`] and by [`Budget`]. [`retry_after`] reads the header alone.

mod backoff;
mod budget;
mod details;
mod document;
mod known;
mod members;
mod policy;
mod received;
mod retry_after;
mod shown;
mod upstream;

pub use backoff::Backoff;
pub use budget::Budget;
pub use details::Details;
pub use document::Remark;
pub use known::{CatalogError, Parts};
pub use policy::{Decision, GiveUp, RetryPolicy, is_repeatable};
pub use received::{LONGEST_BODY, Received};
pub use retry_after::retry_after;
pub use upstream::Upstream;

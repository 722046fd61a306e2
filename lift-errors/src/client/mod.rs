//! The other side: reading the errors of other services back, and deciding whether to try again.
//!
//! - [`Received`] is an error as it came, typed where its code is known; [`Upstream`] what a service says about it
//!   to its own caller.
//! - [`Received::retry`] is the contract; [`retry_after`] reads the header alone.

mod details;
mod document;
mod known;
mod members;
mod received;
mod retry_after;
mod shown;
mod upstream;

pub use details::Details;
pub use document::Remark;
pub use known::{CatalogError, Parts};
pub use received::{LONGEST_BODY, Received};
pub use retry_after::retry_after;
pub use upstream::Upstream;

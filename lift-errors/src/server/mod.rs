//! Error responses of a service, and the layers that make them.

#[cfg(feature = "actix-web")]
pub mod actix;
#[cfg(feature = "responder")]
mod alone;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "http")]
mod chain;
#[cfg(any(feature = "responder", feature = "client"))]
pub(crate) mod clock;
#[cfg(feature = "responder")]
pub(crate) mod current;
#[cfg(feature = "http")]
pub(crate) mod error_response;
#[cfg(any(feature = "axum", feature = "actix-web"))]
pub(crate) mod extract;
#[cfg(feature = "http")]
pub(crate) mod head;
#[cfg(feature = "responder")]
mod id_hash;
#[cfg(feature = "http")]
mod into_response;
#[cfg(feature = "responder")]
pub(crate) mod lines;
#[cfg(feature = "http")]
pub(crate) mod origin;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod original_text;
#[cfg(feature = "http")]
pub(crate) mod panic;
#[cfg(feature = "responder")]
pub(crate) mod passthrough;
#[cfg(feature = "responder")]
pub(crate) mod request_context;
#[cfg(feature = "responder")]
pub(crate) mod responder;
// Servers and clients both read these headers.
#[cfg(any(feature = "responder", feature = "client"))]
pub(crate) mod rate_limit;
#[cfg(any(feature = "responder", feature = "client"))]
#[cfg_attr(not(feature = "client"), allow(unreachable_pub, reason = "the client makes it public"))]
pub(crate) mod retry_after;
#[cfg(feature = "responder")]
pub(crate) mod route;
#[cfg(feature = "responder")]
pub(crate) mod telemetry;
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(feature = "client")]
pub(crate) mod upstream_error;

//! Errors on their way to a client: responses, and what every framework shares.

#[cfg(feature = "actix-web")]
pub(crate) mod actix;
#[cfg(feature = "axum")]
pub(crate) mod axum;
#[cfg(feature = "http")]
pub(crate) mod error_response;
#[cfg(feature = "tonic")]
pub(crate) mod grpc_status;
#[cfg(feature = "responder")]
pub(crate) mod request_context;
#[cfg(feature = "responder")]
pub(crate) mod responder;
#[cfg_attr(not(feature = "client"), allow(unreachable_pub, reason = "it is part of the client"))]
pub(crate) mod retry_after;
#[cfg(feature = "responder")]
pub(crate) mod telemetry;
#[cfg(feature = "tower")]
pub(crate) mod tower;

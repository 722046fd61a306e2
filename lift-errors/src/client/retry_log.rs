//! Logs retries, and requests that are given up.

use super::policy::{RetryDecision, StopReason};
use super::received::ReceivedError;
use crate::message::visible::Visible;
use http::Method;
use std::error::Error as _;

/// Logs a decision: a retry at `debug`, the end of several attempts at `warn`. An error that the caller has to correct is the
/// caller's to log, so it is logged at `debug` here.
pub(super) fn decided(
    decision: RetryDecision,
    attempts: u32,
    method: &Method,
    host: Option<&str>,
    error: &ReceivedError,
) {
    // The text of the transport may repeat what the server sent.
    let source = error.source().map(|source| tracing::field::display(Visible(source)));
    let upstream_request_id = error.upstream_request_id().map(tracing::field::display);
    match decision {
        RetryDecision::Wait(wait) => {
            tracing::debug!(target: TARGET, attempts, ?wait, %method, host, %error, upstream_request_id, source, "the request is sent again");
        }
        RetryDecision::Stop(reason @ (StopReason::Contract | StopReason::Unrepeatable | StopReason::Streamed)) => {
            tracing::debug!(target: TARGET, attempts, reason = reason.as_str(), %method, host, %error, upstream_request_id, source, "the request is not sent again: {reason}");
        }
        RetryDecision::Stop(reason) => {
            tracing::warn!(target: TARGET, attempts, reason = reason.as_str(), %method, host, %error, upstream_request_id, source, "the request is given up: {reason}");
        }
    }
}

const TARGET: &str = "lift_errors::client";

//! The error of a service behind this one, as this one's caller gets it.

use super::from_wire::CatalogError;
use super::received::ReceivedError;
use crate::catalog::guidance::Cause;
use crate::catalog::retry::Retry;
use crate::lift;
use crate::server::upstream_error::UpstreamError;
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};
use std::boxed::Box;
use std::string::ToString as _;
use std::time::Duration;

/// The maximum delay that is forwarded: a day. A longer one is a mistake, and not every caller can read such a number.
const MAX_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

impl<E: CatalogError + 'static> ReceivedError<E> {
    /// Converts it to the error that this service sends to its own caller: 502, 503 with the upstream's delay, or 504. The
    /// received error becomes its source, which is only logged, as is its [`request_id`](Self::request_id). Only requests that are safe to repeat may be sent again after
    /// it, unless [`before_any_work`](Self::before_any_work) was called.
    pub fn into_upstream(self) -> UpstreamError {
        let status = self.status().map(|status| status.as_u16());
        let asked = self.retry();
        let wait = asked.wait().filter(|wait| *wait <= MAX_WAIT);
        // gRPC's INTERNAL may have a delay, too, as a 500 of HTTP: that service is not busy.
        let is_limited = match status {
            Some(status) => matches!(status, 429 | 503),
            None => {
                let code = self.grpc_code();
                asked.kind() == RetryKind::After
                    || matches!(code, Some(GrpcCode::Unavailable | GrpcCode::ResourceExhausted))
            }
        };
        let (error, cause) = match (status, wait) {
            _ if self.is_timeout() => (lift::Error::gateway_timeout(), None),
            (None, _) if self.is_unanswered() => {
                (lift::Error::bad_gateway(), Some(lift::bad_gateway::Cause::NetworkProblem))
            }
            (Some(408 | 504 | 524), _) => (lift::Error::gateway_timeout(), None),
            // The upstream limits our requests. This is not the caller's fault, who only has to wait.
            (_, Some(wait)) if is_limited => (lift::Error::service_unavailable(wait), None),
            _ => (lift::Error::bad_gateway(), None),
        };
        let is_refusal = asked.kind() == RetryKind::After && self.is_before_any_work();
        let is_weaker = matches!(error, lift::Error::ServiceUnavailable { .. }) && !is_refusal;
        let retry = is_weaker.then(|| Retry::new(RetryKind::Idempotent, wait));
        let request_id = self.upstream_request_id().map(|id| id.to_string().into_boxed_str());
        UpstreamError::new(error, cause.map(Cause::from), retry, request_id, Box::new(self))
    }
}

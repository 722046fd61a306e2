//! The error of a service behind this one, as this one's caller gets it.

use super::from_wire::CatalogError;
use super::received::ReceivedError;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::retry::Retry;
use crate::lift;
use crate::problem::lift_error::LiftError;
use crate::server::upstream_error::UpstreamError;
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};
use std::boxed::Box;
use std::string::ToString as _;
use std::time::Duration;

/// The maximum delay that is forwarded: a day. A longer one is a mistake, and not every caller can read such a number.
const MAX_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The delay in place of zero. An upstream that says zero, or a date that has passed, does not know when it will be back, and all of
/// our callers would try again at once.
const WAIT: Duration = Duration::from_secs(1);

impl<E: CatalogError + 'static> ReceivedError<E> {
    /// Converts it to the error that this service sends to its own caller: 502, 503 with the upstream's delay, or 504. Where the
    /// request was not sent because its own body broke, it is 500, or 400 or 413 if that is the body of our caller in axum; over
    /// HTTP/2, where reqwest does not tell it, 502. The received error becomes its source, which is only logged, as is its
    /// [`request_id`](Self::request_id). Only requests that are safe to repeat may be sent again after it, unless
    /// [`before_any_work`](Self::before_any_work) was called.
    pub fn into_upstream(mut self) -> UpstreamError {
        let status = self.status().map(|status| status.as_u16());
        let asked = self.retry();
        let wait = asked.wait().filter(|wait| *wait <= MAX_WAIT).map(|wait| if wait.is_zero() { WAIT } else { wait });
        // gRPC's INTERNAL may have a delay, too, as a 500 of HTTP: that service is not busy.
        let is_limited = match status {
            Some(status) => matches!(status, 429 | 503),
            None => {
                let is_busy = match self.grpc_code() {
                    Some(code) => matches!(code, GrpcCode::Unavailable | GrpcCode::ResourceExhausted),
                    None => matches!(self.entry().and_then(Entry::status), Some(429 | 503)),
                };
                is_busy || asked.kind() == RetryKind::After
            }
        };
        let (error, cause) = match (status, wait) {
            _ if self.is_timeout() => (lift::Error::gateway_timeout(), None),
            (None, _) if self.is_unreachable() => {
                (lift::Error::bad_gateway(), Some(lift::bad_gateway::Cause::NetworkProblem))
            }
            (Some(408 | 504 | 524), _) => (lift::Error::gateway_timeout(), None),
            // The upstream limits our requests. This is not the caller's fault, who only has to wait.
            (_, Some(wait)) if is_limited => (lift::Error::service_unavailable(wait), None),
            _ => (self.take_request_fault().unwrap_or_else(lift::Error::bad_gateway), None),
        };
        let is_refusal = asked.kind() == RetryKind::After && self.is_before_any_work();
        let is_weaker = matches!(error, lift::Error::ServiceUnavailable { .. }) && !is_refusal;
        let retry = is_weaker.then(|| Retry::new(RetryKind::Idempotent, wait));
        let request_id = self.upstream_request_id().map(|id| id.to_string().into_boxed_str());
        UpstreamError::new(error, cause.map(Cause::from), retry, request_id, Box::new(self))
    }
}

impl<E: CatalogError> ReceivedError<E> {
    /// Returns the typed error, to forward it to this service's own caller, if both services are parts of one application. An
    /// error of another catalogue than `E`'s is one for [`forward_as`](Self::forward_as).
    ///
    /// # Errors
    ///
    /// Returns the received error, for [`into_upstream`](Self::into_upstream), if
    ///
    /// - it is not typed, or has no status of HTTP, without which not every service can answer with it;
    /// - the typed error would promise more than the response did;
    /// - it allows our caller to repeat any request, as a 429 does. It says that the other service did nothing, but not what this
    ///   service did before: see [`before_any_work`](Self::before_any_work);
    /// - it is a 401, a 407 or gRPC's `UNAUTHENTICATED`, which are about our credentials at the other service and would log out
    ///   our caller.
    pub fn forward(mut self) -> Result<E, Self> {
        if !self.error().is_some_and(|error| self.may_forward(error)) {
            return Err(self);
        }
        self.take_error().ok_or(self)
    }

    /// The same for an error of another catalogue: services that have a catalogue in common send canonical errors, too.
    ///
    /// ```
    /// # use lift_errors::lift as shop;
    /// use lift_errors::{ErrorResponse, client::ReceivedError, lift};
    ///
    /// // `shop` is the module of the application's catalogue.
    /// fn passed_on(received: ReceivedError<shop::Error>) -> ErrorResponse {
    ///     let own = received.forward().map(ErrorResponse::new);
    ///     let canonical = own.or_else(|received| received.forward_as::<lift::Error>().map(ErrorResponse::new));
    ///     canonical.unwrap_or_else(|received| received.into_upstream().into())
    /// }
    ///
    /// let missing = http::Response::builder().status(404).header("Lift-Error", "LIFT-0404").body("").unwrap();
    /// assert_eq!(passed_on(ReceivedError::from_response(missing)).status(), 404);
    /// let refused = http::Response::builder().status(401).header("Lift-Error", "LIFT-0401").body("").unwrap();
    /// assert_eq!(passed_on(ReceivedError::from_response(refused)).status(), 502);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the received error as [`forward`](Self::forward) does.
    pub fn forward_as<F: CatalogError>(self) -> Result<F, Self> {
        self.error_as::<F>().filter(|error| self.may_forward(error)).ok_or(self)
    }

    /// Whether an error, which is the received one, may be forwarded.
    fn may_forward(&self, error: &impl LiftError) -> bool {
        let about_us = |status: u16| status == 401 || status == 407;
        let is_about_us = self.status().is_some_and(|status| about_us(status.as_u16()))
            || self.grpc_code() == Some(GrpcCode::Unauthenticated)
            || error.entry().status().is_none_or(about_us);
        !is_about_us && !self.promises_more(error)
    }

    /// Whether a typed error says that a request may be repeated where the response, or the work of this service, does not, or
    /// after a shorter wait: its values don't say that a status was bare, a limiter on the way may have lengthened `Retry-After`,
    /// and the service may have another version of the catalogue.
    fn promises_more(&self, error: &impl LiftError) -> bool {
        let (said, promised) = (self.retry(), error.problem().retry());
        let is_refusal = promised.kind() == RetryKind::After;
        is_refusal && !self.is_before_any_work()
            || strength(promised.kind()) > strength(said.kind())
            || promised.wait() < said.wait()
    }
}

/// Orders contracts by the requests that may be sent again: none, those that are safe to repeat, or any.
fn strength(kind: RetryKind) -> u8 {
    match kind {
        RetryKind::After => 2,
        RetryKind::Idempotent => 1,
        _ => 0,
    }
}

//! The error that a service sends to its own caller when a service behind it failed.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::lift;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::VisitLogField;
use crate::problem::possible_errors::PossibleErrors;
use crate::problem::text_value::TextValue;
use std::boxed::Box;
use std::error::Error;
use std::fmt;
use std::vec::Vec;

/// The failure of a service behind this one: 502, 503 with that service's delay, or 504. If a request was not sent because its own
/// body broke, it is 500, or 400 or 413 if that is the body of our caller in axum.
///
/// A 429 or a 503 with a delay of at most a day becomes our 503 with the delay. A longer one, which is never shortened, becomes a
/// 502. After each of them our caller may only repeat requests that are safe to repeat: the upstream refused *our* request, which
/// says nothing of the work that this service did before. If there was none, say so with
/// [`before_any_work`](crate::client::ReceivedError::before_any_work): after our 503 any request may then be sent again, if the
/// upstream's own contract allows it.
///
/// Only the delay reaches our caller. The upstream's 401 is about our credentials there and its 404 about our request, and
/// both would mislead our caller. The received error is the source, which is only logged, and so
/// is the id of the request that failed there (`upstream_request_id`).
///
/// A handler can return it as it is. `?` converts it into an `ErrorResponse`, in a chain of `anyhow` or `Box<dyn Error>` too, or
/// into a `tonic::Status`. A service's own enum can contain it:
///
/// ```
/// use lift_errors::client::{ReceivedError, UpstreamError};
/// use lift_errors::{LiftError, lift};
///
/// #[derive(Debug, LiftError)]
/// enum TrackingError {
///     #[lift(transparent)]
///     Carrier(#[from] UpstreamError),
/// }
///
/// fn track(answer: Result<String, ReceivedError<lift::Error>>) -> Result<String, TrackingError> {
///     Ok(answer.map_err(|error| error.into_upstream().with_name("carrier"))?)
/// }
///
/// let refused = http::Response::builder().status(401).header("Lift-Error", "LIFT-0401").body("").unwrap();
/// let error = track(Err(ReceivedError::from_response(refused))).unwrap_err();
/// assert_eq!(error.problem().status(), Some(502));
/// assert!(error.problem().sources().to_string().contains("LIFT-0401"));
/// ```
#[derive(Debug)]
pub struct UpstreamError(Box<Inner>);

/// An error of a function's `Result` is moved with every success, too.
#[derive(Debug)]
struct Inner {
    error: lift::Error,
    cause: Option<Cause>,
    /// The contract of a 503 that does not promise that nothing was done.
    retry: Option<Retry>,
    /// The name of the service, for the log of a 503, whose entry has no parameter for it.
    name: Option<TextValue>,
    /// The id of the request that failed there, for the log.
    request_id: Option<Box<str>>,
    source: Box<dyn Error + Send + Sync>,
}

impl UpstreamError {
    /// `retry` is the contract, where it is not that of the entry. `request_id` is short and safe to log.
    pub(crate) fn new(
        error: lift::Error,
        cause: Option<Cause>,
        retry: Option<Retry>,
        request_id: Option<Box<str>>,
        source: Box<dyn Error + Send + Sync>,
    ) -> Self {
        Self(Box::new(Inner { error, cause, retry, name: None, request_id, source }))
    }

    /// Sets the name of the service that failed, for the log.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<TextValue>) -> Self {
        match &mut self.0.error {
            lift::Error::BadGateway { upstream, .. } | lift::Error::GatewayTimeout { upstream, .. } => {
                *upstream = Some(name.into());
            }
            _ => self.0.name = Some(name.into()),
        }
        self
    }
}

/// 502, 503 and 504: those of an upload that breaks are the ones of any endpoint.
impl PossibleErrors for UpstreamError {
    fn entries() -> Vec<Entry> {
        Vec::from([lift::bad_gateway::ENTRY, lift::service_unavailable::ENTRY, lift::gateway_timeout::ENTRY])
    }
}

crate::__lift_openapi_traits!([] [UpstreamError] []);
crate::__lift_responses!({} {UpstreamError} {});

impl LiftError for UpstreamError {
    fn entry(&self) -> Entry {
        self.0.error.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.0.error.parameter(parameter)
    }

    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.0.error.__parameter(number)
    }

    fn known_cause(&self) -> Option<Cause> {
        self.0.cause
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        if let Some(name) = &self.0.name {
            visit("upstream", name);
        }
        if let Some(id) = &self.0.request_id {
            visit("upstream_request_id", id);
        }
    }

    fn __is_bare(&self) -> bool {
        // The document of the entry has the entry's contract.
        self.0.retry.is_some()
    }

    fn __retry(&self) -> Option<Retry> {
        self.0.retry
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl Error for UpstreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0.source)
    }
}

//! [`ErrorResponse`]: a complete error response that carries the original error as an extension.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::{FormattedParameter, Value};
use crate::lift;
use crate::message::foreign::text_of;
use crate::problem::Problem;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::problem::owned::OwnedError;
#[cfg(feature = "responder")]
use crate::render::format::Format;
#[cfg(feature = "responder")]
use crate::server::id_hash::IdHash;
use crate::server::origin::Origin;
use crate::server::panic::catch;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::panic::Location;
use http::StatusCode;

/// An error that answers a request.
///
/// Its response is complete, with every header. Where a layer is around, it is in the format and the language of the request
/// that is being handled; elsewhere it is problem details in English. It carries the error as an extension: the layer logs it
/// with its sources, and writes it again if a middleware has found out another reader. Without a layer, the error is logged
/// when it becomes a response.
///
/// ```
/// use lift_errors::{ErrorResponse, lift};
///
/// let response: http::Response<Vec<u8>> = ErrorResponse::new(lift::Error::forbidden()).into_http();
/// assert_eq!(response.status(), 403);
/// assert_eq!(response.headers()["lift-error"], "LIFT-0403");
/// assert!(response.extensions().get::<ErrorResponse>().is_some());
/// ```
#[derive(Clone)]
pub struct ErrorResponse {
    shared: Arc<Shared<dyn LiftError>>,
    stage: Stage,
}

/// An error with what the log tells of its origin.
struct Shared<E: ?Sized> {
    origin: Origin,
    /// The fields that the service adds for the log.
    log_fields: Vec<(&'static str, String)>,
    error: E,
}

/// How far an error is on its way to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is not logged. The response beside it, if there is one, is a general one.
    Open,
    /// It is logged, since no layer was around.
    #[cfg(feature = "responder")]
    Logged,
    /// The response beside it is written for the request with this id, and the layer logs it.
    #[cfg(feature = "responder")]
    Written(Format, IdHash),
    /// The same with a status of gRPC.
    #[cfg(feature = "tonic")]
    WrittenStatus(IdHash),
}

impl ErrorResponse {
    /// Wraps an error. One without a status, because only clients raise it or because it has nothing to do with HTTP, is
    /// a fault of the service that returns it: the response is an Internal Server Error that has the other one as its source.
    #[track_caller]
    pub fn new(error: impl LiftError + 'static) -> Self {
        Self::made_at(Some(Location::caller()), error)
    }

    /// Wraps an error that a framework makes a response of, so that the caller is no place that anybody wants to know.
    #[doc(hidden)]
    pub fn __of_framework(error: impl LiftError + 'static) -> Self {
        Self::made_at(None, error)
    }

    fn made_at(place: Option<&'static Location<'static>>, error: impl LiftError + 'static) -> Self {
        match error.entry().status() {
            Some(_) => Self::open(place, error),
            None => Self::open(place, Unanswerable(NeverResponse(error))),
        }
    }

    /// Wraps an error that becomes a status of gRPC, for which it does not need one of HTTP.
    #[doc(hidden)]
    #[track_caller]
    #[cfg(feature = "tonic")]
    pub fn __of_grpc(error: impl LiftError + 'static) -> Self {
        let place = Some(Location::caller());
        if error.entry().has_transport() { Self::made_at(place, error) } else { Self::open(place, error) }
    }

    fn open(place: Option<&'static Location<'static>>, error: impl LiftError + 'static) -> Self {
        let shared = Shared { origin: Origin::at(place), log_fields: Vec::new(), error };
        Self { shared: Arc::new(shared), stage: Stage::Open }
    }

    /// Another error in the place of this one.
    #[cfg(feature = "responder")]
    pub(crate) fn replaced_by(&self, error: impl LiftError + 'static) -> Self {
        let shared = Shared { origin: self.shared.origin.clone(), log_fields: Vec::new(), error };
        Self { shared: Arc::new(shared), stage: self.stage }
    }

    /// Where it became a response.
    #[cfg(feature = "responder")]
    pub(crate) fn origin(&self) -> &Origin {
        &self.shared.origin
    }

    /// An Internal Server Error with a source for the log.
    #[track_caller]
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::open(Some(Location::caller()), Internal(source.into()))
    }

    /// The same for what a layer caught.
    pub(crate) fn caught(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::open(None, Internal(source.into()))
    }

    /// Adds a field that only the log shows, in the map `fields` of the event.
    ///
    /// ```
    /// use lift_errors::{ErrorResponse, lift};
    ///
    /// let error = ErrorResponse::new(lift::Error::conflict()).with_log_field("order", "PO-7");
    /// assert!(!error.to_string().contains("PO-7"));
    /// ```
    #[must_use]
    pub fn with_log_field(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let field = (name, text_of(value));
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.log_fields.push(field);
            return self;
        }
        // A clone of it is elsewhere: that one keeps its fields.
        let shared = Shared { origin: self.shared.origin.clone(), log_fields: Vec::from([field]), error: self.clone() };
        Self { shared: Arc::new(shared), stage: self.stage }
    }

    /// A copy of an error that is only borrowed: it is shown and logged in the same words, its sources as texts.
    pub fn from_ref(error: &dyn LiftError) -> Self {
        match catch(|| OwnedError::copy_from(error)) {
            Ok(copy) => Self::made_at(None, copy),
            Err(panicked) => Self::caught(panicked),
        }
    }

    /// The error.
    pub fn error(&self) -> &(dyn LiftError + 'static) {
        &self.shared.error
    }

    /// A view of the error, to which one can add what is known of this time.
    pub fn problem(&self) -> Problem<'_> {
        Problem::new(&self.shared.error)
    }

    /// The status, 400 to 599.
    pub fn status(&self) -> StatusCode {
        let status = self.shared.error.entry().status().and_then(|status| StatusCode::from_u16(status).ok());
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The stage of the error.
    #[cfg(feature = "responder")]
    pub(crate) fn stage(&self) -> Stage {
        self.stage
    }

    /// Sets the stage of the error.
    #[cfg(feature = "responder")]
    pub(crate) fn set_stage(&mut self, stage: Stage) {
        self.stage = stage;
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorResponse").field(&&self.shared.error).finish()
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.shared.error, f)
    }
}

impl Error for ErrorResponse {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.shared.error.source()
    }
}

impl LiftError for ErrorResponse {
    fn entry(&self) -> Entry {
        self.shared.error.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.shared.error.parameter(parameter)
    }

    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.shared.error.__parameter(number)
    }

    fn __log_facts(&self) -> LogFacts {
        self.shared.error.__log_facts()
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.shared.log_fields.iter().for_each(|(name, value)| visit(name, value));
        self.shared.error.__log_fields(visit);
    }

    fn __is_bare(&self) -> bool {
        self.shared.error.__is_bare()
    }

    fn __retry(&self) -> Option<Retry> {
        self.shared.error.__retry()
    }

    fn known_cause(&self) -> Option<Cause> {
        self.shared.error.known_cause()
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.shared.error.field_errors()
    }

    fn __unanswerable(&self) -> Option<&dyn LiftError> {
        self.shared.error.__unanswerable()
    }
}

/// An error that should not have become a response.
#[derive(Debug)]
struct NeverResponse<E>(E);

impl<E: LiftError> fmt::Display for NeverResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0.entry();
        let reason =
            if entry.has_transport() { "which only clients raise" } else { "which has nothing to do with HTTP" };
        write!(f, "the service returned {} ({}), {reason}", entry.code(), entry.id())
    }
}

impl<E: LiftError + 'static> Error for NeverResponse<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Passes on a parameter that the log shows among the fields.
pub(crate) fn log_parameter(parameter: Parameter, value: Value<'_>, visit: &mut VisitLogField<'_>) {
    match value {
        Value::Text(text) => visit(parameter.name(), &text),
        Value::Display(text) => visit(parameter.name(), &text),
        Value::__Formatted(error, number) => visit(parameter.name(), &FormattedParameter(error, number)),
        Value::Term(term) => visit(parameter.name(), &term.name()),
        value => visit(parameter.name(), &format_args!("{value:?}")),
    }
}

/// The Internal Server Error in the place of one that should not have become a response. The log has what it would have of that one.
#[derive(Debug)]
struct Unanswerable<E>(NeverResponse<E>);

impl<E: LiftError + 'static> LiftError for Unanswerable<E> {
    fn entry(&self) -> Entry {
        lift::internal_server_error::ENTRY
    }

    fn __log_facts(&self) -> LogFacts {
        LogFacts { severity: None, ..self.inner().__log_facts() }
    }

    fn __unanswerable(&self) -> Option<&dyn LiftError> {
        Some(self.inner())
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.inner().__log_fields(visit);
        self.inner()
            .problem()
            .operator_parameters()
            .for_each(|(parameter, value)| log_parameter(parameter, value, visit));
    }
}

impl<E: LiftError> Unanswerable<E> {
    fn inner(&self) -> &E {
        let NeverResponse(error) = &self.0;
        error
    }
}

impl<E: LiftError + 'static> fmt::Display for Unanswerable<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().log_detail(f)
    }
}

impl<E: LiftError + 'static> Error for Unanswerable<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// The service's own fault.
#[derive(Debug)]
struct Internal(Box<dyn Error + Send + Sync>);

impl LiftError for Internal {
    fn entry(&self) -> Entry {
        lift::internal_server_error::ENTRY
    }
}

impl fmt::Display for Internal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().log_detail(f)
    }
}

impl Error for Internal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_clients_raise_is_a_fault_of_the_service() {
        let failure = ErrorResponse::new(lift::Error::connection_failed());
        assert_eq!(failure.status(), 500);
        assert_eq!(failure.entry(), lift::internal_server_error::ENTRY);
        let sources = failure.problem().sources().to_string();
        let own = "the service returned connection_failed (LIFT-1005), which only clients raise: ";
        assert_eq!(sources.strip_prefix(own), Some(&*lift::Error::connection_failed().to_string()));
    }

    #[test]
    fn a_box_of_any_error_is_one() {
        let boxed = || -> Box<dyn LiftError> { Box::new(lift::Error::conflict().caused_by("refused")) };
        let answer = || -> Result<(), ErrorResponse> { Err(boxed())? };
        let chain: Box<dyn Error + Send + Sync> = boxed().into();
        for error in [ErrorResponse::new(boxed()), answer().unwrap_err(), chain.into()] {
            assert_eq!((error.status().as_u16(), error.entry()), (409, lift::conflict::ENTRY));
            assert!(error.problem().sources().to_string().ends_with("refused"), "{error:?}");
        }
    }
}

//! Canonical errors inside of the chains that `anyhow::Error` and `Box<dyn Error>` hold.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::lift;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::{LiftError, MAX_SOURCES};
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::problem::owned::OwnedError;
use crate::server::error_response::ErrorResponse;
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// A boxed error of any type.
type Boxed = Box<dyn Error + Send + Sync>;

impl ErrorResponse {
    /// The canonical error in a chain of sources, which is logged as a whole. A chain without one is an Internal Server
    /// Error.
    ///
    /// It finds the first `E`, `lift::Error`, `ErrorResponse` or `Box<dyn LiftError>` of the chain: name your own error type as
    /// `E`, since no program can ask an error of unknown type whether it is a [`LiftError`]. `?` does the same with `E` as
    /// `lift::Error`.
    ///
    /// ```
    /// use lift_errors::{ErrorResponse, lift};
    /// use std::error::Error;
    ///
    /// fn load() -> Result<(), Box<dyn Error + Send + Sync>> {
    ///     Err(lift::not_found::new().with_resource("order PO-7").build())?
    /// }
    ///
    /// let error = ErrorResponse::from_boxed::<lift::Error>(load().unwrap_err());
    /// assert_eq!(error.status(), 404);
    /// let other = ErrorResponse::from_boxed::<lift::Error>("disk is full".into());
    /// assert_eq!(other.status(), 500);
    /// ```
    #[track_caller]
    pub fn from_boxed<E: LiftError + 'static>(error: Boxed) -> Self {
        match canonical::<E>(&*error).map(OwnedError::copy_from) {
            Some(canonical) => Self::new(InChain { canonical, chain: error }),
            None => Self::internal(error),
        }
    }

    #[cfg(feature = "anyhow")]
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>anyhow</code></span>")]
    /// The canonical error that a chain of anyhow holds, as a context or as a source. The whole chain is logged. A chain
    /// without one is an Internal Server Error.
    ///
    /// It finds `E`, `lift::Error` and `ErrorResponse`: name your own error type as `E`. `?` does the same with `E` as
    /// `lift::Error`.
    ///
    /// ```
    /// use anyhow::Context as _;
    /// use lift_errors::{ErrorResponse, LiftError, lift};
    ///
    /// fn load() -> anyhow::Result<()> {
    ///     Err(lift::Error::conflict()).context("saving order PO-7")
    /// }
    ///
    /// fn handler() -> Result<(), ErrorResponse> {
    ///     Ok(load()?)
    /// }
    ///
    /// let error = handler().unwrap_err();
    /// assert_eq!(error.entry().code(), "conflict");
    /// assert!(error.problem().display(lift_errors::Format::PlainText).to_string().starts_with("Conflict"));
    /// ```
    #[track_caller]
    pub fn from_anyhow<E: LiftError + 'static>(error: anyhow::Error) -> Self {
        // A context is not an element of the chain, but anyhow finds it.
        let context = (error.downcast_ref::<E>().map(|error| error as &dyn LiftError))
            .or_else(|| error.downcast_ref::<lift::Error>().map(|error| error as _))
            .or_else(|| error.downcast_ref::<Self>().map(|error| error as _));
        match context.or_else(|| canonical::<E>(error.as_ref())).map(OwnedError::copy_from) {
            Some(canonical) => Self::new(InChain { canonical, chain: error.into() }),
            None => Self::internal(error),
        }
    }
}

impl From<Boxed> for ErrorResponse {
    #[track_caller]
    fn from(error: Boxed) -> Self {
        Self::from_boxed::<lift::Error>(error)
    }
}

impl From<Box<dyn LiftError>> for ErrorResponse {
    #[track_caller]
    fn from(error: Box<dyn LiftError>) -> Self {
        Self::new(error)
    }
}

#[cfg(feature = "anyhow")]
impl From<anyhow::Error> for ErrorResponse {
    #[track_caller]
    fn from(error: anyhow::Error) -> Self {
        Self::from_anyhow::<lift::Error>(error)
    }
}

/// The first canonical error of a chain, among the types that can be told.
fn canonical<'a, E: LiftError + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a dyn LiftError> {
    core::iter::successors(Some(error), |&error| error.source()).take(MAX_SOURCES).find_map(|error| {
        (error.downcast_ref::<E>().map(|error| error as &dyn LiftError))
            .or_else(|| error.downcast_ref::<lift::Error>().map(|error| error as _))
            .or_else(|| error.downcast_ref::<ErrorResponse>().map(|error| error as _))
            .or_else(|| error.downcast_ref::<Box<dyn LiftError>>().map(|error| error as _))
    })
}

/// A canonical error with the chain that held it as its source, so that the log has the contexts too.
#[derive(Debug)]
struct InChain {
    canonical: OwnedError,
    chain: Boxed,
}

impl fmt::Display for InChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.canonical.fmt(f)
    }
}

impl Error for InChain {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.chain)
    }
}

impl LiftError for InChain {
    fn entry(&self) -> Entry {
        self.canonical.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.canonical.parameter(parameter)
    }

    fn known_cause(&self) -> Option<Cause> {
        self.canonical.known_cause()
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.canonical.field_errors()
    }

    fn __log_facts(&self) -> LogFacts {
        self.canonical.__log_facts()
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.canonical.__log_fields(visit);
    }

    fn __is_bare(&self) -> bool {
        self.canonical.__is_bare()
    }

    fn __retry(&self) -> Option<Retry> {
        self.canonical.__retry()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;
    use alloc::string::ToString as _;

    #[derive(Debug)]
    struct Step(lift::Error);

    impl fmt::Display for Step {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("approving order PO-7")
        }
    }

    impl Error for Step {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_source_further_down_answers_and_the_whole_chain_is_logged() {
        let hidden = "password of ldap.internal";
        let error = lift::forbidden::new().with_required_role("Manager").caused_by(hidden).build();
        let response = ErrorResponse::from(Boxed::from(Step(error)));
        assert_eq!(response.entry().code(), "forbidden");
        let sources = response.problem().sources().to_string();
        let places = ["approving order PO-7", "This needs the Manager role", hidden].map(|text| sources.find(text));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{sources}");
        for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
            let body = response.problem().display(format).to_string();
            assert!(body.contains("Manager") && !body.contains("approving") && !body.contains(hidden), "{body}");
        }
    }

    #[test]
    fn the_outermost_canonical_error_answers() {
        let inner = lift::Error::not_found();
        let outer = ErrorResponse::new(lift::Error::conflict().caused_by(inner));
        assert_eq!(ErrorResponse::from(Boxed::from(outer)).entry().code(), "conflict");
    }

    #[test]
    fn an_error_that_only_clients_raise_stays_an_internal_one() {
        assert_eq!(ErrorResponse::from(Boxed::from(lift::Error::connection_failed())).status(), 500);
    }

    #[cfg(feature = "anyhow")]
    #[test]
    fn contexts_of_anyhow_are_found_at_every_depth() {
        use anyhow::anyhow;
        let canonical = || anyhow::Error::new(lift::Error::conflict());
        for (error, code) in [
            (canonical(), "conflict"),
            (canonical().context("one").context("two"), "conflict"),
            (anyhow!("refused").context(lift::Error::forbidden()).context("outer"), "forbidden"),
            (canonical().context(lift::Error::forbidden()), "forbidden"),
            (anyhow::Error::new(Step(lift::Error::not_found())).context("outer"), "not_found"),
            (anyhow!("disk is full").context("outer"), "internal_server_error"),
        ] {
            let chain = alloc::format!("{error:#}");
            let response = ErrorResponse::from(error);
            assert_eq!(response.entry().code(), code, "{chain}");
            let sources = response.problem().sources().to_string();
            for part in ["outer", "disk is full", "refused"].iter().filter(|part| chain.contains(**part)) {
                assert!(sources.contains(part), "{sources}");
            }
        }
    }
}

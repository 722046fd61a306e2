//! Canonical errors inside of the chains that `anyhow::Error` and `Box<dyn Error>` hold.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
#[cfg(feature = "tonic")]
use crate::grpc::StatusSource;
use crate::lift;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::{LiftError, MAX_SOURCES};
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::problem::owned::OwnedError;
use crate::server::error_response::ErrorResponse;
#[cfg(feature = "client")]
use crate::server::upstream_error::UpstreamError;
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// A boxed error of any type.
type Boxed = Box<dyn Error + Send + Sync>;

/// The canonical errors that `downcast_ref` finds, for each type that can be told. anyhow's finds those that are contexts, too.
macro_rules! told {
    ($error:expr, $own:ty) => {
        [
            $error.downcast_ref::<$own>().map(|error| error as &dyn LiftError),
            $error.downcast_ref::<lift::Error>().map(|error| error as _),
            $error.downcast_ref::<ErrorResponse>().map(|error| error as _),
            $error.downcast_ref::<Box<dyn LiftError>>().map(|error| error as _),
            #[cfg(feature = "client")]
            $error.downcast_ref::<UpstreamError>().map(|error| error as _),
            #[cfg(feature = "tonic")]
            $error.downcast_ref().map(|source: &StatusSource| source.error() as _),
        ]
    };
}

impl ErrorResponse {
    /// The canonical error in a chain of sources, which is logged as a whole. A chain without one is an Internal Server
    /// Error.
    ///
    /// It finds the first `E`, `lift::Error`, `ErrorResponse`, `UpstreamError` or `Box<dyn LiftError>` of the chain: name your own
    /// error type as `E`, since no program can ask an error of unknown type whether it is a [`LiftError`]. `?` does the same with
    /// `E` as `lift::Error`.
    ///
    /// What a `transparent` variant has, also one of thiserror's, is not in the chain, as the variant's source is that of its
    /// field. An enum with such variants is an `E` itself.
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
        match canonical_in::<E>(&*error).map(OwnedError::copy_from) {
            Some(canonical) => Self::new(InChain { canonical, chain: error }),
            None => Self::internal(error),
        }
    }

    #[cfg(feature = "anyhow")]
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>anyhow</code></span>")]
    /// The outermost canonical error that a chain of anyhow holds, as a context or as a source. The whole chain is logged. A
    /// chain without one is an Internal Server Error.
    ///
    /// It finds the types that [`from_boxed`](Self::from_boxed) finds: name your own error type as `E`. `?` does the same with `E`
    /// as `lift::Error`.
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
        // Neither a context nor a boxed error is an element of the chain, but anyhow finds the outermost one of a type.
        let contexts = told!(error, E);
        let boxed = error.downcast_ref::<Boxed>();
        let outermost = error.chain().take(MAX_SOURCES).find_map(|element| {
            let source = element.source().map(|source| told!(source, E));
            let of_element = contexts.into_iter().enumerate().filter_map(|(index, context)| {
                let is_source = |source: &dyn LiftError| core::ptr::addr_eq(source, context?).then_some(());
                // An error that got its context at once is inside of the element, too, and comes after the context.
                let source = source.and_then(|source| *source.get(index)?);
                context.filter(|context| is_inside(*context, element) && source.and_then(is_source).is_none())
            });
            let canonical = of_element.chain(told!(element, E).into_iter().flatten()).next();
            canonical.or_else(|| {
                boxed.filter(|boxed| is_inside(*boxed, element)).and_then(|boxed| canonical_in::<E>(&**boxed))
            })
        });
        // The chain is cut, but anyhow looks at all contexts.
        match outermost.or_else(|| contexts.into_iter().flatten().next()).map(OwnedError::copy_from) {
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
fn canonical_in<'a, E: LiftError + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a dyn LiftError> {
    let mut chain = core::iter::successors(Some(error), |&error| error.source()).take(MAX_SOURCES);
    chain.find_map(|error| told!(error, E).into_iter().flatten().next())
}

/// Whether an element of a chain of anyhow contains a context: the element is a pair of the context and the chain around which it
/// is, and only the place in memory tells to which pair a context belongs.
#[cfg(feature = "anyhow")]
fn is_inside<T: ?Sized>(part: &T, element: &(dyn Error + 'static)) -> bool {
    let start = core::ptr::from_ref(element).cast::<u8>();
    let end = start.wrapping_add(size_of_val(element));
    (start..end).contains(&core::ptr::from_ref(part).cast::<u8>())
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

    /// A canonical error of a service's own. It has no size, so that its address alone is that of what is behind it.
    #[cfg(feature = "anyhow")]
    #[derive(Debug)]
    struct NotAManager;

    #[cfg(feature = "anyhow")]
    impl fmt::Display for NotAManager {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("not a manager")
        }
    }

    #[cfg(feature = "anyhow")]
    impl Error for NotAManager {}

    #[cfg(feature = "anyhow")]
    impl LiftError for NotAManager {
        fn entry(&self) -> Entry {
            lift::forbidden::ENTRY
        }

        fn parameter(&self, _: Parameter) -> Option<Value<'_>> {
            None
        }
    }

    #[cfg(feature = "anyhow")]
    #[test]
    fn the_outermost_canonical_error_of_any_type_answers() {
        use anyhow::{Context as _, anyhow};
        let (own, other) = (|| anyhow::Error::new(NotAManager), lift::Error::not_found);
        let response = || ErrorResponse::new(lift::Error::gone());
        let boxed = || -> Box<dyn LiftError> { Box::new(lift::Error::gone()) };
        for (error, code) in [
            (own(), "forbidden"),
            // A 404 hides that there is something.
            (own().context(other()), "not_found"),
            (own().context("one").context(other()).context("two"), "not_found"),
            (anyhow!("refused").context(NotAManager).context(other()), "not_found"),
            (anyhow::Error::new(other()).context(NotAManager), "forbidden"),
            (anyhow!("refused").context(other()).context("one").context(NotAManager), "forbidden"),
            (anyhow::Error::new(other()).context(response()), "gone"),
            (own().context(other()).context(response()).context("outer"), "gone"),
            (own().context(boxed()), "gone"),
            (anyhow::Error::new(Step(other())).context(NotAManager), "forbidden"),
            (anyhow::Error::new(Step(other())).context(response()).context("outer"), "gone"),
            // Only anyhow follows a chain as long as this.
            ((0..2 * MAX_SOURCES).fold(own(), |error, depth| error.context(depth)), "forbidden"),
        ] {
            let chain = alloc::format!("{error:#}");
            assert_eq!(ErrorResponse::from_anyhow::<NotAManager>(error).entry().code(), code, "{chain}");
        }
        let error = anyhow::Error::new(other()).context(response());
        assert_eq!(ErrorResponse::from(error).entry().code(), "gone");
        // With its context at once, an error is in one place with it.
        let at_once = || Err::<(), _>(lift::Error::forbidden());
        for (error, code) in [
            (at_once().context(response()), "gone"),
            (at_once().context(other()), "not_found"),
            (at_once().context("loading"), "forbidden"),
            (at_once().context("loading").context(boxed()), "gone"),
        ] {
            assert_eq!(ErrorResponse::from(error.unwrap_err()).entry().code(), code);
        }
        let unsized_one = Err::<(), _>(NotAManager).context(other()).unwrap_err();
        assert_eq!(ErrorResponse::from_anyhow::<NotAManager>(unsized_one).entry().code(), "not_found");
        // What `anyhow!` takes from a box is not an element of the chain.
        let any = |error: Boxed| anyhow!(error);
        for (error, code) in [
            (any(Box::new(other())).context("loading"), "not_found"),
            (any(Box::new(Step(other()))), "not_found"),
            (any(Box::new(lift::Error::conflict().caused_by(other()))).context("loading"), "conflict"),
            (any(Box::new(other())).context(response()), "gone"),
        ] {
            assert_eq!(ErrorResponse::from(error).entry().code(), code);
        }
    }
}

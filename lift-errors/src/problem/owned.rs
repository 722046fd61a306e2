//! `OwnedError`: an owned copy of a borrowed error.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::term::Term;
use crate::catalog::value::{FormattedParameter, Value};
use crate::message::foreign::text_of;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::{LiftError, MAX_SOURCES};
use crate::problem::log_facts::{LogFacts, VisitLogField};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::time::Duration;

/// A copy of another error's entry, parameters, cause and messages. It is rendered and logged as the original is.
#[derive(Debug)]
pub(crate) struct OwnedError {
    entry: Entry,
    text: String,
    parameters: Vec<Option<OwnedValue>>,
    known_cause: Option<Cause>,
    field_errors: Option<FieldErrors>,
    source: Option<Box<OwnedSource>>,
    log_facts: LogFacts,
    log_fields: Vec<(&'static str, String)>,
    is_bare: bool,
    retry: Option<Retry>,
}

impl OwnedError {
    /// Copies an error. A secret's value was never visible, so the copy does not have it.
    pub(crate) fn copy_from(error: &dyn LiftError) -> Self {
        let entry = error.entry();
        let (log_facts, mut log_fields) = (error.__log_facts(), Vec::new());
        error.__log_fields(&mut |name, value| log_fields.push((name, text_of(value))));
        let values = entry.parameters().map(|parameter| error.__parameter(parameter.number()).map(OwnedValue::from));
        Self {
            entry,
            text: text_of(error),
            parameters: values.collect(),
            known_cause: error.known_cause(),
            field_errors: error.field_errors().map(FieldErrors::copy_shown),
            source: OwnedSource::chain(error.source()),
            log_facts,
            log_fields,
            is_bare: error.__is_bare(),
            retry: error.__retry(),
        }
    }
}

impl LiftError for OwnedError {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.parameters.get(usize::from(parameter.number()))?.as_ref().map(OwnedValue::value)
    }

    fn known_cause(&self) -> Option<Cause> {
        self.known_cause
    }

    fn __log_facts(&self) -> LogFacts {
        self.log_facts
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.log_fields.iter().for_each(|(name, value)| visit(name, value));
    }

    fn __is_bare(&self) -> bool {
        self.is_bare
    }

    fn __retry(&self) -> Option<Retry> {
        self.retry
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.field_errors.as_ref()
    }
}

impl fmt::Display for OwnedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for OwnedError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The value of a parameter.
#[derive(Debug)]
pub(crate) enum OwnedValue {
    Unsigned(u64),
    Signed(i64),
    Duration(Duration),
    Term(Term),
    Text(String),
}

impl OwnedValue {
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Signed(number) => Value::Signed(*number),
            Self::Duration(duration) => Value::Duration(*duration),
            Self::Term(term) => Value::Term(*term),
            Self::Text(text) => Value::Text(text),
        }
    }
}

impl From<Value<'_>> for OwnedValue {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Unsigned(number) => Self::Unsigned(number),
            Value::Signed(number) => Self::Signed(number),
            // Only field errors have fractions.
            Value::Decimal(number) => Self::Text(text_of(number)),
            Value::Duration(duration) => Self::Duration(duration),
            Value::Term(term) => Self::Term(term),
            Value::Text(text) => Self::Text(text.into()),
            Value::Display(text) => Self::Text(text_of(text)),
            Value::__Formatted(error, number) => Self::Text(text_of(FormattedParameter(error, number))),
        }
    }
}

/// The message of a source, and the source's own source.
#[derive(Debug)]
struct OwnedSource {
    text: String,
    source: Option<Box<OwnedSource>>,
}

impl OwnedSource {
    /// Copies a chain of sources, as far as the log follows it.
    fn chain(first: Option<&(dyn Error + 'static)>) -> Option<Box<Self>> {
        let errors = core::iter::successors(first, |&error| error.source());
        let texts: Vec<String> = errors.take(MAX_SOURCES).map(text_of).collect();
        texts.into_iter().rfold(None, |source, text| Some(Box::new(Self { text, source })))
    }
}

impl fmt::Display for OwnedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for OwnedSource {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::format::Format;
    use crate::{ErrorResponse, FieldError, lift};

    /// An error that is its own source.
    #[derive(Debug)]
    struct Endless(u8);

    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            writeln!(f, "again {}", self.0)
        }
    }

    impl Error for Endless {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(self)
        }
    }

    #[test]
    fn a_copy_is_rendered_and_logged_as_the_original() {
        let seconds = Duration::from_millis;
        let fields = [FieldError::new("name", ("required", "Enter a name."))].into_iter().collect();
        let errors: [&dyn LiftError; 5] = [
            &lift::Error::too_many_requests(60, seconds(60_000), seconds(11_200)),
            &lift::not_found::new().with_resource("Order \"7\"\r\n"),
            &lift::validation_failed::new().with_field_errors(fields),
            &lift::gateway_timeout::new().with_upstream("carrier-7"),
            &ErrorResponse::internal(Endless(7)),
        ];
        for error in errors {
            let copy = ErrorResponse::from_ref(error);
            let problem = crate::Problem::new(error);
            for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
                assert_eq!(copy.problem().display(format).to_string(), problem.display(format).to_string());
            }
            assert_eq!(copy.problem().sources().to_string(), problem.sources().to_string());
            assert_eq!((copy.to_string(), copy.known_cause()), (error.to_string(), error.known_cause()));
            let operator = |problem: crate::Problem<'_>| {
                problem.operator_parameters().map(|(_, value)| alloc::format!("{value:?}")).collect::<Vec<_>>()
            };
            assert_eq!(operator(copy.problem()), operator(problem));
        }
        assert_eq!(ErrorResponse::from_ref(&lift::Error::connection_failed()).status(), 500);
    }

    #[test]
    fn a_display_that_fails_does_not_panic() {
        #[derive(Debug)]
        struct Failing;

        impl fmt::Display for Failing {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("half a ")?;
                Err(fmt::Error)
            }
        }

        impl Error for Failing {}

        let copy = ErrorResponse::from_ref(&ErrorResponse::internal(Failing));
        assert_eq!(copy.problem().sources().to_string(), "half a ");
    }
}

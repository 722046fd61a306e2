//! The parts of an error, for protocols with their own representation of errors.

use super::document::Document;
use crate::problem::field_error::FieldErrors;
use std::string::String;
use std::time::Duration;

/// An error as gRPC carries it: `ErrorInfo` with domain, reason and metadata, `BadRequest`, `RetryInfo`.
///
/// ```
/// use lift_errors::client::{ErrorParts, ReceivedError};
/// use lift_errors::lift;
/// use std::time::Duration;
///
/// let details = ErrorParts::new("lift", "TOO_MANY_REQUESTS")
///     .with_metadata([("limit", "60"), ("window", "60"), ("retry_after", "12")])
///     .with_wait(Duration::from_secs(12));
/// let received = ReceivedError::<lift::Error>::from_details(details);
/// assert!(matches!(received.error(), Some(lift::Error::TooManyRequests { limit: 60, .. })));
/// ```
#[derive(Debug)]
pub struct ErrorParts(Document);

impl ErrorParts {
    /// The error of a catalogue (the domain) with a code (the reason); gRPC writes reasons in upper case.
    pub fn new(catalog: impl Into<String>, code: impl AsRef<str>) -> Self {
        let code = code.as_ref().to_ascii_lowercase();
        Self(Document { catalog: Some(catalog.into()), code: Some(code), texts_only: true, ..Document::default() })
    }

    /// What happened this time.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.detail = Some(message.into());
        self
    }

    /// The parameters as texts: numbers in digits, durations in whole seconds.
    #[must_use]
    pub fn with_metadata<N: Into<String>, V: Into<String>>(
        mut self,
        metadata: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let metadata = metadata.into_iter().map(|(name, value)| (name.into(), value.into().into()));
        self.0.parameters.extend(metadata);
        self
    }

    /// What is wrong with each field.
    #[must_use]
    pub fn with_field_errors(mut self, errors: FieldErrors) -> Self {
        self.0.field_errors = errors;
        self
    }

    /// How long to wait before the next attempt.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.0.wait = Some(wait);
        self
    }

    /// The id of the request that failed.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(id.into());
        self
    }
}

impl From<ErrorParts> for Document {
    fn from(details: ErrorParts) -> Self {
        details.0
    }
}

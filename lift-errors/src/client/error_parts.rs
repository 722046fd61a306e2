//! The parts of an error, for protocols other than HTTP.

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
/// let parts = ErrorParts::new("lift", "TOO_MANY_REQUESTS")
///     .with_metadata([("limit", "60"), ("window", "60"), ("retry_after", "12")])
///     .with_wait(Duration::from_secs(12));
/// let received = ReceivedError::<lift::Error>::from_parts(parts);
/// assert!(matches!(received.error(), Some(lift::Error::TooManyRequests { limit: 60, .. })));
/// ```
#[derive(Debug)]
pub struct ErrorParts(Document);

impl ErrorParts {
    /// Creates the parts of an error from its catalogue (the domain) and its code (the reason), in upper case as gRPC writes
    /// it.
    pub fn new(catalog: impl Into<String>, code: impl AsRef<str>) -> Self {
        let code = code.as_ref().to_ascii_lowercase();
        Self(Document { catalog: Some(catalog.into()), code: Some(code), texts_only: true, ..Document::default() })
    }

    /// Sets the detail.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.detail = Some(message.into());
        self
    }

    /// Sets the parameters as texts: numbers in digits, durations in whole seconds. `lift-error`, `lift-retry` and `lift-cause`
    /// are the id, the kind of the retry contract and the cause. Without a kind, an error whose status is 5xx does not say that
    /// nothing was done, and neither does one whose status is 429 and that has no delay.
    #[must_use]
    pub fn with_metadata<N: Into<String>, V: Into<String>>(
        mut self,
        metadata: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        self.0.add_metadata(metadata.into_iter().map(|(name, value)| (name.into(), value.into().into())));
        self
    }

    /// Sets the errors of single fields.
    #[must_use]
    pub fn with_field_errors(mut self, errors: FieldErrors) -> Self {
        self.0.field_errors = errors;
        self
    }

    /// Sets the delay before the next attempt.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.0.wait = Some(wait);
        self
    }

    /// Sets the id of the failed request.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(id.into());
        self
    }
}

impl From<ErrorParts> for Document {
    fn from(parts: ErrorParts) -> Self {
        parts.0
    }
}

//! The source of a status that was made of an error.

use crate::server::error_response::ErrorResponse;
use core::error::Error;
use core::fmt;

/// The error that a status was made of, as the status's source.
///
/// `Display` of a status writes the `Debug` of its source, and a status may itself be a source that is logged. So it names the
/// entry alone: the `Debug` of the error may contain what `#[lift(private)]` hides.
pub(crate) struct StatusSource(ErrorResponse);

impl StatusSource {
    pub(crate) fn new(error: ErrorResponse) -> Self {
        Self(error)
    }

    pub(crate) fn error(&self) -> &ErrorResponse {
        &self.0
    }
}

impl fmt::Debug for StatusSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0.error().entry();
        write!(f, "{entry:?} ({})", entry.id())
    }
}

impl fmt::Display for StatusSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for StatusSource {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

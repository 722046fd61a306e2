//! Where an error became a response.

use core::panic::Location;

/// Where an error became a response, for the log.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "responder"), allow(dead_code, reason = "only the log shows it"))]
pub(crate) struct Origin {
    #[cfg(feature = "responder")]
    pub(crate) span: tracing::Span,
    /// The place in the service's own code, unless a framework made the response.
    pub(crate) place: Option<&'static Location<'static>>,
}

impl Origin {
    /// A place, in the current span.
    pub(crate) fn at(place: Option<&'static Location<'static>>) -> Self {
        // A function that is passed on, as in `map_err(ErrorResponse::new)`, is called by the standard library.
        let place = place.filter(|place| !place.file().starts_with("/rustc/"));
        Self {
            #[cfg(feature = "responder")]
            span: tracing::Span::current(),
            place,
        }
    }
}

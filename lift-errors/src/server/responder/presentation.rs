//! How a response is presented to one reader: step 2 of the responder.

use crate::locale::Locale;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use crate::render::format::Format;
use crate::server::request_context::{RequestContext, X_REQUEST_ID};
use crate::{Audience, Catalog};
use alloc::string::String;
use http::HeaderValue;
use http::response::Parts;

/// The format, the locale and the audience of a response, and the id of its request.
pub(super) struct Presentation {
    pub(super) format: Format,
    locale: Locale,
    audience: Option<Audience>,
    request_id: String,
}

impl Presentation {
    /// Negotiates with the request for an error of `catalog`, and puts the request id into the response.
    pub(super) fn negotiate(
        context: &RequestContext,
        catalog: &'static Catalog,
        audience: Option<Audience>,
        parts: &mut Parts,
    ) -> Self {
        let request_id = context.request_id(&parts.headers);
        if let Ok(value) = HeaderValue::from_str(&request_id) {
            parts.headers.insert(X_REQUEST_ID, value);
        }
        Self {
            format: context.format(),
            locale: context.locale(catalog),
            audience: context.audience().or(audience),
            request_id,
        }
    }

    pub(super) fn request_id(&self) -> Option<RequestId<'_>> {
        RequestId::new(&self.request_id)
    }

    /// The view of an error as this reader gets it.
    pub(super) fn apply_to<'a>(&'a self, problem: Problem<'a>) -> Problem<'a> {
        let problem = problem.with_locale(self.locale);
        let problem = match self.request_id() {
            Some(id) => problem.with_request_id(id),
            None => problem,
        };
        match self.audience {
            Some(audience) => problem.with_audience(audience),
            None => problem,
        }
    }
}

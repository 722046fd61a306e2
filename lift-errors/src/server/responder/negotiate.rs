//! The second step of a response: how it is presented to the reader.

use crate::catalog::Catalog;
use crate::locale::Locale;
use crate::render::format::Format;
use crate::server::error_response::ErrorResponse;
use crate::server::request_context::{RequestContext, RequestIdText};
use http::HeaderMap;
use lift_errors_core::vocabulary::Audience;

/// How an error is presented to the reader of a response.
pub(super) struct Presentation {
    pub(super) format: Format,
    pub(super) locale: Locale,
    /// The reader, if known.
    pub(super) audience: Option<Audience>,
    pub(super) request_id: RequestIdText,
    /// The media type of a gRPC call, which is answered with a status in place of a body.
    #[cfg(feature = "tonic")]
    pub(super) grpc: Option<&'static str>,
}

/// Chooses the presentation of an error. `headers` are those of the response that the error replaces.
pub(super) fn negotiate(context: &RequestContext, headers: &HeaderMap, error: &ErrorResponse) -> Presentation {
    with_locale(context, headers, context.locale_of(error.problem().detail().text()))
}

/// The same for a status that no entry of a catalogue explains.
pub(super) fn negotiate_status(
    context: &RequestContext,
    headers: &HeaderMap,
    catalog: &'static Catalog,
) -> Presentation {
    with_locale(context, headers, context.locale(catalog))
}

fn with_locale(context: &RequestContext, headers: &HeaderMap, locale: Locale) -> Presentation {
    Presentation {
        format: context.format(),
        locale,
        audience: context.audience(),
        request_id: context.id_for(headers),
        #[cfg(feature = "tonic")]
        grpc: context.grpc(),
    }
}

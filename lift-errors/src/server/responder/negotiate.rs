//! The second step of a response: how it is presented to the reader.

use crate::catalog::Catalog;
use crate::locale::Locale;
use crate::render::format::Format;
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

/// Chooses the presentation of an error of a catalogue. `headers` are those of the response that the error replaces.
pub(super) fn negotiate(context: &RequestContext, headers: &HeaderMap, catalog: &'static Catalog) -> Presentation {
    Presentation {
        format: context.format(),
        locale: context.locale(catalog),
        audience: context.audience(),
        request_id: context.request_id(headers),
        #[cfg(feature = "tonic")]
        grpc: context.grpc(),
    }
}

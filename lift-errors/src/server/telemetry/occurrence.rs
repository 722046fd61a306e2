//! One occurrence of an error, as the log records it.

use crate::problem::request_id::RequestId;
use crate::server::request_context::RequestContext;

/// The value of `error.type` for an error without a code (OpenTelemetry).
pub(super) const OTHER: &str = "_OTHER";

/// One occurrence of an error, as the log records it.
pub(crate) struct Occurrence<'a> {
    /// The request, unless no layer knows it.
    pub(crate) context: Option<&'a RequestContext>,
    pub(crate) request_id: Option<RequestId<'a>>,
    /// The status of the response; none of an error that answers nobody.
    pub(crate) status: Option<u16>,
    /// The text of the response that the canonical one replaces.
    pub(crate) original_text: &'a str,
    /// Why the response stays as it is, if it is marked or another layer's.
    pub(crate) reason: Option<&'a str>,
}

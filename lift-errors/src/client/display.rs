//! The text of a received error for people and logs: the server's part of it is short, on one line, and harmless to a terminal.

use super::guidance::Guidance;
use super::received::ReceivedError;
use crate::problem::request_id;
use lift_errors_core::{escape, status};
use std::error::Error as _;
use std::fmt;

/// The longest detail that is shown, in characters.
const LONGEST: usize = 1_000;

impl<E> fmt::Display for ReceivedError<E> {
    /// The detail with the id or code, and the status of HTTP or the code of gRPC, on one line; characters that control a
    /// terminal are made visible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status().map(|status| status.as_u16());
        // A response that is not an error does not have a phrase.
        let phrase = status.filter(|status| status::is_error(*status)).map_or("Error", status::phrase);
        let name = self.id().or(self.code());
        visible(self.detail().or(self.title()).unwrap_or(phrase), LONGEST, f)?;
        let mut before = " (";
        if let Some(name) = name {
            f.write_str(before)?;
            visible(name, LONGEST, f)?;
            before = ", ";
        }
        if let Some(status) = status {
            write!(f, "{before}HTTP {status}")?;
            before = ", ";
        }
        if let (None, Some(code)) = (status, self.grpc_code()) {
            write!(f, "{before}{code}")?;
            before = ", ";
        }
        if before == ", " { f.write_str(")") } else { Ok(()) }
    }
}

impl fmt::Display for Guidance {
    /// Writes the text on one line, with control characters made visible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        visible(self.text(), LONGEST, f)
    }
}

/// The id of a request at the service that failed, for a log. That service chose the text, which need not be a
/// [`RequestId`](crate::RequestId): another system's id may contain `/` or `=`. It is at most as long as one.
pub(super) struct UpstreamRequestId<'a>(&'a str);

impl fmt::Display for UpstreamRequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        visible(self.0, request_id::MAX_LENGTH, f)
    }
}

impl<E> ReceivedError<E> {
    /// The id of the request, for a log.
    pub(super) fn upstream_request_id(&self) -> Option<UpstreamRequestId<'_>> {
        self.request_id().filter(|id| !id.is_empty()).map(UpstreamRequestId)
    }
}

/// Writes a text of at most `longest` characters; `…` follows one that is cut.
fn visible(text: &str, longest: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let end = text.char_indices().nth(longest).map_or(text.len(), |(end, _)| end);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut result = Ok(());
    // A line break becomes a space.
    for (place, line) in shown.split(['\n', '\r', '\t']).enumerate() {
        if place > 0 {
            result = result.and_then(|()| f.write_str(" "));
        }
        escape::visible(line, &mut |piece| result = result.and_then(|()| f.write_str(piece)));
    }
    result.and_then(|()| if rest.is_empty() { Ok(()) } else { f.write_str("…") })
}

impl<E> fmt::Debug for ReceivedError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedError")
            .field("status", &self.status())
            .field("catalog", &self.catalog_name())
            .field("code", &self.code())
            .field("detail", &self.detail())
            .field("request_id", &self.request_id())
            .field("source", &self.source())
            .finish_non_exhaustive()
    }
}

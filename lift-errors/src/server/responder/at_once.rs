//! Errors that are written while their request is handled. When the response arrives at the layer, a middleware may have made
//! something else of it, or the service may have given it to another request: then it is written again.

#[cfg(feature = "tonic")]
use super::grpc;
use super::negotiate::negotiate;
use super::{ErrorResponder, rebased, write};
use crate::server::error_response::{ErrorResponse, Stage};
#[cfg(feature = "tonic")]
use crate::server::head::GRPC_STATUS;
use crate::server::head::{LIFT_ERROR, X_REQUEST_ID};
use crate::server::id_hash::IdHash;
use crate::server::request_context::RequestContext;
use alloc::vec::Vec;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use lift_errors_core::display::whole_seconds;
use lift_errors_core::vocabulary::RetryKind;

impl ErrorResponder {
    /// Writes an error for the request that is being handled, with the stage that it then has. The layer logs it when the response
    /// arrives there. `None` leaves it to the layer.
    pub(crate) fn write_at_once(
        &self,
        error: &ErrorResponse,
        context: &mut RequestContext,
        head: &mut Parts,
    ) -> Option<(Stage, Bytes)> {
        // A status of gRPC would be a success for the middlewares on its way.
        #[cfg(feature = "tonic")]
        if context.grpc().is_some() {
            return None;
        }
        let rebased = rebased::rebase(error, self.base);
        let error = rebased.as_ref().unwrap_or(error);
        let presentation = negotiate(context, &head.headers, error);
        let problem = self.problem(error, &presentation);
        let body = write::write(&problem, error, &presentation, &self.look, context, head);
        context.keep_reader();
        Some((Stage::Written(presentation.format, context.kept_id_hash()), body))
    }

    /// The same for a status of gRPC.
    #[cfg(feature = "tonic")]
    pub(crate) fn status_at_once(
        &self,
        error: &ErrorResponse,
        context: &mut RequestContext,
    ) -> Option<(tonic::Status, Stage)> {
        context.grpc()?;
        let rebased = rebased::rebase(error, self.base);
        let error = rebased.as_ref().unwrap_or(error);
        let mut headers = HeaderMap::new();
        let presentation = negotiate(context, &headers, error);
        let problem = self.problem(error, &presentation);
        write::insert_id(&presentation.request_id, &mut headers);
        context.keep_request_id(&headers);
        context.keep_reader();
        grpc::mark_own(&mut headers);
        headers.insert(LIFT_ERROR, HeaderValue::from_static(problem.entry().id()));
        Some((grpc::status_with(&problem, headers), Stage::WrittenStatus(context.kept_id_hash())))
    }

    /// Whether the response is the one that was written at once.
    pub(crate) fn is_written<'a>(
        &self,
        error: &ErrorResponse,
        context: &RequestContext,
        status: u16,
        header: impl Fn(HeaderName) -> Option<&'a [u8]>,
    ) -> bool {
        let has_id = header(X_REQUEST_ID).is_some_and(|id| context.is_kept_request_id(id));
        // Browsers save or refuse an error page that a route of downloads calls an attachment.
        if !has_id || header(LIFT_ERROR).is_none() || header(header::CONTENT_DISPOSITION).is_some() {
            return false;
        }
        match error.stage() {
            Stage::Open | Stage::Logged => false,
            Stage::Written(format, _) => {
                let rebased = rebased::rebase(error, self.base);
                let expected = rebased.as_ref().unwrap_or(error);
                status == expected.status().as_u16()
                    && header(header::CONTENT_TYPE) == Some(format.media_type().as_bytes())
                    && says_wait_of(expected, header(header::RETRY_AFTER))
            }
            // `RetryInfo` says the delay.
            #[cfg(feature = "tonic")]
            Stage::WrittenStatus(_) => {
                context.grpc().is_some() && header(GRPC_STATUS).is_some() && header(header::RETRY_AFTER).is_none()
            }
        }
    }

    /// Removes the id of the request that a response was written for, if it is given to another one. An id that a middleware gave
    /// stays.
    pub(super) fn remove_id_of_another(error: &ErrorResponse, context: &RequestContext, headers: &mut HeaderMap) {
        let written = match error.stage() {
            Stage::Open | Stage::Logged => return,
            Stage::Written(_, id) => id,
            #[cfg(feature = "tonic")]
            Stage::WrittenStatus(id) => id,
        };
        let is_of_another =
            |id: &HeaderValue| IdHash::of(id.as_bytes()) == written && !context.is_kept_request_id(id.as_bytes());
        if headers.get_all(X_REQUEST_ID).iter().any(is_of_another) {
            let ids = headers.get_all(X_REQUEST_ID).iter();
            let given: Vec<_> = ids.filter(|id| !is_of_another(id)).cloned().collect();
            headers.remove(X_REQUEST_ID);
            headers.extend(given.into_iter().map(|id| (X_REQUEST_ID, id)));
        }
    }
}

/// Whether the body of an error says the wait of `Retry-After`. A middleware may have set another.
fn says_wait_of(error: &ErrorResponse, header: Option<&[u8]>) -> bool {
    let retry = error.problem().retry();
    let own = retry.wait().map(whole_seconds);
    let asked = header.map(|value| core::str::from_utf8(value).ok().and_then(|value| value.parse::<u64>().ok()));
    match retry.kind() {
        // Not every delay is in the header.
        RetryKind::After => asked.is_none_or(|asked| own.is_none() || asked == own),
        // A date is compared later.
        RetryKind::Idempotent => asked.is_none_or(|asked| asked.is_some() && asked == own),
        _ => true,
    }
}

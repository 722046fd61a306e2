//! An [`ErrorResponse`] as a status: written for the current request where there is one.

use super::status;
use super::status_source::StatusSource;
use crate::server::current;
use crate::server::error_response::{ErrorResponse, Stage};
use crate::server::panic::{catch, discard};
use alloc::sync::Arc;
use http::HeaderMap;
use tonic::Status;
use tonic::metadata::MetadataValue;

/// The name of the error's id in metadata, as in the headers of HTTP. Its mark as sensitive tells the layer that the error is
/// logged: the end of a stream has nothing else that could tell. On the wire, HPACK does not index a value with this mark
/// (RFC 7541 §7.1.3); readers see no difference.
const LIFT_ERROR: &str = "lift-error";

/// The whole error in English, as AIP-193 has it.
///
/// - `message` says what happened, for developers, in English; `LocalizedMessage` says it to the user.
/// - `ErrorInfo` has the catalogue's name as its domain, the code as its reason, in upper case, and the public parameters
///   as its metadata: numbers in digits, durations in whole seconds. Beside them are `lift-error` (the id),
///   `lift-retry` (the kind of the retry contract) and, where it is known, `lift-cause`.
/// - `RetryInfo` has the least time to wait, `BadRequest` what is wrong with each field, `Help` the error's reference
///   and what its fixes link to.
///
/// Clients and proxies refuse or hang on headers of more than 8 KiB, so a status with everything around it stays below. 1 KiB is
/// left for the headers of servers and proxies; metadata that a service adds to the status afterwards is not counted.
/// Where there is too much, this is left out, in this order:
///
/// 1. field violations, from the last one on,
/// 2. links, from the last one on,
/// 3. the localised message,
/// 4. parameters, from the last one on; at any size one that is longer than 1,024 bytes, since half a value is a wrong one.
///
/// Code, message, domain, reason and the time to wait are always there. A reason is never cut, because clients find the error by
/// it: google.rpc asks for at most 63 characters, and a code has up to 128. A text for people that is longer than 1,024
/// bytes ends there with `…`.
///
/// The status carries the error. From there [`ErrorLayer`](crate::ErrorLayer) logs it, and writes the
/// status for the request: in the language of `accept-language`, with `x-request-id`. A stream that fails midway ends with a
/// status of the same kind, which the layer logs when it is sent. A status that is made away from the request, in a task of
/// its own, is English, and is logged where it is made. One that is made in another call is in the language of that call; its event
/// lacks parameters and sources.
///
/// ```
/// use lift_errors::{ErrorResponse, lift, tonic::StatusDetails};
///
/// let status = tonic::Status::from(ErrorResponse::new(lift::not_found::new().with_resource("order PO-7")));
/// assert_eq!((status.code(), status.message()), (tonic::Code::NotFound, "The server could not find order PO-7."));
///
/// let details = StatusDetails::new(&status);
/// assert_eq!((details.catalog_name(), details.code()), (Some("lift"), Some("not_found")));
/// assert_eq!(details.parameters().collect::<Vec<_>>(), [("resource", "order PO-7")]);
/// ```
///
/// Derived and generated errors are statuses in the same way, so a method's `?` takes them:
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use lift_errors::LiftError;
/// use tonic::{Request, Response, Status};
///
/// #[derive(Debug, LiftError)]
/// enum OrderError {
///     #[lift(code = not_found)]
///     NoSuchOrder { resource: String },
/// }
///
/// fn find(number: &str) -> Result<u32, OrderError> {
///     Err(OrderError::NoSuchOrder { resource: format!("order {number}") })
/// }
///
/// async fn lines(request: Request<String>) -> Result<Response<u32>, Status> {
///     Ok(Response::new(find(request.get_ref())?))
/// }
/// # let _ = lines;
/// # }
/// ```
impl From<ErrorResponse> for Status {
    fn from(mut error: ErrorResponse) -> Self {
        let written = catch(|| {
            let general = |error: &ErrorResponse| status(&error.problem(), &HeaderMap::new());
            match current::with(|context, responder| responder.status_at_once(&error, context)) {
                Some(Some(written)) => written,
                Some(None) => (general(&error), Stage::Open),
                None => {
                    error.record();
                    (general(&error), Stage::Logged)
                }
            }
        });
        let (mut status, stage) = match written {
            Ok(written) => written,
            // The Internal Server Error has no parameters, so that writing it calls only code of this crate.
            Err(panicked) => {
                discard(error);
                return Self::from(ErrorResponse::caught(panicked));
            }
        };
        let is_written = matches!(stage, Stage::WrittenStatus(_));
        if !is_written {
            let mut id = MetadataValue::from_static(error.problem().entry().id());
            id.set_sensitive(stage == Stage::Logged);
            status.metadata_mut().insert(LIFT_ERROR, id);
        }
        error.set_stage(stage);
        if is_written {
            current::keep_status(&error);
        }
        status.set_source(Arc::new(StatusSource::new(error)));
        status
    }
}

//! Errors from gRPC statuses. `grpc` reads the details of google.rpc.

use super::document::Document;
use super::from_wire::CatalogError;
use super::received::ReceivedError;
use crate::grpc::{StatusDetails, error_code};
use crate::problem::lift_error::MAX_SOURCES;
use lift_errors_core::vocabulary::GrpcCode;
use std::borrow::ToOwned as _;
use std::error::Error as _;
use std::vec::Vec;
use tonic::{Code, Status, TimeoutExpired};

/// The error of a call: typed if the details name a known code, or the metadata a known id. One that the transport made, because
/// no answer came, is `connection_failed`, or `no_answer_in_time`, as for [`ReceivedError::unanswered`]. A refusal of a layer on this
/// side has a [`source`](std::error::Error::source). The metadata counts as the headers of a response do: a proxy that answers a call
/// says there how long to wait.
///
/// ```
/// use lift_errors::client::ReceivedError;
/// use lift_errors::{ErrorResponse, lift};
///
/// let status = tonic::Status::from(ErrorResponse::new(lift::not_found::new().with_resource("order PO-7")));
/// let received = ReceivedError::<lift::Error>::from(status);
/// assert!(matches!(received.error(), Some(lift::Error::NotFound { .. })));
/// assert_eq!(received.detail(), Some("The server could not find order PO-7."));
/// ```
impl<E: CatalogError> From<Status> for ReceivedError<E> {
    fn from(status: Status) -> Self {
        let details = StatusDetails::new(&status);
        if details.code().is_some() || details.id().is_some() || status.source().is_none() {
            return Self::of_status(&status, &details);
        }
        // The status was made on this side.
        if is_refusal(status.code()) {
            return Self::of_status(&status, &details).with_source(status.into());
        }
        let is_late = status.code() == Code::DeadlineExceeded || is_timeout(&status);
        if is_late { Self::timed_out(status) } else { Self::unanswered(status) }
    }
}

impl<E: CatalogError> ReceivedError<E> {
    fn of_status(status: &Status, details: &StatusDetails) -> Self {
        let headers = status.metadata().clone().into_headers();
        Self::new(None, headers, Document::of_status(status, details), Vec::new())
    }
}

/// Whether a code tells that somebody refused the call, or what came of it. No transport makes a status with such a code if the
/// call may be repeated.
fn is_refusal(code: Code) -> bool {
    matches!(
        code,
        Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::PermissionDenied
            | Code::FailedPrecondition
            | Code::Aborted
            | Code::OutOfRange
            | Code::Unimplemented
            | Code::DataLoss
            | Code::Unauthenticated
    )
}

/// Whether the timeout of a channel ended the call, which tonic calls `CANCELLED`.
fn is_timeout(status: &Status) -> bool {
    core::iter::successors(status.source(), |&error| error.source())
        .take(MAX_SOURCES)
        .any(|error| error.is::<TimeoutExpired>())
}

/// Whether the timeout of tonic's server ended the call there. It calls that `CANCELLED`, as on this side.
fn is_timeout_there(status: &Status, details: &StatusDetails) -> bool {
    let is_bare = details.code().is_none() && details.id().is_none();
    is_bare && status.code() == Code::Cancelled && status.message() == TimeoutExpired(()).to_string()
}

impl Document {
    fn of_status(status: &Status, details: &StatusDetails) -> Self {
        let message = details.localized_message().map_or(status.message(), |(_, message)| message);
        let mut document = Self {
            detail: Some(message.to_owned()).filter(|message| !message.is_empty()),
            catalog: details.catalog_name().map(ToOwned::to_owned),
            code: details.code().map(ToOwned::to_owned),
            request_id: details.request_id().map(ToOwned::to_owned),
            grpc_code: if is_timeout_there(status, details) {
                Some(GrpcCode::DeadlineExceeded)
            } else {
                error_code(status.code() as i32)
            },
            details_code: details.grpc_code(),
            wait: details.retry_delay(),
            field_errors: details.field_errors().clone(),
            ..Self::default()
        };
        document.add_metadata(details.metadata().map(|(name, value)| (name.to_owned(), value.into())));
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;
    use crate::problem::lift_error::LiftError as _;
    use lift_errors_core::vocabulary::RetryKind;
    use std::collections::HashMap;
    use std::io;
    use std::sync::Arc;
    use std::time::Duration;
    use tonic_types::{ErrorDetails, StatusExt as _};

    fn received(status: Status) -> ReceivedError<lift::Error> {
        status.into()
    }

    #[test]
    fn a_status_without_details_keeps_what_it_says() {
        let foreign = received(Status::not_found("no such order"));
        assert!(foreign.error().is_none() && !foreign.is_unanswered());
        assert_eq!((foreign.detail(), foreign.retry().kind()), (Some("no such order"), RetryKind::Never));
        assert_eq!(received(Status::unavailable("later")).retry().kind(), RetryKind::Idempotent);
    }

    #[test]
    fn a_foreign_service_s_advice_stands_where_its_reason_is_unknown() {
        // As AIP-193 requires of every service: `ErrorInfo`, and `RetryInfo` if it knows the delay.
        let foreign = |code, domain: &str, wait: Option<u64>| {
            let mut details = ErrorDetails::with_error_info("STOCK_LOCKED", domain, HashMap::new());
            if let Some(seconds) = wait {
                details.set_retry_info(Some(Duration::from_secs(seconds)));
            }
            let retry = received(Status::with_error_details(code, "locked", details)).retry();
            (retry.kind(), retry.wait().map(|wait| wait.as_secs()))
        };
        assert_eq!(foreign(Code::Unavailable, "stock.example", Some(7)), (RetryKind::Idempotent, Some(7)));
        assert_eq!(foreign(Code::Unavailable, "stock.example", None), (RetryKind::Idempotent, None));
        assert_eq!(foreign(Code::ResourceExhausted, "stock.example", Some(7)), (RetryKind::After, Some(7)));
        assert_eq!(foreign(Code::ResourceExhausted, "stock.example", None), (RetryKind::Never, None));
        assert_eq!(foreign(Code::Aborted, "stock.example", Some(7)), (RetryKind::Never, None));
        // The contract of an entry takes precedence over the code.
        let known = ErrorDetails::with_error_info("NOT_FOUND", "lift", HashMap::new());
        let known = received(Status::with_error_details(Code::Unavailable, "gone", known)).retry();
        assert_eq!(known.kind(), lift::Code::NotFound.entry().retry().kind());
    }

    #[test]
    fn a_call_that_failed_is_a_refusal_only_where_its_own_details_say_so() {
        let refusal = || Status::from(lift::Error::service_unavailable(Duration::from_secs(2)));
        let kind = |status| received(status).retry().kind();
        assert_eq!(kind(refusal()), RetryKind::After);
        // A proxy dropped the details: with the id in the metadata, and without.
        for (code, id, unnamed) in [
            (Code::Unavailable, "LIFT-0503", RetryKind::Idempotent),
            // A full disk, perhaps.
            (Code::ResourceExhausted, "LIFT-0429", RetryKind::Never),
        ] {
            let mut named = Status::new(code, "busy");
            named.metadata_mut().insert("lift-error", id.parse().unwrap());
            assert_eq!((kind(named), kind(Status::new(code, "busy"))), (RetryKind::Idempotent, unnamed));
        }
        // The wait of a limiter says that it refused the call.
        let limit = ErrorDetails::with_error_info("TOO_MANY_REQUESTS", "lift", HashMap::new());
        let limited = |details| Status::with_error_details(Code::ResourceExhausted, "busy", details);
        assert_eq!(kind(limited(limit.clone())), RetryKind::Idempotent);
        let mut waiting = limit;
        waiting.set_retry_info(Some(Duration::from_secs(2)));
        assert_eq!(kind(limited(waiting)), RetryKind::After);
        // Another service has put the details into an error of its own, known here or not.
        let limited = Status::from(lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(2)));
        let info = HashMap::from([("lift-retry".to_owned(), "after".to_owned())]);
        let unknown = ErrorDetails::with_error_info("BUSY", "shop", info);
        let unknown = Status::with_error_details(Code::ResourceExhausted, "busy", unknown);
        for refusal in [refusal(), limited, unknown] {
            assert_eq!(kind(refusal.clone()), RetryKind::After);
            for code in [Code::Internal, Code::Aborted] {
                let copied = Status::with_details(code, "failed", refusal.details().to_vec().into());
                assert_eq!(kind(copied), RetryKind::Idempotent, "{code:?}");
            }
        }
    }

    #[test]
    fn metadata_is_read_as_the_headers_of_a_response() {
        let answered = |mut status: Status, metadata: &[(&'static str, &'static str)]| {
            for (name, value) in metadata {
                status.metadata_mut().insert(*name, value.parse().unwrap());
            }
            received(status)
        };
        // A proxy answered with 429, 502 or 503 of HTTP, of which tonic makes this.
        let proxied = |metadata| answered(Status::unavailable("grpc-status header missing"), metadata);
        let date = [("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT")];
        for (metadata, kind, seconds) in [
            (&[("retry-after", "7")][..], RetryKind::Idempotent, 7),
            (&date, RetryKind::Idempotent, 120),
            (&[("lift-retry", "idempotent;after=9"), ("retry-after", "7")], RetryKind::Idempotent, 9),
            (&[("lift-retry", "after;after=2"), ("retry-after", "7")], RetryKind::After, 7),
            (&[("lift-error", "LIFT-0503"), ("retry-after", "7")], RetryKind::Idempotent, 7),
            (&[("lift-error", "LIFT-0503"), ("lift-retry", "after"), ("retry-after", "7")], RetryKind::After, 7),
        ] {
            let retry = proxied(metadata).retry();
            assert_eq!((retry.kind(), retry.wait()), (kind, Some(Duration::from_secs(seconds))), "{metadata:?}");
        }
        let busy = proxied(&[("lift-error", "LIFT-0503"), ("retry-after", "7"), ("x-request-id", "r/7=")]);
        assert_eq!(busy.error(), Some(&lift::Error::service_unavailable(Duration::from_secs(7))));
        assert_eq!((busy.request_id(), busy.headers().len()), (Some("r/7="), 3));
        // The longest wait counts.
        for (details, header, seconds) in [(2, "7", 7), (9, "7", 9)] {
            let status = Status::from(lift::Error::service_unavailable(Duration::from_secs(details)));
            let retry = answered(status, &[("retry-after", header)]).retry();
            assert_eq!((retry.kind(), retry.wait()), (RetryKind::After, Some(Duration::from_secs(seconds))));
        }
        // A service made an error of its own with the metadata of an upstream, of whose catalogue nothing is known here.
        let copied = [("lift-error", "SHOP-0503"), ("lift-retry", "after")];
        for (code, kind) in [
            (Code::Unavailable, RetryKind::After),
            (Code::Internal, RetryKind::Idempotent),
            (Code::ResourceExhausted, RetryKind::Idempotent),
        ] {
            assert_eq!(answered(Status::new(code, "failed"), &copied).retry().kind(), kind, "{code:?}");
        }
        // A full disk has this code, too, but says no time.
        let limited = |metadata| answered(Status::resource_exhausted("busy"), metadata).retry().kind();
        assert_eq!((limited(&[("retry-after", "7")]), limited(&[])), (RetryKind::After, RetryKind::Never));
    }

    #[test]
    fn what_the_transport_says_is_no_answer() {
        for (code, timed_out) in [(Code::Unavailable, false), (Code::Unknown, false), (Code::DeadlineExceeded, true)] {
            let mut status = Status::new(code, "transport error");
            status.set_source(Arc::new(io::Error::other("connection refused")));
            let received = received(status);
            let code = if timed_out { lift::Code::NoAnswerInTime } else { lift::Code::ConnectionFailed };
            assert_eq!((received.is_unanswered(), received.error().map(lift::Error::code)), (true, Some(code)));
            assert_eq!(received.is_timeout(), timed_out);
        }
        // A layer on this side that refuses a call is heard.
        for code in [Code::Unauthenticated, Code::InvalidArgument, Code::PermissionDenied, Code::Aborted] {
            let mut status = Status::new(code, "no token");
            status.set_source(Arc::new(io::Error::other("the key has expired")));
            let received = received(status);
            assert!(!received.is_unanswered() && received.error().is_none(), "{code:?}");
            assert_eq!((received.detail(), received.retry().kind()), (Some("no token"), RetryKind::Never), "{code:?}");
            assert!(received.source().unwrap().to_string().contains("no token"), "{code:?}");
        }
        // `Endpoint::timeout` ends a call with a status that tonic makes of its error.
        let received = received(Status::from_error(TimeoutExpired(()).into()));
        assert!(received.is_unanswered() && received.is_timeout());
        assert_eq!(received.into_upstream().entry(), lift::gateway_timeout::ENTRY);
        // `Server::timeout` on the other side sends the same without its source.
        let received = self::received(Status::cancelled("Timeout expired"));
        assert!(!received.is_unanswered() && received.is_timeout() && received.error().is_none());
        assert_eq!(received.grpc_code(), Some(GrpcCode::DeadlineExceeded));
        assert_eq!(received.into_upstream().entry(), lift::gateway_timeout::ENTRY);
        assert!(!self::received(Status::cancelled("the caller has gone")).is_timeout());
    }
}

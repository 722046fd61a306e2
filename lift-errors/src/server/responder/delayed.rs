//! An error whose response has a longer `Retry-After` than its own, such as that of a limiter around the handler: header, body
//! and gRPC's `RetryInfo` say the same.

use super::from_status::MAX_WAIT;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::log_facts::{LogFacts, VisitLogField};
use crate::server::clock;
use crate::server::error_response::ErrorResponse;
use crate::server::retry_after::retry_after;
use core::error::Error;
use core::fmt;
use http::{HeaderMap, header};
use lift_errors_core::display::whole_seconds;
use lift_errors_core::vocabulary::RetryKind;

/// The error with the longer delay of the headers. `None` if they have none, or if nobody may send the request again.
pub(super) fn delay(error: &ErrorResponse, headers: &HeaderMap) -> Option<ErrorResponse> {
    if !headers.contains_key(header::RETRY_AFTER) {
        return None;
    }
    let retry = error.problem().retry();
    let number = match retry.kind() {
        RetryKind::After => Some(error.error().entry().delay()?),
        RetryKind::Idempotent => error.error().entry().delay(),
        _ => return None,
    };
    // The header has whole seconds.
    let wait = retry_after(headers, clock::now()).filter(|wait| *wait <= MAX_WAIT)?;
    (retry.wait().map(whole_seconds) < Some(whole_seconds(wait))).then(|| {
        error.replaced_by(Delayed { error: error.clone(), number, retry: Retry::new(retry.kind(), Some(wait)) })
    })
}

/// An error with a longer delay.
#[derive(Debug)]
struct Delayed {
    error: ErrorResponse,
    /// The parameter that is the delay.
    number: Option<u8>,
    retry: Retry,
}

impl Delayed {
    /// The delay, as the value of the parameter with a number.
    fn delay(&self, number: u8) -> Option<Value<'_>> {
        self.retry.wait().filter(|_| self.number == Some(number)).map(Value::Duration)
    }
}

impl LiftError for Delayed {
    fn entry(&self) -> Entry {
        self.error.error().entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.delay(parameter.number()).or_else(|| self.error.error().parameter(parameter))
    }

    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.delay(number).or_else(|| self.error.error().__parameter(number))
    }

    fn known_cause(&self) -> Option<Cause> {
        self.error.known_cause()
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.error.field_errors()
    }

    fn __log_facts(&self) -> LogFacts {
        self.error.__log_facts()
    }

    fn __log_fields(&self, visit: &mut VisitLogField<'_>) {
        self.error.__log_fields(visit);
    }

    fn __is_bare(&self) -> bool {
        // The document of the entry has its own contract, and perhaps its own delay.
        self.retry.kind() == RetryKind::Idempotent || self.error.error().__is_bare()
    }

    fn __retry(&self) -> Option<Retry> {
        Some(self.retry).filter(|retry| retry.kind() == RetryKind::Idempotent)
    }
}

impl fmt::Display for Delayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error.error(), f)
    }
}

impl Error for Delayed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;
    use core::time::Duration;

    #[test]
    fn a_weaker_contract_is_delayed_too() {
        let headers = |seconds| HeaderMap::from_iter([(header::RETRY_AFTER, http::HeaderValue::from_static(seconds))]);
        let (status, method) = (http::StatusCode::SERVICE_UNAVAILABLE, http::Method::GET);
        let bare = super::super::from_status::explain(&lift::CATALOG, status, &headers("7"), &method).unwrap();
        assert!(delay(&bare, &headers("7")).is_none());
        let delayed = delay(&bare, &headers("90")).unwrap();
        let problem = delayed.problem();
        assert_eq!(problem.retry(), Retry::new(RetryKind::Idempotent, Some(Duration::from_secs(90))));
        let mut lines = alloc::vec::Vec::new();
        problem.headers(crate::Format::Envelope, |name, value| lines.push(alloc::format!("{name}: {value}")));
        for line in ["retry-after: 90", "lift-retry: idempotent"] {
            assert!(lines.iter().any(|written| written == line), "{lines:?}");
        }
        let body = alloc::format!("{}", problem.display(crate::Format::ProblemDetails));
        assert!(body.contains("\"kind\":\"idempotent\",\"after\":90}"), "{body}");
    }

    #[test]
    fn the_body_says_the_longer_wait_of_the_header() {
        let error = || {
            let millis = Duration::from_millis;
            ErrorResponse::new(lift::Error::too_many_requests(60, millis(60_000), millis(11_200)))
        };
        let document = |line: Option<&str>, accept: &str| {
            let request = http::Request::get("/").header("accept", accept).body(()).unwrap();
            let mut context =
                crate::RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
            let mut response = http::Response::builder().status(429);
            if let Some(line) = line {
                response = response.header("retry-after", line);
            }
            let (mut head, ()) = response.extension(error()).body(()).unwrap().into_parts();
            let body = crate::ErrorResponder::new().respond(&mut context, &mut head, true).unwrap();
            let lines: alloc::vec::Vec<_> = head.headers.get_all("retry-after").iter().cloned().collect();
            assert_eq!(lines.len(), 1, "{lines:?}");
            (
                lines[0].to_str().unwrap().parse::<u64>().unwrap(),
                alloc::string::String::from_utf8(body.to_vec()).unwrap(),
            )
        };
        for (line, wait) in [(None, 12), (Some("5"), 12), (Some("12"), 12), (Some("soon"), 12), (Some("90"), 90)] {
            for (accept, member) in [
                ("application/problem+json", alloc::format!("\"after\":{wait}}}")),
                ("application/json", alloc::format!("\"retryAfter\":{wait}")),
            ] {
                let (header, body) = document(line, accept);
                assert_eq!(header, wait, "{line:?}");
                assert!(body.contains(&member), "{line:?}: {body}");
            }
        }
        // The detail follows.
        assert!(document(Some("50"), "text/plain").1.contains("50 seconds"));
        #[cfg(feature = "tonic")]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, http::HeaderValue::from_static("90"));
            let delayed = delay(&error(), &headers).unwrap();
            let status = crate::grpc::status(&delayed.problem(), &headers);
            assert_eq!(crate::tonic::StatusDetails::new(&status).retry_delay(), Some(Duration::from_secs(90)));
        }
    }
}

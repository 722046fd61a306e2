//! The error of a bare status, which a router, an extractor or a foreign layer gave.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::problem::lift_error::LiftError;
use crate::problem::owned::OwnedValue;
use crate::server::clock;
use crate::server::error_response::ErrorResponse;
use crate::server::rate_limit;
use crate::server::retry_after::retry_after;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::time::Duration;
use http::{HeaderMap, Method, StatusCode, header};
use lift_errors_core::vocabulary::{ParameterType, RetryKind, Sensitivity};

/// The maximum wait that is passed on: JSON readers may have 53 bits for it, and a longer wait than a year is a mistake.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// The maximum length of a method that is repeated in the text, in characters: callers can send any.
const MAX_METHOD: usize = 20;

/// The error of a status: that of the catalogue's default entry, with the parameters that the request and the response show.
/// `None` if the catalogue has no such entry, or if a parameter is missing that the entry needs.
pub(crate) fn explain(
    catalog: &'static Catalog,
    status: StatusCode,
    headers: &HeaderMap,
    method: &Method,
) -> Option<ErrorResponse> {
    let asked = retry_after(headers, clock::now());
    explain_asking(catalog, status, headers, method, asked, |entry, asked| contract(entry, status, asked))
}

/// The same with the delay that the response asks for. `contract` is the retry contract where it is not the entry's.
pub(super) fn explain_asking(
    catalog: &'static Catalog,
    status: StatusCode,
    headers: &HeaderMap,
    method: &Method,
    asked: Option<Duration>,
    contract: impl FnOnce(Entry, Option<Duration>) -> Option<Retry>,
) -> Option<ErrorResponse> {
    let entry = catalog.default_entry(status.as_u16())?;
    let asked = asked.filter(|wait| *wait <= MAX_WAIT);
    let retry = contract(entry, asked);
    let mut values = Vec::new();
    for parameter in entry.parameters() {
        let value = observed(parameter, headers, method, asked);
        if value.is_none() && !parameter.is_optional() && !parameter.is_lackable() {
            return None;
        }
        values.push(value);
    }
    Some(ErrorResponse::__of_framework(StatusError { entry, values, retry }))
}

/// The contract of a bare status, where it is not the entry's. A server that refuses a request knows that it did not carry it out
/// (4xx); one that fails may have begun, and so may a proxy. A delay is never shortened.
pub(super) fn contract(entry: Entry, status: StatusCode, asked: Option<Duration>) -> Option<Retry> {
    let asked = asked?;
    match entry.retry_kind() {
        RetryKind::After if status.is_server_error() => Some(Retry::new(RetryKind::Idempotent, Some(asked))),
        RetryKind::Idempotent if entry.retry().wait() < Some(asked) => {
            Some(Retry::new(RetryKind::Idempotent, Some(asked)))
        }
        _ => None,
    }
}

/// The value of a parameter: that of its response header, or what its name says of the request and of rate limits.
fn observed(parameter: Parameter, headers: &HeaderMap, method: &Method, asked: Option<Duration>) -> Option<OwnedValue> {
    // Anybody may have written the headers, so only what all readers may see is taken from them.
    if parameter.sensitivity() != Sensitivity::Public {
        return None;
    }
    let is_refused_rate = parameter.entry().status() == Some(StatusCode::TOO_MANY_REQUESTS.as_u16());
    match (parameter.header(), parameter.name(), parameter.kind()) {
        (Some(name), _, ParameterType::Duration) if name == header::RETRY_AFTER => {
            let reset = || rate_limit::reset(headers, clock::now()).filter(|_| is_refused_rate);
            asked.or_else(reset).filter(|wait| *wait <= MAX_WAIT).map(OwnedValue::Duration)
        }
        (Some(name), _, kind) => typed(kind, list(headers, name)?),
        (None, "method", ParameterType::Text) => {
            Some(OwnedValue::Text(method.as_str().chars().take(MAX_METHOD).collect()))
        }
        (None, "limit", ParameterType::U32 | ParameterType::U64) if is_refused_rate => {
            let limit = rate_limit::limit(headers)?;
            (parameter.kind() == ParameterType::U64 || limit <= u32::MAX.into()).then_some(OwnedValue::Unsigned(limit))
        }
        (None, "window", ParameterType::Duration) if is_refused_rate => {
            rate_limit::window(headers).filter(|window| *window <= MAX_WAIT).map(OwnedValue::Duration)
        }
        _ => None,
    }
}

/// The members of a header that is a list, on however many lines, without empty ones (RFC 9110 §5.6.1).
fn list(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    let members = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|member| !member.is_empty());
    let members = members.collect::<Vec<_>>().join(", ");
    (!members.is_empty()).then_some(members)
}

fn typed(kind: ParameterType, text: String) -> Option<OwnedValue> {
    match kind {
        ParameterType::U32 => text.parse::<u32>().ok().map(|number| OwnedValue::Unsigned(number.into())),
        ParameterType::U64 => text.parse().ok().map(OwnedValue::Unsigned),
        ParameterType::I64 => text.parse().ok().map(OwnedValue::Signed),
        ParameterType::Duration => text.parse().ok().map(|seconds| OwnedValue::Duration(Duration::from_secs(seconds))),
        ParameterType::Term => None,
        _ => Some(OwnedValue::Text(text)),
    }
}

/// A status as an error of a catalogue.
#[derive(Debug)]
struct StatusError {
    entry: Entry,
    values: Vec<Option<OwnedValue>>,
    retry: Option<Retry>,
}

impl LiftError for StatusError {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.__parameter(parameter.number())
    }

    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.values.get(usize::from(number))?.as_ref().map(OwnedValue::value)
    }

    fn __is_bare(&self) -> bool {
        true
    }

    fn __retry(&self) -> Option<Retry> {
        self.retry
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().log_detail(f)
    }
}

impl Error for StatusError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    fn explained(status: u16, headers: &HeaderMap) -> Option<String> {
        let error = explain(&lift::CATALOG, StatusCode::from_u16(status).unwrap(), headers, &Method::DELETE)?;
        assert_eq!(error.status(), status);
        Some(error.problem().display(crate::Format::Envelope).to_string())
    }

    /// The contract, which problem details, serde and gRPC say as well.
    fn asked(status: u16, headers: &HeaderMap) -> (crate::RetryKind, Option<u64>) {
        let status = StatusCode::from_u16(status).unwrap();
        let error = explain(&lift::CATALOG, status, headers, &Method::DELETE).unwrap();
        let retry = error.problem().retry();
        let (kind, wait) = (retry.kind(), retry.wait().map(|wait| wait.as_secs()));
        let body = error.problem().display(crate::Format::ProblemDetails).to_string();
        let after = wait.map(|wait| alloc::format!(",\"after\":{wait}")).unwrap_or_default();
        let problem = error.problem();
        let mut head = Vec::new();
        problem.headers(crate::Format::Envelope, |name, value| head.push((name, String::from(value))));
        assert!(head.contains(&("lift-retry", kind.to_string())), "{head:?}");
        let member = alloc::format!("\"retry\":{{\"kind\":\"{kind}\"{after}}},\"causes\":[{{\"id\":");
        assert!(body.contains(&member), "{body}");
        let copied = ErrorResponse::from_ref(&error);
        assert_eq!(copied.problem().display(crate::Format::ProblemDetails).to_string(), body);
        #[cfg(feature = "serde")]
        assert_eq!(
            serde_json::to_value(error.problem()).unwrap(),
            serde_json::from_str::<serde_json::Value>(&body).unwrap()
        );
        (kind, wait)
    }

    #[test]
    fn every_status_with_an_entry_is_explained() {
        let mut headers = HeaderMap::new();
        for status in 400..600 {
            assert_eq!(explained(status, &headers).is_some(), lift::Code::from_status(status).is_some(), "{status}");
        }
        // Without a delay, a proxy may have given up half way: the contract is not that of a refused request.
        let bare = explained(503, &headers).unwrap();
        assert!(bare.contains("in a few minutes") && !bare.contains("retryAfter"), "{bare}");
        // A delay does not say that nothing was done.
        headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
        let delayed = explained(503, &headers).unwrap();
        assert!(delayed.contains("in 7 seconds") && delayed.contains("\"retryAfter\":7"), "{delayed}");
        assert_eq!(asked(503, &headers), (crate::RetryKind::Idempotent, Some(7)));
        for unreadable in ["soon", "99999999999999999999"] {
            headers.insert(header::RETRY_AFTER, unreadable.parse().unwrap());
            assert_eq!(explained(503, &headers).as_ref(), Some(&bare), "{unreadable}");
        }
        headers.insert(header::DATE, "Wed, 21 Oct 2099 07:27:00 GMT".parse().unwrap());
        headers.insert(header::RETRY_AFTER, "Wed, 21 Oct 2099 07:28:00 GMT".parse().unwrap());
        headers.append(header::RETRY_AFTER, "5".parse().unwrap());
        assert_eq!(asked(503, &headers), (crate::RetryKind::Idempotent, Some(60)));
    }

    #[test]
    fn a_429_says_what_its_headers_say() {
        let mut headers = HeaderMap::new();
        let contract = |headers: &HeaderMap| {
            let error = explain(&lift::CATALOG, StatusCode::TOO_MANY_REQUESTS, headers, &Method::GET).unwrap();
            let retry = error.problem().retry();
            let body = error.problem().display(crate::Format::ProblemDetails).to_string();
            // The parameters of the table are those of the entry.
            assert!(body.contains(&alloc::format!("\"retry\":{{\"kind\":\"{}\"", retry.kind())), "{body}");
            (error.to_string(), retry.kind(), retry.wait().map(|wait| wait.as_secs()))
        };
        let some = "Too many requests came in a short time. ";
        let little = alloc::format!("{some}Wait a little before you try again.");
        assert_eq!(contract(&headers), (little, crate::RetryKind::After, None));
        headers.insert("x-ratelimit-limit", "5".parse().unwrap());
        headers.insert("ratelimit-reset", "12".parse().unwrap());
        let wait = alloc::format!("{some}Try again in 12 seconds.");
        assert_eq!(contract(&headers), (wait, crate::RetryKind::After, Some(12)));
        headers.insert("ratelimit-policy", "5;w=60".parse().unwrap());
        headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
        let all = "More than 5 requests in 1 minute. Try again in 7 seconds.".into();
        assert_eq!(contract(&headers), (all, crate::RetryKind::After, Some(7)));
    }

    #[test]
    fn allow_is_a_list_on_any_number_of_lines() {
        for lines in [&["GET,PUT"][..], &["GET", "PUT"], &[", GET,, ", "", "PUT ,"]] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::ALLOW, line.parse().unwrap());
            }
            assert!(explained(405, &headers).unwrap().contains("GET, PUT"), "{lines:?}");
        }
        for lines in [&[][..], &[""], &[" , ", ","]] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::ALLOW, line.parse().unwrap());
            }
            assert!(explained(405, &headers).unwrap().contains("not take DELETE requests.\""), "{lines:?}");
        }
    }
}

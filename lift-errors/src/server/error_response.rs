//! [`ErrorResponse`]: a complete error response that carries the original error as an extension.

use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::Value;
use crate::lift;
use crate::problem::Problem;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::owned::OwnedError;
use crate::render::format::Format;
use crate::server::panic::{catch, discard};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// An error that answers a request.
///
/// The response is complete: problem details in English, with every header. It carries the error as an extension, so that a
/// layer around the service can write it in the reader's format and language, and log it with its sources.
///
/// ```
/// use lift_errors::{ErrorResponse, lift};
///
/// let response: http::Response<Vec<u8>> = ErrorResponse::new(lift::Error::forbidden()).into_http();
/// assert_eq!(response.status(), 403);
/// assert_eq!(response.headers()["lift-error"], "LIFT-0403");
/// assert!(response.extensions().get::<ErrorResponse>().is_some());
/// ```
#[derive(Clone)]
pub struct ErrorResponse(Arc<dyn LiftError>);

impl ErrorResponse {
    /// Wraps an error. One that only clients raise has no status: a service that returns it has a fault of
    /// its own, and answers with an Internal Server Error that has the other one as its source.
    pub fn new(error: impl LiftError + 'static) -> Self {
        match error.entry().status() {
            Some(_) => Self(Arc::new(error)),
            None => Self::internal(ClientsOwn(error)),
        }
    }

    /// An Internal Server Error with a source for the log.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::new(Internal(source.into())))
    }

    /// A copy of an error that is only borrowed: it is shown and logged in the same words, its sources as texts.
    pub fn from_ref(error: &dyn LiftError) -> Self {
        match catch(|| OwnedError::copy_from(error)) {
            Ok(copy) => Self::new(copy),
            Err(panicked) => Self::internal(panicked),
        }
    }

    /// The error.
    pub fn error(&self) -> &(dyn LiftError + 'static) {
        &*self.0
    }

    /// A view of the error, to which one can add what is known of this time.
    pub fn problem(&self) -> Problem<'_> {
        Problem::new(&*self.0)
    }

    /// The status, 400 to 599.
    pub fn status(&self) -> StatusCode {
        let status = self.0.entry().status().and_then(|status| StatusCode::from_u16(status).ok());
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The response as it is where no layer writes another.
    ///
    /// A parameter whose `Display` panics makes it an Internal Server Error, with the panic as its source.
    pub fn into_http<B: From<Vec<u8>>>(self) -> http::Response<B> {
        let (error, response) = match catch(|| self.write()) {
            Ok(response) => (self, response),
            Err(panicked) => {
                discard(self);
                let internal = Self::internal(panicked);
                // It has no parameters, so that writing it calls only code of this crate.
                let response = internal.write();
                (internal, response)
            }
        };
        let mut response = response.map(B::from);
        response.extensions_mut().insert(error);
        response
    }

    fn write(&self) -> http::Response<Vec<u8>> {
        let mut body = Vec::new();
        let problem = self.problem();
        problem.write(Format::ProblemDetails, &mut body);
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status();
        problem.headers(Format::ProblemDetails, |name, value| insert(response.headers_mut(), name, value));
        response
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorResponse").field(&self.0).finish()
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for ErrorResponse {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl LiftError for ErrorResponse {
    fn entry(&self) -> Entry {
        self.0.entry()
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        self.0.parameter(parameter)
    }

    fn __parameter(&self, number: u8) -> Option<Value<'_>> {
        self.0.__parameter(number)
    }

    fn __is_bare(&self) -> bool {
        self.0.__is_bare()
    }

    fn known_cause(&self) -> Option<Cause> {
        self.0.known_cause()
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        self.0.field_errors()
    }
}

/// An error in a place where no client is.
#[derive(Debug)]
struct ClientsOwn<E>(E);

impl<E: LiftError> fmt::Display for ClientsOwn<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0.entry();
        write!(f, "the service answered with {} ({}), which only clients raise", entry.code(), entry.id())
    }
}

impl<E: LiftError> Error for ClientsOwn<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// The service's own fault.
#[derive(Debug)]
struct Internal(Box<dyn Error + Send + Sync>);

impl LiftError for Internal {
    fn entry(&self) -> Entry {
        lift::internal_server_error::ENTRY
    }
}

impl fmt::Display for Internal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().log_detail(f)
    }
}

impl Error for Internal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// What belongs to one kind of answer more than to an error: where a service has said it, the service knows better.
const KEPT: [HeaderName; 4] =
    [header::CACHE_CONTROL, header::WWW_AUTHENTICATE, header::PROXY_AUTHENTICATE, header::ALLOW];

/// Puts one of an error's headers among those that a response has already: `Vary` and `Link` are lists and added to, what
/// the service said itself stays, the rest is the error's to say.
pub(crate) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else { return };
    if name == header::VARY || name == header::LINK {
        if headers.get_all(&name).iter().all(|present| present != value && present != "*") {
            headers.append(name, value);
        }
    } else if !(KEPT.contains(&name) && headers.contains_key(&name)) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vary_is_added_to_and_what_the_service_said_stays() {
        let mut headers = HeaderMap::new();
        let said =
            [("Vary", "Origin"), ("Allow", "GET"), ("Cache-Control", "max-age=60"), ("Content-Type", "text/plain")];
        for (name, value) in said {
            headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_static(value));
        }
        for _ in 0..2 {
            insert(&mut headers, "vary", "Accept, Accept-Language");
            insert(&mut headers, "allow", "PUT");
            insert(&mut headers, "cache-control", "no-store");
            insert(&mut headers, "content-type", "application/problem+json");
        }
        assert_eq!(headers.get_all("vary").iter().collect::<Vec<_>>(), ["Origin", "Accept, Accept-Language"]);
        assert_eq!(headers.len(), 5);
        assert_eq!(
            (&headers["allow"], &headers["cache-control"]),
            (&"GET".parse().unwrap(), &"max-age=60".parse().unwrap())
        );
        assert_eq!(headers["content-type"], "application/problem+json");
    }

    #[test]
    fn what_only_clients_raise_is_a_fault_of_the_service() {
        let failure = ErrorResponse::new(lift::Error::connection_failed());
        assert_eq!(failure.status(), 500);
        assert_eq!(failure.entry(), lift::internal_server_error::ENTRY);
        let sources = failure.problem().sources().to_string();
        assert_eq!(sources, "the service answered with connection_failed (LIFT-1005), which only clients raise");
    }
}

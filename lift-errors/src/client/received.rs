//! An error received from another service.

use super::details::ErrorParts;
use super::document::{Document, Guidance};
use super::from_wire::{CatalogError, Parts};
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::retry::Retry;
use crate::lift;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::server::retry_after::retry_after;
use http::{HeaderMap, HeaderName, StatusCode};
use lift_errors_core::vocabulary::{Audience, RetryKind};
use serde_json::{Map, Value};
use std::boxed::Box;
use std::error::Error;
use std::string::{String, ToString as _};
use std::time::SystemTime;
use std::vec::Vec;

/// What a client asks for in `Accept` that reads errors back: problem details, which alone carry every parameter.
pub const ACCEPT: &str = "application/problem+json, */*;q=0.9";

/// The longest body that is read, in bytes: 256 KiB. What is longer is cut there.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

const LIFT_ERROR: HeaderName = HeaderName::from_static("lift-error");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What lies below an error, for the log.
pub(super) type Source = Box<dyn Error + Send + Sync>;

/// An error that another service sent, or that there was no answer at all.
///
/// It is typed where the code is one of `E`'s catalogue, and keeps whatever else came. Any response gives one: problem
/// details, the Lift envelope, the headers alone, another service's JSON, HTML, or bytes. A member of the wrong
/// type counts as absent (RFC 9457 §3.1), and nothing that a server sends makes it panic.
///
/// ```
/// use lift_errors::{client::ReceivedError, lift};
///
/// let response = http::Response::builder()
///     .status(404)
///     .body(r#"{"catalog": "lift", "code": "not_found", "detail": "No order PO-7.", "params": {"resource": "order PO-7"}}"#)
///     .unwrap();
/// let received = ReceivedError::<lift::Error>::from_response(response);
///
/// assert!(matches!(received.error(), Some(lift::Error::NotFound { resource: Some(order), .. }) if order == "order PO-7"));
/// assert_eq!(received.to_string(), "No order PO-7. (LIFT-0404, HTTP 404)");
/// ```
///
/// It is not ours to pass on, so `?` does not turn it into an error of this service:
///
/// ```compile_fail,E0277
/// # use lift_errors::{client::ReceivedError, lift};
/// fn order(answer: Result<u32, ReceivedError<lift::Error>>) -> Result<u32, lift::Error> {
///     Ok(answer?)
/// }
/// ```
///
/// [`into_upstream`](Self::into_upstream) gives what a service says to its own caller, [`forward`](Self::forward) passes the
/// error on all the same.
pub struct ReceivedError<E = lift::Error>(Box<Inner<E>>);

struct Inner<E> {
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Vec<u8>,
    document: Document,
    entry: Option<Entry>,
    error: Option<E>,
    arrival: Arrival,
    source: Option<Source>,
}

/// Whether there was an answer.
#[derive(PartialEq, Eq)]
enum Arrival {
    /// None, in time or ever.
    Absent,
    /// None in time.
    Late,
    /// There was one, or nobody asked for one.
    Other,
}

impl<E: CatalogError> ReceivedError<E> {
    /// Reads a response of any status with as much of its body as there is; of that, the first [`MAX_BODY_BYTES`] bytes.
    pub fn from_response(response: http::Response<impl AsRef<[u8]>>) -> Self {
        let (head, body) = response.into_parts();
        Self::answered(head.status, head.headers, body.as_ref())
    }

    pub(super) fn answered(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        let body = body.get(..MAX_BODY_BYTES).unwrap_or(body).to_vec();
        Self::new(Some(status), headers, Document::read(&body), body)
    }

    /// The error that a protocol without HTTP's forms carried, such as gRPC.
    pub fn from_details(details: ErrorParts) -> Self {
        Self::from_document(details.into())
    }

    pub(super) fn from_document(document: Document) -> Self {
        Self::new(None, HeaderMap::new(), document, Vec::new())
    }

    /// No answer at all: the connection failed, or broke. It is the canonical `connection_failed`, with its fixes.
    pub fn unanswered(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let entry = lift::Code::ConnectionFailed.entry();
        let details = ErrorParts::new(entry.catalog().name(), entry.code());
        let mut document = Document::from(details.with_message(lift::Error::connection_failed().to_string()));
        document.title = Some(entry.title().to_string());
        document.address = Some(entry.type_uri().to_string());
        document.causes.extend(entry.causes().map(|cause| {
            let remark =
                Guidance::new(cause.id(), cause.text().to_string(), cause.audience().map(|a| a.as_str()), None);
            remark.with_fixes(cause.fixes().map(|fix| fix.id()))
        }));
        document.fixes.extend(entry.fixes().map(|fix| {
            let (audience, link) = (fix.audience().map(|a| a.as_str()), fix.link().map(|link| link.href()));
            Guidance::new(fix.id(), fix.text().to_string(), audience, link)
        }));
        let mut received = Self::new(None, HeaderMap::new(), document, Vec::new());
        received.0.arrival = Arrival::Absent;
        received.with_source(source.into())
    }

    /// No answer in time. It differs from [`unanswered`](Self::unanswered) in what a service says to its own caller.
    pub fn timed_out(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut received = Self::unanswered(source);
        received.0.arrival = Arrival::Late;
        received
    }

    /// A request that failed on this side: no error of a catalogue says so, and none allows to send it again.
    #[cfg(feature = "reqwest")]
    pub(super) fn failed_here(source: Source) -> Self {
        let detail = Some("The request failed before there was an answer to read.".into());
        Self::from_document(Document { detail, ..Document::default() }).with_source(source)
    }

    pub(super) fn with_source(mut self, source: Source) -> Self {
        self.0.source = Some(source);
        self
    }

    fn new(status: Option<StatusCode>, headers: HeaderMap, document: Document, body: Vec<u8>) -> Self {
        let entry = entry_of::<E>(&document, &headers).or_else(|| entry_of::<lift::Error>(&document, &headers));
        let error = entry.and_then(|entry| E::from_parts(entry, &Parts::new(entry, &document, &headers)));
        Self(Box::new(Inner { status, headers, body, document, entry, error, arrival: Arrival::Other, source: None }))
    }

    /// The typed error, to be passed on to this service's own caller as if it were ours: right where both are parts
    /// of one application. What can't be passed on comes back: an error that is not typed, one that no
    /// server can raise, and any 401 or 407, which is about our credentials there and would log out our caller.
    ///
    /// # Errors
    ///
    /// The received error itself, for [`into_upstream`](Self::into_upstream).
    pub fn forward(mut self) -> Result<E, Self> {
        let about_us = |status: u16| status == 401 || status == 407;
        let answered = self.0.status.is_some_and(|status| about_us(status.as_u16()));
        let meant = self.0.error.as_ref().and_then(|error| error.entry().status());
        if answered || meant.is_none_or(about_us) {
            return Err(self);
        }
        self.0.error.take().ok_or(self)
    }
}

impl<E> ReceivedError<E> {
    /// The typed error; none where the code is unknown here, or where a parameter that it needs did not come: the
    /// Lift envelope carries none but the wait. The [`entry`](Self::entry) is known in the latter case.
    pub fn error(&self) -> Option<&E> {
        self.0.error.as_ref()
    }

    /// The cause of the error, where the service knew it: its response then lists that cause alone.
    ///
    /// ```
    /// use lift_errors::{client::ReceivedError, lift};
    ///
    /// let response = http::Response::builder()
    ///     .status(401)
    ///     .body(r#"{"catalog": "lift", "code": "unauthorized", "causes": [{"id": "wrong_credentials", "text": "…"}]}"#)
    ///     .unwrap();
    /// let received = ReceivedError::<lift::Error>::from_response(response);
    ///
    /// match received.cause() {
    ///     Some(lift::unauthorized::Cause::WrongCredentials) => println!("Check the API key."),
    ///     Some(lift::unauthorized::Cause::SessionTimedOut) => println!("Log in again."),
    ///     _ => println!("{received}"),
    /// }
    /// # assert_eq!(received.cause(), Some(lift::unauthorized::Cause::WrongCredentials));
    /// ```
    pub fn cause(&self) -> Option<E::Cause>
    where
        E: CatalogError,
    {
        let entry = self.0.entry?.canonical();
        let [listed] = self.0.document.causes.as_slice() else { return None };
        let reaches_clients = |cause: &Cause| cause.audience() != Some(Audience::Operator);
        // Where clients are only ever told of one cause, that one alone is listed for every occurrence.
        if entry.causes().count() > 1 && entry.causes().filter(reaches_clients).count() == 1 {
            return None;
        }
        entry.causes().find(|cause| cause.id() == listed.id()).and_then(E::from_cause)
    }

    /// The error as one of another catalogue: a service that has its own sends canonical ones too.
    pub fn error_as<F: CatalogError>(&self) -> Option<F> {
        let entry = entry_of::<F>(&self.0.document, &self.0.headers)?;
        F::from_parts(entry, &Parts::new(entry, &self.0.document, &self.0.headers))
    }

    /// The entry that explains the error, of `E`'s catalogue or the canonical one.
    pub fn entry(&self) -> Option<Entry> {
        self.0.entry
    }

    /// The status of the response, whatever its body says; none where there was no HTTP response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Whether there was no answer at all, in time or ever. A request that failed on this side already, such as one to an
    /// address that is none, has a [`source`](Error::source) as well, but neither status nor entry.
    pub fn is_unanswered(&self) -> bool {
        self.0.arrival != Arrival::Other
    }

    /// Whether the answer did not come in time.
    pub fn is_timeout(&self) -> bool {
        self.0.arrival == Arrival::Late
    }

    /// The response's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The response's body, up to [`MAX_BODY_BYTES`] bytes.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The name of the catalogue.
    pub fn catalog(&self) -> Option<&str> {
        self.0.document.catalog.as_deref().or(self.0.entry.map(|entry| entry.catalog().name()))
    }

    /// The code, known here or not.
    pub fn code(&self) -> Option<&str> {
        self.0.document.code.as_deref().or(self.0.entry.map(Entry::code))
    }

    /// The id that people quote.
    pub fn id(&self) -> Option<&str> {
        let Inner { document, headers, entry, .. } = &*self.0;
        document.id.as_deref().or(header(headers, &LIFT_ERROR)).or(entry.map(Entry::id))
    }

    /// The `type`: an address that explains the error (RFC 9457 §3.1.1).
    pub fn address(&self) -> Option<&str> {
        self.0.document.address.as_deref()
    }

    /// What the error is called.
    pub fn title(&self) -> Option<&str> {
        self.0.document.title.as_deref()
    }

    /// What happened this time.
    pub fn detail(&self) -> Option<&str> {
        self.0.document.detail.as_deref()
    }

    /// The name of this occurrence (RFC 9457 §3.1.5).
    pub fn instance(&self) -> Option<&str> {
        self.0.document.instance.as_deref()
    }

    /// The id of the request that failed, for a ticket.
    pub fn request_id(&self) -> Option<&str> {
        self.0.document.request_id.as_deref().or(header(&self.0.headers, &REQUEST_ID))
    }

    /// The likely causes as the service worded them; [`entry`](Self::entry) has them where it sent none.
    pub fn causes(&self) -> &[Guidance] {
        &self.0.document.causes
    }

    /// What can be done, as the service worded it.
    pub fn fixes(&self) -> &[Guidance] {
        &self.0.document.fixes
    }

    /// What is good to know, as the service worded it.
    pub fn notes(&self) -> &[Guidance] {
        &self.0.document.notes
    }

    /// What is wrong with each field of the request.
    pub fn field_errors(&self) -> &FieldErrors {
        &self.0.document.field_errors
    }

    /// The public parameters, `params`.
    pub fn parameters(&self) -> &Map<String, Value> {
        &self.0.document.parameters
    }

    /// The members that this version does not know.
    pub fn members(&self) -> &Map<String, Value> {
        &self.0.document.others
    }
}

impl<E: LiftError> ReceivedError<E> {
    /// Whether the same request may be sent again, and how long to wait before: what the response says, else what the
    /// entry promises, else what the status (of HTTP or gRPC) alone allows. `Retry-After` can make the wait longer, never shorter.
    pub fn retry(&self) -> Retry {
        let Inner { status, headers, document, entry, error, .. } = &*self.0;
        let asked = retry_after(headers, SystemTime::now()).max(document.wait);
        let promised = match (error, entry) {
            (Some(error), _) => Some(error.problem().retry()),
            (None, Some(entry)) => Some(entry.retry()),
            (None, None) => None,
        };
        let (kind, floor) = match (document.retry, promised) {
            (Some(kind), Some(promised)) if promised.kind() == kind => {
                (kind, promised.wait().filter(|_| asked.is_none()))
            }
            (Some(kind), _) => (kind, None),
            (None, Some(promised)) => (promised.kind(), promised.wait()),
            (None, None) => (document.fallback.or(status.map(by_status)).unwrap_or(RetryKind::Never), None),
        };
        Retry::new(kind, asked.max(floor).filter(|_| matches!(kind, RetryKind::After | RetryKind::Idempotent)))
    }
}

/// What a status says of trying again, where nothing else does. A 429 was not carried out (RFC 6585 §4); the others may
/// have been, in part, when a proxy gave up on them. A 500 without a promise is a fault that will be there again.
fn by_status(status: StatusCode) -> RetryKind {
    match status.as_u16() {
        429 => RetryKind::After,
        408 | 502 | 503 | 504 => RetryKind::Idempotent,
        _ => RetryKind::Never,
    }
}

/// The entry that a document names by catalogue and code, else by the id in the body or the header.
fn entry_of<E: CatalogError>(document: &Document, headers: &HeaderMap) -> Option<Entry> {
    match (&document.catalog, &document.code) {
        (Some(catalog), Some(code)) => (catalog == E::catalog().name()).then(|| E::find_code(code)).flatten(),
        _ => E::find_id(document.id.as_deref().or(header(headers, &LIFT_ERROR))?),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().filter(|value| !value.is_empty())
}

impl<E> Error for ReceivedError<E> {
    /// What the transport said, where there was no answer, or what failed on this side.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

//! An error that another service sent, by HTTP or another protocol.

use super::charset;
use super::document::Document;
use super::error_parts::ErrorParts;
use super::from_wire::{CatalogError, WireFields, typed};
use super::guidance::Guidance;
use super::lenient_json;
use super::retry_kind::{by_code, by_status, is_failure};
use crate::catalog::entry::Entry;
use crate::catalog::retry::Retry;
use crate::lift;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::server::clock;
use crate::server::rate_limit;
use crate::server::retry_after::retry_after;
use http::{HeaderMap, HeaderName, StatusCode};
use lift_errors_core::status::{self, retry_without_delay};
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};
use serde_json::{Map, Value};
use std::boxed::Box;
use std::error::Error;
use std::string::{String, ToString as _};
use std::time::Duration;
use std::vec::Vec;

/// The `Accept` of a client that reads errors: problem details, the only format with every parameter. JSON comes first, because
/// some servers label a success with the first type that fits; of the two, Lift's own services choose problem details.
pub const ACCEPT: &str = "application/json, application/problem+json, */*;q=0.9";

/// The maximum length of a body that is read, in bytes: 256 KiB. Longer bodies are truncated.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

const LIFT_ERROR: HeaderName = HeaderName::from_static("lift-error");
/// The kind of the retry contract, where it is not that of the entry.
const LIFT_RETRY: HeaderName = HeaderName::from_static("lift-retry");
const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The source of an error, for the log.
pub(super) type Source = Box<dyn Error + Send + Sync>;

/// An error that another service sent, or the lack of an answer.
///
/// It is typed if the code is one of `E`'s catalogue, and keeps the rest of the response. It can be read from any response:
/// problem details, the Lift envelope, the headers alone, HTML, or bytes. Title, detail, code, field errors, request id and
/// delay are also found in the JSON, XML or text of other systems, such as JSON:API, GraphQL, OAuth, Google, AWS, Azure,
/// Kubernetes, Spring, ASP.NET, Laravel, Django and FastAPI. A member of the wrong type counts as absent (RFC 9457 §3.1) and
/// is among the [`extensions`](Self::extensions). No response makes it panic.
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
/// `?` does not forward a received error:
///
/// ```compile_fail,E0277
/// # use lift_errors::{client::ReceivedError, lift};
/// fn order(answer: Result<u32, ReceivedError<lift::Error>>) -> Result<u32, lift::Error> {
///     Ok(answer?)
/// }
/// ```
///
/// [`into_upstream`](Self::into_upstream) makes the error that a service sends to its own caller;
/// [`forward`](Self::forward) forwards the received error itself.
pub struct ReceivedError<E = lift::Error>(Box<Inner<E>>);

struct Inner<E> {
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Vec<u8>,
    document: Document,
    entry: Option<Entry>,
    error: Option<E>,
    transport: Transport,
    /// Whether the request may have been carried out, although the response says that it was refused.
    may_be_carried_out: bool,
    /// Whether this service had done nothing for its own caller before.
    is_before_any_work: bool,
    /// What this service answers its own caller with, if it is not the other service that failed.
    request_fault: Option<lift::Error>,
    source: Option<Source>,
}

/// Whether there was an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// The connection failed or broke.
    NoAnswer,
    /// There was a connection, but no answer that can be read.
    #[cfg(feature = "reqwest")]
    Unreadable,
    /// There was no answer in time.
    TimedOut,
    /// There was an answer, or the request was never sent.
    Answered,
}

impl<E: CatalogError> ReceivedError<E> {
    /// Reads a response of any status, with at most [`MAX_BODY_BYTES`] bytes of its body. The body may be incomplete.
    pub fn from_response(response: http::Response<impl AsRef<[u8]>>) -> Self {
        let (head, body) = response.into_parts();
        let received = Self::answered(head.status, head.headers, body.as_ref());
        #[cfg(any(feature = "reqwest", feature = "retry"))]
        let received = received.with_carried_out(super::carried_out::is_marked(&head.extensions));
        received
    }

    pub(super) fn answered(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        let body = body.get(..MAX_BODY_BYTES).unwrap_or(body).to_vec();
        let mut document = Document::read(&charset::decode(&headers, &body));
        document.add_head(status.as_u16(), header(&headers, &GRPC_STATUS));
        Self::new(Some(status), headers, document, body)
    }

    /// Creates an error from its parts, for protocols other than HTTP, such as gRPC.
    pub fn from_parts(parts: ErrorParts) -> Self {
        Self::from_document(parts.into())
    }

    pub(super) fn from_document(document: Document) -> Self {
        Self::new(None, HeaderMap::new(), document, Vec::new())
    }

    /// Creates the error for a connection that failed or broke: `connection_failed` of the catalogue if it has a base, else the
    /// canonical one.
    ///
    /// No server chose a language, so its [`title`](Self::title), [`detail`](Self::detail), [`causes`](Self::causes),
    /// [`fixes`](Self::fixes) and [`notes`](Self::notes) are in English. The typed error and the [`entry`](Self::entry) have the
    /// texts of every language that is compiled in; [`error_as`](Self::error_as) gives the canonical error if the catalogue has no
    /// base.
    ///
    /// ```
    /// # #[cfg(feature = "locale-de")] {
    /// use lift_errors::{LiftError as _, client::ReceivedError, lift};
    ///
    /// let received = ReceivedError::<lift::Error>::unanswered("connection refused");
    /// assert_eq!(received.title(), Some("Unable to connect to server"));
    ///
    /// let german = "de".parse().unwrap();
    /// let title = received.entry().unwrap().title().in_locale(german).to_string();
    /// assert_eq!(title, "Keine Verbindung zum Server möglich");
    /// let error = received.error_as::<lift::Error>().unwrap();
    /// let mut detail = String::new();
    /// error.problem().with_locale(german).write_detail(&mut detail);
    /// assert!(detail.starts_with("Keine Verbindung zum Server möglich. Prüfen Sie"));
    /// # }
    /// ```
    pub fn unanswered(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::without_answer(lift::Error::connection_failed(), Transport::NoAnswer, source.into())
    }

    /// The error for a connection that was made and brought no answer that can be read: nobody knows what went wrong there.
    #[cfg(feature = "reqwest")]
    pub(super) fn unreadable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::without_answer(lift::Error::connection_failed(), Transport::Unreadable, source.into())
    }

    /// No answer in time: `no_answer_in_time` of the catalogue if it has a base, else the canonical one. Its texts are in English, as
    /// those of [`unanswered`](Self::unanswered) are. [`into_upstream`](Self::into_upstream) makes a 504 of it.
    pub fn timed_out(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::without_answer(lift::Error::no_answer_in_time(), Transport::TimedOut, source.into())
    }

    /// An error that this side raises, with the guidance that a response would have.
    fn without_answer(error: lift::Error, transport: Transport, source: Source) -> Self {
        let (nothing, no_headers) = (Document::default(), HeaderMap::new());
        // A catalogue with a base has texts and addresses of its own.
        let own = E::find_code(error.entry().code())
            .filter(|entry| entry.status().is_none() && entry.has_transport())
            .and_then(|entry| E::from_parts(entry, &WireFields::new(entry, &nothing, &no_headers)));
        let (entry, detail) =
            own.map_or_else(|| (error.entry(), error.to_string()), |own| (own.entry(), own.to_string()));
        let details = ErrorParts::new(entry.catalog().name(), entry.code());
        let mut document = Document::from(details.with_message(detail));
        document.title = Some(entry.title().to_string());
        document.type_uri = Some(entry.type_uri().to_string());
        document.causes.extend(entry.causes().map(Guidance::of_cause));
        document.fixes.extend(entry.fixes().map(Guidance::of_fix));
        document.notes.extend(entry.notes().map(Guidance::of_note));
        let mut received = Self::new(None, HeaderMap::new(), document, Vec::new());
        received.0.transport = transport;
        received.with_source(source)
    }

    /// A request that failed on this side: it is not an error of a catalogue, and must not be sent again.
    #[cfg(feature = "reqwest")]
    pub(super) fn failed_here(source: Source, fault: Option<lift::Error>) -> Self {
        let detail = Some("The request failed before there was an answer to read.".into());
        let mut received = Self::from_document(Document { detail, ..Document::default() });
        received.0.request_fault = fault;
        received.with_source(source)
    }

    pub(super) fn with_source(mut self, source: Source) -> Self {
        self.0.source = Some(source);
        self
    }

    pub(super) fn new(status: Option<StatusCode>, headers: HeaderMap, document: Document, body: Vec<u8>) -> Self {
        let entry = entry_of::<E>(&document, &headers).or_else(|| entry_of::<lift::Error>(&document, &headers));
        let error = entry.and_then(|entry| typed(entry, &document, &headers));
        Self(Box::new(Inner {
            status,
            headers,
            body,
            document,
            entry,
            error,
            transport: Transport::Answered,
            may_be_carried_out: false,
            is_before_any_work: false,
            request_fault: None,
            source: None,
        }))
    }
}

impl<E> ReceivedError<E> {
    /// The typed error, with the cause that its service knew; `None` if the code is unknown here, or if a required parameter is
    /// missing: the Lift envelope only contains the delay. The [`entry`](Self::entry) is known in the latter case.
    pub fn error(&self) -> Option<&E> {
        self.0.error.as_ref()
    }

    /// The cause of the error if the service knew it: its response then only lists that cause, or names it in gRPC's details.
    /// Over HTTP, an error whose entry has a single cause has that one, whether the service knew it or not.
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
        let only = || entry.causes().next().filter(|_| entry.causes().count() == 1);
        let document = &self.0.document;
        document.named_cause(entry).or_else(|| only().filter(|only| document.lists(*only))).and_then(E::from_cause)
    }

    /// Says that this service had done nothing for its own caller's request before the other service refused it, so that the
    /// caller may send any request again where the other service allows that to us.
    ///
    /// It is for a call that is a handler's first step, or that only reads came before. A call to another service that did
    /// something, a message that was sent and a transaction that was committed are work.
    ///
    /// ```
    /// use lift_errors::client::ReceivedError;
    /// use lift_errors::{LiftError, RetryKind};
    ///
    /// let refused = || http::Response::builder().status(429).header("Retry-After", "2").body("").unwrap();
    /// let kind = |received: ReceivedError| received.into_upstream().problem().retry().kind();
    /// assert_eq!(kind(ReceivedError::from_response(refused())), RetryKind::Idempotent);
    /// assert_eq!(kind(ReceivedError::from_response(refused()).before_any_work()), RetryKind::After);
    /// ```
    #[must_use]
    pub fn before_any_work(mut self) -> Self {
        self.0.is_before_any_work = true;
        self
    }

    /// Says whether the request may have been carried out although this is a refusal: by an earlier attempt, or before a redirect.
    /// [`retry`](Self::retry) then only allows requests that are safe to repeat to be sent again. `false` changes nothing.
    ///
    /// [`RetryPolicy`](super::RetryPolicy) as a policy of tower, and the middleware for reqwest, say it themselves. It is for a
    /// loop of your own around [`RetryPolicy::decide`](super::RetryPolicy::decide): every attempt whose error is not a refusal
    /// ([`RetryKind::After`]) may have been carried out.
    ///
    /// ```
    /// use lift_errors::{RetryKind, client::ReceivedError};
    ///
    /// let refused = || http::Response::builder().status(429).header("Retry-After", "2").body("").unwrap();
    /// let kind = |received: ReceivedError| received.retry().kind();
    /// assert_eq!(kind(ReceivedError::from_response(refused())), RetryKind::After);
    /// assert_eq!(kind(ReceivedError::from_response(refused()).with_carried_out(true)), RetryKind::Idempotent);
    /// ```
    #[must_use]
    pub fn with_carried_out(mut self, may_be_carried_out: bool) -> Self {
        self.0.may_be_carried_out |= may_be_carried_out;
        self
    }

    /// Takes the typed error out.
    pub(super) fn take_error(&mut self) -> Option<E> {
        self.0.error.take()
    }

    pub(super) fn take_request_fault(&mut self) -> Option<lift::Error> {
        self.0.request_fault.take()
    }

    /// Whether the other service could not be reached.
    pub(super) fn is_unreachable(&self) -> bool {
        self.0.transport == Transport::NoAnswer
    }

    pub(super) fn is_before_any_work(&self) -> bool {
        self.0.is_before_any_work
    }

    /// Converts the error to one of another catalogue: a service with its own catalogue sends canonical errors too. To answer
    /// this service's own caller with it, see [`forward_as`](Self::forward_as), which looks at the contract.
    pub fn error_as<F: CatalogError>(&self) -> Option<F> {
        let entry = entry_of::<F>(&self.0.document, &self.0.headers)?;
        typed(entry, &self.0.document, &self.0.headers)
    }

    /// The entry that explains the error, of `E`'s catalogue or the canonical one.
    pub fn entry(&self) -> Option<Entry> {
        self.0.entry
    }

    /// The code of the gRPC status that carried the error, or that a gateway wrote as JSON or in `grpc-status`; `None` for every
    /// other error. Without `details`, JSON is a gRPC error only if the response has the status of the code.
    /// The timeout of tonic's server, which sends `CANCELLED`, is `DEADLINE_EXCEEDED`.
    pub fn grpc_code(&self) -> Option<GrpcCode> {
        self.0.document.grpc_code
    }

    /// The status of the response, even if its body has another; `None` without an HTTP response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Whether there was no answer, or none in time. A request that failed on this side, for example because its URL is
    /// invalid, has a [`source`](Error::source) too, but neither status nor entry.
    pub fn is_unanswered(&self) -> bool {
        self.0.transport != Transport::Answered
    }

    /// Whether the answer did not arrive in time, here or at the server of a gRPC call. A gateway that writes the code of such a
    /// call as JSON sends it with 504 or 408.
    pub fn is_timeout(&self) -> bool {
        let is_late = || self.error_status().is_none_or(|status| matches!(status.as_u16(), 408 | 504));
        self.0.transport == Transport::TimedOut || self.grpc_code() == Some(GrpcCode::DeadlineExceeded) && is_late()
    }

    /// The status of HTTP if it is an error's: a success that contains one, as a gateway streams it, says nothing of it.
    fn error_status(&self) -> Option<StatusCode> {
        self.0.status.filter(|status| status::is_error(status.as_u16()))
    }

    /// The response's headers; of a status of gRPC, its metadata.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The response's body, up to [`MAX_BODY_BYTES`] bytes.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The name of the catalogue.
    pub fn catalog_name(&self) -> Option<&str> {
        self.0.document.catalog.as_deref().or(self.0.entry.map(|entry| entry.catalog().name()))
    }

    /// The code, known here or not.
    pub fn code(&self) -> Option<&str> {
        self.0.document.code.as_deref().or(self.0.entry.map(Entry::code))
    }

    /// The short id, such as `LIFT-0404`.
    pub fn id(&self) -> Option<&str> {
        let Inner { document, headers, entry, .. } = &*self.0;
        document.id.as_deref().or(header(headers, &LIFT_ERROR)).or(entry.map(Entry::id))
    }

    /// The `type`: a URI that identifies the kind of error (RFC 9457 §3.1.1).
    pub fn type_uri(&self) -> Option<&str> {
        self.0.document.type_uri.as_deref()
    }

    /// The title, the same for every occurrence.
    pub fn title(&self) -> Option<&str> {
        self.0.document.title.as_deref()
    }

    /// The detail of this occurrence.
    pub fn detail(&self) -> Option<&str> {
        self.0.document.detail.as_deref()
    }

    /// The name of this occurrence (RFC 9457 §3.1.5).
    pub fn instance(&self) -> Option<&str> {
        self.0.document.instance.as_deref()
    }

    /// The id of the request that failed, for a ticket. It is as it came: write it with `{:?}` to a terminal or a log.
    pub fn request_id(&self) -> Option<&str> {
        self.0.document.request_id.as_deref().or(header(&self.0.headers, &REQUEST_ID))
    }

    /// The likely causes, with the service's texts. If it sent none, [`entry`](Self::entry) has them.
    pub fn causes(&self) -> &[Guidance] {
        &self.0.document.causes
    }

    /// The fixes, with the service's texts.
    pub fn fixes(&self) -> &[Guidance] {
        &self.0.document.fixes
    }

    /// The notes, with the service's texts.
    pub fn notes(&self) -> &[Guidance] {
        &self.0.document.notes
    }

    /// The errors of single fields of the request.
    pub fn field_errors(&self) -> &FieldErrors {
        &self.0.document.field_errors
    }

    /// The public parameters, `params`.
    pub fn parameters(&self) -> &Map<String, Value> {
        &self.0.document.parameters
    }

    /// All members that no other method returns completely: extensions (RFC 9457 §3.2), members of an unexpected type, and
    /// objects of another system's format.
    pub fn extensions(&self) -> &Map<String, Value> {
        &self.0.document.extensions
    }
}

impl<E: LiftError> ReceivedError<E> {
    /// Whether the same request may be sent again, and after which delay: by the contract in the response, or else the
    /// entry's, or else by the status of HTTP, or without one by gRPC's code, and by `Retry-After`. `Retry-After` can make the
    /// delay longer, never shorter. For a 429 without a delay, it is the time until the reset in `RateLimit`, `RateLimit-Reset` or
    /// `X-RateLimit-Reset`. If there was no answer, a request that is safe to repeat may be sent again without a minimum delay.
    ///
    /// After a failure (5xx) only the response itself can say that nothing was done ([`RetryKind::After`]), in its body or in
    /// `Lift-Retry`. Where it says no kind, because a proxy dropped that header, or where its contract is that of another status,
    /// because a gateway copied the body of an upstream, only a request that is safe to repeat may be sent again. A copied contract
    /// says as little with a 4xx, except a 429, which refuses a request by itself (RFC 6585 §4). gRPC's `RESOURCE_EXHAUSTED` is also
    /// the code of a full disk: it is a refusal if the response says a kind or a delay.
    ///
    /// The same goes if an earlier attempt of [`RetryPolicy`](super::RetryPolicy), or the request before a redirect, may have been
    /// carried out, even if the last answer was a refusal. A loop of your own says so by
    /// [`with_carried_out`](Self::with_carried_out).
    pub fn retry(&self) -> Retry {
        let Inner { status, headers, document, entry, error, transport, may_be_carried_out, .. } = &*self.0;
        if *transport != Transport::Answered {
            return Retry::new(RetryKind::Idempotent, None);
        }
        let now = clock::now();
        let (said, wait) = contract_of(headers);
        let asked = retry_after(headers, now).max(document.wait).max(wait);
        let promised = match (error, entry) {
            (Some(error), _) => Some(error.problem().retry()),
            (None, Some(entry)) => Some(entry.retry()),
            (None, None) => None,
        };
        let has_delay = asked.is_some() || promised.is_some_and(|promised| promised.wait().is_some());
        let is_refused_rate = !has_delay && *status == Some(StatusCode::TOO_MANY_REQUESTS);
        let asked = if is_refused_rate { rate_limit::reset(headers, now) } else { asked };
        let said = document.retry.or(said);
        // A wait that the body says is the server's own, whatever this version of the catalogue has.
        let floor_of = |promised: Retry| promised.wait().filter(|_| document.wait.is_none());
        let (kind, floor) = match (said, promised) {
            (Some(kind), Some(promised)) if promised.kind() == kind => (kind, floor_of(promised)),
            (Some(kind), _) => (kind, None),
            // Only an error without its parameters lacks the delay.
            (None, Some(promised))
                if promised.kind() == RetryKind::After && promised.wait().is_none() && asked.is_none() =>
            {
                (retry_without_delay(entry.and_then(Entry::status)), None)
            }
            (None, Some(promised)) => (promised.kind(), floor_of(promised)),
            (None, None) => (self.retry_without_contract(asked.is_some()), None),
        };
        let says_wait = has_delay || asked.is_some();
        let is_too_strong =
            kind == RetryKind::After && (*may_be_carried_out || !self.is_refusal(said.is_some(), says_wait));
        let kind = if is_too_strong { RetryKind::Idempotent } else { kind };
        Retry::new(kind, asked.max(floor).filter(|_| matches!(kind, RetryKind::After | RetryKind::Idempotent)))
    }

    /// Whether the head itself says the kind of the contract.
    #[cfg(feature = "reqwest")]
    pub(super) fn has_kind_in_head(&self) -> bool {
        contract_of(&self.0.headers).0.is_some()
    }

    /// Whether a contract by which nothing was done is about this answer, whose response says a kind or a wait. An entry does not
    /// know what a service did before it failed, and a status or code that differs from the answer's is that of another answer.
    fn is_refusal(&self, says_kind: bool, says_wait: bool) -> bool {
        let Inner { document, entry, .. } = &*self.0;
        let entry_status = entry.and_then(Entry::status);
        let is_of_entry = |code| entry.is_none_or(|entry| entry.grpc_code() == code);
        match (self.error_status().map(|status| status.as_u16()), document.grpc_code) {
            (Some(429), code) => code != Some(GrpcCode::ResourceExhausted) || says_kind || says_wait,
            (Some(status), code) => {
                // A gateway of gRPC makes the status of the code, whatever status the entry has.
                let expected = code.map_or(entry_status, |code| Some(code.http_status()));
                let mut others = [document.status, expected].into_iter().flatten();
                // A cancelled call, which may have been carried out in part, is a 499.
                let is_said = says_kind || status < 500 && !code.is_some_and(is_failure);
                is_said && others.all(|other| other == status) && code.is_none_or(is_of_entry)
            }
            (None, Some(code)) => {
                // Of a proxy's response tonic makes `UNAVAILABLE`, with its headers as the metadata. Under another code the metadata
                // of an unknown error may be a copy.
                let is_own = entry.is_some() || code == GrpcCode::Unavailable;
                let says_kind = document.retry.is_some() || says_kind && is_own;
                let is_said = match code {
                    // A full disk is a resource that is exhausted, too (AIP-194).
                    GrpcCode::ResourceExhausted => says_kind || says_wait,
                    code => says_kind || !is_failure(code),
                };
                is_said && document.details_code.is_none_or(|other| other == code) && is_of_entry(code)
            }
            (None, None) => says_kind || entry_status.is_none_or(|status| status < 500 && (status != 429 || says_wait)),
        }
    }

    fn retry_without_contract(&self, asks_to_wait: bool) -> RetryKind {
        let by_status = self.error_status().map(|status| by_status(status, asks_to_wait));
        // Another system's code may look like gRPC's, so it decides only for an answer without a status.
        by_status.or_else(|| Some(by_code(self.0.document.grpc_code?, asks_to_wait))).unwrap_or(RetryKind::Never)
    }
}

/// What `Lift-Retry` says. It is one item (RFC 9651 §3.3), but a proxy may add another: two of different kinds say nothing.
fn contract_of(headers: &HeaderMap) -> (Option<RetryKind>, Option<Duration>) {
    let lines = headers.get_all(&LIFT_RETRY).iter().map(|line| line.to_str().unwrap_or_default());
    let contracts = lines.flat_map(|line| line.split(',')).map(contract);
    let one = contracts.reduce(|(kind, wait), (other, other_wait)| match kind == other {
        true => (kind, wait.max(other_wait)),
        false => (None, None),
    });
    one.unwrap_or_default()
}

/// The kind and the least wait of a `Lift-Retry`. A kind that is not known says nothing.
fn contract(value: &str) -> (Option<RetryKind>, Option<Duration>) {
    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
    let Ok(kind) = kind.trim().parse() else { return (None, None) };
    let mut waits =
        parameters.split(';').filter_map(|parameter| lenient_json::seconds(parameter.trim().strip_prefix("after=")?));
    (Some(kind), waits.next())
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
    /// The error of the transport if there was no answer, or the error on this side.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

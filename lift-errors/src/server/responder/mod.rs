//! How a service answers with errors: in the format and language of the request, in the service's brand, with a line in
//! the log and a number in the metrics. The layers of the frameworks are thin front ends of it.

mod classify;
mod from_status;
#[cfg(feature = "tonic")]
mod grpc;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod panic;

pub use crate::server::request_context::{RequestContext, Route};

pub(crate) use classify::{Answer, Handled};
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(crate) use panic::{Panic, panicked};

use crate::server::request_context::X_REQUEST_ID;

use crate::problem::request_id::RequestId;
use crate::render::brand::Brand;
use crate::render::format::Format;
use crate::render::page::Page;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response::{self, ErrorResponse};
use crate::server::retry_after::retry_after;
use crate::server::telemetry::{self, Occurrence};
use crate::{Audience, Catalog, lift};
use alloc::string::String;
use alloc::vec::Vec;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderName, HeaderValue, Method, header};
use std::time::SystemTime;

/// The most bytes of a plain text that are read for the log.
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(crate) const MOST_WORDS: u64 = 1_024;

/// Answers with canonical errors, for all of a service.
///
/// Who asks for nothing in particular (`Accept: */*`, or none) gets the Lift envelope, the short form that scripts read;
/// problem details, with causes and fixes, are for those who name them ([`Format::negotiate`]). Languages are those that
/// are linked: with the feature `locales` all.
///
/// ```
/// use lift_errors::{Brand, ErrorResponder};
///
/// let responder = ErrorResponder::new().with_brand(Brand::new("OpenBoxes").with_support("support@openboxes.cloud"));
/// # let _ = responder;
/// ```
#[derive(Clone, Debug)]
pub struct ErrorResponder {
    brand: Brand<'static>,
    audience: Option<Audience>,
    catalogs: Vec<&'static Catalog>,
    replaces_foreign: bool,
    /// Whether it is inside of a router that adds `Allow` to a 405 afterwards, for which that waits.
    #[cfg(feature = "axum")]
    is_within_router: bool,
}

impl Default for ErrorResponder {
    fn default() -> Self {
        Self::new()
    }
}

impl ErrorResponder {
    /// Answers in no brand, to any reader.
    pub fn new() -> Self {
        Self {
            brand: Brand::new(""),
            audience: None,
            catalogs: Vec::from([&lift::CATALOG]),
            replaces_foreign: false,
            #[cfg(feature = "axum")]
            is_within_router: false,
        }
    }

    /// How the error pages look.
    #[must_use]
    pub fn with_brand(mut self, brand: Brand<'static>) -> Self {
        self.brand = brand;
        self
    }

    /// Who reads, where it is the same for all requests. An [`Audience`] among the extensions of a request or of a
    /// response knows better.
    #[must_use]
    pub fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Counts the errors of the service's own catalogue from zero, too. They are answered in any case.
    #[must_use]
    pub fn with_catalog(mut self, catalog: &'static Catalog) -> Self {
        self.catalogs.push(catalog);
        self
    }

    /// Puts canonical errors in the place of those that somebody else wrote, as JSON, HTML or anything else. Without it
    /// they are counted and left alone. What they said is lost then: it is not logged either.
    #[must_use]
    pub fn with_foreign_errors_replaced(mut self) -> Self {
        self.replaces_foreign = true;
        self
    }

    /// Begins all counters at zero, so that the first error is seen as a change. A layer does it by itself.
    pub fn init_metrics(&self) {
        telemetry::begin(&self.catalogs);
    }

    /// Makes a response canonical, where it is an error: for a framework that has no feature here.
    ///
    /// `context` is from the request, `parts` are the head of the response and become that of the canonical one, and
    /// `is_empty` says that there is no body. Gives the body to send in place of the response's own; none where that stays.
    ///
    /// ```
    /// use lift_errors::{RequestContext, ErrorResponder};
    ///
    /// let request = http::Request::get("/orders/PO-7").header("accept", "text/plain").body(()).unwrap();
    /// let mut context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
    ///
    /// let (mut parts, ()) = http::Response::builder().status(404).body(()).unwrap().into_parts();
    /// let body = ErrorResponder::new().respond(&mut context, &mut parts, true).unwrap();
    /// assert!(body.starts_with("Not Found · LIFT-0404, HTTP 404\n".as_bytes()));
    /// assert_eq!(parts.headers["lift-error"], "LIFT-0404");
    /// ```
    pub fn respond(&self, context: &mut RequestContext, parts: &mut Parts, is_empty: bool) -> Option<Bytes> {
        self.settle(self.sort(context, parts, is_empty), "", context, parts)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn within_router(mut self) -> Self {
        self.is_within_router = true;
        self
    }

    /// What kind of response this is.
    pub(crate) fn sort(&self, context: &RequestContext, parts: &mut Parts, is_empty: bool) -> Answer {
        // To HEAD every body is empty: the head says whether there would be one (RFC 9110 §9.3.2).
        let announces_body = context.method() == Method::HEAD
            && (parts.headers.contains_key(header::CONTENT_TYPE)
                || parts.headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0"));
        match Answer::sort(parts, is_empty && !announces_body) {
            #[cfg(feature = "axum")]
            Answer::Bare if self.is_within_router && parts.status == http::StatusCode::METHOD_NOT_ALLOWED => {
                parts.extensions.insert(context.clone());
                Answer::Settled
            }
            answer => answer,
        }
    }

    /// Writes the canonical response of an answer, and gives its body; none where the answer stays as it is. `said` is
    /// what a bare status came with.
    pub(crate) fn settle(
        &self,
        answer: Answer,
        said: &str,
        context: &mut RequestContext,
        parts: &mut Parts,
    ) -> Option<Bytes> {
        // What a handler or an inner layer found out is known better than what was known before. Most requests succeed, and
        // nothing is looked up for them.
        if !matches!(answer, Answer::Settled) {
            context.learn(&parts.extensions);
        }
        match answer {
            Answer::Settled => None,
            Answer::ErrorResponse(failure) => Some(self.answer(&failure, said, context, parts)),
            #[cfg(feature = "tonic")]
            Answer::Status(status) => self.settle_status(&status, context, parts),
            Answer::Foreign if !self.replaces(context) => {
                let request_id = context.given_request_id(&parts.headers);
                telemetry::foreign(&Occurrence { context, request_id, status: parts.status.as_u16(), said });
                parts.extensions.insert(Handled);
                None
            }
            Answer::Bare | Answer::Foreign => {
                Some(match from_status::explain(parts.status, &parts.headers, context.method()) {
                    Some(failure) => self.answer(&failure, said, context, parts),
                    None => blank(said, context, parts),
                })
            }
        }
    }

    /// Whether an error in a form of somebody else's is replaced. Whoever speaks gRPC can read none of them.
    fn replaces(&self, context: &RequestContext) -> bool {
        #[cfg(feature = "tonic")]
        if context.grpc().is_some() {
            return true;
        }
        let _ = context;
        self.replaces_foreign
    }

    /// The canonical response in the place of another, of which the headers stay that are not about its body. `said` is
    /// what that one said in plain text: it is for the log. Gives the body.
    pub(crate) fn answer(
        &self,
        failure: &ErrorResponse,
        said: &str,
        context: &RequestContext,
        parts: &mut Parts,
    ) -> Bytes {
        let id = open(context, parts);
        let request_id = RequestId::new(&id);
        let catalog = failure.error().entry().catalog();
        let mut problem = failure.problem().with_locale(context.locale(catalog));
        if let Some(id) = request_id {
            problem = problem.with_request_id(id);
        }
        if let Some(audience) = context.audience().or(self.audience) {
            problem = problem.with_audience(audience);
        }
        let occurrence = Occurrence { context, request_id, status: failure.status().as_u16(), said };
        telemetry::failed(&problem, &occurrence);
        #[cfg(feature = "tonic")]
        if let Some(kind) = context.grpc() {
            return grpc::answer(&problem, kind, parts);
        }
        let format = context.format();
        let mut body = Vec::new();
        match format {
            Format::Html => {
                let now = httpdate::fmt_http_date(SystemTime::now());
                Page::new(problem, &self.brand).with_address(context.path()).with_time(&now).write(&mut body);
            }
            _ => problem.write(format, &mut body),
        }
        parts.status = failure.status();
        // The service may have asked for more patience than the error does.
        let asked =
            retry_after(&parts.headers, SystemTime::now()).filter(|asked| problem.retry().wait() < Some(*asked));
        problem.headers(format, |name, value| {
            if asked.is_none() || name != header::RETRY_AFTER {
                error_response::insert(&mut parts.headers, name, value);
            }
        });
        close(context, parts, body)
    }
}

/// A status that no entry explains.
fn blank(said: &str, context: &RequestContext, parts: &mut Parts) -> Bytes {
    let id = open(context, parts);
    let request_id = RequestId::new(&id);
    let mut body = Vec::new();
    if let Some(mut problem) = StatusProblem::new(parts.status.as_u16()) {
        telemetry::blank(problem, &Occurrence { context, request_id, status: problem.status(), said });
        #[cfg(feature = "tonic")]
        if let Some(kind) = context.grpc() {
            return grpc::blank(problem, kind, parts);
        }
        if let Some(id) = request_id {
            problem = problem.with_request_id(id);
        }
        let format = context.format();
        problem.write(format, &mut body);
        problem.headers(format, |name, value| error_response::insert(&mut parts.headers, name, value));
    }
    close(context, parts, body)
}

/// The headers that describe the body that was there (RFC 9110 §8, §14.2), and not the error.
const OF_THE_BODY: [HeaderName; 10] = [
    header::ACCEPT_RANGES,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("content-digest"),
];

/// Takes away what belongs to the body that was there, and gives the request its id.
fn open(context: &RequestContext, parts: &mut Parts) -> String {
    for name in OF_THE_BODY {
        parts.headers.remove(name);
    }
    let id = context.request_id(&parts.headers);
    if let Ok(value) = HeaderValue::from_str(&id) {
        parts.headers.insert(X_REQUEST_ID, value);
    }
    id
}

/// The body, of which HEAD gets the length alone (RFC 9110 §9.3.2).
fn close(context: &RequestContext, parts: &mut Parts, body: Vec<u8>) -> Bytes {
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.extensions.insert(Handled);
    if context.method() == Method::HEAD { Bytes::new() } else { Bytes::from(body) }
}

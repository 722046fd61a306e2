//! How a service answers with errors: [`ErrorResponder`], which all layers and middleware share.
//!
//! A response becomes canonical in three steps:
//!
//! 1. `classify` reads its head: a [`Kind`] says whether it is an error, and whose.
//! 2. `negotiate` reads the request: a [`Presentation`] has the format, the locale, the audience and the request id.
//! 3. `write` renders the error as presented, logs and counts it.

mod classify;
mod from_status;
#[cfg(feature = "tonic")]
mod grpc;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod panic;
mod presentation;
mod write;

pub(crate) use classify::{Handled, Kind};
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(crate) use panic::{Panic, panicked};

use crate::render::brand::Brand;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response::ErrorResponse;
use crate::server::request_context::RequestContext;
use crate::server::telemetry::{self, Occurrence};
use crate::{Audience, Catalog, lift};
use alloc::vec::Vec;
use bytes::Bytes;
use http::response::Parts;
use http::{Method, header};
use presentation::Presentation;
use write::remove_body_headers;

/// The longest plain text, in bytes, that is read for the log.
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(crate) const MAX_TEXT_BYTES: u64 = 1_024;

/// Answers with canonical errors, for all of a service.
///
/// The `Accept` header selects the format ([`Format::negotiate`](crate::Format::negotiate)). No `Accept`, or `*/*`,
/// selects the Lift envelope, the short form that scripts read. The locales are those that the program links; the
/// feature `locales` links all.
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
    /// Whether the layer is inside a router that adds `Allow` to a 405 later; such a response waits for the header.
    #[cfg(feature = "axum")]
    is_within_router: bool,
}

impl Default for ErrorResponder {
    fn default() -> Self {
        Self::new()
    }
}

impl ErrorResponder {
    /// Creates a responder without branding or a preset audience.
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

    /// Sets the brand of the error pages.
    #[must_use]
    pub fn with_brand(mut self, brand: Brand<'static>) -> Self {
        self.brand = brand;
        self
    }

    /// Sets the audience of all responses. An [`Audience`] in the extensions of a request or a response overrides it.
    #[must_use]
    pub fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Initialises the counters of the service's own catalogue, too. Its errors are answered and counted in any case.
    #[must_use]
    pub fn with_catalog(mut self, catalog: &'static Catalog) -> Self {
        self.catalogs.push(catalog);
        self
    }

    /// Replaces errors of other origin (JSON, HTML or anything else) with canonical ones. The original body is dropped and
    /// not logged. By default such errors are counted and passed through unchanged.
    #[must_use]
    pub fn with_foreign_errors_replaced(mut self) -> Self {
        self.replaces_foreign = true;
        self
    }

    /// Initialises the counters at zero, so that the first error shows as a change; install the metrics recorder first.
    /// A layer calls it when it is created.
    pub fn init_metrics(&self) {
        telemetry::init(&self.catalogs);
    }

    /// Makes an error response canonical, for a framework without a feature of its own.
    ///
    /// `parts` is the head of the response and becomes that of the canonical one; `is_empty` states that the response
    /// has no body. Returns the body to send, or `None` where the response's own body stays.
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
        let kind = self.classify(context, parts, is_empty);
        self.finish(kind, "", context, parts)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn within_router(mut self) -> Self {
        self.is_within_router = true;
        self
    }

    /// Step 1: the kind of a response.
    pub(crate) fn classify(&self, context: &RequestContext, parts: &mut Parts, is_empty: bool) -> Kind {
        // The body of a response to HEAD is always empty: the headers show whether there would be one (RFC 9110 §9.3.2).
        let announces_body = context.method() == Method::HEAD
            && (parts.headers.contains_key(header::CONTENT_TYPE)
                || parts.headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0"));
        match classify::classify(parts, is_empty && !announces_body) {
            #[cfg(feature = "axum")]
            Kind::Bare if self.is_within_router && parts.status == http::StatusCode::METHOD_NOT_ALLOWED => {
                parts.extensions.insert(context.clone());
                Kind::Passed
            }
            kind => kind,
        }
    }

    /// Steps 2 and 3: writes the canonical response and returns its body, or `None` where the response stays as it is.
    /// `original_text` is the plain text of a bare response.
    pub(crate) fn finish(
        &self,
        kind: Kind,
        original_text: &str,
        context: &mut RequestContext,
        parts: &mut Parts,
    ) -> Option<Bytes> {
        // Most requests succeed, and nothing is looked up for them.
        if !matches!(kind, Kind::Passed) {
            context.learn(&parts.extensions);
        }
        let explain = |parts: &Parts| from_status::explain(parts.status, &parts.headers, context.method());
        match kind {
            Kind::Passed => None,
            Kind::Own(error) => Some(self.write_error(&error, original_text, context, parts)),
            Kind::Foreign if !self.replaces(context) => {
                pass_foreign(parts.status.as_u16(), original_text, context, parts);
                None
            }
            Kind::Bare | Kind::Foreign => Some(match explain(parts) {
                Some(error) => self.write_error(&error, original_text, context, parts),
                None => self.write_status(original_text, context, parts),
            }),
            #[cfg(feature = "tonic")]
            Kind::GrpcStatus(status) => {
                let explained = grpc::explain(&status, &parts.headers, context.method());
                let original_text = crate::grpc::status_text(&status);
                match explained.filter(|_| grpc::is_bare(&status) || self.replaces_foreign) {
                    Some(error) => Some(self.write_error(&error, &original_text, context, parts)),
                    None => {
                        pass_foreign(grpc::http_status(status.code()).as_u16(), &original_text, context, parts);
                        None
                    }
                }
            }
        }
    }

    /// Whether a foreign error is replaced. A gRPC client cannot read any of them.
    fn replaces(&self, context: &RequestContext) -> bool {
        #[cfg(feature = "tonic")]
        if context.grpc().is_some() {
            return true;
        }
        let _ = context;
        self.replaces_foreign
    }

    /// Writes a canonical error in place of a response, whose headers stay unless they describe its body. Returns the body.
    pub(crate) fn write_error(
        &self,
        error: &ErrorResponse,
        original_text: &str,
        context: &RequestContext,
        parts: &mut Parts,
    ) -> Bytes {
        remove_body_headers(parts);
        let presentation = self.negotiate(context, error.error().entry().catalog(), parts);
        let problem = presentation.apply_to(error.problem());
        let status = error.status().as_u16();
        let request_id = presentation.request_id();
        telemetry::canonical(&problem, &Occurrence { context, request_id, status, original_text });
        #[cfg(feature = "tonic")]
        if let Some(media_type) = context.grpc() {
            return grpc::write(&problem, media_type, parts);
        }
        parts.status = error.status();
        write::problem(&problem, &presentation, &self.brand, context, parts)
    }

    /// Writes a status that no entry explains. Returns the body.
    fn write_status(&self, original_text: &str, context: &RequestContext, parts: &mut Parts) -> Bytes {
        remove_body_headers(parts);
        let presentation = self.negotiate(context, &lift::CATALOG, parts);
        let Some(problem) = StatusProblem::new(parts.status.as_u16()) else { return Bytes::new() };
        let (request_id, status) = (presentation.request_id(), problem.status());
        telemetry::status(problem, &Occurrence { context, request_id, status, original_text });
        #[cfg(feature = "tonic")]
        if let Some(media_type) = context.grpc() {
            return grpc::write_status(problem, media_type, parts);
        }
        write::status(problem, &presentation, context, parts)
    }

    /// Step 2: how the response is presented to this reader.
    fn negotiate(&self, context: &RequestContext, catalog: &'static Catalog, parts: &mut Parts) -> Presentation {
        Presentation::negotiate(context, catalog, self.audience, parts)
    }
}

/// Logs and counts a foreign error that is passed through.
fn pass_foreign(status: u16, original_text: &str, context: &RequestContext, parts: &mut Parts) {
    let request_id = context.given_request_id(&parts.headers);
    telemetry::foreign(&Occurrence { context, request_id, status, original_text });
    parts.extensions.insert(Handled);
}

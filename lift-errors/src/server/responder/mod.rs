//! A responder makes the errors of a service canonical, in three steps:
//!
//! 1. [`classify`] tells from the head of a response whether it is an error, and of which [`Kind`].
//! 2. [`negotiate()`] chooses format, locale, audience and request id: the `Presentation`.
//! 3. [`write()`](write::write) renders the error into head and body.
//!
//! [`ErrorResponder::respond`] takes these steps, and logs and counts each error. The layers of the frameworks call it with
//! their own types.

mod at_once;
mod classify;
#[cfg(debug_assertions)]
mod debug_member;
mod delayed;
mod from_status;
#[cfg(feature = "tonic")]
mod grpc;
mod negotiate;
mod rebased;
#[cfg(feature = "tonic")]
mod trailers;
mod write;

pub(crate) use classify::{Handled, Kind};

use crate::catalog::Catalog;
use crate::lift;
use crate::problem::Problem;
use crate::problem::lift_error::LiftError;
use crate::render::brand::Brand;
use crate::render::status_problem::StatusProblem;
use crate::server::error_response::{ErrorResponse, Stage};
#[cfg(feature = "tonic")]
use crate::server::head::LIFT_ERROR;
use crate::server::origin::Origin;
use crate::server::panic::discard;
use crate::server::request_context::RequestContext;
use crate::server::telemetry::{self, Occurrence};
use alloc::sync::Arc;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
#[cfg(feature = "tonic")]
use http::HeaderMap;
use http::response::Parts;
use http::{HeaderValue, Method, header};
use lift_errors_core::vocabulary::Audience;
use negotiate::{Presentation, negotiate, negotiate_status};
use write::Look;

/// Why the response to an error is not an error.
const REPLACED: &str = "another layer answered with this status in place of the error";

/// Makes all errors of a service canonical.
///
/// No `Accept`, or `*/*`, selects the Lift envelope, the short form that scripts read. Problem details contain causes
/// and fixes and are sent to clients that name them ([`Format::negotiate`](crate::Format::negotiate)). The languages are
/// those of the error's own catalogue; the feature `locales` adds all that the canonical one has.
///
/// ```
/// use lift_errors::{Brand, ErrorResponder};
///
/// let responder = ErrorResponder::new().with_brand(Brand::new("OpenBoxes").with_support("support@openboxes.cloud"));
/// # let _ = responder;
/// ```
#[derive(Clone, Debug)]
pub struct ErrorResponder {
    look: Look,
    audience: Option<Audience>,
    /// Explains statuses, panics and rejections. It is the first of `catalogs`.
    base: &'static Catalog,
    catalogs: Vec<&'static Catalog>,
    mapping: Option<Mapping>,
    keeps_text: bool,
    replaces_foreign: bool,
    /// A router that knows the methods of each path, for `Allow`.
    #[cfg(feature = "axum")]
    methods: Option<axum::Router>,
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
            look: Look {
                brand: Brand::new(""),
                #[cfg(debug_assertions)]
                has_debug_member: false,
            },
            audience: None,
            base: &lift::CATALOG,
            catalogs: Vec::from([&lift::CATALOG]),
            mapping: None,
            keeps_text: false,
            replaces_foreign: false,
            #[cfg(feature = "axum")]
            methods: None,
        }
    }

    /// Sets the look of the error pages.
    #[must_use]
    pub fn with_brand(mut self, brand: Brand<'static>) -> Self {
        self.look.brand = brand;
        self
    }

    /// Adds the member `debug` to JSON responses, with the variant, the place where the error became a response, and its chain
    /// of sources: for developers, who then need not look for the event in the log.
    ///
    /// Sources may hold anything, so a release build of this crate (without `debug_assertions`) does not contain the code: this
    /// method then changes nothing. The text of a source with `#[lift(private)]` is never shown.
    ///
    /// ```
    /// use lift_errors::ErrorResponder;
    ///
    /// // "debug":{"sources":["no connection to the database"],"place":"src/orders.rs:12:5"}
    /// let responder = ErrorResponder::new().with_debug_member();
    /// # let _ = responder;
    /// ```
    #[must_use]
    pub fn with_debug_member(self) -> Self {
        #[cfg(debug_assertions)]
        return Self { look: Look { has_debug_member: true, ..self.look }, ..self };
        #[cfg(not(debug_assertions))]
        self
    }

    /// Sets the reader of all responses. An [`Audience`] among the extensions of a request or a response takes
    /// precedence.
    #[must_use]
    pub fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Starts the counters of the service's own catalogue at zero as well, where those of the canonical one start
    /// ([`init_metrics`](Self::init_metrics)). Its errors are rendered in any case.
    #[must_use]
    pub fn with_catalog(mut self, catalog: &'static Catalog) -> Self {
        self.catalogs.push(catalog);
        self
    }

    /// Sets the catalogue that explains statuses, panics and rejections in place of the canonical one, such as one that
    /// [extends](crate::guide::catalog#a-base-catalogue-of-ones-own) it. A canonical error that code of the service or of a
    /// library returns is written as the error of `catalog` with the same code, else with the same status, if that needs
    /// nothing that the error lacks. A value that only operators may see is only logged, also if the parameter of `catalog` with its
    /// name is public. A catalogue that extends none has few of these errors: the others stay canonical, and a status whose entry
    /// there needs values has no more than a title.
    ///
    /// ```
    /// # use lift_errors::lift as shop;
    /// use lift_errors::ErrorResponder;
    ///
    /// // `shop` is the module of the service's catalogue.
    /// let responder = ErrorResponder::new().with_base_catalog(&shop::CATALOG);
    /// # let _ = responder;
    /// ```
    #[must_use]
    pub fn with_base_catalog(mut self, catalog: &'static Catalog) -> Self {
        self.base = catalog;
        if let Some(first) = self.catalogs.first_mut() {
            *first = catalog;
        }
        self
    }

    /// Sets a function that may name the error of a response that is not canonical: an error status with an empty body, with
    /// plain text, or in a format of another library. It sees the head of the response. `None` leaves the response to the
    /// usual rules. A canonical error, which a handler of this service returned, is not asked about.
    ///
    /// ```
    /// use http::StatusCode;
    /// use lift_errors::{ErrorResponder, ErrorResponse, lift};
    ///
    /// // A library answers 403 to callers that may not see a resource, and they must not know that it is there.
    /// let responder = ErrorResponder::new().with_mapping(|head| {
    ///     let is_forbidden = head.status == StatusCode::FORBIDDEN;
    ///     is_forbidden.then(|| ErrorResponse::new(lift::Error::not_found()))
    /// });
    /// # let _ = responder;
    /// ```
    #[must_use]
    pub fn with_mapping(mut self, mapping: impl Fn(&Parts) -> Option<ErrorResponse> + Send + Sync + 'static) -> Self {
        self.mapping = Some(Mapping(Arc::new(mapping)));
        self
    }

    /// Leaves errors alone that have a body of plain text, such as `(StatusCode::CONFLICT, "…")`, for a service that moves to
    /// canonical errors step by step. They are logged and counted as those of other libraries are. Without it, the entry of the
    /// status replaces them, and the text is only logged.
    #[must_use]
    pub fn with_text_errors_kept(mut self) -> Self {
        self.keeps_text = true;
        self
    }

    /// Replaces errors that other libraries wrote, as JSON, HTML or anything else, by canonical ones. By default they are
    /// counted and passed on. The replaced text is lost; it is not logged either. Problem details, also of another library, are standard
    /// and stay.
    #[must_use]
    pub fn with_foreign_errors_replaced(mut self) -> Self {
        self.replaces_foreign = true;
        self
    }

    /// Initialises the counters of all codes at zero, so that the first error shows as a change; install the metrics recorder first.
    /// Layers call it themselves.
    pub fn init_metrics(&self) {
        telemetry::begin(&self.catalogs);
    }

    /// Makes a response canonical if it is an error. It is for frameworks without a feature of this crate.
    ///
    /// `context` comes from the request. `head` is that of the response and is changed in place, `is_empty` tells that the
    /// response has no body. Returns the body to send in place of the response's own, or `None` if that stays.
    ///
    /// ```
    /// use lift_errors::{RequestContext, ErrorResponder};
    ///
    /// let request = http::Request::get("/orders/PO-7").header("accept", "text/plain").body(()).unwrap();
    /// let mut context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
    ///
    /// let (mut head, ()) = http::Response::builder().status(404).body(()).unwrap().into_parts();
    /// let body = ErrorResponder::new().respond(&mut context, &mut head, true).unwrap();
    /// assert!(body.starts_with("Not Found · LIFT-0404, HTTP 404\n".as_bytes()));
    /// assert_eq!(head.headers["lift-error"], "LIFT-0404");
    /// ```
    ///
    /// Run the handler in [`scope`](Self::scope): then an error that it makes a response of
    /// ([`into_http`](ErrorResponse::into_http)) is written for the reader, and logged here with the request. Elsewhere it is logged
    /// at once, without the request. The text of a plain response is not seen here: log it before, or keep such errors
    /// ([`with_text_errors_kept`](Self::with_text_errors_kept)).
    ///
    /// A framework that hands errors on as values needs no scope: put the error among the extensions of a response with its status.
    ///
    /// ```
    /// use lift_errors::{ErrorResponder, ErrorResponse, RequestContext, lift};
    ///
    /// let request = http::Request::get("/orders/PO-7").header("x-request-id", "req-7").body(()).unwrap();
    /// let mut context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
    ///
    /// let error = ErrorResponse::new(lift::not_found::new().with_resource("order PO-7"));
    /// let response = http::Response::builder().status(error.status()).extension(error).body(()).unwrap();
    /// let (mut head, ()) = response.into_parts();
    /// let body = ErrorResponder::new().respond(&mut context, &mut head, true).unwrap();
    /// assert!(body.starts_with(br#"{"errorCode":404,"errorMessage":"The server could not find order PO-7."#));
    /// assert_eq!(head.headers["x-request-id"], "req-7");
    /// ```
    pub fn respond(&self, context: &mut RequestContext, head: &mut Parts, is_empty: bool) -> Option<Bytes> {
        let kind = self.classify(context, head, is_empty);
        self.finish(kind, "", context, head)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn with_methods(mut self, methods: axum::Router) -> Self {
        self.methods = Some(methods);
        self
    }

    #[cfg(feature = "axum")]
    pub(crate) fn methods(&self) -> Option<axum::Router> {
        self.methods.clone()
    }

    /// Step 1: the kind of a response. An error of the service is taken out of its extensions.
    pub(crate) fn classify(&self, context: &RequestContext, head: &mut Parts, is_empty: bool) -> Kind {
        if let Some(kind) = classify::marked(head) {
            return kind;
        }
        let kind = classify::canonical(head);
        #[cfg(feature = "tonic")]
        let kind = kind.or_else(|| grpc::classify(context, head, is_empty));
        // A response to HEAD never has a body, and a stream hides whether it has one: the head tells it (RFC 9110 §9.3.2).
        let is_head = context.method() == Method::HEAD;
        let is_empty = match head.headers.get(header::CONTENT_LENGTH).map(HeaderValue::as_bytes) {
            Some(b"0") => true,
            Some(_) => is_empty && !is_head,
            None => is_empty && !(is_head && head.headers.contains_key(header::CONTENT_TYPE)),
        };
        match kind.unwrap_or_else(|| classify::by_head(head, is_empty)) {
            Kind::Bare if self.keeps_text && !is_empty => Kind::Foreign,
            kind => kind,
        }
    }

    /// Finds the error of a classified response and writes it. `original_text` is the plain text of a bare response.
    /// Returns the new body, or `None` if the response stays.
    pub(crate) fn finish(
        &self,
        kind: Kind,
        original_text: &str,
        context: &mut RequestContext,
        head: &mut Parts,
    ) -> Option<Bytes> {
        // Successes, nearly all responses, skip all of it.
        if matches!(kind, Kind::Finished) {
            return None;
        }
        // Extensions of the response are newer than those of the request.
        let has_new_reader = context.learn(&head.extensions);
        if let (Kind::Bare | Kind::Foreign, Some(mapping)) = (&kind, &self.mapping) {
            if let Some(error) = (mapping.0)(head) {
                return Some(self.write(&error, original_text, context, head));
            }
        }
        match kind {
            Kind::Finished => None,
            Kind::Marked(mark, None) => {
                pass_on(head.status.as_u16(), original_text, Some(mark.reason()), context, head)
            }
            Kind::Marked(mark, Some(error)) => {
                self.record_unsent(&error, mark.reason(), original_text, context, head, telemetry::failed);
                head.extensions.insert(Handled);
                discard(error);
                None
            }
            Kind::Replaced(error) => {
                self.record_unsent(&error, REPLACED, "", context, head, telemetry::replaced);
                discard(error);
                None
            }
            Kind::Canonical(error) => {
                // Of two lines the last is the one that a middleware added.
                let header = |name| head.headers.get_all(name).iter().next_back().map(HeaderValue::as_bytes);
                let is_written = !has_new_reader && self.is_written(&error, context, head.status.as_u16(), header);
                let body = if is_written {
                    self.record(&error, context);
                    #[cfg(feature = "tonic")]
                    {
                        grpc::forbid_caches(head);
                        grpc::mark_logged(&mut head.headers);
                    }
                    head.extensions.insert(Handled);
                    None
                } else {
                    Self::remove_id_of_another(&error, context, &mut head.headers);
                    Some(self.write(&error, original_text, context, head))
                };
                discard(error);
                body
            }
            #[cfg(feature = "tonic")]
            Kind::GrpcStatus(status) => {
                let (http_status, text) = (grpc::http_status(status.code()), crate::grpc::log_text(&status));
                match self.replacement(&status, &head.headers, context) {
                    Some(error) => Some(self.write(&error, &text, context, head)),
                    None if context.grpc().is_none() => {
                        head.status = http_status;
                        head.headers.remove(LIFT_ERROR);
                        Some(self.write_status(&text, context, head))
                    }
                    None => pass_on(http_status.as_u16(), &text, None, context, head),
                }
            }
            Kind::Foreign if !self.replaces_foreign(context) => {
                pass_on(head.status.as_u16(), original_text, None, context, head)
            }
            Kind::Bare | Kind::Foreign => {
                Some(match from_status::explain(self.base, head.status, &head.headers, context.method()) {
                    Some(error) => self.write(&error, original_text, context, head),
                    None => self.write_status(original_text, context, head),
                })
            }
        }
    }

    /// The canonical error in the place of a status that another library wrote; `None` if there is none, or if the status is
    /// passed on, which only callers that speak gRPC can read.
    #[cfg(feature = "tonic")]
    fn replacement(
        &self,
        status: &tonic::Status,
        headers: &HeaderMap,
        context: &RequestContext,
    ) -> Option<ErrorResponse> {
        let is_replaced = self.replaces_foreign || grpc::is_bare(status) || context.grpc().is_none();
        grpc::explain(status, self.base, headers, context).filter(|_| is_replaced)
    }

    /// Whether foreign errors are replaced. gRPC clients can't read any of them.
    fn replaces_foreign(&self, context: &RequestContext) -> bool {
        #[cfg(feature = "tonic")]
        if context.grpc().is_some() {
            return true;
        }
        let _ = context;
        self.replaces_foreign
    }

    /// Steps 2 and 3: the canonical response of an error in the place of another, whose plain text is logged. Returns the
    /// body.
    pub(crate) fn write(
        &self,
        error: &ErrorResponse,
        original_text: &str,
        context: &mut RequestContext,
        head: &mut Parts,
    ) -> Bytes {
        let rebased = rebased::rebase(error, self.base);
        if rebased.is_some() {
            rebased::remove_headers(error, &mut head.headers);
        }
        let error = rebased.as_ref().unwrap_or(error);
        let delayed = delayed::delay(error, &head.headers);
        let error = delayed.as_ref().unwrap_or(error);
        let presentation = negotiate(context, &head.headers, error);
        let problem = self.problem(error, &presentation);
        let (request_id, status) = (problem.request_id(), error.status());
        if error.stage() != Stage::Logged {
            let status = Some(status.as_u16());
            let occurrence = Occurrence { context: Some(context), request_id, status, original_text, reason: None };
            telemetry::failed(error, error.origin(), &problem, &occurrence);
        }
        let body = write::write(&problem, error, &presentation, &self.look, context, head);
        head.extensions.insert(Handled);
        body
    }

    /// Logs and counts an error whose response is written.
    pub(crate) fn record(&self, error: &ErrorResponse, context: &RequestContext) {
        let rebased = rebased::rebase(error, self.base);
        let error = rebased.as_ref().unwrap_or(error);
        let request_id = context.kept_request_id();
        let status = Some(error.status().as_u16());
        let occurrence = Occurrence { context: Some(context), request_id, status, original_text: "", reason: None };
        telemetry::failed(error, error.origin(), &error.problem(), &occurrence);
    }

    /// Logs an error in whose place another response is sent, with the reason.
    fn record_unsent(
        &self,
        error: &ErrorResponse,
        reason: &str,
        original_text: &str,
        context: &RequestContext,
        head: &Parts,
        record: fn(&dyn LiftError, &Origin, &Problem<'_>, &Occurrence<'_>),
    ) {
        if error.stage() == Stage::Logged {
            return;
        }
        let rebased = rebased::rebase(error, self.base);
        let error = rebased.as_ref().unwrap_or(error);
        let (status, request_id) = (Some(head.status.as_u16()), context.given_request_id(&head.headers));
        let occurrence = Occurrence { context: Some(context), request_id, status, original_text, reason: Some(reason) };
        record(error, error.origin(), &error.problem(), &occurrence);
    }

    /// The problem of an error, as it is presented.
    fn problem<'a>(&self, error: &'a ErrorResponse, presentation: &'a Presentation) -> Problem<'a> {
        let mut problem = error.problem().with_locale(presentation.locale);
        if let Some(id) = presentation.request_id.as_id() {
            problem = problem.with_request_id(id);
        }
        if let Some(audience) = presentation.audience.or(self.audience) {
            problem = problem.with_audience(audience);
        }
        problem
    }

    /// Steps 2 and 3 for a status that no entry explains.
    fn write_status(&self, original_text: &str, context: &mut RequestContext, head: &mut Parts) -> Bytes {
        let presentation = negotiate_status(context, &head.headers, self.base);
        let problem = StatusProblem::new(head.status.as_u16())
            .map(|problem| problem.with_catalog(self.base).with_locale(presentation.locale));
        if let Some(problem) = problem {
            let request_id = presentation.request_id.as_id();
            let status = Some(problem.status());
            let occurrence = Occurrence { context: Some(context), request_id, status, original_text, reason: None };
            telemetry::blank(problem, &occurrence);
        }
        let body = write::write_status(problem, &presentation, self.base, &self.look, context, head);
        head.extensions.insert(Handled);
        body
    }
}

/// Whether a response has to be looked at: a success without extensions has nothing to say. gRPC's errors are successes of
/// HTTP, with an extension or a header.
#[cfg(feature = "tower")]
pub(crate) fn may_be_error(head: &Parts) -> bool {
    !head.extensions.is_empty() || classify::is_error(head)
}

/// The function that maps responses.
#[derive(Clone)]
struct Mapping(Arc<MappingFunction>);

type MappingFunction = dyn Fn(&Parts) -> Option<ErrorResponse> + Send + Sync;

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mapping")
    }
}

/// Logs and counts an error that another library wrote, or that is marked with a reason, and leaves it as it is.
fn pass_on(
    status: u16,
    original_text: &str,
    reason: Option<&str>,
    context: &RequestContext,
    head: &mut Parts,
) -> Option<Bytes> {
    let request_id = context.given_request_id(&head.headers);
    let status = Some(status);
    telemetry::foreign(&Occurrence { context: Some(context), request_id, status, original_text, reason });
    head.extensions.insert(Handled);
    None
}

//! Converts responses between the types of actix and those of the responder.

use super::captured_request::{X_REQUEST_ID, known};
use crate::problem::lift_error::LiftError;
use crate::server::error_response::ErrorResponse;
use crate::server::original_text::original_text;
use crate::server::panic::{catch, discard};
use crate::server::request_context::RequestContext;
use crate::server::responder::{ErrorResponder, Handled, Kind};
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode as ActixStatus;
use actix_web::http::header::{HeaderMap as ActixHeaders, HeaderName as ActixName, HeaderValue as ActixValue};
use actix_web::{HttpResponse, ResponseError};
use alloc::string::String;
use bytes::Bytes;
use core::convert::Infallible;
use core::fmt;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

impl ResponseError for ErrorResponse {
    fn status_code(&self) -> ActixStatus {
        actix_status(self)
    }

    fn error_response(&self) -> HttpResponse {
        whole(self.clone())
    }
}

/// The status of an error.
pub fn actix_status(error: &dyn LiftError) -> ActixStatus {
    let status = error.entry().status().and_then(|status| ActixStatus::from_u16(status).ok());
    status.unwrap_or(ActixStatus::INTERNAL_SERVER_ERROR)
}

/// The response of an error that actix lends and does not give.
pub fn actix_response(error: &dyn LiftError) -> HttpResponse {
    whole(ErrorResponse::from_ref(error))
}

fn whole(error: ErrorResponse) -> HttpResponse {
    let (head, body) = error.into_parts();
    CanonicalResponse { head, body }.put_into(HttpResponse::new(ActixStatus::OK).drop_body())
}

/// Whether a response has to be looked at: it is an error, or another layer made something else of one. All others pass unread.
pub(super) fn may_be_error<B>(response: &HttpResponse<B>) -> bool {
    lift_errors_core::status::is_error(response.status().as_u16()) || response.extensions().contains::<ErrorResponse>()
}

/// The outcome for a response.
pub(super) enum Outcome<B> {
    /// It stays as it is.
    Kept(HttpResponse<B>),
    /// The canonical one is to be put into what is left of it.
    Written(HttpResponse<()>, CanonicalResponse),
}

/// Makes a response canonical, where it is an error.
pub(super) fn respond<B: MessageBody>(
    mut response: HttpResponse<B>,
    has_new_reader: bool,
    context: &mut RequestContext,
    responder: &ErrorResponder,
    task: &mut Context<'_>,
) -> Outcome<B> {
    if !has_new_reader {
        if let Some(error) = written(&response, context, responder) {
            responder.record(&error, context);
            let mut extensions = response.extensions_mut();
            discard(extensions.remove::<ErrorResponse>());
            extensions.insert(Handled);
            drop(extensions);
            return Outcome::Kept(response);
        }
    }
    let mut head = head_of(&response);
    let is_empty = matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    let kind = responder.classify(context, &mut head, is_empty);
    let (mut response, body) = response.into_parts();
    let (text, body) = match kind {
        Kind::Bare if !is_empty => (text_of(body, &head.headers, task), None),
        _ => (String::new(), Some(body)),
    };
    match (responder.finish(kind, &text, context, &mut head), body) {
        (None, Some(body)) => {
            mark(&mut response, &head);
            Outcome::Kept(response.set_body(body))
        }
        (written, body) => {
            discard(body);
            let body = written.unwrap_or_default();
            Outcome::Written(response, CanonicalResponse { head, body })
        }
    }
}

/// The text of a body that is replaced, for the log. Middlewares such as `Logger` hide bytes that are there from
/// `try_into_bytes`.
fn text_of<B: MessageBody>(body: B, headers: &HeaderMap, task: &mut Context<'_>) -> String {
    let length = match body.size() {
        BodySize::Sized(length) => Some(length),
        BodySize::None | BodySize::Stream => None,
    };
    let mut text = String::new();
    // The body is dropped in here.
    let _ = catch(|| {
        let mut body = pin!(body);
        text = original_text(headers, length, || match catch(|| body.as_mut().poll_next(task)) {
            Ok(Poll::Ready(Some(Ok(piece)))) => Some(piece),
            _ => None,
        });
    });
    text
}

/// The error of a response that was written for the request. Nothing of it needs to be converted.
fn written<B>(
    response: &HttpResponse<B>,
    context: &RequestContext,
    responder: &ErrorResponder,
) -> Option<ErrorResponse> {
    let extensions = response.extensions();
    let error = extensions.get::<ErrorResponse>()?;
    let header = |name: HeaderName| response.headers().get_all(name.as_str()).next_back().map(ActixValue::as_bytes);
    let is_written =
        known(&extensions).is_empty() && responder.is_written(error, context, response.status().as_u16(), header);
    is_written.then(|| error.clone())
}

/// A canonical response. As an error it is what a middleware further out gets that wants one.
#[derive(Clone)]
pub(super) struct CanonicalResponse {
    pub(super) head: Parts,
    pub(super) body: Bytes,
}

impl CanonicalResponse {
    /// Puts the answer in the place of head and body. What else there is stays: the extensions, the error that it was.
    pub(super) fn put_into(self, mut response: HttpResponse<()>) -> HttpResponse {
        let Self { head, body } = self;
        let to = response.head_mut();
        to.status = ActixStatus::from_u16(head.status.as_u16()).unwrap_or(ActixStatus::INTERNAL_SERVER_ERROR);
        to.reason = None;
        let mut headers = ActixHeaders::with_capacity(head.headers.len());
        // actix says the length by itself, as it frames the body.
        for (name, value) in head.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
            if let (Some(name), Ok(value)) = (actix_name(name), ActixValue::from_bytes(value.as_bytes())) {
                headers.append(name, value);
            }
        }
        to.headers = headers;
        mark(&mut response, &head);
        let length = head.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        match length {
            Some(length) if length > 0 && body.is_empty() => response.set_body(BoxBody::new(Announced(length))),
            _ => response.set_body(BoxBody::new(body)),
        }
    }
}

impl fmt::Debug for CanonicalResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CanonicalResponse").field(&self.head.status).finish()
    }
}

impl fmt::Display for CanonicalResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered with {}", self.head.status)
    }
}

impl ResponseError for CanonicalResponse {
    fn status_code(&self) -> ActixStatus {
        ActixStatus::from_u16(self.head.status.as_u16()).unwrap_or(ActixStatus::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.clone().put_into(HttpResponse::new(ActixStatus::OK).drop_body())
    }
}

/// The same name in actix's version of `http`. It copies only names that neither HTTP nor this crate has.
fn actix_name(name: &HeaderName) -> Option<ActixName> {
    match name.as_str() {
        "lift-error" => Some(const { ActixName::from_static("lift-error") }),
        "x-request-id" => Some(X_REQUEST_ID),
        name => ActixName::from_bytes(name.as_bytes()).ok(),
    }
}

/// The head as the responder reads it.
fn head_of<B>(response: &HttpResponse<B>) -> Parts {
    let mut head = Response::new(()).into_parts().0;
    head.status = StatusCode::from_u16(response.status().as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers() {
        let name = HeaderName::from_bytes(name.as_str().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            head.headers.append(name, value);
        }
    }
    let extensions = response.extensions();
    head.extensions = known(&extensions);
    if let Some(error) = extensions.get::<ErrorResponse>() {
        head.extensions.insert(error.clone());
    }
    if let Some(handled) = extensions.get::<Handled>() {
        head.extensions.insert(*handled);
    }
    head
}

/// The facts about a response that an outer middleware of ours needs.
fn mark(response: &mut HttpResponse<()>, head: &Parts) {
    let mut extensions = response.extensions_mut();
    extensions.remove::<ErrorResponse>();
    if let Some(error) = head.extensions.get::<ErrorResponse>() {
        extensions.insert(error.clone());
    }
    if let Some(handled) = head.extensions.get::<Handled>() {
        extensions.insert(*handled);
    }
}

/// The body that HEAD does not get: its length alone (RFC 9110 §9.3.2).
struct Announced(u64);

impl MessageBody for Announced {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}

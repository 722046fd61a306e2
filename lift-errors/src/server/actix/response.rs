//! Converts responses between the types of actix and those of the responder.

use super::captured_request::known;
use crate::problem::lift_error::LiftError;
use crate::server::error_response::ErrorResponse;
use crate::server::panic::discard;
use crate::server::request_context::RequestContext;
use crate::server::responder::{Content, ErrorResponder, Handled, Kind, MAX_TEXT_BYTES};
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode as ActixStatus;
use actix_web::http::header::{HeaderMap as ActixHeaders, HeaderName as ActixName, HeaderValue as ActixValue};
use actix_web::{HttpResponse, ResponseError};
use alloc::string::String;
use bytes::Bytes;
use core::convert::Infallible;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use http::response::Parts;
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};

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
    let (head, body) = Response::<alloc::vec::Vec<u8>>::into_parts(error.into_http());
    CanonicalResponse { head, body: body.into(), is_head: false }
        .put_into(HttpResponse::new(ActixStatus::OK).drop_body())
}

/// Whether a response is an error. All others pass unread.
pub(super) fn is_error<B>(response: &HttpResponse<B>) -> bool {
    lift_errors_core::status::is_error(response.status().as_u16())
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
    response: HttpResponse<B>,
    context: &mut RequestContext,
    responder: &ErrorResponder,
) -> Outcome<B> {
    let mut head = head_of(&response);
    let content = match response.body().size() {
        BodySize::None => Content::Empty,
        BodySize::Sized(length) => Content::of_length(Some(length)),
        BodySize::Stream => Content::Streamed,
    };
    let kind = responder.classify(context, &mut head, content);
    let (mut response, body) = response.into_parts();
    let (kind, text, body) = match kind {
        // Nearly every plain text is there at once.
        Kind::Bare => match body.try_into_bytes() {
            Ok(text) => (kind, text.slice(..text.len().min(MAX_TEXT_BYTES)), None),
            Err(body) if content == Content::Whole => (Kind::Foreign, Bytes::new(), Some(body)),
            Err(_) => (kind, Bytes::new(), None),
        },
        kind => (kind, Bytes::new(), Some(body)),
    };
    match (responder.finish(kind, &String::from_utf8_lossy(&text), context, &mut head), body) {
        (None, Some(body)) => {
            mark(&mut response, &head);
            Outcome::Kept(response.set_body(body))
        }
        (written, body) => {
            discard(body);
            let body = written.unwrap_or_default();
            Outcome::Written(response, CanonicalResponse { head, body, is_head: context.method() == Method::HEAD })
        }
    }
}

/// A canonical response. As an error it is what a middleware further out gets that wants one.
#[derive(Clone)]
pub(super) struct CanonicalResponse {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    pub(super) is_head: bool,
}

impl CanonicalResponse {
    /// Puts the answer in the place of head and body. What else there is stays: the extensions, the error that it was.
    pub(super) fn put_into(self, mut response: HttpResponse<()>) -> HttpResponse {
        let Self { head, body, is_head } = self;
        let to = response.head_mut();
        to.status = ActixStatus::from_u16(head.status.as_u16()).unwrap_or(ActixStatus::INTERNAL_SERVER_ERROR);
        to.reason = None;
        let mut headers = ActixHeaders::with_capacity(head.headers.len());
        // actix says the length by itself, as it frames the body.
        for (name, value) in head.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
            let name = ActixName::from_bytes(name.as_str().as_bytes());
            if let (Ok(name), Ok(value)) = (name, ActixValue::from_bytes(value.as_bytes())) {
                headers.append(name, value);
            }
        }
        to.headers = headers;
        mark(&mut response, &head);
        let length = head.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        match length {
            Some(length) if is_head => response.set_body(BoxBody::new(Announced(length))),
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

//! The parts of a request that an error response depends on. They are read only if there is an error, since most requests
//! have none.

use crate::catalog::Catalog;
use crate::lift;
use crate::locale::Locale;
use crate::problem::request_id::RequestId;
use crate::render::format::Format;
use crate::server::route::Route;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri, header,
    uri::{Authority, PathAndQuery},
};
use lift_errors_core::vocabulary::Audience;
use uuid::Uuid;

/// The header that carries a request's id.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The parts of a request that an error response depends on.
///
/// A [`Locale`], an [`Audience`] and a [`Route`] among the request's extensions are used: an outer layer that has read
/// the user's profile passes them on in this way.
#[derive(Clone, Debug)]
pub struct RequestContext {
    method: Method,
    /// The host of an absolute URI, as HTTP/2 has it.
    authority: Option<Authority>,
    host: Option<HeaderValue>,
    path: Option<PathAndQuery>,
    accept: Lines,
    accept_language: Lines,
    #[cfg(feature = "tonic")]
    content_type: Option<HeaderValue>,
    request_id: Option<HeaderValue>,
    locale: Option<Locale>,
    audience: Option<Audience>,
    route: Option<Route>,
}

/// The values of a header: one, nearly always.
#[derive(Clone, Debug, Default)]
enum Lines {
    #[default]
    None,
    One(HeaderValue),
    Several(Vec<HeaderValue>),
}

impl Lines {
    fn of(headers: &HeaderMap, name: &HeaderName) -> Self {
        let mut values = headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => Self::One(value.clone()),
            _ => Self::Several(headers.get_all(name).iter().cloned().collect()),
        }
    }

    /// The values that are text.
    fn iter(&self) -> impl Iterator<Item = &str> {
        let values = match self {
            Self::None => &[],
            Self::One(value) => core::slice::from_ref(value),
            Self::Several(values) => values.as_slice(),
        };
        values.iter().filter_map(|value| value.to_str().ok())
    }
}

/// The URI as the client sent it: a router that is nested in another sees it without its prefix.
#[cfg(feature = "axum")]
fn original_uri(extensions: &Extensions) -> Option<&Uri> {
    extensions.get().map(|axum::extract::OriginalUri(uri)| uri)
}

#[cfg(not(feature = "axum"))]
fn original_uri(_: &Extensions) -> Option<&Uri> {
    None
}

impl RequestContext {
    /// Takes the relevant parts of a request.
    pub fn new(method: &Method, uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let mut context = Self {
            method: method.clone(),
            authority: uri.authority().cloned(),
            host: headers.get(header::HOST).cloned(),
            path: original_uri(extensions).unwrap_or(uri).path_and_query().cloned(),
            accept: Lines::of(headers, &header::ACCEPT),
            accept_language: Lines::of(headers, &header::ACCEPT_LANGUAGE),
            #[cfg(feature = "tonic")]
            content_type: headers.get(header::CONTENT_TYPE).cloned(),
            request_id: headers.get(X_REQUEST_ID).cloned(),
            locale: None,
            audience: None,
            route: None,
        };
        context.learn(extensions);
        context
    }

    /// Replaces locale, audience and route by those among the extensions of the request or of its response.
    pub(crate) fn learn(&mut self, extensions: &Extensions) {
        if extensions.is_empty() {
            return;
        }
        self.locale = extensions.get().copied().or(self.locale);
        self.audience = extensions.get().copied().or(self.audience);
        if let Some(route) = extensions.get().cloned().or_else(|| Route::matched(extensions)) {
            self.route = Some(route);
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The host that the client addressed, with its port if it names one (RFC 9110 §7.2), else the empty text. It may be any
    /// text that a client sends.
    pub fn host(&self) -> &str {
        let header = || self.host.as_ref().and_then(|host| host.to_str().ok());
        self.authority.as_ref().map(Authority::as_str).or_else(header).unwrap_or_default()
    }

    /// The path, without the query, which may contain private data.
    pub fn path(&self) -> &str {
        self.path.as_ref().map_or("", PathAndQuery::path)
    }

    /// The format that `Accept` selects.
    pub fn format(&self) -> Format {
        Format::negotiate(self.accept.iter())
    }

    /// The reader's language, among those of a catalogue and of the canonical one.
    pub fn locale(&self, catalog: &'static Catalog) -> Locale {
        match self.locale {
            Some(locale) => locale,
            None if catalog.ptr_eq(&lift::CATALOG) => Locale::negotiate(self.accept_language.iter(), &[catalog]),
            None => Locale::negotiate(self.accept_language.iter(), &[catalog, &lift::CATALOG]),
        }
    }

    /// The reader, if an extension names one.
    pub fn audience(&self) -> Option<Audience> {
        self.audience
    }

    /// The pattern of the path, such as `/orders/{number}`.
    pub fn route(&self) -> Option<&str> {
        self.route.as_ref().map(Route::as_str)
    }

    /// The media type of a gRPC request, without its suffix.
    #[cfg(feature = "tonic")]
    pub(crate) fn grpc(&self) -> Option<&'static str> {
        // A GET labelled as gRPC would get a 200 for an error, and caches would store it.
        if self.method != Method::POST {
            return None;
        }
        let content_type = self.content_type.as_ref()?.as_bytes();
        // The suffix is the format of the messages, and an error has no message.
        ["application/grpc-web-text", "application/grpc-web", "application/grpc"].into_iter().find(|kind| {
            let head = content_type.get(..kind.len());
            let is_word = matches!(content_type.get(kind.len()), None | Some(b'+' | b';' | b' '));
            is_word && head.is_some_and(|head| head.eq_ignore_ascii_case(kind.as_bytes()))
        })
    }

    /// The id in the response if it has one, else the caller's if it is valid.
    pub(crate) fn given_request_id<'a>(&'a self, response: &'a HeaderMap) -> Option<RequestId<'a>> {
        let given = [response.get(X_REQUEST_ID), self.request_id.as_ref()].into_iter().flatten();
        given.filter_map(|id| RequestId::new(id.to_str().ok()?)).next()
    }

    /// The given id, or a new one.
    pub(crate) fn request_id(&self, response: &HeaderMap) -> String {
        self.given_request_id(response).map_or_else(|| Uuid::new_v4().to_string(), |id| id.to_string())
    }
}

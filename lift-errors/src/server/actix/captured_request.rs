//! The parts of an actix request that an error response needs. It does not keep actix's own handle, because the router
//! panics unless it has the only one.

use crate::Audience;
use crate::locale::Locale;
use crate::server::request_context::{RequestContext, Route};
use actix_web::dev::Extensions as ActixExtensions;
use actix_web::http::header::{self, HeaderName as ActixName, HeaderValue as ActixValue};
use actix_web::http::{Method as ActixMethod, uri::PathAndQuery};
use actix_web::{HttpMessage as _, HttpRequest};
use alloc::vec::Vec;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri};

/// The headers that an error response depends on.
static HEADERS: [ActixName; 3] = [header::ACCEPT, header::ACCEPT_LANGUAGE, ActixName::from_static("x-request-id")];

/// A request before it was handled. Until there is an error, only references are copied.
#[derive(Debug)]
pub(super) struct CapturedRequest {
    method: ActixMethod,
    path: Option<PathAndQuery>,
    headers: Vec<(&'static ActixName, ActixValue)>,
    extensions: Extensions,
}

impl CapturedRequest {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let values = |name: &'static ActixName| request.headers().get_all(name).map(move |value| (name, value.clone()));
        Self {
            method: request.method().clone(),
            path: request.uri().path_and_query().cloned(),
            headers: HEADERS.iter().flat_map(values).collect(),
            extensions: error_extensions(&request.extensions()),
        }
    }

    /// The request for the responder; actix-web uses the types of `http` 0.2.
    pub(super) fn context(&self) -> RequestContext {
        let method = Method::from_bytes(self.method.as_str().as_bytes()).unwrap_or_default();
        let path = self.path.as_ref().and_then(|path| Uri::try_from(path.as_str()).ok()).unwrap_or_default();
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_str().as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
                headers.append(name, value);
            }
        }
        RequestContext::new(&method, &path, &headers, &self.extensions)
    }
}

/// Adds what the request knows after it was handled.
pub(super) fn learn(context: &mut RequestContext, request: &HttpRequest) {
    let mut extensions = error_extensions(&request.extensions());
    if extensions.get::<Route>().is_none() {
        if let Some(pattern) = request.match_pattern() {
            extensions.insert(Route::new(pattern));
        }
    }
    context.learn(&extensions);
}

/// The extensions that an error response depends on.
pub(super) fn error_extensions(extensions: &ActixExtensions) -> Extensions {
    let mut copied = Extensions::new();
    if let Some(locale) = extensions.get::<Locale>() {
        copied.insert(*locale);
    }
    if let Some(audience) = extensions.get::<Audience>() {
        copied.insert(*audience);
    }
    if let Some(route) = extensions.get::<Route>() {
        copied.insert(route.clone());
    }
    copied
}

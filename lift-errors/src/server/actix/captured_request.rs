//! The parts of actix's request that are kept while it is handled. It is not actix's own handle: the router needs to be the only one
//! who has that, and panics otherwise.

use crate::locale::Locale;
use crate::server::lines::Lines;
use crate::server::passthrough::Passthrough;
use crate::server::request_context::RequestContext;
use crate::server::route::Route;
use actix_web::dev::{Extensions as ActixExtensions, ResourceMap};
use actix_web::http::header::{self, HeaderMap as ActixHeaders, HeaderName as ActixName, HeaderValue as ActixValue};
use actix_web::http::{Method as ActixMethod, uri::Authority, uri::PathAndQuery};
use actix_web::{HttpMessage as _, HttpRequest};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri};
use lift_errors_core::vocabulary::Audience;

/// The headers that an answer depends on.
static HEADERS: [ActixName; 4] = [header::ACCEPT, header::ACCEPT_LANGUAGE, X_REQUEST_ID, header::HOST];

/// The header that carries a request's id.
pub(super) const X_REQUEST_ID: ActixName = ActixName::from_static("x-request-id");

/// A request as it came. Nothing of it is copied but references, until there is an error.
#[derive(Clone, Debug)]
pub(crate) struct CapturedRequest {
    method: ActixMethod,
    /// The host of an absolute URI, as HTTP/2 has it.
    host: Option<Authority>,
    path: Option<PathAndQuery>,
    headers: [Lines<ActixValue>; HEADERS.len()],
    extensions: Extensions,
}

impl CapturedRequest {
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self {
            method: request.method().clone(),
            host: request.uri().authority().cloned(),
            path: request.uri().path_and_query().cloned(),
            headers: lines(request.headers()),
            extensions: known(&request.extensions()),
        }
    }

    /// The request as the responder needs it: actix-web uses the types of `http` 0.2.
    pub(crate) fn context(&self) -> RequestContext {
        let method = Method::from_bytes(self.method.as_str().as_bytes()).unwrap_or_default();
        let path = self.path.as_ref().and_then(|path| Uri::try_from(path.as_str()).ok()).unwrap_or_default();
        let mut headers = HeaderMap::new();
        let lines = HEADERS.iter().zip(&self.headers);
        for (name, value) in lines.flat_map(|(name, lines)| lines.iter().map(move |value| (name, value))) {
            let name = HeaderName::from_bytes(name.as_str().as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
                headers.append(name, value);
            }
        }
        if let Some(host) = self.host.as_ref().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
            headers.insert(http::header::HOST, host);
        }
        RequestContext::new(&method, &path, &headers, &self.extensions)
    }
}

/// The values of the headers. One pass costs less than a lookup for each.
fn lines(headers: &ActixHeaders) -> [Lines<ActixValue>; HEADERS.len()] {
    let mut all = [const { Lines::None }; HEADERS.len()];
    for (name, value) in headers {
        if let Some((lines, _)) = all.iter_mut().zip(&HEADERS).find(|(_, kept)| *kept == name) {
            *lines = match lines {
                Lines::None => Lines::of(core::iter::once(value)),
                // All lines were read with the second one.
                Lines::Several(_) => continue,
                _ => Lines::of(headers.get_all(name)),
            };
        }
    }
    all
}

/// Adds what is known of a request once it was handled. Tells whether another reader than before is known.
pub(super) fn learn(context: &mut RequestContext, request: &HttpRequest) -> bool {
    let mut extensions = known(&request.extensions());
    context.forget_known_reader(&mut extensions);
    if extensions.get::<Route>().is_none() {
        if let Some(pattern) = request.match_pattern() {
            extensions.insert(Route::new(pattern));
        }
    }
    context.learn(&extensions)
}

/// Adds the route of a request that is gone: a panic, or a middleware that answers with an `Err`, leaves none.
pub(super) fn learn_route(context: &mut RequestContext, routes: &ResourceMap) {
    let route = if context.route().is_none() { routes.match_pattern(context.path()) } else { None };
    if let Some(pattern) = route {
        let mut extensions = Extensions::new();
        extensions.insert(Route::new(pattern));
        context.learn(&extensions);
    }
}

/// The extensions that say something of an error's reader and place.
pub(super) fn known(extensions: &ActixExtensions) -> Extensions {
    let mut known = Extensions::new();
    if let Some(locale) = extensions.get::<Locale>() {
        known.insert(*locale);
    }
    if let Some(audience) = extensions.get::<Audience>() {
        known.insert(*audience);
    }
    if let Some(route) = extensions.get::<Route>() {
        known.insert(route.clone());
    }
    if let Some(mark) = extensions.get::<Passthrough>() {
        known.insert(mark.clone());
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_middleware_knows_the_reader_better_than_the_request_did() {
        let request = TestRequest::default().to_http_request();
        let [french, ukrainian] = ["fr", "uk"].map(|tag| tag.parse::<Locale>().unwrap());
        request.extensions_mut().insert(french);
        let mut context = CapturedRequest::of(&request).context();
        context.set_locale(ukrainian);
        context.keep_reader();
        assert!(!learn(&mut context, &request), "the error is written in Ukrainian");
        // What a middleware puts into the request later counts as well.
        request.extensions_mut().insert(Audience::Operator);
        assert!(learn(&mut context, &request));
    }
}

//! The parts of a request that an error response depends on. They are read only if there is an error, since most requests
//! have none.

use crate::catalog::Catalog;
use crate::catalog::text::Text;
use crate::locale::Locale;
use crate::problem::request_id::RequestId;
use crate::render::format::Format;
use crate::server::head::X_REQUEST_ID;
use crate::server::id_hash::IdHash;
use crate::server::lines::{Lines, SHORT, Short};
use crate::server::route::Route;
use core::fmt;
use http::{
    Extensions, HeaderMap, HeaderValue, Method, Uri, header,
    uri::{Authority, PathAndQuery},
};
use lift_errors_core::vocabulary::Audience;
use uuid::{Uuid, fmt::Hyphenated};

/// The parts of a request that an error response depends on.
///
/// A [`Locale`], an [`Audience`] and a [`Route`] among the request's extensions are used: an outer layer that has read
/// the user's profile passes them on in this way. A middleware further in changes the context by [`update`](Self::update).
#[derive(Clone, Debug)]
pub struct RequestContext {
    method: Method,
    /// The host of an absolute URI, as HTTP/2 has it, else that of the header.
    host: Lines<HeaderValue>,
    path: Path,
    accept: Lines<HeaderValue>,
    accept_language: Lines<HeaderValue>,
    /// The media type of a call of gRPC.
    #[cfg(feature = "tonic")]
    grpc: Option<&'static str>,
    /// Whether the body says that it is shorter than each message of gRPC, and not empty.
    #[cfg(feature = "tonic")]
    is_too_short: bool,
    request_id: Lines<HeaderValue>,
    locale: Option<Locale>,
    audience: Option<Audience>,
    route: Option<Route>,
    /// Whether the reader changed after an error was written.
    has_new_reader: bool,
    /// The reader that the request named when it came.
    #[cfg(feature = "actix-web")]
    first_reader: (Option<Locale>, Option<Audience>),
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
    /// The context of a request of which nothing is known.
    pub(crate) const fn unknown() -> Self {
        Self {
            method: Method::GET,
            host: Lines::None,
            path: Path::Short(Short::EMPTY),
            accept: Lines::None,
            accept_language: Lines::None,
            #[cfg(feature = "tonic")]
            grpc: None,
            #[cfg(feature = "tonic")]
            is_too_short: false,
            request_id: Lines::None,
            locale: None,
            audience: None,
            route: None,
            has_new_reader: false,
            #[cfg(feature = "actix-web")]
            first_reader: (None, None),
        }
    }

    /// Takes the relevant parts of a request.
    pub fn new(method: &Method, uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let mut context = Self {
            method: method.clone(),
            host: uri.authority().map_or(Lines::None, host),
            path: Path::of(original_uri(extensions).unwrap_or(uri)),
            ..Self::unknown()
        };
        // One pass costs less than a lookup for each.
        for (name, value) in headers {
            let lines = match name {
                _ if *name == header::ACCEPT => &mut context.accept,
                _ if *name == header::ACCEPT_LANGUAGE => &mut context.accept_language,
                _ if *name == header::HOST && uri.authority().is_none() => &mut context.host,
                _ if *name == X_REQUEST_ID => &mut context.request_id,
                #[cfg(feature = "tonic")]
                _ if *name == header::CONTENT_TYPE => {
                    context.grpc = context.grpc.or_else(|| grpc(method, value));
                    continue;
                }
                #[cfg(feature = "tonic")]
                _ if *name == header::CONTENT_LENGTH => {
                    // A message begins with five bytes.
                    context.is_too_short = matches!(value.as_bytes(), [b'1'..=b'4']);
                    continue;
                }
                _ => continue,
            };
            *lines = match lines {
                Lines::None => Lines::of(core::iter::once(value)),
                // All lines were read with the second one.
                Lines::Several(_) => continue,
                _ => Lines::of(headers.get_all(name).iter()),
            };
        }
        context.learn(extensions);
        context.keep_reader();
        #[cfg(feature = "actix-web")]
        {
            context.first_reader = (context.locale, context.audience);
        }
        context
    }

    /// Replaces locale, audience and route by those among the extensions of the request or of its response. Tells whether
    /// another reader than before is known.
    pub(crate) fn learn(&mut self, extensions: &Extensions) -> bool {
        if extensions.is_empty() {
            return self.has_new_reader;
        }
        if let Some(locale) = extensions.get() {
            self.set_locale(*locale);
        }
        if let Some(audience) = extensions.get() {
            self.set_audience(*audience);
        }
        if let Some(route) = extensions.get().cloned().or_else(|| Route::matched(extensions)) {
            self.route = Some(route);
        }
        self.has_new_reader
    }

    /// Removes the reader that the request named when it came: a middleware may have found out another one since.
    #[cfg(feature = "actix-web")]
    pub(crate) fn forget_known_reader(&self, extensions: &mut Extensions) {
        let (locale, audience) = self.first_reader;
        if locale.is_some() && extensions.get() == locale.as_ref() {
            extensions.remove::<Locale>();
        }
        if audience.is_some() && extensions.get() == audience.as_ref() {
            extensions.remove::<Audience>();
        }
    }

    /// Notes that an error is written for the reader as known now.
    pub(crate) fn keep_reader(&mut self) {
        self.has_new_reader = false;
    }

    /// Sets the reader's language, in the place of `Accept-Language`.
    ///
    /// See [`update`](Self::update) for a middleware inside of the layer.
    pub fn set_locale(&mut self, locale: Locale) {
        self.has_new_reader |= self.locale != Some(locale);
        self.locale = Some(locale);
    }

    /// Sets the kind of reader, and so which texts and parameters a response shows.
    pub fn set_audience(&mut self, audience: Audience) {
        self.has_new_reader |= self.audience != Some(audience);
        self.audience = Some(audience);
    }

    /// Sets the pattern that the path matched, for the log.
    pub fn set_route(&mut self, route: Route) {
        self.route = Some(route);
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The host that the client addressed, with its port if it names one (RFC 9110 §7.2), else the empty text. It may be any
    /// text that a client sends.
    pub fn host(&self) -> &str {
        self.host.texts().next().unwrap_or_default()
    }

    /// The path, without the query, which may contain private data.
    pub fn path(&self) -> &str {
        self.path.as_str()
    }

    /// Whether the path is `path`.
    #[cfg(feature = "axum")]
    pub(crate) fn is_path(&self, path: &str) -> bool {
        self.path.is(path)
    }

    /// The format that `Accept` selects.
    pub fn format(&self) -> Format {
        Format::negotiate(self.accept.texts())
    }

    /// The reader's language, among those of a catalogue.
    pub fn locale(&self, catalog: &'static Catalog) -> Locale {
        self.locale.unwrap_or_else(|| Locale::negotiate(self.accept_language.texts(), &[catalog]))
    }

    /// The reader's language, among those that a text of an error is in.
    pub(crate) fn locale_of(&self, text: Text) -> Locale {
        self.locale.unwrap_or_else(|| Locale::negotiate_text(self.accept_language.texts(), text))
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
        self.grpc
    }

    /// Whether the body is shorter than each message of gRPC, and not empty.
    #[cfg(feature = "tonic")]
    pub(crate) fn is_too_short(&self) -> bool {
        self.is_too_short
    }

    /// The id that an error of this request will have: the caller's if it is valid, else one that is made now and kept. An id
    /// that another layer gives the response takes precedence.
    ///
    /// It is for the service's own log, and for its calls to other services. A success does not carry it.
    ///
    /// ```
    /// use lift_errors::RequestContext;
    ///
    /// async fn order() -> Result<String, lift_errors::lift::Error> {
    ///     let id = RequestContext::update(|context| context.request_id().to_string());
    ///     tracing::info!(id, "looking for the order");
    ///     Err(lift_errors::lift::Error::not_found())
    /// }
    /// # let _ = order;
    /// ```
    pub fn request_id(&mut self) -> RequestId<'_> {
        if self.kept_request_id().is_none() {
            self.request_id = match RequestIdText::new() {
                RequestIdText::Short(id) => Lines::Short(id),
                RequestIdText::Long(id) => Lines::One(id),
            };
        }
        self.kept_request_id().unwrap_or(RequestId::UNKNOWN)
    }

    /// The id in the response if it has one, else the caller's if it is valid.
    pub(crate) fn given_request_id<'a>(&'a self, response: &'a HeaderMap) -> Option<RequestId<'a>> {
        let of_response = response.get(X_REQUEST_ID).and_then(|id| RequestId::new(id.to_str().ok()?));
        of_response.or_else(|| self.kept_request_id())
    }

    /// The kept id, or else the caller's.
    pub(crate) fn kept_request_id(&self) -> Option<RequestId<'_>> {
        // An id is ASCII.
        RequestId::new(core::str::from_utf8(self.request_id.iter().next()?).ok()?)
    }

    /// Whether the kept id is valid and `id`.
    pub(crate) fn is_kept_request_id(&self, id: &[u8]) -> bool {
        self.request_id.iter().next() == Some(id) && RequestId::is_valid(id)
    }

    /// The hash of the kept id.
    pub(crate) fn kept_id_hash(&self) -> IdHash {
        IdHash::of(self.request_id.iter().next().unwrap_or_default())
    }

    /// The given id, or a new one.
    pub(crate) fn id_for(&self, response: &HeaderMap) -> RequestIdText {
        match self.given_request_id(response) {
            None => RequestIdText::new(),
            Some(id) => match Short::new(id.as_str().as_bytes()) {
                Some(short) => RequestIdText::Short(short),
                None => HeaderValue::from_str(id.as_str()).map_or_else(|_| RequestIdText::new(), RequestIdText::Long),
            },
        }
    }

    /// Keeps the id that a response to the request has, so that all of them have the same.
    pub(crate) fn keep_request_id(&mut self, response: &HeaderMap) {
        if let Some(id) = response.get(X_REQUEST_ID) {
            self.request_id = Lines::of(core::iter::once(id));
        }
    }
}

/// The host of an absolute URI.
fn host(authority: &Authority) -> Lines<HeaderValue> {
    match Short::new(authority.as_str().as_bytes()) {
        Some(short) => Lines::Short(short),
        None => HeaderValue::from_str(authority.as_str()).map_or(Lines::None, Lines::One),
    }
}

/// The media type of a gRPC request, without its suffix.
#[cfg(feature = "tonic")]
fn grpc(method: &Method, content_type: &HeaderValue) -> Option<&'static str> {
    // A GET labelled as gRPC would get a 200 for an error, and caches would store it.
    if method != Method::POST {
        return None;
    }
    let content_type = content_type.as_bytes();
    // The suffix is the format of the messages, and an error has no message.
    ["application/grpc-web-text", "application/grpc-web", "application/grpc"].into_iter().find(|kind| {
        let head = content_type.get(..kind.len());
        let is_word = matches!(content_type.get(kind.len()), None | Some(b'+' | b';' | b' '));
        is_word && head.is_some_and(|head| head.eq_ignore_ascii_case(kind.as_bytes()))
    })
}

/// The path of a request. A short one is copied, for the same reason as a header's value.
#[derive(Clone)]
enum Path {
    Short(Short),
    Long(PathAndQuery),
}

impl Path {
    fn of(uri: &Uri) -> Self {
        match (Short::new(uri.path().as_bytes()), uri.path_and_query()) {
            (None, Some(path)) => Self::Long(path.clone()),
            (None, None) => Self::Long(PathAndQuery::from_static("/")),
            (Some(short), _) => Self::Short(short),
        }
    }

    /// Whether it is `path`. Comparing costs less than `as_str`, which reads the bytes as text.
    #[cfg(feature = "axum")]
    fn is(&self, path: &str) -> bool {
        match self {
            Self::Short(short) => short.as_bytes() == path.as_bytes(),
            Self::Long(long) => long.path() == path,
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short(short) => core::str::from_utf8(short.as_bytes()).unwrap_or_default(),
            Self::Long(path) => path.path(),
        }
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

/// The id of a request.
pub(crate) enum RequestIdText {
    Short(Short),
    Long(HeaderValue),
}

impl RequestIdText {
    /// A random one (UUID version 4, RFC 9562 §5.4).
    fn new() -> Self {
        let mut text = [0; Hyphenated::LENGTH];
        Uuid::new_v4().hyphenated().encode_lower(&mut text);
        const { assert!(Hyphenated::LENGTH <= SHORT) };
        Short::new(&text).map_or(Self::Long(HeaderValue::from_static(RequestId::UNKNOWN.as_str())), Self::Short)
    }

    pub(crate) fn as_id(&self) -> Option<RequestId<'_>> {
        let text = match self {
            Self::Short(short) => core::str::from_utf8(short.as_bytes()).ok(),
            Self::Long(value) => value.to_str().ok(),
        };
        text.and_then(RequestId::new)
    }
}

//! The response headers of an error.

use crate::catalog::value::Value;
use crate::message::output::Output;
use crate::message::output::sealed::Sealed;
use crate::problem::Problem;
use crate::render::format::Format;
use crate::render::html;

/// The response headers that a script of another origin needs to read of an error, in lower case: the value of
/// `Access-Control-Expose-Headers`.
///
/// A browser hides them otherwise, and a client in the page can't tell how long to wait. Give them to your framework's
/// layer for CORS, which goes around the error layer, so that errors have its headers as well:
///
/// ```
/// # #[cfg(feature = "http")] {
/// use http::HeaderName;
/// use lift_errors::EXPOSED_HEADERS;
///
/// // tower-http: `CorsLayer::new().expose_headers(names)`
/// let names: Vec<HeaderName> = EXPOSED_HEADERS.iter().map(|name| HeaderName::from_static(name)).collect();
/// assert!(names.contains(&http::header::RETRY_AFTER));
/// # }
/// // actix-cors: `Cors::default().expose_headers(names)`
/// let names = lift_errors::EXPOSED_HEADERS.iter().copied();
/// # assert_eq!(names.count(), 8);
/// ```
pub const EXPOSED_HEADERS: &[&str] = &[
    // A `Retry-After` with a date counts from it, where the browser's own clock may be wrong.
    "date",
    "lift-error",
    LIFT_RETRY,
    "retry-after",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

/// The header with the retry contract: its kind, with the parameter `after` (RFC 9651 §3.1.2) if it has a wait that is not in
/// `Retry-After`. Who reads the head alone, or does not know the code, would guess the contract from the status, with any
/// `Retry-After` that a proxy adds.
pub(crate) const LIFT_RETRY: &str = "lift-retry";

/// The longest value, in bytes. A longer one is cut.
const MAX_LENGTH: usize = 512;

/// A buffer on the stack for a header's value: visible ASCII and spaces, of a limited length.
struct HeaderValue {
    bytes: [u8; MAX_LENGTH],
    length: usize,
}

impl HeaderValue {
    const fn new() -> Self {
        Self { bytes: [0; MAX_LENGTH], length: 0 }
    }

    /// The value without the spaces at its ends, which are not part of it (RFC 9110 §5.5).
    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("").trim()
    }
}

impl Sealed for HeaderValue {}

impl Output for HeaderValue {
    fn push(&mut self, text: &str) {
        for character in text.chars() {
            // A line break would begin another header (CWE-113), and recipients read bytes beyond ASCII in different ways
            // (RFC 9110 §5.5).
            let byte = if matches!(character, ' '..='~') { character as u8 } else { b'?' };
            if let Some(next) = self.bytes.get_mut(self.length) {
                *next = byte;
                self.length += 1;
            }
        }
    }
}

/// The value of a header. One that is known at build time needs no copy.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'a> {
    Static(&'static str),
    /// To be joined.
    Pieces([&'static str; 5]),
    Written(&'a str),
}

impl Text<'_> {
    /// Calls `read` with the whole value.
    pub(crate) fn with_str(self, read: impl FnOnce(&str)) {
        match self {
            Self::Static(text) => read(text),
            Self::Written(text) => read(text),
            Self::Pieces(pieces) => {
                let mut value = HeaderValue::new();
                pieces.into_iter().for_each(|piece| value.push(piece));
                read(value.as_str());
            }
        }
    }
}

/// The headers of every error, with or without an entry.
pub(crate) fn common(format: Format, language: &'static str, write: &mut impl FnMut(&'static str, Text<'_>)) {
    let mut write = |name, value| write(name, Text::Static(value));
    write("content-type", format.media_type());
    write("content-language", language);
    // An error answers one request; a cache that kept it would answer others with it (RFC 9111 §5.2.2.5).
    write("cache-control", "no-store");
    write("vary", "Accept, Accept-Language");
    if format == Format::Html {
        write("content-security-policy", html::CONTENT_SECURITY_POLICY);
        write("x-content-type-options", "nosniff");
    }
}

impl Problem<'_> {
    /// Calls `write` with the name and the value of each header of a response with this error.
    ///
    /// Names are in lower case, as HTTP/2 and `http::HeaderName::from_static` need them. Append `vary` to an existing
    /// header; replace any other. Values are visible ASCII of at most 512 bytes, whatever the parameters contain. Nothing
    /// is allocated.
    ///
    /// ```
    /// use lift_errors::{Format, LiftError, lift};
    /// use std::time::Duration;
    ///
    /// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_millis(11_200));
    /// let mut headers = Vec::new();
    /// error.problem().headers(Format::ProblemDetails, |name, value| headers.push((name, value.to_owned())));
    /// assert!(headers.contains(&("retry-after", "12".to_owned())));
    /// assert!(headers.contains(&("lift-error", "LIFT-0429".to_owned())));
    /// ```
    pub fn headers(&self, format: Format, mut write: impl FnMut(&'static str, &str)) {
        self.header_texts(format, |name, value| value.with_str(|value| write(name, value)));
    }

    /// The same, with the values that are known at build time.
    pub(crate) fn header_texts(&self, format: Format, mut write: impl FnMut(&'static str, Text<'_>)) {
        let entry = self.entry();
        // The detail is read first; for an untranslated text, the language is that of the fallback.
        let detail = self.detail().text();
        common(format, detail.conventions(self.locale()).tag, &mut write);
        write("lift-error", Text::Static(entry.id()));
        let [reference, hash, id] = entry.type_uri_pieces();
        write("link", Text::Pieces(["<", reference, hash, id, ">; rel=\"help\""]));
        for (name, value) in entry.headers() {
            write(name, Text::Static(value));
        }
        let mut wait = self.retry().wait();
        for parameter in entry.parameters() {
            let Some((name, value)) = parameter.header().zip(self.error().__parameter(parameter.number())) else {
                continue;
            };
            let mut written = HeaderValue::new();
            value.machine(&mut written, |piece, out| out.push(piece));
            write(name, Text::Written(written.as_str()));
            wait = wait.filter(|_| name != "retry-after");
        }
        // Who takes the contract from the head has to know its wait.
        let kind = self.retry().kind().as_str();
        match wait {
            None => write(LIFT_RETRY, Text::Static(kind)),
            Some(wait) => {
                let mut written = HeaderValue::new();
                written.push(kind);
                written.push(";after=");
                Value::Duration(wait).machine(&mut written, |piece, out| out.push(piece));
                write(LIFT_RETRY, Text::Written(written.as_str()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_on_their_line_and_have_a_maximum_length() {
        let mut value = HeaderValue::new();
        value.push(" a\r\nSet-Cookie: x\0\u{9b}é ");
        assert_eq!(value.as_str(), "a??Set-Cookie: x???");
        for _ in 0..MAX_LENGTH {
            value.push("xyz");
        }
        assert_eq!(value.as_str().len(), MAX_LENGTH - 1);
    }
}

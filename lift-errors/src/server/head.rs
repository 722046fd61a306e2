//! The head of an error's response. Header values that are written stand behind the body in one buffer, of which they are slices.

use crate::problem::Problem;
use crate::render::format::Format;
use crate::render::headers::Text;
use alloc::vec::Vec;
use bytes::Bytes;
use core::ops::Range;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The header that carries a request's id.
#[cfg(feature = "responder")]
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The header with the id of the entry.
pub(crate) const LIFT_ERROR: HeaderName = HeaderName::from_static("lift-error");

/// The header with the code of a gRPC status. A look-up by text would read the text as a name first.
#[cfg(feature = "tonic")]
pub(crate) const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");

/// The number of headers of nearly all errors, so that a map grows once.
pub(crate) const USUAL_HEADERS: usize = 13;

/// How many written values an error has at most that share its buffer. More are copied.
const SHARED: usize = 8;

/// Headers that a service sets for its own kind of response: its value is kept.
const KEPT: [HeaderName; 4] =
    [header::CACHE_CONTROL, header::WWW_AUTHENTICATE, header::PROXY_AUTHENTICATE, header::ALLOW];

/// A body, and the values of headers behind it.
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    body: usize,
    values: [(Option<HeaderName>, Range<usize>); SHARED],
    count: usize,
    /// Whether the map was empty: then nothing is added to or kept.
    is_fresh: bool,
}

impl Buffer {
    /// A buffer with a whole body, and with values for `headers`.
    pub(crate) fn new(body: Vec<u8>, headers: &HeaderMap) -> Self {
        let (length, is_fresh) = (body.len(), headers.is_empty());
        Self { bytes: body, body: length, values: core::array::from_fn(|_| (None, 0..0)), count: 0, is_fresh }
    }

    fn insert(&self, headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
        if self.is_fresh {
            headers.insert(name, value);
        } else {
            insert(headers, name, value);
        }
    }

    /// Writes a value behind the others.
    fn write(&mut self, headers: &mut HeaderMap, name: HeaderName, pieces: &[&str]) {
        let start = self.bytes.len();
        pieces.iter().for_each(|piece| self.bytes.extend_from_slice(piece.as_bytes()));
        match self.values.get_mut(self.count) {
            Some(place) => {
                *place = (Some(name), start..self.bytes.len());
                self.count += 1;
            }
            None => {
                let value = HeaderValue::from_bytes(self.bytes.get(start..).unwrap_or_default());
                self.bytes.truncate(start);
                if let Ok(value) = value {
                    self.insert(headers, name, value);
                }
            }
        }
    }

    /// The length of the body.
    #[cfg(feature = "responder")]
    pub(crate) fn body_length(&self) -> usize {
        self.body
    }

    /// Adds a header as [`insert`] does, at the end of the others.
    pub(crate) fn header(&mut self, headers: &mut HeaderMap, name: HeaderName, value: Text<'_>) {
        match value {
            Text::Static(value) => {
                if let Ok(value) = HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())) {
                    self.insert(headers, name, value);
                }
            }
            Text::Pieces(pieces) => self.write(headers, name, &pieces),
            Text::Written(value) => self.write(headers, name, &[value]),
        }
    }

    /// Adds the headers of a problem.
    pub(crate) fn headers_of(&mut self, problem: &Problem<'_>, format: Format, headers: &mut HeaderMap) {
        problem.header_texts(format, |name, value| {
            if let Some(name) = header_name(name) {
                self.header(headers, name, value);
            }
        });
    }

    /// Puts the written values into the headers, and gives the body.
    pub(crate) fn finish(mut self, headers: &mut HeaderMap) -> Bytes {
        let mut bytes = Bytes::from(core::mem::take(&mut self.bytes));
        for at in 0..self.count {
            let Some((name, place)) = self.values.get_mut(at).map(core::mem::take) else { break };
            // The ranges were lengths of the buffer.
            if let (Some(name), Ok(value)) = (name, HeaderValue::from_maybe_shared(bytes.slice(place))) {
                self.insert(headers, name, value);
            }
        }
        bytes.truncate(self.body);
        bytes
    }
}

/// Puts one of an error's headers among those that a response has already: `Vary` and `Link` are lists and added to, what
/// the service said itself stays, the rest is the error's to say.
pub(crate) fn insert(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if name == header::VARY || name == header::LINK {
        if headers.get_all(&name).iter().all(|present| present != value && present != "*") {
            headers.append(name, value);
        }
    } else if !(KEPT.contains(&name) && headers.contains_key(&name)) {
        headers.insert(name, value);
    }
}

/// The name of a header. Those of most errors are known, so that nothing is parsed or copied.
pub(crate) fn header_name(name: &'static str) -> Option<HeaderName> {
    Some(match name {
        "content-type" => header::CONTENT_TYPE,
        "content-language" => header::CONTENT_LANGUAGE,
        "cache-control" => header::CACHE_CONTROL,
        "vary" => header::VARY,
        "link" => header::LINK,
        "retry-after" => header::RETRY_AFTER,
        "allow" => header::ALLOW,
        "www-authenticate" => header::WWW_AUTHENTICATE,
        "lift-error" => LIFT_ERROR,
        "lift-retry" => const { HeaderName::from_static("lift-retry") },
        "x-ratelimit-limit" => const { HeaderName::from_static("x-ratelimit-limit") },
        "x-ratelimit-remaining" => const { HeaderName::from_static("x-ratelimit-remaining") },
        "x-ratelimit-reset" => const { HeaderName::from_static("x-ratelimit-reset") },
        name => return HeaderName::from_bytes(name.as_bytes()).ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::headers::Text::{Static, Written};

    fn value(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    #[test]
    fn written_values_do_not_become_part_of_the_body() {
        let mut headers = HeaderMap::new();
        let mut buffer = Buffer::new(b"body".to_vec(), &headers);
        buffer.header(&mut headers, header::SERVER, Static("depot"));
        // More than the buffer has places for, and one that no header can have.
        for number in 0..20 {
            let name = HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
            buffer.header(&mut headers, name, Written(&number.to_string()));
        }
        buffer.header(&mut headers, header::LOCATION, Written("a\r\nb"));
        assert_eq!(buffer.finish(&mut headers), "body");
        assert_eq!((&headers[header::SERVER], headers.get(header::LOCATION)), (&value("depot"), None));
        for number in 0..20 {
            assert_eq!(headers[&format!("x-{number}")], number.to_string());
        }
    }

    #[test]
    fn the_names_of_all_errors_are_valid() {
        for entry in crate::lift::CATALOG.entries() {
            for name in entry.headers().map(|(name, _)| name).chain(entry.parameters().filter_map(|it| it.header())) {
                assert_eq!(header_name(name).unwrap(), name);
            }
        }
    }

    #[test]
    fn vary_is_added_to_and_what_the_service_said_stays() {
        let mut headers = HeaderMap::new();
        let said =
            [("Vary", "Origin"), ("Allow", "GET"), ("Cache-Control", "max-age=60"), ("Content-Type", "text/plain")];
        for (name, value) in said {
            headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), self::value(value));
        }
        for _ in 0..2 {
            insert(&mut headers, header::VARY, value("Accept, Accept-Language"));
            insert(&mut headers, header::ALLOW, value("PUT"));
            insert(&mut headers, header::CACHE_CONTROL, value("no-store"));
            insert(&mut headers, header::CONTENT_TYPE, value("application/problem+json"));
        }
        assert_eq!(headers.get_all("vary").iter().collect::<Vec<_>>(), ["Origin", "Accept, Accept-Language"]);
        assert_eq!(headers.len(), 5);
        assert_eq!(
            (&headers["allow"], &headers["cache-control"]),
            (&"GET".parse().unwrap(), &"max-age=60".parse().unwrap())
        );
        assert_eq!(headers["content-type"], "application/problem+json");
    }
}

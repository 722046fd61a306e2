//! The text of a body, by the charset of its `Content-Type`.

use http::{HeaderMap, header};
use std::borrow::Cow;
use std::string::String;

/// Reads UTF-8, as JSON is (RFC 8259 §8.1), or ISO-8859-1 if the header names it and the body is not UTF-8: some servers name it
/// for every body.
pub(super) fn decode<'a>(headers: &HeaderMap, body: &'a [u8]) -> Cow<'a, str> {
    match core::str::from_utf8(body) {
        Ok(text) => text.into(),
        Err(_) if is_latin_1(headers) => body.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
        Err(_) => String::from_utf8_lossy(body),
    }
}

fn is_latin_1(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.is_some_and(|(_, value)| value.trim().trim_matches('"').eq_ignore_ascii_case("iso-8859-1"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_body_has_the_charset_that_its_header_names() {
        let latin_1 = "text/plain; Charset=\"ISO-8859-1\"";
        for (media_type, body, expected) in [
            (latin_1, &b"pas trouv\xe9"[..], "pas trouvé"),
            (latin_1, "pas trouvé".as_bytes(), "pas trouvé"),
            ("application/json;charset=iso-8859-1", b"{\"title\":\"Pas trouv\xe9\"}", "{\"title\":\"Pas trouvé\"}"),
            ("text/plain; charset=utf-8", b"pas trouv\xe9", "pas trouv\u{fffd}"),
            ("iso-8859-1", b"pas trouv\xe9", "pas trouv\u{fffd}"),
        ] {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))]);
            assert_eq!(decode(&headers, body), expected, "{media_type}");
        }
        assert_eq!(decode(&HeaderMap::new(), b"\xe9"), "\u{fffd}");
    }
}

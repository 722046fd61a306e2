//! The plain text of an error that is replaced, for the log.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::Bytes;
use http::{HeaderMap, header};

/// The maximum length of the beginning of a text that is read, in bytes.
const MAX_TEXT_BYTES: usize = 1_024;

/// The maximum number of pieces that are read. A body may give empty ones without end.
const MAX_PIECES: usize = 64;

/// The beginning of a text, as far as it is there at once: one that comes later, breaks off or panics is cut. `next` gives
/// the next piece that is there. A compressed text is not read.
pub(super) fn original_text(
    headers: &HeaderMap,
    length: Option<u64>,
    mut next: impl FnMut() -> Option<Bytes>,
) -> String {
    if is_compressed(headers) {
        return "(a compressed text)".into();
    }
    let announced = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(MAX_TEXT_BYTES);
    let most = announced.min(MAX_TEXT_BYTES);
    let mut text = Vec::new();
    for _ in 0..MAX_PIECES {
        let Some(piece) = next() else { break };
        let missing = most.saturating_sub(text.len());
        text.extend_from_slice(piece.get(..missing).unwrap_or(&piece));
        if piece.len() >= missing {
            break;
        }
    }
    match length {
        // A proxied text may be on its way. A body of unknown length may be an empty one.
        Some(length) if text.is_empty() => format!("(a text of {length} bytes that was not there yet)"),
        _ => String::from_utf8_lossy(&text).into_owned(),
    }
}

/// Whether a body is encoded in any way, which hides its text.
fn is_compressed(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_ENCODING).iter().any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_text_is_read_as_far_as_it_was_announced_and_never_for_ever() {
        let read = |length, piece: &'static str| {
            let mut count = 0;
            original_text(&HeaderMap::new(), length, || {
                count += 1;
                assert!(count < 10_000, "read for ever");
                Some(Bytes::from(piece))
            })
        };
        assert_eq!(read(Some(5), "ab"), "ababa");
        assert_eq!(read(Some(1), "abc"), "a");
        assert_eq!(read(Some(9), ""), "(a text of 9 bytes that was not there yet)");
        assert_eq!(read(None, ""), "");
        assert_eq!(read(None, "0123456789abcdef0123456789abcdef").len(), MAX_TEXT_BYTES);
    }

    #[test]
    fn a_compressed_text_is_not_read() {
        let read = |coding| {
            let headers = HeaderMap::from_iter([(header::CONTENT_ENCODING, HeaderValue::from_static(coding))]);
            let mut text = Some(Bytes::from("abc"));
            (original_text(&headers, None, || text.take()), text.is_some())
        };
        assert_eq!(read("br"), ("(a compressed text)".into(), true));
        assert_eq!(read("Identity"), ("abc".into(), false));
    }
}

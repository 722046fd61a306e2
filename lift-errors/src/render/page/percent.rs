//! Percent encoding, for the subject and the body of a `mailto:` URL (RFC 6068 §5).

use crate::message::output::Output;
use crate::message::output::sealed::Sealed;
use core::str::from_utf8;

/// Appends all text percent-encoded. Unreserved characters (RFC 3986 §2.3) stay, so that the result is safe in an attribute.
pub(super) struct PercentEncoded<'w, O>(pub(super) &'w mut O);

impl<O> Sealed for PercentEncoded<'_, O> {}

impl<O: Output> Output for PercentEncoded<'_, O> {
    fn push(&mut self, text: &str) {
        let is_unreserved =
            |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~');
        let mut rest = text;
        while let Some(place) = rest.find(|character| !is_unreserved(character)) {
            let (run, tail) = rest.split_at(place);
            self.0.push(run);
            let mut characters = tail.chars();
            let mut bytes = [0; 4];
            for byte in characters.next().map_or("", |character| character.encode_utf8(&mut bytes)).bytes() {
                let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'A' - 10 };
                self.0.push(from_utf8(&[b'%', digit(byte >> 4), digit(byte & 15)]).unwrap_or_default());
            }
            rest = characters.as_str();
        }
        self.0.push(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn what_is_reserved_is_encoded() {
        let mut written = String::new();
        PercentEncoded(&mut written).push("a-b & \"é\"\r\n~😀");
        assert_eq!(written, "a-b%20%26%20%22%C3%A9%22%0D%0A~%F0%9F%98%80");
    }
}

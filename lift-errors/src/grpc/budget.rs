//! The space for details in the headers of a response.

use crate::message::output::Output;
use crate::message::output::sealed::Sealed;
use alloc::string::String;
use http::HeaderMap;

/// The most bytes that all headers of a response may have, names and values and 32 for each (RFC 9113 §10.5.1): what
/// gRPC's implementations accept by default.
const LIMIT: usize = 8_192;

/// The bytes that are reserved for headers which others add: the server, outer layers, proxies.
const OTHERS: usize = 1_024;

/// The size of a header beside its name and value (RFC 9113 §6.5.2).
const HEADER: usize = 32;

/// The longest text, in bytes.
const LONGEST: usize = 1_024;

/// The bytes that details may still have.
pub(super) struct ByteBudget(usize);

impl ByteBudget {
    /// The bytes that other headers and the message leave.
    pub(super) fn beside(others: &HeaderMap, message: &str) -> Self {
        let others: usize = others.iter().map(|(name, value)| HEADER + name.as_str().len() + value.len()).sum();
        let names = ["grpc-status", "grpc-message", "grpc-status-details-bin"];
        let names: usize = names.iter().map(|name| HEADER + name.len()).sum();
        // A code has two digits; in the worst case each byte of the message is percent-encoded.
        let taken = OTHERS + others + names + 2 + message.len() * 3;
        // In base64 three bytes are four.
        Self(LIMIT.saturating_sub(taken) / 4 * 3)
    }

    /// Takes what is written in any case.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes);
    }

    /// Takes so many bytes, if they are there. If they are not, then nothing of less worth is put in their place.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let rest = self.0.checked_sub(bytes);
        self.0 = rest.unwrap_or(0);
        rest.is_some()
    }
}

/// A text while it is written, which has an end.
pub(super) struct BoundedString {
    text: String,
    is_cut: bool,
}

impl BoundedString {
    pub(super) const fn new() -> Self {
        Self { text: String::new(), is_cut: false }
    }

    /// The text, where all of it is there.
    pub(super) fn whole(self) -> Option<String> {
        (!self.is_cut).then_some(self.text)
    }

    /// The text; one that was cut shows it.
    pub(super) fn finish(mut self) -> String {
        if self.is_cut {
            self.text.push('…');
            // Foreign words in a line from right to left end where they were cut.
            let isolates = self.text.matches('\u{2068}').count();
            for _ in self.text.matches('\u{2069}').count()..isolates {
                self.text.push('\u{2069}');
            }
        }
        self.text
    }
}

impl Sealed for BoundedString {}

impl Output for BoundedString {
    fn push(&mut self, text: &str) {
        if self.is_cut {
            return;
        }
        if self.text.len() + text.len() <= LONGEST {
            return self.text.push_str(text);
        }
        self.is_cut = true;
        for character in text.chars() {
            if self.text.len() + character.len_utf8() > LONGEST {
                break;
            }
            self.text.push(character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_between_characters_and_isolates_are_closed() {
        let mut words = BoundedString::new();
        words.push("\u{2068}");
        for _ in 0..3 {
            words.push(&"é".repeat(1_000));
        }
        let text = words.finish();
        assert!(text.ends_with("é…\u{2069}"));
        assert!((LONGEST - 1..=LONGEST + 6).contains(&text.len()), "{}", text.len());
        let mut words = BoundedString::new();
        words.push("short");
        assert_eq!(words.whole().as_deref(), Some("short"));
    }

    #[test]
    fn room_is_what_others_leave() {
        let mut others = HeaderMap::new();
        let ByteBudget(all) = ByteBudget::beside(&others, "");
        assert!(all * 4 / 3 <= LIMIT - OTHERS);
        others.insert("x-trace", "x".repeat(400).parse().unwrap());
        let ByteBudget(less) = ByteBudget::beside(&others, "");
        assert!(all - less >= 300, "{all} {less}");
        others.insert("x-huge", "x".repeat(10_000).parse().unwrap());
        let mut none = ByteBudget::beside(&others, "message");
        none.spend(40);
        assert!(!none.take(1));
        let mut room = ByteBudget(10);
        assert!(room.take(4) && !room.take(7) && !room.take(1));
    }
}

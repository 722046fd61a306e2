//! Escapers, one for each context that a text is written into.
//!
//! Each passes the pieces of the escaped text to `out`, and does not allocate. The compiler escapes fixed texts, and the
//! runtime escapes values: a value is escaped once, when it is inserted, and never expanded again.
//!
//! A value in a sentence keeps its marks of direction, and isolates and embeddings in balance. Others become U+FFFD: they
//! would reorder the text around the value (UAX #9). Each call is one value.

use crate::bidi::{self, is_bidi_control, reorders};

/// The replacement of a character that the table of a context marks.
enum Replacement {
    /// None: the character does not need an escape.
    Keep,
    /// This text replaces it.
    With(&'static str),
    /// A backslash before the character.
    Backslash,
    /// `\u001b`, as in JSON.
    JsonHex,
    /// This, if the character has its counterpart in the text; else U+FFFD.
    IfBalanced(&'static Replacement),
    /// `\u{1b}`, as in Rust: visible and harmless in a terminal.
    Visible,
}

/// The number of bytes that are checked in a few instructions.
const CHUNK: usize = 16;

/// A context: the first bytes of characters to look at, and the replacement of these characters.
struct Context {
    stops: [bool; 256],
    /// Whether the bytes contain no stop. It may be false for bytes without one.
    passes: fn(&[u8; CHUNK]) -> bool,
    replace: fn(char) -> Replacement,
}

/// Whether no byte of a chunk is a stop. It has no branches, so that rustc uses vector instructions.
#[inline]
fn none(chunk: &[u8; CHUNK], stops: impl Fn(u8) -> bool) -> bool {
    !chunk.iter().fold(false, |any, &byte| any | stops(byte))
}

fn passes_json(chunk: &[u8; CHUNK]) -> bool {
    none(chunk, |byte| byte.wrapping_sub(0x20) >= 0x5f || byte == b'"' || byte == b'\\')
}

fn passes_html(chunk: &[u8; CHUNK]) -> bool {
    none(chunk, |byte| {
        byte.wrapping_sub(0x20) >= 0x5f
            || byte == b'"'
            || byte == b'&'
            || byte == b'\''
            || byte == b'<'
            || byte == b'>'
            || byte == b'`'
    })
}

fn passes_visible(chunk: &[u8; CHUNK]) -> bool {
    none(chunk, |byte| byte.wrapping_sub(0x20) >= 0x5f)
}

impl Context {
    // Inlined into each escaper, where the context is a constant.
    #[inline(always)]
    fn apply(&self, text: &str, out: &mut dyn FnMut(&str)) {
        let mut rest = text;
        while let Some((run, character, tail)) = self.next_stop(rest) {
            match (self.replace)(character) {
                Replacement::Keep => {
                    let (kept, _) = rest.split_at(run.len() + character.len_utf8());
                    out(kept);
                }
                Replacement::IfBalanced(_) => {
                    if !run.is_empty() {
                        out(run);
                    }
                    let (_, from_here) = rest.split_at(run.len());
                    return self.apply_balanced(from_here, out);
                }
                replacement => {
                    if !run.is_empty() {
                        out(run);
                    }
                    replacement.write(character, out);
                }
            }
            rest = tail;
        }
        if !rest.is_empty() {
            out(rest);
        }
    }

    /// Does the same from the first character that reorders text.
    #[cold]
    fn apply_balanced(&self, text: &str, out: &mut dyn FnMut(&str)) {
        let balanced = bidi::balanced(text);
        let (mut rest, mut number) = (text, 0);
        while let Some((run, character, tail)) = self.next_stop(rest) {
            if !run.is_empty() {
                out(run);
            }
            match (self.replace)(character) {
                Replacement::IfBalanced(kept) => {
                    let is_balanced = 1_u128.checked_shl(number).is_some_and(|bit| balanced & bit != 0);
                    number += 1;
                    if is_balanced { kept.write(character, out) } else { out("\u{fffd}") }
                }
                replacement => replacement.write(character, out),
            }
            rest = tail;
        }
        if !rest.is_empty() {
            out(rest);
        }
    }

    /// The text before the next marked character, the character, and the text after it.
    #[inline(always)]
    fn next_stop<'a>(&self, text: &'a str) -> Option<(&'a str, char, &'a str)> {
        let at = self.position(text.as_bytes())?;
        let (run, rest) = text.split_at_checked(at)?;
        let mut characters = rest.chars();
        let character = characters.next()?;
        Some((run, character, characters.as_str()))
    }

    /// The position of the first stop.
    #[inline(always)]
    fn position(&self, bytes: &[u8]) -> Option<usize> {
        let mut rest = bytes;
        while let Some((_, behind)) = rest.split_first_chunk().filter(|(chunk, _)| (self.passes)(chunk)) {
            rest = behind;
        }
        // The end of a text is checked together with the bytes before it.
        if rest.len() < CHUNK && bytes.last_chunk().is_some_and(self.passes) {
            return None;
        }
        Some(bytes.len() - rest.len() + rest.iter().position(|&byte| self.stops_at(byte))?)
    }

    #[inline]
    #[allow(clippy::indexing_slicing, reason = "a byte is always below 256")]
    const fn stops_at(&self, byte: u8) -> bool {
        self.stops[byte as usize]
    }

    /// Whether the text does not change.
    fn keeps(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some((_, character, tail)) = self.next_stop(rest) {
            if !matches!((self.replace)(character), Replacement::Keep) {
                return false;
            }
            rest = tail;
        }
        true
    }
}

impl Replacement {
    fn write(&self, character: char, out: &mut dyn FnMut(&str)) {
        match self {
            Self::With(text) => out(text),
            Self::Keep | Self::IfBalanced(_) => out(character.encode_utf8(&mut [0; 4])),
            Self::Backslash => {
                out("\\");
                out(character.encode_utf8(&mut [0; 4]));
            }
            Self::JsonHex => {
                out("\\u");
                hexadecimal(character as u32, 4, out);
            }
            Self::Visible => {
                out("\\u{");
                hexadecimal(character as u32, 1, out);
                out("}");
            }
        }
    }
}

/// Writes `number` with at least `width` hexadecimal digits.
fn hexadecimal(number: u32, width: u32, out: &mut dyn FnMut(&str)) {
    let digits = (32 - number.leading_zeros()).div_ceil(4).max(width);
    for place in (0..digits).rev() {
        let digit = char::from_digit(number >> (place * 4) & 0xf, 16).unwrap_or('0');
        out(digit.encode_utf8(&mut [0; 4]));
    }
}

/// A table that marks every byte of `bytes` and, if `controls` is true, the C0 controls.
#[allow(clippy::indexing_slicing, reason = "a byte is always below 256")]
const fn marks(bytes: &[u8], controls: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    let mut control = 0;
    while controls && control < 0x20 {
        table[control] = true;
        control += 1;
    }
    table
}

/// DEL, and the first bytes of C1 controls (C2), the Arabic letter mark (D8), bidi controls and line separators (E2).
const UNSEEN: &[u8] = b"\x7f\xc2\xd8\xe2";

/// Whether a character is invisible, and moves the cursor, reorders text or breaks the line.
const fn is_unseen(character: char) -> bool {
    matches!(character,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON does not require escapes for controls above U+001F. They are escaped all the same, which makes no difference to a
/// parser, because people read error bodies in a terminal, from `curl`.
static JSON: Context = Context {
    stops: marks(b"\"\\\x7f\xc2\xd8\xe2", true),
    passes: passes_json,
    replace: |character| match character {
        '"' | '\\' => Replacement::Backslash,
        '\n' => Replacement::With("\\n"),
        '\r' => Replacement::With("\\r"),
        '\t' => Replacement::With("\\t"),
        _ if is_unseen(character) => Replacement::JsonHex,
        _ => Replacement::Keep,
    },
};

static JSON_VALUE: Context = Context {
    stops: marks(b"\"\\\x7f\xc2\xd8\xe2", true),
    passes: passes_json,
    replace: |character| match character {
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::JsonHex),
        _ => (JSON.replace)(character),
    },
};

static ORDERED: Context = Context {
    stops: marks(b"\xe2", false),
    passes: passes_visible,
    replace: |character| match character {
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::Keep),
        _ => Replacement::Keep,
    },
};

static JSON_LINE: Context = Context {
    stops: marks(b"\"\\\x7f\xc2\xd8\xe2", true),
    passes: passes_json,
    replace: |character| match character {
        '"' | '\\' => Replacement::Backslash,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Replacement::With(" "),
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::JsonHex),
        _ if is_bidi_control(character) => Replacement::JsonHex,
        _ => Replacement::Keep,
    },
};

static HTML: Context = Context {
    stops: marks(b"&<>\"'`\x7f\xc2", true),
    passes: passes_html,
    replace: |character| match character {
        '&' => Replacement::With("&amp;"),
        '<' => Replacement::With("&lt;"),
        '>' => Replacement::With("&gt;"),
        '"' => Replacement::With("&quot;"),
        '\'' => Replacement::With("&#39;"),
        '`' => Replacement::With("&#96;"),
        '\t' | '\n' => Replacement::Keep,
        '\r' => Replacement::With(" "),
        // HTML forbids controls and noncharacters, as characters and as references (§13.2.3.5).
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => Replacement::With("\u{fffd}"),
        _ => Replacement::Keep,
    },
};

static HTML_VALUE: Context = Context {
    stops: marks(b"&<>\"'`\x7f\xc2\xe2", true),
    passes: passes_html,
    replace: |character| match character {
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::Keep),
        _ => (HTML.replace)(character),
    },
};

static MARKDOWN: Context = Context {
    stops: marks(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\x7f\xc2\xd8\xe2", true),
    passes: |_| false,
    replace: |character| match character {
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Replacement::With(" "),
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::Keep),
        // CommonMark §2.4: any ASCII punctuation may be escaped, and then has no meaning.
        _ if character.is_ascii_punctuation() => Replacement::Backslash,
        _ => Replacement::Keep,
    },
};

static MARKDOWN_LITERAL: Context =
    Context { stops: marks(b"*_[]<>&|~#\\`", false), passes: |_| false, replace: |_| Replacement::Backslash };

static MARKDOWN_CODE: Context = Context {
    stops: marks(b"`|\x7f\xc2\xd8\xe2", true),
    passes: |_| false,
    replace: |character| match character {
        // A code span has no escapes: characters that would end it, or the cell of a table, are replaced.
        '`' => Replacement::With("'"),
        '|' => Replacement::With("\u{2758}"),
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Replacement::With(" "),
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::Keep),
        _ => Replacement::Keep,
    },
};

static VISIBLE: Context = Context {
    stops: marks(UNSEEN, true),
    passes: passes_visible,
    replace: |character| match character {
        _ if is_unseen(character) => Replacement::Visible,
        _ => Replacement::Keep,
    },
};

static PLAIN: Context = Context {
    stops: marks(UNSEEN, true),
    passes: passes_visible,
    replace: |character| match character {
        _ if reorders(character) => Replacement::IfBalanced(&Replacement::Keep),
        _ if is_bidi_control(character) => Replacement::Keep,
        _ => (VISIBLE.replace)(character),
    },
};

/// Escapes for a JSON string (RFC 8259 §7).
pub fn json(text: &str, out: &mut dyn FnMut(&str)) {
    JSON.apply(text, out);
}

/// Escapes a value for a sentence in a JSON string, as [`json`] does; the value cannot reorder the text around it.
pub fn json_value(text: &str, out: &mut dyn FnMut(&str)) {
    JSON_VALUE.apply(text, out);
}

/// Replaces the characters of a value that would reorder the text around it. Another function escapes the sentence.
pub fn unturned(text: &str, out: &mut dyn FnMut(&str)) {
    ORDERED.apply(text, out);
}

/// Escapes for a JSON string that clients show on one line: controls and line breaks become spaces.
pub fn json_line(text: &str, out: &mut dyn FnMut(&str)) {
    JSON_LINE.apply(text, out);
}

/// Escapes for HTML text and for quoted attribute values.
pub fn html(text: &str, out: &mut dyn FnMut(&str)) {
    HTML.apply(text, out);
}

/// Escapes a value for a sentence in HTML, as [`html`] does; the value cannot reorder the text around it.
pub fn html_value(text: &str, out: &mut dyn FnMut(&str)) {
    HTML_VALUE.apply(text, out);
}

/// Escapes a value for plain text and terminals: controls become visible (`\u{1b}`), and the value cannot reorder the text
/// around it.
pub fn plain(text: &str, out: &mut dyn FnMut(&str)) {
    PLAIN.apply(text, out);
}

/// Escapes a value for Markdown (CommonMark): all of it is text.
pub fn markdown(text: &str, out: &mut dyn FnMut(&str)) {
    MARKDOWN.apply(text, out);
}

/// Escapes a text of a catalogue for Markdown: only characters that would be markup within a line.
pub fn markdown_literal(text: &str, out: &mut dyn FnMut(&str)) {
    MARKDOWN_LITERAL.apply(text, out);
}

/// Escapes for the inside of a Markdown code span.
pub fn markdown_code(text: &str, out: &mut dyn FnMut(&str)) {
    MARKDOWN_CODE.apply(text, out);
}

/// Makes controls and bidi controls visible (`\u{1b}`), for logs.
pub fn visible(text: &str, out: &mut dyn FnMut(&str)) {
    VISIBLE.apply(text, out);
}

/// Whether [`json`] does not change the text.
pub fn json_keeps(text: &str) -> bool {
    JSON.keeps(text)
}

/// Whether [`markdown_literal`] does not change the text.
pub fn markdown_keeps(text: &str) -> bool {
    MARKDOWN_LITERAL.keeps(text)
}

/// Whether [`html`] does not change the text.
pub fn html_keeps(text: &str) -> bool {
    HTML.keeps(text)
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::String;

    fn collect(escape: impl Fn(&str, &mut dyn FnMut(&str)), text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut |piece| out.push_str(piece));
        out
    }

    #[test]
    fn json_escapes_what_rfc_8259_demands_and_what_terminals_interpret() {
        let escaped = collect(|text, mut out| json(text, &mut out), "a\"b\\c\n\u{1}</é–\u{2028}\u{9b}");
        assert_eq!(escaped, "a\\\"b\\\\c\\n\\u0001</é–\\u2028\\u009b");
        assert!(json_keeps("plain é") && !json_keeps("\"") && !json_keeps("\0"));
    }

    #[test]
    fn one_line_stays_one_line() {
        let escaped = collect(|text, mut out| json_line(text, &mut out), "a\r\nb\u{2028}c\u{85}d\"é");
        assert_eq!(escaped, "a  b c d\\\"é");
    }

    #[test]
    fn values_do_not_reorder_the_text_around_them() {
        let hostile = "a\u{2069}\u{202e}b\u{2068}\"\u{200e}\u{2028}";
        let escaped = collect(|text, mut out| json_value(text, &mut out), hostile);
        assert_eq!(escaped, "a\u{fffd}\u{fffd}b\u{fffd}\\\"\\u200e\\u2028");
        let escaped = collect(|text, mut out| json_line(text, &mut out), hostile);
        assert_eq!(escaped, "a\u{fffd}\u{fffd}b\u{fffd}\\\"\\u200e ");
        let kept = collect(|text, mut out| unturned(text, &mut out), hostile);
        assert_eq!(kept, "a\u{fffd}\u{fffd}b\u{fffd}\"\u{200e}\u{2028}");
    }

    #[test]
    fn every_format_keeps_the_same_bidi_controls() {
        let value = "\u{200f}\u{61c}a\u{200e} \u{2068}b\u{2069} \u{202b}c\u{202c} \u{2067}d\u{202c} \u{202e}e";
        let kept = "\u{200f}\u{61c}a\u{200e} \u{2068}b\u{2069} \u{202b}c\u{202c} \u{fffd}d\u{fffd} \u{fffd}e";
        for escape in [unturned, html_value, markdown, markdown_code, plain] {
            assert_eq!(collect(escape, value), kept);
        }
        let hex = |text: &str| {
            text.chars().fold(String::new(), |mut all, character| {
                match is_bidi_control(character) {
                    true => Replacement::JsonHex.write(character, &mut |piece| all.push_str(piece)),
                    false => all.push(character),
                }
                all
            })
        };
        for escape in [json_value, json_line] {
            assert_eq!(collect(escape, value), hex(kept));
        }
    }

    #[test]
    fn html_is_safe_in_text_and_in_attributes() {
        let escaped = collect(|text, mut out| html(text, &mut out), "</script>\"'&`\u{c}\u{9b}é");
        assert_eq!(escaped, "&lt;/script&gt;&quot;&#39;&amp;&#96;\u{fffd}\u{fffd}é");
        assert!(html_keeps("a = b") && !html_keeps("a & b"));
    }

    #[test]
    fn markdown_values_are_text() {
        let escaped = collect(|text, mut out| markdown(text, &mut out), "# [x](y)|`\n- é");
        assert_eq!(escaped, "\\# \\[x\\]\\(y\\)\\|\\` \\- é");
        let code = collect(|text, mut out| markdown_code(text, &mut out), "a`b|\nc");
        assert_eq!(code, "a'b\u{2758} c");
        assert!(markdown_keeps("Yes! 2 + 3.") && !markdown_keeps("2 * 3"));
        let literal = collect(|text, mut out| markdown_literal(text, &mut out), "2 * 3, `x`. Yes!");
        assert_eq!(literal, "2 \\* 3, \\`x\\`. Yes!");
    }

    #[test]
    fn controls_are_visible() {
        let hostile = "\x1b[2J\u{9b}\u{202e}\r\né\u{a0}";
        let escaped = collect(|text, mut out| visible(text, &mut out), hostile);
        assert_eq!(escaped, "\\u{1b}[2J\\u{9b}\\u{202e}\\u{d}\\u{a}é\u{a0}");
    }

    #[test]
    fn a_megabyte_of_stops_is_linear() {
        let hostile = "é\"".repeat(1 << 19);
        let escaped = collect(|text, mut out| json(text, &mut out), &hostile);
        assert_eq!(escaped.len(), 4 << 19);
    }
}

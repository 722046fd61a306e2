//! The hand-written peer of rendering: a function that appends the literals of a document and the values between them, in safe
//! Rust. The document is split once.

use bytes::BytesMut;

/// A place in the document, and its value.
#[derive(Clone, Copy)]
pub enum Gap {
    /// A number, written with itoa.
    Number(u32),
    /// A text, copied if it needs no escape.
    Text(&'static str),
}

impl Gap {
    /// The position of the value in a document. A number does not begin or end within another one.
    fn find(self, document: &str) -> Option<(usize, usize)> {
        let found = match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.to_owned(),
        };
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = document.as_bytes();
        document.match_indices(&found).map(|(start, _)| (start, start + found.len())).find(|&(start, end)| {
            matches!(self, Self::Text(_))
                || !is_digit(start.checked_sub(1).and_then(|before| bytes.get(before))) && !is_digit(bytes.get(end))
        })
    }
}

/// A document, split at its values.
pub struct ByHand {
    pieces: Vec<(String, Gap)>,
    last: String,
}

impl ByHand {
    /// Splits a document at all of these values.
    pub fn new(document: &str, gaps: &[Gap]) -> Self {
        let (mut pieces, mut rest) = (Vec::new(), document);
        let first = |rest: &str| {
            let found = gaps.iter().filter_map(|gap| Some((gap.find(rest)?, *gap)));
            found.min_by_key(|((start, end), _)| (*start, usize::MAX - end))
        };
        while let Some(((start, end), gap)) = first(rest) {
            pieces.push((rest[..start].to_owned(), gap));
            rest = &rest[end..];
        }
        Self { pieces, last: rest.to_owned() }
    }

    /// Appends the document.
    #[inline]
    pub fn write(&self, out: &mut impl Buffer) {
        for (literal, gap) in &self.pieces {
            out.append(literal);
            match gap {
                Gap::Number(number) => out.append(itoa::Buffer::new().format(*number)),
                Gap::Text(text) => escaped(text, out),
            }
        }
        out.append(&self.last);
    }
}

/// Appends a text to a JSON string.
fn escaped(text: &str, out: &mut impl Buffer) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        return out.append(text);
    }
    for character in text.chars() {
        match character {
            '"' => out.append("\\\""),
            '\\' => out.append("\\\\"),
            '\0'..='\x1f' => out.append(&format!("\\u{:04x}", u32::from(character))),
            _ => out.append(character.encode_utf8(&mut [0; 4])),
        }
    }
}

/// A buffer.
pub trait Buffer {
    /// Appends a text.
    fn append(&mut self, text: &str);
}

impl Buffer for Vec<u8> {
    #[inline]
    fn append(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Buffer for String {
    #[inline]
    fn append(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Buffer for BytesMut {
    #[inline]
    fn append(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

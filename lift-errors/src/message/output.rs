//! Where rendered bytes go.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A buffer that errors are rendered into.
///
/// Rendering appends, and grows the buffer only where it is too small: a buffer that is used again
/// makes rendering free of allocations.
pub trait Output {
    /// Appends a piece.
    fn push(&mut self, text: &str);

    /// Appends the part of `text` from byte `start` to byte `end`, where both are bounds of characters.
    ///
    /// What is short is copied fastest together with what stands behind it, in one instruction, and what is too much taken
    /// back; `Vec<u8>` does so where there is room.
    fn push_part(&mut self, text: &str, start: usize, end: usize) {
        self.push(text.get(start..end).unwrap_or_default());
    }

    /// Makes room for at least so many more bytes, where that means something.
    fn reserve(&mut self, bytes: usize) {
        let _ = bytes;
    }
}

/// What is at most as long is copied with what stands behind it.
const SHORT: usize = 16;

// It looks at each end of a part for a character that is cut in two: copying more and taking it back takes longer.
impl Output for String {
    #[inline]
    fn push(&mut self, text: &str) {
        self.push_str(text);
    }

    #[inline]
    fn reserve(&mut self, bytes: usize) {
        Self::reserve(self, bytes);
    }
}

macro_rules! bytes {
    ($buffer:ty) => {
        impl Output for $buffer {
            #[inline]
            fn push(&mut self, text: &str) {
                self.extend_from_slice(text.as_bytes());
            }

            #[inline]
            fn push_part(&mut self, text: &str, start: usize, end: usize) {
                let bytes = text.as_bytes();
                let short = bytes.get(start..).and_then(|bytes| bytes.first_chunk::<SHORT>());
                // What is copied too much does not make the buffer grow.
                let has_room = self.capacity() - self.len() >= SHORT;
                match short.filter(|_| has_room && end.wrapping_sub(start) <= SHORT) {
                    Some(short) => {
                        let end = self.len() + (end - start);
                        self.extend_from_slice(short);
                        self.truncate(end);
                    }
                    None => self.extend_from_slice(bytes.get(start..end).unwrap_or_default()),
                }
            }

            #[inline]
            fn reserve(&mut self, bytes: usize) {
                Self::reserve(self, bytes);
            }
        }
    };
}

bytes!(Vec<u8>);

#[cfg(feature = "bytes")]
bytes!(bytes::BytesMut);

/// Any `fmt::Write`; after its first failure nothing more is written.
pub(crate) struct Formatted<'a> {
    target: &'a mut dyn fmt::Write,
    result: fmt::Result,
}

impl<'a> Formatted<'a> {
    pub(crate) fn new(target: &'a mut dyn fmt::Write) -> Self {
        Self { target, result: Ok(()) }
    }

    pub(crate) fn finish(self) -> fmt::Result {
        self.result
    }
}

impl Output for Formatted<'_> {
    fn push(&mut self, text: &str) {
        if self.result.is_ok() {
            self.result = self.target.write_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    /// What a buffer with so much room has after a part was appended, and the room that it has then.
    fn part(mut buffer: impl Output + AsRef<[u8]>, text: &str, start: usize, end: usize) -> String {
        buffer.push("> ");
        buffer.push_part(text, start, end);
        String::from_utf8_lossy(buffer.as_ref()).into_owned()
    }

    #[test]
    fn parts_are_the_same_in_every_buffer() {
        let text = "A reader of words that are none, é.";
        for (start, end) in
            [(0, 0), (2, 8), (0, 16), (0, 17), (20, 36), (33, 35), (36, 36), (0, 36), (8, 2), (30, 99), (99, 100)]
        {
            let expected = "> ".to_string() + text.get(start..end).unwrap_or_default();
            for room in [0, 8, 64] {
                assert_eq!(part(String::with_capacity(room), text, start, end), expected, "{start}..{end}");
                assert_eq!(part(Vec::with_capacity(room), text, start, end), expected, "{start}..{end}");
                #[cfg(feature = "bytes")]
                assert_eq!(part(::bytes::BytesMut::with_capacity(room), text, start, end), expected, "{start}..{end}");
            }
        }
    }

    #[test]
    fn a_buffer_that_is_large_enough_stays_as_it_is() {
        let mut buffer = Vec::<u8>::with_capacity(4);
        let (place, room) = (buffer.as_ptr(), buffer.capacity());
        buffer.push_part("four and more than sixteen bytes", 0, 4);
        assert_eq!((buffer.as_ptr(), buffer.capacity(), buffer.as_slice()), (place, room, b"four".as_slice()));
    }
}

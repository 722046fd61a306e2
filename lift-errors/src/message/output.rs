//! The buffers that errors are rendered into.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use sealed::Sealed;

/// A buffer that errors are rendered into: `Vec<u8>`, `String`, and with the feature `bytes` `BytesMut`.
///
/// Rendering appends to the buffer, and allocates only if the buffer has to grow. This trait is sealed; for another
/// writer use `Problem::write_io` or [`Problem::display`](crate::Problem::display).
///
/// ```
/// use lift_errors::{Format, LiftError, lift};
///
/// let mut body = Vec::with_capacity(4_096);
/// lift::Error::not_found().problem().write(Format::ProblemDetails, &mut body);
/// assert_eq!(body.capacity(), 4_096);
/// ```
pub trait Output: Sealed {
    /// Appends a piece.
    fn push(&mut self, text: &str);

    /// Appends the part of `text` from byte `start` to byte `end`, which both are character boundaries.
    ///
    /// A short part is copied fastest as 16 bytes, in one instruction, of which the surplus is then removed. `Vec<u8>`
    /// does so if it has room for them.
    #[doc(hidden)]
    fn push_part(&mut self, text: &str, start: usize, end: usize) {
        self.push(text.get(start..end).unwrap_or_default());
    }

    /// Reserves room for at least `bytes` more bytes.
    #[doc(hidden)]
    fn reserve(&mut self, bytes: usize) {
        let _ = bytes;
    }
}

pub(crate) mod sealed {
    /// Other crates cannot implement `Output`, so that it can get more methods.
    pub trait Sealed {}
}

/// Parts of at most this length are copied together with the bytes that follow.
const SHORT: usize = 16;

impl Sealed for String {}

// `String` would check for a character that is cut in two, which takes longer than the copy saves: no `push_part` here.
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
        impl Sealed for $buffer {}

        impl Output for $buffer {
            #[inline]
            fn push(&mut self, text: &str) {
                self.extend_from_slice(text.as_bytes());
            }

            #[inline]
            fn push_part(&mut self, text: &str, start: usize, end: usize) {
                let bytes = text.as_bytes();
                let short = bytes.get(start..).and_then(|bytes| bytes.first_chunk::<SHORT>());
                // The surplus must not make the buffer grow.
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

/// Any `fmt::Write`. After its first error nothing more is written.
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

impl Sealed for Formatted<'_> {}

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

    /// The content of a buffer after a part was appended.
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

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
    /// back. A `String` looks at each end for a character that is cut in two, which takes longer than it saves.
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
                match short.filter(|_| end.wrapping_sub(start) <= SHORT) {
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

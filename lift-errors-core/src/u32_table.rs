//! Tables of numbers and strings, each kept in one literal.
//!
//! A byte string with thousands of numbers takes rustc a fifth of the time that an array of structs takes, and needs no
//! relocation when the program is loaded.

/// A table of `u32` words, little-endian, in one byte string.
#[derive(Clone, Copy, Debug)]
pub struct U32Table(&'static [u8]);

impl U32Table {
    /// Creates a table over `bytes`; an incomplete last word is ignored.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// The number of words.
    pub const fn len(self) -> usize {
        self.0.len() / 4
    }

    /// Whether the table is empty.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The word at `index`; 0 past the end. Generated tables are never read there, but a lookup while a request is served
    /// must not be able to panic.
    #[inline]
    pub const fn get(self, index: usize) -> u32 {
        match self.0.split_at_checked(index * 4) {
            Some((_, rest)) => match rest.first_chunk::<4>() {
                Some(word) => u32::from_le_bytes(*word),
                None => 0,
            },
            None => 0,
        }
    }

    /// The bytes of the words from `start` to `end`; empty if the range is not within the table. A caller that reads many
    /// neighbouring words needs only one bounds check.
    #[inline]
    pub fn bytes(self, start: usize, end: usize) -> &'static [u8] {
        self.0.get(start * 4..end * 4).unwrap_or_default()
    }

    /// `N` neighbouring words from `index`.
    #[inline]
    pub const fn chunk<const N: usize>(self, index: usize) -> [u32; N] {
        let mut words = [0; N];
        let Some((_, rest)) = self.0.split_at_checked(index * 4) else { return words };
        // One check for all words, and none in the loop.
        let Some((mut rest, _)) = rest.split_at_checked(N * 4) else { return words };
        let mut at = 0;
        while let Some((word, tail)) = rest.split_first_chunk::<4>() {
            #[allow(clippy::indexing_slicing, reason = "there are `N` chunks in `N * 4` bytes")]
            {
                words[at] = u32::from_le_bytes(*word);
            }
            rest = tail;
            at += 1;
        }
        words
    }
}

/// Many strings in one literal, by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Strings {
    blob: &'static str,
    /// The start of each string, then the end of the last one.
    starts: U32Table,
}

impl Strings {
    /// Creates a table of the strings in `blob`, which begin at `starts`.
    pub const fn new(blob: &'static str, starts: U32Table) -> Self {
        Self { blob, starts }
    }

    /// The number of strings.
    pub const fn len(self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether the table is empty.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The string at `index`; empty past the end.
    #[inline]
    pub fn get(self, index: usize) -> &'static str {
        let [start, end] = self.starts.chunk::<2>(index);
        self.blob.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The same in constants, which can only cut a string by checking its bytes again. It would take ten times as long at
    /// run time.
    pub const fn get_in_constant(self, index: usize) -> &'static str {
        let [start, end] = self.starts.chunk::<2>(index);
        let Some((head, _)) = self.blob.as_bytes().split_at_checked(end as usize) else {
            return "";
        };
        match head.split_at_checked(start as usize) {
            Some((_, bytes)) => match core::str::from_utf8(bytes) {
                Ok(text) => text,
                Err(_) => "",
            },
            None => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_little_endian_and_zero_past_the_end() {
        const WORDS: U32Table = U32Table::new(b"\x01\0\0\0\0\x02\0\0\xff");
        assert_eq!(WORDS.len(), 2);
        assert_eq!([WORDS.get(0), WORDS.get(1), WORDS.get(2)], [1, 512, 0]);
        assert_eq!(WORDS.chunk::<2>(0), [1, 512]);
        assert_eq!(WORDS.chunk::<2>(1), [0, 0]);
        assert_eq!(WORDS.get(usize::MAX / 4), 0);
    }

    #[test]
    fn strings_are_cut_at_their_starts() {
        const STRINGS: Strings = Strings::new("onetwo", U32Table::new(b"\0\0\0\0\x03\0\0\0\x06\0\0\0"));
        assert_eq!(STRINGS.len(), 2);
        assert_eq!([STRINGS.get(0), STRINGS.get(1), STRINGS.get(2)], ["one", "two", ""]);
        assert_eq!(
            [STRINGS.get_in_constant(0), STRINGS.get_in_constant(1), STRINGS.get_in_constant(2)],
            ["one", "two", ""]
        );
    }
}

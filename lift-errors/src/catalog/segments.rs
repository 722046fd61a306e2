//! The segments of a text: each is a literal and the operation that follows it.

use crate::catalog::Texts;
use lift_errors_core::segment::{FIRST_SEGMENT, SEGMENT_WORDS};

/// The segments of a text in one locale, from the next one on.
#[derive(Clone)]
pub(crate) struct Segments {
    records: &'static [u8],
    /// The flags of the text: the contexts in which its literals are escaped.
    pub(crate) flags: u32,
}

impl Segments {
    #[inline]
    pub(crate) fn new(texts: &'static Texts, number: u32) -> Self {
        let [word, next] = texts.starts.chunk(number as usize);
        let place = |word: u32| (word & FIRST_SEGMENT) as usize * SEGMENT_WORDS;
        let records = texts.segments.bytes(place(word), place(next));
        Self { records, flags: word & !FIRST_SEGMENT }
    }

    /// The segment, if there is exactly one.
    #[inline]
    pub(crate) fn alone(&self) -> Option<[u32; SEGMENT_WORDS]> {
        if self.records.len() == SEGMENT_WORDS * 4 { self.clone().next() } else { None }
    }

    /// Whether there are no segments.
    pub(crate) const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<[u32; SEGMENT_WORDS]> {
        let (record, rest) = self.records.split_first_chunk::<{ SEGMENT_WORDS * 4 }>()?;
        self.records = rest;
        let (start, rest) = record.split_first_chunk()?;
        let (end, rest) = rest.split_first_chunk()?;
        let operation = rest.first_chunk()?;
        Some([u32::from_le_bytes(*start), u32::from_le_bytes(*end), u32::from_le_bytes(*operation)])
    }
}

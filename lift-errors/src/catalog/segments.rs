//! The segments of a text: each is a literal and the operation that follows it.

use lift_errors_core::segment::{FIRST_SEGMENT, SEGMENT_WORDS};
use lift_errors_core::u32_table::U32Table;

/// The segments of a text in one locale, from the next one on.
#[derive(Clone)]
pub(crate) struct Segments {
    records: &'static [u8],
    /// The flags of the text: the contexts in which its literals are escaped.
    pub(crate) flags: u32,
}

/// A literal, by its start and end, and the operation that follows it.
pub(crate) type Segment = [u32; 3];

impl Segments {
    /// The segments of `table` from the start at `place` to the next one.
    #[inline]
    pub(crate) fn new(table: U32Table, starts: U32Table, place: u32) -> Self {
        let [word, next] = starts.chunk(place as usize);
        let first = |word: u32| (word & FIRST_SEGMENT) as usize * SEGMENT_WORDS;
        let records = table.bytes(first(word), first(next));
        Self { records, flags: word & !FIRST_SEGMENT }
    }

    /// The segment, if there is exactly one.
    #[inline]
    pub(crate) fn alone(&self) -> Option<Segment> {
        if self.records.len() == SEGMENT_WORDS * 4 { self.clone().next() } else { None }
    }

    /// Whether there are no segments.
    pub(crate) const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Segment> {
        let (record, rest) = self.records.split_first_chunk::<{ SEGMENT_WORDS * 4 }>()?;
        self.records = rest;
        let [s0, s1, s2, s3, kind, argument, l0, l1] = *record;
        let start = u32::from_le_bytes([s0, s1, s2, s3]);
        let (operation, length) = (u16::from_le_bytes([kind, argument]), u16::from_le_bytes([l0, l1]));
        // A literal ends in the blob, which is shorter than 4 GB.
        Some([start, start.wrapping_add(u32::from(length)), u32::from(operation)])
    }
}

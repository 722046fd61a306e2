//! A table of segments while it is filled: texts or documents, each some neighbouring segments.

use lift_errors_core::segment::{FIRST_SEGMENT, LENGTH_SHIFT, LONGEST_LITERAL, Operation, SEGMENT_WORDS};

/// The place of a literal, or the number that an operation needs in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the blob.
    Blob(usize, usize),
    /// After all that is in the blob.
    Apart(usize, usize),
    /// Not a place: the number that an operation has instead of a literal.
    Number(u32),
    /// The number of a plural, whose texts come last.
    Plural(usize),
}

/// Segments, and where those of each text start.
#[derive(Debug, Default)]
pub(crate) struct SegmentTable {
    /// See `lift_errors_core::segment`.
    pub(crate) words: Vec<u32>,
    /// The first segment of every text, with its flags; then the end.
    pub(crate) starts: Vec<u32>,
    /// The words with a position after the blob.
    apart: Vec<usize>,
    /// The words that refer to a plural.
    plurals: Vec<(usize, usize)>,
}

impl SegmentTable {
    /// The number of texts.
    pub(crate) fn len(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Adds a text. `blobs` are the texts of both kinds of literals.
    pub(crate) fn add(&mut self, segments: &[(Place, Operation)], flags: u32, blobs: [&str; 2]) {
        self.starts.push(self.end() & FIRST_SEGMENT | flags);
        for &(place, operation) in segments {
            match place {
                Place::Blob(start, end) => self.literal(start, end, operation, blobs[0], false),
                Place::Apart(start, end) => self.literal(start, end, operation, blobs[1], true),
                Place::Number(number) => self.segment(number, 0, operation),
                Place::Plural(number) => {
                    self.plurals.push((self.words.len(), number));
                    self.segment(0, 0, operation);
                }
            }
        }
    }

    fn end(&self) -> u32 {
        (self.words.len() / SEGMENT_WORDS) as u32
    }

    fn literal(&mut self, mut start: usize, end: usize, operation: Operation, blob: &str, is_apart: bool) {
        loop {
            let mut part = end.min(start + LONGEST_LITERAL);
            while !blob.is_char_boundary(part) {
                part -= 1;
            }
            if is_apart {
                self.apart.push(self.words.len());
            }
            self.segment(start as u32, part - start, if part < end { Operation::None } else { operation });
            if part == end {
                return;
            }
            start = part;
        }
    }

    fn segment(&mut self, start: u32, length: usize, operation: Operation) {
        self.words.extend([start, (length as u32) << LENGTH_SHIFT | operation.to_word()]);
    }

    /// Adds the end of the last text. `base` is where the literals after the blob begin, `plurals` the place of the first
    /// text of each plural.
    pub(crate) fn finish(&mut self, base: u32, plurals: &[u32]) {
        for place in std::mem::take(&mut self.apart) {
            if let Some(word) = self.words.get_mut(place) {
                *word += base;
            }
        }
        for (place, plural) in std::mem::take(&mut self.plurals) {
            if let (Some(word), Some(&first)) = (self.words.get_mut(place), plurals.get(plural)) {
                *word = first;
            }
        }
        self.starts.push(self.end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_literal_takes_several_segments_that_end_between_characters() {
        let blob = "é".repeat(LONGEST_LITERAL);
        let mut table = SegmentTable::default();
        table.add(&[(Place::Blob(0, blob.len()), Operation::CodeStart)], 0, [&blob, ""]);
        table.finish(0, &[]);
        let most = LONGEST_LITERAL as u32 - 1;
        let code = Operation::CodeStart.to_word();
        let length = |bytes: u32| bytes << LENGTH_SHIFT;
        assert_eq!(table.words, [0, length(most), most, length(most), 2 * most, length(2) | code]);
        assert_eq!(table.starts, [0, 3]);
    }
}

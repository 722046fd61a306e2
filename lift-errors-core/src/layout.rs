//! The layout of a catalogue's tables: the meaning of each word of a record.
//!
//! Every table is a [`U32Table`](crate::u32_table::U32Table); a record is `WIDTH` neighbouring words. A record contains
//! strings by their numbers, and ranges of other tables as one word ([`Range`]).

/// The number that means "none".
pub const NONE: u32 = u32::MAX;

/// The bit of a column for a tag of `Accept-Language` that is in a script which the tag's readers do not read as their own: it comes
/// after all other columns that a reader asks for.
pub const LAST_RESORT: u32 = 1 << 31;

/// Neighbouring records of another table, in one word: 24 bits for the first, 8 for the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The number of the first record.
    pub first: u32,
    /// The number of records.
    pub count: u32,
}

impl Range {
    /// The largest number of records in a range.
    pub const MOST: usize = 0xff;

    /// The range as a word.
    pub const fn to_word(self) -> u32 {
        self.first << 8 | self.count
    }

    /// The range that `word` encodes.
    #[inline]
    pub const fn from_word(word: u32) -> Self {
        Self { first: word >> 8, count: word & 0xff }
    }

    /// The numbers of its records.
    #[inline]
    pub fn numbers(self) -> core::ops::Range<u32> {
        self.first..self.first + self.count
    }
}

/// An entry.
pub mod entry {
    /// Words in a record.
    pub const WIDTH: usize = 16;
    /// The HTTP status; 0 if the error is never a response.
    pub const STATUS: usize = 0;
    /// The number of the entry itself, or of the one that it is an alias of.
    pub const CANONICAL: usize = 1;
    /// String: the code.
    pub const CODE: usize = 2;
    /// String: the id.
    pub const ID: usize = 3;
    /// Flags and small enums, see below.
    pub const FLAGS: usize = 4;
    /// The seconds of the minimum delay, the number of the parameter with the delay, or `NONE`, by the kind.
    pub const RETRY: usize = 5;
    /// Range of parameters.
    pub const PARAMETERS: usize = 6;
    /// Range of details.
    pub const DETAILS: usize = 7;
    /// Range of causes.
    pub const CAUSES: usize = 8;
    /// Range of fixes.
    pub const FIXES: usize = 9;
    /// Range of notes.
    pub const NOTES: usize = 10;
    /// Range of links.
    pub const LINKS: usize = 11;
    /// Range of constant headers.
    pub const HEADERS: usize = 12;
    /// The first of the entry's own texts, see [`text`](super::text).
    pub const TEXTS: usize = 13;
    /// String: the version that added the entry.
    pub const SINCE: usize = 14;
    /// The problem document of the detail that every raised error has, if the document contains the parameters; `NONE` for
    /// others. It follows from the details and flags, which take two loads more.
    pub const PROBLEM: usize = 15;

    /// The position of the severity in the flags: 4 bits.
    pub const SEVERITY_SHIFT: u32 = 0;
    /// The position of the retry kind in the flags: 4 bits.
    pub const RETRY_SHIFT: u32 = 4;
    /// The position of the gRPC code in the flags: 8 bits.
    pub const GRPC_SHIFT: u32 = 8;
    /// The entry may carry field errors.
    pub const FIELD_ERRORS: u32 = 1 << 16;
    /// Every raised error has the first of several details.
    pub const FIRST_DETAIL_FITS: u32 = 1 << 17;
    /// Another entry replaces this one, which is kept for old clients.
    pub const DEPRECATED: u32 = 1 << 18;
    /// It explains a status of which nothing else is known.
    pub const STATUS_DEFAULT: u32 = 1 << 19;
    /// It has nothing to do with HTTP.
    pub const NO_TRANSPORT: u32 = 1 << 20;
    /// It has a profile.
    pub const PROFILED: u32 = 1 << 21;
}

/// What few catalogues say of an entry. There are as many records as entries, or none.
pub mod profile {
    /// Words in a record.
    pub const WIDTH: usize = 3;
    /// String: the type URI, or `NONE` if it is the reference, `#` and the id.
    pub const TYPE: usize = 0;
    /// String: the class, or `NONE`.
    pub const CLASS: usize = 1;
    /// Range of the table of tags, which contains strings.
    pub const TAGS: usize = 2;
}

/// An entry's own texts, counted from its first.
pub mod text {
    /// The title.
    pub const TITLE: u32 = 0;
    /// The meaning of the error.
    pub const MEANING: u32 = 1;
    /// The information that a support ticket should contain; may be empty.
    pub const SUPPORT: u32 = 2;
    /// The steps that an operator takes; may be empty.
    pub const RUNBOOK: u32 = 3;
    /// The number of these; the details follow.
    pub const COUNT: u32 = 4;
}

/// A parameter.
pub mod parameter {
    /// Words in a record.
    pub const WIDTH: usize = 5;
    /// String: the name.
    pub const NAME: usize = 0;
    /// String: the header with the value, or `NONE`.
    pub const HEADER: usize = 1;
    /// Type (8 bits), sensitivity (8 bits), optional (1 bit).
    pub const FLAGS: usize = 2;
    /// String: the description.
    pub const DOC: usize = 3;
    /// String: a typical value, as in `params`.
    pub const EXAMPLE: usize = 4;
    /// The position of the sensitivity in the flags.
    pub const SENSITIVITY_SHIFT: u32 = 8;
    /// The parameter may be absent.
    pub const OPTIONAL: u32 = 1 << 16;
    /// Every error that is raised has it, but a bare status may lack it.
    pub const LACKABLE: u32 = 1 << 17;
}

/// A detail alternative.
pub mod detail {
    /// Words in a record.
    pub const WIDTH: usize = 5;
    /// String: the id.
    pub const ID: usize = 0;
    /// The parameters that must have values, one bit each.
    pub const WHEN: usize = 1;
    /// The text.
    pub const TEXT: usize = 2;
    /// The number of the cause that must be known, or `NONE`.
    pub const CAUSE: usize = 3;
    /// Flags, see below.
    pub const FLAGS: usize = 4;

    /// Its problem document ends with the parameters' member: an error with this detail has all public ones.
    pub const PARAMETERS_BAKED: u32 = 1;
    /// Its documents lack the delay of the entry's contract: the detail is also that of a bare status without one.
    pub const DELAY_APART: u32 = 2;
}

/// The JSON documents: two for each detail, in the order of the details, then one for each entry.
pub mod document {
    /// Problem details with a detail and without a known cause, up to the members of the occurrence.
    pub const fn problem(detail: u32) -> u32 {
        detail * 2
    }

    /// The envelope with a detail, up to the members of the occurrence.
    pub const fn envelope(detail: u32) -> u32 {
        detail * 2 + 1
    }

    /// Problem details of an entry, up to the quotation mark that opens the detail.
    pub const fn problem_head(details: u32, entry: u32) -> u32 {
        details * 2 + entry
    }
}

/// A cause.
pub mod cause {
    /// Words in a record.
    pub const WIDTH: usize = 4;
    /// String: the id.
    pub const ID: usize = 0;
    /// Audience, or `NONE` for everyone.
    pub const AUDIENCE: usize = 1;
    /// The text.
    pub const TEXT: usize = 2;
    /// Range of the table of the causes' fixes, which contains their positions in the entry.
    pub const FIXES: usize = 3;
}

/// A fix.
pub mod fix {
    /// Words in a record.
    pub const WIDTH: usize = 5;
    /// String: the id.
    pub const ID: usize = 0;
    /// Audience, or `NONE` for everyone.
    pub const AUDIENCE: usize = 1;
    /// The text.
    pub const TEXT: usize = 2;
    /// The record of the first link in the text, or `NONE`.
    pub const LINK: usize = 3;
    /// 1 if no cause names it.
    pub const GENERAL: usize = 4;
}

/// A note.
pub mod note {
    /// Words in a record.
    pub const WIDTH: usize = 4;
    /// String: the id.
    pub const ID: usize = 0;
    /// Audience, or `NONE` for everyone.
    pub const AUDIENCE: usize = 1;
    /// The text.
    pub const TEXT: usize = 2;
    /// The kind.
    pub const KIND: usize = 3;
}

/// A link.
pub mod link {
    /// Words in a record.
    pub const WIDTH: usize = 3;
    /// String: the id.
    pub const ID: usize = 0;
    /// String: the relation (RFC 8288).
    pub const RELATION: usize = 1;
    /// String: the http or https URL.
    pub const HREF: usize = 2;
}

/// A text that belongs to no entry: the message of a field error, or a term. Its text follows those of the labels, in the
/// order of the records.
pub mod phrase {
    /// Words in a record.
    pub const WIDTH: usize = 3;
    /// String: the code of a field error, or the name of a term.
    pub const NAME: usize = 0;
    /// Its kind.
    pub const KIND: usize = 1;
    /// String: the names of its parameters, separated by commas, in the order of their declaration.
    pub const PARAMETERS: usize = 2;

    /// The message of a field error.
    pub const FIELD_ERROR: u32 = 0;
    /// A term.
    pub const TERM: u32 = 1;
}

/// A constant header.
pub mod header {
    /// Words in a record.
    pub const WIDTH: usize = 2;
    /// String: the name.
    pub const NAME: usize = 0;
    /// String: the value.
    pub const VALUE: usize = 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_word() {
        for (first, count, word) in [(0, 0, 0), (1, 2, 0x102), (0xff_fffe, 0xff, 0xffff_feff)] {
            let range = Range { first, count };
            assert_eq!(range.to_word(), word);
            assert_eq!(Range::from_word(word), range);
            assert_eq!(range.numbers(), first..first + count);
        }
    }

    /// The bits below them belong to the small enums.
    #[test]
    fn each_flag_of_an_entry_has_a_bit_of_its_own() {
        use entry::{DEPRECATED, FIELD_ERRORS, FIRST_DETAIL_FITS, NO_TRANSPORT, PROFILED, STATUS_DEFAULT};
        let flags = [FIELD_ERRORS, FIRST_DETAIL_FITS, DEPRECATED, STATUS_DEFAULT, NO_TRANSPORT, PROFILED];
        assert_eq!(flags.iter().fold(0, |all, flag| all | flag), 0x3f << 16);
        assert!(flags.iter().all(|flag| flag.count_ones() == 1));
        assert_eq!((LAST_RESORT, NONE), (0x8000_0000, u32::MAX));
    }
}

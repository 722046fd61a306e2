//! Texts as segments: a segment is a literal and the operation that follows it.
//!
//! The compiler writes segments, and the interpreter in the runtime reads them.

/// The number of words in a segment: the start of the literal in the locale's blob; then the operation in the lower half, and
/// the length of the literal in the upper.
pub const SEGMENT_WORDS: usize = 2;
/// The position of the length in the second word.
pub const LENGTH_SHIFT: u32 = 16;
/// The longest literal of a segment, in bytes. A longer one takes several segments.
pub const LONGEST_LITERAL: usize = 0xffff;

/// The operation that follows a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// None: the text ends here, or continues with the next literal.
    None,
    /// Writes a parameter's value for people.
    Value(u8),
    /// Writes a parameter's value for programs: a number, or a quoted JSON string.
    Machine(u8),
    /// Begins text that is shown as code (`` `…` `` in the catalogue).
    CodeStart,
    /// Ends it.
    CodeEnd,
    /// Begins the text of a link. The segment does not have a literal: its start is the number of the link's record.
    LinkStart,
    /// Ends it, as it began.
    LinkEnd,
    /// Continues with one of several texts, by the plural category of a parameter. The segment does not have a literal: its
    /// start is the place of the first alternative among the locale's texts.
    Plural(u8),
    /// Begins text from left to right in a language that is written from right to left.
    IsolateStart,
    /// Ends it.
    IsolateEnd,
    /// In a document of several locales: writes the locale's text, by its distance from the first of the entry.
    Text(u8),
    /// The same, far from the entry's first text. The segment does not have a literal: its start is the number of the text.
    FarText,
}

/// The kinds, in the lower byte of the half word; the upper is the argument.
mod kind {
    pub(super) const NONE: u32 = 0;
    pub(super) const VALUE: u32 = 1;
    pub(super) const MACHINE: u32 = 2;
    pub(super) const CODE_START: u32 = 3;
    pub(super) const CODE_END: u32 = 4;
    pub(super) const LINK_START: u32 = 5;
    pub(super) const LINK_END: u32 = 6;
    pub(super) const PLURAL: u32 = 7;
    pub(super) const ISOLATE_START: u32 = 8;
    pub(super) const ISOLATE_END: u32 = 9;
    pub(super) const TEXT: u32 = 10;
    pub(super) const FAR_TEXT: u32 = 11;
}

impl Operation {
    /// The kinds that begin and end text that is shown as code.
    pub const CODE: core::ops::RangeInclusive<u32> = kind::CODE_START..=kind::CODE_END;
    /// The part of a word that identifies the operation.
    pub const KIND: u32 = 0xff;
    /// The position of the operation's argument in the word.
    pub const ARGUMENT: u32 = 8;
    /// The kinds that write a value. They write a small number as its digits, in languages with the digits of ASCII.
    pub const VALUES: core::ops::RangeInclusive<u32> = kind::VALUE..=kind::MACHINE;
    /// The one that does so in any language.
    pub const MACHINE: u32 = kind::MACHINE;

    /// The operation as a half word.
    pub const fn to_word(self) -> u32 {
        let (kind, argument) = match self {
            Self::None => (kind::NONE, 0),
            Self::Value(parameter) => (kind::VALUE, parameter as u32),
            Self::Machine(parameter) => (kind::MACHINE, parameter as u32),
            Self::CodeStart => (kind::CODE_START, 0),
            Self::CodeEnd => (kind::CODE_END, 0),
            Self::LinkStart => (kind::LINK_START, 0),
            Self::LinkEnd => (kind::LINK_END, 0),
            Self::Plural(parameter) => (kind::PLURAL, parameter as u32),
            Self::Text(distance) => (kind::TEXT, distance as u32),
            Self::FarText => (kind::FAR_TEXT, 0),
            Self::IsolateStart => (kind::ISOLATE_START, 0),
            Self::IsolateEnd => (kind::ISOLATE_END, 0),
        };
        kind | argument << Self::ARGUMENT
    }

    /// The operation that `word` encodes.
    #[inline]
    pub const fn from_word(word: u32) -> Self {
        let argument = word >> Self::ARGUMENT;
        match word & Self::KIND {
            kind::VALUE => Self::Value(argument as u8),
            kind::MACHINE => Self::Machine(argument as u8),
            kind::CODE_START => Self::CodeStart,
            kind::CODE_END => Self::CodeEnd,
            kind::LINK_START => Self::LinkStart,
            kind::LINK_END => Self::LinkEnd,
            kind::PLURAL => Self::Plural(argument as u8),
            kind::TEXT => Self::Text(argument as u8),
            kind::FAR_TEXT => Self::FarText,
            kind::ISOLATE_START => Self::IsolateStart,
            kind::ISOLATE_END => Self::IsolateEnd,
            _ => Self::None,
        }
    }
}

/// The flag of a text whose literals contain a character that JSON escapes.
pub const JSON_ESCAPE: u32 = 1 << 31;
/// The flag of a text whose literals contain a character that HTML escapes.
pub const HTML_ESCAPE: u32 = 1 << 30;
/// The flag of a text whose literals contain a character that Markdown escapes.
pub const MARKDOWN_ESCAPE: u32 = 1 << 29;
/// The part of a text's word that is the number of its first segment.
pub const FIRST_SEGMENT: u32 = MARKDOWN_ESCAPE - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_read_as_they_were_written() {
        for operation in [
            Operation::None,
            Operation::Value(31),
            Operation::Machine(7),
            Operation::CodeStart,
            Operation::CodeEnd,
            Operation::LinkStart,
            Operation::LinkEnd,
            Operation::Plural(31),
            Operation::Text(255),
            Operation::FarText,
            Operation::IsolateStart,
            Operation::IsolateEnd,
        ] {
            assert_eq!(Operation::from_word(operation.to_word()), operation);
        }
    }
}

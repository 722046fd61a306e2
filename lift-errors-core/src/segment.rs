//! Texts as segments: a run of literal bytes, then what stands between it and the next run.
//!
//! A segment is three words: where the literal starts and ends in the locale's blob, and an
//! operation. The compiler writes them, the interpreter in the runtime reads them.

/// The number of words in a segment.
pub const SEGMENT_WORDS: usize = 3;

/// What follows a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Nothing: the text ends here, or goes on with the next literal.
    None,
    /// A parameter's value, as a person reads it.
    Value(u8),
    /// A parameter's value, as a machine reads it: a number, or a quoted JSON string.
    Machine(u8),
    /// A literal (`` `…` `` in the catalogue) begins.
    CodeStart,
    /// A literal ends.
    CodeEnd,
    /// The words of a link begin; the number is the link's record.
    LinkStart(u32),
    /// The words of a link end.
    LinkEnd(u32),
    /// The text goes on with one of several, by the plural category of a parameter. There is no literal
    /// before it: both words say the number of the first alternative's text.
    Plural(u8),
    /// U32Table of another direction begin, where the language is written from right to left.
    IsolateStart,
    /// They end.
    IsolateEnd,
    /// The following segments are in another language that the texts fall back to; 0 is their own.
    Language(u8),
}

/// The kinds, in the lowest byte of the word; the argument stands above it.
mod kind {
    pub(super) const NONE: u32 = 0;
    pub(super) const VALUE: u32 = 1;
    pub(super) const MACHINE: u32 = 2;
    pub(super) const CODE_START: u32 = 3;
    pub(super) const CODE_END: u32 = 4;
    pub(super) const LINK_START: u32 = 5;
    pub(super) const LINK_END: u32 = 6;
    pub(super) const PLURAL: u32 = 7;
    pub(super) const LANGUAGE: u32 = 8;
    pub(super) const ISOLATE_START: u32 = 9;
    pub(super) const ISOLATE_END: u32 = 10;
}

impl Operation {
    /// The part of a word that says which operation it is.
    pub const KIND: u32 = 0xff;
    /// The position of the operation's argument in the word.
    pub const ARGUMENT: u32 = 8;
    /// The kinds that put a value, a small number in its digits alone where a language has none of its own.
    pub const VALUES: core::ops::RangeInclusive<u32> = kind::VALUE..=kind::MACHINE;
    /// The one that does so in any language: as machines read it.
    pub const MACHINE: u32 = kind::MACHINE;

    /// The operation as a word.
    pub const fn to_word(self) -> u32 {
        let (kind, argument) = match self {
            Self::None => (kind::NONE, 0),
            Self::Value(parameter) => (kind::VALUE, parameter as u32),
            Self::Machine(parameter) => (kind::MACHINE, parameter as u32),
            Self::CodeStart => (kind::CODE_START, 0),
            Self::CodeEnd => (kind::CODE_END, 0),
            Self::LinkStart(link) => (kind::LINK_START, link),
            Self::LinkEnd(link) => (kind::LINK_END, link),
            Self::Plural(parameter) => (kind::PLURAL, parameter as u32),
            Self::Language(number) => (kind::LANGUAGE, number as u32),
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
            kind::LINK_START => Self::LinkStart(argument),
            kind::LINK_END => Self::LinkEnd(argument),
            kind::PLURAL => Self::Plural(argument as u8),
            kind::LANGUAGE => Self::Language(argument as u8),
            kind::ISOLATE_START => Self::IsolateStart,
            kind::ISOLATE_END => Self::IsolateEnd,
            _ => Self::None,
        }
    }
}

/// Set in a text's word when its literals hold a character that JSON escapes.
pub const JSON_ESCAPE: u32 = 1 << 31;
/// Set in a text's word when its literals hold a character that HTML escapes.
pub const HTML_ESCAPE: u32 = 1 << 30;
/// Set in a text's word when its literals hold a character that Markdown escapes.
pub const MARKDOWN_ESCAPE: u32 = 1 << 29;
/// The part of a text's word that is the number of its first segment.
pub const FIRST_SEGMENT: u32 = MARKDOWN_ESCAPE - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_survive_the_table() {
        for operation in [
            Operation::None,
            Operation::Value(31),
            Operation::Machine(7),
            Operation::CodeStart,
            Operation::CodeEnd,
            Operation::LinkStart(70_000),
            Operation::LinkEnd(70_000),
            Operation::Plural(31),
            Operation::Language(9),
            Operation::IsolateStart,
            Operation::IsolateEnd,
        ] {
            assert_eq!(Operation::from_word(operation.to_word()), operation);
        }
    }
}

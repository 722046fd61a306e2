//! The texts that a sparse column has: a bit for each text, and the number of texts before every group of bits.

use crate::u32_table::U32Table;

/// The number of texts in a group, which takes two words: the bits, and how many texts the groups before it have.
pub const GROUP: u32 = 32;

/// Which texts a column has. A complete column has no table and numbers its texts as the catalogue does.
#[derive(Clone, Copy, Debug)]
pub struct Presence(U32Table);

impl Presence {
    /// Every text.
    pub const ALL: Self = Self(U32Table::new(b""));

    /// The texts of the table that the compiler made.
    pub const fn new(table: U32Table) -> Self {
        Self(table)
    }

    /// The table.
    pub const fn table(self) -> U32Table {
        self.0
    }

    /// The place of a text among those that the column has; `None` if it lacks the text.
    #[inline]
    pub const fn place(self, number: u32) -> Option<u32> {
        if self.0.is_empty() {
            return Some(number);
        }
        let [bits, before] = self.0.chunk::<2>((number / GROUP) as usize * 2);
        let bit = 1 << (number % GROUP);
        if bits & bit == 0 { None } else { Some(before + (bits & (bit - 1)).count_ones()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_the_texts_before() {
        const SPARSE: Presence = Presence::new(U32Table::new(b"\x22\0\0\0\0\0\0\0\x02\0\0\x80\x02\0\0\0"));
        let places = [0, 1, 2, 5, 31, 32, 33, 63, 64, u32::MAX].map(|number| SPARSE.place(number));
        assert_eq!(places, [None, Some(0), None, Some(1), None, None, Some(2), Some(3), None, None]);
        assert_eq!(Presence::ALL.place(7), Some(7));
    }
}

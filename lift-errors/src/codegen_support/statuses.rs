//! The default entries of the HTTP statuses.

/// The code of each status's default entry. It contains codes, not their numbers, so that a lookup is one load: in a program
/// with many codegen units the compiler does not see through a second table.
#[derive(Debug)]
pub struct Statuses<T>([Option<T>; lift_errors_core::status::COUNT]);

impl<T: Copy> Statuses<T> {
    /// `numbers` contains two bytes for every status from 400: the index of its code in `all`.
    #[allow(clippy::indexing_slicing, reason = "constants are made of this: what is too short does not compile")]
    pub const fn new(numbers: &[u8], all: &[T]) -> Self {
        let mut codes = [None; lift_errors_core::status::COUNT];
        let mut place = 0;
        while place < codes.len() {
            codes[place] = match u16::from_le_bytes([numbers[place * 2], numbers[place * 2 + 1]]) {
                u16::MAX => None,
                number => Some(all[number as usize]),
            };
            place += 1;
        }
        Self(codes)
    }

    /// The code.
    #[inline]
    pub fn get(&self, status: u16) -> Option<T> {
        // A status below 400 wraps to a number past the end.
        *self.0.get(usize::from(status.wrapping_sub(*lift_errors_core::status::ERRORS.start())))?
    }
}

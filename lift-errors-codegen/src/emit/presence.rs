//! The table of the texts that a sparse column has, which `lift_errors_core::presence` reads.

use lift_errors_core::presence::GROUP;

/// The words of a column that has the texts with these numbers, in ascending order, of `count` texts in all; none if it has all.
pub(crate) fn words(count: u32, numbers: &[u32]) -> Vec<u32> {
    let mut words = Vec::new();
    if numbers.len() == count as usize {
        return words;
    }
    let (mut rest, mut before) = (numbers, 0);
    for group in 0..count.div_ceil(GROUP) {
        let (own, others) = rest.split_at(rest.partition_point(|number| number / GROUP <= group));
        words.extend([own.iter().fold(0, |bits, number| bits | 1 << (number % GROUP)), before]);
        before += own.len() as u32;
        rest = others;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;
    use lift_errors_core::presence::Presence;
    use lift_errors_core::u32_table::U32Table;
    use std::collections::HashMap;

    fn presence(words: &[u32]) -> Presence {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        Presence::new(U32Table::new(bytes.leak()))
    }

    /// A sparse column gives each text the place that a map of all texts gives it, whatever the coverage.
    #[test]
    fn sparse_columns_find_what_dense_ones_do() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..500 {
            let (count, coverage) = (random(200) as u32, random(101));
            let numbers: Vec<u32> = (0..count).filter(|_| random(100) < coverage).collect();
            let sparse = presence(&words(count, &numbers));
            let dense: HashMap<u32, u32> = numbers.iter().copied().zip(0..).collect();
            for number in 0..count {
                assert_eq!(sparse.place(number), dense.get(&number).copied(), "{number} of {count} in {numbers:?}");
            }
        }
    }

    #[test]
    fn a_complete_column_needs_no_table() {
        assert_eq!(words(3, &[0, 1, 2]), []);
        assert_eq!(words(40, &[1, 5, 33]), [0b10_0010, 0, 0b10, 2]);
        assert_eq!(words(33, &[]), [0; 4]);
    }
}

//! The perfect hash, which finds a string in a table that is fixed at build time.
//!
//! It does not need a defence against chosen keys: the table contains none of an attacker's keys, and a miss costs at most
//! one comparison.

/// Keys of these lengths are read as overlapping words, without a branch on the length, and compared with the row
/// alone. All other lengths take a slower path.
const INLINE: core::ops::RangeInclusive<usize> = 8..=32;

/// The number of words that the keys of a table need, by the length of the longest key.
pub const fn words(longest: usize) -> usize {
    match longest {
        0..=16 => 2,
        17..=24 => 3,
        _ => 4,
    }
}

/// A key of an inline length as words, which overlap if the key is shorter than all of them. In a table with fewer than four
/// `words` the others are 0; in a table with none, all keys take the slower path.
#[inline]
fn read(key: &[u8], words: usize) -> Option<[u64; 4]> {
    if words == 0 || !INLINE.contains(&key.len()) {
        return None;
    }
    let last = key.len() - 8;
    Some([
        word(key, 0)?,
        word(key, last)?,
        if words > 2 { word(key, last.min(8))? } else { 0 },
        if words > 3 { word(key, last.saturating_sub(8))? } else { 0 },
    ])
}

#[inline]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Two keys rarely have the same upper bits if the multipliers are random odd numbers (multiply-shift for vectors:
/// Thorup, High Speed Hashing for Integers and Strings, §3). The processor computes the products in parallel, and
/// they are not folded, because the number of instructions is the cost of a lookup. The hash cannot separate thousands of
/// keys that differ only in the last bytes of words; the generator lets them take the slower path.
#[inline]
fn hash_words([a, b, c, d]: [u64; 4], length: usize, [k, l, m, n]: [u64; 4]) -> u64 {
    let first = a.wrapping_mul(k).wrapping_add(b.wrapping_mul(l));
    let second = c.wrapping_mul(m).wrapping_add(d.wrapping_mul(n));
    // Keys of different lengths may have the same words. Inline lengths fit into the upper bits.
    first.wrapping_add(second).wrapping_add((length as u64) << 58)
}

fn hash_slowly(key: &[u8], [seed, other, ..]: [u64; 4]) -> u64 {
    let mut state = seed ^ (key.len() as u64).wrapping_mul(other | 1);
    for chunk in key.chunks(8) {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(chunk) {
            *to = *from;
        }
        state = fold(state ^ u64::from_le_bytes(bytes), seed | 1) ^ state.rotate_left(23).wrapping_add(other);
    }
    fold(state, other | 1)
}

/// The upper and the lower half of the product, folded: every bit of the result depends on every bit of both factors.
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

/// The hash of `key` in a table whose rows have `words` words.
pub fn hash(key: &[u8], words: usize, multipliers: [u64; 4]) -> u64 {
    match read(key, words) {
        Some(words) => hash_words(words, key.len(), multipliers),
        None => hash_slowly(key, multipliers),
    }
}

/// The bucket of a hash, or its slot in a table without buckets: the upper half of the hash, scaled to `0..limit` by a
/// multiplication, which is cheaper than a division, or by a shift if `limit` is a power of two.
#[inline]
pub const fn scale(hash: u64, limit: usize) -> usize {
    (((hash >> 32) * limit as u64) >> 32) as usize
}

/// The slot of a hash whose bucket has this factor. Unlike an added displacement, a factor uses bits of the lower half, and
/// two keys of a bucket may differ only there.
#[inline]
pub const fn slot_of(hash: u64, factor: u32, slots: usize) -> usize {
    scale(hash.wrapping_mul(factor as u64), slots)
}

/// The row of a slot of a [`KeyTable`], for the compiler to emit.
pub fn row(key: Option<&str>, words: usize) -> impl Iterator<Item = u8> {
    // These bytes cannot occur in a string, so no inline key has such a row.
    const NO_KEY: [u64; 4] = [u64::MAX; 4];
    let row = key.and_then(|key| read(key.as_bytes(), words)).unwrap_or(NO_KEY);
    row.into_iter().take(words).flat_map(u64::to_le_bytes)
}

/// A perfect hash table from strings to `T`.
///
/// The sizes are part of the type, so that they are constants in the machine code of an inlined lookup: the number of slots;
/// the number of buckets of about three keys, 0 if the hash alone selects the slot; the lengths of the shortest and the
/// longest key; the words of a row; the bytes of the whole table.
#[derive(Debug)]
pub struct KeyTable<
    T: 'static,
    const SLOTS: usize,
    const BUCKETS: usize,
    const SHORTEST: usize,
    const LONGEST: usize,
    const WORDS: usize,
    const BYTES: usize,
> {
    multipliers: [u64; 4],
    /// The value of each slot's key.
    values: [T; SLOTS],
    /// The rows, then each slot's hash, then each bucket's factor.
    bytes: Aligned<BYTES>,
}

/// An array of 10,000 rows would cost rustc a second, and unaligned rows would cost a tenth of the lookup.
#[derive(Debug)]
#[repr(align(8))]
struct Aligned<const BYTES: usize>([u8; BYTES]);

impl<
    T: Copy,
    const SLOTS: usize,
    const BUCKETS: usize,
    const SHORTEST: usize,
    const LONGEST: usize,
    const WORDS: usize,
    const BYTES: usize,
> KeyTable<T, SLOTS, BUCKETS, SHORTEST, LONGEST, WORDS, BYTES>
{
    const HASHES: usize = SLOTS * WORDS * 8;
    const FACTORS: usize = Self::HASHES + SLOTS * 8;

    /// `bytes` are each slot's [`row`], then each slot's hash, then each bucket's factor; `numbers` has two
    /// bytes for every slot: the index of its key's value in `all`.
    #[allow(clippy::indexing_slicing, reason = "constants are made of this: bytes that are too short do not compile")]
    pub const fn new(multipliers: [u64; 4], bytes: &[u8; BYTES], numbers: &[u8], all: &[T]) -> Self {
        let mut values = [all[0]; SLOTS];
        let mut slot = 0;
        while slot < SLOTS {
            values[slot] = all[u16::from_le_bytes([numbers[slot * 2], numbers[slot * 2 + 1]]) as usize];
            slot += 1;
        }
        Self { multipliers, values, bytes: Aligned(*bytes) }
    }

    /// The value of `key`, if the table contains it. `key_of` returns the whole key of a value, for lengths that do not fit
    /// into rows.
    ///
    /// It takes one hash, one row and one comparison, does not allocate, and cannot panic.
    #[inline]
    pub fn get(&self, key: &str, key_of: impl FnOnce(T) -> &'static str) -> Option<T> {
        let (bytes, length) = (&self.bytes.0, key.len());
        if !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        let Some([a, b, c, d]) = read(key.as_bytes(), WORDS) else { return self.get_slowly(key, key_of) };
        let hash = hash_words([a, b, c, d], length, self.multipliers);
        let slot = self.slot(hash);
        // A string that is not a key almost always has another hash: the processor predicts this branch. It could not
        // predict one on the words, which keys share.
        if hash != word(bytes, Self::HASHES + slot * 8)? {
            return None;
        }
        let row = slot * WORDS * 8;
        let mut differs = (a ^ word(bytes, row)?) | (b ^ word(bytes, row + 8)?);
        if WORDS > 2 {
            differs |= c ^ word(bytes, row + 16)?;
        }
        if WORDS > 3 {
            differs |= d ^ word(bytes, row + 24)?;
        }
        if differs == 0 { self.values.get(slot).copied() } else { None }
    }

    // In a function of its own, so that the other one needs no stack.
    #[inline(never)]
    fn get_slowly(&self, key: &str, key_of: impl FnOnce(T) -> &'static str) -> Option<T> {
        let value = *self.values.get(self.slot(hash_slowly(key.as_bytes(), self.multipliers)))?;
        (key_of(value) == key).then_some(value)
    }

    #[inline]
    fn slot(&self, hash: u64) -> usize {
        if BUCKETS == 0 {
            return scale(hash, SLOTS);
        }
        let factor = self.bytes.0.get(Self::FACTORS + scale(hash, BUCKETS) * 4..).and_then(<[u8]>::first_chunk);
        slot_of(hash, factor.map_or(0, |factor| u32::from_le_bytes(*factor)), SLOTS)
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;

    /// Multipliers as the generator's random numbers could be.
    const MULTIPLIERS: [u64; 4] =
        [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];
    const OTHERS: [u64; 4] =
        [0xd1b5_4a32_d192_ed03, 0xaef1_7502_108e_f2d9, 0x9e37_79b9_7f4a_7c15, 0x2545_f491_4f6c_dd1d];

    #[test]
    fn overlapping_words_cover_every_byte() {
        let text = b"abcdefghijklmnopqrstuvwxyz0123456789";
        for (words, length) in
            [16, 24, 32].into_iter().flat_map(|longest| (8..=longest).map(move |n| (words(longest), n)))
        {
            let key = text.get(..length).unwrap_or_default();
            for at in 0..length {
                let mut other = [0; 36];
                for (to, from) in other.iter_mut().zip(key) {
                    *to = *from;
                }
                if let Some(byte) = other.get_mut(at) {
                    *byte ^= 0x20;
                }
                let other = other.get(..length).unwrap_or_default();
                assert_ne!(read(key, words), read(other, words), "length {length} in {words} words, byte {at}");
                // Not under all multipliers: a multiple of eight removes three bits.
                let differ = |multipliers| hash(key, words, multipliers) != hash(other, words, multipliers);
                assert!(differ(MULTIPLIERS) || differ(OTHERS), "length {length} in {words} words, byte {at}");
            }
        }
        assert_eq!(read(b"short", 4), None);
    }

    #[test]
    fn a_row_is_as_long_as_the_longest_key_needs() {
        assert_eq!([0, 16, 17, 24, 25, 40].map(words), [2, 2, 3, 3, 4, 4]);
        let key = b"abcdefghijklmnopqrstuvwxyz012345";
        for (words, used) in [(2, 2), (3, 3), (4, 4)] {
            let row = read(key, words).unwrap_or_default();
            assert_eq!(row.map(|word| word > 0), [0, 1, 2, 3].map(|at| at < used), "{words}");
        }
        assert_eq!(read(key, 0), None);
    }

    #[test]
    fn a_product_is_folded_from_both_halves() {
        assert_eq!(fold(3, 5), 15);
        assert_eq!(fold(1 << 32, 1 << 33), 2);
        assert_eq!(fold(u64::MAX, u64::MAX), u64::MAX);
    }

    #[test]
    fn a_factor_moves_the_keys_of_a_bucket() {
        assert_eq!([1, 2, 3].map(|factor| slot_of(0x2000_0000_0000_0000, factor, 16)), [2, 4, 6]);
    }

    #[test]
    fn a_table_with_buckets_finds_its_keys() {
        const KEYS: [&str; 8] = [
            "forbidden_",
            "not_found_",
            "conflict__",
            "short",
            "too_many_requests",
            "bad_gateway_",
            "gateway_timeout",
            "a_code_of_forty_characters_is_much_too_long_",
        ];
        const SLOTS: usize = 8;
        const BUCKETS: usize = 3;
        let hashes = KEYS.map(|key| hash(key.as_bytes(), 4, MULTIPLIERS));
        let (mut slots, mut factors) = ([None; SLOTS], [0_u32; BUCKETS]);
        let mut buckets: [usize; BUCKETS] = core::array::from_fn(|bucket| bucket);
        // The largest first, as the generator does it.
        buckets.sort_by_key(|bucket| {
            core::cmp::Reverse(hashes.iter().filter(|hash| scale(**hash, BUCKETS) == *bucket).count())
        });
        for bucket in buckets {
            let placed = (1..100_000_u32).find_map(|factor| {
                let mut trial = slots;
                for (number, hash) in hashes.iter().enumerate().filter(|(_, hash)| scale(**hash, BUCKETS) == bucket) {
                    let place = &mut trial[slot_of(*hash, factor, SLOTS)];
                    if place.replace(number).is_some() {
                        return None;
                    }
                }
                Some((factor, trial))
            });
            (factors[bucket], slots) = placed.expect("a factor separates few keys");
        }
        let mut bytes = [0; SLOTS * 40 + BUCKETS * 4];
        let rows = (0..SLOTS).flat_map(|slot| row(slots[slot].map(|number| KEYS[number]), 4));
        let written = rows
            .chain((0..SLOTS).flat_map(|slot| slots[slot].map_or(0, |number| hashes[number]).to_le_bytes()))
            .chain(factors.iter().flat_map(|factor| factor.to_le_bytes()));
        bytes.iter_mut().zip(written).for_each(|(to, from)| *to = from);
        let mut numbers = [0; SLOTS * 2];
        numbers.iter_mut().step_by(2).zip(slots).for_each(|(to, slot)| *to = slot.unwrap_or_default() as u8);
        let all: [usize; 8] = core::array::from_fn(|number| number);
        let table = KeyTable::<usize, SLOTS, BUCKETS, 5, 44, 4, { SLOTS * 40 + BUCKETS * 4 }>::new(
            MULTIPLIERS,
            &bytes,
            &numbers,
            &all,
        );
        for (number, key) in KEYS.into_iter().enumerate() {
            assert_eq!(table.get(key, |number| KEYS[number]), Some(number), "{key}");
        }
        for other in ["forbidden", "not_found__", "shor", "short_", "too_many_request"] {
            assert_eq!(table.get(other, |number| KEYS[number]), None, "{other}");
        }
    }

    #[test]
    fn the_length_is_part_of_the_hash() {
        assert_ne!(hash(b"aaaaaaaa", 2, MULTIPLIERS), hash(b"aaaaaaaaa", 2, MULTIPLIERS));
        assert_ne!(hash(b"", 2, MULTIPLIERS), hash(b"\0", 2, MULTIPLIERS));
    }

    #[test]
    fn a_table_finds_its_keys_and_nothing_that_resembles_them() {
        const KEYS: [&str; 4] = ["aaaaaaaa", "too_many_requests", "x", "a_code_of_forty_characters_is_much_too_long_"];
        const SLOTS: usize = 16;
        let mut slots = [None; SLOTS];
        for (number, key) in KEYS.iter().enumerate() {
            let slot = &mut slots[scale(hash(key.as_bytes(), 4, MULTIPLIERS), SLOTS)];
            assert_eq!(slot.replace(number), None, "other multipliers are needed");
        }
        let key = |slot: usize| slots[slot].map(|number| KEYS[number]);
        let mut bytes = [0; SLOTS * 40];
        let rows = (0..SLOTS).flat_map(|slot| row(key(slot), 4));
        let hashes = (0..SLOTS).map(|slot| key(slot).map_or(0, |key| hash(key.as_bytes(), 4, MULTIPLIERS)));
        for (to, from) in bytes.iter_mut().zip(rows.chain(hashes.flat_map(u64::to_le_bytes))) {
            *to = from;
        }
        let mut numbers = [0; SLOTS * 2];
        for (to, slot) in numbers.iter_mut().step_by(2).zip(slots) {
            *to = slot.unwrap_or_default() as u8;
        }
        let table =
            KeyTable::<usize, SLOTS, 0, 1, 44, 4, { SLOTS * 40 }>::new(MULTIPLIERS, &bytes, &numbers, &[0, 1, 2, 3]);
        let get = |key: &str| table.get(key, |number| KEYS[number]);
        for (number, key) in KEYS.into_iter().enumerate() {
            assert_eq!(get(key), Some(number));
        }
        // The first ones have the words of a key, but are longer.
        for other in ["aaaaaaaaa", "too_many_requestoo_many_requests", "", "y", "\0\0\0\0\0\0\0\0", "too_many_requestz"]
        {
            assert_eq!(get(other), None, "{other}");
        }
        assert_eq!(get("a_code_of_forty_characters_is_much_too_short"), None);
    }
}

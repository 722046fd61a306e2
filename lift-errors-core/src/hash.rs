//! The perfect hash: from a string to its number in a table that was fixed at build time.
//!
//! The construction is that of the `phf` project (`phf_generator::ptrhash`), with a hash that costs
//! one multiplication. It needs no defence against chosen keys: the table holds no key of theirs, and
//! a miss costs one comparison.

use crate::words::Words;

/// Keys of these lengths are read as four overlapping words, without a branch on the length, and
/// compared with the row alone. All other lengths take a slower path.
const INLINE: core::ops::RangeInclusive<usize> = 8..=32;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const OTHER_MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// A key of an inline length as four words that overlap where it is shorter than they are.
#[inline]
fn read(key: &[u8]) -> Option<[u64; 4]> {
    if !INLINE.contains(&key.len()) {
        return None;
    }
    let last = key.len() - 8;
    Some([word(key, 0)?, word(key, last.min(8))?, word(key, last.min(16))?, word(key, last)?])
}

#[inline]
fn word(key: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*key.get(at..)?.first_chunk()?))
}

/// The upper and the lower half of the product, folded: every bit of the result depends on every bit
/// of both.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

#[inline]
fn hash_words([a, b, c, d]: [u64; 4], length: usize, seed: u64) -> u64 {
    // The two products run side by side. The seed is in a factor of both: two keys that collide under one seed do
    // not under the next. Were it only added, some pairs would collide under all, and the generator never end.
    fold(a ^ seed, b ^ MULTIPLIER ^ length as u64) ^ fold(c ^ seed.rotate_left(32), d ^ OTHER_MULTIPLIER)
}

fn hash_slowly(key: &[u8], seed: u64) -> u64 {
    let mut state = seed ^ (key.len() as u64).wrapping_mul(MULTIPLIER);
    for chunk in key.chunks(8) {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(chunk) {
            *to = *from;
        }
        state = fold(state ^ u64::from_le_bytes(bytes), seed | 1) ^ state.rotate_left(23).wrapping_add(MULTIPLIER);
    }
    fold(state, MULTIPLIER)
}

/// The hash of `key`, as the generator places it and the lookup finds it.
#[inline]
pub fn hash(key: &[u8], seed: u64) -> u64 {
    match read(key) {
        Some(words) => hash_words(words, key.len(), seed),
        None => hash_slowly(key, seed),
    }
}

/// `x` scaled from 32 bits to `0..limit`, with a multiplication in place of a division.
#[inline]
const fn reduce(x: u32, limit: u32) -> u32 {
    ((x as u64 * limit as u64) >> 32) as u32
}

/// What a bucket's pilot does to the hashes of its keys. Kept in the table in place of the pilot it takes a
/// multiplication out of every lookup; `C` is that of `phf_shared::ptrhash::hash_pilot`.
pub const fn displacement(seed: u64, pilot: u8) -> u32 {
    const C: u64 = OTHER_MULTIPLIER;
    let moved = C.wrapping_mul(seed ^ pilot as u64);
    (moved >> 32) as u32 ^ moved as u32
}

/// The bucket of a hash, of so many.
#[inline]
pub const fn bucket_of(hash: u64, buckets: u32) -> usize {
    reduce(hash as u32, buckets) as usize
}

/// The slot of a hash, of so many. With `bucket_of` it is `phf_shared::ptrhash::get_index` but for the slots behind
/// the table's end: here they have rows of their own, so that nothing is left to remap.
#[inline]
pub const fn slot_of(hash: u64, displacement: u32, slots: u32) -> usize {
    reduce((hash >> 32) as u32 ^ displacement, slots) as usize
}

/// The bytes of one slot of a [`KeyTable`]: the key's four words where it is of an inline length, and its tag.
pub const ROW: usize = 36;

/// The row of a key, for the compiler to write down.
pub fn row(key: &str, seed: u64) -> impl Iterator<Item = u8> {
    let bytes = key.as_bytes();
    let tag = tag(hash(bytes, seed), bytes.len());
    read(bytes).unwrap_or_default().into_iter().flat_map(u64::to_le_bytes).chain(tag.to_le_bytes())
}

/// The length of a key, which is below 64, and bits of its hash. What is no key has another tag almost always: that is
/// one branch that the processor foresees, where the first word, which keys share, would be none.
#[inline]
const fn tag(hash: u64, length: usize) -> u32 {
    (hash as u32) << 6 | length as u32
}

/// A perfect hash table from strings to `T`.
///
/// The sizes are part of the type: the machine code then has both reductions' factors as constants. The rows are bytes,
/// since 10,000 of them cost rustc a second as structs.
#[derive(Debug)]
pub struct KeyTable<T: 'static, const SLOTS: usize, const BUCKETS: usize> {
    /// The seed that the generator settled on.
    pub seed: u64,
    /// The displacement of every bucket of about three keys.
    pub displacements: Words,
    /// A row for every slot.
    pub rows: &'static [u8],
    /// What each slot's key stands for.
    pub values: [T; SLOTS],
}

impl<T: Copy, const SLOTS: usize, const BUCKETS: usize> KeyTable<T, SLOTS, BUCKETS> {
    /// What `key` stands for, if it is one of the table's. `key_of` gives a value's key in full, for
    /// the lengths that rows do not hold.
    ///
    /// One hash, one row, one comparison; no allocation, and nothing that can panic.
    #[inline]
    pub fn get(&self, key: &str, key_of: impl FnOnce(T) -> &'static str) -> Option<T> {
        let bytes = key.as_bytes();
        let Some([a, b, c, d]) = read(bytes) else { return self.get_slowly(key, key_of) };
        let hash = hash_words([a, b, c, d], bytes.len(), self.seed);
        let slot = self.slot(hash);
        let row: &[u8; ROW] = self.rows.get(slot * ROW..)?.first_chunk()?;
        if tag(hash, bytes.len()) != (word(row, 28)? >> 32) as u32 {
            return None;
        }
        let differs = (a ^ word(row, 0)?) | (b ^ word(row, 8)?) | (c ^ word(row, 16)?) | (d ^ word(row, 24)?);
        if differs == 0 { self.values.get(slot).copied() } else { None }
    }

    // Apart from the other, which then needs no stack.
    #[inline(never)]
    fn get_slowly(&self, key: &str, key_of: impl FnOnce(T) -> &'static str) -> Option<T> {
        let value = *self.values.get(self.slot(hash_slowly(key.as_bytes(), self.seed)))?;
        (key_of(value) == key).then_some(value)
    }

    #[inline]
    fn slot(&self, hash: u64) -> usize {
        slot_of(hash, self.displacements.get(bucket_of(hash, BUCKETS as u32)), SLOTS as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that the generator's random numbers could give.
    const SEED: u64 = 0xa076_1d64_78bd_642f;

    #[test]
    fn overlapping_words_cover_every_byte() {
        let text = b"abcdefghijklmnopqrstuvwxyz0123456789";
        for length in INLINE {
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
                assert_ne!(read(key), read(other), "length {length}, byte {at}");
                assert_ne!(hash(key, SEED), hash(other, SEED));
            }
        }
        assert_eq!(read(b"short"), None);
    }

    #[test]
    fn keys_made_to_collide_are_told_apart_by_some_seed() {
        // They have the same first and third word, and once collided whatever the seed was.
        let (a, b) = (b"onb_itemz977z7z7xof_kindzhtzrygy", b"onb_itembl45b5bpxof_kind2w3m302z");
        assert!(
            (1..=8).any(|seed: u64| hash(a, seed.wrapping_mul(MULTIPLIER)) != hash(b, seed.wrapping_mul(MULTIPLIER)))
        );
    }

    #[test]
    fn the_length_is_part_of_the_hash() {
        assert_ne!(hash(b"aaaaaaaa", 1), hash(b"aaaaaaaaa", 1));
        assert_ne!(hash(b"", 1), hash(b"\0", 1));
    }
}

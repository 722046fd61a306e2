//! The perfect hash: from a string to its number in a table that was fixed at build time.
//!
//! The construction is that of the `phf` project (`phf_generator::ptrhash`), with a hash that costs
//! one multiplication. It needs no defence against chosen keys: the table holds no key of theirs, and
//! a miss costs one comparison.

/// Keys of these lengths are read as four overlapping words, without a branch on the length, and
/// compared with the row alone. All other lengths take a slower path.
const INLINE: core::ops::RangeInclusive<usize> = 8..=32;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

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
    // The seed multiplies both halves, each in another way: two keys that collide under one seed do not
    // under the next. Were it only added, some pairs would collide under all, and the generator never end.
    // In short keys words are the same: turned by half, the second does not cancel the first's low bits.
    let left = a ^ c.rotate_left(32).wrapping_mul(seed | 1) ^ length as u64;
    let right = b ^ d.rotate_left(32).wrapping_mul(seed.rotate_left(32) | 1) ^ seed;
    fold(left ^ MULTIPLIER, right)
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

/// The slot of a hash. It is `phf_shared::ptrhash::get_index` but for the slots behind the table's
/// end: here they have rows of their own, so that nothing is left to remap.
#[inline]
pub fn slot_of(seed: u64, hash: u64, pilots: &[u8], slots: u32) -> usize {
    const C: u64 = 0x517c_c1b7_2722_0a95;
    let bucket = reduce(hash as u32, pilots.len() as u32);
    let pilot = pilots.get(bucket as usize).copied().unwrap_or(0);
    let moved = C.wrapping_mul(seed ^ u64::from(pilot));
    reduce((hash >> 32) as u32 ^ (moved >> 32) as u32 ^ moved as u32, slots) as usize
}

/// One slot of a [`KeyTable`]: the key's words where it is of an inline length, its length and what
/// it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Row<T> {
    words: [u64; 4],
    length: u32,
    value: T,
}

impl<T: Copy> Row<T> {
    /// A row from what the compiler wrote down.
    pub const fn new(a: u64, b: u64, c: u64, d: u64, length: u32, value: T) -> Self {
        Self { words: [a, b, c, d], length, value }
    }

    /// The row of a key, for the compiler.
    pub fn of(key: &str, value: T) -> Self {
        Self { words: read(key.as_bytes()).unwrap_or_default(), length: key.len() as u32, value }
    }

    /// The words and the length, for the compiler to write down.
    pub const fn parts(&self) -> ([u64; 4], u32) {
        (self.words, self.length)
    }
}

/// A perfect hash table from strings to `T`.
///
/// The sizes are part of the type: the machine code then has both reductions' factors as constants.
#[derive(Debug)]
pub struct KeyTable<T, const SLOTS: usize, const PILOTS: usize> {
    /// The seed that the generator settled on.
    pub seed: u64,
    /// One byte for every bucket of about three keys.
    pub pilots: &'static [u8; PILOTS],
    /// The slots.
    pub rows: [Row<T>; SLOTS],
}

impl<T: Copy, const SLOTS: usize, const PILOTS: usize> KeyTable<T, SLOTS, PILOTS> {
    /// What `key` stands for, if it is one of the table's. `key_of` gives a value's key in full, for
    /// the lengths that rows do not hold.
    ///
    /// One hash, one row, one comparison; no allocation, and nothing that can panic.
    #[inline]
    pub fn get(&self, key: &str, key_of: impl FnOnce(T) -> &'static str) -> Option<T> {
        let bytes = key.as_bytes();
        match read(bytes) {
            Some([a, b, c, d]) => {
                let row = self.row(hash_words([a, b, c, d], bytes.len(), self.seed))?;
                let [ra, rb, rc, rd] = row.words;
                let differs = (a ^ ra) | (b ^ rb) | (c ^ rc) | (d ^ rd) | (bytes.len() as u64 ^ u64::from(row.length));
                (differs == 0).then_some(row.value)
            }
            None => {
                let row = self.row(hash_slowly(bytes, self.seed))?;
                (key_of(row.value) == key).then_some(row.value)
            }
        }
    }

    #[inline]
    fn row(&self, hash: u64) -> Option<&Row<T>> {
        self.rows.get(slot_of(self.seed, hash, self.pilots, SLOTS as u32))
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

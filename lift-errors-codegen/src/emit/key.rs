//! Perfect hash tables: from a code or an id to its `Code`.

use super::scope::Scope;
use super::storage::Storage;
use lift_errors_core::key_hash::{hash, row, scale, slot_of, words};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::cmp::Reverse;
use std::iter::repeat_n;

/// Up to this many keys need no buckets. More would need a table of many times their number: two of n keys collide unless
/// there are about n² slots.
const FEW: usize = 32;

/// The number of multipliers to try before the table gets larger.
const TRIES: usize = 1_000;

/// The number of multipliers to try before the keys take the slower path.
const TRIES_IN_BUCKETS: usize = 16;

/// The mean number of keys in a bucket. With more, the generator takes longer; with fewer, there are more factors.
const BUCKET: usize = 3;

/// The number of factors to try for a bucket: the last key of a full table needs about as many as there are keys.
const FACTORS: usize = 1 << 20;

/// A perfect hash over some keys.
#[derive(Default)]
pub(crate) struct KeyTable {
    pub(crate) multipliers: [u64; 4],
    /// The number of words in a row; 0 if all keys take the slower path.
    pub(crate) words: usize,
    /// The factor of each bucket; empty if the hash alone selects the slot.
    pub(crate) factors: Vec<u32>,
    /// The number of the key in each slot.
    pub(crate) slots: Vec<Option<usize>>,
}

/// Places the keys. They are unique: the rules check that.
pub(crate) fn place(keys: &[&str]) -> KeyTable {
    let words = words(keys.iter().map(|key| key.len()).max().unwrap_or_default());
    let mut random = Random(0);
    let mut hashes = |words| Hashes::new(keys, words, &mut random);
    // At least one slot in sixteen is taken, so the free ones cost a few kilobytes at most.
    let sizes = [1, 2, 4, 8].map(|times| keys.len().next_power_of_two() * times);
    let sizes = sizes.into_iter().filter(|_| keys.len() <= FEW).flat_map(|slots| repeat_n(slots, TRIES));
    let few = sizes.filter_map(|slots| hashes(words).place(slots)).next();
    let buckets = (keys.len() / BUCKET).next_power_of_two();
    // With no words all keys take the slower path, whose hash tells any two of them apart.
    let tries = repeat_n(words, TRIES_IN_BUCKETS).chain(repeat_n(0, TRIES_IN_BUCKETS));
    let table = few.or_else(|| tries.filter_map(|words| hashes(words).place_in_buckets(buckets)).next());
    let table = table.unwrap_or_default();
    // A key that the runtime would not find is a fault of this crate: it is better found here than in a service.
    assert!(keys.iter().enumerate().all(|(number, key)| table.get(key) == Some(number)), "the perfect hash lost a key");
    table
}

impl KeyTable {
    /// The number of a key, looked up as the runtime does.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        let hash = hash(key.as_bytes(), self.words, self.multipliers);
        let slots = self.slots.len();
        let slot = match self.factors.get(scale(hash, self.factors.len())) {
            Some(&factor) => slot_of(hash, factor, slots),
            None => scale(hash, slots),
        };
        *self.slots.get(slot)?
    }
}

/// The hashes of all keys under some multipliers.
struct Hashes {
    multipliers: [u64; 4],
    words: usize,
    hashes: Vec<u64>,
}

impl Hashes {
    fn new(keys: &[&str], words: usize, random: &mut Random) -> Self {
        let multipliers = [(); 4].map(|()| random.next() | 1);
        let hashes = keys.iter().map(|key| hash(key.as_bytes(), words, multipliers)).collect();
        Self { multipliers, words, hashes }
    }

    /// The table, if no two hashes select the same slot.
    fn place(self, slots: usize) -> Option<KeyTable> {
        let mut taken = vec![None; slots];
        for (number, &hash) in self.hashes.iter().enumerate() {
            if taken.get_mut(scale(hash, slots))?.replace(number).is_some() {
                return None;
            }
        }
        Some(KeyTable { multipliers: self.multipliers, words: self.words, factors: Vec::new(), slots: taken })
    }

    /// The full table: the fullest bucket first, each with the first factor that gives its keys free slots.
    fn place_in_buckets(self, count: usize) -> Option<KeyTable> {
        let mut buckets: Vec<(usize, Vec<usize>)> = (0..count).map(|bucket| (bucket, Vec::new())).collect();
        for (number, &hash) in self.hashes.iter().enumerate() {
            buckets.get_mut(scale(hash, count))?.1.push(number);
        }
        buckets.sort_by_key(|(_, numbers)| Reverse(numbers.len()));
        let mut slots = vec![None; self.hashes.len()];
        let mut factors = vec![0; count];
        for (bucket, numbers) in &buckets {
            let hashes: Vec<u64> = numbers.iter().filter_map(|&number| self.hashes.get(number)).copied().collect();
            let (factor, places) = free_places(&hashes, &slots)?;
            *factors.get_mut(*bucket)? = factor;
            for (place, number) in places.into_iter().zip(numbers) {
                *slots.get_mut(place)? = Some(*number);
            }
        }
        Some(KeyTable { multipliers: self.multipliers, words: self.words, factors, slots })
    }
}

/// A factor that gives all hashes of a bucket free slots, and these slots.
fn free_places(hashes: &[u64], slots: &[Option<usize>]) -> Option<(u32, Vec<usize>)> {
    // No factor separates equal hashes.
    if hashes.iter().enumerate().any(|(at, hash)| hashes.iter().skip(at + 1).any(|other| other == hash)) {
        return None;
    }
    let mut random = Random(0);
    let mut places = Vec::with_capacity(hashes.len());
    for _ in 0..FACTORS {
        let factor = random.next() as u32 | 1;
        places.clear();
        for &hash in hashes {
            let place = slot_of(hash, factor, slots.len());
            if slots.get(place)?.is_some() || places.contains(&place) {
                break;
            }
            places.push(place);
        }
        if places.len() == hashes.len() {
            return Some((factor, places));
        }
    }
    None
}

/// Numbers that look random, the same in every run (Steele, Lea and Flood's splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A static with the table from `keys` to the variants of `Code`, which are in the static `ALL`.
pub(crate) fn table(scope: &Scope<'_>, storage: &mut Storage, name: &str, keys: &[&str]) -> TokenStream {
    let private = &scope.private;
    let KeyTable { multipliers, words, factors, slots } = place(keys);
    let lengths = || keys.iter().map(|key| key.len());
    let (shortest, longest) = (lengths().min().unwrap_or_default(), lengths().max().unwrap_or_default());
    let key = |number: &Option<usize>| number.and_then(|number| keys.get(number)).copied();
    let hash = |slot| key(slot).map_or(0, |key| hash(key.as_bytes(), words, multipliers));
    let rows = slots.iter().flat_map(|slot| row(key(slot), words));
    let hashes = slots.iter().flat_map(|slot| hash(slot).to_le_bytes());
    let bytes: Vec<u8> = rows.chain(hashes).chain(factors.iter().flat_map(|factor| factor.to_le_bytes())).collect();
    let numbers = slots.iter().flat_map(|number| (number.unwrap_or_default() as u16).to_le_bytes()).collect();
    let (slot_count, bucket_count, byte_count) = (slots.len(), factors.len(), bytes.len());
    let bytes = storage.constant(&format!("{name}.keys").to_ascii_lowercase(), bytes);
    let numbers = storage.constant(&format!("{name}.numbers").to_ascii_lowercase(), numbers);
    let multipliers = multipliers.map(Literal::u64_unsuffixed);
    let name = Ident::new(name, Span::call_site());
    quote! {
        static #name: #private::KeyTable<Code, #slot_count, #bucket_count, #shortest, #longest, #words, #byte_count> =
            #private::KeyTable::new([#(#multipliers),*], #bytes, #numbers, &ALL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_through_the_runtime_function() {
        let words =
            ["stock", "shipment", "order", "import", "location", "barcode", "x", "overall", "supplier", "batch"];
        for count in [1, 2, 10, 11, 100, 1_000, 10_000] {
            let keys: Vec<String> = (0..count)
                .map(|number| format!("{}_{}_{number}", words[number % 10], words[number / 10 % 10]))
                .collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let table = place(&keys);
            for (number, key) in keys.iter().enumerate() {
                assert_eq!(table.get(key), Some(number));
            }
        }
    }

    #[test]
    fn keys_made_to_collide_do_not_hang_the_generator() {
        // The first two once collided under every seed. The next two have the same words but for the last bits of each,
        // the last two all the same words.
        let keys = [
            "onb_itemz977z7z7xof_kindzhtzrygy",
            "onb_itembl45b5bpxof_kind2w3m302z",
            "aaaaaaa0aaaaaaa0aaaaaaa0aaaaaaa0",
            "aaaaaaapaaaaaaapaaaaaaapaaaaaaap",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaa",
        ];
        let table = place(&keys);
        assert_eq!(keys.map(|key| table.get(key)), [0, 1, 2, 3, 4, 5].map(Some));
    }

    #[test]
    fn keys_that_differ_in_the_last_bits_of_words_alone_fill_a_table() {
        let keys: Vec<String> = (0..4_096)
            .map(|number| {
                let [a, b, c, d] = [0, 4, 8, 12].map(|bits| char::from(b'a' + (number >> bits & 15) as u8));
                format!("xxxxxxx{a}xxxxxxx{b}xxxxxxx{c}xxxxxxx{d}")
            })
            .collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let table = place(&keys);
        assert!(keys.iter().enumerate().all(|(number, key)| table.get(key) == Some(number)));
    }

    #[test]
    fn keys_that_differ_in_one_place_or_in_length_alone_are_told_apart() {
        let keys: Vec<String> = (1..80)
            .map(|length| "a".repeat(length))
            .chain((b'b'..=b'z').map(|byte| "zzzzzzzz".replace('z', &(byte as char).to_string())))
            .collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let table = place(&keys);
        assert!(keys.iter().enumerate().all(|(number, key)| table.get(key) == Some(number)));
    }
}

//! Perfect hash tables: from a code or an id to its `Code`.

use super::{Scope, Storage};
use lift_errors_core::hash::{bucket_of, displacement, hash, row, slot_of};
use phf_generator::ptrhash::generate_hash_with_hash_fn;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// A perfect hash over some keys.
pub(crate) struct KeyTable {
    pub(crate) seed: u64,
    /// What each bucket's pilot does to the hashes of its keys.
    pub(crate) displacements: Vec<u32>,
    /// For every slot the number of its key.
    pub(crate) slots: Vec<usize>,
}

/// Places the keys, which are unique: the rules have seen to that, and the generator would never end.
pub(crate) fn place(keys: &[&str]) -> KeyTable {
    let state = generate_hash_with_hash_fn(keys, |key, seed| hash(key.as_bytes(), *seed));
    // Behind the table's end the generator has slots that it maps back to free ones in front. Here
    // they hold their keys, which costs a row for every hundred and saves a branch in each lookup.
    let mut slots = state.map.clone();
    slots.extend(state.remap.iter().filter_map(|&slot| state.map.get(slot as usize)));
    let displacements = state.pilots.iter().map(|&pilot| displacement(state.seed, pilot)).collect();
    let table = KeyTable { seed: state.seed, displacements, slots };
    // A key that the runtime would not find is a fault of this crate: better here than in a service.
    assert!(keys.iter().enumerate().all(|(number, key)| table.get(key) == Some(number)), "the perfect hash lost a key");
    table
}

impl KeyTable {
    /// The number of a key, found as the runtime finds it.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        let hash = hash(key.as_bytes(), self.seed);
        let displacement = self.displacements.get(bucket_of(hash, self.displacements.len() as u32))?;
        self.slots.get(slot_of(hash, *displacement, self.slots.len() as u32)).copied()
    }
}

/// A static with the table from `keys` to the variants of `Code`.
pub(crate) fn table(scope: &Scope<'_>, storage: &mut Storage, name: &str, keys: &[&str]) -> TokenStream {
    let private = &scope.private;
    let placed = place(keys);
    let name = Ident::new(name, Span::call_site());
    let seed = Literal::u64_unsuffixed(placed.seed);
    let (slot_count, bucket_count) = (placed.slots.len(), placed.displacements.len());
    let displacements = storage.words(private, &placed.displacements);
    let rows =
        placed.slots.iter().filter_map(|&number| keys.get(number)).flat_map(|key| row(key, placed.seed)).collect();
    let rows = storage.bytes(rows);
    let values = placed.slots.iter().filter_map(|&number| {
        let variant = Ident::new(&scope.catalog.entries.get(number)?.variant, Span::call_site());
        Some(quote!(Code::#variant))
    });
    quote! {
        static #name: #private::KeyTable<Code, #slot_count, #bucket_count> = #private::KeyTable {
            seed: #seed,
            displacements: #displacements,
            rows: #rows,
            values: [#(#values),*],
        };
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
        let keys = ["onb_itemz977z7z7xof_kindzhtzrygy", "onb_itembl45b5bpxof_kind2w3m302z"];
        let table = place(&keys);
        assert_eq!(keys.map(|key| table.get(key)), [Some(0), Some(1)]);
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

//! What an error keeps of the id of the request that it was written for.

use lift_errors_core::key_hash;

/// The hash of a request's id. An error has no room for the id itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdHash(u32);

impl IdHash {
    pub(crate) fn of(id: &[u8]) -> Self {
        // Random odd numbers.
        const MULTIPLIERS: [u64; 4] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03, 0, 0];
        Self((key_hash::hash(id, 0, MULTIPLIERS) >> 32) as u32)
    }
}

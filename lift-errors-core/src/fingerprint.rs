//! Fingerprints, which show whether something has changed. They are not secure against attackers.

/// The fingerprint of bytes: 48 bits of FNV-1a, which are twelve hexadecimal digits. It does not depend on the division into
/// pieces.
///
/// ```
/// use lift_errors_core::fingerprint::fingerprint;
///
/// assert_eq!(fingerprint(["More than ", "60"]), fingerprint(["More than 60"]));
/// assert_ne!(fingerprint(["More than 60"]), fingerprint(["More than 61"]));
/// ```
pub fn fingerprint<T: AsRef<[u8]>>(pieces: impl IntoIterator<Item = T>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for piece in pieces {
        for byte in piece.as_ref() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash >> 16
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    /// The vectors of FNV's authors: files that were written long ago contain fingerprints.
    #[test]
    fn it_is_fnv_1a() {
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325_u64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fingerprint([text]), hash >> 16, "{text}");
        }
        assert_eq!(fingerprint(["foo", "", "bar"]), fingerprint(["foobar"]));
    }
}

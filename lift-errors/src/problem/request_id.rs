//! The id of a request, as it may stand in bodies, headers and logs.

use core::fmt;

/// The longest id, in bytes.
const LONGEST: usize = 128;

/// A request id that was looked at: 1 to 128 letters, digits, `-`, `_`, `.` or `:`.
///
/// An id that came with a request is the client's text. Whatever else it holds is not taken over.
///
/// ```
/// use lift_errors::RequestId;
///
/// assert!(RequestId::new("6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11").is_some());
/// assert!(RequestId::new("x\r\nSet-Cookie: y").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId<'a>(&'a str);

impl<'a> RequestId<'a> {
    /// The id, where it is one.
    pub fn new(id: &'a str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        ((1..=LONGEST).contains(&id.len()) && id.bytes().all(allowed)).then_some(Self(id))
    }

    /// The id as it came.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The name of this one occurrence, for `instance` (RFC 9457 §3.1.5): `urn:uuid:…` (RFC 9562) where
    /// the id is a UUID.
    pub(crate) fn urn_prefix(self) -> &'static str {
        if self.is_uuid() { "urn:uuid:" } else { "urn:request:" }
    }

    fn is_uuid(self) -> bool {
        self.0.len() == 36
            && self.0.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            })
    }
}

impl fmt::Debug for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

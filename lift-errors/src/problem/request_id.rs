//! The id of a request, safe to write into bodies, headers and logs.

use core::fmt;

/// The longest id, in bytes.
pub(crate) const MAX_LENGTH: usize = 128;

/// The bytes of an id, as a table: each request of a client has one.
#[allow(clippy::indexing_slicing, reason = "rustc evaluates it")]
static ALLOWED: [bool; 256] = {
    let mut allowed = [false; 256];
    let bytes = b"-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    let mut at = 0;
    while at < bytes.len() {
        allowed[bytes[at] as usize] = true;
        at += 1;
    }
    allowed
};

/// A valid request id: 1 to 128 letters, digits, `-`, `_`, `.` or `:`, all of them ASCII.
///
/// A request brings its id along, so the client chose the text. Anything that does not have this form is refused.
///
/// ```
/// use lift_errors::RequestId;
///
/// assert!(RequestId::new("6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11").is_some());
/// assert!(RequestId::new("x\r\nSet-Cookie: y").is_none());
///
/// let id = RequestId::try_from("req-7f3a90c2")?;
/// assert_eq!(id.as_str(), "req-7f3a90c2");
/// # Ok::<(), lift_errors::InvalidRequestId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId<'a>(&'a str);

#[cfg(feature = "responder")]
impl RequestId<'static> {
    /// The id of a request for which none could be made.
    pub(crate) const UNKNOWN: Self = Self("unknown");
}

impl<'a> RequestId<'a> {
    /// The id, if it is valid. `TryFrom<&str>` does the same and gives an error.
    pub fn new(id: &'a str) -> Option<Self> {
        Self::is_valid(id.as_bytes()).then_some(Self(id))
    }

    pub(crate) fn is_valid(id: &[u8]) -> bool {
        let allowed = |byte: &u8| ALLOWED.get(usize::from(*byte)).is_some_and(|allowed| *allowed);
        (1..=MAX_LENGTH).contains(&id.len()) && id.iter().all(allowed)
    }

    /// The id as text.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The prefix that makes the id a URN for `instance` (RFC 9457 §3.1.5): `urn:uuid:` (RFC 9562 §4) if the id is
    /// a UUID.
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

impl<'a> TryFrom<&'a str> for RequestId<'a> {
    type Error = InvalidRequestId;

    fn try_from(id: &'a str) -> Result<Self, Self::Error> {
        Self::new(id).ok_or(InvalidRequestId)
    }
}

impl AsRef<str> for RequestId<'_> {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// A string that is not a valid [`RequestId`]. The error does not contain the string, which may come from a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidRequestId;

impl fmt::Display for InvalidRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid request id: expected 1 to {MAX_LENGTH} ASCII letters, digits, `-`, `_`, `.` or `:`")
    }
}

impl core::error::Error for InvalidRequestId {}

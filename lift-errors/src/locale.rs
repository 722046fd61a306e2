//! The language that texts are in.

use core::fmt;

/// A language that texts can be in: one type for all catalogues. It is a value, never a path or a tag
/// from a request.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale(u16);

/// The tags by number.
const TAGS: &[&str] = &["en"];

impl Locale {
    /// English.
    pub const EN: Self = Self(0);

    /// The BCP 47 tag, as `Content-Language` has it.
    pub fn tag(self) -> &'static str {
        TAGS.get(usize::from(self.0)).copied().unwrap_or("en")
    }

    pub(crate) const fn number(self) -> u16 {
        self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

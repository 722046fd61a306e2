//! The language that texts are in.

pub(crate) mod negotiate;
pub(crate) mod quality_list;

use crate::generated::locales::{ENGLISH, PSEUDOLOCALES, TAGS};
use core::fmt;

/// A language that texts can be in: one type for all catalogues. It is a value, never a path or a tag
/// from a request.
///
/// Every locale of Unicode CLDR has one, and the pseudolocales `en-XA` and `ar-XB`. A catalogue that lacks a
/// locale has texts all the same: those of a parent (`fr-CA` → `fr`), else in the same language, at last those of its
/// default.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale(u16);

impl Locale {
    /// English.
    pub const EN: Self = Self(ENGLISH);

    pub(crate) const fn new(number: u16) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> u16 {
        self.0
    }

    pub(crate) fn is_pseudolocale(self) -> bool {
        usize::from(self.0) >= TAGS.len()
    }

    /// The locale with a tag, in upper or lower case; none where CLDR has none.
    ///
    /// For what a browser or a profile says use [`negotiate`](Self::negotiate), which knows that `zh-HK` is
    /// written in traditional characters.
    ///
    /// ```
    /// use lift_errors::Locale;
    ///
    /// assert_eq!(Locale::from_tag("ZH-hans").map(Locale::tag), Some("zh-Hans"));
    /// assert_eq!(Locale::from_tag("tlh"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let number = (0..TAGS.len()).find(|&number| TAGS.get(number).eq_ignore_ascii_case(tag));
        let pseudolocale = || PSEUDOLOCALES.iter().position(|known| known.eq_ignore_ascii_case(tag));
        let number = number.or_else(|| Some(TAGS.len() + pseudolocale()?))?;
        u16::try_from(number).ok().map(Self)
    }

    /// The BCP 47 tag, as `Content-Language` has it.
    pub fn tag(self) -> &'static str {
        let number = usize::from(self.0);
        match number.checked_sub(TAGS.len()) {
            None => TAGS.get(number),
            Some(pseudolocale) => PSEUDOLOCALES.get(pseudolocale).copied().unwrap_or("und"),
        }
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_numbers_belong_together() {
        assert_eq!(Locale::EN.tag(), "en");
        for number in 0..(TAGS.len() + PSEUDOLOCALES.len()) as u16 {
            assert_eq!(Locale::from_tag(Locale(number).tag()), Some(Locale(number)));
        }
        assert_eq!(Locale::from_tag("EN-xa").map(Locale::tag), Some("en-XA"));
        assert_eq!(Locale(u16::MAX).tag(), "und");
        assert_eq!(Locale::from_tag(""), None);
    }
}

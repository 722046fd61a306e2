//! The locales that texts can be in.

pub(crate) mod negotiate;
mod posix;
pub(crate) mod quality_list;

use crate::generated::locales::{ENGLISH, PSEUDOLOCALES, TAGS};
use core::fmt;
use core::str::FromStr;
use lift_errors_core::tag::TagKey;

/// A locale that texts can be in: one type for all catalogues.
///
/// There is one for every locale of Unicode CLDR, and for the pseudolocales `en-XA` and `ar-XB`. Where a catalogue
/// lacks a locale, its texts come from a parent locale (`fr-CA` → `fr`), else from another one of the same language,
/// else from the catalogue's default.
///
/// [`Locale::negotiate`] chooses one for a request, or for the tag in a cookie or a profile; [`Locale::from_env`] one for a
/// terminal. `FromStr` reads a tag that CLDR has, in upper or lower case, also with another name of the language (`cmn-Hans`,
/// `iw`), but not `zh-CN`, which CLDR writes `zh-Hans-CN`:
///
/// ```
/// use lift_errors::Locale;
///
/// assert_eq!("ZH-hans".parse().map(Locale::tag), Ok("zh-Hans"));
/// assert!("tlh".parse::<Locale>().is_err());
/// ```
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

    /// The BCP 47 tag, as in `Content-Language`.
    pub fn tag(self) -> &'static str {
        let number = usize::from(self.0);
        match number.checked_sub(TAGS.len()) {
            None => TAGS.get(number),
            Some(pseudolocale) => PSEUDOLOCALES.get(pseudolocale).copied().unwrap_or("und"),
        }
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        let number = (0..TAGS.len()).find(|&number| TAGS.get(number).eq_ignore_ascii_case(tag));
        let pseudolocale = || PSEUDOLOCALES.iter().position(|known| known.eq_ignore_ascii_case(tag));
        // Another name of the language: `cmn-Hans`, `iw`. Of no other tag more than a part would be known.
        let renamed = || {
            let key = TagKey::parse_whole(tag).filter(|_| !tag.contains('_'))?;
            (0..TAGS.len()).find(|&number| TagKey::parse_whole(TAGS.get(number)) == Some(key))
        };
        let number = number.or_else(|| Some(TAGS.len() + pseudolocale()?)).or_else(renamed).ok_or(UnknownLocale)?;
        u16::try_from(number).map(Self).map_err(|_| UnknownLocale)
    }
}

/// English, whatever the catalogue's default is.
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

/// A string that is not the tag of a known [`Locale`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownLocale;

impl fmt::Display for UnknownLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the tag of a CLDR locale, such as `fr` or `pt-PT`")
    }
}

impl core::error::Error for UnknownLocale {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_numbers_belong_together() {
        assert_eq!(Locale::EN.tag(), "en");
        for number in 0..(TAGS.len() + PSEUDOLOCALES.len()) as u16 {
            assert_eq!(Locale(number).tag().parse(), Ok(Locale(number)));
        }
        assert_eq!("EN-xa".parse().map(Locale::tag), Ok("en-XA"));
        assert_eq!(Locale(u16::MAX).tag(), "und");
        assert_eq!(
            ["cmn-Hans", "iw", "no"].map(|tag| tag.parse().map(Locale::tag)),
            [Ok("zh-Hans"), Ok("he"), Ok("no")]
        );
        assert_eq!(["", "fr_FR", "fr-", " fr"].map(str::parse::<Locale>), [Err(UnknownLocale); 4]);
    }
}

//! Language tags (BCP 47, RFC 5646) as numbers, which are compared and stored in tables.

use crate::language_aliases::LANGUAGE_ALIASES;
use core::fmt::{self, Write as _};

/// The bits of one letter. `a` is 1, so that 0 is a missing subtag.
const LETTER: u32 = 5;
/// The bit of a region of three digits; other regions are two letters.
const NUMBERED: u64 = 1 << 10;
const REGION: u64 = (1 << 11) - 1;
const SCRIPT_AT: u32 = 11;
const SCRIPT: u64 = ((1 << (4 * LETTER)) - 1) << SCRIPT_AT;
const LANGUAGE_AT: u32 = SCRIPT_AT + 4 * LETTER;

/// The language `und`.
const UNDETERMINED: u64 = 21 << (2 * LETTER) | 14 << LETTER | 4;

/// The length of a record of [`LANGUAGE_ALIASES`]: three letters, three letters, a script, a region.
const ALIAS: usize = 12;

/// The language, script and region of a tag, ordered by them. A truncated tag comes before the whole one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagKey(u64);

impl TagKey {
    /// Reads `language[-Script][-REGION]` (RFC 5646 §2.1) in any case, with hyphens or underscores. Other parts of a tag
    /// are ignored: extended languages, variants, extensions, private use.
    ///
    /// Returns `None` for text that is not a tag, and for tags without a language of two or three letters: CLDR does not
    /// have others.
    ///
    /// ```
    /// use lift_errors_core::tag::TagKey;
    ///
    /// assert_eq!(TagKey::parse("ZH_hant_hk-u-ca-chinese"), TagKey::parse("zh-Hant-HK"));
    /// assert_eq!(TagKey::parse("iw"), TagKey::parse("he"));
    /// assert_eq!(TagKey::parse("*"), None);
    /// ```
    pub fn parse(tag: &str) -> Option<Self> {
        Self::read(tag).map(|(key, _)| key)
    }

    /// Reads a tag as [`parse`](Self::parse) does, but returns `None` if a part would be ignored.
    pub fn parse_whole(tag: &str) -> Option<Self> {
        Self::read(tag).and_then(|(key, whole)| whole.then_some(key))
    }

    /// The key, and whether it contains the whole tag.
    fn read(tag: &str) -> Option<(Self, bool)> {
        let mut subtags = tag.split(['-', '_']).peekable();
        let mut whole = true;

        let stated = subtags.next()?;
        let language = letters(stated, 2).or_else(|| letters(stated, 3))?;
        let meant = alias(language).unwrap_or(Self(language << LANGUAGE_AT));

        // RFC 5646 §2.2.2 allows three.
        for _ in 0..3 {
            if subtags.next_if(|subtag| letters(subtag, 3).is_some()).is_some() {
                whole = false;
            }
        }
        let script = subtags.peek().and_then(|subtag| letters(subtag, 4));
        if script.is_some() {
            subtags.next();
        }
        let region = subtags.peek().and_then(|subtag| region(subtag));
        if region.is_some() {
            subtags.next();
        }
        for subtag in subtags {
            if !matches!(subtag.len(), 1..=8) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            whole = false;
        }

        // The old name of a language may mean a script or a region; one that is stated takes precedence.
        let stated = Self(script.unwrap_or(0) << SCRIPT_AT | region.unwrap_or(0));
        Some((meant.language().or(stated).or(meant), whole))
    }

    /// The key whose [`to_word`](Self::to_word) is `word`. Another word may be a key that no tag has.
    pub const fn from_word(word: u64) -> Self {
        Self(word)
    }

    /// The key as tables contain it. Different tags have different words, and the words have the order of the keys.
    pub const fn to_word(self) -> u64 {
        self.0
    }

    /// Whether there is a script.
    pub const fn has_script(self) -> bool {
        self.0 & SCRIPT != 0
    }

    /// Whether there is a region.
    pub const fn has_region(self) -> bool {
        self.0 & REGION != 0
    }

    /// The same without its script.
    #[must_use]
    pub const fn without_script(self) -> Self {
        Self(self.0 & !SCRIPT)
    }

    /// The same without its region.
    #[must_use]
    pub const fn without_region(self) -> Self {
        Self(self.0 & !REGION)
    }

    /// The language alone.
    #[must_use]
    pub const fn language(self) -> Self {
        self.without_script().without_region()
    }

    /// The script alone, without a language: to compare it with another tag's.
    #[must_use]
    pub const fn script(self) -> Self {
        Self(self.0 & SCRIPT)
    }

    /// The region alone, without a language: to compare it with another tag's.
    #[must_use]
    pub const fn region(self) -> Self {
        Self(self.0 & REGION)
    }

    /// Whether the language is `und`, which means that it is unknown, or missing.
    pub const fn has_unknown_language(self) -> bool {
        matches!(self.0 >> LANGUAGE_AT, 0 | UNDETERMINED)
    }

    /// The tag with the parts of `other` that it lacks.
    ///
    /// ```
    /// use lift_errors_core::tag::TagKey;
    ///
    /// let [stated, likely] = ["und-HK", "zh-Hant-CN"].map(TagKey::parse);
    /// assert_eq!(stated.zip(likely).map(|(stated, likely)| stated.or(likely)), TagKey::parse("zh-Hant-HK"));
    /// ```
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        let mut parts = self.0;
        if self.has_unknown_language() && !other.has_unknown_language() {
            parts = parts & (SCRIPT | REGION) | other.language().0;
        }
        if !self.has_script() {
            parts |= other.script().0;
        }
        if !self.has_region() {
            parts |= other.region().0;
        }
        Self(parts)
    }

    /// The key, then its truncations, in the order of RFC 4647 §3.4.
    ///
    /// They are also the ranges that the tag matches by basic filtering (RFC 4647 §3.3.1).
    ///
    /// ```
    /// use lift_errors_core::tag::TagKey;
    ///
    /// let tag = TagKey::parse("zh-Hant-HK").ok_or("no tag")?;
    /// assert!(tag.lookup().map(Some).eq(["zh-Hant-HK", "zh-Hant", "zh"].map(TagKey::parse)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn lookup(self) -> impl Iterator<Item = Self> {
        core::iter::successors(Some(self), |tag| {
            let shorter = if tag.has_region() { tag.without_region() } else { tag.without_script() };
            (shorter != *tag).then_some(shorter)
        })
    }
}

/// The tag that a language with another name in CLDR stands for (UTS #35, canonicalization of language subtags).
fn alias(language: u64) -> Option<TagKey> {
    let is_short = language < 1 << (2 * LETTER);
    let key = u16::try_from(if is_short { language << LETTER } else { language }).ok()?;
    // Nearly all tags have two letters, and few of those are aliases.
    let row = ALIASES_OF_TWO_LETTERS.get(usize::from(key >> (2 * LETTER)))?;
    if is_short && row >> (key >> LETTER & 0x1f) & 1 == 0 {
        return None;
    }
    let place = ALIAS_KEYS.binary_search(&key).ok()?;
    let record = LANGUAGE_ALIASES.get(place * ALIAS..(place + 1) * ALIAS)?;
    let [new, script, region] = [3..6, 6..10, 10..12].map(|part| record.get(part).unwrap_or_default().trim_end());
    let language = letters(new, 2).or_else(|| letters(new, 3))?;
    let [script, region] = [letters(script, 4), letters(region, 2)].map(Option::unwrap_or_default);
    Some(TagKey(language << LANGUAGE_AT | script << SCRIPT_AT | region))
}

/// The old names as numbers of three letters, in ascending order as the records are.
static ALIAS_KEYS: [u16; LANGUAGE_ALIASES.len() / ALIAS] = alias_keys();

/// For each first letter, a bit for each second one of an alias with two letters.
static ALIASES_OF_TWO_LETTERS: [u32; 32] = aliases_of_two_letters();

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "rustc evaluates it")]
const fn alias_keys() -> [u16; LANGUAGE_ALIASES.len() / ALIAS] {
    let mut keys = [0; LANGUAGE_ALIASES.len() / ALIAS];
    let mut place = 0;
    while place < keys.len() {
        let mut at = place * ALIAS;
        while at < place * ALIAS + 3 {
            // A space, which pads two letters, is zero.
            keys[place] = keys[place] << LETTER | (LANGUAGE_ALIASES.as_bytes()[at] & 0x1f) as u16;
            at += 1;
        }
        place += 1;
    }
    keys
}

#[allow(clippy::indexing_slicing, clippy::as_conversions, reason = "rustc evaluates it")]
const fn aliases_of_two_letters() -> [u32; 32] {
    let (keys, mut rows) = (alias_keys(), [0; 32]);
    let mut place = 0;
    while place < keys.len() {
        if keys[place] & 0x1f == 0 {
            rows[(keys[place] >> (2 * LETTER)) as usize] |= 1 << (keys[place] >> LETTER & 0x1f);
        }
        place += 1;
    }
    rows
}

/// The number of a subtag, if it has `count` letters.
fn letters(subtag: &str, count: usize) -> Option<u64> {
    if subtag.len() != count || !subtag.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    Some(subtag.bytes().fold(0, |word, byte| word << LETTER | u64::from(byte & 0x1f)))
}

/// The number of a region: two letters (ISO 3166-1) or three digits (UN M.49).
fn region(subtag: &str) -> Option<u64> {
    let digits = subtag.len() == 3 && subtag.bytes().all(|byte| byte.is_ascii_digit());
    match subtag.parse::<u64>() {
        Ok(number) if digits => Some(NUMBERED | number),
        _ => letters(subtag, 2),
    }
}

/// The letters of a number in lower case.
fn spelling(word: u64) -> impl Iterator<Item = char> {
    let numbers = (0..4).rev().map(move |place| (word >> (place * LETTER) & 0x1f) as u8);
    numbers.filter(|number| *number > 0).map(|number| char::from(b'a' - 1 + number))
}

impl fmt::Debug for TagKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// In canonical spelling (RFC 5646 §2.1.1).
impl fmt::Display for TagKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        spelling(self.0 >> LANGUAGE_AT).try_for_each(|letter| f.write_char(letter))?;
        for (at, letter) in spelling((self.0 & SCRIPT) >> SCRIPT_AT).enumerate() {
            if at == 0 {
                f.write_char('-')?;
                f.write_char(letter.to_ascii_uppercase())?;
            } else {
                f.write_char(letter)?;
            }
        }
        if self.0 & NUMBERED != 0 {
            return write!(f, "-{:03}", self.0 & (NUMBERED - 1));
        }
        for (at, letter) in spelling(self.0 & REGION).enumerate() {
            f.write_str(if at == 0 { "-" } else { "" })?;
            f.write_char(letter.to_ascii_uppercase())?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn spelt(tag: &str) -> Option<String> {
        TagKey::parse(tag).map(|key| format!("{key:?}"))
    }

    #[test]
    fn every_case_and_either_separator_is_one_key() {
        for (tag, canonical) in [
            ("EN", "en"),
            ("en_us", "en-US"),
            ("ES-419", "es-419"),
            ("es-001", "es-001"),
            ("zh_HANT-hk", "zh-Hant-HK"),
            ("fil-ph", "fil-PH"),
            ("und-latn", "und-Latn"),
        ] {
            assert_eq!(spelt(tag).as_deref(), Some(canonical), "{tag}");
            assert_eq!(TagKey::parse(tag), TagKey::parse_whole(canonical), "{tag}");
        }
    }

    #[test]
    fn other_parts_of_a_tag_are_ignored() {
        for (tag, canonical) in [
            ("ca-ES-valencia", "ca-ES"),
            ("de-1996", "de"),
            ("sl-rozaj-biske-1994", "sl"),
            ("en-US-u-ca-gregory", "en-US"),
            ("en-x-US", "en"),
            ("en-a-bbb-x-a-ccc", "en"),
            ("zh-yue", "zh"),
            ("zh-yue-Hant-HK", "zh-Hant-HK"),
            ("zh-min-nan-tw", "zh-TW"),
            // After a fourth extended language there is no region.
            ("aa-bbb-ccc-ddd-eee-FF", "aa"),
            ("en-US-Latn", "en-US"),
        ] {
            assert_eq!(spelt(tag).as_deref(), Some(canonical), "{tag}");
            assert_eq!(TagKey::parse_whole(tag), None, "{tag}");
        }
    }

    #[test]
    fn text_that_is_not_a_tag_is_refused() {
        let broken =
            "* *-CH i-klingon x-foo a e1 1a four serbian languages -en _ - en- en_ en--US en-US- en-é ñn en-ＵＳ";
        let odd = ["", " en", "en ", "en US", "en\0", "en-US\n", "en.UTF-8", "en-US;q=1", "en-123456789", "en-u-%"];
        for tag in broken.split(' ').chain(odd) {
            assert_eq!(TagKey::parse(tag), None, "{tag:?}");
        }
        assert_eq!(TagKey::parse(&"a".repeat(1 << 20)), None);
        assert_eq!(TagKey::parse(&"-".repeat(1 << 20)), None);
        assert_eq!(spelt(&format!("en{}", "-12345678".repeat(1 << 17))).as_deref(), Some("en"));
        assert_eq!(TagKey::parse(&format!("en{}é", "-12345678".repeat(1 << 17))), None);
    }

    #[test]
    fn deprecated_languages_have_their_new_names() {
        for (tag, canonical) in [
            ("iw-IL", "he-IL"),
            ("IN", "id"),
            ("ji", "yi"),
            ("mo-MD", "ro-MD"),
            ("tl-PH", "fil-PH"),
            ("sh", "sr-Latn"),
            ("sh-BA", "sr-Latn-BA"),
            ("sh-Cyrl", "sr-Cyrl"),
            ("no", "no"),
            ("cmn-Hans-CN", "zh-Hans-CN"),
            ("CMN", "zh"),
            ("eng", "en"),
            ("deu-AT", "de-AT"),
            ("ger", "de"),
            ("arb", "ar"),
            ("prs", "fa-AF"),
            ("prs-IR", "fa-IR"),
            ("cnr-Cyrl", "sr-Cyrl-ME"),
            ("aar", "aa"),
            ("zsm", "ms"),
            // A region, not the language.
            ("de-IN", "de-IN"),
        ] {
            assert_eq!(spelt(tag).as_deref(), Some(canonical), "{tag}");
        }
    }

    #[test]
    fn truncations_are_in_the_order_of_lookup_and_below_the_whole_tag() {
        for (tag, truncations) in [
            ("zh-Hant-HK", "zh-Hant-HK zh-Hant zh"),
            ("es-419", "es-419 es"),
            ("sr-Latn", "sr-Latn sr"),
            ("de-CH-1996", "de-CH de"),
            ("ar", "ar"),
        ] {
            let key = TagKey::parse(tag).unwrap();
            let found: Vec<_> = key.lookup().map(|key| format!("{key:?}")).collect();
            assert_eq!(found.join(" "), truncations);
            assert!(key.lookup().zip(key.lookup().skip(1)).all(|(longer, shorter)| shorter < longer));
        }
    }

    #[test]
    fn parts_are_removed_and_words_are_read_back() {
        let key = TagKey::parse("zh-Hant-HK").unwrap();
        assert!(key.has_script() && key.has_region());
        assert_eq!(Some(key.without_script()), TagKey::parse("zh-HK"));
        assert_eq!(Some(key.without_region()), TagKey::parse("zh-Hant"));
        assert_eq!(Some(key.language()), TagKey::parse("zh"));
        assert!(!key.language().has_script() && !key.language().has_region());
        assert!(TagKey::parse("aa-000").unwrap().has_region());
        assert_eq!(TagKey::from_word(key.to_word()), key);
        // No tag has this word; it must not panic all the same.
        assert!(!format!("{:?}", TagKey::from_word(u64::MAX)).is_empty());
    }
}

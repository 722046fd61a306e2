//! How well a reader of one language or region reads another (UTS 35, language matching).

use alloc::string::ToString;

use crate::generated::matching::{LANGUAGES, REGIONS, SCRIPTS};
use lift_errors_core::tag::TagKey;

/// The languages that a reader of a language reads nearly as well as the own one, the nearest first.
///
/// Of CLDR's pairs these are the ones at a distance of at most 10, and the two forms of Norwegian. Farther ones are languages that
/// many readers have learnt, as Catalans have Spanish: whether a reader wants that one is for the reader to say.
///
/// ```
/// use lift_errors_cldr::matching;
/// use lift_errors_core::tag::TagKey;
///
/// let nearest = |tag| matching::languages(TagKey::parse(tag)?).next();
/// assert_eq!(nearest("nn"), TagKey::parse("nb"));
/// assert_eq!(nearest("gsw"), TagKey::parse("de"));
/// assert_eq!(nearest("ca"), None);
/// ```
pub fn languages(language: TagKey) -> impl Iterator<Item = TagKey> {
    let language = language.language().to_string();
    let mut near: alloc::vec::Vec<_> = LANGUAGES.iter().filter(|(reader, ..)| *reader == language).collect();
    near.sort_by_key(|(.., distance)| *distance);
    near.into_iter().filter_map(|(_, other, _)| TagKey::parse_whole(other))
}

/// The languages whose readers [read](languages) a language.
pub fn readers(language: TagKey) -> impl Iterator<Item = TagKey> {
    let language = language.language().to_string();
    let readers = LANGUAGES.iter().filter(move |(_, other, _)| *other == language);
    readers.filter_map(|(reader, ..)| TagKey::parse_whole(reader))
}

/// Whether readers of one script of a language read the other one, both given by full tags.
///
/// ```
/// use lift_errors_cldr::{likely, matching};
/// use lift_errors_core::tag::TagKey;
///
/// let reads = |reader, text| {
///     let [reader, text] = [reader, text].map(|tag| likely::maximize(TagKey::parse(tag)?));
///     Some(matching::reads_script(reader?, text?))
/// };
/// assert_eq!(reads("sr-Latn", "sr-Cyrl"), Some(true));
/// assert_eq!(reads("zh-TW", "zh-CN"), Some(false));
/// ```
pub fn reads_script(reader: TagKey, text: TagKey) -> bool {
    let is = |tag: TagKey, language: &str, script: &str| {
        let known = TagKey::parse_whole(language).zip(TagKey::parse_whole(&["und-", script].concat()));
        known.is_some_and(|(language, script)| tag.language() == language && tag.script() == script.script())
    };
    let has = |(language, one, other): &(&str, &str, &str)| is(reader, language, one) && is(text, language, other);
    reader.script() == text.script() || SCRIPTS.iter().any(has)
}

/// How far the language of a reader's region is from that of another one, both given by full tags of one language.
///
/// ```
/// use lift_errors_cldr::{likely, matching};
/// use lift_errors_core::tag::TagKey;
///
/// let distance = |reader, locale| {
///     let [reader, locale] = [reader, locale].map(|tag| likely::maximize(TagKey::parse(tag)?));
///     Some(matching::region_distance(reader?, locale?))
/// };
/// assert_eq!([distance("en-AU", "en-GB"), distance("en-AU", "en")], [Some(3), Some(5)]);
/// assert_eq!([distance("es-AR", "es-MX"), distance("es-AR", "es")], [Some(4), Some(5)]);
/// assert_eq!(distance("en-US", "en"), Some(0));
/// ```
pub fn region_distance(reader: TagKey, locale: TagKey) -> u8 {
    /// The distance of two regions of which CLDR says nothing.
    const USUAL: u8 = 4;
    if reader.region() == locale.region() {
        return 0;
    }
    let [from, to] = [reader, locale].map(|tag| tag.to_string());
    let region = |tag: &str| tag.rsplit('-').next().unwrap_or_default().to_string();
    let (language, script) = (reader.language().to_string(), from.split('-').nth(1).unwrap_or_default());
    let (reader, locale) = (region(&from), region(&to));
    let is_about =
        |known: &str, known_script: &str| known == language && (known_script.is_empty() || known_script == script);
    let rule = REGIONS.iter().find(|(known, known_script, readers, locales, _)| {
        is_about(known, known_script) && readers.has(&reader) && locales.has(&locale)
    });
    rule.map_or(USUAL, |(.., distance)| *distance)
}

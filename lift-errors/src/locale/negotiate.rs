//! Language negotiation: the best of the locales that catalogues have for the languages that a request prefers.

use crate::catalog::Catalog;
#[cfg(feature = "responder")]
use crate::catalog::text::Text;
use crate::locale::Locale;
use crate::locale::quality_list;
use core::cmp::{Ordering, Reverse};
use lift_errors_core::layout::LAST_RESORT;
use lift_errors_core::tag::TagKey;
use lift_errors_core::u32_table::U32Table;

/// A usual list has a few ranges. The limit bounds the time that a hostile one takes.
const MAX_RANGES: usize = 64;

/// The longest tag that is looked up without being parsed as a list.
const MAX_TAG: usize = 35;

/// The language tags that a catalogue has a column for, in order. A record is three words: the lower and the upper half
/// of the tag's key and the number of the column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TagColumns(U32Table);

impl TagColumns {
    const WIDTH: usize = 3;

    pub(crate) const fn new(words: U32Table) -> Self {
        Self(words)
    }

    /// The column for exactly this tag. Callers truncate tags themselves.
    pub(crate) fn column(self, tag: TagKey) -> Option<u32> {
        let (mut low, mut high) = (0, self.0.len() / Self::WIDTH);
        while low < high {
            let middle = low + (high - low) / 2;
            let [lower, upper, column] = self.0.chunk::<{ Self::WIDTH }>(middle * Self::WIDTH);
            match (u64::from(upper) << 32 | u64::from(lower)).cmp(&tag.to_word()) {
                Ordering::Equal => return Some(column),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl Locale {
    /// Chooses the locale of a response: the best that every catalogue has for the reader.
    ///
    /// `values` are the values of `Accept-Language` (RFC 9110 §12.5.4). A language tag from a user's profile can come
    /// first. The range with the highest quality wins, the first of several equal ones. Ranges are looked up as in RFC
    /// 4647 §3.4, with CLDR's parent locales, likely subtags and language matching: `es-AR` finds `es-419`, then `es-MX`, then
    /// `es`; `en-AU` finds `en-GB` before `en`; `nn` finds `nb`. A language in another script comes after all others that the
    /// reader asks for: `zh-TW,zh,en` finds `zh-Hant`, then `en`, then `zh-Hans`. CLDR also matches languages that many readers
    /// have learnt, such as Spanish for Catalan; here a reader has to ask for these. A locale with `q=0` is chosen only if there is no other. If no range matches, the
    /// result is the default locale of the first catalogue.
    ///
    /// It takes linear time, does not allocate, and reads at most 64 ranges and 4,096 bytes.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// let locale = Locale::negotiate(["tlh, en-GB;q=0.8"], &[&lift::CATALOG]);
    /// assert_eq!(locale, Locale::EN);
    /// ```
    pub fn negotiate<'a>(values: impl IntoIterator<Item = &'a str>, catalogs: &[&'static Catalog]) -> Self {
        let Some((first, others)) = catalogs.split_first() else { return Self::EN };
        choose_of(first, values, |locale, language| {
            others.iter().all(|catalog| catalog.texts(locale).conventions().language == language)
        })
    }

    /// The same, among the locales that a text is in: a language that only other texts of the catalogue are translated into is
    /// of no use to its reader.
    #[cfg(feature = "responder")]
    pub(crate) fn negotiate_text<'a>(values: impl IntoIterator<Item = &'a str>, text: Text) -> Self {
        choose_of(text.catalog, values, |locale, language| text.conventions(locale).language == language)
    }
}

/// Chooses one of a catalogue's locales. `has` tells whether texts are there in a locale's language.
#[inline]
fn choose_of<'a>(
    catalog: &'static Catalog,
    values: impl IntoIterator<Item = &'a str>,
    has: impl Fn(Locale, &str) -> bool,
) -> Locale {
    let tables = catalog.tables();
    let tag = |column: u32| Some(tables.columns.get(column as usize)?.texts.as_ref()?.conventions().tag);
    let usable = |column| {
        let Some(locale) = catalog.column_locale(column) else { return false };
        has(locale, catalog.texts(locale).conventions().language)
    };
    let tag_of = |column| tag(column).and_then(TagKey::parse).unwrap_or(TagKey::from_word(0));
    let columns = TagColumns::new(tables.tag_columns);
    let for_anyone = |column| catalog.column_locale(column).is_some_and(|locale| !locale.is_pseudolocale());
    let column = choose(values, |tag| columns.column(tag), tables.columns.len() as u32, usable, for_anyone, tag_of);
    catalog.column_locale(column).unwrap_or(Locale::EN)
}

/// The best column for the values of `Accept-Language` (RFC 9110 §12.5.4), found by lookup (RFC 4647 §3.4); column 0 if
/// no range matches.
///
/// `column_of` is the record of exactly this tag, a column and perhaps [`LAST_RESORT`]; a number past the last column ends the
/// lookup. `usable` tells which
/// columns may be chosen at all, `for_anyone` which of them without being named. `tag_of` is a column's tag, which
/// ranges with `q=0` are compared with.
pub(crate) fn choose<'a>(
    values: impl IntoIterator<Item = &'a str>,
    column_of: impl Fn(TagKey) -> Option<u32>,
    columns: u32,
    usable: impl Fn(u32) -> bool,
    for_anyone: impl Fn(u32) -> bool,
    tag_of: impl Fn(u32) -> TagKey,
) -> u32 {
    let matches_of =
        |tag: TagKey| tag.lookup().filter_map(&column_of).map(Match::new).take_while(|found| found.column < columns);
    let mut values = values.into_iter();
    let (first, second) = (values.next(), values.next());
    // One tag alone, without a weight, is what programs send.
    if let (Some(only), None) = (first, second) {
        let is_tag = only.len() <= MAX_TAG && only.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let found = TagKey::parse(only).filter(|_| is_tag).and_then(|tag| matches_of(tag).find(|it| usable(it.column)));
        if let Some(found) = found {
            return found.column;
        }
    }
    let values = first.into_iter().chain(second).chain(values);
    let preferences = Preferences::read(values, |tag| matches_of(tag).next());
    let acceptable = |column: &u32| usable(*column) && !preferences.refuses(*column, tag_of(*column));

    let (mut named, mut last_resort) = (None, None);
    for range in preferences.wanted() {
        let first = range.found.filter(|found| acceptable(&found.column));
        let further = || range.found.and_then(|_| matches_of(range.tag).find(|found| acceptable(&found.column)));
        let Some(found) = first.or_else(further) else { continue };
        let best = if preferences.is_last_resort(range, found) { &mut last_resort } else { &mut named };
        *best = (*best).max(Some((range.weight, found.column)));
    }
    let anything = || {
        let weight = preferences.anything.filter(|_| !preferences.nothing_else)?;
        let unnamed = |column: &u32| !preferences.wanted().any(|range| range.names(*column, tag_of(*column)));
        Some((weight, (0..columns).find(|column| for_anyone(*column) && acceptable(column) && unnamed(column))?))
    };
    let best = match named {
        Some(_) => named.max(anything()),
        None => last_resort.or_else(anything),
    };
    match best {
        Some((_, column)) => column,
        // Every column that a range matches was tried, and `*;q=0` refuses the others; an error still needs a text.
        None if preferences.nothing_else => 0,
        None => (0..columns).find(|column| for_anyone(*column) && acceptable(column)).unwrap_or(0),
    }
}

/// A column that lookup finds.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Match {
    column: u32,
    /// Whether it is in a script that readers of the range do not read as their own, as Simplified Chinese is for Taiwan.
    is_last_resort: bool,
}

impl Match {
    fn new(word: u32) -> Self {
        Self { column: word & !LAST_RESORT, is_last_resort: word & LAST_RESORT != 0 }
    }
}

/// The quality in thousandths, then the position in the list: the first of several equal ones is the greatest.
type Weight = (u16, Reverse<usize>);

/// A language range other than `*`.
#[derive(Clone, Copy)]
struct LanguageRange {
    tag: TagKey,
    weight: Weight,
    /// The column that lookup finds if no range has `q=0`.
    found: Option<Match>,
}

impl LanguageRange {
    /// Whether the range matches this column, whose tag is `tag`: by basic filtering or by lookup.
    fn names(&self, column: u32, tag: TagKey) -> bool {
        self.found.is_some_and(|found| found.column == column) || matches(self.tag, tag)
    }
}

/// Basic filtering, RFC 4647 §3.3.1: the range is the tag or its beginning.
fn matches(range: TagKey, tag: TagKey) -> bool {
    tag.lookup().any(|truncation| truncation == range)
}

/// The ranges of all values, as one list (RFC 9110 §5.3).
struct Preferences {
    ranges: [Option<LanguageRange>; MAX_RANGES],
    /// The number of ranges read, including `*`.
    count: usize,
    /// The weight of `*`.
    anything: Option<Weight>,
    /// `*;q=0`
    nothing_else: bool,
    /// Whether lookup finds a last resort for some range.
    has_last_resort: bool,
}

impl Preferences {
    fn read<'a>(values: impl IntoIterator<Item = &'a str>, find: impl Fn(TagKey) -> Option<Match>) -> Self {
        let mut preferences =
            Self { ranges: [None; MAX_RANGES], count: 0, anything: None, nothing_else: false, has_last_resort: false };
        quality_list::each(values, |range, weight| {
            // No column has variants: `de-1996;q=0` does not refuse `de`.
            let tag = if weight == 0 { TagKey::parse_whole(range) } else { TagKey::parse(range) };
            if tag.is_some() || range == "*" {
                preferences.push(tag, weight, &find);
            }
        });
        preferences
    }

    fn push(&mut self, tag: Option<TagKey>, quality: u16, find: impl Fn(TagKey) -> Option<Match>) {
        let weight = (quality, Reverse(self.count));
        let Some(slot) = self.ranges.get_mut(self.count) else { return };
        self.count += 1;
        match tag {
            Some(tag) => {
                let found = find(tag);
                self.has_last_resort |= found.is_some_and(|found| found.is_last_resort);
                *slot = Some(LanguageRange { tag, weight, found });
            }
            None if quality == 0 => self.nothing_else = true,
            None => self.anything = self.anything.max(Some(weight)),
        }
    }

    fn all(&self) -> impl Iterator<Item = &LanguageRange> {
        self.ranges.iter().take(self.count).flatten()
    }

    fn wanted(&self) -> impl Iterator<Item = &LanguageRange> {
        self.all().filter(|range| range.weight.0 > 0)
    }

    /// Whether a range gets a column only if nothing else is asked for: the column is in another script, or a more exact
    /// range says so. Browsers add `zh` to `zh-TW`, and do not mean Simplified Chinese.
    fn is_last_resort(&self, range: &LanguageRange, found: Match) -> bool {
        let last = Match { is_last_resort: true, ..found };
        let says_so = |other: &LanguageRange| {
            other.found == Some(last) && other.tag != range.tag && matches(range.tag, other.tag)
        };
        self.has_last_resort && (found == last || self.wanted().any(says_so))
    }

    /// Whether a range with `q=0` refuses the column and no wanted range within that one allows it again.
    fn refuses(&self, column: u32, tag: TagKey) -> bool {
        let refused = self.all().filter(|range| range.weight.0 == 0).map(|range| range.tag);
        // The greatest truncation of one tag is the longest.
        refused.filter(|refused| matches(*refused, tag)).max().is_some_and(|refused| {
            let within = |range: &LanguageRange| range.tag != refused && matches(refused, range.tag);
            refused == tag || !self.wanted().any(|range| range.names(column, tag) && within(range))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails panics")]
mod tests {
    use super::*;

    const COLUMNS: [&str; 8] = ["en", "fr", "es", "es-419", "zh-Hans", "zh-Hant", "pt", "ar"];
    /// Tags that truncation would not find; the last one ends the lookup.
    const FURTHER: [(&str, u32); 6] =
        [("es-AR", 3), ("es-MX", 3), ("zh", 4), ("zh-HK", 5), ("zh-TW", 5), ("ar-Latn", u32::MAX)];

    fn key(tag: &str) -> TagKey {
        TagKey::parse(tag).unwrap()
    }

    fn table() -> TagColumns {
        let records = COLUMNS.into_iter().zip(0..).chain(FURTHER);
        let mut records: Vec<_> = records.map(|(tag, column)| (key(tag).to_word(), column)).collect();
        records.sort_unstable();
        let words = records.iter().flat_map(|(word, column)| [*word as u32, (*word >> 32) as u32, *column]);
        TagColumns::new(U32Table::new(words.flat_map(u32::to_le_bytes).collect::<Vec<_>>().leak()))
    }

    fn chosen_of(values: &[&str], usable: impl Fn(u32) -> bool) -> &'static str {
        let (table, values) = (table(), values.iter().copied());
        COLUMNS[choose(values, |tag| table.column(tag), 8, usable, |_| true, |column| key(COLUMNS[column as usize]))
            as usize]
    }

    /// Checks cases such as `pt-BR → pt`, several on a line.
    #[track_caller]
    fn each(cases: &str) {
        for case in cases.split(['|', '\n']).filter(|case| !case.trim().is_empty()) {
            let (value, expected) = case.split_once('→').unwrap();
            assert_eq!(chosen_of(&[value.trim_matches(' ')], |_| true), expected.trim(), "{value:.60}");
        }
    }

    #[test]
    fn the_table_finds_each_of_its_tags_and_no_other() {
        for (tag, column) in COLUMNS.into_iter().zip(0..).chain(FURTHER) {
            assert_eq!(table().column(key(tag)), Some(column));
        }
        assert!(["de", "en-US", "zh-Hant-HK", "aa", "zzz-Zzzz-ZZ"].map(|tag| table().column(key(tag))) == [None; 5]);
        assert_eq!(TagColumns::new(U32Table::new(b"")).column(key("en")), None);
    }

    #[test]
    fn a_range_is_truncated_until_a_column_matches() {
        each(
            "pt-BR → pt | es-AR → es-419 | es-ES → es | FR_ca → fr | fr-x-en → fr | fr-1990 → fr | fr-1990;q=0.5, es;q=0.3 → fr | ar-EG → ar | ca-valencia → en
             zh-HK → zh-Hant | zh-CN → zh-Hans | zh-Hant-HK → zh-Hant | zh-yue-HK → zh-Hant",
        );
        // A record without a column ends the lookup.
        each("ar-Latn-EG, fr;q=0.1 → fr");
    }

    #[test]
    fn the_highest_quality_wins_and_the_first_of_equals() {
        each(
            "en-US,en;q=0.9,fr;q=0.8 → en | de → en | → en | de, fr;q=0.5 → fr | fr;q=0.5, de → fr
             fr;q=0.5, es;q=0.501 → es | fr;q=0.9, es;q=0.9, pt;q=0.899 → fr | fr;q=0., es;q=1. → es
             fr ;\tQ=0.2 , es; q=0.3;level=1 ,\t → es | fr;level=1;q=0.2, es;q = 0.3; → es | fr;q=1.000, es → fr",
        );
        assert_eq!(chosen_of(&["de, fr;q=0.5", "es;q=0.6"], |_| true), "es");
        assert_eq!(chosen_of(&[], |_| true), "en");
    }

    #[test]
    fn a_refusal_covers_all_tags_within_the_range_except_named_ones() {
        each(
            "en;q=0 → fr | en;q=0, de → fr | en;q=0.000, fr;q=0.0, de → es | fr, fr;q=0 → en
             es;q=0, es-419, pt;q=0.1 → es-419 | es;q=0, es-AR, pt;q=0.1 → es-419 | es-AR, es;q=0, pt;q=0.1 → es-419
             es;q=0, es-ES, pt;q=0.1 → pt | es-AR, es-419;q=0 → es | zh;q=0, zh-SG → zh-Hans
             zh;q=0, zh-Hant;q=0, zh-TW, pt;q=0.1 → pt
             fr-CA;q=0, fr → fr | fr-CA;q=0, fr-CA, fr;q=0.1 → fr | fr-x-ca;q=0, fr → fr",
        );
        let tags = ["fr", "en", "en-GB", "fr-CA"].map(key);
        let column_of = |tag| tags.iter().zip(0..).find_map(|(known, column)| (*known == tag).then_some(column));
        for (value, expected) in [("en;q=0, en-GB", 2), ("en;q=0, en-US, fr-CA;q=0.1", 3), ("en-GB;q=0, en", 1)] {
            assert_eq!(
                choose([value], column_of, 4, |_| true, |_| true, |column| tags[column as usize]),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn an_asterisk_matches_columns_that_no_other_range_names() {
        each(
            "* → en | *;q=0.5, fr;q=0.8 → fr | fr;q=0.3, *;q=0.8 → en | *, fr → en | fr, * → fr | de, *;q=0.5 → en
             en;q=0.1, *;q=0.8 → fr | en-US;q=0.1, fr-CA;q=0.2, *;q=0.8 → es | en;q=0, fr;q=0.3, *;q=0.8 → es
             es;q=0.1, en;q=0.1, fr;q=0.1, *;q=0.8 → zh-Hans | *;q=0.1, fr;q=0.2, *;q=0.3 → en
             en;q=0.1,fr;q=0.3,es;q=0.1,zh;q=0.1,zh-TW;q=0.1,pt;q=0.1,ar;q=0.1,*;q=0.8 → fr | *-CH, fr;q=0.1 → fr
             *;q=0 → en | *;q=0, de → en | en;q=0, *;q=0 → en | de, fr-CH;q=0.1, *;q=0 → fr | *;q=0, *, fr;q=0.1 → fr",
        );
    }

    #[test]
    fn another_script_comes_after_all_that_is_asked_for() {
        // English, French and Simplified Chinese, and the records of a catalogue that has these.
        let tags = ["en", "fr", "zh-Hans"].map(key);
        let records =
            [("en", 0), ("fr", 1), ("zh", 2), ("zh-Hans", 2), ("zh-Hant", 2 | LAST_RESORT), ("zh-TW", 2 | LAST_RESORT)];
        let column_of = |tag| records.iter().find_map(|(known, column)| (key(known) == tag).then_some(*column));
        for (value, expected) in [
            ("zh-TW", 2),
            ("zh-TW, zh", 2),
            ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", 0),
            ("zh;q=0.9, zh-TW, fr;q=0.1", 1),
            ("zh-TW, zh-CN;q=0.5, en;q=0.1", 2),
            ("zh-TW, zh-Hans;q=0.5, en;q=0.8", 0),
            ("zh, zh-CN;q=0.5, en;q=0.8", 2),
            ("zh-TW, *;q=0.5", 2),
            ("zh-TW, fr;q=0, *;q=0.1", 2),
            ("zh-TW, zh-Hans;q=0", 0),
            ("zh-TW, de, fr;q=0.1", 1),
        ] {
            assert_eq!(
                choose([value], column_of, 3, |_| true, |_| true, |column| tags[column as usize]),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn unusable_columns_are_skipped() {
        assert_eq!(chosen_of(&["es-AR, fr;q=0.5"], |column| column != 3), "es");
        assert_eq!(chosen_of(&["pt, fr;q=0.5"], |column| column != 6), "fr");
        assert_eq!(chosen_of(&["en;q=0"], |column| column == 0 || column > 2), "es-419");
        assert_eq!(chosen_of(&["en;q=0.1, *"], |column| column == 0 || column > 3), "zh-Hans");
        assert_eq!(chosen_of(&["en;q=0, pt"], |column| column == 0), "en");
        assert_eq!(chosen_of(&["pt"], |_| false), "en");
        assert_eq!(choose(["fr"], |_| Some(7), 0, |_| true, |_| true, |_| key("en")), 0);
    }

    #[test]
    fn lists_of_browsers_work() {
        each(
            "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5 → fr | de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7 → en
             zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7 → zh-Hant | es-419,es;q=0.9,en;q=0.8 → es-419
             zh-CN,zh;q=0.8,zh-TW;q=0.7,zh-HK;q=0.5,en-US;q=0.3,en;q=0.2 → zh-Hans
             nb-NO,nb;q=0.9,no-NO;q=0.8,no;q=0.6,ar;q=0.5 → ar | pt-BR,pt;q=0.8,en-US;q=0.5,en;q=0.3 → pt",
        );
    }

    #[test]
    fn malformed_ranges_are_ignored_and_the_others_are_not() {
        for quality in " 1.001 -1 abc .5 00 2 0.1234 1.0000 +1 1e0 0x1 0.5.5 \"1\" 0.5;q=0.5 nan 0.\u{663}".split(' ') {
            each(&format!("es;q={quality}, fr;q=0.1 → fr"));
        }
        for range in "es;q es\0 e_s es--MX es- éś es;q=1;é=1 \u{a0}es es\r es/fr es=fr = ;;; es\u{2028}".split(' ') {
            each(&format!("{range}, fr;q=0.1 → fr"));
        }
    }

    #[test]
    fn nothing_is_read_past_the_limits() {
        // A range may end with the last byte that is read; a longer one is ignored, not cut.
        let commas = ",".repeat(quality_list::MAX_BYTES - 2);
        each(&format!("{commas}fr → fr | {commas}fr,es → fr | {commas}fr-FR → en | {commas},fr → en"));
        let others = "de,".repeat(MAX_RANGES - 1);
        each(&format!("{others}fr → fr | {others}de,fr → en | {others}*;q=0.5,fr → en | fr;q=0.1,{others}*,es → fr"));
        each(&format!("{}fr → fr", "?,".repeat(MAX_RANGES)));
        for piece in ["0", ",", "é", "\0", "-", "-a", ";", ";q=0", "*"] {
            each(&format!("fr;q=0.5, es;q=0.{} → fr", piece.repeat(100_000)));
            each(&format!("fr;q=0.5, es-{} → fr", piece.repeat(100_000)));
        }
        let endless = core::iter::repeat("").chain(["fr"]);
        assert_eq!(choose(endless, |_| Some(1), 8, |_| true, |_| true, |_| key("en")), 0);
    }
}

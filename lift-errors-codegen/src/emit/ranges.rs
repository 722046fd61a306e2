//! The best column for each locale of the runtime, and for the tags of a request. CLDR's parents and likely subtags are
//! applied here, at build time, and so is its language matching: which region and which language is the nearest.

use crate::locale::{Locale, in_macrolanguage};
use lift_errors_cldr::{Locale as CldrLocale, likely, matching};
use lift_errors_core::layout::LAST_RESORT;
use lift_errors_core::tag::TagKey;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The mark of a tag that has no column, however it is shortened.
const NOTHING: u32 = u32::MAX;

/// The column of every locale of the runtime, two bytes each.
pub(crate) fn by_locale(columns: &[Locale]) -> Vec<u8> {
    let columns = Columns::of(columns);
    Locale::all().flat_map(|locale| columns.of_locale(locale).unwrap_or(0).to_le_bytes()).collect()
}

/// The tags that need a record, so that a lookup that shortens tags (RFC 4647 §3.4) finds the best column: three
/// words each, the tag's lower and upper half and the column, in the order of the tags.
pub(crate) fn ranges(locales: &[Locale]) -> Vec<u32> {
    let columns = Columns::of(locales);
    let mut records: BTreeMap<u64, u32> = BTreeMap::new();
    // Shorter tags first: a longer one needs a record only if they give another column.
    let mut tags = columns.tags();
    tags.sort_by_key(|tag| (usize::from(tag.has_script()) + usize::from(tag.has_region()), *tag));
    for tag in tags {
        let column = columns.of_tag(tag).map_or(NOTHING, Match::word);
        let found = tag.lookup().find_map(|tag| records.get(&tag.to_word()).copied());
        if found.unwrap_or(NOTHING) != column {
            records.insert(tag.to_word(), column);
        }
    }
    records.into_iter().flat_map(|(key, column)| [key as u32, (key >> 32) as u32, column]).collect()
}

/// The columns of a catalogue, with their full tags.
struct Columns<'a> {
    locales: &'a [Locale],
    full: Vec<Option<TagKey>>,
}

impl<'a> Columns<'a> {
    fn of(locales: &'a [Locale]) -> Self {
        let full = locales.iter().map(|locale| likely::maximize(TagKey::parse_whole(locale.tag())?)).collect();
        Self { locales, full }
    }

    fn position(&self, locale: Locale) -> Option<u16> {
        u16::try_from(self.locales.iter().position(|&column| column == locale)?).ok()
    }

    /// The column of a locale, or of the nearest that it inherits from, or one in its language.
    fn of_locale(&self, locale: Locale) -> Option<u16> {
        let tag = TagKey::parse_whole(locale.tag()).filter(|_| !locale.is_pseudolocale());
        let full = tag.and_then(likely::maximize);
        let inherited = locale.fallback().find_map(|locale| Some((locale, self.position(locale)?)));
        match inherited {
            Some((parent, column)) if parent == locale => Some(column),
            Some((parent, column)) => Some(full.and_then(|full| self.sibling(full, parent)).unwrap_or(column)),
            None => Some(self.readable(full?)?.column),
        }
    }

    /// The column for a tag.
    fn of_tag(&self, tag: TagKey) -> Option<Match> {
        let fits = |column| Match { column, is_last_resort: false };
        let exact = Locale::from_tag(&tag.to_string()).and_then(|locale| self.position(locale));
        if let Some(column) = exact {
            return Some(fits(column));
        }
        let full = likely::maximize(tag)?;
        let known = [full, full.without_region(), tag, full.without_script()];
        let locale = known.iter().find_map(|tag| CldrLocale::from_tag(&tag.to_string()));
        let inherited =
            locale.and_then(|locale| Locale::Cldr(locale).fallback().find_map(|it| Some((it, self.position(it)?))));
        match inherited {
            Some((parent, column)) => Some(fits(self.sibling(full, parent).unwrap_or(column))),
            None => self.readable(full),
        }
    }

    /// The column of a region that is nearer to that of a full tag than the one of `parent` is: British English for
    /// Australians, where there is no English but those of Britain and America. A parent that is itself regional, such as
    /// `es-419`, is what CLDR made for its regions.
    fn sibling(&self, full: TagKey, parent: Locale) -> Option<u16> {
        let parent = TagKey::parse_whole(parent.tag()).filter(|tag| !tag.has_region()).and_then(likely::maximize)?;
        let columns = self.full.iter().zip(self.locales).enumerate();
        let regional =
            columns.filter_map(|(number, (tag, locale))| Some((number, (*tag)?, locale))).filter(|(_, tag, locale)| {
                tag.without_region() == full.without_region()
                    && !locale.is_pseudolocale()
                    && TagKey::parse_whole(locale.tag()).is_some_and(TagKey::has_region)
            });
        let nearer = regional.map(|(number, tag, _)| (matching::region_distance(full, tag), number));
        let nearest = nearer.min().filter(|(distance, _)| *distance < matching::region_distance(full, parent));
        u16::try_from(nearest?.1).ok()
    }

    /// The best column in the language of a full tag, or else in one that its readers read nearly as well.
    fn readable(&self, full: TagKey) -> Option<Match> {
        let languages = [full.language()].into_iter().chain(matching::languages(full.language()));
        languages.into_iter().find_map(|language| self.in_language(language, full))
    }

    /// The best column in a language for a full tag: in its script if there is one, in its region or the nearest one. Another
    /// script is the last resort: a reader of it reads the language more easily than one that they did not ask for.
    fn in_language(&self, language: TagKey, full: TagKey) -> Option<Match> {
        let usual = likely::maximize(language);
        let score = |column: TagKey| {
            (
                column.script() == full.script(),
                column.language() == full.language(),
                Reverse(matching::region_distance(full, column)),
                usual.is_some_and(|usual| usual.region() == column.region()),
            )
        };
        let columns = self.full.iter().enumerate().filter_map(|(number, tag)| Some((number, (*tag)?)));
        let (of, mut best) = (|tag| in_macrolanguage(tag).language(), None);
        let language = of(language);
        for (number, tag) in columns.filter(|(_, tag)| of(*tag) == language) {
            // A pseudolocale is only chosen by its own tag. The first of equals is taken.
            let is_pseudolocale = self.locales.get(number).is_some_and(|locale| locale.is_pseudolocale());
            if !is_pseudolocale && best.is_none_or(|(_, known)| score(known) < score(tag)) {
                best = Some((number, tag));
            }
        }
        let (number, tag) = best?;
        Some(Match { column: u16::try_from(number).ok()?, is_last_resort: !matching::reads_script(full, tag) })
    }

    /// The tags that could need a record: the columns' own, and all that CLDR has in their languages.
    fn tags(&self) -> Vec<TagKey> {
        let language = |tag| in_macrolanguage(tag).language();
        let languages: BTreeSet<TagKey> = self.full.iter().flatten().map(|tag| language(*tag)).collect();
        // Nynorsk inherits from Norwegian: a language may fall back to another.
        let reached = CldrLocale::all()
            .filter(|&locale| Locale::Cldr(locale).fallback().any(|parent| self.position(parent).is_some()));
        let reached = reached.filter_map(|locale| TagKey::parse_whole(locale.tag()));
        let locales: Vec<TagKey> = CldrLocale::all().filter_map(|locale| TagKey::parse_whole(locale.tag())).collect();
        let mut tags: BTreeSet<TagKey> =
            self.locales.iter().filter_map(|locale| TagKey::parse_whole(locale.tag())).collect();
        tags.extend(reached);
        for tag in locales.iter().filter(|tag| languages.contains(&language(**tag))) {
            // A region can imply the script, as Hong Kong does: people leave the script out.
            tags.extend([*tag, tag.language(), tag.without_region(), tag.without_script()]);
        }
        let readers: Vec<TagKey> = languages.iter().flat_map(|language| matching::readers(*language)).collect();
        let bare: BTreeSet<TagKey> = tags.iter().map(|tag| tag.language()).collect();
        let regions: BTreeSet<TagKey> = locales.iter().filter(|tag| tag.has_region()).map(|tag| tag.region()).collect();
        tags.extend(bare.iter().flat_map(|language| regions.iter().map(|region| language.or(*region))));
        tags.extend(readers);
        tags.into_iter().collect()
    }
}

/// A column for a tag.
struct Match {
    column: u16,
    is_last_resort: bool,
}

impl Match {
    fn word(self) -> u32 {
        u32::from(self.column) | if self.is_last_resort { LAST_RESORT } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tag of the column that a lookup finds, with `?` behind a last resort.
    fn found(columns: &[&'static str], tag: &str) -> String {
        let locales: Vec<Locale> = columns.iter().filter_map(|tag| Locale::from_tag(tag)).collect();
        let records = ranges(&locales);
        let column_of = |tag: TagKey| {
            let key = [tag.to_word() as u32, (tag.to_word() >> 32) as u32];
            records.chunks(3).find(|record| record.starts_with(&key)).and_then(|record| record.last().copied())
        };
        let word = TagKey::parse(tag).and_then(|tag| tag.lookup().find_map(column_of)).unwrap_or(NOTHING);
        let column = columns.get((word & !LAST_RESORT) as usize).copied().unwrap_or("none");
        let mark = if word != NOTHING && word & LAST_RESORT != 0 { "?" } else { "" };
        format!("{column}{mark}")
    }

    #[test]
    fn the_nearest_region_is_that_of_cldr() {
        for (columns, tag, expected) in [
            (&["en", "en-GB"][..], "en-AU", "en-GB"),
            (&["en", "en-GB"], "en-IN", "en-GB"),
            (&["en", "en-GB"], "en-CA", "en"),
            (&["en", "en-GB"], "en-US", "en"),
            (&["en", "en-GB"], "en", "en"),
            (&["en", "en-GB", "en-001"], "en-AU", "en-001"),
            (&["en-US", "en-GB"], "en-AU", "en-GB"),
            (&["en", "es", "es-MX"], "es-AR", "es-MX"),
            (&["en", "es", "es-MX"], "es-US", "es-MX"),
            (&["en", "es", "es-MX"], "es-GQ", "es"),
            (&["en", "es", "es-MX", "es-419"], "es-AR", "es-419"),
            (&["en", "fr", "fr-CA"], "fr-CH", "fr"),
            (&["en", "ar", "ar-DZ"], "ar-MA", "ar-DZ"),
            (&["en", "pt", "pt-PT"], "pt-AO", "pt-PT"),
            (&["en", "pt", "pt-PT"], "pt-BR", "pt"),
        ] {
            assert_eq!(found(columns, tag), expected, "{tag} of {columns:?}");
        }
    }

    #[test]
    fn a_near_language_serves_where_the_own_one_is_not_there() {
        for (columns, tag, expected) in [
            (&["en", "nb"][..], "nn", "nb"),
            (&["en", "nb"], "nn-NO", "nb"),
            (&["en", "nb"], "no", "nb"),
            (&["en", "no"], "nb-NO", "no"),
            (&["en", "nn"], "nb", "nn"),
            (&["en", "nn", "nb"], "no", "nb"),
            (&["en", "de"], "gsw-CH", "de"),
            (&["en", "de", "gsw"], "gsw", "gsw"),
            (&["en", "ar"], "apc", "ar"),
            // Languages that many readers have learnt are for the readers to name.
            (&["en", "es"], "ca", "none"),
            (&["en", "ru"], "uk", "none"),
            (&["en", "ru"], "kk", "none"),
            (&["en", "zh-Hans"], "cmn-Hans", "zh-Hans"),
        ] {
            assert_eq!(found(columns, tag), expected, "{tag} of {columns:?}");
        }
    }

    #[test]
    fn another_script_is_the_last_resort() {
        for (columns, tag, expected) in [
            (&["en", "zh-Hans"][..], "zh-TW", "zh-Hans?"),
            (&["en", "zh-Hans"], "zh-Hant-HK", "zh-Hans?"),
            (&["en", "zh-Hans"], "zh", "zh-Hans"),
            (&["en", "zh-Hans"], "zh-SG", "zh-Hans"),
            (&["en", "zh-Hans", "zh-Hant"], "zh-HK", "zh-Hant"),
            (&["en", "zh-Hant"], "zh-CN", "zh-Hant?"),
            (&["en", "sr"], "sr-Latn", "sr"),
        ] {
            assert_eq!(found(columns, tag), expected, "{tag} of {columns:?}");
        }
    }
}

//! The best column for each locale of the runtime, and for the tags of a request. CLDR's parents and likely subtags are
//! applied here, at build time.

use crate::locale::{Locale, in_macrolanguage};
use lift_errors_cldr::{Locale as CldrLocale, likely};
use lift_errors_core::tag::TagKey;
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
        let column = columns.of_tag(tag).map_or(NOTHING, u32::from);
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
        let inherited = locale.fallback().find_map(|locale| self.position(locale));
        let tag = || TagKey::parse_whole(locale.tag()).filter(|_| !locale.is_pseudolocale());
        inherited.or_else(|| self.in_language(likely::maximize(tag()?)?))
    }

    /// The column for a tag.
    fn of_tag(&self, tag: TagKey) -> Option<u16> {
        let exact = Locale::from_tag(&tag.to_string()).and_then(|locale| self.position(locale));
        if exact.is_some() {
            return exact;
        }
        let full = likely::maximize(tag)?;
        let known = [full, full.without_region(), tag, full.without_script()];
        let locale = known.iter().find_map(|tag| CldrLocale::from_tag(&tag.to_string()));
        let inherited =
            locale.and_then(|locale| Locale::Cldr(locale).fallback().find_map(|locale| self.position(locale)));
        inherited.or_else(|| self.in_language(full))
    }

    /// The best column in the language of a full tag: in its script if there is one, in its region if there is
    /// one. A reader of the other script reads it more easily than another language.
    fn in_language(&self, full: TagKey) -> Option<u16> {
        let usual = likely::maximize(full.language());
        let score = |column: TagKey| {
            let usual = usual.is_some_and(|usual| usual.region() == column.region());
            (
                column.script() == full.script(),
                column.language() == full.language(),
                column.region() == full.region(),
                usual,
            )
        };
        let columns = self.full.iter().enumerate().filter_map(|(number, tag)| Some((number, (*tag)?)));
        let language = |tag| in_macrolanguage(tag).language();
        let mut best: Option<(usize, (bool, bool, bool, bool))> = None;
        for (number, tag) in columns.filter(|(_, tag)| language(*tag) == language(full)) {
            // A pseudolocale is only chosen by its own tag. The first of equals is taken.
            let is_pseudolocale = self.locales.get(number).is_some_and(|locale| locale.is_pseudolocale());
            if !is_pseudolocale && best.is_none_or(|(_, known)| known < score(tag)) {
                best = Some((number, score(tag)));
            }
        }
        u16::try_from(best?.0).ok()
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
        let bare: BTreeSet<TagKey> = tags.iter().map(|tag| tag.language()).collect();
        let regions: BTreeSet<TagKey> = locales.iter().filter(|tag| tag.has_region()).map(|tag| tag.region()).collect();
        tags.extend(bare.iter().flat_map(|language| regions.iter().map(|region| language.or(*region))));
        tags.into_iter().collect()
    }
}

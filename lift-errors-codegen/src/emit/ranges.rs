//! The best column for each locale of the runtime, and for the tags of a request. CLDR's parents and likely subtags are
//! applied here, at build time.

use crate::locale::{Locale, macrolanguage};
use lift_errors_cldr::{Locale as CldrLocale, Tag, likely};
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
    tags.sort_by_key(|(tag, key)| (usize::from(tag.script().is_some()) + usize::from(tag.region().is_some()), *key));
    for (tag, key) in tags {
        let column = columns.of_tag(&tag).map_or(NOTHING, u32::from);
        let found = key.lookup().find_map(|key| records.get(&key.to_word()).copied());
        if found.unwrap_or(NOTHING) != column {
            records.insert(key.to_word(), column);
        }
    }
    records.into_iter().flat_map(|(key, column)| [key as u32, (key >> 32) as u32, column]).collect()
}

/// The columns of a catalogue, with their full tags.
struct Columns<'a> {
    locales: &'a [Locale],
    full: Vec<Option<Tag>>,
}

impl<'a> Columns<'a> {
    fn of(locales: &'a [Locale]) -> Self {
        let full = locales.iter().map(|locale| likely::maximize(&Tag::parse(locale.tag())?)).collect();
        Self { locales, full }
    }

    fn position(&self, locale: Locale) -> Option<u16> {
        u16::try_from(self.locales.iter().position(|&column| column == locale)?).ok()
    }

    /// The column of a locale, or of the nearest that it inherits from, or one in its language.
    fn of_locale(&self, locale: Locale) -> Option<u16> {
        let inherited = locale.fallback().find_map(|locale| self.position(locale));
        let tag = || Tag::parse(locale.tag()).filter(|_| !locale.is_pseudolocale());
        inherited.or_else(|| self.in_language(&likely::maximize(&tag()?)?))
    }

    /// The column for a tag in any spelling.
    fn of_tag(&self, tag: &Tag) -> Option<u16> {
        let exact = Locale::from_tag(&tag.to_string()).and_then(|locale| self.position(locale));
        if exact.is_some() {
            return exact;
        }
        let full = likely::maximize(tag)?;
        let known = [full.to_string(), without(&full, false, true), tag.to_string(), without(&full, true, false)];
        let locale = known.iter().find_map(|tag| CldrLocale::from_tag(tag));
        let inherited =
            locale.and_then(|locale| Locale::Cldr(locale).fallback().find_map(|locale| self.position(locale)));
        inherited.or_else(|| self.in_language(&full))
    }

    /// The best column in the language of a full tag: in its script if there is one, in its region if there is
    /// one. A reader of the other script reads it more easily than another language.
    fn in_language(&self, full: &Tag) -> Option<u16> {
        let usual = likely::maximize(&Tag::parse(full.language())?);
        let score = |column: &Tag| {
            let usual = usual.as_ref().is_some_and(|usual| usual.region() == column.region());
            (
                column.script() == full.script(),
                column.language() == full.language(),
                column.region() == full.region(),
                usual,
            )
        };
        let columns = self.full.iter().enumerate().filter_map(|(number, tag)| Some((number, tag.as_ref()?)));
        let mut best: Option<(usize, (bool, bool, bool, bool))> = None;
        for (number, tag) in columns.filter(|(_, tag)| macrolanguage(tag.language()) == macrolanguage(full.language()))
        {
            // A pseudolocale is only chosen by its own tag. The first of equals is taken.
            let is_pseudolocale = self.locales.get(number).is_some_and(|locale| locale.is_pseudolocale());
            if !is_pseudolocale && best.is_none_or(|(_, known)| known < score(tag)) {
                best = Some((number, score(tag)));
            }
        }
        u16::try_from(best?.0).ok()
    }

    /// The tags that could need a record: the columns' own, and all that CLDR has in their languages.
    fn tags(&self) -> Vec<(Tag, TagKey)> {
        let languages: BTreeSet<&str> = self.full.iter().flatten().map(|tag| macrolanguage(tag.language())).collect();
        let in_language = |tag: &Tag| languages.contains(macrolanguage(tag.language()));
        // Nynorsk inherits from Norwegian: a language may fall back to another.
        let reached = CldrLocale::all()
            .filter(|&locale| Locale::Cldr(locale).fallback().any(|parent| self.position(parent).is_some()));
        let reached: Vec<Tag> = reached.filter_map(|locale| Tag::parse(locale.tag())).collect();
        let locales: Vec<Tag> = CldrLocale::all().filter_map(|locale| Tag::parse(locale.tag())).collect();
        let regions: BTreeSet<String> = locales.iter().filter_map(|tag| Some(tag.region()?.to_owned())).collect();
        let mut tags: BTreeSet<Tag> = self.locales.iter().filter_map(|locale| Tag::parse(locale.tag())).collect();
        tags.extend(reached);
        for tag in locales.into_iter().filter(in_language) {
            // A region can imply the script, as Hong Kong does: people leave the script out.
            let spelt = [without(&tag, true, true), without(&tag, false, true), without(&tag, true, false)];
            tags.extend(spelt.iter().filter_map(|tag| Tag::parse(tag)));
            tags.insert(tag);
        }
        let bare: Vec<String> =
            tags.iter().map(|tag| tag.language().to_owned()).collect::<BTreeSet<_>>().into_iter().collect();
        for (language, region) in bare.iter().flat_map(|language| regions.iter().map(move |region| (language, region)))
        {
            tags.extend(Tag::parse(&format!("{language}-{region}")));
        }
        tags.into_iter()
            .filter_map(|tag| Some((TagKey::parse_whole(&tag.to_string())?, tag)))
            .map(|(key, tag)| (tag, key))
            .collect()
    }
}

/// A tag without its script or its region.
fn without(tag: &Tag, script: bool, region: bool) -> String {
    let mut text = tag.language().to_owned();
    for part in [tag.script().filter(|_| !script), tag.region().filter(|_| !region)].into_iter().flatten() {
        text.push('-');
        text.push_str(part);
    }
    text
}

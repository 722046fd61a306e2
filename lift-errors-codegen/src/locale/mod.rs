//! The locales that a catalogue may name: those of CLDR, and two for testing. Their numbers are the runtime's.

pub(crate) mod constant_value;
pub(crate) mod language;
pub(crate) mod pseudo;
pub(crate) mod whole_numbers;

use crate::diagnostic::suggest::nearest;
use lift_errors_cldr as cldr;
use lift_errors_cldr::Direction;
use lift_errors_cldr::plural::Category;
use lift_errors_core::tag::TagKey;
use proc_macro2::Literal;
use std::sync::LazyLock;

/// A locale that texts can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Locale {
    Cldr(cldr::Locale),
    /// `en-XA`: the default locale's texts with accents, and longer.
    Accented,
    /// `ar-XB`: the default locale's texts, written from right to left.
    Mirrored,
}

impl Locale {
    /// The pseudolocales, in the order of their numbers.
    pub(crate) const PSEUDOLOCALES: [Self; 2] = [Self::Accented, Self::Mirrored];

    /// The locale with a tag, in upper or lower case.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        let pseudolocale = Self::PSEUDOLOCALES.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(tag));
        pseudolocale.or_else(|| cldr::Locale::from_tag(tag).map(Self::Cldr))
    }

    /// Every locale, in the order of the numbers.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        cldr::Locale::all().map(Self::Cldr).chain(Self::PSEUDOLOCALES)
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Cldr(locale) => locale.tag(),
            Self::Accented => "en-XA",
            Self::Mirrored => "ar-XB",
        }
    }

    /// Its number at run time: CLDR's, and the pseudolocales behind them.
    pub(crate) fn number(self) -> u16 {
        let behind = cldr::Locale::COUNT as u16;
        match self {
            Self::Cldr(locale) => locale.number(),
            Self::Accented => behind,
            Self::Mirrored => behind + 1,
        }
    }

    /// The language and its script: `pt-Latn` of `pt-PT`. Another script is another language to most readers; Bokmål
    /// and Norwegian are one (BCP 47, macrolanguages).
    pub(crate) fn language(self) -> String {
        let tag = self.tag();
        let full = TagKey::parse_whole(tag).filter(|_| !self.is_pseudolocale()).and_then(cldr::likely::maximize);
        full.map_or_else(|| tag.to_owned(), |full| in_macrolanguage(full).without_region().to_string())
    }

    /// The rules that every catalogue needs and that the locale lacks in CLDR. Rules that only some texts need are not among it.
    pub(crate) fn lacks(self) -> Option<&'static str> {
        let Self::Cldr(locale) = self else { return None };
        if locale.parent().is_none() {
            return Some("language");
        }
        // No request that asks for one is understood: a tag is looked up by language, script and region.
        TagKey::parse_whole(locale.tag()).is_none().then_some("tag without a variant")
    }

    /// The locale that somebody means by a tag that CLDR does not have: `zh-Hans` for `zh-CN`, `uk` for `ukr`.
    pub(crate) fn meant_by(tag: &str) -> Option<Self> {
        let tag = TagKey::parse_whole(tag)?;
        let full = cldr::likely::maximize(tag)?;
        // Nobody who names no region means one.
        let in_region = tag.has_region().then(|| full.without_script());
        let shorter = [full.without_region(), full.language()];
        in_region.into_iter().chain(shorter).find_map(|tag| cldr::Locale::from_tag(&tag.to_string()).map(Self::Cldr))
    }

    /// The locale that a tag which CLDR does not have is another way to write: `zh-Hans` for `zh-CN`, `zh-Hans-SG` for `zh-SG`. The
    /// one that is meant by `fr-AR` has other readers, too.
    pub(crate) fn same_as(tag: &str) -> Option<Self> {
        let maximize = |tag: &str| TagKey::parse_whole(tag).and_then(cldr::likely::maximize);
        let full = maximize(tag)?;
        let meant = Self::meant_by(tag).filter(|meant| maximize(meant.tag()) == Some(full));
        meant.or_else(|| cldr::Locale::from_tag(&full.to_string()).map(Self::Cldr))
    }

    /// A remedy for a tag that CLDR does not have.
    pub(crate) fn remedy(tag: &str) -> String {
        if let Some(meant) = Self::meant_by(tag) {
            return format!("did you mean `{}`? the tags are those of CLDR", meant.tag());
        }
        let (first, _) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
        let country = Self::of_country(first).filter(|_| cldr::Locale::from_tag(first).is_none());
        if let Some(language) = country {
            let country = first.to_ascii_uppercase();
            let language = language.tag();
            return format!("`{country}` is a country, and a tag begins with the language, such as `{language}`");
        }
        // All tags of languages are near each other: only behind one that is known can there be a typing mistake.
        let of_language = |known: &&str| known.split('-').next().is_some_and(|known| known.eq_ignore_ascii_case(first));
        match nearest(tag, Self::all().map(Self::tag).filter(of_language)) {
            Some(near) => format!("did you mean `{near}`? the tags are those of CLDR"),
            None => "write a language of CLDR by its tag, such as `fr` or `pt-BR`".to_owned(),
        }
    }

    /// The language that most people in a country read: that of `UA` is `uk`.
    pub(crate) fn of_country(country: &str) -> Option<Self> {
        // Three digits are a part of the world.
        if country.len() != 2 {
            return None;
        }
        let region = TagKey::parse_whole(&format!("und-{country}")).filter(|region| region.has_region())?;
        let full = cldr::likely::maximize(region)?;
        // For what is not a country, the answer is English, in one that is or in one that CLDR does not have.
        let is_asked = full.without_script() == full.language().or(region.without_script());
        let mut known = [full, full.without_script()].into_iter().filter(|_| is_asked);
        known.find_map(|tag| cldr::Locale::from_tag(&tag.to_string()))?;
        cldr::Locale::from_tag(&full.language().to_string()).map(Self::Cldr)
    }

    pub(crate) fn is_pseudolocale(self) -> bool {
        !matches!(self, Self::Cldr(_))
    }

    pub(crate) fn is_right_to_left(self) -> bool {
        match self {
            Self::Cldr(locale) => cldr::direction(locale) == Direction::RightToLeft,
            Self::Accented => false,
            Self::Mirrored => true,
        }
    }

    /// The locale and its parents, without the root, which is not a language.
    pub(crate) fn fallback(self) -> impl Iterator<Item = Self> {
        let cldr = match self {
            Self::Cldr(locale) => Some(locale),
            _ => None,
        };
        let pseudolocale = self.is_pseudolocale().then_some(self);
        let inherited = cldr.into_iter().flat_map(cldr::Locale::fallback).filter(|locale| locale.parent().is_some());
        pseudolocale.into_iter().chain(inherited.map(Self::Cldr))
    }
}

/// What to write in place of a tag that CLDR does not have.
pub fn locale_remedy(tag: &str) -> String {
    Locale::remedy(tag)
}

/// The tag of CLDR's that a tag is another way to write.
pub fn same_locale(tag: &str) -> Option<&'static str> {
    Locale::same_as(tag).map(Locale::tag)
}

/// The one of some tags that a tag means: it, or the one that it is another way to write, such as `uk` for `uk-UA`.
pub(crate) fn listed_as<'a>(tag: &str, listed: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let full = |tag: &str| TagKey::parse_whole(tag).and_then(cldr::likely::maximize);
    let same = || full(tag).and_then(|meant| listed.clone().find(|known| full(known) == Some(meant)));
    listed.clone().find(|known| *known == tag).or_else(same)
}

/// The plural categories of a locale; a language without rules has one form for every number.
pub(crate) fn categories(locale: cldr::Locale) -> Vec<Category> {
    cldr::plural::categories(locale).unwrap_or_else(|| vec![Category::Other])
}

/// The tag with the macrolanguage of its language (BCP 47): Norwegian for Bokmål.
pub(crate) fn in_macrolanguage(tag: TagKey) -> TagKey {
    // Each tag of CLDR is compared with it, for each column.
    static BOKMAL_AND_NORWEGIAN: LazyLock<[Option<TagKey>; 2]> = LazyLock::new(|| ["nb", "no"].map(TagKey::parse));
    match *BOKMAL_AND_NORWEGIAN {
        [Some(bokmal), Some(norwegian)] if tag.language() == bokmal => norwegian.or(tag),
        _ => tag,
    }
}

/// The table of the runtime's locales: the tags in one literal, where each starts, and English's number.
pub(crate) fn table() -> String {
    let tags: Vec<&str> = cldr::Locale::all().map(cldr::Locale::tag).collect();
    let mut starts = vec![0_u32];
    for tag in &tags {
        starts.push(starts.last().copied().unwrap_or(0) + tag.len() as u32);
    }
    let bytes: Vec<u8> = starts.iter().flat_map(|start| start.to_le_bytes()).collect();
    let (blob, starts) = (tags.concat(), Literal::byte_string(&bytes));
    let english = cldr::Locale::from_tag("en").map_or(0, cldr::Locale::number);
    let pseudolocales = Locale::PSEUDOLOCALES.map(Locale::tag);
    format!(
        "// @generated by lift-errors-codegen from CLDR {version}; do not edit\n\
         //! The tags of all locales, in the order of their numbers.\n\n\
         use lift_errors_core::u32_table::{{Strings, U32Table}};\n\n\
         /// The number of English.\n\
         pub(crate) const ENGLISH: u16 = {english};\n\n\
         /// The pseudolocales, whose numbers follow.\n\
         pub(crate) const PSEUDOLOCALES: [&str; {count}] = {pseudolocales:?};\n\n\
         /// CLDR's locales.\n\
         #[rustfmt::skip]\n\
         pub(crate) static TAGS: Strings = Strings::new({blob:?}, U32Table::new({starts}));\n",
        version = cldr::VERSION,
        count = pseudolocales.len(),
    )
}

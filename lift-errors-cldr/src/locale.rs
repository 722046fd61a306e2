//! The locales of CLDR and their parents.

use alloc::string::ToString;
use core::fmt;

use crate::generated::locales::{LOCALES, WITHOUT_DATA};
use lift_errors_core::tag::TagKey;

/// A locale of CLDR, by its number in the order of tags.
///
/// Numbers change with the version of the data: store tags.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(u16);

impl Locale {
    /// The number of locales, with the root.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(Locale::all().count(), Locale::COUNT);
    /// ```
    pub const COUNT: usize = LOCALES.len();

    /// The locale with a tag, in upper or lower case; `None` if CLDR does not have it.
    ///
    /// [`tag`](Self::tag) returns the canonical spelling:
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(Locale::from_tag("ZH-hant-hk").map(Locale::tag), Some("zh-Hant-HK"));
    /// assert_eq!(Locale::from_tag("en-US").map(Locale::tag), Some("en-US"));
    /// assert_eq!(Locale::from_tag("zh_Hant_HK"), None);
    /// assert_eq!(Locale::from_tag("tlh"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let search = |tag: &str| LOCALES.binary_search_by_key(&tag, |(known, _)| known).ok();
        // Tags are sorted by their bytes, so upper case before lower.
        let is_tag = |index: &usize| LOCALES.get(*index).is_some_and(|(known, _)| known.eq_ignore_ascii_case(tag));
        let spelt = || search(&TagKey::parse_whole(tag)?.to_string()).filter(is_tag);
        // A `TagKey` does not have a variant.
        let has_variant = || tag.split('-').skip(1).any(|part| part.len() > 4);
        let searched = || LOCALES.iter().position(|(known, _)| known.eq_ignore_ascii_case(tag));
        let index = search(tag).or_else(spelt).or_else(|| if has_variant() { searched() } else { None })?;
        Self::from_number(u16::try_from(index).ok()?)
    }

    /// The locale with a number.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert!(Locale::all().all(|locale| Locale::from_number(locale.number()) == Some(locale)));
    /// assert_eq!(Locale::from_number(u16::MAX), None);
    /// ```
    pub fn from_number(number: u16) -> Option<Self> {
        (usize::from(number) < Self::COUNT).then_some(Self(number))
    }

    /// Whether CLDR has data of the locale or of one that it inherits from. Some languages are only known by name: they have the
    /// conventions of the root and no plural rules.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(["ach", "rw"].map(|tag| Locale::from_tag(tag).map(Locale::has_data)), [Some(false), Some(true)]);
    /// ```
    pub fn has_data(self) -> bool {
        !WITHOUT_DATA.contains(&self.tag())
    }

    /// The number, below [`COUNT`](Self::COUNT).
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(Locale::all().next().map(Locale::number), Some(0));
    /// ```
    pub fn number(self) -> u16 {
        self.0
    }

    /// The BCP 47 tag in canonical spelling; that of the root is `und`.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(Locale::root().tag(), "und");
    /// ```
    pub fn tag(self) -> &'static str {
        self.row().0
    }

    /// All locales, in the order of their tags.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert!(Locale::all().any(|locale| locale.tag() == "ca-ES-valencia"));
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map_while(Self::from_number)
    }

    /// The locale that all others inherit from.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// assert_eq!(Locale::root().parent(), None);
    /// ```
    pub fn root() -> Self {
        Self::from_tag("und").unwrap_or(Self(0))
    }

    /// The locale whose data apply if this one has none: the parent that CLDR states, or else the tag without its last
    /// part.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// let parent = |tag| Locale::from_tag(tag)?.parent().map(Locale::tag);
    /// assert_eq!(parent("es-AR"), Some("es-419"));
    /// assert_eq!(parent("fr-CA"), Some("fr"));
    /// assert_eq!(parent("zh-Hant"), Some("und")); // not Simplified Chinese
    /// ```
    pub fn parent(self) -> Option<Self> {
        let parent = self.row().1;
        if parent.is_empty() { None } else { Self::from_tag(parent) }
    }

    /// The locale, its parent, and so on to the root.
    ///
    /// ```
    /// use lift_errors_cldr::Locale;
    ///
    /// let locale = Locale::from_tag("zh-Hant-MO").ok_or("no such locale")?;
    /// assert!(locale.fallback().map(Locale::tag).eq(["zh-Hant-MO", "zh-Hant-HK", "zh-Hant", "und"]));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn fallback(self) -> Fallback {
        Fallback(Some(self))
    }

    fn row(self) -> (&'static str, &'static str) {
        LOCALES.get(usize::from(self.0)).copied().unwrap_or(("und", ""))
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag())
    }
}

/// The iterator of [`Locale::fallback`].
#[derive(Clone, Debug)]
pub struct Fallback(Option<Locale>);

impl Iterator for Fallback {
    type Item = Locale;

    fn next(&mut self) -> Option<Locale> {
        let locale = self.0?;
        self.0 = locale.parent();
        Some(locale)
    }
}

impl core::iter::FusedIterator for Fallback {}

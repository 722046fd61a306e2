//! The cardinal plural rules, which select the form of a word by a number.

use alloc::vec::Vec;

use crate::generated::plurals::RULES;
use crate::locale::Locale;
use crate::operands::Operands;

pub use crate::category::{Category, Rules};

impl Rules {
    /// The rules with a key of CLDR. Some keys are languages that are not locales (`guw`), or older codes (`sh`).
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// assert_eq!(Rules::of_key("sh"), Rules::of_key("sr"));
    /// assert_ne!(Rules::of_key("pt"), Rules::of_key("pt-PT"));
    /// assert_eq!(Rules::of_key("qu"), None);
    /// ```
    pub fn of_key(key: &str) -> Option<Self> {
        RULES.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, rules)| *rules)
    }

    /// All different rules, each with its keys in CLDR.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// assert!(Rules::all().any(|(keys, rules)| keys.contains(&"ja") && rules.categories().count() == 1));
    /// ```
    pub fn all() -> impl Iterator<Item = (&'static [&'static str], Self)> {
        RULES.iter().copied()
    }
}

/// The rules of a locale; `None` if CLDR has none for its language.
///
/// Unlike other data, plural rules are inherited by the tag alone (UTS 35, parent locales, component `plurals`): Angolan
/// Portuguese has the words of Portugal and the plural rules of Brazil.
///
/// ```
/// use lift_errors_cldr::plural::Rules;
/// use lift_errors_cldr::{Locale, plural};
///
/// let of = |tag| Locale::from_tag(tag).and_then(plural::rules);
/// assert_eq!(of("sr-Latn-RS"), Rules::of_key("sr"));
/// assert_eq!(of("pt-AO"), Rules::of_key("pt"));
/// assert_eq!(of("qu"), None);
/// ```
pub fn rules(locale: Locale) -> Option<Rules> {
    let mut tag = locale.tag();
    loop {
        if let Some(rules) = Rules::of_key(tag) {
            return Some(rules);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

/// The category of a number in a locale.
///
/// ```
/// use lift_errors_cldr::plural::{self, Category};
/// use lift_errors_cldr::{Locale, Operands};
///
/// let polish = Locale::from_tag("pl").ok_or("no such locale")?;
/// assert_eq!(plural::category(polish, &Operands::from(22)), Some(Category::Few));
/// assert_eq!(plural::category(polish, &Operands::parse("1.5").ok_or("no number")?), Some(Category::Other));
/// # Ok::<(), &str>(())
/// ```
pub fn category(locale: Locale, number: &Operands) -> Option<Category> {
    Some(rules(locale)?.category(number))
}

/// The categories of a locale, which every plural table in its texts must have.
///
/// ```
/// use lift_errors_cldr::plural::{self, Category};
/// use lift_errors_cldr::Locale;
///
/// let french = Locale::from_tag("fr").ok_or("no such locale")?;
/// assert_eq!(plural::categories(french), Some(vec![Category::One, Category::Many, Category::Other]));
/// # Ok::<(), &str>(())
/// ```
pub fn categories(locale: Locale) -> Option<Vec<Category>> {
    Some(rules(locale)?.categories().collect())
}

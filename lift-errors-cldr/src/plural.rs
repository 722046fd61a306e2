//! The cardinal plural rules: which form of a word goes with a number.

use alloc::vec::Vec;
use core::fmt;

use crate::generated::plurals::RULES;
use crate::locale::Locale;
use crate::operands::Operands;
use crate::rule::{Condition, holds};

/// A plural category. The names are for grouping alone: `One` is also for 21 in Russian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Such as 0 in Arabic.
    Zero,
    /// Such as 1 in English.
    One,
    /// Such as 2 in Arabic.
    Two,
    /// Such as 2 to 4 in Polish.
    Few,
    /// Such as 5 in Polish, and a million in French.
    Many,
    /// All others: the only category that every language has.
    Other,
}

impl Category {
    /// All categories, in CLDR's order.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// CLDR's name, as it stands in plural tables.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Category;
    ///
    /// assert_eq!(Category::Few.as_str(), "few");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The category with this name.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Category;
    ///
    /// assert_eq!(Category::from_name("few"), Some(Category::Few));
    /// assert_eq!(Category::from_name("=1"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == name)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A language's rules. The first that holds gives the category; where none holds, it is `other`.
///
/// [`integer_to_rust`](Self::integer_to_rust) and [`decimal_to_rust`](Self::decimal_to_rust) write them as Rust.
///
/// ```
/// use lift_errors_cldr::plural::{Category, Rules};
/// use lift_errors_cldr::{Locale, plural};
///
/// let arabic = Locale::from_tag("ar").and_then(plural::rules).ok_or("no rules")?;
/// assert_eq!(arabic.category(&11.into()), Category::Many);
/// assert_eq!(arabic.categories().count(), 6);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules(pub(crate) &'static [(Category, Condition)]);

impl Rules {
    /// The rules that CLDR has under this key. It has some for languages that are no locales (`guw`), and for
    /// older codes (`sh`).
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

    /// All rules that differ, each with the keys that CLDR has them under.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// assert!(Rules::all().any(|(keys, rules)| keys.contains(&"ja") && rules.categories().count() == 1));
    /// ```
    pub fn all() -> impl Iterator<Item = (&'static [&'static str], Self)> {
        RULES.iter().copied()
    }

    /// The category of a number.
    pub fn category(&self, number: &Operands) -> Category {
        let found = self.0.iter().find(|(_, condition)| holds(condition, number));
        found.map_or(Category::Other, |(category, _)| *category)
    }

    /// The categories that the language has, in CLDR's order; `other` is the last.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.0.iter().map(|(category, _)| *category).chain([Category::Other])
    }
}

/// The rules of a locale; `None` where CLDR has none for its language.
///
/// Plural rules are not inherited as other data is, but by the tag alone (UTS 35, parent locales, component
/// `plurals`): Portuguese as written in Angola has the words of Portugal, and the plural rules of Brazil.
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

/// The categories that a locale has: what a plural table in its texts has to have.
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

//! Plural categories, and the rules that select one.

use crate::operands::Operands;
use crate::rule::{Condition, holds};
use core::fmt;

/// A plural category. The names are not to be taken literally: in Russian 21 is `One`.
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

    /// CLDR's name, as plural tables contain it.
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

/// The rules of a language. The first rule that holds determines the category, which is `other` if none holds.
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
    /// The category of a number.
    pub fn category(&self, number: &Operands) -> Category {
        let found = self.0.iter().find(|(_, condition)| holds(condition, number));
        found.map_or(Category::Other, |(category, _)| *category)
    }

    /// The categories of the language, in CLDR's order; `other` is the last.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.0.iter().map(|(category, _)| *category).chain([Category::Other])
    }
}

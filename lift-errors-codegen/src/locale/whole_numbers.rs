//! The plural categories that whole numbers need. Only in field errors may another number select a form.

use lift_errors_cldr::Locale;
use lift_errors_cldr::plural::{self, Category, Rules};

/// Whole numbers that meet every category which some whole number is in, and twice those that have two.
fn samples() -> impl Iterator<Item = u64> {
    (0..1_000).chain([1_000_000, 2_000_000])
}

/// The categories of whole numbers in a locale, in CLDR's order.
pub(crate) fn needed_categories(locale: Locale) -> Vec<Category> {
    match plural::rules(locale) {
        Some(rules) => rules.categories().filter(|&category| is_for_whole_numbers(rules, category)).collect(),
        None => vec![Category::Other],
    }
}

/// Whether some whole number is in a category.
fn is_for_whole_numbers(rules: Rules, category: Category) -> bool {
    samples().any(|number| rules.category(&number.into()) == category)
}

/// Whole numbers that are in a category.
pub(crate) fn samples_of(locale: Locale, category: Category) -> impl Iterator<Item = u64> {
    let rules = plural::rules(locale);
    let category_of = move |number: u64| rules.map_or(Category::Other, |rules| rules.category(&number.into()));
    samples().filter(move |&number| category_of(number) == category)
}

/// Whether a category is for one whole number, so that a text for it may say the number in words.
pub(crate) fn is_for_one_number(locale: Locale, category: Category) -> bool {
    plural::rules(locale).is_some_and(|rules| {
        samples().filter(|&number| rules.category(&number.into()) == category).take(2).count() == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_meet_every_category() {
        let more = || (0..3_000).chain([10_000, 100_000, 1_000_000, 1_000_001, 2_000_000, 10_000_000]);
        let mut seen = Vec::new();
        for locale in Locale::all() {
            let Some(rules) = plural::rules(locale).filter(|rules| !seen.contains(rules)) else { continue };
            seen.push(rules);
            for category in rules.categories() {
                let of = |numbers: &mut dyn Iterator<Item = u64>| {
                    numbers.filter(|&number| rules.category(&number.into()) == category).count()
                };
                assert_eq!(is_for_whole_numbers(rules, category), of(&mut more()) > 0, "{locale} {category}");
                assert_eq!(is_for_one_number(locale, category), of(&mut more()) == 1, "{locale} {category}");
            }
        }
    }
}

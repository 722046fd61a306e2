//! The plural categories that whole numbers need. Only in field errors may another number select a form.

use lift_errors_cldr::plural::{self, Category, Rules};
use lift_errors_cldr::{Locale, Operands};

/// Fractions that meet every category which a fraction and no more than one whole number is in.
const FRACTIONS: [&str; 5] = ["0.1", "0.5", "1.1", "1.5", "2.5"];

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

/// Whether a category is for one whole number, so that a text for it may say the number in words. Where fractions select forms,
/// none may be in the category: Danish has 0.5 and 1.5 in `one`.
pub(crate) fn is_for_one_number(locale: Locale, category: Category, with_fractions: bool) -> bool {
    plural::rules(locale).is_some_and(|rules| {
        let has = |number: &Operands| rules.category(number) == category;
        let mut fractions = FRACTIONS.iter().filter(|_| with_fractions).filter_map(|number| Operands::parse(number));
        samples().filter(|&number| has(&number.into())).take(2).count() == 1 && !fractions.any(|number| has(&number))
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
                let is_one = of(&mut more()) == 1;
                assert_eq!(is_for_one_number(locale, category, false), is_one, "{locale} {category}");
                let thousandths = (0..5_000).filter(|number| number % 1_000 != 0).map(|number: u64| {
                    Operands::parse(format!("{}.{:03}", number / 1_000, number % 1_000).trim_end_matches('0')).unwrap()
                });
                let has_fraction = thousandths.into_iter().any(|number| rules.category(&number) == category);
                let is_alone = is_one && !has_fraction;
                assert_eq!(is_for_one_number(locale, category, true), is_alone, "{locale} {category}");
            }
        }
    }
}

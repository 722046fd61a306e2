//! Every sample of CLDR's plural rules, through the evaluated rules and through those that are written in Rust.

use lift_errors_cldr::plural::{self, Category, Rules};
use lift_errors_cldr::{Locale, Operands};

use crate::generated_rules::RULES;
use crate::source::json;

/// One number that CLDR says is in a category.
struct Sample {
    key: String,
    category: Category,
    text: String,
}

/// All samples, with ranges written out: `0.0~1.5` is every number of one fraction digit from the first to the last.
fn samples() -> Vec<Sample> {
    let file = json!("plurals.json");
    let mut samples = Vec::new();
    for (key, rules) in file["supplemental"]["plurals-type-cardinal"].as_object().expect("languages") {
        for (name, rule) in rules.as_object().expect("rules") {
            let category = name.strip_prefix("pluralRule-count-").and_then(Category::from_name).expect(name);
            for list in rule.as_str().expect("a rule").split('@').skip(1) {
                let (kind, list) = list.split_once(' ').expect("integer or decimal");
                assert!(["integer", "decimal"].contains(&kind), "{kind}");
                for item in list.split(',').map(str::trim).filter(|item| *item != "…") {
                    samples.extend(numbers(item).into_iter().map(|text| Sample { key: key.clone(), category, text }));
                }
            }
        }
    }
    samples
}

fn numbers(item: &str) -> Vec<String> {
    let Some((first, last)) = item.split_once('~') else { return vec![item.to_owned()] };
    let places = first.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let units = |text: &str| text.replace('.', "").parse::<u64>().expect("digits");
    (units(first)..=units(last))
        .map(|unit| {
            let digits = format!("{unit:0>width$}", width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            if places == 0 { digits } else { format!("{whole}.{fraction}") }
        })
        .collect()
}

#[test]
fn ranges_of_samples_are_written_out() {
    assert_eq!(numbers("3"), ["3"]);
    assert_eq!(numbers("9~11"), ["9", "10", "11"]);
    assert_eq!(numbers("0.9~1.1"), ["0.9", "1.0", "1.1"]);
    assert_eq!(numbers("0.00~0.02"), ["0.00", "0.01", "0.02"]);
}

#[test]
fn every_sample_is_in_its_category() {
    let samples = samples();
    for Sample { key, category, text } in &samples {
        let operands = Operands::parse(text).expect(text);
        let rules = Rules::of_key(key).expect(key);
        assert_eq!(rules.category(&operands), *category, "{key}: {text}");
        assert!(rules.categories().any(|known| known == *category), "{key}: {category}");
    }
    assert_eq!(samples.len(), 12_396);
}

#[test]
fn every_sample_is_in_its_category_in_rust() {
    let (mut integers, mut decimals) = (0, 0);
    for Sample { key, category, text } in &samples() {
        let (_, integer, decimal) = RULES.iter().find(|(keys, ..)| keys.contains(&key.as_str())).expect(key);
        if let Ok(n) = text.parse() {
            assert_eq!(integer(n), *category, "{key}: {text}");
            integers += 1;
        }
        assert_eq!(decimal(&Operands::parse(text).expect(text)), *category, "{key}: {text}");
        decimals += 1;
    }
    // The samples of CLDR 48.2, counted: without a range or a language they would pass as well.
    assert_eq!((integers, decimals), (5_690, 12_396));
}

/// The samples are few; the three forms of the rules must agree on all other numbers too.
#[test]
fn rules_in_rust_are_the_evaluated_rules() {
    for (keys, integer, decimal) in RULES {
        let rules = Rules::of_key(keys[0]).expect(keys[0]);
        for n in (0..=2_000).chain([999_999, 1_000_000, 1_000_001, 2_000_000, 1_000_000_000, u64::MAX]) {
            let expected = rules.category(&n.into());
            assert_eq!((integer(n), decimal(&n.into())), (expected, expected), "{}: {n}", keys[0]);
        }
        for hundredths in 0..=3_000 {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let operands = Operands::parse(&text).expect(&text);
            assert_eq!(decimal(&operands), rules.category(&operands), "{}: {text}", keys[0]);
        }
    }
}

#[test]
fn the_rust_is_what_the_crate_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cldr/generated_rules.rs");
    let module = crate::emit::module();
    if std::env::var_os("LIFT_ERRORS_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(path, &module).expect(path);
    }
    let fresh = std::fs::read_to_string(path).expect(path) == module;
    assert!(fresh, "`LIFT_ERRORS_BLESS=1 cargo test -p lift-errors-cldr` writes it again");
}

/// A locale has the rules of the nearest key in its tag: the categories, and every sample.
#[test]
fn locales_have_the_rules_of_their_language() {
    let file = json!("plurals.json");
    let languages = file["supplemental"]["plurals-type-cardinal"].as_object().expect("languages");
    assert_eq!(Rules::all().map(|(keys, _)| keys.len()).sum::<usize>(), languages.len());
    let mut samples_of = std::collections::BTreeMap::<_, Vec<_>>::new();
    for Sample { key, category, text } in samples() {
        samples_of.entry(key).or_default().push((Operands::parse(&text).expect("a number"), category));
    }
    let (mut with, mut without, mut checks) = (0, 0, 0);
    for locale in Locale::all() {
        let mut tag = locale.tag();
        while !languages.contains_key(tag) {
            match tag.rsplit_once('-') {
                Some((head, _)) => tag = head,
                None => break,
            }
        }
        let expected = languages.get(tag).map(|rules| {
            let mut categories: Vec<_> = rules
                .as_object()
                .expect("rules")
                .keys()
                .map(|name| name.strip_prefix("pluralRule-count-").and_then(Category::from_name).expect(name))
                .collect();
            categories.sort();
            categories
        });
        *(if expected.is_some() { &mut with } else { &mut without }) += 1;
        assert_eq!(plural::categories(locale), expected, "{locale}");
        for (operands, category) in samples_of.get(tag).into_iter().flatten() {
            assert_eq!(plural::category(locale, operands), Some(*category), "{locale}: {operands:?}");
            checks += 1;
        }
    }
    assert_eq!((with, without, checks), (862, 267, 49_673));
}

#[test]
fn languages_that_other_crates_get_wrong() {
    use Category::{Few, Many, One, Other, Two, Zero};
    for (tag, expected) in [
        ("ar", &[(0, Zero), (1, One), (2, Two), (3, Few), (103, Few), (11, Many), (100, Other), (102, Other)][..]),
        ("be", &[(1, One), (11, Many), (21, One), (22, Few), (12, Many), (0, Many)]),
        ("lt", &[(1, One), (11, Other), (21, One), (2, Few), (12, Other), (10, Other)]),
        ("fr", &[(0, One), (1, One), (2, Other), (1_000_000, Many)]),
        ("pt", &[(0, One), (2, Other)]),
        ("pt-PT", &[(0, Other), (1, One)]),
        ("zh", &[(1, Other)]),
    ] {
        let locale = Locale::from_tag(tag).expect(tag);
        for &(number, category) in expected {
            assert_eq!(plural::category(locale, &Operands::from(number)), Some(category), "{tag}: {number}");
        }
    }
}

//! Reads CLDR's files.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

macro_rules! json {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../lift-errors-cldr/tests/data/",
            $name
        )))
        .expect($name)
    };
}
pub(crate) use json;

/// A file that groups locales with equal fields.
pub(crate) struct Grouped(HashMap<String, Value>);

pub(crate) static NUMBERS: LazyLock<Grouped> = LazyLock::new(|| Grouped::new(json!("numbers.json")));
pub(crate) static DURATIONS: LazyLock<Grouped> = LazyLock::new(|| Grouped::new(json!("durations.json")));
pub(crate) static ORDERS: LazyLock<Grouped> = LazyLock::new(|| Grouped::new(json!("characterOrder.json")));
static PARENTS: LazyLock<Value> = LazyLock::new(|| json!("parentLocales.json"));
static PLURALS: LazyLock<Value> = LazyLock::new(|| json!("plurals.json"));

impl Grouped {
    fn new(file: Value) -> Self {
        let groups = file.as_array().expect("groups").iter();
        let members = groups.flat_map(|group| tags(&group["locales"]).map(|tag| (tag, group["fields"].clone())));
        Self(members.collect())
    }

    /// The fields of a locale, or of the nearest that it inherits from.
    pub(crate) fn of(&self, tag: &str) -> &Value {
        fallback(tag).find_map(|tag| self.0.get(&tag)).expect("the root has fields")
    }
}

/// The tags in an array.
pub(crate) fn tags(array: &Value) -> impl Iterator<Item = String> {
    array.as_array().expect("an array").iter().map(|tag| tag.as_str().expect("a string").to_owned())
}

/// A tag, its parent, and so on to the root.
pub(crate) fn fallback(tag: &str) -> impl Iterator<Item = String> {
    let stated = &PARENTS["supplemental"]["parentLocales"]["parentLocale"];
    std::iter::successors(Some(tag.to_owned()), |tag| match (stated.get(tag), tag.rsplit_once('-')) {
        _ if tag == "und" => None,
        (Some(parent), _) => Some(parent.as_str().expect("a tag").to_owned()),
        (None, Some((head, _))) => Some(head.to_owned()),
        (None, None) => Some("und".to_owned()),
    })
}

/// The plural rules of a locale by category, with the samples of each; they go by the tag alone.
pub(crate) fn plural_rules(tag: &str) -> Option<&serde_json::Map<String, Value>> {
    let languages = &PLURALS["supplemental"]["plurals-type-cardinal"];
    let mut tags = std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(head, _)| head));
    tags.find_map(|tag| languages.get(tag)?.as_object())
}

/// The whole numbers that CLDR states a category for, each with it.
pub(crate) fn plural_samples(tag: &str) -> Vec<(u64, String)> {
    let mut samples = Vec::new();
    for (name, rule) in plural_rules(tag).unwrap_or_else(|| panic!("{tag} has no plural rules")) {
        let category = name.strip_prefix("pluralRule-count-").expect(name);
        let lists = rule.as_str().expect("a rule").split('@').filter_map(|list| list.strip_prefix("integer "));
        for item in lists.flat_map(|list| list.split(',')).map(str::trim).filter(|item| !["", "…"].contains(item)) {
            // `1c6` is 1 in compact form, which nobody writes.
            if item.contains(['c', 'e']) {
                continue;
            }
            let (first, last) = item.split_once('~').unwrap_or((item, item));
            let number = |text: &str| text.parse::<u64>().unwrap_or_else(|_| panic!("{tag}: {text}"));
            samples.extend((number(first)..=number(last)).map(|number| (number, category.to_owned())));
        }
    }
    samples
}

/// The numbers with a fraction that CLDR states a category for, each with it.
pub(crate) fn plural_samples_with_fraction(tag: &str) -> Vec<(f64, String)> {
    let mut samples = Vec::new();
    for (name, rule) in plural_rules(tag).unwrap_or_else(|| panic!("{tag} has no plural rules")) {
        let category = name.strip_prefix("pluralRule-count-").expect(name);
        let lists = rule.as_str().expect("a rule").split('@').filter_map(|list| list.strip_prefix("decimal "));
        for item in lists.flat_map(|list| list.split(',')).map(str::trim).filter(|item| !["", "…"].contains(item)) {
            if item.contains(['c', 'e']) {
                continue;
            }
            let (first, last) = item.split_once('~').unwrap_or((item, item));
            let places = first.split_once('.').expect(item).1.len();
            let unit = 10_u64.pow(u32::try_from(places).expect(item));
            let number = |text: &str| text.replace('.', "").parse::<u64>().unwrap_or_else(|_| panic!("{tag}: {text}"));
            // A number has no zeros at the end of its fraction.
            let numbers = (number(first)..=number(last)).filter(|number| number % 10 != 0);
            let decimal = |number: u64| format!("{}.{:0places$}", number / unit, number % unit).parse().expect(item);
            samples.extend(numbers.map(|number| (decimal(number), category.to_owned())));
        }
    }
    samples
}

/// Puts a number into CLDR's pattern, as UTS 35 describes it: from the last digit to the first.
pub(crate) fn number(tag: &str, value: i128) -> String {
    let fields = NUMBERS.of(tag);
    let field = |name: &str| fields[name].as_str().unwrap_or_else(|| panic!("{tag}: {name}"));
    let whole = field("standard").split('.').next().expect("a whole part");
    let sizes: Vec<usize> = whole.split(',').skip(1).map(str::len).collect();
    let (secondary, primary) = (sizes[0], sizes[sizes.len() - 1]);
    let minimum: usize = field("minimumGroupingDigits").parse().expect("a number");
    let native: Vec<char> = field("digits").chars().collect();

    let plain = value.unsigned_abs().to_string();
    let mut written = Vec::new();
    let mut next = primary;
    for (place, digit) in plain.bytes().rev().enumerate() {
        if place == next && plain.len() >= primary + minimum {
            written.push(field("group").to_owned());
            next += secondary;
        }
        written.push(native[usize::from(digit - b'0')].to_string());
    }
    let sign = if value < 0 { field("minusSign") } else { "" };
    written.into_iter().rev().fold(sign.to_owned(), |text, piece| text + &piece)
}

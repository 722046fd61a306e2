//! CLDR's files.

use lift_errors_cldr::Locale;
use serde_json::Value;

/// The text of a file in `tests/data` as JSON.
macro_rules! json {
    ($name:literal) => {
        serde_json::from_str::<serde_json::Value>(include_str!(concat!("../data/", $name))).expect($name)
    };
}
pub(crate) use json;

/// The tags in an array.
pub(crate) fn strings(array: &Value) -> impl Iterator<Item = &str> {
    array.as_array().expect("an array").iter().map(|tag| tag.as_str().expect("a string"))
}

/// Every locale that CLDR has a file for, with its fields of a file that groups locales with equal fields.
pub(crate) fn each_locale(grouped: &Value, mut check: impl FnMut(Locale, &Value)) {
    let mut count = 0;
    for group in grouped.as_array().expect("an array") {
        for tag in strings(&group["locales"]) {
            let locale = Locale::from_tag(tag).unwrap_or_else(|| panic!("{tag} is no locale"));
            check(locale, &group["fields"]);
            count += 1;
        }
    }
    let available = json!("availableLocales.json");
    assert_eq!(count, strings(&available["availableLocales"]["full"]).count());
}

/// Every locale whose data are all its parent's.
pub(crate) fn without_file() -> Vec<Locale> {
    let available = json!("availableLocales.json");
    let available: Vec<_> = strings(&available["availableLocales"]["full"]).collect();
    Locale::all().filter(|locale| !available.contains(&locale.tag())).collect()
}

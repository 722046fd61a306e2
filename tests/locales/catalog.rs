//! The locales that a catalogue can name, and the texts that replace those of the others.

use crate::cldr::{DURATIONS, fallback, json, plural_rules, tags};
use crate::{everywhere, locale, locales};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every locale that CLDR has, with its own data or with its parent's alone.
fn all() -> BTreeSet<String> {
    let (available, default): (Value, Value) = (json!("availableLocales.json"), json!("defaultContent.json"));
    tags(&available["availableLocales"]["full"]).chain(tags(&default["defaultContent"])).collect()
}

/// Whether CLDR has words for each unit: the root has symbols.
fn has_words(tag: &str) -> bool {
    let (own, root) = (DURATIONS.of(tag), DURATIONS.of("und"));
    ["day", "hour", "minute", "second"]
        .map(|unit| format!("duration-{unit}"))
        .iter()
        .all(|unit| own[unit] != root[unit])
}

#[test]
fn every_locale_that_can_be_named_is() {
    // Of a variant, such as `valencia`, no request asks in a way that is looked up.
    let has_no_variant = |tag: &String| tag.split('-').skip(1).all(|part| part.len() <= 4);
    let named = all().into_iter().filter(|tag| plural_rules(tag).is_some() && has_words(tag));
    let expected: BTreeSet<String> = named.filter(has_no_variant).collect();
    let found: BTreeSet<String> = locales().map(|locale| locale.tag().to_owned()).collect();
    assert_eq!(found, expected);
    assert_eq!(everywhere::CATALOG.locales().count(), expected.len() + 2);
    assert_eq!(everywhere::CATALOG.locales().next().map(|locale| locale.tag()), Some("en"));
    assert!(expected.len() > 600, "{}", expected.len());
}

/// Languages that are not named here, whose readers read one that is (CLDR's language matching).
const NEAR: [(&str, &str); 2] = [("apc", "ar"), ("ltg", "lv")];

/// A locale has its own texts, or those of the nearest that it inherits from; without one it is in its language if
/// there is a text in that, and in English at last.
#[test]
fn every_locale_has_texts_and_the_nearest() {
    let named: BTreeSet<&str> = locales().map(|locale| locale.tag()).collect();
    for tag in all() {
        let found = everywhere::CATALOG.locale(locale(&tag)).tag();
        let language = |tag: &str| tag.split('-').next().map(str::to_owned);
        match fallback(&tag).find(|tag| named.contains(tag.as_str())) {
            Some(nearest) => assert_eq!(found, nearest, "{tag}"),
            None => {
                let near = NEAR.iter().find(|(reader, _)| language(&tag).as_deref() == Some(*reader));
                let expected = near.map_or_else(|| language(&tag), |(_, other)| Some((*other).to_owned()));
                assert!(language(found) == expected || found == "en" && near.is_none(), "{tag}: {found}");
            }
        }
    }
    for pseudolocale in ["en-XA", "ar-XB"] {
        assert_eq!(everywhere::CATALOG.locale(locale(pseudolocale)).tag(), pseudolocale);
    }
}

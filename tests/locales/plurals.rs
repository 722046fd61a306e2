//! The plural form for every whole number that CLDR has as a sample, in every locale: in those that the plural text
//! is translated into, in those that inherit it, and in those that have it in English.

use crate::cldr::{fallback, number, plural_rules, plural_samples, plural_samples_with_fraction};
use crate::{PLURAL_LOCALES, detail, everywhere, locales};
use std::collections::BTreeSet;

/// The language of a tag with its script, where that is stated.
fn language(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().expect("a language");
    match parts.next().filter(|part| part.len() == 4) {
        Some(script) => format!("{language}-{script}"),
        None => language.to_owned(),
    }
}

/// The locale whose rules a text goes by: a reader's own, where the text is in the reader's language.
fn speaker(tag: &str) -> String {
    let source = fallback(tag).find(|tag| PLURAL_LOCALES.contains(&tag.as_str())).unwrap_or_else(|| "en".to_owned());
    if language(&source) == language(tag) { tag.to_owned() } else { source }
}

#[test]
fn every_sample_has_the_form_of_its_category() {
    let (mut own, mut inherited, mut english, mut checks) = (0, 0, 0, 0);
    for locale in locales() {
        let speaker = speaker(locale.tag());
        match () {
            () if PLURAL_LOCALES.contains(&locale.tag()) => own += 1,
            () if speaker != "en" => inherited += 1,
            () => english += 1,
        }
        for (count, category) in plural_samples(&speaker) {
            let found = detail(&everywhere::Error::everywhere_plural(count), locale);
            assert_eq!(found, format!("{category} {}", number(&speaker, count.into())), "{locale}, as {speaker}");
            checks += 1;
        }
    }
    assert_eq!(own, PLURAL_LOCALES.len());
    assert!(inherited > 150 && english > 200 && checks > 10_000, "{own} {inherited} {english} {checks}");
}

#[test]
fn every_sample_with_a_fraction_has_the_form_of_its_category() {
    let (mut checks, mut others) = (0, 0);
    for locale in locales() {
        for (limit, category) in plural_samples_with_fraction(&speaker(locale.tag())) {
            let found = everywhere::field_error::everywhere_limit(limit).message_in(locale).to_string();
            assert_eq!(found.split(' ').next(), Some(category.as_str()), "{locale}: {limit}");
            checks += 1;
            others += usize::from(category != "other");
        }
    }
    assert!(checks > 10_000 && others > 1_000, "{checks} {others}");
}

/// One locale for each set of rules that differ: of the languages that a catalogue can name, none is left out.
#[test]
fn every_set_of_rules_is_there() {
    let rules = |tag: &str| format!("{:?}", plural_rules(tag));
    let tested: BTreeSet<String> = PLURAL_LOCALES.iter().map(|tag| rules(tag)).collect();
    for locale in locales() {
        let samples: BTreeSet<_> = plural_samples(locale.tag()).into_iter().collect();
        let same = |tag: &&&str| plural_samples(tag).into_iter().collect::<BTreeSet<_>>() == samples;
        assert!(PLURAL_LOCALES.iter().find(same).is_some(), "{locale}: {}", rules(locale.tag()));
    }
    assert_eq!(tested.len(), PLURAL_LOCALES.len());
}

//! Rules about numbers in texts: those that are written out, and those that count something.

use super::context::Context;
use super::plural::term_of;
use crate::diagnostic::Diagnostic;
use crate::locale::whole_numbers::needed_categories;
use crate::read::plural_text::PluralText;
use crate::read::state::Review;
use crate::read::template::{Piece, Template};
use lift_errors_cldr::plural::Category;
use std::collections::BTreeSet;

/// Zero in the scripts whose digits people type. Nine more follow each.
const ZEROS: [char; 9] =
    ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}', '\u{ff10}'];

/// Separators of groups and of decimals. A comma is one or the other, depending on the language.
const SEPARATORS: [char; 9] = [',', '.', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{66b}', '\u{66c}'];

/// Numbers up to this one are often written as words.
const IN_WORDS: u64 = 20;

/// A translation has the numbers of its text. Somebody who has read both may say that it is right.
pub(super) fn are_those_of_the_text(context: &Context<'_>) {
    for (source, translations) in context.own_rows() {
        let of_text = numbers(source.plural_text);
        for &(overlay, _, translation) in translations {
            let of_translation = numbers(translation);
            if of_text == of_translation
                || differences(&of_text, &of_translation).is_none()
                || context.disagrees(overlay, source)
                || overlay.record(source, translation).is_some_and(|record| record.review == Review::Reviewed)
            {
                continue;
            }
            let listed = |numbers: &BTreeSet<String>| match numbers.len() {
                0 => "none".to_owned(),
                _ => numbers.iter().map(|number| format!("`{number}`")).collect::<Vec<_>>().join(", "),
            };
            let message = format!(
                "the numbers of this translation are {}, those of the text {}",
                listed(&of_translation),
                listed(&of_text)
            );
            let review = format!("lift-errors review {} {}", overlay.tag.value, source.address());
            context.fault(
                Diagnostic::warning(translation.span, message)
                    .related("the text is at", source.plural_text.span)
                    .help(format!("write the numbers of the text; if both are right, run `{review}`")),
            );
        }
    }
}

/// The numbers in which two texts differ, but for those that only one of them has and may have as words.
fn differences(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<Vec<String>> {
    let (only_a, only_b): (Vec<_>, Vec<_>) = (a.difference(b).collect(), b.difference(a).collect());
    let both = !only_a.is_empty() && !only_b.is_empty();
    let in_words = |number: &String| number.parse::<u64>().is_ok_and(|number| number <= IN_WORDS);
    let differing = only_a.into_iter().chain(only_b).filter(|number| both || !in_words(number));
    Some(differing.cloned().collect::<Vec<_>>()).filter(|differing| !differing.is_empty())
}

/// The numbers in the words of all forms: not those in code, which is compared letter by letter.
fn numbers(plural_text: &PluralText) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for template in plural_text.templates() {
        let mut in_code = false;
        for piece in template.pieces() {
            match piece {
                Piece::CodeStart => in_code = true,
                Piece::CodeEnd => in_code = false,
                Piece::Literal(text) if !in_code => numbers_in(text, &mut found),
                _ => {}
            }
        }
    }
    found
}

/// Adds the numbers of a text, with ASCII digits, without separators of groups, and with a point before decimals.
fn numbers_in(text: &str, found: &mut BTreeSet<String>) {
    // Most texts have none. Of other scripts, only what is encoded from D9 on can be a digit.
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0xd9) {
        return;
    }
    let digits: Vec<Option<char>> = text.chars().map(digit).collect();
    let characters: Vec<char> = text.chars().collect();
    let mut groups: Vec<String> = Vec::new();
    let mut separator = None;
    for (number, character) in characters.iter().enumerate() {
        let is_digit = |number: usize| digits.get(number).is_some_and(Option::is_some);
        match digits.get(number).copied().flatten() {
            Some(digit) => match groups.last_mut().filter(|_| separator.is_none()) {
                Some(group) => group.push(digit),
                None => groups.push(digit.to_string()),
            },
            None => {
                // A space separates groups of three digits; between others it separates numbers.
                let three = (1..=3).all(|next| is_digit(number + next)) && !is_digit(number + 4);
                let between = !groups.is_empty() && SEPARATORS.contains(character) && is_digit(number + 1);
                if between && separator.is_none() && (three || !character.is_whitespace()) {
                    separator = Some(*character);
                    continue;
                }
                found.extend(joined(std::mem::take(&mut groups)));
            }
        }
        separator = None;
    }
    found.extend(joined(groups));
}

fn joined(groups: Vec<String>) -> Option<String> {
    let (first, others) = groups.split_first()?;
    let are_thousands = first.len() <= 3 && others.iter().all(|group| group.len() == 3);
    Some(groups.join(if are_thousands { "" } else { "." }))
}

/// The ASCII digit of a digit in any script.
fn digit(character: char) -> Option<char> {
    // Nearly all characters are letters.
    match character {
        '0'..='9' => return Some(character),
        '\u{660}'..='\u{17e9}' | '\u{ff10}'..='\u{ff19}' => {}
        _ => return None,
    }
    let of = |zero: char| u32::from(character).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    ZEROS.into_iter().find_map(of).and_then(|digit| char::from_digit(digit, 10))
}

/// English words behind a number that end in `s` and do not name what is counted.
const NOT_COUNTED: [&str; 16] = [
    "is", "has", "was", "does", "as", "this", "its", "plus", "minus", "times", "vs", "versus", "always", "across",
    "needs", "exists",
];

/// English plurals without an `s`.
const PLURALS: [&str; 5] = ["people", "children", "men", "women", "data"];

/// A number of things has forms for one and for several: `{items} items` is wrong for one.
pub(super) fn have_forms(context: &Context<'_>) {
    context.each_complete_text(|instance| {
        let Some(locale) = instance.locale.filter(|_| !instance.plural_text.is_plural()) else { return };
        if instance.overlay.is_some_and(|overlay| context.disagrees(overlay, instance.source)) {
            return;
        }
        // The counted thing is known only in English, or where the text has forms for it.
        let is_english = instance.overlay.is_none() && locale.tag().split('-').next() == Some("en");
        let is_form = instance.overlay.is_some() && instance.source.plural_text.is_plural();
        if !is_english && !is_form {
            return;
        }
        let selector = instance.selector(context);
        let counted = |template: &Template| {
            let pairs = template.pieces().zip(template.pieces().skip(1));
            pairs
                .filter_map(|(number, words)| match (number, words) {
                    (Piece::Placeholder(name, range), Piece::Literal(text))
                        if instance.is_number(name) && (is_english || Some(name) == selector) =>
                    {
                        let words = text.strip_prefix([' ', '\u{a0}', '\u{202f}'])?;
                        let word = words
                            .split(|character: char| !character.is_alphabetic() && character != '(' && character != ')')
                            .next()?;
                        let is_counted = if is_english { is_plural_noun(word) } else { word.chars().count() > 1 };
                        is_counted.then(|| (name.to_owned(), template.text.part(range)))
                    }
                    _ => None,
                })
                .next()
        };
        if let Some((name, span)) = instance.plural_text.templates().find_map(counted) {
            // A constant can't select the form of a text with a term.
            if context.constants.contains_key(name.as_str()) && term_of(instance).is_some() {
                return;
            }
            let categories = needed_categories(locale);
            if categories.len() < 2 {
                return;
            }
            let categories = categories.iter().map(|category: &Category| format!("`{category}`")).collect::<Vec<_>>();
            // Without a name, the only parameter that is a number selects the form, else the only constant that is one.
            let is_constant = |name: &str| context.constants.get(name).is_some_and(|it| it.value.magnitude().is_some());
            let competes = |other: &str| instance.is_number(other) || is_constant(&name) && is_constant(other);
            let is_other = |other: &&str| *other != name && competes(other);
            let has_others = instance.plural_text.placeholders().iter().any(is_other);
            let selected = match has_others && selector != Some(name.as_str()) {
                true => format!("`plural = \"{name}\"` and "),
                false => String::new(),
            };
            let message = format!("the text counts `{{{name}}}` and has one form for every number");
            context.fault(Diagnostic::warning(span, message).help(format!(
                "write a table with {selected}a text for each plural category of `{}`: {}",
                locale.tag(),
                categories.join(", ")
            )));
        }
    });
}

fn is_plural_noun(word: &str) -> bool {
    let bare = word.trim_end_matches(')');
    word.ends_with("(s)")
        || PLURALS.contains(&word)
        || bare.len() > 3 && bare.ends_with('s') && !bare.ends_with("ss") && !NOT_COUNTED.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let mut numbers = BTreeSet::new();
        numbers_in(text, &mut numbers);
        numbers.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_the_same_in_every_notation() {
        for text in
            ["1,000 lines", "1.000 Zeilen", "1\u{202f}000 lignes", "1 000 строк", "1’000", "١٬٠٠٠", "１０００", "१,०००"]
        {
            assert_eq!(found(text), "1000", "{text}");
        }
        assert_eq!((found("3.5 MB"), found("3,5 Mo")), ("3.5".into(), "3.5".into()));
        assert_eq!(found("HTTP 404 or 50, 7, and 1.2.3."), "1.2.3 404 50 7");
        assert_eq!(found("1,234,567.89"), "1.234.567.89");
        assert_eq!(found("24/7"), "24 7");
    }

    #[test]
    fn small_numbers_may_be_words_and_others_not() {
        let set = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
        for (text, translation, differ) in [
            ("500", "5000", true),
            ("2", "", false),
            ("", "13", false),
            ("500", "", true),
            ("3", "4", true),
            ("", "30", true),
        ] {
            assert_eq!(differences(&set(text), &set(translation)).is_some(), differ, "{text} and {translation}");
        }
    }

    #[test]
    fn plural_nouns_are_told_from_verbs() {
        for (word, expected) in [
            ("items", true),
            ("item(s)", true),
            ("people", true),
            ("has", false),
            ("of", false),
            ("is", false),
            ("less", false),
        ] {
            assert_eq!(is_plural_noun(word), expected, "{word}");
        }
    }
}

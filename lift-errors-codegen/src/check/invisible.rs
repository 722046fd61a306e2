//! A rule about characters that nobody sees, and that come along when a text is copied from elsewhere.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;

/// Characters without a width, and spaces that do not break, are where a language or its typography needs them. One that
/// somebody wrote by its number is meant.
pub(super) fn characters_are_meant(context: &Context<'_>) {
    context.each_complete_text(|instance| {
        for template in instance.plural_text.templates() {
            let text = &template.text;
            if text.value.is_ascii() || text.is_escaped {
                continue;
            }
            if let Some((at, character, name)) = unmeant(text) {
                let message = format!("the text has a {name}, U+{:04X}", u32::from(character));
                let number = u32::from(character);
                let escape = if number > 0xffff { format!("\\U{number:08X}") } else { format!("\\u{number:04X}") };
                context.fault(
                    Diagnostic::warning(text.part(at..at + character.len_utf8()), message)
                        .help(format!("remove it, or write an ordinary space; if it is meant, write `{escape}`, which needs double quotation marks around the text")),
                );
            }
        }
    });
}

/// The first character that is not meant, with its position and its name.
fn unmeant(text: &Text) -> Option<(usize, char, &'static str)> {
    text.value.char_indices().find_map(|(at, character)| {
        let name = name(character)?;
        let (before, rest) = text.value.split_at_checked(at)?;
        let after = rest.get(character.len_utf8()..)?;
        (!is_meant(character, before, after)).then_some((at, character, name))
    })
}

fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "zero-width no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{a0}' => "no-break space",
        '\u{202f}' => "narrow no-break space",
        '\u{2007}' => "figure space",
        '\u{2800}' => "blank of Braille",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{e0000}'..='\u{e007f}' => "tag, which only machines read",
        // The others of `Default_Ignorable_Code_Point` (UCD). Those that reorder text have a rule of their own, and those of
        // Mongolian are parts of letters.
        '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0080}'..='\u{e0fff}' => "character that nobody sees",
        _ => return None,
    })
}

/// Whether a character has a reason in the text around it.
fn is_meant(character: char, before: &str, after: &str) -> bool {
    let (previous, next) = (before.chars().next_back(), after.chars().next());
    let neighbours = || [previous, next].into_iter().flatten();
    match character {
        // Thai, Lao, Tibetan, Burmese, Khmer, Tai Tham, Balinese and Javanese write no spaces between words.
        '\u{200b}' => neighbours().any(|it| {
            matches!(it, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1a20}'..='\u{1b7f}' | '\u{a980}'..='\u{a9df}')
        }),
        // Persian, the languages of India and emoji join letters by rules; Latin, Greek and Cyrillic letters do not join. A Persian
        // ending follows a foreign word, a number or a quotation, and a letter of Malayalam may end a word with a joiner.
        '\u{200c}' => neighbours().any(|it| it >= '\u{590}') && !neighbours().any(char::is_whitespace),
        '\u{200d}' => previous.is_some_and(|it| it >= '\u{590}' && !it.is_whitespace()),
        // An ending in Mongolian.
        '\u{202f}' if neighbours().any(|it| matches!(it, '\u{1800}'..='\u{18af}')) => true,
        '\u{a0}' | '\u{202f}' | '\u{2007}' => {
            // Next to punctuation, a number or a placeholder it is typography, and so it is around short words.
            let is_word = |letters: usize| letters > 2;
            let of_word = |character: &char| character.is_alphabetic();
            let words = is_word(before.chars().rev().take_while(of_word).count())
                && is_word(after.chars().take_while(of_word).count());
            !words && !neighbours().any(char::is_whitespace)
        }
        // One after a symbol, or a letter that is not of the West: `☎\u{fe0f}`, and `1\u{fe0f}\u{20e3}`, the key.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => previous.is_some_and(|it| {
            matches!(it, '0'..='9' | '#' | '*') && next == Some('\u{20e3}')
                || !it.is_ascii() && !it.is_whitespace() && name(it).is_none()
        }),
        // The flag of a region is a black flag with the region's letters.
        '\u{e0000}'..='\u{e007f}' => {
            before.trim_end_matches(|it| matches!(it, '\u{e0000}'..='\u{e007f}')).ends_with('\u{1f3f4}')
        }
        // Hebrew and others keep the order of marks with it.
        '\u{34f}' => previous.is_some_and(|it| it >= '\u{300}' && !it.is_whitespace()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::span::{Origin, Span};

    fn found(text: &str) -> Option<(usize, char)> {
        let span = Span::new(0, 0..text.len());
        let text = Text { value: text.to_owned(), span, origin: Origin::Verbatim(0), is_escaped: false };
        unmeant(&text).map(|(at, character, _)| (at, character))
    }

    #[test]
    fn characters_that_came_along_are_found() {
        for (text, expected) in [
            ("Log\u{200b} in", (3, '\u{200b}')),
            ("An\u{ad}melden", (2, '\u{ad}')),
            ("Please\u{a0}log in", (6, '\u{a0}')),
            ("Log in \u{a0}now", (7, '\u{a0}')),
            ("Войдите\u{202f}снова", (14, '\u{202f}')),
            ("Log\u{200d}in", (3, '\u{200d}')),
            ("a\u{2060}b", (1, '\u{2060}')),
            ("a\u{feff}b", (1, '\u{feff}')),
            ("a\u{2063}b", (1, '\u{2063}')),
            ("a\u{3164}b", (1, '\u{3164}')),
            ("a\u{34f}b", (1, '\u{34f}')),
            ("Log in.\u{e0049}\u{e0067}", (7, '\u{e0049}')),
            ("a\u{fe0f}b", (1, '\u{fe0f}')),
            ("☎\u{fe0f}\u{fe01}\u{e0100}", (6, '\u{fe01}')),
            ("\u{2800}b", (0, '\u{2800}')),
        ] {
            assert_eq!(found(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn typography_is_left_alone() {
        for text in [
            "Que faire\u{a0}?",
            "«\u{202f}Annuler\u{202f}»",
            "Attendez {retry_after}\u{a0}: le serveur répond.",
            "Le fichier a {size}\u{a0}octets.",
            "10\u{202f}000 lignes",
            "z.\u{a0}B. hier",
            "Zapytaj w\u{a0}biurze",
            "на\u{a0}складе",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "ภาษา\u{200b}ไทย",
            "API\u{200c}ها",
            "10\u{200c}تایی",
            "{shelf}\u{200c}ها",
            "അവന്\u{200d}.",
            "ᠮᠣᠩᠭᠣᠯ\u{202f}ᠶᠢᠨ",
            "Café",
            "☎\u{fe0f} Call us",
            "Press 1\u{fe0f}\u{20e3}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} England",
            "葛\u{e0100}飾区",
            "\u{5d1}\u{5b7}\u{34f}\u{5bd}",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}

//! Which characters of a text change its direction, and which of these are in balance (UAX #9 §3.1.2, BD9 and BD11).

/// Whether `character` is a bidi control: an embedding, an override, an isolate or a mark.
pub const fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}') || reorders(character)
}

/// Whether a character begins or ends text of another direction. In a sentence it would reorder the text after it, and end
/// the isolate that it is in. The marks of direction, which names may contain, do not.
pub(crate) const fn reorders(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Embedding,
    Override,
    Isolate,
}

/// The nesting that is followed. Deeper text is out of balance.
const MAX_DEPTH: usize = 32;

/// The characters of a text that begin or end text of another direction and have their counterpart in the same paragraph,
/// one bit each, for the first 128 of them.
///
/// Overrides are never in balance: they show text in another order than it is stored in.
pub(crate) fn balanced(text: &str) -> u128 {
    let mut open = [(0_u32, Kind::Isolate); MAX_DEPTH];
    let (mut depth, mut number, mut balanced) = (0_usize, 0_u32, 0_u128);
    for character in text.chars() {
        let begun = match character {
            // The end of a paragraph ends all of its isolates and embeddings.
            '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2029}' => {
                depth = 0;
                continue;
            }
            '\u{202a}' | '\u{202b}' => Some(Kind::Embedding),
            '\u{202d}' | '\u{202e}' => Some(Kind::Override),
            '\u{2066}'..='\u{2068}' => Some(Kind::Isolate),
            '\u{202c}' | '\u{2069}' => None,
            _ => continue,
        };
        if number >= u128::BITS {
            break;
        }
        let inside = open.get(..depth).unwrap_or_default();
        match begun {
            Some(kind) => {
                if let Some(place) = open.get_mut(depth) {
                    *place = (number, kind);
                    depth += 1;
                }
            }
            // It ends the innermost isolate, and embeddings that are open in it.
            None if character == '\u{2069}' => {
                if let Some(place) = inside.iter().rposition(|(_, kind)| *kind == Kind::Isolate) {
                    let begin = inside.get(place).map_or(0, |(begin, _)| 1 << begin);
                    balanced |= begin | 1 << number;
                    depth = place;
                }
            }
            None => match inside.last() {
                Some((begin, kind)) if *kind != Kind::Isolate => {
                    if *kind == Kind::Embedding {
                        balanced |= 1 << begin | 1 << number;
                    }
                    depth -= 1;
                }
                _ => {}
            },
        }
        number += 1;
    }
    balanced
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::String;

    /// The text, in which `+` and `-` stand for the characters that reorder: those in balance, and the others.
    fn marked(text: &str) -> String {
        let balanced = balanced(text);
        let mut number = 0;
        let mark = |character: char| {
            if !reorders(character) {
                return character;
            }
            number += 1;
            if number <= 128 && balanced >> (number - 1) & 1 == 1 { '+' } else { '-' }
        };
        text.chars().map(mark).collect()
    }

    #[test]
    fn a_character_is_in_balance_with_its_counterpart_in_the_same_paragraph() {
        for (text, expected) in [
            ("plain", "plain"),
            ("\u{2068}שלום\u{2069}", "+שלום+"),
            ("\u{202b}a\u{202c}", "+a+"),
            ("\u{2067}a", "-a"),
            ("a\u{2069}b\u{2066}", "a-b-"),
            ("\u{202e}gpj.exe", "-gpj.exe"),
            // An override goes, and the end that it has.
            ("\u{202e}a\u{202c}", "-a-"),
            ("\u{2068}\u{202e}a\u{2069}", "+-a+"),
            ("\u{2068}\u{202a}a\u{2069}\u{202c}", "+-a+-"),
            ("\u{202a}\u{2068}\u{202c}\u{2069}\u{202c}", "++-++"),
            ("\u{2066}\u{2067}a\u{2069}\u{2069}\u{2069}", "++a++-"),
            ("\u{2066}a\nb\u{2069}", "-a\nb-"),
            ("\u{200f}\u{200e}\u{61c}", "\u{200f}\u{200e}\u{61c}"),
        ] {
            assert_eq!(marked(text), expected, "{text:?}");
        }
    }

    #[test]
    fn deep_and_long_texts_are_out_of_balance_from_some_point_on() {
        for opener in ["\u{2066}", "\u{202a}"] {
            let closer = if opener == "\u{2066}" { "\u{2069}" } else { "\u{202c}" };
            let deep = [opener.repeat(100), closer.repeat(100)].concat();
            let shown = marked(&deep);
            assert_eq!(shown.matches('+').count() % 2, 0, "{shown}");
            let long = [opener, closer].concat().repeat(10_000);
            assert_eq!(marked(&long).matches('+').count(), 128);
        }
    }
}

//! Pseudolocales: texts that show whether a page can show accented letters, longer words and the other direction, and
//! whether all of its words come from a catalogue.

use crate::locale::Locale;
use crate::resolve::catalog::Piece;

/// A text of the default locale as a pseudolocale has it; as it is for any other.
pub(crate) fn transform(locale: Locale, pieces: Vec<Piece>) -> Vec<Piece> {
    match locale {
        Locale::Cldr(_) => pieces,
        _ if pieces.is_empty() => pieces,
        Locale::Accented => around("[", words(pieces, accented), " ·]"),
        Locale::Mirrored => words(pieces, mirrored),
    }
}

/// Changes the words of a text: not its code, whose letters are what a reader types.
fn words(pieces: Vec<Piece>, change: fn(&str) -> String) -> Vec<Piece> {
    let mut in_code = false;
    let changed = |piece| {
        match piece {
            Piece::Literal(text) if !in_code => return Piece::Literal(change(&text)),
            Piece::Plural(parameter, alternatives) => {
                return Piece::Plural(parameter, alternatives.into_iter().map(|text| words(text, change)).collect());
            }
            Piece::CodeStart => in_code = true,
            Piece::CodeEnd => in_code = false,
            _ => {}
        }
        piece
    };
    pieces.into_iter().map(changed).collect()
}

/// Puts marks around a text, inside of its plural forms: there a text is whole.
fn around(before: &str, mut pieces: Vec<Piece>, after: &str) -> Vec<Piece> {
    if let [Piece::Plural(_, alternatives)] = pieces.as_mut_slice() {
        for text in alternatives {
            *text = around(before, std::mem::take(text), after);
        }
        return pieces;
    }
    let mut whole = Vec::new();
    let literal = |text: &str| std::iter::once(Piece::Literal(text.to_owned()));
    for piece in literal(before).chain(pieces).chain(literal(after)) {
        // Literals that meet are one.
        match (whole.last_mut(), piece) {
            (Some(Piece::Literal(last)), Piece::Literal(text)) => last.push_str(&text),
            (_, piece) => whole.push(piece),
        }
    }
    whole
}

/// Latin letters with accents, and every word of some length longer by two in five.
fn accented(text: &str) -> String {
    let mut changed = String::new();
    for word in text.split_inclusive(' ') {
        let letters = word.chars().filter(|character| character.is_alphabetic()).count();
        for character in word.trim_end_matches(' ').chars() {
            changed.push(accent(character));
        }
        changed.extend(std::iter::repeat_n('~', letters * 2 / 5));
        changed.push_str(if word.ends_with(' ') { " " } else { "" });
    }
    changed
}

fn accent(character: char) -> char {
    const PLAIN: &str = "aceinorsuyzACEINORSUYZ";
    const ACCENTED: &str = "áçéíñóřšúýžÁÇÉÍÑÓŘŠÚÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == character).map_or(character, |(_, accent)| accent)
}

/// Every word written from right to left by an override, as if its letters were Arabic.
fn mirrored(text: &str) -> String {
    let mut changed = String::new();
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        if bare.chars().any(char::is_alphanumeric) {
            changed.extend(["\u{202e}", bare, "\u{202c}"]);
        } else {
            changed.push_str(bare);
        }
        changed.push_str(if word.ends_with(' ') { " " } else { "" });
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_code_does_not() {
        let text = || {
            vec![
                Piece::Literal("Wait for ".into()),
                Piece::Value(0),
                Piece::Literal(", see ".into()),
                Piece::CodeStart,
                Piece::Literal("Retry-After".into()),
                Piece::CodeEnd,
            ]
        };
        let shown = |pieces: Vec<Piece>| {
            let literal = |piece: &Piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Value(_) => "{}".into(),
                _ => String::new(),
            };
            pieces.iter().map(literal).collect::<String>()
        };
        assert_eq!(shown(transform(Locale::Accented, text())), "[Wáít~ fóř~ {}, šéé~ Retry-After ·]");
        assert_eq!(
            shown(transform(Locale::Mirrored, text())),
            "\u{202e}Wait\u{202c} \u{202e}for\u{202c} {}, \u{202e}see\u{202c} Retry-After"
        );
        assert_eq!(transform(Locale::Accented, Vec::new()), []);
    }
}

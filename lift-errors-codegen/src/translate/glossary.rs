//! The words of the glossary in a text: they are in its translations, letter by letter.

use crate::diagnostic::span::Text;
use crate::read::draft::Draft;
use crate::read::plural_text::PluralText;
use crate::read::template::{Piece, Template};
use std::borrow::Cow;

/// The most words of a glossary: each is looked for in every text.
pub(crate) const MOST_WORDS: usize = 100;

/// The words of the glossary that a text has in every form.
pub(crate) fn words_of<'a>(draft: &'a Draft, text: &PluralText) -> Vec<&'a Text> {
    let words = draft.manifest.glossary.iter().take(MOST_WORDS);
    words.filter(|word| text.templates().all(|template| has_word(template, &word.value, true))).collect()
}

/// Whether readers of a text see a word that no letter touches: on the left, and on the right where it is `whole`. In Chinese and
/// Japanese nothing separates words.
pub(crate) fn has_word(template: &Template, word: &str, whole: bool) -> bool {
    // Most texts do not have it at all.
    if !template.text.value.contains(word) {
        return false;
    }
    let touches = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() && (c as u32) < 0x2e80);
    let text = shown(template);
    text.match_indices(word).any(|(start, _)| {
        let (before, rest) = text.split_at_checked(start).unwrap_or((&text, ""));
        let behind = rest.get(word.len()..).and_then(|behind| behind.chars().next());
        !(touches(before.chars().next_back()) || whole && touches(behind))
    })
}

/// A text without the names in it that no reader sees: those of placeholders and the ids of links.
fn shown(template: &Template) -> Cow<'_, str> {
    let text = template.text.value.as_str();
    let (mut shown, mut from) = (String::new(), 0);
    for piece in template.pieces() {
        let (place, stand_in) = match piece {
            Piece::Placeholder(_, place) => (place, "{}"),
            Piece::LinkEnd(_, place) => (place, ""),
            _ => continue,
        };
        shown.push_str(text.get(from..place.start).unwrap_or_default());
        shown.push_str(stand_in);
        from = place.end;
    }
    match from {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(shown + text.get(from..).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::span::{Origin, Span};

    fn template(text: &str) -> Template {
        let text = Text { value: text.to_owned(), span: Span::NOWHERE, origin: Origin::Elsewhere, is_escaped: false };
        Template::parse(text, &mut Report::default())
    }

    #[test]
    fn a_name_that_nobody_sees_is_not_a_word() {
        for (text, has) in [
            ("See the handbook.", true),
            ("`handbook`, {page}", true),
            ("[The handbook](@handbook) of {page}", true),
            ("[Das Buch](@handbook)", false),
            ("{page} of {handbook}", false),
            ("handbooks", false),
            ("在handbook里", true),
        ] {
            assert_eq!(has_word(&template(text), "handbook", true), has, "{text}");
        }
        assert!(has_word(&template("handbooks"), "handbook", false));
        assert!(!has_word(&template("ab{x}cd"), "bc", false));
    }
}

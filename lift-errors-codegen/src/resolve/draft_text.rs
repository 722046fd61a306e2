//! The texts of drafts: those that are missing have a stand-in that is true, and no text shows clients a value that nobody
//! has declared public.

use crate::resolve::catalog::{Detail, Entry, Parameter, Piece};

/// The text that clients see in place of a value that is not public.
const HIDDEN: &str = "…";

/// A title, or the code in words: `Order not found` for `ord_order_not_found` has the prefix, too, since only the author knows
/// better.
pub(super) fn or_code(title: Vec<Piece>, code: &str) -> Vec<Piece> {
    if !title.is_empty() {
        return title;
    }
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    vec![Piece::Literal(first + letters.as_str())]
}

/// Completes a draft for its readers.
pub(super) fn complete(entry: &mut Entry) {
    if entry.details.is_empty() {
        // Without a value, the occurrence is described like all others.
        let text = entry.title.clone();
        entry.details.push(Detail { id: String::new(), when: 0, cause: None, text });
    }
    let Entry { parameters, details, causes, fixes, notes, support, .. } = entry;
    let texts = details
        .iter_mut()
        .map(|detail| &mut detail.text)
        .chain(causes.iter_mut().map(|cause| &mut cause.text))
        .chain(fixes.iter_mut().map(|fix| &mut fix.text))
        .chain(notes.iter_mut().map(|note| &mut note.text))
        .chain([support]);
    for text in texts {
        hide(text, parameters);
    }
}

/// Hides the values that clients must not see. Neighbouring literals become one, as everywhere.
pub(super) fn hide(text: &mut Vec<Piece>, parameters: &[Parameter]) {
    let is_hidden = |number: u8| parameters.get(usize::from(number)).is_some_and(|parameter| !parameter.is_public());
    let mut hidden: Vec<Piece> = Vec::new();
    for mut piece in std::mem::take(text) {
        match &mut piece {
            Piece::Value(number) if is_hidden(*number) => piece = Piece::Literal(HIDDEN.to_owned()),
            Piece::Plural(_, alternatives) => {
                alternatives.iter_mut().for_each(|alternative| hide(alternative, parameters));
            }
            _ => {}
        }
        match (hidden.last_mut(), &piece) {
            (Some(Piece::Literal(before)), Piece::Literal(after)) => before.push_str(after),
            _ => hidden.push(piece),
        }
    }
    *text = hidden;
}

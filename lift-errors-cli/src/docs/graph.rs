//! A small picture: causes by their numbers, and lines to their fixes by their letters.

use crate::explanation::EntryExplanation;
use crate::explanation::words::Words;
use maud::{Markup, html};

/// The distance of two causes.
const STEP: usize = 36;

/// The name of a fix: A to Z, then AA, as in a list with `upper-alpha`.
pub(super) fn letters(place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

/// The places of the fixes of a cause.
pub(super) fn fixes_of(entry: &EntryExplanation, cause: usize) -> Vec<usize> {
    let fixes = entry.causes.get(cause).map_or(&[][..], |cause| &cause.fixes);
    (0..entry.fixes.len()).filter(|&fix| entry.fixes.get(fix).is_some_and(|fix| fixes.contains(&fix.id))).collect()
}

/// The picture; none where there is only one line. Its name says the same in words.
pub(super) fn graph(entry: &EntryExplanation, name: &str, words: Words, is_right_to_left: bool) -> Markup {
    let pairs: Vec<(usize, usize)> = (0..entry.causes.len())
        .flat_map(|cause| fixes_of(entry, cause).into_iter().map(move |fix| (cause, fix)))
        .collect();
    if pairs.len() < 2 {
        return Markup::default();
    }
    let (left, right) = if is_right_to_left { (180, 20) } else { (20, 180) };
    let height = entry.causes.len().max(entry.fixes.len()) * STEP;
    let y = |place: usize| place * STEP + STEP / 2;
    let lines: Vec<String> = pairs.iter().map(|(cause, fix)| format!("{} → {}", cause + 1, letters(*fix))).collect();
    let node = |x: usize, place: usize, name: &str| {
        html! { circle cx=(x) cy=(y(place)) r="13" {} text x=(x) y=(y(place)) { (name) } }
    };
    html! {
        svg .graph viewBox={ "0 0 200 " (height) } width="200" height=(height) role="img"
            aria-label={ (name) (words.colon().text) (words.list(&lines)) } {
            @for (cause, fix) in &pairs { line x1=(left) y1=(y(*cause)) x2=(right) y2=(y(*fix)) {} }
            @for cause in 0..entry.causes.len() { (node(left, cause, &(cause + 1).to_string())) }
            @for fix in 0..entry.fixes.len() { (node(right, fix, &letters(fix))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_follow_each_other_as_in_a_list() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["A", "Z", "AA", "AZ", "BA"]);
    }
}

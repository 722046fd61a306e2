//! "Did you mean": the known word that is nearest to an unknown one.

/// The word of `known` that the author most likely meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A comparison takes the product of both lengths, and only the rules, not the reader, refuse endless names.
    let near = |other: &&str| word.len() <= 100 && other.len().abs_diff(word.len()) <= 3;
    // An abbreviation is near, too.
    let is_beginning = |other: &str| word.len() >= 3 && other.starts_with(word);
    let distance = |other| if is_beginning(other) { 1 } else { strsim::osa_distance(word, other) };
    let distances = known.into_iter().filter(near).map(|other| (distance(other), other));
    let is_near = |&(distance, other): &(usize, &str)| distance <= farthest(word, other);
    distances.filter(is_near).min().map(|(_, other)| other)
}

/// The greatest distance at which two words are near. What all names share does not make two of them near, and of two letters
/// one alone says little: `ua` is as near to `aa` as to `uk`.
fn farthest(word: &str, other: &str) -> usize {
    let head = shared_head(word, other);
    let (word, other) = (word.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let is_short = word.len() == other.len() && other.len() < 3;
    let is_swapped = || word.chars().rev().eq(other.chars());
    if is_short && !is_swapped() { 0 } else { (other.len() / 3).max(1) }
}

/// The length of what two names share because those beside them share it, too: the address of an entry, else the prefix of codes.
pub fn shared_head(word: &str, other: &str) -> usize {
    let same = word.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
    let shared = word.get(..same).unwrap_or_default();
    shared.rfind('.').or_else(|| shared.find('_')).map_or(0, |end| end + 1)
}

/// The longest lists of words that a remedy shows in full: beside the nearest word, and where none is near.
const LISTED: (usize, usize) = (12, 24);

/// A remedy for a word that is not one of `known`: the nearest word, and all of them if they are few.
pub(crate) fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    let nearest = nearest(word, known.iter().copied());
    known.dedup();
    let quoted: Vec<String> = known.iter().take(LISTED.1 + 1).map(|word| format!("`{word}`")).collect();
    let listed = || format!("{what}: {}", quoted.join(", "));
    match (nearest, quoted.len()) {
        (Some(nearest), count) if (2..=LISTED.0).contains(&count) => format!("did you mean `{nearest}`? {}", listed()),
        (Some(nearest), _) => format!("did you mean `{nearest}`?"),
        (None, 0) => format!("there are no {what}"),
        (None, count) if count <= LISTED.1 => listed(),
        (None, _) => format!("it is none of the {} {what}", known.len()),
    }
}

/// The same where some of the words are there already: one that is there was not meant.
pub(crate) fn suggest_absent<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    absent: impl IntoIterator<Item = &'a str> + Clone,
    what: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match (nearest(word, absent.clone()), nearest(word, known.iter().copied())) {
        (None, Some(other)) => format!("`{other}` is there, too: keep one of the two"),
        (Some(meant), Some(other)) if meant != other => suggest(word, absent, what),
        _ => suggest(word, known, what),
    }
}

/// The same for a word of a translation that its text does not have.
pub(crate) fn suggest_of_text<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let mut known = known.into_iter().peekable();
    match known.peek() {
        Some(_) => suggest(word, known, &format!("{what} in the text")),
        None => format!("take it out: the text has no {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_near_or_absent() {
        assert_eq!(suggest("titel", ["title", "id"], "keys"), "did you mean `title`? keys: `title`, `id`");
        assert_eq!(suggest("zzz", ["title"], "keys"), "keys: `title`");
        assert_eq!(suggest("zzz", [], "parameters"), "there are no parameters");
        assert_eq!(["ua", "di", "ids"].map(|word| nearest(word, ["aa", "id"])), [None, Some("id"), Some("id")]);
        assert_eq!(suggest_of_text("faq", [], "links"), "take it out: the text has no links");
        assert_eq!(suggest_of_text("faq", ["help"], "links"), "links in the text: `help`");
        assert_eq!(nearest("warn", ["info", "warning"]), Some("warning"));
        let near = |word| nearest(word, ["shop_closed.title", "shop_closed.detail", "shop_a"]);
        assert_eq!(near("shop_closed.titel"), Some("shop_closed.title"));
        assert_eq!([near("shop_closed.meaning"), near("shop_zy")], [None, None]);
    }
}

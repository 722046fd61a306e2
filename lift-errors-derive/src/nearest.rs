//! "Did you mean": the nearest of a few names.

/// The name that differs from `word` in the fewest letters; none if all differ in too many.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.len() / 3 + 2;
    let distances = names.into_iter().map(|name| (distance(word, name), name));
    distances.filter(|(distance, _)| *distance < limit).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The number of letters by which two names differ (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (line, left) in a.chars().enumerate() {
        let mut diagonal = line;
        let mut previous = line + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(b.chars()) {
            let value = (diagonal + usize::from(left != right)).min(previous + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, value);
            previous = value;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn the_distance_is_levenshteins() {
        for (a, b, expected) in
            [("", "", 0), ("code", "kode", 1), ("skip", "skip", 0), ("a", "xyz", 3), ("kitten", "sitting", 3)]
        {
            assert_eq!((distance(a, b), distance(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn a_name_that_is_too_far_away_is_not_suggested() {
        assert_eq!(nearest("kode", ["cause", "code"]), Some("code"));
        assert_eq!(nearest("banana", ["cause", "code"]), None);
    }
}

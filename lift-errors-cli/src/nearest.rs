//! "Did you mean …?"

use lift_errors::lift;
use std::collections::BTreeSet;

/// The most names that a hint lists.
const MOST: usize = 8;

/// The names that are nearest to a misspelt one, nearest first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = name.to_lowercase();
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .map(|known| {
            let other = known.to_lowercase();
            // A part of a name is near, too.
            let contains = lower.len() > 2 && (other.contains(&lower) || lower.contains(&other) && other.len() > 2);
            (if contains { 1 } else { strsim::damerau_levenshtein(&lower, &other) }, known)
        })
        .filter(|(distance, known)| *distance <= 2.max(known.chars().count() / 3))
        .collect();
    found.sort();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(_, known)| known).collect()
}

/// A hint for a misspelt name: the nearest, or the list of all if it is short.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let known: BTreeSet<&str> = known.into_iter().collect();
    let near = nearest(name, known.iter().copied());
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if let Some((first, rest)) = near.split_first() {
        return match rest {
            [] => format!("did you mean `{first}`?"),
            rest => format!("did you mean `{first}`, or {}?", quoted(rest.get(..3).unwrap_or(rest))),
        };
    }
    match known.len() {
        0 => format!("it has no {what}"),
        1..=MOST => format!("{what}: {}", quoted(&known.into_iter().collect::<Vec<_>>())),
        count => format!("it is not near any of the {count} {what}"),
    }
}

/// A hint for the name of an entry that is not there: one of the canonical catalogue has it, or is near while none of the known is.
pub(crate) fn entry_hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let known: BTreeSet<&str> = known.into_iter().collect();
    let canonical = || lift::CATALOG.entries().flat_map(|entry| [entry.code(), entry.id()]);
    if canonical().any(|other| other.eq_ignore_ascii_case(name)) {
        return "it is one of the canonical catalogue `lift`".to_owned();
    }
    let lower = name.to_lowercase();
    let distance = |other: &str| strsim::damerau_levenshtein(&lower, &other.to_lowercase());
    let near = canonical().map(|other| (distance(other), other)).filter(|(distance, _)| *distance <= 2).min();
    match near.filter(|_| nearest(name, known.iter().copied()).is_empty()) {
        Some((_, near)) => format!("did you mean `{near}` of the canonical catalogue `lift`?"),
        None => hint(name, known, what),
    }
}

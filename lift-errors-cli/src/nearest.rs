//! "Did you mean …?"

use lift_errors::lift;
use lift_errors_codegen::shared_head;
use std::collections::BTreeSet;

/// The most names that a hint lists.
const MOST: usize = 8;

/// The names that are nearest to a misspelt one, nearest first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = name.to_lowercase();
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|known| {
            let other = known.to_lowercase();
            // A part of a name is near, too.
            let contains = lower.len() > 2 && (other.contains(&lower) || lower.contains(&other) && other.len() > 2);
            let within = || distance(&lower, &other, farthest(&lower, &other));
            Some((if contains { 1 } else { within()? }, known))
        })
        .collect();
    found.sort();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(_, known)| known).collect()
}

/// The greatest distance at which a name is near to another. Short ones are near to everything, and so are those of which only
/// the prefix is long.
fn farthest(name: &str, other: &str) -> usize {
    let rest = other.get(shared_head(name, other)..).unwrap_or_default();
    match rest.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        length => 2.max(length / 3),
    }
}

/// The distance of two names, if it is at most `most`. A comparison takes the product of both lengths, and a query may be endless:
/// names are only compared whose lengths differ by no more.
fn distance(name: &str, other: &str, most: usize) -> Option<usize> {
    let is_far = name.chars().count().abs_diff(other.chars().count()) > most;
    let distance = (!is_far).then(|| strsim::damerau_levenshtein(name, other));
    distance.filter(|distance| *distance <= most)
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
        0 => format!("there are no {what}"),
        1..=MOST => format!("{what}: {}", quoted(&known.into_iter().collect::<Vec<_>>())),
        count => format!("it is not near any of the {count} {what}"),
    }
}

/// The hint for the name of a canonical entry.
const CANONICAL: &str = "it is one of the canonical catalogue `lift`";

fn canonical() -> impl Iterator<Item = &'static str> {
    lift::CATALOG.entries().flat_map(|entry| [entry.code(), entry.id()])
}

fn is_canonical(name: &str) -> bool {
    canonical().any(|other| other.eq_ignore_ascii_case(name))
}

/// A hint for the name of an entry that is to be changed: a canonical one can't be, so none is suggested.
pub(crate) fn own_entry_hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    if is_canonical(name) { CANONICAL.to_owned() } else { hint(name, known, what) }
}

/// A hint for the name of an entry that is not there: one of the canonical catalogue has it, or is near while none of the known is.
pub(crate) fn entry_hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> String {
    let known: BTreeSet<&str> = known.into_iter().collect();
    if is_canonical(name) {
        return CANONICAL.to_owned();
    }
    let lower = name.to_lowercase();
    let near = canonical().filter_map(|other| Some((distance(&lower, &other.to_lowercase(), 2)?, other))).min();
    match near.filter(|_| nearest(name, known.iter().copied()).is_empty()) {
        Some((_, near)) => format!("did you mean `{near}` of the canonical catalogue `lift`?"),
        None => hint(name, known, what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_lengths_are_not_compared() {
        assert_eq!(distance("not_fuond", "not_found", 2), Some(1));
        assert_eq!(distance("no_fund", "not_found", 2), Some(2));
        assert_eq!(distance("nofund", "not_found", 2), None);
        // In characters.
        assert_eq!(distance("😀", "e", 1), Some(1));
        // Comparing two such names would take hours and gigabytes.
        let long = "z".repeat(1 << 20);
        assert_eq!(distance(&long, &long.repeat(2), 2), None);
        assert!(nearest(&long, ["not_found", "conflict"]).is_empty());
        assert_eq!(entry_hint(&long, ["not_found"], "codes"), "codes: `not_found`");
    }

    #[test]
    fn the_nearest_come_first() {
        let known = ["dep_shelf_unknown", "dep_count_open", "dep_count"];
        assert_eq!(nearest("dep_cuont", known), ["dep_count"]);
        assert_eq!(nearest("count", known), ["dep_count", "dep_count_open"]);
        assert!(nearest("cz", ["uk", "fr"]).is_empty() && nearest("msg", ["text", "code"]).is_empty());
        assert_eq!(nearest("coed", ["text", "code"]), ["code"]);
        assert!(nearest("dep_x", ["dep_fn", "dep_stop"]).is_empty());
    }
}

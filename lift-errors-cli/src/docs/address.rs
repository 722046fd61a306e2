//! Where a type URI leads on the site: the root is the page that the manifest's `reference` names, and clients have every address below
//! it from responses.

use crate::explanation::{EntryExplanation, RemovedExplanation};
use percent_encoding::percent_decode_str;
use std::collections::HashSet;

/// The place of a type URI on the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// The list at the root: an item of it, by its fragment or by the query and the fragment.
    List { query: String, fragment: String },
    /// A page of its own, by its file.
    Page(String),
    /// Below the root, but no file can be there.
    Unreachable,
    /// On another site.
    Elsewhere,
}

impl Address {
    /// The place of a URI, where the root is at `reference`.
    pub(super) fn new(reference: &str, type_uri: &str) -> Self {
        let below = type_uri.strip_prefix(reference.trim_end_matches('/'));
        let Some(below) = below.filter(|below| below.is_empty() || below.starts_with(['/', '?', '#'])) else {
            return Self::Elsewhere;
        };
        let (below, fragment) = below.split_once('#').unwrap_or((below, ""));
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let Some(path) = path.strip_prefix('/').filter(|path| !path.is_empty()) else {
            return Self::List { query: query.to_owned(), fragment: decoded(fragment).unwrap_or_default() };
        };
        file(path).map_or(Self::Unreachable, Self::Page)
    }

    /// The fragment by which the list has an item, if it names the error alone.
    pub(super) fn fragment_of(&self, id: &str, code: &str) -> Option<&str> {
        let Self::List { query, fragment } = self else { return None };
        let names_it = fragment.to_ascii_lowercase().contains(&id.to_ascii_lowercase()) || fragment.contains(code);
        (query.is_empty() && names_it).then_some(fragment)
    }

    /// The query and the fragment by which the list has an item, as a browser knows them.
    pub(super) fn query(&self) -> Option<String> {
        match self {
            Self::List { query, .. } if query.is_empty() => None,
            Self::List { query, fragment } if fragment.is_empty() => Some(format!("?{query}")),
            Self::List { query, fragment } => Some(format!("?{query}#{fragment}")),
            _ => None,
        }
    }
}

/// An error in the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'a> {
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    pub(super) type_uri: &'a str,
    pub(super) has_own_type: bool,
}

impl<'a> From<&'a EntryExplanation> for Listed<'a> {
    fn from(entry: &'a EntryExplanation) -> Self {
        let EntryExplanation { id, code, type_uri, has_own_type, .. } = entry;
        Self { id, code, type_uri, has_own_type: *has_own_type }
    }
}

impl<'a> From<&'a RemovedExplanation> for Listed<'a> {
    fn from(removed: &'a RemovedExplanation) -> Self {
        let RemovedExplanation { id, code, type_uri, has_own_type, .. } = removed;
        Self { id, code, type_uri, has_own_type: *has_own_type }
    }
}

/// The names by which addresses lead to an item of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ItemNames {
    /// The id of its element.
    pub(super) id: Option<String>,
    /// The query and the fragment.
    pub(super) query: Option<String>,
}

/// The names of the items of a list, in its order. No two have the same: an address that `reference` gives comes before one that
/// an entry chose.
pub(super) fn item_names(reference: &str, listed: &[Listed<'_>]) -> Vec<ItemNames> {
    let mut names = vec![ItemNames::default(); listed.len()];
    let (mut ids, mut queries) = (HashSet::new(), HashSet::new());
    for is_own in [false, true] {
        for (item, names) in listed.iter().zip(&mut names).filter(|(item, _)| item.has_own_type == is_own) {
            let address = Address::new(reference, item.type_uri);
            let possible = [address.fragment_of(item.id, item.code), Some(item.id)];
            let free = possible.into_iter().flatten().find(|id| ids.insert((*id).to_owned()));
            names.id = free.map(str::to_owned);
            names.query = address.query().filter(|query| queries.insert(query.clone()));
        }
    }
    names
}

/// The file that servers of files send for a path: that of its name, or the index of a folder of this name.
fn file(path: &str) -> Option<String> {
    let (folders, is_folder) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
    let segments: Option<Vec<String>> = folders.split('/').map(segment).collect();
    let mut segments = segments?;
    let is_page = segments.last().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
    if is_folder || !is_page {
        segments.push("index.html".to_owned());
    }
    let path = segments.join("/");
    (path.len() <= LONGEST_PATH).then_some(path)
}

/// The longest path below the site's folder, in bytes: some systems have no more than 1024 for a whole path.
const LONGEST_PATH: usize = 768;

/// The longest name that most file systems have room for, in bytes.
const LONGEST: usize = 255;

/// A name that a folder can have, and that stays in it.
fn segment(text: &str) -> Option<String> {
    let name = decoded(text)?;
    let is_taken = |character: char| character.is_control() || matches!(character, '/' | '\\');
    // Windows takes a colon for something else.
    let is_colon = |character: char| cfg!(windows) && character == ':';
    (!name.starts_with('.')
        && !name.is_empty()
        && name.len() <= LONGEST
        && !name.contains(is_taken)
        && !name.contains(is_colon))
    .then_some(name)
}

fn decoded(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(query: &str, fragment: &str) -> Address {
        Address::List { query: query.to_owned(), fragment: fragment.to_owned() }
    }

    #[test]
    fn a_uri_below_the_root_has_a_place() {
        let page = |file: &str| Address::Page(file.to_owned());
        let long = format!("https://a.example/{}", "x".repeat(300));
        let deep = format!("https://a.example{}", format!("/{}", "x".repeat(250)).repeat(20));
        for (reference, uri, expected) in [
            ("https://a.example", long.as_str(), Address::Unreachable),
            ("https://a.example", deep.as_str(), Address::Unreachable),
            ("https://a.example/errors", "https://a.example/errors#E-01", list("", "E-01")),
            ("https://a.example/errors/", "https://a.example/errors/#E-01", list("", "E-01")),
            ("https://a.example/errors", "https://a.example/errors?code=a_b", list("code=a_b", "")),
            ("https://a.example/errors", "https://a.example/errors/?code=a_b#E-01", list("code=a_b", "E-01")),
            ("https://a.example/errors", "https://a.example/errors/a_b", page("a_b/index.html")),
            ("https://a.example/errors", "https://a.example/errors/a_b/#e-01", page("a_b/index.html")),
            ("https://a.example", "https://a.example/x/E-01.html?v=1", page("x/E-01.html")),
            ("https://a.example", "https://a.example/a%20b.html", page("a b.html")),
            ("https://a.example", "https://a.example/a/../../b", Address::Unreachable),
            ("https://a.example", "https://a.example/%2e%2e/b", Address::Unreachable),
            ("https://a.example", "https://a.example/a%2Fb", Address::Unreachable),
            ("https://a.example", "https://a.example/a//b", Address::Unreachable),
            ("https://a.example/errors", "https://a.example/errors-of-others#E-01", Address::Elsewhere),
            ("https://a.example/errors", "https://iana.example/problem-types#x", Address::Elsewhere),
        ] {
            assert_eq!(Address::new(reference, uri), expected, "{uri} at {reference}");
        }
    }

    #[test]
    fn no_two_items_of_the_list_have_one_name() {
        let item = |id, code, type_uri, has_own_type| Listed { id, code, type_uri, has_own_type };
        let names = |reference, listed: &[Listed<'_>]| -> Vec<(Option<String>, Option<String>)> {
            item_names(reference, listed).into_iter().map(|names| (names.id, names.query)).collect()
        };
        let some = |text: &str| Some(text.to_owned());
        let chosen = item("E", "taker", "https://a.example/errors/#E-01", true);
        let given = item("E-01", "a_b", "https://a.example/errors#E-01", false);
        assert_eq!(names("https://a.example/errors", &[chosen, given]), [(some("E"), None), (some("E-01"), None)]);
        let chosen = item("E", "taker", "https://a.example/errors/?code=a_b", true);
        let given = item("E-01", "a_b", "https://a.example/errors?code=a_b", false);
        let query = some("?code=a_b");
        assert_eq!(names("https://a.example/errors", &[chosen, given]), [(some("E"), None), (some("E-01"), query)]);
    }

    #[test]
    fn an_item_of_the_list_has_what_names_it_alone() {
        for (address, fragment, query) in [
            (list("", "E-01"), Some("E-01"), None),
            (list("", "e-01"), Some("e-01"), None),
            (list("", "of-a_b"), Some("of-a_b"), None),
            (list("", "errors"), None, None),
            (list("code=a_b", ""), None, Some("?code=a_b")),
            (list("v=1", "a_b"), None, Some("?v=1#a_b")),
            (Address::Page("a_b/index.html".to_owned()), None, None),
        ] {
            assert_eq!(
                (address.fragment_of("E-01", "a_b"), address.query().as_deref()),
                (fragment, query),
                "{address:?}"
            );
        }
    }
}

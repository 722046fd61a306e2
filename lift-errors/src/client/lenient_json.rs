//! Reads a JSON object leniently, each member by itself: a member that is malformed, too deep or of the wrong type is left
//! out, and the others are kept.

use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};
use std::fmt;
use std::string::String;
use std::time::Duration;
use std::vec::Vec;

/// How many members of an object are read.
const MOST_MEMBERS: usize = 256;
/// How many items of a list are read.
const MOST_ITEMS: usize = 1_024;

/// The members of an object, unparsed. Skipping a value is no recursion, however deep it is.
#[derive(Debug, Default)]
pub(super) struct Members<'a>(Vec<(String, &'a str)>);

impl<'a> Members<'a> {
    /// What can be read of a text that should be an object: all members before the first fault.
    pub(super) fn read(json: &'a str) -> Self {
        let mut members = Self::default();
        // The fault ends the reading; what was read stays.
        let _ = Deserializer::from_str(json).deserialize_map(&mut members);
        members
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each member's name and value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The last usable value of a name: one of the wrong type counts as absent (RFC 9457 §3.1).
    fn find<T>(&self, name: &str, read: impl Fn(&'a str) -> Option<T>) -> Option<T> {
        self.0.iter().rev().filter(|(member, _)| member == name).find_map(|(_, value)| read(value))
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.find(name, text)
    }

    /// Whole seconds; a fraction is rounded up, so that nobody comes back early.
    pub(super) fn seconds(&self, name: &str) -> Option<Duration> {
        self.find(name, |json| {
            let whole = serde_json::from_str::<u64>(json).ok();
            let fraction = || serde_json::from_str::<f64>(json).ok().filter(|seconds| *seconds >= 0.0);
            // A number that is too large for the type becomes the largest.
            whole.or_else(|| fraction().map(|seconds| seconds.ceil() as u64)).map(Duration::from_secs)
        })
    }

    pub(super) fn members(&self, name: &str) -> Option<Members<'a>> {
        self.find(name, |json| json.starts_with('{').then(|| Self::read(json)))
    }

    /// The items of a list, unparsed.
    pub(super) fn items(&self, name: &str) -> Option<Vec<&'a str>> {
        self.find(name, |json| {
            let mut items = Items(Vec::new());
            json.starts_with('[').then(|| {
                let _ = Deserializer::from_str(json).deserialize_seq(&mut items);
                items.0
            })
        })
    }

    /// The values of all members that are JSON as deep as anyone writes it.
    pub(super) fn values(&self) -> impl Iterator<Item = (String, Value)> {
        self.iter().filter_map(|(name, json)| Some((name.into(), value(json)?)))
    }
}

/// The text of a JSON string.
pub(super) fn text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// A value at most 128 deep, which is what serde_json stops at.
pub(super) fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

impl<'a> Visitor<'a> for &mut Members<'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while self.0.len() < MOST_MEMBERS {
            let Some(name) = map.next_key()? else { break };
            let value: &'a RawValue = map.next_value()?;
            self.0.push((name, value.get()));
        }
        Ok(())
    }
}

struct Items<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for &mut Items<'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        while self.0.len() < MOST_ITEMS {
            let Some(item) = list.next_element::<&'a RawValue>()? else { break };
            self.0.push(item.get());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn a_fault_costs_its_member_and_what_follows_a_cut() {
        let members = Members::read(r#"{"a": 1e400, "b": "x", "b": 7, "c": ["y", {"#);
        assert_eq!(members.seconds("a"), None);
        assert_eq!(members.text("b").as_deref(), Some("x"), "the wrong type counts as absent");
        assert!(members.items("c").is_none());
        let members = Members::read(r#"{"a": "1"} trailing"#);
        assert_eq!(members.text("a").as_deref(), Some("1"));
        assert!(Members::read("[1]").is_empty() && Members::read("").is_empty());
    }

    #[test]
    fn depth_and_numbers_are_bounded() {
        let deep = format!(r#"{{"deep": {}{}, "code": "found"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let members = Members::read(&deep);
        assert_eq!(members.text("code").as_deref(), Some("found"));
        assert_eq!(members.items("deep").map(|items| items.len()), Some(1));
        assert_eq!(members.values().count(), 1, "no value is deeper than the parser goes");
        let many: Vec<String> = (0..10_000).map(|number| format!(r#""{number}":[{}0]"#, "0,".repeat(10))).collect();
        assert_eq!(Members::read(&format!("{{{}}}", many.join(","))).iter().count(), MOST_MEMBERS);
        let list = format!(r#"{{"list": [{}0]}}"#, "0,".repeat(10_000));
        assert_eq!(Members::read(&list).items("list").unwrap().len(), MOST_ITEMS);
    }

    #[test]
    fn waits_are_never_shortened() {
        for (json, expected) in [
            ("12", Some(12)),
            ("0", Some(0)),
            ("1.2", Some(2)),
            ("-0.0", Some(0)),
            ("1e30", Some(u64::MAX)),
            ("18446744073709551616", Some(u64::MAX)),
            ("-1", None),
            ("\"12\"", None),
            ("null", None),
            ("1e400", None),
        ] {
            let object = format!(r#"{{"after":{json}}}"#);
            assert_eq!(Members::read(&object).seconds("after"), expected.map(Duration::from_secs), "{json}");
        }
    }
}

//! Reads a JSON object leniently, each member by itself: a member that is malformed, too deep or of the wrong type does not
//! affect the others. It records the members that were read, so that the others can be returned too.

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::string::String;
use std::time::Duration;
use std::vec::Vec;

/// The maximum number of members that are read of an object.
const MOST_MEMBERS: usize = 256;
/// The maximum number of items that are read of a list.
const MOST_ITEMS: usize = 1_024;

/// The members of an object, unparsed. Skipping a value of any depth does not recurse.
#[derive(Debug, Default)]
pub(super) struct Members<'a>(Vec<Member<'a>>);

#[derive(Debug)]
struct Member<'a> {
    name: String,
    json: &'a str,
    /// Whether the whole value was read.
    is_read: Cell<bool>,
}

impl<'a> Members<'a> {
    /// Reads a text that should be an object: all members before the first fault.
    pub(super) fn read(json: &'a str) -> Self {
        let mut members = Self::default();
        // The fault ends the reading; the members before it stay.
        let _ = Deserializer::from_str(json).deserialize_map(&mut members);
        members
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names and values of the members.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|member| (member.name.as_str(), member.json))
    }

    /// The last usable value of a name. A value of the wrong type counts as absent (RFC 9457 §3.1).
    fn find<T>(&self, name: &str, read: impl Fn(&'a str) -> Option<T>) -> Option<(T, &Member<'a>)> {
        let named = self.0.iter().rev().filter(|member| member.name == name);
        named.filter_map(|member| Some((read(member.json)?, member))).next()
    }

    /// Like [`find`](Self::find), for values that are read completely.
    fn take<T>(&self, name: &str, read: impl Fn(&'a str) -> Option<T>) -> Option<T> {
        let (value, member) = self.find(name, read)?;
        member.is_read.set(true);
        Some(value)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.take(name, |json| text(json).filter(|text| !text.trim().is_empty()))
    }

    /// A text that satisfies a condition; others stay unread.
    pub(super) fn text_if(&self, name: &str, accepts: impl Fn(&str) -> bool) -> Option<String> {
        self.take(name, |json| text(json).filter(|text| !text.trim().is_empty() && accepts(text)))
    }

    /// A text that a function converts.
    pub(super) fn find_text(&self, name: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
        self.take(name, read)
    }

    /// Whether a member is a text, which stays unread.
    pub(super) fn has_text(&self, name: &str) -> bool {
        self.find(name, |json| text(json).filter(|text| !text.trim().is_empty())).is_some()
    }

    /// A whole number that satisfies a condition; others stay unread.
    pub(super) fn integer_if(&self, name: &str, accepts: impl Fn(i64) -> bool) -> Option<i64> {
        self.take(name, |json| serde_json::from_str(json).ok().filter(|number| accepts(*number)))
    }

    /// A whole number, which stays unread.
    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        self.find(name, |json| serde_json::from_str(json).ok()).map(|(number, _)| number)
    }

    /// Whole seconds; a fraction is rounded up, so that no client retries too early.
    pub(super) fn seconds(&self, name: &str) -> Option<Duration> {
        self.take(name, seconds)
    }

    /// An object. It counts as unread, because it may have other members.
    pub(super) fn members(&self, name: &str) -> Option<Members<'a>> {
        self.find(name, |json| json.starts_with('{').then(|| Self::read(json))).map(|(members, _)| members)
    }

    /// The items of a list, unparsed. The list counts as unread.
    pub(super) fn items(&self, name: &str) -> Option<Vec<&'a str>> {
        self.find(name, items).map(|(items, _)| items)
    }

    /// Counts a member as read.
    pub(super) fn set_read(&self, name: &str) {
        self.0.iter().filter(|member| member.name == name).for_each(|member| member.is_read.set(true));
    }

    /// The values of all members that serde_json can represent, which are at most 128 deep.
    pub(super) fn values(&self) -> impl Iterator<Item = (String, Value)> {
        self.iter().filter_map(|(name, json)| Some((name.into(), value(json)?)))
    }

    /// The values of unread members.
    pub(super) fn unread(&self) -> impl Iterator<Item = (String, Value)> {
        let unread = self.0.iter().filter(|member| !member.is_read.get());
        unread.filter_map(|member| Some((member.name.clone(), value(member.json)?)))
    }
}

/// The seconds of a number; a fraction is rounded up.
pub(super) fn seconds(json: &str) -> Option<Duration> {
    let json = json.trim();
    let whole = || json.parse::<u64>().ok();
    // A number that is too large for the type becomes the largest.
    let fraction = || json.parse().ok().filter(|seconds: &f64| *seconds >= 0.0).map(|seconds| seconds.ceil() as u64);
    // Rust's own numbers may be words, such as `inf`.
    serde_json::from_str::<IgnoredAny>(json).ok().and_then(|_| whole().or_else(fraction)).map(Duration::from_secs)
}

/// Whether a text is JSON, or the beginning of JSON that was cut off. It does not recurse.
pub(super) fn is_json_or_cut(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).map_or_else(|error| error.is_eof(), |_| true)
}

/// The text of a JSON string.
pub(super) fn text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// The items of a JSON list, unparsed.
pub(super) fn items(json: &str) -> Option<Vec<&str>> {
    let mut items = Items(Vec::new());
    json.starts_with('[').then(|| {
        // The fault ends the reading; the items before it stay.
        let _ = Deserializer::from_str(json).deserialize_seq(&mut items);
        items.0
    })
}

/// A value at most 128 deep, the limit of serde_json.
pub(super) fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

/// The text without characters in strings that serde_json refuses and other parsers accept: half of a surrogate pair becomes
/// U+FFFD, and a control character its escape.
pub(super) fn repaired(json: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let mut copied = 0;
    let mut replace = |at: usize, end: usize, by: &str| {
        repaired.push_str(json.get(copied..at).unwrap_or_default());
        repaired.push_str(by);
        copied = end;
    };
    let bytes = json.as_bytes();
    let (mut at, mut in_string) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        let mut end = at + 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                end = at + 2;
                if let Some(unit) = surrogate(json, at) {
                    end = at + 6;
                    let is_pair = unit < 0xdc00 && surrogate(json, end).is_some_and(|low| low >= 0xdc00);
                    if is_pair {
                        end += 6;
                    } else {
                        replace(at, end, "\\ufffd");
                    }
                }
            }
            0..b' ' if in_string => replace(at, end, CONTROLS.get(usize::from(byte)).copied().unwrap_or(" ")),
            _ => {}
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    repaired.push_str(json.get(copied..).unwrap_or_default());
    Cow::Owned(repaired)
}

/// The escapes of the control characters that occur in texts; the others become spaces.
const CONTROLS: [&str; 14] = [" ", " ", " ", " ", " ", " ", " ", " ", "\\b", "\\t", "\\n", " ", "\\f", "\\r"];

/// The UTF-16 code unit of the escape `\ud800` at an index, if it is half of a pair.
fn surrogate(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at.checked_add(6)?)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
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
            self.0.push(Member { name, json: value.get(), is_read: Cell::new(false) });
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
        let members = Members::read(r#"{"a": -1, "b": "x", "b": 7, "c": ["y", {"#);
        assert_eq!(members.seconds("a"), None);
        assert_eq!(members.text("b").as_deref(), Some("x"), "the wrong type counts as absent");
        assert!(members.items("c").is_none());
        let members = Members::read(r#"{"a": "1"} trailing"#);
        assert_eq!(members.text("a").as_deref(), Some("1"));
        assert!(Members::read("[1]").iter().next().is_none() && Members::read("").iter().next().is_none());
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
            ("1e400", Some(u64::MAX)),
            ("inf", None),
        ] {
            let object = format!(r#"{{"after":{json}}}"#);
            assert_eq!(Members::read(&object).seconds("after"), expected.map(Duration::from_secs), "{json}");
        }
    }
}

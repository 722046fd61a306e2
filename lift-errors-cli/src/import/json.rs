//! A list of codes as JSON: an array of objects, objects by their codes, or texts by their keys, as libraries of translations
//! write them.

use super::imported::{Import, Mapping, unreadable};
use super::table::{LONGEST_NAME, ROLES, Row, distinct, import};
use crate::error::Error;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::path::Path;
use std::{fmt, iter};

pub(super) fn read(path: &Path, text: &str, mapping: &Mapping) -> Result<Import, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let document: Node = serde_json::from_str(text).map_err(|error| unreadable(path, error))?;
    let (mut rows, mut left_out) = (Vec::<Row>::new(), Vec::new());
    match listed(document) {
        Node::List(items) => {
            for (item, number) in items.into_iter().zip(1..) {
                match item {
                    Node::Object(members) => rows.push((number, members.into_map())),
                    other => left_out.push(format!("row {number} is not an object: {}", other.into_value())),
                }
            }
        }
        // An object by code: the member's name is the code.
        Node::Object(members) => by_code(members, mapping, &mut rows, &mut left_out),
        Node::Scalar(_) => return Err(unreadable(path, "it is neither a list nor an object of errors")),
    }
    if let (true, Some(reason)) = (rows.is_empty(), left_out.first()) {
        return Err(unreadable(path, reason));
    }
    let mut seen = HashSet::new();
    let names = rows.iter().flat_map(|(_, row)| row.keys()).filter(|name| seen.insert(name.as_str()));
    let columns: Vec<String> = names.cloned().collect();
    import(path, &columns, rows.into_iter().map(Ok), left_out, mapping)
}

fn by_code(members: Members, mapping: &Mapping, rows: &mut Vec<Row>, left_out: &mut Vec<String>) {
    // Without rows an object has texts whatever its other values are.
    let has_rows = members.objects().any(Members::has_role) || members.have_columns();
    let is_group = move |group: &Members| group.is_group() || !has_rows && group.is_mixed_group();
    // With a mapping the objects are rows, whatever their members are called.
    let has_groups = mapping.is_empty() && members.have_groups(&is_group);
    let queued = |group: String, members: Members| {
        let is_beside_groups = members.objects().any(is_group);
        members.0.into_iter().map(move |(key, member)| (format!("{group}{key}"), member, is_beside_groups))
    };
    let mut rest: VecDeque<(String, Node, bool)> = queued(String::new(), members).collect();
    while let Some((code, member, is_beside_groups)) = rest.pop_front() {
        let members = match member {
            Node::Object(group) if has_groups && (is_group(&group) || is_beside_groups && group.may_be_group()) => {
                // Each of its texts would repeat the name.
                if code.len() > LONGEST_NAME {
                    let shown: String = code.chars().take(40).collect();
                    left_out.push(format!("`{shown}…`: the name of a group has at most {LONGEST_NAME} bytes"));
                    continue;
                }
                // The group's texts take its place.
                for text in queued(format!("{code}."), group).rev() {
                    rest.push_front(text);
                }
                continue;
            }
            Node::Object(row) => row,
            Node::List(items) => {
                let is_table = items.iter().any(|item| matches!(item, Node::Object(_)));
                let reason = if is_table {
                    "is a list: put it alone into a file"
                } else {
                    "is a list, whose items have no codes"
                };
                left_out.push(format!("`{code}` {reason}"));
                continue;
            }
            message @ Node::Scalar(_) => Members(vec![("message".to_owned(), message)]),
        };
        rows.push((rows.len() + 1, with_code(members.into_map(), code, mapping)));
    }
}

/// A row with its key as its code. Where it has a code of its own, in any case of letters, the key is one more cell, so that it stays
/// as a comment.
fn with_code(mut row: Map<String, Value>, key: String, mapping: &Mapping) -> Map<String, Value> {
    const CODE: &str = "code";
    let is_mapped = mapping.iter().any(|(role, _)| role == CODE);
    if !is_mapped && !row.contains_key(CODE) {
        let other_case = row.keys().find(|name| name.eq_ignore_ascii_case(CODE)).cloned();
        if let Some(own) = other_case.and_then(|name| row.remove(&name)) {
            row.insert(CODE.to_owned(), own);
        }
    }
    let is_key = |own: &Value| own.is_null() || own.as_str().is_some_and(|own| own == key || own.trim().is_empty());
    match row.get(CODE) {
        Some(own) if !is_key(own) => {
            let others = (2..).map(|number| format!("key_{number}"));
            let free = iter::once("key".to_owned()).chain(others).find(|name| !row.contains_key(name));
            row.extend(free.map(|name| (name, Value::from(key))));
        }
        _ => drop(row.insert(CODE.to_owned(), key.into())),
    }
    row
}

/// The list in a document that has nothing else: `{"errors": […]}`.
fn listed(document: Node) -> Node {
    let is_list =
        |node: &Node| matches!(node, Node::List(items) if items.iter().any(|item| matches!(item, Node::Object(_))));
    match document {
        Node::Object(Members(mut members))
            if members.len() == 1 && members.iter().all(|(_, member)| is_list(member)) =>
        {
            members.pop().map_or(Node::Scalar(Value::Null), |(_, list)| list)
        }
        other => other,
    }
}

/// A value of JSON. A `Value` has the last one of the members with a name alone.
enum Node {
    Object(Members),
    List(Vec<Node>),
    Scalar(Value),
}

/// The members of an object, in the order of the file.
struct Members(Vec<(String, Node)>);

impl Node {
    fn into_value(self) -> Value {
        match self {
            Self::Object(members) => Value::Object(members.into_map()),
            Self::List(items) => items.into_iter().map(Self::into_value).collect(),
            Self::Scalar(value) => value,
        }
    }
}

impl Members {
    /// The members as the cells of a row. A second one of a name gets a number, as a column does.
    fn into_map(self) -> Map<String, Value> {
        let names = distinct(self.0.iter().map(|(name, _)| name.as_str()));
        names.into_iter().zip(self.0).map(|(name, (_, member))| (name, member.into_value())).collect()
    }

    fn objects(&self) -> impl Iterator<Item = &Self> {
        self.0.iter().filter_map(|(_, member)| match member {
            Node::Object(members) => Some(members),
            _ => None,
        })
    }

    /// Whether the objects may have texts by their keys, and not the cells of a row. Keys that several have alike are columns, or
    /// languages, and so are those of values that are not texts.
    fn have_groups(&self, is_group: &dyn Fn(&Self) -> bool) -> bool {
        let mut keys = self.objects().map(|object| object.0.iter().map(|(key, _)| key).collect::<BTreeSet<_>>());
        let first = keys.next();
        let mut others = keys.peekable();
        let are_alike = others.peek().is_some() && others.all(|other| Some(&other) == first.as_ref());
        !are_alike && self.objects().all(|object| object.0.is_empty() || object.has_role() || is_group(object))
    }

    /// Whether several of the objects have a key.
    fn have_columns(&self) -> bool {
        let mut seen = HashSet::new();
        // A key that an object has twice is one of its own.
        let keys = self.objects().map(|object| object.0.iter().map(|(key, _)| key).collect::<HashSet<_>>());
        keys.flatten().any(|key| !seen.insert(key))
    }

    /// Whether the object has texts by their keys.
    fn is_group(&self) -> bool {
        !self.has_role() && self.has_texts()
    }

    /// Whether the object has texts by their keys, and other values.
    fn is_mixed_group(&self) -> bool {
        let is_text = |member: &Node| matches!(member, Node::Object(_) | Node::Scalar(Value::String(_)));
        !self.has_role() && self.0.iter().any(|(_, member)| is_text(member))
    }

    /// Whether the object is a group if there are others beside it: one of its texts may be called as a column is, such as `title`.
    fn may_be_group(&self) -> bool {
        self.has_texts() && !self.is_error() && !self.0.iter().all(|(key, _)| is_role(key))
    }

    fn has_texts(&self) -> bool {
        let is_text = |member: &Node| !matches!(member, Node::Scalar(value) if !value.is_string());
        !self.0.is_empty() && self.0.iter().all(|(_, member)| is_text(member))
    }

    /// Whether a member is called as a column is. Beside objects that may be a text.
    fn has_role(&self) -> bool {
        self.is_error() || self.roles().next().is_some() && self.objects().next().is_none()
    }

    /// Whether it has two columns, or one that is hardly the name of a text.
    fn is_error(&self) -> bool {
        let mut roles = self.roles();
        roles
            .next()
            .is_some_and(|key| OF_ERRORS.iter().any(|role| key.eq_ignore_ascii_case(role)) || roles.next().is_some())
    }

    /// The members that are called as columns are.
    fn roles(&self) -> impl Iterator<Item = &str> {
        let roles = self.0.iter().filter(|(key, member)| is_role(key) && !matches!(member, Node::Object(_)));
        roles.map(|(key, _)| key.as_str())
    }
}

/// The columns that are hardly the names of texts beside groups of texts.
const OF_ERRORS: [&str; 2] = ["message", "status"];

fn is_role(key: &str) -> bool {
    ROLES.iter().any(|role| key.eq_ignore_ascii_case(role))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(Members(members)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_may_have_values_that_are_not_texts() {
        let names = |text: &str| {
            let import = read(Path::new("codes.json"), text, &Mapping::default()).unwrap();
            (import.errors.into_iter().map(|error| error.name).collect::<Vec<_>>(), import.left_out.len())
        };
        let texts = r#"{"de": {"late": "Zu spät", "first": 1, "days": ["Mo"], "of": {"now": "Jetzt", "is": true}}}"#;
        assert_eq!(names(texts), (["de.late", "de.first", "de.of.now", "de.of.is"].map(str::to_owned).into(), 1));
        let title = r#"{"login": {"title": "Sign in", "form": {"name": "Name"}}, "logs": {"title": "Logs", "table": {"a": "A"}}}"#;
        let codes = ["login.title", "login.form.name", "logs.title", "logs.table.a"].map(str::to_owned);
        assert_eq!(names(title), (codes.into(), 0));
        let row = r#"{"E1": {"message": "One", "of": {"a": "A"}}, "E2": {"title": "T", "fix": "F", "of": {"b": "B"}}}"#;
        assert_eq!(names(row), (["E1", "E2"].map(str::to_owned).into(), 0));
        let beside = r#"{
            "old": {"a": "A"}, "BUSY": {"code": "E5", "message": "It is busy.", "hint": "Wait."},
            "GONE": {"status": "410", "severity": "warning"}, "shop": {"title": "Shop", "shut": "Shut"}
        }"#;
        let codes = ["old.a", "E5", "GONE", "shop.title", "shop.shut"].map(str::to_owned);
        assert_eq!(names(beside), (codes.into(), 0));
        let row = r#"{"E1": {"message": "One"}, "E2": {"reason": "Two", "http": 404}}"#;
        assert_eq!(names(row), (["E1", "E2"].map(str::to_owned).into(), 0));
    }

    #[test]
    fn a_key_beside_a_code_is_kept() {
        let text = r#"{
            "NOT_FOUND": {"Code": 404, "message": "Nothing is here."},
            "BUSY": {"code": "E5", "message": "It is busy.", "key": "k"},
            "GONE": {"code": null, "message": "It is gone."},
            "SAME": {"code": "SAME", "message": "It is the same."},
            "EMPTY": {"code": " ", "message": "It is empty."}
        }"#;
        let import = read(Path::new("codes.json"), text, &Mapping::default()).unwrap();
        let errors: Vec<(&str, Vec<&str>)> = import
            .errors
            .iter()
            .map(|error| (error.name.as_str(), error.remarks.iter().map(String::as_str).collect()))
            .collect();
        let expected = [
            ("404", vec!["key: NOT_FOUND"]),
            ("E5", vec!["key: k", "key_2: BUSY"]),
            ("GONE", vec![]),
            ("SAME", vec![]),
            ("EMPTY", vec![]),
        ];
        assert_eq!((errors.as_slice(), import.left_out.len()), (expected.as_slice(), 0));
    }
}

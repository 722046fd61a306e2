//! A list of codes as JSON: an array of objects, objects by their codes, or texts by their keys, as libraries of translations
//! write them.

use super::imported::{Import, TableForm, unreadable};
use super::table::{LONGEST_NAME, ROLES, Row, distinct, import};
use crate::error::Error;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::path::Path;
use std::rc::Rc;
use std::{fmt, iter};

pub(super) fn read(path: &Path, text: &str, form: &TableForm) -> Result<Import, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let document: Node = serde_json::from_str(text).map_err(|error| unreadable(path, error))?;
    let (mut rows, mut left_out) = (Vec::<Row>::new(), Vec::new());
    let mut hint = None;
    let mut remedy = "";
    match if *form == TableForm::Texts { document } else { listed(document) } {
        Node::List(_) if *form == TableForm::Texts => {
            return Err(unreadable(path, "it is a list: `--nested` is for texts by their keys"));
        }
        Node::List(items) => {
            for (item, number) in items.into_iter().zip(1..) {
                match item {
                    Node::Object(members) => rows.push((number, members.into_map())),
                    other => left_out.push(format!("row {number} is not an object: {}", other.into_value())),
                }
            }
        }
        // An object by code: the member's name is the code.
        Node::Object(members) => {
            let has_other_texts = by_code(members, form, &mut rows, &mut left_out);
            remedy = ", or write `--nested` if each text is an error";
            hint = (has_other_texts && is_unmapped(form)).then_some(NESTED);
        }
        Node::Scalar(_) => return Err(unreadable(path, "it is neither a list nor an object of errors")),
    }
    if let (true, Some(reason)) = (rows.is_empty(), left_out.first()) {
        return Err(unreadable(path, reason));
    }
    let mut seen = HashSet::new();
    let names = rows.iter().flat_map(|(_, row)| row.keys()).filter(|name| seen.insert(name.as_str()));
    let columns: Vec<String> = names.cloned().collect();
    let import = import((path, remedy), &columns, rows.into_iter().map(Ok), left_out, form)?;
    Ok(Import { hint, ..import })
}

/// How objects whose members are not all columns may be read, too.
const NESTED: &str =
    "of objects with the columns of an error, the other texts are comments; `--nested` imports each text as an error";

fn is_unmapped(form: &TableForm) -> bool {
    matches!(form, TableForm::Rows(mapping) if mapping.is_empty())
}

/// Reads objects by their codes, or texts by their keys, and returns whether an object has texts beside its columns.
fn by_code(members: Members, form: &TableForm, rows: &mut Vec<Row>, left_out: &mut Vec<String>) -> bool {
    // With a mapping the objects are rows, whatever their members are called.
    let has_groups = is_unmapped(form) && members.have_groups();
    let may_be_mixed = members.may_be_mixed();
    let is_group = |object: &Members, beside: &Beside| match form {
        TableForm::Texts => true,
        TableForm::Rows(_) => has_groups && object.is_group(beside),
    };
    let mut has_other_texts = false;
    let queued = |group: &str, members: Members| {
        let beside = Rc::new(members.beside(may_be_mixed));
        let queued = members.0.into_iter().map(|(key, member)| (format!("{group}{key}"), member, Rc::clone(&beside)));
        queued.collect::<Vec<_>>()
    };
    let mut rest: VecDeque<(String, Node, Rc<Beside>)> = queued("", members).into();
    while let Some((code, member, beside)) = rest.pop_front() {
        let members = match member {
            Node::Object(group) if is_group(&group, &beside) => {
                // Each of its texts would repeat the name.
                if code.len() > LONGEST_NAME {
                    let shown: String = code.chars().take(40).collect();
                    left_out.push(format!("`{shown}…`: the name of a group has at most {LONGEST_NAME} bytes"));
                    continue;
                }
                // The group's texts take its place.
                for text in queued(&format!("{code}."), group).into_iter().rev() {
                    rest.push_front(text);
                }
                continue;
            }
            Node::Object(row) => {
                has_other_texts |= row.has_other_texts();
                row
            }
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
            Node::Scalar(text) if is_empty(&text) => {
                left_out.push(format!("`{code}` has no text"));
                continue;
            }
            message @ Node::Scalar(_) => Members(vec![("message".to_owned(), message)]),
        };
        rows.push((rows.len() + 1, with_code(members.into_map(), code, form)));
    }
    has_other_texts
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A row with its key as its code. Where it has a code of its own, in any case of letters, the key is one more cell, so that it stays
/// as a comment.
fn with_code(mut row: Map<String, Value>, key: String, form: &TableForm) -> Map<String, Value> {
    const CODE: &str = "code";
    let is_mapped = matches!(form, TableForm::Rows(mapping) if mapping.iter().any(|(role, _)| role == CODE));
    if !is_mapped && !row.contains_key(CODE) {
        let other_case = row.keys().find(|name| name.eq_ignore_ascii_case(CODE)).cloned();
        if let Some(own) = other_case.and_then(|name| row.remove(&name)) {
            row.insert(CODE.to_owned(), own);
        }
    }
    let is_key = |own: &Value| is_empty(own) || own.as_str() == Some(&key);
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
    fn have_groups(&self) -> bool {
        let mut keys = self.objects().map(|object| object.0.iter().map(|(key, _)| key).collect::<BTreeSet<_>>());
        let first = keys.next();
        let mut others = keys.peekable();
        let are_alike = others.peek().is_some() && others.all(|other| Some(&other) == first.as_ref());
        let beside = self.beside(self.may_be_mixed());
        let is_known =
            |object: &Self| object.0.is_empty() || object.roles().next().is_some() || object.is_group(&beside);
        !are_alike && self.objects().all(is_known)
    }

    /// Whether an object with numbers among its texts may be a group: none is an error, and they have no column in common.
    fn may_be_mixed(&self) -> bool {
        let mut keys = self.objects().map(|object| object.0.iter().map(|(key, _)| key).collect::<HashSet<_>>());
        let first = keys.next().unwrap_or_default();
        let mut others = keys.peekable();
        let is_alone = others.peek().is_none();
        let common = others.fold(first, |common, other| &common & &other);
        (is_alone || common.is_empty()) && !self.objects().any(Self::is_error)
    }

    /// What is known of the objects from those beside them.
    fn beside(&self, may_be_mixed: bool) -> Beside {
        let (mut seen, mut columns) = (HashSet::new(), HashSet::new());
        for object in self.objects() {
            // A key that an object has twice is one of its own.
            let keys: HashSet<&String> = object.0.iter().map(|(key, _)| key).filter(|key| !is_role(key)).collect();
            columns.extend(keys.into_iter().filter(|key| !seen.insert(*key)).cloned());
        }
        let has_groups = self.objects().any(|object| object.roles().next().is_none() && object.has_texts());
        Beside { columns, has_groups, may_be_mixed }
    }

    /// Whether the object has texts by their keys. One of them may be called as a column is, such as `title`.
    fn is_group(&self, beside: &Beside) -> bool {
        if self.is_error() {
            return false;
        }
        let is_text = |member: &Node| matches!(member, Node::Object(_) | Node::Scalar(Value::String(_)));
        let mut others = self.0.iter().filter(|(key, _)| !is_role(key));
        if self.roles().next().is_none() {
            return self.has_texts() || beside.may_be_mixed && self.0.iter().any(|(_, member)| is_text(member));
        }
        let has_objects = self.objects().next().is_some();
        let has_others = has_objects || others.clone().any(|(_, member)| is_text(member));
        let is_beside_texts = has_objects || beside.has_groups;
        has_others && (is_beside_texts || others.all(|(key, _)| !beside.columns.contains(key)))
    }

    fn has_texts(&self) -> bool {
        let is_text = |member: &Node| !matches!(member, Node::Scalar(Value::Bool(_) | Value::Number(_)));
        !self.0.is_empty() && self.0.iter().all(|(_, member)| is_text(member))
    }

    /// Whether it has texts beside columns.
    fn has_other_texts(&self) -> bool {
        let is_text = |member: &Node| matches!(member, Node::Object(_) | Node::Scalar(Value::String(_)));
        self.0.iter().any(|(key, member)| !is_role(key) && is_text(member))
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

/// What the objects of a level say about each of them.
struct Beside {
    /// The keys that several have.
    columns: HashSet<String>,
    /// Whether one of them has texts by their keys alone.
    has_groups: bool,
    may_be_mixed: bool,
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
            let import = read(Path::new("codes.json"), text, &TableForm::Rows(Vec::new())).unwrap();
            (import.errors.into_iter().map(|error| error.name).collect::<Vec<_>>(), import.left_out.len())
        };
        let texts = r#"{"de": {"late": "Zu spät", "first": 1, "days": ["Mo"], "of": {"now": "Jetzt", "is": true}}}"#;
        assert_eq!(names(texts), (["de.late", "de.first", "de.of.now", "de.of.is"].map(str::to_owned).into(), 1));
        let title = r#"{"login": {"title": "Sign in", "form": {"name": "Name"}}, "logs": {"title": "Logs", "table": {"a": "A"}}}"#;
        let codes = ["login.title", "login.form.name", "logs.title", "logs.table.a"].map(str::to_owned);
        assert_eq!(names(title), (codes.into(), 0));
        let row = r#"{"E1": {"message": "One", "of": {"a": "A"}}, "E2": {"title": "T", "fix": "F", "of": {"b": "B"}}}"#;
        assert_eq!(names(row), (["E1", "E2"].map(str::to_owned).into(), 0));
        // What an error has not is no column.
        let weak =
            r#"{"a": {"title": "A", "big": "B", "old": null}, "b": {"code": "C", "message": {"x": "X"}, "n": 1}}"#;
        let codes = ["a.title", "a.big", "b.code", "b.message.x", "b.n"].map(str::to_owned);
        assert_eq!(names(weak), (codes.into(), 1));
        let alike = r#"{"a": {"title": "A", "empty": "E"}, "b": {"title": "B", "empty": "F"}}"#;
        assert_eq!(names(alike), (["a", "b"].map(str::to_owned).into(), 0));
        let nested = read(Path::new("codes.json"), alike, &TableForm::Texts).unwrap();
        assert_eq!((nested.errors.len(), nested.hint), (4, None));
        assert!(read(Path::new("codes.json"), alike, &TableForm::Rows(Vec::new())).unwrap().hint.is_some());
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
        let import = read(Path::new("codes.json"), text, &TableForm::Rows(Vec::new())).unwrap();
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

//! The errors of single fields in the forms of other systems: a list of objects, a list of texts, or an object with the messages
//! of each field.

use super::foreign::{Layers, is_identifier, text_or_number};
use super::lenient_json::{self, Members};
use super::rpc;
use crate::problem::field_error::pointer;
use crate::problem::field_error::value::{Decimal, FieldValue};
use crate::problem::field_error::{FieldError, FieldErrors};
use serde_json::Value;
use std::string::String;
use std::vec::Vec;

/// The names of a list, or of an object with a list for each field.
const LISTS: [&str; 12] = [
    "errors",
    "fieldErrors",
    "field_errors",
    "validationErrors",
    "violations",
    "fieldViolations",
    "invalid-params",
    "invalid_params",
    "detail",
    "details",
    "causes",
    "message",
];

/// The names of a field's path.
const FIELD: [&str; 9] =
    ["field", "property", "propertyPath", "param", "parameter", "target", "attribute", "name", "path"];

/// The names of its message.
const MESSAGE: [&str; 9] =
    ["message", "detail", "defaultMessage", "msg", "description", "errorMessage", "reason", "title", "error"];

/// The parts of a request that FastAPI names before a field.
const PARTS: [&str; 5] = ["body", "query", "path", "header", "cookie"];

/// Reads the field errors of the first list that has any.
pub(super) fn read(layers: &Layers<'_>) -> FieldErrors {
    let lists = layers.all().flat_map(|layer| LISTS.iter().map(move |name| (layer, *name)));
    let errors = lists.map(|(layer, name)| read_member(layer, name)).find(|errors| !errors.is_empty());
    errors.unwrap_or_else(|| read_member(layers.own, "errorMessages"))
}

/// Reads an object whose members are all lists of messages.
pub(super) fn read_whole(members: &Members<'_>) -> FieldErrors {
    let is_list = |(_, json): (&str, &str)| lenient_json::items(json).is_some_and(|items| is_texts(&items));
    if !members.iter().all(is_list) {
        return FieldErrors::new();
    }
    members.iter().for_each(|(name, _)| members.set_read(name));
    by_field(members).0
}

fn read_member(layer: &Members<'_>, name: &str) -> FieldErrors {
    if let Some(items) = layer.items(name) {
        let read: Vec<(FieldError, bool)> = items.iter().filter_map(|json| read_item(json)).collect();
        if read.len() == items.len() && read.iter().all(|(_, is_whole)| *is_whole) && !read.is_empty() {
            layer.set_read(name);
        }
        return read.into_iter().map(|(error, _)| error).collect();
    }
    let is_map = !matches!(name, "detail" | "details" | "message");
    let Some(members) = layer.members(name).filter(|_| is_map) else { return FieldErrors::new() };
    let (errors, is_whole) = by_field(&members);
    if is_whole {
        layer.set_read(name);
    }
    errors
}

/// The messages of each field, one or a list, and whether there is nothing else. Each has the name of its field, so those that no
/// response contains are counted only.
fn by_field(members: &Members<'_>) -> (FieldErrors, bool) {
    let (mut errors, mut is_whole) = (FieldErrors::new(), true);
    for (field, json) in members.iter() {
        let messages = lenient_json::items(json).unwrap_or_else(|| Vec::from([json]));
        let pointer = pointer_of(field);
        is_whole &= is_texts(&messages);
        for message in messages.into_iter().filter_map(lenient_json::text) {
            errors.push_shown(|| FieldError::new(pointer.clone(), ("", message)));
        }
    }
    (errors, is_whole)
}

fn is_texts(items: &[&str]) -> bool {
    !items.is_empty() && items.iter().all(|json| lenient_json::text(json).is_some())
}

/// Reads an item, and returns whether it was read completely.
fn read_item(json: &str) -> Option<(FieldError, bool)> {
    if let Some(message) = lenient_json::text(json) {
        return Some((FieldError::new("", ("", message)), true));
    }
    let members = Members::read(json);
    if rpc::is_message(&members) {
        return None;
    }
    let field = members.text("pointer").map(|pointer| pointer_of(&pointer));
    let source = members.members("source").unwrap_or_default();
    let pointer = field
        .inspect(|_| members.set_read("field"))
        .or_else(|| source.text("pointer").or_else(|| source.text("parameter")).map(|field| pointer_of(&field)))
        .or_else(|| FIELD.iter().find_map(|name| members.text(name)).map(|field| pointer_of(&field)))
        .or_else(|| ["loc", "path"].iter().find_map(|name| steps(&members, name)));
    let message = MESSAGE.iter().find_map(|name| members.text(name));
    if pointer.is_none() && message.is_none() {
        return None;
    }
    let code = members.find_text("code", text_or_number);
    let code = code.or_else(|| ["type", "reason"].iter().find_map(|name| members.text_if(name, is_identifier)));
    let error = FieldError::new(pointer.unwrap_or_default(), (code.unwrap_or_default(), message.unwrap_or_default()));
    let error = match members.text("label") {
        Some(label) => error.with_label(label),
        None => error,
    };
    let parameters = members.members("params");
    let is_scalar = |(_, value): (String, Value)| value.is_number() || value.is_string();
    if parameters.as_ref().is_some_and(|parameters| parameters.values().all(is_scalar)) {
        members.set_read("params");
    }
    let error = parameters.unwrap_or_default().values().fold(error, |error, (name, value)| match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => error.with_parameter(name, number),
            None => match number.as_f64().and_then(Decimal::new) {
                Some(number) => error.with_parameter(name, number),
                None => error,
            },
        },
        Value::String(text) => error.with_parameter(name, FieldValue::from(text)),
        _ => error,
    });
    let is_whole = members.unread().next().is_none();
    Some((error, is_whole))
}

/// The pointer of a path. A JSONPath begins with `$`, the whole document (RFC 9535): ASP.NET writes `$.lines[0].quantity`.
fn pointer_of(path: &str) -> String {
    let below = path.strip_prefix('$').filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    pointer::from_path(below.unwrap_or(path))
}

/// The pointer of a path that is a list: `["body", "lines", 0]`.
fn steps(members: &Members<'_>, name: &str) -> Option<String> {
    let steps: Vec<String> = members.items(name)?.into_iter().filter_map(text_or_number).collect();
    let in_part = steps.len() > 1 && steps.first().is_some_and(|step| PARTS.contains(&step.as_str()));
    members.set_read(name);
    let steps = steps.iter().skip(usize::from(in_part));
    Some(steps.fold(String::new(), |pointer, step| pointer + "/" + &step.replace('~', "~0").replace('/', "~1")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_not_copied_for_each_message() {
        let (name, messages) = ("k".repeat(250_000), std::vec!["a"; 1_000]);
        let json = serde_json::json!({ name: messages, "other": std::vec!["b"; 50] }).to_string();
        let errors = read_whole(&Members::read(&json));
        assert_eq!(errors.len(), 100);
        assert!(errors.iter().all(|error| error.pointer().starts_with("/kk") && error.pointer().len() < 1_100));
        assert!(matches!(errors.omitted(), Some(crate::catalog::value::Value::Unsigned(950))));
    }
}

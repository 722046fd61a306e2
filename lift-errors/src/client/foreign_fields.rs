//! The errors of single fields in the forms of other systems: a list of objects, a list of texts, or an object with the messages
//! of each field.

use super::foreign::{Layers, is_identifier, text_or_number};
use super::lenient_json::{self, Members};
use super::rpc;
use crate::problem::field_error::pointer;
use crate::problem::field_error::value::{Decimal, FieldValue};
use crate::problem::field_error::{FieldError, FieldErrors};
use serde_json::Value;
use std::borrow::ToOwned as _;
use std::format;
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

/// Reads an object that is nothing but messages by field, as Django's REST framework sends them: lists of texts, in objects and
/// lists of objects.
pub(super) fn read_whole(members: &Members<'_>) -> FieldErrors {
    let mut errors = FieldErrors::new();
    // The fields of some are below one name: `{"detail": {"quantity": ["…"]}}`.
    let mut all = members.iter();
    if let (Some((name, json)), None) = (all.next(), all.next()) {
        let is_wrapper = json.starts_with('{') && (LISTS.contains(&name) || name == "error");
        if is_wrapper && is_messages(json, DEEPEST) {
            add_messages(json, "", DEEPEST, &mut errors);
        }
    }
    if errors.is_empty() && members.iter().all(|(_, json)| is_messages(json, DEEPEST)) {
        members.iter().for_each(|(name, json)| add_messages(json, &pointer_of(name), DEEPEST, &mut errors));
    }
    // Objects that are empty say something else.
    if !errors.is_empty() {
        members.iter().for_each(|(name, _)| members.set_read(name));
    }
    errors
}

/// The same for an object whose fields have names of lists, too: a form has a field `message`.
pub(super) fn read_form(members: &Members<'_>) -> FieldErrors {
    let is_wrapped = members.iter().all(|(name, _)| matches!(name, "error" | "errorMessages"));
    if has_fields(members) && !is_wrapped { read_whole(members) } else { FieldErrors::new() }
}

/// The same for a list of such objects, of which each is about one item of the request.
pub(super) fn read_forms(json: &str) -> FieldErrors {
    let items = lenient_json::items(json).unwrap_or_default();
    let all: Vec<Members<'_>> = items.iter().map(|json| Members::read(json)).collect();
    let are_forms = all.iter().all(|members| members.is_empty() || has_fields(members));
    let is_any = all.iter().any(|members| !members.is_empty());
    if are_forms && is_any { read_whole_list(json) } else { FieldErrors::new() }
}

/// Whether the names of an object are those of fields, and not those under which systems have lists of errors.
fn has_fields(members: &Members<'_>) -> bool {
    let is_list = |name: &str| LISTS.contains(&name);
    let is_field = |name: &str| !is_list(name) || matches!(name, "message" | "detail" | "details" | "causes");
    members.iter().all(|(name, _)| is_field(name)) && !members.iter().all(|(name, _)| is_list(name))
}

/// The same for a list: texts, or objects of which each is about one item of the request.
pub(super) fn read_whole_list(json: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if is_messages(json, DEEPEST) {
        add_messages(json, "", DEEPEST, &mut errors);
    }
    errors
}

/// The deepest field of which messages are read.
const DEEPEST: usize = 16;

/// Whether a value is a list of texts, or contains nothing but such lists.
fn is_messages(json: &str, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match lenient_json::items(json) {
        Some(items) => is_texts(&items) || !items.is_empty() && items.iter().all(|json| is_form(json, depth)),
        None => is_form(json, depth),
    }
}

/// Whether a value is an object of such lists. That of an item without errors is empty.
fn is_form(json: &str, depth: usize) -> bool {
    json.starts_with('{') && Members::read(json).iter().all(|(_, json)| is_messages(json, depth))
}

fn add_messages(json: &str, pointer: &str, depth: usize, errors: &mut FieldErrors) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Some(items) = lenient_json::items(json) else {
        let members = Members::read(json);
        return members.iter().for_each(|(name, json)| {
            add_messages(json, &format!("{pointer}{}", pointer_of(name)), depth, errors);
        });
    };
    for (number, item) in items.into_iter().enumerate() {
        match lenient_json::text(item) {
            Some(message) => errors.push_shown(|| FieldError::new(pointer.to_owned(), ("", message))),
            None => add_messages(item, &format!("{pointer}/{number}"), depth, errors),
        }
    }
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
        if !is_texts(&messages) && is_messages(json, DEEPEST) {
            let before = errors.count();
            add_messages(json, &pointer, DEEPEST, &mut errors);
            if errors.count() > before {
                continue;
            }
        }
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
    // FastAPI's `["body"]` is all of the body.
    let is_part = |step: &String| match steps.len() {
        1 => name == "loc" && step == "body",
        _ => PARTS.contains(&step.as_str()),
    };
    let in_part = steps.first().is_some_and(is_part);
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

    #[test]
    fn a_form_that_is_only_counted_is_read_too() {
        let lines = std::vec![serde_json::json!({ "quantity": ["Wrong."] }); 100];
        let json = serde_json::json!({ "errors": { "lines": lines, "sites": [{ "name": ["Wrong."] }] } }).to_string();
        let members = Members::read(&json);
        let errors = read(&Layers::new(&members));
        assert_eq!((errors.len(), errors.count(), members.unread().count()), (100, 101, 0));
    }
}

//! The assertions of the derive. It does not read the catalogue's files, so it emits constants that compare its attributes with the
//! tables; rustc evaluates them and reports a mismatch at the word that is wrong.

use super::broken::is_broken;
use super::field::{ANYTHING, SECRET};
use super::message::{Message, distance, equal};
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use lift_errors_core::layout::entry::{CAUSES, CODE, PARAMETERS};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};

/// The number of the entry's parameter with this name.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn parameter(entry: Entry, name: &str) -> u8 {
    if is_broken(entry) {
        return 0;
    }
    match find_parameter(entry, name) {
        Some(parameter) => parameter.number(),
        None => {
            let message = Message::new().quote(name).push(" is not a parameter of ").quote(entry.constant_string(CODE));
            let message = parameters(entry, nearest_parameter(entry, name), message);
            let message = message.push(match entry.range(PARAMETERS).count {
                0 => "; mark the field with `#[lift(skip)]`",
                _ => {
                    "; write `#[lift(param = …)]` for another name, `#[lift(skip)]` for a field that is not a parameter"
                }
            });
            panic!("{}", message.as_str())
        }
    }
}

/// The number of the parameter with the name of a field that a formatted text contains; 255 if the entry has none.
pub const fn parameter_if_any(entry: Entry, name: &str) -> u8 {
    match find_parameter(entry, name) {
        Some(parameter) if !is_broken(entry) => parameter.number(),
        _ => u8::MAX,
    }
}

/// The number of the parameter that an attribute fills.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn constant_parameter(entry: Entry, name: &str) -> u8 {
    if is_broken(entry) {
        return 0;
    }
    match find_parameter(entry, name) {
        Some(parameter) => parameter.number(),
        None => {
            let message = Message::new().quote(name).push(" is neither a key of `#[lift(…)]` nor a parameter of ");
            let message = message.quote(entry.constant_string(CODE));
            let message = parameters(entry, nearest_parameter(entry, name), message);
            panic!("{}", message.as_str())
        }
    }
}

/// The parameter is a text, so it can be formatted.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn require_text(entry: Entry, name: &str) {
    let Some(parameter) = find_parameter(entry, name) else { return };
    let is_text = matches!((parameter.kind(), parameter.sensitivity()), (ParameterType::Text, sensitivity) if !matches!(sensitivity, Sensitivity::Secret));
    if !is_broken(entry) && !is_text {
        let message =
            Message::new().quote(name).push(" is ").push(rust_type(parameter)).push(", which can't be formatted");
        panic!("{}", message.push("; fill it with a field of the variant").as_str())
    }
}

const fn find_parameter(entry: Entry, name: &str) -> Option<Parameter> {
    let mut number = 0;
    while number < entry.range(PARAMETERS).count {
        let parameter = Parameter::new(entry, number as u8);
        if equal(parameter.constant_name(), name) {
            return Some(parameter);
        }
        number += 1;
    }
    None
}

const fn nearest_parameter(entry: Entry, name: &str) -> Option<&'static str> {
    let (mut nearest, mut least) = (None, name.len() / 3 + 2);
    let mut number = 0;
    while number < entry.range(PARAMETERS).count {
        let candidate = Parameter::new(entry, number as u8).constant_name();
        if distance(candidate, name) < least {
            least = distance(candidate, name);
            nearest = Some(candidate);
        }
        number += 1;
    }
    nearest
}

/// Appends "did you mean" and the list of all parameters.
const fn parameters(entry: Entry, nearest: Option<&str>, mut message: Message) -> Message {
    message = match nearest {
        Some(nearest) => message.push("; did you mean ").quote(nearest),
        None => message,
    };
    let count = entry.range(PARAMETERS).count;
    if count == 0 {
        return message.push("; it has no parameters");
    }
    message = message.push(if nearest.is_some() { "? parameters: " } else { "; parameters: " });
    let mut number = 0;
    while number < count {
        message =
            message.push(if number > 0 { ", " } else { "" }).quote(Parameter::new(entry, number as u8).constant_name());
        number += 1;
    }
    message
}

/// The number of the parameter's type, for `Kind`.
#[track_caller]
pub const fn kind(entry: Entry, name: &str) -> u8 {
    if is_broken(entry) {
        return ANYTHING;
    }
    match find_parameter(entry, name) {
        // `parameter` reports it.
        None => ANYTHING,
        Some(parameter) => match (parameter.kind(), parameter.sensitivity()) {
            (ParameterType::Text, Sensitivity::Secret) => SECRET,
            (kind, _) => kind as u8,
        },
    }
}

/// A field that is an `Option` fills an optional parameter.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn require_optional(entry: Entry, name: &str) {
    if let Some(parameter) = find_parameter(entry, name) {
        if !is_broken(entry) && !parameter.is_optional() {
            let message = Message::new().quote(name).push(" is required in ").quote(entry.constant_string(CODE));
            panic!("{}", message.push("; remove the `Option`, or declare the parameter `optional = true`").as_str())
        }
    }
}

/// Every required parameter of the entry is among `given`.
#[track_caller]
#[allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is evaluated at compile time, where a panic shows the message"
)]
pub const fn require_all(entry: Entry, given: &[&str]) {
    let (mut message, mut missing) =
        (Message::new().push("missing parameters of ").quote(entry.constant_string(CODE)).push(": "), 0);
    let count = if is_broken(entry) { 0 } else { entry.range(PARAMETERS).count };
    let mut number = 0;
    while number < count {
        let parameter = Parameter::new(entry, number as u8);
        let mut is_given = parameter.is_optional();
        let mut at = 0;
        while at < given.len() {
            is_given |= equal(given[at], parameter.constant_name());
            at += 1;
        }
        if !is_given {
            message = message
                .push(if missing > 0 { ", " } else { "" })
                .quote(parameter.constant_name())
                .push(" (")
                .push(rust_type(parameter))
                .push(")");
            missing += 1;
        }
        number += 1;
    }
    if missing > 0 {
        let what = if missing == 1 { "; add a field of this name" } else { "; add fields of these names" };
        panic!("{}", message.push(what).push(", or mark one with `#[lift(param = …)]`").as_str())
    }
}

const fn rust_type(parameter: Parameter) -> &'static str {
    match (parameter.kind(), parameter.sensitivity()) {
        (_, Sensitivity::Secret) => "a `Secret<…>`",
        (ParameterType::U32, _) => "a `u32`",
        (ParameterType::U64, _) => "a `u64`",
        (ParameterType::I64, _) => "an `i64`",
        (ParameterType::Duration, _) => "a `Duration`",
        (ParameterType::Term, _) => "a `Term`",
        _ => "any type with `Display`",
    }
}

/// The cause of the entry with this id.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn cause(entry: Entry, id: &str) -> Cause {
    let count = if is_broken(entry) { 0 } else { entry.range(CAUSES).count };
    let (mut nearest, mut least) = (None, id.len() / 3 + 2);
    let mut number = 0;
    while number < count {
        let cause = Cause::new(entry, number as u8);
        if equal(cause.constant_id(), id) {
            return cause;
        }
        if distance(cause.constant_id(), id) < least {
            least = distance(cause.constant_id(), id);
            nearest = Some(cause.constant_id());
        }
        number += 1;
    }
    if is_broken(entry) {
        return Cause::new(entry, 0);
    }
    let mut message = Message::new().quote(id).push(" is not a cause of ").quote(entry.constant_string(CODE));
    if let Some(nearest) = nearest {
        message = message.push("; did you mean ").quote(nearest);
    }
    message = message.push(if nearest.is_some() { "? causes: " } else { "; causes: " });
    let mut number = 0;
    while number < count {
        message = message.push(if number > 0 { ", " } else { "" }).quote(Cause::new(entry, number as u8).constant_id());
        number += 1;
    }
    panic!("{}", message.as_str())
}

/// The entry has a status, so a server can respond with it.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn require_server(entry: Entry) {
    // A program whose errors have nothing to do with HTTP may still derive them. Should a service send one, it is logged.
    if !is_broken(entry) && entry.status().is_none() && entry.has_transport() {
        let message = Message::new()
            .quote(entry.constant_string(CODE))
            .push(" has no HTTP status, because only clients raise it; a server can't respond with it");
        panic!("{}", message.push("; choose another code, or write `#[lift(client)]` on the type").as_str())
    }
}

/// The entry may carry field errors.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn require_field_errors(entry: Entry) {
    if !is_broken(entry) && !entry.has_field_errors() {
        let message = Message::new().quote(entry.constant_string(CODE)).push(" has no field errors");
        panic!("{}", message.push("; remove `#[lift(field_errors)]`, or give the entry `field_errors = true`").as_str())
    }
}

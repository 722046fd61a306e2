//! The schemas of the bodies. `lift_errors_core::document` lists the members. The schemas allow others, which clients
//! ignore (RFC 9457 §3.2), and use only keywords that utoipa supports. Lists of words that may grow are open.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use lift_errors_core::document::{self, Member};
use lift_errors_core::vocabulary::{Audience, NoteKind};
use serde_json::{Map, Value, json};

/// All schemas, by name.
pub(super) fn components() -> Map<String, Value> {
    let schemas = [
        ("LiftProblem", problem()),
        ("LiftRetry", retry()),
        ("LiftCause", cause()),
        ("LiftFix", fix()),
        ("LiftNote", note()),
        ("LiftFieldError", field_error()),
        ("LiftEnvelope", envelope()),
        ("LiftEnvelopeFieldError", envelope_field_error()),
    ];
    schemas.into_iter().map(|(name, schema)| (name.to_string(), schema)).collect()
}

/// The schemas of the bodies of a status that no entry explains, by name.
pub(super) fn of_unexplained() -> Map<String, Value> {
    let problem = part(
        problem(),
        "Problem details (RFC 9457) of a status without an error: of the type `about:blank`, without a code.",
        &["type", "title", "status", "retry"],
        &["instance", "request_id"],
    );
    let envelope = part(
        envelope(),
        "The Lift API's own error body for a status without an error, without a code.",
        &["errorCode", "errorMessage"],
        &["requestId"],
    );
    let schemas = [("LiftStatusProblem", problem), ("LiftStatusEnvelope", envelope)];
    schemas.into_iter().map(|(name, schema)| (name.to_string(), schema)).collect()
}

/// A schema with some of the members of another one.
fn part(whole: Value, description: &str, required: &[&str], optional: &[&str]) -> Value {
    let members = whole.get("properties").and_then(Value::as_object).into_iter().flatten();
    let is_part = |name: &str| required.contains(&name) || optional.contains(&name);
    let properties: Map<String, Value> =
        members.filter(|(name, _)| is_part(name)).map(|(name, member)| (name.clone(), member.clone())).collect();
    json!({ "type": "object", "description": description, "required": required, "properties": properties })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Problem details (RFC 9457) with the explanation of the error.",
        "required": required(document::PROBLEM),
        "properties": {
            "type": text("The page that explains the error; it identifies the kind of error.", "uri"),
            "title": string("The title of the error, the same for every occurrence."),
            "status": status("The HTTP status."),
            "detail": string("What happened this time."),
            "instance": text("The name of this occurrence.", "uri-reference"),
            "catalog": string("The catalogue that the code belongs to. Both together identify the error."),
            "code": code("What went wrong, for programs."),
            "error_id": string("The short id, for people and tickets."),
            "request_id": {
                "type": "string",
                "pattern": "^[A-Za-z0-9._:-]{1,128}$",
                "description": "The id of the request, for support.",
            },
            "retry": reference("LiftRetry"),
            "causes": array("The likely causes, or the actual cause if it is known.", "LiftCause"),
            "fixes": array("Steps that fix the error or work around it.", "LiftFix"),
            "notes": array("Tips and warnings.", "LiftNote"),
            "errors": array("The errors of single fields of the request.", "LiftFieldError"),
            "params": parameters("The values in the texts. Durations are whole seconds; numbers beyond ±(2⁵³ − 1) are strings."),
        },
    })
}

fn retry() -> Value {
    json!({
        "type": "object",
        "description": "Whether the same request may be sent again, and when.",
        "required": required(document::RETRY),
        "properties": {
            "kind": code(
                "`never`: it will fail again. `after_change`: the caller must change something first. `idempotent`: \
                 where the same request again is safe. `after`: after the delay. A newer service may have other kinds: \
                 decide by the status then.",
            ),
            "after": seconds("The minimum delay, in seconds."),
        },
    })
}

fn cause() -> Value {
    json!({
        "type": "object",
        "required": required(document::CAUSE),
        "properties": {
            "id": code("Identifies the cause among those of the error."),
            "text": string("The cause, for people."),
            "audience": audience(),
            "fixes": {
                "type": "array",
                "items": { "type": "string" },
                "description": "The ids of the fixes that cure it.",
            },
        },
    })
}

fn fix() -> Value {
    json!({
        "type": "object",
        "required": required(document::FIX),
        "properties": {
            "id": code("Identifies the fix among those of the error."),
            "text": string("What to do, for people."),
            "audience": audience(),
            "href": text("A page that helps.", "uri"),
        },
    })
}

fn note() -> Value {
    json!({
        "type": "object",
        "required": required(document::NOTE),
        "properties": {
            "id": code("Identifies the note among those of the error."),
            "text": string("The text of the note, for people."),
            "audience": audience(),
            "kind": word("The kind of the note.", NoteKind::ALL.iter().map(|kind| kind.as_str())),
        },
    })
}

fn field_error() -> Value {
    json!({
        "type": "object",
        "required": required(document::FIELD_ERROR),
        "properties": {
            "field": string("The field as people write it, such as `lines[0].quantity`."),
            "pointer": text("The field in the body of the request (RFC 6901).", "json-pointer"),
            "code": string("What is wrong, for programs."),
            "params": parameters("The values that the message names."),
            "label": string("The name that people know the field by."),
            "message": string("What is wrong, for people."),
        },
    })
}

fn envelope() -> Value {
    json!({
        "type": "object",
        "description": "The Lift API's own error body.",
        "required": required(document::ENVELOPE),
        "properties": {
            "errorCode": status("The HTTP status."),
            "errorMessage": {
                "type": "string",
                "minLength": 1,
                "description": "What happened this time, on one line.",
            },
            "errorMessages": {
                "type": "array",
                "minItems": 1,
                "items": { "type": "string" },
                "description": "The messages of the field errors.",
            },
            "errors": array("The errors of single fields of the request.", "LiftEnvelopeFieldError"),
            "catalog": string("The catalogue that the code belongs to. Both together identify the error."),
            "code": code("What went wrong, for programs."),
            "errorId": string("The short id, for people and tickets."),
            "requestId": string("The id of the request, for support."),
            "retryAfter": seconds("How long to wait before the request is sent again, in seconds. `Lift-Retry` says whether it may be: after a 5xx without it, only if it is safe to repeat."),
        },
    })
}

fn envelope_field_error() -> Value {
    json!({
        "type": "object",
        "required": required(document::ENVELOPE_FIELD_ERROR),
        "properties": {
            "field": string("The field as people write it, such as `lines[0].quantity`."),
            "message": string("What is wrong, for people."),
        },
    })
}

/// The names of the members that every response has.
fn required(members: &[Member]) -> Value {
    members.iter().filter(|member| member.is_required).map(|member| member.name).collect()
}

fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn text(description: &str, format: &str) -> Value {
    json!({ "type": "string", "format": format, "description": description })
}

fn code(description: &str) -> Value {
    json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "description": description })
}

/// A word of a list that may grow.
fn word<'a>(description: &str, words: impl Iterator<Item = &'a str>) -> Value {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    code(&format!("{description} It is {}; a newer service may have others.", words.join(" or ")))
}

/// JSON never contains texts for operators.
fn audience() -> Value {
    let clients = Audience::ALL.iter().filter(|audience| **audience != Audience::Operator);
    word("The reader of the text; everyone if it is absent.", clients.map(|audience| audience.as_str()))
}

fn status(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 400, "maximum": 599, "description": description })
}

fn seconds(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

/// An object of numbers and texts.
fn parameters(description: &str) -> Value {
    let value = json!({ "type": ["number", "string"] });
    json!({ "type": "object", "additionalProperties": value, "description": description })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn array(description: &str, items: &str) -> Value {
    json!({ "type": "array", "items": reference(items), "description": description })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lift_errors_core::vocabulary::RetryKind;

    #[test]
    fn an_open_word_names_those_that_are_known() {
        let words = |schema: &Value, name: &str| {
            let member = &schema["properties"][name];
            assert_eq!((member["pattern"].as_str(), member.get("enum")), (Some("^[a-z][a-z0-9_]*$"), None), "{name}");
            member["description"].as_str().unwrap().to_string()
        };
        let kinds = words(&retry(), "kind");
        assert!(RetryKind::ALL.iter().all(|kind| kinds.contains(&format!("`{kind}`"))), "{kinds}");
        assert!(words(&note(), "kind").ends_with(" It is `tip` or `warning`; a newer service may have others."));
        assert!(words(&fix(), "audience").contains(" It is `browser` or `api`;"));
    }
}

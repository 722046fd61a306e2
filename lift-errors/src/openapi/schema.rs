//! The schemas of the bodies. `lift_errors_core::document` lists the members. The schemas allow others, which clients
//! ignore (RFC 9457 §3.2), and use only keywords that utoipa supports.

use alloc::string::{String, ToString as _};
use lift_errors_core::document::{self, Member};
use lift_errors_core::vocabulary::{Audience, NoteKind, RetryKind};
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
            "kind": words(
                "`never`: it will fail again. `after_change`: the caller must change something first. `idempotent`: \
                 where the same request again is safe. `after`: after the delay.",
                RetryKind::ALL.iter().map(|kind| kind.as_str()),
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
            "kind": words("The kind of the note.", NoteKind::ALL.iter().map(|kind| kind.as_str())),
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

fn words<'a>(description: &str, words: impl Iterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": words.collect::<Value>(), "description": description })
}

/// JSON never contains texts for operators.
fn audience() -> Value {
    let clients = Audience::ALL.iter().filter(|audience| **audience != Audience::Operator);
    words("The reader of the text; everyone if it is absent.", clients.map(|audience| audience.as_str()))
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

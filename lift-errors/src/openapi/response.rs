//! A response object: the meaning of a status at an endpoint, its headers, and its errors as examples.

use super::example::{self, Example};
use super::header::{self, capitalised};
use crate::catalog::entry::Entry;
use crate::catalog::text::Text;
use crate::lift;
use crate::locale::Locale;
use crate::problem::lift_error::LiftError as _;
use crate::render::format::Format;
use crate::render::markdown::Markdown;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use lift_errors_core::vocabulary::Sensitivity;
use serde_json::{Map, Value, json};

/// The JSON formats, each with its schema and the suffix of its examples' names.
pub(super) const DOCUMENTS: [(Format, &str, &str); 2] =
    [(Format::ProblemDetails, "LiftProblem", "Problem"), (Format::Envelope, "LiftEnvelope", "Envelope")];

/// The formats for people.
const TEXTS: [&str; 3] = ["text/html", "text/markdown", "text/plain"];

/// The response with these errors, which have the same status.
pub(super) fn response(entries: &[Entry]) -> Value {
    let (headers, content) = (header::headers(entries, false), content(entries, false));
    json!({ "description": description(entries), "headers": headers, "content": content })
}

/// The response with these errors and with any status that no entry explains.
pub(super) fn response_with_unexplained(entries: &[Entry]) -> Value {
    let others = "- **Any other status** has its error, or, where there is none, as for 418, a title and the retry contract of its \
                class: no code, no `Lift-Error` and no `Link`.";
    let description = format!("{}\n{others}", description(entries));
    let (headers, content) = (header::headers(entries, true), content(entries, true));
    json!({ "description": description, "headers": headers, "content": content })
}

/// The name of an entry's components: `TooManyRequests`. A catalogue that extends the canonical one has some of its codes: these
/// are `depot.TooManyRequests`, so that a document can have the components of both. All other codes begin with the prefix of
/// their catalogue.
pub(super) fn name(entry: Entry) -> String {
    let name: String = entry.code().split('_').map(capitalised).collect();
    let catalog = entry.catalog();
    let is_taken = !catalog.ptr_eq(&lift::CATALOG) && entry.code().parse::<lift::Code>().is_ok();
    if is_taken { format!("{}.{name}", catalog.name()) } else { name }
}

/// An error as an example, in a JSON format.
pub(super) fn example(entry: Entry, format: Format) -> Value {
    let body: Value = serde_json::from_str(&Example::new(entry).body(format)).unwrap_or_default();
    let mut example = Map::from_iter([("summary".to_string(), title(entry).into()), ("value".to_string(), body)]);
    let parameters = parameters(entry);
    if !parameters.is_empty() && format == Format::ProblemDetails {
        example.insert("description".to_string(), parameters.into());
    }
    Value::Object(example)
}

fn title(entry: Entry) -> String {
    format!("{} ({})", entry.title(), entry.id())
}

/// The description of `params`, in Markdown.
fn parameters(entry: Entry) -> String {
    let public = entry.parameters().filter(|parameter| parameter.sensitivity() == Sensitivity::Public);
    let lines = public.map(|parameter| {
        let optional = if parameter.is_optional() { ", optional" } else { "" };
        let head = format!("- `params.{}` ({}{optional})", parameter.name(), parameter.kind());
        with_text(&head, &header::doc(parameter.doc()))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The meanings of the errors, in Markdown.
fn description(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let head = format!("**{}** (`{}`)", markdown(entry.title(), *entry), entry.id());
        with_text(&head, &markdown(entry.meaning(), *entry))
    };
    match entries {
        [entry] => line(entry),
        _ => entries.iter().map(|entry| format!("- {}", line(entry))).collect::<Vec<_>>().join("\n"),
    }
}

/// `head: text`. A draft may lack the text.
fn with_text(head: &str, text: &str) -> String {
    if text.is_empty() { head.to_string() } else { format!("{head}: {text}") }
}

fn markdown(text: Text, entry: Entry) -> String {
    let mut out = String::new();
    let example = Example::new(entry);
    text.write(&mut out, &mut Markdown::default(), Locale::EN, |number| example.__parameter(number));
    out
}

fn content(entries: &[Entry], has_unexplained: bool) -> Map<String, Value> {
    let unexplained_example = |format| {
        let catalog = entries.first().map_or(&lift::CATALOG, |entry| entry.catalog());
        let body: Value = serde_json::from_str(&example::unexplained(catalog, format)).unwrap_or_default();
        ("about_blank".to_string(), json!({ "summary": "A status without an error", "value": body }))
    };
    let documents = DOCUMENTS.map(|(format, schema, kind)| {
        let example = |&entry: &Entry| {
            let name = name(entry);
            let has_twin = entries.iter().any(|other| other.code() == entry.code() && *other != entry);
            let key = if has_twin { &name } else { entry.code() };
            (key.to_string(), json!({ "$ref": format!("#/components/examples/{name}{kind}") }))
        };
        let mut examples: Map<String, Value> = entries.iter().map(example).collect();
        let mut schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
        if has_unexplained {
            examples.extend([unexplained_example(format)]);
            schema = json!({ "anyOf": [schema, { "$ref": format!("#/components/schemas/LiftStatus{kind}") }] });
        }
        (format.media_type().to_string(), json!({ "schema": schema, "examples": examples }))
    });
    let texts = TEXTS.map(|media_type| (media_type.to_string(), json!({ "schema": { "type": "string" } })));
    documents.into_iter().chain(texts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_one_status_are_one_response() {
        let response = response(&[lift::forbidden::ENTRY, lift::permission_denied::ENTRY]);
        let description = response["description"].as_str().unwrap();
        assert!(description.starts_with("- **Forbidden** (`LIFT-0403`): You are logged in"), "{description}");
        assert_eq!(description.lines().count(), 2);
        for (format, ..) in DOCUMENTS {
            let examples = response["content"][format.media_type()]["examples"].as_object().unwrap();
            assert_eq!(examples.keys().collect::<Vec<_>>(), ["forbidden", "permission_denied"]);
        }
    }

    #[test]
    fn an_example_is_what_the_renderer_writes() {
        let example = example(lift::session_expired::ENTRY, Format::ProblemDetails);
        assert_eq!(example["summary"], "Session Expired (LIFT-1001)");
        assert_eq!(example["value"]["type"], lift::session_expired::ENTRY.type_uri().to_string());
        assert_eq!(super::example(lift::too_many_requests::ENTRY, Format::Envelope)["value"]["retryAfter"], 12);
    }

    #[test]
    fn an_example_says_what_the_parameters_are() {
        let example = example(lift::forbidden::ENTRY, Format::ProblemDetails);
        assert_eq!(
            example["description"],
            "- `params.required_role` (text, optional): The role that the action needs."
        );
    }
}

//! The headers of a response with errors: those that are the same for every error as components, the others in place.

use super::example::REQUEST_ID;
use crate::catalog::entry::Entry;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::{FormattedParameter, Value as Given};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::escape::markdown_literal;
use lift_errors_core::vocabulary::ParameterType;
use serde_json::{Map, Value, json};

/// The headers that are the same for every error: name, whether it is always present, description, example.
const COMMON: [(&str, bool, &str, &str); 4] = [
    ("Cache-Control", true, "Errors are not cached.", "no-store"),
    ("Content-Language", true, "The language of the texts (RFC 9110 §8.5).", "en"),
    ("Vary", true, "The request headers that the response depends on (RFC 9110 §12.5.5).", "Accept, Accept-Language"),
    ("X-Request-Id", false, "The id of the request, for support, if the service has request ids.", REQUEST_ID),
];

/// The headers that are the same for every error, as components.
pub(super) fn components() -> Map<String, Value> {
    let header = |&(name, required, description, example): &(&str, bool, &str, &str)| {
        let schema = json!({ "type": "string" });
        let header = json!({ "description": description, "required": required, "schema": schema, "example": example });
        (name.to_string(), header)
    };
    COMMON.iter().map(header).collect()
}

/// The headers of a response with one of these errors. A status that no entry explains, where it is among them, has no id and no
/// page.
pub(super) fn headers(entries: &[Entry], has_unexplained: bool) -> Map<String, Value> {
    let mut headers: Map<String, Value> = COMMON
        .iter()
        .map(|(name, ..)| (name.to_string(), json!({ "$ref": format!("#/components/headers/{name}") })))
        .collect();
    headers.insert("Lift-Error".to_string(), lift_error(entries, !has_unexplained));
    headers.insert("Link".to_string(), link(entries, !has_unexplained));
    headers.insert("Lift-Retry".to_string(), lift_retry(entries));
    headers.extend(own(entries));
    headers
}

/// An open list: a layer may answer with another error of the same status, and so may a newer service.
fn lift_error(entries: &[Entry], is_required: bool) -> Value {
    let ids: Vec<String> = entries.iter().map(|entry| format!("`{}`", entry.id())).collect();
    let description = format!(
        "The id of the error, for responses whose body is not read: {}, or that of another error.",
        ids.join(", ")
    );
    json!({
        "description": description,
        "required": is_required,
        "schema": { "type": "string" },
        "example": entries.first().map(|entry| entry.id()),
    })
}

fn lift_retry(entries: &[Entry]) -> Value {
    let example = |entry: &Entry| {
        let wait = entry.retry().wait().map(|wait| format!(";after={}", whole_seconds(wait)));
        entry.retry_kind().as_str().to_string() + &wait.unwrap_or_default()
    };
    json!({
        "description": "The error's retry contract, for responses whose body is not read: its kind, as `retry.kind` of problem details, and `after`, the least time to wait in seconds, where `Retry-After` does not say it (RFC 9651 §3.1.2).",
        "required": true,
        "schema": { "type": "string", "pattern": "^[a-z][a-z0-9_]*(;.+)?$" },
        "example": entries.first().map(example),
    })
}

fn link(entries: &[Entry], is_required: bool) -> Value {
    json!({
        "description": "The page that explains the error, with the relation `help` (RFC 8288).",
        "required": is_required,
        "schema": { "type": "string" },
        "example": entries.first().map(|entry| format!("<{}>; rel=\"help\"", entry.type_uri())),
    })
}

/// The headers that entries declare. All are optional: another error of the status may lack them.
fn own(entries: &[Entry]) -> BTreeMap<String, Value> {
    let mut headers = BTreeMap::new();
    for entry in entries {
        for (name, value) in entry.headers() {
            let schema = json!({ "type": "string" });
            let header = json!({ "required": false, "schema": schema, "example": value });
            headers.entry(usual_case(name)).or_insert(header);
        }
        for (parameter, name) in entry.parameters().filter_map(|parameter| Some((parameter, parameter.header()?))) {
            let header = json!({
                "description": doc(parameter.doc()),
                "required": false,
                "schema": schema(parameter),
                "example": example(parameter),
            });
            headers.entry(usual_case(name)).or_insert(header);
        }
    }
    headers
}

fn schema(parameter: Parameter) -> Value {
    match parameter.kind() {
        ParameterType::Text | ParameterType::Term => json!({ "type": "string" }),
        ParameterType::I64 => json!({ "type": "integer" }),
        _ => json!({ "type": "integer", "minimum": 0 }),
    }
}

fn example(parameter: Parameter) -> Value {
    match parameter.example() {
        Given::Unsigned(number) => number.into(),
        Given::Signed(number) => number.into(),
        Given::Decimal(number) => number.into(),
        Given::Term(term) => term.name().into(),
        Given::Duration(duration) => whole_seconds(duration).into(),
        Given::Text(text) => text.into(),
        Given::Display(value) => value.to_string().into(),
        Given::__Formatted(error, number) => FormattedParameter(error, number).to_string().into(),
    }
}

/// The sentence about a parameter, in Markdown: nothing of it is markup.
pub(super) fn doc(sentence: &str) -> String {
    let mut out = String::new();
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    markdown_literal(&line, &mut |piece| out.push_str(piece));
    out
}

/// A name in the usual case; tables have it in lower case.
fn usual_case(name: &str) -> String {
    let words = name.split('-').map(|word| match word {
        "www" => "WWW".to_string(),
        _ => capitalised(word),
    });
    words.collect::<Vec<_>>().join("-")
}

/// A word with a capital.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    #[test]
    fn only_headers_of_every_error_are_required() {
        let limited = headers(&[lift::too_many_requests::ENTRY, lift::service_unavailable::ENTRY], false);
        assert_eq!(
            (&limited["Retry-After"]["required"], &limited["Retry-After"]["example"]),
            (&false.into(), &12.into())
        );
        let refused = headers(&[lift::session_expired::ENTRY, lift::unauthorized::ENTRY], false);
        assert_eq!(refused["WWW-Authenticate"]["required"], false);
        for (has_unexplained, is_required) in [(false, true), (true, false)] {
            let of_other = headers(&[lift::not_found::ENTRY], has_unexplained);
            assert!(!of_other.contains_key("Retry-After"));
            assert_eq!(of_other["Lift-Retry"]["example"], "after_change");
            assert_eq!(of_other["Lift-Retry"]["required"], true);
            assert_eq!(
                (&of_other["Lift-Error"]["required"], &of_other["Link"]["required"]),
                (&is_required.into(), &is_required.into())
            );
        }
    }

    #[test]
    fn the_ids_of_a_status_are_an_open_list() {
        let of_status = &headers(&[lift::session_expired::ENTRY, lift::unauthorized::ENTRY], false)["Lift-Error"];
        assert_eq!(of_status["schema"], json!({ "type": "string" }));
        assert_eq!(of_status["example"], "LIFT-1001");
        let description = of_status["description"].as_str().unwrap();
        assert!(description.ends_with(": `LIFT-1001`, `LIFT-0401`, or that of another error."), "{description}");
    }

    /// Pages of API documentation run what a description's HTML says.
    #[test]
    fn a_sentence_about_a_parameter_has_no_markup() {
        for (sentence, markdown) in [
            ("The limit.", "The limit."),
            ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
            ("[a](javascript:alert(1)) `b` <c>", r"\[a\](javascript:alert(1)) \`b\` \<c\>"),
            ("One.\n\n    code", "One. code"),
        ] {
            assert_eq!(doc(sentence), markdown);
        }
    }

    #[test]
    fn names_are_written_as_usual() {
        assert!(headers(&[lift::unauthorized::ENTRY], false).contains_key("WWW-Authenticate"));
        assert_eq!(headers(&[lift::method_not_allowed::ENTRY], false)["Allow"]["example"], "GET, POST");
        assert_eq!(usual_case("x-ratelimit-reset"), "X-Ratelimit-Reset");
    }
}

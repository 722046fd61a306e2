//! The headers of a response with errors: those that are the same for every error as components, the others in place.

use crate::catalog::entry::Entry;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::{FormattedParameter, Value as Given};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::vocabulary::{ParameterType, RetryKind};
use serde_json::{Map, Value, json};

/// The headers that are the same for every error: name, whether it is always present, description, example.
const COMMON: [(&str, bool, &str, &str); 4] = [
    ("Cache-Control", true, "Errors are not cached.", "no-store"),
    ("Content-Language", true, "The language of the texts (RFC 9110 §8.5).", "en"),
    ("Vary", true, "The request headers that the response depends on (RFC 9110 §12.5.5).", "Accept, Accept-Language"),
    (
        "X-Request-Id",
        false,
        "The id of the request, for support, if the service has request ids.",
        "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11",
    ),
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

/// The headers of a response with one of these errors.
pub(super) fn headers(entries: &[Entry]) -> Map<String, Value> {
    let mut headers: Map<String, Value> = COMMON
        .iter()
        .map(|(name, ..)| (name.to_string(), json!({ "$ref": format!("#/components/headers/{name}") })))
        .collect();
    headers.insert("Lift-Error".to_string(), lift_error(entries));
    headers.insert("Link".to_string(), link(entries));
    headers.insert("Lift-Retry".to_string(), lift_retry(entries));
    headers.extend(own(entries));
    headers
}

fn lift_error(entries: &[Entry]) -> Value {
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id()).collect();
    json!({
        "description": "The id of the error, for responses whose body is not read.",
        "required": true,
        "schema": { "type": "string", "enum": ids },
        "example": ids.first(),
    })
}

fn lift_retry(entries: &[Entry]) -> Value {
    let kinds: Vec<&str> = RetryKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let example = |entry: &Entry| {
        let wait = entry.retry().wait().map(|wait| format!(";after={}", whole_seconds(wait)));
        entry.retry_kind().as_str().to_string() + &wait.unwrap_or_default()
    };
    json!({
        "description": "The error's retry contract, for responses whose body is not read: its kind, and `after`, the least time to wait in seconds, where `Retry-After` does not say it (RFC 9651 §3.1.2).",
        "required": true,
        "schema": { "type": "string", "pattern": format!("^({})(;after=[0-9]+)?$", kinds.join("|")) },
        "example": entries.first().map(example),
    })
}

fn link(entries: &[Entry]) -> Value {
    json!({
        "description": "The page that explains the error, with the relation `help` (RFC 8288).",
        "required": true,
        "schema": { "type": "string" },
        "example": entries.first().map(|entry| format!("<{}>; rel=\"help\"", entry.type_uri())),
    })
}

/// The headers that entries declare. A header that not all errors of the response have is optional.
fn own(entries: &[Entry]) -> BTreeMap<String, Value> {
    let mut headers = BTreeMap::new();
    for entry in entries {
        for (name, value) in entry.headers() {
            let schema = json!({ "type": "string" });
            let header = json!({ "required": is_certain(entries, name), "schema": schema, "example": value });
            headers.entry(usual_case(name)).or_insert(header);
        }
        for (parameter, name) in entry.parameters().filter_map(|parameter| Some((parameter, parameter.header()?))) {
            let header = json!({
                "description": parameter.doc(),
                "required": is_certain(entries, name),
                "schema": schema(parameter),
                "example": example(parameter),
            });
            headers.entry(usual_case(name)).or_insert(header);
        }
    }
    headers
}

/// Whether all of the errors have the header, those that explain a bare status among them.
fn is_certain(entries: &[Entry], name: &str) -> bool {
    let brings = |entry: &Entry| {
        entry.headers().any(|(constant, _)| constant == name)
            || entry.parameters().any(|parameter| {
                parameter.header() == Some(name) && !parameter.is_optional() && !parameter.is_lackable()
            })
    };
    entries.iter().all(brings)
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
    fn a_header_is_required_where_every_error_has_it() {
        let [limited, planned] = [lift::too_many_requests::ENTRY, lift::service_unavailable::ENTRY];
        let retry_after = &headers(&[limited, planned])["Retry-After"];
        // A bare status has none.
        assert_eq!((&retry_after["required"], &retry_after["example"]), (&false.into(), &12.into()));
        let expired = lift::session_expired::ENTRY;
        for (other, required) in [(lift::unauthorized::ENTRY, true), (lift::not_found::ENTRY, false)] {
            assert_eq!(headers(&[expired, other])["WWW-Authenticate"]["required"], required);
        }
        let of_other = headers(&[lift::not_found::ENTRY]);
        assert!(!of_other.contains_key("Retry-After"));
        assert_eq!(of_other["Lift-Retry"]["example"], "after_change");
    }

    #[test]
    fn names_are_written_as_usual() {
        assert_eq!(headers(&[lift::unauthorized::ENTRY])["WWW-Authenticate"]["required"], true);
        assert_eq!(headers(&[lift::method_not_allowed::ENTRY])["Allow"]["example"], "GET, POST");
        assert_eq!(usual_case("x-ratelimit-reset"), "X-Ratelimit-Reset");
    }
}

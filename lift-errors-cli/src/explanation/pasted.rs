//! The names of errors in a pasted text: a response body, a status of gRPC, a page or a log line.

use serde_json::Value;

/// The members of a body that name its error, the most exact first.
const MEMBERS: [&str; 6] = ["id", "lift-error", "code", "reason", "type", "errorCode"];

/// Everything in the text that may be a code, an id or a type URI, the likeliest first.
pub(super) fn names(text: &str) -> Vec<String> {
    let Ok(body) = serde_json::from_str::<Value>(text) else { return words(text) };
    let mut names = Vec::new();
    for member in MEMBERS {
        collect(&body, member, &mut names);
    }
    // A body of another shape may still mention an error.
    if names.is_empty() { words(text) } else { names }
}

/// The HTTP status that a JSON body states.
pub(super) fn status(text: &str) -> Option<u16> {
    let body = serde_json::from_str::<Value>(text).ok()?;
    let status = ["status", "errorCode", "statusCode"].into_iter().find_map(|member| body.get(member)?.as_u64())?;
    u16::try_from(status).ok()
}

/// The strings of a member, wherever it is in the body.
fn collect(body: &Value, member: &str, names: &mut Vec<String>) {
    match body {
        Value::Object(members) => {
            names.extend(members.get(member).and_then(Value::as_str).map(str::to_owned));
            // The causes and fixes of a body have ids of their own.
            let nested = members.iter().filter(|(name, _)| !matches!(name.as_str(), "causes" | "fixes" | "notes"));
            nested.for_each(|(_, value)| collect(value, member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, member, names)),
        _ => {}
    }
}

/// Words that may be codes or ids: they contain `_`, `-` or a digit, or are type URIs.
fn words(text: &str) -> Vec<String> {
    let is_boundary = |character: char| {
        character.is_whitespace()
            || matches!(character, '"' | '\'' | '<' | '>' | '(' | ')' | ',' | ';' | '=' | '[' | ']' | '{' | '}' | '`')
    };
    let mut words = Vec::new();
    for word in text.split(is_boundary) {
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        if !word.contains(['_', '-', '#', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
            continue;
        }
        words.push(word.to_owned());
        // `lift/not_found:`, `…#LIFT-0404`.
        words.extend(word.split(['#', '/', ':', '.']).map(str::to_owned));
    }
    words.retain(|word| word.len() > 1);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_log_lines_name_their_errors() {
        let body = r#"{"type":"https://x.example/errors#LIFT-0404","status":404,"code":"not_found","id":"LIFT-0404","causes":[{"id":"stale_bookmark"}]}"#;
        assert_eq!(names(body), ["LIFT-0404", "not_found", "https://x.example/errors#LIFT-0404"]);
        let grpc = r#"{"code":5,"details":[{"reason":"NOT_FOUND","metadata":{"lift-error":"LIFT-0404"}}]}"#;
        assert_eq!(names(grpc), ["LIFT-0404", "NOT_FOUND"]);
        let line = "12:00:01 WARN request failed error.type=not_found lift.id=\"LIFT-0404\", see (https://x.example#LIFT-0404).";
        let found = names(line);
        assert!(["not_found", "LIFT-0404"].iter().all(|name| found.iter().any(|word| word == name)), "{found:?}");
        assert_eq!((status(body), status("{\"errorCode\": 503}"), status("x")), (Some(404), Some(503), None));
    }
}

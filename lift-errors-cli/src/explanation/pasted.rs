//! The names of errors in a pasted text: a response body, a status of gRPC, a page or a log line.

use serde_json::{Map, Value};
use std::mem;

/// Files and copied bodies may begin with it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How many brackets may begin no JSON before the rest is read as text: each costs up to the length of the text.
const MOST_ATTEMPTS: usize = 1_000;

/// The members of a body that name its error, the most exact first.
const MEMBERS: [&str; 10] =
    ["error_id", "errorId", "id", "lift-error", "code", "error.type", "error_type", "reason", "type", "errorCode"];

/// The fields of a log line that name its error, the most exact first.
const FIELDS: [&str; 9] =
    ["error_id", "errorId", "id", "lift-error", "code", "error.type", "error_type", "reason", "type"];

/// The members and fields with the id of an error.
const IDS: [&str; 4] = ["error_id", "errorId", "id", "lift-error"];

/// The members and headers with an id that only canonical errors have, in lower case.
const CANONICAL_IDS: [&str; 3] = ["error_id", "errorid", "lift-error"];

/// The members and fields with a code, and nothing else.
const CODES: [&str; 3] = ["code", "error.type", "error_type"];

/// The members and fields that state a status.
const STATUSES: [&str; 5] = ["status", "errorCode", "statusCode", "status_code", "http.response.status_code"];

/// What a part of a pasted text, such as a line, may name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mention {
    /// The values of members and fields that name an error, the likeliest first.
    pub(super) labelled: Vec<PastedName>,
    /// All words that may be codes or ids.
    pub(super) words: Vec<PastedName>,
}

/// What may be a code, an id or a type URI.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PastedName {
    pub(super) text: String,
    pub(super) place: NamePlace,
}

/// Where a name is. Ids, type URIs and codes with their catalogue's name may be anywhere; other codes may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamePlace {
    /// The value of a label for codes.
    Code,
    /// The same beside a field's name or pointer: the code may be the field's.
    FieldCode,
    /// The value of another label, or a word.
    Text,
    /// A part of a path or an address, such as a source file's.
    Path,
}

impl PastedName {
    fn new(text: &str, place: NamePlace) -> Self {
        Self { text: text.to_owned(), place }
    }

    fn labelled(label: &str, text: &str) -> Self {
        Self::new(text, if CODES.contains(&label) { NamePlace::Code } else { NamePlace::Text })
    }
}

impl Mention {
    fn add(&mut self, other: Self) {
        self.labelled.extend(other.labelled);
        self.words.extend(other.words);
    }
}

/// Everything in the text that may be a code, an id or a type URI. Each line is one part, with the JSON object that is on it or begins there.
/// Each item of a JSON array is a part of its own, such as an event.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let text = without_colors(text);
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    if let Ok(body) = serde_json::from_str::<Value>(text) {
        return of_document(&body);
    }
    let (mut mentions, mut line, mut rest) = (Vec::new(), Mention::default(), text);
    let mut attempts = MOST_ATTEMPTS;
    while let Some((before, body, behind)) = next_document(rest, &mut attempts) {
        add_lines(before, &mut line, &mut mentions);
        match body {
            Value::Array(_) => mentions.extend(of_document(&body)),
            _ => line.add(of_json(&body)),
        }
        rest = behind;
    }
    add_lines(rest, &mut line, &mut mentions);
    mentions.push(line);
    mentions
}

/// The first JSON object, or array of objects, in a text, with what is before and behind it.
fn next_document<'a>(text: &'a str, attempts: &mut usize) -> Option<(&'a str, Value, &'a str)> {
    for (at, bracket) in text.match_indices(['{', '[']) {
        let (before, document) = text.split_at_checked(at)?;
        let first = if bracket == "{" { '"' } else { '{' };
        if !document.get(1..)?.trim_start().starts_with(first) {
            continue;
        }
        let mut documents = serde_json::Deserializer::from_str(document).into_iter::<Value>();
        if let Some(Ok(body)) = documents.next() {
            return Some((before, body, document.get(documents.byte_offset()..)?));
        }
        *attempts = attempts.checked_sub(1)?;
    }
    None
}

/// Adds a text that begins on one line and may end on another.
fn add_lines(text: &str, line: &mut Mention, mentions: &mut Vec<Mention>) {
    for (index, text) in text.split('\n').enumerate() {
        if index > 0 {
            mentions.push(mem::take(line));
        }
        line.add(of_line(text));
    }
}

fn of_line(line: &str) -> Mention {
    if let Ok(body) = serde_json::from_str::<Value>(line) {
        return of_json(&body);
    }
    let named = |field| values(line, field).flat_map(names_at_start).map(move |name| PastedName::labelled(field, name));
    Mention { labelled: FIELDS.into_iter().flat_map(named).collect(), words: words(line) }
}

fn of_document(body: &Value) -> Vec<Mention> {
    match body {
        Value::Array(items) => items.iter().map(of_json).collect(),
        _ => vec![of_json(body)],
    }
}

fn of_json(body: &Value) -> Mention {
    let mut text = String::new();
    write_strings(body, &mut text);
    Mention { labelled: members(body), words: words(&text) }
}

/// The names at the start of a field's value: `SHOP-0001` of `SHOP-0001:`, `lift/not_found` and `not_found` of `not_found:full`.
fn names_at_start(value: &str) -> impl Iterator<Item = &str> {
    let names = [Some(value), value.split_once(':').map(|(name, _)| name)];
    names.into_iter().flatten().map(without_punctuation).filter(|name| !name.is_empty())
}

/// Whether a text names an error, of any catalogue: by an id of a canonical response, or by a code beside a catalogue. Markdown
/// begins with a code and an id; elsewhere both may be of something else.
pub(super) fn names_an_error(text: &str) -> bool {
    let text = without_colors(text).to_ascii_lowercase();
    let has = |label: &&str| values(&text, label).next().is_some();
    let beside_code = if text.trim_start().starts_with("---") { "id" } else { "catalog" };
    CANONICAL_IDS.iter().any(has) || (has(&"code") && has(&beside_code))
}

/// The HTTP statuses of errors that a body or log lines state, each once.
pub(super) fn statuses(text: &str) -> Vec<u16> {
    let of_json = |text: &str| {
        let body = serde_json::from_str::<Value>(text).ok()?;
        // The fields of an event are in a member of their own.
        let places = [Some(&body), body.get("fields")];
        let number = |name| places.into_iter().flatten().find_map(|place| place.get(name)?.as_u64());
        u16::try_from(STATUSES.into_iter().find_map(number)?).ok()
    };
    let of_line = |line: &str| {
        let line = without_colors(line);
        let number = |name| values(&line, name).find_map(|value| value.parse().ok());
        of_json(&line).or_else(|| STATUSES.into_iter().find_map(number))
    };
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let mut statuses = Vec::new();
    for status in of_json(text).into_iter().chain(text.lines().filter_map(of_line)) {
        if (400..600).contains(&status) && !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    statuses
}

fn members(body: &Value) -> Vec<PastedName> {
    let mut names = Vec::new();
    MEMBERS.iter().for_each(|member| collect(body, member, &mut names));
    names
}

/// The values of a field of a log line: `not_found` of `code="not_found"` and `code: "not_found"`.
fn values<'a>(line: &'a str, field: &'a str) -> impl Iterator<Item = &'a str> {
    let touches = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.' | '-');
    // A value is read once: `id:id:id:` has one, however long it is.
    let mut end = 0;
    line.match_indices(field).filter_map(move |(at, _)| {
        let (before, rest) = (line.get(..at)?, line.get(at + field.len()..)?);
        let value = rest.trim_start_matches('"').strip_prefix(['=', ':'])?;
        if at < end || before.ends_with(touches) {
            return None;
        }
        let value = value.trim_start().trim_start_matches(['"', '\'', '`']);
        let behind = value.find(is_boundary).unwrap_or(value.len());
        end = line.len() - value.len() + behind;
        value.get(..behind).filter(|value| !value.is_empty())
    })
}

/// The line without the colours of a terminal.
fn without_colors(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let behind =
        |part: &'_ str| part.find(char::is_alphabetic).and_then(|end| part.get(end + 1..)).unwrap_or("").to_owned();
    first + &parts.map(behind).collect::<String>()
}

/// The strings of a member, wherever it is in the body.
fn collect(body: &Value, member: &str, names: &mut Vec<PastedName>) {
    match body {
        Value::Object(members) => {
            let value = members.get(member).and_then(Value::as_str).map(without_punctuation);
            names.extend(value.map(|value| match may_be_of_field(members, member) {
                true => PastedName::new(value, NamePlace::FieldCode),
                false => PastedName::labelled(member, value),
            }));
            // The causes and fixes of a body have ids of their own.
            let nested = members.iter().filter(|(name, _)| !matches!(name.as_str(), "causes" | "fixes" | "notes"));
            nested.for_each(|(_, value)| collect(value, member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, member, names)),
        _ => {}
    }
}

/// The strings of a body, and the names of its members, without those that are about a field.
fn write_strings(body: &Value, text: &mut String) {
    match body {
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| !may_be_of_field(members, name)) {
                text.push_str(name);
                text.push('\n');
                write_strings(value, text);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| write_strings(item, text)),
        Value::String(string) => {
            text.push_str(string);
            text.push('\n');
        }
        _ => {}
    }
}

/// Whether a member may be the code of a field error, and not that of the error.
fn may_be_of_field(members: &Map<String, Value>, member: &str) -> bool {
    let has_field = ["field", "pointer"].iter().any(|place| members.contains_key(*place));
    has_field && MEMBERS.contains(&member) && !IDS.contains(&member)
}

fn is_boundary(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '"' | '\'' | '<' | '>' | '(' | ')' | ',' | ';' | '=' | '[' | ']' | '{' | '}' | '`')
}

fn without_punctuation(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

/// Words that may be codes or ids: they contain `_`, `-` or a digit, or are type URIs.
fn words(text: &str) -> Vec<PastedName> {
    let mut words = Vec::new();
    let is_name = |word: &&str| word.contains(|character: char| matches!(character, '_' | '-' | '0'..='9'));
    for word in text.split(is_boundary) {
        let word = without_punctuation(word);
        if !is_name(&word) && !word.contains(['#', '/']) {
            continue;
        }
        words.push(PastedName::new(word, NamePlace::Text));
        let place = if word.contains('/') { NamePlace::Path } else { NamePlace::Text };
        // `lift/not_found:`
        let qualified = word.split_once(':').map(|(name, _)| name).filter(|name| name.contains('/'));
        words.extend(qualified.map(|name| PastedName::new(name, NamePlace::Text)));
        // `…#LIFT-0404`. A path such as `/orders/locked` or `src/not_found.rs` names no error.
        let parts = word.split(['#', '/', ':', '.']).filter(is_name);
        words.extend(parts.map(|part| PastedName::new(part, place)));
    }
    words.retain(|word| word.text.len() > 1);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_log_lines_name_their_errors() {
        let labelled = |text: &str| -> Vec<String> {
            let names = mentions(text).into_iter().flat_map(|mention| mention.labelled);
            names.map(|name| name.text).collect()
        };
        let body = r#"{"type":"https://x.example/errors#LIFT-0404","status":404,"code":"not_found","id":"LIFT-0404","causes":[{"id":"stale_bookmark"}]}"#;
        assert_eq!(labelled(body), ["LIFT-0404", "not_found", "https://x.example/errors#LIFT-0404"]);
        let grpc = r#"{"code":5,"details":[{"reason":"NOT_FOUND","metadata":{"lift-error":"LIFT-0404"}}]}"#;
        assert_eq!(labelled(grpc), ["LIFT-0404", "NOT_FOUND"]);
        let line = "12:00:01 WARN request{id=7}: not here code=\"not_found\" id=\"LIFT-0404\" request_id=\"x-1\" error.type=not_found";
        assert_eq!(labelled(line), ["7", "LIFT-0404", "not_found", "not_found"]);
        // The values of fields end as those of sentences do.
        let line = "id: SHOP-0001: refused, code=conflict. reason: not_found:full";
        assert_eq!(labelled(line), ["SHOP-0001", "SHOP-0001", "conflict", "not_found:full", "not_found"]);
        let event = r#"{"level":"ERROR","fields":{"error.type":"conflict."}}"#;
        assert_eq!(labelled(event), ["conflict"]);
        assert_eq!(labelled(&event.replace('.', "_")), ["conflict"]);
        let colored = "\u{1b}[3mcode\u{1b}[0m\u{1b}[2m=\u{1b}[0m\"not_found\", id: \"LIFT-0404\"";
        assert_eq!(labelled(&format!("{body}\n{colored}"))[3..], ["LIFT-0404", "not_found"]);
        let line = "the request is given up: lift/not_found, see (https://x.example#LIFT-0404).";
        let [Mention { labelled, words }] = mentions(line).try_into().unwrap();
        let names = [PastedName::new("lift/not_found", NamePlace::Text), PastedName::new("LIFT-0404", NamePlace::Path)];
        assert!(labelled.is_empty() && names.iter().all(|name| words.contains(name)), "{words:?}");
        // A field error names no error, and a source file has no code.
        let body = r#"{"errorId":"LIFT-0400","errors":[{"pointer":"/b","code":"not_found"}]}"#;
        let [Mention { labelled, words }] = mentions(body).try_into().unwrap();
        let field_error = PastedName::new("not_found", NamePlace::FieldCode);
        assert_eq!(labelled, [PastedName::new("LIFT-0400", NamePlace::Text), field_error]);
        let no_code =
            |words: &[PastedName]| words.iter().all(|word| word.text != "not_found" || word.place == NamePlace::Path);
        assert!(no_code(&words), "{words:?}");
        let [Mention { words, .. }] = mentions("at src/errors/not_found.rs:12").try_into().unwrap();
        assert!(no_code(&words), "{words:?}");
    }

    #[test]
    fn bodies_and_log_lines_state_a_status() {
        for (text, stated) in [
            ("{\"status\": 404}", vec![404]),
            ("{\"errorCode\": 503}", vec![503]),
            ("\u{feff}{\"causes\": [{\"status\": 502}],\n\"status\": 404}", vec![404, 502]),
            ("{\"level\": \"WARN\", \"fields\": {\"status\": 502}}", vec![502]),
            ("12:00:01 WARN let through status=500 error.type=\"_OTHER\"", vec![500]),
            ("otel.status=1, x", vec![]),
            ("GET / status=200\nGET /orders status=409\nGET /orders/7 status=409", vec![409]),
        ] {
            assert_eq!(statuses(text), stated, "{text}");
        }
    }

    #[test]
    fn json_may_be_anywhere_in_a_text() {
        let parts = |text: &str| -> Vec<Vec<String>> {
            let names = |mention: Mention| mention.labelled.into_iter().map(|name| name.text).collect();
            mentions(text).into_iter().map(names).collect()
        };
        let body = "{\n  \"id\": \"A-1\",\n  \"causes\": [{\"id\": \"none\"}]\n}";
        assert_eq!(parts(&format!("\u{feff}{body}")), [["A-1"]]);
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let text = format!("HTTP/1.1 404\n\nweb-1 | request{{id=7}}: {body} code=b\nid=A-2");
        assert_eq!(parts(&text), [names(&[]), names(&[]), names(&["7", "A-1", "b"]), names(&["A-2"])]);
        // A part of a document that is cut off.
        assert_eq!(parts("[{\"id\":\"A-1\"},{\"causes\":[{\"id"), [["A-1"]]);
        assert_eq!(parts("log: [{\"id\":\"A-1\"},{\"id\":\"A-2\"}]"), [names(&["A-1"]), names(&["A-2"]), names(&[])]);
    }

    /// The text may come from anywhere.
    #[test]
    fn a_long_text_is_read_once() {
        assert_eq!(mentions(&"{\"\":[".repeat(1 << 14)).len(), 1);
        let text = "id:".repeat(1 << 18);
        let [Mention { labelled, .. }] = mentions(&text).try_into().unwrap();
        assert_eq!(labelled.len(), 2);
        assert_eq!(values("id: id=7, id=8", "id").collect::<Vec<_>>(), ["id", "8"]);
    }
}

//! JSON Schemas of the format, for editors, from the table that the decoder reads.

use lift_errors_codegen::format::{self, Key, Table, Value};
use lift_errors_codegen::{LONGEST_TEXTS, PLURAL_CATEGORIES};
use serde_json::{Map, Value as Json, json};
use std::str::FromStr;

/// Where the published schemas are.
const ADDRESS: &str = "https://docs.rs/lift-errors-cli/schemas";

/// The folder beside a manifest that contains the schemas for editors.
pub(crate) const FOLDER: &str = "schemas";

/// A kind of file in a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Manifest,
    Errors,
    Locale,
}

impl FileKind {
    pub(crate) const ALL: &[Self] = &[Self::Manifest, Self::Errors, Self::Locale];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Errors => "errors",
            Self::Locale => "locale",
        }
    }

    /// The path of the schema from the manifest's folder.
    pub(crate) fn path(self) -> String {
        format!("{FOLDER}/{}.schema.json", self.as_str())
    }

    /// The line that names the schema, at the beginning of a file of this kind. `file` is its path from the manifest's folder.
    pub(crate) fn directive(self, file: &str) -> String {
        format!("#:schema {}{}\n", "../".repeat(file.matches('/').count()), self.path())
    }

    /// The JSON Schema.
    pub(crate) fn schema(self) -> String {
        schema(match self {
            Self::Manifest => &format::MANIFEST,
            Self::Errors => &format::ERRORS,
            Self::Locale => &format::LOCALE,
        })
    }
}

impl FromStr for FileKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// The schema of a kind of file. Draft 7 is the newest that all editors read.
fn schema(file: &Table) -> String {
    let mut definitions = Map::new();
    definitions.insert("text".to_owned(), text());
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": format!("{ADDRESS}/{}.schema.json", file.name),
        "title": format!("lift-errors: {}", file.name),
    });
    if let (Json::Object(schema), Json::Object(of_file)) = (&mut schema, table(file, &mut definitions)) {
        schema.extend(of_file);
        schema.insert("definitions".to_owned(), Json::Object(definitions));
    }
    format!("{schema:#}\n")
}

/// A text with markup: a string, or one for each plural category.
fn text() -> Json {
    let string = json!({ "type": "string", "maxLength": LONGEST_TEXTS.0 });
    let mut forms = Map::new();
    for category in PLURAL_CATEGORIES {
        forms.insert((*category).to_owned(), string.clone());
    }
    forms.insert(
        "plural".to_owned(),
        json!({ "type": "string", "description": "The parameter whose number selects the form." }),
    );
    json!({ "anyOf": [
        string,
        { "type": "object", "properties": forms, "additionalProperties": false, "minProperties": 1 },
    ] })
}

fn table(of: &Table, definitions: &mut Map<String, Json>) -> Json {
    let mut properties = Map::new();
    for key in of.keys {
        properties.insert(key.name.to_owned(), property(key, definitions));
    }
    let others = match (of.names, of.known) {
        (Some(value), Some(known)) => {
            let each = of_value(value, definitions);
            properties.extend(known().into_iter().map(|name| (name.to_owned(), each.clone())));
            Json::Bool(false)
        }
        (Some(value), None) => of_value(value, definitions),
        (None, _) => Json::Bool(false),
    };
    let mut schema = json!({
        "description": of.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": others,
    });
    let required: Vec<&str> = of.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if let Json::Object(schema) = &mut schema {
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
    }
    schema
}

/// A key with its documentation, which editors show.
fn property(key: &Key, definitions: &mut Map<String, Json>) -> Json {
    let mut schema = of_value(&key.value, definitions);
    // Draft 7 ignores whatever is beside a reference.
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    if let Json::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), format!("{}\n\n`{}`", key.doc, key.line).into());
    }
    schema
}

fn of_value(value: &Value, definitions: &mut Map<String, Json>) -> Json {
    let text = || json!({ "$ref": "#/definitions/text" });
    match value {
        Value::Text => json!({ "type": "string" }),
        Value::Duration => json!({ "type": "string", "pattern": "^ *[0-9]+[smhd]( +[0-9]+[smhd])* *$" }),
        Value::Word(words) => json!({ "type": "string", "enum": words() }),
        Value::Boolean => json!({ "type": "boolean" }),
        Value::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Value::TextOrList => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        ] }),
        Value::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Value::Words(words) => json!({ "type": "array", "items": { "type": "string", "enum": words() } }),
        Value::PluralText => text(),
        Value::Paragraphs => {
            let string = json!({ "type": "string", "maxLength": LONGEST_TEXTS.1 });
            // Translators' tools write `other` for a text without forms.
            let other = json!({ "type": "object", "properties": { "other": string }, "required": ["other"], "additionalProperties": false });
            json!({ "anyOf": [string, other] })
        }
        Value::Detail(of) => {
            let items = reference(of, definitions);
            json!({ "anyOf": [text(), { "type": "array", "items": items }] })
        }
        Value::TextOrTexts => json!({ "anyOf": [text(), { "type": "object", "additionalProperties": text() }] }),
        Value::Example => json!({ "type": ["string", "integer"] }),
        Value::Constant(of) => {
            let duration = reference(of, definitions);
            json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }, duration] })
        }
        Value::Table(of) => reference(of, definitions),
        Value::Tables(of) => {
            let items = reference(of, definitions);
            json!({ "type": "array", "items": items })
        }
    }
}

/// A reference to a table, which is written into the definitions once.
fn reference(of: &Table, definitions: &mut Map<String, Json>) -> Json {
    if !definitions.contains_key(of.name) {
        definitions.insert(of.name.to_owned(), Json::Null);
        let schema = table(of, definitions);
        definitions.insert(of.name.to_owned(), schema);
    }
    json!({ "$ref": format!("#/definitions/{}", of.name) })
}

//! All that a catalogue knows of a code, for people and programs: the same content as text, Markdown and JSON.

pub(crate) mod collect;
pub(crate) mod description;
pub(crate) mod find;
pub(crate) mod find_pasted;
pub(crate) mod markdown;
mod pasted;
pub(crate) mod text;
pub(crate) mod words;
mod wrap;

use description::Description;
use schemars::JsonSchema;
use serde::Serialize;

/// An explanation of a code of a lift-errors catalogue.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Explanation {
    /// A code that the catalogue has.
    Entry(Box<EntryExplanation>),
    /// A code that was released and removed.
    Removed(RemovedExplanation),
}

/// An entry of a catalogue.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryExplanation {
    /// The catalogue's name.
    pub(crate) catalog: String,
    /// The code; with the catalogue's name it identifies the error.
    pub(crate) code: String,
    /// The short id, for people.
    pub(crate) id: String,
    /// The `type` of problem details (RFC 9457).
    #[serde(rename = "type")]
    pub(crate) type_uri: String,
    /// Whether the `type` is its own, in place of one that the manifest's `reference` gives.
    #[serde(skip)]
    pub(crate) has_own_type: bool,
    /// The HTTP status; absent if the error is never a response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// `none` if the error has nothing to do with HTTP; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transport: Option<String>,
    /// The class in the catalogue's own taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) class: Option<String>,
    /// The tags in the catalogue's own taxonomy.
    pub(crate) tags: Vec<String>,
    /// The gRPC status code.
    pub(crate) grpc: String,
    /// How serious the error is for the service: `info`, `warning`, `error` or `critical`.
    pub(crate) severity: String,
    /// The language of the texts, as a BCP 47 tag.
    pub(crate) locale: String,
    /// A short name of the error.
    pub(crate) title: String,
    /// The meaning of the error; only a draft lacks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meaning: Option<String>,
    /// More about the error: several paragraphs of CommonMark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<Description>,
    /// The code that this one is an alias of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) same_as: Option<String>,
    /// The alternatives of the message, the first that fits is used.
    pub(crate) details: Vec<DetailExplanation>,
    /// The usual causes.
    pub(crate) causes: Vec<CauseExplanation>,
    /// The fixes, those of causes first.
    pub(crate) fixes: Vec<FixExplanation>,
    /// Tips and warnings.
    pub(crate) notes: Vec<NoteExplanation>,
    /// Whether and when to send the request again.
    pub(crate) retry: RetryExplanation,
    /// The values of an occurrence.
    pub(crate) parameters: Vec<ParameterExplanation>,
    /// The information that a support ticket should contain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) support: Option<String>,
    /// The steps for an operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) runbook: Option<String>,
    /// The links of the entry as a whole.
    pub(crate) links: Vec<LinkExplanation>,
    /// From which version the code exists, and whether it is still in use.
    pub(crate) lifecycle: Lifecycle,
    /// The file and the line of the entry, `errors/http.toml:87`. For an entry of a base catalogue those of the table that changes it,
    /// if there is one, and the name of the base.
    pub(crate) source: String,
}

impl EntryExplanation {
    /// The status, or why there is none.
    pub(crate) fn response(&self) -> String {
        match (self.status, &self.transport) {
            (Some(status), _) => format!("HTTP {status}"),
            (None, None) => "raised by clients".to_owned(),
            (None, Some(_)) => "no HTTP".to_owned(),
        }
    }
}

/// An alternative of the message.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DetailExplanation {
    /// The id of the alternative; absent if there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// The message, with parameters by name: `{limit}`. Where a parameter selects the plural form, it is `other`.
    pub(crate) text: String,
    /// The message with the examples of the parameters.
    pub(crate) example: String,
}

/// A cause.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CauseExplanation {
    /// The id.
    pub(crate) id: String,
    /// The reader; absent for everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audience: Option<String>,
    /// The text, with parameters by name. Where a parameter selects the plural form, it is `other`.
    pub(crate) text: String,
    /// The ids of its fixes.
    pub(crate) fixes: Vec<String>,
}

/// A fix.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FixExplanation {
    /// The id.
    pub(crate) id: String,
    /// The reader; absent for everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audience: Option<String>,
    /// The text, with parameters by name. Where a parameter selects the plural form, it is `other`.
    pub(crate) text: String,
}

/// A tip or a warning.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NoteExplanation {
    /// The id.
    pub(crate) id: String,
    /// `tip` or `warning`.
    pub(crate) kind: String,
    /// The reader; absent for everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audience: Option<String>,
    /// The text, with parameters by name. Where a parameter selects the plural form, it is `other`.
    pub(crate) text: String,
}

/// Whether and when to send the same request again.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RetryExplanation {
    /// `never`, `after_change`, `idempotent` or `after`.
    pub(crate) kind: String,
    /// The kind in words.
    pub(crate) meaning: String,
    /// The least number of seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<u64>,
}

/// A value of an occurrence.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ParameterExplanation {
    /// The name.
    pub(crate) name: String,
    /// The type.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// `public`, `operator` or `secret`.
    pub(crate) sensitivity: String,
    /// Whether an error may leave it out.
    pub(crate) optional: bool,
    /// The response header that carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) header: Option<String>,
    /// A sentence about it.
    pub(crate) doc: String,
    /// A typical value.
    pub(crate) example: String,
}

/// A link.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LinkExplanation {
    /// The id.
    pub(crate) id: String,
    /// The relation (RFC 8288).
    pub(crate) rel: String,
    /// The URL.
    pub(crate) href: String,
}

/// The lifecycle of a code.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Lifecycle {
    /// The version that added it.
    pub(crate) since: String,
    /// Whether it was released: its code, id, status and retry contract do not change any more.
    pub(crate) released: bool,
    /// Whether it is a draft: its guidance is not complete.
    pub(crate) draft: bool,
    /// The code that replaces it, if it is kept only for old clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) replaced_by: Option<String>,
}

/// A code that was released and removed: the catalogue only remembers what clients knew of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RemovedExplanation {
    /// The catalogue's name.
    pub(crate) catalog: String,
    /// The code, which is never used again.
    pub(crate) code: String,
    /// The id, which is never used again.
    pub(crate) id: String,
    /// The `type` of problem details (RFC 9457), where the entry had none of its own.
    #[serde(rename = "type")]
    pub(crate) type_uri: String,
    /// Whether the `type` is its own, in place of one that the manifest's `reference` gives.
    #[serde(skip)]
    pub(crate) has_own_type: bool,
    /// The version that removed it.
    pub(crate) removed: String,
    /// Its HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<i64>,
    /// The kind of its retry contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry: Option<String>,
    /// Its parameters, each as the lock file has it, such as `allow: text, header allow` or `upstream?: operator text`.
    pub(crate) parameters: Vec<String>,
}

/// The schema of an explanation.
pub(crate) fn schema() -> serde_json::Value {
    named(schemars::schema_for!(Explanation), "explanation")
}

/// The schema of a list of explanations, such as all of a catalogue.
pub(crate) fn list_schema() -> serde_json::Value {
    named(schemars::schema_for!(Vec<Explanation>), "errors")
}

fn named(schema: schemars::Schema, name: &str) -> serde_json::Value {
    let mut schema = schema.to_value();
    if let Some(schema) = schema.as_object_mut() {
        let id = format!("https://docs.rs/lift-errors-cli/schemas/{name}.schema.json");
        schema.insert("$id".to_owned(), id.into());
    }
    schema
}

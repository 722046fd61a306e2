//! The format as data: the keys of each table, with their types, and a line that shows each key. The decoder looks every key up
//! here, and the JSON Schemas for editors are written from it, so that no two of them differ.

use crate::read::draft_policy::DraftPolicy;
use lift_errors_core::vocabulary::{
    Audience, GrpcCode, Label, NoteKind, ParameterType, RetryKind, Sensitivity, Severity,
};

/// A kind of table.
#[doc(hidden)]
#[derive(Debug)]
pub struct Table {
    /// The name among the schema's definitions.
    pub name: &'static str,
    /// One sentence about the table.
    pub doc: &'static str,
    /// The keys that it may have.
    pub keys: &'static [Key],
    /// The values under all other keys, which are names that the author chooses.
    pub names: Option<&'static Value>,
    /// Those names, if only some are known.
    pub known: Option<fn() -> Vec<&'static str>>,
}

/// A key of a table.
#[doc(hidden)]
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// The type of its value.
    pub value: Value,
    /// Whether each table has it.
    pub required: bool,
    /// One or two sentences about the key.
    pub doc: &'static str,
    /// A line that writes the key well; `[[CODE.cause]]` for a list of tables.
    pub line: &'static str,
}

/// The type of a value.
#[doc(hidden)]
#[derive(Debug)]
pub enum Value {
    /// A string.
    Text,
    /// A string with a duration, such as `15m`.
    Duration,
    /// A string from a closed list.
    Word(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Boolean,
    /// An integer between two limits.
    Integer(i64, i64),
    /// A string, or an array of strings.
    TextOrList,
    /// An array of strings.
    Texts,
    /// An array of strings from a closed list.
    Words(fn() -> Vec<&'static str>),
    /// A text with markup, or a table with a text for each plural category.
    PluralText,
    /// Several paragraphs in CommonMark.
    Paragraphs,
    /// The same, or a list of alternatives.
    Detail(&'static Table),
    /// The same, or a table with a text for each id.
    TextOrTexts,
    /// A string or an integer.
    Example,
    /// An integer, a string, or a table with a duration.
    Constant(&'static Table),
    /// A table.
    Table(&'static Table),
    /// An array of tables.
    Tables(&'static Table),
}

pub(super) const fn key(name: &'static str, value: Value, doc: &'static str, line: &'static str) -> Key {
    Key { name, value, required: false, doc, line }
}

pub(super) const fn required(name: &'static str, value: Value, doc: &'static str, line: &'static str) -> Key {
    Key { name, value, required: true, doc, line }
}

pub(super) const fn table(name: &'static str, doc: &'static str, keys: &'static [Key]) -> Table {
    Table { name, doc, keys, names: None, known: None }
}

const fn names(name: &'static str, doc: &'static str, value: &'static Value) -> Table {
    Table { name, doc, keys: &[], names: Some(value), known: None }
}

macro_rules! words {
    ($list:ty) => {
        || <$list>::ALL.iter().map(|word| word.as_str()).collect()
    };
}

/// The manifest, `catalog.toml`.
#[doc(hidden)]
pub static MANIFEST: Table = table(
    "manifest",
    "The manifest of a catalogue of errors.",
    &[
        required(
            "catalog",
            Value::Table(&CATALOG),
            "The catalogue's name, its form, languages and files.",
            "[catalog]",
        ),
        key(
            "labels",
            Value::Table(&LABELS),
            "The words around an error's own texts. Without them the canonical labels are used.",
            "[labels]",
        ),
        key(
            "constants",
            Value::Table(&CONSTANTS),
            "Facts that several texts mention. Texts name them as {shared_limit}.",
            "[constants]",
        ),
        key("defaults", Value::Table(&DEFAULTS), "Keys of the entries that do not set them.", "[defaults]"),
        key("link", Value::Tables(&LINK), "Links that every text may use: [status page](@status_page).", "[[link]]"),
    ],
);

static CATALOG: Table = table(
    "catalog",
    "The catalogue's name, its form, languages and files.",
    &[
        required(
            "name",
            Value::Text,
            "The catalogue's name. Clients identify an error by this name and its code.",
            "name = \"orders\"",
        ),
        required(
            "id_form",
            Value::TextOrList,
            "The form of the ids, or several: 0 is a digit, ? a letter or a digit, * one or more letters, digits or _.",
            "id_form = \"ORD-0000\"",
        ),
        key(
            "extends",
            Value::Text,
            "The base catalogue that this one takes over: \"http\" or \"lift\".",
            "extends = \"http\"",
        ),
        key(
            "code_prefix",
            Value::Text,
            "The beginning of all codes, one word and `_`; all ids begin with the same letters. Required in a service's own catalogue.",
            "code_prefix = \"ord_\"",
        ),
        required(
            "reference",
            Value::Text,
            "The web page that explains the errors. With `#` and an error's id it is the error's type URI. Other pages are written with {id}, {id:lower} or {code}: \"https://example.com/errors/{code}\".",
            "reference = \"https://example.com/errors\"",
        ),
        required(
            "default_locale",
            Value::Text,
            "The language of the texts in the catalogue's own files.",
            "default_locale = \"en\"",
        ),
        required(
            "locales",
            Value::Texts,
            "The languages to compile, the default one included: CLDR tags, each with a folder in `locales/`, and the pseudolocales en-XA and ar-XB.",
            "locales = [\"en\"]",
        ),
        key(
            "files",
            Value::Texts,
            "The files with the entries. A file that is not listed is not read.",
            "files = [\"errors.toml\"]",
        ),
        key("complete", Value::Boolean, "Whether a text that a locale lacks is an error.", "complete = true"),
        key(
            "fresh",
            Value::Boolean,
            "Whether a translation whose source text has changed is an error. Otherwise it is a warning.",
            "fresh = true",
        ),
        key(
            "glossary",
            Value::Texts,
            "Words that are not translated: a translation of a text that contains one contains it as well.",
            "glossary = [\"CSV\"]",
        ),
        key(
            "bidi_controls",
            Value::Texts,
            "The locales whose texts may contain bidi control characters.",
            "bidi_controls = [\"ar\"]",
        ),
        key(
            "derive",
            Value::Words(|| vec!["Clone", "PartialEq"]),
            "Traits to derive for the generated type `Error`.",
            "derive = [\"Clone\"]",
        ),
        key("tags", Value::Texts, "The tags that entries may have.", "tags = [\"network\"]"),
        key("classes", Value::Texts, "The classes that entries may be of.", "classes = [\"user_error\"]"),
        key(
            "drafts",
            Value::Word(words!(DraftPolicy)),
            "What checks and builds say about drafts.",
            "drafts = \"warn\"",
        ),
    ],
);

static LABELS: Table = Table {
    name: "labels",
    doc: "The words around an error's own texts.",
    keys: &[],
    names: Some(&Value::PluralText),
    known: Some(words!(Label)),
};

static CONSTANTS: Table = names("constants", "Facts that several texts mention.", &Value::Constant(&DURATION));

/// A constant that is a duration.
pub(crate) static DURATION: Table = table(
    "duration",
    "A constant that is a duration.",
    &[
        required(
            "type",
            Value::Word(|| vec!["duration"]),
            "The type: a duration. Integers and strings are written without a table.",
            "type = \"duration\"",
        ),
        required("value", Value::Duration, "The duration.", "value = \"30m\""),
    ],
);

/// The keys of entries that do not set them.
pub(crate) static DEFAULTS: Table = table(
    "defaults",
    "Keys of the entries that do not set them.",
    &[
        key("status", STATUS, "The HTTP status of the entries.", "status = 409"),
        key("transport", TRANSPORT, TRANSPORT_DOC, "transport = \"none\""),
        key("class", Value::Text, "The class of the entries, one of the manifest's.", "class = \"user_error\""),
        key("since", Value::Text, "The version that added the entries.", "since = \"0.1.0\""),
        key(
            "severity",
            Value::Word(words!(Severity)),
            "How serious the errors are for the service.",
            "severity = \"warning\"",
        ),
        key("retry", Value::Table(&RETRY), RETRY.doc, "retry = { kind = \"never\" }"),
    ],
);

pub(super) const STATUS: Value = Value::Integer(400, 599);
const TRANSPORT: Value = Value::Word(|| vec!["none"]);
const TRANSPORT_DOC: &str = "In place of a status: the error has nothing to do with HTTP.";

/// A file with entries.
#[doc(hidden)]
pub static ERRORS: Table = Table {
    name: "errors",
    doc: "Errors of a catalogue: each table is an error, named by its code: lower-case words joined by `_`, at most 128 characters.",
    keys: &[
        key("defaults", Value::Table(&DEFAULTS), "Keys of this file's entries that do not set them.", "[defaults]"),
        key(
            "field_error",
            Value::Table(&FIELD_ERRORS),
            "Messages of field errors, by their codes.",
            "[field_error.out_of_range]",
        ),
        key("term", Value::Table(&TERMS), "Names of things that texts mention, by their keys.", "[term.order]"),
    ],
    names: Some(&Value::Table(&OVERRIDE)),
    known: None,
};

static FIELD_ERRORS: Table =
    names("field_errors", "Messages of field errors, by their codes.", &Value::Table(&FIELD_ERROR));

static TERMS: Table = names("terms", "Names of things, by their keys.", &Value::Table(&TERM));

/// A message of a field error.
pub(crate) static FIELD_ERROR: Table = table("field_error", "The message of a field error.", &[SINCE, TEXT, PARAMS]);

/// The name of a thing.
pub(crate) static TERM: Table = table("term", "The name of a thing.", &[SINCE, TEXT]);

const SINCE: Key = required("since", Value::Text, "The version that added it.", "since = \"0.1.0\"");
const TEXT: Key = required("text", Value::PluralText, "The text: one paragraph.", "text = \"…\"");
const PARAMS: Key = key(
    "params",
    Value::Table(&PARAMETERS),
    "The values that differ between occurrences.",
    "params = { number = { type = \"text\", sensitivity = \"public\", doc = \"…\", example = \"1024\" } }",
);
const ID: Key = required("id", Value::Text, "A name in snake_case that never changes.", "id = \"…\"");
const AUDIENCE: Key = key(
    "audience",
    Value::Word(words!(Audience)),
    "The only reader. Everyone reads a text without it.",
    "audience = \"browser\"",
);

/// An error.
pub(crate) static ENTRY: Table =
    table("entry", "An error of the catalogue.", ENTRY_KEYS.split_at(ENTRY_KEYS.len() - 1).0);

/// An error that may stand in place of parts of one of the base catalogue.
pub(crate) static OVERRIDE: Table = table("entry", "An error of the catalogue.", ENTRY_KEYS);

static ENTRY_KEYS: &[Key] = &[
    key("id", Value::Text, "Short and permanent. People quote it in tickets.", "id = \"…\""),
    key(
        "type",
        Value::Text,
        "The type URI, if it is not that of `reference`, such as one of IANA's registry (RFC 9457 §4.2).",
        "type = \"https://example.com/out-of-credit\"",
    ),
    key("class", Value::Text, "The class, one of the manifest's `classes`.", "class = \"user_error\""),
    key("tags", Value::Texts, "Tags of the manifest's `tags`.", "tags = [\"network\"]"),
    key("draft", Value::Boolean, "Whether the entry may lack its guidance: it is a draft.", "draft = true"),
    key("status", STATUS, "The HTTP status.", "status = 409"),
    key(
        "status_default",
        Value::Boolean,
        "Whether this entry explains its status when only the status is known.",
        "status_default = true",
    ),
    key(
        "raised_by",
        Value::Word(|| vec!["client"]),
        "In place of a status: the client raises the error itself, because there was no response.",
        "raised_by = \"client\"",
    ),
    key("transport", TRANSPORT, TRANSPORT_DOC, "transport = \"none\""),
    key("since", Value::Text, "The version that added the entry.", "since = \"0.1.0\""),
    key(
        "severity",
        Value::Word(words!(Severity)),
        "How serious the error is for the service.",
        "severity = \"warning\"",
    ),
    key(
        "title",
        Value::PluralText,
        "The name of the error, the same for every occurrence. It may contain constants, but no parameters.",
        "title = \"Order not found\"",
    ),
    key(
        "detail",
        Value::Detail(&DETAIL),
        "What happened this time: one text, or several alternatives. Parameters are written {so}.",
        "detail = \"There is no order {number}.\"",
    ),
    key(
        "meaning",
        Value::PluralText,
        "What the error means. It may contain constants, but no parameters.",
        "meaning = \"The order does not exist.\"",
    ),
    key(
        "description",
        Value::Paragraphs,
        "More about the error, for the documentation alone: paragraphs, lists, code blocks and links in CommonMark. It may contain constants, but no parameters.",
        "description = \"…\"",
    ),
    key("retry", Value::Table(&RETRY), RETRY.doc, "retry = { kind = \"never\" }"),
    PARAMS,
    key("cause", Value::Tables(&CAUSE), "What may have caused the error.", "[[CODE.cause]]"),
    key("fix", Value::Tables(&FIX), "What helps.", "[[CODE.fix]]"),
    key("note", Value::Tables(&NOTE), "Tips and warnings.", "[[CODE.note]]"),
    key("link", Value::Tables(&LINK), "Links for the texts of this entry.", "[[CODE.link]]"),
    key("headers", Value::Table(&HEADERS), "Response headers with fixed values.", "headers = { Allow = \"GET\" }"),
    key(
        "field_errors",
        Value::Boolean,
        "Whether the error may list what is wrong with each field.",
        "field_errors = true",
    ),
    key(
        "grpc",
        Value::Word(words!(GrpcCode)),
        "The gRPC code, if the usual one for the status does not fit.",
        "grpc = \"FAILED_PRECONDITION\"",
    ),
    key("support", Value::PluralText, "What to include in a support ticket.", "support = \"…\""),
    key("runbook", Value::PluralText, "What operators do. Customers never see it.", "runbook = \"…\""),
    key(
        "same_as",
        Value::Text,
        "The code of another entry, whose meaning this one shares: it is an alias.",
        "same_as = \"ord_not_found\"",
    ),
    key(
        "replaced_by",
        Value::Text,
        "The code of the successor: the entry is deprecated.",
        "replaced_by = \"ord_not_found\"",
    ),
    // The last one is of entries that change one of the base catalogue.
    key(
        "without",
        Value::Texts,
        "The parts of the base catalogue's entry to leave out: \"cause.ID\", \"fix.ID\", \"note.ID\", \"link.ID\".",
        "without = [\"cause.stale_bookmark\"]",
    ),
];

static DETAIL: Table = table(
    "detail",
    "An alternative of the message. The first whose conditions are met is used.",
    &[
        ID,
        key("when", Value::Texts, "The optional parameters that the error must have.", "when = [\"retry_after\"]"),
        key("cause", Value::Text, "The cause that must be known.", "cause = \"…\""),
        TEXT,
    ],
);

static RETRY: Table = table(
    "retry",
    "Whether it helps to send the same request again.",
    &[
        required(
            "kind",
            Value::Word(words!(RetryKind)),
            "never: the same error comes again. after_change: change something first. idempotent: if the request is safe to repeat. after: after the time that `delay` names.",
            "kind = \"never\"",
        ),
        key("wait", Value::Duration, "The least time to wait, for `idempotent`.", "wait = \"15s\""),
        key("delay", Value::Text, "The parameter with the time to wait, for `after`.", "delay = \"retry_after\""),
    ],
);

static PARAMETERS: Table = names("params", "The values that differ between occurrences.", &Value::Table(&PARAMETER));

/// A parameter.
pub(crate) static PARAMETER: Table = table(
    "parameter",
    "A value that differs between occurrences.",
    &[
        required("type", Value::Word(words!(ParameterType)), "The type.", "type = \"text\""),
        key("doc", Value::Text, "A sentence about the parameter.", "doc = \"…\""),
        key(
            "example",
            Value::Example,
            "A typical value: a string or an integer, as the type is. A duration is written \"90s\".",
            "example = \"1024\"",
        ),
        key(
            "sensitivity",
            Value::Word(words!(Sensitivity)),
            "Who may see the value. A text has to state it.",
            "sensitivity = \"public\"",
        ),
        key("optional", Value::Boolean, "Whether an error may lack the value.", "optional = true"),
        key("header", Value::Text, "The response header that carries the value.", "header = \"Retry-After\""),
    ],
);

static CAUSE: Table = table(
    "cause",
    "A usual cause.",
    &[
        ID,
        AUDIENCE,
        TEXT,
        key("fixes", Value::Texts, "The ids of the fixes that help, the best first.", "fixes = [\"check_number\"]"),
    ],
);

static FIX: Table = table("fix", "Something that helps. It begins with what to do.", &[ID, AUDIENCE, TEXT]);

static NOTE: Table = table(
    "note",
    "A tip or a warning.",
    &[ID, required("kind", Value::Word(words!(NoteKind)), "The kind.", "kind = \"tip\""), AUDIENCE, TEXT],
);

static LINK: Table = table(
    "link",
    "A link. Texts use it by its id: [documentation](@api_docs).",
    &[
        ID,
        required(
            "rel",
            Value::Text,
            "The relation to the reader's page, such as \"help\" or \"related\" (RFC 8288).",
            "rel = \"help\"",
        ),
        required(
            "href",
            Value::Text,
            "The address. It begins with https:// or http://.",
            "href = \"https://example.com\"",
        ),
    ],
);

static HEADERS: Table = names("headers", "Response headers with fixed values.", &Value::Text);

/// A file with translations.
#[doc(hidden)]
pub static LOCALE: Table = Table {
    name: "locale",
    doc: "Translations of a catalogue's texts into one language.",
    keys: &[
        key(
            "labels",
            Value::Table(&LABELS),
            "The words around an error's own texts, in the file that is called as the manifest.",
            "[labels]",
        ),
        key("field_error", Value::Table(&PHRASES), "Messages of field errors, by their codes.", "[field_error]"),
        key("term", Value::Table(&PHRASES), "Names of things, by their keys.", "[term]"),
    ],
    names: Some(&Value::Table(&TRANSLATION)),
    known: None,
};

/// The translated labels: a file of its own.
pub(crate) static LOCALE_LABELS: Table = table(
    "locale_labels",
    "Translated labels.",
    &[key("labels", Value::Table(&LABELS), "The words around an error's own texts.", "[labels]")],
);

static PHRASES: Table = names("phrases", "Texts by their names.", &Value::PluralText);

static TEXTS: Table = names("texts", "Texts by their ids.", &Value::PluralText);

/// The translated texts of an entry.
pub(crate) static TRANSLATION: Table = table(
    "translation",
    "The translated texts of an error.",
    &[
        key("title", Value::PluralText, "The name of the error.", "title = \"…\""),
        key(
            "detail",
            Value::TextOrTexts,
            "What happened this time: one text, or a table with a text for the id of each alternative.",
            "detail = \"…\"",
        ),
        key("meaning", Value::PluralText, "What the error means.", "meaning = \"…\""),
        key("description", Value::Paragraphs, "More about the error, for the documentation.", "description = \"…\""),
        key("support", Value::PluralText, "What to include in a support ticket.", "support = \"…\""),
        key("runbook", Value::PluralText, "What operators do.", "runbook = \"…\""),
        key("cause", Value::Table(&TEXTS), "The causes, by their ids.", "[CODE.cause]"),
        key("fix", Value::Table(&TEXTS), "The fixes, by their ids.", "[CODE.fix]"),
        key("note", Value::Table(&TEXTS), "The notes, by their ids.", "[CODE.note]"),
    ],
);

/// A table whose keys are names, which the decoder reads as they are.
pub(crate) static NAMES: Table = table("names", "A table whose keys are names.", &[]);

impl Table {
    /// The key with this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The key that tells what kind of thing a table is, with the words that it may have.
    pub(crate) fn word(&self) -> Option<(&'static str, Vec<&'static str>)> {
        self.keys.iter().find_map(|key| match key.value {
            Value::Word(words) if key.required => Some((key.name, words())),
            _ => None,
        })
    }
}

impl Value {
    /// The tables that a value may be or contain.
    pub(crate) fn table(&self) -> Option<&'static Table> {
        match self {
            Self::Table(table) | Self::Tables(table) | Self::Detail(table) | Self::Constant(table) => Some(table),
            _ => None,
        }
    }
}

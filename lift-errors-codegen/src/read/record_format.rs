//! The tables of the files that tools write: states of translations, and the lock file.

use crate::read::format::{STATUS, Table, Value, key, required, table};
use lift_errors_core::vocabulary::{GrpcCode, RetryKind};

/// A record of a translation in a state file.
pub(crate) static RECORD: Table = table(
    "record",
    "The record of a translation.",
    &[
        required("source", Value::Text, "The fingerprint of the source text.", "source = \"9aaf3bb285f1\""),
        required("translation", Value::Text, "The fingerprint of the translation.", "translation = \"9aaf3bb285f1\""),
        required("review", Value::Text, "Whether somebody has reviewed it.", "review = \"draft\""),
        key("previous", Value::PluralText, "The source text before it changed.", "previous = \"…\""),
    ],
);

/// A released code in the lock file.
pub(crate) static RELEASED: Table = table(
    "released",
    "A released code.",
    &[
        required("id", Value::Text, "The id.", "id = \"…\""),
        key("removed", Value::Text, "The version that removed it.", "removed = \"0.4.0\""),
        key("type", Value::Text, "The type URI of its own.", "type = \"https://example.com/out-of-credit\""),
        key("draft", Value::Boolean, "Whether it was a draft.", "draft = true"),
        key("status", STATUS, "The HTTP status.", "status = 409"),
        key("status_default", Value::Boolean, "Whether it explained its bare status.", "status_default = false"),
        key(
            "grpc",
            Value::Word(|| GrpcCode::ALL.iter().map(|code| code.as_str()).collect()),
            "The gRPC code, where it does not follow from the status.",
            "grpc = \"FAILED_PRECONDITION\"",
        ),
        key(
            "retry",
            Value::Word(|| RetryKind::ALL.iter().map(|kind| kind.as_str()).collect()),
            "The kind of its retry contract.",
            "retry = \"never\"",
        ),
        key("params", Value::Texts, "The parameters.", "params = [\"number: text\"]"),
        key("field_errors", Value::Boolean, "Whether it listed invalid fields.", "field_errors = true"),
        key("headers", Value::Texts, "The response headers.", "headers = [\"Upgrade: websocket\"]"),
        key("causes", Value::Texts, "The causes that clients got.", "causes = [\"not_utf8\"]"),
    ],
);

/// A released phrase in the lock file.
pub(crate) static RELEASED_PHRASE: Table = table(
    "released_phrase",
    "A released field error or term.",
    &[
        key("removed", Value::Text, "The version that removed it.", "removed = \"0.4.0\""),
        key("params", Value::Texts, "The parameters.", "params = [\"limit: u64\"]"),
    ],
);

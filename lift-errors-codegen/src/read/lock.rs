//! `catalog.lock`: every code that was ever released, with what clients know it by. A code or an id is
//! never used again for something else; one that goes leaves a tombstone.

use crate::diagnostic::span::Text;
use crate::read::phrase_kind::PhraseKind;
use crate::read::record_format;
use crate::read::table::{File, Reader, wrong_type};
use std::collections::HashSet;
use toml::de::{DeTable, DeValue};

/// The name of the file, beside the manifest.
pub(crate) const FILE: &str = "catalog.lock";

/// The key of the catalogue's name.
pub(crate) const CATALOG: &str = "catalog";

/// The key of the page that the type URIs are made from.
pub(crate) const REFERENCE: &str = "reference";

/// The remedy for a lock file that no tool wrote so.
pub(crate) const BROKEN: &str =
    "bring the line back from your version control: tools write the file, and `removed` alone is written by hand";

/// A code that was released.
#[derive(Debug)]
pub(crate) struct Released {
    pub(crate) code: Text,
    pub(crate) id: Option<Text>,
    /// The version that removed it.
    pub(crate) removed: Option<Text>,
    /// The type URI of its own.
    pub(crate) type_uri: Option<Text>,
    /// Whether it was a draft.
    pub(crate) is_draft: bool,
    pub(crate) contract: Contract,
}

/// What programs rely on. The lock file shows how it changes; the compiler does not compare it.
#[derive(Debug, Default)]
pub(crate) struct Contract {
    pub(crate) status: Option<i64>,
    /// Whether another entry, or none, explains its bare status. The opposite would come and go with other entries.
    pub(crate) is_not_status_default: bool,
    /// The gRPC code, where it does not follow from the status.
    pub(crate) grpc: Option<String>,
    pub(crate) retry: Option<String>,
    /// Each with its type, such as `carrier?: operator text`.
    pub(crate) parameters: Vec<String>,
    pub(crate) has_field_errors: bool,
    /// The response headers with a fixed value.
    pub(crate) headers: Vec<String>,
    /// The ids of the causes that clients may get.
    pub(crate) causes: Vec<String>,
}

/// A field error or a term that was released.
#[derive(Debug)]
pub(crate) struct ReleasedPhrase {
    pub(crate) kind: PhraseKind,
    pub(crate) name: Text,
    /// The version that removed it.
    pub(crate) removed: Option<Text>,
    pub(crate) parameters: Vec<String>,
}

/// The form that a string of the lock file has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueForm {
    Version,
    TypeUri,
    GrpcCode,
    RetryKind,
    Parameter,
    Header,
    Cause,
}

/// The contents of the lock file.
#[derive(Debug, Default)]
pub(crate) struct LockFile {
    /// The catalogue's name: clients know its errors by it.
    pub(crate) catalog: Option<Text>,
    pub(crate) entries: Vec<Released>,
    pub(crate) phrases: Vec<ReleasedPhrase>,
    /// The strings of the tables, other than names and ids: messages, pages and Markdown have them.
    pub(crate) values: Vec<(ValueForm, Text)>,
}

impl LockFile {
    /// The codes and the addresses of phrases that have no tombstone.
    pub(crate) fn names(&self) -> HashSet<String> {
        let entries = self.entries.iter().filter(|entry| entry.removed.is_none());
        let phrases = self.phrases.iter().filter(|phrase| phrase.removed.is_none());
        let entries = entries.map(|entry| entry.code.value.clone());
        entries.chain(phrases.map(|phrase| phrase.kind.address(&phrase.name.value))).collect()
    }
}

/// Reads the lock file.
pub(crate) fn decode(file: &File<'_>, document: &DeTable<'_>) -> LockFile {
    let reader = Reader::of_names(file, document, file.span(0..0));
    let mut lock = LockFile::default();
    for (code, value) in reader.members() {
        // No code is called like one of these keys.
        if [CATALOG, REFERENCE].contains(&code.as_str()) {
            match value.get_ref() {
                DeValue::String(name) if code.value == CATALOG => lock.catalog = Some(file.text(name, value.span())),
                // The manifest says what it is now.
                DeValue::String(_) => {}
                _ => wrong_type(file, &format!("`{}`", code.value), value, "a string"),
            }
            continue;
        }
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(file, &format!("`{}`", code.value.escape_debug()), value, "a table");
            continue;
        };
        if let Some(kind) = PhraseKind::of_table(code.as_str()) {
            phrases(file, kind, code, table, &mut lock);
            continue;
        }
        let mut reader = Reader::new(
            file,
            table,
            &record_format::RELEASED,
            code.span,
            format!("the released code `{}`", code.value.escape_debug()),
        );
        if !reader.has("id") {
            reader.missing_for("id", BROKEN);
        }
        let (id, removed, type_uri) = (reader.text("id"), reader.text("removed"), reader.text("type"));
        lock.values.extend(removed.clone().map(|removed| (ValueForm::Version, removed)));
        lock.values.extend(type_uri.clone().map(|uri| (ValueForm::TypeUri, uri)));
        lock.entries.push(Released {
            id,
            removed,
            type_uri,
            is_draft: reader.boolean("draft").is_some_and(|draft| draft.value),
            contract: contract(&mut reader, &mut lock.values),
            code,
        });
        reader.finish();
    }
    lock
}

fn contract(reader: &mut Reader<'_, '_>, found: &mut Vec<(ValueForm, Text)>) -> Contract {
    let mut is = |key, expected| reader.boolean(key).is_some_and(|flag| flag.value == expected);
    let (is_not_status_default, has_field_errors) = (is("status_default", false), is("field_errors", true));
    let mut list = |key, form| values(form, reader.texts(key), found);
    let parameters = list("params", ValueForm::Parameter);
    let (headers, causes) = (list("headers", ValueForm::Header), list("causes", ValueForm::Cause));
    let (grpc, retry) = (reader.text("grpc"), reader.text("retry"));
    found.extend(grpc.clone().map(|grpc| (ValueForm::GrpcCode, grpc)));
    found.extend(retry.clone().map(|retry| (ValueForm::RetryKind, retry)));
    Contract {
        status: reader.integer("status").map(|status| status.value),
        is_not_status_default,
        grpc: grpc.map(|grpc| grpc.value),
        retry: retry.map(|retry| retry.value),
        parameters,
        has_field_errors,
        headers,
        causes,
    }
}

fn values(form: ValueForm, texts: Vec<Text>, found: &mut Vec<(ValueForm, Text)>) -> Vec<String> {
    let values = texts.iter().map(|text| text.value.clone()).collect();
    found.extend(texts.into_iter().map(|text| (form, text)));
    values
}

fn phrases(file: &File<'_>, kind: PhraseKind, name: Text, table: &DeTable<'_>, lock: &mut LockFile) {
    for (name, value) in Reader::of_names(file, table, name.span).members() {
        let what = format!("the released {} `{}`", kind.noun(), name.value.escape_debug());
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(file, &what, value, "a table");
            continue;
        };
        let mut reader = Reader::new(file, table, &record_format::RELEASED_PHRASE, name.span, what);
        let removed = reader.text("removed");
        let parameters = values(ValueForm::Parameter, reader.texts("params"), &mut lock.values);
        lock.values.extend(removed.clone().map(|removed| (ValueForm::Version, removed)));
        lock.phrases.push(ReleasedPhrase { kind, name, removed, parameters });
        reader.finish();
    }
}

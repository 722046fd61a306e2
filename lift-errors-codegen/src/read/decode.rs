//! From TOML tables to the draft: one function for each kind of table in the format.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Located, Origin, Span, Text};
use crate::locale::Locale;
use crate::read::base::{BaseCodes, Override};
use crate::read::constant;
use crate::read::draft::{
    Cause, Defaults, Detail, Draft, Entry, Example, Fix, Header, Link, MOST_PARAMETERS, Manifest, Note, Parameter,
    Phrase, Retry,
};
use crate::read::draft_policy::DraftPolicy;
use crate::read::format;
use crate::read::literal::word;
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::table::{File, Reader, UNREADABLE, integer, wrong_type};
use crate::read::template::Template;
use lift_errors_core::layout::Range;
use lift_errors_core::vocabulary::Sensitivity;
use toml::de::{DeTable, DeValue};

/// The table of what entries have that say nothing else.
const DEFAULTS: &str = "defaults";

/// The manifest.
///
/// `owner` finds the manifest that this file belongs to, if it is a file with entries or translations. It is asked only where
/// this is not a manifest: no other file outside of the catalogue's folder is looked at.
pub(crate) fn manifest(file: &File<'_>, document: &DeTable<'_>, owner: impl FnOnce() -> Option<String>) -> Manifest {
    let whole = file.span(0..0);
    let mut reader = Reader::new(file, document, &format::MANIFEST, whole, "the manifest");
    let mut manifest = Manifest::default();
    // The lock file has a string of that name.
    let is_manifest = document.get("catalog").is_some_and(|catalog| catalog.get_ref().is_table());
    if let Some(owner) = Some(()).filter(|()| !is_manifest).and_then(|()| owner()) {
        // Nothing in it is meant for a manifest.
        let message = format!("this file is not a manifest; it belongs to `{}`", owner.escape_debug());
        file.fault(Diagnostic::at(whole, message).help(format!("name that file: `{}`", owner.escape_debug())).root());
        return manifest;
    }
    let table = reader.table("catalog", "`[catalog]`".to_owned());
    if let Some(table) = reader.table("constants", "`[constants]`".to_owned()) {
        manifest.constants =
            table.members().into_iter().map(|(name, value)| constant::decode(file, name, value)).collect();
    }
    if let Some(table) = reader.table("labels", "`[labels]`".to_owned()) {
        manifest.labels = table.labels();
    }
    manifest.links = list(&mut reader, "link", "a `[[link]]` of the manifest", link);
    if let Some(table) = reader.table(DEFAULTS, "`[defaults]`".to_owned()) {
        manifest.defaults = defaults(table);
    }
    for code in reader.entries() {
        let message = format!("`{}` is an entry, and the manifest has none", code.value.escape_debug());
        file.fault(
            Diagnostic::at(code.span, message)
                .help("move it to another file, which `files` lists: `files = [\"errors.toml\"]`"),
        );
    }
    let unreadable = reader.finish();
    match table {
        Some(table) => catalog(table, &mut manifest),
        None if !unreadable.contains(&"catalog") => {
            file.fault(Diagnostic::at(whole, "missing table `[catalog]` in the manifest").help(
                "begin with `[catalog]`, `name`, `id_form`, `reference`, `default_locale`, `locales` and `files`",
            ));
        }
        None => {}
    }
    manifest
}

fn catalog(mut table: Reader<'_, '_>, manifest: &mut Manifest) {
    manifest.span = Some(table.span);
    manifest.name = table.required_text("name");
    manifest.id_forms = table.required_text_or_list("id_form");
    manifest.extends = table.text("extends");
    manifest.code_prefix = table.text("code_prefix");
    manifest.reference = table.required_text("reference");
    manifest.default_locale = table.required_text("default_locale");
    manifest.locales = table.texts("locales");
    if manifest.locales.is_empty() {
        let default =
            manifest.default_locale.as_ref().map(|tag| &tag.value).filter(|tag| Locale::from_tag(tag).is_some());
        let tag = default.map_or("en", String::as_str);
        table.missing_for("locales", format!("add `locales = [\"{tag}\"]`"));
    }
    manifest.files = table.texts("files");
    manifest.complete = table.boolean("complete").is_some_and(|flag| flag.value);
    manifest.fresh = table.boolean("fresh").is_some_and(|flag| flag.value);
    manifest.glossary = table.texts("glossary");
    manifest.bidi_controls = table.texts("bidi_controls");
    manifest.derives = table.texts("derive");
    manifest.tags = table.texts("tags");
    manifest.classes = table.texts("classes");
    if let Some(policy) = table.text("drafts") {
        match word(&policy, "policy about drafts", &DraftPolicy::ALL, DraftPolicy::as_str) {
            Ok(policy) => manifest.drafts = policy,
            Err(fault) => table.file.fault(fault),
        }
    }
    table.finish();
}

/// `[defaults]`.
fn defaults(mut table: Reader<'_, '_>) -> Defaults {
    let defaults = Defaults {
        status: table.integer("status"),
        transport: table.text("transport"),
        class: table.text("class"),
        since: table.text("since"),
        severity: table.text("severity"),
        retry: retry(&mut table, "`[defaults]`"),
    };
    if let (Some(_), Some(transport)) = (&defaults.status, &defaults.transport) {
        let fault = Diagnostic::at(transport.span, "`[defaults]` has both `status` and `transport`");
        table.file.fault(fault.help("remove one of the two: entries of the other kind write it themselves"));
    }
    table.finish();
    defaults
}

/// Reads each table of a list. Where something in one could not be read, neither could the whole list.
fn list<T>(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    what: &str,
    read: fn(&mut Reader<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut items = Vec::new();
    for mut item in reader.tables(key, what) {
        items.extend(read(&mut item));
        if !item.finish().is_empty() {
            reader.unreadable.push(key);
        }
    }
    items
}

/// A list that texts are compared with. That there are too many is reported at the first one beyond; the others are left out.
fn bounded<T>(reader: &mut Reader<'_, '_>, key: &'static str, most: usize, mut items: Vec<T>) -> Vec<T> {
    if items.len() > most + 1 {
        items.truncate(most + 1);
        reader.unreadable.push(key);
    }
    items
}

/// Reads the entries and phrases of one file into `draft`. `name` is the file's name in the manifest, `shared` are the
/// manifest's defaults. Entries with a code of the base catalogue go to `overrides`.
pub(crate) fn entries(
    file: &File<'_>,
    name: &str,
    document: &DeTable<'_>,
    shared: &Defaults,
    base: &BaseCodes<'_>,
    draft: &mut Draft,
    overrides: &mut Vec<Override>,
) {
    let mut reader = Reader::new(file, document, &format::ERRORS, file.span(0..0), "the file");
    let own = reader.table(DEFAULTS, "`[defaults]`".to_owned()).map(defaults).unwrap_or_default();
    let defaults = own.or(shared);
    for (code, value) in reader.members().into_iter().filter(|(code, _)| code.value != DEFAULTS) {
        match (value.get_ref(), PhraseKind::of_table(code.as_str())) {
            (value, None) if is_of_manifest(&code.value, value) => {
                let message = format!("`{}` is a table of the manifest, and this file has entries", code.value);
                file.fault(Diagnostic::at(code.span, message).help("move it to the manifest"));
            }
            (DeValue::Table(table), Some(kind)) => phrases(file, name, kind, code.span, table, &mut draft.phrases),
            (DeValue::Table(table), None) if base.contains(&code.value) => {
                let mut without = Vec::new();
                let entry = entry(file, name, code, table, &Defaults::default(), Some(&mut without));
                overrides.push(Override { entry, without });
            }
            (DeValue::Table(table), None) => match base.misspelt(&code, table) {
                Some(fault) => file.fault(fault),
                None => draft.entries.push(entry(file, name, code, table, &defaults, None)),
            },
            _ => wrong_type(
                file,
                &format!("`{}`", code.value.escape_debug()),
                value,
                "a table: every top-level key of the file is the code of an entry",
            ),
        }
    }
}

/// Whether a table in a file of entries is meant for the manifest. Nothing in it is like a key of an entry.
fn is_of_manifest(name: &str, value: &DeValue<'_>) -> bool {
    let is_entry = |table: &DeTable<'_>| table.keys().any(|key| format::ENTRY.key(key.get_ref()).is_some());
    match value {
        DeValue::Table(table) => name == "catalog" || matches!(name, "labels" | "constants") && !is_entry(table),
        DeValue::Array(_) => name == "link",
        _ => false,
    }
}

fn phrases(file: &File<'_>, name: &str, kind: PhraseKind, span: Span, table: &DeTable<'_>, phrases: &mut Vec<Phrase>) {
    let reader = Reader::of_names(file, table, span);
    for (phrase_name, value) in reader.members() {
        let what = format!("the {} `{}`", kind.noun(), phrase_name.value.escape_debug());
        match value.get_ref() {
            DeValue::Table(table) => phrases.push(phrase(file, name, kind, phrase_name, table, what)),
            _ => wrong_type(file, &what, value, "a table with `since` and `text`"),
        }
    }
}

fn phrase(file: &File<'_>, name: &str, kind: PhraseKind, code: Text, table: &DeTable<'_>, what: String) -> Phrase {
    let format = if kind == PhraseKind::FieldError { &format::FIELD_ERROR } else { &format::TERM };
    let path = format!("{}.{}", kind.table(), code.value);
    let mut reader = Reader::new(file, table, format, code.span, what.clone()).at(path);
    let (since, text) = (reader.required_text("since"), text(&mut reader));
    let parameters = if kind == PhraseKind::FieldError { parameters(&mut reader, &what, false) } else { Vec::new() };
    Phrase { kind, name: code, file: name.to_owned(), since, parameters, text, unreadable: reader.finish() }
}

/// Reads an entry. One that replaces parts of another lacks what it does not change, and may leave parts out: their
/// names go to `without`.
fn entry(
    file: &File<'_>,
    name: &str,
    code: Text,
    table: &DeTable<'_>,
    defaults: &Defaults,
    without: Option<&mut Vec<Text>>,
) -> Entry {
    let what = format!("entry `{}`", code.value.escape_debug());
    let is_whole = without.is_none();
    let format = if is_whole { &format::ENTRY } else { &format::OVERRIDE };
    let mut reader = Reader::new(file, table, format, code.span, what.clone()).at(code.value.as_str());
    if let Some(without) = without {
        *without = reader.texts("without");
    }
    // One that could not be read was meant to be a draft: what it lacks is not missing as well.
    let is_meant = reader.any("draft").map(|_| Located { value: true, span: code.span });
    let draft = reader.boolean("draft").or(is_meant);
    let is_draft = draft.as_ref().is_some_and(|draft| draft.value);
    let mut entry = Entry {
        file: name.to_owned(),
        id: if is_whole { reader.required_text("id") } else { reader.text("id") },
        type_uri: reader.text("type"),
        class: reader.text("class"),
        tags: reader.texts("tags"),
        draft,
        status: reader.integer("status"),
        status_default: reader.boolean("status_default"),
        raised_by: reader.text("raised_by"),
        transport: reader.text("transport"),
        since: if is_whole && defaults.since.is_none() { reader.required_text("since") } else { reader.text("since") },
        severity: reader.text("severity"),
        title: if is_whole && !is_draft { reader.required_plural_text("title") } else { reader.plural_text("title") },
        details: details(&mut reader, &what),
        meaning: reader.plural_text("meaning"),
        description: reader.description("description"),
        retry: retry(&mut reader, &what),
        grpc: reader.text("grpc"),
        field_errors: reader.boolean("field_errors"),
        same_as: reader.text("same_as"),
        replaced_by: reader.text("replaced_by"),
        support: reader.plural_text("support"),
        runbook: reader.plural_text("runbook"),
        headers: headers(&mut reader, &what),
        parameters: parameters(&mut reader, &what, is_draft),
        causes: list(&mut reader, "cause", &format!("a cause of {what}"), cause),
        fixes: list(&mut reader, "fix", &format!("a fix of {what}"), fix),
        notes: list(&mut reader, "note", &format!("a note of {what}"), note),
        links: links(&mut reader, &what),
        unreadable: Vec::new(),
        code,
    };
    entry.unreadable.append(&mut reader.finish());
    defaults.complete(&mut entry);
    if entry.unreadable.contains(&"same_as") {
        // It is meant to be an alias, which has none of these.
        entry.unreadable.extend(["status", "severity", "meaning", "detail", "retry", "params", "cause", "fix", "link"]);
    }
    entry
}

fn details(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Detail> {
    let file = reader.file;
    let Some(value) = reader.any("detail") else { return Vec::new() };
    match value.get_ref() {
        DeValue::String(_) | DeValue::Table(_) => {
            let (span, text) =
                (file.span(value.span()), PluralText::decode(file, value, format_args!("`detail` of {what}")));
            if text.is_none() {
                reader.unreadable.push("detail");
            }
            text.into_iter().map(|text| Detail { id: None, when: Vec::new(), cause: None, text, span }).collect()
        }
        DeValue::Array(_) => list(reader, "detail", &format!("a detail of {what}"), detail),
        _ => {
            let expected = "a text, a table of plural forms, or a list of `[[….detail]]` with `id`, `when` and `text`";
            reader.wrong_type("detail", value, expected);
            Vec::new()
        }
    }
}

fn detail(reader: &mut Reader<'_, '_>) -> Option<Detail> {
    let (span, id, when) = (reader.span, reader.required_text("id"), reader.texts("when"));
    let cause = reader.text("cause");
    Some(Detail { id, when, cause, text: text(reader), span })
}

/// The text of a detail, cause, fix or note.
fn text(reader: &mut Reader<'_, '_>) -> PluralText {
    let span = reader.span;
    reader.required_plural_text("text").unwrap_or_else(|| PluralText::plain(Template::of_words(unreadable_text(span))))
}

fn unreadable_text(span: Span) -> Text {
    Text { value: UNREADABLE.to_owned(), span, origin: Origin::Elsewhere, is_escaped: false }
}

fn retry(reader: &mut Reader<'_, '_>, what: &str) -> Option<Retry> {
    let mut table = reader.table("retry", format!("`retry` of {what}"))?;
    let mut retry = Retry {
        span: table.span,
        kind: table.required_text("kind"),
        wait: table.text("wait"),
        delay: table.text("delay"),
    };
    if !table.finish().is_empty() {
        // Without a kind, other keys can't be checked.
        retry.kind = None;
        reader.unreadable.push("retry");
    }
    Some(retry)
}

fn headers(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Header> {
    let Some(table) = reader.table("headers", format!("`headers` of {what}")) else { return Vec::new() };
    let mut headers = Vec::new();
    for (name, value) in table.members() {
        if let DeValue::String(text) = value.get_ref() {
            let value = table.file.text(text, value.span());
            headers.push(Header { name, value });
        } else {
            let what = format!("the header `{}` of {what}", name.value.escape_debug());
            wrong_type(table.file, &what, value, "a string");
            reader.unreadable.push("headers");
        }
    }
    headers
}

fn links(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Link> {
    let links = list(reader, "link", &format!("a link of {what}"), link);
    bounded(reader, "link", Range::MOST, links)
}

fn parameters(reader: &mut Reader<'_, '_>, what: &str, is_of_draft: bool) -> Vec<Parameter> {
    let Some(table) = reader.table("params", format!("`params` of {what}")) else { return Vec::new() };
    let file = table.file;
    let mut parameters = Vec::new();
    for (name, value) in table.members() {
        let what = format!("parameter `{}` of {what}", name.value.escape_debug());
        if let DeValue::Table(table) = value.get_ref() {
            let (parameter, unreadable) =
                parameter(Reader::new(file, table, &format::PARAMETER, name.span, what), name, is_of_draft);
            parameters.push(parameter);
            reader.unreadable.extend(unreadable.first().map(|_| "params"));
        } else {
            let line = format!(
                "{} = {{ type = \"text\", sensitivity = \"public\", doc = \"…\", example = \"…\" }}",
                name.value.escape_debug()
            );
            wrong_type(file, &what, value, &format!("a table: write `{line}`"));
            reader.unreadable.push("params");
        }
    }
    bounded(reader, "params", MOST_PARAMETERS, parameters)
}

fn parameter(mut reader: Reader<'_, '_>, name: Text, is_of_draft: bool) -> (Parameter, Vec<&'static str>) {
    let mut parameter = Parameter {
        kind: reader.required_text("type"),
        doc: if is_of_draft { reader.text("doc") } else { reader.required_text("doc") },
        example: example(&mut reader, is_of_draft),
        stated_sensitivity: reader.text("sensitivity"),
        is_of_draft,
        is_lackable_in_base: false,
        optional: reader.boolean("optional").is_some_and(|optional| optional.value),
        header: reader.text("header"),
        name,
    };
    let unreadable = reader.finish();
    if unreadable.contains(&"sensitivity") {
        let stated = Text { value: Sensitivity::Public.as_str().to_owned(), ..parameter.name.clone() };
        parameter.stated_sensitivity = Some(stated);
    }
    (parameter, unreadable)
}

fn example(reader: &mut Reader<'_, '_>, is_of_draft: bool) -> Option<Located<Example>> {
    let file = reader.file;
    let Some(value) = reader.any("example") else {
        if !is_of_draft {
            reader.missing("example");
        }
        return None;
    };
    let example = match value.get_ref() {
        DeValue::String(text) => Some(Example::Text(text.clone().into_owned())),
        other => integer(other).map(Example::Integer),
    };
    if example.is_none() {
        wrong_type(file, "the example", value, "a string or an integer of at most 64 bits, as the parameter's type is");
        reader.unreadable.push("example");
    }
    Some(Located { value: example?, span: file.span(value.span()) })
}

fn cause(reader: &mut Reader<'_, '_>) -> Option<Cause> {
    let (id, audience) = (reader.required_text("id"), reader.text("audience"));
    let (text, fixes) = (text(reader), reader.texts("fixes"));
    Some(Cause { id: id?, audience, text, fixes })
}

fn fix(reader: &mut Reader<'_, '_>) -> Option<Fix> {
    let (id, audience, text) = (reader.required_text("id"), reader.text("audience"), text(reader));
    Some(Fix { id: id?, audience, text })
}

fn note(reader: &mut Reader<'_, '_>) -> Option<Note> {
    let (id, kind) = (reader.required_text("id"), reader.required_text("kind"));
    let (audience, text) = (reader.text("audience"), text(reader));
    Some(Note { id: id?, kind, audience, text })
}

fn link(reader: &mut Reader<'_, '_>) -> Option<Link> {
    let (id, span) = (reader.required_text("id"), reader.span);
    let (relation, address) = (reader.required_text("rel"), reader.required_text("href"));
    let or = |text: Option<Text>, other: &str| {
        text.unwrap_or_else(|| Text { value: other.to_owned(), ..unreadable_text(span) })
    };
    Some(Link { id: id?, relation: or(relation, "help"), address: or(address, "https://example.com") })
}

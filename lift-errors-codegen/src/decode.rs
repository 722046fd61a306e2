//! From TOML tables to the draft: one function for each kind of table in the format.

use crate::diagnostic::{Diagnostic, suggest};
use crate::draft::{
    Cause, Constant, Detail, Entry, Example, Fix, Header, Link, Located, Manifest, Note, Parameter, Retry, Text,
};
use crate::reader::{File, Reader, integer, wrong_type};
use crate::template::Template;
use lift_errors_core::display;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The manifest.
pub(crate) fn manifest(file: &File<'_>, document: &DeTable<'_>) -> Manifest {
    let whole = file.span(0..0);
    let mut reader = Reader::new(file, document, whole, "the manifest");
    let mut manifest = Manifest::default();
    match reader.table("catalog", "`[catalog]`".to_owned()) {
        Some(table) => catalog(table, &mut manifest),
        None if reader.unreadable.is_empty() => {
            file.fault(Diagnostic::at(whole, "the manifest has no table `[catalog]`").help(
                "begin with `[catalog]`, `name`, `id_form`, `reference`, `default_locale`, `locales` and `files`",
            ))
        }
        None => {}
    }
    if let Some(table) = reader.table("constants", "`[constants]`".to_owned()) {
        manifest.constants =
            table.members().into_iter().filter_map(|(name, value)| constant(file, name, value)).collect();
    }
    manifest.links = reader.tables("link", "a `[[link]]` of the manifest").into_iter().filter_map(link).collect();
    reader.finish();
    manifest
}

fn catalog(mut table: Reader<'_, '_>, manifest: &mut Manifest) {
    manifest.span = Some(table.span);
    manifest.name = table.required_text("name");
    manifest.id_form = table.required_text("id_form");
    manifest.code_prefix = table.text("code_prefix");
    manifest.reference = table.required_text("reference");
    manifest.default_locale = table.required_text("default_locale");
    manifest.locales = table.texts("locales");
    manifest.files = table.texts("files");
    manifest.bidi_controls = table.texts("bidi_controls");
    manifest.derives = table.texts("derive");
    table.finish();
}

fn constant(file: &File<'_>, name: Text, value: &Spanned<DeValue<'_>>) -> Option<Constant> {
    let shown = match value.get_ref() {
        DeValue::String(text) => text.clone().into_owned(),
        DeValue::Integer(_) => shown_integer(integer(value.get_ref())?),
        DeValue::Table(table) => {
            let mut reader =
                Reader::new(file, table, file.span(value.span()), format!("the constant `{}`", name.value));
            let kind = reader.required_text("type");
            let text = reader.required_text("value");
            reader.finish();
            let (kind, text) = (kind?, text?);
            if kind.value != "duration" {
                file.fault(
                    Diagnostic::at(kind.span, format!("a constant can't have the type `{}`", kind.value))
                        .help("write an integer or a string as it is, or `{ type = \"duration\", value = \"30m\" }`"),
                );
                return None;
            }
            let Some(duration) = duration(&text.value) else {
                file.fault(not_a_duration(&text));
                return None;
            };
            let mut shown = String::new();
            display::duration(duration, &mut |piece| shown.push_str(piece));
            shown
        }
        _ => {
            wrong_type(file, &format!("the constant `{}`", name.value), value, "an integer, a string or a duration");
            return None;
        }
    };
    Some(Constant { name, shown })
}

fn shown_integer(number: i128) -> String {
    let mut shown = String::new();
    match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => display::grouped(number, &mut |piece| shown.push_str(piece)),
        (_, Ok(number)) => display::signed_grouped(number, &mut |piece| shown.push_str(piece)),
        _ => shown = number.to_string(),
    }
    shown
}

/// The entries of one file. `name` is the file's name in the manifest.
pub(crate) fn entries(file: &File<'_>, name: &str, document: &DeTable<'_>) -> Vec<Entry> {
    let reader = Reader::new(file, document, file.span(0..0), "the file");
    let members = reader.members();
    members
        .into_iter()
        .filter_map(|(code, value)| match value.get_ref() {
            DeValue::Table(table) => Some(entry(file, name, code, table)),
            _ => {
                wrong_type(
                    file,
                    &format!("`{}`", code.value.escape_debug()),
                    value,
                    "a table: every top-level key of the file is the code of an entry",
                );
                None
            }
        })
        .collect()
}

fn entry(file: &File<'_>, name: &str, code: Text, table: &DeTable<'_>) -> Entry {
    let what = format!("entry `{}`", code.value.escape_debug());
    let mut reader = Reader::new(file, table, code.span, what.clone());
    let mut entry = Entry {
        file: name.to_owned(),
        id: reader.required_text("id"),
        status: reader.integer("status"),
        status_default: reader.boolean("status_default"),
        raised_by: reader.text("raised_by"),
        since: reader.required_text("since"),
        severity: reader.text("severity"),
        title: reader.required_template("title"),
        details: details(&mut reader, &what),
        meaning: reader.template("meaning"),
        retry: reader.table("retry", format!("`retry` of {what}")).map(retry),
        grpc: reader.text("grpc"),
        field_errors: reader.boolean("field_errors"),
        same_as: reader.text("same_as"),
        replaced_by: reader.text("replaced_by"),
        support: reader.template("support"),
        runbook: reader.template("runbook"),
        headers: headers(&mut reader, &what),
        parameters: parameters(&mut reader, &what),
        causes: reader.tables("cause", &format!("a cause of {what}")).into_iter().filter_map(cause).collect(),
        fixes: reader.tables("fix", &format!("a fix of {what}")).into_iter().filter_map(fix).collect(),
        notes: reader.tables("note", &format!("a note of {what}")).into_iter().filter_map(note).collect(),
        links: reader.tables("link", &format!("a link of {what}")).into_iter().filter_map(link).collect(),
        unreadable: Vec::new(),
        code,
    };
    for key in ["cause", "fix", "note", "link"] {
        let empty = |value: &Spanned<DeValue<'_>>| value.get_ref().as_array().is_some_and(|items| items.is_empty());
        if table.get(key).is_some_and(|value| !empty(value)) {
            // Whatever is wrong with one of them has been said; it is not missing.
            entry.unreadable.push(key);
        }
    }
    entry.unreadable.append(&mut reader.finish());
    entry
}

fn details(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Detail> {
    let file = reader.file;
    let Some(value) = reader.any("detail") else { return Vec::new() };
    match value.get_ref() {
        DeValue::String(text) => {
            let span = file.span(value.span());
            let text = Template::parse(file.text(text, value.span()), &mut file.report.borrow_mut());
            vec![Detail { id: None, when: Vec::new(), text, span }]
        }
        DeValue::Array(_) => {
            reader.tables("detail", &format!("a detail of {what}")).into_iter().filter_map(detail).collect()
        }
        _ => {
            reader.unreadable.push("detail");
            wrong_type(
                file,
                &format!("`detail` of {what}"),
                value,
                "a text, or a list of `[[….detail]]` with `id`, `when` and `text`",
            );
            Vec::new()
        }
    }
}

fn detail(mut reader: Reader<'_, '_>) -> Option<Detail> {
    let (span, id, when) = (reader.span, reader.required_text("id"), reader.texts("when"));
    let text = reader.required_template("text");
    reader.finish();
    Some(Detail { id: Some(id?), when, text: text?, span })
}

fn retry(mut reader: Reader<'_, '_>) -> Retry {
    let retry = Retry {
        span: reader.span,
        kind: reader.required_text("kind"),
        wait: reader.text("wait"),
        delay: reader.text("delay"),
    };
    reader.finish();
    retry
}

fn headers(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Header> {
    let Some(table) = reader.table("headers", format!("`headers` of {what}")) else { return Vec::new() };
    let mut headers = Vec::new();
    for (name, value) in table.members() {
        match value.get_ref() {
            DeValue::String(text) => {
                let value = table.file.text(text, value.span());
                headers.push(Header { name, value });
            }
            _ => wrong_type(
                table.file,
                &format!("the header `{}` of {what}", name.value.escape_debug()),
                value,
                "a string",
            ),
        }
    }
    headers
}

fn parameters(reader: &mut Reader<'_, '_>, what: &str) -> Vec<Parameter> {
    let Some(table) = reader.table("params", format!("`params` of {what}")) else { return Vec::new() };
    let file = table.file;
    let mut parameters = Vec::new();
    for (name, value) in table.members() {
        let what = format!("parameter `{}` of {what}", name.value.escape_debug());
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut reader = Reader::new(file, table, name.span, what);
                parameters.push(Parameter {
                    kind: reader.required_text("type"),
                    doc: reader.required_text("doc"),
                    example: example(&mut reader),
                    sensitivity: reader.text("sensitivity"),
                    optional: reader.boolean("optional").is_some_and(|optional| optional.value),
                    header: reader.text("header"),
                    name,
                });
                reader.finish();
            }
            _ => wrong_type(file, &what, value, "a table with `type`, `doc` and `example`"),
        }
    }
    parameters
}

fn example(reader: &mut Reader<'_, '_>) -> Option<Located<Example>> {
    let file = reader.file;
    let Some(value) = reader.any("example") else {
        reader.missing("example");
        return None;
    };
    let example = match value.get_ref() {
        DeValue::String(text) => Some(Example::Text(text.clone().into_owned())),
        other => integer(other).map(Example::Integer),
    };
    if example.is_none() {
        wrong_type(file, "the example", value, "a string or an integer, as the parameter's type is");
    }
    Some(Located { value: example?, span: file.span(value.span()) })
}

fn cause(mut reader: Reader<'_, '_>) -> Option<Cause> {
    let (id, audience) = (reader.required_text("id"), reader.text("audience"));
    let (text, fixes) = (reader.required_template("text"), reader.texts("fixes"));
    reader.finish();
    Some(Cause { id: id?, audience, text: text?, fixes })
}

fn fix(mut reader: Reader<'_, '_>) -> Option<Fix> {
    let (id, audience, text) = (reader.required_text("id"), reader.text("audience"), reader.required_template("text"));
    reader.finish();
    Some(Fix { id: id?, audience, text: text? })
}

fn note(mut reader: Reader<'_, '_>) -> Option<Note> {
    let (id, kind) = (reader.required_text("id"), reader.required_text("kind"));
    let (audience, text) = (reader.text("audience"), reader.required_template("text"));
    reader.finish();
    Some(Note { id: id?, kind, audience, text: text? })
}

fn link(mut reader: Reader<'_, '_>) -> Option<Link> {
    let id = reader.required_text("id");
    let (relation, address) = (reader.required_text("rel"), reader.required_text("href"));
    reader.finish();
    Some(Link { id: id?, relation: relation?, address: address? })
}

/// Reads a duration such as `12s`, `2m` or `1h 5m`.
pub(crate) fn duration(text: &str) -> Option<std::time::Duration> {
    let mut seconds = 0_u64;
    for part in text.split_ascii_whitespace() {
        let (number, unit) = part.split_at_checked(part.len() - 1)?;
        let length: u64 = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(length)?)?;
    }
    (!text.trim().is_empty()).then(|| std::time::Duration::from_secs(seconds))
}

/// The message for a text that [`duration`] can't read.
pub(crate) fn not_a_duration(text: &Text) -> Diagnostic {
    Diagnostic::at(text.span, format!("`{}` is no duration", text.value.escape_debug()))
        .help("write whole numbers with `s`, `m`, `h` or `d`, such as `60s` or `1h 5m`")
}

/// Reads a word of one of the vocabularies.
pub(crate) fn word<T: Copy>(
    text: &Text,
    what: &str,
    read: fn(&str) -> Option<T>,
    known: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<T, Diagnostic> {
    read(&text.value).ok_or_else(|| {
        Diagnostic::at(text.span, format!("`{}` is no {what}", text.value.escape_debug())).help(suggest(
            &text.value,
            known.iter().map(|&word| spelling(word)),
            "it must be one of these",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_sums_of_units() {
        let seconds = |text| duration(text).map(|duration| duration.as_secs());
        assert_eq!(seconds("12s"), Some(12));
        assert_eq!(seconds("1h 5m"), Some(3_900));
        assert_eq!(seconds("1d"), Some(86_400));
        for wrong in ["", " ", "s", "5", "-1s", "+1s", "1.5s", "1é", "99999999999999999999s", "18446744073709551615m"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}

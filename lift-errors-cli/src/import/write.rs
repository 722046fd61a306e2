//! Writes imported errors into a catalogue, as drafts.

use super::imported::{Import, Imported};
use super::placeholder::Message;
use crate::edit::files::{CatalogFiles, Role};
use crate::edit::new_entry::{DELAY, DELAY_KEYS};
use crate::error::Error;
use crate::naming::code;
use lift_errors_codegen::{LONGEST_CODE, code_skeleton, required_header};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use toml_edit::Value;

/// The result of an import.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The codes of the drafts.
    pub(crate) codes: HashSet<String>,
    /// The differences from the source.
    pub(crate) changed: Vec<String>,
    /// The files of whole languages.
    pub(crate) languages_left_out: Vec<String>,
    pub(crate) left_out: Vec<String>,
    /// The number of drafts with the default status, since their source says none.
    pub(crate) without_status: usize,
    /// The number of text parameters, which say nothing of their readers.
    pub(crate) hidden_texts: usize,
    /// The addresses of the number parameters: clients read an amount.
    pub(crate) numbers: Vec<String>,
    /// The locales with translations of it.
    pub(crate) locales: Vec<String>,
}

/// The errors and translations that the catalogue can't have, each with the reason.
#[derive(Debug, Default)]
pub(crate) struct ImportFaults {
    /// The errors, by their codes.
    pub(crate) entries: BTreeMap<String, String>,
    /// The translations, by the locale and the address of each.
    pub(crate) translations: BTreeMap<(String, String), String>,
}

impl ImportFaults {
    pub(crate) fn len(&self) -> usize {
        self.entries.len() + self.translations.len()
    }
}

/// Where the errors go.
#[derive(Debug)]
pub(crate) struct ImportTarget<'a> {
    /// The new file.
    pub(crate) file: &'a str,
    /// The version that has the errors first.
    pub(crate) since: &'a str,
    /// The names of the catalogue's constants.
    pub(crate) constants: &'a [String],
}

/// Adds the errors to the catalogue, in a new file, without those that have `faults`.
///
/// # Errors
///
/// If the file exists or would be outside of the catalogue's folder, or the catalogue's ids have no room.
pub(crate) fn write(
    files: &mut CatalogFiles,
    import: Import,
    target: &ImportTarget<'_>,
    faults: &ImportFaults,
) -> Result<Written, Error> {
    let file = target.file;
    if !CatalogFiles::is_inside(file) {
        return Err(Error::NotInside { name: file.to_owned() });
    }
    if files.path(file).exists() {
        return Err(Error::ImportExists { path: files.path(file) });
    }
    let mut ids = files.free_ids()?;
    let prefix = files.string_of_manifest("code_prefix").unwrap_or_default();
    let Import { errors, languages_left_out, left_out, .. } = import;
    let mut written = Written { languages_left_out, left_out, ..Written::default() };
    // In Rust, codes that differ in nothing but `_` are one.
    let mut taken: HashMap<String, String> =
        files.codes().into_iter().map(|code| (code_skeleton(&code), code)).collect();
    // The manifest may say that there is no HTTP.
    let has_transport = files.defaults(None).iter().any(|(key, _)| key == "transport");
    let status = if has_transport { "" } else { "status = 500\n" };
    let mut text = format!(
        "# Imported as drafts. Complete them one by one, then remove `draft = true`: `lift-errors check` counts those that are left.\n\n\
         [defaults]\n{status}since = {}\nseverity = \"error\"\nretry = {{ kind = \"never\" }}\n",
        quoted(target.since)
    );
    let constants: HashSet<&str> = target.constants.iter().map(String::as_str).collect();
    let mut translated: BTreeMap<String, String> = BTreeMap::new();
    for mut error in errors {
        let whole = code(&error.name, &prefix);
        let code = shortened(&whole);
        if code != whole {
            error.remarks.push(format!("the code is cut to {LONGEST_CODE} characters"));
        }
        if !lift_errors_codegen::is_code(code) {
            written.left_out.push(format!("`{}`: `{code}` can't be a code", error.shown_name()));
            continue;
        }
        match taken.entry(code_skeleton(code)) {
            Entry::Vacant(place) => drop(place.insert(code.to_owned())),
            Entry::Occupied(known) => {
                let reason = match known.get() == code {
                    true if written.codes.contains(code) => format!("the source has the code `{code}` before"),
                    true => format!("the catalogue has a code `{code}` already"),
                    false => format!("the code `{code}` is too near to `{}`", known.get()),
                };
                written.left_out.push(format!("`{}`: {reason}", error.shown_name()));
                continue;
            }
        }
        if let Some(fault) = faults.entries.get(code) {
            written.left_out.push(format!("`{}`: {fault}", error.shown_name()));
            continue;
        }
        let id = ids.take()?;
        written.without_status += usize::from(error.status.is_none() && !has_transport);
        entry(&error, code, &id, &constants, &mut text, &mut written);
        for (tag, message) in &error.translations {
            if let Some(fault) = faults.translations.get(&(tag.clone(), format!("{code}.detail"))) {
                written.left_out.push(format!("`{}` in `{tag}`: {fault}", error.shown_name()));
                continue;
            }
            if message.lacks_words {
                let reason = message.remarks.join("; ");
                written.left_out.push(format!("`{}` in `{tag}`: {reason}", error.shown_name()));
                continue;
            }
            if let Some(reason) = unfit(error.message.as_ref(), message) {
                written.left_out.push(format!("`{}` in `{tag}`: {reason}", error.shown_name()));
                continue;
            }
            let changed = message.remarks.iter().map(|remark| format!("`{}` in `{tag}`: {remark}", error.shown_name()));
            written.changed.extend(changed);
            let lines = translated.entry(tag.clone()).or_default();
            // Writing to a `String` can't fail.
            let _ = write!(
                lines,
                "{}[{code}]\ndetail = {}\n",
                if lines.is_empty() { "" } else { "\n" },
                quoted(&message.text)
            );
        }
        written.codes.insert(code.to_owned());
    }
    files.add_new(file, Role::Errors, &text)?;
    files.add_to_list("files", file);
    for (tag, text) in translated {
        files.add_locale(&tag)?;
        files.add_new(&format!("locales/{tag}/{file}"), Role::TranslatedErrors, &text)?;
        written.locales.push(tag);
    }
    Ok(written)
}

/// Why a translation can't be that of its message.
fn unfit(of_default: Option<&Message>, message: &Message) -> Option<&'static str> {
    let names =
        |message: &'_ Message| message.parameters.iter().map(|(name, _)| name.clone()).collect::<HashSet<String>>();
    match of_default.filter(|of_default| of_default.has_words()) {
        None => Some("its message has no words of its own"),
        Some(_) if !message.has_words() => Some("it has no words of its own"),
        // Most messages in other languages are not read for their number alone.
        Some(of_default) if names(of_default) != names(message) => Some("it does not name the same values"),
        Some(_) => None,
    }
}

/// The code, cut to the longest that is allowed. A text that is not ASCII is not a code, and is refused later.
fn shortened(code: &str) -> &str {
    code.get(..LONGEST_CODE).map_or(code, |short| short.trim_end_matches('_'))
}

/// Whether a response with the status tells its client when to try again.
fn has_delay(status: u16) -> bool {
    required_header(status).is_some_and(|(header, _)| header == "Retry-After")
}

fn entry(error: &Imported, code: &str, id: &str, constants: &HashSet<&str>, text: &mut String, written: &mut Written) {
    let mut remarks = error.remarks.clone();
    let message = error.message.as_ref();
    remarks.extend(message.into_iter().flat_map(|message| message.remarks.clone()));
    let detail = message.filter(|message| message.has_words());
    if let (Some(message), None) = (message, detail) {
        remarks.push(format!("the message {} has no words of its own", message.text));
    }
    let all = detail.map(|detail| detail.parameters.as_slice()).unwrap_or_default();
    let (constant, mut parameters): (Vec<_>, Vec<_>) =
        all.iter().partition(|(name, _)| constants.contains(name.as_str()));
    remarks.extend(constant.iter().map(|(name, _)| format!("`{{{name}}}` is the constant of the catalogue")));
    let has_delay = error.status.is_some_and(has_delay);
    if has_delay && parameters.iter().any(|(name, _)| name == DELAY) {
        parameters.retain(|(name, _)| name != DELAY);
        remarks.push(format!("`{{{DELAY}}}` is the time to wait, a duration"));
    }
    // Writing to a `String` can't fail.
    let _ = write!(text, "\n# {}\n", one_line(&error.name));
    for remark in &remarks {
        let _ = writeln!(text, "# {}", one_line(remark));
        written.changed.push(format!("`{}`: {remark}", error.shown_name()));
    }
    let _ = write!(text, "[{code}]\nid = {}\ndraft = true\n", quoted(id));
    if let Some(status) = error.status {
        let _ = writeln!(text, "status = {status}");
    }
    if let Some(title) = &error.title {
        let _ = writeln!(text, "title = {}", quoted(title));
    }
    if let Some(detail) = detail {
        let _ = writeln!(text, "detail = {}", quoted(&detail.text));
    }
    if let Some(meaning) = &error.meaning {
        let _ = writeln!(text, "meaning = {}", quoted(meaning));
    }
    if has_delay {
        let _ = writeln!(text, "retry = {{ kind = \"after\", delay = \"{DELAY}\" }}");
    }
    if has_delay || !parameters.is_empty() {
        let _ = write!(text, "\n[{code}.params]\n");
        if has_delay {
            let _ = writeln!(text, "{DELAY} = {{ {DELAY_KEYS} }}");
        }
        written.hidden_texts += parameters.iter().filter(|(_, kind)| kind == "text").count();
        let numbers = parameters.iter().filter(|(_, kind)| matches!(kind.as_str(), "u32" | "u64" | "i64"));
        written.numbers.extend(numbers.map(|(name, _)| format!("`{code}.params.{name}`")));
        for (name, kind) in parameters {
            let _ = writeln!(text, "{name} = {{ type = {} }}", quoted(kind));
        }
    }
    if let Some(fix) = &error.fix {
        let _ = write!(text, "\n[[{code}.fix]]\nid = \"workaround\"\ntext = {}\n", quoted(fix));
    }
}

/// A comment is one line, without control characters (TOML 1.0, comments).
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

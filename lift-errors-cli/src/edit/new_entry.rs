//! A new entry, complete or as a draft.

use super::files::{CatalogFile, CatalogFiles, NOT_ENTRIES, Role};
use crate::error::Error;
use lift_errors::{ParameterType, Sensitivity};
use std::fmt::Write as _;
use toml_edit::{Item, Value};

/// The keys of a new entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NewEntry {
    /// The file, if it is not the last one.
    pub(crate) file: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) severity: Option<String>,
    pub(crate) retry: Option<String>,
    pub(crate) since: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) meaning: Option<String>,
    pub(crate) cause: Option<String>,
    pub(crate) fix: Option<String>,
    /// What is known of the parameters that the detail names.
    pub(crate) parameters: Vec<NewParameter>,
}

/// A parameter of a new entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewParameter {
    pub(crate) name: String,
    /// The type: a text, if nothing is said.
    pub(crate) kind: ParameterType,
    pub(crate) sensitivity: Option<Sensitivity>,
    pub(crate) doc: Option<String>,
    pub(crate) example: Option<String>,
}

impl NewParameter {
    /// One of which only the name is known.
    pub(crate) fn new(name: String, kind: ParameterType) -> Self {
        Self { name, kind, sensitivity: None, doc: None, example: None }
    }

    /// Whether only a draft may have it.
    fn is_draft(&self) -> bool {
        self.doc.is_none() || self.example.is_none() || self.kind == ParameterType::Text && self.sensitivity.is_none()
    }

    /// Its line in the file.
    fn line(&self) -> String {
        let mut line = format!("{} = {{ type = \"{}\"", self.name, self.kind);
        // Writing to a `String` can't fail.
        let mut key = |key: &str, value: &str| _ = write!(line, ", {key} = {value}");
        self.sensitivity.iter().for_each(|word| key("sensitivity", &quoted(word.as_str())));
        self.doc.iter().for_each(|doc| key("doc", &quoted(doc)));
        let is_number = matches!(self.kind, ParameterType::U32 | ParameterType::U64 | ParameterType::I64);
        if let Some(example) = &self.example {
            key("example", &if is_number { example.clone() } else { quoted(example) });
        }
        line + " }\n"
    }
}

impl NewEntry {
    /// Whether nothing is known of the entry but its file.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self { file: self.file.clone(), ..Self::default() }
    }
}

/// An entry that was added to the files.
#[derive(Debug)]
pub(crate) struct Added {
    pub(crate) id: String,
    pub(crate) is_draft: bool,
    /// The parameters of which something is not known yet.
    pub(crate) parameters: Vec<String>,
    pub(crate) file: String,
    /// Its TOML.
    pub(crate) text: String,
}

/// The values of an entry that says nothing else.
#[derive(Debug)]
pub(crate) struct Usual {
    pub(crate) status: String,
    pub(crate) severity: String,
    pub(crate) retry: String,
    pub(crate) since: String,
}

/// The usual values in a file: those of its `[defaults]`, of the manifest's, or ours.
pub(crate) fn usual(files: &CatalogFiles, file: Option<&str>) -> Usual {
    let last = files.usual_file();
    let file = file.or(last.as_deref());
    let (own, shared) = (files.defaults(file), files.defaults(None));
    let of = |key: &str, usual: &str| {
        let known = own.iter().chain(&shared).find(|(known, _)| known == key);
        known.map_or_else(|| usual.to_owned(), |(_, value)| value.clone())
    };
    Usual {
        status: of("status", "500"),
        severity: of("severity", "error"),
        retry: of("retry", "never"),
        since: of("since", &files.latest_since()),
    }
}

/// Checks a code before anything else is known of its entry.
///
/// # Errors
///
/// If the code is taken, or lacks the catalogue's prefix.
pub(crate) fn check_code(files: &CatalogFiles, code: &str) -> Result<(), Error> {
    if files.codes().iter().any(|known| known == code) {
        return Err(Error::NameTaken { target: code.to_owned() });
    }
    if NOT_ENTRIES.contains(&code) {
        return Err(Error::NotACode { name: code.to_owned() });
    }
    match files.string_of_manifest("code_prefix").filter(|prefix| !code.starts_with(prefix)) {
        Some(prefix) => Err(Error::NoPrefix { code: code.to_owned(), prefix }),
        None => Ok(()),
    }
}

/// Adds an entry at the end of a file, with the next free id.
///
/// # Errors
///
/// If the code is taken or lacks the prefix, the file does not exist, or all ids are taken.
pub(crate) fn add(files: &mut CatalogFiles, code: &str, new: &NewEntry) -> Result<Added, Error> {
    check_code(files, code)?;
    let id = files.next_id()?;
    let names = files.error_files();
    let file = match &new.file {
        Some(file) => names.iter().find(|name| *name == file).cloned(),
        None => files.usual_file(),
    };
    let Some(file) = file else {
        let wanted = new.file.clone().unwrap_or_default();
        let hint = crate::nearest::hint(&wanted, names.iter().map(String::as_str), "files");
        return Err(Error::NoTarget { target: wanted, hint });
    };
    let since = files.latest_since();
    let defaults: Vec<(String, String)> = files.defaults(Some(&file)).into_iter().chain(files.defaults(None)).collect();
    // A default that the entry repeats is left out: the file's own comes first.
    let default = |key: &str| defaults.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    let parameters = parameters(files, new);
    let unfinished: Vec<String> =
        parameters.iter().filter(|parameter| parameter.is_draft()).map(|parameter| parameter.name.clone()).collect();
    let is_complete = new.title.is_some()
        && new.detail.is_some()
        && new.meaning.is_some()
        && new.cause.is_some()
        && new.fix.is_some()
        && unfinished.is_empty();
    let text = text(code, new, &id, &since, is_complete, &parameters, &default);
    for known in files.with_role(Role::Errors).filter(|known| known.name == file) {
        let before = known.document.to_string();
        let separator = if before.trim().is_empty() { "" } else { "\n" };
        let path = known.name.clone().into();
        known.document = format!("{before}{separator}{text}").parse().map_err(|error| Error::Toml { path, error })?;
    }
    Ok(Added { id, is_draft: !is_complete, file, text, parameters: unfinished })
}

/// The name of the parameter with the delay of an error that may be retried after a time.
const DELAY: &str = "retry_after";

fn text<'a>(
    code: &str,
    new: &NewEntry,
    id: &str,
    since: &str,
    is_complete: bool,
    parameters: &[NewParameter],
    default: &dyn Fn(&str) -> Option<&'a str>,
) -> String {
    let mut text = format!("[{code}]\nid = {}\n", quoted(id));
    let mut line = |key: &str, value: String| {
        // Writing to a `String` can't fail.
        let _ = writeln!(text, "{key} = {value}");
    };
    if !is_complete {
        line("draft", "true".to_owned());
    }
    let or_default = |given: Option<String>, key: &str, usual: &str| match default(key) {
        Some(default) => given.filter(|given| given != default),
        None => Some(given.unwrap_or_else(|| usual.to_owned())),
    };
    let status = new.status.map(|status| status.to_string());
    // A default of no transport is in place of a status.
    let status = if default("transport").is_some() { status } else { or_default(status, "status", "500") };
    status.into_iter().for_each(|status| line("status", status));
    let since = or_default(new.since.clone(), "since", since);
    since.into_iter().for_each(|since| line("since", quoted(&since)));
    let severity = or_default(new.severity.clone(), "severity", "error");
    severity.into_iter().for_each(|severity| line("severity", quoted(&severity)));
    let texts = [("title", &new.title), ("detail", &new.detail), ("meaning", &new.meaning)];
    for (key, value) in texts {
        value.iter().for_each(|value| line(key, quoted(value)));
    }
    let retry = or_default(new.retry.clone(), "retry", "never");
    let is_after = retry.as_deref() == Some("after");
    let delay = if is_after { format!(", delay = {}", quoted(DELAY)) } else { String::new() };
    retry.into_iter().for_each(|kind| line("retry", format!("{{ kind = {}{delay} }}", quoted(&kind))));
    if !parameters.is_empty() || is_after {
        let _ = write!(text, "\n[{code}.params]\n");
        if is_after {
            let _ = writeln!(
                text,
                "{DELAY} = {{ type = \"duration\", header = \"Retry-After\", doc = \"The time to wait.\", example = \"30s\" }}"
            );
        }
        text.extend(parameters.iter().map(NewParameter::line));
    }
    if let Some(cause) = &new.cause {
        let _ = write!(text, "\n[[{code}.cause]]\nid = \"cause_1\"\ntext = {}\n", quoted(cause));
        if new.fix.is_some() {
            text.push_str("fixes = [\"fix_1\"]\n");
        }
    }
    if let Some(fix) = &new.fix {
        let _ = write!(text, "\n[[{code}.fix]]\nid = \"fix_1\"\ntext = {}\n", quoted(fix));
    }
    text
}

/// The parameters that the detail names, but for the delay of a retry, of which all is known.
pub(crate) fn parameters(files: &CatalogFiles, new: &NewEntry) -> Vec<NewParameter> {
    let retry = new.retry.clone().unwrap_or_else(|| usual(files, new.file.as_deref()).retry);
    let names = names(new.detail.as_deref().unwrap_or_default(), &files.constants());
    let names = names.into_iter().filter(|name| retry != "after" || name != DELAY);
    let known = |name: String| {
        let known = new.parameters.iter().find(|parameter| parameter.name == name).cloned();
        known.unwrap_or_else(|| NewParameter::new(name, ParameterType::Text))
    };
    names.map(known).collect()
}

/// The names in braces that are not constants.
fn names(detail: &str, constants: &[String]) -> Vec<String> {
    let detail = detail.replace("{{", "").replace("}}", "");
    let inside = detail.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()));
    let mut names: Vec<String> = inside.filter(|name| !constants.contains(name)).collect();
    names.sort();
    names.dedup();
    names
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

impl CatalogFiles {
    /// The version that added the newest entry.
    fn latest_since(&self) -> String {
        let errors = self.files.iter().filter(|file| file.role == Role::Errors);
        let all = errors.flat_map(|file| file.document.iter()).filter_map(|(_, entry)| entry.get("since")?.as_str());
        let numbers =
            |version: &str| version.split('.').map(|number| number.parse().unwrap_or(0)).collect::<Vec<u32>>();
        all.max_by_key(|version| numbers(version)).unwrap_or("0.1.0").to_owned()
    }

    /// The file for new entries: the last one that has some, or that is empty.
    pub(crate) fn usual_file(&self) -> Option<String> {
        let errors = || self.files.iter().filter(|file| file.role == Role::Errors);
        let has_place = |file: &&CatalogFile| {
            let mut tables = file.document.iter().map(|(name, _)| name).filter(|name| *name != "defaults").peekable();
            tables.peek().is_none() || tables.any(|name| !NOT_ENTRIES.contains(&name))
        };
        errors().rfind(has_place).or_else(|| errors().next_back()).map(|file| file.name.clone())
    }

    /// The names of the listed files.
    pub(crate) fn error_files(&self) -> Vec<String> {
        let errors = self.files.iter().filter(|file| file.role == Role::Errors);
        errors.map(|file| file.name.clone()).collect()
    }

    /// The keys of `[defaults]` of a file, or of the manifest, each with its word or number.
    pub(crate) fn defaults(&self, file: Option<&str>) -> Vec<(String, String)> {
        let found = self.files.iter().find(|known| match file {
            Some(file) => known.role == Role::Errors && known.name == file,
            None => known.role == Role::Manifest,
        });
        let table = found.and_then(|file| file.document.get("defaults")).and_then(Item::as_table_like);
        let word = |item: &Item| {
            let number = item.as_integer().map(|number| number.to_string());
            number.or_else(|| Some(item.as_str().or_else(|| item.get("kind")?.as_str())?.to_owned()))
        };
        let all = table.into_iter().flat_map(|table| table.iter());
        all.map(|(key, item)| (key.to_owned(), word(item).unwrap_or_default())).collect()
    }

    /// The names of the constants.
    fn constants(&self) -> Vec<String> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let table = manifest.and_then(|file| file.document.get("constants")).and_then(Item::as_table_like);
        table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    }
}

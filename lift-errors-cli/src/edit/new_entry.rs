//! A new entry, complete or as a draft.

use super::files::{CatalogFiles, Role};
use crate::error::Error;
use std::fmt::Write as _;
use toml_edit::{Item, Value};

/// The keys of a new entry.
#[derive(Debug, Default)]
pub(crate) struct NewEntry {
    pub(crate) code: String,
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
}

/// Adds the entry at the end of a file, with the next free id. Returns the id, and whether the entry is a draft.
///
/// # Errors
///
/// If the code is taken, there is no such file, or no id is left.
pub(crate) fn add(files: &mut CatalogFiles, new: &NewEntry) -> Result<(String, bool), Error> {
    if files.codes().contains(&new.code) {
        return Err(Error::NameTaken { target: new.code.clone() });
    }
    let id = files.next_id()?;
    let since = new.since.clone().unwrap_or_else(|| files.latest_since());
    let of_manifest = files.defaults(None);
    let names: Vec<String> = files.with_role(Role::Errors).map(|file| file.name.clone()).collect();
    let file = match &new.file {
        Some(file) => names.iter().find(|name| *name == file),
        None => names.last(),
    };
    let Some(file) = file.cloned() else {
        let wanted = new.file.clone().unwrap_or_default();
        let hint = crate::nearest::hint(&wanted, names.iter().map(String::as_str), "files");
        return Err(Error::NoTarget { target: wanted, hint });
    };
    let mut defaults = of_manifest;
    defaults.extend(files.defaults(Some(&file)));
    let has_default = |key: &str| defaults.iter().any(|known| known == key);
    let parameters = parameters(new.detail.as_deref().unwrap_or_default(), &files.constants());
    let is_complete = new.title.is_some()
        && new.detail.is_some()
        && new.meaning.is_some()
        && new.cause.is_some()
        && new.fix.is_some()
        && parameters.is_empty();
    let text = text(new, &id, &since, is_complete, &parameters, &has_default);
    for known in files.with_role(Role::Errors).filter(|known| known.name == file) {
        let before = known.document.to_string();
        let separator = if before.trim().is_empty() { "" } else { "\n" };
        let path = known.name.clone().into();
        known.document = format!("{before}{separator}{text}").parse().map_err(|error| Error::Toml { path, error })?;
    }
    Ok((id, !is_complete))
}

fn text(
    new: &NewEntry,
    id: &str,
    since: &str,
    is_complete: bool,
    parameters: &[String],
    has_default: &dyn Fn(&str) -> bool,
) -> String {
    let code = &new.code;
    let mut text = format!("[{code}]\nid = {}\n", quoted(id));
    let mut line = |key: &str, value: String| {
        // Writing to a `String` can't fail.
        let _ = writeln!(text, "{key} = {value}");
    };
    if !is_complete {
        line("draft", "true".to_owned());
    }
    let or_default =
        |given: Option<String>, key: &str, usual: &str| given.or_else(|| (!has_default(key)).then(|| usual.to_owned()));
    // A default of no transport is in place of a status.
    let usual = if has_default("transport") { None } else { or_default(None, "status", "500") };
    let status = new.status.map(|status| status.to_string()).or(usual);
    status.into_iter().for_each(|status| line("status", status));
    let given = new.since.clone().or_else(|| (!has_default("since")).then(|| since.to_owned()));
    given.into_iter().for_each(|since| line("since", quoted(&since)));
    let severity = or_default(new.severity.clone(), "severity", "error");
    severity.into_iter().for_each(|severity| line("severity", quoted(&severity)));
    let texts = [("title", &new.title), ("detail", &new.detail), ("meaning", &new.meaning)];
    for (key, value) in texts {
        value.iter().for_each(|value| line(key, quoted(value)));
    }
    let retry = or_default(new.retry.clone(), "retry", "never");
    retry.into_iter().for_each(|kind| line("retry", format!("{{ kind = {} }}", quoted(&kind))));
    if !parameters.is_empty() {
        let _ = write!(text, "\n[{code}.params]\n");
        for name in parameters {
            let _ = writeln!(text, "{name} = {{ type = \"text\" }}");
        }
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

/// The names in braces that are no constants.
fn parameters(detail: &str, constants: &[String]) -> Vec<String> {
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

    /// The keys of `[defaults]` of a file, or of the manifest.
    pub(crate) fn defaults(&self, file: Option<&str>) -> Vec<String> {
        let found = self.files.iter().find(|known| match file {
            Some(file) => known.role == Role::Errors && known.name == file,
            None => known.role == Role::Manifest,
        });
        let table = found.and_then(|file| file.document.get("defaults")).and_then(Item::as_table_like);
        table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    }

    /// The names of the constants.
    fn constants(&self) -> Vec<String> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let table = manifest.and_then(|file| file.document.get("constants")).and_then(Item::as_table_like);
        table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    }
}

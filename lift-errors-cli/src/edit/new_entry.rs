//! A new entry, complete or as a draft.

use super::files::{CatalogFile, CatalogFiles, NOT_ENTRIES, Role};
use super::tables::insert_behind;
use crate::error::Error;
use crate::naming;
use lift_errors::{ParameterType, Sensitivity};
use lift_errors_codegen::required_header;
use std::fmt::Write as _;
use toml_edit::{Item, Key, TableLike, Value, value};

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
        let mut line = format!("{} = {{ type = \"{}\"", key(&self.name), self.kind);
        // Writing to a `String` can't fail.
        let mut key = |key: &str, value: &str| _ = write!(line, ", {key} = {value}");
        self.sensitivity.iter().for_each(|word| key("sensitivity", &quoted(word.as_str())));
        self.doc.iter().for_each(|doc| key("doc", &quoted(doc)));
        let is_number = matches!(self.kind, ParameterType::U32 | ParameterType::U64 | ParameterType::I64);
        if let Some(example) = &self.example {
            // TOML has no number with a zero before it.
            let number = example.parse::<i128>().ok().filter(|_| is_number);
            key("example", &number.map_or_else(|| quoted(example), |number| number.to_string()));
        }
        line + " }\n"
    }
}

impl NewEntry {
    /// Whether nothing is known of the entry but its file.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self { file: self.file.clone(), ..Self::default() }
    }

    /// Whether something is not known that an entry with these parameters needs.
    fn is_draft(&self, parameters: &[NewParameter]) -> bool {
        let texts = [&self.title, &self.detail, &self.meaning, &self.cause, &self.fix];
        texts.iter().any(|text| text.is_none()) || parameters.iter().any(NewParameter::is_draft)
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
    /// The status that one other entry has, with the code of that: it was the only one, and is the default now.
    shared_status: Option<(u16, String)>,
}

impl Added {
    /// A line about the entry that became the default of a status.
    pub(crate) fn status_default(&self) -> Option<String> {
        let (status, code) = self.shared_status.as_ref()?;
        Some(format!(
            "`{code}` has the status {status}, too, and explains a bare one: it has `status_default = true` now"
        ))
    }
}

/// The values of an entry that says nothing else.
#[derive(Debug)]
pub(crate) struct Usual {
    /// None, if the entries have nothing to do with HTTP.
    pub(crate) status: Option<String>,
    pub(crate) severity: String,
    pub(crate) retry: String,
    pub(crate) since: String,
}

/// The usual values of an entry with a status in a file: those of its `[defaults]`, of the manifest's, or ours.
pub(crate) fn usual(files: &CatalogFiles, file: Option<&str>, status: Option<u16>) -> Usual {
    let last = files.usual_file();
    let file = file.or(last.as_deref());
    let defaults = files.defaults(file);
    let default = |key: &str| defaults.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
    let of = |key: &str, usual: &str| default(key).unwrap_or_else(|| usual.to_owned());
    let usual_status = if default("transport").is_some() { None } else { Some(of("status", "500")) };
    let status = status.or_else(|| usual_status.as_ref()?.parse().ok());
    Usual {
        status: usual_status,
        severity: of("severity", "error"),
        // Clients are told when to try again, whatever the default is.
        retry: if required(status) == Some("Retry-After") { "after".to_owned() } else { of("retry", "never") },
        since: of("since", &files.latest_since()),
    }
}

/// The header that a response with a status has to have.
fn required(status: Option<u16>) -> Option<&'static str> {
    required_header(status?).map(|(name, _)| name)
}

/// The form of names.
const NAME: &str = "lower-case words of `a`–`z` and `0`–`9`, joined by `_`, but no word of Rust or of the format";

/// Checks a code before anything else is asked.
///
/// # Errors
///
/// As [`add`], or if it does not have the form of codes.
pub(crate) fn check_new_code(files: &CatalogFiles, code: &str) -> Result<(), Error> {
    check_code(files, code)?;
    match lift_errors_codegen::is_code(code) {
        true => Ok(()),
        false => Err(Error::FormOfCode { code: code.to_owned(), form: NAME }),
    }
}

/// The form of a code is checked with its entry.
fn check_code(files: &CatalogFiles, code: &str) -> Result<(), Error> {
    if files.codes().iter().any(|known| known == code) {
        return Err(Error::NameTaken { target: code.to_owned() });
    }
    if let Some(version) = files.removed_in(code) {
        return Err(Error::CodeOfRemoved { code: code.to_owned(), version });
    }
    if NOT_ENTRIES.contains(&code) {
        return Err(Error::NotACode { name: code.to_owned() });
    }
    match files.string_of_manifest("code_prefix").filter(|prefix| !code.starts_with(prefix)) {
        Some(prefix) => {
            let right = Some(naming::code(code, &prefix)).filter(|_| code.is_ascii());
            let right = right.filter(|right| lift_errors_codegen::is_code(right));
            let example = right.unwrap_or_else(|| format!("{prefix}not_found"));
            Err(Error::NoPrefix { code: code.to_owned(), prefix, example })
        }
        None => Ok(()),
    }
}

/// Adds an entry at the end of a file, with the next free id.
///
/// # Errors
///
/// If the code is taken, is that of a removed entry or lacks the prefix, the file does not exist, or all ids are taken.
pub(crate) fn add(files: &mut CatalogFiles, code: &str, new: &NewEntry) -> Result<Added, Error> {
    let names = files.error_files();
    let file = match &new.file {
        Some(file) => names.iter().find(|name| *name == file).cloned(),
        None => files.usual_file(),
    };
    let file = match file {
        Some(file) => file,
        // The first entry of a service that extends another catalogue.
        None if names.is_empty() => {
            let first = new.file.as_deref().unwrap_or("errors.toml");
            files.add_first(first)?;
            first.to_owned()
        }
        None => {
            let wanted = new.file.clone().unwrap_or_default();
            let hint = crate::nearest::hint(&wanted, names.iter().map(String::as_str), "files");
            return Err(Error::NoTarget { target: wanted, hint });
        }
    };
    check_code(files, code)?;
    let id = files.free_ids()?.take()?;
    let usual = usual(files, Some(&file), new.status);
    let defaults = files.defaults(Some(&file));
    // A default that the entry repeats is left out.
    let default = |key: &str| defaults.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    let parameters = parameters(files, new);
    let unfinished: Vec<String> =
        parameters.iter().filter(|parameter| parameter.is_draft()).map(|parameter| parameter.name.clone()).collect();
    let header = NeededHeader::of(files, new, Some(&file));
    let text = text(code, new, &id, &usual, &parameters, header.as_ref(), &default);
    for known in files.with_role(Role::Errors).filter(|known| known.name == file) {
        let before = known.document.to_string();
        let separator = if before.trim().is_empty() { "" } else { "\n" };
        let path = known.name.clone().into();
        known.document = format!("{before}{separator}{text}").parse().map_err(|error| Error::Toml { path, error })?;
    }
    let is_draft = new.is_draft(&parameters);
    let shared_status = if is_draft { None } else { decide_status(files, code)? };
    Ok(Added { id, is_draft, file, text, parameters: unfinished, shared_status })
}

/// Makes the only other entry with the status of a new one its default, as long as neither is.
fn decide_status(files: &mut CatalogFiles, code: &str) -> Result<Option<(u16, String)>, Error> {
    let statuses = files.upkeep()?.undecided_statuses;
    let shared = statuses.into_iter().find(|(_, codes)| codes.iter().any(|known| known == code));
    let Some((status, codes)) = shared else { return Ok(None) };
    let others: Vec<&String> = codes.iter().filter(|known| *known != code).collect();
    let [other] = others.as_slice() else { return Ok(None) };
    for file in files.with_role(Role::Errors) {
        if let Some(entry) = file.document.get_mut(other).and_then(Item::as_table_like_mut) {
            insert_behind(entry, "status", "status_default", value(true));
            return Ok(Some((status, (*other).clone())));
        }
    }
    Ok(None)
}

/// The name of the parameter with the delay of an error that may be retried after a time, if a default has no other.
pub(crate) const DELAY: &str = "retry_after";

/// The keys of that parameter.
pub(crate) const DELAY_KEYS: &str =
    "type = \"duration\", header = \"Retry-After\", doc = \"The time to wait.\", example = \"30s\"";

/// The header that the response of a new entry needs.
enum NeededHeader {
    /// One with a value of the occurrence: the parameter's name and its TOML.
    Parameter { name: String, value: &'static str, is_delay: bool },
    /// One that is always the same: its TOML.
    Constant(String),
}

impl NeededHeader {
    /// That of the delay of an entry's retry, or the one that its status requires.
    fn of(files: &CatalogFiles, new: &NewEntry, file: Option<&str>) -> Option<Self> {
        let usual = usual(files, file, new.status);
        let status = new.status.or_else(|| usual.status.as_ref()?.parse().ok());
        if let Some(name) = files.delay(new.retry.as_deref().unwrap_or(&usual.retry), file) {
            return Some(Self::Parameter { name, value: DELAY_KEYS, is_delay: true });
        }
        let (name, value) = match required(status)? {
            "Allow" => (
                "allow",
                "type = \"text\", sensitivity = \"public\", doc = \"The methods that the address takes, separated by \
                 commas.\", example = \"GET, POST\", header = \"Allow\"",
            ),
            "Upgrade" => (
                "upgrade",
                "type = \"text\", sensitivity = \"public\", doc = \"The protocols that the server asks for, separated by \
                 commas.\", example = \"websocket\", header = \"Upgrade\"",
            ),
            name @ ("WWW-Authenticate" | "Proxy-Authenticate") => {
                let realm = files.string_of_manifest("name").unwrap_or_default();
                return Some(Self::Constant(format!("{name} = 'Bearer realm=\"{realm}\"'")));
            }
            _ => return None,
        };
        Some(Self::Parameter { name: name.to_owned(), value, is_delay: false })
    }
}

fn text<'a>(
    code: &str,
    new: &NewEntry,
    id: &str,
    usual: &Usual,
    parameters: &[NewParameter],
    header: Option<&NeededHeader>,
    default: &dyn Fn(&str) -> Option<&'a str>,
) -> String {
    let code = key(code);
    let mut text = format!("[{code}]\nid = {}\n", quoted(id));
    let mut line = |key: &str, value: String| {
        // Writing to a `String` can't fail.
        let _ = writeln!(text, "{key} = {value}");
    };
    if new.is_draft(parameters) {
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
    let since = or_default(new.since.clone(), "since", &usual.since);
    since.into_iter().for_each(|since| line("since", quoted(&since)));
    let severity = or_default(new.severity.clone(), "severity", &usual.severity);
    severity.into_iter().for_each(|severity| line("severity", quoted(&severity)));
    let texts = [("title", &new.title), ("detail", &new.detail), ("meaning", &new.meaning)];
    for (key, value) in texts {
        value.iter().for_each(|value| line(key, quoted(value)));
    }
    let retry = new.retry.clone().unwrap_or_else(|| usual.retry.clone());
    let retry = or_default(Some(retry), "retry", &usual.retry);
    let of_delay = match header {
        Some(NeededHeader::Parameter { name, is_delay: true, .. }) => format!(", delay = {}", quoted(name)),
        _ => String::new(),
    };
    retry.into_iter().for_each(|kind| line("retry", format!("{{ kind = {}{of_delay} }}", quoted(&kind))));
    if let Some(NeededHeader::Constant(header)) = header {
        line("headers", format!("{{ {header} }}"));
    }
    let in_header = match header {
        // The entry declares a delay even where a default names it.
        Some(NeededHeader::Parameter { name, value, .. }) => Some(format!("{} = {{ {value} }}\n", key(name))),
        _ => None,
    };
    if !parameters.is_empty() || in_header.is_some() {
        let _ = write!(text, "\n[{code}.params]\n");
        text.extend(in_header);
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

/// The parameters that the detail names, but for that of a header, of which all is known.
pub(crate) fn parameters(files: &CatalogFiles, new: &NewEntry) -> Vec<NewParameter> {
    let header = NeededHeader::of(files, new, new.file.as_deref().or(files.usual_file().as_deref()));
    let is_known =
        |name: &String| matches!(&header, Some(NeededHeader::Parameter { name: known, .. }) if known == name);
    let names = names(new.detail.as_deref().unwrap_or_default(), &files.constants());
    let names = names.into_iter().filter(|name| !is_known(name));
    let known = |name: String| {
        let known = new.parameters.iter().find(|parameter| parameter.name == name).cloned();
        known.unwrap_or_else(|| NewParameter::new(name, ParameterType::Text))
    };
    names.map(known).collect()
}

/// Checks a detail before anything else is known of its parameters.
///
/// # Errors
///
/// The first name that a parameter can't have.
pub(crate) fn check_detail(detail: &str) -> Result<(), String> {
    match names(detail, &[]).into_iter().find(|name| !lift_errors_codegen::is_name(name)) {
        Some(name) => Err(format!("`{name}` can't be the name of a parameter: write {NAME}")),
        None => Ok(()),
    }
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

/// A name as TOML has it. One that can't be a name is written, too: the compiler says why it can't.
fn key(name: &str) -> String {
    Key::new(name).display_repr().into_owned()
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

    /// `[defaults]` of a file, or of the manifest.
    fn defaults_table(&self, file: Option<&str>) -> Option<&dyn TableLike> {
        let found = self.files.iter().find(|known| match file {
            Some(file) => known.role == Role::Errors && known.name == file,
            None => known.role == Role::Manifest,
        });
        found?.document.get("defaults")?.as_table_like()
    }

    /// The defaults of entries in a file, each with its word or number: those of its `[defaults]`, then of the manifest's.
    pub(crate) fn defaults(&self, file: Option<&str>) -> Vec<(String, String)> {
        // Either says which response the entries are.
        let is_response = |key: &str| ["status", "transport"].contains(&key);
        let own = file.and_then(|file| self.defaults_table(Some(file)));
        let has_response = own.is_some_and(|own| own.iter().any(|(key, _)| is_response(key)));
        let word = |item: &Item| {
            let number = item.as_integer().map(|number| number.to_string());
            number.or_else(|| Some(item.as_str().or_else(|| item.get("kind")?.as_str())?.to_owned()))
        };
        let all = |table: Option<_>| table.into_iter().flat_map(<dyn TableLike>::iter);
        let shared = all(self.defaults_table(None)).filter(|(key, _)| !has_response || !is_response(key));
        all(own).chain(shared).map(|(key, item)| (key.to_owned(), word(item).unwrap_or_default())).collect()
    }

    /// The name of the parameter with the delay of a new entry, if its retry has a delay.
    fn delay(&self, retry: &str, file: Option<&str>) -> Option<String> {
        let default = self.defaults_table(file).and_then(|table| table.get("retry"));
        let default = default.or_else(|| self.defaults_table(None)?.get("retry"));
        let name = default.and_then(|retry| retry.get("delay")).and_then(Item::as_str);
        (retry == "after").then(|| name.unwrap_or(DELAY).to_owned())
    }

    /// The names of the constants, those of the base among them.
    fn constants(&self) -> Vec<String> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let table = manifest.and_then(|file| file.document.get("constants")).and_then(Item::as_table_like);
        let own = table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>());
        let inherited = self.inherited().names.iter().filter_map(|name| name.strip_prefix("constants."));
        own.unwrap_or_default().into_iter().chain(inherited.map(str::to_owned)).collect()
    }
}

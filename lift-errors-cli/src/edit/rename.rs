//! Renames something in every file and locale at once.

use super::files::{CatalogFiles, Role};
use super::tables::{for_each_string, for_each_table, rename_key, replace_in, set_string};
use super::target::{PartKind, Target};
use crate::error::Error;
use crate::nearest;
use toml_edit::{Item, TableLike, Value};

/// Keys whose strings are not texts with placeholders and links.
const NOT_TEXTS: [&str; 7] = ["id", "doc", "example", "href", "rel", "type", "header"];

/// Renames `old` to `name` in the documents.
///
/// # Errors
///
/// If there is nothing of that name, the new name is taken, or the code was released.
pub(crate) fn rename(files: &mut CatalogFiles, old: &Target, name: &str) -> Result<(), Error> {
    let new = old.with_name(name);
    if names(files, old).iter().any(|known| known == name) {
        return Err(Error::NameTaken { target: new.to_string() });
    }
    if !names(files, old).iter().any(|known| known == old.name()) {
        let hint = nearest::hint(old.name(), names(files, old).iter().map(String::as_str), "names there");
        return Err(Error::NoTarget { target: old.to_string(), hint });
    }
    match old {
        Target::Entry(code) => entry(files, code, name)?,
        Target::Constant(constant) => constant_or_link(files, old, &Written::placeholder(constant, name)),
        Target::Link(id) => constant_or_link(files, old, &Written::link(id, name)),
        Target::Part { code, kind, id } => part(files, code, *kind, id, name)?,
    }
    Ok(())
}

/// The address of a text after the renaming, from its address before.
pub(crate) fn address(address: &str, old: &Target, name: &str) -> String {
    let (before, after) = (old.to_string(), old.with_name(name).to_string());
    match address.strip_prefix(&before) {
        Some(rest) if rest.is_empty() || rest.starts_with('.') => after + rest,
        _ => address.to_owned(),
    }
}

/// The names among which the target's is unique.
fn names(files: &CatalogFiles, target: &Target) -> Vec<String> {
    let ids = |item: Option<&Item>| -> Vec<String> {
        let id = |table: &dyn TableLike| table.get("id").and_then(Item::as_str).map(str::to_owned);
        match item {
            Some(Item::ArrayOfTables(tables)) => tables.iter().filter_map(|table| id(table)).collect(),
            Some(Item::Value(Value::Array(array))) => {
                array.iter().filter_map(Value::as_inline_table).filter_map(|table| id(table)).collect()
            }
            _ => Vec::new(),
        }
    };
    let keys = |item: Option<&Item>| -> Vec<String> {
        let table = item.and_then(Item::as_table_like);
        table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    };
    let manifest = || files.files.iter().find(|file| file.role == Role::Manifest).map(|file| &file.document);
    let entry = |code: &str| {
        files.files.iter().filter(|file| file.role == Role::Errors).find_map(|file| file.document.get(code))
    };
    match target {
        Target::Entry(_) => files.codes(),
        Target::Constant(_) => keys(manifest().and_then(|manifest| manifest.get("constants"))),
        Target::Link(_) => ids(manifest().and_then(|manifest| manifest.get("link"))),
        Target::Part { code, kind: PartKind::Parameter, .. } => keys(entry(code).and_then(|entry| entry.get("params"))),
        Target::Part { code, kind, .. } => ids(entry(code).and_then(|entry| entry.get(kind.key()))),
    }
}

fn entry(files: &mut CatalogFiles, old: &str, new: &str) -> Result<(), Error> {
    if files.is_released(old) {
        return Err(Error::Released { code: old.to_owned() });
    }
    for file in files.with_entries() {
        rename_key(file.document.as_table_mut(), old, new);
    }
    for file in files.with_role(Role::Errors) {
        for (_, entry) in file.document.iter_mut() {
            for key in ["same_as", "replaced_by"] {
                change_string(entry.get_mut(key), old, new);
            }
        }
    }
    for file in files.with_entries() {
        let entries = file.document.iter_mut().map(|(_, entry)| entry);
        entries.for_each(|entry| Written::code(old, new).replace(entry));
    }
    Ok(())
}

fn part(files: &mut CatalogFiles, code: &str, kind: PartKind, old: &str, new: &str) -> Result<(), Error> {
    if kind == PartKind::Parameter && files.is_released(code) {
        return Err(Error::ReleasedParameter { code: code.to_owned(), name: old.to_owned() });
    }
    for file in files.with_entries() {
        let role = file.role;
        let Some(entry) = file.document.get_mut(code) else { continue };
        if role == Role::TranslatedErrors {
            if let Some(texts) = entry.get_mut(kind.key()).and_then(Item::as_table_like_mut) {
                rename_key(texts, old, new);
            }
        }
        for_each_table(entry.get_mut(kind.key()), &mut |table| change_string(table.get_mut("id"), old, new));
        match kind {
            PartKind::Cause => {
                for_each_table(entry.get_mut("detail"), &mut |detail| change_string(detail.get_mut("cause"), old, new));
            }
            PartKind::Fix => {
                for_each_table(entry.get_mut("cause"), &mut |cause| change_list(cause.get_mut("fixes"), old, new));
            }
            PartKind::Link => Written::link(old, new).replace(entry),
            PartKind::Parameter => {
                if let Some(parameters) = entry.get_mut("params").and_then(Item::as_table_like_mut) {
                    rename_key(parameters, old, new);
                }
                for_each_table(entry.get_mut("detail"), &mut |detail| change_list(detail.get_mut("when"), old, new));
                let retry = entry.get_mut("retry").and_then(Item::as_table_like_mut);
                change_string(retry.and_then(|retry| retry.get_mut("delay")), old, new);
                Written::placeholder(old, new).replace(entry);
            }
            PartKind::Note | PartKind::Detail => {}
        }
    }
    Ok(())
}

/// A constant or a link of the manifest: its definition, and every text that names it.
fn constant_or_link(files: &mut CatalogFiles, old: &Target, written: &Written<'_>) {
    for file in files.with_role(Role::Manifest) {
        match old {
            Target::Constant(_) => {
                if let Some(constants) = file.document.get_mut("constants").and_then(Item::as_table_like_mut) {
                    rename_key(constants, written.old, written.new);
                }
            }
            _ => for_each_table(file.document.get_mut("link"), &mut |table| {
                change_string(table.get_mut("id"), written.old, written.new);
            }),
        }
    }
    for file in &mut files.files {
        match file.role {
            Role::Manifest | Role::TranslatedManifest => {
                if let Some(labels) = file.document.get_mut("labels") {
                    written.replace(labels);
                }
            }
            Role::Errors | Role::TranslatedErrors => {
                // An entry's own parameter or link of the name hides it.
                let entries = file.document.iter_mut().map(|(_, entry)| entry);
                entries.for_each(|entry| written.replace(entry));
            }
            Role::Lock => {}
        }
    }
}

/// How texts name something.
struct Written<'a> {
    old: &'a str,
    new: &'a str,
    /// The characters around the name.
    around: (&'static str, &'static str),
    /// Whether plural texts select by it.
    selects: bool,
}

impl<'a> Written<'a> {
    /// `{name}`
    fn placeholder(old: &'a str, new: &'a str) -> Self {
        Self { old, new, around: ("{", "}"), selects: true }
    }

    /// `[text](@id)`
    fn link(old: &'a str, new: &'a str) -> Self {
        Self { old, new, around: ("](@", ")"), selects: false }
    }

    /// `[text](#code)`, in descriptions
    fn code(old: &'a str, new: &'a str) -> Self {
        Self { old, new, around: ("](#", ")"), selects: false }
    }

    fn replace(&self, item: &mut Item) {
        let replace = |text: &str| self.replaced(text);
        for_each_string(item, &NOT_TEXTS, &mut |value| replace_in(value, &replace));
        if self.selects {
            selectors(item, self.old, self.new);
        }
    }
}

impl Written<'_> {
    /// A text with the new name. Two braces are a brace, and the word between them is one of the text.
    fn replaced(&self, text: &str) -> String {
        let (before, after) = self.around;
        let (old, new) = (format!("{before}{}{after}", self.old), format!("{before}{}{after}", self.new));
        let (mut rest, mut out) = (text, String::new());
        while let Some(at) = rest.find(before) {
            let (passed, found) = rest.split_at(at);
            out.push_str(passed);
            let (taken, written) = match found.strip_prefix("{{") {
                Some(_) => ("{{".len(), "{{"),
                None if found.starts_with(&old) => (old.len(), new.as_str()),
                None => (before.len(), before),
            };
            out.push_str(written);
            rest = found.get(taken..).unwrap_or_default();
        }
        out + rest
    }
}

/// Renames the parameter that plural texts select by.
fn selectors(item: &mut Item, old: &str, new: &str) {
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| selectors_in(table, old, new)),
        Item::Value(Value::Array(array)) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|table| selectors_in(table, old, new));
        }
        item => {
            if let Some(table) = item.as_table_like_mut() {
                selectors_in(table, old, new);
            }
        }
    }
}

fn selectors_in(table: &mut dyn TableLike, old: &str, new: &str) {
    change_string(table.get_mut("plural"), old, new);
    for (_, item) in table.iter_mut() {
        selectors(item, old, new);
    }
}

/// Changes a string, if it is the old name.
fn change_string(item: Option<&mut Item>, old: &str, new: &str) {
    if let Some(value) = item.and_then(Item::as_value_mut).filter(|value| value.as_str() == Some(old)) {
        set_string(value, new);
    }
}

/// Changes the strings of a list that are the old name.
fn change_list(item: Option<&mut Item>, old: &str, new: &str) {
    let array = item.and_then(Item::as_array_mut);
    let values = array.into_iter().flat_map(|array| array.iter_mut());
    values.filter(|value| value.as_str() == Some(old)).for_each(|value| set_string(value, new));
}

//! Renames something in every file and locale at once.

use super::files::{CatalogFiles, NOT_ENTRIES, Role};
use super::tables::{KeyTaken, change_string, for_each_table, rename_key, set_string};
use super::target::{PartKind, Target};
use super::written::Written;
use crate::error::Error;
use crate::naming;
use crate::nearest;
use std::collections::BTreeMap;
use toml_edit::{Item, TableLike, Value};

/// Renames `old` to `name` in the documents.
///
/// # Errors
///
/// If there is nothing of that name, the new name is taken, or the code was released.
pub(crate) fn rename(files: &mut CatalogFiles, old: &Target, name: &str) -> Result<(), Error> {
    if let Some((_, last)) = name.rsplit_once('.') {
        let prefix = files.string_of_manifest("code_prefix").filter(|_| matches!(old, Target::Entry(_)));
        let last = prefix.map_or_else(|| last.to_owned(), |prefix| naming::code(last, &prefix));
        let last = Some(last).filter(|last| lift_errors_codegen::is_name(last));
        return Err(Error::NewNameWithPath { name: name.to_owned(), old: old.to_string(), last });
    }
    let new = old.with_name(name);
    if matches!(old, Target::Entry(_)) && NOT_ENTRIES.contains(&name) {
        return Err(Error::NotACode { name: name.to_owned() });
    }
    // Another name would replace the base's part of that name.
    let inherited = &files.inherited().names;
    if inherited.contains(&new.to_string()) || names(files, old).iter().any(|known| known == name) {
        return Err(Error::NameTaken { target: new.to_string() });
    }
    if !names(files, old).iter().any(|known| known == old.name()) {
        if let (Target::Entry(code), Some(version)) = (old, files.removed_in(old.name())) {
            return Err(Error::Removed { code: code.clone(), version });
        }
        let codes = files.codes();
        let hint = match old {
            Target::Part { code, .. } if !inherited.contains(code) && !codes.contains(code) => {
                let hint = files.code_hint(code, &codes);
                return Err(Error::UnknownCode { code: code.clone(), hint });
            }
            _ if inherited.contains(&old.to_string()) => "it is the base's, which keeps its name".to_owned(),
            Target::Entry(code) => files.code_hint(code, &codes),
            _ => nearest::hint(old.name(), names(files, old).iter().map(String::as_str), "others of its kind"),
        };
        return Err(Error::NoTarget { target: old.to_string(), hint });
    }
    if inherited.contains(&old.to_string()) {
        return Err(Error::ReplacesBase { target: old.to_string() });
    }
    match old {
        Target::Entry(code) => entry(files, code, name)?,
        Target::Constant(constant) => constant_or_link(files, old, &Written::placeholder(constant, name))?,
        Target::Link(id) => constant_or_link(files, old, &Written::link(id, name))?,
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
        rename_key(file.document.as_table_mut(), old, new).map_err(|_| taken(&file.name, new))?;
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
        let written = Written::code(old, new);
        entries.for_each(|entry| _ = written.replace_in_entry(entry));
    }
    Ok(())
}

fn part(files: &mut CatalogFiles, code: &str, kind: PartKind, old: &str, new: &str) -> Result<(), Error> {
    let codes = sharing(files, code);
    if let Some(code) = codes.iter().find(|code| kind == PartKind::Parameter && files.is_released_parameter(code, old))
    {
        return Err(Error::ReleasedParameter { code: code.clone(), name: old.to_owned() });
    }
    // The entry's own name would hide the manifest's, wherever the entry's texts name that.
    let hidden = match kind {
        PartKind::Parameter => Some((Target::Constant(new.to_owned()), Written::placeholder(new, new))),
        PartKind::Link => Some((Target::Link(new.to_owned()), Written::link(new, new))),
        _ => None,
    };
    let hidden = hidden.filter(|(target, _)| names(files, target).iter().any(|known| known == new));
    for file in files.with_entries() {
        for code in &codes {
            let Some(entry) = file.document.get_mut(code) else { continue };
            if let Some((target, _)) = hidden.as_ref().filter(|(_, written)| written.replace_in_entry(entry)) {
                return Err(Error::NameTaken { target: target.to_string() });
            }
            part_of_entry(entry, file.role, kind, old, new).map_err(|_| taken(&file.name, new))?;
        }
    }
    Ok(())
}

/// The codes whose texts name the parts of an entry: its own, and those of its aliases.
pub(super) fn sharing(files: &CatalogFiles, code: &str) -> Vec<String> {
    let errors = files.files.iter().filter(|file| file.role == Role::Errors);
    let entries = errors.flat_map(|file| file.document.iter());
    let shares = |entry: &Item| entry.get("same_as").and_then(Item::as_str) == Some(code);
    let sharing = entries.filter(|(known, entry)| *known == code || shares(entry));
    sharing.map(|(code, _)| code.to_owned()).collect()
}

fn part_of_entry(entry: &mut Item, role: Role, kind: PartKind, old: &str, new: &str) -> Result<(), KeyTaken> {
    if role == Role::TranslatedErrors || kind == PartKind::Parameter {
        if let Some(parts) = entry.get_mut(kind.key()).and_then(Item::as_table_like_mut) {
            rename_key(parts, old, new)?;
        }
    }
    for_each_table(entry.get_mut(kind.key()), &mut |table| _ = change_string(table.get_mut("id"), old, new));
    match kind {
        PartKind::Cause => {
            for_each_table(entry.get_mut("detail"), &mut |detail| _ = change_string(detail.get_mut("cause"), old, new));
        }
        PartKind::Fix => {
            for_each_table(entry.get_mut("cause"), &mut |cause| change_list(cause.get_mut("fixes"), old, new));
        }
        PartKind::Link => _ = Written::link(old, new).replace_in_entry(entry),
        PartKind::Parameter => {
            for_each_table(entry.get_mut("detail"), &mut |detail| change_list(detail.get_mut("when"), old, new));
            let retry = entry.get_mut("retry").and_then(Item::as_table_like_mut);
            change_string(retry.and_then(|retry| retry.get_mut("delay")), old, new);
            Written::placeholder(old, new).replace_in_entry(entry);
        }
        PartKind::Note | PartKind::Detail => {}
    }
    Ok(())
}

/// A constant or a link of the manifest: its definition, and every text that names it.
fn constant_or_link(files: &mut CatalogFiles, old: &Target, written: &Written<'_>) -> Result<(), Error> {
    for file in files.with_role(Role::Manifest) {
        match old {
            Target::Constant(_) => {
                if let Some(constants) = file.document.get_mut("constants").and_then(Item::as_table_like_mut) {
                    rename_key(constants, written.old, written.new).map_err(|_| taken(&file.name, written.new))?;
                }
            }
            _ => for_each_table(file.document.get_mut("link"), &mut |table| {
                _ = change_string(table.get_mut("id"), written.old, written.new);
            }),
        }
    }
    // An entry's own parameter or link of the name hides it, in its aliases too.
    let kind = if matches!(old, Target::Constant(_)) { PartKind::Parameter } else { PartKind::Link };
    let (hide_old, hide_new) = (declaring(files, kind, written.old), declaring(files, kind, written.new));
    for file in &mut files.files {
        match file.role {
            Role::Manifest | Role::TranslatedManifest => {
                if let Some(labels) = file.document.get_mut("labels") {
                    written.replace(labels);
                }
            }
            Role::Errors | Role::TranslatedErrors => {
                let entries = file.document.iter_mut().filter(|(code, _)| !hide_old.contains_key(code.get()));
                for (code, entry) in entries {
                    if written.replace_in_table(code.get(), entry) {
                        if let Some(owner) = hide_new.get(code.get()) {
                            let taken = Target::Part { code: owner.clone(), kind, id: written.new.to_owned() };
                            return Err(Error::NameTaken { target: taken.to_string() });
                        }
                    }
                }
            }
            Role::Lock => {}
        }
    }
    Ok(())
}

/// The entries that have a part of the name themselves, or through the entry that they are aliases of: each code with that of
/// the entry that declares it.
fn declaring(files: &CatalogFiles, kind: PartKind, id: &str) -> BTreeMap<String, String> {
    let declares = |code: &String| {
        let part = Target::Part { code: code.clone(), kind, id: id.to_owned() };
        names(files, &part).iter().any(|known| known == id)
    };
    let owners: BTreeMap<String, String> =
        files.codes().into_iter().filter(declares).map(|owner| (owner.clone(), owner)).collect();
    let errors = files.files.iter().filter(|file| file.role == Role::Errors);
    let entries = errors.flat_map(|file| file.document.iter());
    let of_alias = |(code, entry): (&str, &Item)| {
        let owner = owners.get(entry.get("same_as")?.as_str()?)?;
        Some((code.to_owned(), owner.clone()))
    };
    let aliases: Vec<(String, String)> = entries.filter_map(of_alias).collect();
    aliases.into_iter().chain(owners).collect()
}

fn taken(file: &str, key: &str) -> Error {
    Error::KeyTaken { file: file.to_owned(), key: key.to_owned() }
}

/// Changes the strings of a list that are the old name.
fn change_list(item: Option<&mut Item>, old: &str, new: &str) {
    let array = item.and_then(Item::as_array_mut);
    let values = array.into_iter().flat_map(|array| array.iter_mut());
    values.filter(|value| value.as_str() == Some(old)).for_each(|value| set_string(value, new));
}

//! Removes an entry, and leaves the tombstone of one that was released; or one of the texts.

use super::files::{CatalogFile, CatalogFiles, NOT_ENTRIES, Role};
use super::removal::{remove_empty, remove_from_array, remove_from_list, remove_key, remove_table};
use super::rename::sharing;
use super::tables::{for_each_table, item_at};
use super::text_address::TextAddress;
use crate::error::Error;
use crate::nearest;
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, TableLike, Value, value};

/// How many codes a message names.
const NAMED: usize = 8;

/// Removes an entry from every file and locale. `version` is the one that does not have it any more.
///
/// # Errors
///
/// If the entry does not exist or is the base's, if another one refers to it, if it is the default of a status that several others
/// share, or if it was released and `version` is `None`.
pub(crate) fn remove(files: &mut CatalogFiles, code: &str, version: Option<&str>) -> Result<(), Error> {
    if files.inherited().names.contains(code) {
        let remedy = match changes_base(files, code) {
            true => format!("without `--in`, `lift-errors remove {code}` undoes your changes"),
            false => format!("leave parts of it out: write `without = [\"cause.ID\"]` into `[{code}]`"),
        };
        return Err(Error::OfBase { address: code.to_owned(), remedy });
    }
    let codes = removable_codes(files);
    if !codes.iter().any(|known| known == code) {
        if let Some(version) = files.removed_in(code) {
            return Err(Error::Removed { code: code.to_owned(), version });
        }
        let hint = files.code_hint(code, &codes);
        return Err(Error::UnknownCode { code: code.to_owned(), hint });
    }
    for file in files.files.iter().filter(|file| file.role == Role::Errors) {
        for (other, entry) in file.document.iter() {
            for key in ["same_as", "replaced_by"] {
                if entry.get(key).and_then(Item::as_str) == Some(code) {
                    return Err(Error::InUse { code: code.to_owned(), by: other.to_owned(), key });
                }
            }
        }
    }
    let is_default = |file: &CatalogFile| {
        let flag = file.document.get(code).and_then(|entry| entry.get("status_default"));
        file.role == Role::Errors && flag.and_then(Item::as_bool) == Some(true)
    };
    let undecided = if files.files.iter().any(is_default) { Some(files.upkeep()?.undecided_statuses) } else { None };
    let since = since(files, &[code]);
    leave_tombstone(files, &[code], code, since.as_deref(), version)?;
    for file in files.with_entries() {
        remove_table(&mut file.document, code);
    }
    // A second default before the removal would be a fault, so what `check` advises can't be done.
    let Some(before) = undecided else { return Ok(()) };
    let mut statuses = files.upkeep()?.undecided_statuses.into_iter();
    match statuses.find(|(status, _)| before.iter().all(|(known, _)| known != status)) {
        Some((status, codes)) => {
            let others: Vec<String> = codes.iter().take(NAMED).map(|code| format!("`{code}`")).collect();
            let more = if codes.len() > NAMED { " or another" } else { "" };
            Err(Error::StatusDefault { code: code.to_owned(), status, others: others.join(", ") + more })
        }
        None => Ok(()),
    }
}

/// The codes of the entries, and of what is left of those that somebody deleted from their file: a translation, or a record in the
/// lock file.
fn removable_codes(files: &CatalogFiles) -> Vec<String> {
    let has_codes = |file: &&CatalogFile| matches!(file.role, Role::Errors | Role::TranslatedErrors | Role::Lock);
    let keys =
        files.files.iter().filter(has_codes).flat_map(|file| file.document.iter().map(|(key, _)| (file.role, key)));
    let codes = keys.filter(|(_, key)| !NOT_ENTRIES.contains(key));
    codes
        .filter(|(role, code)| *role != Role::Lock || files.is_released(code))
        .map(|(_, code)| code.to_owned())
        .collect()
}

/// Whether a catalogue changes an entry of its base.
pub(crate) fn changes_base(files: &CatalogFiles, code: &str) -> bool {
    let has = |file: &CatalogFile| file.role == Role::Errors && file.document.contains_key(code);
    files.inherited().names.contains(code) && files.files.iter().any(has)
}

/// Undoes what a catalogue changes of an entry of its base. The translations of the texts that it wrote go with them, and those of
/// the base's texts stay.
pub(crate) fn undo(files: &mut CatalogFiles, code: &str) {
    let mut texts = Vec::new();
    for file in files.with_role(Role::Errors) {
        texts.extend(file.document.get_mut(code).map(|entry| texts_of(code, entry)).unwrap_or_default());
        remove_table(&mut file.document, code);
    }
    for file in files.with_role(Role::TranslatedErrors) {
        for address in &texts {
            remove_translation(&mut file.document, address);
        }
    }
}

/// The addresses of the texts that the table of an entry has.
fn texts_of(code: &str, entry: &mut Item) -> Vec<TextAddress> {
    let mut texts = Vec::new();
    for (key, item) in entry.as_table_like_mut().into_iter().flat_map(TableLike::iter_mut) {
        let single = format!("{code}.{}", key.get()).parse().ok();
        texts.extend(single.filter(|address: &TextAddress| address.is_text(item)));
        for_each_table(Some(item), &mut |table| {
            let id = table.get("id").and_then(Item::as_str);
            texts.extend(id.and_then(|id| format!("{code}.{}.{id}", key.get()).parse().ok()));
        });
    }
    texts
}

/// Removes a text from a file in which its tables lead to it by names, and returns whether it was there.
fn remove_named(document: &mut DocumentMut, address: &TextAddress) -> bool {
    let tables = address.tables();
    let item = item_at(document, &tables).and_then(|table| table.as_table_like()?.get(address.name()));
    item.is_some_and(|item| address.is_text(item)) && remove_key(document, &tables, address.name())
}

/// Removes a translation, and returns whether it was there.
fn remove_translation(document: &mut DocumentMut, address: &TextAddress) -> bool {
    let is_removed = remove_named(document, address);
    if is_removed {
        remove_empty(document, &address.tables());
    }
    is_removed
}

/// The version that added an entry or a phrase, which its file has at a path.
fn since(files: &mut CatalogFiles, path: &[&str]) -> Option<String> {
    let mut found = None;
    for file in files.with_role(Role::Errors) {
        let own = item_at(&mut file.document, path).and_then(Item::as_table_like_mut);
        let since = own.map(|own| own.get("since").and_then(Item::as_str).map(str::to_owned));
        found = found.or(since.map(|since| (file.name.clone(), since)));
    }
    let (file, since) = found?;
    let default = || files.defaults(Some(&file)).into_iter().find(|(key, _)| key == "since").map(|(_, value)| value);
    since.or_else(default)
}

/// Leaves the tombstone of a released entry or phrase, which the lock file has at a path. `since` is the version that added it.
fn leave_tombstone(
    files: &mut CatalogFiles,
    path: &[&str],
    name: &str,
    since: Option<&str>,
    version: Option<&str>,
) -> Result<(), Error> {
    if let Some(version) = version {
        let removed = numbers(version).ok_or_else(|| Error::NotAVersion { version: version.to_owned() })?;
        if let Some((since, [major, minor, _])) = since.and_then(|since| Some((since, numbers(since)?))) {
            if numbers(since) >= Some(removed) {
                let later = format!("{major}.{}.0", minor.saturating_add(1));
                let (name, since, version) = (name.to_owned(), since.to_owned(), version.to_owned());
                return Err(Error::VersionBefore { name, since, version, later });
            }
        }
    }
    for file in files.with_role(Role::Lock) {
        let released = item_at(&mut file.document, path).and_then(Item::as_table_like_mut);
        let Some(released) = released.filter(|released| released.get("removed").is_none()) else { continue };
        let Some(version) = version else { return Err(Error::NoVersion { code: name.to_owned() }) };
        released.insert("removed", value(version));
    }
    Ok(())
}

/// Removes a text with its translations, or the translations of one that somebody deleted from its file.
///
/// # Errors
///
/// If no file has such a text, if it is the base's, or if it is a released phrase and `version` is `None`.
pub(crate) fn remove_text(files: &mut CatalogFiles, address: &TextAddress, version: Option<&str>) -> Result<(), Error> {
    let known = names_beside(files, address);
    let (mut is_own, mut is_translated) = (false, false);
    let has_id = |table: &dyn TableLike| table.get("id").and_then(Item::as_str) == address.id.as_deref();
    let (tables, of_entry) = (address.tables(), address.is_of_entry());
    let path = [address.table.as_str(), address.key.as_str()];
    let since = since(files, &path);
    let is_of_base = of_entry && files.inherited().names.contains(&address.table);
    for file in &mut files.files {
        let document = &mut file.document;
        match file.role {
            Role::Manifest | Role::Errors if address.id.is_some() => {
                is_own |= remove_from_list(document, &tables, &has_id);
            }
            Role::Manifest | Role::Errors => is_own |= remove_named(document, address),
            Role::TranslatedManifest | Role::TranslatedErrors => is_translated |= remove_translation(document, address),
            Role::Lock => {}
        }
        // A table that changes nothing of the base's entry.
        if is_of_base && file.role == Role::Errors {
            remove_empty(&mut file.document, &[&address.table]);
        }
    }
    if !is_own && files.inherited().texts.contains(&address.to_string()) {
        return Err(Error::OfBase { address: address.to_string(), remedy: instead_of_removal(address) });
    }
    // A phrase may be left in the lock file alone.
    let is_left =
        |file: &mut CatalogFile| !of_entry && item_at(&mut file.document, &path).is_some_and(|item| is_recorded(item));
    if !is_own && !is_translated && !files.with_role(Role::Lock).any(is_left) {
        let codes = files.codes();
        if of_entry && !codes.contains(&address.table) {
            let hint = files.code_hint(&address.table, &codes);
            return Err(Error::UnknownCode { code: address.table.clone(), hint });
        }
        let hint = nearest::hint(address.name(), known.iter().map(String::as_str), "others of its kind");
        return Err(Error::NoTarget { target: address.to_string(), hint });
    }
    // Phrases have tombstones, the texts of entries have none. A phrase that replaced the base's is the base's again.
    match address.is_of_entry() || files.inherited().names.contains(&address.to_string()) {
        true => Ok(()),
        false => leave_tombstone(files, &path, &address.to_string(), since.as_deref(), version),
    }
}

/// What to do about a text of the base that nobody should read.
fn instead_of_removal(address: &TextAddress) -> String {
    let TextAddress { table, key, id } = address;
    match (table.as_str(), id.as_ref().filter(|_| key != "detail")) {
        (_, Some(id)) => format!("leave it out: write `without = [\"{key}.{id}\"]` into `[{table}]`"),
        ("field_error" | "term", None) => format!("write `[{table}.{key}]` with another text"),
        (_, None) => format!("write another `{key}` into `[{table}]`"),
    }
}

/// The names among which that of the text is unique.
fn names_beside(files: &mut CatalogFiles, address: &TextAddress) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in &mut files.files {
        let Some(item) = item_at(&mut file.document, &address.tables()) else { continue };
        // The lock file has no texts of entries.
        if file.role == Role::Lock {
            let phrases = item.as_table_like().filter(|_| !address.is_of_entry()).into_iter().flat_map(TableLike::iter);
            names.extend(phrases.filter(|(_, phrase)| is_recorded(phrase)).map(|(name, _)| name.to_owned()));
            continue;
        }
        for_each_table(Some(&mut *item), &mut |table| {
            names.extend(table.get("id").and_then(Item::as_str).map(str::to_owned));
        });
        let table = item.as_table_like().into_iter();
        names.extend(table.flat_map(|table| table.iter().map(|(key, _)| key.to_owned())));
    }
    names
}

/// Whether a table of the lock file has no tombstone.
fn is_recorded(released: &Item) -> bool {
    released.as_table_like().is_some_and(|released| released.get("removed").is_none())
}

/// The three numbers of a version such as `since`.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let number = |part: &str| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers: Vec<u32> = version.split('.').map(number).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Removes what nothing needs without the entry or the text, and describes it. `removed_code` is that of the entry.
///
/// # Errors
///
/// If the files can't be copied, or clients know a parameter that nothing else uses.
pub(crate) fn remove_unused(files: &mut CatalogFiles, removed_code: Option<&str>) -> Result<Vec<String>, Error> {
    let mut unused = files.upkeep()?;
    if !unused.unused_parameters.is_empty() {
        // Those that nothing used before are faults of the catalogue as it is.
        let before = files.catalog.upkeep().unused_parameters;
        unused.unused_parameters.retain(|parameter| !before.contains(parameter));
    }
    let mut removed = Vec::new();
    for file in files.with_role(Role::Errors) {
        for code in &unused.lone_defaults {
            if remove_key(&mut file.document, &[code], "status_default") {
                removed.push(format!("`status_default` of `{code}`: no other entry has its status"));
            }
        }
    }
    for (code, name) in &unused.unused_parameters {
        if sharing(files, code).iter().any(|code| files.is_released_parameter(code, name)) {
            let alias = removed_code.map(|alias| (alias.to_owned(), files.removed_in(alias)));
            return Err(Error::LastUse { code: code.clone(), name: name.clone(), alias });
        }
        for file in files.with_role(Role::Errors) {
            if remove_key(&mut file.document, &[code, "params"], name) {
                remove_empty(&mut file.document, &[code, "params"]);
                removed.push(format!(
                    "the parameter `{name}` of `{code}`: no other text names it; Rust that sets it must follow"
                ));
            }
        }
    }
    for file in files.with_role(Role::Manifest) {
        let manifest = &mut file.document;
        for name in &unused.unused_constants {
            if remove_key(manifest, &["constants"], name) {
                removed.push(format!("the constant `{name}`: no other text names it"));
            }
        }
        if manifest.get("constants").and_then(Item::as_table_like).is_some_and(TableLike::is_empty) {
            remove_table(manifest, "constants");
        }
        let is_unused = |link: &dyn TableLike| {
            let id = link.get("id").and_then(Item::as_str);
            id.is_some_and(|id| unused.unused_links.iter().any(|unused| unused == id))
        };
        remove_from_list(manifest, &["link"], &is_unused);
        removed.extend(unused.unused_links.iter().map(|id| format!("the link `{id}`: no other text names it")));
        let glossary = manifest.get_mut("catalog").and_then(|catalog| catalog.get_mut("glossary"));
        if let Some(words) = glossary.and_then(Item::as_array_mut) {
            let is_unused = |word: &Value| unused.unused_words.iter().any(|unused| word.as_str() == Some(unused));
            remove_from_array(words, &is_unused);
        }
        removed
            .extend(unused.unused_words.iter().map(|word| format!("`{word}` of the glossary: no other text has it")));
    }
    Ok(removed)
}

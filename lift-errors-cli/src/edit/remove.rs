//! Removes an entry, and leaves the tombstone of one that was released.

use super::files::{CatalogFile, CatalogFiles, Role};
use super::tables::for_each_heading;
use crate::error::Error;
use crate::nearest;
use toml_edit::{DocumentMut, Item, RawString, TableLike, Value, value};

/// How many codes a message names.
const NAMED: usize = 8;

/// Removes an entry from every file and locale. `version` is the one that does not have it any more.
///
/// # Errors
///
/// If there is no such entry, another one refers to it, several others need it as the default of their status, or it was released and
/// no version is given.
pub(crate) fn remove(files: &mut CatalogFiles, code: &str, version: Option<&str>) -> Result<(), Error> {
    let codes = files.codes();
    if !codes.iter().any(|known| known == code) {
        let hint = nearest::hint(code, codes.iter().map(String::as_str), "codes");
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
    if files.is_released(code) {
        let Some(version) = version else { return Err(Error::NoVersion { code: code.to_owned() }) };
        for file in files.with_role(Role::Lock) {
            if let Some(released) = file.document.get_mut(code).and_then(Item::as_table_like_mut) {
                released.insert("removed", value(version));
            }
        }
    }
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

/// Removes what nothing needs without the entry, and describes it.
///
/// # Errors
///
/// If the files can't be copied.
pub(crate) fn remove_unused(files: &mut CatalogFiles) -> Result<Vec<String>, Error> {
    let unused = files.upkeep()?;
    let mut removed = Vec::new();
    for file in files.with_role(Role::Errors) {
        for code in &unused.lone_defaults {
            let entry = file.document.get_mut(code).and_then(Item::as_table_like_mut);
            if entry.and_then(|entry| entry.remove("status_default")).is_some() {
                removed.push(format!("`status_default` of `{code}`: no other entry has its status"));
            }
        }
    }
    for file in files.with_role(Role::Manifest) {
        let (manifest, mut is_empty) = (file.document.as_table_mut(), Vec::new());
        for name in &unused.unused_constants {
            let constants = manifest.get_mut("constants").and_then(Item::as_table_like_mut);
            if constants.and_then(|constants| constants.remove(name)).is_some() {
                removed.push(format!("the constant `{name}`: no other text names it"));
            }
        }
        let is_used = |link: &dyn TableLike| {
            let id = link.get("id").and_then(Item::as_str);
            !id.is_some_and(|id| unused.unused_links.iter().any(|unused| unused == id))
        };
        match manifest.get_mut("link") {
            Some(Item::ArrayOfTables(links)) if links.iter().any(|link| is_used(link)) => {
                links.retain(|link| is_used(link));
            }
            Some(Item::Value(Value::Array(links))) => {
                links.retain(|link| link.as_inline_table().is_none_or(|link| is_used(link)));
            }
            Some(Item::ArrayOfTables(_)) => is_empty.push("link"),
            _ => {}
        }
        removed.extend(unused.unused_links.iter().map(|id| format!("the link `{id}`: no other text names it")));
        let glossary = manifest.get_mut("catalog").and_then(|catalog| catalog.get_mut("glossary"));
        if let Some(words) = glossary.and_then(Item::as_array_mut) {
            words.retain(|word| !unused.unused_words.iter().any(|unused| word.as_str() == Some(unused)));
            // The blank behind a comma that is not there any more.
            if let Some(first) =
                words.get_mut(0).filter(|first| first.decor().prefix().and_then(RawString::as_str) == Some(" "))
            {
                first.decor_mut().set_prefix("");
            }
        }
        removed
            .extend(unused.unused_words.iter().map(|word| format!("`{word}` of the glossary: no other text has it")));
        if manifest.get("constants").and_then(Item::as_table_like).is_some_and(TableLike::is_empty) {
            is_empty.push("constants");
        }
        is_empty.iter().for_each(|table| remove_table(&mut file.document, table));
    }
    Ok(removed)
}

/// Removes a table from a file, such as an entry. The comments above it that are not about it stay: those of the file, or of a section.
fn remove_table(document: &mut DocumentMut, code: &str) {
    let mut headings = Vec::new();
    for_each_heading(document, &mut |key, place, decor| {
        let comments = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
        headings.push((place, key == code, comments));
    });
    headings.sort_unstable_by_key(|(place, ..)| *place);
    let first = headings.iter().position(|(_, is_own, _)| *is_own).unwrap_or(headings.len());
    let mut rest = headings.iter().skip(first);
    let kept = rest.next().map_or("", |(_, _, comments)| not_about_the_next(comments));
    match rest.find(|(_, is_own, _)| !is_own) {
        Some((next, _, comments)) if first == 0 || !kept.is_empty() => {
            for_each_heading(document, &mut |_, place, decor| {
                if place == *next {
                    decor.set_prefix(format!("{kept}{}", comments.trim_start_matches('\n')));
                }
            });
        }
        None if !kept.is_empty() => {
            let trailing = document.trailing().as_str().unwrap_or_default();
            let trailing = format!("{}\n{trailing}", kept.trim_end());
            document.set_trailing(trailing);
        }
        _ => {}
    }
    document.remove(code);
}

/// The beginning of comments that is not about what follows them: all up to the last empty line, and up to the lines that
/// editors and licence tools look for.
fn not_about_the_next(comments: &str) -> &str {
    let mut kept = 0;
    let mut end = 0;
    for line in comments.split_inclusive('\n') {
        end += line.len();
        let is_of_file = line.starts_with("#:") || line.contains("SPDX-");
        if line.ends_with('\n') && (line.trim().is_empty() || is_of_file) {
            kept = end;
        }
    }
    comments.get(..kept).filter(|kept| !kept.trim().is_empty()).unwrap_or_default()
}

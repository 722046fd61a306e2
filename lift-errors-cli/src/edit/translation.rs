//! Writes translations into the files of a locale.

use super::files::{CatalogFiles, Role};
use super::removal::remove_lines;
use super::tables::set_string;
use crate::error::Error;
use lift_errors_codegen::{PLURAL_CATEGORIES, TranslationUnit, UnitText};
use std::slice;
use toml_edit::{Decor, InlineTable, Item, Key, RawString, Table, TableLike, Value, value};

/// The key of a plural table that names what selects the form.
const SELECTOR: &str = "plural";

/// The key of a detail, which is one text or has alternatives.
const DETAIL: &str = "detail";

/// Sets the translation of a text into a locale. The locale's files are made where they are missing.
///
/// # Errors
///
/// If a key that should have a table has something else.
pub(crate) fn set(
    files: &mut CatalogFiles,
    locale: &str,
    unit: &TranslationUnit,
    text: &UnitText,
) -> Result<(), Error> {
    let name = format!("locales/{locale}/{}", unit.file);
    if files.files.iter().all(|file| file.name != name) {
        let role =
            if unit.file == files.catalog.file_name() { Role::TranslatedManifest } else { Role::TranslatedErrors };
        files.add_new(&name, role, "")?;
    }
    let path = files.path(&name);
    let Some(file) = files.files.iter_mut().find(|file| file.name == name) else { return Ok(()) };
    let Some((key, tables)) = unit.keys.split_last() else { return Ok(()) };
    let mut table: &mut dyn TableLike = file.document.as_table_mut();
    let mut is_in_braces = false;
    for (name, depth) in tables.iter().zip(1..) {
        // An entry on one line takes tables on one line, which `insert` makes.
        if !table.contains_key(name) {
            table.insert(name, Item::Table(Table::new()));
        }
        if depth == tables.len() && !text.is_plural() {
            table.get_mut(name).and_then(Item::as_table_mut).into_iter().for_each(give_place);
        }
        if depth == tables.len() && name == DETAIL && depth > 1 {
            make_room(table, name, is_in_braces);
        }
        is_in_braces |= table.get(name).is_some_and(Item::is_inline_table);
        let inner = table.get_mut(name).and_then(Item::as_table_like_mut);
        let not_a_table = || Error::NotATable { path: path.clone(), address: unit.address.clone() };
        table = inner.ok_or_else(not_a_table)?;
    }
    let is_replaced = is_in_braces && table.contains_key(key);
    if !text.is_plural() {
        match table.get_mut(key).and_then(Item::as_value_mut).filter(|value| value.is_str()) {
            Some(value) => set_string(value, text.form("other")),
            None if is_replaced => replace(table, key, text.form("other")),
            None => {
                // A table of forms may be here: a value comes before all tables.
                let comments = comments_of(table, key);
                table.remove(key);
                table.insert(key, value(text.form("other")));
                if let (Some(mut key), false) = (table.key_mut(key), comments.is_empty()) {
                    key.leaf_decor_mut().set_prefix(comments);
                }
            }
        }
        return Ok(());
    }
    if is_replaced && table.get(key).is_some_and(|item| !item.is_table_like()) {
        replace(table, key, InlineTable::new());
    } else if table.get(key).is_none_or(|item| !item.is_table_like()) {
        let comments = comments_of(table, key);
        table.remove(key);
        let mut forms = Table::new();
        forms.decor_mut().set_prefix(format!("\n{comments}"));
        table.insert(key, Item::Table(forms));
    }
    let forms = table.get(key).and_then(Item::as_table_like);
    let names: Vec<String> = forms.into_iter().flat_map(TableLike::iter).map(|(name, _)| name.to_owned()).collect();
    let is_kept = |name: &str| {
        name == SELECTOR && text.selector.is_some() || text.forms.iter().any(|(category, _)| *category == name)
    };
    for name in names.iter().filter(|name| !is_kept(name)) {
        match table.get_mut(key) {
            Some(Item::Value(Value::InlineTable(forms))) => remove_lines(forms, slice::from_ref(name)),
            forms => _ = forms.and_then(Item::as_table_like_mut).and_then(|forms| forms.remove(name)),
        }
    }
    let Some(forms) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return Ok(()) };
    for (category, form) in &text.forms {
        match forms.get_mut(category).and_then(Item::as_value_mut) {
            Some(value) => set_string(value, form),
            None => {
                forms.insert(category, value(form));
            }
        }
    }
    Ok(())
}

/// Removes the translation of a detail that was one text and now has alternatives. Its comments stay above them.
fn make_room(table: &mut dyn TableLike, key: &str, is_in_braces: bool) {
    let forms = table.get(key).and_then(Item::as_table_like);
    let is_one_text = match (table.get(key), forms) {
        (Some(_), Some(forms)) => PLURAL_CATEGORIES.iter().chain([&SELECTOR]).any(|name| forms.contains_key(name)),
        (Some(item), None) => item.is_str(),
        (None, _) => false,
    };
    if is_one_text && is_in_braces {
        replace(table, key, InlineTable::new());
    } else if is_one_text {
        let comments = comments_of(table, key);
        table.remove(key);
        let mut alternatives = Table::new();
        alternatives.decor_mut().set_prefix(format!("\n{comments}"));
        table.insert(key, Item::Table(alternatives));
    }
}

/// Replaces the value of a key in a table between braces, where it stays on its line.
fn replace(table: &mut dyn TableLike, key: &str, new: impl Into<Value>) {
    if let Some(value) = table.get_mut(key).and_then(Item::as_value_mut) {
        let decor = value.decor().clone();
        *value = new.into();
        *value.decor_mut() = decor;
    }
}

/// The comments above a text, between its forms and behind it, each on its line.
fn comments_of(table: &dyn TableLike, key: &str) -> String {
    let around = match table.get(key) {
        Some(Item::Table(forms)) => {
            let heading = [forms.decor().prefix(), forms.decor().suffix()];
            heading.into_iter().chain(forms.iter().flat_map(|(form, _)| around(forms, form))).collect()
        }
        _ => Vec::from(around(table, key)),
    };
    let texts = around.into_iter().flatten().filter_map(RawString::as_str);
    let lines = texts.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// What is above a value and behind it.
fn around<'a>(table: &'a dyn TableLike, key: &str) -> [Option<&'a RawString>; 2] {
    let value = table.get(key).and_then(Item::as_value);
    let above = value.and_then(|_| table.key(key)).map(Key::leaf_decor);
    [above.and_then(Decor::prefix), value.and_then(|value| value.decor().suffix())]
}

/// Gives a table that gets its own line with its first text the place of its first inner one, and the comments above that: else it
/// would be written above the head of the file.
fn give_place(table: &mut Table) {
    if table.position().is_some() || !table.is_implicit() || table.is_dotted() {
        return;
    }
    let inner = table.iter_mut().filter_map(|(_, item)| item.as_table_mut());
    let first = inner.filter(|inner| inner.position().is_some()).min_by_key(|inner| inner.position());
    let Some(first) = first else { return };
    let (place, comments) = (first.position(), first.decor().prefix().cloned());
    first.decor_mut().set_prefix("\n");
    table.set_position(place);
    if let Some(comments) = comments {
        table.decor_mut().set_prefix(comments);
    }
}

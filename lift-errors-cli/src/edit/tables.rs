//! Operations on tables that `toml_edit` does not have.

use toml_edit::{Decor, Item, Key, Table, TableLike, Value};

/// Renames a key. Its comments, its value and its place stay. Returns whether it was there.
pub(super) fn rename_key(table: &mut dyn TableLike, old: &str, new: &str) -> bool {
    if !table.contains_key(old) {
        return false;
    }
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    // Keys are in the order of their insertion: all are taken out and put in again.
    let items: Vec<(Key, Item)> =
        names.iter().filter_map(|name| Some((table.get_key_value(name)?.0.clone(), table.remove(name)?))).collect();
    for (key, item) in items {
        let key = if key.get() == old { renamed(&key, new) } else { key };
        match table.entry_format(&key) {
            toml_edit::Entry::Vacant(place) => {
                place.insert(item);
            }
            // No other key has the new name.
            toml_edit::Entry::Occupied(_) => {}
        }
    }
    true
}

fn renamed(key: &Key, name: &str) -> Key {
    Key::new(name).with_leaf_decor(key.leaf_decor().clone()).with_dotted_decor(key.dotted_decor().clone())
}

/// The tables of a list, whether it is written as `[[list]]` or as an array of inline tables.
pub(super) fn for_each_table(item: Option<&mut Item>, change: &mut dyn FnMut(&mut dyn TableLike)) {
    match item {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().for_each(|table| change(table)),
        Some(Item::Value(Value::Array(array))) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|table| change(table));
        }
        _ => {}
    }
}

/// Calls a function with every string in an item, except those below the given keys.
pub(super) fn for_each_string(item: &mut Item, except: &[&str], change: &mut dyn FnMut(&mut Value)) {
    match item {
        Item::Value(value) => strings_of_value(value, except, change),
        Item::Table(table) => strings_of_table(table, except, change),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| strings_of_table(table, except, change)),
        Item::None => {}
    }
}

fn strings_of_table(table: &mut Table, except: &[&str], change: &mut dyn FnMut(&mut Value)) {
    let included = table.iter_mut().filter(|(key, _)| !except.contains(&key.get()));
    for (_, item) in included {
        for_each_string(item, except, change);
    }
}

fn strings_of_value(value: &mut Value, except: &[&str], change: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::String(_) => change(value),
        Value::Array(array) => array.iter_mut().for_each(|value| strings_of_value(value, except, change)),
        Value::InlineTable(table) => {
            let included = table.iter_mut().filter(|(key, _)| !except.contains(&key.get()));
            for (_, value) in included {
                strings_of_value(value, except, change);
            }
        }
        _ => {}
    }
}

/// Gives a value another string. Its comments stay.
pub(super) fn set_string(value: &mut Value, text: &str) {
    let decor: Decor = value.decor().clone();
    *value = Value::from(text);
    *value.decor_mut() = decor;
}

/// Replaces a part of a string as it is written. Its quotation marks and its comments stay.
pub(super) fn replace_in(value: &mut Value, replace: &dyn Fn(&str) -> String) {
    let Value::String(string) = value else { return };
    let written = string.display_repr().into_owned();
    let replaced = replace(&written);
    if replaced == written {
        return;
    }
    let decor = string.decor().clone();
    if let Ok(mut new) = replaced.parse::<Value>() {
        *new.decor_mut() = decor;
        *value = new;
    }
}

//! Operations on tables that `toml_edit` does not have.

use toml_edit::{Decor, DocumentMut, Item, Key, Table, TableLike, Value};

/// Renames a key, if it is there. Its comments, its value and its place stay.
///
/// # Errors
///
/// If another key has the new name: its value would be lost.
pub(super) fn rename_key(table: &mut dyn TableLike, old: &str, new: &str) -> Result<(), KeyTaken> {
    if !table.contains_key(old) {
        return Ok(());
    }
    if table.contains_key(new) {
        return Err(KeyTaken);
    }
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    // Keys are in the order of their insertion: all are taken out and put in again.
    for (key, item) in take_out(table, &names) {
        let key = if key.get() == old { renamed(&key, new) } else { key };
        put_back(table, &key, item);
    }
    Ok(())
}

/// Adds a key behind another one, or at the end if that is not there.
pub(super) fn insert_behind(table: &mut dyn TableLike, other: &str, key: &str, item: Item) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let behind = names.iter().position(|name| name == other).map_or(names.len(), |place| place + 1);
    let later = take_out(table, names.get(behind..).unwrap_or_default());
    table.insert(key, item);
    for (key, item) in later {
        put_back(table, &key, item);
    }
}

/// Takes out the last keys, with their values. The last one goes first: every key behind one that goes is moved.
fn take_out(table: &mut dyn TableLike, names: &[String]) -> Vec<(Key, Item)> {
    let take = |name: &String| Some((table.get_key_value(name)?.0.clone(), table.remove(name)?));
    let mut items: Vec<(Key, Item)> = names.iter().rev().filter_map(take).collect();
    items.reverse();
    items
}

/// Adds a key with its comments, which `entry_format` drops if the table is an inline one.
fn put_back(table: &mut dyn TableLike, key: &Key, item: Item) {
    table.entry_format(key).or_insert(item);
    if let Some(mut new) = table.key_mut(key.get()) {
        *new.leaf_decor_mut() = key.leaf_decor().clone();
        *new.dotted_decor_mut() = key.dotted_decor().clone();
    }
}

/// The table has the new key already.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeyTaken;

/// Calls a function with the comments before each heading of a table, and before each line of a key: with its path, and its place in
/// the file. A dotted key such as `not_found.title` has a line of its own.
pub(super) fn for_each_line(root: &mut Table, change: &mut dyn FnMut(&[String], Place, &mut Decor)) {
    Lines { path: Vec::new(), number: 0, change }.of_keys(root, -1);
}

/// The positions in the file of a table and of those in it.
pub(super) fn positions(table: &Table) -> Vec<isize> {
    let mut positions = Vec::new();
    let mut change = |_: &[String], (position, _): Place, _: &mut Decor| positions.push(position);
    Lines { path: Vec::new(), number: 0, change: &mut change }.of_table(&mut table.clone(), -1);
    positions
}

/// The item at a path of keys.
pub(super) fn item_at<'a>(document: &'a mut DocumentMut, path: &[&str]) -> Option<&'a mut Item> {
    path.iter().try_fold(document.as_item_mut(), |item, key| item.as_table_like_mut()?.get_mut(key))
}

/// A place in a file, in the order of its text: the position of the heading above, and a number.
pub(super) type Place = (isize, usize);

/// The lines of a file on the way through its tables.
struct Lines<'a> {
    path: Vec<String>,
    number: usize,
    change: &'a mut dyn FnMut(&[String], Place, &mut Decor),
}

impl Lines<'_> {
    /// `position` is that of the last heading above.
    fn of_keys(&mut self, table: &mut dyn TableLike, position: isize) {
        for (mut key, item) in table.iter_mut() {
            self.path.push(key.get().to_owned());
            match item {
                Item::Value(Value::InlineTable(table)) => {
                    // A dotted key has the comments at its last part.
                    if !table.is_dotted() {
                        self.line(position, key.leaf_decor_mut());
                    }
                    self.of_keys(table, position);
                }
                Item::Value(_) => self.line(position, key.leaf_decor_mut()),
                Item::Table(table) => self.of_table(table, position),
                Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| self.of_table(table, position)),
                Item::None => {}
            }
            self.path.pop();
        }
    }

    fn of_table(&mut self, table: &mut Table, above: isize) {
        // Others have no heading.
        let position = table.position().filter(|_| !table.is_dotted() && !table.is_implicit());
        if let Some(position) = position {
            self.line(position, table.decor_mut());
        }
        self.of_keys(table, position.unwrap_or(above));
    }

    fn line(&mut self, position: isize, decor: &mut Decor) {
        (self.change)(&self.path, (position, self.number), decor);
        self.number += 1;
    }
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
    // A text that did not change stays as it is written, with its escapes.
    if value.as_str() == Some(text) {
        return;
    }
    let decor: Decor = value.decor().clone();
    *value = Value::from(text);
    *value.decor_mut() = decor;
}

/// Changes a string, if it is the old name. Returns whether it was.
pub(super) fn change_string(item: Option<&mut Item>, old: &str, new: &str) -> bool {
    match item.and_then(Item::as_value_mut).filter(|value| value.as_str() == Some(old)) {
        Some(value) => {
            set_string(value, new);
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_takes_the_place_of_another() {
        let mut document: DocumentMut = "a = 1\nb = 2 # two\n".parse().unwrap();
        assert_eq!(rename_key(document.as_table_mut(), "a", "b"), Err(KeyTaken));
        assert_eq!(document.to_string(), "a = 1\nb = 2 # two\n");
        assert_eq!(rename_key(document.as_table_mut(), "b", "c"), Ok(()));
        assert_eq!(document.to_string(), "a = 1\nc = 2 # two\n");
    }

    #[test]
    fn an_inline_table_keeps_its_lines_and_comments() {
        let text = "a = { # all\n b.c = 1, # b\n d = 2, # d\n}\n";
        let changed = |change: &dyn Fn(&mut dyn TableLike)| {
            let mut document: DocumentMut = text.parse().unwrap();
            change(document.get_mut("a").and_then(Item::as_table_like_mut).unwrap());
            document.to_string()
        };
        assert_eq!(changed(&|table| rename_key(table, "d", "e").unwrap()), text.replace("d =", "e ="));
        assert_eq!(changed(&|table| rename_key(table, "b", "e").unwrap()), text.replace("b.c", "e.c"));
        let new = |table: &mut dyn TableLike| insert_behind(table, "b", "e", Item::Value(3.into()));
        assert_eq!(changed(&new), text.replace("# b\n", "e = 3, # b\n"));
    }
}

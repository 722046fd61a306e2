//! A list of codes as CSV or JSON, with a mapping from its columns or members to what a catalogue has.

use super::imported::{Import, Imported, Mapping, unreadable};
use super::placeholder::{Style, message, plain};
use crate::error::Error;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;
use std::path::Path;

/// The meaning of a column. A column with that name needs no mapping.
pub(crate) const ROLES: [&str; 6] = ["code", "title", "message", "meaning", "fix", "status"];

/// The roles that say what the error is, without which a draft has nothing to read.
const WORDS: [&str; 3] = ["message", "title", "meaning"];

/// The longest name of a column, in bytes: what is said of a row has the names of its cells.
const LONGEST_NAME: usize = 200;

/// The most columns that a message names. The members of JSON may be many, and long.
const MOST_COLUMNS: usize = 20;

/// A row of a table with its number.
type Row = (usize, Map<String, Value>);

pub(super) fn read_csv(path: &Path, text: &str, mapping: &Mapping) -> Result<Import, Error> {
    let (separator, table) = named_separator(text).unwrap_or_else(|| (separator(text), text));
    check_quotation_marks(text, separator).map_err(|fault| unreadable(path, fault))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(table.as_bytes());
    let columns = distinct(reader.headers().map_err(|error| unreadable(path, error))?);
    if let Some(name) = columns.iter().find(|name| name.len() > LONGEST_NAME) {
        let (length, shown): (usize, String) = (name.len(), name.chars().take(40).collect());
        let fault = format!(
            "the name of the column `{shown}…` has {length} bytes, and {LONGEST_NAME} are the most; the first line has the \
             names: add that line, or shorten the name"
        );
        return Err(unreadable(path, fault));
    }
    let rows = reader.records().zip(1..).map(|(record, number)| {
        let record = record.map_err(|error| unreadable(path, error))?;
        let cells = columns.iter().zip(&record).map(|(column, cell)| (column.clone(), Value::from(cell)));
        let mut row: Map<_, _> = cells.collect();
        let more: Vec<&str> = record.iter().skip(columns.len()).filter(|cell| !cell.is_empty()).collect();
        if !more.is_empty() {
            row.insert("cells without a column".to_owned(), more.join(", ").into());
        }
        Ok((number, row))
    });
    import(path, &columns, rows, Vec::new(), mapping)
}

/// The character between cells that Excel's line `sep=;` names, and the table below that line. A spreadsheet that saves the line
/// again takes it for a cell, and writes empty ones behind it: `"sep=;";;`.
fn named_separator(text: &str) -> Option<(u8, &str)> {
    let (line, table) = text.trim_start_matches('\u{feff}').split_once('\n')?;
    let line = line.trim_end_matches('\r').replace('"', "").to_ascii_lowercase();
    match line.strip_prefix("sep=")?.as_bytes() {
        [separator] => Some((*separator, table)),
        [_, empty @ .., separator] if b"\t;,".contains(separator) && empty.iter().all(|it| it == separator) => {
            Some((*separator, table))
        }
        _ => None,
    }
}

/// The character between cells: the one that the first line has most of. Spreadsheets write `;` where numbers have a decimal
/// comma.
fn separator(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    // A name in quotation marks may have any character.
    let outside = || header.split('"').step_by(2);
    let count = |separator: u8| outside().flat_map(str::bytes).filter(|byte| *byte == separator).count();
    // Of several with the same number the last one is taken.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Where a scan of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellState {
    /// Where a cell begins.
    Start,
    /// In a cell without quotation marks.
    Plain,
    /// Behind the quotation mark that opens a cell, in this line.
    Quoted(usize),
    /// Behind one that closes the cell, or is the first of two.
    Closed(usize),
    /// Behind the blanks that follow it.
    Behind(usize),
}

/// The `csv` crate reads on where a quotation mark is not closed, to the next one or to the end: the rows up to there would become
/// a part of the cell.
fn check_quotation_marks(text: &str, separator: u8) -> Result<(), String> {
    const REMEDY: &str = "close the cell with a quotation mark, and write one within a cell twice";
    let (mut state, mut line) = (CellState::Start, 1);
    for byte in text.trim_start_matches('\u{feff}').bytes() {
        state = match (state, byte) {
            (CellState::Start, b'"') => CellState::Quoted(line),
            (CellState::Quoted(opened), b'"') => CellState::Closed(opened),
            (CellState::Closed(opened), b'"') => CellState::Quoted(opened),
            (CellState::Quoted(_), _) => state,
            (_, b'\n' | b'\r') => CellState::Start,
            (_, byte) if byte == separator => CellState::Start,
            (CellState::Closed(opened) | CellState::Behind(opened), b' ' | b'\t') => CellState::Behind(opened),
            (CellState::Closed(opened) | CellState::Behind(opened), _) => {
                let cell = format!("the quotation mark that closes the cell of line {opened}");
                return Err(format!("line {line} has more text behind {cell}: {REMEDY}"));
            }
            (CellState::Start | CellState::Plain, _) => CellState::Plain,
        };
        line += usize::from(byte == b'\n');
    }
    match state {
        CellState::Quoted(opened) => {
            Err(format!("the quotation mark of a cell in line {opened} is not closed: {REMEDY}"))
        }
        _ => Ok(()),
    }
}

/// The names of columns. A second column of a name gets a number.
fn distinct(names: &csv::StringRecord) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    // The number of the next column of a name, so that no number is tried twice.
    let mut next: HashMap<&str, usize> = HashMap::new();
    let distinct = names.iter().map(|name| {
        let number = next.entry(name).or_insert(1);
        loop {
            let numbered = if *number == 1 { name.to_owned() } else { format!("{name} {number}") };
            *number += 1;
            if taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    });
    distinct.collect()
}

pub(super) fn read_json(path: &Path, text: &str, mapping: &Mapping) -> Result<Import, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let document: Value = serde_json::from_str(text).map_err(|error| unreadable(path, error))?;
    let (mut rows, mut left_out) = (Vec::<Row>::new(), Vec::new());
    match listed(document) {
        Value::Array(items) => {
            for (item, number) in items.into_iter().zip(1..) {
                match item {
                    Value::Object(row) => rows.push((number, row)),
                    other => left_out.push(format!("row {number} is not an object: {other}")),
                }
            }
        }
        // An object by code: the member's name is the code.
        Value::Object(_) => {
            let Members(members) = serde_json::from_str(text).map_err(|error| unreadable(path, error))?;
            // With a mapping the objects are rows, whatever their members are called.
            let has_groups = mapping.is_empty() && have_groups(&members);
            let mut members: VecDeque<(String, Value)> = members.into();
            let mut number = 0;
            while let Some((code, member)) = members.pop_front() {
                let mut row = match member {
                    // Each of its texts would repeat the name.
                    Value::Object(group) if has_groups && is_group(&group) && code.len() > LONGEST_NAME => {
                        let shown: String = code.chars().take(40).collect();
                        left_out.push(format!("`{shown}…`: the name of a group has at most {LONGEST_NAME} bytes"));
                        continue;
                    }
                    Value::Object(group) if has_groups && is_group(&group) => {
                        // The group's texts take its place.
                        for (key, text) in group.into_iter().rev() {
                            members.push_front((format!("{code}.{key}"), text));
                        }
                        continue;
                    }
                    Value::Object(row) => row,
                    Value::Array(_) => {
                        left_out.push(format!("`{code}` is a list: put it alone into a file"));
                        continue;
                    }
                    message => [("message".to_owned(), message)].into_iter().collect(),
                };
                row.entry("code").or_insert_with(|| code.into());
                number += 1;
                rows.push((number, row));
            }
        }
        _ => return Err(unreadable(path, "it is neither a list nor an object of errors")),
    }
    if let (true, Some(reason)) = (rows.is_empty(), left_out.first()) {
        return Err(unreadable(path, reason));
    }
    let mut seen = HashSet::new();
    let names = rows.iter().flat_map(|(_, row)| row.keys()).filter(|name| seen.insert(name.as_str()));
    let columns: Vec<String> = names.cloned().collect();
    import(path, &columns, rows.into_iter().map(Ok), left_out, mapping)
}

/// Whether objects may have texts by their keys, and not the cells of a row. Keys that several have alike are columns, or languages,
/// and so are those of values that are not texts.
fn have_groups(members: &[(String, Value)]) -> bool {
    let objects = || members.iter().filter_map(|(_, member)| member.as_object());
    let mut keys = objects().map(|object| object.keys().collect::<BTreeSet<_>>());
    let first = keys.next();
    let mut others = keys.peekable();
    let are_alike = others.peek().is_some() && others.all(|other| Some(&other) == first.as_ref());
    !are_alike && objects().all(|object| object.is_empty() || has_role(object) || is_group(object))
}

/// Whether an object has texts by their keys, as libraries of translations write them.
fn is_group(object: &Map<String, Value>) -> bool {
    let is_text = |value: &Value| matches!(value, Value::String(_) | Value::Object(_) | Value::Array(_));
    !has_role(object) && !object.is_empty() && object.values().all(is_text)
}

fn has_role(object: &Map<String, Value>) -> bool {
    let is_role = |key: &str| ROLES.iter().any(|role| key.eq_ignore_ascii_case(role));
    object.iter().any(|(key, value)| is_role(key) && !value.is_object())
}

/// The members of an object in the order of the file. A `Map` has the last one of each name alone.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = object.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// The list in a document that has nothing else: `{"errors": […]}`.
fn listed(document: Value) -> Value {
    let is_list = |value: &Value| value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
    match document {
        Value::Object(members) if members.len() == 1 && members.values().all(is_list) => {
            members.into_iter().map(|(_, list)| list).collect::<Vec<_>>().pop().unwrap_or_default()
        }
        other => other,
    }
}

fn import(
    path: &Path,
    columns: &[String],
    rows: impl Iterator<Item = Result<Row, Error>>,
    left_out: Vec<String>,
    mapping: &Mapping,
) -> Result<Import, Error> {
    let column = |role: &str| {
        let mapped = mapping.iter().find(|(known, _)| known == role).map(|(_, column)| column.as_str());
        let same = || columns.iter().find(|column| column.eq_ignore_ascii_case(role)).map(String::as_str);
        mapped.or_else(same)
    };
    for (_, mapped) in mapping {
        if !columns.contains(mapped) {
            let hint = crate::nearest::hint(mapped, columns.iter().map(String::as_str), "columns");
            return Err(unreadable(path, format!("it has no column `{mapped}`: {hint}")));
        }
    }
    let unmapped = |role: &str| {
        let short = columns.iter().filter(|column| column.len() <= LONGEST_NAME).take(MOST_COLUMNS);
        let names: Vec<String> = short.map(|column| format!("`{column}`")).collect();
        let more = if names.len() < columns.len() { " and others" } else { "" };
        let names = names.join(", ");
        unreadable(path, format!("which column is the {role}? map it: `--map {role}=COLUMN`; columns: {names}{more}"))
    };
    let Some(code) = column("code") else {
        let no_rows = || unreadable(path, "it has no rows");
        return Err(if columns.is_empty() { no_rows() } else { unmapped("code") });
    };
    let of_roles: HashMap<&str, &str> = ROLES.iter().filter_map(|role| Some((*role, column(role)?))).collect();
    let has_words = WORDS.iter().any(|role| of_roles.contains_key(role));
    let mut import = Import { left_out, ..Import::default() };
    for row in rows {
        let (number, row) = row?;
        let text = |role: &str| of_roles.get(role).and_then(|column| row.get(*column)).and_then(text_of);
        let Some(name) = row.get(code).and_then(text_of) else {
            import.left_out.push(format!("row {number} has no code"));
            continue;
        };
        let others = row.iter().filter(|(column, _)| of_roles.values().all(|known| known != column));
        let mut remarks: Vec<String> =
            others.filter_map(|(column, value)| Some(format!("{column}: {}", text_of(value)?))).collect();
        // Every draft would be without a text, and the texts of the source comments.
        if !has_words && !remarks.is_empty() {
            return Err(unmapped("message"));
        }
        let status = text("status");
        let number =
            status.as_deref().and_then(|status| status.parse().ok()).filter(|status| (400..600).contains(status));
        if let (Some(status), None) = (&status, number) {
            remarks.push(format!("`{status}` is not an error status of HTTP"));
        }
        let is_printf = |text: &str| text.contains('%') && !text.contains('{');
        let of_message = |text: String| {
            let style = if is_printf(&text) { Style::Printf } else { Style::Rust };
            message(&text, style, &|_| "text")
        };
        import.errors.push(Imported {
            name,
            title: text("title").map(|text| plain(&text).text),
            status: number,
            message: text("message").map(of_message),
            meaning: text("meaning").map(|text| plain(&text).text),
            fix: text("fix").map(|text| plain(&text).text),
            remarks,
            ..Imported::default()
        });
    }
    Ok(import)
}

/// A cell as a text; nothing for an empty one.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

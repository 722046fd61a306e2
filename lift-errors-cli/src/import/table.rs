//! A list of codes, as CSV or from JSON, with a mapping from its columns or members to what a catalogue has.

use super::imported::{Import, Imported, TableForm, unreadable};
use super::placeholder::{Marks, Style, message, plain_of};
use crate::error::Error;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The meaning of a column. A column with that name needs no mapping.
pub(crate) const ROLES: [&str; 6] = ["code", "title", "message", "meaning", "fix", "status"];

/// The roles that say what the error is, without which a draft has nothing to read.
const WORDS: [&str; 3] = ["message", "title", "meaning"];

/// The longest name of a column, in bytes: what is said of a row has the names of its cells.
pub(super) const LONGEST_NAME: usize = 200;

/// The most columns that a message names. The members of JSON may be many, and long.
const MOST_COLUMNS: usize = 20;

/// A row of a table with its number.
pub(super) type Row = (usize, Map<String, Value>);

pub(super) fn read_csv(path: &Path, text: &str, form: &TableForm) -> Result<Import, Error> {
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
    import((path, ""), &columns, rows, Vec::new(), form)
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
pub(super) fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    // The number of the next column of a name, so that no number is tried twice.
    let mut next: HashMap<&str, usize> = HashMap::new();
    let distinct = names.into_iter().map(|name| {
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

/// Reads the rows of a table. The remedy is another one for a table without a message.
pub(super) fn import(
    (path, remedy): (&Path, &str),
    columns: &[String],
    rows: impl Iterator<Item = Result<Row, Error>>,
    left_out: Vec<String>,
    form: &TableForm,
) -> Result<Import, Error> {
    let mapping = match form {
        TableForm::Rows(mapping) => mapping.as_slice(),
        TableForm::Texts => &[],
    };
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
        let remedy = if role == "message" { remedy } else { "" };
        unreadable(
            path,
            format!("which column is the {role}? map it: `--map {role}=COLUMN`{remedy}; columns: {names}{more}"),
        )
    };
    let Some(code) = column("code") else {
        let no_rows = || unreadable(path, "it has no rows");
        return Err(if columns.is_empty() { no_rows() } else { unmapped("code") });
    };
    let of_roles: HashMap<&str, &str> = ROLES.iter().filter_map(|role| Some((*role, column(role)?))).collect();
    let has_words = WORDS.iter().any(|role| of_roles.contains_key(role));
    let rows = rows.collect::<Result<Vec<Row>, Error>>()?;
    let messages = rows.iter().filter_map(|(_, row)| row.get(*of_roles.get("message")?)?.as_str());
    let marks = Marks::of(messages);
    let mut import = Import { left_out, ..Import::default() };
    for (number, row) in rows {
        // What has parts of its own is no text.
        let is_text = |value: &&Value| !(value.is_object() || value.is_array());
        let cell = |role: &str| of_roles.get(role).and_then(|column| row.get(*column)).filter(is_text);
        let text = |role: &str| cell(role).and_then(text_of);
        let Some(name) = row.get(code).and_then(text_of) else {
            import.left_out.push(format!("row {number} has no code"));
            continue;
        };
        let others =
            row.iter().filter(|(column, value)| !is_text(value) || of_roles.values().all(|known| known != column));
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
        let mut plain = |role: &str| text(role).map(|text| plain_of(role, &text, &mut remarks));
        let (title, meaning, fix) = (plain("title"), plain("meaning"), plain("fix"));
        import.errors.push(Imported {
            name,
            title,
            status: number,
            message: text("message").map(|text| message(&text, Style::Any(marks), &|_| "text")),
            meaning,
            fix,
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

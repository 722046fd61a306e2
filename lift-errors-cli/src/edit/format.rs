//! The layout of TOML files: blanks, blank lines and ends of lines. Comments, keys and values stay as they are.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, RawString, Table, Value};

/// The text in the layout of catalogues.
pub(crate) fn formatted(text: &str) -> Result<String, toml_edit::TomlError> {
    // TOML's own end of a line.
    let mut document: DocumentMut = text.replace("\r\n", "\n").parse()?;
    let mut is_first = true;
    table(document.as_table_mut(), &mut is_first);
    // Nothing follows, not even the end of a line.
    let trailing = comments(&format!("{}\n", document.trailing().as_str().unwrap_or_default()), false);
    document.set_trailing(trailing);
    let text = document.to_string();
    Ok(format!("{}\n", text.trim_start_matches('\n').trim_end()))
}

/// A table with its keys and the tables in it.
fn table(table: &mut Table, is_first: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(of_key) => {
                let before = key.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default();
                let before = comments(before, false);
                let before = if *is_first { before.trim_start_matches('\n').to_owned() } else { before };
                *is_first = false;
                *key.leaf_decor_mut() = Decor::new(before, " ");
                let after = after(of_key.decor());
                value(of_key, false);
                *of_key.decor_mut() = Decor::new(" ", after);
            }
            Item::Table(inner) => {
                header(inner, is_first);
                self::table(inner, is_first);
            }
            Item::ArrayOfTables(tables) => {
                for inner in tables.iter_mut() {
                    header(inner, is_first);
                    self::table(inner, is_first);
                }
            }
            Item::None => {}
        }
    }
}

/// One blank line before `[table]`, except where the file begins with it.
fn header(table: &mut Table, is_first: &mut bool) {
    if table.is_implicit() || table.is_dotted() {
        return;
    }
    let before = comments(table.decor().prefix().and_then(RawString::as_str).unwrap_or_default(), true);
    let before = if *is_first { before.trim_start_matches('\n').to_owned() } else { before };
    *is_first = false;
    let after = after(table.decor());
    *table.decor_mut() = Decor::new(before, after);
}

/// Comments and blank lines before something: no blanks around them, and never two blank lines.
fn comments(text: &str, begins_blank: bool) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let mut out = String::new();
    let mut is_blank = false;
    // The last piece is the indentation of what follows.
    for line in lines.iter().take(lines.len().saturating_sub(1)) {
        if !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        } else if !is_blank {
            out.push('\n');
        }
        is_blank = line.is_empty();
    }
    if begins_blank && !out.starts_with('\n') {
        out.insert(0, '\n');
    }
    out
}

/// The comment behind something, with the blanks that align it.
fn after(decor: &Decor) -> String {
    let text = decor.suffix().and_then(RawString::as_str).unwrap_or_default().trim_end();
    if text.trim_start().is_empty() || text.starts_with([' ', '\t']) { text.to_owned() } else { format!(" {text}") }
}

/// The inside of a value. `is_flat` says of one within another that it is on one line: nobody has to look again, and values may
/// have thousands of levels.
fn value(of_key: &mut Value, is_flat: bool) {
    match of_key {
        Value::Array(items) => array(items, is_flat),
        Value::InlineTable(members) => inline_table(members, is_flat),
        _ => {}
    }
}

fn array(items: &mut Array, is_flat: bool) {
    let is_blank = |text: Option<&RawString>| {
        text.and_then(RawString::as_str).is_none_or(|text| text.chars().all(|character| character == ' '))
    };
    let on_one_line = items.iter().all(|item| is_blank(item.decor().prefix()) && is_blank(item.decor().suffix()));
    let trailing = items.trailing().as_str().unwrap_or_default();
    // A list over several lines is laid out by hand, often with comments.
    if !on_one_line || !trailing.chars().all(|character| character == ' ') {
        return;
    }
    for (number, item) in items.iter_mut().enumerate() {
        value(item, is_flat);
        *item.decor_mut() = Decor::new(if number > 0 { " " } else { "" }, "");
    }
    items.set_trailing("");
    items.set_trailing_comma(false);
}

fn inline_table(members: &mut InlineTable, is_flat: bool) {
    if !is_flat && members.to_string().contains('\n') {
        return;
    }
    if members.is_empty() {
        members.set_trailing("");
    }
    values(members, " ");
}

/// The values of an inline table, on one line. `behind` follows the last one.
fn values(members: &mut InlineTable, behind: &str) {
    let count = members.len();
    for (number, (mut key, member)) in members.iter_mut().enumerate() {
        let behind = if number + 1 == count { behind } else { "" };
        match member {
            // The values of a dotted key are among the others.
            Value::InlineTable(inner) if inner.is_dotted() => values(inner, behind),
            member => {
                value(member, true);
                *member.decor_mut() = Decor::new(" ", behind);
            }
        }
        *key.leaf_decor_mut() = Decor::new(" ", " ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_changes_and_nothing_else() {
        let text = "\n\n# first\r\n[a]   # why\r\nkey=1   # one\n\n\n\n  other = [ 1,2 ]  \n\n[[a.list]]\nid='x'\ntable={a=1,b = \"2\"}\n[b]\nlines = [\n    1, # one\n]\n# end\n\n\n";
        let expected = "# first\n[a]   # why\nkey = 1   # one\n\nother = [1, 2]\n\n[[a.list]]\nid = 'x'\ntable = { a = 1, b = \"2\" }\n\n[b]\nlines = [\n    1, # one\n]\n# end\n";
        assert_eq!(formatted(text).unwrap(), expected);
        assert_eq!(formatted(expected).unwrap(), expected);
        let inline = "a = { b . c=1,d.e.f = 2 , g={  },h.i = [ { } ] ,j.k=3}\n";
        let expected = "a = { b . c = 1, d.e.f = 2, g = {}, h.i = [{}], j.k = 3 }\n";
        assert_eq!([formatted(inline).unwrap(), formatted(expected).unwrap()], [expected, expected]);
        for (text, expected) in [("a=1\n# end", "a = 1\n# end\n"), ("# only", "# only\n"), ("[a] # end", "[a] # end\n")]
        {
            assert_eq!(formatted(text).unwrap(), expected);
        }
        assert!(formatted("a = ").is_err());
    }
}

//! Removes parts of a file. The comments above them that are not about them stay: those of the file, or of a section.

use super::tables::{Place, for_each_line, item_at, positions};
use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, RawString, TableLike, Value};

/// Removes a table from a file, such as an entry.
pub(super) fn remove_table(document: &mut DocumentMut, code: &str) {
    keep_comments(document, &|path, _| path.first().is_some_and(|key| key == code));
    document.remove(code);
}

/// Removes a key of the table at a path, and returns whether it was there.
pub(super) fn remove_key(document: &mut DocumentMut, path: &[&str], key: &str) -> bool {
    if item_at(document, path).is_none_or(|table| table.get(key).is_none()) {
        return false;
    }
    let removed: Vec<String> = path.iter().chain([&key]).map(|&key| key.to_owned()).collect();
    match inline_table_at(document, path) {
        Some((table, depth)) => remove_lines(table, removed.get(depth..).unwrap_or_default()),
        None => keep_comments(document, &|path, _| path.starts_with(&removed)),
    }
    // The lines of a dotted key may be gone, but not its table.
    let table = item_at(document, path).and_then(Item::as_table_like_mut);
    table.into_iter().for_each(|table| _ = table.remove(key));
    true
}

/// The inline table in whose braces the keys of a path are written, and how many keys of the path lead to it.
fn inline_table_at<'a>(document: &'a mut DocumentMut, path: &[&str]) -> Option<(&'a mut InlineTable, usize)> {
    let mut depth = path.len();
    while item_at(document, path.get(..depth)?)?.as_inline_table()?.is_dotted() {
        depth = depth.checked_sub(1)?;
    }
    Some((item_at(document, path.get(..depth)?)?.as_inline_table_mut()?, depth))
}

/// Removes a key of an inline table with the comment behind it. A dotted key may have several lines.
pub(super) fn remove_lines(table: &mut InlineTable, removed: &[String]) {
    let path = |keys: Vec<&Key>| keys.into_iter().map(|key| key.get().to_owned()).collect();
    let mut lines: Vec<Vec<String>> = table.get_values().into_iter().map(|(keys, _)| path(keys)).collect();
    while let Some(index) = lines.iter().rposition(|line| line.starts_with(removed)) {
        remove_line(table, &lines, index);
        lines.remove(index);
    }
}

fn remove_line(table: &mut InlineTable, lines: &[Vec<String>], index: usize) {
    let values = table.get_values();
    let is_last = index + 1 == values.len();
    // A dotted key has the comments at its last part.
    let prefix = |index: usize| {
        let key = values.get(index).and_then(|(keys, _)| keys.last());
        key.and_then(|key| key.leaf_decor().prefix()).and_then(RawString::as_str).unwrap_or(" ")
    };
    let suffix = values.get(index).and_then(|(_, value)| value.decor().suffix()).and_then(RawString::as_str);
    let after = match is_last {
        true => suffix.unwrap_or_default().to_owned() + table.trailing().as_str().unwrap_or_default(),
        false => prefix(index + 1).to_owned(),
    };
    let between = between(prefix(index), &after, index == 0, is_last);
    if let Some((key, table)) = lines.get(index).and_then(|line| innermost(table, line)) {
        table.remove(key);
    }
    if !is_last {
        if let Some((key, table)) = lines.get(index + 1).and_then(|line| innermost(table, line)) {
            table.key_mut(key).into_iter().for_each(|mut key| key.leaf_decor_mut().set_prefix(between.as_str()));
        }
        return;
    }
    let has_comma = table.trailing_comma() && index > 0;
    table.set_trailing_comma(has_comma);
    // What follows the last value is behind its comma, if it has one.
    let last = index.checked_sub(1).filter(|_| !has_comma).and_then(|last| lines.get(last));
    table.set_trailing(if last.is_some() { "" } else { between.as_str() });
    if let Some(last) = last.and_then(|line| innermost(table, line)).and_then(|(key, table)| table.get_mut(key)) {
        last.decor_mut().set_suffix(between);
    }
}

/// The last part of a dotted key, and the table that has it.
fn innermost<'a>(table: &'a mut InlineTable, line: &'a [String]) -> Option<(&'a String, &'a mut InlineTable)> {
    let (key, tables) = line.split_last()?;
    let inner = tables.iter().try_fold(table, |table, key| table.get_mut(key)?.as_inline_table_mut())?;
    Some((key, inner))
}

/// Removes a table that has nothing left in it, and those above it that have nothing else. The comment above the last one goes too.
pub(super) fn remove_empty(document: &mut DocumentMut, path: &[&str]) {
    let Some((key, above)) = path.split_last() else { return };
    if item_at(document, path).and_then(|item| item.as_table_like()).is_some_and(TableLike::is_empty) {
        remove_key(document, above, key);
        remove_empty(document, above);
    }
}

/// Removes tables from the list at a path, whether it is written as `[[list]]` or as an array of inline tables, and returns whether
/// there were any. A list without any goes, too.
pub(super) fn remove_from_list(
    document: &mut DocumentMut,
    path: &[&str],
    is_removed: &dyn Fn(&dyn TableLike) -> bool,
) -> bool {
    let Some((list, above)) = path.split_last() else { return false };
    let is_item = |item: &Value| item.as_inline_table().is_some_and(|table| is_removed(table));
    let mut has_removed = false;
    if let Some(Item::Value(Value::Array(array))) = item_at(document, path) {
        has_removed = array.iter().any(is_item);
        remove_from_array(array, &is_item);
        if !(has_removed && array.is_empty()) {
            return has_removed;
        }
        remove_key(document, above, list);
    }
    while let Some(Item::ArrayOfTables(tables)) = item_at(document, path) {
        let Some(index) = tables.iter().position(|table| is_removed(table)) else { break };
        has_removed = true;
        if tables.len() == 1 {
            return remove_key(document, above, list);
        }
        let places = tables.get(index).map(positions).unwrap_or_default();
        keep_comments(document, &|_, (position, _)| places.contains(&position));
        if let Some(Item::ArrayOfTables(tables)) = item_at(document, path) {
            tables.remove(index);
        }
    }
    has_removed
}

/// Removes items of an array, each with the comment behind it.
pub(super) fn remove_from_array(array: &mut Array, is_removed: &dyn Fn(&Value) -> bool) {
    let removed: Vec<usize> =
        array.iter().enumerate().filter_map(|(index, item)| is_removed(item).then_some(index)).collect();
    removed.into_iter().rev().for_each(|index| remove_item(array, index));
}

fn remove_item(array: &mut Array, index: usize) {
    let is_last = index + 1 == array.len();
    let text = |text: Option<&RawString>| text.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let decor = |index: usize| array.get(index).map(Value::decor);
    let before = text(decor(index).and_then(Decor::prefix));
    let after = match is_last {
        true => text(decor(index).and_then(Decor::suffix)) + &text(Some(array.trailing())),
        false => text(decor(index + 1).and_then(Decor::prefix)),
    };
    let between = between(&before, &after, index == 0, is_last);
    array.remove(index);
    if !is_last {
        if let Some(next) = array.get_mut(index) {
            next.decor_mut().set_prefix(between);
        }
        return;
    }
    let has_comma = array.trailing_comma() && !array.is_empty();
    array.set_trailing_comma(has_comma);
    // What follows the last item is behind its comma, if it has one.
    match index.checked_sub(1).filter(|_| !has_comma).and_then(|last| array.get_mut(last)) {
        Some(last) => {
            last.decor_mut().set_suffix(between);
            array.set_trailing("");
        }
        None => array.set_trailing(between),
    }
}

/// The blanks and comments in the place of an item of an array, or of a key of an inline table, from those before and behind it.
fn between(before: &str, after: &str, is_first: bool, is_last: bool) -> String {
    // A comment behind an item is in front of the next one.
    match (before.split_once('\n'), after.split_once('\n')) {
        (Some((of_previous, above)), Some((_, of_next))) => {
            let kept = not_about_the_next(above);
            let of_next = if kept.is_empty() { of_next } else { of_next.trim_start_matches('\n') };
            format!("{of_previous}\n{kept}{of_next}")
        }
        // The line goes on with the next item.
        (Some(_), None) if !is_last => before.to_owned(),
        // The first item is behind the bracket: the comment was its own.
        (None, Some((_, of_next))) if is_first => {
            if of_next.contains('#') {
                format!("\n{of_next}")
            } else {
                before.to_owned()
            }
        }
        (None, None) if is_first && !is_last => before.to_owned(),
        // The bracket is on the line of the last item.
        (Some((of_previous, above)), None) if before.contains('#') => {
            format!("{of_previous}\n{}{after}", not_about_the_next(above))
        }
        // The comment is about the items of a line.
        _ => after.to_owned(),
    }
}

/// A heading, or the line of a key, with the comments above it.
struct Line {
    place: Place,
    comments: String,
    is_removed: bool,
}

/// Gives the comments above lines that are about to be removed to the line that follows them, as far as they are not about those.
fn keep_comments(document: &mut DocumentMut, is_removed: &dyn Fn(&[String], Place) -> bool) {
    let mut lines = Vec::new();
    for_each_line(document, &mut |path, place, decor| {
        let comments = decor.prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
        lines.push(Line { place, comments, is_removed: is_removed(path, place) });
    });
    lines.sort_unstable_by_key(|line| line.place);
    // The tables of an entry may be apart, each below the heading of a section.
    let mut runs = lines.chunk_by(|line, next| line.is_removed == next.is_removed).peekable();
    let mut is_at_start = true;
    while let Some(run) = runs.next() {
        let next = runs.peek().and_then(|run| run.first());
        if let Some(removed) = run.first().filter(|line| line.is_removed) {
            let kept = not_about_the_next(&removed.comments);
            if !kept.is_empty() || is_at_start && next.is_some() {
                give(document, next, kept);
            }
        }
        is_at_start = false;
    }
}

/// Puts comments above those of a line, or at the end of the file.
fn give(document: &mut DocumentMut, next: Option<&Line>, kept: &str) {
    match next {
        Some(next) => for_each_line(document, &mut |_, place, decor| {
            if place == next.place {
                decor.set_prefix(format!("{kept}{}", next.comments.trim_start_matches('\n')));
            }
        }),
        None => {
            let trailing = document.trailing().as_str().unwrap_or_default();
            let trailing = format!("{}\n{trailing}", kept.trim_end());
            document.set_trailing(trailing);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The array without its items `x`, `y` and `z`.
    fn without(array: &str) -> String {
        let mut document: DocumentMut = format!("words = {array}\n").parse().unwrap();
        let words = document.get_mut("words").and_then(Item::as_array_mut).unwrap();
        remove_from_array(words, &|word| word.as_str().is_some_and(|word| "xyz".contains(word)));
        let text = document.to_string();
        assert!(text.parse::<DocumentMut>().is_ok(), "{text}");
        text.trim_start_matches("words = ").trim_end().to_owned()
    }

    #[test]
    fn an_item_goes_with_its_own_comment_alone() {
        for (before, after) in [
            ("[\"x\", \"a\"]", "[\"a\"]"),
            ("[\"a\", \"x\", \"b\"]", "[\"a\", \"b\"]"),
            ("[ \"a\", \"x\" ]", "[ \"a\" ]"),
            ("[\"x\", \"y\"]", "[]"),
            ("[\"a\", # A\n \"x\", # X\n \"b\", # B\n]", "[\"a\", # A\n \"b\", # B\n]"),
            ("[\n \"a\", # A\n \"x\", # X\n]", "[\n \"a\", # A\n]"),
            ("[\n \"a\", # A\n \"x\" # X\n]", "[\n \"a\" # A\n]"),
            ("[ # all\n # X\n \"x\", # X\n # A\n \"a\", # A\n]", "[ # all\n # A\n \"a\", # A\n]"),
            ("[\"x\", # X\n \"a\"]", "[\"a\"]"),
            ("[\"x\", # X\n # A\n \"a\"]", "[\n # A\n \"a\"]"),
            ("[\n # -- Some --\n\n # X\n \"x\",\n\n # A\n \"a\"]", "[\n # -- Some --\n\n # A\n \"a\"]"),
            ("[\n \"a\", # A\n \"x\"]", "[\n \"a\" # A\n]"),
            ("[\n \"a\", # A\n # X\n \"x\"]", "[\n \"a\" # A\n]"),
            ("[\n \"a\",\n \"x\"]", "[\n \"a\"]"),
            ("[ # all\n \"x\"]", "[ # all\n]"),
            // Comments about several items of a line.
            ("[\n # line\n \"x\", \"a\", # line\n]", "[\n # line\n \"a\", # line\n]"),
            ("[\n \"a\", \"x\", # line\n \"b\",\n]", "[\n \"a\", # line\n \"b\",\n]"),
            ("[\n \"x\", # X\n \"y\", # Y\n \"z\", # Z\n]", "[\n]"),
        ] {
            assert_eq!(without(before), after, "{before}");
        }
    }

    #[test]
    fn the_heading_of_a_section_stays_when_its_first_key_or_table_goes() {
        let removed = |text: &str, remove: &dyn Fn(&mut DocumentMut)| {
            let mut document: DocumentMut = text.parse().unwrap();
            remove(&mut document);
            document.to_string()
        };
        let most = |document: &mut DocumentMut| assert!(remove_key(document, &["constants"], "most"));
        let section = "\n# -- Limits --\n\n";
        for (before, after) in [
            (
                format!("[constants]{section}# Of shelves.\nmost = 7\nleast = 1\n"),
                format!("[constants]{section}least = 1\n"),
            ),
            (
                format!("[constants]\na = 1\n{section}most = 7\n\n# Least.\nleast = 1\n"),
                format!("[constants]\na = 1\n{section}# Least.\nleast = 1\n"),
            ),
            (
                format!("[constants]\na = 1\n{section}# Of shelves.\nmost = 7\n\n# Of labels.\n[labels]\n"),
                format!("[constants]\na = 1\n{section}# Of labels.\n[labels]\n"),
            ),
            (format!("[constants]\na = 1\n{section}most = 7\n"), "[constants]\na = 1\n\n# -- Limits --\n".to_owned()),
            (
                format!("[constants]\na = 1\n{section}# Most.\n[constants.most]\nvalue = 7\n\n[labels]\n"),
                format!("[constants]\na = 1\n{section}[labels]\n"),
            ),
        ] {
            assert_eq!(removed(&before, &most), after);
        }
        let link = |document: &mut DocumentMut| {
            remove_from_list(document, &["link"], &|link| link.get("id").and_then(Item::as_str) == Some("map"));
        };
        let (map, site) = ("# The map.\n[[link]]\nid = \"map\"\n", "[[link]]\nid = \"site\"\n");
        assert_eq!(removed(&format!("a = 1\n{section}{map}\n{site}"), &link), format!("a = 1\n{section}{site}"));
        assert_eq!(removed(&format!("{site}{section}{map}"), &link), format!("{site}\n# -- Limits --\n"));
        assert_eq!(removed(&format!("a = 1\n\n{map}"), &link), "a = 1\n");
        // A table may be written with dotted keys.
        let table = |document: &mut DocumentMut| remove_table(document, "a");
        let last_key = |document: &mut DocumentMut| {
            assert!(remove_key(document, &["a"], "b"));
            remove_empty(document, &["a"]);
        };
        let head = "#:schema x\n# Of the file.\n\n";
        for (a, next) in [
            ("# A\na.b = 1\n", ""),
            ("a.b = 1\n", "\n# B\nb.a = 1\n"),
            ("# A\na.b = 1\n", "\n# B\nb = 1\n"),
            ("# A\na = { b = 1 }\n", "# B\n[b]\n"),
            ("# A\n[a]\nb = 1\n", "\n# B\n[b]\n"),
        ] {
            let rest = next.trim_start_matches('\n');
            let left = if rest.is_empty() { head.trim_end().to_owned() + "\n" } else { format!("{head}{rest}") };
            assert_eq!(removed(&format!("{head}{a}{next}"), &table), left);
            assert_eq!(removed(&format!("{head}{a}{next}"), &last_key), left);
            assert_eq!(removed(&format!("{a}{next}"), &table), rest);
        }
        let dotted = format!("{head}# A\na.b = 1\n\n# Title.\na.c = 1\n\n# B\nb.a = 1\n");
        assert_eq!(removed(&dotted, &table), format!("{head}# B\nb.a = 1\n"));
        // The head of the file stays at its beginning, and the heading of a section above the rest of it.
        let of_params = |document: &mut DocumentMut| {
            assert!(remove_key(document, &["a", "params"], "b"));
            remove_empty(document, &["a", "params"]);
        };
        for (above, below) in [
            (head.to_owned(), "a.title = 1\na.fix.c = 1\n\n[b]\n"),
            (format!("[a]{section}"), "cause = [\n 1,\n]\nfix.c = 1\n\n[b]\n"),
            (format!("[a]\nid = 1\n{section}"), "fix = { c = 1 }\n\n[[a.cause]]\n"),
            (format!("[a]\nid = 1\n{section}"), "[[a.cause]]\n"),
            ("a = {\n # Of all.\n\n".to_owned(), " c = 1,\n}\n"),
        ] {
            let key = match above.as_bytes().first() {
                Some(b'#') => "a.params.b = 1\n",
                Some(b'a') => " params.b = 1,\n",
                _ => "params.b = 1\n",
            };
            assert_eq!(removed(&format!("{above}{key}{below}"), &of_params), format!("{above}{below}"));
        }
        // So does each heading of a section, if the tables are apart.
        let apart = format!("a.b = 1\n\n[b]\nc = 1\n{section}[[a.cause]]\nid = 1\n\n[[a.cause]]\n\n[[b.cause]]\n");
        let left = format!("[b]\nc = 1\n{section}[[b.cause]]\n");
        assert_eq!(removed(&apart, &table), left);
        assert_eq!(removed(&format!("{head}{apart}"), &table), format!("{head}{left}"));
        let at_end = format!("[a]\n\n[b]\n{section}[a.c]\nd = 1\n");
        assert_eq!(removed(&at_end, &table), "[b]\n\n# -- Limits --\n");
        let inline = "link = [\n { id = \"map\" }, # The map.\n { id = \"site\" }, # The site.\n]\n";
        assert_eq!(removed(inline, &link), "link = [\n { id = \"site\" }, # The site.\n]\n");
    }

    #[test]
    fn a_key_of_an_inline_table_goes_with_its_own_comment_alone() {
        for (before, after) in [
            ("{ x = 1, a = 2 }", "{ a = 2 }"),
            ("{ a = 1, x = 2 }", "{ a = 1 }"),
            ("{ a = 1, x = 2, b = 3 }", "{ a = 1, b = 3 }"),
            ("{ # all\n x = 1, # X\n a = 2, # A\n}", "{ # all\n a = 2, # A\n}"),
            ("{ # all\n a = 1, # A\n x = 2, # X\n}", "{ # all\n a = 1, # A\n}"),
            ("{\n a = 1, # A\n x = 2, # X\n b = 3, # B\n}", "{\n a = 1, # A\n b = 3, # B\n}"),
            ("{\n a = 1, # A\n x = 2 # X\n}", "{\n a = 1 # A\n}"),
            ("{\n a = 1, # A\n x = 2 }", "{\n a = 1 # A\n }"),
            ("{\n a = 1, # A\n x = { b = 2 }, # X\n}", "{\n a = 1, # A\n}"),
            ("{\n a = 1, # A\n x.b = 2, # B\n x.c = 3, # C\n d = 4, # D\n}", "{\n a = 1, # A\n d = 4, # D\n}"),
            ("{\n a.b = 1, # B\n x = 2 # X\n}", "{\n a.b = 1 # B\n}"),
            ("{\n # -- Some --\n\n # X\n x = 1,\n\n # A\n a = 2\n}", "{\n # -- Some --\n\n # A\n a = 2\n}"),
        ] {
            for table in ["[e]\nparams = ", "e.params = ", "e = { params = "] {
                let end = if table.contains('{') { " }\n" } else { "\n" };
                let mut document: DocumentMut = format!("{table}{before}{end}").parse().unwrap();
                assert!(remove_key(&mut document, &["e", "params"], "x"));
                assert_eq!(document.to_string(), format!("{table}{after}{end}"));
                assert!(document.to_string().parse::<DocumentMut>().is_ok(), "{document}");
            }
        }
        let mut document: DocumentMut = "e = {\n a = 1, # A\n p.x = 2, # X\n b = 3, # B\n}\n".parse().unwrap();
        assert!(remove_key(&mut document, &["e", "p"], "x"));
        remove_empty(&mut document, &["e", "p"]);
        assert_eq!(document.to_string(), "e = {\n a = 1, # A\n b = 3, # B\n}\n");
    }
}

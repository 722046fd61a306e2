//! The marks by which texts name something, `{parameter}` and `[words](@link)`, and another name in them.

use super::tables::{change_string, for_each_string, set_string};
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;
use toml_edit::{Item, TableLike, Value};

/// Keys whose strings are not texts with placeholders and links.
const NOT_TEXTS: [&str; 7] = ["id", "doc", "example", "href", "rel", "type", "header"];

/// Keys of an entry that have texts by their ids in translations: any word may be one.
const BY_ID: [&str; 4] = ["cause", "detail", "fix", "note"];

/// Tables of a file that have texts by their names.
const BY_NAME: [&str; 2] = ["field_error", "term"];

/// How texts name something.
pub(super) struct Written<'a> {
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    mark: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `{name}`. Plural texts select by it, too.
    Placeholder,
    /// `[text](@id)`
    Link,
    /// `[text](#code)`, in descriptions
    Code,
}

/// The markup of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    /// A line, in which braces in `code` are placeholders, too.
    Line,
    /// A description, which is CommonMark.
    Description,
}

impl Mark {
    /// The characters around the name.
    const fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Placeholder => ("{", "}"),
            Self::Link => ("](@", ")"),
            Self::Code => ("](#", ")"),
        }
    }

    fn of(self, name: &str) -> String {
        let (before, after) = self.around();
        format!("{before}{name}{after}")
    }
}

impl<'a> Written<'a> {
    pub(super) fn placeholder(old: &'a str, new: &'a str) -> Self {
        Self { old, new, mark: Mark::Placeholder }
    }

    pub(super) fn link(old: &'a str, new: &'a str) -> Self {
        Self { old, new, mark: Mark::Link }
    }

    pub(super) fn code(old: &'a str, new: &'a str) -> Self {
        Self { old, new, mark: Mark::Code }
    }
}

impl Written<'_> {
    /// Writes the new name into all texts of a file's table: an entry, or all field errors or terms.
    pub(super) fn replace_in_table(&self, name: &str, table: &mut Item) -> bool {
        if !BY_NAME.contains(&name) {
            return self.replace_in_entry(table);
        }
        let texts = table.as_table_like_mut().into_iter().flat_map(|table| table.iter_mut());
        texts.fold(false, |is_named, (_, text)| self.replace(text) || is_named)
    }

    /// Writes the new name into all texts of an entry. Returns whether one had the old name.
    pub(super) fn replace_in_entry(&self, entry: &mut Item) -> bool {
        let keys = entry.as_table_like_mut().into_iter().flat_map(|entry| entry.iter_mut());
        let texts = keys.filter(|(key, _)| !NOT_TEXTS.contains(&key.get()));
        let mut is_named = false;
        for (key, item) in texts {
            let markup = if key.get() == "description" { Markup::Description } else { Markup::Line };
            let is_by_id = BY_ID.contains(&key.get()) && item.is_table_like();
            is_named |= self.replace_with(item, if is_by_id { &[] } else { &NOT_TEXTS }, markup);
        }
        self.select(entry) || is_named
    }

    /// Writes the new name into all texts of an item. Returns whether one had the old name.
    pub(super) fn replace(&self, item: &mut Item) -> bool {
        let is_named = self.replace_with(item, &NOT_TEXTS, Markup::Line);
        self.select(item) || is_named
    }

    fn replace_with(&self, item: &mut Item, except: &[&str], markup: Markup) -> bool {
        let mut is_named = false;
        for_each_string(item, except, &mut |value| is_named |= self.replace_in(value, markup));
        is_named
    }

    /// Renames the parameter that plural texts select by.
    fn select(&self, item: &mut Item) -> bool {
        self.mark == Mark::Placeholder && selectors(item, self.old, self.new)
    }

    /// Replaces the name in a string as it is written: its quotation marks and its comments stay.
    fn replace_in(&self, value: &mut Value, markup: Markup) -> bool {
        let Value::String(string) = value else { return false };
        let text = string.value();
        let meant = self.places(text, markup);
        if meant.is_empty() {
            return false;
        }
        let (mark, written) = (self.mark.of(self.old), string.display_repr());
        let all = |text: &str| text.match_indices(&mark).map(|(at, _)| at).collect::<Vec<_>>();
        let (read, source) = (all(text), all(&written));
        let of_source: Vec<usize> =
            read.iter().zip(&source).filter(|(at, _)| meant.contains(at)).map(|(_, at)| *at).collect();
        let replaced = self.replaced(&written, &of_source).parse::<Value>().ok();
        match replaced.filter(|_| read.len() == source.len()) {
            Some(mut new) => {
                *new.decor_mut() = string.decor().clone();
                *value = new;
            }
            // A mark is written with escapes.
            None => {
                let text = self.replaced(text, &meant);
                set_string(value, &text);
            }
        }
        true
    }

    /// A text with the new name at the places of the old one.
    fn replaced(&self, text: &str, places: &[usize]) -> String {
        let (old, new) = (self.mark.of(self.old), self.mark.of(self.new));
        let (mut out, mut end) = (String::new(), 0);
        for &at in places {
            out.push_str(text.get(end..at).unwrap_or_default());
            out.push_str(&new);
            end = at + old.len();
        }
        out + text.get(end..).unwrap_or_default()
    }

    /// The places where a text names it. Two braces are a brace, and the word between them is one of the text.
    fn places(&self, text: &str, markup: Markup) -> Vec<usize> {
        let ((before, _), mark) = (self.mark.around(), self.mark.of(self.old));
        let literal = match (markup, self.mark) {
            (Markup::Description, _) => code_of_description(text),
            (Markup::Line, Mark::Placeholder) => Vec::new(),
            (Markup::Line, _) => code_of_line(text),
        };
        let has_escapes = markup == Markup::Description || self.mark != Mark::Placeholder;
        let (mut places, mut at) = (Vec::new(), 0);
        while let Some((passed, _)) = text.get(at..).and_then(|rest| rest.split_once(before)) {
            let place = at + passed.len();
            let (head, rest) = text.split_at(place);
            let backslashes = head.len() - head.trim_end_matches('\\').len();
            at = if let Some(code) = literal.iter().find(|code| code.contains(&place)) {
                code.end
            } else if has_escapes && backslashes % 2 == 1 {
                place + 1
            } else if rest.starts_with("{{") {
                place + 2
            } else {
                if rest.starts_with(&mark) {
                    places.push(place);
                }
                place + before.len()
            };
        }
        places
    }
}

/// The code in a description: braces and links in it are literal.
fn code_of_description(text: &str) -> Vec<Range<usize>> {
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    let events = Parser::new(text).into_offset_iter();
    events.filter(|(event, _)| is_code(event)).map(|(_, place)| place).collect()
}

/// The code in a line, between two backticks.
fn code_of_line(text: &str) -> Vec<Range<usize>> {
    let (mut code, mut opened, mut is_escaped) = (Vec::new(), None, false);
    for (at, character) in text.char_indices() {
        if character == '`' && !is_escaped {
            match opened.take() {
                Some(start) => code.push(start..at + 1),
                None => opened = Some(at),
            }
        }
        is_escaped = character == '\\' && !is_escaped && opened.is_none();
    }
    code
}

fn selectors(item: &mut Item, old: &str, new: &str) -> bool {
    let mut is_named = false;
    let mut table = |table: &mut dyn TableLike| {
        is_named |= change_string(table.get_mut("plural"), old, new);
        for (_, item) in table.iter_mut() {
            is_named |= selectors(item, old, new);
        }
    };
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|other| table(other)),
        Item::Value(Value::Array(array)) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|other| table(other));
        }
        item => item.as_table_like_mut().into_iter().for_each(table),
    }
    is_named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(written: &Written<'_>, entry: &str) -> String {
        let mut document: toml_edit::DocumentMut = entry.parse().unwrap();
        written.replace_in_entry(document.as_item_mut());
        document.to_string()
    }

    #[test]
    fn code_and_escapes_of_a_description_are_literal() {
        let text =
            "description = '''\n`{x}` {x} \\{x} {{x}} {{{x}}}\n\n```\n{x} [a](@x)\n```\n[`{x}`](@x) \\[a\\](@x)\n'''\n";
        assert_eq!(
            renamed(&Written::placeholder("x", "y"), text),
            text.replacen("` {x}", "` {y}", 1).replace("{{{x}}}", "{{{y}}}")
        );
        assert_eq!(renamed(&Written::link("x", "y"), text), text.replace("`](@x)", "`](@y)"));
        // With escapes of TOML, too.
        let text = r#"description = "`{x}`\n\n{x}\t\u007bx}" # kept"#;
        assert_eq!(
            renamed(&Written::placeholder("x", "y"), text).replace('\n', "~"),
            "description = \"\"\"~`{x}`~~{y}\\t{y}\"\"\" # kept~"
        );
    }

    #[test]
    fn ids_and_names_may_be_words_of_the_format() {
        let written = Written::placeholder("x", "y");
        let text = "[cause]\ntype = \"{x}\"\ndoc.one = \"{x}\"\n\n[[fix]]\nid = \"{x}\"\ntext = \"{x}\"\n";
        let expected = text.replace("{x}", "{y}").replace("id = \"{y}\"", "id = \"{x}\"");
        assert_eq!(renamed(&written, text), expected);
        let mut terms: toml_edit::DocumentMut = "type = \"{x}\"\n[doc]\ntext.one = \"{x}\"\n".parse().unwrap();
        assert!(written.replace_in_table("term", terms.as_item_mut()));
        assert_eq!(terms.to_string(), "type = \"{y}\"\n[doc]\ntext.one = \"{y}\"\n");
    }

    #[test]
    fn code_of_a_line_has_placeholders_but_no_links() {
        let text = "title = \"`{x} [a](@x)` [a](@x)\"\n";
        assert_eq!(renamed(&Written::placeholder("x", "y"), text), text.replace("{x}", "{y}"));
        assert_eq!(renamed(&Written::link("x", "y"), text), text.replace(" [a](@x)\"", " [a](@y)\""));
    }
}

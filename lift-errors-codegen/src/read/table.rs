//! Typed access to a TOML table that keeps places and reports what is wrong: a value of another type,
//! a missing key, an unknown key.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::{Located, Origin, Span, Text};
use crate::diagnostic::suggest::{nearest, suggest_absent};
use crate::read::format::{self, Key, Table, Value};
use crate::read::template::Template;
use crate::read::toml_string;
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file that is read, and where its faults go.
pub(crate) struct File<'a> {
    pub(crate) source: usize,
    pub(crate) text: &'a str,
    /// The offset of the text in the source, where it is only a part of it.
    pub(crate) start: usize,
    pub(crate) report: &'a RefCell<Report>,
}

impl File<'_> {
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.start + range.start..self.start + range.end)
    }

    pub(crate) fn fault(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().add(diagnostic);
    }

    /// A string and how the source contains it.
    pub(crate) fn text(&self, value: &str, range: Range<usize>) -> Text {
        let span = self.span(range.clone());
        let raw = self.text.get(range).unwrap_or("");
        let origin = toml_string::origin(raw, value);
        let is_verbatim = matches!(origin, Origin::Verbatim(_));
        let is_escaped = !is_verbatim && ["\\u", "\\U", "\\x"].iter().any(|escape| raw.contains(escape));
        Text { value: value.to_owned(), span, origin, is_escaped }
    }

    /// A string with markup.
    pub(crate) fn template(&self, value: &str, range: Range<usize>) -> Template {
        Template::parse(self.text(value, range), &mut self.report.borrow_mut())
    }

    /// A description. A checkout may have changed its line ends, and its last line may end or not: neither makes another text.
    pub(crate) fn description(&self, value: &str, range: Range<usize>) -> Template {
        let value = value.replace("\r\n", "\n");
        let text = self.text(value.trim_end_matches('\n'), range);
        Template::of_description(text, &mut self.report.borrow_mut())
    }
}

/// The text in place of one that could not be read. That fault is reported; with this text the table is complete, and
/// no other text that names it is at fault.
pub(crate) const UNREADABLE: &str = "…";

/// A table, its name in messages, and the keys that were asked for.
pub(crate) struct Reader<'a, 't> {
    pub(crate) file: &'a File<'a>,
    table: &'t DeTable<'t>,
    /// The keys that it may have.
    format: &'static Table,
    pub(crate) span: Span,
    what: String,
    /// Its own name in TOML, `conflict.cause`; empty for the document.
    path: String,
    asked: Vec<&'static str>,
    /// Keys that are missing, each with its remedy if that is not the line to add.
    missing: Vec<(&'static str, Option<String>)>,
    /// Unknown keys that were reported.
    reported: HashSet<String>,
    /// Keys that should be there and could not be read: what that entails is not reported as well.
    pub(crate) unreadable: Vec<&'static str>,
}

/// How a TOML type is called in messages.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) if integer(value).and_then(|number| i64::try_from(number).ok()).is_none() => {
            "an integer of more than 64 bits"
        }
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

impl<'a, 't> Reader<'a, 't> {
    pub(crate) fn new(
        file: &'a File<'a>,
        table: &'t DeTable<'t>,
        format: &'static Table,
        span: Span,
        what: impl Into<String>,
    ) -> Self {
        let (what, path) = (what.into(), String::new());
        let (asked, missing, reported, unreadable) = Default::default();
        Self { file, table, format, span, what, path, asked, missing, reported, unreadable }
    }

    /// A table whose keys are names.
    pub(crate) fn of_names(file: &'a File<'a>, table: &'t DeTable<'t>, span: Span) -> Self {
        Self::new(file, table, &format::NAMES, span, "")
    }

    /// The same table with its name in TOML, for lines that an author can copy.
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        debug_assert!(self.format.key(key).is_some(), "`{key}` is not in the table of the format's keys");
        self.asked.push(key);
        self.table.get(key)
    }

    /// Reports the value of a key that is of the wrong type.
    pub(crate) fn wrong_type(&mut self, key: &'static str, value: &Spanned<DeValue<'_>>, expected: &str) {
        self.unreadable.push(key);
        let help = self.remedy(key, value, expected);
        self.file.fault(not_of_type(self.file, &self.name_of(key), value).help(help));
    }

    /// The type that a value must have, and the line to write.
    fn remedy(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> String {
        match (self.format.key(key).map(|key| &key.value), value.get_ref()) {
            (Some(Value::Word(words)), _) => return format!("it must be {expected}, one of {}", quoted(&words())),
            (Some(Value::Detail(_)), DeValue::String(_)) => {
                let text = self.file.text.get(value.span()).filter(|text| !text.contains('\n')).unwrap_or("\"…\"");
                return format!("an alternative is a table with `id` and `text`; one text alone is `{key} = {text}`");
            }
            _ => {}
        }
        match self.line(key, value) {
            Some(line) => match self.words_in(key, value) {
                Some(words) => format!("it must be {expected}, such as `{line}`; {words}"),
                None => format!("it must be {expected}: write `{line}`"),
            },
            None => format!("it must be {expected}"),
        }
    }

    /// The words of a closed list that the table of a key has, where the author wrote another word in place of the table.
    fn words_in(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Value::Table(table) = &self.format.key(key)?.value else { return None };
        let (name, words) = table.word()?;
        let DeValue::String(text) = value.get_ref() else { return None };
        let is_near = nearest(text, words.iter().copied()).is_some();
        (!is_near).then(|| format!("`{name}` is one of {}", quoted(&words)))
    }

    /// A line that writes a key well, with the author's own value where its meaning is plain.
    fn line(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let key = self.format.key(name)?;
        let written = self.file.text.get(value.span()).filter(|text| !text.contains('\n'));
        let own = match (&key.value, value.get_ref()) {
            (
                Value::Text | Value::PluralText | Value::Detail(_),
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_),
            ) => written.map(|text| format!("\"{text}\"")),
            (Value::Integer(..), DeValue::String(text)) => text.parse::<i64>().ok().map(|number| number.to_string()),
            (Value::Integer(..), DeValue::Float(_)) => {
                written.and_then(|text| text.strip_suffix(".0")).map(str::to_owned)
            }
            (Value::Boolean, DeValue::String(text)) => text.parse::<bool>().ok().map(|flag| flag.to_string()),
            (Value::Texts | Value::Words(_), DeValue::String(_)) => written.map(|text| format!("[{text}]")),
            (Value::Table(table), DeValue::String(text)) => table.word().and_then(|(name, words)| {
                let word = nearest(text, words)?;
                Some(format!("{{ {name} = \"{word}\" }}"))
            }),
            _ => None,
        };
        Some(match own {
            Some(own) => format!("{name} = {own}"),
            None => key.line.replace("CODE", if self.path.is_empty() { "CODE" } else { &self.path }),
        })
    }

    fn wrong_item(&mut self, key: &'static str, item: &Spanned<DeValue<'_>>, expected: &str) {
        self.unreadable.push(key);
        let help = self.remedy(key, item, expected);
        self.file.fault(not_of_type(self.file, &format!("an item of `{key}` of {}", self.what), item).help(help));
    }

    /// A string.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.file.text(text, value.span())),
            _ => {
                self.wrong_type(key, value, "a string");
                None
            }
        }
    }

    /// A string that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str) -> Option<Text> {
        let text = self.text(key);
        if text.is_none() && !self.table.contains_key(key) {
            self.missing(key);
        }
        text
    }

    /// Notes that `key` is missing; `finish` knows whether it is there under a misspelt name.
    pub(crate) fn missing(&mut self, key: &'static str) {
        self.missing.push((key, None));
    }

    /// The same, with a remedy of its own.
    pub(crate) fn missing_for(&mut self, key: &'static str, remedy: impl Into<String>) {
        self.missing.push((key, Some(remedy.into())));
    }

    /// A string or several; the key must be there.
    pub(crate) fn required_text_or_list(&mut self, key: &'static str) -> Vec<Text> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        match self.table.get(key).map(|value| value.get_ref()) {
            Some(DeValue::Array(_)) => self.texts(key),
            _ => self.text(key).into_iter().collect(),
        }
    }

    /// A boolean.
    pub(crate) fn boolean(&mut self, key: &'static str) -> Option<Located<bool>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(Located { value: *flag, span: self.file.span(value.span()) }),
            _ => {
                self.wrong_type(key, value, "`true` or `false`");
                None
            }
        }
    }

    /// An integer.
    pub(crate) fn integer(&mut self, key: &'static str) -> Option<Located<i64>> {
        let value = self.value(key)?;
        match integer(value.get_ref()).and_then(|number| i64::try_from(number).ok()) {
            Some(number) => Some(Located { value: number, span: self.file.span(value.span()) }),
            None => {
                self.wrong_type(key, value, "an integer of at most 64 bits");
                None
            }
        }
    }

    /// An array of strings; an absent one is empty.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "an array of strings");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.file.text(text, item.span())),
                _ => self.wrong_item(key, item, "a string"),
            }
        }
        texts
    }

    /// The unknown keys that are the codes of entries, which are not reported as unknown.
    pub(crate) fn entries(&mut self) -> Vec<Text> {
        let is_entry = |value: &DeValue<'_>| value.as_table().is_some_and(|table| table.contains_key("id"));
        let unknown = |(key, value): (Text, &'t Spanned<DeValue<'t>>)| {
            (self.format.key(key.as_str()).is_none() && is_entry(value.get_ref())).then_some(key)
        };
        let entries: Vec<Text> = self.members().into_iter().filter_map(unknown).collect();
        self.reported.extend(entries.iter().map(|key| key.value.clone()));
        entries
    }

    /// Whether the table has `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The name of a key in messages.
    pub(crate) fn name_of(&self, key: &str) -> String {
        format!("`{key}` of {}", self.what)
    }

    /// The value as it is, for keys that take more than one type.
    pub(crate) fn any(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.value(key)
    }

    /// A table.
    pub(crate) fn table(&mut self, key: &'static str, what: String) -> Option<Reader<'a, 't>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                let (format, path) = self.child(key);
                Some(Reader::new(self.file, table, format, self.file.span(value.span()), what).at(path))
            }
            _ => {
                self.wrong_type(key, value, "a table");
                None
            }
        }
    }

    /// The format and the name in TOML of the table below a key.
    fn child(&self, key: &str) -> (&'static Table, String) {
        let format = self.format.key(key).and_then(|key: &Key| key.value.table()).unwrap_or(&format::NAMES);
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        (format, path)
    }

    /// An array of tables; an absent one is empty.
    pub(crate) fn tables(&mut self, key: &'static str, what: &str) -> Vec<Reader<'a, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "an array of tables");
            return Vec::new();
        };
        let (format, path) = self.child(key);
        let mut readers = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let span = self.file.span(item.span());
                    readers.push(Reader::new(self.file, table, format, span, what).at(path.clone()));
                }
                _ => self.wrong_item(key, item, "a table"),
            }
        }
        readers
    }

    /// The members in the order of the file, for tables whose keys are names.
    pub(crate) fn members(&self) -> Vec<(Text, &'t Spanned<DeValue<'t>>)> {
        let mut members: Vec<_> =
            self.table.iter().map(|(key, value)| (self.file.text(key.get_ref(), key.span()), value)).collect();
        members.sort_by_key(|(key, _)| key.span);
        members
    }

    /// Reports every unknown key and every missing key. A misspelt key is one
    /// mistake: the key that was meant is not missing as well.
    pub(crate) fn finish(mut self) -> Vec<&'static str> {
        let known = || self.format.keys.iter().map(|key| key.name);
        debug_assert!(known().all(|key| self.asked.contains(&key)), "{:?} of {}", self.asked, self.format.name);
        for (key, _) in self.members() {
            if known().all(|known| known != key.as_str()) && !self.reported.contains(&key.value) {
                // One that is there already can't have been meant: it would be there twice.
                let absent = || known().filter(|known| !self.table.contains_key(*known));
                self.unreadable.extend(nearest(&key.value, absent()));
                self.file.fault(
                    Diagnostic::at(key.span, format!("unknown key `{}` in {}", key.value.escape_debug(), self.what))
                        .help(suggest_absent(&key.value, known(), absent(), "keys")),
                );
            }
        }
        for (key, remedy) in std::mem::take(&mut self.missing) {
            if !self.unreadable.contains(&key) {
                self.unreadable.push(key);
                let help = remedy.or_else(|| self.word_to_add(key)).unwrap_or_else(|| format!("add `{key} = \"…\"`"));
                self.file.fault(Diagnostic::at(self.span, format!("missing key `{key}` in {}", self.what)).help(help));
            }
        }
        self.unreadable
    }
}

impl Reader<'_, '_> {
    /// How a missing key with a word of a closed list is added.
    fn word_to_add(&self, key: &str) -> Option<String> {
        let key = self.format.key(key)?;
        let Value::Word(words) = &key.value else { return None };
        let others: Vec<&str> = words().into_iter().filter(|word| !key.line.contains(&format!("\"{word}\""))).collect();
        let others = if others.is_empty() { String::new() } else { format!(", or {}", quoted(&others)) };
        Some(format!("add `{}`{others}", key.line))
    }
}

/// Reports a value of the wrong type.
pub(crate) fn wrong_type(file: &File<'_>, what: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
    file.fault(not_of_type(file, what, value).help(format!("it must be {expected}")));
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Reports a value that should be a text: where its meaning is plain, the remedy shows it in quotation marks.
pub(crate) fn not_a_text(file: &File<'_>, what: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
    let is_plain = !matches!(value.get_ref(), DeValue::String(_) | DeValue::Array(_) | DeValue::Table(_));
    let written = file.text.get(value.span()).filter(|_| is_plain);
    let line = written.map_or_else(String::new, |text| format!(": write `\"{text}\"`"));
    wrong_type(file, what, value, &format!("{expected}{line}"));
}

fn not_of_type(file: &File<'_>, what: &str, value: &Spanned<DeValue<'_>>) -> Diagnostic {
    Diagnostic::at(file.span(value.span()), format!("{what} is {}", type_name(value.get_ref())))
}

/// The value of a TOML integer in any base.
pub(crate) fn integer(value: &DeValue<'_>) -> Option<i128> {
    match value {
        DeValue::Integer(number) => i128::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

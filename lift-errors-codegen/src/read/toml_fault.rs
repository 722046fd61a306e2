//! The faults of TOML itself, as an author understands them: the parser says what it expected, and not which key was meant.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Span;
use crate::toml_text::quoted;
use std::collections::HashMap;
use std::ops::Range;

/// The beginnings of the lines that an unresolved merge leaves behind.
const MERGE: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// A fault of the parser: its place, its message.
pub(crate) type Found = (Range<usize>, String);

/// The most faulty lines of a text that is still taken for TOML, if they are most of its lines.
const NOT_TOML: usize = 5;

/// The faults to report, of all that the parser found in a text: one for each line, and one for each unresolved merge. Faults
/// that follow from another are left out.
pub(crate) fn diagnostics(source: usize, text: &str, found: Vec<Found>) -> Vec<Diagnostic> {
    let file = TomlFile { source, text };
    let merges = file.merges();
    let mut faults: Vec<Diagnostic> = merges.iter().map(|merge| file.merge(merge)).collect();
    let is_merged = |at: usize| {
        let next = merges.get(merges.partition_point(|merge| merge.end <= at));
        next.is_some_and(|merge| merge.contains(&at))
    };
    let mut found: Vec<Found> = found.into_iter().filter(|(range, _)| !is_merged(range.start)).collect();
    found.sort_by_key(|(range, _)| (range.start, range.end));
    // The parser goes on after a fault, and what it finds on the same line follows from it.
    let mut end = None;
    found.retain(|(range, _)| {
        let is_first = end.is_none_or(|end| range.start > end);
        end = end.filter(|_| !is_first).or_else(|| Some(file.line_at(range.start).end));
        is_first
    });
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    // One brace that is not closed makes every line behind it faulty, so the lines must look different, too.
    let is_toml = text.lines().filter(|line| line.contains('=')).count() > lines / 2;
    if found.len() > NOT_TOML && found.len() > lines / 2 && !is_toml {
        let help = "name a TOML file: a manifest is usually called `catalog.toml`, and lists the others";
        let first = found.into_iter().next().map(|(range, _)| file.at(range, "this is not a TOML file").help(help));
        return faults.into_iter().chain(first).collect();
    }
    let has_duplicates = found.iter().any(|(_, message)| is_duplicate(message));
    let first = if has_duplicates { FirstLines::of(text) } else { FirstLines::default() };
    let mut last = None;
    for (range, message) in found {
        let line = file.line_at(range.start);
        let follows = last.as_ref().is_some_and(|last| file.follows(last, &line, &message, &first));
        if !follows {
            faults.push(file.fault(line.clone(), range, &message, &first));
            last = Some((line, message));
        }
    }
    faults
}

fn is_duplicate(message: &str) -> bool {
    message.contains("duplicate key")
}

/// The first line of each table and key. A text may have very many that are there already, so it is read once for all of them.
#[derive(Default)]
struct FirstLines<'a> {
    /// Where the lines with the names of tables begin, in order.
    headers: Vec<usize>,
    tables: HashMap<&'a str, Range<usize>>,
    /// Each with the number of the headers before it.
    keys: HashMap<(usize, &'a str), Range<usize>>,
}

impl<'a> FirstLines<'a> {
    fn of(text: &'a str) -> Self {
        let mut first = Self::default();
        let mut at = 0;
        for line in text.split('\n') {
            let place = at..at + line.len();
            match header(line) {
                Some(path) => {
                    first.headers.push(at);
                    first.tables.entry(path).or_insert(place);
                }
                None => {
                    let key = line.split('=').next().unwrap_or_default().trim();
                    first.keys.entry((first.headers.len(), key)).or_insert(place);
                }
            }
            at += line.len() + 1;
        }
        first
    }

    /// The number of the headers before a place.
    fn headers_before(&self, at: usize) -> usize {
        self.headers.partition_point(|&header| header < at)
    }

    fn table(&self, path: &str) -> Option<&Range<usize>> {
        self.tables.get(path)
    }

    /// The first line of a key in the table of the line that begins at a place.
    fn key<'k>(&'k self, at: usize, name: &'k str) -> Option<&'k Range<usize>> {
        self.keys.get(&(self.headers_before(at), name))
    }
}

#[derive(Clone, Copy)]
struct TomlFile<'a> {
    source: usize,
    text: &'a str,
}

impl<'a> TomlFile<'a> {
    fn at(self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.span(range), message)
    }

    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    fn slice(self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The line with a byte, without its end.
    fn line_at(self, at: usize) -> Range<usize> {
        let before = self.text.get(..at).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or("");
        start..start + rest.find('\n').unwrap_or(rest.len())
    }

    /// Whether a fault follows from the last one that was reported, whose line and message are given: the keys of a second table
    /// of a name are there twice, too, and a text over two lines ends where none began.
    fn follows(
        self,
        (last, reason): &(Range<usize>, String),
        line: &Range<usize>,
        message: &str,
        first: &FirstLines<'_>,
    ) -> bool {
        let text = self.slice(line.clone());
        if is_duplicate(reason) && header(self.slice(last.clone())).is_some() {
            let is_same_table = first.headers_before(last.end) == first.headers_before(line.start);
            return is_duplicate(message) && header(text).is_none() && is_same_table;
        }
        reason.contains("invalid basic string") && line.start == last.end + 1 && text.matches('"').count() % 2 == 1
    }

    /// The parts of the text between the marks of unresolved merges.
    fn merges(self) -> Vec<Range<usize>> {
        let [begin, _, end] = MERGE;
        let mut merges: Vec<Range<usize>> = Vec::new();
        let mut open = None;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with(begin) {
                open = open.or(Some(at));
            } else if line.starts_with(end) {
                merges.extend(open.take().map(|start| start..at + line.len()));
            }
            at += line.len();
        }
        merges
    }

    fn merge(self, merge: &Range<usize>) -> Diagnostic {
        let [begin, middle, end] = MERGE;
        self.at(merge.start..merge.start + begin.len(), "an unresolved merge").help(format!(
            "keep one of two versions of a text, and both of two new entries, each as a whole and with an id of its own; remove the \
             lines that begin with `{begin}`, `{middle}` and `{end}`"
        ))
    }

    /// The fault of a line.
    fn fault(self, line: Range<usize>, range: Range<usize>, message: &str, first: &FirstLines<'_>) -> Diagnostic {
        let text = self.slice(line.clone());
        if let Some(fault) =
            self.wide(&line, range.clone(), message).or_else(|| self.typography(&line, &range, message))
        {
            return fault;
        }
        if is_duplicate(message) {
            return self.duplicate(&line, range, first);
        }
        if let Some((name, at, value)) = colon(text) {
            let at = line.start + at;
            if range.start <= at + 2 {
                let help = format!("write `{name} = {}`", written(value.trim()));
                return self.at(at..at + 1, format!("`:` after the key `{name}`")).help(help);
            }
        }
        if message.starts_with("unexpected key or value") {
            if let Some(fixed) = quoted_inside(text) {
                let fault = self.at(range, "the text goes on after its closing quotation mark");
                return fault.help(format!("write `\\\"` for a quotation mark in a text: `{fixed}`"));
            }
        }
        let place = range.start.saturating_sub(line.start);
        if let Some((what, help)) = other_language(text, place, message) {
            return self.at(range, what).help(help);
        }
        if let Some((character, text)) = foreign_key(self.slice(range.start..self.text.len()), message) {
            let message = format!("the character {character} in a key");
            return self.at(range.start..range.start + text.len(), message).help(KEYS);
        }
        // The parser takes what is not there for a string without its quotation marks.
        let nothing = message.starts_with("string values must be quoted") && range.is_empty();
        let is_unquoted = message.starts_with("string values must be quoted") && !nothing;
        if let Some((key, value)) = text.split_once('=').filter(|_| is_unquoted) {
            let (key, value) = (key.trim(), value.trim());
            let quoted = written(value);
            if quoted != value && is_name(key) {
                return self.at(range, "a text without quotation marks").help(format!("write `{key} = {quoted}`"));
            }
        }
        let message = if nothing { "a value is missing" } else { message };
        self.at(range, format!("invalid TOML: {message}")).help(remedy(message))
    }

    /// A character of a word processor where TOML has another one.
    fn typography(self, line: &Range<usize>, range: &Range<usize>, message: &str) -> Option<Diagnostic> {
        let from = |start: usize, end: usize| {
            let characters = self.slice(start..end).char_indices();
            characters
                .map(move |(at, character)| (start + at, character))
                .find_map(|(at, character)| Some((at, character, Confusable::of(character)?)))
        };
        let end = if range.is_empty() { line.end } else { range.end };
        let near = from(range.start, end).filter(|(at, ..)| !range.is_empty() || *at <= range.start + 1);
        // A text that ends with a typographic quotation mark has no end.
        let last = || {
            let text = self.slice(line.clone()).trim_end();
            let last = text.chars().next_back()?;
            let at = line.start + text.len() - last.len_utf8();
            Some((at, last, Confusable::of(last).filter(|_| message.contains("invalid basic string"))?))
        };
        let (at, character, confusable) = near.or_else(last)?;
        let help = match confusable {
            Confusable::Quote => straightened(self.slice(line.clone())),
            Confusable::Blank => "write an ordinary blank in its place".to_owned(),
            Confusable::Invisible => "remove it".to_owned(),
        };
        let message = format!("{}, U+{:04X}", confusable.name(character), u32::from(character));
        Some(self.at(at..at + character.len_utf8(), message).help(help))
    }

    /// Signs and digits of an input method for Chinese or Japanese where TOML has those of ASCII.
    fn wide(self, line: &Range<usize>, range: Range<usize>, message: &str) -> Option<Diagnostic> {
        let is_value = message.starts_with("string values must be quoted");
        if !is_value && ["string", "escape", "duplicate"].iter().any(|word| message.contains(word)) {
            return None;
        }
        let is_wide = |character: char| narrow(character).is_some();
        let rest = self.slice(range.start..line.end);
        let start = if is_value {
            // What has no quotation marks may be meant as a text, in which these characters are right.
            let is_number = narrowed(rest).split('#').next().is_some_and(str::is_ascii);
            let digits = |character: char| character.is_ascii_digit() || character == ' ';
            Some(line.end - rest.trim_start_matches(digits).len()).filter(|_| is_number)?
        } else if ["no value", "unclosed"].iter().any(|word| message.contains(word)) && !rest.starts_with(is_wide) {
            // The parser takes the character for a part of the key.
            let key = self.slice(line.clone()).split(['"', '\'']).next()?;
            line.start + key.find(is_wide)?
        } else {
            range.start
        };
        let wide = self.slice(start..line.end).split(|character| !is_wide(character)).next();
        let wide = wide.filter(|wide| !wide.is_empty())?;
        let (before, behind) = (self.slice(line.start..start), self.slice(start + wide.len()..line.end));
        let help = match narrowed(wide).as_str() {
            ":" if is_name(before.trim()) => "write `=`".to_owned(),
            "," | "." | ";" if before.contains('=') && behind.trim().is_empty() && !before.contains(['[', '{']) => {
                "remove it".to_owned()
            }
            narrow => format!("write `{narrow}`"),
        };
        let named = wide.chars().next().filter(|first| first.len_utf8() == wide.len());
        let message = match named {
            Some(character) => format!("the character `{character}`, U+{:04X}", u32::from(character)),
            None => format!("`{wide}` is not in ASCII"),
        };
        Some(self.at(start..start + wide.len(), message).help(help))
    }

    /// A key or a table that is there already.
    fn duplicate(self, line: &Range<usize>, range: Range<usize>, first: &FirstLines<'_>) -> Diagnostic {
        let (text, name) = (self.slice(line.clone()), self.slice(range.clone()));
        let first = match header(text) {
            Some(path) => first.table(path),
            None => first.key(line.start, name),
        };
        let first = first.filter(|first| first.start < line.start);
        let what = match header(text) {
            Some(path) => format!("duplicate table `{path}`"),
            None => format!("duplicate key `{name}`"),
        };
        let fault = self.at(range, what);
        let fault = match first {
            Some(first) => fault.related("first at", self.span(first.clone())),
            None => fault,
        };
        fault.help("a file contains each code, key and table once; rename one or remove it")
    }
}

/// Characters that look like those of TOML, or like none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Confusable {
    Quote,
    Blank,
    Invisible,
}

impl Confusable {
    const fn of(character: char) -> Option<Self> {
        match character {
            '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '′' | '″' | '「' | '」' | '＂'
            | '＇' => Some(Self::Quote),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(Self::Blank),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Some(Self::Invisible),
            _ => None,
        }
    }

    const fn name(self, character: char) -> &'static str {
        match (self, character) {
            (Self::Quote, _) => "a typographic quotation mark",
            (Self::Blank, '\u{a0}') => "a no-break space",
            (Self::Blank, '\u{202f}') => "a narrow no-break space",
            (Self::Blank, _) => "a special blank",
            (Self::Invisible, '\u{ad}') => "a soft hyphen",
            (Self::Invisible, '\u{feff}') => "a byte order mark within the file",
            (Self::Invisible, _) => "an invisible character",
        }
    }
}

/// The character of ASCII for one that an input method for Chinese or Japanese writes in its place, or that is a minus elsewhere.
fn narrow(character: char) -> Option<char> {
    match character {
        // Quotation marks are another fault.
        '＂' | '＇' => None,
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0),
        '、' => Some(','),
        '。' => Some('.'),
        '【' => Some('['),
        '】' => Some(']'),
        '−' | '–' | '—' => Some('-'),
        _ => None,
    }
}

fn narrowed(text: &str) -> String {
    text.chars().map(|character| narrow(character).unwrap_or(character)).collect()
}

/// The remedy for a line with typographic quotation marks: the line as it should be, if they are around its value alone.
fn straightened(line: &str) -> String {
    let is_quote = |character| Confusable::of(character) == Some(Confusable::Quote);
    let value = line.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
    let inside = value.and_then(|(key, value)| {
        let inside = value.trim_start_matches(|mark| mark == '"' || is_quote(mark));
        let inside = inside.trim_end_matches(|mark| mark == '"' || is_quote(mark));
        let is_whole = !inside.contains(['"', '\\', '[', '{', '#']) && !inside.contains(is_quote);
        is_whole.then(|| format!("{key} = \"{inside}\""))
    });
    format!("TOML needs straight ones: `{}`", inside.as_deref().unwrap_or("title = \"Not Found\""))
}

/// The fault and the remedy of a line that other languages would accept. `place` is where the parser stopped.
fn other_language(line: &str, place: usize, message: &str) -> Option<(String, String)> {
    let rest = line.get(place..)?;
    if message.contains("escape") {
        let escape: String = rest.chars().take(1).collect();
        let help = match escape.as_str() {
            // A text's own escapes begin with a backslash, too.
            "`" | "[" | "]" => format!("write `\\\\{escape}`, or the text in single quotation marks"),
            _ => "write `\\\\` for a backslash, or the text in single quotation marks: `'C:\\docs'`".to_owned(),
        };
        return Some((format!("`\\{escape}` is not an escape of TOML"), help));
    }
    if message.contains("key with no value") && is_name(line.trim()) {
        let name = line.trim();
        return Some((
            format!("`{name}` has no value"),
            format!("a table begins with `[{name}]`, a key is `{name} = …`"),
        ));
    }
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    if value.starts_with(['"', '\'', '[', '{']) {
        return behind_value(key, line.get(..place)?, rest.trim());
    }
    // Not that of an address.
    let slashes =
        value.match_indices("//").find(|(at, _)| value.get(..*at).is_some_and(|before| !before.ends_with(':')));
    if let Some((value, comment)) = slashes.and_then(|(at, slashes)| {
        value.split_at_checked(at).map(|(value, rest)| (value, rest.trim_start_matches(slashes)))
    }) {
        let help = format!("a comment begins with `#`: `{key} = {} # {}`", written(value.trim()), comment.trim());
        return Some((COMMENT.to_owned(), help));
    }
    if let Some(value) = value.strip_suffix([';', ',']) {
        return Some((ENDS.to_owned(), format!("write `{key} = {}`", written(value.trim()))));
    }
    let boolean = match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => true,
        "false" | "no" | "off" => false,
        _ => return None,
    };
    Some((format!("`{value}` is not a boolean of TOML"), format!("write `{key} = {boolean}`")))
}

/// The same of a line whose value ends before a place, with the rest of the line.
fn behind_value(key: &str, before: &str, rest: &str) -> Option<(String, String)> {
    let (_, value) = before.split_once('=')?;
    let value = value.trim();
    if matches!(rest, ";" | ",") {
        let help = format!("write `{key} = {value}`");
        return Some((ENDS.to_owned(), help));
    }
    let comment = rest.strip_prefix("//")?.trim();
    Some((COMMENT.to_owned(), format!("a comment begins with `#`: `{key} = {value} # {comment}`")))
}

const ENDS: &str = "a line of TOML ends without `;` or `,`";
const COMMENT: &str = "`//` does not begin a comment in TOML";

/// A value as TOML has it: words get quotation marks. What may be more than one value stays as it is.
fn written(value: &str) -> String {
    let is_words = value.starts_with(char::is_alphabetic) && !value.contains(['"', '\'', '#', '{', '[']);
    match is_words && !matches!(value, "true" | "false" | "inf" | "nan") {
        true => quoted(value),
        false => value.to_owned(),
    }
}

/// The remedy for a key that is none of the format's.
const KEYS: &str = "keys have the letters a to z, digits and `_`; some letters of other alphabets look alike";

/// The character that the parser refused in a key, if it is not of ASCII or can't be seen: in words, and as it is written.
fn foreign_key<'a>(rest: &'a str, message: &str) -> Option<(String, &'a str)> {
    let character = rest.chars().next().filter(|_| message.contains("invalid unquoted key"))?;
    let code = u32::from(character);
    let name = match character {
        _ if character.is_control() => format!("U+{code:04X}"),
        _ if !character.is_ascii() => format!("`{character}`, U+{code:04X},"),
        _ => return None,
    };
    Some((name, rest.get(..character.len_utf8())?))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The name of the table that a line begins: `a.b` of `[a.b]` and `[[a.b]]`.
fn header(line: &str) -> Option<&str> {
    let line = line.trim();
    let path = line.strip_prefix('[')?;
    let path = path.strip_prefix('[').unwrap_or(path);
    Some(path.split(']').next()?.trim())
}

/// A key with `:` in place of `=`: the key, the place of the colon, and what follows.
fn colon(line: &str) -> Option<(&str, usize, &str)> {
    let at = line.find(':')?;
    let (before, value) = (line.get(..at)?, line.get(at + 1..)?);
    // In an inline table, the key begins behind the brace or a comma.
    let name = before.rsplit(['{', ',']).next()?.trim();
    let value = if before.contains('{') { value.trim_end_matches([' ', '}']) } else { value };
    is_name(name).then_some((name, at, value))
}

/// The line as it should be, if the text in it has quotation marks of its own.
fn quoted_inside(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inside = value.strip_prefix(mark)?.strip_suffix(mark)?;
    let is_closed_within = inside.contains(mark) && !inside.contains('#');
    let escaped = inside.replace("\\\"", "\"").replace('"', "\\\"");
    is_closed_within.then(|| format!("{} = \"{escaped}\"", key.trim()))
}

/// The remedy for a fault that the parser found.
fn remedy(message: &str) -> &'static str {
    if message.contains("recurs") {
        "the format needs no more than four levels"
    } else if message.contains("a value is missing") {
        "write the value behind `=`, or remove the key"
    } else if message.contains("carriage return") {
        "save the file with the line ends of Unix (LF) or of Windows (CRLF); a lone carriage return is neither"
    } else if message.contains("unquoted key") {
        "a line is `key = value`, and a key has letters, digits and `_`"
    } else if message.contains("string") || message.contains("quote") {
        "write a text in quotation marks on one line: `title = \"Not Found\"`; inside, write `\\\"` for a quotation mark"
    } else {
        "a line is `key = value`, a table begins with `[name]`, a list of tables with `[[name]]`"
    }
}

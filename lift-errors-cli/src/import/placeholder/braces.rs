//! Placeholders in braces: those of `MessageFormat`, ICU, Rust, Python, .NET, i18next, JavaScript and Ruby.

use super::message::MessageWriter;
use std::iter::Peekable;
use std::str::Chars;

/// How a placeholder in braces is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Braces {
    /// `{name}`, `{0}` and `{}`.
    Single,
    /// i18next's `{{name}}`.
    Double,
    /// `${name}` or `%{name}`: a name behind a sign.
    Signed,
}

/// The characters between which a placeholder has its name: letters, digits, and those of paths and of blanks.
fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '-' | '[' | ']' | '$' | '@' | ' ')
}

/// The types of a value behind a comma, in `MessageFormat` and in ICU.
const TYPES: [&str; 11] = [
    "number",
    "date",
    "time",
    "choice",
    "plural",
    "select",
    "selectordinal",
    "spellout",
    "ordinal",
    "duration",
    "list",
];

/// What begins in a text behind a character. Other braces are those of JSON, of sets and of regular expressions.
pub(super) fn braces_at(character: char, rest: &Peekable<Chars<'_>>) -> Option<Braces> {
    let mut behind = rest.clone();
    match character {
        '$' | '%' => {
            behind.next_if_eq(&'{')?;
            let (name, end) = name(&mut behind)?;
            let is_named = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
            (is_named && end == '}').then_some(Braces::Signed)
        }
        '{' if behind.next_if_eq(&'{').is_some() => {
            behind.next_if(|next| matches!(next, '{' | '-'));
            let (name, end) = name(&mut behind)?;
            let is_closed = match end {
                '}' => behind.next() == Some('}'),
                ',' | '|' => behind.find(|next| matches!(next, '{' | '}')) == Some('}') && behind.next() == Some('}'),
                _ => false,
            };
            (!name.is_empty() && is_closed).then_some(Braces::Double)
        }
        '{' => {
            let (name, end) = name(&mut behind)?;
            let is_placeholder = match end {
                '}' => true,
                ',' if !name.is_empty() => is_type(&mut behind),
                ':' => behind.peek().is_some_and(|next| !next.is_whitespace()),
                _ => false,
            };
            is_placeholder.then_some(Braces::Single)
        }
        _ => None,
    }
}

/// The name behind a brace, which may be a number or nothing, and the character that ends it.
fn name(behind: &mut Peekable<Chars<'_>>) -> Option<(String, char)> {
    let mut name = String::new();
    while let Some(character) = behind.next_if(|next| is_of_name(*next)) {
        name.push(character);
    }
    let end = behind.next()?;
    let name = name.trim();
    // A blank alone is not a name, and no name begins with a hyphen.
    let begins_well = name.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '_' | '$' | '@'));
    let has_letter = name.contains(char::is_alphanumeric);
    (begins_well && has_letter || name.is_empty()).then(|| (name.to_owned(), end))
}

/// Whether a comma has a type of `MessageFormat` behind it, or the width of .NET.
fn is_type(behind: &mut Peekable<Chars<'_>>) -> bool {
    let mut of = String::new();
    while let Some(character) = behind.next_if(|next| next.is_alphanumeric() || matches!(next, ' ' | '-')) {
        of.push(character);
    }
    let of = of.trim();
    TYPES.contains(&of) || of.parse::<i32>().is_ok()
}

/// A character and what is behind it, up to a brace that closes.
pub(super) fn shown(character: char, rest: &Peekable<Chars<'_>>) -> String {
    /// An open brace may have very much behind it.
    const MOST: usize = 40;
    let mut shown = String::from(character);
    for next in rest.clone().take(MOST) {
        shown.push(next);
        if next == '}' {
            return shown;
        }
    }
    if rest.clone().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Writes a placeholder in single braces, behind the first one. Java has formats behind a comma alone.
pub(super) fn single(
    rest: &mut Peekable<Chars<'_>>,
    next: &mut usize,
    message: &mut MessageWriter<'_>,
    is_java: bool,
    kind_of: &dyn Fn(&str) -> &'static str,
) {
    let mut depth = 1;
    let mut inside = String::new();
    let mut behind = rest.clone();
    while let Some(character) = behind.next() {
        // `MessageFormat` quotes a brace within a placeholder, too.
        let quoted = if is_java && character == '\'' { quoted_brace(&mut behind) } else { None };
        if let Some(quoted) = quoted {
            inside.extend(['\'', quoted, '\'']);
            continue;
        }
        match character {
            '{' if message.has_open_brace => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        inside.push(character);
    }
    if depth != 0 {
        // Those behind it are looked for up to their next brace, so that this takes linear time.
        if !message.has_open_brace {
            message.has_open_brace = true;
            message.remark(format!("`{}` stays as it is: the brace is not closed", shown('{', rest)));
        }
        return message.literal('{');
    }
    *rest = behind;
    // A comma is that of `MessageFormat`, ICU's among it, whose messages JSON has as well.
    let format_mark = inside.find(|character| character == ',' || !is_java && character == ':');
    let (name, format) = format_mark.and_then(|place| inside.split_at_checked(place)).unwrap_or((&inside, ""));
    write(name, format, &format!("{{{inside}}}"), next, message, kind_of);
}

/// The brace between two apostrophes, behind the first one.
fn quoted_brace(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
    let mut behind = rest.clone();
    let brace = behind.next_if(|next| matches!(next, '{' | '}'))?;
    behind.next_if_eq(&'\'')?;
    *rest = behind;
    Some(brace)
}

/// Writes a placeholder in double or triple braces, behind the first one. Its form was looked at.
pub(super) fn double(rest: &mut Peekable<Chars<'_>>, message: &mut MessageWriter<'_>) {
    let mut inside = String::new();
    while let Some(character) = rest.next_if(|next| *next != '}') {
        inside.push(character);
    }
    let braces = inside.len() - inside.trim_start_matches('{').len();
    for _ in 0..=braces {
        rest.next_if_eq(&'}');
    }
    // A hyphen turns the escaping of HTML off, and so does the third brace.
    let inside = inside.trim_start_matches('{');
    let inside = inside.strip_prefix('-').unwrap_or(inside);
    let (name, format) =
        inside.find([',', '|']).and_then(|place| inside.split_at_checked(place)).unwrap_or((inside, ""));
    write(name, format, &format!("{{{{{inside}}}}}"), &mut 0, message, &|_| "text");
}

/// Writes the parameter of a name with a format, which begins with its separator.
fn write(
    name: &str,
    format: &str,
    written: &str,
    next: &mut usize,
    message: &mut MessageWriter<'_>,
    kind_of: &dyn Fn(&str) -> &'static str,
) {
    let is_message_format = format.starts_with(',');
    let (name, format) = (name.trim(), format.get(1..).unwrap_or_default());
    let (of, as_what) = format.split_once(',').unwrap_or((format, ""));
    let is_choice = is_message_format && matches!(of.trim(), "choice" | "plural" | "select" | "selectordinal");
    if is_choice {
        let instead = match of.trim() {
            "choice" | "plural" => "write them as plural forms",
            _ => "write one that is right for all",
        };
        message.message.lacks_words = true;
        message.remark(format!("`{written}` chooses between texts: {instead}"));
    }
    let kind = match of.trim() {
        "number" | "choice" | "plural" | "selectordinal" if is_message_format => "i64",
        _ => kind_of(name),
    };
    let is_kept = match (is_message_format, of.trim()) {
        (_, "") => true,
        (true, "number") => matches!(as_what.trim(), "" | "integer"),
        // Numbers and durations are the same for programmers and for people.
        (false, "?") => kind != "text",
        _ => is_choice,
    };
    if !is_kept {
        message.remark(format!("`{written}` loses its format `{}`", format.trim()));
    }
    let number = match name.parse::<usize>() {
        Err(_) if name.is_empty() => {
            *next += 1;
            Some(*next)
        }
        number => number.ok().map(|number| number.saturating_add(1)),
    };
    if let Some(number) = number {
        message.numbered(number, kind);
        return;
    }
    message.named(name, kind);
}

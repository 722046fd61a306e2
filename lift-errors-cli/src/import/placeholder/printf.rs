//! The conversions of `printf`, of C's, Go's and Java's, and Python's with names.

use super::message::MessageWriter;
use std::iter::Peekable;
use std::str::Chars;

/// A conversion behind its `%`.
struct Conversion {
    /// All of it, without its `%`.
    written: String,
    /// The number of its argument, if it says one: C's `1$` or Go's `[1]`.
    number: Option<usize>,
    verb: char,
}

impl Conversion {
    /// Reads an argument's number, flags, a width, a precision, a length and a verb.
    fn read(rest: &mut Peekable<Chars<'_>>) -> Result<Self, String> {
        let mut written = String::new();
        while let Some(character) = rest.next_if(|next| next.is_ascii_digit() || "$-+#'.*[]".contains(*next)) {
            written.push(character);
        }
        let number = |text: Option<(&str, &str)>| text.and_then(|(number, _)| number.parse().ok());
        let of_go = written.split_once('[').map(|(_, behind)| behind.split_once(']'));
        let number = number(written.split_once('$')).or_else(|| number(of_go.flatten()));
        // A length has the verb of a number behind it: Go's `%q` and `%t` have none.
        let mut behind = rest.clone();
        let mut length = String::new();
        while let Some(character) = behind.next_if(|next| "hlLjzt".contains(*next)) {
            length.push(character);
        }
        if !length.is_empty() && behind.peek().is_some_and(|verb| "diuoxXeEfFgGaA".contains(*verb)) {
            written.push_str(&length);
            *rest = behind;
        }
        match rest.next_if(|next| next.is_ascii_alphabetic() || *next == '@') {
            Some(verb) => {
                written.push(verb);
                Ok(Self { written, number, verb })
            }
            None => Err(written),
        }
    }
}

/// The type of the value of a verb.
fn kind(verb: char) -> &'static str {
    match verb {
        'd' | 'i' => "i64",
        'u' => "u64",
        _ => "text",
    }
}

/// Writes what follows a `%`.
pub(super) fn conversion(rest: &mut Peekable<Chars<'_>>, next: &mut usize, message: &mut MessageWriter<'_>) {
    if rest.next_if_eq(&'%').is_some() {
        return message.literal('%');
    }
    match Conversion::read(rest) {
        // It is not a conversion.
        Err(written) => ['%'].into_iter().chain(written.chars()).for_each(|character| message.literal(character)),
        // Java's end of a line.
        Ok(Conversion { written, .. }) if written == "n" => message.literal('\n'),
        Ok(Conversion { written, number, verb }) => {
            let is_of_go = written.contains('[');
            // Go counts on from a number, and others from the last conversion without one.
            if number.is_none() || is_of_go {
                *next = number.unwrap_or(next.saturating_add(1));
            }
            message.numbered(number.unwrap_or(*next), kind(verb));
        }
    }
}

/// Whether a conversion follows in the text of a person, who may write `50%off`.
pub(super) fn is_conversion(before: &str, rest: &Peekable<Chars<'_>>) -> bool {
    let mut behind = rest.clone();
    if behind.peek() == Some(&'%') {
        return true;
    }
    if is_encoded(before, rest) {
        return false;
    }
    let is_known =
        Conversion::read(&mut behind).is_ok_and(|conversion| "sdiufFgGeExXcvqtTpbn@".contains(conversion.verb));
    let is_share =
        before.ends_with(|last: char| last.is_ascii_digit()) && behind.peek().is_some_and(char::is_ascii_alphabetic);
    is_known && !is_share
}

/// The longest address that is recognised, in bytes.
const LONGEST_ADDRESS: usize = 500;

/// Whether the two digits behind a `%` are those of a byte in an address (RFC 3986 §2.1), as in `https://example.com/a%2Fb`.
fn is_encoded(before: &str, rest: &Peekable<Chars<'_>>) -> bool {
    let mut digits = rest.clone();
    let (Some(first), Some(second)) = (digits.next(), digits.next()) else { return false };
    if !(first.is_ascii_hexdigit() && second.is_ascii_hexdigit()) {
        return false;
    }
    let start = before.len().saturating_sub(LONGEST_ADDRESS);
    let near = before.char_indices().rev().take_while(|(at, _)| *at >= start);
    let word: String = near.map(|(_, character)| character).take_while(|it| !it.is_whitespace()).collect();
    let is_in_address = word.contains("//:") || word.trim_end_matches(['(', '<', '"', '\'', '[']).ends_with('/');
    let is_blank = (first, second) == ('2', '0');
    let is_within_word = before.ends_with(char::is_alphanumeric) && digits.next().is_some_and(char::is_alphanumeric);
    // No conversion to a text has its number as `%2F` has.
    is_in_address || first.is_ascii_digit() && second.is_ascii_uppercase() || is_blank && is_within_word
}

/// The conversion that stays in a message with placeholders in braces.
pub(super) fn left_alone(rest: &Peekable<Chars<'_>>) -> Option<String> {
    let conversion = Conversion::read(&mut rest.clone()).ok()?;
    matches!(conversion.verb, 's' | 'd').then(|| format!("%{}", conversion.written))
}

/// Writes Python's `%(name)s`, behind its `%`, and returns whether it is one.
pub(super) fn named(rest: &mut Peekable<Chars<'_>>, message: &mut MessageWriter<'_>) -> bool {
    let mut behind = rest.clone();
    if behind.next_if_eq(&'(').is_none() {
        return false;
    }
    let mut name = String::new();
    while let Some(character) = behind.next_if(|next| next.is_alphanumeric() || matches!(next, '_' | '.' | '-')) {
        name.push(character);
    }
    if name.is_empty() || behind.next() != Some(')') {
        return false;
    }
    let Ok(Conversion { verb: verb @ ('s' | 'd' | 'i' | 'u' | 'f' | 'g' | 'r' | 'x'), .. }) =
        Conversion::read(&mut behind)
    else {
        return false;
    };
    *rest = behind;
    message.named(&name, kind(verb));
    true
}

//! The apostrophes of Java's `MessageFormat`.

use super::message::MessageWriter;
use std::iter::Peekable;
use std::str::Chars;

/// What `MessageFormat` has behind an apostrophe: another one, or a quotation up to the next. Most programs show a message without
/// arguments as it is, so that a quotation has a brace, and other pairs of apostrophes are meant as such.
pub(super) fn quoted(rest: &mut Peekable<Chars<'_>>, message: &mut MessageWriter<'_>) {
    if rest.next_if_eq(&'\'').is_some() {
        return message.literal('\'');
    }
    let text = &message.message.text;
    let mut behind = rest.clone();
    // Many files have a single apostrophe that is meant as one, also behind a placeholder.
    let is_single = is_within_word(text, rest.peek()) || text.ends_with('}') && rest.peek().is_some_and(is_letter);
    let quotation = if is_single { None } else { quotation(&mut behind) };
    let Some(quotation) = quotation else { return message.literal('\'') };
    *rest = behind;
    let mark = if quotation.contains(['{', '}']) { None } else { Some('\'') };
    mark.into_iter().chain(quotation.chars()).chain(mark).for_each(|character| message.literal(character));
}

/// The text up to the apostrophe that closes a quotation. There is none if the next one belongs to a word.
fn quotation(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut quotation = String::new();
    loop {
        match rest.next()? {
            '\'' if rest.next_if_eq(&'\'').is_some() => quotation.push('\''),
            '\'' if is_within_word(&quotation, rest.peek()) => return None,
            '\'' => return Some(quotation),
            character => quotation.push(character),
        }
    }
}

/// Whether an apostrophe is one of a word's, as in `don't`.
fn is_within_word(before: &str, behind: Option<&char>) -> bool {
    before.ends_with(char::is_alphanumeric) && behind.is_some_and(is_letter)
}

fn is_letter(character: &char) -> bool {
    character.is_alphabetic()
}

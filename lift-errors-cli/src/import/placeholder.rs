//! Messages with the placeholders of other systems, as texts of a catalogue.

use super::parameter_name::{DistinctNames, word};
use std::collections::HashSet;
use std::iter::Peekable;
use std::str::Chars;

/// How a source writes placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// C's and Go's: `%s`, `%1$d`, `%-.64s`.
    Printf,
    /// Java's `MessageFormat`: `{0}`, `{1,number}`, and `'` as its escape.
    Java,
    /// Rust's: `{name}`, `{0:?}`, `{}`.
    Rust,
}

/// A message as a text of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) text: String,
    /// The parameters that it names, each with its type.
    pub(crate) parameters: Vec<(String, String)>,
    /// The parts that the text cannot express.
    pub(crate) remarks: Vec<String>,
    /// Whether words are lost with them, among which a value chooses.
    pub(crate) lacks_words: bool,
}

impl Message {
    /// Whether it says something whatever its parameters are.
    pub(crate) fn has_words(&self) -> bool {
        let mut depth = 0_usize;
        self.text.chars().any(|character| {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && character.is_alphanumeric()
        })
    }
}

/// The names of a message's parameters, by their expressions in the source. A translation has those of its message.
pub(super) type ParameterNames = DistinctNames<String>;

/// Writes a message. It knows the parameters and remarks that are there: a message may have very many.
struct MessageWriter<'a> {
    message: Message,
    parameters: HashSet<String>,
    remarks: HashSet<String>,
    names: &'a mut ParameterNames,
}

impl<'a> MessageWriter<'a> {
    fn new(names: &'a mut ParameterNames) -> Self {
        let (message, parameters, remarks) = Default::default();
        Self { message, parameters, remarks, names }
    }

    /// Writes the parameter of an expression, and gives its name.
    fn parameter(&mut self, expression: &str, word: &str, kind: &str) -> String {
        let name = self.names.name(expression.to_owned(), word);
        self.message.text.push('{');
        self.message.text.push_str(&name);
        self.message.text.push('}');
        if self.parameters.insert(name.clone()) {
            self.message.parameters.push((name.clone(), kind.to_owned()));
        }
        name
    }

    /// Writes the parameter with a number, from 1.
    fn numbered(&mut self, number: usize, kind: &str) {
        self.parameter(&number.to_string(), &format!("value_{number}"), kind);
    }

    fn literal(&mut self, character: char) {
        let text = &mut self.message.text;
        match character {
            // Two backslashes before such a mark are one, and one more escapes the mark.
            '`' | '[' | ']' => {
                let backslashes = text.len() - text.trim_end_matches('\\').len();
                let more = backslashes + usize::from(character == '`');
                text.extend(std::iter::repeat_n('\\', more).chain([character]));
            }
            '{' | '}' => {
                text.push(character);
                text.push(character);
            }
            // A text is one line, and no blank begins it.
            character if character.is_control() || matches!(character, ' ' | '\u{2028}' | '\u{2029}') => {
                if !text.ends_with(' ') && !text.is_empty() {
                    text.push(' ');
                }
            }
            character if character.is_whitespace() && text.is_empty() => {}
            character => text.push(character),
        }
    }

    /// The message as a whole: no blank at its end, and no bracket begins a link.
    fn finish(self) -> Message {
        let mut message = self.message;
        message.text.truncate(message.text.trim_end().len());
        if message.text.contains("](") {
            message.text = message.text.replace('[', r"\[");
        }
        message
    }

    fn remark(&mut self, remark: String) {
        if self.remarks.insert(remark.clone()) {
            self.message.remarks.push(remark);
        }
    }
}

/// A text without placeholders.
pub(super) fn plain(text: &str) -> Message {
    let mut names = ParameterNames::default();
    let mut message = MessageWriter::new(&mut names);
    text.chars().for_each(|character| message.literal(character));
    message.finish()
}

/// A message with placeholders of a style. `kind_of` is the type of a named value.
pub(super) fn message(text: &str, style: Style, kind_of: &dyn Fn(&str) -> &'static str) -> Message {
    message_with(text, style, kind_of, &mut ParameterNames::default())
}

/// A message whose parameters may have names already.
pub(super) fn message_with(
    text: &str,
    style: Style,
    kind_of: &dyn Fn(&str) -> &'static str,
    names: &mut ParameterNames,
) -> Message {
    let mut message = MessageWriter::new(names);
    let mut rest = text.chars().peekable();
    let mut next = 0;
    while let Some(character) = rest.next() {
        match (style, character) {
            (Style::Printf, '%') => printf(&mut rest, &mut next, &mut message),
            (Style::Java, '\'') => quoted(&mut rest, &mut message),
            (Style::Rust, '{') if rest.next_if_eq(&'{').is_some() => message.literal('{'),
            (Style::Rust, '}') => {
                rest.next_if_eq(&'}');
                message.literal('}');
            }
            (Style::Java | Style::Rust, '{') => braces(&mut rest, &mut next, &mut message, style, kind_of),
            _ => message.literal(character),
        }
    }
    message.finish()
}

/// A conversion of `printf`, behind its `%`: an argument's number, flags, a width, a precision, a length and a verb.
fn printf(rest: &mut Peekable<Chars<'_>>, next: &mut usize, message: &mut MessageWriter<'_>) {
    if rest.next_if_eq(&'%').is_some() {
        return message.literal('%');
    }
    let mut written = String::from("%");
    while let Some(character) =
        rest.next_if(|character| character.is_ascii_digit() || "$-+#'.*[]hlLqjzt".contains(*character))
    {
        written.push(character);
    }
    let number = written.get(1..).and_then(|text| text.split_once('$')).and_then(|(number, _)| number.parse().ok());
    let Some(verb) = rest.next_if(char::is_ascii_alphabetic) else {
        // It is not a conversion.
        return written.chars().for_each(|character| message.literal(character));
    };
    let kind = match verb {
        'd' | 'i' => "i64",
        'u' => "u64",
        _ => "text",
    };
    *next += 1;
    message.numbered(number.unwrap_or(*next), kind);
}

/// What `MessageFormat` has behind an apostrophe: another one, or a quotation up to the next. Most programs show a message without
/// arguments as it is, so that a quotation has a brace, and other pairs of apostrophes are meant as such.
fn quoted(rest: &mut Peekable<Chars<'_>>, message: &mut MessageWriter<'_>) {
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

/// A placeholder in braces, behind the first one.
fn braces(
    rest: &mut Peekable<Chars<'_>>,
    next: &mut usize,
    message: &mut MessageWriter<'_>,
    style: Style,
    kind_of: &dyn Fn(&str) -> &'static str,
) {
    let mut depth = 1;
    let mut inside = String::new();
    for character in rest.by_ref() {
        match character {
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
        // It is not a placeholder.
        return ['{'].into_iter().chain(inside.chars()).for_each(|character| message.literal(character));
    }
    // A comma is that of `MessageFormat`, ICU's among it, whose messages JSON has as well.
    let format_mark = inside.find(|character| character == ',' || style == Style::Rust && character == ':');
    let (name, format) = format_mark.and_then(|place| inside.split_at_checked(place)).unwrap_or((&inside, ""));
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
        message.remark(format!("`{{{inside}}}` chooses between texts: {instead}"));
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
        message.remark(format!("`{{{inside}}}` loses its format `{}`", format.trim()));
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
    let of_expression = word(name);
    let parameter = message.parameter(name, &of_expression.word, kind);
    if !of_expression.is_whole || parameter != of_expression.word {
        message.remark(format!("`{{{name}}}` is called `{{{parameter}}}`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, style: Style) -> (String, Vec<(String, String)>) {
        let message = message(text, style, &|_| "text");
        (message.text, message.parameters)
    }

    fn pairs(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
        parameters.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect()
    }

    #[test]
    fn placeholders_become_named_parameters() {
        let printf = of("region %d of %-.64s is 100%% full {x}", Style::Printf);
        let expected = pairs(&[("value_1", "i64"), ("value_2", "text")]);
        assert_eq!(printf, ("region {value_1} of {value_2} is 100% full {{x}}".to_owned(), expected));
        assert_eq!(of("%2$s before %1$u", Style::Printf).0, "{value_2} before {value_1}");
        assert_eq!(of("50 % of", Style::Printf).0, "50 % of");
        let java = of("It''s {0} of {1,number} '{'x'}' don't", Style::Java);
        let expected = pairs(&[("value_1", "text"), ("value_2", "i64")]);
        assert_eq!(java, ("It's {value_1} of {value_2} {{x}} don't".to_owned(), expected));
        let rust = of("can't open {path:?} {{x}} {} {0}\n  twice: {path}", Style::Rust);
        let expected = pairs(&[("path", "text"), ("value_1", "text")]);
        assert_eq!(rust, ("can't open {path} {{x}} {value_1} {value_1} twice: {path}".to_owned(), expected));
        assert_eq!(of("{self.path.display()} {type}", Style::Rust).0, "{path} {type_value}");
    }

    #[test]
    fn different_placeholders_are_different_parameters() {
        for (message, text, remarks) in [
            ("File {file-name} of {user-id}, {file-name}", "File {file_name} of {user_id}, {file_name}", 0),
            ("{order.id} of {order.name}", "{order_id} of {order_name}", 0),
            ("Die {größe} ist über {länge}", "Die {value} ist über {value_2}", 2),
            ("{a.b} of {a-b} and {a_b}", "{a_b} of {a_b_2} and {a_b_3}", 2),
            ("{value_1} of {0} of {}", "{value_1} of {value_1_2} of {value_1_2}", 0),
            ("Between {min, number} and {max,number}", "Between {min} and {max}", 0),
            ("Column {0,-10} is {1,5:N2} wide", "Column {value_1} is {value_2} wide", 2),
            ("You have {n, plural, one {# unread message} other {# of them}} left", "You have {n} left", 1),
            ("{who, select, a {He} other {They}} left", "{who} left", 1),
            ("write { and {more}", "write {{ and {{more}}", 0),
        ] {
            let read = super::message(message, Style::Rust, &|_| "text");
            assert_eq!((read.text.as_str(), read.remarks.len()), (text, remarks), "{:?}", read.remarks);
        }
        let read = message("{n, plural, one {# file} other {# files}} at {min, number}", Style::Rust, &|_| "text");
        assert_eq!(read.parameters, pairs(&[("n", "i64"), ("min", "i64")]));
        let whole = "`{n, plural, one {# file} other {# files}}` chooses between texts: write them as plural forms";
        assert_eq!((read.remarks, read.lacks_words), (vec![whole.to_owned()], true));
        let read = message("{länge}", Style::Rust, &|_| "text");
        assert_eq!(read.remarks, ["`{länge}` is called `{value}`"]);
    }

    /// In another order of words, too.
    #[test]
    fn a_translation_has_the_names_of_its_message() {
        let mut names = ParameterNames::default();
        let [_, translation] = ["{größe} of {länge}", "{länge}: {größe}"]
            .map(|text| message_with(text, Style::Java, &|_| "text", &mut names));
        assert_eq!(translation.text, "{value_2}: {value}");
    }

    #[test]
    fn a_quotation_has_a_brace() {
        for (message, text) in [
            ("Only one of 'var' or 'varReader' may be set", "Only one of 'var' or 'varReader' may be set"),
            (
                "An 'all' model group: '{'min occurs'}' = '{'max occurs'}'",
                "An 'all' model group: {{min occurs}} = {{max occurs}}",
            ),
            ("'a' {0} 'b'", "'a' {value_1} 'b'"),
            ("'a {b}''s' '' 'c", "a {{b}}'s ' 'c"),
            ("can't {0}, don't", "can't {value_1}, don't"),
            ("l'{0} n'est {1}'s", "l'{value_1} n'est {value_2}'s"),
            ("'{'a'}'s b", "{{a}}s b"),
            ("the 'user' can't open '{0}'", "the 'user' can't open {{0}}"),
        ] {
            assert_eq!(of(message, Style::Java).0, text);
        }
    }

    #[test]
    fn blanks_of_other_kinds_stay() {
        let text = "\u{3000}10\u{a0}%\t \u{2028}of\u{202f}all\u{3000}\u{85}in\r\nit\u{a0}\n";
        assert_eq!(of(text, Style::Java).0, "10\u{a0}% of\u{202f}all\u{3000} in it");
        assert_eq!(plain(text).text, "10\u{a0}% of\u{202f}all\u{3000} in it");
    }

    #[test]
    fn a_text_cannot_express_everything_and_says_so() {
        let message = message("use {0,choice,0#no|1#one}", Style::Java, &|_| "text");
        assert_eq!(message.text, "use {value_1}");
        assert_eq!(message.remarks.len(), 1, "{:?}", message.remarks);
        for (text, style, remarks) in [
            ("{a:?} {b:.1}", Style::Rust, 2),
            ("{a} {{b:?}} {c:}", Style::Rust, 0),
            ("{0,date,short} of {1,number,integer}", Style::Java, 1),
            ("{0,number,percent} of {1,number,#.##} is {2, number , integer} {3,number}", Style::Java, 2),
        ] {
            assert_eq!(super::message(text, style, &|_| "text").remarks.len(), remarks, "{text}");
        }
        assert!(super::message("{a:?}", Style::Rust, &|_| "duration").remarks.is_empty());
        assert!(!super::message("{0}", Style::Rust, &|_| "text").has_words());
        assert!(super::message("{0} x", Style::Rust, &|_| "text").has_words());
    }

    #[test]
    fn marks_of_texts_are_escaped() {
        for (message, text) in [
            ("use `x` now", r"use \`x\` now"),
            ("[{0}](b) [c]", r"\[{value_1}](b) \[c]"),
            ("[a] (b)", "[a] (b)"),
            (r"C:\`x` \\server\[1]", r"C:\\\`x\` \\server\\[1]"),
        ] {
            assert_eq!(of(message, Style::Rust).0, text);
        }
    }
}

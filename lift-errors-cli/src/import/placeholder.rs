//! Messages with the placeholders of other systems, as texts of a catalogue.

use crate::naming::snake_case;
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

/// Writes a message. It knows the parameters and remarks that are there: a message may have very many.
#[derive(Default)]
struct MessageWriter {
    message: Message,
    parameters: HashSet<String>,
    remarks: HashSet<String>,
}

impl MessageWriter {
    fn parameter(&mut self, name: &str, kind: &str) {
        let name = parameter_name(name);
        self.message.text.push('{');
        self.message.text.push_str(&name);
        self.message.text.push('}');
        if self.parameters.insert(name.clone()) {
            self.message.parameters.push((name, kind.to_owned()));
        }
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
            // A text is one line.
            character if character.is_whitespace() || character.is_control() => {
                if !text.ends_with(' ') && !text.is_empty() {
                    text.push(' ');
                }
            }
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
    let mut message = MessageWriter::default();
    text.chars().for_each(|character| message.literal(character));
    message.finish()
}

/// A message with placeholders of a style. `kind_of` is the type of a named value.
pub(super) fn message(text: &str, style: Style, kind_of: &dyn Fn(&str) -> &'static str) -> Message {
    let mut message = MessageWriter::default();
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
fn printf(rest: &mut Peekable<Chars<'_>>, next: &mut usize, message: &mut MessageWriter) {
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
    message.parameter(&format!("value_{}", number.unwrap_or(*next)), kind);
}

/// What `MessageFormat` has behind an apostrophe: another one, or text up to the next.
fn quoted(rest: &mut Peekable<Chars<'_>>, message: &mut MessageWriter) {
    if rest.next_if_eq(&'\'').is_some() {
        return message.literal('\'');
    }
    // Many files have a single apostrophe that is meant as one.
    if !rest.clone().any(|character| character == '\'') || rest.peek().is_some_and(|next| next.is_alphabetic()) {
        return message.literal('\'');
    }
    for character in rest.by_ref().take_while(|character| *character != '\'') {
        message.literal(character);
    }
}

/// A placeholder in braces, behind the first one.
fn braces(
    rest: &mut Peekable<Chars<'_>>,
    next: &mut usize,
    message: &mut MessageWriter,
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
    let (name, format) = inside.split_once(if style == Style::Java { ',' } else { ':' }).unwrap_or((&inside, ""));
    let name = name.trim();
    if format.trim_start().starts_with("choice") || format.trim_start().starts_with("plural") {
        message.message.lacks_words = true;
        message.remark(format!("`{{{inside}}}` chooses between texts: write them as plural forms"));
    }
    let kind = match format.split(',').next().map(str::trim) {
        Some("number" | "choice" | "plural") if style == Style::Java => "i64",
        _ => kind_of(name),
    };
    let (of, as_what) = format.split_once(',').unwrap_or((format, ""));
    let is_kept = match (style, of.trim()) {
        (_, "") | (Style::Java, "choice" | "plural") => true,
        (Style::Java, "number") => matches!(as_what.trim(), "" | "integer"),
        // Numbers and durations are the same for programmers and for people.
        (Style::Rust, "?") => kind != "text",
        _ => false,
    };
    if !is_kept {
        message.remark(format!("`{{{inside}}}` loses its format `{}`", format.trim()));
    }
    match name.parse::<usize>() {
        Ok(number) => message.parameter(&format!("value_{}", number.saturating_add(1)), kind),
        Err(_) if name.is_empty() => {
            *next += 1;
            message.parameter(&format!("value_{next}"), kind);
        }
        Err(_) => message.parameter(name, kind),
    }
}

/// A name of the catalogue's for an expression: `path` of `self.path.display()`.
fn parameter_name(expression: &str) -> String {
    let words = expression.split(['.', '(']).map(str::trim).filter(|word| !word.is_empty());
    let ignored = ["self", "display", "to_string", "as_str", ")", "0"];
    let word = words.filter(|word| !ignored.contains(word)).find(|word| word.chars().all(is_word)).unwrap_or("value");
    let name = snake_case(word);
    if lift_errors_codegen::is_name(&name) { name } else { format!("{name}_value") }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
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

//! A message as a text of a catalogue, and how it is written.

use crate::import::parameter_name::{DistinctNames, word};
use std::collections::HashSet;

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
        let mut is_outside = true;
        // Two braces are one of the text.
        self.text.replace("{{", "").replace("}}", "").chars().any(|character| {
            match character {
                '{' => is_outside = false,
                '}' => is_outside = true,
                _ => {}
            }
            is_outside && character.is_alphanumeric()
        })
    }
}

/// The names of a message's parameters, by their expressions in the source. A translation has those of its message.
pub(in crate::import) type ParameterNames = DistinctNames<String>;

/// Writes a message. It knows the parameters and remarks that are there: a message may have very many.
pub(super) struct MessageWriter<'a> {
    pub(super) message: Message,
    /// Whether a brace was not closed.
    pub(super) has_open_brace: bool,
    /// Whether a line has ended, and whether text follows that.
    line_break: LineBreak,
    parameters: HashSet<String>,
    remarks: HashSet<String>,
    names: &'a mut ParameterNames,
}

/// Whether a text has several lines. What ends its last one is no part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LineBreak {
    #[default]
    None,
    AtEnd,
    Within,
}

impl LineBreak {
    fn ends_line(&mut self) {
        if *self == Self::None {
            *self = Self::AtEnd;
        }
    }

    fn text_follows(&mut self) {
        if *self == Self::AtEnd {
            *self = Self::Within;
        }
    }
}

impl<'a> MessageWriter<'a> {
    pub(super) fn new(names: &'a mut ParameterNames) -> Self {
        let (message, has_open_brace, line_break, parameters, remarks) = Default::default();
        Self { message, has_open_brace, line_break, parameters, remarks, names }
    }

    /// Writes the parameter of an expression, and gives its name.
    pub(super) fn parameter(&mut self, expression: &str, word: &str, kind: &str) -> String {
        let name = self.names.name(expression.to_owned(), word);
        self.line_break.text_follows();
        self.message.text.push('{');
        self.message.text.push_str(&name);
        self.message.text.push('}');
        if self.parameters.insert(name.clone()) {
            self.message.parameters.push((name.clone(), kind.to_owned()));
        }
        name
    }

    /// Writes the parameter with a number, from 1.
    pub(super) fn numbered(&mut self, number: usize, kind: &str) {
        self.parameter(&number.to_string(), &format!("value_{number}"), kind);
    }

    /// Writes the parameter of a name, in the form of the catalogue's names.
    pub(super) fn named(&mut self, name: &str, kind: &str) {
        let of_name = word(name);
        let parameter = self.parameter(name, &of_name.word, kind);
        if !of_name.is_whole || parameter != of_name.word {
            self.remark(format!("`{{{name}}}` is called `{{{parameter}}}`"));
        }
    }

    pub(super) fn literal(&mut self, character: char) {
        let text = &mut self.message.text;
        match character {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' if !text.is_empty() => self.line_break.ends_line(),
            character if !character.is_whitespace() => self.line_break.text_follows(),
            _ => {}
        }
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
    pub(super) fn finish(mut self) -> Message {
        if self.line_break == LineBreak::Within {
            self.remark("its line breaks became blanks: a text is one paragraph".to_owned());
        }
        let mut message = self.message;
        message.text.truncate(message.text.trim_end().len());
        if message.text.contains("](") {
            message.text = message.text.replace('[', r"\[");
        }
        message
    }

    pub(super) fn remark(&mut self, remark: String) {
        if self.remarks.insert(remark.clone()) {
            self.message.remarks.push(remark);
        }
    }
}

//! The messages of a list of codes, which may come from any program.

use super::braces::{self, Braces, braces_at, shown};
use super::message::MessageWriter;
use super::printf;
use std::iter::Peekable;
use std::str::Chars;

/// How many placeholders of each kind the messages of a file have. One message alone does not say whether `${price}` is a placeholder
/// or a price in dollars, and `{{name}}` one or a name in braces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Marks {
    single: usize,
    double: usize,
    dollar: usize,
    percent: usize,
}

impl Marks {
    /// Counts the placeholders of all messages.
    pub(in crate::import) fn of<'a>(messages: impl Iterator<Item = &'a str>) -> Self {
        let mut marks = Self::default();
        for message in messages {
            let mut rest = message.chars().peekable();
            while let Some(character) = rest.next() {
                let count = match braces_at(character, &rest) {
                    None => continue,
                    Some(Braces::Single) => &mut marks.single,
                    Some(Braces::Double) => &mut marks.double,
                    Some(Braces::Signed) if character == '$' => &mut marks.dollar,
                    Some(Braces::Signed) => &mut marks.percent,
                };
                *count += 1;
                rest.by_ref().find(|next| *next == '}');
            }
        }
        marks
    }

    /// Whether `{{name}}` is a placeholder, and `{name}` text. Elsewhere `{{` is a brace.
    fn is_double(self) -> bool {
        self.double > self.single
    }

    /// Whether the sign is a part of the placeholder.
    fn has_sign(self, sign: char) -> bool {
        self.single < if sign == '$' { self.dollar } else { self.percent }
    }

    /// Whether the braces are a placeholder's.
    fn is_placeholder(self, character: char, braces: Braces) -> bool {
        match braces {
            Braces::Single => !self.is_double(),
            Braces::Double => self.is_double(),
            Braces::Signed => self.has_sign(character),
        }
    }
}

/// Writes a message.
pub(super) fn write(text: &str, marks: Marks, message: &mut MessageWriter<'_>) {
    let is_printf = !has_braces(text, marks);
    let mut rest = text.chars().peekable();
    let (mut next, mut open) = (0, 0_usize);
    while let Some(character) = rest.next() {
        let found = braces_at(character, &rest);
        match found.filter(|braces| marks.is_placeholder(character, *braces)) {
            Some(Braces::Double) => {
                braces::double(&mut rest, message);
                continue;
            }
            Some(braces) => {
                if braces == Braces::Signed {
                    rest.next();
                }
                braces::single(&mut rest, &mut next, message, false, &|_| "text");
                continue;
            }
            None => {}
        }
        if let Some(braces) = found.filter(|braces| *braces != Braces::Signed || !marks.is_double()) {
            remark(character, braces, &rest, message);
        }
        match character {
            '$' if rest.clone().take(2).eq(['t', '(']) => {
                message.remark("`$t(…)` stays as it is: a text has no other text in it".to_owned());
                message.literal('$');
            }
            '%' if printf::named(&mut rest, message) => {}
            // Ruby's escape.
            '%' if marks.has_sign('%') && rest.next_if_eq(&'%').is_some() => message.literal('%'),
            '%' if is_printf && found.is_none() && printf::is_conversion(&message.message.text, &rest) => {
                printf::conversion(&mut rest, &mut next, message);
            }
            '%' => {
                if let Some(conversion) = printf::left_alone(&rest).filter(|_| !is_printf) {
                    message.remark(format!("`{conversion}` stays as it is: the message has placeholders in braces"));
                }
                message.literal('%');
            }
            // Two braces are one, as in Rust, Python and .NET.
            '{' if marks.single > 0 && !marks.is_double() && rest.next_if_eq(&'{').is_some() => {
                open += 1;
                message.literal('{');
            }
            '}' if open > 0 && rest.next_if_eq(&'}').is_some() => {
                open -= 1;
                message.literal('}');
            }
            _ => message.literal(character),
        }
    }
}

fn has_braces(text: &str, marks: Marks) -> bool {
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if braces_at(character, &rest).is_some_and(|braces| marks.is_placeholder(character, braces)) {
            return true;
        }
    }
    false
}

/// Says that braces are text, where most files have a placeholder.
fn remark(character: char, braces: Braces, rest: &Peekable<Chars<'_>>, message: &mut MessageWriter<'_>) {
    let written = shown(character, rest);
    message.remark(match braces {
        Braces::Single => format!("`{written}` stays as it is: other placeholders of the file are `{{{{name}}}}`"),
        Braces::Double => format!("`{written}}}` is text in braces: other placeholders of the file have one brace"),
        Braces::Signed => format!("`{written}` keeps its `{character}`: other placeholders of the file have none"),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::placeholder::message::ParameterNames;

    /// The texts of the messages of a file, and the remarks.
    fn read(messages: &[&str]) -> (Vec<String>, Vec<String>) {
        let marks = Marks::of(messages.iter().copied());
        let (mut texts, mut remarks) = (Vec::new(), Vec::new());
        for text in messages {
            let mut names = ParameterNames::default();
            let mut message = MessageWriter::new(&mut names);
            write(text, marks, &mut message);
            let message = message.finish();
            texts.push(message.text);
            remarks.extend(message.remarks);
        }
        (texts, remarks)
    }

    #[test]
    fn each_library_has_placeholders_of_its_own() {
        for (text, expected) in [
            ("{{name}} of {{ order.id }}, {{- name}}", "{name} of {order_id}, {name}"),
            ("{{{name}}} and {{n, number}}, ${{price}}", "{name} and {n}, ${price}"),
            ("${name} of ${order.id} costs $5", "{name} of {order_id} costs $5"),
            ("%{name} is 100%% of %{count}", "{name} is 100% of {count}"),
            ("%(name)s of %(count)d, %(x) and 100%%", "{name} of {count}, %(x) and 100%"),
            ("%s of %1$@ took %ds%n", "{value_1} of {value_1} took {value_2}s"),
            ("https://e.com/a%2fb?c=%20d%3Fe (/a%20b) f%20g %2F", "https://e.com/a%2fb?c=%20d%3Fe (/a%20b) f%20g %2F"),
            (
                "https://e.com/%s?page=%d, /orders/%d, %20s|%2d%%, 3%2f",
                "https://e.com/{value_1}?page={value_2}, /orders/{value_3}, {value_4}|{value_5}%, 3{value_6}",
            ),
            ("50%off, 100%ig, 5 % of %", "50%off, 100%ig, 5 % of %"),
            ("{0} of {name} and {}, {0,-10}", "{value_1} of {name} and {value_1}, {value_1}"),
            (
                r#"{"a": {"b": 1}}, {a|b}, {3, 4}x, [a-z]{2,}"#,
                r#"{{"a": {{"b": 1}}}}, {{a|b}}, {value_4}x, [a-z]{{2,}}"#,
            ),
            ("write { and {more}, {{#if x}}, {- x}", "write {{ and {more}, {{#if x}}, {{- x}}"),
            ("{n, plural, one {# file} other {# files}} {a, b}", "{n} {{a, b}}"),
            (
                "{h:m left for {name} of {n, plural, one {# file}}",
                "{{h:m left for {name} of {{n, plural, one {{# file}}}}",
            ),
        ] {
            assert_eq!(read(&[text]).0, [expected], "{text}");
        }
    }

    #[test]
    fn the_other_messages_of_a_file_decide() {
        let (texts, remarks) = read(&["{name}: ${price}, %{share}", "{a} {{b}} {{{c}}}", "{0}%"]);
        assert_eq!(texts, ["{name}: ${price}, %{share}", "{a} {{b}} {{{c}}}", "{value_1}%"]);
        assert_eq!(
            remarks,
            [
                "`${price}` keeps its `$`: other placeholders of the file have none",
                "`%{share}` keeps its `%`: other placeholders of the file have none",
                "`{{b}}` is text in braces: other placeholders of the file have one brace",
                "`{{{c}}` is text in braces: other placeholders of the file have one brace",
            ]
        );
        let (texts, remarks) = read(&["{{a}}", "{{b}} {c}"]);
        assert_eq!(texts, ["{a}", "{b} {{c}}"]);
        assert_eq!(remarks, ["`{c}` stays as it is: other placeholders of the file are `{{name}}`"]);
        let (_, remarks) = read(&["{{a}} {{b}}", &"{c:d ".repeat(20)]);
        assert_eq!(
            remarks[0],
            format!(
                "`{}…` stays as it is: other placeholders of the file are `{{{{name}}}}`",
                &"{c:d ".repeat(9)[..41]
            )
        );
        let (texts, remarks) = read(&["%s of {a}", "%s"]);
        assert_eq!(texts, ["%s of {a}", "{value_1}"]);
        assert_eq!(remarks, ["`%s` stays as it is: the message has placeholders in braces"]);
    }
}

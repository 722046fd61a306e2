//! Messages with the placeholders of other systems, as texts of a catalogue.

mod any;
mod braces;
mod message;
mod message_format;
mod printf;

pub(super) use any::Marks;
pub(crate) use message::Message;
pub(super) use message::ParameterNames;

use braces::{Braces, braces_at};
use message::MessageWriter;
use message_format::quoted;

/// How a source writes placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// C's and Go's: `%s`, `%1$d`, `%-.64s`.
    Printf,
    /// Java's `MessageFormat`: `{0}`, `{1,number}`, and `'` as its escape. Names may have a sign, as in `${name}`.
    Java,
    /// Rust's: `{name}`, `{0:?}`, `{}`.
    Rust,
    /// That of any program, whose files have such marks.
    Any(Marks),
}

/// A text without placeholders, of a part of an error.
pub(super) fn plain_of(part: &str, text: &str, remarks: &mut Vec<String>) -> String {
    let mut names = ParameterNames::default();
    let mut message = MessageWriter::new(&mut names);
    text.chars().for_each(|character| message.literal(character));
    let message = message.finish();
    remarks.extend(message.remarks.into_iter().map(|remark| format!("{part}: {remark}")));
    message.text
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
    if let Style::Any(marks) = style {
        any::write(text, marks, &mut message);
        return message.finish();
    }
    let mut rest = text.chars().peekable();
    let mut next = 0;
    while let Some(character) = rest.next() {
        match (style, character) {
            (Style::Printf, '%') => printf::conversion(&mut rest, &mut next, &mut message),
            (Style::Java, '\'') => quoted(&mut rest, &mut message),
            (Style::Java, '$' | '%') if braces_at(character, &rest) == Some(Braces::Signed) => {}
            (Style::Java, '{') if braces_at(character, &rest) != Some(Braces::Single) => message.literal('{'),
            (Style::Rust, '{') if rest.next_if_eq(&'{').is_some() => message.literal('{'),
            (Style::Rust, '}') => {
                rest.next_if_eq(&'}');
                message.literal('}');
            }
            (Style::Java | Style::Rust, '{') => {
                braces::single(&mut rest, &mut next, &mut message, style == Style::Java, kind_of)
            }
            _ => message.literal(character),
        }
    }
    message.finish()
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
        // Go's and C's verbs, of which some are lengths as well.
        assert_eq!(of("%q is %t, %lu, %zd", Style::Printf).0, "{value_1} is {value_2}, {value_3}, {value_4}");
        assert_eq!(of("%[2]d of %[1]q, %+v", Style::Printf).0, "{value_2} of {value_1}, {value_2}");
        let java = of("It''s {0} of {1,number} '{'x'}' don't", Style::Java);
        let expected = pairs(&[("value_1", "text"), ("value_2", "i64")]);
        assert_eq!(java, ("It's {value_1} of {value_2} {{x}} don't".to_owned(), expected));
        // Those of Spring and Hibernate have names, and a dollar is one before a number.
        assert_eq!(of("{min} to %{max}, ${value}, ${0}", Style::Java).0, "{min} to {max}, {value}, ${value_1}");
        assert_eq!(
            of("{a|b} {\"c\": {0}} {1,choice,0#'{'x|1#y}", Style::Java).0,
            "{{a|b}} {{\"c\": {value_1}}} {value_2}"
        );
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
            ("write { and {more}", "write {{ and {more}", 1),
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
        assert_eq!(plain_of("title", text, &mut Vec::new()), "10\u{a0}% of\u{202f}all\u{3000} in it");
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
        assert!(super::message("{{ x", Style::Rust, &|_| "text").has_words());
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
